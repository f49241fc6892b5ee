"""What is proposed of the lines of a document: titles, datelines, bylines, captions, and what they say."""

import pytest

from tajsec.documents.proposals import propose
from tajsec.documents.read import text_document

ROLES = {"h": "heading", "f": "furniture", "p": "caption", "c": "claim"}


@pytest.mark.parametrize(
    ("roles", "text"),
    [
        ("hfc", "Ferries resume\nLake Port, 14 October 2021\nThe ferries run again."),
        ("hffc", "Ferries resume\nBy Lake Desk | 14 October 2021\nUpdated: 2021-10-15\nThe ferries run again."),
        ("hfc", "A title of the day\nPublished 3 March 2020\nA claim."),
        ("fhc", "3 March 2020\nOffice report\nThe office flew 212 missions."),
        (
            "hphc",
            "Ferries\nFigure 2: a ferry\nWhat It Cost the Port and the Two Towns in All\nIt cost 2 million.",
        ),
        ("hfff", "Ferries and their masters\nShare\n0:00 0:03\nEditing by East Desk"),
        ("cc", "The ferries run again.\nOn 14 October 2021 they carried 4,200 passengers."),
        ("hcf", "Ferries of the lake\nThe ferries of the lake run again.\nFerries of the lake"),
        (
            "hfcffh",
            "On the gate\nDear Director,\nDear roads are no good roads.\nWith kind regards\nYours sincerely,\nL. Desk",
        ),
        ("hfc", "Новый пост\n15 мая 2018\nПост работает."),
    ],
)
def test_each_line_has_a_role(roles: str, text: str) -> None:
    assert propose(text_document(text, "a.txt")).roles == tuple(ROLES[role] for role in roles)


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("Lake Port, 14 October 2021", "2021-10-14"), ("October 14, 2021", "2021-10-14"), ("14.10.2021", "2021-10-14"),
        ("Published: 2021-10-14", "2021-10-14"), ("March 2020", "2020-03"), ("Date: 1st May 2019", "2019-05-01"),
        ("15 мая 2018", "2018-05-15"), ("26 ноября, 2021 17:03", "2021-11-26"),
        ("31 February 2021", "None"), ("Tuesday, 02/06/2024", "2024"), ("Updated: 12-Dec-2005", "None"),
        ("28 дек 2021, 10:12", "2021-12-28"), ("Ferries of 14 October 2021 were late.", "None"),
        ("Lake Port, 5 May 2020 - The ferries run again since Monday, says the master of the port of the town, who has "
         "the list of the passengers of both of the ferries at hand.", "2020-05-05"),
    ],
)  # fmt: skip
def test_a_dateline_dates_the_document(line: str, issued: str) -> None:
    proposals = propose(text_document(f"A title of a text\n{line}\nA claim is made.", "a.txt"))
    assert str(proposals.issued) == issued


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Lake Desk", ("Lake Desk",)), ("By Lake Desk, 14 October 2021", ("Lake Desk",)),
        ("Author: L. Desk", ("L. Desk",)), ("By then it was late.", ()), ("By law", ()),
    ],
)  # fmt: skip
def test_a_byline_names_the_author(line: str, author: tuple[str, ...]) -> None:
    assert propose(text_document(f"A title of a text\n{line}\nA claim is made.", "a.txt")).author == author


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Publication: Lake Monitor Volume: 5 Issue: 77", "furniture"), ("Staff Report", "furniture"),
        ("Security and ferries $6.9 million", "claim"), ("Duration: 36 months", "claim"), ("Top 10 ferries", "heading"),
    ],
)  # fmt: skip
def test_a_short_line_is_a_credit_a_sum_or_a_heading(line: str, role: str) -> None:
    assert (
        propose(text_document(f"A title of a text\nA claim is made here.\n{line}\nMore is said.", "a.txt")).roles[2]
        == role
    )
