"""The commands that help with the tool itself: its pages and its completion in a shell."""

import click

from tajsec.ask import bare_command
from tajsec.console import Reply
from tajsec.errors import UnknownName
from tajsec.guide import SHELLS, TOPICS, completion_script, topic_text


@bare_command("help", examples=("tajsec help search", "tajsec help dates"))
@click.argument("name", required=False, metavar="[COMMAND|TOPIC]")
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


@bare_command("completion", examples=("tajsec completion bash", "tajsec completion zsh > ~/.zfunc/_tajsec"))
@click.argument("shell", type=click.Choice(tuple(SHELLS)), metavar="SHELL")
def completion(shell: str) -> Reply:
    """Print the script that completes in a shell.

    Where it goes: bash, ~/.local/share/bash-completion/completions/tajsec; zsh, a file _tajsec in a folder of fpath;
    fish, ~/.config/fish/completions/tajsec.fish; powershell, into the profile.
    """
    return Reply(text=completion_script(shell), machine=True)
