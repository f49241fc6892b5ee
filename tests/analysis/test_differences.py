"""Where the sources differ: both sides whole, the kind, the reason, and which side to cite."""

from collections import Counter
from collections.abc import Callable

import pytest

from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Reply
from tajsec.model.kinds import DIFFERENCES, RELATION_KINDS
from tajsec.model.protocol import Store

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


@pytest.mark.parametrize("kind", RELATION_KINDS)
def test_differences_can_be_asked_for_by_kind_and_ties_cannot(run: Run, kind: str) -> None:
    assert (run("differences", "--kind", kind).status != 2) == (kind in DIFFERENCES)


def test_every_difference_has_two_whole_facts_a_reason_and_the_side_to_cite(run: Run, run_json: RunJson) -> None:
    found = run_json("differences")
    assert found["schema"] == "tajsec/differences/1"
    assert found["count"] == len(found["differences"]) > 0
    for difference in found["differences"]:
        ids = [fact["id"] for fact in difference["facts"]]
        assert list(difference) == ["kind", "note", "prefer", "facts"]
        assert len(ids) == 2
        assert difference["prefer"] in ids
        assert 0 < len(difference["note"].strip()) <= 400
        assert all(fact["cites"] and fact["statement"] for fact in difference["facts"])
    shown = " ".join(run("differences", tty=100).text.split())
    assert shown.count("cite this one") == found["count"]


def test_no_two_facts_are_told_to_differ_twice(run_json: RunJson) -> None:
    pairs = Counter(frozenset(fact["id"] for fact in each["facts"]) for each in run_json("differences")["differences"])
    assert [pair for pair, count in pairs.items() if count > 1] == []


@pytest.mark.parametrize(
    ("first", "second", "kind", "prefer"),
    [
        ("radios-provided-rounded", "radios-delivered", "rounds", "radios-delivered"),
        ("vehicles-provided-400", "vehicles-provided-358", "supersedes", "vehicles-provided-400"),
        ("ipcp-holds-objectives", "ipp-holds-programme", "supersedes", "ipcp-holds-objectives"),
        ("landmines-destroyed-over-1000", "landmines-destroyed-over-1200", "rounds", "landmines-destroyed-over-1200"),
        ("nato-tj-practical-work-began-with-pfp", "sps-engagement-since-1996", "contradicts", "sps-engagement-since-1996"),
        ("antonov-visited-tajikistan-twice", "antonov-title-in-rferl-article", "contradicts", "antonov-visited-tajikistan-twice"),
    ],
)  # fmt: skip
def test_the_known_differences_are_there(run_json: RunJson, first: str, second: str, kind: str, prefer: str) -> None:
    found = {
        (*(fact["id"] for fact in each["facts"]), each["kind"], each["prefer"])
        for each in run_json("differences", first)["differences"]
    }
    assert (first, second, kind, prefer) in found


def test_differences_take_ids_kinds_and_filters(run_json: RunJson) -> None:
    every = run_json("differences")["count"]
    assert 0 < run_json("differences", "--kind", "supersedes")["count"] < every
    assert 0 < run_json("differences", "--topic", "russian-base")["count"] < every
    assert {each["kind"] for each in run_json("differences", "--kind", "rounds")["differences"]} == {"rounds"}
    mine = run_json("differences", "radios-delivered")["differences"]
    assert all("radios-delivered" in [fact["id"] for fact in each["facts"]] for each in mine)


def test_no_difference_is_status_one(run: Run) -> None:
    reply = run("differences", "--until", "1900")
    assert (reply.status, reply.text) == (1, "")
    assert reply.stderr == "tajsec: no difference among these facts\n"


@pytest.mark.parametrize("form", LISTING)
def test_differences_have_every_form(run: Run, form: str) -> None:
    text = run("differences", "radios-delivered", "--format", form).text
    assert "radios-delivered" in text.replace("\\-", "-")


def test_search_and_show_mark_what_differs_or_is_superseded_in_one_line(run: Run, run_json: RunJson) -> None:
    assert "· differs (" in run("list", "--topic", "equipment", tty=120).text
    shown = " ".join(run("list", "--topic", "equipment", tty=120).text.split())
    assert "superseded by vehicles-provided-400" in shown
    radios = run("search", "radios", tty=120).text
    assert "(cite this one, not radios-provided-rounded)" in " ".join(radios.split())
    answer = " ".join(run("search", "358", "vehicles", tty=120).text.split())
    assert "2001 and 2021. (superseded)" in answer
    assert "(cite vehicles-provided-400, not this one)" in answer
    assert "(superseded)" in run("search", "vehicles", "--all", tty=120).text
    lines = run("show", "radios-delivered", tty=100).text.splitlines()
    assert [line.split()[0] for line in lines if "tajsec differences radios-delivered" in line] == ["Differs"]
    fact = run_json("show", "radios-delivered")["facts"][0]
    assert "radios-provided-rounded" in fact["differs_from"]


@pytest.mark.parametrize("source", ["nato-2017", "tajik-embassy-2012"])
def test_what_only_one_version_of_a_document_has_is_named(run: Run, source: str) -> None:
    assert run("differences", "--source", source).stderr == (
        "tajsec: what only one version has: `tajsec show nato-2017`\n"
    )
    assert run("differences", "--source", source, "--json").stderr == ""
    assert run("differences", "--source", "us-embassy-2021").stderr == ""


def test_a_copy_is_no_second_source(run: Run, run_json: RunJson, store: Store) -> None:
    both = next(fact for fact in store.facts() if len(fact.sources) == len(fact.cites) == 2)
    assert set(both.sources) == {"nato-2017", "tajik-embassy-2012"}
    assert run_json("show", both.id)["facts"][0]["origins"] == ["nato-2017"]
    assert "2 from 2 documents, 1 of them a copy" in run("show", both.id, tty=100).text
    assert all(row["origins"] <= row["sources"] for row in run_json("summary")["topics"])
