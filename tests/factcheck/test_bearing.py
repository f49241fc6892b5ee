"""How much of a sentence is about a fact, and whether it is about somebody else."""

import pytest

from tajsec.factcheck.claims import Claims
from tajsec.factcheck.comparing import Comparer
from tajsec.model.mentions import Names
from tajsec.model.protocol import SearchableStore

RADIOS = "radios-delivered"


@pytest.fixture(scope="module")
def comparer(store: SearchableStore) -> Comparer:
    return Comparer(store)


def claims(store: SearchableStore, text: str) -> Claims:
    kinds = ("actor", "place", "person")
    return Claims(text, Names(term for kind in kinds for term in store.vocabulary.of(kind).values()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States delivered radios to Tajikistan.", False),
        ("Russia delivered radios to Tajikistan.", True),
        ("China delivered radios to Tajikistan.", True),
        ("The OSCE delivered radios to Tajikistan.", True),
        ("Japan's army delivered radios to Tajikistan.", True),
        ("The United States delivered radios to Kyrgyzstan.", True),
        ("The United States, like Russia, delivered radios to Tajikistan.", False),
        ("Radios were delivered to Dushanbe.", False),
    ],
)
def test_a_sentence_is_of_others_if_it_names_them_and_not_a_party_of_the_fact(
    comparer: Comparer, store: SearchableStore, text: str, expected: bool
) -> None:
    sentence, known = claims(store, text), comparer.read(store.number(RADIOS))
    assert comparer.bearing.is_of_others(sentence, known, sentence) is expected


def test_one_of_many_actors_must_be_named_by_the_statement(comparer: Comparer, store: SearchableStore) -> None:
    known = comparer.read(store.number("rc17-200-personnel-2017"))
    sentences = [claims(store, f"{name} hosted the exercise in 2017.") for name in ("Kazakhstan", "Tajikistan")]
    assert [comparer.bearing.is_of_others(each, known, each) for each in sentences] == [True, False]


def test_a_name_that_nothing_here_has_is_a_stranger(comparer: Comparer, store: SearchableStore) -> None:
    texts = ("It gave money to XYZZY.", "It gave money to Tajikistan.", "It gave radios to the Mission.")
    assert [comparer.bearing.names_a_stranger(claims(store, each)) for each in texts] == [True, False, False]


def test_a_word_of_other_facts_weighs_no_more_than_an_unknown_one_beside_a_fact_without_it(
    comparer: Comparer, store: SearchableStore
) -> None:
    known = comparer.read(store.number(RADIOS))
    other, unknown = (claims(store, f"Radios and {word}.") for word in ("laboratories", "xyzzyx"))
    assert "laboratori" not in known.stems
    assert comparer.bearing.weight("laboratori") > comparer.bearing.weight("xyzzyx")
    assert comparer.bearing.coverage(other, known) == comparer.bearing.coverage(unknown, known)


def test_rare_words_weigh_more_and_a_clause_counts_alone(comparer: Comparer, store: SearchableStore) -> None:
    known, weigh = comparer.read(store.number(RADIOS)), comparer.bearing.weight
    assert weigh("radio") > weigh("secur") > 0
    near, far = (claims(store, f"The U.S. delivered {what} to Tajikistan.") for what in ("radios", "geese"))
    assert comparer.bearing.coverage(near, known) > comparer.bearing.coverage(far, known)
    long = claims(store, "While geese and ducks flew over lakes and fields, the U.S. delivered radios to Tajikistan.")
    _, part = comparer.bearing.parts(long)[-1]
    assert part.text.strip() == "the U.S. delivered radios to Tajikistan."
    assert comparer.bearing.strength(long, part, known) > comparer.bearing.coverage(long, known)
    assert comparer.bearing.coverage(claims(store, ""), known) == 0
