"""The operators of a query are read, refused or repaired."""

import pytest

from tajsec.errors import UsageError
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search.answer import search
from tajsec.search.as_you_type import narrow
from tajsec.search.operators import read_sides, readable
from tajsec.search.scoring import MAX_QUERY
from tajsec.search.sides import Side


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ("nato russia", [Side("nato russia")]),
        ('a "b c" d', [Side("a | d", phrases=("b c",))]),
        ("“b c” «d»", [Side("| |", phrases=("b c", "d"))]),
        ("nato -russia", [Side("nato |", excluded=("russia",))]),
        ("nato NOT russia talks", [Side("nato | talks", excluded=("russia",))]),
        ('nato -"cold war"', [Side("nato | |", excluded_phrases=("cold war",))]),
        ("night-vision - well -- known", [Side("night-vision - well -- known")]),
        ("2012 -2014", [Side("2012 -2014")]),
        ("nato -2014", [Side("nato |", excluded=("2014",))]),
        ("a b OR c -d", [Side("a b"), Side("c |", excluded=("d",))]),
        ('a or b "OR" not c', [Side("a or b | not c", phrases=("OR",))]),
        ('"" a', [Side("| a")]),
    ],
)
def test_a_query_is_read_as_its_sides(query: str, sides: list[Side]) -> None:
    assert read_sides(query) == sides


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('"a b', "not closed"),
        ("“a b” c „d", "not closed"),
        ("OR a", "both sides"),
        ("a OR", "both sides"),
        ("a OR OR b", "both sides"),
        ("a NOT", "NOT needs"),
        ("a NOT OR b", "NOT needs"),
        ("a NOT -b", "NOT needs"),
        ("-nato", "'-nato' only leaves"),
        ('NOT "b c"', "only leaves"),
        ("a OR -b", "'-b' only leaves"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_clear_error(query: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_sides(query)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('night "vis', "night  vis"),
        ("radios OR", "radios "),
        ("radios OR ", "radios "),
        ("radios NOT -", "radios "),
        ("radios -", "radios "),
        ("-nato", ""),
        ("radios OR -nato", "radios"),
        ("OR", ""),
        ("radios NORTH", "radios NORTH"),
    ],
)
def test_what_is_not_finished_while_one_types_is_left_out(typed: str, read: str) -> None:
    assert readable(typed) == read


@pytest.mark.parametrize(
    "typed", ["radios NOT r", 'radios "sh', "radios OR", "radios NOT ", "-", '"', "OR OR", "-a OR"]
)
def test_no_operator_is_an_error_while_one_types(store: SearchableStore, typed: str) -> None:
    assert narrow(store, typed, EVERYTHING, limit=5).rows


@pytest.mark.parametrize(
    "query", ['"' * MAX_QUERY, "-" * MAX_QUERY + "a", "a OR " * 51 + "a", "NOT a " * 42, '"a" ' * 64]
)
def test_many_operators_end_soon(store: SearchableStore, query: str) -> None:
    try:
        search(store, query, EVERYTHING)
    except UsageError as error:
        assert len(str(error)) < 120
    assert isinstance(readable(query * 40), str)


def texts(store: SearchableStore, query: str) -> list[str]:
    found = [store.fact(match.id) for match in search(store, query, EVERYTHING, cut=False).matches]
    return [" | ".join([each.statement, *(cite.quote for cite in each.cites)]).casefold() for each in found]


def test_a_phrase_is_met_by_its_words_in_order_and_in_no_other_form(store: SearchableStore) -> None:
    said = texts(store, '"border guards"')
    assert said
    assert all("border guards" in each for each in said)
    assert len(said) < len(texts(store, "border guards"))
    assert texts(store, '"guards border"') == []


def test_what_is_left_out_is_there_in_no_form(store: SearchableStore) -> None:
    every, without = texts(store, "nato"), texts(store, "nato -training")
    assert 0 < len(without) < len(every)
    assert not any("training" in each or "trained" in each for each in without)
    assert texts(store, "nato NOT training") == without
    assert texts(store, "nato -zzqqx") == every


def test_a_name_is_left_out_by_each_of_its_names_and_where_it_is_an_actor(store: SearchableStore) -> None:
    found = [store.fact(match.id) for match in search(store, "nato -russia", EVERYTHING).matches]
    assert found
    assert not any("russia" in each.actors for each in found)
    assert not any("Russia" in each.statement for each in found)


def test_a_year_is_left_out_where_it_is_the_date(store: SearchableStore) -> None:
    every, without = (search(store, query, EVERYTHING).matches for query in ("nato", "nato -2008"))
    gone = {match.id for match in every} - {match.id for match in without}
    assert gone
    assert all(
        "2008" in f"{store.fact(each).when} {store.fact(each).as_of} {store.fact(each).statement}" for each in gone
    )


def test_either_side_of_or_is_an_answer(store: SearchableStore) -> None:
    one, other, both = (
        {match.id for match in search(store, query, EVERYTHING).matches}
        for query in ("radios", "lavrov", "radios OR lavrov")
    )
    assert one
    assert other
    assert both == one | other
