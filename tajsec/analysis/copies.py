"""What the copies of a source have and their original has not: found by the facts that cite them, not by the texts."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from tajsec.model.kinds import DIFFERENCES
from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Source
from tajsec.model.selection import Selection


class OnlyInCopy(NamedTuple):
    """A fact of a copy of a source that the source has in no form."""

    copy: Source
    fact: Fact


def only_in_copies(store: Store, source_id: str) -> list[OnlyInCopy]:
    """Return the facts that cite a copy of a source (one derived from it), and of which the source has no other form.

    That is: they do not cite the source, and neither differ from a fact that cites it nor repeat one. For a source that
    is a copy itself they are those that its original lacks.
    """
    copies = [each for each in store.sources() if each.derived_from and source_id in (each.id, each.derived_from)]
    return [found for copy in copies for found in _only_in(store, copy)]


def _only_in(store: Store, copy: Source) -> Iterator[OnlyInCopy]:
    original = {fact.id for fact in store.facts(_citing(copy.derived_from or ""))}
    facts = store.facts(_citing(copy.id))
    store.together(lambda: [partial(store.relations_to, fact.id) for fact in facts])
    for fact in facts:
        if fact.id not in original and not original.intersection(_other_forms(store, fact)):
            yield OnlyInCopy(copy, fact)


def _citing(source_id: str) -> Selection:
    return Selection(sources=frozenset({source_id}))


def _other_forms(store: Store, fact: Fact) -> Iterator[str]:
    """Yield the ids of the facts that differ from a fact, repeat it or are repeated by it."""
    own = ((each.to, each) for each in fact.relations)
    for other, relation in (*own, *store.relations_to(fact.id)):
        if relation.kind in DIFFERENCES or relation.kind == "repeats":
            yield other
