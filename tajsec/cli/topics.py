"""The texts about the tool that ship with it: the topics of `tajsec help`."""

TOPICS = {
    "queries": "How a search reads what you type.",
    "filters": "Which facts a command takes.",
    "dates": "How dates are written, read and shown.",
    "formats": "The forms of an answer, and who they are for.",
    "exit-codes": "What the exit status says.",
}
"""Each topic of `tajsec help`, and what it is about."""


def topic_text(name: str) -> str:
    """Return the text of a topic."""
    from importlib.resources import files  # `--help` reads no file

    return (files("tajsec.cli") / "help_topics" / f"{name}.txt").read_text(encoding="utf-8")
