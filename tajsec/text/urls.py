"""Web addresses: which are safe to open, and links to given words on a page."""

import re
from urllib.parse import quote, urlsplit

MAX_URL = 2048
"""Characters: longer addresses are cut by some browsers and desktop openers."""

_URL_TEXT = re.compile(r"https?://[!#-&(-\[\]-~]+")

_HOST = re.compile(r"[A-Za-z0-9.-]+")


def is_web_address(text: str) -> bool:
    """True if a text is an http or https address that is safe to open.

    Its host is ASCII, and it contains no user name, control character, space, quote or backslash.
    """
    if len(text) > MAX_URL or not _URL_TEXT.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return "@" not in parts.netloc and bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return False


def encoded(address: str, characters: str) -> str:
    """Return an address with these ASCII characters percent-encoded: those that would end it in an output format."""
    return address.translate({ord(char): f"%{ord(char):02X}" for char in characters})


def at_words(address: str, words: str) -> str:
    """Return a link to the first occurrence of `words` on the page of an address.

    It has a text directive (URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/): browsers
    that know it scroll to the words and highlight them, others open the page.
    """
    directive = f":~:text={quote(words, safe='').replace('-', '%2D')}"
    return f"{address}{directive}" if "#" in address else f"{address}#{directive}"
