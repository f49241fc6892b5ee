"""The benchmarks measure what they say: slips, exact BM25, what a peer shows."""

import math
import random
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from rapidfuzz.distance import OSA

from tajsec.protocol import SearchableStore, Store

ROOT = Path(__file__).parent.parent


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a benchmark as it is imported when it is run: from its own folder."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    return import_module


# ---------------------------------------------------------------- typos


@pytest.mark.parametrize("slips", [0, 1, 2])
def test_a_misspelling_is_exactly_so_many_slips_away(benchmark, slips: int) -> None:
    typos = benchmark("typos")
    rng = random.Random(7)  # noqa: S311
    typed = {typos.misspell("equipment", slips, rng) for _ in range(200)}
    assert {OSA.distance(each, "equipment") for each in typed} == {slips}


def test_every_kind_of_slip_is_made(benchmark) -> None:
    typos = benchmark("typos")
    rng = random.Random(7)  # noqa: S311
    typed = {typos.misspell("radio", 1, rng) for _ in range(2000)}
    swapped = {"ardio", "rdaio", "raido", "radoi"}
    left_out = {"adio", "rdio", "raio", "rado", "radi"}
    assert swapped | left_out <= typed
    assert {len(each) for each in typed} == {4, 5, 6}


def test_cases_are_seeded_and_drawn_by_frequency(benchmark) -> None:
    typos = benchmark("typos")
    counts = {"radios": 99, "border": 1}
    drawn = typos.cases(counts, 200, 1, seed=3)
    assert drawn == typos.cases(counts, 200, 1, seed=3)
    assert drawn != typos.cases(counts, 200, 1, seed=4)
    assert sum(case.meant == "radios" for case in drawn) > 180


def test_words_are_long_enough_and_stand_in_enough_facts(benchmark, store: SearchableStore) -> None:
    typos = benchmark("typos")
    counts = typos.words_of(store, 8)
    assert counts["equipment"] == store.frequencies(["equip"])["equip"]
    assert all(len(word) >= 8 and facts >= typos.LEAST_FACTS for word, facts in counts.items())


def test_a_case_is_right_if_more_than_half_of_ten_facts_hold_the_word(benchmark) -> None:
    typos = benchmark("typos")
    holding, other = ["radio"], ["border"]
    assert typos.holds_mostly([holding] * 6 + [other] * 4, "radios")
    assert not typos.holds_mostly([holding] * 5 + [other] * 5, "radios")
    assert not typos.holds_mostly([holding] * 5, "radios"), "five facts are not most of ten"


def test_the_goal_is_that_of_the_size(benchmark) -> None:
    typos = benchmark("typos")
    assert typos.goal(1, 10_428) == "0.97"
    assert typos.goal(1, 1_000_428) == "0.84"
    assert typos.goal(2, 1_000_428) == "0.75"
    assert typos.goal(0, 10_428) == typos.goal(2, 10_428) == typos.goal(1, 100_428) == ""


# ---------------------------------------------------------------- BM25


def test_bm25_is_what_a_hand_computes(benchmark) -> None:
    mass = benchmark("bm25_mass")
    postings = mass.Postings(["radio", "border"])
    for number, text in enumerate((" radio radio border ", " radio guard guard guard guard ", " guard ")):
        postings.add(number, text)
    scores = postings.scores(("radio", "border"))  # three texts of three words in the mean
    radio, border = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    assert scores[0] == pytest.approx(radio * 2 * 2.2 / (2 + 1.2) + border * 1 * 2.2 / (1 + 1.2))
    assert scores[1] == pytest.approx(radio * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 5 / 3)))
    assert set(scores) == {0, 1}


def test_the_mass_is_a_share_of_the_best(benchmark) -> None:
    mass = benchmark("bm25_mass").mass
    scores = {number: float(number) for number in range(1, 21)}
    assert mass(range(11, 21), scores) == 1
    assert mass(range(1, 11), scores) == pytest.approx(55 / 155)
    assert mass([20, 19], scores, 2) == 1
    assert mass([20, 99], scores, 2) == pytest.approx(20 / 39), "a fact without a word of the query has no score"


def test_a_query_without_an_answer_counts_as_nothing_shown_and_not_against_the_order(benchmark) -> None:
    mass = benchmark("bm25_mass")
    scores = {1: 2.0}
    empty = mass.Outcome(mass.mass([], scores), mass.mass([], scores, 0), 1, 1)
    found = mass.mean([empty, mass.Outcome(1, 1, 1, 1)])
    assert (found.shown, found.as_many) == (0.5, 1)


def test_queries_are_seeded_and_each_is_held_by_a_fact(benchmark, store: SearchableStore) -> None:
    mass = benchmark("bm25_mass")
    queries = mass.draw(store, 3, seed=1)
    assert queries == mass.draw(store, 3, seed=1)
    assert [len(query.words) for query in queries] == [1] * 3 + [2] * 3 + [3] * 3
    documents = store.documents(store.select())
    assert all(any(set(query.stems) <= set(each.fields[0].split()) for each in documents) for query in queries)


def test_what_is_judged_is_noted_and_holds_what_is_shown(benchmark, store: SearchableStore) -> None:
    mass = benchmark("bm25_mass")
    query = mass.Query(("radios",), ("radio",))
    found = mass.postings(store, [query])
    outcome = mass.ask(store, query, {text: each.scores(query.stems) for text, each in found.items()})
    assert outcome[mass.STATEMENT].judged == 1, "in a small store every fact that holds the word is judged"
    assert 0 < outcome[mass.STATEMENT].shown <= 1
    assert len(list(mass.statements(store))) == store.count()


# ---------------------------------------------------------------- peers


def test_shown_facts_are_counted_by_whole_ids(benchmark) -> None:
    hits = benchmark("peers").hits
    ids = ["radios-delivered", "radios", "border-post"]
    assert hits("| radios-delivered | Since 2001 |\nhttps://example.org/border-post", ids) == 2
    assert hits('[{"id": "radios-delivered"}]', ids) == 1
    assert hits("nothing of the kind", ids) == 0


def test_the_reason_of_a_failure_is_no_mere_warning(benchmark) -> None:
    complaint = benchmark("peers").complaint
    assert complaint("ERROR: No matching distribution\nWARNING: an old pip\n\n") == "ERROR: No matching distribution"
    assert complaint("") == ""


def test_a_peer_that_is_not_there_or_finds_nothing_is_listed_with_the_reason(benchmark) -> None:
    shown, failed = benchmark("peers").answering(
        {
            "none": ["no-such-program"],
            "dumb": [sys.executable, "-c", ""],
            "good": [sys.executable, "-c", "print('a-b')"],
        },
        ["a-b"],
        {},
    )
    assert shown == {"good": 1}
    assert failed == {"none": "not on this machine", "dumb": "finds no fact"}


def test_a_command_that_fails_says_why(benchmark) -> None:
    peers = benchmark("peers")
    with pytest.raises(peers.Failed, match="ValueError: broken"):
        peers.call([sys.executable, "-c", "raise ValueError('broken')"])


def test_the_lexicon_gives_every_fact_as_a_synset_of_its_words(benchmark, store: Store) -> None:
    facts = store.facts()
    root = ElementTree.fromstring(benchmark("peers").lexicon(facts))  # noqa: S314 - made here
    assert {each.get("id"): each.findtext("Definition") for each in root.iter("Synset")} == {
        fact.id: fact.statement for fact in facts
    }
    meant = [entry for entry in root.iter("LexicalEntry") if entry.find("Lemma").get("writtenForm") == "radios"]
    holding = {fact.id for fact in facts if "radios" in fact.statement.lower()}
    assert {sense.get("synset") for sense in meant[0].iter("Sense")} <= holding


def test_a_peer_misses_a_goal_if_it_is_quick(benchmark) -> None:
    peers, cold_start = benchmark("peers"), benchmark("cold_start")
    taken = {cold_start.BARE: 0.01, peers.TABLE: 0.05, peers.JSON: 0.04, "peer": 0.09}
    line = peers.row("peer", {name: cold_start.Run(each, 1) for name, each in taken.items()}, 4, is_peer=True)
    assert line.split() == ["peer", "90.0", "9.00", "1.80", "met", "2.25", "MISSED", "4"]
