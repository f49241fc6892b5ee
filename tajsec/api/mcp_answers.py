"""The answers of `tajsec mcp`: slim objects, whose figures keep their qualifiers, for the context of a language model.

They are `TypedDict`s of typing_extensions, as pydantic, which makes the output schemas of them, reads no other before
Python 3.12.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, TypeVar, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tajsec.analysis.coverage import coverage
from tajsec.analysis.differences import differences
from tajsec.cite.citation import citations, entries
from tajsec.cite.write import one_by_one
from tajsec.model.kinds import DIFFERENCES
from tajsec.output import wording
from tajsec.output.pages import fact_page, plain_text
from tajsec.output.to_json import fact_objects
from tajsec.search.answer import search
from tajsec.search.as_you_type import near_lines
from tajsec.search.filters import selection

if TYPE_CHECKING:
    from tajsec.analysis.coverage import Cell
    from tajsec.cite.styles import By
    from tajsec.model.protocol import SearchableStore, Store
    from tajsec.model.selection import Selection
    from tajsec.output import json_types

Shape = TypeVar("Shape", bound=Mapping[str, Any])

MAX_ANSWER = 6144
"""Bytes of an answer of up to five facts; one of more facts may have a fifth of them for each.

Quotes take the rest: of each fact the first three, or fewer if they do not fit; `fetch` has all.
"""


# ---------------------------------------------------------------- what is asked


Name = Annotated[str, Field(max_length=256)]
"""As long as a query may be: longer names would be compared with every name of the vocabulary."""
Id = Annotated[str, Field(max_length=64)]
"""As long as ids are."""


@with_config(ConfigDict(extra="forbid"))
class Filters(TypedDict, total=False):
    """Filters that a fact must meet, each of them."""

    actor: Annotated[Name, Field(description="Name or id of an actor, such as NATO or us; its parts count too")]
    topic: Annotated[Name, Field(description="Name or id of a topic; `coverage` lists them")]
    source: Annotated[Name, Field(description="Id of a document; `coverage` lists them")]
    place: Annotated[Name, Field(description="Name or id of a place")]
    status: Annotated[Name, Field(description="completed, ongoing, planned or stated")]
    since: Annotated[Name, Field(description="First date, such as 2012 or 2012-10-05")]
    until: Annotated[Name, Field(description="Last date")]
    pack: Annotated[Name, Field(description="Id of a pack of facts; the shipped one is tajsec")]


def selected(store: "Store", filters: Filters | None) -> "Selection":
    """Return the selection of the facts that meet filters. Raises UsageError."""
    return selection(store, **(filters or {}))


# ---------------------------------------------------------------- what is answered


class Document(TypedDict):
    """A cited document."""

    title: str
    publisher: str
    date: str
    url: str | None
    kept_at: NotRequired[Annotated[str, Field(description="Where a document without an address is found")]]


class Receipt(TypedDict):
    """The words that a fact is cited from, and their document."""

    document: Annotated[str, Field(description="A key of `documents`")]
    quotes: list[str]


class Differing(TypedDict):
    """A fact from which another one differs."""

    id: str
    how: Annotated[str, Field(description="How this fact relates to that one, such as: is a rounded form of")]
    cite: Annotated[str | None, Field(description="The id of the one to cite, if it is not both")]
    why: NotRequired[str]


class Claim(TypedDict):
    """What goes with the statement of a fact wherever it is repeated; what a fact does not have is left out."""

    figures: NotRequired[Annotated[list[str], Field(description="Each with its qualifier; never drop it")]]
    when: NotRequired[str]
    as_of: NotRequired[Annotated[str, Field(description="When the statement held true")]]
    status: Annotated[str, Field(description="completed, ongoing, planned or stated (claimed by the document)")]
    rank: Annotated[str, Field(description="preferred, normal, or deprecated: known to be wrong")]
    differences: NotRequired[list[Differing]]
    known_error: NotRequired[str]
    withdrawn: NotRequired[str]
    unreviewed: NotRequired[Annotated[str, Field(description="A draft that nobody has checked: where it comes from")]]
    pack: NotRequired[Annotated[str, Field(description="Its pack and version, if it is no shipped fact")]]
    receipts: list[Receipt]
    more_quotes: NotRequired[Annotated[int, Field(description="Quotes that only `fetch` returns")]]


class Result(Claim):
    """A fact in a listing."""

    id: Annotated[str, Field(description="For `fetch`, `cite` and `differences`")]
    title: Annotated[str, Field(description="The statement of the fact")]
    url: Annotated[str | None, Field(description="Address of the first document, if any")]


class NearResult(Result):
    """A fact that answers a part of a query."""

    misses: Annotated[list[str], Field(description="The parts of the query that the fact does not answer")]


class TakenFor(TypedDict):
    """A word of a query that was read as another."""

    typed: str
    read_as: str
    how: str


Documents = Annotated[dict[str, Document], Field(description="The documents that the facts are cited from, by id")]


class Found(TypedDict):
    """The facts for a query, best first; if there are none, why, and the facts that answer a part."""

    results: list[Result]
    total: Annotated[int, Field(description="Number of all facts that answer the query")]
    taken_for: NotRequired[list[TakenFor]]
    left_out: NotRequired[Annotated[list[str], Field(description="Words of the query that no fact has")]]
    reasons: NotRequired[Annotated[list[str], Field(description="Why nothing was found")]]
    nearest: NotRequired[list[NearResult]]
    documents: Documents


class Metadata(Claim):
    """The parts of a fact, with the documents that it is cited from."""

    documents: Documents


class Fetched(TypedDict):
    """A fact whole: `text` is its receipt."""

    id: str
    title: str
    text: str
    url: str | None
    metadata: Metadata


class CitedFact(TypedDict):
    """A fact that is cited: its text has what limits the claim, and not the facts that differ."""

    id: str
    rank: str
    differences: NotRequired[list[Differing]]


class Cited(TypedDict):
    """A citation of facts from one document."""

    facts: list[CitedFact]
    document: str
    text: str


class Citations(TypedDict):
    """Citations in a style; a style that lists its documents apart has them in `bibliography`."""

    style: str
    citations: list[Cited]
    bibliography: NotRequired[list[str]]


class Difference(TypedDict):
    """Two facts that differ."""

    how: Annotated[str, Field(description="How the first fact relates to the second")]
    why: str
    cite: Annotated[str | None, Field(description="The id of the one to cite, if it is not both")]
    facts: list[Result]


class Differences(TypedDict):
    """Pairs of facts that differ."""

    differences: list[Difference]
    documents: Documents


class Timeline(TypedDict):
    """Facts in order of time."""

    facts: list[Result]
    total: Annotated[int, Field(description="Number of all dated facts that meet the filters")]
    undated: Annotated[int, Field(description="Number of facts left out because they have no date of their own")]
    documents: Documents


class CoveredDocument(TypedDict):
    """How much of a document the facts cite."""

    id: str
    title: str
    claims: Annotated[int, Field(description="Number of its passages that make a claim")]
    cited: Annotated[int, Field(description="Number of those that a fact cites")]
    facts: int


class CoveredTopic(TypedDict):
    """A topic, with its number of facts and the years that they are about."""

    id: str
    name: str
    facts: int
    first: int
    last: int


class Coverage(TypedDict):
    """What the documents hold, and what the facts are about."""

    documents: list[CoveredDocument]
    topics: list[CoveredTopic]


# ---------------------------------------------------------------- the answers


def text(answer: Mapping[str, Any]) -> str:
    """Return the JSON text of an answer."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def found(store: "SearchableStore", query: str, wanted: "Selection", limit: int) -> Found:
    """Return the facts for a query, or why there are none. Raises UsageError."""
    answer = search(store, query, wanted, limit=limit)
    facts = fact_objects(store, [each.number for each in answer.matches])
    near = fact_objects(store, [each.number for each in answer.nearest])
    misses = [list(each.missing) for each in answer.nearest]

    def make(most: int) -> Found:
        more = {
            "taken_for": [each._asdict() for each in answer.taken_for],
            "left_out": list(answer.left_out),
            "reasons": [*answer.reasons, *near_lines(answer.near_words)],
            "nearest": [{**each, "misses": parts} for each, parts in zip(_results(near, most), misses, strict=True)],
        }
        head = {"results": _results(facts, most), "total": answer.total}
        return cast(Found, {**head, **_filled(more), "documents": _documents([*facts, *near])})

    return _fitting(make, len(facts) + len(near))


def _fitting(make: Callable[[int], Shape], facts: int) -> Shape:
    """Return the answer `make(n)` for the most quotes n of a fact that fit in `MAX_ANSWER`."""
    most = MAX_ANSWER * max(5, facts) // 5
    return next((each for each in map(make, (3, 2)) if len(text(each).encode()) <= most), None) or make(1)


def fetched(store: "Store", fact_id: str) -> Fetched:
    """Return a fact whole. Raises UnknownName, with the near ids."""
    (fact,) = fact_objects(store, [store.number(fact_id)])
    metadata = {**_claim(fact, None), "documents": _documents([fact])}
    return {
        "id": fact["id"],
        "title": fact["statement"],
        "text": plain_text([fact_page(fact, "")]),
        "url": fact["cites"][0]["url"],
        "metadata": cast(Metadata, metadata),
    }


def cited(store: "Store", ids: Sequence[str], style: str, by: "By") -> Citations:
    """Return citations of facts. Raises UsageError for an unknown id or style."""
    facts = store.facts_of(list(dict.fromkeys(ids)))
    limits = {each["id"]: _cited_fact(each) for each in fact_objects(store, store.numbers(ids))}
    listed = entries(citations(store, facts), by)
    texts, bibliography = one_by_one(listed, style, by)
    cited = [
        {"facts": [limits[each.fact.id] for each in entry.citations], "document": entry.source.id, "text": text}
        for entry, text in zip(listed, texts, strict=True)
    ]
    head = {"style": style, "citations": cited}
    return cast(Citations, {**head, **_filled({"bibliography": bibliography})})


def differing(store: "Store", ids: Sequence[str], wanted: "Selection", limit: int) -> Differences:
    """Return the pairs of facts that differ: of those with these ids, else of the selected ones. Raises UnknownName."""
    store.numbers(ids)  # raises UnknownName
    pairs = differences(store, wanted, ids=ids, limit=limit)
    sides = [fact_objects(store, store.numbers([pair.fact, pair.relation.to])) for pair in pairs]

    def make(most: int) -> Differences:
        found: list[Difference] = [
            {
                "how": wording.VERBS[pair.relation.kind][0],
                "why": pair.relation.note,
                "cite": pair.relation.prefer,
                "facts": _results(two, most),
            }
            for pair, two in zip(pairs, sides, strict=True)
        ]
        return {"differences": found, "documents": _documents(fact for two in sides for fact in two)}

    return _fitting(make, 2 * len(pairs))


def timeline(store: "Store", wanted: "Selection", limit: int, offset: int) -> Timeline:
    """Return the selected facts in order of time, without the first `offset`."""
    facts = fact_objects(store, store.in_time(wanted, offset=offset, limit=limit))
    total = store.count_in_time(wanted)
    undated = store.count(wanted) - total

    def make(most: int) -> Timeline:
        return {
            "facts": _results(facts, most), "total": total, "undated": undated, "documents": _documents(facts),
        }  # fmt: skip

    return _fitting(make, len(facts))


def covered(store: "Store", wanted: "Selection") -> Coverage:
    """Return what the documents hold, and what the selected facts are about."""
    result = coverage(store, wanted)
    counts = store.count_by_term("topic", wanted)
    return {
        "documents": [
            {
                "id": each.source.id,
                "title": each.source.title,
                "claims": each.claims,
                "cited": each.cited,
                "facts": each.facts,
            }
            for each in result.sources
        ],
        "topics": [
            _topic(store, topic, counts[topic], list(cells))
            for topic, cells in groupby(result.cells, lambda cell: cell.topic)
        ],
    }


def _topic(store: "Store", topic: str, facts: int, cells: "Sequence[Cell]") -> CoveredTopic:
    """Return a topic; `cells` are sorted by year."""
    name = store.vocabulary.name("topic", topic)
    return {"id": topic, "name": name, "facts": facts, "first": cells[0].year, "last": cells[-1].year}


# ---------------------------------------------------------------- a fact


def _cited_fact(fact: "json_types.Fact") -> CitedFact:
    differences = _filled({"differences": _differing(fact, reasons=False)})
    return cast(CitedFact, {"id": fact["id"], "rank": fact["rank"], **differences})


def _results(facts: "Sequence[json_types.Fact]", most: int) -> list[Result]:
    """Return facts as they are listed, each with at most so many quotes."""
    heads = ({"id": fact["id"], "title": fact["statement"], "url": fact["cites"][0]["url"]} for fact in facts)
    return [cast(Result, {**head, **_claim(fact, most)}) for head, fact in zip(heads, facts, strict=True)]


def _claim(fact: "json_types.Fact", most: int | None) -> Claim:
    """Return what goes with the statement of a fact; with `most`, so many quotes, and differences without reasons."""
    shown = fact["cites"][:most]
    parts = {
        "figures": list(map(wording.figure, fact["quantities"])),
        "when": wording.date(fact["when"]),
        "as_of": wording.as_of_date(fact["as_of"]).removeprefix("as of "),
        "status": fact["status"],
        "rank": fact["rank"],
        "differences": _differing(fact, reasons=most is None),
        "known_error": "; ".join(text for text, _ in wording.wrong(fact)),
        "withdrawn": fact["withdrawn"],
        "unreviewed": fact["draft"],
        "pack": wording.foreign_pack(fact),
        "receipts": _receipts(shown),
        "more_quotes": len(fact["cites"]) - len(shown),
    }
    return cast(Claim, _filled(parts))


def _differing(fact: "json_types.Fact", *, reasons: bool) -> list[dict[str, str | None]]:
    sides = [
        *((each, each["to"], 0) for each in fact["relations"]),
        *((each, each["from"], 1) for each in fact["related"]),
    ]
    return [
        {"id": other, "how": wording.VERBS[each["kind"]][side], "cite": each["prefer"]}
        | ({"why": each["note"]} if reasons else {})
        for each, other, side in sides
        if each["kind"] in DIFFERENCES
    ]


def _receipts(cites: "Sequence[json_types.Cite]") -> list[Receipt]:
    """Return the quotes by document, each with the correction of a known error of the document."""
    quotes: dict[str, list[str]] = {}
    for cite in cites:
        correction = f" [sic; {cite['erratum']['right']}]" if cite["erratum"] else ""
        quotes.setdefault(cite["source"], []).append(cite["quote"] + correction)
    return [{"document": source, "quotes": texts} for source, texts in quotes.items()]


def _document(cite: "json_types.Cite") -> Document:
    document: Document = {
        "title": cite["title"],
        "publisher": cite["publisher"],
        "date": wording.document_date(cite),
        "url": cite["url"],
    }
    return {**document, "kept_at": cite["kept_at"]} if cite["kept_at"] else document


def _documents(facts: "Iterable[json_types.Fact]") -> dict[str, Document]:
    return {cite["source"]: _document(cite) for fact in facts for cite in fact["cites"]}


def _filled(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value}
