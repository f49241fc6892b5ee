"""Statements that nearly say the same."""

import itertools
import random

import pytest

from tajsec.check.twins import LEAST_COMMON, twins
from tajsec.text.words import STOP_WORDS, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Excavators were among the road equipment that the army received from Washington in 2001.",
         "Graders were among the road equipment that the army received from Washington in 2001."),
        ("Tajikistan hosted the Regional Cooperation exercise with U.S. troops in 2015.",
         "In 2017 Tajikistan hosted the Regional Cooperation exercises with U.S. troops."),
        ("The army organised defence courses.", "Defense courses were organized by the army."),
    ],
)  # fmt: skip
def test_statements_that_differ_in_a_word_or_a_year_or_in_their_order_are_twins(one: str, other: str) -> None:
    assert [pair[:2] for pair in twins([one, "The Allies signed a transit agreement.", other])] == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In 2015 the army had about 7,000 troops.", "In 2016 the army had about 6,000 troops."),
        ("New patrol boats worth $2 million were delivered to Tajik border guards in 2015.",
         "New patrol boats worth $3 million were delivered to Tajik border guards in 2015."),
        ("Putin visited Dushanbe in October 2012.", "The ministers signed the agreement in Dushanbe in October 2012."),
    ],
)  # fmt: skip
def test_a_series_of_counts_and_two_claims_on_one_event_are_no_twins(one: str, other: str) -> None:
    assert list(twins([one, other])) == []


def test_a_count_that_only_one_of_two_statements_has_does_not_make_them_two_claims() -> None:
    assert len(list(twins(["The army got new grey jeeps.", "The army got 38 new grey jeeps."]))) == 1


def test_a_statement_is_named_once_with_the_earlier_one_that_is_most_like_it() -> None:
    texts = [
        "Army radios came by mountain road from Khorog to Dushanbe.",
        "Army radios came by mountain road from Kulob to Dushanbe.",
        "Radios came by mountain road from Kulob to the Dushanbe army.",
    ]
    assert [pair[:2] for pair in twins(texts)] == [(0, 1), (1, 2)]


def test_the_search_for_pairs_misses_none_of_those_that_a_comparison_of_all_finds() -> None:
    draw = random.Random(7)  # noqa: S311
    words = [f"w{letter}{n}" for letter in "abcdefgh" for n in range(2)]
    texts = [" ".join(draw.sample(words, draw.randint(5, 9))) for _ in range(400)]
    sets = [set(stems(text)) - STOP_WORDS for text in texts]
    expected = {
        later
        for earlier, later in itertools.combinations(range(len(texts)), 2)
        if len(sets[earlier] & sets[later]) / len(sets[earlier] | sets[later]) >= LEAST_COMMON
    }
    assert len(expected) > 20
    assert {later for _, later, _ in twins(texts)} == expected
