"""A group of commands: options before a command's name are its own, and an unknown name gets similar ones."""

from collections.abc import Sequence

import click

from tajsec.cli.terminal import Reply
from tajsec.errors import TajsecError

_TYPED = "tajsec.typed"
"""The key in Click's `Context.meta` of the arguments of a group, as they were typed."""


class CommandGroup(click.Group):
    """A group of commands, which may itself be a command of another group."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command, and keep the line as it was typed for `resolve_command`."""
        ctx.meta[_TYPED] = tuple(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name, and its arguments. Raises UnknownName.

        Options before the command are the first arguments of the command, which reads and checks them as its own.
        """
        typed = typed_of(ctx)
        before = [each for each in typed[: len(typed) - len(args)] if each != "--"]
        if args[0] not in self.list_commands(ctx):
            raise self.unknown(before, args)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, [*before, *rest]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they were added."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands; the options before one are on the page of each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(100)) for name, each in self.commands.items()])
        formatter.write_paragraph()
        formatter.write_text(f"{ctx.command_path} COMMAND --help shows options and examples.")

    def unknown(self, before: Sequence[str], args: Sequence[str]) -> TajsecError:
        """Return the error for a first word that is no command; `before` are the options before it."""
        from tajsec.cli.usage import unknown_subcommand

        return unknown_subcommand(self.name or "", list(self.commands), args[0])


def typed_of(ctx: click.Context) -> Sequence[str]:
    """Return the arguments of a group as they were typed."""
    typed: Sequence[str] = ctx.meta[_TYPED]
    return typed


def group_reply(ctx: click.Context) -> Reply | None:
    """Return the page of a group for a line that names none of its commands, else None."""
    return None if ctx.invoked_subcommand else Reply(text=f"{ctx.get_help()}\n")
