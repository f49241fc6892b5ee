"""The facts of the one-file page: an element for each with its receipt, and what the page sorts and filters by."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tajsec.cite.bibliography import plain
from tajsec.cite.citation import by_fact, citations
from tajsec.model.kinds import DIFFERENCES
from tajsec.output import wording
from tajsec.output.labels import Line, claim_lines
from tajsec.output.to_json import fact_objects
from tajsec.pictures.markup import Content, Element, tag
from tajsec.pictures.titles import title_of
from tajsec.search.dated import FIRST_YEAR, NO_END
from tajsec.text import dates
from tajsec.text.spans import numbered_day
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind, TermKind
    from tajsec.model.protocol import Document, SearchableStore
    from tajsec.model.records import Fact
    from tajsec.output import json_types

_WIDTH = 1000
"""Units of the axis of time; a bar is as wide as its place on the page."""

_TICK = 10
"""Years between two labels of the axis."""


# ---------------------------------------------------------------- cards


def cards(store: "SearchableStore", numbered: Sequence[int], facts: Sequence["Fact"]) -> list[Element]:
    """Return an item for each fact: its statement, and below it, folded away, its receipt."""
    texts = map(plain, by_fact(citations(store, facts)))
    return [_card(store, fact, text.strip()) for fact, text in zip(fact_objects(store, numbered), texts, strict=True)]


def _card(store: "SearchableStore", fact: "json_types.Fact", citation: str) -> Element:
    marks = (tag("span", f" · {text}", class_=tone) for text, tone in wording.short_marks(fact))
    meta = tag("span", wording.moment_of(fact, wording.STAR), *_age(fact), *marks, class_="meta")
    lines = (part for line in _lines(store, fact) for part in _labelled(line, fact))
    related = [tag("li", *each) for each in _related(fact)]
    receipt = tag(
        "div",
        tag("dl", *lines),
        tag(
            "div",
            *sources(fact),
            *([tag("h3", "Other facts"), tag("ul", *related)] if related else []),
            tag("h3", "Citation"),
            tag("p", citation, class_="citation"),
            tag("button", "Copy the citation", type="button", class_="copy"),
        ),
        class_="receipt",
    )
    statement = tag("span", fact["statement"], class_="statement")
    return tag("li", tag("details", tag("summary", statement, " ", meta), receipt, id=_anchor(fact["id"])))


def _anchor(fact_id: str) -> str:
    return f"fact-{fact_id}"


def _age(fact: "json_types.Fact") -> list[Element]:
    """Return the element for the age of what may have changed; the page fills it in on the day it is read."""
    end = dates.parse(fact["as_of"]).end if fact["as_of"] and wording.may_have_changed(fact) else None
    if not end:
        return []
    year, month, day = end.first
    return [tag("span", data_from=f"{year:04}-{month or 1:02}-{day or 1:02}")]


def _lines(store: "SearchableStore", fact: "json_types.Fact") -> list[Line]:
    kinds: tuple[tuple[str, TermKind, Sequence[str]], ...] = (
        ("Actors", "actor", fact["actors"]),
        ("People", "person", fact["people"]),
        ("Places", "place", fact["places"]),
        ("Topics", "topic", fact["topics"]),
    )
    terms = ((label, ", ".join(store.vocabulary.name(kind, each) for each in ids)) for label, kind, ids in kinds)
    lines = [
        *(Line("Wrong", text, tone) for text, tone in wording.wrong(fact)),
        *claim_lines(fact, "", wording.STAR),
        *(Line(label, text) for label, text in terms),
        *(Line("Inferred", f"{key}: {reason}") for key, reason in fact["inferred"].items()),
        *(Line("Derived", f"{figure}: {reason}") for figure, reason in fact["derived"].items()),
        Line("Note", fact["notes"] or ""),
        Line("Id", fact["id"]),
        Line("Pack", wording.pack(fact)),
    ]
    return [line for line in lines if line.text]


def _labelled(line: Line, fact: "json_types.Fact") -> Iterator[Element]:
    yield tag("dt", line.label)
    toned = {"class_": line.tone} if line.tone else {}
    yield tag("dd", line.text, *(_age(fact) if line.label == "As of" else ()), **toned)


def sources(fact: "json_types.Fact") -> Iterator[Element]:
    """Yield each cited document, and a list of its passages with their quotes."""
    for source in wording.sources(fact):
        mine = [cite for cite in fact["cites"] if cite["source"] == source]
        yield tag("h3", wording.document(mine[0], wording.STAR))
        if kept_at := mine[0]["kept_at"]:
            yield tag("p", kept_at, class_="soft")
        yield tag("ul", *(tag("li", *_quote(each)) for each in mine))


def _quote(cite: "json_types.Cite") -> Iterator[Content]:
    """Yield the quoted words, and the passage, as a link to them if its address may be opened."""
    yield tag("q", cite["quote"])
    yield f"{wording.sic(cite)} "
    where = wording.passage(cite)
    address = wording.words_at(cite)
    yield tag("a", where, href=address, rel="noreferrer") if is_web_address(address) else where


def _related(fact: "json_types.Fact") -> Iterator[list[Content]]:
    """Yield for each relation the other fact, as a link, the reason, and which of the two to cite."""
    own = ((each, 0, each["to"]) for each in fact["relations"])
    theirs = ((each, 1, each["from"]) for each in fact["related"])
    for relation, side, other in (*own, *theirs):
        text = wording.VERBS[relation["kind"]][side]
        tone = "differs" if relation["kind"] in DIFFERENCES else "soft"
        advice = f" Cite {'this one' if relation['prefer'] == fact['id'] else relation['prefer']}."
        link = tag("a", other, href=f"#{_anchor(other)}")
        verb = tag("span", f"{text[0].upper()}{text[1:]} ", class_=tone)
        yield [verb, link, f": {relation['note']}", advice if relation["prefer"] else None]


# ---------------------------------------------------------------- timeline


def bars(store: "SearchableStore", numbered: Sequence[int]) -> tuple[Element, list[Element]]:
    """Return the axis of time, and an item for each dated fact in order of time: its date, its bar, its title."""
    documents = store.documents(numbered)
    places = {document.number: place for place, document in enumerate(documents)}
    days = [day for document in documents for span in document.when for day in span if FIRST_YEAR <= day < NO_END]
    begin = min(days, default=FIRST_YEAR) // 10000 // _TICK * _TICK
    end = (max(days, default=FIRST_YEAR) // 10000 // _TICK + 1) * _TICK
    axis = tag("div", *(tag("span", str(year)) for year in range(begin, end + 1, _TICK)), id="axis", aria_hidden="true")
    ordered = [number for number in store.in_time() if number in places]
    rows = zip(ordered, fact_objects(store, ordered), strict=True)
    return axis, [_bar(documents[places[number]], places[number], fact, begin, end) for number, fact in rows]


def _bar(document: "Document", place: int, fact: "json_types.Fact", begin: int, end: int) -> Element:
    rects = []
    for starts, ends in document.when:
        until = min(ends, document.extent[1])  # that of an open end is as far as the fact speaks
        left, right = (_on_axis(day, begin, end) for day in (starts, until))
        size = {"x": f"{left:.1f}", "width": f"{max(right - left, 4):.1f}", "height": "8"}
        rects.append(tag("rect", class_=wording.tone(fact), **size))
    marks = (tag("span", f" · {text}", class_=tone) for text, tone in wording.short_marks(fact))
    drawn = tag("svg", *rects, viewBox=f"0 0 {_WIDTH} 8", preserveAspectRatio="none", aria_hidden="true")
    when = tag("span", wording.date(fact["when"], wording.STAR), class_="meta")
    link = tag("a", title_of(fact), href=f"#{_anchor(fact['id'])}")
    return tag("li", when, drawn, tag("span", link, *marks), data_place=str(place))


def _on_axis(day: int, begin: int, end: int) -> float:
    """Return the place of a day on the axis, to a month."""
    year, month, _ = numbered_day(day)
    share = (year + max(0, month - 1) / 12 - begin) / (end - begin)
    return _WIDTH * min(1, max(0, share))


# ---------------------------------------------------------------- what the page sorts and filters by


def ranked(store: "SearchableStore", numbered: Sequence[int]) -> list[dict[str, object]]:
    """Return for each fact what its score and its order depend on beside its words."""
    numbers = store.with_numbers(-math.inf, math.inf)
    documents = store.documents(numbered)
    order = {fact_id: place for place, fact_id in enumerate(sorted(document.id for document in documents))}
    return [
        {
            "id": document.id,
            "order": order[document.id],
            "answers": document.answers.split(),
            "rank": document.rank,
            "worse": int(document.superseded_or_less_exact),
            "when": document.when,
            "extent": document.extent,
            "numbers": sorted({(each.value, each.unit, each.qualifier) for each in numbers.get(document.number, ())}),
        }
        for document in documents
    ]


def filters(store: "SearchableStore", numbered: Sequence[int]) -> dict[str, list[tuple[str, list[int]]]]:
    """Return by label the options of each filter, with the places of their facts.

    A fact about a part of an actor is one about the whole too.
    """
    places = {number: place for place, number in enumerate(numbered)}
    named: dict[str, tuple[TagKind, list[tuple[str, str]]]] = {
        "Topic": ("topic", [(each.id, each.name) for each in store.vocabulary.of("topic").values()]),
        "Actor": ("actor", [(each.id, each.name) for each in store.vocabulary.of("actor").values()]),
        "Document": ("source", [(each.id, f"{each.title}, {each.publisher}") for each in store.sources()]),
    }
    return {
        label: sorted(
            (name, sorted(places[number] for number in found))
            for term_id, name in terms
            if (found := store.tagged(kind, term_id) & places.keys())
        )
        for label, (kind, terms) in named.items()
    }
