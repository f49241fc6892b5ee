"""What the compiled store answers."""

from pathlib import Path

import pytest

from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search.answer import search
from tajsec.search.filters import selection
from tajsec.store.open import open_store
from tajsec.store.sql import YEAR
from tajsec.text.dates import day_number, parse


@pytest.mark.parametrize(("first", "last", "ways"), [(20060101, 20061231, {0, 1, 3}), (20120901, 20120930, {0, 2, 3})])
def test_the_facts_nearest_to_a_span_of_time_come_first(
    store: SearchableStore, first: int, last: int, ways: set[int]
) -> None:
    documents = {each.number: each for each in store.documents(store.select())}
    numbers = store.dated(first, last, 1000)
    assert set(numbers) == {number for number, each in documents.items() if each.is_between(first, last)}
    found = [documents[number].extent for number in numbers]

    def way(span: tuple[int, int]) -> int:
        within = first <= span[0] and span[1] <= last
        return 0 if span == (first, last) else 1 if within else 2 if span[1] - span[0] < YEAR else 3

    assert [way(span) for span in found] == sorted(way(span) for span in found)
    assert {way(span) for span in found} == ways
    assert len(store.dated(first, last, 7)) == 7


@pytest.fixture
def with_set(small: Path) -> Path:
    """The small store, with a fact of three separate years and one of all years between."""
    path = small / "facts" / "gear.toml"
    fact = path.read_text()
    fact = fact.replace("over 7 radios in 2019", "over 7 radios now and then").replace(
        "aliases", 'notes = "n"\naliases'
    )
    spans = fact.replace("seven-radios", "all-years").replace('"2019"', '"2015/2019"')
    path.write_text(fact.replace('"2019"', '"{2015,2017-03,2019}"') + spans)
    return small


@pytest.mark.parametrize(
    ("since", "until", "has_set"),
    [
        ("2016", "2016", False), ("2017", "2017", True), ("2017-04", "2018", False), ("2015-06", "2016", True),
        ("2016", None, True), (None, "2016", True), ("2020", None, False), (None, "2014", False),
        ("2016", "2017", True),
    ],
)  # fmt: skip
def test_a_set_of_dates_is_met_by_its_dates_and_not_by_what_is_between(
    with_set: Path, since: str | None, until: str | None, has_set: bool
) -> None:
    store = open_store([with_set])
    wanted = selection(store, since=since, until=until)
    found = [fact.id for fact in store.facts(wanted)]
    assert ("seven-radios" in found) == has_set
    assert store.count(wanted) == len(found)
    assert {0, 1} & store.selected_among(wanted, [0, 1]) == set(store.select(wanted))
    if since and until:
        first, last = day_number(parse(since).first), day_number(parse(until).last)
        assert sorted(store.dated(first, last, 9)) == sorted(store.select(wanted))


def test_a_year_in_a_query_finds_a_set_that_has_it(with_set: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store([with_set])

    def found(query: str) -> set[str]:
        return {store.by_numbers([match.number])[0].id for match in search(store, query, EVERYTHING, cut=False).matches}

    for _ in range(2):
        assert found("radios 2016") == {"all-years"}
        assert found("radios 2017") == {"seven-radios", "all-years"}
        assert "seven-radios" in found("radios march 2017")
        assert "seven-radios" in found("radios in march")
        assert "seven-radios" not in found("radios april 2017")
        monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", 0)


def test_the_facts_with_figures_come_by_rank(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    fact = path.read_text()
    ranks = {"one": 'rank = "deprecated"\nnotes = "n"', "two": "", "three": 'rank = "preferred"'}
    path.write_text("".join(f"{fact.replace('seven-radios', name)}{keys}\n\n" for name, keys in ranks.items()))
    store = open_store([small])
    assert [fact.id for fact in store.by_numbers(store.figures(EVERYTHING))] == ["three", "two", "one"]
