"""Compare the context of a figure in a statement with its context in a quote, aspect by aspect.

Each aspect (role, part of the year, bound, rate, range, measure, subject) has a function that is True if the two
contexts contradict each other, and one that describes a context for the message.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from tajsec.check.aspects import FigureInContext
from tajsec.text.figures import TIME_UNITS, described, nth
from tajsec.text.words import stems

_EARLY, _LATE = ("until", "before", "by"), ("since", "after")

CONTRARY_BOUNDS = frozenset(
    {
        *(("in", "after"), ("in", "before"), ("in", "by"), ("after", "in"), ("before", "in")),
        *product(_EARLY, _LATE),
        *product(_LATE, _EARLY),
    }
)
"""Pairs (bound of a statement, bound of its quote) that contradict each other.

Not symmetric: "in 2014" claims more than a quote's "by 2014", but "by 2014" follows from "in 2014".
"""


class Aspect(NamedTuple):
    """One aspect in which two contexts of a figure are compared."""

    code: str
    """The code of a conflict, see `check.codes`."""
    conflict: Callable[[FigureInContext, FigureInContext, Sequence[FigureInContext]], bool]
    """True if the statement's figure (first) contradicts a quote's figure of the same value (second).

    The third argument has all figures of the quotes.
    """
    shown: Callable[[FigureInContext], str]
    """The figure described in this aspect, for the message."""


def _other_role(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    roles = {mine.role, quoted.role}
    return roles in ({"year", "count"}, {"ordinal", "count"}, {"day", "count"}) or (
        mine.role == "ordinal" and quoted.role in ("article", "times")
    )


def _other_part(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    return bool(mine.part) and mine.part != quoted.part


def _other_bound(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    bounds = {each.bound for each in others if each.figure.key == mine.figure.key} - {""}
    return bool(bounds) and all((mine.bound, each) in CONTRARY_BOUNDS for each in bounds)


def _other_rate(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    given = frozenset().union(*(each.text_rates for each in others))
    return bool((quoted.rate and quoted.rate not in mine.text_rates) or (mine.rate and mine.rate not in given))


def _other_range(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    if {mine.change, quoted.change} == {"from", "to"}:
        return True
    both = mine.figure.ends and quoted.figure.ends
    is_time = mine.role in ("year", "day") or mine.figure.unit in TIME_UNITS
    return mine.figure.ends != quoted.figure.ends and bool(both or not is_time)


def _other_measure(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    return mine.measure != quoted.measure and bool(mine.measure or mine.role == "count")


def _other_thing(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    """True if the quotes do not contain what is counted, or another of their figures has more words in common."""
    if _is_new(mine, quoted, others):
        return True
    rivals = [
        each
        for each in others
        if each.kind == mine.kind and each.figure.key != mine.figure.key and not _is_other_end(each, quoted)
        if mine.kind != "year" or each.text == quoted.text
    ]
    return max((_shared(mine, each) for each in rivals), default=0) > _shared(mine, quoted)


def _shared(mine: FigureInContext, other: FigureInContext) -> int:
    return len((mine.stems | {mine.verb}) & (other.stems | {other.verb}) - {""})


def _is_new(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    """True if no quote contains a word for what is counted. Quotes in another script are not compared."""
    is_compared = mine.kind == "count" and not mine.measure and mine.stems and quoted.stems
    if not is_compared or not "".join(quoted.stems).isascii():
        return False
    return not any(mine.stems & set(stems(text)) for text in {each.text for each in others})


def _is_other_end(each: FigureInContext, quoted: FigureInContext) -> bool:
    return quoted.figure.ends is not None and each.figure.ends == quoted.figure.ends


def _whole_for_part(mine: FigureInContext, quoted: FigureInContext, others: Sequence[FigureInContext]) -> bool:
    return quoted.part_count is not None and quoted.part_count not in mine.text_keys


def _shown_part(each: FigureInContext) -> str:
    return f"{described(each.part_count)} of {each.figure}" if each.part_count else f"{each.figure} as a whole"


def _shown_role(each: FigureInContext) -> str:
    if each.role == "ordinal":
        return f"the {nth(each.figure.value)}"
    names = {"year": "the year", "day": "the day", "count": "a count of"}
    return f"{names.get(each.role, 'the number')} {each.figure}"


def _shown_time(each: FigureInContext) -> str:
    return f"{each.part or 'just'} {str(each.figure).removeprefix('the ')}"


def _shown_rate(each: FigureInContext) -> str:
    return f"{each.figure} {'each' if each.rate == 'each' else f'per {each.rate}' if each.rate else 'in all'}"


def _shown_range(each: FigureInContext) -> str:
    if each.change:
        return f"{each.change} {each.figure}"
    return "{:,.10g} to {:,.10g}".format(*each.figure.ends) if each.figure.ends else f"{each.figure} alone"


def _shown_measure(each: FigureInContext) -> str:
    return f"{each.figure} {each.measure or ' '.join(each.words)}".strip()


def _shown_thing(each: FigureInContext) -> str:
    return f"{each.figure} for “{' '.join(each.words)}”"


ASPECTS: Sequence[Aspect] = (
    Aspect("V210", _other_role, _shown_role),
    Aspect("V211", _other_part, _shown_time),
    Aspect("V212", _other_bound, lambda each: f"{each.bound or 'just'} {each.figure}"),
    Aspect("V213", _other_rate, _shown_rate),
    Aspect("V214", _other_range, _shown_range),
    Aspect("V215", _other_measure, _shown_measure),
    Aspect("V216", _other_thing, _shown_thing),
    Aspect("V216", _whole_for_part, _shown_part),
)


def conflicts(mine: FigureInContext, quoted: Sequence[FigureInContext]) -> list[tuple[Aspect, FigureInContext]]:
    """Return the aspects in which a figure contradicts its quotes, each with the quoted figure that is contradicted.

    Of several quoted figures of the same value, the one with the fewest conflicts is compared.
    """
    same = [each for each in quoted if each.figure.key == mine.figure.key]
    found = [[(aspect, each) for aspect in ASPECTS if aspect.conflict(mine, each, quoted)] for each in same]
    return min(found, key=len, default=[])
