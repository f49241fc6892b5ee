"""Addresses as links of a terminal."""

import pytest

from tajsec.text.links import linked


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a, or not", "https://example.org/a"),
        ("(https://example.org/a).", "https://example.org/a"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("\x1b[2mhttps://example.org/a\x1b[0m", "https://example.org/a"),
    ],
)
def test_a_link_shows_what_it_opens_and_takes_nothing_of_the_sentence(text: str, address: str) -> None:
    assert linked(text) == text.replace(address, f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\")


@pytest.mark.parametrize(
    "text", ["https://user@example.org/", "ftp://example.org", "https://exämple.org", "no address"]
)
def test_what_may_not_be_opened_is_no_link(text: str) -> None:
    assert linked(text) == text
