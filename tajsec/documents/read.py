"""Documents: text, Markdown, HTML, PDF or DOCX as passages, with what the file says of itself.

A passage is a line: a paragraph, a heading, an item of a list, a row of a table. Nothing outside the file is loaded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tajsec.data.files import Refused, decoded_text, reason, regular_bytes
from tajsec.documents.lines import Line as Line
from tajsec.errors import UsageError
from tajsec.text.dates import Edtf, parse
from tajsec.text.forms import normalise, refused, word_count
from tajsec.text.urls import is_web_address

MAX_DOCUMENT = 64 * 2**20
"""Bytes of a document: a book of a thousand pages has 3 MB of text."""

Kind = Literal["text", "markdown", "html", "pdf", "docx"]

SUFFIXES = ("txt", "text", "md", "markdown", "html", "htm", "xhtml", "pdf", "docx")
"""The suffixes of files that are documents."""

_SUFFIXES = {"html": ("html", "htm", "xhtml"), "markdown": ("md", "markdown")}
_HEAD = 1024
"""Bytes at the start of a file in which PDF may begin, as its readers allow."""
_HTML = re.compile(
    rb"[\xef\xbb\xbf\xfe\xff]*\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word file, or one with a password",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a compressed file",
    b"MIME-Version:": "a page saved as MHTML",
    b"From: <Saved by": "a page saved as MHTML",
}
_LIBRARIES: Mapping[Kind, tuple[str, ...]] = {
    "html": ("lxml", "lxml_html_clean", "trafilatura"),
    "pdf": ("pypdfium2",),
    "docx": ("mammoth", "lxml", "lxml_html_clean", "trafilatura"),
}
"""The modules of the extra `tajsec[documents]` that read a kind."""
_PROCESS = "tajsec.documents.process"

OF_MACHINES: frozenset[Kind] = frozenset({"pdf", "docx"})
"""The kinds that programs say something of, unasked: who owns the program, when the file was made."""
_OF_PROGRAMS = re.compile(
    r"\W*(?:anonymous|unspecified|unknown|untitled|user|admin|owner|author|python-docx|microsoft word\b.*|"
    r".*\.(?:docx?|pdf|indd))\W*",
    re.IGNORECASE,
)
"""What programs write for a title or an author that nobody gave."""
_MOST_AUTHORS, _MOST_TOLD = 20, 500
"""Most authors, and characters of a title or a name, that are taken from a file; more are no names."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


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
    try:
        data = regular_bytes(path, MAX_DOCUMENT)
    except Refused as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {reason(error)}; name a file that can") from error
    return document_of(data, path.name, label=str(path))


def document_of(data: bytes, name: str, *, label: str | None = None) -> Document:
    """Read the bytes of a document as `read_document` does; `label` is what errors call it, if not its name."""
    label = label or name
    kind = _kind(data, name, label)
    if kind in {"text", "markdown"}:
        document = _decoded(data, name, kind, label)
    else:
        document = _from_process(data, name, kind, label)
    if not any(word_count(line.text) for line in document.lines):
        raise UsageError(f"{label}: holds no word; name the text of a document")
    return document


def text_document(text: str, name: str) -> Document:
    """Return a plain text as a document: each line that is not blank is a passage."""
    lines = ((n, normalise(line)) for n, line in enumerate(text.splitlines(), 1))
    return Document(name=name, kind="text", lines=tuple(Line(line, at=n) for n, line in lines if line))


# ---------------------------------------------------------------- what kind it is


def _kind(data: bytes, name: str, label: str) -> Kind:
    """Return the kind that the first bytes tell, else the one of the suffix; text, if neither is known.

    Raises UsageError for formats of other programs, with what to save the document as.
    """
    head, suffix = data[:_HEAD], name.rpartition(".")[2].casefold()
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    for start, what in _OTHERS.items():
        if head.startswith(start):
            raise UsageError(f"{label}: {what}; save it as DOCX, PDF, HTML or text")
    if suffix in OF_MACHINES:
        raise UsageError(
            f"{label}: is no {suffix.upper()} file, whatever its name says; save it as one, or name it .txt"
        )
    if suffix in _SUFFIXES["html"] or _HTML.match(head.replace(b"\0", b"")):
        return "html"
    return "markdown" if suffix in _SUFFIXES["markdown"] else "text"


def _decoded(data: bytes, name: str, kind: Kind, label: str) -> Document:
    text = decoded_text(data, label)
    if kind == "text":
        return text_document(text, name)
    from tajsec.documents.markdown import markdown_document

    lines, told = markdown_document(text)
    return _document(name, kind, lines, told)


# ---------------------------------------------------------------- what libraries read


def missing_library(kind: Kind) -> str | None:
    """Return the name of a library that has to be installed to read a kind of document, or None."""
    from importlib.util import find_spec

    return next((name for name in _LIBRARIES.get(kind, ()) if find_spec(name) is None), None)


def _from_process(data: bytes, name: str, kind: Kind, label: str) -> Document:
    from tajsec.documents.limited import Unreadable, answer_of

    if missing := missing_library(kind):
        raise UsageError(f"{label}: {kind.upper()} needs {missing}; install tajsec[documents]")
    try:
        answer = answer_of(_PROCESS, {"kind": kind}, data)
    except Unreadable as error:
        raise UsageError(f"{label}: {error}") from error
    lines = [Line(text, role, at) for text, role, at in answer["lines"]]
    return _document(name, kind, lines, answer["told"])


def _document(name: str, kind: Kind, lines: list[Line], told: Mapping[str, Any]) -> Document:
    """Return a document with what its file says of itself, as far as it can stand in a record."""
    url, language = told.get("url"), told.get("language")
    return Document(
        name=name,
        kind=kind,
        lines=tuple(lines),
        title=_shown(told.get("title")),
        author=tuple(filter(None, map(_shown, told.get("author") or ())))[:_MOST_AUTHORS],
        issued=_date(told.get("issued"), is_sure=kind not in OF_MACHINES),
        language=language if language and _LANGUAGE.fullmatch(language) else None,
        publisher=_shown(told.get("publisher")),
        url=url if url and is_web_address(url) else None,
    )


def _shown(text: str | None) -> str | None:
    """Return a text as one line; None if it is empty, too long, a program's, or has characters that no record has."""
    line = " ".join(normalise(text).split()) if text and len(text) <= _MOST_TOLD else ""
    return line if line and not refused(line) and not _OF_PROGRAMS.fullmatch(line) else None


def _date(text: str | None, *, is_sure: bool) -> Edtf | None:
    """Return the date at the start of a text; PDF and DOCX say when the file was made, so theirs are unsure."""
    found = _ISO_DATE.match(text or "")
    try:
        return parse(found[0] if is_sure else f"{found[0]}?") if found else None
    except ValueError:
        return None
