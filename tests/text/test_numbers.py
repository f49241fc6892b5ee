"""Numbers in a text are read in every writing."""

import pytest

from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers, in_words, may_be_year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4862", [4862]),
        ("4,862", [4862]),
        ("4 862 radios", [4862]),
        ("$40 million", [40e6]),
        ("40m usd", [40e6]),
        ("US$450,000", [450000]),
        ("$2,400,000", [2.4e6]),
        ("3.4 mln usd", [3.4e6]),
        ("3,5 mln", [3.5e6]),
        ("seven thousand", [7000]),
        ("twenty-seven", [27]),
        ("fifteen crossings", [15]),
        ("13 and nine", [13, 9]),
        ("5⁄0", []),
        ("9" * 400 + " radios", []),
        ("201st division", []),
        ("C2 and J8", []),
        ("Раҳмон", []),
    ],
)
def test_a_number_is_read_in_every_writing(text: str, found: list[float]) -> None:
    assert [number.value for number in find_numbers(fold(text))] == found


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5e6, "5 million"), (11.4e6, "11.4 million"), (1e6, "1 million"), (999_999, "999,999"), (1e9, "1 billion"),
        (999.9e6, "999.9 million"), (1.25e6, "1,250,000"), (1e12, "1,000,000,000,000"), (999.9e9, "999.9 billion"),
        (4862, "4,862"), (12.345678, "12.345678"), (0, "0"), (0.5, "0.5"), (100, "100"),
    ],
)  # fmt: skip
def test_a_number_is_written_with_all_its_digits(value: float, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("value", "may"), [(1899, False), (1900, True), (2099, True), (2100, False), (2012.5, False)]
)  # fmt: skip
def test_a_number_that_may_be_a_year(value: float, may: bool) -> None:
    assert may_be_year(value) is may
