"""English for parts of a record."""

import pytest

from tajsec.output import wording

FACT = {
    "statement": "A claim.", "when": "2012", "as_of": None, "status": "completed", "superseded_by": [],
    "differs_from": [], "withdrawn": None, "cites": [], "rank": "normal", "notes": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "bounds"),
    [
        ({}, ["completed"]),
        ({"as_of": "2013-02"}, ["as of February 2013", "completed"]),
        ({"when": None, "as_of": "2013"}, ["completed"]),
        ({"status": "planned", "differs_from": ["a", "b"]}, ["planned", "differs (2)"]),
        ({"superseded_by": ["a"], "differs_from": ["a"]}, ["completed", "superseded by a"]),
        ({"rank": "deprecated", "notes": "It is eight."}, ["completed", "known to be wrong: It is eight"]),
        ({"withdrawn": "It was wrong."}, ["completed", "withdrawn: It was wrong."]),
    ],
)
def test_what_bounds_a_claim_is_said_besides_its_date(keys: dict, bounds: list[str]) -> None:
    fact = {**FACT, **keys}
    assert [text for text, _ in wording.bounds(fact)] == bounds
    assert wording.whole(fact) == f"A claim. ({', '.join([wording.moment_of(fact), *bounds])}.) ."


@pytest.mark.parametrize(
    ("qualifier", "value", "period", "shown"),
    [
        ("exact", 4862, "total", "4,862 radios: radios given"),
        ("over", 4800, "total", "over 4,800 radios: radios given"),
        ("about", 1.5, "annual", "about 1.5 radios a year: radios given"),
        ("exact", 3, "monthly", "3 radios a month: radios given"),
        ("exact", 3, "daily", "3 radios a day: radios given"),
        ("exact", 3, "per-item", "3 radios each: radios given"),
    ],
)
def test_a_figure_keeps_its_qualifier_and_period(qualifier: str, value: float, period: str, shown: str) -> None:
    quantity = {"value": value, "unit": "radios", "qualifier": qualifier, "of": "radios given", "period": period}
    assert wording.figure(quantity) == shown


def test_quoted_words_with_an_error_have_its_correction() -> None:
    erratum = {"passage": 1, "says": "eight", "right": "nine.", "evidence": "a letter"}
    assert wording.quoted({"quote": "eight radios", "erratum": erratum}) == "“eight radios” [sic; nine (a letter)]"
    assert wording.quoted({"quote": "nine radios", "erratum": None}) == "“nine radios”"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1992/2022?", "2022?/2024?", "1992 to 2024 (unsure)"),
        ("1993/2014", "../2042", "1993 to 2042"),
        ("1992", "2015/..", "since 1992"),
        ("../2011", "2012-10", "2011 to October 2012"),
        ("2019", "2019", "2019"),
        (None, None, ""),
    ],
)
def test_the_span_of_a_topic_is_from_its_first_start_to_its_last_end(
    first: str | None, last: str | None, words: str
) -> None:
    assert wording.span({"first": first, "last": last}) == words
