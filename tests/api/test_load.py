"""The Python API: what it answers is what the commands answer, in types that a checker knows."""

import concurrent.futures
import datetime
import doctest
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mypy import api as mypy_api
from processes import unmeasured

import tajsec
from tajsec.cli.terminal import Reply
from tajsec.store.cache import contents

ROOT = Path(__file__).parents[2]
RunJson = Callable[..., dict]


@pytest.fixture(scope="module")
def facts(cache: Path) -> tajsec.Store:
    return tajsec.load(cache=cache)


# ---------------------------------------------------------------- what is imported


def loaded_by(script: str, environ: dict[str, str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\nprint(*sys.modules)"],
        env=unmeasured(environ), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_else(environ: dict[str, str]) -> None:
    loaded = loaded_by("import tajsec; tajsec.__version__", environ)
    assert {each for each in loaded if each.startswith("tajsec")} == {"tajsec"}
    assert loaded & {"click", "rich", "sqlite3", "rapidfuzz", "dataclasses", "typing"} == set()


def test_a_search_loads_neither_click_nor_rich(environ: dict[str, str]) -> None:
    loaded = loaded_by("import tajsec; tajsec.load().search('radios')[0]._repr_html_()", environ)
    assert "tajsec.search.answer" in loaded
    assert loaded & {"click", "rich"} == set()


def test_every_name_of_the_api_is_there_and_no_other_is() -> None:
    for name in tajsec.__all__:
        assert getattr(tajsec, name) is not None
    assert dir(tajsec) == sorted(tajsec.__all__)
    with pytest.raises(AttributeError, match="module 'tajsec' has no attribute 'laod'"):
        tajsec.laod  # noqa: B018


TYPED = """
from typing import assert_type

import tajsec
from tajsec.text.dates import Edtf

store = tajsec.load("pack", cache=False)
assert_type(store, tajsec.Store)
hits = store.search("radios", actor=["us", "nato"], topic="equipment", since=2012, until="2022-10", limit=3)
assert_type(hits, tajsec.Hits)
assert_type(hits[0], tajsec.Hit)
assert_type(hits[0].fact.statement, str)
assert_type(hits[0].fact.when, Edtf | None)
assert_type(hits[0].fact.cites, tuple[tajsec.Receipt, ...])
assert_type(hits[:2], tajsec.Hits)
assert_type(store.timeline(place="khorog")[1:], tajsec.Timeline)
assert_type([fact.status for fact in store][0] == "planned", bool)
assert_type(store.differences("radios-delivered")[0].facts[1], tajsec.Fact)
assert_type(store.summary("equipment", status="completed").figures, tajsec.Facts)
assert_type(store.cite([store["a"], "b"], style="ris"), str)
"""


def test_a_type_checker_knows_every_answer_and_refuses_a_filter_that_is_none(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(TYPED + 'store.facts(actr="us")\nhits[0].score = 1.0\n', encoding="utf-8")
    shown, errors, status = mypy_api.run(["--strict", "--no-error-summary", "--cache-dir", str(tmp_path), str(sample)])
    assert (errors, status) == ("", 1)
    found = [line.partition("error: ")[2] for line in shown.splitlines() if "error: " in line]
    assert found == [
        'Unexpected keyword argument "actr" for "facts" of "Store"; did you mean "actor"?  [call-arg]',
        'Property "score" defined in "Hit" is read-only  [misc]',
    ]


# ---------------------------------------------------------------- the same answers


def test_hits_are_the_facts_of_the_search_with_score_and_reason(facts: tajsec.Store, run_json: RunJson) -> None:
    hits = facts.search("radios", limit=10)
    found = run_json("search", "radios")
    assert hits.to_dicts() == found["facts"]
    assert (hits.total, hits.query) == (found["total"], "radios")
    assert hits[0].fact.id == "radios-delivered"
    assert (hits[0].why[0].text, hits[0].why[0].field) == ("radios", "statement")


def test_an_empty_answer_says_why_and_offers_the_nearest_facts(facts: tajsec.Store, run_json: RunJson) -> None:
    hits = facts.search("radios lasagna recipe")
    found = run_json("search", "radios", "lasagna", "recipe")
    assert (len(hits), bool(hits)) == (0, False)
    nearest = [
        {**fact, "answers": near["answers"], "misses": near["misses"]}
        for fact, near in zip(hits.nearest.to_dicts(), found["nearest"], strict=True)
    ]
    assert (list(hits.reasons), nearest) == (found["reasons"], found["nearest"])
    assert "nothing here on" in repr(hits)


@pytest.mark.parametrize(
    ("filters", "options"),
    [
        ({}, ""),
        ({"actor": "НАТО"}, "--actor НАТО"),
        ({"topic": ["equipment", "science"], "status": "planned"},
         "--topic equipment --topic science --status planned"),
        ({"place": "Kurgan-Tyube"}, "--place Kurgan-Tyube"),
        ({"source": {"voa-2013"}, "since": 2012, "until": datetime.date(2013, 2, 28)},
         "--source voa-2013 --since 2012 --until 2013-02-28"),
    ],
)  # fmt: skip
def test_filters_take_what_they_take_on_the_command_line(
    facts: tajsec.Store, run_json: RunJson, filters: dict, options: str
) -> None:
    assert facts.facts(**filters).to_dicts() == run_json("list", *options.split())["facts"]
    timeline = facts.timeline(**filters)
    found = run_json("timeline", *options.split())
    assert (timeline.to_dicts(), timeline.undated) == (found["facts"], found["undated"])
    assert facts.differences(**filters).to_dicts() == run_json("differences", *options.split())["differences"]


def test_a_summary_is_the_one_of_the_command(facts: tajsec.Store, run_json: RunJson) -> None:
    summary = facts.summary("Equipment delivered", actor="us")
    found = run_json("summary", "equipment", "--actor", "us")
    assert summary.to_dict() == found
    assert [fact.id for fact in summary.points] == found["points"]
    assert [fact.id for fact in summary.figures] == found["figures"]
    assert len(summary.differences) == len(found["differences"])


@pytest.mark.parametrize("style", ["plain", "bibtex", "ris", "csl-json"])
def test_a_citation_is_the_one_of_the_command(facts: tajsec.Store, run: Callable[..., Reply], style: str) -> None:
    ids = ["radios-delivered", "base-agreement-signed"]
    assert facts.cite([facts[ids[0]], ids[1]], style=style) == run("cite", *ids, "--style", style).text
    assert facts.cite(ids[0], style=style) == run("cite", ids[0], "--style", style).text
    assert facts.cite(ids, style=style, by="source") == run("cite", *ids, "--by", "source", "--style", style).text


def test_a_fact_is_the_object_of_the_command_with_resolved_receipts(facts: tajsec.Store, run_json: RunJson) -> None:
    (found,) = run_json("show", "radios-delivered")["facts"]
    fact = facts["radios-delivered"]
    assert fact.to_dict() == found
    assert [cite.title for cite in fact.cites] == [cite["title"] for cite in found["cites"]]
    assert list(fact.differs_from) == found["differs_from"]
    fact.to_dict()["cites"].clear()
    assert fact.to_dict() == found


def test_a_store_is_gone_through_fact_by_fact(facts: tajsec.Store) -> None:
    ids = [fact.id for fact in facts]
    assert len(facts) == len(ids) == len(set(ids)) > 0
    assert ids == [fact.id for fact in facts.facts()]
    assert "radios-delivered" in facts
    assert facts["radios-delivered"] in facts
    assert "radios-delivred" not in facts


def test_names_that_can_be_asked_for_are_listed(facts: tajsec.Store, run_json: RunJson) -> None:
    for names, command in ((facts.topics, "topics"), (facts.actors, "actors"), (facts.sources, "sources")):
        assert [each.id for each in names] == [each["id"] for each in run_json(command)[command]]
    assert all(facts.facts(place=place.id) for place in facts.places)


# ---------------------------------------------------------------- what cannot be answered


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda store: store["radios-delivred"], tajsec.UnknownName, "unknown fact 'radios-delivred'; did you mean"),
        (lambda store: store.facts(actor="rusia"), tajsec.UnknownName, "unknown actor 'rusia'; did you mean russia?"),
        (lambda store: store.summary("equipmint"), tajsec.UnknownName, "unknown topic 'equipmint'; did you mean"),
        (lambda store: store.differences("no-such"), tajsec.UnknownName, "unknown fact 'no-such'"),
        (lambda store: store.facts(status="plannd"), tajsec.UsageError, "unknown status 'plannd'; name one of"),
        (lambda store: store.facts(since="soon"), tajsec.UsageError, "since soon: not a date; write one such as"),
        (lambda store: store.facts(until=0), tajsec.UsageError, "until 0: not an EDTF date"),
        (lambda store: store.facts(limit=0), tajsec.UsageError, "limit 0: give 1 or more, or None for all"),
        (lambda store: store.search("x", limit=-1), tajsec.UsageError, "limit -1: give 1 or more, or None for all"),
        (lambda store: store.facts(limit=10**5000), tajsec.UsageError, "limit: beyond 2^53"),
        (lambda store: store.search("..."), tajsec.UsageError, "a query without a word"),
        (lambda store: store.cite("radios-delivered", style="apa7"), tajsec.UsageError, "unknown style 'apa7'"),
        (lambda store: store.cite("radios-delivered", by="page"), tajsec.UsageError, "cannot cite by 'page'; name"),
        (lambda store: store.facts(actr="us"), TypeError, "unexpected keyword argument 'actr'"),
        (lambda _: tajsec.load("/no/such/folder"), tajsec.UsageError, "/no/such/folder: no such folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_an_error_that_says_what_to_do(
    facts: tajsec.Store, ask: Callable, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        ask(facts)
    assert message in str(raised.value)


def test_a_broken_pack_is_refused_when_it_is_loaded(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"'))
    with pytest.raises(tajsec.DataError) as raised:
        tajsec.load(small, cache=False)
    assert raised.value.problems[0].path == "fact[0].status"


# ---------------------------------------------------------------- packs, cache, threads, values


def test_a_pack_is_compiled_into_the_folder_that_is_named_and_nowhere_else(small: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert [fact.id for fact in tajsec.load(str(small), cache=kept)] == ["seven-radios"]
    assert any(path.endswith(".store") for path, _ in contents(str(kept)))
    before = sorted(tmp_path.rglob("*"))
    assert len(tajsec.load(small, cache=False)) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_the_platforms_folder_is_the_usual_one(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "home"
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(folder))
    tajsec.load(small)
    assert list(folder.rglob("*.store"))


def test_a_store_that_is_damaged_while_it_is_open_is_compiled_again(small: Path, tmp_path: Path) -> None:
    store = tajsec.load(small, cache=tmp_path / "kept")
    (path,) = (tmp_path / "kept").glob("*.store")
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    assert store["seven-radios"].statement == "The United States gave over 7 radios in 2019."
    assert len(store.search("radios")) == 1


def test_a_store_answers_in_every_thread(facts: tajsec.Store) -> None:
    queries = ["radios", "night vision", "border", "russian base"] * 5
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda query: facts.search(query, limit=5), queries))
    assert found == [facts.search(query, limit=5) for query in queries]


# ---------------------------------------------------------------- what is shown


def test_the_examples_of_the_document_give_what_it_shows(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "python.md", None, None)
    said: list[str] = []
    assert len(test.examples) > 8
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)
