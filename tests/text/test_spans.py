"""Spans of days: each function at its edges, as the calendar has them."""

from collections.abc import Callable
from typing import Any

import pytest

from tajsec.text import spans
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day

CASES = [
    *((spans.whole_year, (number,), year) for number, year in
      [(0, 2000), (49, 2049), (50, 1950), (99, 1999), (100, 100), (1992, 1992), (2012, 2012)]),
    (spans.day_of, (2012, 10, 5), ((2012, 10, 5), (2012, 10, 5))),
    (spans.day_of, (0, 2, 29), ((0, 2, 29), LAST_DAY)),
    (spans.day_of, (2011, 2, 29), None),
    (spans.day_of, (2012, 1, 31), ((2012, 1, 31), (2012, 1, 31))),
    (spans.day_of, (2012, 12, 1), ((2012, 12, 1), (2012, 12, 1))),
    *((spans.day_of, (2012, month, day), None) for month, day in [(0, 1), (13, 1), (1, 0), (1, 32), (4, 31)]),
    (spans.numbered_day, (20121005,), (2012, 10, 5)),
    (spans.compact_day, (20121005,), ((2012, 10, 5), (2012, 10, 5))),
    (spans.compact_day, (20121305,), None),
    (spans.compact_day, (90001005,), None),
    (spans.months_of, (2012, 2), ((2012, 2, 1), (2012, 2, 29))),
    (spans.months_of, (2012, 1, 12), ((2012, 1, 1), (2012, 12, 31))),
    (spans.months_of, (2012, 11, 2), ((2012, 11, 1), (2012, 12, 31))),
    *((spans.months_of, given, None) for given in [(2012, 0), (2012, 13), (2012, 11, 3), (2012, 5, 0)]),
    (spans.nearest_before, ((0, 11, 0), (2012, 5, 31)), (2011, 11, 1)),
    (spans.nearest_before, ((0, 5, 31), (2012, 5, 31)), (2012, 5, 31)),
    (spans.nearest_before, ((0, 5, 31), (2012, 5, 30)), (2011, 5, 31)),
    (spans.nearest_before, ((0, 2, 29), (2011, 5, 31)), (2011, 2, 28)),
    (spans.nearest_before, ((0, 5, 0), (2012, 5, 1)), (2012, 5, 1)),
    (spans.years_of, (2012,), ((2012, 1, 1), (2012, 12, 31))),
    (spans.years_of, (2012, 2014), ((2012, 1, 1), (2014, 12, 31))),
    (spans.same_century, (2009, 13), 2013),
    (spans.same_century, (1999, 0), 1900),
    (spans.fiscal_year, (2012,), ((2011, 10, 1), (2012, 9, 30))),
    (spans.week_of, (2012, 1), ((2012, 1, 2), (2012, 1, 8))),
    (spans.week_of, (2020, 53), ((2020, 12, 28), (2021, 1, 3))),
    (spans.week_of, (2012, 1, 7), ((2012, 1, 8), (2012, 1, 8))),
    (spans.week_of, (2012, 53), None),
    (spans.seasons_of, (2012, 1), [((2012, 3, 1), (2012, 5, 31))]),
    (spans.seasons_of, (2012, 3), [((2012, 9, 1), (2012, 11, 30))]),
    (spans.seasons_of, (2012, 4), [((2012, 12, 1), (2013, 2, 28)), ((2011, 12, 1), (2012, 2, 29))]),
    *((spans.decade_of, (number,), ((first, 1, 1), (first + 9, 12, 31))) for number, first in
      [(1990, 1990), (90, 1990), (30, 1930), (20, 2020), (0, 2000), (100, 100)]),
    *((spans.decade_of, (number,), None) for number in (1991, 29, 31, 101)),
    (spans.century_of, (19,), ((1801, 1, 1), (1900, 12, 31))),
    (spans.century_of, (21,), ((2001, 1, 1), (2100, 12, 31))),
    *((spans.century_of, (number,), None) for number in (18, 22)),
    *((spans.part_of, (((2012, 2, 1), (2012, 2, 29)), part), ((2012, 2, first), (2012, 2, last)))
      for part, first, last in [(0, 1, 29), (1, 1, 10), (2, 11, 20), (3, 21, 29), (4, 21, 29)]),
    *((spans.part_of, (((2012, 1, 1), (2012, 12, 31)), part), ((2012, first, 1), (2012, last, day)))
      for part, first, last, day in [(0, 1, 12, 31), (1, 1, 4, 30), (2, 5, 8, 31), (3, 9, 12, 31), (4, 9, 12, 31)]),
    *((spans.part_of, (((1990, 1, 1), (1999, 12, 31)), part), ((first, 1, 1), (last, 12, 31)))
      for part, first, last in [(0, 1990, 1999), (1, 1990, 1993), (2, 1994, 1996), (3, 1997, 1999)]),
    (spans.part_of, (((2012, 1, 2), (2012, 1, 8)), 1), ((2012, 1, 2), (2012, 1, 8))),
    (spans.part_of, (((2012, 3, 1), (2012, 5, 31)), 1), ((2012, 3, 1), (2012, 5, 31))),
    (spans.shifted, ((2012, 2, 28), 2), (2012, 3, 1)),
    (spans.shifted, ((2012, 1, 1), -1), (2011, 12, 31)),
]  # fmt: skip


@pytest.mark.parametrize(("function", "given", "expected"), CASES)
def test_a_span_is_as_the_calendar_has_it(
    function: Callable[..., Any], given: tuple[Any, ...], expected: object
) -> None:
    assert function(*given) == expected


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2012, 10, 5), (2012, 10, 5), "5 October 2012"),
        ((2012, 10, 1), (2012, 10, 31), "October 2012"),
        ((2012, 10, 1), (2013, 2, 28), "October 2012 to February 2013"),
        ((2012, 10, 2), (2012, 10, 31), "2 October 2012 to 31 October 2012"),
        ((2012, 1, 1), (2012, 12, 31), "2012"),
        ((1990, 1, 1), (1999, 12, 31), "1990 to 1999"),
        ((2012, 1, 1), LAST_DAY, "since 2012"),
        ((2012, 10, 1), LAST_DAY, "since October 2012"),
        ((2012, 10, 5), LAST_DAY, "since 5 October 2012"),
        (FIRST_DAY, (2012, 12, 31), "until 2012"),
        (FIRST_DAY, (2012, 10, 31), "until October 2012"),
        (FIRST_DAY, (2012, 10, 5), "until 5 October 2012"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_parts(first: Day, last: Day, words: str) -> None:
    assert spans.in_words(first, last) == words
