"""The commands that help with the tool itself: its pages and its completion in a shell."""

from typing import TYPE_CHECKING

import click

from tajsec.ask import bare_command
from tajsec.candidates import SHELLS, script
from tajsec.console import Reply
from tajsec.errors import UnknownName
from tajsec.guide import TOPICS, topic_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _pages(context: click.Context, _parameter: click.Parameter, start: str) -> "list[CompletionItem]":
    """Return the commands and topics that begin so."""
    from click.shell_completion import CompletionItem

    root = context.find_root()
    topics = [CompletionItem(name, help=about) for name, about in TOPICS.items() if name.startswith(start)]
    return root.command.shell_complete(root, start) + topics


@bare_command("help", examples=("tajsec help search", "tajsec help dates"))
@click.argument("name", required=False, metavar="[COMMAND|TOPIC]", shell_complete=_pages)
def help_page(name: str | None) -> Reply:
    """Explain a command or a topic.

    Topics: queries, filters, dates, formats, exit-codes. Without a name it lists the commands.
    """
    root = click.get_current_context().find_root()
    if name is None:
        return Reply(text=f"{root.get_help()}\n")
    if name in TOPICS:
        return Reply(text=topic_text(name))
    group = root.command
    assert isinstance(group, click.Group), "the root of a command line is the group of commands"  # noqa: S101
    command = group.get_command(root, name)
    if command is None:
        from tajsec.spelling import near_names

        near = near_names(name, [*group.list_commands(root), *TOPICS])
        raise UnknownName("command or topic", name, near, "tajsec help")
    with click.Context(command, parent=root, info_name=name) as context:
        return Reply(text=f"{context.get_help()}\n")


@bare_command("completion", examples=("tajsec completion bash", "tajsec completion zsh > ~/.tajsec-completion.zsh"))
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
def completion(shell: str) -> Reply:
    """Print the script that completes in a shell.

    Where it goes: bash (4.4 or newer), ~/.local/share/bash-completion/completions/tajsec; zsh, a file that ~/.zshrc
    reads after compinit; fish, ~/.config/fish/completions/tajsec.fish.
    """
    return Reply(text=script(click.get_current_context().find_root().command, shell), machine=True)
