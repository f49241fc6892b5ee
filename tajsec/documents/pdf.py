"""The paragraphs of a PDF file, with pypdfium2 (the extra `tajsec[documents]`); `pdf_layout` joins them.

PDFium takes 4 ms for a page, where pdfminer.six takes 200 and breaks justified lines (121 pages by ReportLab). It is
written in C++, so files are read in a process of their own (`tajsec.documents.limited`). Nothing is rendered, and
neither scripts nor links are followed.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tajsec.documents.limited import Unreadable
from tajsec.documents.lines import Line
from tajsec.documents.pdf_layout import Run, paragraphs

MAX_PAGES = 2000
"""Most pages of a file: a long book has a thousand."""
MAX_CHARACTERS = 10_000_000
"""Most characters of a file: ten times a long book; each takes about 3 µs."""

_HYPHEN = "\x02"
"""What PDFium has in place of a hyphen at the end of a line."""
_GAP = 1.5
"""The width of a gap, in heights of the line, that parts two columns or cells; a justified space has less than 1."""
_ENCRYPTED = 4
"""PDFium's FPDF_ERR_PASSWORD."""
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def pdf_document(data: bytes) -> tuple[list[Line], dict[str, Any]]:
    """Return the lines of a file, and what it says of itself; raises Unreadable."""
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _ENCRYPTED:
            raise Unreadable("encrypted; save it without a password first") from error
        raise Unreadable("not a PDF file that can be read; open it and save or print it as PDF again") from error
    if len(file) > MAX_PAGES:
        raise Unreadable(f"over {MAX_PAGES:,} pages; split it")
    pages, count, pictures = [], 0, False
    for page in file:
        runs = list(_runs(page))
        count += sum(len(run.text) for run in runs)
        if count > MAX_CHARACTERS:
            raise Unreadable(f"over {MAX_CHARACTERS:,} characters; split it")
        pictures = pictures or (not runs and _has_picture(page))
        pages.append((page.get_height(), runs))
        page.close()
    if not count and pictures:
        raise Unreadable("holds no text, only pictures; run it through OCR (ocrmypdf) first")
    return paragraphs(pages), _metadata(file)


def _has_picture(page: Any) -> bool:  # noqa: ANN401 - pypdfium2 has no types here
    return any(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=3))


def _runs(page: Any) -> Iterator[Run]:  # noqa: ANN401
    """Yield the runs of a page in the order of the file: characters on one line without a wide gap between them."""
    text = page.get_textpage()
    box, offset = pdfium.FS_RECTF(), page.get_cropbox()
    run: list[str] = []
    left = right = bottom = top = 0.0
    is_bold = False
    for n in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, n))
        if char in "\r\n" or char.isspace():
            run += [" "] if run else []
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, n, box):
            continue
        height = max(top - bottom, 1.0)
        away = box.bottom >= top or box.top <= bottom or box.left - right > _GAP * height or box.left < left - height
        if run and (away or run[-1] == _HYPHEN):
            yield Run(_joined(run), left - offset[0], right - offset[0], bottom - offset[1], top - offset[1], is_bold)
            run = []
        if not run:
            left, right, bottom, top = box.left, box.right, box.bottom, box.top
            is_bold = _is_bold(text, n)
        run.append(char)
        left, right = min(left, box.left), max(right, box.right)
        if box.top - box.bottom > top - bottom:  # not a raised figure, but the line it belongs to
            bottom, top = box.bottom, box.top
    if run:
        yield Run(_joined(run), left - offset[0], right - offset[0], bottom - offset[1], top - offset[1], is_bold)
    text.close()


def _joined(chars: list[str]) -> str:
    """Return the characters as text: two that are one outside of Unicode's first plane come as a pair of surrogates."""
    text = "".join(chars).replace(_HYPHEN, "-").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())


def _is_bold(text: Any, n: int) -> bool:  # noqa: ANN401
    """True if the name of the font of a character says so; PDFium knows no weight of many fonts."""
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, n, name, len(name), flags)
    return b"bold" in name.value.lower() or b"black" in name.value.lower()


def _metadata(file: Any) -> dict[str, Any]:  # noqa: ANN401
    told = file.get_metadata_dict(skip_empty=True)
    made = _DATE.match(told.get("CreationDate", ""))
    return {
        "title": told.get("Title"),
        "author": [told["Author"]] if told.get("Author") else [],
        "issued": "-".join(filter(None, made.groups())) if made else None,
    }
