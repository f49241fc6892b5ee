"""Clauses that deny a fact."""

import pytest

from tajsec.check.denial import denies
from tajsec.model.records import Cite, Fact
from tajsec.text.dates import parse


def fact(statement: str, quote: str = "gave seven radios to the observatory") -> Fact:
    return Fact(
        id="seven",
        statement=statement,
        actors=("us",),
        topics=("gear",),
        when=parse("2019"),
        status="completed",
        cites=(Cite(source="paper", passage=1, quote=quote),),
        content_hash="0",
    )


GAVE = fact("The United States gave seven radios to the Border Observatory in 2019.")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("The United States did not give any radios to the Border Observatory.", True),
        ("No radios were given to the Border Observatory.", True),
        ("The United States refused to give radios to the Border Observatory.", True),
        ("The Border Observatory was kept out of the gift of radios.", True),
        ("The United States gave no date for the radios.", False),
        ("The embassy does not say which radios it gave.", False),
        ("Not only radios went to the Border Observatory.", False),
        ("No fewer than seven radios went to the Border Observatory.", False),
        ("The United States gave seven radios to the Border Observatory.", False),
        ("", False),
    ],
)
def test_a_denial_is_of_what_the_fact_says(clause: str, expected: bool) -> None:
    assert denies(clause, GAVE) is expected


def test_a_fact_that_denies_the_same_is_not_denied() -> None:
    said = fact("The United States did not give radios to the Border Observatory.", "did not give any radios to it")
    assert not denies("The United States gave no radios to the Border Observatory.", said)
