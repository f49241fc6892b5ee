"""The facts that differ from one another, how they differ, and which of the two is to be cited."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Relation
from tajsec.model.selection import Selection


class Dispute(NamedTuple):
    """Two facts that differ: `fact`, and `relation.to`, to which it has the relation."""

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
    """Return the pairs of facts that differ, in the order of the files; `kinds` limits the kinds of difference.

    At least one fact of each pair is among `ids`, or if none are given, in the selection.
    """
    return [Dispute(*each) for each in store.differing(selection, ids=ids, kinds=sorted(kinds), limit=limit)]
