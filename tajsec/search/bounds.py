"""Words before or behind a date or a number that make it a bound: "since", "at least", "or later"."""

from collections.abc import Mapping, Sequence

from tajsec.text.forms import fold

Bounds = Mapping[tuple[str, ...], str]
"""The kinds of bound by their folded words."""

LONGEST = 4
"""Words of the longest bound: "from the beginning of"."""


def by_words(listed: Mapping[str, str]) -> Bounds:
    """Return the kinds of bound by their words, which are listed with semicolons for each kind."""
    return {tuple(words.split()): kind for kind, wordings in listed.items() for words in fold(wordings).split(";")}


def bound_before(words: Sequence[str], bounds: Bounds) -> tuple[int, str]:
    """Return the number of words of the longest bound at the end of the words, and its kind; 0 and "" without one."""
    found = ((count, bounds.get(tuple(words[-count:]), "")) for count in range(min(LONGEST, len(words)), 0, -1))
    return next((each for each in found if each[1]), (0, ""))


def bound_behind(words: Sequence[str], bounds: Bounds) -> tuple[int, str]:
    """Return the same for the bound at the beginning of the words."""
    found = ((count, bounds.get(tuple(words[:count]), "")) for count in range(min(LONGEST, len(words)), 0, -1))
    return next((each for each in found if each[1]), (0, ""))
