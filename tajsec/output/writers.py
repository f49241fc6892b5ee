"""Listings as text: plain lines, TSV, CSV, Markdown, JSON Lines."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tajsec.output.columns import Column
from tajsec.text.forms import is_formula
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from pathlib import Path

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
_BLOCK = re.compile(r"\A(\d*)([.)](?=\s|\Z)|(?<!\d)[-+#>])")
"""What begins a block of Markdown where a line begins."""


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
        writer.writerow(map(_harmless, cells))
    return stream.getvalue()


def write_csv(path: "Path", names: Sequence[str], batches: "Iterable[Sequence[Sequence[object]]]") -> None:
    """Write rows to a new file as `csv_text` does, numbers as they are and None as an empty cell. Raises OSError."""
    import csv

    with path.open("x", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for rows in batches:
            writer.writerows([_harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def _harmless(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) else cell


def escaped(text: str) -> str:
    """Return a text for a cell of a Markdown table: a sign is escaped if the text would be shown otherwise without."""
    return _MARKDOWN.sub(lambda sign: sign[0] if sign["pair"] and text.count(sign[0]) < 2 else f"\\{sign[0]}", text)


def escaped_line(text: str) -> str:
    """Return a text that begins a line of Markdown: as `escaped`, and what would begin a list, a heading or a quote."""
    return _BLOCK.sub(r"\g<1>\\\g<2>", escaped(text), count=1)


def markdown(records: "Sequence[Record]", columns: Sequence[Column]) -> str:
    """Return a Markdown table, dates and figures in words."""
    rows = [[column.name for column in columns], ["---"] * len(columns)]
    rows += [[escaped(column.words(record)) for column in columns] for record in records]
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
