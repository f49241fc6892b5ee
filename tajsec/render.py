"""What people see on a terminal: the home of Rich.

Functions take the JSON records of a command and give text for a terminal of a known width. Data is never markup: each
cell is a `Text` that has gone through `printable`, and links, emoji and highlighting are off.
"""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tajsec import dates
from tajsec.jsonout import Json
from tajsec.text import printable

Spans = Sequence[tuple[int, int]]

WIDE = 140
"""Columns from which a table of facts has columns for ids and sources."""
DATE, NARROW_DATE = 24, 13
"""Columns of a date in a wide table, and in another."""
LABEL = 10
"""Columns of the labels on a card: the longest is `Disagrees`."""

_STATUS_STYLES = {"planned": "yellow", "stated": "cyan"}
_DISAGREES = {
    "rounds": ("rounds", "rounded by"),
    "contradicts": ("contradicts", "contradicted by"),
    "supersedes": ("supersedes", "superseded by"),
    "scope": ("differs in scope from", "differs in scope from"),
    "renames": ("renames", "renamed by"),
    "part-of": ("part of", "has the part"),
    "repeats": ("repeats", "repeated by"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the terminal shows things: its width in columns, whether it has colour, whether it has ASCII alone."""

    width: int
    color: bool = False
    ascii: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether ids and sources have room for columns of their own."""
        return self.width >= WIDE


def facts(records: Sequence[Json], look: Look, highlights: Sequence[Spans] = ()) -> str:
    """Show facts as a table: when, the statement, its id, marks and receipts; a wide table has columns for these.

    `highlights` are, for each record, the offsets (start, end) of words of the statement to set off.
    """
    table = _facts_table([], look)
    for number, record in enumerate(records):
        table.add_row(*_fact_row(record, look, highlights[number] if highlights else ()))
    return _text(table, look)


def timeline(records: Sequence[Json], look: Look) -> str:
    """Show dated facts as a table that names each year once."""
    table = _facts_table([], look, "Year")
    before = None
    for record in records:
        year = dates.parse(record["when"]).anchor.year
        if before not in (None, year):
            table.add_section()
        table.add_row(_plain(year if year != before else "", "bold"), *_fact_row(record, look))
        before = year
    return _text(table, look)


def cards(records: Sequence[Json], look: Look) -> str:
    """Show each fact whole, as a card."""
    return "\n".join(_text(_card(record), look) for record in records)


def listing(records: Sequence[Json], columns: Sequence[tuple[str, str]], look: Look) -> str:
    """Show records as a table; `columns` are pairs of heading and key. Ids stay whole, numbers stand right."""
    table = _table(look, *(heading for heading, _ in columns))
    for number, (_, key) in enumerate(columns):
        table.columns[number].no_wrap = key == "id"
        if isinstance(records[0][key], int | float):
            table.columns[number].justify = "right"
    for record in records:
        table.add_row(*(_plain(_cell(record[key])) for _, key in columns))
    return _text(table, look)


def topics(records: Sequence[Json], look: Look) -> str:
    """Show topics, each on a line: how many facts, of which years, how many figures and disagreements."""
    rows = [{**record, "years": _span(_year(record["first"]), _year(record["last"]))} for record in records]
    counts = [("Facts", "facts"), ("Figures", "figures"), ("Differ", "disagreements"), ("Sources", "sources")]
    return listing(rows, [("Topic", "id"), ("Years", "years"), *counts], look)


def sources(records: Sequence[Json], look: Look) -> str:
    """Show each source as a card."""
    return "\n".join(_text(_source_card(record), look) for record in records)


def coverage(record: Json, look: Look) -> str:
    """Show how much of each document is cited; then facts by topic, with their years, and by the source's number."""
    sources = [{**row, "n": n, "share": f"{row['share']:.0%}"} for n, row in enumerate(record["sources"], 1)]
    counts = [("Passages", "passages"), ("Make claims", "claims"), ("Cited", "cited"), ("Share", "share")]
    first = listing(sources, [("", "n"), ("Source", "id"), *counts, ("Facts", "facts")], look)
    missing = [
        _plain(f"uncited: {row['id']} passage {each['passage']} ({each['role']})", "red")
        for row in record["sources"]
        for each in row["uncited"]
    ]
    cells = record["topics"]
    rows = []
    for topic in dict.fromkeys(cell["topic"] for cell in cells):
        mine = [cell for cell in cells if cell["topic"] == topic]
        years = [cell["year"] for cell in mine]
        facts = Counter[str]()
        for cell in mine:
            facts[cell["source"]] += cell["facts"]
        per_source = {str(row["n"]): facts[row["id"]] for row in sources}
        rows.append({"id": topic, "years": _span(min(years), max(years)), **per_source})
    second = listing(rows, [("Facts on", "id"), ("Years", "years"), *((str(r["n"]),) * 2 for r in sources)], look)
    return first + _text(Group(*(missing or [Text("uncited: none")]), ""), look) + second


def summary(record: Json, name: str, look: Look) -> str:
    """Show a topic on one page."""
    span = " to ".join(dict.fromkeys(dates.parse(record[end]).words for end in ("first", "last") if record[end]))
    head = _grid()
    _add(head, "Facts", f"{record['total']} ({_counts(record['statuses'].items())})")
    _add(head, "Span", span)
    _add(head, "Actors", _counts((each["id"], each["facts"]) for each in record["actors"]))
    witnesses = f"{len(record['sources'])} sources, {record['origins']} of independent origin"
    _add(head, "Sources", f"{witnesses}: {_counts((each['id'], each['facts']) for each in record['sources'])}")
    parts: list[RenderableType] = [_plain(name, "bold"), Padding(head, (0, 0, 1, 0))]
    if record["facts"]:
        count = len(record["facts"])
        whole = f"{count} of {count + record['more_figures']}" if record["more_figures"] else f"{count}"
        parts.append(_plain(f"Key figures ({whole}; not added up, for they overlap)", "bold"))
        parts.append(_facts_table(record["facts"], look))
    if record["disagreements"]:
        parts.append(_plain("\nWhere facts differ", "bold"))
        parts += [Padding(_difference(each), (0, 0, 0, 2)) for each in record["disagreements"]]
    return _text(Group(*parts), look)


# ---------------------------------------------------------------- cards


def _card(record: Json) -> RenderableType:
    grid = _grid()
    _add(grid, "Id", record["id"])
    _add(grid, "When", _date(record["when"]))
    _add(grid, "As of", _date(record["as_of"]))
    _add(grid, "Status", record["status"], _STATUS_STYLES.get(record["status"], ""))
    for each in record["quantities"]:
        _add(grid, "Figure", _quantity(each))
    for label, key in (("Actors", "actors"), ("People", "people"), ("Places", "places"), ("Topics", "topics")):
        _add(grid, label, ", ".join(record[key]))
    for each in record["cites"]:
        _add_receipt(grid, each)
    for each in record["relations"]:
        _add_relation(grid, _DISAGREES[each["kind"]][0], each["to"], each)
    for each in record["related"]:
        _add_relation(grid, _DISAGREES[each["kind"]][1], each["from"], each)
    for key, reason in record["inferred"].items():
        _add(grid, "Inferred", f"{key}: {reason}")
    _add(grid, "Withdrawn", record["withdrawn"], "red")
    return Group(_plain(record["statement"], "bold"), Padding(grid, (0, 0, 0, 2)))


def _add_receipt(grid: Table, cite: Json) -> None:
    issued = _date(cite["issued"]) or "n.d."
    _add(grid, "Source", f"{cite['source']}: “{cite['title']}”, {cite['publisher']}, {issued}")
    section = f" ({cite['section']})" if cite["section"] else ""
    _add(grid, "", f"passage {cite['passage']}{section}: “{cite['quote']}”")
    _add(grid, "", cite["url"], "dim")


def _add_relation(grid: Table, verb: str, other: str, relation: Json) -> None:
    prefer = f" Cite {relation['prefer']}." if relation["prefer"] else ""
    _add(grid, "Relation", f"{verb} {other}. {relation['note']}{prefer}")


def _source_card(record: Json) -> RenderableType:
    grid = _grid()
    _add(grid, "Id", record["id"])
    _add(grid, "Author", ", ".join(record["author"]))
    _add(grid, "Publisher", ", ".join(dict.fromkeys(filter(None, (record["container_title"], record["publisher"])))))
    for label in ("Issued", "Updated", "Accessed"):
        _add(grid, label, _date(record[label.lower()]))
    _add(grid, "Address", record["url"])
    _add(grid, "Archived", record["archive_url"])
    _add(grid, "Copy of", record["derived_from"])
    _add(grid, "Passages", f"{record['passages']}, of which {record['claims']} make claims")
    for note in record["notes"]:
        _add(grid, "Note", note)
    return Group(_plain(record["title"], "bold"), Padding(grid, (0, 0, 0, 2)))


def _quantity(quantity: Json) -> str:
    number = f"{quantity['value']:,}"
    qualifier = "" if quantity["qualifier"] == "exact" else f"{quantity['qualifier']} "
    period = "" if quantity["period"] == "total" else f", {quantity['period']}"
    return f"{qualifier}{number} {quantity['unit']}{period}: {quantity['of']}"


def _difference(disagreement: Json) -> Text:
    verb = _DISAGREES[disagreement["kind"]][0]
    prefer = f" Cite {disagreement['prefer']}." if disagreement["prefer"] else ""
    return _plain(f"{disagreement['fact']} {verb} {disagreement['to']}. {disagreement['note']}{prefer}")


# ---------------------------------------------------------------- cells


def _facts_table(records: Sequence[Json], look: Look, *before: str) -> Table:
    table = _table(look, *before, "When", "Fact", *(("Id", "Source") if look.is_wide else ()))
    table.columns[len(before)].max_width = DATE if look.is_wide else NARROW_DATE
    for record in records:
        table.add_row(*_fact_row(record, look))
    return table


def _fact_row(record: Json, look: Look, highlights: Spans = ()) -> list[Text]:
    statement = _plain(record["statement"])
    for start, end in highlights:
        statement.stylize("bold green", start, end)
    marks = _marks(record)
    fact_id = _plain(record["id"], "dim")
    receipts = list(dict.fromkeys(f"{cite['source']} {cite['passage']}" for cite in record["cites"]))
    if look.is_wide:
        first = Text("\n").join([statement, *marks, *_explained(record)])
        return [_when(record), first, fact_id, _plain("\n".join(receipts), "dim")]
    line = Text(" · ", "dim").join([fact_id, *(_plain(each, "dim") for each in receipts), *marks])
    return [_when(record), Text("\n").join([statement, line, *_explained(record)])]


def _explained(record: Json) -> list[Text]:
    """Give a line for each word of the query: what it matched, where, how, and what that counts."""
    lines = []
    for each in record.get("explain", ()):
        matched = f" {each['matched']}" if each["matched"] else ""
        where = f" in {each['field']}" if each["field"] not in ("about", "number", "date") else ""
        lines.append(_plain(f"{each['word']}: {each['how']}{matched}{where}, {each['weight']:.2f}", "dim"))
    return lines


def _marks(record: Json) -> list[Text]:
    """Give what a reader must know before citing: that a fact is planned, only stated, or superseded."""
    status = record["status"]
    marks = [_plain(status, _STATUS_STYLES[status])] if status in _STATUS_STYLES else []
    if record["superseded_by"]:
        marks.append(_plain(f"superseded by {', '.join(record['superseded_by'])}", "magenta"))
    return marks


def _when(record: Json) -> Text:
    if record["when"]:
        return _plain(_date(record["when"]))
    return _plain(f"as of {_date(record['as_of'])}", "dim")


def _year(date: str | None) -> int:
    return dates.parse(date).anchor.year if date else 0


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in pairs)


def _date(text: str | None) -> str:
    return dates.parse(text).words if text else ""


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _plain(value: object, style: str = "") -> Text:
    """Make data a cell: every line of it printable, none of it markup."""
    return Text("\n".join(map(printable, str(value).split("\n"))), style=style, overflow="fold")


# ---------------------------------------------------------------- Rich


def _table(look: Look, *headings: str) -> Table:
    table = Table(
        box=box.ASCII2 if look.ascii else box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold"
    )
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL, no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _add(grid: Table, label: str, value: str | None, style: str = "") -> None:
    if value:
        grid.add_row(Text(label, style="dim"), _plain(value, style))


def _text(renderable: RenderableType, look: Look) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=look.width,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
