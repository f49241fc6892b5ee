"""JSON of strangers, decoded within limits and without loss: one value, several, or one a line."""

import json
from collections.abc import Iterator
from typing import Any

MAX_JSON_PARTS = 500_000
"""Objects and lists of a text: 10,000 facts, as the tool prints them, have 300,000; each takes some 100 bytes."""
_EXACT_DIGITS = 20
"""Digits of an integer that is read exactly; it is beyond 2^53 then, and longer ones take quadratic time."""
_BETWEEN = " \t\r\n;,"


class Unreadable(Exception):
    """A text that is not of its format, or over a limit; `line` is that of the mistake, 0 for none."""

    def __init__(self, line: int, what: str) -> None:
        """`what` is the mistake and its correction."""
        self.line, self.what = line, what
        super().__init__(what)


class Repeated:
    """Stands in place of the value of a key that an object has twice."""


def json_values(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each JSON value of a text, with the line on which it begins; blanks, commas or semicolons part them.

    NaN and infinities are floats, and so are integers too long to be exact; the value of a key that an object has
    twice is `Repeated`. Raises Unreadable when what is not JSON is reached.
    """
    if text.count("{") + text.count("[") > MAX_JSON_PARTS:
        raise Unreadable(0, f"over {MAX_JSON_PARTS:,} objects and lists; split the file")
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_constant=float)
    at, line, counted_to = 0, 1, 0
    while rest := text[at : at + 1]:
        if rest in _BETWEEN:
            at += 1
            continue
        line, counted_to = line + text.count("\n", counted_to, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Unreadable(error.lineno, f"not JSON: {error.msg}; mend the line") from error
        except RecursionError as error:
            raise Unreadable(line, "nested too deep; flatten it") from error
        yield line, value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen = set[str]()
        for key, _ in pairs:
            if key in seen:
                found[key] = Repeated()
            seen.add(key)
    return found


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _EXACT_DIGITS else float(digits)
