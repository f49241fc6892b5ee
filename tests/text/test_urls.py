"""Web addresses: which ones are opened, and the address of a page at the quoted words."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.text.urls import at_words, is_web_address

Run = Callable[..., Reply]


@pytest.mark.parametrize("text", ["https://example.org/a?b=c#d", "http://example.org", "https://example.org:8080/"])
def test_http_and_https_addresses_may_be_opened(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd", "javascript:alert(1)", "--flag", "https://user@example.org/", "https://exämple.org/",
        "https://example.org/\x1b[0m", "https://example.org/a b", 'https://example.org/"', "https://example.org/\\",
        "https:///path", "ftp://example.org/", "https://example.org:0/", "https://example.org:99999/", "https://[::1",
        "https://example.org/" + "a" * 2048,
    ],
)  # fmt: skip
def test_any_other_address_may_not(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize(
    ("address", "words", "expected"),
    [
        ("https://e.org/", "over 7 radios", "https://e.org/#:~:text=over%207%20radios"),
        ("https://e.org/#top", "a b", "https://e.org/#top:~:text=a%20b"),
        ("https://e.org/", "short and long-range, & more", "https://e.org/#:~:text=short%20and%20long%2Drange%2C%20%26%20more"),
    ],
)  # fmt: skip
def test_the_words_are_a_text_directive_with_its_own_marks_escaped(address: str, words: str, expected: str) -> None:
    assert at_words(address, words) == expected


def test_every_shipped_quote_can_be_opened_and_reads_back(store: Store) -> None:
    for fact in store.facts():
        for cite in fact.cites:
            address = at_words(store.source(cite.source).url, cite.quote)
            assert is_web_address(address)
            assert unquote(address.partition(":~:text=")[2]) == cite.quote


def test_open_prints_the_address_at_the_words(run: Run, store: Store) -> None:
    cite = store.fact("radios-delivered").cites[0]
    expected = at_words(store.source(cite.source).url, cite.quote)
    assert run("open", "radios-delivered", "--print").text == f"{expected}\n"


def test_open_hands_the_address_to_the_browser_and_prints_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tajsec.commands.open.open_address", lambda address: opened.append(address) or True)
    reply = run("open", "radios-delivered")
    assert (reply.text, reply.status) == ("", 0)
    assert opened == [run("open", "radios-delivered", "--print").text.strip()]


def test_without_a_browser_the_address_is_printed_whole(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.commands.open.open_address", lambda _address: False)
    reply = run("open", "radios-delivered")
    assert (reply.status, reply.text) == (2, run("open", "radios-delivered", "--print").text)
    assert reply.stderr == "tajsec: error: no browser could be started; open this address\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("radios-delivered --receipt 9", "--receipt 9: radios-delivered has 2; name one of these"),
        ("radios-delivered --archived", "us-embassy-2021 has no archived copy on record; leave --archived out"),
        ("no-such-fact-here", "unknown fact 'no-such-fact-here'; `tajsec list` lists them"),
    ],
)
def test_what_cannot_be_opened_is_one_line(run: Run, args: str, message: str) -> None:
    reply = run("open", *args.split())
    assert (reply.status, reply.stderr) == (2, f"tajsec: error: {message}\n")
