"""The facts that differ from one another, how they differ, and which of the two is to be cited."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Relation
from tajsec.model.selection import Selection


class Difference(NamedTuple):
    """Two facts that differ: those with the ids `fact` and `relation.to`."""

    fact: str
    relation: Relation


def differences(
    store: Store,
    selection: Selection,
    *,
    ids: Sequence[str] = (),
    kinds: Collection[str] = (),
    offset: int = 0,
    limit: int | None = None,
) -> list[Difference]:
    """Return the pairs of facts that differ, in the order of the files.

    At least one fact of each pair is among `ids`, or in the selection if `ids` is empty. `kinds` limits the kinds of
    relation; empty means all. The first `offset` pairs are left out.
    """
    found = store.differing(selection, ids=ids, kinds=sorted(kinds), offset=offset, limit=limit)
    return [Difference(*each) for each in found]
