"""The protocol between the commands and a store: the queries that a store answers.

`tajsec.store.sql` implements it over SQL, for an SQLite file (`sqlite`) and a PostgreSQL server (`postgres`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tajsec.model.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from tajsec.model.kinds import Sort, TagKind
    from tajsec.model.pack import Pack
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Vocabulary


Question = Callable[[], object]
"""A question that is asked when it is called: a method of a store with its arguments."""


class Profile(NamedTuple):
    """Counts of the facts of a selection: in all, and by actor, status and source."""

    total: int
    earliest: int | None
    """The number of the fact that begins first; None if no fact is selected."""
    latest: int | None
    """The number of the fact that ends last."""
    actors: list[tuple[str, int]]
    """Pairs of an id and its number of facts, the largest number first; `statuses` and `sources` are the same.

    A fact about a part counts for its wholes too.
    """
    statuses: list[tuple[str, int]]
    sources: list[tuple[str, int]]


SEARCHED = ("statement", "aliases", "quotes")
"""The fields of a fact that are searched."""


class Document(NamedTuple):
    """The searchable text of a fact, and the values that ranking uses."""

    number: int
    id: str
    fields: tuple[str, ...]
    """The texts of `SEARCHED` as stems between spaces, so that a phrase is a substring."""
    text: str
    """The texts of all fields, joined."""
    answers: str
    """The kinds of answer that the fact has: figure, the units of its figures, date, person, place, span, planned."""
    same_as: str
    """The ids of the facts that say the same: they round its figure, or repeat it, or the other way round."""
    rank: int
    """The rank of the fact: 0 preferred, 1 normal, 2 deprecated."""
    superseded_or_less_exact: bool
    """True if another fact is to be cited instead: a newer, more exact or correct one."""
    when: Sequence[tuple[int, int]]
    """First and last day (as `day_number`) of each date of the fact's `when`: several of a set, none without it."""
    extent: tuple[int, int]
    """First and last day that the fact is about (`Fact.extent`)."""

    def is_between(self, first: int, last: int) -> bool:
        """True if a date of the fact may be between two days."""
        spans = self.when if len(self.when) > 1 else [self.extent]
        return any(starts <= last and ends >= first for starts, ends in spans)


class Named(NamedTuple):
    """A term with some name."""

    kind: "TagKind"
    id: str
    main_key: str | None
    """The key of its main name; None for what has no term, as a source or a status."""
    main_name: str | None
    is_common: bool
    """True if at least half of the facts are about the term, or about an actor that it is part of."""


class Form(NamedTuple):
    """A word as it is written in a fact or a name."""

    form: str
    is_name: bool
    """True if it is in a name of an actor, a person or a place."""


class StoredNumber(NamedTuple):
    """A number of a fact; unit and qualifier are "" for one that is only in the statement."""

    value: float
    unit: str
    qualifier: str


class Store(Protocol):
    """The queries of the commands. The same query returns the same answer in the same order, always.

    A fact has a number, by which it is looked up; numbers sort in the order of the files. On a server, new facts
    follow those that were there, and a number may be missing.
    """

    @property
    def vocabulary(self) -> "Vocabulary":
        """The names of actors, people, topics, places, units and terms."""

    def together(self, questions: Callable[[], Iterable[Question]]) -> None:
        """Ask ahead what is likely to be asked next: a store on a server answers it in one round trip, and keeps that.

        It changes no answer. A store without a network does nothing, and does not call `questions`.
        """

    def renew(self) -> None:
        """Answer from here on what the store has now, if others may have written it; a file does not change."""

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        """Return the selected facts in the order of the files, without withdrawn ones; at most `limit`."""

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Return the number of selected facts."""

    def select(
        self,
        selection: Selection = EVERYTHING,
        *,
        sort: "Sort | None" = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> Sequence[int]:
        """Return the numbers of the selected facts, sorted (see `in_order`), or else in the order of the files.

        The first `offset` facts are left out.
        """

    def in_order(self, numbers: Sequence[int], sort: "Sort") -> Sequence[int]:
        """Return the numbers of facts sorted: the oldest `when` or `as_of`, the first `id`, or the best `rank` first.

        A fact without a `when` comes last; of one without an `as_of`, the `when` counts.
        """

    def in_time(self, selection: Selection = EVERYTHING, *, offset: int = 0, limit: int | None = None) -> Sequence[int]:
        """Return the numbers of the selected facts with a `when`, in order of time, then of id.

        Dates are sorted by their start (by their end where the start is open), then by their end.
        """

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        """Return the number of selected facts with a `when`."""

    def number(self, fact_id: str) -> int:
        """Return the number of a fact, which may be withdrawn. Raises UnknownName."""

    def numbers(self, ids: Sequence[str]) -> Sequence[int]:
        """Return the numbers of facts, which may be withdrawn, in this order. Raises UnknownName."""

    def objects(self, numbers: Sequence[int], *, aliases: bool = False) -> Sequence[str]:
        """Return the JSON texts of the facts of these numbers, in this order (`tajsec.model.as_json.fact_object`).

        With `aliases` they have these as their last key.
        """

    def count_by_term(self, kind: "TagKind", selection: Selection) -> Mapping[str, int]:
        """Return the numbers of selected facts by term of a kind; a fact about a part counts for its wholes too."""

    def profile(self, selection: Selection) -> Profile:
        """Return the numbers of selected facts by actor, status and source."""

    def by_rank(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        """Return the numbers of the selected facts by rank, then in the order of the files.

        Facts instead of which another is to be cited (a more exact or newer one) are left out.
        """

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        """Return the numbers of the selected facts with figures: by rank, wholes before parts, in order of the files.

        Facts instead of which another is to be cited (a more exact or newer one) come last.
        """

    def count_figures(self, selection: Selection) -> int:
        """Return the number of selected facts with figures, without those instead of which another is to be cited."""

    def fact(self, fact_id: str) -> "Fact":
        """Return a fact by id; it may be withdrawn. Raises UnknownName."""

    def facts_of(self, ids: Sequence[str]) -> "Sequence[Fact]":
        """Return facts by their ids, in this order. Raises UnknownName."""

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        """Return the facts of these numbers, in this order."""

    def sources(self) -> "Sequence[Source]":
        """Return all sources, sorted by id."""

    def source(self, source_id: str) -> "Source":
        """Return a source by id. Raises UnknownName."""

    def packs(self) -> "Sequence[Pack]":
        """Return the packs of the store, the shipped one first, without their folders."""

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        """Return the relations of other facts to this one, each with the id of the fact that has it."""

    def differing(
        self,
        selection: Selection,
        *,
        ids: Sequence[str] = (),
        kinds: Sequence[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> "Sequence[tuple[str, Relation]]":
        """Return the relations in which two facts differ, each with the id of its fact, in the order of the files.

        With `ids`, at least one of the two facts is among them; without, at least one is selected.
        """

    def reviews(self) -> "Sequence[Review]":
        """Return the reviews, oldest first."""

    def origin(self, source_id: str) -> str:
        """Return the id of the source from which this one was republished in the end; its own id if it was not."""

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        """Return the ids of a kind with this start, each with its name, statement or title.

        `kind` is a kind of term, "fact", "source" or "pack". If there are more than `limit`, the first
        `limit` and the last one are returned: their common start is that of all.
        """


class SearchableStore(Store, Protocol):
    """The queries of search, most of which return the numbers of facts with some stems, terms, numbers or days."""

    def size(self) -> int:
        """Return the number of facts that can be searched."""

    def years(self) -> tuple[int, int]:
        """Return the first year that a fact is about, and the last of a source's date or of a fact's `as_of`."""

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[Named]]:
        """Return the terms with each name; a name is given by its key, its stems joined by spaces."""

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        """Return the stem of each of these forms (words before stemming) that is in the store."""

    def forms_of_stem(self, stem: str) -> Sequence[str]:
        """Return the forms of a stem that any fact contains."""

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Return the number of facts that contain each stem, for stems that any fact contains."""

    def one_slip_away(self, form: str) -> Sequence[Form]:
        """Return the forms in the store at an optimal string alignment distance of 1 from this one."""

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[Form]:
        """Return the forms of `least` to `most` letters that begin with `start`: the candidates for a mistyped word."""

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        """Return the stems of the `limit` forms with this start that are in most facts."""

    def sounding_like(self, form: str) -> Sequence[Form]:
        """Return the forms in the store that sound the same (`tajsec.text.spelling.sound`)."""

    def containing(self, groups: Sequence[Sequence[str]], limit: int | None) -> Sequence[int]:
        """Return the numbers of `limit` facts with a token of every group, those with the shortest statements.

        A token is a stem, or one that `tajsec.store.index` makes of a term, a number, a year or a word.
        """

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        """Return the numbers of the facts about a term or a part of it, among all facts or these."""

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        """Return the number of facts about a term or a part of it."""

    def with_numbers(
        self, least: float, most: float, among: Sequence[int] | None = None
    ) -> Mapping[int, AbstractSet[StoredNumber]]:
        """Return the numbers of the facts that contain numbers from `least` to `most`, among all facts or these."""

    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]:
        """Return the numbers of `limit` facts whose `when` or `as_of` may be between two days (such as 20121005).

        Facts of exactly this span come first, then those within it, then those that overlap with it, the longest last.
        """

    def selected_among(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        """Return the numbers in `among` of selected facts, without withdrawn ones."""

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        """Return the searchable text of each of these facts, in this order."""
