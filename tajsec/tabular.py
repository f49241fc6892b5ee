"""Records as text that other programs read: tab-separated lines, TSV, CSV, Markdown, JSON Lines.

A record is the JSON object of a fact, a source, a term...; a column takes one cell of it. Cells are whole: nothing is
cut or wrapped.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tajsec.jsontext import Json, dumps
from tajsec.text import printable

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:])")
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


class Column(NamedTuple):
    """A named cell of a record; lists are joined by "; ", None is an empty cell."""

    name: str
    of: Callable[[Json], Any]

    def cell(self, record: Json) -> str:
        """Give the cell as one line of text."""
        value = self.of(record)
        if value is None:
            return ""
        if isinstance(value, list):
            return printable("; ".join(map(str, value)))
        return printable(str(value))


def key(name: str) -> Column:
    """Give the column of one key."""
    return Column(name=name, of=lambda record: record[name])


def first_cite(name: str) -> Column:
    """Give the column of one key of a fact's first receipt."""
    return Column(name=name, of=lambda record: record["cites"][0][name])


def figures(record: Json) -> list[str]:
    """Give the quantities of a fact as they are counted: `over 4800 radios`, `450000 usd annual`."""
    return [
        " ".join(
            part
            for part in (each["qualifier"], f"{each['value']}", each["unit"], each["period"])
            if part not in ("exact", "total")
        )
        for each in record["quantities"]
    ]


FACT_COLUMNS = (
    key("id"),
    key("statement"),
    key("when"),
    key("as_of"),
    key("status"),
    Column(name="figures", of=figures),
    key("actors"),
    key("topics"),
    first_cite("source"),
    first_cite("passage"),
    first_cite("quote"),
    first_cite("url"),
    key("superseded_by"),
    key("disputed_by"),
)
TERM_COLUMNS = (key("id"), key("name"), key("facts"), key("part_of"), key("about"), key("aliases"))
SOURCE_COLUMNS = tuple(
    map(key, ("id", "title", "author", "publisher", "issued", "updated", "url", "derived_from", "passages", "claims"))
)
COVERAGE_COLUMNS = (
    *map(key, ("id", "passages", "claims", "cited", "share", "facts")),
    Column(name="uncited", of=lambda record: [passage["passage"] for passage in record["uncited"]]),
)
TOPIC_COLUMNS = tuple(
    map(key, ("id", "name", "facts", "first", "last", "figures", "disagreements", "sources", "origins"))
)
PROBLEM_COLUMNS = tuple(map(key, ("code", "file", "line", "path", "what")))
CACHE_COLUMNS = tuple(map(key, ("path", "bytes")))
FINDING_COLUMNS = tuple(map(key, ("code", "fact", "source", "passage", "found", "expected")))
PASSAGE_COLUMNS = tuple(map(key, ("change", "source", "passage", "now", "words", "lost")))
DISPUTE_COLUMNS = (
    key("kind"),
    Column(name="facts", of=lambda record: [fact["id"] for fact in record["facts"]]),
    key("prefer"),
    key("note"),
)
DIFFERENCE_COLUMNS = (
    key("change"),
    key("kind"),
    key("id"),
    Column(name="keys", of=lambda record: [each["key"] for each in record["keys"]]),
    key("statement"),
)

PART_NAMES = {"quote_found": "quote found", "figures_match": "figures match", "read_by": "read by"}


def part_lines(record: Json) -> list[str]:
    """Give the three parts of a check, a line each."""
    lines = []
    for part, tally in record["checks"].items():
        failed = tally["run"] - tally["passed"]
        counts = f"{tally['run']} run, {tally['passed']} passed, {failed} failed, {tally['not_run']} not run"
        lines.append(f"{PART_NAMES[part]}: {counts}")
    return lines


def check_notes(record: Json) -> list[str]:
    """Give what is to be known beside a check, a line each: earlier ones on record, pages that were not reached."""
    earlier = [
        f"on record: {each['quotes']} quotes of {each['source']} found {each['date']}"
        f" in text {each['text_sha256'][:12]}…"
        for each in record["last_checked"]
    ]
    return [*earlier, *(f"not reached: {each['address']}: {each['reason']}" for each in record["unreached"])]


def _lost(text: Json, passage: int) -> list[str]:
    """Give the facts whose quote of a passage no longer stands, each once."""
    found = (fact["id"] for fact in text["facts"] if fact["passage"] == passage and not fact["stands"])
    return list(dict.fromkeys(found))


def passage_rows(texts: Sequence[Json]) -> list[Json]:
    """Give the passages of other versions that are not the same: what changed, and the facts whose quotes are lost."""
    return [
        {
            **passage,
            "source": text["source"],
            "words": [f"{each['was'] or '(nothing)'} -> {each['now'] or '(nothing)'}" for each in passage["words"]],
            "lost": _lost(text, passage["passage"]),
        }
        for text in texts
        for passage in text.get("passages", ())
        if passage["change"] != "same"
    ]


def plain(records: Sequence[Json], columns: Sequence[Column]) -> str:
    """Give one record a line, cells separated by tabs, without a header."""
    return "".join("\t".join(column.cell(record) for column in columns) + "\n" for record in records)


def tsv(records: Sequence[Json], columns: Sequence[Column]) -> str:
    """Give `plain` under a line of column names."""
    return "\t".join(column.name for column in columns) + "\n" + plain(records, columns)


def csv_text(records: Sequence[Json], columns: Sequence[Column]) -> str:
    """Give CSV (RFC 4180) with a header; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
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
    """Give a text as Markdown that shows every character as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown(records: Sequence[Json], columns: Sequence[Column]) -> str:
    """Give a Markdown table; every character that Markdown could read as its own is escaped."""
    rows = [[column.name for column in columns], ["---"] * len(columns)]
    rows += [[escaped(column.cell(record)) for column in columns] for record in records]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def json_lines(records: Sequence[Json], _columns: Sequence[Column]) -> str:
    """Give one whole record a line, as JSON."""
    return "".join(f"{dumps(record)}\n" for record in records)


def fields(records: Sequence[Json]) -> str:
    """Give each record as lines of `key TAB value`, nested keys dotted, with a blank line between records."""
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


WRITERS: Mapping[str, Callable[[Sequence[Json], Sequence[Column]], str]] = {
    "plain": plain,
    "tsv": tsv,
    "csv": csv_text,
    "markdown": markdown,
    "jsonl": json_lines,
}
