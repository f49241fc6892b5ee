"""In what a figure of a statement and the quoted one of the same value cannot mean the same.

What one of the two texts leaves open contradicts nothing: an aspect conflicts only in what both say.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tajsec.check.aspects import Said
from tajsec.text.figures import TIME_UNITS, described, nth
from tajsec.text.words import stems

CONTRARY_BOUNDS = frozenset(
    {("in", "after"), ("in", "before"), ("in", "by"), ("after", "in"), ("before", "in")}
    | {
        (a, b)
        for early in ("until", "before", "by")
        for late in ("since", "after")
        for a, b in ((early, late), (late, early))
    }
)
"""What a statement says and a quote cannot mean by its own word: "in 2014" is more than "by 2014", not the reverse."""


class Aspect(NamedTuple):
    """One thing that is said around a figure: its code, when two texts conflict in it, and how each is described."""

    code: str
    conflict: Callable[[Said, Said, Sequence[Said]], bool]
    """Of the statement's figure, a quote's one of the same value, and all figures of the quotes."""
    shown: Callable[[Said], str]


def _other_role(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    roles = {mine.role, quoted.role}
    return roles in ({"year", "count"}, {"ordinal", "count"}, {"day", "count"}) or (
        mine.role == "ordinal" and quoted.role in ("article", "times")
    )


def _other_part(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    return bool(mine.part) and mine.part != quoted.part


def _other_bound(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    bounds = {each.bound for each in others if each.figure.key == mine.figure.key} - {""}
    return bool(bounds) and all((mine.bound, each) in CONTRARY_BOUNDS for each in bounds)


def _other_rate(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    given = frozenset().union(*(each.rates for each in others))
    return bool((quoted.rate and quoted.rate not in mine.rates) or (mine.rate and mine.rate not in given))


def _other_range(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    if {mine.change, quoted.change} == {"from", "to"}:
        return True
    both = mine.figure.ends and quoted.figure.ends
    is_time = mine.role in ("year", "day") or mine.figure.unit in TIME_UNITS
    return mine.figure.ends != quoted.figure.ends and bool(both or not is_time)


def _other_measure(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    return mine.measure != quoted.measure and bool(mine.measure or mine.role == "count")


def _other_thing(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    """Return True if the thing is no word of the quotes, or another figure of theirs is rather one of it."""
    if _is_new(mine, quoted, others):
        return True
    rivals = [
        each
        for each in others
        if each.kind == mine.kind and each.figure.key != mine.figure.key and not _is_other_end(each, quoted)
        if mine.kind != "year" or each.text == quoted.text
    ]
    return max((_shared(mine, each) for each in rivals), default=0) > _shared(mine, quoted)


def _shared(mine: Said, other: Said) -> int:
    return len((mine.thing | {mine.verb}) & (other.thing | {other.verb}) - {""})


def _is_new(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    """Return True if what is counted is no word of the quotes; one in another script is not compared."""
    is_compared = mine.kind == "count" and not mine.measure and mine.thing and quoted.thing
    if not is_compared or not "".join(quoted.thing).isascii():
        return False
    return not any(mine.thing & set(stems(text)) for text in {each.text for each in others})


def _is_other_end(each: Said, quoted: Said) -> bool:
    return quoted.figure.ends is not None and each.figure.ends == quoted.figure.ends


def _whole_for_part(mine: Said, quoted: Said, others: Sequence[Said]) -> bool:
    return quoted.shared_by is not None and quoted.shared_by not in mine.keys


def _shown_part(each: Said) -> str:
    return f"{described(each.shared_by)} of {each.figure}" if each.shared_by else f"{each.figure} as a whole"


def _shown_role(each: Said) -> str:
    if each.role == "ordinal":
        return f"the {nth(each.figure.value)}"
    names = {"year": "the year", "day": "the day", "count": "a count of"}
    return f"{names.get(each.role, 'the number')} {each.figure}"


def _shown_time(each: Said) -> str:
    return f"{each.part or 'just'} {str(each.figure).removeprefix('the ')}"


def _shown_rate(each: Said) -> str:
    return f"{each.figure} {'each' if each.rate == 'each' else f'per {each.rate}' if each.rate else 'in all'}"


def _shown_range(each: Said) -> str:
    if each.change:
        return f"{each.change} {each.figure}"
    return "{:,.10g} to {:,.10g}".format(*each.figure.ends) if each.figure.ends else f"{each.figure} alone"


def _shown_measure(each: Said) -> str:
    return f"{each.figure} {each.measure or ' '.join(each.words)}".strip()


def _shown_thing(each: Said) -> str:
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


def conflicts(mine: Said, quoted: Sequence[Said]) -> list[tuple[Aspect, Said]]:
    """Return the aspects in which a figure conflicts with the quoted one of the same value that is nearest to it."""
    same = [each for each in quoted if each.figure.key == mine.figure.key]
    found = [[(aspect, each) for aspect in ASPECTS if aspect.conflict(mine, each, quoted)] for each in same]
    return min(found, key=len, default=[])
