"""The facts that may answer each unit of a query, and how much the unit counts."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.protocol import Document
from tajsec.model.selection import Selection
from tajsec.search.query import Unit, tagged_facts
from tajsec.store.index import number_token, statement_token, tag_token, twice_token, year_token
from tajsec.text.words import LIGHT_WORDS

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.typed_dates import AskedDate
    from tajsec.text.numbers import Number


CANDIDATES = 1000
"""Facts that are judged at most for one unit of the query."""


EXACT = 5000
"""Facts up to which every fact that may answer is judged; of a larger store some are (`_pool`)."""


POOL, ENOUGH = 120, 60
"""Facts of a large store that are judged for a whole query; under ENOUGH, those that answer most of it as well."""


MOST_YEARS = 64
"""Years of a date that are looked for in a large store; of a longer one every fact may be."""


NAME_FLOOR, VALUE_FLOOR = 3.0, 5.0
"""The least importance of a name, and of a number or date: who asks for them wants them, however common they are."""


LIGHT = 1.5
"""The most that a common word counts that names little: keep, turn, together."""


FAINT = 0.3
"""A weight under which a date does not count as answered: a span without an end holds nearly every day."""


NO_END = 99991231
"""The last day number: that of a date with an open end."""


FIRST_YEAR = 10000
"""The first day number of the year 1: a date that starts before it has an open start."""


class WeightedUnit(NamedTuple):
    """A unit of the query in this store: the facts that may answer it, and how much it counts."""

    unit: Unit
    values: Mapping[int, float]
    """Facts that answer by their keys (number, date, what they are about), with their weights."""
    candidates: AbstractSet[int]
    importance: float


# ---------------------------------------------------------------- candidates


def weighted_units(store: "SearchableStore", units: Sequence[Unit], selection: Selection) -> list[WeightedUnit]:
    stems = {stem for unit in units for way in unit.ways for phrase in way.phrases for stem in phrase.split()}
    counts = store.frequencies(sorted(stems)) if stems else {}
    size, _ = store.size()
    known = [_known(unit, counts) for unit in units]
    pool = _pool(store, known, counts, selection) if size > EXACT else None
    found = []
    for unit, (alive, held) in zip(units, known, strict=True):
        values = _values(store, unit, pool)
        literal = next((counts.get(_rarest(way.phrases, counts), 0) for way in unit.ways if way.how != "alias"), 0)
        if pool is None:
            candidates = {*values, *(store.holding([held], CANDIDATES) if held else ())}
            count = min(len(candidates), max(literal, len(values))) or len(candidates)
        else:
            among = store.documents(pool) if held else ()
            candidates = {*values, *(each.number for each in among if any(f" {stem} " in each.text for stem in held))}
            count = max(literal, *(store.count_tagged(*tag) for tag in unit.tags), len(values))
        found.append(WeightedUnit(alive, values, candidates, _importance(unit, count, size)))
    return found


def _known(unit: Unit, counts: Mapping[str, int]) -> tuple[Unit, list[str]]:
    """Give a unit without the ways that no fact can answer, and the rarest stems of the others."""
    rarest = {way: _rarest(way.phrases, counts) for way in unit.ways}
    alive = unit._replace(ways=tuple(way for way in unit.ways if rarest[way]))
    return alive, sorted({rarest[way] for way in alive.ways})


def _pool(
    store: "SearchableStore",
    known: Sequence[tuple[Unit, list[str]]],
    counts: Mapping[str, int],
    selection: Selection,
) -> Sequence[int]:
    """Give the facts of a large store that are judged: those that answer all of the query, then most of it.

    Facts with the words as they were typed come before those with another name for them, those with the words in the
    statement before those with them around it, short statements before long ones: what ranks well. Of each kind the
    first facts of the index are taken, so that a search takes no longer in a store of any size.
    """
    dates = [unit.date for unit, _ in known if unit.date]
    if len(dates) == len(known):
        from tajsec.text.dates import day_number

        spans = [(day_number(date.first), day_number(date.last)) for date in dates]
        return sorted({n for first, last in spans for n in store.dated(first, last, POOL)})
    rarest_first = sorted(known, key=lambda each: _commonness(store, each[0], each[1], counts))
    groups = [tokens for unit, held in rarest_first if (tokens := _tokens(unit, held))]
    if not groups:
        return []
    filters = [sorted(tag_token(kind, each) for each in ids) for kind, ids in selection.tags() if ids]
    found: dict[int, None] = {}
    for better in (twice_token, statement_token, str):
        typed = [_typed(unit, counts, better) or _tokens(unit, held) for unit, held in rarest_first]
        if len(found) < POOL:
            found |= dict.fromkeys(store.holding([*filter(None, typed), *filters], POOL))
    if len(found) < POOL:
        found |= dict.fromkeys(store.holding([*groups, *filters], POOL))
    for left_out in range(len(groups) - 1, -1, -1):
        if len(found) >= ENOUGH or len(groups) == 1:
            break
        rest = groups[:left_out] + groups[left_out + 1 :]
        found |= dict.fromkeys(store.holding([*rest, *filters], ENOUGH))
    return sorted(found)


def _typed(unit: Unit, counts: Mapping[str, int], better: Callable[[str], str]) -> list[str]:
    """Give the words of the index for the facts that hold a unit as it was typed, or as it may have been meant."""
    ways = (way for way in unit.ways if way.how != "alias")
    return sorted({better(_rarest(way.phrases, counts)) for way in ways})


def _tokens(unit: Unit, held: Sequence[str]) -> list[str]:
    """Give the words of the index under which the facts stand that may answer a unit."""
    numbers = [number_token(round(unit.number.value * scale, 6)) for scale in (1, 1e6, 1e3)] if unit.number else []
    years = range(unit.date.first[0], unit.date.last[0] + 1) if unit.date else ()
    dated = map(year_token, years if len(years) <= MOST_YEARS else ())
    return [*held, *(tag_token(kind, term_id) for kind, term_id in unit.tags), *numbers, *dated]


def _commonness(store: "SearchableStore", unit: Unit, held: Sequence[str], counts: Mapping[str, int]) -> int:
    return max((*(counts[stem] for stem in held), *(store.count_tagged(*tag) for tag in unit.tags)), default=0)


def _rarest(phrases: Sequence[str], counts: Mapping[str, int]) -> str:
    """Give the rarest stem of a way, or "" if one of its stems stands in no fact."""
    stems = [stem for phrase in phrases for stem in phrase.split()]
    return min(stems, key=lambda stem: (counts[stem], stem)) if all(stem in counts for stem in stems) else ""


def _importance(unit: Unit, count: int, size: int) -> float:
    """Give the weight of a unit in the query: the rarer what it asks for, the more."""
    rarity = math.log(1 + (size - count + 0.5) / (count + 0.5))
    if unit.kind in ("number", "date"):
        return max(rarity, VALUE_FLOOR)
    if unit.text in LIGHT_WORDS:
        return min(rarity, LIGHT)
    return max(rarity, NAME_FLOOR) if unit.is_decisive else rarity


def _values(store: "SearchableStore", unit: Unit, among: Sequence[int] | None) -> Mapping[int, float]:
    """Give the facts, of all or of some, that answer a unit by their keys, with their weights.

    Keys are numbers, dates, and what a fact is about.
    """
    if unit.number:
        return _numbered(store, unit.number, among)
    if unit.date:
        return _dated(store, unit.date, among)
    return tagged_facts(store, unit, among)


def _numbered(store: "SearchableStore", number: "Number", among: Sequence[int] | None) -> dict[int, float]:
    """Give the facts that hold a number; one without a scale may be meant in thousands or millions ("11.4")."""
    scales = (1,) if number.scaled else (1, 1e6, 1e3)
    found: dict[int, float] = {}
    for scale in scales:
        for fact, units in store.with_number(round(number.value * scale, 6), among).items():
            as_money = "usd" in units
            weight = 1.0 if units - {""} else 0.8
            if scale != 1 and not (as_money and (number.money or number.value != int(number.value))):
                continue
            if number.money and not as_money:
                weight *= 0.3
            found[fact] = max(weight, found.get(fact, 0.0))
    return found


def _dated(store: "SearchableStore", date: "AskedDate", among: Sequence[int] | None) -> dict[int, float]:
    """Give the facts of a date: to the day or month or year asked for, within the span asked for, or about it."""
    from tajsec.text.dates import LAST_DAY, day_number

    if date.month and date.first[0] == 0:
        return _of_month(_in_span(store, 0, NO_END, among), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > store.years()[1]
    found: dict[int, float] = {}
    for document in _in_span(store, first, last, among):
        weight = _closeness(document, first, last, is_open=date.open)
        if weight and not (is_beyond and weight < 1):
            found[document.number] = weight
    if date.year and not date.open:
        for fact, units in store.with_number(float(date.year), among).items():
            found[fact] = max(found.get(fact, 0.0), 1.0 if units - {""} else 0.75)
    return found


def _closeness(document: Document, first: int, last: int, *, is_open: bool) -> float:
    if document.when is None:
        return 0.35 if not is_open and first <= document.extent[1] <= last else 0.15
    starts, ends = document.when
    if is_open and (starts == first > 0 or ends == last < NO_END):
        return 1.0
    if (starts, ends) == (first, last):
        return 1.0
    if first <= starts and ends <= last:
        return 0.9
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    if (no_end and first <= starts <= last) or (no_start and first <= ends <= last):
        return 0.85
    if no_start or no_end:
        return 0.15
    return 0.5


def _in_span(store: "SearchableStore", first: int, last: int, among: Sequence[int] | None) -> Sequence[Document]:
    """Give the facts, of all or of some, that may be of a day in a span."""
    if among is None:
        return store.documents(store.dated(first, last, CANDIDATES))
    return [each for each in store.documents(among) if each.extent[1] >= first and each.extent[0] <= last]


def _of_month(documents: Sequence[Document], date: "AskedDate") -> dict[int, float]:
    """Give the facts of a month, or a day of one, of whatever year."""
    _, month, day = date.first
    month = date.month or month
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
