"""Where facts differ, how, and which of the two a careful analyst would cite."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tajsec.model import DISAGREEMENTS, Fact, Relation
from tajsec.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two facts that differ, and how: `relation` is what `fact` has to `other`."""

    fact: Fact
    relation: Relation
    other: Fact


def disputes(store: Store, facts: Sequence[Fact], kinds: Collection[str] = DISAGREEMENTS) -> list[Dispute]:
    """Give every pair of facts that differ of which at least one is among `facts`, each once, in their order."""
    found: dict[tuple[str, str, str], Dispute] = {}
    for fact in facts:
        pairs = [(fact.id, relation) for relation in fact.relations] + list(store.relations_to(fact.id))
        for holder, relation in pairs:
            if relation.kind in DISAGREEMENTS and relation.kind in kinds:
                key = (holder, relation.to, relation.kind)
                if key not in found:
                    found[key] = Dispute(fact=store.fact(holder), relation=relation, other=store.fact(relation.to))
    return list(found.values())
