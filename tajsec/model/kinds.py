"""The fixed values that records have: statuses, roles, qualifiers, kinds of relations; light to import."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["claim", "heading", "caption", "furniture"]


Status = Literal["completed", "ongoing", "planned", "stated"]


Qualifier = Literal["exact", "over", "about", "nearly", "up-to"]


Period = Literal["total", "annual", "per-item"]


RelationKind = Literal["rounds", "contradicts", "supersedes", "scope", "renames", "part-of", "repeats"]


TermKind = Literal["actor", "person", "topic", "place", "unit", "term"]


TagKind = TermKind | Literal["source", "status"]
"""What a fact can be sought by besides its words."""


ChangeKind = Literal["same", "moved", "changed", "gone"]
"""What became of a sealed passage in another version of its text."""


ROLES: tuple[Role, ...] = get_args(Role)


STATUSES: tuple[Status, ...] = get_args(Status)


QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)


PERIODS: tuple[Period, ...] = get_args(Period)


RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)


TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)


CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


CITABLE_ROLES: frozenset[Role] = frozenset({"claim", "caption"})
"""The roles of the passages that make claims."""


DISAGREEMENTS: frozenset[RelationKind] = frozenset({"rounds", "contradicts", "supersedes", "scope", "renames"})
"""The relations in which two facts differ; the others only tie them together."""


STATUS_WORDS: Mapping[Status, tuple[str, ...]] = {
    "completed": ("completed", "finished", "done"),
    "ongoing": ("ongoing", "current", "continuing", "under way", "in progress"),
    "planned": ("planned", "plans", "upcoming", "future", "scheduled"),
    "stated": (),
}
"""Words by which people ask for facts of a status."""


OUTDOING: frozenset[RelationKind] = frozenset({"rounds", "contradicts", "supersedes"})
"""The relations in which a careful analyst cites one fact (`prefer`) instead of the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the data files a record stands: `file` as the user knows it, the line, and its index among its kind."""

    file: str
    line: int
    index: int


ReviewKind = Literal["quotes", "reading"]


REVIEW_KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)
