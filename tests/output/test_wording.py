"""English for parts of a record."""

import pytest

from tajsec.output import wording

FACT = {
    "statement": "A claim.", "when": "2012", "as_of": None, "status": "completed", "superseded_by": [],
    "differs_from": [], "withdrawn": None, "draft": None, "cites": [], "rank": "normal", "notes": None,
    "quantities": [],
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
        ({"draft": "imported from rows.csv"}, ["completed", "unreviewed"]),
        ({"draft": "imported from rows.csv", "status": "planned"}, ["unreviewed", "planned"]),
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
        ("exact", 3, "weekly", "3 radios a week: radios given"),
        ("exact", 3, "daily", "3 radios a day: radios given"),
        ("exact", 3, "per-item", "3 radios each: radios given"),
    ],
)
def test_a_figure_keeps_its_qualifier_and_period(qualifier: str, value: float, period: str, shown: str) -> None:
    quantity = {"value": value, "unit": "radios", "qualifier": qualifier, "of": "radios given", "period": period}
    assert wording.figure(quantity) == shown


@pytest.mark.parametrize(
    ("qualifier", "value", "unit", "shown"),
    [
        ("exact", 450000, "usd", "$450,000"),
        ("about", 780000, "eur", "about €780,000"),
        ("exact", 1500000, "gbp", "£1.5 million"),
        ("over", 330000000, "usd", "over $330 million"),
        ("exact", 10500000, "usd", "$10.5 million"),
        ("about", 1234567890123, "usd", "about $1,234,567,890,123"),
        ("exact", 2500000000, "usd", "$2,500 million"),
        ("up-to", 30, "years", "up to 30 years"),
        ("nearly", 1, "years", "nearly 1 year"),
        ("exact", 1, "border-facilities", "1 border facility"),
        ("exact", 1673, "night-vision-devices", "1,673 night vision devices"),
        ("over", 160, "km", "over 160 km"),
        ("exact", 1, "km", "1 km"),
    ],
)
def test_an_amount_is_in_words_with_all_its_digits(qualifier: str, value: float, unit: str, shown: str) -> None:
    assert wording.amount({"value": value, "unit": unit, "qualifier": qualifier}) == shown


@pytest.mark.parametrize(
    ("date", "today", "age"),
    [
        ("2012-10-05", "2026-10-05", "14 years ago"),
        ("2012-10-05", "2026-10-04", "13 years ago"),
        ("2012-10", "2026-10-01", "14 years ago"),
        ("2022?", "2026-11-28", "4 years ago"),
        ("2013-03~", "2026-02-28", "12 years ago"),
        ("2011-07/2012", "2026-11-28", "14 years ago"),
        ("../2021-10-04", "2026-11-28", "5 years ago"),
        ("{2015,2017,2019}", "2026-11-28", "7 years ago"),
        ("2024-11-28", "2026-11-28", "2 years ago"),
        ("2024-11-29", "2026-11-28", ""),
        ("2042", "2026-11-28", ""),
        ("1992/..", "2026-11-28", ""),
        ("2012", "", ""),
        (None, "2026-11-28", ""),
    ],
)
def test_a_date_two_years_old_or_older_has_an_age_in_whole_years(date: str | None, today: str, age: str) -> None:
    assert wording.age(date, today) == age


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"status": "ongoing"}, "as of 2013 (date inferred), 13 years ago"),
        ({"status": "planned"}, "as of 2013 (date inferred), 13 years ago"),
        ({"quantities": [{"period": "total"}]}, "as of 2013 (date inferred), 13 years ago"),
        ({"quantities": [{"period": "annual"}]}, "as of 2013 (date inferred)"),
        ({}, "as of 2013 (date inferred)"),
        ({"as_of": None}, ""),
    ],
)
def test_what_may_have_changed_since_has_its_age_beside_its_as_of_date(keys: dict, shown: str) -> None:
    fact = {**FACT, "as_of": "2013?", **keys}
    assert wording.held_when(fact, "2026-11-28") == shown
    assert wording.as_of(fact, "2026-11-28") == ([(shown, "soft")] if shown else [])


@pytest.mark.parametrize(
    ("keys", "happened", "beside"),
    [
        ({}, "2012, 14 years ago", "14 years ago"),
        ({"as_of": "2013"}, "2012", "as of 2013, 13 years ago"),
        ({"quantities": []}, "2012", ""),
    ],
)
def test_a_total_without_an_as_of_date_has_its_age_beside_its_own(keys: dict, happened: str, beside: str) -> None:
    fact = {**FACT, "quantities": [{"period": "total"}], **keys}
    assert wording.happened_when(fact, "2026-11-28") == happened
    assert [text for text, _ in wording.as_of(fact, "2026-11-28")] == ([beside] if beside else [])


@pytest.mark.parametrize(
    ("facts", "dates", "shown"),
    [
        (6, [("2021?", None), ("2020", "2022"), (None, None)],
         "6 facts from 3 documents, the newest of 2021 (date inferred), 5 years ago"),
        (1, [(None, "2025-12")], "1 fact from 1 document, of December 2025"),
        (2, [(None, None)], "2 facts from 1 document"),
    ],
)  # fmt: skip
def test_what_a_store_holds_is_said_with_its_newest_document(facts: int, dates: list, shown: str) -> None:
    assert wording.holdings(facts, len(dates), wording.newest(dates), "2026-11-28") == shown


def test_a_fact_without_a_date_of_its_own_has_its_age_beside_the_moment() -> None:
    fact = {**FACT, "when": None, "as_of": "2013", "status": "ongoing"}
    assert (wording.moment_of(fact), wording.as_of(fact, "2026-11-28")) == ("as of 2013", [("13 years ago", "soft")])
    assert wording.as_of(fact) == []


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2001?/2021-11?", "2001 to November 2021"),
        ("../2021?", "until 2021"),
        ("{2015?,2017}", "2015 and 2017"),
        ("2013%", "about 2013"),
    ],
)
def test_that_a_date_is_inferred_is_said_once_and_never_called_unsure(date: str, words: str) -> None:
    assert wording.date(date) == f"{words} (date inferred)"
    assert wording.date(date, wording.STAR) == f"{words}*"


@pytest.mark.parametrize(
    ("prefer", "advice"),
    [("mine", "cite this one, not other"), ("other", "cite other, not this one"), (None, "the other: other")],
)
@pytest.mark.parametrize("side", ["to", "from"])
def test_what_differs_is_a_sentence_with_the_reason_and_which_to_cite(
    side: str, prefer: str | None, advice: str
) -> None:
    relations = [
        {side: "other", "kind": "rounds", "note": "Seven, not six.", "prefer": prefer},
        {side: "third", "kind": "see-also", "note": "More.", "prefer": None},
    ]
    fact = {"id": "mine", "relations": [], "related": [], "relations" if side == "to" else "related": relations}
    assert wording.differing(fact) == [f"Differs: Seven, not six. ({advice})"]


def test_quoted_words_with_an_error_have_its_correction() -> None:
    erratum = {"passage": 1, "says": "eight", "right": "nine.", "evidence": "a letter"}
    assert wording.quoted({"quote": "eight radios", "erratum": erratum}) == "“eight radios” [sic; nine (a letter)]"
    assert wording.quoted({"quote": "nine radios", "erratum": None}) == "“nine radios”"
