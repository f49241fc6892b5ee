"""`tajsec list`: the facts that the filters accept."""

from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply
from tajsec.text.dates import parse

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


@pytest.mark.parametrize(
    ("filters", "takes"),
    [
        ("--actor nato", lambda fact: any(each.startswith(("nato", "isaf", "eapc")) for each in fact["actors"])),
        ("--actor НАТО --status planned", lambda fact: fact["status"] == "planned"),
        ("--topic equipment", lambda fact: "equipment" in fact["topics"]),
        ("--source voa-2013", lambda fact: "voa-2013" in [cite["source"] for cite in fact["cites"]]),
        ("--place Kurgan-Tyube", lambda fact: "bokhtar" in fact["places"]),
        ("--since 2021", lambda fact: parse(fact["when"] or fact["as_of"]).last >= (2021, 1, 1)),
        ("--until 1999", lambda fact: parse(fact["when"] or fact["as_of"]).first <= (1999, 12, 31)),
    ],
)
def test_a_filter_takes_what_it_names_and_nothing_else(run_json: RunJson, filters: str, takes: Callable) -> None:
    found = run_json("list", *filters.split())
    rest = run_json("list")["count"]
    assert 0 < found["count"] < rest
    assert all(map(takes, found["facts"]))


def test_values_of_one_filter_widen_and_filters_narrow(run_json: RunJson) -> None:
    count = lambda *args: run_json("list", *args)["count"]  # noqa: E731
    either = count("--topic", "equipment", "--topic", "science")
    assert either == count("--topic", "equipment") + count("--topic", "science")
    assert count("--topic", "equipment", "--status", "planned") < count("--topic", "equipment")
