"""Words as they are searched: what is one word in query and fact."""

import pytest

from tajsec.text.words import stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stabilisation", "stabilization"),
        ("centre", "centers"),
        ("programmes", "program"),
        ("defence", "defenses"),
        ("labour", "labor"),
        ("neighbourhood", "neighborhoods"),
        ("trainings", "trained"),
        ("Tajikistan’s", "Tajikistan"),
        ("mine-clearing", "mine clearing"),
    ],
)
def test_forms_and_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("acronym", "word"), [("CIS", "ci"), ("US", "u"), ("SPS", "sp"), ("ANSF", "ansfs")])
def test_an_acronym_is_no_plural(acronym: str, word: str) -> None:
    assert stems(acronym) != [word]
