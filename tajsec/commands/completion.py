"""`tajsec completion`: the script that completes in a shell."""

import click

from tajsec.cli.complete import SHELLS, script
from tajsec.cli.options import bare_command
from tajsec.cli.terminal import Reply


@bare_command(examples=("tajsec completion bash", "tajsec completion zsh > ~/.tajsec-completion.zsh"))
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
def command(shell: str) -> Reply:
    """Print the script that completes in a shell.

    Where it goes: bash (4.4 or newer), ~/.local/share/bash-completion/completions/tajsec; zsh, a file that ~/.zshrc
    reads after compinit; fish, ~/.config/fish/completions/tajsec.fish.
    """
    return Reply(text=script(click.get_current_context().find_root().command, shell), machine=True)
