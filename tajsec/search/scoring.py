"""The score of a fact for a query, after BM25F, and every constant of the search.

BM25F (Robertson, Zaragoza and Taylor 2004) adds up, for each unit of the query, its weights in the fields of a fact,
lets the sum saturate, and multiplies it by the rarity of the unit. A fact of the kind that was asked for counts more.
"""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.protocol import SEARCHED, Document

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.search.candidates import WeightedUnit
    from tajsec.search.query import How, Unit

# What a unit counts in a field of a fact, beside 1 in the statement.
QUOTES = 0.3
"""In a quote, and in another name of the fact: what the document says, but the statement does not."""
NAMES = 0.4
"""For a fact that is tagged with the actor, person or place: it is about it, and says nothing of it."""
TOPICS = 0.3
"""For a fact that is tagged with the topic, source or status: less, as many facts share one."""
SYNONYM = 0.8
"""Factor for a word of the vocabulary that stands for the typed one; other names of an actor or a place count 1."""
SATURATION = 0.6
"""`k1` of BM25: how soon a further field adds nothing. Facts are one sentence, so sooner than the usual 1.2."""
LENGTH = 0.4
"""`b` of BM25: how much a long statement counts less. Statements differ less than documents, for which it is 0.75."""

# What the score of a fact is multiplied by.
KIND = 0.3
"""More for a fact of the kind that was asked for: a figure for "how many", a place for "where"."""
PREFERRED = 0.1
"""More for a preferred fact, less for one instead of which another is to be cited: it decides near ties."""

# Which facts are shown.
LEAST_COVERAGE = 0.4
"""The least share of the query's words, by rarity, that an answer has; names, numbers and dates it has all."""
CUT = 0.3
"""The least score of a fact that is shown, as a share of the first one's."""
NEAREST = 3
"""Facts that answer a part, and known words for an unknown one: few enough to be read at a glance."""

# What bounds the time of a search.
MAX_QUERY = 256
"""Most characters of a query: people type under 100, and RapidFuzz takes 4 s for 1,000 over 10,000 words."""
BOUNDED_ABOVE = 5000
"""In stores of at most so many facts all candidates are scored; in larger ones `search.bounded` selects some."""
POOL = 120
"""Facts that are scored in a large store: some pages of answers. Reading and scoring takes about 35 µs for each."""
LONGEST_NAME = 8
"""Most words of a name that is looked up: only eight names are longer."""

SAID = frozenset({"statement", "aliases", "quotes", "number", "date"})


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
        return {**what, "how": self.how, "weight": shown_score(self.weight)}


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
    _, mean_length = store.size()
    scored = [_scored(document, units, kinds, mean_length) for document in store.documents(ordered)]
    return sorted((each for each in scored if each.hits), key=_order)


def _order(scored: Scored) -> tuple[bool, float, str]:
    return scored.document.rank == 2, -scored.score, scored.document.id


def _scored(document: Document, units: "Sequence[WeightedUnit]", kinds: AbstractSet[str], mean_length: float) -> Scored:
    length = 1 - LENGTH + LENGTH * document.size / mean_length
    hits = {place: hit for place, each in enumerate(units) if (hit := _hit(document, each, length))}
    score = sum(each.weight for each in hits.values())
    score *= 1 + KIND * (not kinds.isdisjoint(document.answers.split()))
    score *= 1 + PREFERRED * ((document.rank == 0) - document.superseded_or_less_exact)
    return Scored(score, hits, document)


def _hit(document: Document, weighted: "WeightedUnit", length: float) -> Explanation | None:
    """Return how a fact answers a unit, or None if it does not; the field is the one that counts most."""
    if document.number not in weighted.candidates:
        return None
    unit, by_key = weighted.unit, weighted.key_weights.get(document.number, 0.0)
    if unit.kind == "number" or unit.kind == "date":
        field = unit.kind if by_key >= 1 else "about"
        found: dict[str, tuple[float, How, str]] = {field: (by_key, unit.kind, "")} if by_key else {}
    else:
        found = _by_words(document, unit)
        if by_key:
            found["about"] = by_key, "about", ""
    if not found:
        return None
    length = length if found.keys() & SEARCHED else 1
    total = sum(weight for weight, *_ in found.values())
    field = max(found, key=lambda each: found[each][0])
    _, how, matched = found[field]
    return Explanation(unit.text, field, matched, how, weighted.importance * total / (total + SATURATION * length))


def _by_words(document: Document, unit: "Unit") -> "dict[str, tuple[float, How, str]]":
    """Return for each field with the words of a unit: the weight, how they are there, and the stems."""
    found: dict[str, tuple[float, How, str]] = {}
    for way in unit.ways:  # the weightiest first
        if all(phrase in document.text for phrase in way.phrases):
            for field, weight, text in zip(SEARCHED, (1, QUOTES, QUOTES), document.fields, strict=True):
                if field not in found and all(phrase in text for phrase in way.phrases):
                    found[field] = weight * way.weight, way.how, "".join(way.phrases).strip()
    return found


def shown_score(score: float) -> float:
    """Return a score as it is shown: to hundredths."""
    return float(f"{score:.2f}")


def rarity(frequency: int, size: int) -> float:
    """Return the inverse document frequency of BM25 (Robertson and Spärck Jones 1976)."""
    return math.log(1 + (2 * (size - frequency) + 1) / (2 * frequency + 1))
