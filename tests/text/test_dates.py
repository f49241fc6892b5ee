"""Dates: read, printed back, ordered, and never made more precise."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import almost_dates, days, edtf, plain_moments

from tajsec.text import date_words
from tajsec.text.dates import Edtf, Moment, parse


@given(edtf())
def test_a_date_prints_back_as_it_was_read(date: Edtf) -> None:
    assert parse(str(date)) == date


@given(edtf())
def test_a_date_begins_before_it_ends(date: Edtf) -> None:
    assert date.first <= date.last


@given(st.text(max_size=20) | almost_dates)
@example("2012-10-05\n")
def test_any_text_is_a_date_that_prints_as_it_was_written_or_says_why_not(text: str) -> None:
    try:
        date = parse(text)
    except ValueError as error:
        assert str(error)
    else:
        assert str(date) == text
        assert date.words


@given(edtf(), edtf(), edtf())
def test_dates_have_one_order(one: Edtf, other: Edtf, third: Edtf) -> None:
    first, second, last = sorted((one, other, third), key=lambda date: date.order)
    assert first.order <= second.order <= last.order
    assert (one.order < other.order) + (other.order < one.order) + (one.order == other.order) == 1


@given(plain_moments)
def test_a_year_has_its_months_in_it_and_a_month_its_days(moment: Moment) -> None:
    wider = moment._replace(month=moment.month if moment.day else None, day=None)
    assert wider.first <= moment.first <= moment.last <= wider.last


@given(edtf())
def test_every_moment_of_a_date_is_in_it(date: Edtf) -> None:
    assert all(date.first <= each.first <= each.last and each.first <= date.last for each in date.moments)
    assert date.without_doubt.is_uncertain is False
    assert (date.without_doubt.first, date.without_doubt.last) == (date.first, date.last)


@given(st.lists(days, min_size=2))
def test_days_sort_as_the_calendar_does(found: list[Moment]) -> None:
    dates = sorted((Edtf(start=day, end=day) for day in found), key=lambda date: date.order)
    assert [date.first for date in dates] == sorted(day.first for day in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012-10-05", "5 October 2012"),
        ("2012-10", "October 2012"),
        ("2012", "2012"),
        ("2013-03~", "about March 2013"),
        ("2022?", "2022 (unsure)"),
        ("2022%", "about 2022 (unsure)"),
        ("1992/..", "since 1992"),
        ("../2021-10-04", "until 4 October 2021"),
        ("2011-07/2012", "July 2011 to 2012"),
        ("{2015,2017}", "2015 and 2017"),
        ("{2015-03,2017~,2019-01-02}", "March 2015, about 2017 and 2 January 2019"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_known(text: str, words: str) -> None:
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012-10-05", "as of 5 October 2012"),
        ("2011-07/2012", "as of July 2011 to 2012"),
        ("../2021-10-04", "as of 4 October 2021 or before"),
        ("2012?/..", "as of 2012 (unsure) and after"),
    ],
)
def test_when_something_was_true_is_said_in_words(text: str, words: str) -> None:
    assert parse(text).as_of == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 October 2012", "not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/.."),
        ("", "not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/.."),
        ("٢٠١٢", "not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/.."),
        ("2012-13", "there is no month 13"),
        ("2012-00", "there is no month 00"),
        ("2011-02-29", "2011-02 has no day 29"),
        ("2012-10-00", "2012-10 has no day 00"),
        ("2012-04-31", "2012-04 has no day 31"),
        ("2012-12-32", "2012-12 has no day 32"),
        ("0000", "there is no year 0000"),
        ("../..", "a span open at both ends says nothing"),
        ("2013/2012", "the span ends before it starts"),
        ("{2015}", "a set has two dates or more"),
        ("{2017,2015}", "the dates of a set are in order, and none is part of another"),
        ("{2015,2015-03}", "the dates of a set are in order, and none is part of another"),
        ("{2015,2016/2017}", "not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/.."),
    ],
)
def test_what_is_no_date_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^") as caught:
        parse(text)
    assert str(caught.value) == message


def test_a_year_comes_before_its_months_and_an_open_span_after_them() -> None:
    texts = ["2012/..", "2012-10-05", "2012", "2012-01-01", "2011"]
    assert sorted(texts, key=lambda text: parse(text).order) == ["2011", "2012-01-01", "2012", "2012/..", "2012-10-05"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", (2012, 1, 1), (2012, 12, 31)),
        ("2012-02", (2012, 2, 1), (2012, 2, 29)),
        ("2012-12-31", (2012, 12, 31), (2012, 12, 31)),
        ("0001-01-01", (1, 1, 1), (1, 1, 1)),
        ("2012/2013-05", (2012, 1, 1), (2013, 5, 31)),
        ("2012/..", (2012, 1, 1), (9999, 12, 31)),
        ("../2012", (0, 0, 0), (2012, 12, 31)),
        ("{2012,2015-03,2019}", (2012, 1, 1), (2019, 12, 31)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: tuple, last: tuple) -> None:
    assert (parse(text).first, parse(text).last) == (first, last)


def test_dates_of_a_set_may_follow_each_other_at_once() -> None:
    assert parse("{2012-10-05,2012-10-06}").moments == (Moment(2012, 10, 5), Moment(2012, 10, 6))


def test_marks_of_doubt_are_taken_off_each_date_of_a_set() -> None:
    assert str(parse("{2012?,2015~,2017%}").without_doubt) == "{2012,2015~,2017~}"
    assert str(parse("2012?/2015%").without_doubt) == "2012/2015~"


def test_each_word_of_a_date_has_its_class_and_value() -> None:
    words = dict(date_words._entries())
    assert words == date_words.WORDS
    assert {each: words[each] for each in ("january", "января", "xii", "xiiie", "sun")} == {
        "january": ("M", 1), "января": ("M", 1), "xii": ("R", 12), "xiiie": ("R", 13), "sun": ("W", 0),
    }  # fmt: skip
