"""Candidates in a large store, of a bounded number of facts, so that the time of a search does not grow with the store.

`weighted_units` takes the place of the function of that name in `tajsec.search.candidates` in stores of more than
`scoring.BOUNDED_ABOVE` facts. It first fills a pool with the facts that are likely to rank best, and then finds the
candidates of each unit in the pool. The full-text index of the store must contain the tokens of `tajsec.store.index`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING

from tajsec.search import candidates, scoring
from tajsec.search.scoring import rarity
from tajsec.store.index import number_token, statement_token, tag_token, twice_token, year_token

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import Document, Question, SearchableStore, StoredNumber
    from tajsec.model.selection import Selection
    from tajsec.search.query import Unit
    from tajsec.search.typed_dates import TypedDate
    from tajsec.search.typed_numbers import TypedNumber

_AnswerableUnit = tuple["Unit", Sequence[str]]
"""The result of `answerable_ways`: a unit, and stems of which a fact that answers it by words has at least one."""


def weighted_units(
    store: "SearchableStore", units: "Sequence[Unit]", selection: "Selection"
) -> list[candidates.WeightedUnit]:
    """Return each unit with its candidates in the pool, and its importance in the whole store."""
    counts = candidates.stem_counts(store, units)
    answerable = [candidates.answerable_ways(unit, counts) for unit in units]
    pool = _Pool(store, _pool(store, answerable, counts, selection))
    size = store.size()
    found = []
    for typed, (unit, stems) in zip(units, answerable, strict=True):
        weights = candidates.key_weights(pool, unit)
        frequency = max(
            candidates.typed_frequency(typed, counts),
            candidates.count_by_key(unit, weights),
            *(store.count_tagged(*tag) for tag in unit.tags),
        )
        numbers = {*weights, *pool.containing(stems)}
        found.append(candidates.WeightedUnit(unit, weights, numbers, rarity(frequency, size)))
    return found


def questions(
    store: "SearchableStore", units: "Sequence[Unit]", counts: Mapping[str, int], selection: "Selection"
) -> "Iterator[Question]":
    """Yield what `_pool` may ask of a store, but for how many facts have the stems and terms of the units."""
    answerable = [candidates.answerable_ways(unit, counts) for unit in units]
    if (dates := [unit.date for unit, _ in answerable if unit.date]) and len(dates) == len(units):
        yield from (partial(store.dated, *span, scoring.POOL) for span in _spans(dates))
        return
    rarest_first, groups, filters = _conditions(store, answerable, counts, selection)
    for strict in (*_stricter(rarest_first, counts), groups) if groups else ():
        yield partial(store.containing, [*strict, *filters], scoring.POOL)
    for rest in _all_but_one(groups):
        yield partial(store.containing, [*rest, *filters], scoring.POOL // 2)


def pool(store: "SearchableStore", units: "Sequence[Unit]", selection: "Selection") -> Sequence[int]:
    """Return the numbers of the facts among which `weighted_units` finds candidates."""
    counts = candidates.stem_counts(store, units)
    return _pool(store, [candidates.answerable_ways(unit, counts) for unit in units], counts, selection)


class _Pool:
    """The facts of the pool, looked up by keys (as in a whole store, see `candidates._Facts`) and by stems."""

    def __init__(self, store: "SearchableStore", numbers: Sequence[int]) -> None:
        self._store, self._numbers = store, numbers
        self.years, self.documents = store.years, store.documents

    def tagged(self, kind: "TagKind", term_id: str) -> AbstractSet[int]:
        return self._store.tagged(kind, term_id, self._numbers)

    def with_numbers(self, least: float, most: float) -> "Mapping[int, AbstractSet[StoredNumber]]":
        return self._store.with_numbers(least, most, self._numbers)

    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]:
        return self._those(lambda each: each.is_between(first, last))[:limit]

    def containing(self, stems: Sequence[str]) -> Sequence[int]:
        return self._those(lambda each: any(f" {stem} " in each.text for stem in stems)) if stems else ()

    def _those(self, is_one: "Callable[[Document], bool]") -> Sequence[int]:
        return [each.number for each in self.documents(self._numbers) if is_one(each)]


def among(store: "SearchableStore", numbers: Sequence[int]) -> _Pool:
    """Return these facts alone, to be looked up by keys as in a whole store."""
    return _Pool(store, numbers)


def _pool(
    store: "SearchableStore", units: Sequence[_AnswerableUnit], counts: Mapping[str, int], selection: "Selection"
) -> Sequence[int]:
    """Return the numbers of the facts of the pool, sorted: facts that answer all units, and if few, all but one."""
    dates = [unit.date for unit, _ in units if unit.date]
    if len(dates) == len(units):
        return sorted({number for span in _spans(dates) for number in store.dated(*span, scoring.POOL)})
    rarest_first, groups, filters = _conditions(store, units, counts, selection)
    if not groups:
        return []
    found: dict[int, None] = {}
    for strict in (*_stricter(rarest_first, counts), groups):
        if len(found) < scoring.POOL:
            found |= dict.fromkeys(store.containing([*strict, *filters], scoring.POOL))
    for rest in _all_but_one(groups):
        if len(found) < scoring.POOL // 2:
            found |= dict.fromkeys(store.containing([*rest, *filters], scoring.POOL // 2))
    return sorted(found)


def _spans(dates: "Sequence[TypedDate]") -> list[tuple[int, int]]:
    from tajsec.text.dates import day_number

    return [(day_number(each.first), day_number(each.last)) for date in dates for each in date.readings]


def _conditions(
    store: "SearchableStore", units: Sequence[_AnswerableUnit], counts: Mapping[str, int], selection: "Selection"
) -> tuple[Sequence[_AnswerableUnit], list[list[str]], list[list[str]]]:
    """Return the units, the rarest first, the groups of their tokens, and those of the filters."""
    rarest_first = sorted(units, key=lambda each: _frequency(store, each, counts))
    filters = [sorted(tag_token(kind, each) for each in ids) for kind, ids in selection.tags() if ids]
    return rarest_first, _groups(rarest_first), filters


def _all_but_one(groups: list[list[str]]) -> list[list[list[str]]]:
    """Return the groups without each one, the last one first; none of a single group."""
    return [groups[:place] + groups[place + 1 :] for place in range(len(groups) - 1, -1, -1) if len(groups) > 1]


def _frequency(store: "SearchableStore", answerable: _AnswerableUnit, counts: Mapping[str, int]) -> int:
    unit, stems = answerable
    return max((*(counts[stem] for stem in stems), *(store.count_tagged(*tag) for tag in unit.tags)), default=0)


def _stricter(units: Sequence[_AnswerableUnit], counts: Mapping[str, int]) -> Iterator[Sequence[Sequence[str]]]:
    """Yield conditions that are stricter than `_groups`: groups of tokens, of each of which a fact has at least one.

    In the order in which facts rank: all words as typed in the statement and once more elsewhere, in the statement,
    anywhere. (The store returns facts with short statements first, which rank before long ones.)
    """
    for token in (twice_token, statement_token, str):
        groups = (_typed_tokens(unit, counts, token) or _tokens(unit, stems) for unit, stems in units)
        yield [group for group in groups if group]


def _groups(units: Sequence[_AnswerableUnit]) -> list[list[str]]:
    """Return a group of tokens for each unit: a fact that answers all units has at least one token of each group."""
    return [tokens for unit, stems in units if (tokens := _tokens(unit, stems))]


def _typed_tokens(unit: "Unit", counts: Mapping[str, int], token: Callable[[str], str]) -> list[str]:
    """Return the tokens of the facts that contain a unit as it was typed or corrected, not by another name."""
    ways = (way for way in unit.ways if way.how != "alias")
    return sorted({token(candidates.rarest_stem(way.phrases, counts)) for way in ways})


def _tokens(unit: "Unit", stems: Sequence[str]) -> list[str]:
    """Return the tokens of the facts that may answer a unit by its words or by a key."""
    numbers = map(number_token, _values(unit.number)) if unit.number and not unit.number.is_range else ()
    spans = [range(each.first[0], each.last[0] + 1) for each in unit.date.readings] if unit.date else []
    dated = map(year_token, sorted({year for years in spans for year in years if len(years) <= scoring.POOL}))
    return [*stems, *(tag_token(kind, term_id) for kind, term_id in unit.tags), *numbers, *dated]


def _values(number: "TypedNumber") -> Sequence[float]:
    """Return the values that a typed number may have: a sum may be of thousands or millions."""
    scaled = [each.least for each in number.readings]
    return [*scaled, number.other] if number.other else scaled
