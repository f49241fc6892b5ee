"""Numbers in a query are read with their bounds, ranges and currencies, and named as a person would."""

import pytest

from tajsec.search.typed_numbers import find_typed_numbers
from tajsec.text.forms import fold, with_ascii_digits

INF = float("inf")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("6-7 thousand troops", 6000, 7000),
        ("6,000-7,000 troops", 6000, 7000),
        ("5,000 to 8,000", 5000, 8000),
        ("$10-11 million", 10e6, 11e6),
        ("between $10 and $20 million", 10e6, 20e6),
        ("six to seven thousand", 6000, 7000),
        ("от 6 до 7 тысяч", 6000, 7000),
        ("at least 12", 12, INF),
        ("4800+", 4800, INF),
        ("4,800 or more", 4800, INF),
        ("more than 50 million dollars", 50e6, INF),
        ("более 60 млн долларов", 60e6, INF),
        ("بیش از ۷ هزار", 7000, INF),
        ("under $2 million", -INF, 2e6),
        ("no more than 12", -INF, 12),
        ("> 4000", 4000, INF),
        ("circa 7000", 7000, 7000),
        ("~7000", 7000, 7000),
        ("half a million", 500_000, 500_000),
        ("a quarter of a million", 250_000, 250_000),
        ("1 1/2 million", 1.5e6, 1.5e6),
        ("eleven point four million", 11.4e6, 11.4e6),
        ("полтора миллиона", 1.5e6, 1.5e6),
        ("7 ҳазор", 7000, 7000),
        ("5e6", 5e6, 5e6),
        ("1.000.000", 1e6, 1e6),
        ("2 crore", 2e7, 2e7),
    ],
)
def test_a_number_is_read_as_a_range_of_values(text: str, least: float, most: float) -> None:
    (number,) = find_typed_numbers(with_ascii_digits(fold(text)))
    assert (number.least, number.most) == (least, most)


@pytest.mark.parametrize("text", ["one", "one radio", "201st", "an hour", "several dozen", "half of the troops"])
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert find_typed_numbers(text) == []


@pytest.mark.parametrize("text", ["20-10", "10 and 20 million", "3 boats, 4 trucks"])
def test_two_numbers_that_are_no_range_stay_two(text: str) -> None:
    assert len(find_typed_numbers(text)) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5000000", "5 million"),
        ("€5 million", "5 million"),
        ("1234567", "1,234,567"),
        ("12.345678", "12.345678"),
        ("4.862", "4.862 or 4,862"),
        ("6-7 thousand", "6,000 to 7,000"),
        ("over $330 million", "over 330 million"),
        ("1e15", "1,000,000,000,000,000"),
    ],
)
def test_a_number_is_named_as_a_person_would(text: str, words: str) -> None:
    assert find_typed_numbers(text)[0].words == words


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "admitted"),
    [
        ("over 50", 50, "exact", False),
        ("over 50", 50, "over", True),
        ("over 50", 51, "exact", True),
        ("under 50", 50, "", False),
        ("under 50", 50, "nearly", True),
        ("at least 50", 50, "exact", True),
        ("up to 50", 50, "exact", True),
        ("50", 50, "over", True),
        ("40-50", 45, "", True),
        ("40-50", 51, "", False),
    ],
)
def test_a_bound_leaves_its_own_number_out_unless_the_fact_has_the_bound_too(
    text: str, value: float, qualifier: str, admitted: bool
) -> None:
    (number,) = find_typed_numbers(text)
    assert number.admits(value, qualifier) is admitted


@pytest.mark.parametrize(
    ("text", "currency"), [("€5", "eur"), ("5 рублей", "rub"), ("$5", "usd"), ("5 долларов", "usd")]
)
def test_the_currency_of_a_sum_is_read(text: str, currency: str) -> None:
    assert find_typed_numbers(fold(text))[0].currency == currency
