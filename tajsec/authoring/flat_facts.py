"""Facts in the rows of a CSV file: each cell as the value of a key, in the flat forms that docs/data.md describes."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tajsec.authoring.json_values import Unreadable, json_values
from tajsec.data.table import MAX_STRING
from tajsec.data.toml import KeyPath, shown
from tajsec.model.as_json import FACT_KEYS, PRINTED_IN_CITES, PRINTED_WITH_FACTS
from tajsec.model.kinds import PERIOD_WORDS, PERIODS, QUALIFIERS
from tajsec.text.forms import is_formula
from tajsec.text.spelling import near_names

LISTS = ("actors", "topics", "places", "people", "aliases")
FIGURE = ("value", "unit", "qualifier", "of", "period")
"""The columns of the one figure of a row, as `tajsec list --rows figures` prints them."""
CITE = ("source", "passage", "quote")
"""The columns of the first cite, as `tajsec list` prints them."""
MAX_CELL = 64 * 2**10
"""Characters, as those of a line in a pack; `csv` stops at twice as many, unless another library has raised that."""

_NUMBERS = ("value", "passage")
COLUMNS = (*FACT_KEYS, "figures", *FIGURE, *CITE)
LEFT_OUT = frozenset({*PRINTED_WITH_FACTS, *PRINTED_IN_CITES, "correction"})
"""Columns that `tajsec list` prints and that follow from others."""
MAX_COLUMNS = 64
"""Columns of a row; there are 30 that mean something."""
_MEANT = {
    meant: column
    for column, names in {
        "statement": "fact claim sentence text",
        "actors": "actor country organisation organization who",
        "topics": "category subject tag tags theme topic",
        "places": "location place where",
        "people": "name names person",
        "when": "date day month time year",
        "value": "amount count figure number quantity sum",
        "unit": "currency units",
        "of": "about counted what",
        "period": "frequency per rate",
        "qualifier": "accuracy precision",
        "source": "document reference",
        "passage": "para paragraph paragraphs",
        "quote": "citation quotation wording words",
        "notes": "comment comments note remark remarks",
    }.items()
    for meant in names.split()
}
"""Names that people give to columns, with ours."""

_LINE_ENDS = re.compile(r"[\r\n]+")
_NUMBER = re.compile(r"-?\d{1,17}(\.\d{1,17})?")
_PERIODS = {words: period for period, words in PERIOD_WORDS.items() if words}
_FIGURE = re.compile(
    rf"(?:(?P<qualifier>{'|'.join(QUALIFIERS)}) )?(?P<value>{_NUMBER.pattern}) (?P<unit>\S+)"
    rf"(?: (?P<period>{'|'.join([*_PERIODS, *PERIODS])}))?(?:: (?P<of>.+))?"
)
"""`over 4800 radios`, `450000 usd a year: aid for the border`."""
_CITE = re.compile(r"(?P<source>[a-z0-9][a-z0-9._-]*) (?P<passage>\d{1,17}): (?P<quote>.+)", re.DOTALL)
"""`border-2024 3: opened two new posts`."""
_NEXT_CITE = re.compile(r"; ?(?=[a-z0-9][a-z0-9._-]* \d+: )")


class Row(NamedTuple):
    """The keys of a fact in a file that is not TOML, and where it is."""

    keys: dict[str, Any]
    line: int
    """The line on which it begins, from 1."""
    name: str
    """The name of the row in a path: `row 3`, `facts[2]`, or "" for a fact a line."""
    mistakes: Sequence[tuple[str, str]] = ()
    """What is wrong with its form: column, and message."""
    header: Sequence[str] | None = None
    """The columns of a table; None for JSON."""

    def column_of(self, path: KeyPath) -> str:
        """Return the column that a key path of the fact was read from; for JSON the path itself."""
        if self.header is None or not path:
            return shown(path)
        own = {"quantities": "figures", "cites": ""}
        first, last = str(path[0]), str(path[-1])
        return next((name for name in (first, own.get(first, ""), last) if name in self.header), first)

    def path_of(self, column: str) -> str:
        """Return the path of a column in a problem: `row 3, quote`, or `facts[2].cites[0].quote`."""
        return (", " if self.header else "." if self.name else "").join(filter(None, (self.name, column)))


def rows_of(text: str) -> Iterator[Row]:
    """Yield the facts of a CSV text, whose first row names the columns; commas, semicolons or tabs part its cells.

    Rows with the same id that follow one another and have a figure each, as `tajsec list --rows figures` prints them,
    are one fact. Raises Unreadable for a text that is no such table, when the mistake is reached.
    """
    rows = _cells(text)
    line, names = next(rows, (1, []))
    header = [name.strip().lower() for name in names]
    _check(header, line)
    last: Row | None = None
    for number, (line, cells) in enumerate(rows, 1):
        if len(cells) > len(header):
            sizes = f"{len(cells)} cells, the header {len(header)}"
            raise Unreadable(line, f"row {number} has {sizes}; put quotes around a cell with the sign that parts cells")
        row = _row(header, cells, line, number)
        if last and _is_same_fact(last, row):
            last.keys["quantities"] += row.keys["quantities"]
            last = last._replace(mistakes=[*last.mistakes, *row.mistakes])
        elif last:
            yield last
            last = row
        else:
            last = row
    if last:
        yield last


def _is_same_fact(one: Row, other: Row) -> bool:
    """True for two rows of a fact, which differ in their figure alone."""
    if "value" not in (one.header or ()) or "id" not in one.keys or "quantities" not in other.keys:
        return False
    return all(one.keys.get(key) == other.keys.get(key) for key in FACT_KEYS if key != "quantities")


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with its line."""
    first = text[:MAX_STRING].partition("\n")[0]
    delimiter = max(",;\t", key=lambda sign: sum(name.strip('" \r').lower() in COLUMNS for name in first.split(sign)))
    stream = io.StringIO(text, newline="")
    if delimiter == "\t":
        reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)  # as the tool prints them
    else:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Unreadable(line, f"not CSV: {error}; mend the quotes of this row or the next") from error
        if cells is None:
            return
        if any(len(cell) > MAX_CELL for cell in cells):
            raise Unreadable(line, f"a cell of over {MAX_CELL:,} characters; is its quote closed?")
        if any(map(str.strip, cells)):
            yield line, cells
        line = reader.line_num + 1


def _check(header: Sequence[str], line: int) -> None:
    """Raise Unreadable for a header that names no column, an unknown one, or the same thing twice."""
    if not header:
        raise Unreadable(0, "holds no row; begin with a row that names the columns")
    if len(header) > MAX_COLUMNS:
        raise Unreadable(line, f"over {MAX_COLUMNS} columns; keep those of a fact")
    if unknown := [name for name in dict.fromkeys(header) if name not in COLUMNS and name not in LEFT_OUT]:
        raise Unreadable(line, _unknown_columns(unknown))
    if twice := [name for name in header if header.count(name) > 1]:
        raise Unreadable(line, f"two columns are named {twice[0]}; keep one")
    for whole, parts in (("cites", CITE), ("quantities", ("figures", *FIGURE)), ("figures", FIGURE)):
        also = [name for name in parts if name in header]
        if whole in header and also:
            raise Unreadable(line, f"the columns {whole} and {also[-1]} say the same; keep one")


def _unknown_columns(names: Sequence[str]) -> str:
    """Return what is wrong with columns of these names: what each may mean, and all known ones if that is unclear."""
    near = {name: [_MEANT[name]] if name in _MEANT else near_names(name[:80], COLUMNS) for name in names}
    meant = [f"{name[:80]!r}{f': did you mean {_or(found)}?' if found else ''}" for name, found in near.items()]
    known = "" if all(near.values()) else f"; known are {', '.join(COLUMNS)}"
    return f"unknown columns {', '.join(meant)}{known}" if len(meant) > 1 else _unknown_column(*near.popitem())


def _unknown_column(name: str, near: Sequence[str]) -> str:
    advice = f"did you mean {_or(near)}?" if near else f"known are {', '.join(COLUMNS)}"
    return f"unknown column {name[:80]!r}; {advice}"


def _or(names: Sequence[str]) -> str:
    return " or ".join(names)


def _row(header: Sequence[str], cells: Sequence[str], line: int, number: int) -> Row:
    mistakes = list[tuple[str, str]]()
    filled = dict[str, str]()
    for name, cell in zip(header, cells, strict=False):
        if name not in LEFT_OUT and cell.strip():
            if is_formula(cell) and not _NUMBER.fullmatch(cell.strip()):
                mistakes.append((name, "begins as a formula does; write its value, or an apostrophe before it"))
            cell = " ".join(map(str.strip, _LINE_ENDS.split(cell))).strip()
            filled[name] = cell[1:] if cell[0] == "'" and is_formula(cell[1:]) else cell
    keys = dict[str, Any]()
    for name, cell in filled.items():
        try:
            keys |= _keys_of(name, cell, filled)
        except ValueError as error:
            mistakes.append((name, str(error)))
    return Row(keys, line, f"row {number}", mistakes, header)


def _keys_of(name: str, cell: str, filled: Mapping[str, str]) -> dict[str, Any]:
    """Return the key of a fact that a column holds, or a part of. Raises ValueError if the cell has no known form."""
    if name == "figures":
        return {"quantities": _figures(cell)}
    for key, parts in (("quantities", FIGURE), ("cites", CITE)):
        if name in parts:
            found = {each: filled[each] for each in parts if each in filled}
            usual = _usual(found) if key == "quantities" else {}
            return {key: [usual | {each: _number(part) if each in _NUMBERS else part for each, part in found.items()}]}
    return {name: _value(name, cell)}


def _usual(figure: dict[str, str]) -> dict[str, str]:
    """Return what the parts of a figure are that have no column or an empty cell, and write its period as its id."""
    if "period" in figure:
        figure["period"] = _PERIODS.get(figure["period"], figure["period"])
    usual = {"qualifier": "exact", "period": "total"}
    return usual | ({"of": figure["unit"]} if "unit" in figure else {})


def _value(name: str, cell: str) -> object:
    """Return the value of a key of a fact. Raises ValueError if the cell is in none of its forms."""
    if name in LISTS:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if name in ("inferred", "derived"):
        return _object(cell)
    if name == "relations" or (name in _FLAT and cell[0] in "{["):
        return _objects(cell)
    return _FLAT[name](cell) if name in _FLAT else cell


def _number(cell: str) -> object:
    """Return a number, or the cell itself if it is none, which the reader of facts then reports."""
    if not _NUMBER.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


def _figures(cell: str) -> list[dict[str, Any]]:
    """Return the quantities of a cell such as `over 4800 radios; 450000 usd a year: aid for the border`."""
    found = []
    for part in cell.split("; "):
        match = _FIGURE.fullmatch(part.strip())
        if match is None:
            raise ValueError(
                f"{part[:80]!r} is no figure; write such as over 4800 radios: radios for the border guards"
            )
        period = match["period"] or "total"
        found.append(
            {
                "value": _number(match["value"]),
                "unit": match["unit"],
                "qualifier": match["qualifier"] or "exact",
                "of": match["of"] or match["unit"],
                "period": _PERIODS.get(period, period),
            }
        )
    return found


def _cites(cell: str) -> list[dict[str, Any]]:
    """Return the cites of a cell such as `border-2024 3: opened two new posts; border-2024 4: a third one`."""
    found = []
    for part in _NEXT_CITE.split(cell):
        match = _CITE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"{part[:80]!r} is no cite; write such as border-2024 3: opened two new posts")
        found.append({"source": match["source"], "passage": int(match["passage"]), "quote": match["quote"]})
    return found


_FLAT: Mapping[str, Callable[[str], object]] = {"quantities": _figures, "cites": _cites}
"""The keys with records that have a flat form besides JSON."""


def _objects(cell: str) -> object:
    """Return the JSON value of a cell, or the list of several."""
    try:
        found = [value for _, value in json_values(cell)]
    except Unreadable as error:
        raise ValueError(error.what) from error
    return found[0] if len(found) == 1 and isinstance(found[0], list) else found


def _object(cell: str) -> object:
    """Return the JSON object of a cell."""
    found = _objects(cell)
    return found[0] if isinstance(found, list) and len(found) == 1 else found
