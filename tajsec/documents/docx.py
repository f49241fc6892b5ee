"""The paragraphs of a DOCX file, with mammoth (the extra `tajsec[documents]`), which makes HTML of it.

mammoth knows what python-docx leaves out: footnotes, text boxes, links, and words that were inserted while changes were
tracked. Pictures and whatever lies outside of the file are not read.
"""

import html
import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import mammoth

from tajsec.documents.html import fragment_lines
from tajsec.documents.limited import Unreadable
from tajsec.documents.lines import Line

MAX_PARTS = 5000
"""Most files in the archive: a text has a dozen, and one for each picture."""
MAX_XML = 24 * 2**20
"""Bytes of XML in all: 2,000 pages have 15 MB, and mammoth needs 40 times as much memory."""

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
"""
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""No part of a DOCX file has one; only with it XML has entities, which can grow without bound or name other files."""
_CORE = "docProps/core.xml"
_PROPERTY = r"<(?:\w+:)?{}\b[^>]*>([^<]{{1,1000}})<"


def docx_document(data: bytes) -> tuple[list[Line], dict[str, Any]]:
    """Return the lines of a file, footnotes at the end, and what it says of itself; raises Unreadable."""
    core = _checked(data)
    made = mammoth.convert_to_html(
        BytesIO(data), style_map=_STYLES, convert_image=lambda _: [], external_file_access=False
    )
    lines = fragment_lines(re.sub(r' <a href="#(?:foot|end)note-ref-[^"]*">↑</a>', "", made.value))
    return lines, {
        "title": _property(core, "title"),
        "author": [author] if (author := _property(core, "creator")) else [],
        "issued": (_property(core, "created") or "")[:10],
        "language": _property(core, "language"),
    }


def _checked(data: bytes) -> str:
    """Return the core properties as XML. Raises Unreadable for an archive that is no DOCX, damaged, or over a limit."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("an archive without a text of Word; save the text as DOCX, PDF or HTML")
            texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in texts) > MAX_XML:
                raise Unreadable(f"over {MAX_PARTS:,} parts or {MAX_XML // 2**20} MiB of XML; split it")
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("encrypted; save it without a password first")
            if any(mark in archive.read(part) for part in texts for mark in _DOCTYPES):
                raise Unreadable(
                    "holds XML entities, as no DOCX file does; save it again from the program that made it"
                )
            return archive.read(_CORE).decode("utf-8", "replace") if _CORE in archive.namelist() else ""
    except (BadZipFile, EOFError, NotImplementedError) as error:
        raise Unreadable("damaged; save it again from the program that made it") from error


def _property(core: str, name: str) -> str | None:
    found = re.search(_PROPERTY.format(name), core)
    return html.unescape(found[1]).strip() or None if found else None
