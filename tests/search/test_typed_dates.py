"""Dates in a query are read in every writing."""

import pytest

from tajsec.search.typed_dates import find_dates


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("1992", (1992, 1, 1), (1992, 12, 31)),
        ("october 2012", (2012, 10, 1), (2012, 10, 31)),
        ("2 july 2007", (2007, 7, 2), (2007, 7, 2)),
        ("july 2nd, 2007", (2007, 7, 2), (2007, 7, 2)),
        ("2012-10-05", (2012, 10, 5), (2012, 10, 5)),
        ("2011-07", (2011, 7, 1), (2011, 7, 31)),
        ("05.10.2012", (2012, 10, 5), (2012, 10, 5)),
        ("2015-2019", (2015, 1, 1), (2019, 12, 31)),
        ("between 2003 and 2005", (2003, 1, 1), (2005, 12, 31)),
        ("since 2001", (2001, 1, 1), (9999, 12, 31)),
        ("before 2005", (0, 0, 0), (2005, 12, 31)),
        ("1990s", (1990, 1, 1), (1999, 12, 31)),
    ],
)
def test_a_date_is_read_in_every_writing(text: str, first_day: tuple, last_day: tuple) -> None:
    (date,) = find_dates(text)
    assert (date.first, date.last) == (first_day, last_day)


@pytest.mark.parametrize("text", ["1,600", "$2000", "1789", "may", "201st", "4862", "2013.5"])
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["5 oct", "in april", "in may"])
def test_a_month_of_no_year_is_a_month_of_any(text: str) -> None:
    assert [date.month for date in find_dates(text)] == [{"5 oct": 10, "in april": 4, "in may": 5}[text]]
