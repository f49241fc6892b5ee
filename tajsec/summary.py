"""One topic on one page: how much there is, from when to when, who, the key figures, what differs, the sources.

Figures are listed; they are added up only where the facts themselves say that they are parts of one whole
(`tajsec.totals`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tajsec.dates import Edtf
from tajsec.disputes import Dispute, disputes
from tajsec.model import OUTDOING, Fact
from tajsec.protocol import Store
from tajsec.selection import Selection
from tajsec.totals import Total, totals

KEY_FIGURES = 10
"""Facts with figures that a summary names; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a summary of a topic says."""

    topic: str
    facts: Sequence[Fact]
    first: Edtf | None
    last: Edtf | None
    actors: Sequence[tuple[str, int]]
    statuses: Sequence[tuple[str, int]]
    sources: Sequence[tuple[str, int]]
    origins: int
    """Sources that are not copies of one another."""
    figures: Sequence[Fact]
    more_figures: int
    totals: Sequence[Total]
    disagreements: Sequence[Dispute]


def summary(store: Store, topic: str, selection: Selection) -> Summary:
    """Sum up the facts that a selection takes; `topic` is what they are shown under.

    A figure that another outdoes (it is exact, or newer) is left out of the key figures: it is among the disagreements.
    Wholes come before their parts.
    """
    facts = store.facts(selection)
    times = sorted((fact.time for fact in facts), key=lambda time: time.order)
    sources = Counter(source for fact in facts for source in fact.sources)
    figures = _key_figures(store, facts)
    return Summary(
        topic=topic,
        facts=facts,
        first=times[0] if times else None,
        last=max(times, key=lambda time: time.anchor.last) if times else None,
        actors=_ranked(Counter(actor for fact in facts for actor in fact.actors)),
        statuses=_ranked(Counter(fact.status for fact in facts)),
        sources=_ranked(sources),
        origins=len({store.origin(source) for source in sources}),
        figures=figures[:KEY_FIGURES],
        more_figures=max(0, len(figures) - KEY_FIGURES),
        totals=totals(store, facts),
        disagreements=disputes(store, selection),
    )


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _key_figures(store: Store, facts: Sequence[Fact]) -> list[Fact]:
    def is_outdone(fact: Fact) -> bool:
        relations = [*fact.relations, *(relation for _, relation in store.relations_to(fact.id))]
        return any(each.kind in OUTDOING and each.prefer not in (None, fact.id) for each in relations)

    def place(fact: Fact) -> tuple[bool, bool]:
        has_parts = any(relation.kind == "part-of" for _, relation in store.relations_to(fact.id))
        is_part = any(relation.kind == "part-of" for relation in fact.relations)
        return is_part, not has_parts

    return sorted((fact for fact in facts if fact.quantities and not is_outdone(fact)), key=place)
