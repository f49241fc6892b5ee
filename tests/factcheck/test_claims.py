"""The claims of a sentence."""

import pytest

from tajsec.factcheck.claims import Claims
from tajsec.model.mentions import Names
from tajsec.model.vocabulary import Term

NAMES = Names(
    [
        Term(kind="actor", id="us", name="United States", aliases=("U.S.",)),
        Term(kind="actor", id="division", name="201st Division"),
    ]
)


def claims(text: str) -> Claims:
    return Claims(text, NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 4,862 short- and long-range radios in 2012.", [("4,862", 4862, "over", "")]),
        ("$1.5 million for the 201st Division", [("$1.5 million", 1_500_000, "exact", "")]),
        ("roughly a decade's work", [("a", 10, "about", "years")]),
        ("a third of a billion dollars", [("a third of a billion dollars", 333_333_000, "exact", "")]),
        ("a third of the radios", [("a third", 33.333333, "exact", "")]),
        ("It handed over 21 machines.", [("21", 21, "exact", "")]),
        ("It gave over 21 machines for over 2 years.", [("21", 21, "exact", ""), ("2", 2, "over", "years")]),
        ("nearly a year; a radio", [("a", 1, "nearly", "years")]),
        ("On 5 October 2012, in the 1990s and FY 2012", []),
        ("An S-300 battalion and Ababil-2 drones", []),
        ("الف ۴۸۶۲ radios", [("۴۸۶۲", 4862, "exact", "")]),
        ("ﬁve İstanbul ½ 7 radios", [("ﬁve", 5, "exact", ""), ("½", 0.5, "exact", ""), ("7", 7, "exact", "")]),
    ],
)
def test_figures_are_counts_sums_and_shares(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = [
        (text[each.start : each.end], each.context.figure.value, each.context.figure.qualifier, each.context.measure)
        for each in claims(text).figures
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 5 October 2012 it began.", [("5 October 2012", (2012, 10, 5), (2012, 10, 5), "in")]),
        ("Between 2001 and 2021", [("2001 and 2021", (2001, 1, 1), (2021, 12, 31), "in")]),
        ("In 2015, 2017 and 2019", [("2015",), ("2017",), ("2019",)]),
        ("since 1992", [("since 1992", (1992, 1, 1), (9999, 12, 31), "since")]),
        ("until 2042", [("until 2042", (0, 0, 0), (2042, 12, 31), "until")]),
        ("by 2021", [("by 2021", (0, 0, 0), (2021, 12, 31), "by")]),
        ("It was not until 2010 that", [("until 2010", (2010, 1, 1), (2010, 12, 31), "in")]),
        ("as of 2021", [("2021", (2021, 1, 1), (2021, 12, 31), "in")]),
        ("2,012 radios in May", []),
    ],
)
def test_dates_have_a_year_and_a_bound(text: str, expected: list[tuple]) -> None:
    found = [(text[each.start : each.end], *each.spans[0], each.bound) for each in claims(text).dates]
    assert [each[: len(wanted)] for each, wanted in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("text", "relatives", "rest"),
    [
        (
            "The fund, which had 1,200 radios, never came.",
            ["The fund, which had 1,200 radios"],
            "The fund, never came.",
        ),
        ("Unlike the fund, it came.", [], "it came."),
        ("It came, unlike the fund.", [], "It came ."),
        ("It, unlike the fund, came.", [], "It  came."),
        ("It came; it is unlike the fund.", [], "It came; it is unlike the fund."),
    ],
)
def test_relative_clauses_and_contrasts_are_set_apart(text: str, relatives: list[str], rest: str) -> None:
    assert [each.text for _, each in claims(text).relatives] == relatives
    assert claims(text).without_contrast.text.strip() == rest


@pytest.mark.parametrize(
    ("text", "is_part", "is_count"),
    [
        ("three of them children", True, True),
        ("three children", False, True),
        ("68 people", False, True),
        ("the third child", False, False),
        ("the two armies", False, False),
    ],
)
def test_a_number_may_be_of_a_part_or_count_nothing(text: str, is_part: bool, is_count: bool) -> None:
    (found,) = claims(text).figures
    assert (found.is_part, found.is_count) == (is_part, is_count)


def test_figures_are_left_out_in_words_too() -> None:
    assert claims("About two and a half million radios, 7 of them new").without_figures.split() == [
        *("About", "radios,", "of", "them", "new")
    ]


def test_the_date_of_another_event_is_told_apart() -> None:
    text = "Since independence in 1991 it had radios from 2012."
    assert [each.is_of_event for each in claims(text).dates] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The OSCE and Xyzzyland met the Minister in Berlin in October.", ["OSCE", "Xyzzyland", "Berlin"]),
        ("Berlin met the U.S. today.", ["Berlin"]),
        ("Xyzzyland met.", []),
        ("They Met The Minister.", []),
        ("The World Bank gave the Border Fund of the East a loan.", ["World Bank", "Border Fund East"]),
    ],
)
def test_names_that_the_vocabulary_lacks_are_found(text: str, expected: list[str]) -> None:
    assert claims(text).unknown_names == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China delivered radios.", ["China"]),
        ("Turkey’s minister came.", ["Turkey"]),
        ("Radios built by China and paid for by the U.S.", ["China"]),
        ("A gift from the Turkey of today", ["Turkey"]),
        ("Today's radios", []),
        ("It delivered radios by May.", []),
        ("Radios delivered in 2012", []),
        ("U.S. had radios", []),
    ],
)
def test_a_word_may_be_a_name_as_the_subject_owner_or_agent(text: str, expected: list[str]) -> None:
    assert claims(text).agents == expected
