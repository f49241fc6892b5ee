"""The tool from Python: `store = tajsec.load()`, then its methods answer as the commands do (`docs/python.md`).

Answers are frozen values: facts whole, with their receipts, in sequences that are tables in a notebook. A store may be
used from any thread. Every error is a `tajsec.TajsecError`, its text one line.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from json import loads
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from tajsec.api.values import (
    Difference,
    Differences,
    Fact,
    Facts,
    Hit,
    Hits,
    Receipt,
    Sources,
    Summary,
    Terms,
    Timeline,
)
from tajsec.errors import UsageError
from tajsec.model import records
from tajsec.model.as_json import record_of
from tajsec.model.kinds import MAX_INTEGER, TermKind
from tajsec.model.pack import Pack
from tajsec.model.selection import Selection
from tajsec.search.filters import selection
from tajsec.store.folder import cache_folder, packs_folder
from tajsec.store.open import open_store
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tajsec.cite.styles import By
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.filters import Names, When
    from tajsec.text.jsontext import Json

    Folder = str | os.PathLike[str]


BATCH = 500
"""Facts that an iteration reads at a time: about a megabyte of JSON."""


class Filters(TypedDict, total=False):
    """The filters of a method, besides `topic`. A fact must meet each of them; of several names in one, any is enough.

    Actors, topics and places go by id, name or alias, and include their parts; sources and packs go by id. Dates are
    EDTF, or as people write them (`October 2012`).
    """

    actor: "Names"
    source: "Names"
    place: "Names"
    status: "Names"
    since: "When | None"
    until: "When | None"
    pack: "Names"


def load(*packs: "Folder", cache: "Folder | bool" = True, found: bool = False, store: str | None = None) -> "Store":
    """Open the shipped facts, with packs added to them.

    A pack is a folder with a `pack.toml`, or the id of one that the commands find; or a folder of fact files without
    it, of which one with a folder `facts/` replaces the shipped facts. If all of them say `facts = "own"`, the shipped
    facts are left out. With `found` every pack that the commands find is added, as by them; without it, and as
    `TAJSEC_FACTS` is not read, a notebook shows the same everywhere. A store that must be compiled is kept in the
    platform's cache folder, as by the commands, or in the folder `cache`, or nowhere (`cache=False`). With `store`,
    the address of a store on a PostgreSQL server, that one is opened, which sees what others write to it meanwhile.
    Raises UsageError for what is no pack, DataError for data that break the rules, FailingEnvironment for a server
    that does not answer.
    """
    if store is not None:
        if packs or found:
            raise UsageError("a store on a server has packs of its own; leave the others out")
        from tajsec.store.postgres import PostgresStore, address_of

        return Store(PostgresStore(address_of(store), lasting=True))
    from pathlib import Path

    from tajsec.data.packs import named_folder
    from tajsec.store.found import found_packs

    platform = cache_folder(os.environ) if cache is True else None
    folder = platform if isinstance(cache, bool) else os.fspath(cache)
    others = list[Path]()
    if packs or found:
        search_path = [each for each in sys.path if each and Path(each) != Path.cwd()]
        others += map(Path, found_packs(packs_folder(os.environ), search_path, folder))
    named = [named_folder(Path(each), others) for each in packs]
    return Store(open_store(named, others, add_found=found, cache=folder))


class Store:
    """Facts, sources and names. The same question has the same answer in the same order, from any thread."""

    def __init__(self, store: "SearchableStore") -> None:
        """See `load`."""
        self._opened = store

    @property
    def _store(self) -> "SearchableStore":
        """The store as it is now: others may write one on a server."""
        self._opened.renew()
        return self._opened

    def __len__(self) -> int:
        return self._store.count()

    def __repr__(self) -> str:
        return f"<Store: {counted(len(self), 'fact')}, {counted(len(self.sources), 'source')}>"

    def __iter__(self) -> Iterator[Fact]:
        """Iterate over every fact that is not withdrawn, `BATCH` read at a time."""
        numbers = self._store.select()
        for start in range(0, len(numbers), BATCH):
            yield from self._facts(numbers[start : start + BATCH])

    def __contains__(self, fact: object) -> bool:
        fact_id = fact.id if isinstance(fact, Fact) else fact
        try:
            return isinstance(fact_id, str) and bool(self.fact(fact_id))
        except UsageError:
            return False

    def __getitem__(self, fact_id: str) -> Fact:
        return self.fact(fact_id)

    def fact(self, fact_id: str) -> Fact:
        """Return a fact by id, a withdrawn one too. Raises UnknownName, with the near ids."""
        return self._facts([self._store.number(fact_id)])[0]

    def facts(self, *, topic: "Names" = (), limit: int | None = None, **filters: Unpack[Filters]) -> Facts:
        """Return the facts that meet the filters, in the order of the files. Raises UsageError; see `Filters`."""
        wanted = selection(self._store, topic=topic, **filters)
        return self._facts(self._store.select(wanted, limit=_checked(limit)))

    def search(
        self, query: str, *, topic: "Names" = (), limit: int | None = None, cut: bool = True, **filters: Unpack[Filters]
    ) -> Hits:
        """Return the facts that answer a query, best first, at most `limit` of them.

        Without `cut` the facts that are far behind the first, or only about somebody in the query, are there too.
        Raises UsageError for a query without a word or of over 256 characters; see `Filters`.
        """
        from tajsec.search.answer import search

        wanted = selection(self._store, topic=topic, **filters)
        answer = search(self._store, query, wanted, limit=_checked(limit), cut=cut)
        facts = self._facts([match.number for match in answer.matches])
        found = zip(facts, answer.matches, strict=True)
        return Hits(
            _items=tuple(Hit(fact=fact, score=match.score, why=tuple(match.explanations)) for fact, match in found),
            query=query,
            total=answer.total,
            taken_for=tuple(answer.taken_for),
            left_out=tuple(answer.left_out),
            reasons=tuple(answer.reasons),
            near_words={word: tuple(near) for word, near in answer.near_words.items()},
            nearest=self._facts([match.number for match in answer.nearest]),
        )

    def timeline(self, *, topic: "Names" = (), limit: int | None = None, **filters: Unpack[Filters]) -> Timeline:
        """Return the facts with a date of their own in order of time. Raises UsageError; see `Filters`."""
        wanted = selection(self._store, topic=topic, **filters)
        facts = self._facts(self._store.in_time(wanted, limit=_checked(limit)))
        return Timeline(_items=tuple(facts), undated=self._store.count(wanted) - self._store.count_in_time(wanted))

    def summary(self, topic: str, **filters: Unpack[Filters]) -> Summary:
        """Return a topic on one page. Raises UsageError; see `Filters`."""
        from tajsec.analysis.summary import summary
        from tajsec.output.to_json import summary_object
        from tajsec.text.jsontext import dumps

        names = self._store.vocabulary
        topic = names.resolve("topic", topic)
        wanted = selection(self._store, **filters)._replace(topics=names.within("topic", topic))
        found = summary(self._store, topic, wanted)
        return Summary(
            topic=names.of("topic")[topic],
            total=found.profile.total,
            first=found.first,
            last=found.last,
            origins=found.origins,
            points=self._facts(found.points),
            figures=self._facts(found.figures),
            totals=tuple(found.totals),
            differences=self._differences((), wanted, None),
            _text=dumps(summary_object(self._store, found)),
        )

    def differences(
        self, *ids: str, topic: "Names" = (), limit: int | None = None, **filters: Unpack[Filters]
    ) -> Differences:
        """Return the pairs of facts that differ: of those with these ids, else of those that meet the filters.

        Raises UsageError; see `Filters`.
        """
        self._store.numbers(ids)  # raises UnknownName
        return self._differences(ids, selection(self._store, topic=topic, **filters), _checked(limit))

    def cite(self, ids: "str | Fact | Iterable[str | Fact]", *, style: str = "plain", by: "By" = "fact") -> str:
        """Cite facts: the claim with its qualifier and as-of, the reference, the passage and the words.

        By source, all that is cited of a source is one entry. Raises UsageError for an unknown id or style.
        """
        from tajsec.cite.citation import citations
        from tajsec.cite.write import in_style

        given = (ids,) if isinstance(ids, str | Fact) else ids
        names = dict.fromkeys(each.id if isinstance(each, Fact) else each for each in given)
        return in_style(citations(self._store, list(map(self._store.fact, names))), style, by)

    @property
    def sources(self) -> Sources:
        """The documents."""
        return Sources(_items=tuple(self._store.sources()))

    @property
    def topics(self) -> Terms:
        """The topics of at least one fact."""
        return self._terms("topic")

    @property
    def actors(self) -> Terms:
        """The actors of at least one fact."""
        return self._terms("actor")

    @property
    def places(self) -> Terms:
        """The places of at least one fact."""
        return self._terms("place")

    @property
    def packs(self) -> Sequence[Pack]:
        """The packs, the shipped one first, each with its id, version, title, licence, maintainers and needs."""
        return tuple(self._store.packs())

    def _terms(self, kind: TermKind) -> Terms:
        counts = self._store.count_by_term(kind, Selection())
        return Terms(_items=tuple(term for term in self._store.vocabulary.of(kind).values() if term.id in counts))

    def _facts(self, numbers: Sequence[int]) -> Facts:
        return Facts(_items=tuple(map(_fact, self._store.objects(numbers, aliases=True))))

    def _differences(self, ids: Sequence[str], wanted: Selection, limit: int | None) -> Differences:
        from tajsec.analysis.differences import differences

        found = differences(self._store, wanted, ids=ids, limit=limit)
        sides = self._facts(self._store.numbers([each for pair in found for each in (pair.fact, pair.relation.to)]))
        return Differences(
            _items=tuple(
                Difference(kind=pair.relation.kind, facts=two, note=pair.relation.note, prefer=pair.relation.prefer)
                for pair, two in zip(found, zip(sides[::2], sides[1::2], strict=True), strict=True)
            )
        )


def _checked(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise UsageError(f"limit {limit}: give 1 or more, or None for all")
    if limit is not None and limit > MAX_INTEGER:
        raise UsageError("limit: beyond 2^53; give less, or None for all")
    return limit


def _fact(text: str) -> Fact:
    """Return the fact of a JSON text of the store."""
    body = loads(text)
    plain = record_of(records.Fact, body)
    keys: dict[str, Any] = {name: getattr(plain, name) for name in records.Fact.__slots__}
    keys |= {key: tuple(body[key]) for key in ("superseded_by", "differs_from", "origins")}
    return Fact(**{**keys, "cites": tuple(map(_receipt, body["cites"])), "_text": text})


def _receipt(cite: "Json") -> Receipt:
    from tajsec.text.dates import parse

    dates = {key: parse(cite[key]) if cite[key] else None for key in ("issued", "updated")}
    erratum = records.Erratum(**cite["erratum"]) if cite["erratum"] else None
    return Receipt(**{**cite, **dates, "erratum": erratum})
