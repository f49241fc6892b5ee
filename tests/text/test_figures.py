"""Figures of a sentence: one key however they are written, with currency, sign and qualifier."""

import pytest

from tajsec.text.dates import parse
from tajsec.text.figures import MONTH, date_keys, figures


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
    ],
)
def test_a_figure_has_one_key_however_it_is_written(text: str, value: float, unit: str, qualifier: str) -> None:
    found = [(each.value, each.unit, each.qualifier) for each in figures(text)]
    assert found == [(value, unit, qualifier)]


@pytest.mark.parametrize("text", ["over the next border", "some people", "march to the may pole", "no figure here"])
def test_words_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_a_and_one_claim_no_number() -> None:
    assert [each.is_claim for each in figures("a group and one of them, 1 in all")] == [False, False, True]


def test_the_figures_of_a_date_are_its_year_month_and_day_as_far_as_known() -> None:
    assert date_keys([parse("2012-10-05")]) == {(2012.0, ""), (10.0, MONTH), (5.0, "")}
    assert date_keys([parse("2001/2022"), None]) == {(2001.0, ""), (2022.0, "")}
    assert date_keys([parse("1992/..")]) == {(1992.0, "")}
