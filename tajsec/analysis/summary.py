"""A summary of one topic: the number of facts, the time they cover, actors, key figures, differences, sources.

Figures are listed. They are added up only if the facts themselves say that they are parts of one whole (`totals`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from tajsec.analysis.differences import Difference, differences
from tajsec.analysis.totals import Total, totals
from tajsec.model.protocol import Profile, Store
from tajsec.model.selection import Selection
from tajsec.text.dates import Edtf

KEY_FIGURES = 10
"""Facts with figures that are listed, so that a summary fits on one page; the others are only counted."""
MOST_ADDED = 1000
"""Facts with figures that are searched for sums: bounds the time for a topic of a large store."""
MOST_DIFFERENCES = 1000
"""Differences that are listed: bounds the time for a topic of a large store."""


class Summary(NamedTuple):
    """The summary of a topic, or of any other selection of facts."""

    topic: str
    profile: Profile
    first: Edtf | None
    last: Edtf | None
    origins: int
    """Number of sources that are not copies of one another."""
    figures: Sequence[int]
    """The row numbers of the facts with the key figures."""
    more_figures: int
    totals: Sequence[Total]
    differences: Sequence[Difference]


def summary(store: Store, topic: str, selection: Selection) -> Summary:
    """Return the summary of the facts of a selection; `topic` is its title.

    A figure that is superseded or less exact than another is not listed as a key figure, but among the differences.
    A fact comes before the facts that are parts of it.
    """
    profile = store.profile(selection)
    ends = [n for n in (profile.earliest, profile.latest) if n is not None]
    times = [fact.time for fact in store.by_numbers(ends)]
    count = store.count_figures(selection)
    figured = store.figures(selection, limit=MOST_ADDED)
    return Summary(
        topic=topic,
        profile=profile,
        first=times[0] if times else None,
        last=times[-1] if times else None,
        origins=len({store.origin(source) for source, _ in profile.sources}),
        figures=figured[: min(count, KEY_FIGURES)],
        more_figures=max(0, count - KEY_FIGURES),
        totals=totals(store, store.by_numbers(figured)),
        differences=differences(store, selection, limit=MOST_DIFFERENCES),
    )
