"""What the compiled store answers."""

import pytest

from tajsec.model.protocol import SearchableStore
from tajsec.store.sqlite import YEAR
from tajsec.text.dates import day_number


@pytest.mark.parametrize(("first", "last", "ways"), [(20070101, 20071231, {0, 1, 3}), (20121001, 20121031, {1, 2, 3})])
def test_the_facts_nearest_to_a_span_of_time_come_first(
    store: SearchableStore, first: int, last: int, ways: set[int]
) -> None:
    spans = {fact.id: tuple(map(day_number, fact.extent)) for fact in store.facts()}
    found = [spans[fact.id] for fact in store.by_numbers(store.dated(first, last, 1000))]
    assert sorted(found) == sorted(span for span in spans.values() if span[1] >= first and span[0] <= last)

    def way(span: tuple[int, int]) -> int:
        within = first <= span[0] and span[1] <= last
        return 0 if span == (first, last) else 1 if within else 2 if span[1] - span[0] < YEAR else 3

    assert [way(span) for span in found] == sorted(way(span) for span in found)
    assert {way(span) for span in found} == ways
    assert len(store.dated(first, last, 7)) == 7
