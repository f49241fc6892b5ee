"""Web addresses in a text as links of a terminal (OSC 8).

The escape sequence is that of https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda.
"""

import re

from tajsec.text.urls import is_web_address

_WORD = re.compile(r"https?://[^\s\x1b]+")

_CLOSING = ".,;:!?)]}>\"'”’»…"
"""Characters behind an address that belong to the sentence around it."""


def linked(text: str) -> str:
    """Return a text whose addresses are links of a terminal (OSC 8); what the text shows stays the same."""
    return _WORD.sub(lambda found: _as_link(found[0]), text)


def _as_link(text: str) -> str:
    address = text.rstrip(_CLOSING)
    if text[len(address) :].startswith(")") and "(" in address:
        address += ")"  # as in https://en.wikipedia.org/wiki/Kulob_(city)
    rest = text[len(address) :]
    return f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\{rest}" if is_web_address(address) else text
