"""The texts about the tool that ship with it: the topics of `tajsec help`, and the scripts that complete in a shell."""

TOPICS = {
    "queries": "How a search reads what you type.",
    "filters": "Which facts a command takes.",
    "dates": "How dates are written, read and shown.",
    "formats": "The forms of an answer, and who they are for.",
    "exit-codes": "What the exit status says.",
}
"""Each topic of `tajsec help`, and what it is about."""
SHELLS = {"bash": "tajsec.bash", "zsh": "_tajsec", "fish": "tajsec.fish", "powershell": "tajsec.ps1"}
"""Each shell that completes, and the file of its script."""


def topic_text(name: str) -> str:
    """Give the text of a topic."""
    return _shipped("texts", f"{name}.txt")


def completion_script(shell: str) -> str:
    """Give the script that completes in a shell."""
    return _shipped("completions", SHELLS[shell])


def _shipped(folder: str, name: str) -> str:
    from importlib.resources import files  # `--help` reads no file

    return (files("tajsec") / folder / name).read_text(encoding="utf-8")
