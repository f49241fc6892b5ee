"""Listings as text: plain lines, TSV, CSV, Markdown, JSON Lines."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tajsec.output.columns import Column
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from tajsec.output.json_types import Record

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:])")
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫]")
"""The start of a formula; spreadsheets take the full-width and small forms for the same signs."""


def plain(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return a record a line, its cells separated by tabs, without a header."""
    return "".join("\t".join(column.cell(record) for column in columns) + "\n" for record in records)


def tsv(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return `plain` under a line of column names."""
    return "\t".join(column.name for column in columns) + "\n" + plain(records, columns)


def csv_text(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return CSV (RFC 4180) with a header; an apostrophe precedes what a spreadsheet would run as a formula."""
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.name for column in columns])
    for record in records:
        cells = [column.cell(record) for column in columns]
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return stream.getvalue()


def escaped(text: str) -> str:
    """Return Markdown that shows every character of a text as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return a Markdown table; every character that Markdown could read as its own is escaped."""
    rows = [[column.name for column in columns], ["---"] * len(columns)]
    rows += [[escaped(column.cell(record)) for column in columns] for record in records]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def json_lines(records: "Sequence[Record]", _columns: Sequence[Column]) -> str:
    """Return a whole record a line, as JSON; columns do not matter."""
    return "".join(f"{dumps(record)}\n" for record in records)


WRITERS: Mapping[str, Callable[["Sequence[Record]", Sequence[Column]], str]] = {
    "plain": plain,
    "tsv": tsv,
    "csv": csv_text,
    "markdown": markdown,
    "jsonl": json_lines,
}
