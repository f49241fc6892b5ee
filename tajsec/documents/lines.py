"""A passage of a document that was read: one line of text."""

from typing import NamedTuple

from tajsec.model.kinds import Role


class Line(NamedTuple):
    """A passage: its normalised text, the role that the file's markup gives it, and where it begins.

    `at` is the line of the file for text and Markdown, the page for PDF, and 0 for the others.
    """

    text: str
    role: Role | None = None
    at: int = 0
