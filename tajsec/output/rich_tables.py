"""What people see on a terminal: the home of Rich.

Functions take the JSON records of a command and give text for a terminal of a known width. Data is never markup: each
cell is a `Text` that has gone through `printable`, and links, emoji and highlighting are off.
"""

import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tajsec.output import wording
from tajsec.output.wording import VERBS
from tajsec.text import dates
from tajsec.text.forms import counted, printable

if TYPE_CHECKING:
    from tajsec.text.jsontext import Json


Spans = Sequence[tuple[int, int]]


WIDE = 140
"""Columns from which a table of facts has columns for ids and sources."""


DATE, NARROW_DATE = 24, 13
"""Columns of a date in a wide table, and in another."""


LABEL = 10
"""Columns of the labels on a card: the longest is `Disagrees`."""


_MARK_STYLES = {"planned": "yellow", "stated": "cyan", "differs": "magenta", "done": "blue"}


class Look(NamedTuple):
    """How the terminal shows things: its width in columns, whether it has colour, whether it has ASCII alone."""

    width: int
    color: bool = False
    ascii: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether ids and sources have room for columns of their own."""
        return self.width >= WIDE


def facts(records: "Sequence[Json]", look: Look, highlights: Sequence[Spans] = ()) -> str:
    """Show facts as a table: when, the statement, its id, marks and receipts; a wide table has columns for these.

    `highlights` are, for each record, the offsets (start, end) of words of the statement to set off.
    """
    table = _facts_table([], look)
    for number, record in enumerate(records):
        table.add_row(*_fact_row(record, look, highlights[number] if highlights else ()))
    return _text(table, look)


def timeline(records: "Sequence[Json]", look: Look) -> str:
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


def runs(lines: "Sequence[Sequence[tuple[str, str]]]", notes: Sequence[str], look: Look) -> str:
    """Show lines made of runs (`tajsec.pictures.plot.Run`) as they are; below them notes, which wrap."""
    drawn = [Text.assemble(*((printable(text), _style(kind)) for text, kind in line)) for line in lines]
    return _text(Group(*drawn, Text(), *(_plain(note, "dim") for note in notes)), look)


def _style(kind: str) -> str:
    return " ".join(_MARK_STYLES.get(word, word) for word in kind.split())


def cards(records: "Sequence[Json]", look: Look) -> str:
    """Show each fact whole, as a card."""
    return "\n".join(_text(_card(record), look) for record in records)


def listing(records: "Sequence[Json]", columns: Sequence[tuple[str, str]], look: Look) -> str:
    """Show records as a table; `columns` are pairs of heading and key. Ids stay whole, numbers stand right."""
    table = _table(look, *(heading for heading, _ in columns))
    for number, (_, key) in enumerate(columns):
        table.columns[number].no_wrap = key == "id"
        if isinstance(records[0][key], int | float):
            table.columns[number].justify = "right"
    for record in records:
        table.add_row(*(_plain(_cell(record[key])) for _, key in columns))
    return _text(table, look)


def topics(records: "Sequence[Json]", look: Look) -> str:
    """Show topics, each on a line: how many facts, of which years, how many figures and disagreements."""
    rows = [{**record, "years": _span(_year(record["first"]), _year(record["last"]))} for record in records]
    counts = [("Facts", "facts"), ("Figures", "figures"), ("Differ", "disagreements"), ("Origins", "origins")]
    return listing(rows, [("Topic", "id"), ("Years", "years"), *counts], look)


def sources(records: "Sequence[Json]", look: Look) -> str:
    """Show each source as a card."""
    return "\n".join(_text(_source_card(record), look) for record in records)


def coverage(record: "Json", look: Look) -> str:
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


def summary(record: "Json", name: str, look: Look) -> str:
    """Show a topic on one page."""
    head = _grid()
    _add(head, "Facts", f"{record['total']} ({wording.counts(record['statuses'].items())})")
    _add(head, "Span", wording.span(record))
    _add(head, "Actors", wording.counts((each["id"], each["facts"]) for each in record["actors"]))
    witnesses = f"{counted(len(record['sources']), 'source')}, {record['origins']} of independent origin"
    _add(head, "Sources", f"{witnesses}: {wording.counts((each['id'], each['facts']) for each in record['sources'])}")
    parts: list[RenderableType] = [_plain(name, "bold"), Padding(head, (0, 0, 1, 0))]
    if record["facts"]:
        count = len(record["facts"])
        whole = f"{count} of {count + record['more_figures']}" if record["more_figures"] else f"{count}"
        parts.append(_plain(f"Key figures ({whole})", "bold"))
        parts.append(_facts_table(record["facts"], look))
    parts += [_total(each) for each in record["totals"]]
    if record["facts"] and not record["totals"]:
        parts.append(_plain("\nNot added up: no two of the figures are said to be parts of one whole.", "dim"))
    if record["disagreements"]:
        reasons = f"`tajsec disputes --topic {record['topic']}` gives the reasons"
        parts.append(_plain(f"\nWhere facts differ ({reasons})", "bold"))
        parts += [Padding(_plain(wording.difference(each)), (0, 0, 0, 2)) for each in record["disagreements"]]
    return _text(Group(*parts), look)


def _total(total: "Json") -> RenderableType:
    """Give a sum, what was added, and what was left out with the reason."""
    grid = _grid()
    _add(grid, "Added", ", ".join(total["of"]))
    for each in total["left_out"]:
        _add(grid, "Left out", wording.left_out(each), "dim")
    head = _plain(f"\n{wording.sum_of(total)}", "bold")
    return Group(head, Padding(grid, (0, 0, 0, 2)))


def disputes(records: "Sequence[Json]", look: Look) -> str:
    """Show pairs of facts that differ: the kind, both sides with their receipts, the reason and which to cite."""
    table = _table(look, "Kind", "Facts that differ")
    for record in records:
        lines = [line for fact in record["facts"] for line in _side(fact, record["prefer"])]
        table.add_row(_plain(record["kind"], "magenta"), Text("\n").join([*lines, _plain(record["note"]), Text("")]))
    return _text(table, look)


def _side(fact: "Json", preferred: str | None) -> list[Text]:
    advice = [_plain("cite this one", "green")] if fact["id"] == preferred else []
    meta = [_plain(each, "dim") for each in (fact["id"], *wording.passages(fact))]
    return [_plain(fact["statement"], "bold"), Text(" · ", "dim").join([*meta, *advice])]


def differences(records: "Sequence[Json]", look: Look) -> str:
    """Show what differs between two stores, with what stood under each changed key and what stands there now."""
    table = _table(look, "Change", "Record")
    for record in records:
        changes = [
            _plain(f"{each['key']}: {_cell(each['was'])} -> {_cell(each['now'])}", "dim") for each in record["keys"]
        ]
        head = _plain(f"{record['kind']} {record['id']}", "bold")
        table.add_row(_plain(record["change"]), Text("\n").join([head, _plain(record["statement"]), *changes]))
    return _text(table, look)


# ---------------------------------------------------------------- verify


def verification(record: "Json", look: Look) -> str:
    """Show the three parts of a check, what became of changed texts, and every finding."""
    from tajsec.output.columns import PART_NAMES, check_notes

    rows = [
        {"part": PART_NAMES[part], **tally, "failed": tally["run"] - tally["passed"]}
        for part, tally in record["checks"].items()
    ]
    counts = [("Run", "run"), ("Passed", "passed"), ("Failed", "failed"), ("Not run", "not_run")]
    shown = listing(rows, [("Check", "part"), *counts], look)
    notes = [_plain(each, "dim") for each in check_notes(record)]
    shown += _text(Group(*notes), look) if notes else ""
    shown += "".join("\n" + _text_report(text, look) for text in record["texts"] if not text["sealed"])
    return shown + ("\n" + _findings(record["findings"], look) if record["findings"] else "")


def _text_report(text: "Json", look: Look) -> str:
    from tajsec.output.columns import passage_rows

    counts = ", ".join(f"{count} {kind}" for kind, count in text["counts"].items())
    head = f"{text['text']} against the sealed text of {text['source']}: {counts}"
    touched = [fact["stands"] for fact in text["facts"]]
    effect = f"quotes of passages that changed or are gone: {len(touched)}, of which {sum(touched)} still stand there"
    known = all(passage["every_word"] for passage in text["passages"])
    advice = "" if known else " The words are those of the quotes; give the sealed text too (--text) for every word."
    table = _table(look, "Passage", "Now", "Words that changed")
    for row in passage_rows([text]):
        now = ", ".join(map(str, row["now"])) or row["change"]
        lost = [f"lost: {', '.join(row['lost'])}"] if row["lost"] else []
        words = _plain("\n".join([*row["words"], *lost]) or ("moved" if row["change"] == "moved" else ""))
        table.add_row(_plain(row["passage"]), _plain(now), words)
    return _text(Group(_plain(head, "bold"), _plain(f"{effect}.{advice}"), table), look)


def _findings(records: "Sequence[Json]", look: Look) -> str:
    table = _table(look, "Code", "Finding")
    for each in records:
        where = f"{each['source']} passage {each['passage']}" if each["source"] else ""
        head = ", ".join(filter(None, (each["fact"], where)))
        body = f"found {each['found']}; expected {each['expected']}"
        table.add_row(_plain(each["code"], "red"), Text("\n").join([_plain(head, "bold"), _plain(body)]))
    return _text(table, look)


def _stderr() -> Console:
    return Console(stderr=True, markup=False, highlight=False, emoji=False)


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Show on stderr how many of something are done."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.completed:,.0f} {task.description}", markup=False)
    with Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=_stderr(), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda count: bar.update(task, completed=count)


@contextmanager
def progress(count: int) -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """Show on stderr how much of each of `count` pages has come."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_stderr(), transient=True) as bar:
        number = itertools.count(1)

        def of_source(name: str) -> Callable[[int, int | None], None]:
            task = bar.add_task(f"{next(number)}/{count} {printable(name)}", total=None)
            return lambda got, expected: bar.update(task, completed=got, total=expected)

        yield of_source


# ---------------------------------------------------------------- cards


def _card(record: "Json") -> RenderableType:
    grid = _grid()
    _add(grid, "Id", record["id"])
    _add(grid, "When", wording.date(record["when"]))
    _add(grid, "As of", wording.date(record["as_of"]))
    _add(grid, "Status", record["status"], _MARK_STYLES.get(record["status"], ""))
    for each in record["quantities"]:
        _add(grid, "Figure", wording.figure(each))
    for label, key in (("Actors", "actors"), ("People", "people"), ("Places", "places"), ("Topics", "topics")):
        _add(grid, label, ", ".join(record[key]))
    for source in dict.fromkeys(cite["source"] for cite in record["cites"]):
        _add_receipts(grid, [cite for cite in record["cites"] if cite["source"] == source])
    _add(grid, "Witnesses", _witnesses(record))
    _add_relations(grid, record)
    for label in ("Inferred", "Derived"):
        for key, reason in record[label.lower()].items():
            _add(grid, label, f"{key}: {reason}")
    _add(grid, "Withdrawn", record["withdrawn"], "red")
    return Group(_plain(record["statement"], "bold"), Padding(grid, (0, 0, 0, 2)))


def _add_receipts(grid: Table, cites: "Sequence[Json]") -> None:
    """Add the receipts in one source: the source, each passage with its words, and the address."""
    first = cites[0]
    issued = wording.date(first["issued"]) or "n.d."
    _add(grid, "Source", f"{first['source']}: “{first['title']}”, {first['publisher']}, {issued}")
    for cite in cites:
        section = f" ({cite['section']})" if cite["section"] else ""
        _add(grid, "", f"passage {cite['passage']}{section}: “{cite['quote']}”")
        if cite["erratum"]:
            _add(grid, "Erratum", f"{cite['erratum']['right']} ({cite['erratum']['evidence']})", "yellow")
    _add(grid, "", first["url"], "dim")


def _add_relations(grid: Table, record: "Json") -> None:
    if record["disputed_by"]:
        count = len(record["disputed_by"])
        differ = "1 fact differs" if count == 1 else f"{count} facts differ"
        _add(grid, "Disputed", f"{differ}: tajsec disputes {record['id']}", "magenta")
    for each in record["relations"]:
        _add_relation(grid, VERBS[each["kind"]][0], each["to"], each)
    for each in record["related"]:
        _add_relation(grid, VERBS[each["kind"]][1], each["from"], each)


def _witnesses(record: "Json") -> str:
    """Count the citations, and of the documents only those that are no copies of one another."""
    cites = len(record["cites"])
    return f"{cites} citations, {counted(len(record['origins']), 'origin')}" if cites > 1 else ""


def _add_relation(grid: Table, verb: str, other: str, relation: "Json") -> None:
    prefer = f" Cite {relation['prefer']}." if relation["prefer"] else ""
    _add(grid, "Relation", f"{verb} {other}. {relation['note']}{prefer}")


def _source_card(record: "Json") -> RenderableType:
    grid = _grid()
    _add(grid, "Id", record["id"])
    _add(grid, "Author", ", ".join(record["author"]))
    _add(grid, "Publisher", ", ".join(dict.fromkeys(filter(None, (record["container_title"], record["publisher"])))))
    for label in ("Issued", "Updated", "Accessed"):
        _add(grid, label, wording.date(record[label.lower()]))
    _add(grid, "Address", record["url"])
    _add(grid, "Archived", record["archive_url"])
    _add(grid, "Copy of", record["derived_from"])
    _add(grid, "Passages", f"{record['passages']}, of which {record['claims']} make claims")
    for note in record["notes"]:
        _add(grid, "Note", note)
    for each in record["errata"]:
        what = f"passage {each['passage']} says “{each['says']}”; right is: {each['right']} ({each['evidence']})"
        _add(grid, "Erratum", what, "yellow")
    return Group(_plain(record["title"], "bold"), Padding(grid, (0, 0, 0, 2)))


# ---------------------------------------------------------------- cells


def _facts_table(records: "Sequence[Json]", look: Look, *before: str) -> Table:
    table = _table(look, *before, "When", "Fact", *(("Id", "Source") if look.is_wide else ()))
    table.columns[len(before)].max_width = DATE if look.is_wide else NARROW_DATE
    for record in records:
        table.add_row(*_fact_row(record, look))
    return table


def _fact_row(record: "Json", look: Look, highlights: Spans = ()) -> list[Text]:
    statement = _plain(record["statement"])
    for start, end in highlights:
        statement.stylize("bold green", start, end)
    marks = _marks(record)
    fact_id = _plain(record["id"], "dim")
    receipts = wording.passages(record)
    if look.is_wide:
        first = Text("\n").join([statement, *marks, *_explained(record)])
        return [_when(record), first, fact_id, _plain("\n".join(receipts), "dim")]
    line = Text(" · ", "dim").join([fact_id, *(_plain(each, "dim") for each in receipts), *marks])
    return [_when(record), Text("\n").join([statement, line, *_explained(record)])]


def _explained(record: "Json") -> list[Text]:
    """Give a line for each word of the query: what it matched, where, how, and what that counts."""
    lines = []
    for each in record.get("explain", ()):
        matched = f" {each['matched']}" if each["matched"] else ""
        where = f" in {each['field']}" if each["field"] not in ("about", "number", "date") else ""
        lines.append(_plain(f"{each['word']}: {each['how']}{matched}{where}, {each['weight']:.2f}", "dim"))
    return lines


def _marks(record: "Json") -> list[Text]:
    """Give what a reader must know before citing, each in its colour."""
    return [_plain(text, _MARK_STYLES[kind]) for text, kind in wording.marks(record)]


def _when(record: "Json") -> Text:
    return _plain(wording.moment_of(record), "" if record["when"] else "dim")


def _year(date: str | None) -> int:
    return dates.parse(date).anchor.year if date else 0


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


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
