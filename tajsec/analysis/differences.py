"""Where facts differ, how, and which of the two a careful analyst would cite."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Relation
from tajsec.model.selection import Selection


class Dispute(NamedTuple):
    """Two facts that differ, and how: `relation` is what `fact` has to `relation.to`."""

    fact: str
    relation: Relation


def disputes(
    store: Store,
    selection: Selection,
    *,
    ids: Sequence[str] = (),
    kinds: Collection[str] = (),
    limit: int | None = None,
) -> list[Dispute]:
    """Give every pair of facts that differ, in the order of the files: of any kind, or of some.

    At least one of the two is among `ids`, or if none are given, among those that the selection takes.
    """
    return [Dispute(*each) for each in store.differing(selection, ids=ids, kinds=sorted(kinds), limit=limit)]
