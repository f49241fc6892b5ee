"""The tool from Python: `store = tajsec.load()`, then ask it what the commands ask (`docs/python.md`).

What comes back are frozen values: facts whole, with their receipts, in sequences that are tables in a notebook. A store
may be asked from any thread. Every error is a `tajsec.TajsecError`, its text one line.
"""

import os
from collections.abc import Iterator, Sequence
from json import loads
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from tajsec.api.values import Dispute, Disputes, Fact, Facts, Hit, Hits, Receipt, Sources, Summary, Terms, Timeline
from tajsec.errors import UsageError
from tajsec.model import records
from tajsec.model.as_json import record_of
from tajsec.model.kinds import TermKind
from tajsec.model.selection import Selection
from tajsec.store.cache import cache_folder
from tajsec.store.filters import selection
from tajsec.store.open import open_store
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tajsec.model.protocol import SearchableStore
    from tajsec.store.filters import Names, When
    from tajsec.text.jsontext import Json

    Folder = str | os.PathLike[str]


BATCH = 500
"""Facts that are read at once while a store is gone through."""


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
        from tajsec.cite.citation import citations
        from tajsec.cite.styles import in_style

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

    def _terms(self, kind: TermKind) -> Terms:
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
    plain = record_of(records.Fact, body)
    keys: dict[str, Any] = {name: getattr(plain, name) for name in records.Fact.__slots__}
    keys |= {key: tuple(body[key]) for key in ("superseded_by", "disputed_by", "origins")}
    return Fact(**{**keys, "cites": tuple(map(_receipt, body["cites"])), "_text": text})


def _receipt(cite: "Json") -> Receipt:
    from tajsec.text.dates import parse

    issued = parse(cite["issued"]) if cite["issued"] else None
    erratum = records.Erratum(**cite["erratum"]) if cite["erratum"] else None
    return Receipt(**{**cite, "issued": issued, "erratum": erratum})


def _hits(store: "SearchableStore", query: str, wanted: Selection, most: int | None) -> Hits:
    from tajsec.search.answer import search

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
    from tajsec.analysis.summary import summary
    from tajsec.output.to_json import summary_object
    from tajsec.text.jsontext import dumps

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
    from tajsec.analysis.differences import disputes

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
