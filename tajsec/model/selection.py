"""Which facts are meant: the conditions of the filters."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tajsec.model.kinds import Status, TagKind
    from tajsec.text.dates import Edtf


class Selection(NamedTuple):
    """Which facts a command is asked about: those that meet every condition; an empty condition is met by all.

    Within a condition any one value is enough; an id takes the facts about its parts too.
    """

    actors: AbstractSet[str] = frozenset()
    topics: AbstractSet[str] = frozenset()
    sources: AbstractSet[str] = frozenset()
    places: AbstractSet[str] = frozenset()
    statuses: "AbstractSet[Status]" = frozenset()
    since: "Edtf | None" = None
    until: "Edtf | None" = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def tags(self) -> "list[tuple[TagKind, AbstractSet[str]]]":
        """Give the conditions that are terms, sources and statuses, each with the ids that meet it."""
        terms: list[tuple[TagKind, AbstractSet[str]]] = [
            ("actor", self.actors),
            ("topic", self.topics),
            ("place", self.places),
        ]
        return [*terms, ("source", self.sources), ("status", frozenset[str](self.statuses))]

    def asked(self) -> dict[str, list[str] | str]:
        """Give the conditions that are not empty, as JSON has them: ids sorted, dates as EDTF."""
        names = ("actors", "topics", "sources", "places", "statuses")
        sets: dict[str, list[str] | str] = {name: sorted(getattr(self, name)) for name in names if getattr(self, name)}
        return sets | {name: str(date) for name, date in (("since", self.since), ("until", self.until)) if date}


EVERYTHING = Selection()
