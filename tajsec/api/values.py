"""The values that the Python API returns: facts, hits, listings, summaries; each has its JSON and its HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from json import loads
from typing import TYPE_CHECKING, Generic, Self, TypeVar, cast, overload

from tajsec.api import notebook
from tajsec.cite.citation import claim, reference
from tajsec.model import records
from tajsec.model.as_json import body_of
from tajsec.model.kinds import RelationKind
from tajsec.model.records import WHEREABOUTS, Source
from tajsec.model.vocabulary import Term
from tajsec.text.forms import counted, printable

if TYPE_CHECKING:
    from tajsec.analysis.totals import Total
    from tajsec.output import json_types
    from tajsec.search.corrections import TakenFor
    from tajsec.search.ranking import Explanation
    from tajsec.text.dates import Edtf


T = TypeVar("T", covariant=True)

SHOWN = 10
"""Records that the `repr` of a sequence lists: as many as `tajsec search` shows."""


# ---------------------------------------------------------------- one record


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(records.Cite):
    """The evidence of a fact: the source with its title, publisher, date and address; the passage; the words."""

    title: str
    publisher: str
    issued: "Edtf | None"
    updated: "Edtf | None"
    url: str | None
    """The address of the document, if it has one."""
    kept_at: str | None
    """Where a document without an address is found: ISBN, URN, place in an archive."""
    section: str | None
    erratum: records.Erratum | None
    """The correction, if the words have a declared error of the source."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact(records.Fact):
    """One claim in one sentence, with its receipts, and the ids of the facts that supersede it or differ from it."""

    cites: tuple[Receipt, ...]
    superseded_by: tuple[str, ...]
    differs_from: tuple[str, ...]
    origins: tuple[str, ...]
    """The cited sources that are not copies of one another."""
    _text: str = field(compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    def __str__(self) -> str:
        """Return the claim with its bounds, sources and passages on one line."""
        when = f"{self.when.words}: " if self.when else ""
        others = (("superseded by", self.superseded_by), ("differs from", self.differs_from))
        marks = [f"{verb} {', '.join(ids)}" for verb, ids in others if ids]
        marks += [f"withdrawn: {self.withdrawn}"] if self.withdrawn else []
        receipts = dict.fromkeys(f"{cite.source} {cite.passage}" for cite in self.cites)
        errata = [cite.erratum for cite in self.cites if cite.erratum]
        return printable(f"{when}{claim(self, errata)} [{'; '.join([*receipts, *marks])}]")

    def __repr__(self) -> str:
        return f"<Fact {self.id}: {self}>"

    def to_dict(self) -> "json_types.Fact":
        """Return the object that `tajsec show --json` prints."""
        found: json_types.Fact = loads(self._text)
        found.pop("aliases")
        return found

    def _repr_html_(self) -> str:
        return notebook.card(self.to_dict())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hit:
    """A fact that answers a search: `score` orders the hits of one search, `why` explains it word by word."""

    fact: Fact
    score: float
    why: "tuple[Explanation, ...]"

    def __repr__(self) -> str:
        return f"<Hit {self.score:.2f} {self.fact.id}: {self.fact}>"

    def to_dict(self) -> "json_types.FoundFact":
        """Return the object that `tajsec search --json` prints."""
        found = cast("json_types.FoundFact", self.fact.to_dict())
        found["score"] = self.score
        return found

    def _repr_html_(self) -> str:
        return self.fact._repr_html_()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Difference:
    """Two facts that differ: the `kind` of difference, why they differ, and the id of the one to cite (`prefer`)."""

    kind: RelationKind
    facts: tuple[Fact, Fact]
    note: str
    prefer: str | None

    def __repr__(self) -> str:
        first, second = self.facts
        prefer = f" Cite {self.prefer}." if self.prefer else ""
        return f"<Difference {first.id} {self.kind} {second.id}: {printable(self.note)}{prefer}>"

    def to_dict(self) -> "json_types.Difference":
        """Return the object that `tajsec differences --json` prints."""
        facts = [fact.to_dict() for fact in self.facts]
        return {"kind": self.kind, "note": self.note, "prefer": self.prefer, "facts": facts}

    def _repr_html_(self) -> str:
        return notebook.differences([self.to_dict()], f"{self.facts[0].id} and {self.facts[1].id}")


# ---------------------------------------------------------------- many records


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Listing(Sequence[T], Generic[T]):
    """An immutable sequence of records, shown as a table in a notebook. A slice has the same type."""

    _items: tuple[T, ...]

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> "T | Self":
        return replace(self, _items=self._items[index]) if isinstance(index, slice) else self._items[index]

    def __repr__(self) -> str:
        more = [f"... and {len(self) - SHOWN} more"] if len(self) > SHOWN else []
        return "\n".join([f"<{self._caption()}>", *self[:SHOWN]._lines(), *more])

    def _caption(self) -> str:
        return f"{type(self).__name__}: {len(self)}"

    def _lines(self) -> list[str]:
        return list(map(repr, self))


class Facts(Listing[Fact]):
    """Facts in order."""

    __slots__ = ()

    def to_dicts(self) -> "list[json_types.Fact]":
        """Return the objects that `--json` prints under `facts`."""
        return [fact.to_dict() for fact in self]

    def _caption(self) -> str:
        return counted(len(self), "fact")

    def _repr_html_(self) -> str:
        return notebook.facts(self.to_dicts(), self._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Timeline(Facts):
    """Facts in order of time; `undated` is the number of those left out because they have no date of their own."""

    undated: int

    def _caption(self) -> str:
        return f"{counted(len(self), 'fact')} in order of time, {self.undated} undated left out"

    def _repr_html_(self) -> str:
        return notebook.timeline(self.to_dicts(), self._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hits(Listing[Hit]):
    """The facts that a search found, best first; `total` is the number of all that answer it.

    `taken_for` has the words that were read as others, and `left_out` those that no fact has. If nothing was found,
    `reasons` says why, `near_words` has known words that are spelled like unknown ones, and `nearest` has the facts
    that answer a part of the query.
    """

    query: str
    total: int
    taken_for: "tuple[TakenFor, ...]"
    left_out: tuple[str, ...]
    reasons: tuple[str, ...]
    near_words: Mapping[str, tuple[str, ...]]
    nearest: Facts

    @property
    def facts(self) -> Facts:
        """The facts alone."""
        return Facts(_items=tuple(hit.fact for hit in self))

    def to_dicts(self) -> "list[json_types.FoundFact]":
        """Return the objects that `tajsec search --json` prints under `facts`."""
        return [hit.to_dict() for hit in self]

    def _caption(self) -> str:
        return f"{len(self)} of {counted(self.total, 'fact')} for {self.query!r}"

    def __repr__(self) -> str:
        return "\n".join([Listing.__repr__(self), *(() if self else self._reasons())])

    def _reasons(self) -> list[str]:
        from tajsec.search.as_you_type import near_lines

        return [printable(each) for each in (*self.reasons, *near_lines(self.near_words))]

    def _repr_html_(self) -> str:
        return notebook.hits(self.to_dicts(), self._caption(), self._reasons(), self.nearest.to_dicts())


class Differences(Listing[Difference]):
    """Pairs of facts that differ."""

    __slots__ = ()

    def to_dicts(self) -> "list[json_types.Difference]":
        """Return the objects that `tajsec differences --json` prints under `differences`."""
        return [difference.to_dict() for difference in self]

    def _repr_html_(self) -> str:
        return notebook.differences(self.to_dicts(), self._caption())


class Terms(Listing[Term]):
    """Names of the vocabulary."""

    __slots__ = ()

    def _lines(self) -> list[str]:
        return [printable(f"<Term {term.id}: {term.name}>") for term in self]

    def _repr_html_(self) -> str:
        return _listed(self, ("id", "name", "part_of", "about", "aliases"))


class Sources(Listing[Source]):
    """The documents."""

    __slots__ = ()

    def _lines(self) -> list[str]:
        return [printable(f"<Source {source.id}: {reference(source)}>") for source in self]

    def _repr_html_(self) -> str:
        whereabouts = [key for key in WHEREABOUTS if any(getattr(source, key) for source in self)]
        return _listed(self, ("id", "title", "publisher", "issued", *whereabouts, "derived_from", "notes"))


def _listed(listing: "Terms | Sources", keys: Sequence[str]) -> str:
    bodies = map(body_of, listing)
    return notebook.listing([{key: body.get(key) for key in keys} for body in bodies], listing._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Summary:
    """A topic: its number of facts, first and last date, what must be said, key figures, sums, and differences."""

    topic: Term
    total: int
    first: "Edtf | None"
    last: "Edtf | None"
    origins: int
    """Sources that are not copies of one another."""
    points: Facts
    """The facts that a brief must tell."""
    figures: Facts
    """The facts with the key figures."""
    totals: "tuple[Total, ...]"
    differences: Differences
    _text: str

    def __repr__(self) -> str:
        span = " to ".join(dict.fromkeys(end.words for end in (self.first, self.last) if end))
        return f"<Summary {self.topic.id}: {counted(self.total, 'fact')}, {span or 'no date'}>"

    def to_dict(self) -> "json_types.Summary":
        """Return the object that `tajsec summary TOPIC --json` prints."""
        found: json_types.Summary = loads(self._text)
        return found

    def _repr_html_(self) -> str:
        return notebook.summary(self.to_dict())
