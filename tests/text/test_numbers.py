"""Numbers in a text are read in every writing."""

import pytest

from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers


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
