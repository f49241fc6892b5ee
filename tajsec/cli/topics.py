"""The topics of `tajsec help`: texts about the tool that ship with it, in `help_topics`."""

TOPICS = {
    "queries": "How a search reads what you type.",
    "filters": "Which facts a command takes.",
    "dates": "How dates are written, read and shown.",
    "formats": "The forms of an answer, and who they are for.",
    "words": "What the words in answers mean.",
    "exit-codes": "What the exit status says.",
    "authoring": "What a fact and a source of your own say.",
    "mistakes": "How to report a fact that is wrong.",
}
"""The topics, each with its summary."""


def topic_text(name: str) -> str:
    """Return the text of a topic."""
    from importlib.resources import files  # `--help` reads no file

    return (files("tajsec.cli") / "help_topics" / f"{name}.txt").read_text(encoding="utf-8")
