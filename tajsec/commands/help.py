"""`tajsec help`: the page of a command, a topic or a code of lint and verify."""

import re
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import bare_command
from tajsec.cli.terminal import Reply
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.errors import UnknownName

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_CODE = re.compile(r"[TVtv]\d{3}")


def _pages(context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    """Return the commands and topics that begin with `start`."""
    from click.shell_completion import CompletionItem

    root = context.find_root()
    topics = [CompletionItem(name, help=about) for name, about in TOPICS.items() if name.startswith(start)]
    return root.command.shell_complete(root, start) + topics


@bare_command(examples=("tajsec help search", "tajsec help dates"))
@click.argument("name", required=False, metavar="[COMMAND|TOPIC|CODE]", shell_complete=_pages)
def command(name: str | None) -> Reply:
    """Explain a command, a topic or a code.

    Topics: queries, filters, dates, formats, words, exit-codes, mistakes. A code
    is one of lint or verify, such as T407. Without a name it lists the commands.
    """
    root = click.get_current_context().find_root()
    if name is None:
        return Reply(text=f"{root.get_help()}\n")
    if name in TOPICS:
        return Reply(text=topic_text(name))
    if _CODE.fullmatch(name):
        from tajsec.check.code_pages import explained

        return Reply(text=explained(name))
    group = root.command
    assert isinstance(group, click.Group), "the root of a command line is the group of commands"  # noqa: S101
    found = group.get_command(root, name)
    if found is None:
        from tajsec.text.spelling import near_names

        near = near_names(name, [*group.list_commands(root), *TOPICS])
        raise UnknownName("command or topic", name, near, "tajsec help")
    with click.Context(found, parent=root, info_name=name) as context:
        return Reply(text=f"{context.get_help()}\n")
