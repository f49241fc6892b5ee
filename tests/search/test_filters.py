"""Filters as people write them."""

from datetime import date

import pytest

from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.search.filters import selection


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2012", "2012"), ("2012-10", "2012-10"), ("2012-10-05", "2012-10-05"), ("1992/..", "1992/.."),
        ("October 2012", "2012-10"), ("5 October 2012", "2012-10-05"), ("Oct. 5, 2012", "2012-10-05"),
        ("октябрь 2012", "2012-10"), (" 05.10.2012 ", "2012-10-05"), ("20121005", "2012-10-05"),
        ("1990s", "1990-01-01/1999-12-31"), ("autumn 2012", "2012-09-01/2012-11-30"), ("after 2012", "2013-01-01/.."),
        ("2009-13", "2009-01-01/2013-12-31"), (2012, "2012"), (date(2012, 10, 5), "2012-10-05"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_edtf_or_as_people_write_it(store: Store, written: str | int | date, read: str) -> None:
    assert str(selection(store, since=written).since) == read
    assert str(selection(store, until=written).until) == read


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("yesterday", "--since yesterday: not a date; write one such as 2012, 2012-10-05 or October 2012"),
        ("radios 2012", "--since radios 2012: not a date; write one such as 2012, 2012-10-05 or October 2012"),
        ("2012-02-30", "--since 2012-02-30: 2012-02 has no day 30"),
        ("10/5/2012", "--since 10/5/2012: may be 5 October 2012 or 10 May 2012; write the one you mean"),
        ("October", "--since October: a month without a year; add the year"),
        ("{2012,2014}", "--since {2012,2014}: a set of dates; give one date"),
    ],
)
def test_what_is_not_one_date_is_an_error_that_says_why(store: Store, written: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        selection(store, since=written, dashes="--")
    assert str(error.value) == message


def test_a_range_that_ends_before_it_begins_is_an_error(store: Store) -> None:
    with pytest.raises(UsageError) as error:
        selection(store, since="October 2013", until="2012", dashes="--")
    assert str(error.value) == "--until 2012 is before --since October 2013; exchange the two"
    assert selection(store, since="2012-10", until="2012")
