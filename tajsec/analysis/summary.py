"""One topic on one page: how much there is, from when to when, who, the key figures, what differs, the sources.

Figures are listed; they are added up only where the facts themselves say that they are parts of one whole
(`tajsec.totals`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from tajsec.analysis.differences import Dispute, disputes
from tajsec.analysis.totals import Total, totals
from tajsec.model.protocol import Profile, Store
from tajsec.model.selection import Selection
from tajsec.text.dates import Edtf

KEY_FIGURES = 10
"""Facts with figures that a summary names; the rest is counted."""


MOST_ADDED = 1000
"""Facts with figures that are looked at for what may be added up."""


MOST_DISPUTES = 1000
"""Disputes that a summary names."""


class Summary(NamedTuple):
    """What a summary of a topic says."""

    topic: str
    profile: Profile
    first: Edtf | None
    last: Edtf | None
    origins: int
    """Sources that are not copies of one another."""
    figures: Sequence[int]
    """The numbers of the facts with the key figures."""
    more_figures: int
    totals: Sequence[Total]
    disagreements: Sequence[Dispute]


def summary(store: Store, topic: str, selection: Selection) -> Summary:
    """Sum up the facts that a selection takes; `topic` is what they are shown under.

    A figure that another outdoes (it is exact, or newer) is left out of the key figures: it is among the disagreements.
    Wholes come before their parts.
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
        disagreements=disputes(store, selection, limit=MOST_DISPUTES),
    )
