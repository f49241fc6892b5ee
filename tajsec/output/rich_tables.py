"""Tables, cards and progress bars for a terminal; no other module imports Rich.

Functions take the JSON objects of a command and return text for a terminal of a known width. Data is never markup: each
cell is a `Text` that has gone through `printable`, and links, emoji and highlighting are off.
"""

import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from tajsec.output import labels, wording
from tajsec.text import dates
from tajsec.text.forms import counted, printable

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

    from tajsec.output import json_types
    from tajsec.output.pages import Item, Page, Section


Spans = Sequence[tuple[int, int]]

WIDE = 140
"""Terminal width from which ids and sources have columns of their own; statements then keep half of the width."""

NARROW_FIGURE, NARROWEST_FIGURE = 16, 11
"""Widths of a figure in a narrow table: on 80 columns an id of 45, or of 50 characters is beside it and the date."""

DATE, NARROW_DATE = 24, 13
"""Width of a date in a wide and in a narrow table: `about 12 September 2001` takes one line, or two."""

KIND = 11
"""Width of the longest kind of difference, `contradicts`."""

BETWEEN = 3
"""Columns between two columns of a table."""

PROSE = 100
"""The most columns of a statement in an answer: from the end of a longer line the eye loses the start of the next."""

BESIDE = 160
"""Terminal width from which date, id and source are beside a statement of `PROSE`: the longest take 55 columns."""

INDENT, GAP = 2, 2
"""Columns by which what belongs to a statement is indented, and those between a statement and what is beside it."""
UNBOUNDED = 10_000
"""Width of a table in which no column is narrower than it needs to be: three addresses of 2,048 characters fit."""

LABEL = 10
"""Width of the labels on a card: the longest, such as `Publisher`, have nine letters."""

_TYPEWRITTEN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "–": "-", "—": "-", "…": "..."})
"""What a terminal limited to ASCII shows for punctuation, instead of escapes such as `\\u201c`."""

_ADDRESS = "://"
"""What every web address contains: a quick test, of which a false alarm costs a wide line."""

_STYLES = {"planned": "yellow", "stated": "cyan", "differs": "magenta", "done": "blue", "soft": "dim", "figure": "bold"}
"""The style of each tone."""


class Look(NamedTuple):
    """What a terminal can show: its width in columns, whether it has colour, whether it is limited to ASCII.

    `today` is the day, `2026-11-28`, from which ages are counted; without it none are shown.
    """

    width: int
    color: bool = False
    ascii: bool = False
    today: str = ""

    @property
    def is_wide(self) -> bool:
        """True if ids and sources have room for columns of their own."""
        return self.width >= WIDE


# ---------------------------------------------------------------- facts


def facts(records: "Sequence[json_types.Fact]", look: Look, highlights: Sequence[Spans] = ()) -> str:
    """Return facts as a table: date, statement, id, warnings and sources; a wide table has more columns.

    `highlights` are, for each record, the offsets (start, end) of the words of its statement to highlight.
    """
    return _text(Group(_facts_table(records, look, highlights), *_starred(records)), look)


def timeline(records: "Sequence[json_types.Fact]", look: Look) -> str:
    """Return dated facts below the years in which they begin; the source is last in the line of a fact."""
    lines: list[RenderableType] = []
    for record, year in zip(records, labels.years(records), strict=True):
        if year:
            lines += [*([Text()] if lines else []), _plain(year, "bold")]
        lines.append(_Flowing(_in_time(record, look)))
    return _text(Group(*lines, *_starred(records)), look)


def _in_time(record: "json_types.Fact", look: Look) -> Text:
    """Return a fact as one text: its date, unless that is only the year, the statement, warnings, id, sources."""
    when, *as_of = wording.own_dates(record, look.today, wording.STAR)
    date = [_plain(f"{when}  ", "done")] if when != str(wording.own_date(record).anchor.year) else []
    warnings = (*wording.marks(record), *wording.wrong(record))
    meta = ((each, "dim") for each in (*as_of, wording.named_id(record), ", ".join(wording.sources(record))))
    statement = _plain(f"{record['statement']}  ")
    return Text().join([*date, statement, _dotted(*(_plain(*each) for each in (*warnings, *meta)))])


def cards(records: "Sequence[json_types.Fact]", look: Look, hint: str = "") -> str:
    """Return each fact with everything that is known of it, as a card, and below them a line for the reader, if any."""
    found = [_card(each["statement"], labels.fact_lines(each, look.today)) for each in records]
    below = [_prose(_plain(hint, "dim"), look)] if hint else []
    return "\n".join(_text(each, look) for each in (*found, *below))


def differences(records: "Sequence[json_types.Difference]", look: Look) -> str:
    """Return pairs of facts that differ: the kind, both sides with their receipts, the reason and which to cite."""
    table = _table(look, "Kind", "Facts that differ")
    for record in records:
        sides = [line for fact in record["facts"] for line in _side(fact, record["prefer"], look)]
        table.add_row(_plain(record["kind"], "differs"), _lines(*sides, _plain(record["note"]), Text()))
    note = _starred(fact for record in records for fact in record["facts"])
    return _text(Group(table, *note), look)


def _side(fact: "json_types.Fact", preferred: str | None, look: Look) -> list[Text]:
    advice = [_plain("cite this one", "green")] if fact["id"] == preferred else []
    held = filter(None, (wording.date(fact["when"], wording.STAR), wording.held_when(fact, look.today, wording.STAR)))
    meta = [_plain(each, "dim") for each in (wording.named_id(fact), *wording.passages(fact), *held)]
    bounds = [_plain(*each) for each in (*wording.status(fact), *wording.wrong(fact))]
    return [_plain(fact["statement"], "bold"), _packed([*meta, *bounds, *advice], look.width - KIND - BETWEEN)]


def flowing(text: str, look: Look) -> str:
    """Return the lines of a text wrapped, each with its own indent, and the rest of it indented further."""
    indents = ((line, len(line) - len(line.lstrip(" "))) for line in text.splitlines())
    lines = (_Flowing(_plain(line.lstrip(" ")), indent) for line, indent in indents)
    return _text(Group(*lines), look._replace(width=min(look.width, PROSE)))


def figures(records: "Sequence[json_types.Fact]", look: Look) -> str:
    """Return facts with one figure each as a table; the id is below what the figure counts, or beside the statement."""
    table = _table(look, "Figure", "What", "When", *(("Statement", "Id") if look.is_wide else ()))
    if not look.is_wide:
        longest = max((len(wording.named_id(each)) for each in records), default=0)
        beside_id = look.width - longest - NARROW_DATE - 2 * BETWEEN
        table.columns[0].max_width = min(NARROW_FIGURE, max(NARROWEST_FIGURE, beside_id))
        table.columns[2].max_width = NARROW_DATE
    for record in records:
        (quantity,) = record["quantities"]
        what, fact_id = _plain(quantity["of"]), _plain(wording.named_id(record), "dim")
        cells = [what] if look.is_wide else [_lines(what, fact_id)]
        beside = [_plain(wording.warned(record)), fact_id] if look.is_wide else []
        when = _plain(wording.moment_of(record, wording.STAR))
        table.add_row(_plain(wording.per_period(quantity), "figure"), *cells, when, *beside)
    return _text(Group(table, *_starred(records)), look)


def plotted(lines: "Sequence[Sequence[tuple[str, str]]]", notes: Sequence[str], look: Look) -> str:
    """Return the lines of a plot (see `tajsec.pictures.plot.Run`) unwrapped, and below them the notes, wrapped."""
    drawn = [Text.assemble(*((printable(text), _style(tone)) for text, tone in line)) for line in lines]
    return _text(Group(*drawn, Text(), *(_plain(note, "dim") for note in notes)), look)


# ---------------------------------------------------------------- what a search found


class Row(NamedTuple):
    """A fact that a search found, the words of its statement to highlight, and the parts of the query it misses."""

    record: "json_types.Fact"
    highlights: Spans = ()
    missing: Sequence[str] = ()


class Part(NamedTuple):
    """The facts below a line, which may be empty."""

    line: str
    rows: Sequence[Row]


def found(told: Sequence[str], parts: Sequence[Part], look: Look, *, answer: Row | None = None) -> str:
    """Return what a search found: the lines of `told`, the fact that is the answer, if any, and rows of other facts.

    Blocks are set apart by empty lines.
    """
    lines: list[RenderableType] = [_plain(line) for line in told]
    first = _answer(answer, look) if answer else []
    note = _starred(row.record for part in parts for row in part.rows)
    blocks = [lines, first, *(_part(part, look) for part in parts), note]
    return "\n".join(_text(Group(*block), look) for block in blocks if block)


def _answer(row: Row, look: Look) -> list[RenderableType]:
    """Return a fact as an answer: the statement, its receipt, and the commands that show and cite it."""
    record, width = row.record, min(look.width, PROSE) - INDENT
    lines = [_plain(*each) for each in labels.answer_lines(record, look.today)]
    hints = [_plain(f"tajsec {command} {record['id']}", "dim") for command in ("show", "cite")]
    warnings = wording.short_marks(record) if record["superseded_by"] else wording.status(record)
    claim = _marked(_statement(record, row.highlights, "bold"), warnings)
    below = _lines(*lines, *_explained(record), _packed(hints, width))
    return [_prose(claim, look), _prose(below, look, INDENT)]


def _part(part: Part, look: Look) -> list[RenderableType]:
    """Return the line of a part, and a row for each fact."""
    head = [_plain(part.line)] if part.line else []
    return [*head, *(_row(each, look) for each in part.rows)]


def _row(row: Row, look: Look) -> RenderableType:
    """Return a fact on a line or two: its statement, and below it, or beside it if there is room, the rest."""
    record = row.record
    claim = _marked(_statement(record, row.highlights), wording.wrong(record) or wording.short_marks(record))
    when = (wording.held_when if record["as_of"] else wording.happened_when)(record, look.today, wording.STAR)
    missed = [_plain(f"without {', '.join(row.missing)}", "planned")] if row.missing else []
    behind = (when, wording.named_id(record), ", ".join(wording.sources(record)))
    rest = [*missed, *(_plain(each, "dim") for each in behind)]
    explained = _explained(record)
    if look.width < BESIDE:
        below = _lines(_packed(rest, min(look.width, PROSE) - INDENT), *explained)
        return Group(_prose(claim, look), _prose(below, look, INDENT))
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=PROSE, overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_row(_lines(claim, *explained), _packed(rest, look.width - PROSE - GAP))
    return grid


def _marked(claim: Text, warnings: Sequence[wording.Toned]) -> Text:
    return Text(" ").join([claim, *(_plain(f"({text})", tone) for text, tone in warnings)])


def _prose(text: Text, look: Look, indent: int = 0) -> RenderableType:
    """Return text that is no wider than `PROSE`."""
    return Padding(text, (0, max(look.width - PROSE, 0), 0, indent))


def _packed(parts: Sequence[Text], width: int) -> Text:
    """Return parts with dots between them, as many on a line as its width takes; a line ends between two parts."""
    lines: list[Text] = []
    for part in parts:
        longer = _dotted(*lines[-1:], part)
        if lines and longer.cell_len <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return _lines(*lines)


# ---------------------------------------------------------------- sources and topics


def sources(records: "Sequence[json_types.Source]", counts: Mapping[str, int], holdings: str, look: Look) -> str:
    """Return sources as a table, with the number of facts that cite each, by its id; below, what the store holds."""
    table = _table(look, "Document", "Date", "Facts")
    table.columns[2].justify = "right"
    for each in records:
        document = Text.assemble(_plain(each["id"]), "\n", _plain(f"{each['publisher']}: {each['title']}", "dim"))
        date = _plain(wording.document_date(each, wording.STAR))
        table.add_row(document, date, str(counts.get(each["id"], 0)))
    is_starred = any(map(wording.is_inferred, (each["issued"] or each["updated"] for each in records)))
    notes = [*([wording.STARRED] if is_starred else []), "tajsec show ID has all that is known of a document."]
    below = Group(*(_plain(note, "dim") for note in notes), Text(), _prose(_plain(holdings), look))
    return _text(Group(table, below), look)


def whole_sources(records: "Sequence[json_types.WholeSource]", look: Look) -> str:
    """Return each source as a card, with its cited passages, and the facts that its copies have and it has not."""
    return "\n".join(
        _text(
            Group(
                _card(each["title"], labels.whole_source_lines(each)),
                Text(),
                _card("Passages and the facts that cite them", labels.passage_lines(each)),
                *_only_in_copies(each),
            ),
            look,
        )
        for each in records
    )


def _only_in_copies(record: "json_types.WholeSource") -> Iterator[RenderableType]:
    for title, found in itertools.groupby(record["only_in_copy"], lambda each: wording.only_in_copy(each, record)):
        yield from (Text(), _plain(title, "bold"))
        for each in found:
            yield from (_Paragraph(each["statement"], "", 2), _Paragraph(each["id"], "dim", 2))


def listing(records: "Sequence[json_types.Record]", columns: Sequence[tuple[str, str]], look: Look) -> str:
    """Return records as a table; `columns` are pairs of heading and key. Ids stay whole, numbers go to the right."""
    table = _table(look, *(heading for heading, _ in columns))
    for number, (_, key) in enumerate(columns):
        table.columns[number].no_wrap = key == "id"
        if isinstance(records[0][key], int | float):
            table.columns[number].justify = "right"
    for record in records:
        table.add_row(*(_plain(_cell(record[key])) for _, key in columns))
    return _text(table, look)


def topics(records: "Sequence[json_types.Topic]", look: Look) -> str:
    """Return topics, each on a line: the numbers of its facts, figures and differences, and its years."""
    rows = [{**record, "years": _span(_year(record["first"]), _year(record["last"]))} for record in records]
    counts = [("Facts", "facts"), ("Figures", "figures"), ("Differ", "differences"), ("Independent sources", "origins")]
    return listing(rows, [("Topic", "id"), ("Years", "years"), *counts], look)


def coverage(record: "json_types.Coverage", look: Look) -> str:
    """Return how much of each document is cited and quoted, the uncited passages, and the numbers of facts."""
    sources = [
        {
            **row,
            "read": "opening" if row["extent"] == "opening" else "",
            "cited": f"{row['cited']} of {row['claims']}",
            "quoted": labels.quoted_words(row),
        }
        for row in record["sources"]
    ]
    columns = [("Source", "id"), ("Claims cited", "cited"), ("Words quoted", "quoted"), ("Facts", "facts")]
    if any(row["read"] for row in sources):
        columns.insert(1, ("Read", "read"))
    dates = sorted({row["quoted_on"] for row in record["sources"] if row["quoted_on"]})
    counted_on = [_plain(f"words in quotes: counted {', '.join(dates)}", "dim")] if dates else []
    left = sum(len(row["uncited"]) for row in record["sources"])
    to_cite = f"{counted(left, 'passage')}; tajsec coverage --todo lists them" if left else "none"
    about = _text(Group(*counted_on, _plain(f"uncited: {to_cite}", "red" if left else "")), look)
    return "\n".join([listing(sources, columns, look) + about, *_groups(record, look)])


def _groups(record: "json_types.Coverage", look: Look) -> Iterator[str]:
    """Yield a table of the facts by topic, with their years, and one for each other thing that they have in common."""
    years: dict[str, list[int]] = {}
    for cell in record["topics"]:
        years.setdefault(cell["topic"], []).append(cell["year"])
    for by, groups in itertools.groupby(record["groups"], lambda group: group["by"]):
        counts = [("Facts", "facts"), ("Documents", "sources")]
        if by == "topic":
            rows = [{**each, "years": _span(min(found := years[each["value"]]), max(found))} for each in groups]
            yield listing(rows, [("Topic", "value"), ("Years", "years"), *counts], look)
        else:
            yield listing(list(groups), [(by.capitalize(), "value"), *counts], look)


def uncited(records: "Sequence[json_types.UncitedPassage]", look: Look) -> str:
    """Return the passages that no fact cites, with what their words hold if that is known."""
    if not records:
        return ""
    columns = [("Source", "source"), ("Passage", "passage"), ("Words", "words"), ("Section", "section")]
    if any(record["opening"] for record in records):
        columns += [("Figures", "figures"), ("Dates", "dates"), ("Opening words", "opening")]
    return listing(records, columns, look)


def page(shown: "Page", hint: str, look: Look) -> str:
    """Return a page (`tajsec.output.pages`), and below it a line for the reader of the terminal alone."""
    sections = [Group(Text(), *_section(each, look)) for each in shown.sections]
    head = [_prose(_plain(shown.title, "bold"), look), _prose(_plain(shown.lead), look)]
    return _text(Group(*head, *sections, Text(), _prose(_plain(hint, "dim"), look)), look)


def _section(section: "Section", look: Look) -> Iterator[RenderableType]:
    from tajsec.output.pages import as_items

    yield _plain(section.heading, "bold")
    for each in (*section.items, *as_items(section.rows)):
        yield _Flowing(Text.assemble("- ", _item(each)), 0, PROSE)
    yield from (_prose(_item(each, "dim"), look, INDENT) for each in section.notes)


def _item(item: "Item", style: str = "") -> Text:
    parts = [_plain(item.text, style), *(_plain(each, "dim") for each in filter(None, (item.address, *item.ids)))]
    return Text(" ").join(parts)


# ---------------------------------------------------------------- checks


def changes(records: "Sequence[json_types.Change]", look: Look) -> str:
    """Return what differs between two stores, with the older and the newer value of each changed key."""
    table = _table(look, "Change", "Record")
    for record in records:
        head = _plain(f"{record['kind']} {record['id']}", "bold")
        keys = [f"{each['key']}: {_cell(each['was'])} -> {_cell(each['now'])}" for each in record["keys"]]
        reason = [f"reason: {record['reason']}"] if record["reason"] else []
        details = [_plain(each, "dim") for each in (*keys, *reason)]
        table.add_row(_plain(record["change"]), _lines(head, _plain(record["statement"]), *details))
    return _text(table, look)


def verification(record: "json_types.Verification", look: Look) -> str:
    """Return a table of the three checks, a table for each changed text, and a table of the findings."""
    rows = [
        {"part": labels.PARTS[part], **tally, "failed": tally["run"] - tally["passed"]}
        for part, tally in record["checks"].items()
    ]
    counts = [("Run", "run"), ("Passed", "passed"), ("Failed", "failed"), ("Not run", "not_run")]
    notes = "".join(_text(_Paragraph(each, "dim"), look) for each in labels.check_notes(record))
    first = listing(rows, [("Check", "part"), *counts], look) + notes
    texts = [_text_report(text, look) for text in record["texts"] if text["sealed"] is False]
    findings = [_findings(record["findings"], look)] if record["findings"] else []
    return "\n".join([first, *texts, *findings])


def _text_report(text: "json_types.ChangedText", look: Look) -> str:
    counts = ", ".join(f"{count} {kind}" for kind, count in text["counts"].items())
    head = f"{text['text']} against the sealed text of {text['source']}: {counts}"
    found = [fact["stands"] for fact in text["facts"]]
    effect = f"quotes of passages that changed or are gone: {len(found)}, of which {sum(found)} still stand there"
    known = all(passage["every_word"] for passage in text["passages"])
    advice = "" if known else " The words are those of the quotes; give the sealed text too (--text) for every word."
    table = _table(look, "Passage", "Now", "Words that changed")
    for each in (passage for passage in text["passages"] if passage["change"] != "same"):
        now = ", ".join(map(str, each["now"])) or each["change"]
        lost = [f"lost: {', '.join(ids)}"] if (ids := wording.lost(text, each)) else []
        words = "\n".join([*wording.word_changes(each), *lost]) or ("moved" if each["change"] == "moved" else "")
        table.add_row(_plain(each["passage"]), _plain(now), _plain(words))
    return _text(Group(_plain(head, "bold"), _plain(f"{effect}.{advice}"), table), look)


def _findings(records: "Sequence[json_types.Finding]", look: Look) -> str:
    table = _table(look, "Code", "Finding")
    for each in records:
        where = f"{each['source']} passage {each['passage']}" if each["source"] else ""
        head = ", ".join(filter(None, (each["fact"], where)))
        body = f"found {each['found']}; expected {each['expected']}"
        table.add_row(_plain(each["code"], "red"), _lines(_plain(head, "bold"), _plain(body)))
    return _text(table, look)


def factcheck(record: "json_types.FactCheck", look: Look) -> str:
    """Return the findings of a draft, each with its line, and below its words the facts beside them."""
    facts = {each["id"]: each for each in record["facts"]}
    table = _table(look, "Line", "Flag", "The draft, and the facts")
    for each in record["findings"]:
        tone = wording.DRAFT_TONES[each["flag"]]
        beside = [_plain(line, "soft") for line in wording.beside(each, facts, look.today)]
        table.add_row(_plain(each["line"]), _plain(each["flag"], tone), _lines(_plain(each["text"], "bold"), *beside))
    parts = [table] if record["findings"] else []
    return _text(Group(*parts, *_starred(record["facts"]), _plain(wording.flag_counts(record))), look)


# ---------------------------------------------------------------- progress, on stderr


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Show a count on stderr; yields the function that updates it."""
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.completed:,.0f} {task.description}", markup=False)
    with _progress(SpinnerColumn(), text, TimeElapsedColumn()) as bar:
        task = bar.add_task(label, total=None)
        yield lambda count: bar.update(task, completed=count)


@contextmanager
def progress(count: int) -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """Show a bar on stderr for each of `count` downloads; yields the function that adds the bar of a source."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}", markup=False)
    with _progress(text, BarColumn(), DownloadColumn(), TimeElapsedColumn()) as bar:
        number = itertools.count(1)

        def of_source(name: str) -> Callable[[int, int | None], None]:
            task = bar.add_task(f"{next(number)}/{count} {printable(name)}", total=None)
            return lambda got, expected: bar.update(task, completed=got, total=expected)

        yield of_source


def _progress(*columns: "ProgressColumn") -> "Progress":
    from rich.progress import Progress

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    return Progress(*columns, console=console, transient=True)


# ---------------------------------------------------------------- rows and cells


def _facts_table(records: "Sequence[json_types.Fact]", look: Look, highlights: Sequence[Spans] = ()) -> Table:
    table = _table(look, "When", "Fact", *(("Id", "Source") if look.is_wide else ()))
    table.columns[0].max_width = DATE if look.is_wide else NARROW_DATE
    for record, spans in zip(records, highlights or itertools.repeat(()), strict=False):
        table.add_row(*_fact_row(record, look, spans))
    return table


def _fact_row(record: "json_types.Fact", look: Look, highlights: Spans = ()) -> list[Text]:
    has_date, held = record["when"], wording.held_when(record, look.today, wording.STAR)
    when = _plain(wording.date(has_date, wording.STAR) or held, "" if has_date else "dim")
    statement = _statement(record, highlights)
    as_of = [_plain(held, "soft")] if has_date and held else []
    marks, wrong = ([_plain(*each) for each in of(record)] for of in (wording.marks, wording.wrong))
    fact_id, *receipts = [_plain(each, "dim") for each in (wording.named_id(record), *wording.passages(record))]
    if look.is_wide:
        return [when, _lines(statement, *wrong, *as_of, *marks, *_explained(record)), fact_id, _lines(*receipts)]
    rest = _packed([*as_of, fact_id, *receipts, *marks], look.width - NARROW_DATE - BETWEEN)
    return [when, _lines(statement, *wrong, rest, *_explained(record))]


def _statement(record: "json_types.Fact", highlights: Spans, style: str = "") -> Text:
    statement = _plain(record["statement"], style)
    for start, end in highlights:
        statement.stylize("bold green", start, end)
    return statement


def _starred(records: "Iterable[json_types.Fact]") -> list[RenderableType]:
    """Return the line that explains the star of inferred dates, if a row has one."""
    dates_of = (date for record in records for date in (record["when"], record["as_of"]))
    return [_plain(wording.STARRED, "dim")] if any(map(wording.is_inferred, dates_of)) else []


def _explained(record: "json_types.Fact") -> list[Text]:
    """Return a line for each word of the query (with `--explain`): what it matched, where, how, and its weight."""
    lines = []
    for each in cast("json_types.FoundFact", record).get("explain", ()):
        matched = f" {each['matched']}" if each["matched"] else ""
        where = f" in {each['field']}" if each["field"] not in ("about", "number", "date") else ""
        lines.append(_plain(f"{each['word']}: {each['how']}{matched}{where}, {each['weight']:.2f}", "dim"))
    return lines


def _year(date: str | None) -> int:
    return dates.parse(date).anchor.year if date else 0


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _plain(value: object, style: str = "") -> Text:
    """Return data as a cell: every line of it printable, none of it markup; `style` is a tone or one of Rich."""
    return Text("\n".join(map(printable, str(value).split("\n"))), style=_style(style), overflow="fold")


def _style(names: str) -> str:
    return " ".join(_STYLES.get(name, name) for name in names.split())


def _lines(*lines: Text) -> Text:
    return Text("\n").join(lines)


def _dotted(*parts: Text) -> Text:
    return Text.assemble((" · ", "dim")).join(parts)


# ---------------------------------------------------------------- Rich


def _table(look: Look, *headings: str) -> Table:
    table = Table(
        box=box.ASCII2 if look.ascii else box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold"
    )
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


class _Paragraph(NamedTuple):
    """Data outside tables, for Rich to print."""

    text: str
    style: str
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in _wrapped(_plain(self.text, self.style), console, options.max_width - self.indent):
            yield from Text.assemble(" " * self.indent, line).render(console, end="\n")


class _Flowing(NamedTuple):
    """A text whose later lines are indented further than its first one, for Rich to print."""

    text: Text
    indent: int = INDENT
    most: int = UNBOUNDED
    """The most columns of a line, with its margin."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        later = self.indent + INDENT
        for number, line in enumerate(_wrapped(self.text, console, min(options.max_width, self.most) - later)):
            yield Segment(" " * (later if number else self.indent))
            yield from line.render(console, end="\n")


class _Card(NamedTuple):
    """Lines of a label and a value under a title, for Rich to print."""

    title: str
    lines: Sequence[labels.Line]
    indent: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        yield from _Paragraph(self.title, "bold").__rich_console__(console, options)
        for line in self.lines:
            for text in self._texts(line, console, options.max_width - self.indent - LABEL - 2):
                yield from text.render(console, end="\n")

    def _texts(self, line: labels.Line, console: Console, width: int) -> Iterator[Text]:
        """Yield the value, wrapped beside its label; what is wider, an address, on a line of its own below it."""
        margin, label = " " * self.indent, f"{line.label:{LABEL}}  "
        for value in _wrapped(_plain(line.text, line.tone), console, width):
            is_wide = value.cell_len > width
            if label.strip() and is_wide:
                yield Text.assemble(margin, (label, "dim"))
            yield Text.assemble(margin, value) if is_wide else Text.assemble(margin, (label, "dim"), value)
            label = " " * len(label)


def _card(title: str, lines: Sequence[labels.Line], indent: int = 2) -> RenderableType:
    """Return lines of a label and a value under a title."""
    return _Card(title, lines, indent)


def _wrapped(text: Text, console: Console, width: int) -> Iterable[Text]:
    """Return the lines of a text; one with an address is broken at spaces alone, and the address may be too wide."""
    if _ADDRESS not in text.plain:
        return text.wrap(console, max(width, 1), overflow="fold")
    lines = [each for line in text.split() for each in line.divide(_breaks(line.plain, width))]
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> list[int]:
    """Return the offsets of the words that begin a line, without the first."""
    found, used = [], 0
    for word in re.finditer(r"\S+\s*", text):
        if used and used + cell_len(word[0].rstrip()) > width:
            found.append(word.start())
            used = 0
        used += cell_len(word[0])
    return found


def _with_whole_addresses(table: Table, console: Console) -> None:
    """Let no column of a table be narrower than an address in it, though the table become wider than the terminal."""
    for column in table.columns:
        words = (word for cell in column.cells if _ADDRESS in str(cell) for word in str(cell).split())
        column.min_width = max((len(word) for word in words if _ADDRESS in word), default=None)
    if any(column.min_width for column in table.columns):
        unbounded = console.options.update(width=UNBOUNDED)
        console.width = max(console.width, console.measure(table, options=unbounded).minimum)


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
    for part in renderable.renderables if isinstance(renderable, Group) else (renderable,):
        if isinstance(part, Table):
            _with_whole_addresses(part, console)
    console.print(renderable, crop=False)
    shown = stream.getvalue().translate(_TYPEWRITTEN) if look.ascii else stream.getvalue()
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())
