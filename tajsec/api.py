"""The tool from Python: `store = tajsec.load()`, then ask it what the commands ask (`docs/python.md`).

What comes back are frozen values: facts whole, with their receipts, in sequences that are tables in a notebook. A store
may be asked from any thread. Every error is a `tajsec.TajsecError`, its text one line.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from json import loads
from typing import TYPE_CHECKING, Any, Generic, Self, TypedDict, TypeVar, Unpack, overload

from tajsec import model, notebook
from tajsec.cite import claim, reference
from tajsec.console import cache_folder
from tajsec.errors import UsageError
from tajsec.filters import selection
from tajsec.model import Source, Term
from tajsec.selection import Selection
from tajsec.store import open_store
from tajsec.text import counted, printable

if TYPE_CHECKING:
    from tajsec.dates import Edtf
    from tajsec.filters import Names, When
    from tajsec.jsontext import Json
    from tajsec.protocol import SearchableStore
    from tajsec.search import Explanation
    from tajsec.totals import Total

    Folder = str | os.PathLike[str]

T = TypeVar("T", covariant=True)

BATCH = 500
"""Facts that are read at once while a store is gone through."""
SHOWN = 10
"""Records that the `repr` of a sequence names."""


class OtherFilters(TypedDict, total=False):
    """The filters but for the topic."""

    actor: "Names"
    source: "Names"
    place: "Names"
    status: "Names"
    since: "When | None"
    until: "When | None"


class Filters(OtherFilters, total=False):
    """Which facts are meant: those that meet every filter. Within one, any of several names is enough.

    Actors, topics and places go by id, name or alias, and take their parts; sources by id. Dates are EDTF: a year, a
    month, a day.
    """

    topic: "Names"


# ---------------------------------------------------------------- one record


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(model.Cite):
    """Where a fact stands: the source with its title, publisher, date and address; the passage; the words."""

    title: str
    publisher: str
    issued: "Edtf | None"
    url: str
    section: str | None
    erratum: model.Erratum | None
    """What is right, if the words hold a declared error of the source."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact(model.Fact):
    """One claim in one sentence, with its receipts, and with what other facts say of it."""

    cites: tuple[Receipt, ...]
    superseded_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    origins: tuple[str, ...]
    """The sources among those cited that are no copies of one another."""
    _text: str = field(compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    def __str__(self) -> str:
        """Give the claim with what bounds it, and where it stands, on one line."""
        when = f"{self.when.words}: " if self.when else ""
        others = (("superseded by", self.superseded_by), ("disputed by", self.disputed_by))
        marks = [f"{verb} {', '.join(ids)}" for verb, ids in others if ids]
        marks += [f"withdrawn: {self.withdrawn}"] if self.withdrawn else []
        receipts = dict.fromkeys(f"{cite.source} {cite.passage}" for cite in self.cites)
        return printable(f"{when}{claim(self)} [{'; '.join([*receipts, *marks])}]")

    def __repr__(self) -> str:
        return f"<Fact {self.id}: {self}>"

    def to_dict(self) -> "Json":
        """Give the object that `tajsec show --json` gives."""
        found: Json = loads(self._text)
        return found

    def _repr_html_(self) -> str:
        return notebook.card(self.to_dict())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hit:
    """A fact that answers a search: `score` orders the hits of one search, `why` says what answered which word."""

    fact: Fact
    score: float
    why: "tuple[Explanation, ...]"

    def __repr__(self) -> str:
        return f"<Hit {self.score:.2f} {self.fact.id}: {self.fact}>"

    def to_dict(self) -> "Json":
        """Give the object that `tajsec search --json` gives."""
        return {**self.fact.to_dict(), "score": self.score}

    def _repr_html_(self) -> str:
        return self.fact._repr_html_()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Dispute:
    """Two facts that differ: the `kind` that the first is to the second, why, and which one to cite (`prefer`)."""

    kind: model.RelationKind
    facts: tuple[Fact, Fact]
    note: str
    prefer: str | None

    def __repr__(self) -> str:
        first, second = self.facts
        prefer = f" Cite {self.prefer}." if self.prefer else ""
        return f"<Dispute {first.id} {self.kind} {second.id}: {printable(self.note)}{prefer}>"

    def to_dict(self) -> "Json":
        """Give the object that `tajsec disputes --json` gives."""
        facts = [fact.to_dict() for fact in self.facts]
        return {"kind": self.kind, "note": self.note, "prefer": self.prefer, "facts": facts}

    def _repr_html_(self) -> str:
        return notebook.disputes([self.to_dict()], f"{self.facts[0].id} and {self.facts[1].id}")


# ---------------------------------------------------------------- many records


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Listing(Sequence[T], Generic[T]):
    """Records in order: a sequence that does not change, and a table in a notebook. A slice is one too."""

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

    def to_dicts(self) -> "list[Json]":
        """Give the objects that `--json` lists under `facts`."""
        return [fact.to_dict() for fact in self]

    def _caption(self) -> str:
        return counted(len(self), "fact")

    def _repr_html_(self) -> str:
        return notebook.facts(self.to_dicts(), self._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Timeline(Facts):
    """Facts in order of time; `undated` counts those that were left out for want of a date of their own."""

    undated: int

    def _caption(self) -> str:
        return f"{counted(len(self), 'fact')} in order of time, {self.undated} undated left out"

    def _repr_html_(self) -> str:
        return notebook.timeline(self.to_dicts(), self._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hits(Listing[Hit]):
    """What a search found, best first; `total` counts the facts that answer it.

    An empty answer has `reasons` in words, known words that are like unknown ones (`near_words`), and the `nearest`
    facts, which do not answer the search.
    """

    query: str
    total: int
    reasons: tuple[str, ...]
    near_words: Mapping[str, tuple[str, ...]]
    nearest: Facts

    @property
    def facts(self) -> Facts:
        """The facts alone."""
        return Facts(_items=tuple(hit.fact for hit in self))

    def to_dicts(self) -> "list[Json]":
        """Give the objects that `tajsec search --json` lists under `facts`."""
        return [hit.to_dict() for hit in self]

    def _caption(self) -> str:
        return f"{len(self)} of {counted(self.total, 'fact')} for {self.query!r}"

    def __repr__(self) -> str:
        return "\n".join([Listing.__repr__(self), *(self._said() if not self else ())])

    def _said(self) -> list[str]:
        from tajsec.narrowing import near_lines

        return [printable(each) for each in (*self.reasons, *near_lines(self.near_words))]

    def _repr_html_(self) -> str:
        return notebook.hits(self.to_dicts(), self._caption(), self._said(), self.nearest.to_dicts())


class Disputes(Listing[Dispute]):
    """Pairs of facts that differ."""

    __slots__ = ()

    def to_dicts(self) -> "list[Json]":
        """Give the objects that `tajsec disputes --json` lists."""
        return [dispute.to_dict() for dispute in self]

    def _repr_html_(self) -> str:
        return notebook.disputes(self.to_dicts(), self._caption())


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
        return _listed(self, ("id", "title", "publisher", "issued", "url", "derived_from", "notes"))


def _listed(listing: "Terms | Sources", keys: Sequence[str]) -> str:
    records = [{key: value for key, value in model.body_of(each).items() if key in keys} for each in listing]
    return notebook.listing([dict.fromkeys(keys) | each for each in records], listing._caption())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Summary:
    """One topic: how many facts, from when to when, whose; key figures, sums of parts of one whole, disagreements."""

    topic: Term
    total: int
    first: "Edtf | None"
    last: "Edtf | None"
    origins: int
    """Sources that are not copies of one another."""
    figures: Facts
    totals: "tuple[Total, ...]"
    disputes: Disputes
    _text: str

    def __repr__(self) -> str:
        span = " to ".join(dict.fromkeys(end.words for end in (self.first, self.last) if end))
        return f"<Summary {self.topic.id}: {counted(self.total, 'fact')}, {span or 'no date'}>"

    def to_dict(self) -> "Json":
        """Give the object that `tajsec summary TOPIC --json` gives."""
        found: Json = loads(self._text)
        return found

    def _repr_html_(self) -> str:
        return notebook.summary(self.to_dict(), self.topic.name, self.disputes.to_dicts())


# ---------------------------------------------------------------- the store


def load(*packs: "Folder", cache: "Folder | bool" = True) -> "Store":
    """Open the shipped facts, with packs added to them.

    A pack is a folder of fact files; one that holds `facts/` stands in place of the shipped ones. What has to be
    compiled is kept in the platform's cache folder, as the commands keep it, or in the folder `cache`, or nowhere
    (`cache=False`). `TAJSEC_FACTS` is not read: what a notebook shows depends on what it says.
    Raises UsageError for a path that is no pack, DataError for data that break the rules.
    """
    from pathlib import Path

    platform = cache_folder(os.environ) if cache is True else None
    folder = platform if isinstance(cache, bool) else os.fspath(cache)
    return Store(open_store(tuple(map(Path, packs)), cache=folder))


class Store:
    """Facts to be asked. The same question has the same answer in the same order, always, from any thread."""

    def __init__(self, store: "SearchableStore") -> None:
        """See `load`."""
        self._store = store
        self._size = store.count()

    def __len__(self) -> int:
        return self._size

    def __repr__(self) -> str:
        return f"<Store: {counted(len(self), 'fact')}, {counted(len(self.sources), 'source')}>"

    def __iter__(self) -> Iterator[Fact]:
        """Give every fact that is not withdrawn, some read at a time."""
        numbers = self._store.select()
        for start in range(0, len(numbers), BATCH):
            yield from _facts(self._store, numbers[start : start + BATCH])

    def __contains__(self, fact: object) -> bool:
        fact_id = fact.id if isinstance(fact, Fact) else fact
        try:
            return isinstance(fact_id, str) and bool(self.fact(fact_id))
        except UsageError:
            return False

    def __getitem__(self, fact_id: str) -> Fact:
        return self.fact(fact_id)

    def fact(self, fact_id: str) -> Fact:
        """Give a fact by id, a withdrawn one too. Raises UnknownName, with the near ids."""
        return _facts(self._store, [self._store.number(fact_id)])[0]

    def facts(self, *, limit: int | None = None, **filters: Unpack[Filters]) -> Facts:
        """Give the facts that the filters take, in the order of the files. Raises UsageError; see `Filters`."""
        most = _most(limit)
        return _facts(self._store, self._store.select(selection(self._store, **filters), limit=most))

    def search(self, query: str, *, limit: int | None = None, **filters: Unpack[Filters]) -> Hits:
        """Give the facts that answer a query, best first, all of them unless `limit` says how many.

        Raises UsageError for a query without a word or of over 256 characters; see `Filters`.
        """
        most = _most(limit)
        return _hits(self._store, query, selection(self._store, **filters), most)

    def timeline(self, *, limit: int | None = None, **filters: Unpack[Filters]) -> Timeline:
        """Give the facts with a date of their own in order of time. Raises UsageError; see `Filters`."""
        most = _most(limit)
        return _timeline(self._store, selection(self._store, **filters), most)

    def summary(self, topic: str, **filters: Unpack[OtherFilters]) -> Summary:
        """Sum up a topic. Raises UsageError; see `Filters`."""
        return _summary(self._store, topic, selection(self._store, **filters))

    def disputes(self, *ids: str, limit: int | None = None, **filters: Unpack[Filters]) -> Disputes:
        """Give the pairs of facts that differ: of those with these ids, else of those that the filters take.

        Raises UsageError; see `Filters`.
        """
        most = _most(limit)
        return _disputes(self._store, ids, selection(self._store, **filters), most)

    def cite(self, ids: "str | Fact | Iterable[str | Fact]", *, style: str = "plain") -> str:
        """Cite facts: the claim with its qualifier and as-of, the reference, the passage and the words.

        Raises UsageError for an unknown id or style.
        """
        from tajsec.cite import citations
        from tajsec.citing import in_style

        given = (ids,) if isinstance(ids, str | Fact) else ids
        names = list(dict.fromkeys(each.id if isinstance(each, Fact) else each for each in given))
        return in_style(citations(self._store, list(map(self._store.fact, names))), style)

    @property
    def sources(self) -> Sources:
        """The documents."""
        return Sources(_items=tuple(self._store.sources()))

    @property
    def topics(self) -> Terms:
        """The topics on which there is a fact."""
        return self._terms("topic")

    @property
    def actors(self) -> Terms:
        """The actors about whom there is a fact."""
        return self._terms("actor")

    @property
    def places(self) -> Terms:
        """The places about which there is a fact."""
        return self._terms("place")

    def _terms(self, kind: model.TermKind) -> Terms:
        counts = self._store.count_by_term(kind, Selection())
        return Terms(_items=tuple(term for term in self._store.vocabulary.of(kind).values() if term.id in counts))


# ---------------------------------------------------------------- from the store's terms


def _most(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise UsageError(f"limit {limit}: give 1 or more, or None for all")
    return limit


def _facts(store: "SearchableStore", numbers: Sequence[int]) -> Facts:
    return Facts(_items=tuple(map(_fact, store.objects(numbers))))


def _fact(text: str) -> Fact:
    body = loads(text)
    plain = model.fact_of(body)
    keys: dict[str, Any] = {name: getattr(plain, name) for name in model.Fact.__slots__}
    keys |= {key: tuple(body[key]) for key in ("superseded_by", "disputed_by", "origins")}
    return Fact(**{**keys, "cites": tuple(map(_receipt, body["cites"])), "_text": text})


def _receipt(cite: "Json") -> Receipt:
    from tajsec.dates import parse

    issued = parse(cite["issued"]) if cite["issued"] else None
    erratum = model.Erratum(**cite["erratum"]) if cite["erratum"] else None
    return Receipt(**{**cite, "issued": issued, "erratum": erratum})


def _hits(store: "SearchableStore", query: str, wanted: Selection, most: int | None) -> Hits:
    from tajsec.search import search

    answer = search(store, query, wanted, limit=most)
    facts = _facts(store, [match.number for match in answer.matches])
    found = zip(facts, answer.matches, strict=True)
    return Hits(
        _items=tuple(Hit(fact=fact, score=match.score, why=tuple(match.explanations)) for fact, match in found),
        query=query,
        total=answer.total,
        reasons=tuple(answer.reasons),
        near_words={word: tuple(near) for word, near in answer.near_words.items()},
        nearest=_facts(store, [match.number for match in answer.nearest]),
    )


def _timeline(store: "SearchableStore", wanted: Selection, most: int | None) -> Timeline:
    facts = _facts(store, store.in_time(wanted, limit=most))
    return Timeline(_items=tuple(facts), undated=store.count(wanted) - store.count_in_time(wanted))


def _summary(store: "SearchableStore", name: str, wanted: Selection) -> Summary:
    from tajsec.jsonout import summary_object
    from tajsec.jsontext import dumps
    from tajsec.summary import summary

    names = store.vocabulary
    topic = names.resolve("topic", name)
    wanted = wanted._replace(topics=names.within("topic", topic))
    found = summary(store, topic, wanted)
    return Summary(
        topic=names.of("topic")[topic],
        total=found.profile.total,
        first=found.first,
        last=found.last,
        origins=found.origins,
        figures=_facts(store, found.figures),
        totals=tuple(found.totals),
        disputes=_disputes(store, (), wanted, None),
        _text=dumps(summary_object(store, found)),
    )


def _disputes(store: "SearchableStore", ids: Sequence[str], wanted: Selection, most: int | None) -> Disputes:
    from tajsec.disputes import disputes

    for each in ids:
        store.number(each)  # an unknown one is told
    found = disputes(store, wanted, ids=ids, limit=most)
    sides = _facts(store, [store.number(each) for pair in found for each in (pair.fact, pair.relation.to)])
    return Disputes(
        _items=tuple(
            Dispute(kind=pair.relation.kind, facts=(one, other), note=pair.relation.note, prefer=pair.relation.prefer)
            for pair, one, other in zip(found, sides[::2], sides[1::2], strict=True)
        )
    )
