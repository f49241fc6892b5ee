"""Numbers in a text are read in every writing."""

import pytest

from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers, in_words, is_measure, may_be_year


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
    ("text", "found"),
    [
        ("one and a half million", [1.5e6]),
        ("two and a quarter million", [2.25e6]),
        ("2 and a half boats", [2.5]),
        ("2 and a boat", [2]),
        ("eleven point four million", [11.4e6]),
        ("eleven point four five", [11.45]),
        ("eleven point zero nine of them", [11.09]),
        ("three point ten", [3, 10]),
        ("three point boats", [3]),
        ("point five", [5]),
        ("three quarters of a million", [750000]),
        ("three quarters", [3]),
        ("half a million", [500000]),
        ("half of a million", [500000]),
        ("half an hour", []),
        ("a half million", [500000]),
        ("a quarter of a million", [250000]),
        ("a quarter of a year", []),
        ("quarter million", [250000]),
        ("a million", [1e6]),
        ("a boat", []),
        ("a", []),
        ("million", []),
        ("a dozen", [12]),
        ("dozen", [12]),
        ("two dozen", [24]),
        ("several dozen", []),
        ("few dozen, many dozen", []),
        ("two hundred and one", [201]),
        ("two hundred one", [201]),
        ("two hundred and", [200]),
        ("two hundred, one", [200, 1]),
        ("two hundred zero", [200, 0]),
        ("two hundred and a dozen", [200, 12]),
        ("one hundred and one hundred", [100, 100]),
        ("five dozen and six", [60, 6]),
        ("one thousand and five", [1005]),
        ("two hundred fifty thousand", [250_000]),
        ("two hundred and fifty thousand", [250_000]),
        ("2 hundred and five thousand", [205_000]),
        ("a hundred and fifty million", [150e6]),
        ("two hundred and fifty", [250]),
        ("two hundred and fifty dozen", [200, 600]),
        ("two hundred and fifty hundred", [200, 5000]),
        ("two hundred and two hundred thousand", [200, 200_000]),
        ("a hundred boats and fifty thousand", [100, 50_000]),
        ("one hundred twenty-three thousand four hundred fifty-six", [123_456]),
        ("one million two hundred fifty thousand", [1.25e6]),
        ("five hundred thousand and five hundred", [500_500]),
        ("5 thousand and five", [5000, 5]),
        ("5 million million", [5e12]),
        ("twenty five six", [25, 6]),
        ("twenty-five and twenty-one", [25, 21]),
        ("twenty and five", [25]),
        ("twenty, five", [20, 5]),
        ("twenty twelve", [20, 12]),
        ("ten one", [10, 1]),
        ("five and twenty", [5, 20]),
        ("twenty zero", [20, 0]),
        ("12 500 radios", [12_500]),
        ("12 500 750 radios", [12_500_750]),
        ("12 5000 radios", [12, 5000]),
        ("1,234.5", [1234.5]),
        ("1,234,567.25", [1_234_567.25]),
        ("4,5", [4.5]),
        ("4,50", [4.5]),
        ("4,5000", [45_000]),
        ("1.000", [1]),
        ("1.000.000", [1e6]),
        ("12'500", [12_500]),
        ("1,50,000", [150_000]),
        ("1½ boats", [1.5]),
        ("½ million", [500_000]),
        ("1/2 million", [500_000]),
        ("1 1/2 million", [1.5e6]),
        ("3/4 of it", [3, 4]),
        ("1.5e+6", [1.5e6]),
        ("1e6", [1e6]),
        ("1e999", []),
        ("5k, 5m, 5km and 5kmh", [5000, 5e6, 5]),
        ("2 lakh and 3 crore", [200_000, 30e6]),
        ("сад радио", []),
        ("сад радио панҷ", [5]),
        ("сад ҳазор", [100_000]),
        ("сию панҷ", [35]),
        ("си ва панҷ", [35]),
        ("си", []),
        ("полтора миллиона", [1.5e6]),
        ("полмиллиона", [500_000]),
        ("пять с половиной", [5.5]),
        ("двести пятьдесят тысяч", [250_000]),
        ("بیست و پنج", [25]),
        ("ده هزار", [10_000]),
        ("نه", []),
        ("سه و نیم میلیون", [3.5e6]),
        ("2 Millionen und 3 Milliarden", [2e6, 3e9]),
    ],
)
def test_a_number_in_words_or_with_marks_has_its_value(text: str, found: list[float]) -> None:
    assert [number.value for number in find_numbers(fold(text))] == found


@pytest.mark.parametrize(
    ("text", "value", "money", "scale", "written"),
    [
        ("got 5 boats", 5, False, 1, "5"),
        ("got five million boats", 5e6, False, 1e6, "five million"),
        ("got $5 million in May", 5e6, True, 1e6, "$5 million"),
        ("got $ 5 million", 5e6, True, 1e6, "$ 5 million"),
        ("got US$5", 5, True, 1, "us$5"),
        ("got dollars 5", 5, True, 1, "dollars 5"),
        ("got dollars: five", 5, False, 1, "five"),
        ("got five dollars", 5, True, 1, "five dollars"),
        ("got 5 hundred thousand usd", 500_000, True, 100_000, "5 hundred thousand usd"),
        ("for a quarter of a million", 250_000, False, 1e6, "a quarter of a million"),
        ("two hundred fifty thousand five hundred dollars", 250_500, True, 1000,
         "two hundred fifty thousand five hundred dollars"),
    ],
)  # fmt: skip
def test_a_number_is_money_or_not_has_a_scale_and_is_somewhere(
    text: str, value: float, money: bool, scale: float, written: str
) -> None:
    (number,) = find_numbers(fold(text))
    assert (number.value, number.money, number.scale) == (value, money, scale)
    assert fold(text)[number.start : number.end] == written


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
    ("word", "counted"),
    [("million", True), ("$", True), ("usd", True), ("%", True), ("km", True), ("boats", False), ("a", False)],
)
def test_a_measure_is_counted_by_the_number_before_it(word: str, counted: bool) -> None:
    assert is_measure(word) is counted


@pytest.mark.parametrize(
    ("value", "may"), [(1899, False), (1900, True), (2099, True), (2100, False), (2012.5, False)]
)  # fmt: skip
def test_a_number_that_may_be_a_year(value: float, may: bool) -> None:
    assert may_be_year(value) is may
