"""Check that a quote is a contiguous run of words of a passage, character by character.

The words of a quote are the `exact` of a TextQuoteSelector (W3C Web Annotation Data Model, section 4.2.4). Only Unicode
form and white space are normalised: signs, decimal marks, digits, brackets, case and the form of quotation marks must
be the same. A quote may begin or end beside the punctuation of a sentence, but it may not cut a word, a number, its
sign, its unit or its qualifier, and no negation may come right before it.
"""

import re
from typing import Literal

from tajsec.text.figures import figures
from tajsec.text.forms import fold, normalise

Flaw = Literal["absent", "cut", "figure", "negation"]
"""Not in the passage; cuts a word; cuts a figure from its sign, unit or qualifier; follows a negation."""

_CLEAN_START = re.compile(r"(?:^|[\s“«‘\"'—–/])$")
"""Text that may come right before any quote."""
_LETTER_START = re.compile(r"[\[(.,;:!?]$")
"""Text that may come right before a quote that begins with a letter; before a digit it would be part of a number."""
_CLEAN_END = re.compile(r"(?:$|[\s”’»\"'—–/;!?)\]]|[.,:](?!\d)|--)")
"""Text that may come right after a quote."""

_WORDS_BEFORE, _WORDS_AFTER = 6, 3
"""Words that may belong to a figure at an end of the quote: qualifier and sign before it, scale and unit after."""

_NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|neither|nor|without|cannot|hardly|\w+n[’']t)(?: \w+){0,2} ?$", re.IGNORECASE
)
"""A negation, with up to two words between it and the quote ("was not yet given to")."""


def flaw(quote: str, passage: str) -> tuple[Flaw, str] | None:
    """Return the flaw of a quote and the words around it in the passage, or None for a quote without a flaw.

    If the quote occurs several times, one occurrence without a flaw is enough.
    """
    exact, text = normalise(quote), normalise(passage)
    found = [_flaw_at(exact, text, start) for start in _starts(exact, text)]
    if not found:
        return "absent", ""
    return None if None in found else found[0]


def start_of(exact: str, text: str) -> int | None:
    """Return where a quote without a flaw starts in a passage, both normalised; None if there is none."""
    return next((start for start in _starts(exact, text) if not _flaw_at(exact, text, start)), None)


def _starts(exact: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(exact)})", text)] if exact else []


def _flaw_at(exact: str, text: str, start: int) -> tuple[Flaw, str] | None:
    before, after = text[:start], text[start + len(exact) :]
    around = _around(before, exact, after)
    if not _begins_well(before, exact) or not _CLEAN_END.match(after):
        return "cut", around
    if _cuts_a_figure(before, exact, after):
        return "figure", around
    if _NEGATION.search(before):
        return "negation", around
    return None


def _begins_well(before: str, exact: str) -> bool:
    return bool(_CLEAN_START.search(before) or (exact[0].isalpha() and _LETTER_START.search(before)))


def _around(before: str, exact: str, after: str) -> str:
    """Return the quote with the complete words next to it."""
    return f"{_last_words(before, 1)}{exact}{_first_words(after, 1)}"


def _last_words(text: str, count: int) -> str:
    """Return what a text ends with: so many words, and the word that is cut at its end, if one is."""
    return " ".join(text.split(" ")[-count - 1 :])


def _first_words(text: str, count: int) -> str:
    """Return what a text begins with: the word that is cut at its start, if one is, and so many words."""
    return " ".join(text.split(" ")[: count + 1])


def _cuts_a_figure(before: str, exact: str, after: str) -> bool:
    """True if a figure at an end of the quote is cut: 5 from 4.5, $330 from over $330 million."""
    prefix, suffix = _last_words(before, _WORDS_BEFORE), _first_words(after, _WORDS_AFTER)
    start, end = len(fold(prefix)), len(fold(prefix + exact))
    whole = [each for each in figures(prefix + exact + suffix) if each.start < end and each.end > start]
    alone = figures(exact)
    return [(each.key, each.qualifier) for each in whole] != [(each.key, each.qualifier) for each in alone]
