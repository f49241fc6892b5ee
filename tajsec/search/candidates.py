"""Candidates: the facts that may answer each unit of a query, and the weight of the unit in the query.

A unit has candidates by its words (the full-text index) and by keys: numbers, dates, and the terms that facts are
tagged with. `tajsec.search.scoring` then looks at the candidates one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.protocol import Document
from tajsec.search import scoring
from tajsec.search.corrections import TakenFor
from tajsec.search.query import NAMING, Unit
from tajsec.search.scoring import rarity

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.typed_dates import TypedDate
    from tajsec.text.numbers import Number

MOST_CANDIDATES = 1000
"""Candidates of one unit at most: bounds the time of a search of 1,000 to 5,000 facts; fewer never reach it."""

NO_END = 99991231
"""The last day number: that of a date with an open end."""

FIRST_YEAR = 10000
"""The first day number of the year 1: a date that starts before it has an open start."""


class _Facts(Protocol):
    """The look-ups by key that a whole store and the pool of `search.bounded` have in common."""

    def years(self) -> tuple[int, int]: ...
    def tagged(self, kind: "TagKind", term_id: str) -> AbstractSet[int]: ...
    def with_number(self, value: float) -> Mapping[int, AbstractSet[str]]: ...
    def dated(self, first: int, last: int, limit: int) -> Sequence[int]: ...
    def documents(self, numbers: Sequence[int]) -> Sequence[Document]: ...


class WeightedUnit(NamedTuple):
    """A unit of the query with its candidates and its weight in this store."""

    unit: Unit
    """Without the ways in which no fact of the store can answer it."""
    key_weights: Mapping[int, float]
    """The facts that answer by a key (number, date, tag), each with a weight from 0 to 1."""
    candidates: AbstractSet[int]
    """The facts of `key_weights`, and those that may answer by their words."""
    importance: float
    """The weight of the unit in the query."""


def weighted_units(store: "SearchableStore", units: Sequence[Unit]) -> list[WeightedUnit]:
    """Return each unit with its candidates and its importance."""
    counts = stem_counts(store, units)
    size, _ = store.size()
    return [_weighted(store, unit, counts, size) for unit in units]


def _weighted(store: "SearchableStore", unit: Unit, counts: Mapping[str, int], size: int) -> WeightedUnit:
    answerable, stems = answerable_ways(unit, counts)
    weights = key_weights(store, unit)
    candidates = {*weights, *(store.containing([stems], MOST_CANDIDATES) if stems else ())}
    by_key = sum(weight != scoring.OVERLAP for weight in weights.values())
    frequency = min(len(candidates), max(typed_frequency(unit, counts), by_key)) or len(candidates)
    return WeightedUnit(answerable, weights, candidates, rarity(frequency, size))


def stem_counts(store: "SearchableStore", units: Sequence[Unit]) -> Mapping[str, int]:
    """Return the number of facts that contain each stem of the units; stems in no fact are left out."""
    return store.frequencies(sorted({stem for unit in units for way in unit.ways for stem in _stems(way.phrases)}))


def answerable_ways(unit: Unit, counts: Mapping[str, int]) -> tuple[Unit, list[str]]:
    """Return the unit without the ways that have a stem in no fact, and the rarest stem of each other way.

    A fact that answers the unit by its words contains one of these stems.
    """
    rarest = {way: rarest_stem(way.phrases, counts) for way in unit.ways}
    found = unit._replace(ways=tuple(way for way in unit.ways if rarest[way]))
    if found.ways and all(way.how == "alias" for way in found.ways) and not unit.taken_for:
        found = found._replace(taken_for=(TakenFor(unit.text, unit.main_name, "other name"),))
    return found, sorted({rarest[way] for way in found.ways})


def rarest_stem(phrases: Iterable[str], counts: Mapping[str, int]) -> str:
    """Return the stem of the phrases that the fewest facts contain, or "" if one of the stems is in no fact."""
    stems = _stems(phrases)
    return min(stems, key=lambda stem: (counts[stem], stem)) if all(stem in counts for stem in stems) else ""


def _stems(phrases: Iterable[str]) -> list[str]:
    return [stem for phrase in phrases for stem in phrase.split()]


def typed_frequency(unit: Unit, counts: Mapping[str, int]) -> int:
    """Return an upper bound of the number of facts that contain the unit as it was typed, not by another name."""
    return next((counts.get(rarest_stem(way.phrases, counts), 0) for way in unit.ways if way.how != "alias"), 0)


def key_weights(facts: _Facts, unit: Unit) -> Mapping[int, float]:
    """Return the facts that answer a unit by a key, each with a weight from 0 to 1."""
    if unit.number:
        return _with_number(facts, unit.number)
    if unit.date:
        return _dated(facts, unit.date)
    return _tagged(facts, unit)


def _tagged(facts: _Facts, unit: Unit) -> dict[int, float]:
    found: dict[int, float] = {}
    for kind, term_id in unit.tags:
        weight = scoring.NAMES if kind in NAMING else scoring.TOPICS
        for number in facts.tagged(kind, term_id):
            found[number] = max(weight, found.get(number, 0.0))
    return found


def _with_number(facts: _Facts, number: "Number") -> dict[int, float]:
    """Return the facts with a number, each with a weight; "11.4" or "$5" may mean thousands or millions of dollars.

    A quantity with a unit weighs 1, a number that is only in the statement 0.8. If dollars were typed, the weight of a
    number of anything else is multiplied by 0.3.
    """
    scales = (1,) if number.scale > 1 else (1, 1e6, 1e3)
    found: dict[int, float] = {}
    for scale in scales:
        for fact, units in facts.with_number(round(number.value * scale, 6)).items():
            as_money = "usd" in units
            weight = 1.0
            if scale != 1 and not (as_money and (number.money or number.value != int(number.value))):
                continue
            if number.money and not as_money:
                weight = scoring.OVERLAP
            found[fact] = max(weight, found.get(fact, 0.0))
    return found


def _dated(facts: _Facts, date: "TypedDate") -> dict[int, float]:
    """Return the facts of a date, weighted by closeness; for a year, also the facts that contain it as a number."""
    from tajsec.text.dates import LAST_DAY, day_number

    if date.month and date.first[0] == 0:
        return _of_month(facts.documents(facts.dated(0, NO_END, MOST_CANDIDATES)), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > facts.years()[1]
    found: dict[int, float] = {}
    for document in facts.documents(facts.dated(first, last, MOST_CANDIDATES)):
        weight = _closeness(document, first, last, is_open=date.open)
        if weight and not (is_beyond and weight < 1):
            found[document.number] = weight
    if date.year and not date.open:
        for fact, units in facts.with_number(float(date.year)).items():
            found[fact] = 1 + (found.get(fact) == 1)
    return found


def _closeness(document: Document, first: int, last: int, *, is_open: bool) -> float:
    """Return 1 for a date within a typed span of days, or that begins or ends in it, and less for one that overlaps it.

    An open span ("since 2001") overlaps nearly every date: only one that begins or ends with it is as close.
    """
    if document.when is None:
        return scoring.OVERLAP
    starts, ends = document.when
    if is_open:
        return 1 if starts == first > 0 or ends == last < NO_END else scoring.OVERLAP
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    within = (no_start or first <= starts) and (no_end or ends <= last) and not (no_start and no_end)
    return 1 if within else scoring.OVERLAP


def _of_month(documents: Sequence[Document], date: "TypedDate") -> dict[int, float]:
    """Return the facts of a month, or of a day of a month, in any year."""
    month, day = date.month, date.first[2]
    found: dict[int, float] = {}
    for document in documents:
        if document.when is None:
            continue
        starts, ends = document.when
        starts = starts if starts >= FIRST_YEAR else ends // 100 * 100 + 1
        same_month = starts // 100 % 100 == month and ends - starts < 100
        if same_month and (not day or starts % 100 == day):
            found[document.number] = 1.0
    return found
