"""`tajsec summary`: a topic on one page."""

from collections.abc import Callable
from pathlib import Path

from sums import PARTS, write_parts

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_a_summary_adds_up_parts_of_one_whole_and_says_what_it_left_out(
    run: Run, run_json: RunJson, small: Path
) -> None:
    store = "--facts", str(write_parts(small, PARTS))
    found = run_json("summary", "gear", *store)
    (total,) = found["totals"]
    assert (total["value"], total["qualifier"], total["unit"], total["of"]) == (7, "over", "radios", ["a", "b"])
    assert {each["fact"]: each["reason"] for each in total["left_out"]} == {"c": "planned", "d": "annual"}
    table = run("summary", "gear", *store, tty=100).text
    assert "over 7 radios is the sum of 2 parts of the-programme" in table
    assert "Left out" in table


def test_a_shipped_summary_has_its_figures_with_their_qualifiers_and_adds_nothing_unsaid(
    run: Run, run_json: RunJson
) -> None:
    found = run_json("summary", "us-funding")
    assert found["total"] >= found["count"] > 0
    assert found["origins"] <= len(found["sources"])
    assert found["totals"] == []
    table = run("summary", "us-funding", tty=100).text
    assert "over $330 million" in table
    assert "Not added up: " in table


def test_a_summary_leaves_the_rounded_form_of_a_figure_to_the_differences(run_json: RunJson) -> None:
    found = run_json("summary", "equipment")
    shown = {fact["id"] for fact in found["facts"]}
    assert "radios-provided-rounded" not in shown
    pairs = {(each["fact"], each["to"], each["kind"]) for each in found["differences"]}
    assert ("radios-provided-rounded", "radios-delivered", "rounds") in pairs
