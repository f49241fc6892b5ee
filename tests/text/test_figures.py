"""Figures of a sentence: one key however they are written, with currency, sign and qualifier."""

import pytest

from tajsec.text.dates import parse
from tajsec.text.figures import (
    CENTURY,
    DECADE,
    FISCAL_YEAR,
    MONTH,
    SCHOOL_YEAR,
    WEEKDAY,
    date_keys,
    described,
    figures,
    nth,
    unit_named,
)
from tajsec.text.forms import fold


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("over $330 million", 330e6, "usd", "over"),
        ("more than US$ 330m", 330e6, "usd", "over"),
        ("330 million dollars", 330e6, "usd", "exact"),
        ("at least 330,000,000 USD", 330e6, "usd", "over"),
        ("€40 million", 40e6, "eur", "exact"),
        ("40m rubles", 40e6, "rub", "exact"),
        ("about 7,000", 7000, "", "about"),
        ("около 5 тысяч", 5000, "", "about"),
        ("свыше $330 млн", 330e6, "usd", "over"),
        ("почти 7 лет", 7, "", "nearly"),
        ("468 million yens", 468e6, "jpy", "exact"),
        ("8 миллионов юаней", 8e6, "cny", "exact"),
        ("about US $ 2.5 million", 2.5e6, "usd", "about"),
        ("approx. 4,600,000 USD", 4.6e6, "usd", "about"),
        ("up to $5", 5, "usd", "up-to"),
        ("до 40 тысяч км", 40_000, "", "up-to"),
        ("до 2042 года", 2042, "", "exact"),
        ("до 5 октября", 5, "", "exact"),
        ("approximately $7 million", 7e6, "usd", "about"),
        ("nearly nine", 9, "", "nearly"),
        ("nearly a year", 1, "", "nearly"),
        ("up to 30 years", 30, "", "up-to"),
        ("no more than 5", 5, "", "up-to"),
        ("40+ trainings", 40, "", "over"),
        ("1,673 devices", 1673, "", "exact"),
        ("4.5 percent", 4.5, "%", "exact"),
        ("4,5 million", 4.5e6, "", "exact"),
        ("-5 %", -5, "%", "exact"),
        ("the 201st division", 201, "", "exact"),
        ("visited twice", 2, "", "exact"),
        ("in October", 10, MONTH, "exact"),
        ("on Monday", 1, WEEKDAY, "exact"),
        ("in the 1990s", 1990, DECADE, "exact"),
        ("in the nineties", 1990, DECADE, "exact"),
        ("in the ’90s", 1990, DECADE, "exact"),
        ("of the 19th century", 19, CENTURY, "exact"),
        ("in FY12", 2012, FISCAL_YEAR, "exact"),
        ("in fiscal year 2012", 2012, FISCAL_YEAR, "exact"),
        ("the school year 2012", 2012, SCHOOL_YEAR, "exact"),
        ("half a dozen", 6, "", "exact"),
        ("two dozen", 24, "", "exact"),
        ("half a million euros", 5e5, "eur", "exact"),
        ("one and a half billion", 1.5e9, "", "exact"),
        ("1½ million", 1.5e6, "", "exact"),
        ("two hundred and one", 201, "", "exact"),
        ("two thousand three hundred and fifty", 2350, "", "exact"),
        ("12'500 radios", 12500, "", "exact"),
        ("12\u202f500 radios", 12500, "", "exact"),
        ("12,50,000 doses", 1.25e6, "", "exact"),
        ("1.250.000 doses", 1.25e6, "", "exact"),
        ("٢٥٠ radios", 250, "", "exact"),
        ("7 млн рублей", 7e6, "rub", "exact"),
        ("C$5 million", 5e6, "cad", "exact"),
        ("two thirds", 66.666667, "%", "exact"),
        ("5 percentage points", 5, "points", "exact"),
        ("the twenty-first session", 21, "", "exact"),
        ("World War II", 2, "", "exact"),
        ("a couple of officers", 2, "", "exact"),
        ("fewer than 300", 300, "", "up-to"),
        ("no fewer than 300", 300, "", "over"),
        ("300 or so", 300, "", "about"),
        ("for over five years", 5, "", "over"),
        ("paid over five years", 5, "", "exact"),
        ("paid over the 5 weeks", 5, "", "exact"),
        ("lasted over 3 months", 3, "", "over"),
        ("is over 5-years", 5, "", "over"),
        ("over 3 boats", 3, "", "over"),
        ("more than the 5 boats", 5, "", "over"),
        ("more than five years", 5, "", "over"),
        ("upwards of 5", 5, "", "over"),
        ("not less than 5", 5, "", "over"),
        ("~5 boats", 5, "", "about"),
        ("≈ 5 boats", 5, "", "about"),
        ("ca. 5 boats", 5, "", "about"),
        ("some 5 boats", 5, "", "about"),
        ("almost 5 boats", 5, "", "nearly"),
        ("just under 5 boats", 5, "", "nearly"),
        ("as many as 5 boats", 5, "", "up-to"),
        ("under 5 boats", 5, "", "up-to"),
        ("under one roof", 1, "", "up-to"),
        ("under a roof", 1, "", "exact"),
        ("a roof", 1, "", "exact"),
        ("about half of the boats", 50, "%", "about"),
        ("nearly two thirds", 66.666667, "%", "nearly"),
        ("over twice the sum", 2, "", "over"),
        ("about the 201st", 201, "", "about"),
        ("over C$5", 5, "cad", "over"),
        ("over US$ 5", 5, "usd", "over"),
        ("about AU$5 million", 5e6, "aud", "about"),
        ("no more than €5", 5, "eur", "up-to"),
        ("over 5 €", 5, "eur", "over"),
        ("20-odd boats", 20, "", "about"),
        ("300 or more boats", 300, "", "over"),
        ("300 plus boats", 300, "", "over"),
        ("300 pluses", 300, "", "exact"),
        ("300 or fewer", 300, "", "up-to"),
        ("about the 1990s", 1990, DECADE, "about"),
        ("in the 3rd century", 3, CENTURY, "exact"),
        ("of the twenty-first century", 21, CENTURY, "exact"),
        ("nineteen-eighties", 1980, DECADE, "exact"),
        ("mid-70s", 1970, DECADE, "exact"),
        ("1980's", 1980, DECADE, "exact"),
        ("fiscal years 2012", 2012, FISCAL_YEAR, "exact"),
        ("financial year ’09", 2009, FISCAL_YEAR, "exact"),
        ("academic years 2012", 2012, SCHOOL_YEAR, "exact"),
        ("last Sept.", 9, MONTH, "exact"),
        ("since Sep", 9, MONTH, "exact"),
        ("until Sunday", 7, WEEKDAY, "exact"),
        ("phase IV", 4, "", "exact"),
        ("was here thrice", 3, "", "exact"),
        ("the fiftieth", 50, "", "exact"),
        ("the hundredth", 100, "", "exact"),
        ("the twenty third", 23, "", "exact"),
        ("three-quarters of it", 75, "%", "exact"),
        ("one fifth of it", 20, "%", "exact"),
        ("the half of 2012", 2012, "", "exact"),
        ("(-5)", -5, "", "exact"),
        ("x-5", 5, "", "exact"),
        ("at −5 degrees", -5, "", "exact"),
        ("usd 5", 5, "usd", "exact"),
        ("£5", 5, "gbp", "exact"),
        ("5 pounds", 5, "", "exact"),
        ("5 pounds sterling", 5, "gbp", "exact"),
        ("5 per cent", 5, "%", "exact"),
        ("5 percentile", 5, "", "exact"),
        ("5 Canadian dollars", 5, "cad", "exact"),
        ("5 U.S. dollars", 5, "usd", "exact"),
        ("5 сомони", 5, "tjs", "exact"),
        ("¥5", 5, "jpy", "exact"),
        ("5 Swiss francs", 5, "chf", "exact"),
    ],
)
def test_a_figure_has_one_key_however_it_is_written(text: str, value: float, unit: str, qualifier: str) -> None:
    found = [(each.value, each.unit, each.qualifier) for each in figures(text)]
    assert found == [(value, unit, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "over the next border",
        "some people",
        "march to the may pole",
        "no figure here",
        "dozens of boats",
        "several dozen",
    ],
)
def test_words_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_a_and_one_claim_no_number() -> None:
    assert [each.is_claim for each in figures("a group and one of them, 1 in all")] == [False, False, True]


def test_the_figures_of_a_date_are_its_year_month_and_day_as_far_as_known() -> None:
    assert date_keys([parse("2012-10-05")]) == {(2012.0, ""), (10.0, MONTH), (5.0, "")}
    assert date_keys([parse("2001/2022"), None]) == {(2001.0, ""), (2022.0, "")}
    assert date_keys([parse("1992/..")]) == {(1992.0, "")}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("5-7 officers", (5, 7)),
        ("five to seven officers", (5, 7)),
        ("between 5 and 7 officers", (5, 7)),
        ("$5-7 million", (5e6, 7e6)),
        ("10 to 15 percent", (10, 15)),
        ("2001–2012", (2001, 2012)),
        ("2 to 300 million", (2e6, 300e6)),
        ("300,000 to 2 million", (300_000, 2e6)),
        ("3 to 2 million", (3, 2e6)),
        ("5 million to 7 million", (5e6, 7e6)),
        ("5% to 7%", (5, 7)),
        ("5%-7%", (5, 7)),
        ("5 – 7 percent", (5, 7)),
        ("5 through 7 percent", (5, 7)),
        ("5 to US$7", (5, 7)),
        ("between $5 and 7 million", (5e6, 7e6)),
        ("five-seven boats", (5, 7)),
        ("May to June", (5, 6)),
        ("1990s to 2000s", (1990, 2000)),
    ],
)
def test_both_ends_of_a_range_know_each_other(text: str, ends: tuple[float, float]) -> None:
    assert [(each.value, each.ends) for each in figures(text)] == [(end, ends) for end in ends]
    assert len({each.unit for each in figures(text)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "5 officers and 7 clerks",
        "rose from 5 to 7 percent",
        "5, 7 and 9",
        "5 and 7",
        "in 2010 to 60 percent",
        "5 to October",
        "the 5th to 7th",
    ],
)
def test_figures_that_stand_side_by_side_are_no_range(text: str) -> None:
    assert {each.ends for each in figures(text)} == {None}


def test_a_date_in_digits_has_its_month_in_words() -> None:
    keys = {(2012.0, ""), (10.0, MONTH), (5.0, "")}
    assert {each.key for each in figures("on 2012-10-05")} == {each.key for each in figures("on 5.10.2012")} == keys


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ((1990.0, DECADE), "the 1990s"),
        ((19.0, CENTURY), "the 19th century"),
        ((22.0, CENTURY), "the 22nd century"),
        ((2012.0, FISCAL_YEAR), "fiscal year 2012"),
        ((1.0, WEEKDAY), "Monday"),
        ((330e6, "usd"), "330,000,000 usd"),
    ],
)
def test_a_figure_is_described_as_people_write_it(key: tuple[float, str], words: str) -> None:
    assert described(key) == words


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Euros", "eur"), ("us-dollars", "usd"), ("US dollar", "usd"), ("%", "%"), ("percent", "%"), ("tenge", "kzt"),
        ("percentage points", "points"), ("radios", ""), ("many euros", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_each_of_its_names(name: str, unit: str) -> None:
    assert unit_named(name) == unit


@pytest.mark.parametrize(
    ("text", "may"),
    [("999", False), ("1000", True), ("2099", True), ("2100", False), ("1999.5", False), ("$1999", False)],
)
def test_a_whole_number_of_a_thousand_to_two_thousand_and_ninety_nine_may_be_a_year(text: str, may: bool) -> None:
    assert [each.may_be_year for each in figures(text)] == [may]


def test_the_currency_of_a_range_is_written_once_for_both_ends() -> None:
    assert [str(each) for each in figures("5 to US$7 million")] == ["5,000,000 usd", "7,000,000 usd"]
    assert [str(each) for each in figures("$5 to 7 million, 9 boats")] == ["5,000,000 usd", "7,000,000 usd", "9"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("In ﬁve boats May 5th came", ["ﬁve", "May", "5"]),
        ("ß May, 2012", ["May", "2012"]),
        ("two thirds of a boat", ["two thirds", "a"]),
        ("US$5 million on 2012-10-05", ["us$5 million", "2012-10-05", "2012-10-05", "2012-10-05"]),
    ],
)
def test_a_figure_knows_where_it_is_written(text: str, written: list[str]) -> None:
    assert [fold(text)[each.start : each.end] for each in figures(text)] == [fold(each) for each in written]


@pytest.mark.parametrize(
    "text", ["9" * 5000 + "th", "9" * 5000, "5 to " * 1000 + "5", "5 to October", "99.99.9999", "1⁄" * 9]
)
def test_any_text_has_figures_that_can_be_described(text: str) -> None:
    assert all(str(each) for each in figures(text) if each.value < 1e300)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (330e6, "usd", "330,000,000 usd"),
        (12.5, "%", "12.5 %"),
        (999, "", "999"),
        (1000, "", "1000"),
        (2012, "", "2012"),
        (2099, "", "2099"),
        (2100, "", "2,100"),
        (2012, "usd", "2,012 usd"),
        (2012.5, "", "2,012.5"),
        (10, MONTH, "October"),
        (1, WEEKDAY, "Monday"),
        (7, WEEKDAY, "Sunday"),
        (1990, DECADE, "the 1990s"),
        (20, CENTURY, "the 20th century"),
        (2012, FISCAL_YEAR, "fiscal year 2012"),
        (2012, SCHOOL_YEAR, "school year 2012"),
    ],
)
def test_a_figure_is_named_as_people_write_it(value: float, unit: str, shown: str) -> None:
    assert described((float(value), unit)) == shown


@pytest.mark.parametrize(
    "shown",
    "0th 1st 2nd 3rd 4th 10th 11th 12th 13th 14th 21st 22nd 100th 101st 110th 111th 112th 113th 121st 1011th".split(),
)
def test_an_ordinal_ends_as_it_is_said(shown: str) -> None:
    assert nth(float(shown[:-2])) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 2012-10-01", {(2012, ""), (10, MONTH), (1, "")}),
        ("on 2012-12-31", {(2012, ""), (12, MONTH), (31, "")}),
        ("on 2012-13-01", set()),
        ("on 01.01.2012", {(2012, ""), (1, MONTH), (1, "")}),
        ("in fiscal year 2012", {(2012, FISCAL_YEAR)}),
        ("in FY39", {(2039, FISCAL_YEAR)}),
        ("in FY40", {(1940, FISCAL_YEAR)}),
        ("in the twenties", {(1920, DECADE)}),
        ("in the nineties", {(1990, DECADE)}),
        ("in the 1990s", {(1990, DECADE)}),
        ("in the 21st century", {(21, CENTURY)}),
        ("a third of it", {(33.333333, "%")}),
        ("two thirds of it", {(66.666667, "%")}),
        ("half of it", {(50, "%")}),
        ("a quarter of it", {(25, "%")}),
    ],
)
def test_a_time_or_a_share_has_its_value_and_unit(text: str, found: set[tuple[float, str]]) -> None:
    assert {(each.value, each.unit) for each in figures(text) if each.unit or found} == found
