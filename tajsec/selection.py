"""Which facts are meant, and what is searched of each: what both sides of the seam hand over."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tajsec.dates import Edtf
    from tajsec.model import Status, TagKind


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


def tag_token(kind: str, term_id: str) -> str:
    """Give the word under which the facts about a term stand in the index, beside the words of their texts."""
    return f"{kind}:{term_id}"


def number_token(value: float) -> str:
    """Give the word under which the facts that hold a number stand in the index."""
    return f"number:{int(value) if float(value).is_integer() else value!r}"


def year_token(year: int) -> str:
    """Give the word under which the facts of a year stand in the index."""
    return f"year:{year}"


def statement_token(stem: str) -> str:
    """Give the word under which the facts stand in the index that hold a stem in their statement."""
    return f"in:{stem}"


def twice_token(stem: str) -> str:
    """Give the word under which the facts stand in the index that hold a stem in their statement and once more."""
    return f"twice:{stem}"


YEAR = 10_000
"""What the number of a day (`tajsec.dates.day_number`) grows by in a year."""
_PLACES = 40
"""Bits of the number of a fact."""


def index_row(number: int, size: int) -> int:
    """Give the row of the index for a fact with a statement of so many words: those of short ones come first."""
    return size << _PLACES | number


def number_of(row: int) -> int:
    """Give the number of the fact of a row of the index."""
    return row & (1 << _PLACES) - 1


class Profile(NamedTuple):
    """What the facts of a selection are, in numbers: how many, about whom, of which status, from which sources."""

    total: int
    earliest: int | None
    """The number of the fact that begins first, and of the one that ends last."""
    latest: int | None
    actors: list[tuple[str, int]]
    """Ids with the number of facts that name them, the most named first; so for statuses and sources."""
    statuses: list[tuple[str, int]]
    sources: list[tuple[str, int]]


SEARCHED = ("statement", "aliases", "names", "around", "topics")
"""The fields of a fact that are searched."""


class Document(NamedTuple):
    """What is searched of a fact."""

    number: int
    id: str
    fields: tuple[str, ...]
    """The texts of `SEARCHED` as stems between spaces, so that a phrase is found in them as it is."""
    text: str
    """All fields as one."""
    forms: str
    """The statement's words before stemming."""
    size: int
    """Words of the statement."""
    figures: int
    """Quantities that the fact gives."""
    outdone: bool
    """Whether a careful analyst would cite another fact instead."""
    when: tuple[int, int] | None
    extent: tuple[int, int]
