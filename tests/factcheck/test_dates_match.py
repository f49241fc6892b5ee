"""Dates of a draft beside those of a fact."""

import pytest

from tajsec.factcheck.claims import date_claims
from tajsec.factcheck.dates_match import fits, includes, is_within
from tajsec.factcheck.known import KnownDate
from tajsec.text.dates import FIRST_DAY, LAST_DAY

DAY = KnownDate((2012, 10, 5), (2012, 10, 5), is_span=False)
YEAR = KnownDate((2012, 1, 1), (2012, 12, 31), is_span=False)
SPAN = KnownDate((2001, 1, 1), (2021, 11, 30), is_span=True)
SINCE = KnownDate((1996, 1, 1), LAST_DAY, is_span=True)
UNTIL = KnownDate(FIRST_DAY, (2042, 12, 31), is_span=True)
AS_OF = KnownDate((2021, 11, 19), (2021, 11, 19), is_span=False, is_as_of=True)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("on 5 october 2012", DAY, True), ("in october 2012", DAY, True), ("in 2012", DAY, True),
        ("on 6 october 2012", DAY, False), ("in 2013", DAY, False), ("by 2013", DAY, True), ("by 2011", DAY, False),
        ("in october 2012", YEAR, True), ("since 2012", YEAR, True), ("since 2010", YEAR, False),
        ("between 2001 and 2021", SPAN, True), ("between 2001 and 2024", SPAN, False), ("in 2021", SPAN, True),
        ("in 2015", SPAN, False), ("since 2001", SPAN, True), ("since 1992", SPAN, False), ("by 2022", SPAN, True),
        ("since 1996", SINCE, True), ("since 1999", SINCE, False), ("in 2010", SINCE, False),
        ("until 2042", UNTIL, True), ("until 2045", UNTIL, False),
        ("since 2010", AS_OF, True), ("since 2022", AS_OF, False), ("after 2001", SPAN, True),
        ("in 2011 or 2012", DAY, False), ("05/10/2012", DAY, True),
    ],
)  # fmt: skip
def test_a_date_fits_if_it_says_or_includes_the_time(text: str, known: KnownDate, expected: bool) -> None:
    (claim,) = date_claims(text)
    assert fits(claim, known) is expected


def test_a_part_and_a_longer_time_are_told_apart() -> None:
    (part,), (longer,) = date_claims("in 2015"), date_claims("from 1992 to 2022")
    assert (is_within(part, SPAN), includes(part, SPAN)) == (True, False)
    assert (is_within(longer, SPAN), includes(longer, SPAN)) == (False, True)
