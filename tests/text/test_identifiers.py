"""Which texts are a DOI, an ISBN or a URN, and the address of a DOI."""

import re

import pytest

from tajsec.text.identifiers import LICENCE, MAX_IDENTIFIER, doi_address, is_doi, is_isbn, is_urn
from tajsec.text.urls import is_web_address

# fmt: off
DOIS = {
    "10.1000/182": True, "10.1000.10/123456": True, "10.5555/a_b.c-d;e(f):g/h": True, "10.5555/12#34%56?": True,
    "10.1002/(SICI)1099-0461(1998)12:4<201::AID-JBT1>3.0.CO;2-K": True, "10.1234/" + "a" * (MAX_IDENTIFIER - 8): True,
    "": False, "10.1000/": False, "10.1/x": False, "doi:10.1000/182": False, "https://doi.org/10.1000/182": False,
    "10.1000/a b": False, "10.1000/182\n": False, "10.1000/caf\u00e9": False, "10.1000/{x}": False, '10.1000/"x': False,
    "10.1000/x\\y": False, "10.1000/'x": False, "1\u0660.1000/182": False, "10.1234/" + "a" * MAX_IDENTIFIER: False,
    "javascript:alert(1)": False,
}
ISBNS = {
    "978-3-16-148410-0": True, "9783161484100": True, "979-8-6024-0545-3": True, "0-306-40615-2": True,
    "0306406152": True, "080442957X": True, "0-8044-2957-X": True,
    "": False, "978-3-16-148410-1": False, "9783161484101": False, "0-306-40615-3": False, "0804429570": False,
    "080442957x": False, "0X04429570": False, "978316148410X": False, "123-3-16-148410-0": False,
    "978 3161484100": False, "978--3161484100": False, "-9783161484100": False, "9783161484100-": False,
    "9783161484100\n": False, "\u0660306406152": False, "978316148410": False, "97831614841000": False,
    "9" * 10_000: False, "X" * 10: False,
}
URNS = {
    "urn:isbn:9783161484100": True, "urn:ietf:rfc:2648": True, "urn:example:std:bridge:1": True,
    "urn:nbn:de:101:1-201102033592": True, "urn:example:a/b?+c?=d#e": True,
    "": False, "urn:": False, "urn:a:b": False, "urn:ab:": False, "urn:-a:b": False, "urn:ab-:c": False,
    "URN:ab:c": False, "uuid:ab:c": False, "urn:ab:c d": False, "urn:ab:c\n": False,
    "urn:ab:<c>": False, "urn:ab:{c}": False,
    "urn:ab:\u0441": False, "urn:ab:" + "c" * MAX_IDENTIFIER: False, "javascript:alert(1)": False,
}
# fmt: on


@pytest.mark.parametrize(("text", "expected"), DOIS.items())
def test_a_doi_begins_with_its_prefix_and_needs_no_escape(text: str, expected: bool) -> None:
    assert is_doi(text) is expected


@pytest.mark.parametrize(("text", "expected"), ISBNS.items())
def test_the_last_digit_of_an_isbn_checks_the_others(text: str, expected: bool) -> None:
    assert is_isbn(text) is expected


@pytest.mark.parametrize(("text", "expected"), URNS.items())
def test_a_urn_has_a_namespace_and_a_name(text: str, expected: bool) -> None:
    assert is_urn(text) is expected


@pytest.mark.parametrize("doi", [doi for doi, expected in DOIS.items() if expected])
def test_the_address_of_every_doi_may_be_opened(doi: str) -> None:
    assert is_web_address(doi_address(doi))


def test_what_has_a_meaning_in_an_address_is_encoded() -> None:
    assert doi_address("10.5555/a<b>#c?d%e[f]/g") == "https://doi.org/10.5555/a%3Cb%3E%23c%3Fd%25e%5Bf%5D/g"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC-BY-4.0", True),
        ("CC0-1.0", True),
        ("0BSD", True),
        ("etalab-2.0", True),
        ("copyleft-next-0.3.1", True),
        ("LicenseRef-desk", True),
        ("MIT OR CC0-1.0", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("free", False),
        ("free-to-use", False),
        ("none of yours", False),
        ("CC BY 4.0", False),
        ("MIT or CC0-1.0", False),
        ("MIT OR", False),
        ("", False),
        ("-", False),
        ("a" + "-1" * 50_000 + " ", False),
    ],
    ids=lambda value: str(value)[:24],
)
def test_the_form_of_a_licence(text: str, expected: bool) -> None:
    assert bool(re.fullmatch(LICENCE, text)) is expected
