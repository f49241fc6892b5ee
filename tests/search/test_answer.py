"""Search: a query is understood, a right fact comes first, and what has no answer gets none."""

import importlib.util
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tajsec.model.protocol import Document, SearchableStore, Store
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.search.candidates import ENOUGH, POOL
from tajsec.search.query import understand
from tajsec.search.typed_dates import find_dates
from tajsec.store.index import YEAR
from tajsec.text.dates import day_number
from tajsec.text.numbers import numbers_in
from tajsec.text.words import stems

ROOT = Path(__file__).parents[2]
FLOORS = {"overall": 0.95, "none": 0.95}
"""Shares of right answers on the project's own queries under which ranking is broken."""


def first(store: Store, query: str) -> str:
    matches = search(store, query, Selection(), limit=1).matches
    return matches[0].id if matches else ""


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stabilisation", "stabilization"),
        ("centre", "centers"),
        ("programmes", "program"),
        ("defence", "defenses"),
        ("labour", "labor"),
        ("neighbourhood", "neighborhoods"),
        ("trainings", "trained"),
        ("Tajikistan’s", "Tajikistan"),
        ("mine-clearing", "mine clearing"),
    ],
)
def test_forms_and_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("acronym", "word"), [("CIS", "ci"), ("US", "u"), ("SPS", "sp"), ("ANSF", "ansfs")])
def test_an_acronym_is_no_plural(acronym: str, word: str) -> None:
    assert stems(acronym) != [word]


# ---------------------------------------------------------------- numbers and dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4862", [4862]),
        ("4,862", [4862]),
        ("4 862 radios", [4862]),
        ("$40 million", [40e6]),
        ("40m usd", [40e6]),
        ("US$450,000", [450000]),
        ("$2,400,000", [2.4e6]),
        ("3.4 mln usd", [3.4e6]),
        ("3,5 mln", [3.5e6]),
        ("seven thousand", [7000]),
        ("twenty-seven", [27]),
        ("fifteen crossings", [15]),
        ("13 and nine", [13, 9]),
        ("201st division", []),
        ("C2 and J8", []),
        ("Раҳмон", []),
    ],
)
def test_a_number_is_read_in_every_writing(text: str, found: list[float]) -> None:
    assert [value for value, _ in numbers_in(text)] == found


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("1992", (1992, 1, 1), (1992, 12, 31)),
        ("october 2012", (2012, 10, 1), (2012, 10, 31)),
        ("2 july 2007", (2007, 7, 2), (2007, 7, 2)),
        ("july 2nd, 2007", (2007, 7, 2), (2007, 7, 2)),
        ("2012-10-05", (2012, 10, 5), (2012, 10, 5)),
        ("2011-07", (2011, 7, 1), (2011, 7, 31)),
        ("05.10.2012", (2012, 10, 5), (2012, 10, 5)),
        ("2015-2019", (2015, 1, 1), (2019, 12, 31)),
        ("between 2003 and 2005", (2003, 1, 1), (2005, 12, 31)),
        ("since 2001", (2001, 1, 1), (9999, 12, 31)),
        ("before 2005", (0, 0, 0), (2005, 12, 31)),
        ("1990s", (1990, 1, 1), (1999, 12, 31)),
    ],
)
def test_a_date_is_read_in_every_writing(text: str, first_day: tuple, last_day: tuple) -> None:
    (date,) = find_dates(text)
    assert (date.first, date.last) == (first_day, last_day)


@pytest.mark.parametrize("text", ["1,600", "$2000", "1789", "may", "201st", "4862", "2013.5"])
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["5 oct", "in april", "in may"])
def test_a_month_of_no_year_is_a_month_of_any(text: str) -> None:
    assert [date.month for date in find_dates(text)] == [{"5 oct": 10, "in april": 4, "in may": 5}[text]]


# ---------------------------------------------------------------- understanding


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("raidos", "radios"),
        ("gaurd", "guard"),
        ("ushakof", "ushakov"),
        ("afganistan", "afghanistan"),
        ("lavroff", "lavrov"),
        ("qeuipmnt", "equipment"),
        ("vehilces", "vehicles"),
        ("borrderr", "border"),
        ("trainign", "training"),
    ],
)
def test_a_mistyped_word_is_taken_for_the_nearest_known_one(store: Store, typed: str, meant: str) -> None:
    assert meant in [unit.corrected for unit in understand(store, typed)]


def test_a_word_that_is_nearly_known_is_not_taken_apart(store: Store) -> None:
    assert [unit.corrected for unit in understand(store, "addvice")] == ["advice"]


@pytest.mark.parametrize("typed", ["4863", "usa", "rus", "blorptwix", "recipe", "pirate"])
def test_digits_short_words_and_noise_are_not_corrected(store: Store, typed: str) -> None:
    assert [unit.corrected for unit in understand(store, typed)] == [""]


def test_a_star_ends_the_beginning_of_a_word(store: Store) -> None:
    def how(query: str) -> list[tuple[str, str, str]]:
        matches = search(store, query, Selection()).matches
        return [(each.how, each.text, each.matched) for match in matches for each in match.explanations]

    found = how("radi*")
    assert {(kind, text) for kind, text, _ in found} == {("prefix", "radi*")}
    assert {"radio", "radiat"} <= {matched for *_, matched in found}
    assert all(matched.startswith("radi") for *_, matched in found)
    assert first(store, "radi* 4862") == "radios-delivered"
    assert search(store, "zzq*", Selection()).reasons == ["nothing here on 'zzq*'"]


def test_a_run_together_word_is_taken_apart_and_a_split_one_joined(store: Store) -> None:
    assert first(store, "borderguards") == first(store, "border guards") != ""
    assert first(store, "bull dozers") == first(store, "bulldozers") != ""


def test_a_name_of_several_words_counts_as_one(store: Store) -> None:
    assert [unit.text for unit in understand(store, "partnership for peace")] == ["partnership for peace"]


@pytest.mark.parametrize(
    ("query", "person_or_place"),
    [
        ("Раҳмон", "emomali-rahmon"),
        ("Rakhmonov", "emomali-rahmon"),
        ("Kurgan-Tyube", "bokhtar"),
        ("Душанбе", "dushanbe"),
    ],
)
def test_other_spellings_and_scripts_find_the_fact(store: Store, query: str, person_or_place: str) -> None:
    fact = store.fact(search(store, query, Selection(), limit=1).matches[0].id)
    assert person_or_place in (*fact.people, *fact.places)


@pytest.mark.parametrize("query", ["НАТО", "ناتو", "OTAN"])
def test_nato_is_found_by_its_name_in_other_scripts(store: Store, query: str) -> None:
    assert search(store, query, Selection()).total > 50


def test_a_number_is_matched_as_a_number_never_as_part_of_another(store: Store) -> None:
    assert first(store, "4862") == "radios-delivered"
    assert search(store, "486", Selection()).total == 0


def test_the_exact_figure_comes_before_its_rounded_form(store: Store) -> None:
    found = [match.id for match in search(store, "radios", Selection()).matches]
    assert found.index("radios-delivered") < found.index("radios-provided-rounded")


def test_a_filter_bounds_the_answer(store: Store) -> None:
    found = search(store, "training", Selection(sources=frozenset({"voa-2013"}))).matches
    assert found
    assert all("voa-2013" in store.fact(match.id).sources for match in found)


# ---------------------------------------------------------------- no answer


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("iran drones", "nothing here on 'iran'"),
        ("lasagna", "nothing here on 'lasagna'"),
        ("radios 2031", "the sources end in 2022"),
        ("1950", "the facts begin in 1992"),
        ("wto sniper", "no fact joins all of it"),
    ],
)
def test_an_empty_answer_says_why(store: Store, query: str, reason: str) -> None:
    answer = search(store, query, Selection())
    assert (answer.total, list(answer.matches)) == (0, [])
    assert reason in answer.reasons


def test_an_empty_answer_offers_the_nearest_facts_apart(run_json: Callable[..., dict]) -> None:
    found = run_json("search", "iran drones")
    assert found["facts"] == []
    assert "Unmanned Aerial Vehicle" in found["nearest"][0]["statement"]


def test_explain_says_which_word_matched_what_and_how(run_json: Callable[..., dict]) -> None:
    explained = run_json("search", "gaurd", "radios", "--explain")["facts"][0]["explain"]
    by_word = {each["word"]: each for each in explained}
    assert (by_word["gaurd"]["how"], by_word["gaurd"]["matched"]) == ("typo", "guard")
    assert by_word["radios"]["how"] == "exact"
    assert all(each["weight"] > 0 for each in explained)


def test_matched_words_are_set_off_in_a_table(store: Store) -> None:
    match = search(store, "radios", Selection(), limit=1).matches[0]
    statement = store.fact(match.id).statement
    assert [statement[start:end] for start, end in match.highlights(statement)] == ["radios"]


# ---------------------------------------------------------------- laws and quality


@settings(max_examples=150, deadline=None)
@given(query=st.text(max_size=80))
def test_any_query_is_answered_with_facts_of_the_store_in_falling_order(store: Store, query: str) -> None:
    if not any(map(str.isalnum, query)):
        return
    answer = search(store, query, Selection())
    scores = [match.score for match in answer.matches]
    assert scores == sorted(scores, reverse=True)
    assert answer.total == len(scores) == len({match.id for match in answer.matches})


@pytest.mark.parametrize(
    "query", ['"', "a AND b", "NEAR(x y)", "radios*", "statement:radios", "'; DROP TABLE fact; --", "(", "\x00radios"]
)
def test_no_query_is_a_command_to_the_database(store: Store, query: str) -> None:
    if any(map(str.isalnum, query)):
        search(store, query, Selection())
    assert store.count() > 400


def quality() -> Callable:
    spec = importlib.util.spec_from_file_location("search_quality", ROOT / "benchmarks" / "search_quality.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", FLOORS)
def test_a_right_fact_comes_first_for_nearly_every_query_of_the_project(store: Store, kind: str) -> None:
    scorer = quality()
    queries = scorer.load([ROOT / "benchmarks" / "queries.jsonl"])
    assert len(queries) > 300
    scores, missed, _ = scorer.score(queries, scorer.ours(store), scorer.texts(store, statement=False))
    assert scores[kind][1] >= FLOORS[kind], json.dumps(missed, ensure_ascii=False, indent=1)


def test_words_for_a_status_or_a_source_steer_without_standing_in_the_statement(store: Store) -> None:
    planned = [match.id for match in search(store, "upcoming deliveries of equipment", Selection(), limit=3).matches]
    assert {store.fact(each).status for each in planned} == {"planned"}
    assert "planned" not in store.fact(planned[0]).statement
    found = search(store, "voa editorials elections", Selection(), limit=1).matches[0]
    assert store.fact(found.id).sources == ("voa-2013",)


@pytest.mark.parametrize(
    ("name", "decisive"), [("tajikistan", False), ("tajik border guards", False), ("nato", True), ("kulob", True)]
)
def test_a_name_decides_unless_most_facts_are_about_it(store: Store, name: str, decisive: bool) -> None:
    assert [unit.is_decisive for unit in understand(store, name)] == [decisive]


# ---------------------------------------------------------------- large stores


def test_a_large_store_judges_a_bounded_number_of_facts_and_finds_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["radios", "border guards training", "4862", "nato exercises", "night vision", "lavrov visit april 2012"]
    exact = [[match.id for match in search(store, each, Selection(), limit=3).matches] for each in queries]
    monkeypatch.setattr("tajsec.search.candidates.EXACT", 0)
    judged: list[int] = []
    documents = type(store).documents

    def counted(self: Store, numbers: Sequence[int]) -> Sequence[Document]:
        judged.append(len(numbers))
        return documents(self, numbers)

    monkeypatch.setattr(type(store), "documents", counted)
    bounded = [[match.id for match in search(store, each, Selection(), limit=3).matches] for each in queries]
    assert [each[0] for each in bounded] == [each[0] for each in exact]
    assert max(judged) <= POOL + ENOUGH * 6


def test_a_filter_bounds_the_candidates_of_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.candidates.EXACT", 0)
    wanted = Selection(sources=frozenset({"voa-2013"}), statuses=frozenset({"stated"}))
    found = [store.fact(match.id) for match in search(store, "tajikistan", wanted).matches]
    assert found
    assert all(fact.sources == ("voa-2013",) and fact.status == "stated" for fact in found)


def test_a_date_alone_finds_facts_in_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.candidates.EXACT", 0)
    assert first(store, "5 october 2012").startswith(("base-", "putin-", "rahmon-"))


@pytest.mark.parametrize("query", ["zzqqx", "zzqqx 1812", "the of"])
def test_a_large_store_has_no_answer_either_to_what_it_does_not_know(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr("tajsec.search.candidates.EXACT", 0)
    assert not search(store, query, Selection()).matches


def test_a_date_bounds_the_candidates_of_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.search.candidates.EXACT", 0)
    monkeypatch.setattr("tajsec.search.candidates.POOL", 3)
    monkeypatch.setattr("tajsec.search.candidates.ENOUGH", 1)
    for year in ("2007", "2012", "2013"):
        found = [store.fact(match.id) for match in search(store, f"tajikistan {year}", Selection()).matches]
        assert found
        assert all(fact.time.first[0] <= int(year) <= fact.time.last[0] for fact in found)


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
