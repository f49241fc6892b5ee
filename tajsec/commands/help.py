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
@click.argument("names", nargs=-1, metavar="[COMMAND|TOPIC|CODE]", shell_complete=_pages)
def command(names: tuple[str, ...]) -> Reply:
    """Explain a command, a topic or a code.

    Topics: queries, filters, dates, formats, words, exit-codes, authoring, mistakes. A code
    is one of lint or verify, such as T407. Without a name it lists the commands.
    """
    root = click.get_current_context().find_root()
    if not names:
        return Reply(text=f"{root.get_help()}\n")
    name, *rest = names
    if name in TOPICS and not rest:
        return Reply(text=topic_text(name))
    if _CODE.fullmatch(name) and not rest:
        from tajsec.check.code_pages import explained

        return Reply(text=explained(name))
    context = root
    for each in names:
        context = _context_of(each, context)
    return Reply(text=f"{context.get_help()}\n")


def _context_of(name: str, parent: click.Context) -> click.Context:
    """Return the context of a command of a group. Raises UnknownName for another name."""
    group = parent.command
    found = group.get_command(parent, name) if isinstance(group, click.Group) else None
    if found is None:
        from tajsec.text.spelling import near_names

        known = [*group.list_commands(parent), *TOPICS] if isinstance(group, click.Group) else []
        raise UnknownName("command or topic", name, near_names(name, known), "tajsec help")
    return click.Context(found, parent=parent, info_name=name)
