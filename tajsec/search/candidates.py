"""Candidates: the facts that may answer each unit of a query, and the weight of the unit in the query.

A unit has candidates by its words (the full-text index) and by keys: numbers, dates, and the terms that facts are
tagged with. `tajsec.search.scoring` then looks at the candidates one by one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.protocol import Document, StoredNumber
from tajsec.search.query import TAG_WEIGHTS, Unit
from tajsec.text.words import LIGHT_WORDS

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.typed_dates import TypedDate
    from tajsec.search.typed_numbers import TypedNumber

MOST_CANDIDATES = 1000
"""Candidates of one unit at most: bounds the time of a search of 1,000 to 5,000 facts; fewer never reach it."""

NAME_FLOOR, VALUE_FLOOR = 3.0, 5.0
"""The least importance of a name, and of a number or date, because these are wanted even if many facts have them.

For comparison: of 428 facts, a word in one fact has 5.7, in two 5.1, in twenty 3.0, in a hundred 1.5. Without
`VALUE_FLOOR` four queries lose their right first fact; with `NAME_FLOOR` = 5 two queries without answer get one.
"""

LIGHT_CEILING = 1.5
"""The most importance of a word of `LIGHT_WORDS` (keep, turn, together), which says little about the subject.

Without it three queries lose their right first fact.
"""

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
    candidates = {*weights, *(store.containing([stems], MOST_CANDIDATES) if stems else ())}
    frequency = min(len(candidates), max(typed_frequency(unit, counts), len(weights))) or len(candidates)
    return WeightedUnit(answerable, weights, candidates, importance(unit, frequency, size))


def stem_counts(store: "SearchableStore", units: Sequence[Unit]) -> Mapping[str, int]:
    """Return the number of facts that contain each stem of the units; stems in no fact are left out."""
    return store.frequencies(sorted({stem for unit in units for way in unit.ways for stem in _stems(way.phrases)}))


def answerable_ways(unit: Unit, counts: Mapping[str, int]) -> tuple[Unit, list[str]]:
    """Return the unit without the ways that have a stem in no fact, and the rarest stem of each other way.

    A fact that answers the unit by its words contains one of these stems.
    """
    rarest = {way: rarest_stem(way.phrases, counts) for way in unit.ways}
    found = unit._replace(ways=tuple(way for way in unit.ways if rarest[way]))
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


def importance(unit: Unit, frequency: int, size: int) -> float:
    """Return the weight of a unit in the query: its inverse document frequency, as in BM25, within floor and ceiling.

    `frequency` of the `size` facts answer it (Robertson and Spärck Jones 1976).
    """
    rarity = math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
    if unit.kind in ("number", "date"):
        return max(rarity, VALUE_FLOOR)
    if unit.text in LIGHT_WORDS:
        return min(rarity, LIGHT_CEILING)
    return max(rarity, NAME_FLOOR) if unit.is_decisive else rarity


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
        for number in facts.tagged(kind, term_id):
            found[number] = max(TAG_WEIGHTS[kind], found.get(number, 0.0))
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
    """Return the weight of a value of a fact: 1 for a quantity, 0.8 for a number that is only in the statement.

    One within a range, but at no end of it, has 0.9 of that. If dollars were typed, the weight of a number of anything
    else is multiplied by 0.3; if another currency was, it is 0.
    """
    if not number.admits(value, qualifier) or (number.is_range and not unit and _may_be_year(value)):
        return 0.0
    if number.currency not in ("", "usd", unit):
        return 0.0
    weight = (1.0 if unit else 0.8) * (1.0 if value in number.typed else 0.9)
    return weight * 0.3 if number.currency not in ("", unit) else weight


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
        return _of_month(facts.documents(facts.dated(0, NO_END, MOST_CANDIDATES)), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > facts.years()[1]
    found: dict[int, float] = {}
    for document in facts.documents(facts.dated(first, last, MOST_CANDIDATES)):
        weight = _closeness(document, first, last, is_open=date.open)
        if weight and not (is_beyond and weight < 1):
            found[document.number] = weight
    for fact, values in facts.with_numbers(date.year, date.year).items() if date.year else ():
        found[fact] = max(found.get(fact, 0.0), 1.0 if any(value.unit for value in values) else 0.75)
    return found


def _closeness(document: Document, first: int, last: int, *, is_open: bool) -> float:
    """Return how close the date of a fact is to a typed span of days, from 0 to 1.

    1 for the same span, 0.9 for one within it, 0.5 for one that only overlaps it; less for a fact that has only an
    `as_of` date, and for an open span, which overlaps nearly every other.
    """
    if not document.when:
        return 0.35 if not is_open and first <= document.extent[1] <= last else 0.15
    return max(_closeness_of(each, first, last, is_open=is_open) for each in document.when)


def _closeness_of(date: tuple[int, int], first: int, last: int, *, is_open: bool) -> float:
    """Return the same for one date of a fact, which has days in common with the typed span or is of a set."""
    starts, ends = date
    if ends < first or starts > last:
        return 0
    if is_open and (starts == first > 0 or ends == last < NO_END):
        return 1.0
    if (starts, ends) == (first, last):
        return 1.0
    if first <= starts and ends <= last:
        return 0.9
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    if (no_end and first <= starts <= last) or (no_start and first <= ends <= last):
        return 0.85
    return 0.15 if no_start or no_end else 0.5


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
