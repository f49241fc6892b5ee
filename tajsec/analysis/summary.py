"""A summary of one topic: what must be said of it, its key figures, where its facts differ, and counts.

Every list is bounded, so that the summary of any topic fits on two printed sheets. Figures are added up only if their
facts say that they come on top of one another (`totals`).
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from tajsec.analysis.differences import Difference, differences
from tajsec.analysis.totals import Total, totals
from tajsec.model.kinds import RelationKind
from tajsec.model.protocol import Profile, Store
from tajsec.model.records import Fact
from tajsec.model.selection import Selection
from tajsec.text.dates import Edtf

POINTS = 8
"""The most facts that are told: with the figures they fill one printed sheet; the shipped topics have 2 to 6."""
KEY_FIGURES = 12
"""The most figures that are listed; the others are only counted."""
MOST_ADDED = 1000
"""Facts with figures that are searched for sums: bounds the time for a topic of a large store."""
MOST_DIFFERENCES = 1000
"""Differences that are listed: bounds the time for a topic of a large store."""

_URGENCY: tuple[RelationKind, ...] = ("contradicts", "supersedes", "differs", "renames", "rounds")
"""The kinds of difference, those first that change what a reader may write."""


class Summary(NamedTuple):
    """The summary of a topic, or of any other selection of facts."""

    topic: str
    profile: Profile
    first: Edtf | None
    last: Edtf | None
    origins: int
    """Number of sources that are not copies of one another."""
    points: Sequence[int]
    """The row numbers of the facts that a brief must tell: the preferred ones, or without any the first."""
    figures: Sequence[int]
    """The row numbers of the facts with the key figures."""
    more_figures: int
    """Number of other facts with figures."""
    totals: Sequence[Total]
    differences: Sequence[Difference]
    """Those that matter most come first."""


def summary(store: Store, topic: str, selection: Selection) -> Summary:
    """Return the summary of the facts of a selection; `topic` is the id of its topic.

    A fact that is superseded or less exact than another is not told, but among the differences.
    """
    profile = store.profile(selection)
    ends = [n for n in (profile.earliest, profile.latest) if n is not None]
    times = [fact.time for fact in store.by_numbers(ends)]
    points = _points(store, topic, selection)
    figured = store.by_numbers(store.figures(selection, limit=MOST_ADDED))[: store.count_figures(selection)]
    figures = _key_figures(figured, topic)
    told = {fact.id for fact in (*points, *figures)}
    return Summary(
        topic=topic,
        profile=profile,
        first=times[0] if times else None,
        last=times[-1] if times else None,
        origins=len({store.origin(source) for source, _ in profile.sources}),
        points=[store.number(fact.id) for fact in points],
        figures=[store.number(fact.id) for fact in figures],
        more_figures=store.count_figures(selection) - len(figures),
        totals=totals(figured),
        differences=sorted(
            differences(store, selection, limit=MOST_DIFFERENCES), key=lambda each: _urgency(each, told)
        ),
    )


def _points(store: Store, topic: str, selection: Selection) -> list[Fact]:
    """Return the facts of the highest rank that there is; those whose first topic is this one come first."""
    numbers = store.by_rank(selection, limit=POINTS) or store.select(selection, limit=POINTS)
    facts = store.by_numbers(numbers)
    best = [fact for fact in facts if fact.rank == facts[0].rank]
    return sorted(best, key=lambda fact: fact.topics[0] != topic)


def _key_figures(facts: Sequence[Fact], topic: str) -> list[Fact]:
    """Return the facts with key figures: preferred ones, and those whose first topic is this one."""
    right = (fact for fact in facts if fact.rank != "deprecated")
    mine = [fact for fact in right if fact.rank == "preferred" or fact.topics[0] == topic]
    counts = accumulate(len(fact.quantities) for fact in mine)
    return [fact for fact, count in zip(mine, counts, strict=True) if count <= KEY_FIGURES]


def _urgency(difference: Difference, told: set[str]) -> tuple[bool, int]:
    """Return the sort key of a difference: first those of facts that are told, then by kind."""
    is_told = difference.fact in told or difference.relation.to in told
    return not is_told, _URGENCY.index(difference.relation.kind)
