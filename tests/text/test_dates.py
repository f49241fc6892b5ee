"""Dates: read, printed back, ordered, and never made more precise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajsec.text.dates import Edtf, Moment, parse

days = st.dates().map(lambda day: Moment(year=day.year, month=day.month, day=day.day))
moments = st.builds(
    lambda day, parts, approximate, uncertain: Moment(
        year=day.year,
        month=day.month if parts > 1 else None,
        day=day.day if parts > 2 else None,
        approximate=approximate,
        uncertain=uncertain,
    ),
    days,
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
)


@st.composite
def edtf(draw: st.DrawFn) -> Edtf:
    start, end = sorted((draw(moments), draw(moments)), key=lambda moment: (moment.first, moment.last))
    return draw(
        st.sampled_from(
            [
                Edtf(start=start, end=start),
                Edtf(start=start, end=end, is_span=True),
                Edtf(start=start, end=None, is_span=True),
                Edtf(start=None, end=end, is_span=True),
                *([Edtf(start=start, end=end, is_span=True, members=(start, end))] if start.last < end.first else []),
            ]
        )
    )


@given(edtf())
def test_a_date_prints_back_as_it_was_read(date: Edtf) -> None:
    assert parse(str(date)) == date


@given(edtf())
def test_a_date_begins_before_it_ends(date: Edtf) -> None:
    assert date.first <= date.last


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
