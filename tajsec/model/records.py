"""What the store holds, as frozen values. After `read` has made them, nobody checks them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tajsec.model.kinds import Period, Place, Qualifier, RelationKind, ReviewKind, Role, Status
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.dates import Day, Edtf


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One non-blank part of a document, sealed: its digest stands for its text."""

    n: int
    section: str | None
    role: Role
    words: int
    sha256: str
    as_of: Edtf | None = None
    """When the passage holds, if that is not when the source holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """A declared error of a source: the words that are wrong, what is right, and on which evidence."""

    passage: int
    says: str
    right: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document, with the bibliographic fields of CSL and its sealed passages in order (`passages[0].n == 1`)."""

    id: str
    type: str
    title: str
    author: tuple[str, ...]
    publisher: str
    container_title: str | None
    issued: Edtf | None
    updated: Edtf | None
    accessed: Edtf | None
    as_of: Edtf | None
    """When the text as a whole holds true; a passage may have a date of its own."""
    url: str
    archive_url: str | None
    language: str
    file: str
    text_sha256: str
    derived_from: str | None
    notes: tuple[str, ...]
    errata: tuple[Erratum, ...]
    passages: tuple[Passage, ...]
    place: Place = field(compare=False)

    def erratum_in(self, passage: int, quote: str) -> Erratum | None:
        """Give the error that quoted words of a passage hold, or are part of, if one is declared."""
        return next((e for e in self.errata if e.passage == passage and (e.says in quote or quote in e.says)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, what it counts, and how firmly it is given."""

    value: int | float
    unit: str
    qualifier: Qualifier
    of: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """The receipt of a fact: a source, the number of its passage, and a few of its words."""

    source: str
    passage: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a fact stands to the fact `to`, and which of the two a careful analyst would cite (`prefer`), if either."""

    to: str
    kind: RelationKind
    note: str
    prefer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One claim in one sentence, with its receipts."""

    id: str
    statement: str
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    when: Edtf | None
    as_of: Edtf | None
    status: Status
    quantities: tuple[Quantity, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    aliases: tuple[str, ...]
    cites: tuple[Cite, ...]
    relations: tuple[Relation, ...]
    inferred: Mapping[str, str]
    """Key of the fact -> from what its value was inferred."""
    derived: Mapping[str, str]
    """Figure, or id of a unit -> why the fact may say it although no quote holds it."""
    withdrawn: str | None
    """Why the fact no longer stands; a withdrawn fact is shown by its id alone."""
    content_hash: str = field(compare=False)
    """See `content_hash`."""
    place: Place = field(compare=False)

    @property
    def time(self) -> Edtf:
        """The date by which the fact is placed: `when` it happened, or as of when it held."""
        date = self.when or self.as_of
        assert date is not None, "read() takes no fact without a date"  # noqa: S101
        return date

    @property
    def extent(self) -> tuple[Day, Day]:
        """The first and the last day for which the fact speaks; an open end reaches as far as its `as_of`."""
        known = [end for date in (self.when, self.as_of) if date for end in (date.start, date.end) if end]
        first = self.time.start.first if self.time.start else min(end.first for end in known)
        return first, self.time.end.last if self.time.end else max(end.last for end in known)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the fact cites, each once, in the order of its cites."""
        return tuple(dict.fromkeys(cite.source for cite in self.cites))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A record that facts were compared with the documents: by the tool (`quotes`), or by a reader (`reading`)."""

    kind: ReviewKind
    date: Edtf
    compared: str
    """What was compared with what."""
    texts: Mapping[str, str]
    """Source -> SHA-256 of the text that was read."""
    facts: Mapping[str, str]
    """Fact -> its content hash when it was compared."""
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that a set of data folders holds, checked against itself."""

    facts: Sequence[Fact]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    reviews: Sequence[Review] = ()
