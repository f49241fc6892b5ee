"""`tajsec timeline`: facts in order of time."""

from collections.abc import Callable

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
    assert "· planned" in table
    assert "· superseded by " in table
    assert "1 January" not in table


def test_the_timeline_of_nato_goes_from_joining_in_1992_to_the_visit_of_2013(run_json: RunJson) -> None:
    years = [parse(fact["when"]).anchor.year for fact in run_json("timeline", "--actor", "nato")["facts"]]
    assert (years[0], {2002, 2003, 2004, 2005, 2007, 2009, 2013} <= set(years)) == (1992, True)
