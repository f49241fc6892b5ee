"""One topic on one page: how much there is, from when to when, who, the key figures, what differs, the sources.

Figures are listed, never added up: amounts overlap (a total and its parts, a delivery and its plan).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tajsec.dates import Edtf
from tajsec.model import DISAGREEMENTS, OUTDOING, Fact, Relation
from tajsec.store import Selection, Store

KEY_FIGURES = 10
"""Facts with figures that a summary names; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two facts that differ, and how: `relation` is what `fact` has to `other`."""

    fact: Fact
    relation: Relation
    other: Fact


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
    disagreements: Sequence[Disagreement]


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
        disagreements=disagreements(store, facts),
    )


def disagreements(store: Store, facts: Sequence[Fact]) -> list[Disagreement]:
    """Give every pair of facts that differ of which at least one is among `facts`, each once, in their order."""
    found: dict[tuple[str, str, str], Disagreement] = {}
    for fact in facts:
        pairs = [(fact.id, relation) for relation in fact.relations] + list(store.relations_to(fact.id))
        for holder, relation in pairs:
            if relation.kind in DISAGREEMENTS:
                pair = Disagreement(fact=store.fact(holder), relation=relation, other=store.fact(relation.to))
                found.setdefault((holder, relation.to, relation.kind), pair)
    return list(found.values())


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
