"""A topic as a page that can be pasted into a brief.

References are names and years (`NATO, 2017`): unlike numbers they keep their meaning when one line is copied.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from tajsec.output import wording
from tajsec.output.pages import Item, Page, Row, Section
from tajsec.text import dates
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.output.json_types import DifferingPair, Fact, Quantity, Summary, SummarySource, Total

MOST_DIFFERENCES = 3
"""Differences that are told: more would not fit into a brief."""
MOST_REFERENCES = 3
"""References behind a sentence; the independent documents behind a shipped fact are two at most."""

NO_SUM = "Not added up: nothing in the sources says that these figures do not overlap."

_References = Mapping[str, str]
"""The reference of each fact, or the name of each source, by its id."""


def brief(summary: "Summary", today: str) -> Page:
    """Return a topic as a page: what must be said, key figures, differences, sources.

    Ages are counted from the day `today`, `2026-11-28`; without it there are none.
    """
    facts = {fact["id"]: fact for fact in summary["facts"]}
    points, figured = ([facts[each] for each in summary[key]] for key in ("points", "figures"))
    differing = summary["differences"][:MOST_DIFFERENCES]
    known = {source["id"]: source for source in summary["sources"]}
    cited = {fact_id: _independent(fact, known) for fact_id, fact in facts.items()}
    told = chain(*cited.values(), *(pair["sources"] for pair in differing))
    names = _names([known[each] for each in dict.fromkeys(told)])
    references = {fact_id: _joined(sources, names) for fact_id, sources in cited.items()}
    sections = [
        Section("Key points", items=[_point(each, references, today) for each in points]),
        _key_figures(summary, figured, references, today),
        _differences(summary, differing, names),
        _sources([known[each] for each in names], names, summary["facts"]),
    ]
    return Page(summary["name"], _lead(summary, len(names), today), [each for each in sections if any(each[1:])])


def _lead(summary: "Summary", listed: int, today: str) -> str:
    """Return when the page was made, of how many facts and documents, and how old the newest document is.

    `listed` documents are below; those that are copies of another one are no second witness.
    """
    cited = [source for source in summary["sources"] if source["facts"]]
    documents = counted(len(cited), "document")
    copies, are = len(cited) - summary["origins"], "is" if listed == 1 else "are"
    notes = [f"{copies} of them {'a copy' if copies == 1 else 'copies'} of another"] if copies else []
    notes += [f"{listed} {are} cited here"] if listed < len(cited) else []
    documents += f" ({'; '.join(notes)})" if notes else ""
    newest = wording.newest((each["issued"], each["updated"]) for each in cited)
    of = f"{', the newest' if len(cited) > 1 else ''} of {wording.date(newest, wording.STAR)}" if newest else ""
    made = f"Made on {wording.date(today)} from " if today else ""
    facts = f"{made}{counted(summary['total'], 'fact')} in {documents}{of}"
    return f"{', '.join(filter(None, (facts, wording.age(newest, today))))}."


# ---------------------------------------------------------------- references


def _independent(fact: "Fact", known: "Mapping[str, SummarySource]") -> list[str]:
    """Return the sources of a fact without copies of another one of them; `MOST_REFERENCES` at most."""
    ids = list(dict.fromkeys(cite["source"] for cite in fact["cites"]))
    found = [each for each in ids if known[each]["origin"] == each or known[each]["origin"] not in ids]
    return found[:MOST_REFERENCES]


def _names(sources: "Sequence[SummarySource]") -> _References:
    """Return author and year of each source, with a letter where two have the same: `NATO, 2017a`."""
    names = {source["id"]: f"{_author(source)}, {_year(source)}" for source in sources}
    counts, seen = Counter(names.values()), Counter[str]()
    found = {}
    for source_id, name in names.items():
        seen[name] += 1
        found[source_id] = name + _letters(seen[name]) if counts[name] > 1 else name
    return found


def _letters(number: int) -> str:
    """Return a number as letters: a, b, ... z, aa, ab, ..."""
    rest, last = divmod(number - 1, 26)
    return (_letters(rest) if rest else "") + chr(ord("a") + last)


def _author(source: "SummarySource") -> str:
    """Return the authors; a publisher that is its own author goes by the shorter name of what it publishes in."""
    first, *others = source["author"] or [source["publisher"]]
    if first == source["publisher"]:
        first = min(first, source["container_title"] or first, key=len)
    return f"{first} and {others[0]}" if len(others) == 1 else f"{first} et al." if others else first


def _year(source: "SummarySource") -> str:
    date = source["issued"] or source["updated"]
    return str(dates.parse(date).anchor.year) if date else "n.d."


def _joined(sources: Iterable[str], names: _References) -> str:
    return "; ".join(names[each] for each in sources)


# ---------------------------------------------------------------- sections


def _point(fact: "Fact", references: _References, today: str) -> Item:
    """Return a fact as a sentence with its reference, and as of when it holds."""
    has_own_date = fact["when"] == fact["as_of"] and fact["status"] != "ongoing"  # the statement names it
    held = "" if has_own_date else wording.held_when(fact, today, wording.STAR)
    limits = ", ".join(filter(None, (*_limits(fact), held)))
    behind = "; ".join(filter(None, (references[fact["id"]], limits, wording.foreign_pack(fact))))
    return Item(_with_brackets(fact["statement"], behind) + _corrections(fact), (fact["id"],))


def _limits(fact: "Fact") -> list[str]:
    """Return a status that limits a claim, and what is known to be wrong with it."""
    return [text for text, _ in (*wording.status(fact), *wording.wrong(fact))]


def _corrections(fact: "Fact") -> str:
    """Return what is right where a source errs in the words that a claim rests on; `wording.wrong` has it if it is."""
    rights = dict.fromkeys(each["right"].removesuffix(".") for cite in fact["cites"] if (each := cite["erratum"]))
    return "" if wording.wrong(fact) else "".join(f" But the source errs: {right}." for right in rights)


def _with_brackets(sentence: str, text: str) -> str:
    return f"{sentence.removesuffix('.')} ({text})."


def _key_figures(summary: "Summary", facts: "Sequence[Fact]", references: _References, today: str) -> Section:
    rows = dict[tuple[str, str], Row]()  # a figure that two facts have is listed once
    for row in (row for fact in facts for row in _rows(fact, summary["units"], references, today)):
        rows.setdefault((row.figure, row.what), row)
    notes = [_sum(each) for each in summary["totals"]]
    if not notes and _have_one_unit(facts):
        notes = [Item(NO_SUM)]
    if more := summary["more_figures"]:
        has, command = "has" if more == 1 else "have", f"tajsec list --topic {summary['topic']} --rows figures"
        notes.append(Item(f"{counted(more, 'more fact')} on the topic {has} figures; {command} lists all."))
    return Section("Key figures", rows=list(rows.values()), notes=notes)


def _have_one_unit(facts: "Sequence[Fact]") -> bool:
    """True if two figures have the same unit and their facts the same status, so that a reader may add them."""
    figures = {(fact["status"], each["unit"], each["of"]) for fact in facts for each in fact["quantities"]}
    return len({figure[:2] for figure in figures}) < len(figures)


def _rows(fact: "Fact", units: Mapping[str, str], references: _References, today: str) -> Iterator[Row]:
    when = ", ".join([*_limits(fact), _dated(fact, today)])
    for quantity in fact["quantities"]:
        yield Row(_figure(quantity, units), quantity["of"], when, references[fact["id"]], fact["id"])


def _dated(fact: "Fact", today: str) -> str:
    """Return when a figure was reached, and how long ago that was, or as of when, if it may have changed since."""
    held = wording.held_when(fact, today, wording.STAR)
    if not fact["when"]:
        return held
    behind = held if _is_open(fact["when"], fact["as_of"]) else wording.age_of({**fact, "as_of": fact["when"]}, today)
    return ", ".join(filter(None, (wording.date(fact["when"], wording.STAR), behind)))


def _is_open(when: str, as_of: str | None) -> bool:
    """True if a date ends after the one as of which it is known, or has no end."""
    end = dates.parse(when).end
    return as_of is not None and (end is None or end.first > dates.parse(as_of).last)


def _figure(quantity: "Quantity", units: Mapping[str, str]) -> str:
    """Return a figure in words, without its unit if what it counts names that: `4,862` of "radios delivered"."""
    name, told = units[quantity["unit"]], quantity["of"].casefold()
    is_named = name.casefold() in told or quantity["unit"].replace("-", " ") in told
    if quantity["unit"] in wording.MONEY_SIGNS:
        return wording.per_period(quantity)
    return wording.per_period({**quantity, "unit": "" if is_named else name})


def _sum(total: "Total") -> Item:
    text = f"{wording.amount(total)} in all: by their sources these figures come on top of one another."
    return Item(text, total["of"])


def _differences(summary: "Summary", differing: "Sequence[DifferingPair]", names: _References) -> Section:
    items = [
        Item(_with_brackets(each["note"], _joined(each["sources"], names)), (each["fact"], each["to"]))
        for each in differing
    ]
    more = len(summary["differences"]) - len(differing)
    count, command = counted(more, "more difference"), f"tajsec differences --topic {summary['topic']}"
    notes = [Item(f"{count} {'is' if more == 1 else 'are'} not told here; {command} lists all.")] if more else []
    return Section("Where the sources differ", items=items, notes=notes)


def _sources(sources: "Sequence[SummarySource]", names: _References, facts: "Sequence[Fact]") -> Section:
    """Return the sources, and if a date on the page has a star, what that means."""
    items = [Item(f"{names[each['id']]}: {_document(each)}", (each["id"],), each["url"] or "") for each in sources]
    of_facts = (date for fact in facts for date in (fact["when"], fact["as_of"]))
    of_sources = (date for source in sources for date in (source["issued"], source["updated"]))
    is_starred = any(map(wording.is_inferred, chain(of_facts, of_sources)))
    return Section("Sources", items=items, notes=[Item(wording.STARRED)] if is_starred else [])


def _document(source: "SummarySource") -> str:
    """Return title, publisher and date of a source, or as of when it speaks, and where one without address is kept."""
    has_date = source["issued"] or source["updated"]
    held = "" if has_date else wording.as_of_date(source["as_of"], wording.STAR)
    return ", ".join(filter(None, (wording.document(source, wording.STAR), held, source["kept_at"])))
