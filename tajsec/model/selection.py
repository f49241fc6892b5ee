"""The filters of a command as conditions on facts."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tajsec.model.kinds import Status, TagKind
    from tajsec.text.dates import Edtf


class Selection(NamedTuple):
    """The facts that meet every condition; an empty condition is met by all facts.

    One value of a condition is enough; a fact about a part of a term meets a condition on the whole.
    """

    actors: AbstractSet[str] = frozenset()
    topics: AbstractSet[str] = frozenset()
    sources: AbstractSet[str] = frozenset()
    places: AbstractSet[str] = frozenset()
    statuses: "AbstractSet[Status]" = frozenset()
    since: "Edtf | None" = None
    until: "Edtf | None" = None
    packs: AbstractSet[str] = frozenset()

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def tags(self) -> "list[tuple[TagKind, AbstractSet[str]]]":
        """Return the conditions on terms, sources, statuses and packs: kind, and the ids of which a fact needs one."""
        statuses = frozenset[str](self.statuses)
        kinds: tuple[TagKind, ...] = ("actor", "topic", "place", "source", "status", "pack")
        ids = (self.actors, self.topics, self.places, self.sources, statuses, self.packs)
        return list(zip(kinds, ids, strict=True))

    def asked(self) -> dict[str, list[str] | str]:
        """Return the conditions that are not empty as JSON values: sorted ids, dates as EDTF."""
        names = ("actors", "topics", "sources", "places", "statuses", "packs")
        sets: dict[str, list[str] | str] = {name: sorted(getattr(self, name)) for name in names if getattr(self, name)}
        return sets | {name: str(date) for name, date in (("since", self.since), ("until", self.until)) if date}


EVERYTHING = Selection()
