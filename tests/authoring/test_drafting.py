"""Proposals for a new fact."""

import pytest

from tajsec.authoring.drafting import MAX_READ, dates, is_acronym, named, quantities, quantity, quotes, typed
from tajsec.check.quotes import flaw
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.errors import UsageError
from tajsec.model.vocabulary import Term, Vocabulary

PASSAGE = (
    "In 2024 the counters recorded, on a normal working day, some 312 lorries a day at the Karamyk gate, which is 15 "
    "percent more than in the year before, and repairs of three bridges cost about €1.2 million from January to March."
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read(folders_of([])).vocabulary


@pytest.mark.parametrize(
    ("statement", "proposed"),
    [
        ("About 312 lorries a day passed the Karamyk gate.", ["some 312 lorries a day"]),
        ("In 2024 about 312 lorries a day passed.", ["some 312 lorries a day", "In 2024 the counters"]),
        ("About 312 lorries passed the Karamyk gate.", ["some 312 lorries"]),
        ("Three bridges cost about €1.2 million.", ["three bridges cost about €1.2 million"]),
    ],
)
def test_quotes_hold_the_figures_and_words_of_a_statement(statement: str, proposed: list[str]) -> None:
    assert quotes(statement, PASSAGE) == proposed


@pytest.mark.parametrize("passage", [PASSAGE, "One claim.", "Seven radios were given.", "x" * 50_000, "5 " * 60])
def test_a_proposed_quote_is_one_that_the_check_finds(passage: str) -> None:
    for quote in quotes("Some 312 lorries and 5 or 7 radios in 2024.", passage):
        assert flaw(quote, passage[:MAX_READ]) is None
        assert len(quote) >= 12
        assert len(quote.split()) < min(13, len(passage.split()))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("since 2001", ["2001/.."]), ("until 4 October 2021", ["../2021-10-04"]), ("5 May 2012", ["2012-05-05"]),
        ("May 2012", ["2012-05"]), ("2015-2019", ["2015/2019"]), ("January to March 2024", ["2024-01/2024-03"]),
        ("2024; May 2023", ["2024", "2023-05"]), ("1 January 2020", ["2020-01-01"]), ("in May", []),
        ("In May 2021 the gate opened", ["2021-05"]), ("by May, 2021", ["../2021-05"]), ("in mars 2021", ["2021-03"]),
        ("between May and October 2024", ["2024-05/2024-10"]), ("May to July 2024", ["2024-05/2024-07"]),
        ("May-October 2024", ["2024-05/2024-10"]), ("it may open in 2024", ["2024"]),
        ("it may be June 2024", ["2024-06"]),
        ("from 3 May 2012 to 6 June 2013", ["2012-05-03/2013-06-06"]), ("no date", []),
    ],
)  # fmt: skip
def test_dates_become_edtf_as_precise_as_they_are(text: str, edtf: list[str]) -> None:
    assert dates(text) == edtf


def test_figures_of_a_statement_are_quantities_and_dates_are_none(vocabulary: Vocabulary) -> None:
    found = quantities("In 2024 over 40 vehicles and 312 lorries a day cost €1.2 million, up 15 percent.", vocabulary)
    assert list(map(typed, found.tables)) == [
        "40 vehicles over: vehicles", "312 lorries daily: lorries", "1200000 eur: euros", "15 percent: per cent",
    ]  # fmt: skip
    assert found.new_units == {"lorries": "lorries"}


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "of", "period"),
    [
        ("1.2 million eur about: repairs", 1_200_000, "eur", "about", "repairs", "total"),
        ("312 vehicles daily: crossings", 312, "vehicles", "exact", "crossings", "daily"),
        ("1,240 vehicles weekly", 1240, "vehicles", "exact", "vehicles", "weekly"),
        ("$5m over", 5_000_000, "usd", "over", "US dollars", "total"),
        ("30%: of all", 30, "percent", "exact", "of all", "total"),
        ("7 yurts", 7, "yurts", "exact", "yurts", "total"),
    ],
)
def test_a_typed_quantity_is_read(
    vocabulary: Vocabulary, text: str, value: float, unit: str, qualifier: str, of: str, period: str
) -> None:
    (table,) = quantity(text, vocabulary).tables
    assert table == {"value": value, "unit": unit, "qualifier": qualifier, "of": of, "period": period}


@pytest.mark.parametrize(
    ("text", "what"),
    [("many", "needs one number"), ("5 or 6 vehicles", "needs one number"), ("5 vehicels", "did you mean vehicles"),
     ("5", "write what is counted")],
)  # fmt: skip
def test_a_quantity_without_number_or_unit_is_refused(vocabulary: Vocabulary, text: str, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        quantity(text, vocabulary)


def test_names_come_from_the_statement_before_the_passage() -> None:
    terms = [Term(kind="actor", id=name.lower(), name=name) for name in ("Alpha", "Beta")]
    assert named("actor", ("Beta met nobody.", "Alpha met Beta."), Vocabulary(terms)) == ["beta"]
    assert named("actor", ("Nobody met.", "Alpha met Beta."), Vocabulary(terms)) == ["alpha", "beta"]


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("eu", "European Union", True), ("bo", "Observatory of Borders", False), ("ob", "Observatory of Borders", True),
        ("oob", "Observatory of Borders", True), ("b", "Border", False), ("border", "Border Observatory", False),
        ("eu", "", False),
    ],
)  # fmt: skip
def test_an_acronym_has_the_first_letters_of_a_name(text: str, name: str, is_one: bool) -> None:
    assert is_acronym(text, name) is is_one
