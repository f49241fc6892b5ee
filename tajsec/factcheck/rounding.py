"""How a figure of a draft stands to that of a fact: the same, a rounded form of it, or another."""

import math
from typing import Literal

Standing = Literal["same", "rounds", "other"]

NEAR = 0.1
"""How far "about", "nearly" or "up to" may be from a figure, as a share of it: "nearly 5,000" for 4,600, not 4,000."""

BOUND = 0.25
"""How far below a figure "over" may be: "over 4,000" for 4,862; "over 3,000" is true of it, too, but of much else."""

PLAIN = 0.05
"""How far a rounded figure may be without such a word: "5,000 radios" for 4,862, but not "30 facilities" for 27."""

_CONTRARY = frozenset(
    {
        *(("over", "exact"), ("over", "nearly"), ("over", "up-to"), ("nearly", "exact"), ("nearly", "over")),
        *(("up-to", "over"), ("up-to", "exact"), ("nearly", "up-to")),
    }
)
"""Qualifiers of a draft that say something else than that of a fact beside the same number."""

_BLURRED = frozenset({("about", "over"), ("about", "nearly"), ("about", "up-to")})
"""Qualifiers of a draft that leave open on which side of a fact's number it is: "some 10,000" for "over 10,000"."""

_INCLUSIVE = frozenset({("over", "exact"), ("up-to", "exact")})
"""Of these, those that are no contradiction if the words include the number: "at least 55" for 55."""


def standing(
    value: float, qualifier: str, known: float, known_qualifier: str, *, inclusive: bool = False, coarse: bool = False
) -> Standing:
    """Return how a figure stands to a known one, each with its qualifier (`model.kinds.QUALIFIERS`).

    `inclusive` is True for words such as "at least" and "at most", which "over" and "under" are not; `coarse` for
    a number in words that is round although its digits are not, and says so: "a dozen", "a third of a billion".
    """
    if coarse and qualifier == "exact":
        qualifier = "about"
    if value == known:
        return _standing_of_qualifiers((qualifier, known_qualifier), inclusive=inclusive)
    if known_qualifier == "over" and qualifier == "exact" and known < value <= known * (1 + NEAR):
        return "rounds"  # the fact has a rounded form of the draft's figure
    if value <= 0 or known <= 0 or not (coarse or _is_rounder(value, qualifier, known)):
        return "other"
    if qualifier == "exact" and not coarse and abs(value - known) > _grain(value):
        return "other"
    is_near = _is_near((value - known) / known, qualifier, known_qualifier)
    return "rounds" if is_near or _is_nearest(value, qualifier, known) else "other"


def _standing_of_qualifiers(pair: tuple[str, str], *, inclusive: bool) -> Standing:
    """Return how two figures with the same number stand to each other, by their qualifiers."""
    if pair in _CONTRARY and not (inclusive and pair in _INCLUSIVE):
        return "other"
    return "rounds" if pair in _BLURRED else "same"


def _is_nearest(value: float, qualifier: str, known: float) -> bool:
    """True if a number is the known one as round as it is, and says that it is not exact: "about 30" for 27."""
    if not (qualifier == "about" or (qualifier == "nearly" and value > known)):
        return False
    return abs(value - known) <= _grain(value) / 2


def _grain(value: float) -> float:
    """Return the step in which a number as round as this is told: 10 for 30, 5 for 25, 100,000 for half a million."""
    step = 10.0 ** (math.floor(math.log10(value)) - _digits(value) + 1)
    return step * 5 if _ends_in_5(value) else step


def _is_rounder(value: float, qualifier: str, known: float) -> bool:
    """True if a number has fewer significant digits than another; with a qualifier, a 5 at its end counts half."""
    if qualifier == "exact":
        return _digits(value) < _digits(known)
    return _digits(value) - _ends_in_5(value) / 2 < _digits(known) - _ends_in_5(known) / 2


def _is_near(off: float, qualifier: str, known_qualifier: str) -> bool:
    """True if a rounded number that is off by this share of the known one may stand for it."""
    if qualifier == "over":
        return -BOUND <= off < 0 and known_qualifier != "up-to"
    if qualifier in ("nearly", "up-to"):
        return 0 < off <= NEAR and known_qualifier != "over"
    return abs(off) <= (NEAR if qualifier == "about" else PLAIN)


def _digits(value: float) -> int:
    """Return the number of significant digits of a number: 2 for 4,800 and for 2.5 million."""
    return len(_significant(value)) or 1


def _ends_in_5(value: float) -> bool:
    return len(_significant(value)) > 1 and _significant(value).endswith("5")


def _significant(value: float) -> str:
    return f"{value:.10e}".partition("e")[0].replace(".", "").rstrip("0")
