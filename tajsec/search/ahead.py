"""What a search will ask of a store, step by step: a store on a server answers each step in one round trip.

The steps are those of `tajsec.search.answer.search`, which asks the questions themselves afterwards. A step knows the
answers of those before it. What is missing here costs another round trip and changes no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tajsec.search import bounded, candidates, conditions, corrections, query, scoring
from tajsec.store.index import statement_token
from tajsec.text.english import is_english
from tajsec.text.words import stem

if TYPE_CHECKING:
    from tajsec.model.protocol import Question, SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.search.candidates import WeightedUnit
    from tajsec.search.query import Unit
    from tajsec.search.sides import Side


def of_words(store: "SearchableStore", sides: "Iterable[Side]") -> "Iterator[Question]":
    """Yield what the words of a query may be."""
    yield from (store.size, store.years)
    yield from query.questions(store, (text for side in sides for text in (side.text, *side.phrases, *side.excluded)))


def of_readings(store: "SearchableStore", sides: "Iterable[Side]") -> "Iterator[Question]":
    """Yield what the words of a query are called that were corrected, taken apart or joined."""
    for side in sides:
        for text in (side.text, *side.excluded):
            yield from query.reading_questions(store, text)


def of_candidates(
    store: "SearchableStore", sides: "Iterable[Sequence[Unit]]", selection: "Selection", *, is_large: bool
) -> "Iterator[Question]":
    """Yield which facts may answer the units of a query, and the words like those that no fact has."""
    for units in sides:
        counts = candidates.stem_counts(store, units)
        for unit in units:
            if not (unit.tags or unit.number or unit.date or candidates.answerable_ways(unit, counts)[1]):
                yield from _near(store, unit.text)
        if is_large:
            yield from bounded.questions(store, units, counts, selection)
        else:
            yield from candidates.questions(store, units, counts)


def of_pools(
    store: "SearchableStore", sides: "Iterable[tuple[Side, Sequence[Unit]]]", selection: "Selection"
) -> "Iterator[Question]":
    """Yield what is to be known of the facts of a large store that may answer."""
    for side, units in sides:
        numbers = bounded.pool(store, units, selection)
        yield from _of_facts(store, side, numbers, selection)
        for unit in units:
            yield from candidates.key_questions(store, unit, numbers) if numbers else _near(store, unit.text)


def of_facts(
    store: "SearchableStore",
    sides: "Iterable[tuple[Side, Sequence[WeightedUnit], Sequence[int]]]",
    selection: "Selection",
) -> "Iterator[Question]":
    """Yield what is to be known of the facts that may answer, and of the words that no fact has.

    The facts that may answer a side are given with it. If there are few, those that answer a part may be shown.
    """
    for side, units, numbers in sides:
        every = set[int]().union(*(each.candidates for each in units))
        is_few = len(numbers) < scoring.POOL and len(every) <= scoring.READ_AHEAD
        yield from _of_facts(store, side, sorted(every) if is_few else numbers, selection)
        for each in units:
            if not each.candidates:
                yield from _near(store, each.unit.text)


def of_nothing(store: "SearchableStore", words: Iterable[str], nearest: Sequence[int]) -> "Iterator[Question]":
    """Yield what is shown where no fact answers: the words like unknown ones, and the nearest facts."""
    yield partial(store.objects, nearest)
    near = [word for text in words if is_english(text) for word in corrections.nearest(store, text, to_names=False)]
    yield partial(store.frequencies, sorted({*map(stem, near)}))
    yield from (partial(store.containing, [[statement_token(stem(word))]], 1) for word in near)


def _of_facts(
    store: "SearchableStore", side: "Side", numbers: Sequence[int], selection: "Selection"
) -> "Iterator[Question]":
    if numbers:
        yield partial(store.documents, numbers)
    if numbers and selection:
        yield partial(store.selected_among, selection, numbers)
    if numbers and side.has_conditions:
        yield from conditions.questions(store, side, numbers)


def _near(store: "SearchableStore", text: str) -> "Iterator[Question]":
    if is_english(text):
        yield from corrections.near_questions(store, text)
