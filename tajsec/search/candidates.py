"""Candidates: the facts that may answer each unit of a query, and the weight of the unit in the query.

A unit has candidates by its words (the full-text index) and by keys: numbers, dates, and the terms that facts are
tagged with. `tajsec.search.scoring` then looks at the candidates one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.protocol import Document, StoredNumber
from tajsec.search import scoring
from tajsec.search.corrections import TakenFor
from tajsec.search.query import Unit
from tajsec.search.scoring import rarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import Question, SearchableStore
    from tajsec.search.typed_dates import TypedDate
    from tajsec.search.typed_numbers import TypedNumber


class _Facts(Protocol):
    """The look-ups by key that a whole store and the pool of `search.bounded` have in common."""

    def years(self) -> tuple[int, int]: ...
    def tagged(self, kind: "TagKind", term_id: str) -> AbstractSet[int]: ...
    def with_numbers(self, least: float, most: float) -> Mapping[int, AbstractSet[StoredNumber]]: ...
    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]: ...
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

    @property
    def is_required(self) -> bool:
        """True if a fact must have the unit to be an answer: it is decisive, or it is a word that no fact has."""
        return self.unit.is_decisive or not (self.candidates or self.unit.is_light or self.unit.is_common)


def weighted_units(store: "SearchableStore", units: Sequence[Unit]) -> list[WeightedUnit]:
    """Return each unit with its candidates and its importance."""
    counts = stem_counts(store, units)
    size = store.size()
    return [_weighted(store, unit, counts, size) for unit in units]


def questions(store: "SearchableStore", units: Sequence[Unit], counts: Mapping[str, int]) -> "Iterator[Question]":
    """Yield what `weighted_units` asks of a store about units, but for how many facts contain their stems."""
    for unit in units:
        if stems := answerable_ways(unit, counts)[1]:
            yield partial(store.containing, [stems], None)
        yield from key_questions(store, unit)


def key_questions(store: "SearchableStore", unit: Unit, *among: Sequence[int]) -> "Iterator[Question]":
    """Yield what `key_weights` asks of a store, or of some of its facts."""
    if unit.number:
        for each in unit.number.readings:
            yield partial(store.with_numbers, each.least, each.most, *among)
        if unit.number.other:
            yield partial(store.with_numbers, unit.number.other, unit.number.other, *among)
    elif unit.date:
        for date in unit.date.readings:
            yield from _date_questions(store, date, *among)
    else:
        yield from (partial(store.tagged, *tag, *among) for tag in unit.tags)


def _date_questions(store: "SearchableStore", date: "TypedDate", *among: Sequence[int]) -> "Iterator[Question]":
    from tajsec.search.dated import NO_END
    from tajsec.text.dates import day_number

    if not among:
        span = (0, NO_END) if date.month else (day_number(date.first), day_number(date.last))
        yield partial(store.dated, *span, None)
    if date.year and not date.month:
        yield partial(store.with_numbers, date.year, date.year, *among)


def _weighted(store: "SearchableStore", unit: Unit, counts: Mapping[str, int], size: int) -> WeightedUnit:
    answerable, stems = answerable_ways(unit, counts)
    weights = key_weights(store, unit)
    candidates = {*weights, *(store.containing([stems], None) if stems else ())}
    by_key = count_by_key(unit, weights)
    frequency = min(len(candidates), max(typed_frequency(unit, counts), by_key)) or len(candidates)
    return WeightedUnit(answerable, weights, candidates, rarity(frequency, size))


def count_by_key(unit: Unit, weights: Mapping[int, float]) -> int:
    """Return the number of facts that answer a unit by a key; a date that only overlaps does not count."""
    return len(weights) if unit.tags else sum(weight >= 1 for weight in weights.values())


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
        found |= dict.fromkeys(facts.tagged(kind, term_id), scoring.TAGS)
    return found


def _with_number(facts: _Facts, number: "TypedNumber") -> dict[int, float]:
    """Return the facts with a number, each with a weight; "11.4" or "$5" may mean thousands or millions of dollars."""
    found: dict[int, float] = {}
    for typed in number.readings:
        for fact, values in facts.with_numbers(typed.least, typed.most).items():
            weights = [_number_weight(typed, *each) for each in values if typed is number or each.unit == "usd"]
            found[fact] = max([*weights, found.get(fact, 0.0)])
    if number.other:
        found |= {fact: 1.0 for fact in facts.with_numbers(number.other, number.other) if not found.get(fact)}
    return {fact: weight for fact, weight in found.items() if weight}


def _number_weight(number: "TypedNumber", value: float, unit: str, qualifier: str) -> float:
    """Return 1 for the value that was typed, half if it is of anything else than the typed dollars, else 0."""
    from tajsec.text.numbers import may_be_year

    if not number.admits(value, qualifier) or (number.is_range and not unit and may_be_year(value)):
        return 0.0
    if number.currency not in ("", "usd", unit):
        return 0.0
    return 1 if number.currency in ("", unit) else 1 / 2


def _dated(facts: _Facts, date: "TypedDate") -> dict[int, float]:
    """Return the facts of a date, weighted by closeness; for a year, also the facts that contain it as a number."""
    found: dict[int, float] = {}
    for reading in date.readings:
        for fact, weight in _dated_as(facts, reading).items():
            found[fact] = max(weight, found.get(fact, 0.0))
    return found


def _dated_as(facts: _Facts, date: "TypedDate") -> dict[int, float]:
    from tajsec.search.dated import NO_END, closeness, of_month
    from tajsec.text.dates import LAST_DAY, day_number

    if date.month:
        return of_month(facts.documents(facts.dated(0, NO_END, None)), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > facts.years()[1]
    found: dict[int, float] = {}
    for document in facts.documents(facts.dated(first, last, None)):
        weight = closeness(document, first, last, is_open=date.open)
        if weight > is_beyond:  # beyond the last source, only what ends then
            found[document.number] = weight
    for fact in facts.with_numbers(date.year, date.year) if date.year else ():
        found[fact] = 1 + (found.get(fact) == 1)
    return found
