"""What the store holds, as frozen values. After `read` has made them, nobody checks them again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, get_args

from tajsec.dates import Day, Edtf, parse
from tajsec.errors import UnknownName
from tajsec.spelling import near_names
from tajsec.text import fold

if TYPE_CHECKING:
    from json import JSONEncoder

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


ReviewKind = Literal["quotes", "reading"]
REVIEW_KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)


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
class Term:
    """A name of the vocabulary with every other name that people use for the same thing."""

    kind: TermKind
    id: str
    name: str
    aliases: tuple[str, ...]
    about: str | None
    part_of: str | None
    place: Place = field(compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name: id, name, aliases."""
        return (self.id, self.name, *self.aliases)


class Vocabulary:
    """The terms by kind and id, in the order of the files."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms; of two with the same kind and id the first stays."""
        self._terms: dict[TermKind, dict[str, Term]] = {kind: {} for kind in TERM_KINDS}
        for term in terms:
            self._terms[term.kind].setdefault(term.id, term)

    def of(self, kind: TermKind) -> Mapping[str, Term]:
        """Give the terms of one kind by id."""
        return self._terms[kind]

    def name(self, kind: TermKind, term_id: str) -> str:
        """Give the name that is shown for an id."""
        return self._terms[kind][term_id].name

    def resolve(self, kind: TermKind, name: str) -> str:
        """Give the id that an id, name or alias stands for, whatever its case and accents.

        Raises UnknownName, with near names, if it stands for none.
        """
        terms = self._terms[kind]
        if name in terms:
            return name
        by_name: dict[str, str] = {}
        for term in terms.values():
            for each in term.names:
                by_name.setdefault(fold(each), term.id)
        found = by_name.get(fold(name))
        if found is None:
            near = dict.fromkeys(by_name[each] for each in near_names(name, by_name))
            raise UnknownName(kind, name, tuple(near), f"tajsec {kind}s")
        return found

    def within(self, kind: TermKind, term_id: str) -> frozenset[str]:
        """Give the id and those of all its parts, and of their parts."""
        found = {term_id}
        while True:
            parts = {term.id for term in self._terms[kind].values() if term.part_of in found} - found
            if not parts:
                return frozenset(found)
            found |= parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that a set of data folders holds, checked against itself."""

    facts: Sequence[Fact]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    reviews: Sequence[Review] = ()


HASH_DIGITS = 16
_UNHASHED = ("aliases", "relations")


def content_hash(keys: Mapping[str, object]) -> str:
    """Give the hash of what a fact claims and on which evidence, as 16 hexadecimal digits; `keys` are its fields.

    It is the beginning of the SHA-256 of the fact's keys as canonical JSON (sorted, no spaces, UTF-8). Search words and
    relations are left out: they may grow without the claim being another.
    """
    import hashlib  # facts of the compiled store bring their hash

    claim = {key: _plain(value) for key, value in keys.items() if key not in _UNHASHED and value not in _ABSENT}
    return hashlib.sha256(_encoder().encode(claim).encode()).hexdigest()[:HASH_DIGITS]


@cache
def _encoder() -> "JSONEncoder":
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# ---------------------------------------------------------------- to and from the JSON that the compiled store keeps


def body_of(record: Source | Fact | Term | Review) -> dict[str, Any]:
    """Give a record's keys as JSON has them: dates as EDTF; what is absent, and where the record stands, left out."""
    found = ((name, getattr(record, name)) for name in record.__slots__ if name != "place")
    return {key: _plain(value) for key, value in found if value not in _ABSENT}


_ABSENT: tuple[object, ...] = (None, (), {})


def _plain(value: object) -> object:
    kind: type[Any] = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple:
        return [_plain(each) for each in value]  # type: ignore[attr-defined]
    if kind is Edtf:
        return str(value)
    names, values = _fields(kind)  # type: ignore[arg-type]  # a class is hashable
    return dict(zip(names, map(_plain, values(value)), strict=True))


@cache
def _fields(kind: type[Any]) -> tuple[Sequence[str], Callable[[object], Sequence[object]]]:
    """Give the names of a record's fields, and what gives their values."""
    names: Sequence[str] = kind.__slots__
    return names, attrgetter(*names)


_AS_THEY_ARE = frozenset({str, int, float, bool, dict, type(None)})


def fact_of(body: Mapping[str, Any]) -> Fact:
    """Make a fact of its JSON object (`tajsec.objects`)."""
    return Fact(
        id=body["id"],
        statement=body["statement"],
        actors=tuple(body["actors"]),
        topics=tuple(body["topics"]),
        when=_date(body, "when"),
        as_of=_date(body, "as_of"),
        status=body["status"],
        quantities=tuple(Quantity(**each) for each in body.get("quantities", ())),
        places=tuple(body.get("places", ())),
        people=tuple(body.get("people", ())),
        aliases=tuple(body.get("aliases", ())),
        cites=tuple(Cite(source=c["source"], passage=c["passage"], quote=c["quote"]) for c in body["cites"]),
        relations=tuple(Relation(**each) for each in body.get("relations", ())),
        inferred=body.get("inferred", {}),
        derived=body.get("derived", {}),
        withdrawn=body.get("withdrawn"),
        content_hash=body["content_hash"],
        place=COMPILED,
    )


def source_of(body: Mapping[str, Any]) -> Source:
    """Make a source of the keys that `compile` wrote."""
    return Source(
        id=body["id"],
        type=body["type"],
        title=body["title"],
        author=tuple(body.get("author", ())),
        publisher=body["publisher"],
        container_title=body.get("container_title"),
        issued=_date(body, "issued"),
        updated=_date(body, "updated"),
        accessed=_date(body, "accessed"),
        as_of=_date(body, "as_of"),
        url=body["url"],
        archive_url=body.get("archive_url"),
        language=body["language"],
        file=body["file"],
        text_sha256=body["text_sha256"],
        derived_from=body.get("derived_from"),
        notes=tuple(body.get("notes", ())),
        errata=tuple(Erratum(**each) for each in body.get("errata", ())),
        passages=tuple(Passage(**{**each, "as_of": _date(each, "as_of")}) for each in body["passages"]),
        place=COMPILED,
    )


def review_of(body: Mapping[str, Any]) -> Review:
    """Make a review of the keys that `compile` wrote."""
    return Review(
        kind=body["kind"],
        date=parse(body["date"]),
        compared=body["compared"],
        texts=body.get("texts", {}),
        facts=body.get("facts", {}),
        place=COMPILED,
    )


def term_of(kind: TermKind, body: Mapping[str, Any]) -> Term:
    """Make a term of the keys that `compile` wrote."""
    return Term(
        kind=kind,
        id=body["id"],
        name=body["name"],
        aliases=tuple(body.get("aliases", ())),
        about=body.get("about"),
        part_of=body.get("part_of"),
        place=COMPILED,
    )


def _date(body: Mapping[str, Any], key: str) -> Edtf | None:
    return parse(body[key]) if body.get(key) else None


COMPILED = Place(file="", line=0, index=0)
"""The place of a record that was read from the compiled store: where it stood in TOML is not kept."""
