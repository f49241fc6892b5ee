"""Words before or behind a date or a number that make it a bound: "since", "at least", "or later"."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tajsec.text.forms import fold


class Bounds(NamedTuple):
    """The kinds of bound by their folded words, and the number of words of the longest."""

    kinds: Mapping[tuple[str, ...], str]
    longest: int


def by_words(listed: Mapping[str, str]) -> Bounds:
    """Return the kinds of bound by their words, which are listed with semicolons for each kind."""
    kinds = {tuple(words.split()): kind for kind, wordings in listed.items() for words in fold(wordings).split(";")}
    return Bounds(kinds, max(map(len, kinds)))


def bound_before(words: Sequence[str], bounds: Bounds) -> tuple[int, str]:
    """Return the number of words of the longest bound at the end of the words, and its kind; 0 and "" without one."""
    ends = (tuple(words[-count:]) for count in _counts(words, bounds))
    return next(((len(end), bounds.kinds[end]) for end in ends if end in bounds.kinds), (0, ""))


def bound_behind(words: Sequence[str], bounds: Bounds) -> tuple[int, str]:
    """Return the same for the bound at the beginning of the words."""
    starts = (tuple(words[:count]) for count in _counts(words, bounds))
    return next(((len(start), bounds.kinds[start]) for start in starts if start in bounds.kinds), (0, ""))


def _counts(words: Sequence[str], bounds: Bounds) -> range:
    return range(min(len(words), bounds.longest), 0, -1)
