"""`tajsec timeline`: facts in order of time."""

import re
from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply
from tajsec.text.dates import parse

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_the_timeline_is_in_order_and_marks_what_is_planned_or_superseded(run: Run, run_json: RunJson) -> None:
    found = run_json("timeline")
    order = [parse(fact["when"]).order for fact in found["facts"]]
    assert order == sorted(order)
    assert found["undated"] > 0
    table = " ".join(run("timeline", tty=120).text.split())
    assert "Afghanistan in 2014, RFE/RL reported in October 2012. planned · as of 5 October 2012 ·" in table
    assert " superseded by " in table
    years = [word for source in ("nato-2017", "us-embassy-2021", "voa-2013") for word in ("--source", source)]
    assert "1 January" not in " ".join(run("timeline", *years, tty=120).text.split())  # they name the year alone


@pytest.mark.parametrize("width", [80, 200])
def test_each_year_is_a_heading_and_the_source_ends_the_line_of_a_fact(run: Run, run_json: RunJson, width: int) -> None:
    facts = run_json("timeline", "--actor", "nato")["facts"]
    headings = dict.fromkeys(str(parse(fact["when"]).anchor.year) for fact in facts)
    shown = run("timeline", "--actor", "nato", tty=width).text
    assert [line for line in shown.splitlines() if line and not line.startswith((" ", "*"))] == list(headings)
    told = [" ".join(each.split()) for each in re.split(r"\n(?=  \S|\d|\n|\*)", shown) if "·" in each]
    assert len(told) == len(facts)
    for fact, line in zip(facts, told, strict=True):
        sources = ", ".join(dict.fromkeys(each["source"] for each in fact["cites"]))
        assert fact["statement"] in line
        assert line.endswith(f" {fact['id']} · {sources}")


def test_a_fact_takes_one_line_where_it_fits(run: Run) -> None:
    lines = run("timeline", "--actor", "nato", tty=200).text.splitlines()
    assert (
        "  Jaap de Hoop Scheffer, then NATO's Secretary General, visited Dushanbe in 2004.  "
        "de-hoop-scheffer-dushanbe-visit-2004 · nato-2017, tajik-embassy-2012"
    ) in lines
    (visit,) = [line for line in lines if "Hamrokhon Zarifi" in line]
    assert visit.startswith("  2 July 2007  Tajikistan's Foreign Minister Hamrokhon Zarifi visited ")


def test_the_timeline_of_nato_goes_from_joining_in_1992_to_the_visit_of_2013(run_json: RunJson) -> None:
    years = [parse(fact["when"]).anchor.year for fact in run_json("timeline", "--actor", "nato")["facts"]]
    assert (years[0], {2002, 2003, 2004, 2005, 2007, 2009, 2013} <= set(years)) == (1992, True)
