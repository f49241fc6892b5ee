"""Facts while one types: what a line finds whose last word may not be finished."""

import pytest

from tajsec.errors import UsageError
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search.answer import search
from tajsec.search.as_you_type import Found, narrow
from tajsec.search.filters import selection


def ids(found: Found) -> list[str]:
    return [row.record["id"] for row in found.rows]


def test_before_the_first_letter_every_fact_is_left(store: SearchableStore) -> None:
    found = narrow(store, " ", EVERYTHING, limit=50)
    assert (len(found.rows), found.total) == (50, len(store.facts()))


@pytest.mark.parametrize("typed", ["radios", "night vision", "Раҳмон", "4862", "october 2012"])
def test_finished_words_find_what_a_search_finds(store: SearchableStore, typed: str) -> None:
    answer = search(store, typed, EVERYTHING)
    found = narrow(store, typed, EVERYTHING, limit=1000)
    assert ids(found) == [match.id for match in answer.matches]
    assert found.total == answer.total > 0


@pytest.mark.parametrize(
    ("typed", "meant"), [("rad", "radios"), ("night vi", "night vision"), ("NIGHT VIS", "night vision")]
)
def test_a_word_that_is_not_finished_stands_for_those_that_begin_with_it(
    store: SearchableStore, typed: str, meant: str
) -> None:
    first = search(store, meant, EVERYTHING).matches[0].id
    assert first in ids(narrow(store, typed, EVERYTHING, limit=1000))


@pytest.mark.parametrize(("typed", "meant"), [("night v", "night "), ("n", ""), ("hedquartres", "hedquartres ")])
def test_one_letter_waits_for_the_next_and_a_mistyped_word_is_understood(
    store: SearchableStore, typed: str, meant: str
) -> None:
    found = ids(narrow(store, typed, EVERYTHING, limit=1000))
    assert found == ids(narrow(store, meant, EVERYTHING, limit=1000)) != []


def test_a_space_behind_a_word_finishes_it(store: SearchableStore) -> None:
    assert ids(narrow(store, "vehicl", EVERYTHING, limit=1000))
    assert "nothing here on 'vehiqq'" in narrow(store, "vehiqq ", EVERYTHING, limit=1000).reasons


def test_filters_hold_while_one_types(store: SearchableStore) -> None:
    planned = selection(store, status="planned")
    for typed in ("", "nato", "withdr"):
        rows = narrow(store, typed, planned, limit=1000).rows
        assert {row.record["status"] for row in rows} == {"planned"}
    assert narrow(store, "", selection(store, since=2090), limit=9).reasons == ("no fact meets these filters",)


def test_the_words_that_answer_are_given_as_places_in_the_statement(store: SearchableStore) -> None:
    row = narrow(store, "night visi", EVERYTHING, limit=1).rows[0]
    assert [row.record["statement"][start:end] for start, end in row.spans] == ["night", "vision"]


def test_a_line_that_is_too_long_for_a_query_is_refused(store: SearchableStore) -> None:
    with pytest.raises(UsageError, match="the most is 256"):
        narrow(store, "x" * 300, EVERYTHING, limit=9)
