"""Dates in a query are read in every writing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import almost_dates, date_phrases, examples, plain_moments

from tajsec.search.typed_dates import find_dates
from tajsec.text.dates import LAST_DAY, Moment
from tajsec.text.forms import fold, with_ascii_digits, with_ascii_signs


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
        ("before 2005", (0, 0, 0), (2004, 12, 31)),
        ("pre-2005", (0, 0, 0), (2004, 12, 31)),
        ("after 2013", (2014, 1, 1), (9999, 12, 31)),
        ("until 2042", (0, 0, 0), (2042, 12, 31)),
        ("по 2042 год", (0, 0, 0), (2042, 12, 31)),
        ("by the end of 2014", (0, 0, 0), (2014, 12, 31)),
        ("before the end of 2014", (0, 0, 0), (2014, 12, 31)),
        ("from the year 2001", (2001, 1, 1), (9999, 12, 31)),
        ("2001 onwards", (2001, 1, 1), (9999, 12, 31)),
        ("1990s", (1990, 1, 1), (1999, 12, 31)),
        ("the nineties", (1990, 1, 1), (1999, 12, 31)),
        ("early '90s", (1990, 1, 1), (1993, 12, 31)),
        ("1990-е годы", (1990, 1, 1), (1999, 12, 31)),
        ("20th century", (1901, 1, 1), (2000, 12, 31)),
        ("xx век", (1901, 1, 1), (2000, 12, 31)),
        ("early 2012", (2012, 1, 1), (2012, 4, 30)),
        ("mid-2012", (2012, 5, 1), (2012, 8, 31)),
        ("late 2012", (2012, 9, 1), (2012, 12, 31)),
        ("mid-april 2012", (2012, 4, 11), (2012, 4, 20)),
        ("spring 2012", (2012, 3, 1), (2012, 5, 31)),
        ("winter 2012/13", (2012, 12, 1), (2013, 2, 28)),
        ("q3 2012", (2012, 7, 1), (2012, 9, 30)),
        ("third quarter of 2012", (2012, 7, 1), (2012, 9, 30)),
        ("h1 2012", (2012, 1, 1), (2012, 6, 30)),
        ("circa 2013", (2013, 1, 1), (2013, 12, 31)),
        ("c2013", (2013, 1, 1), (2013, 12, 31)),
        ("ca. 2013", (2013, 1, 1), (2013, 12, 31)),
        ("~2013", (2013, 1, 1), (2013, 12, 31)),
        ("5th of october 2012", (2012, 10, 5), (2012, 10, 5)),
        ("oct. '12", (2012, 10, 1), (2012, 10, 31)),
        ("05oct2012", (2012, 10, 5), (2012, 10, 5)),
        ("friday, 5 oct 2012", (2012, 10, 5), (2012, 10, 5)),
        ("2012/10/05", (2012, 10, 5), (2012, 10, 5)),
        ("2012.10.05", (2012, 10, 5), (2012, 10, 5)),
        ("2012-10-05t12:00:00z", (2012, 10, 5), (2012, 10, 5)),
        ("20121005", (2012, 10, 5), (2012, 10, 5)),
        ("5.x.2012", (2012, 10, 5), (2012, 10, 5)),
        ("5-8 october 2012", (2012, 10, 5), (2012, 10, 8)),
        ("8-5 october 2012", (2012, 10, 5), (2012, 10, 8)),
        ("april to july 2012", (2012, 4, 1), (2012, 7, 31)),
        ("november to may 2012", (2011, 11, 1), (2012, 5, 31)),
        ("nov-q2 2012", (2011, 11, 1), (2012, 6, 30)),
        ("29 feb - may 2011", (2011, 2, 28), (2011, 5, 31)),
        ("2009-13", (2009, 1, 1), (2013, 12, 31)),
        ("с 2001 по 2014 год", (2001, 1, 1), (2014, 12, 31)),
        ("октябре 2012", (2012, 10, 1), (2012, 10, 31)),
        ("5 октября 2012 г.", (2012, 10, 5), (2012, 10, 5)),
        ("мая 2012", (2012, 5, 1), (2012, 5, 31)),
        ("апрели соли 2012", (2012, 4, 1), (2012, 4, 30)),
        ("اکتبر ۲۰۱۲", (2012, 10, 1), (2012, 10, 31)),
        ("5. Oktober 2012", (2012, 10, 5), (2012, 10, 5)),
        ("1er août 2007", (2007, 8, 1), (2007, 8, 1)),
    ],
)
def test_a_date_is_read_in_every_writing(text: str, first_day: tuple, last_day: tuple) -> None:
    (date,) = find_dates(with_ascii_digits(fold(text)))
    assert (date.first, date.last) == (first_day, last_day)


@pytest.mark.parametrize(
    "text",
    [
        "1,600",
        "1h",
        "fiscal",
        "financial 12",
        "$2000",
        "1789",
        "may",
        "201st",
        "4862",
        "2000-3000",
        "2000 dollars",
        "31 feb 2012",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["5 oct", "in april", "in may"])
def test_a_month_of_no_year_is_a_month_of_any(text: str) -> None:
    assert [date.month for date in find_dates(text)] == [{"5 oct": 10, "in april": 4, "in may": 5}[text]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10/5/2012", "5 October 2012 or 10 May 2012"),
        ("5/10/12", "10 May 2012 or 5 October 2012"),
        ("2004-07", "July 2004 or 2004 to 2007"),
        ("25/10/2012", "25 October 2012"),
        ("5/5/2012", "5 May 2012"),
        ("05.10.2012", "5 October 2012"),
        ("10.25.2012", "25 October 2012"),
    ],
)
def test_a_date_that_may_be_read_in_two_ways_has_both_readings(text: str, words: str) -> None:
    (date,) = find_dates(text)
    assert date.words == words
    assert len(date.readings) == 1 + (" or " in words)


@pytest.mark.parametrize("text", ["1998 financial crisis", "independence day 1998", "1998 week", "radios 1998 x"])
def test_a_date_takes_no_word_that_is_not_of_it(text: str) -> None:
    assert [date.text for date in find_dates(text)] == ["1998"]


def test_a_long_row_of_dates_ends_soon() -> None:
    assert len(find_dates("1990 " * 50)) == 50
    assert find_dates("of the " * 60) == []


@examples(150)
@given(st.text(max_size=40) | almost_dates | date_phrases)
@example("nov-2q2")
def test_any_text_has_dates_in_order_that_begin_before_they_end(text: str) -> None:
    plain = with_ascii_signs(fold(text))
    last_end = 0
    for date in find_dates(plain):
        assert last_end <= date.start < date.end <= len(plain)
        assert all(each.first <= each.last for each in date.readings)
        assert date.words
        last_end = date.end


@given(plain_moments, st.integers(1900, 2099), st.sampled_from(("{}", "{} radios", "in {}", "(since) {}")))
def test_a_date_in_english_words_is_read_as_what_it_is(moment: Moment, year: int, around: str) -> None:
    moment = moment._replace(year=year, day=moment.day and min(moment.day, 28))
    (date,) = find_dates(fold(around.format(moment.words)))
    assert (date.first, date.last) in ((moment.first, moment.last), (moment.first, LAST_DAY))
