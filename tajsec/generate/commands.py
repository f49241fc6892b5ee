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
        return [_command(root, name) for name in COMMANDS]


def _command(root: click.Context, name: str) -> Command:
    command = app.get_command(root, name)
    assert isinstance(command, Page), "every command is made by tajsec.cli.options"  # noqa: S101
    with click.Context(command, parent=root, info_name=name) as context:
        sections = command.options(context).items()
        return Command(
            name=name,
            about=COMMANDS[name],
            text=(command.help or "").partition("\n")[2].strip(),
            usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
            sections={heading: [_option(context, each) for each in options] for heading, options in sections},
            examples=[line.strip() for line in (command.epilog or "").splitlines()[2:]],
        )


def _option(context: click.Context, option: click.Option) -> Parameter:
    names = tuple(sorted(option.opts, key=len))
    return Parameter(names, value_name(context, option), option.help or "", default_value(context, option))
