"""Drafts: the text of one to check, and what Pandoc hands to a filter, on standard input and by the files it reads."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tajsec.data.files import read_text
from tajsec.errors import UsageError
from tajsec.text.forms import MAX_MARK_RUN, has_long_mark_run
from tajsec.text.jsontext import Json

MAX_DOCUMENT = 256 * 2**20
"""Bytes: a document as JSON is some twenty times as large as its text, and a book of a thousand pages has 3 MB."""

MAX_DRAFT = 64 * 2**20
"""Bytes of a file in which the line of a citation is looked for."""


def draft_text(path: Path) -> tuple[str, bool]:
    """Return the text of a draft, and whether its lines are wrapped, as those of plain text and Markdown are.

    `-` is standard input. Raises UsageError for what cannot be read.
    """
    if str(path) == "-":
        return _piped_text(), True
    from tajsec.documents.read import read_document

    document = read_document(path)
    if document.kind in ("text", "markdown"):
        return read_text(path, MAX_DRAFT), True
    return document.text, False


def _piped_text() -> str:
    try:
        data = sys.stdin.buffer.read(MAX_DRAFT + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("standard input is not UTF-8; save the draft as UTF-8") from error
    except (OSError, ValueError, AttributeError) as error:  # closed, or None
        raise UsageError("standard input cannot be read; pipe a draft into it, or name a file") from error
    if len(data) > MAX_DRAFT:
        raise UsageError(f"standard input is over {MAX_DRAFT // 2**20} MiB; split it")
    if not text.strip():
        raise UsageError("standard input holds no word; pipe a draft into it")
    if has_long_mark_run(text):
        raise UsageError(f"standard input has over {MAX_MARK_RUN} combining marks in a row; take them out")
    return text


def piped_document() -> Json:
    """Return the document on standard input. Raises UsageError for a terminal, and for what is no JSON object."""
    import json

    advice = "Pandoc runs this as a filter: pandoc --filter tajsec-pandoc --citeproc draft.md"
    try:
        if sys.stdin.isatty():
            raise UsageError(f"no document on standard input; {advice}")
        data = sys.stdin.buffer.read(MAX_DOCUMENT + 1)
        document = json.loads(data) if len(data) <= MAX_DOCUMENT else None
    except (OSError, ValueError, AttributeError, RecursionError) as error:  # AttributeError: closed
        raise UsageError(f"standard input is not the JSON of a document; {advice}") from error
    if not isinstance(document, dict):
        raise UsageError(f"standard input is not the JSON of a document, or over 256 MiB; {advice}")
    return document


def drafts() -> list[tuple[str, Sequence[str]]]:
    """Return the files on the command line of the program that runs this one, each with its lines.

    That is Pandoc, whose filters are not told what it reads. Only Linux tells it, in /proc.
    """
    found = list[tuple[str, Sequence[str]]]()
    try:
        args = Path(f"/proc/{os.getppid()}/cmdline").read_bytes().decode().split("\0")[1:]
    except (OSError, ValueError):
        return []
    for name in filter(None, args):
        try:
            found.append((name, read_text(Path(name), MAX_DRAFT).split("\n")))
        except UsageError:  # an option, or a file that is no text
            continue
    return found


def places(key: str, files: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, int]]:
    """Return the name of the file and the number of the line of each place where files cite a key."""
    cited = re.compile(rf"@\{{?{re.escape(key)}(?!\w|[-.:]\w)")
    return [(name, n) for name, lines in files for n, line in enumerate(lines, 1) if cited.search(line)]
