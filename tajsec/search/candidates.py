"""Candidates: the facts that may answer each unit of a query, and the weight of the unit in the query.

A unit has candidates by its words (the full-text index) and by keys: numbers, dates, and the terms that facts are
tagged with. `tajsec.search.scoring` then looks at the candidates one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.protocol import Document, StoredNumber
from tajsec.search import scoring
from tajsec.search.corrections import TakenFor
from tajsec.search.query import NAMING, Unit
from tajsec.search.scoring import rarity

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.typed_dates import TypedDate
    from tajsec.search.typed_numbers import TypedNumber

NO_END = 99991231
"""The last day number: that of a date with an open end."""

FIRST_YEAR = 10000
"""The first day number of the year 1: a date that starts before it has an open start."""


class _Facts(Protocol):
    """The look-ups by key that a whole store and the pool of `search.bounded` have in common."""

    def years(self) -> tuple[int, int]: ...
    def tagged(self, kind: "TagKind", term_id: str) -> AbstractSet[int]: ...
    def with_numbers(self, least: float, most: float) -> Mapping[int, AbstractSet[StoredNumber]]: ...
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
    candidates = {*weights, *(store.containing([stems], scoring.BOUNDED_ABOVE) if stems else ())}
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
        weight = scoring.NAMES if kind in NAMING else scoring.TOPICS
        for number in facts.tagged(kind, term_id):
            found[number] = max(weight, found.get(number, 0.0))
    return found


def _with_number(facts: _Facts, number: "TypedNumber") -> dict[int, float]:
    """Return the facts with a number, each with a weight; "11.4" or "$5" may mean thousands or millions of dollars."""
    found: dict[int, float] = {}
    may_be_scaled = number.scale == 1 and not number.is_range
    may_be_scaled &= number.currency == "usd" or not number.least.is_integer()
    for scale in (1, 1e6, 1e3) if may_be_scaled else (1,):
        typed = number.scaled(scale)
        for fact, values in facts.with_numbers(typed.least, typed.most).items():
            weights = [_number_weight(typed, *each) for each in values if scale == 1 or each.unit == "usd"]
            found[fact] = max([*weights, found.get(fact, 0.0)])
    if number.other:
        found |= {fact: 1.0 for fact in facts.with_numbers(number.other, number.other) if not found.get(fact)}
    return {fact: weight for fact, weight in found.items() if weight}


def _number_weight(number: "TypedNumber", value: float, unit: str, qualifier: str) -> float:
    """Return 1 for the value that was typed, half if it is of anything else than the typed dollars, 0 if another currency was typed."""
    if not number.admits(value, qualifier) or (number.is_range and not unit and _may_be_year(value)):
        return 0.0
    if number.currency not in ("", "usd", unit):
        return 0.0
    return 1 if number.currency in ("", unit) else 1 / 2


def _may_be_year(value: float) -> bool:
    """True for a number that is as likely a year in a statement, which no range of numbers asks for."""
    return value.is_integer() and 1900 <= value < 2100


def _dated(facts: _Facts, date: "TypedDate") -> dict[int, float]:
    """Return the facts of a date, weighted by closeness; for a year, also the facts that contain it as a number."""
    found: dict[int, float] = {}
    for reading in date.readings:
        for fact, weight in _dated_as(facts, reading).items():
            found[fact] = max(weight, found.get(fact, 0.0))
    return found


def _dated_as(facts: _Facts, date: "TypedDate") -> dict[int, float]:
    from tajsec.text.dates import LAST_DAY, day_number

    if date.month:
        return _of_month(facts.documents(facts.dated(0, NO_END, scoring.BOUNDED_ABOVE)), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > facts.years()[1]
    found: dict[int, float] = {}
    for document in facts.documents(facts.dated(first, last, scoring.BOUNDED_ABOVE)):
        weight = _closeness(document, first, last, is_open=date.open)
        if weight and not (is_beyond and weight < 1):
            found[document.number] = weight
    for fact, values in facts.with_numbers(date.year, date.year).items() if date.year else ():
        found[fact] = 1 + (found.get(fact) == 1)
    return found


def _closeness(document: Document, first: int, last: int, *, is_open: bool) -> float:
    """Return 1 for a date within a typed span of days, and less, the longer it is, for one that only overlaps it.

    2 for a date that begins or ends an open span: "since 2001" asks for what began in 2001 first. A date on which a
    statement was true (`as_of`) counts half.
    """
    if not document.when:
        return _closeness_of(document.extent, first, last, is_open=is_open) / 2
    return max(_closeness_of(each, first, last, is_open=is_open) for each in document.when)


def _closeness_of(date: tuple[int, int], first: int, last: int, *, is_open: bool) -> float:
    """Return the same for one date of a fact, which has days in common with the typed span or is of a set."""
    starts, ends = date
    if ends < first or starts > last:
        return 0
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    if (no_start or first <= starts) and (no_end or ends <= last) and not (no_start and no_end):
        return 1 + (is_open and (starts == first >= FIRST_YEAR or ends == last < NO_END))
    return (min(last, ends) - max(first, starts) + 1) / (ends - starts + 1)


def _of_month(documents: Sequence[Document], date: "TypedDate") -> dict[int, float]:
    """Return the facts of a month, or of a day of a month, in any year."""
    month, day = date.month, date.first[2]
    found: dict[int, float] = {}
    for document in documents:
        for starts, ends in document.when:
            starts = starts if starts >= FIRST_YEAR else ends // 100 * 100 + 1
            same_month = starts // 100 % 100 == month and ends - starts < 100
            if same_month and (not day or starts % 100 == day):
                found[document.number] = 1.0
    return found
