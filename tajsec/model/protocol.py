"""The seam between the commands and a store: what they ask of it, and in which terms.

`tajsec.store` answers from an SQLite file. Another store (PostgreSQL, for many writers or readers) stands beside it by
answering the same questions; nothing above the seam changes.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Vocabulary


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
    superseded_or_less_exact: bool
    """Whether a careful analyst would cite another fact instead."""
    when: tuple[int, int] | None
    extent: tuple[int, int]


class Store(Protocol):
    """What the commands ask of a store. Same question, same answer, same order, always.

    A fact's number is its place in the files.
    """

    @property
    def vocabulary(self) -> "Vocabulary":
        """The names of actors, people, topics, places, units and terms."""

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Count the facts that the selection takes."""

    def select(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        """Give the numbers of the facts that the selection takes, in the order of the files."""

    def in_time(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        """Give the numbers of the facts with a `when` that the selection takes, in order of time, then of id.

        A date is placed by its start (by its end, where the start is open); of two that begin together the one
        that ends first comes first.
        """

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        """Count the facts with a `when` that the selection takes."""

    def number(self, fact_id: str) -> int:
        """Give the number of a fact, of a withdrawn one too. Raises UnknownName."""

    def objects(self, numbers: Sequence[int]) -> Sequence[str]:
        """Give the facts of these numbers as texts of JSON objects, whole, in this order."""

    def count_by_term(self, kind: "TagKind", selection: Selection) -> Mapping[str, int]:
        """Count the facts that a selection takes, by term of a kind; a fact about a part counts for its wholes too."""

    def profile(self, selection: Selection) -> Profile:
        """Count the facts that a selection takes, by actor, status and source."""

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        """Give the facts with figures that a selection takes, wholes before their parts, then in order of the files.

        A fact instead of which another is to be cited (an exact figure, a newer one) comes after all others.
        """

    def count_figures(self, selection: Selection) -> int:
        """Count the facts with figures that a selection takes and that are to be cited themselves."""

    def fact(self, fact_id: str) -> "Fact":
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        """Give the facts of these numbers, in this order."""

    def sources(self) -> "Sequence[Source]":
        """Give the sources by id."""

    def source(self, source_id: str) -> "Source":
        """Give a source by id. Raises UnknownName."""

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""

    def differing(
        self, selection: Selection, *, ids: Sequence[str] = (), kinds: Sequence[str] = (), limit: int | None = None
    ) -> "Sequence[tuple[str, Relation]]":
        """Give the relations in which two facts differ, each with the fact that has it, in the order of the files.

        Of the two facts at least one is among `ids`, or without ids, taken by the selection.
        """

    def reviews(self) -> "Sequence[Review]":
        """Give the records of what was compared with the documents, oldest first."""

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        """Give the ids of a kind (a kind of term, fact, source) that begin so, each with what it stands for.

        The first `limit` of them; of more than these the last one too, so that what the ids given have in common is
        what all have in common.
        """


class SearchableStore(Store, Protocol):
    """What search asks besides: stems and spans in, numbers of facts out."""

    def size(self) -> tuple[int, float]:
        """Give the number of facts that can be searched, and the mean number of words of their statements."""

    def years(self) -> tuple[int, int]:
        """Give the first year that a fact is about, and the last for which a source speaks."""

    def named(self, keys: Sequence[str]) -> "Mapping[str, Sequence[tuple[TagKind, str]]]":
        """Give, for each key (the stems of a name, joined by spaces), the terms that bear the name."""

    def main_names(self, terms: "Sequence[tuple[TagKind, str]]") -> Sequence[str]:
        """Give the key of each term's main name."""

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        """Give the stem of each of the forms that the store knows."""

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Give the number of facts in which each stem stands, for those that stand in one."""

    def one_slip_away(self, form: str) -> Sequence[str]:
        """Give those forms that differ from this one by one slip: a letter added, left out, changed, or two swapped."""

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[str]:
        """Give the forms of so many letters with this first letter that a mistyped word may be meant for."""

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        """Give the stems of those forms that begin so and stand in most facts, `limit` of the forms."""

    def sounding_like(self, form: str) -> Sequence[str]:
        """Give those forms that sound the same."""

    def containing(self, groups: Sequence[Sequence[str]], limit: int) -> Sequence[int]:
        """Give the facts that hold a word of every group, the `limit` of them that have the shortest statements.

        A word is a stem or a token of `tajsec.store.index`: of a term, a number, a year, a stem in the statement.
        """

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        """Give the facts about a term or a part of it, of all facts or of some."""

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        """Count the facts about a term or a part of it."""

    def common(self, terms: "Sequence[tuple[TagKind, str]]") -> "Sequence[tuple[TagKind, str]]":
        """Give those of the terms that most facts are about, or that are part of one that most facts are about."""

    def with_number(self, value: float, among: Sequence[int] | None = None) -> Mapping[int, AbstractSet[str]]:
        """Give the facts that hold a number, of all facts or of some, each with the units it is counted in.

        The unit is "" for a number of the statement.
        """

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Give the facts whose `when` or `as_of` may lie between two days (such as 20121005), `limit` of them.

        Those of just this span come first, then those within it, then those over a part of it, then the longest.
        """

    def taken(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        """Give those of the facts that the selection takes and that are not withdrawn."""

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        """Give what is searched of each of the facts."""
