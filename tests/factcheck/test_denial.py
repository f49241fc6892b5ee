"""Clauses that deny a fact."""

import pytest

from tajsec.factcheck.claims import Claims
from tajsec.factcheck.denial import affirmed, denies, negates, negates_at, negates_plainly
from tajsec.factcheck.known import KnownFact, known_fact, synonyms
from tajsec.model.mentions import Names
from tajsec.model.records import Cite, Fact
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.text.dates import parse
from tajsec.text.words import stems

TERMS = Vocabulary(
    (
        Term(kind="actor", id="us", name="United States", aliases=("U.S.",)),
        Term(kind="person", id="doe", name="Ann Doe"),
        Term(kind="term", id="gave", name="gave", aliases=("handed", "let it have")),
    )
)
NAMES = Names([*TERMS.of("actor").values(), *TERMS.of("person").values()])


def fact(statement: str, quote: str = "gave seven radios to the observatory", **more: object) -> KnownFact:
    values: dict[str, object] = {"status": "completed", **more}
    read = Fact(
        id="seven",
        statement=statement,
        actors=("us",),
        topics=("gear",),
        when=parse("2019"),
        cites=(Cite(source="paper", passage=1, quote=quote),),
        content_hash="0",
        **values,
    )
    return known_fact(read, " ".join(stems(f"{statement} {quote}")), TERMS, NAMES, synonyms(TERMS))


GAVE = fact("The United States gave seven radios to the Border Observatory in 2019.")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("The United States did not give any radios to the Border Observatory.", True),
        ("No radios were given to the Border Observatory.", True),
        ("The United States refused to give radios to the Border Observatory.", True),
        ("The Border Observatory was kept out of the radios that were given.", True),
        ("The United States never handed any radios to the Border Observatory.", True),
        ("The United States ruled out radios for the Border Observatory.", True),
        ("The gift of radios to the Border Observatory was called off.", True),
        ("The United States has yet to give the Border Observatory radios.", True),
        ("Radios played no part in what the United States gave to the Border Observatory.", True),
        ("By no means did the United States give radios to the Border Observatory.", True),
        ("The United States never sold the radios of the Border Observatory.", False),
        ("The United States did not fail to give radios to the Border Observatory.", False),
        ("The United States could not have given the Border Observatory more radios.", False),
        ("The United States did not give many radios to the Border Observatory.", False),
        ("The United States never gave more radios than to the Border Observatory.", False),
        ("Not all radios of the Border Observatory were given.", False),
        ("The United States did not give the radios before 2019.", False),
        ("Before 2019 the United States had not given it radios.", False),
        ("Without a licence the Border Observatory got seven radios.", False),
        ("The United States no longer gives radios to the Border Observatory.", False),
        ("Radios must not be given to others.", False),
        ("The United States gave no date for the radios.", False),
        ("The embassy does not say which radios it gave.", False),
        ("Not only radios went to the Border Observatory.", False),
        ("No fewer than seven radios went to the Border Observatory.", False),
        ("The United States gave seven radios to the Border Observatory.", False),
        ("", False),
    ],
)
def test_a_denial_is_of_what_the_fact_says(clause: str, expected: bool) -> None:
    assert denies(Claims(clause, NAMES), GAVE) is expected


def test_a_fact_that_denies_the_same_is_not_denied() -> None:
    said = fact("The United States did not give radios to the Border Observatory.", "did not give any radios to it")
    assert not denies(Claims("The United States gave no radios to the Border Observatory.", NAMES), said)


def test_what_is_yet_to_be_denies_no_plan_and_what_ended_only_what_goes_on() -> None:
    yet, ended = (Claims(f"The U.S. {words} radios.", NAMES) for words in ("has yet to give", "no longer gives"))
    statuses = ("planned", "ongoing", "completed")
    known = [fact("The United States is to give radios.", "to give radios", status=status) for status in statuses]
    assert [denies(yet, each) for each in known] == [False, True, True]
    assert [denies(ended, each) for each in known] == [False, True, False]


@pytest.mark.parametrize(
    ("clause", "status", "expected"),
    [
        ("The United States has no radios.", "ongoing", True),
        ("The United States has no radios.", "completed", False),
        ("The United States has no radios.", "stated", False),
        ("The United States had no radios.", "completed", True),
        ("No U.S. soldiers were at the Border Observatory.", "completed", False),
    ],
)
def test_who_has_none_now_may_have_had_some_and_a_name_is_no_thing(clause: str, status: str, expected: bool) -> None:
    said = fact("The United States had seven radios at the Border Observatory.", "had seven radios", status=status)
    assert denies(Claims(clause, NAMES), said) is expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Ann Doe had nothing to say about radios.", True),
        ("Ann Doe said nothing on radios.", True),
        ("Critics say that radios are not important.", False),
        ("Ann Doe did not say which radios.", False),
    ],
)
def test_what_somebody_said_is_denied_only_of_this_person(clause: str, expected: bool) -> None:
    said = fact("Ann Doe said that radios are important.", "radios are important", status="stated", people=("doe",))
    assert denies(Claims(clause, NAMES), said) is expected


def test_what_is_only_told_by_somebody_is_denied_by_anybody() -> None:
    told = fact("The United States gave radios, Ann Doe said.", "gave radios", people=("doe",))
    assert denies(Claims("The U.S. never gave radios.", NAMES), told)


def test_a_negation_is_found_and_taken_away() -> None:
    assert negates("It did not come.")
    assert not negates("It came.")
    assert negates_plainly("It did not come in 2016.")
    assert negates_plainly("It has had no radios since 2016.")
    assert not negates_plainly("It did not come until 2016.")
    text = "It came in 2017, but not in 2018."
    assert [negates_at(text, text.index(year)) for year in ("2017", "2018")] == [False, True]
    assert affirmed("the u.s. ruled out radios").split() == ["the", "u.s.", "radios"]
