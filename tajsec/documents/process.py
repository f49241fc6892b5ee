"""The process that reads a document of HTML, PDF or DOCX: here libraries parse the bytes of strangers."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from tajsec.documents.limited import Progress, Unreadable, serve
from tajsec.documents.lines import Line
from tajsec.text.forms import MAX_MARK_RUN, has_long_mark_run

MAX_LINES = 100_000
"""Most passages of a document: ten times those that can be compared."""

Reader = Callable[[bytes], tuple[list[Line], dict[str, Any]]]

_READERS = {
    "html": ("html", "html_file"),
    "pdf": ("pdf", "pdf_document"),
    "docx": ("docx", "docx_document"),
}
"""The module in this package and the function that reads a kind."""


def main() -> None:
    """Answer the request of `documents.read_document`, as `tajsec.documents.limited.serve` does."""
    serve(_answer)


def _answer(request: dict[str, Any], data: bytes, _progress: Progress) -> dict[str, Any]:
    module, name = _READERS[request["kind"]]
    reader: Reader = getattr(import_module(f"{__package__}.{module}"), name)
    lines, told = reader(data)
    if len(lines) > MAX_LINES:
        raise Unreadable(f"over {MAX_LINES:,} paragraphs; split it")
    if any(has_long_mark_run(line.text) for line in lines):
        raise Unreadable(f"over {MAX_MARK_RUN} combining marks in a row; take them out")
    return {"lines": lines, "told": told}
