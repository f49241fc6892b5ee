"""Listings as text: plain lines, TSV, CSV, Markdown, JSON Lines."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tajsec.output.columns import Column
from tajsec.text.forms import printable
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from tajsec.output.json_types import Record

_MARKDOWN = re.compile(
    r"""[\\|`]
    | <(?=[A-Za-z/!?])            # a tag
    | &(?=\#?\w+;)               # an entity
    | \](?=[(\[{:])              # a link
    | (?<![^\W_])@(?=\w)        # a citation of Pandoc, a person on GitHub
    | :(?=[A-Za-z+-][\w+-]*:)    # an emoji
    | (?<=\S)\$(?!\w)             # the end of a formula
    | (?P<pair>(?<!\s)[*~^] | [*~^](?!\s) | (?<!\w)_ | _(?!\w))""",
    re.VERBOSE,
)
"""What begins or ends markup inside a table cell, in CommonMark, on GitHub and in Pandoc; of a pair, either sign."""
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
    """Return a text for a cell of a Markdown table: a sign is escaped if the text would be shown otherwise without."""
    return _MARKDOWN.sub(lambda sign: sign[0] if sign["pair"] and text.count(sign[0]) < 2 else f"\\{sign[0]}", text)


def markdown(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return a Markdown table, dates and figures in words."""
    rows = [[column.name for column in columns], ["---"] * len(columns)]
    rows += [[escaped(column.words(record)) for column in columns] for record in records]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def json_lines(records: "Sequence[Record]", _columns: Sequence[Column]) -> str:
    """Return a whole record a line, as JSON; columns do not matter."""
    return "".join(f"{dumps(record)}\n" for record in records)


def fields(records: "Sequence[Record]") -> str:
    """Return each record as lines of `key TAB value`, nested keys dotted, with a blank line between records."""
    return "\n".join(
        "".join(f"{name}\t{printable(str(value))}\n" for name, value in _flat("", record)) for record in records
    )


def _flat(name: str, value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in _flat(f"{name}.{key}".removeprefix("."), each)]
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return [pair for number, each in enumerate(value) for pair in _flat(f"{name}[{number}]", each)]
    if value is None or value == []:
        return []
    return [(name, "; ".join(map(str, value)) if isinstance(value, list) else value)]


WRITERS: Mapping[str, Callable[["Sequence[Record]", Sequence[Column]], str]] = {
    "plain": plain,
    "tsv": tsv,
    "csv": csv_text,
    "markdown": markdown,
    "jsonl": json_lines,
}
