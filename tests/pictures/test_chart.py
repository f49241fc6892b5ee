"""Where bars and ticks lie on the axis of time."""

from collections.abc import Callable

import pytest

from tajsec.model.protocol import Store
from tajsec.pictures.chart import Chart, chart, groups, notes

RunJson = Callable[..., dict]


def fact(when: str, as_of: str | None = None, **more: object) -> dict:
    bare = {"id": "a-fact", "actors": ["us"], "status": "completed", "superseded_by": [], "differs_from": [],
            "rank": "normal", "notes": None, "cites": []}  # fmt: skip
    return {**bare, "when": when, "as_of": as_of, **more}


def parts(when: str, as_of: str | None = None) -> list[tuple[float, float, bool]]:
    bar = chart([fact(when, as_of)]).lanes[0].bars[0]
    return [(round(part.first, 3), round(part.last, 3), part.is_sure) for part in bar.parts]


@pytest.mark.parametrize(
    ("when", "as_of", "expected"),
    [
        ("2012", None, [(2012, 2013, True)]),
        ("2013-01", None, [(2013, 2013.085, True)]),
        ("2013-12-31", None, [(2013.997, 2014, True)]),
        ("2012?", None, [(2012, 2013, False)]),
        ("2001/2003", None, [(2001, 2004, True)]),
        ("2001~/2003", None, [(2001, 2002, False), (2002, 2004, True)]),
        ("2001?/2001", None, [(2001, 2002, False)]),
        ("2001/2003?", None, [(2001, 2003, True), (2003, 2004, False)]),
        ("2001/..", "2021", [(2001, 2022, True)]),
        ("2001/..", None, [(2001, 2002, True)]),
        ("../2021", "2019", [(2019, 2022, True)]),
        ("../2021", "2023", [(2021, 2022, True)]),
        ("{2015,2017~,2019-01}", None, [(2015, 2016, True), (2017, 2018, False), (2019, 2019.085, True)]),
    ],
)
def test_a_bar_is_as_wide_as_what_is_known_of_the_date(when: str, as_of: str | None, expected: list) -> None:
    assert parts(when, as_of) == expected


def test_the_geometry_agrees_with_the_extent_of_every_dated_fact(store: Store, run_json: RunJson) -> None:
    drawn = chart(run_json("timeline")["facts"])
    bars = {bar.fact["id"]: bar for lane in drawn.lanes for bar in lane.bars}
    assert len(bars) == drawn.size > 0
    for name, bar in bars.items():
        first, last = store.fact(name).extent
        assert first[0] <= bar.first < first[0] + 1
        assert last[0] < bar.last <= last[0] + 1
        assert 0 <= drawn.share(bar.first) < drawn.share(bar.last) <= 1


def test_open_ends_are_told() -> None:
    bars = [chart([fact(when)]).lanes[0].bars[0] for when in ("../2021", "2001/..", "2001")]
    assert [(bar.opens_before, bar.opens_after) for bar in bars] == [(True, False), (False, True), (False, False)]


def test_each_fact_stands_once_under_the_actor_asked_for_or_else_its_first_one() -> None:
    facts = [fact("2001", actors=["us", "nato"]), fact("2002", actors=["us"]), fact("2003", actors=["nato", "us"])]
    lanes = lambda *actors: [(lane.actor, len(lane.bars)) for lane in chart(facts, frozenset(actors)).lanes]  # noqa: E731
    assert lanes() == [("us", 2), ("nato", 1)]
    assert lanes("nato") == [("nato", 2), ("us", 1)]


@pytest.mark.parametrize(
    ("dates", "sizes"),
    [
        (("2001/2003", "2001/2005", "2001/.."), [3]),
        (("2001", "2001/2003", "2001/2005"), [1, 2]),
        (("2001/2003", "2002/2003"), [1, 1]),
        (("2001", "2001"), [1, 1]),
        (("../2003", "../2003"), [1, 1]),
        (("{2001,2003}", "{2001,2003}"), [1, 1]),
    ],
)
def test_spans_that_begin_together_are_a_group(dates: tuple[str, ...], sizes: list[int]) -> None:
    (lane,) = chart([fact(when, as_of="2005") for when in dates]).lanes
    assert [len(group) for group in groups(lane.bars)] == sizes


@pytest.mark.parametrize(("first", "last"), [(2012, 2013), (2011, 2014), (1992, 2043), (1, 10000)])
@pytest.mark.parametrize("most", [2, 5, 12])
def test_ticks_are_few_even_and_on_the_axis(first: int, last: int, most: int) -> None:
    ticks = Chart([], first, last).ticks(most)
    assert 0 < len(ticks) <= most
    assert all(first <= tick.at <= last for tick in ticks)
    assert [tick.label for tick in ticks] == sorted({tick.label for tick in ticks}, key=lambda label: label.zfill(7))


def test_what_is_left_out_is_said() -> None:
    assert (
        notes(10, 12, 3)[1]
        == "Left out: 2 later facts (--limit 10), 3 facts without a date of their own (tajsec list)."
    )
    assert len(notes(10, 10, 0)) == 1
