"""Identifiers: DOI, ISBN, URN and SPDX; which are well formed, and the address at which a DOI is looked up."""

import re
from urllib.parse import quote

MAX_IDENTIFIER = 256
"""Characters: of the DOIs that are registered nearly all have under 100; a longer text is not an identifier."""

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!#-&(-\[\]-z|~]+")
"""A DOI (ISO 26324) of printable ASCII, without the characters that would end it in a document: " ' \\ { }."""

_URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[A-Za-z0-9%._~!$&()*+,;=:@-][!#-&(-;=?-Z_a-z~]*")
"""A URN (RFC 8141), without apostrophes."""


_LICENCE_ID = r"(?:[A-Z0-9][A-Za-z0-9.+-]*|[a-z][A-Za-z0-9.+-]*-[0-9][0-9.]*)"
LICENCE = rf"{_LICENCE_ID}(?: (?:AND|OR|WITH) {_LICENCE_ID})*"
"""A licence as SPDX writes it: CC-BY-4.0, etalab-2.0, LicenseRef-..., or several: MIT OR CC0-1.0.

That is the form of the ids, which are not looked up. One in lower case ends with a version, as those for texts and data
do: a word such as "free" is no licence.
"""


def is_doi(text: str) -> bool:
    """True if a text is a DOI without anything before it, such as 10.1000/182."""
    return len(text) <= MAX_IDENTIFIER and bool(_DOI.fullmatch(text))


def is_isbn(text: str) -> bool:
    """True if a text is an ISBN of 10 or 13 digits, with or without hyphens, whose last digit checks the others.

    The check digits are those of ISO 2108: modulo 11 for 10 digits, modulo 10 for 13.
    """
    if not re.fullmatch(r"[0-9]+(?:-[0-9]+)*(?:-?X)?", text):
        return False
    digits = [10 if digit == "X" else int(digit) for digit in text.replace("-", "")]
    if len(digits) == 10:
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    is_book_number = len(digits) == 13 and text.replace("-", "").startswith(("978", "979")) and digits[-1] != 10
    return is_book_number and sum(digits[::2]) % 10 == -3 * sum(digits[1::2]) % 10


def is_urn(text: str) -> bool:
    """True if a text is a URN, such as urn:iso:std:iso:8601:-2:ed-1."""
    return len(text) <= MAX_IDENTIFIER and bool(_URN.fullmatch(text))


def doi_address(doi: str) -> str:
    """Return the web address at which a DOI is looked up, with what has a meaning in addresses percent-encoded."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-,~!$&*+=@')}"
