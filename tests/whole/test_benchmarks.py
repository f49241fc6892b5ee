"""The benchmarks measure what they say: what a peer shows, and how long it takes."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from tajsec.model.protocol import Store

ROOT = Path(__file__).parents[2]
Import = Callable[[str], ModuleType]


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Import:
    """Import a benchmark as it is imported when it is run: from its own folder."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    return import_module


# ---------------------------------------------------------------- cold start


def test_runs_that_would_compile_the_modules_are_not_measured(benchmark: Import, tmp_path: Path) -> None:
    has_bytecode = benchmark("cold_start").has_bytecode
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    assert not has_bytecode(environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert has_bytecode(environ)


# ---------------------------------------------------------------- peers


def test_shown_facts_are_counted_by_whole_ids(benchmark: Import) -> None:
    hits = benchmark("peers").hits
    ids = ["radios-delivered", "radios", "border-post"]
    assert hits("| radios-delivered | Since 2001 |\nhttps://example.org/border-post", ids) == 2
    assert hits('[{"id": "radios-delivered"}]', ids) == 1
    assert hits("nothing of the kind", ids) == 0


def test_the_reason_of_a_failure_is_no_mere_warning(benchmark: Import) -> None:
    complaint = benchmark("peers").complaint
    assert complaint("ERROR: No matching distribution\nWARNING: an old pip\n\n") == "ERROR: No matching distribution"
    assert complaint("") == ""


def test_a_peer_that_is_not_there_or_finds_nothing_is_listed_with_the_reason(benchmark: Import) -> None:
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


def test_a_command_that_fails_says_why(benchmark: Import) -> None:
    peers = benchmark("peers")
    with pytest.raises(peers.Failed, match="ValueError: broken"):
        peers.call([sys.executable, "-c", "raise ValueError('broken')"])


def test_the_lexicon_gives_every_fact_as_a_synset_of_its_words(benchmark: Import, store: Store) -> None:
    facts = store.facts()
    root = ElementTree.fromstring(benchmark("peers").lexicon(facts))  # noqa: S314 - made here
    assert {each.get("id"): each.findtext("Definition") for each in root.iter("Synset")} == {
        fact.id: fact.statement for fact in facts
    }
    meant = [entry for entry in root.iter("LexicalEntry") if entry.find("Lemma").get("writtenForm") == "radios"]
    holding = {fact.id for fact in facts if "radios" in fact.statement.lower()}
    assert {sense.get("synset") for sense in meant[0].iter("Sense")} <= holding


def test_a_peer_misses_a_goal_if_it_is_quick(benchmark: Import) -> None:
    peers, cold_start = benchmark("peers"), benchmark("cold_start")
    taken = {cold_start.BARE: 0.01, peers.TABLE: 0.05, peers.JSON: 0.04, "peer": 0.09}
    line = peers.row("peer", {name: cold_start.Run(each, 1) for name, each in taken.items()}, 4, is_peer=True)
    assert line.split() == ["peer", "90.0", "9.00", "1.80", "met", "2.25", "MISSED", "4"]
