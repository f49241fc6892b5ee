"""The score of a fact for a query, after BM25F.

BM25F (Robertson, Zaragoza and Taylor 2004) adds up, for each unit of the query, its weights in the fields of a fact,
lets the sum saturate, and multiplies it by the rarity of the unit. Here `k1` is 1 and `b` is 0: other values, which
would be constants, find no more. A fact of the kind that was asked for counts more.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.protocol import SEARCHED, Document
from tajsec.search import scoring

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.search.candidates import WeightedUnit
    from tajsec.search.query import How, Unit

DEPRECATED = 2
"""The rank of a fact that is known to be wrong (`Document.rank`)."""

WEIGHTS = (1, 1, scoring.QUOTES)
"""What a word counts in each field of `SEARCHED`."""

SAID = frozenset({"statement", "aliases", "number", "date"})
"""The fields in which a fact says something itself; a quote also has the words around it."""


class Explanation(NamedTuple):
    """How a fact answers the unit `text` of a query: by which field and stems, how, and with what part of the score."""

    text: str
    field: str
    matched: str
    """The stems that were found; empty if the fact answers by a key: a number, a date, a tag."""
    how: "How"
    weight: float

    def as_json(self) -> dict[str, str | float | None]:
        """Return its JSON object; `matched` is null where the fact answers by a key."""
        what = {"word": self.text, "matched": self.matched or None, "field": self.field}
        return {**what, "how": self.how, "weight": scoring.shown_score(self.weight)}


class Scored(NamedTuple):
    """A fact with its score, and how it answers each unit that it answers, by the unit's place in the query."""

    score: float
    hits: Mapping[int, Explanation]
    document: Document

    @property
    def says(self) -> bool:
        """True if the fact says something of the query itself, rather than being about somebody or something in it."""
        return any(each.field in SAID for each in self.hits.values())


def score_facts(
    store: "SearchableStore",
    units: "Sequence[WeightedUnit]",
    kinds: AbstractSet[str],
    numbers: AbstractSet[int],
    selection: "Selection",
) -> list[Scored]:
    """Return those of the numbered facts that are in the selection and answer a unit, by score, then by id."""
    ordered = sorted(store.selected_among(selection, sorted(numbers)) if selection and numbers else numbers)
    counted = {n for n, each in enumerate(units) if not (each.unit.is_light or each.unit.is_common)}
    scored = [_scored(each, units, counted, kinds) for each in store.documents(ordered)]
    return in_order(each for each in scored if each.hits)


def in_order(scored: Iterable[Scored]) -> list[Scored]:
    """Return facts by score, then by id; deprecated ones last."""
    return sorted(scored, key=lambda each: (each.document.rank == DEPRECATED, -each.score, each.document.id))


def _scored(
    document: Document,
    units: "Sequence[WeightedUnit]",
    counted: AbstractSet[int],
    kinds: AbstractSet[str],
) -> Scored:
    """Return a fact with its score, which falls with the share of the `counted` units that it has."""
    hits = {place: hit for place, each in enumerate(units) if (hit := _hit(document, each))}
    score = sum(each.weight for each in hits.values())
    score *= len(counted & hits.keys()) / len(counted) if counted else 1
    score *= 1 + scoring.KIND * (not kinds.isdisjoint(document.answers.split()))
    score *= 1 + scoring.PREFERRED * ((document.rank == 0) - document.superseded_or_less_exact)
    return Scored(score, hits, document)


def _hit(document: Document, weighted: "WeightedUnit") -> Explanation | None:
    """Return how a fact answers a unit, or None if it does not; the field is the one that counts most."""
    found = fields_with(document, weighted) if document.number in weighted.candidates else {}
    if not found:
        return None
    total = sum(weight for weight, *_ in found.values())
    field = max(found, key=lambda each: found[each][0])
    _, how, matched = found[field]
    weight = weighted.importance * total / (1 + total)
    return Explanation(weighted.unit.text, field, matched, how, weight)


def fields_with(document: Document, weighted: "WeightedUnit") -> "dict[str, tuple[float, How, str]]":
    """Return for each field of a candidate that answers a unit: the weight, how it answers, and the stems."""
    unit, by_key = weighted.unit, weighted.key_weights.get(document.number, 0.0)
    if unit.kind == "number" or unit.kind == "date":
        key_field = unit.kind if by_key >= 1 else "about"
        return {key_field: (by_key, unit.kind, "")} if by_key else {}
    found = _by_words(document, unit)
    if by_key:
        found["about"] = by_key, "about", ""
    return found


def _by_words(document: Document, unit: "Unit") -> "dict[str, tuple[float, How, str]]":
    """Return for each field with the words of a unit: the weight, how they are there, and the stems."""
    found: dict[str, tuple[float, How, str]] = {}
    for way in unit.ways:  # the weightiest first
        if all(phrase in document.text for phrase in way.phrases):
            for field, weight, text in zip(SEARCHED, WEIGHTS, document.fields, strict=True):
                if field not in found and all(phrase in text for phrase in way.phrases):
                    found[field] = weight * way.weight, way.how, "".join(way.phrases).strip()
    return found
