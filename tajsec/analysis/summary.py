"""A summary of one topic: what must be said of it, its key figures, where its facts differ, and counts.

Every list is bounded, so that the summary of any topic fits on two printed sheets. Figures are added up only if their
facts say that they come on top of one another (`totals`).
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from tajsec.analysis.differences import Difference, differences
from tajsec.analysis.totals import Total, totals
from tajsec.model.kinds import RelationKind
from tajsec.model.protocol import Profile, Question, Store
from tajsec.model.records import Fact
from tajsec.model.selection import Selection
from tajsec.text.dates import Edtf

POINTS = 8
"""The most facts that are told: with the figures they fill one printed sheet."""
MOST_RANKED = 3 * POINTS
"""Facts from which those are chosen: so many of other topics must not take the place of a topic's own."""
KEY_FIGURES = 10
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
    foresee(store, [selection])
    profile = store.profile(selection)
    times = [fact.time for fact in store.by_numbers(_ends(profile))]
    points = _points(store, topic, selection)
    numbers = store.figures(selection, limit=MOST_ADDED)[: store.count_figures(selection)]
    figured = store.by_numbers(numbers)
    figures = _key_figures(figured, topic)
    number_of = {fact.id: n for n, fact in (*zip(numbers, figured, strict=True), *points)}
    told = {fact.id for fact in (*(fact for _, fact in points), *figures)}
    return Summary(
        topic=topic,
        profile=profile,
        first=times[0] if times else None,
        last=times[-1] if times else None,
        origins=len({store.origin(source) for source, _ in profile.sources}),
        points=[n for n, _ in points],
        figures=[number_of[fact.id] for fact in figures],
        more_figures=store.count_figures(selection) - len(figures),
        totals=totals(figured),
        differences=sorted(
            differences(store, selection, limit=MOST_DIFFERENCES), key=lambda each: _urgency(each, told)
        ),
    )


def foresee(store: Store, selections: Sequence[Selection]) -> None:
    """Ask ahead what the summaries of selections ask of a store."""
    store.together(lambda: (question for each in selections for question in _counts(store, each)))
    store.together(lambda: [partial(store.by_numbers, each) for one in selections for each in _told(store, one)])


def _counts(store: Store, selection: Selection) -> Iterator[Question]:
    yield from (lambda: store.vocabulary, store.sources, partial(store.profile, selection))
    yield partial(store.by_rank, selection, limit=MOST_RANKED)
    yield partial(store.select, selection, limit=POINTS)
    yield partial(store.figures, selection, limit=MOST_ADDED)
    yield partial(store.count_figures, selection)
    yield partial(differences, store, selection, limit=MOST_DIFFERENCES)


def _told(store: Store, selection: Selection) -> Iterator[Sequence[int]]:
    """Yield the numbers of the facts that a summary reads."""
    yield _ends(store.profile(selection))
    yield _best(store, selection)
    yield store.figures(selection, limit=MOST_ADDED)[: store.count_figures(selection)]


def _ends(profile: Profile) -> list[int]:
    return [n for n in (profile.earliest, profile.latest) if n is not None]


def _best(store: Store, selection: Selection) -> Sequence[int]:
    return store.by_rank(selection, limit=MOST_RANKED) or store.select(selection, limit=POINTS)


def _points(store: Store, topic: str, selection: Selection) -> list[tuple[int, Fact]]:
    """Return facts of the highest rank that there is, with their numbers; those first whose topic this is."""
    numbers = _best(store, selection)
    facts = list(zip(numbers, store.by_numbers(numbers), strict=True))
    best = [each for each in facts if each[1].rank == facts[0][1].rank]
    return sorted(best, key=lambda each: each[1].topics[0] != topic)[:POINTS]


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
