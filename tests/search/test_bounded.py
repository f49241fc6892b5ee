"""Search in a large store: fewer facts are scored, and the same ones come first."""

from collections.abc import Sequence

import pytest

from tajsec.model.protocol import Document, Store
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.search.scoring import POOL


def test_a_large_store_judges_a_bounded_number_of_facts_and_finds_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["radios", "border guards training", "4862", "nato exercises", "night vision", "lavrov visit april 2012"]
    exact = [[match.id for match in search(store, each, Selection(), limit=3).matches] for each in queries]
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)
    judged: list[int] = []
    documents = type(store).documents

    def counted(self: Store, numbers: Sequence[int]) -> Sequence[Document]:
        judged.append(len(numbers))
        return documents(self, numbers)

    monkeypatch.setattr(type(store), "documents", counted)
    bounded = [[match.id for match in search(store, each, Selection(), limit=3).matches] for each in queries]
    assert [each[0] for each in bounded] == [each[0] for each in exact]
    assert max(judged) <= POOL + POOL // 2 * 6


def test_a_filter_bounds_the_candidates_of_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)
    wanted = Selection(sources=frozenset({"voa-2013"}), statuses=frozenset({"stated"}))
    found = [store.fact(match.id) for match in search(store, "tajikistan", wanted).matches]
    assert found
    assert all(fact.sources == ("voa-2013",) and fact.status == "stated" for fact in found)


def test_a_date_alone_finds_facts_in_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)
    first = search(store, "5 october 2012", Selection()).matches[0]
    assert str(store.fact(first.id).when) == "2012-10-05"


@pytest.mark.parametrize("query", ["zzqqx", "zzqqx 1812", "the of"])
def test_a_large_store_has_no_answer_either_to_what_it_does_not_know(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)
    assert not search(store, query, Selection()).matches


def test_a_date_bounds_the_candidates_of_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)
    monkeypatch.setattr("tajsec.search.scoring.POOL", 3)
    for year in ("2007", "2012", "2013"):
        found = [store.fact(match.id) for match in search(store, f"tajikistan {year}", Selection()).matches]
        assert found
        assert all(fact.time.first[0] <= int(year) <= fact.time.last[0] for fact in found)
