"""The records of a store, as frozen values: facts, sources, and their parts.

`tajsec.data.read` checks every value when it makes them, so nothing after it checks them again. A field that a TOML
table may leave out has a default; `tajsec.model.as_json` relies on that when it reads records back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tajsec.model.kinds import CITABLE_ROLES, Extent, Period, Qualifier, Rank, RelationKind, ReviewKind, Role, Status
from tajsec.model.pack import Pack
from tajsec.model.place import COMPILED, Place
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.text.dates import Day, Edtf

WHEREABOUTS = ("url", "doi", "isbn", "urn", "locator")
"""The keys of a source that say where the document is found; one of them is required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One non-blank line of a document, sealed: its digest is stored instead of its text."""

    n: int
    section: str | None = None
    as_of: Edtf | None = None
    """When the passage was true, if that is not the date of its source."""
    role: Role
    words: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """A declared error of a source: the wrong words, the right ones, and the evidence for these."""

    passage: int
    says: str
    right: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document: bibliographic fields named as in CSL, and its sealed passages in order (`passages[0].n == 1`).

    The fields are in the order in which `tajsec.documents.seal` writes them.
    """

    id: str
    type: str
    title: str
    genre: str | None = None
    """What kind of text it is, if its type and title do not say: `editorial`."""
    author: tuple[str, ...] = ()
    publisher: str
    container_title: str | None = None
    issued: Edtf | None = None
    updated: Edtf | None = None
    accessed: Edtf | None = None
    as_of: Edtf | None = None
    """When the text as a whole was true; a passage may have a date of its own."""
    url: str | None = None
    """One of the `WHEREABOUTS` is always given."""
    doi: str | None = None
    """Without anything before it: `10.1000/182`."""
    isbn: str | None = None
    urn: str | None = None
    locator: str | None = None
    """Where a document is kept that nobody can look up, in words: archive, box, page."""
    archive_url: str | None = None
    language: str
    file: str
    text_sha256: str
    rights: str = "copyright"
    """`public-domain`, `copyright`, or the SPDX id of a licence."""
    extent: Extent = "whole"
    """`opening` if only the first part of the document was read."""
    derived_from: str | None = None
    """The id of the source whose text this one republishes."""
    notes: tuple[str, ...] = ()
    errata: tuple[Erratum, ...] = ()
    passages: tuple[Passage, ...]
    pack: str | None = field(default=None, compare=False)
    """The id of its pack; None for a folder without `pack.toml`."""
    place: Place = field(default=COMPILED, compare=False)

    @property
    def address(self) -> str | None:
        """The web address of the document: its `url`, else that of its DOI, else None."""
        from tajsec.text.identifiers import doi_address  # the facts of a compiled store have their addresses already

        return self.url or (doi_address(self.doi) if self.doi else None)

    @property
    def kept_at(self) -> str | None:
        """Where a document without a web address is found: its ISBN, URN and locator; None if it has an address."""
        if self.address:
            return None
        return ", ".join(filter(None, [f"ISBN {self.isbn}" if self.isbn else None, self.urn, self.locator]))

    @property
    def claim_passages(self) -> list[Passage]:
        """The passages that facts may cite."""
        return [passage for passage in self.passages if passage.role in CITABLE_ROLES]

    @property
    def claim_words(self) -> int:
        """The number of words of these passages."""
        return sum(passage.words for passage in self.claim_passages)

    def erratum_in(self, passage: int, quote: str) -> Erratum | None:
        """Return the declared error of a passage that overlaps with the quote, or None."""
        return next((e for e in self.errata if e.passage == passage and (e.says in quote or quote in e.says)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, its unit, and how exact it is."""

    value: int | float
    unit: str
    qualifier: Qualifier
    of: str
    """What is counted, in words."""
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """The evidence of a fact: a source, the number of its passage (from 1), and a few words of that passage."""

    source: str
    passage: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation to the fact `to`; `prefer` is the id of the fact of the two to cite, or None."""

    to: str
    kind: RelationKind
    note: str
    prefer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One claim in one sentence, with the passages that are its evidence."""

    id: str
    statement: str
    rank: Rank = "normal"
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    when: Edtf | None = None
    """When it happened, or is to happen."""
    as_of: Edtf | None = None
    """When the statement was true, if that is not `when`; one of the two dates is always given."""
    status: Status
    quantities: tuple[Quantity, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    cites: tuple[Cite, ...]
    relations: tuple[Relation, ...] = ()
    inferred: Mapping[str, str] = field(default_factory=dict)
    """Key of the fact -> the basis on which its value was inferred."""
    derived: Mapping[str, str] = field(default_factory=dict)
    """Figure, or id of a unit -> why the statement may contain it although no quote does."""
    notes: str | None = None
    """What a reader of the receipt should know."""
    withdrawn: str | None = None
    """Why the fact was withdrawn; a withdrawn fact is found by its id alone."""
    draft: str | None = None
    """Where an unreviewed fact comes from: "imported from rows.csv". None for a fact that somebody stands behind."""
    content_hash: str = field(compare=False)
    """See `tajsec.model.as_json.content_hash`."""
    pack: str | None = field(default=None, compare=False)
    """The id of its pack; None for a folder without `pack.toml`."""
    pack_version: str | None = field(default=None, compare=False)
    place: Place = field(default=COMPILED, compare=False)

    @property
    def time(self) -> Edtf:
        """The date by which facts are sorted: `when`, else `as_of`."""
        date = self.when or self.as_of
        assert date is not None, "read() takes no fact without a date"  # noqa: S101
        return date

    @property
    def extent(self) -> tuple[Day, Day]:
        """The first and the last day that the fact is about; an open end is replaced by the nearest known day."""
        known = [end for date in (self.when, self.as_of) if date for end in (date.start, date.end) if end]
        first = self.time.start.first if self.time.start else min(end.first for end in known)
        return first, self.time.end.last if self.time.end else max(end.last for end in known)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the fact cites, each once, in the order of its cites."""
        return tuple(dict.fromkeys(cite.source for cite in self.cites))


def known_error(rank: Rank, rights: Iterable[str], notes: str | None) -> str:
    """Return what is known to be wrong with a fact if it is deprecated, else "".

    `rights` are the corrections of declared errors in its quotes; without any, its `notes` say what is wrong.
    """
    if rank != "deprecated":
        return ""
    return f"known to be wrong: {'; '.join(right.rstrip('.') for right in rights) or (notes or '').rstrip('.')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A record that facts were compared with the documents: by the tool (`quotes`), or by a reader (`reading`)."""

    kind: ReviewKind
    date: Edtf
    compared: str
    """What was compared with what."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Source -> SHA-256 of the text that was read."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Fact -> its content hash when it was compared."""
    quoted: Mapping[str, int] = field(default_factory=dict)
    """Source -> number of words of its claims and captions that the quotes of the store covered."""
    place: Place = field(default=COMPILED, compare=False)

    def is_current(self, fact: Fact) -> bool:
        """True if a fact was compared and has not changed since."""
        return self.facts.get(fact.id) == fact.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All records of a set of data folders, checked against each other."""

    facts: Sequence[Fact]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    reviews: Sequence[Review] = ()
    packs: Sequence[Pack] = ()
    extensions: Sequence[Term] = ()
    """The terms by which packs added aliases to terms of others; the vocabulary has these aliases."""
    """The packs that were read, the shipped one first; a folder without `pack.toml` is none."""
