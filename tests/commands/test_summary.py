"""`tajsec summary`: a topic on one page."""

from collections.abc import Callable

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_a_summary_adds_up_parts_of_one_whole_and_says_what_it_left_out(run: Run, run_json: RunJson) -> None:
    found = run_json("summary", "us-funding")
    assert found["total"] >= found["count"] > 0
    assert found["origins"] <= len(found["sources"])
    (total,) = found["totals"]
    values = {fact["id"]: fact["quantities"] for fact in run_json("list", "--topic", "us-funding")["facts"]}
    added = [q["value"] for each in total["of"] for q in values[each] if q["unit"] == "usd"]
    assert (total["value"], total["qualifier"], total["unit"]) == (sum(added), "over", "usd")
    left = {each["fact"]: each["reason"] for each in total["left_out"]}
    assert left["us-security-assistance-previous-year"] == "annual"
    assert left["us-commitment-next-two-years"] == "planned"
    assert "us-security-assistance-since-1992" in left
    table = run("summary", "us-funding", tty=100).text
    assert "is the sum of" in table
    assert "Left out" in table
    assert "over $330 million" in table


def test_a_summary_leaves_the_rounded_form_of_a_figure_to_the_differences(run_json: RunJson) -> None:
    found = run_json("summary", "equipment")
    shown = {fact["id"] for fact in found["facts"]}
    assert "radios-provided-rounded" not in shown
    pairs = {(each["fact"], each["to"], each["kind"]) for each in found["differences"]}
    assert ("radios-provided-rounded", "radios-delivered", "rounds") in pairs
