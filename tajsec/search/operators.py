"""The operators of a query: "a phrase", OR, NOT and -word. `tajsec help queries` has the grammar.

    query  = side { OR side }
    side   = { part | exclusion }, at least one part
    part   = word | phrase
    exclusion = ( NOT | - ) part

OR and NOT are operators in capital letters only. Typographic quotes are quotes.
"""

import re
from collections.abc import Iterator

from tajsec.errors import UsageError
from tajsec.search.sides import QUOTES, Side

_QUOTES = str.maketrans(dict.fromkeys(QUOTES, '"'))

_PART = re.compile(r'"([^"]*)"|(")|(?P<minus>(?<![^\s"])[-−](?=["\w])(?!(?<=\d\s[-−])\d))|[^\s"]+')
"""A phrase, a quote that is not closed, a minus before a word or a phrase ("2012 -2014" is a span), or a word."""

_UNFINISHED = re.compile(r"(?:(?<!\S)(?:OR|NOT|[-−])(?:\s+|$))+$")
"""Operators at the end of a query."""

_BETWEEN = "|"
"""Takes the place of what is not searched as words, so that the words on its sides are not read as one name."""


def read_sides(query: str) -> list[Side]:
    """Return the sides of a query. Raises UsageError for one that cannot be read."""
    sides: list[list[str]] = [[]]
    for part in _parts(query):
        if part == "OR":
            sides.append([])
        else:
            sides[-1].append(part)
    if len(sides) > 1 and not all(sides):
        raise UsageError("OR needs something on both sides; quote it to search the word")
    return [_side(parts) for parts in sides]


def _parts(query: str) -> Iterator[str]:
    """Yield the parts of a query: words, phrases between quotes, OR, and NOT for both writings of it."""
    for match in _PART.finditer(query.translate(_QUOTES)):
        if match[2]:
            raise UsageError("a quote is opened and not closed; close it, or leave it out")
        yield "NOT" if match["minus"] else match[0]


def _side(parts: list[str]) -> Side:
    words: list[str] = []
    excluded: list[str] = []
    phrases: dict[bool, list[str]] = {False: [], True: []}
    for before, part in zip(["", *parts], [*parts, "NOT"], strict=True):
        is_excluded = before == "NOT"
        if part == "NOT" and is_excluded:
            raise UsageError("NOT needs a word or a phrase behind it; quote it to search the word")
        if part.startswith('"'):
            phrases[is_excluded].append(part.strip('"'))
        elif part != "NOT":
            (excluded if is_excluded else words).append(part)
        if part == "NOT" or part.startswith('"'):
            words.append(_BETWEEN)
    side = Side(
        " ".join(words[:-1]), *(tuple(filter(_has_word, each)) for each in (phrases[False], excluded, phrases[True]))
    )
    if parts and not _has_word(side.text) and not side.phrases and side.has_conditions:
        left_out = "-" + [*side.excluded, *(f'"{each}"' for each in side.excluded_phrases)][0]
        raise UsageError(f"{left_out!r} only leaves something out; name what you look for as well")
    return side


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def readable(typed: str) -> str:
    """Return what can be read of an unfinished query: without an open quote, operators at an end, and the like."""
    text = typed.translate(_QUOTES)
    if text.count('"') % 2:
        text = " ".join(text.rsplit('"', 1))
    while True:
        text = _UNFINISHED.sub("", text)
        try:
            read_sides(text)
        except UsageError:
            text = text.rpartition(" OR ")[0]
        else:
            return text
