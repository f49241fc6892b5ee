"""The commands and their options as values, from which the manual pages and the reference are made.

This imports every command: it is used by builds and tests only.
"""

from typing import NamedTuple

import click

from tajsec.cli.app import COMMANDS, app
from tajsec.cli.help_page import Page, default_value, value_name


class Parameter(NamedTuple):
    """An option."""

    names: tuple[str, ...]
    value: str
    """The name of its value; "" for an option that is on or off."""
    about: str
    default: str = ""
    """The value it has if it is not given; "" if its page does not name one."""


class Command(NamedTuple):
    """A command with its options under the headings of its page."""

    name: str
    about: str
    text: str
    usage: str
    sections: dict[str, list[Parameter]]
    examples: list[str]

    @property
    def options(self) -> list[Parameter]:
        """All options."""
        return [each for options in self.sections.values() for each in options]


def commands() -> list[Command]:
    """Return every command, in the order of the list of commands."""
    with click.Context(app, info_name="tajsec", **app.context_settings) as root:
        return [each for name in COMMANDS for each in _commands(root, name)]


def _commands(parent: click.Context, name: str) -> list[Command]:
    """Return a command of a group, or if that is a group itself, its commands."""
    group = parent.command
    command = group.get_command(parent, name) if isinstance(group, click.Group) else None
    if isinstance(command, click.Group):
        with click.Context(command, parent=parent, info_name=name) as context:
            return [each for inner in command.list_commands(context) for each in _commands(context, inner)]
    assert isinstance(command, Page), "every command is made by tajsec.cli.options"  # noqa: S101
    return [_command(parent, name, command)]


def _command(parent: click.Context, name: str, command: Page) -> Command:
    with click.Context(command, parent=parent, info_name=name) as context:
        sections = command.options(context).items()
        path = context.command_path.removeprefix("tajsec ")
        return Command(
            name=path,
            about=COMMANDS.get(path) or (command.help or "").partition("\n")[0],
            text=(command.help or "").partition("\n")[2].strip(),
            usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
            sections={heading: [_option(context, each) for each in options] for heading, options in sections},
            examples=[line.strip() for line in (command.epilog or "").splitlines()[2:]],
        )


def _option(context: click.Context, option: click.Option) -> Parameter:
    names = tuple(sorted(option.opts, key=len))
    return Parameter(names, value_name(context, option), option.help or "", default_value(context, option))
