"""Names of the vocabulary in running texts."""

import pytest

from tajsec.model.mentions import Mention, Names
from tajsec.model.vocabulary import Term

TERMS = [
    Term(kind="actor", id="us", name="United States", aliases=("US", "U.S.", "Americans", "the States")),
    Term(kind="actor", id="us-dod", name="United States Department of Defense"),
    Term(kind="actor", id="border-observatory", name="Border Observatory", aliases=("observers",)),
    Term(kind="place", id="northport", name="Northport"),
    Term(kind="actor", id="northport-office", name="Northport"),
    Term(kind="person", id="rose", name="Rose"),
    Term(kind="place", id="сарҳад", name="Сарҳад", aliases=("مرز",)),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States paid.", [("United States", "us")]),
        ("the UNITED STATES", [("UNITED STATES", "us")]),
        ("The United States Department of Defence paid.", [("United States Department of Defence", "us-dod")]),
        ("They told us so.", []),
        ("the state and the states", []),
        ("Back in the States", [("the States", "us")]),
        ("Paid by the US and the U.S.", [("US", "us"), ("U.S", "us")]),
        ("The American's radios", []),
        ("US-funded", [("US", "us")]),
        (
            "Observers of the border observatories",
            [("Observers", "border-observatory"), ("border observatories", "border-observatory")],
        ),
        ("Northport's quay", [("Northport", "northport"), ("Northport", "northport-office")]),
        ("Northports", []),
        ("Prices rose.", []),
        ("Rose spoke.", [("Rose", "rose")]),
        ("дар сархад ва Сархад, مرز", [("Сархад", "сарҳад"), ("مرز", "сарҳад")]),
        ("", []),
        ("— … 🙂", []),
    ],
)  # fmt: skip
def test_the_longest_name_is_found_where_it_is_written_as_a_word(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[each.start : each.end], each.id) for each in Names(TERMS).mentions(text)] == expected


def test_positions_are_those_of_the_text_as_it_is_written() -> None:
    text = "ﬁrst ＵＳ, then Сарҳад"
    assert Names(TERMS).mentions(text)[-1] == Mention(14, 20, "place", "сарҳад")


def test_without_terms_nothing_is_mentioned() -> None:
    assert Names([]).mentions("The United States paid.") == []
