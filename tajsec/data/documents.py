"""Documents: text, Markdown, HTML, PDF or DOCX as passages, with what the file says of itself.

A passage is a line: a paragraph, a heading, an item of a list, a row of a table. Nothing outside the file is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from tajsec.data.files import read_text
from tajsec.errors import UsageError
from tajsec.model.kinds import Role
from tajsec.text.dates import Edtf
from tajsec.text.forms import normalise, word_count

MAX_DOCUMENT = 64 * 2**20
"""Bytes of a document: a book of a thousand pages has 3 MB of text."""

Kind = Literal["text", "markdown", "html", "pdf", "docx"]


class Line(NamedTuple):
    """A passage: its normalised text, the role that the file's markup gives it, and where it begins.

    `at` is the line of the file for text and Markdown, the page for PDF, and 0 for the others.
    """

    text: str
    role: Role | None = None
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The passages of a document in order, and what the file says of itself; None or () for what it does not say."""

    name: str
    """The file's own name."""
    kind: Kind
    lines: tuple[Line, ...]
    title: str | None = None
    author: tuple[str, ...] = ()
    issued: Edtf | None = None
    language: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def text(self) -> str:
        r"""The passages, joined by "\n": the form that is sealed."""
        return "\n".join(line.text for line in self.lines)


def read_document(path: Path) -> Document:
    """Read a document of any kind, which its content and its suffix tell.

    Raises UsageError with the file's name, what is wrong and what to do: for a file that cannot be read, is over a
    limit or holds no word, and for a missing library (the extra `tajsec[documents]`).
    """
    document = text_document(read_text(path, MAX_DOCUMENT), path.name)
    if not has_words(document.lines):
        raise UsageError(f"{path}: holds no word; name the text of a document")
    return document


def has_words(lines: Sequence[Line]) -> bool:
    """True if a word is in any of the lines."""
    return any(word_count(line.text) for line in lines)


def text_document(text: str, name: str) -> Document:
    """Return a plain text as a document: each line that is not blank is a passage."""
    lines = ((n, normalise(line)) for n, line in enumerate(text.splitlines(), 1))
    return Document(name=name, kind="text", lines=tuple(Line(line, at=n) for n, line in lines if line))
