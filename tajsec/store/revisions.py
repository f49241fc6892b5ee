"""What is written into the store on a server: facts in revisions, and the rows from which questions are answered.

A revision of a fact is kept for ever. The rows of the current one, and of the facts that its relations lead to, are
made anew with it in one transaction. Facts are locked in the order of their ids and counts in that of their keys, so
that writers wait for one another and never in a circle.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from tajsec import __version__
from tajsec.errors import UsageError
from tajsec.model.as_json import body_of
from tajsec.model.kinds import TERM_KINDS
from tajsec.model.pack import Pack
from tajsec.model.place import PackName, Place
from tajsec.model.records import Contents, Fact, Relation, Review, Source
from tajsec.model.shapes import has_shape
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.store.cache import FORMAT
from tajsec.store.index import number_of, words_of
from tajsec.store.postgres import (
    DISTRIBUTED_BY,
    HISTORY,
    NAMESPACE,
    TABLES,
    PostgresStore,
    Rows,
    Statement,
    check_layout,
)
from tajsec.store.rows import (
    Row,
    forms_of_names,
    last_year_of_sources,
    links_of,
    relation_number,
    relations_of,
    rows_of,
    rows_of_records,
    rows_of_words,
)
from tajsec.store.sql import WHOLE
from tajsec.text.jsontext import dumps
from tajsec.text.spelling import sound
from tajsec.text.words import stem

BATCH = 500
"""Facts that are written at a time: some MB."""

READ = 2000
"""Facts that are read at a time: some 5 MB."""

MAX_VALUES = 30_000
"""Values of a statement; the protocol takes 65,535."""

_RECORDS = ("source", "review", "pack", "term", "extension", "name", "part")
_COUNTS = ("stem", "word", "tally", "meta")
_FACTS = ("fact", "text", "member", "tag", "number", "doc", "ft", "relation")
_DERIVED = (*_RECORDS, *_FACTS, *_COUNTS)
"""The tables: those that `load` alone writes, and those that every writer does."""


class Revision(NamedTuple):
    """A revision of a fact, as `history` lists it."""

    revision: int
    what: str
    """How it came: load, put or withdraw."""
    note: str | None
    who: str
    """The role of the database that wrote it."""
    at: str
    """When, in UTC: `2026-11-28T09:30:05Z`."""
    body: str
    """The JSON object of the fact, with its aliases."""


class Written(NamedTuple):
    """A fact that was written, and the number of its new revision, from 1."""

    id: str
    revision: int


class Opened(NamedTuple):
    """What a writer has locked: facts, with all that is needed to write them."""

    contents: Contents
    """All sources, names and packs, and the locked facts that are there."""
    numbers: Mapping[str, int]
    """The numbers of these facts, and those that new ones get."""
    revisions: Mapping[str, int]
    """The last revision of each of these facts."""
    relations: Mapping[int, tuple[str, Relation]]
    """The relations of these facts and to them by their numbers, each with the id of the fact that has it."""


def init(store: PostgresStore, readers: Sequence[str] = (), writers: Sequence[str] = ()) -> bool:
    """Make the tables of a store in its database, and grant roles what they need; True if there were none before.

    A store of an older layout gets the tables of this one, with all facts and revisions. Raises UsageError for one of a
    newer layout, and FailingEnvironment.
    """
    is_there = store.run([("SELECT to_regclass(?) IS NOT NULL", [f"{NAMESPACE}.meta"])])[0][0][0]
    layout = _owned_layout(store) if is_there else []
    if layout and layout[0][0] != str(FORMAT):
        before = _granted(store)
        _renew(store, layout[0][0])
        store.run(list(_grants(*before)))
    elif not layout:
        schema = f"CREATE SCHEMA IF NOT EXISTS {NAMESPACE}"
        nothing = Contents(facts=(), sources={}, vocabulary=Vocabulary(()))
        store.run([(schema, ()), *_each(HISTORY), *_each(TABLES), *_insertions("meta", _meta(nothing, 0))])
    store.run([*_grants(readers, writers), ("COMMIT", ())])
    return not layout


def _owned_layout(store: PostgresStore) -> Rows:
    """Return the layout of a store. Raises UsageError if the role does not own it: what it grants would not count."""
    layout, ((owner, is_mine),) = store.run(
        [
            ("SELECT value FROM meta WHERE key = 'format'", ()),
            (
                "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') FROM pg_class"
                " WHERE oid = ?::regclass",
                [f"{NAMESPACE}.meta"],
            ),
        ]
    )
    if not is_mine:
        raise UsageError(
            f"{store.address.shown}: the store is {owner}'s, who alone may change it and grant roles rights"
        )
    return layout


def _granted(store: PostgresStore) -> tuple[list[str], list[str]]:
    """Return the roles that may read, and those that may write."""
    query = (
        "SELECT grantee, bool_or(privilege_type = 'INSERT') FROM information_schema.role_table_grants"
        " WHERE table_schema = ? AND table_name = 'fact' AND grantee <> current_user GROUP BY grantee"
    )
    (rows,) = store.run([(query, [NAMESPACE])])
    return [role for role, writes in rows if not writes], [role for role, writes in rows if writes]


def _renew(store: PostgresStore, layout: str) -> None:
    """Make the tables of an older layout anew, from the records and facts in it."""
    check_layout(store.address, layout, may_be_older=True)
    contents = stored(store)
    tables = ", ".join(each for each in _DERIVED if each != "extension")
    store.run([(f"DROP TABLE IF EXISTS {tables}, common", ()), *_each(TABLES)])
    with store.refusing("fact"):
        _rebuild(store, contents, {})


def _each(script: str) -> Iterator[Statement]:
    """Yield the statements of a script, which has a semicolon at their ends alone, without comments."""
    statements = re.sub("--.*", "", script).split(";")
    return ((each, ()) for each in statements if each.strip())


def _grants(readers: Sequence[str], writers: Sequence[str]) -> Iterator[Statement]:
    """Yield what a reader may do, and what a writer may: of revisions, add some without saying who and when."""
    for role in (*readers, *writers):
        name = '"' + role.replace('"', '""') + '"'
        yield f"GRANT USAGE ON SCHEMA {NAMESPACE} TO {name}", ()
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {NAMESPACE} TO {name}", ()
        if role in writers:
            yield f"GRANT INSERT, UPDATE, DELETE ON {', '.join((*_FACTS, *_COUNTS))} TO {name}", ()
            yield f"GRANT INSERT (fact, revision, what, note, body) ON revision TO {name}", ()
            yield f"GRANT USAGE ON SEQUENCE fact_number TO {name}", ()


def load(
    store: PostgresStore,
    contents: Contents,
    packs: Sequence[str],
    *,
    note: str | None = None,
    force: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> list[Written]:
    """Write packs into the store, and return the facts that are new or differ from it.

    `contents` are the records of these packs and of those that they stand on, which are written where they are absent.
    Facts that the store has and the packs have not stay. Raises UsageError if a fact of the packs was put or withdrawn
    in the store since it was loaded, unless `force` is given, and FailingEnvironment.
    """
    query = "SELECT DISTINCT ON (fact) fact, revision, what FROM revision ORDER BY fact, revision DESC"
    _, rows = store.run([("LOCK TABLE fact IN EXCLUSIVE MODE", ()), (query, ())])
    there = stored(store)
    known = {fact.id: fact for fact in there.facts}
    changed = [
        fact for fact in contents.facts if fact.id not in known or (fact.pack in packs and fact != known[fact.id])
    ]
    edited = {fact for fact, _, what in rows if what != "load"}
    lost = [fact.id for fact in changed if fact.id in edited]
    if lost and not force:
        some = f"{lost[0]} and {len(lost) - 1} more" if lost[1:] else lost[0]
        raise UsageError(f"{some} changed in the store since; export it first, or write over it with --force")
    revisions = {fact: revision for fact, revision, _ in rows}
    new = {fact.id: revisions.get(fact.id, 0) + 1 for fact in changed}
    with store.refusing("fact"):
        _rebuild(store, _merged(there, contents, packs, changed), new, note, progress)
    store.run([*((f"ANALYZE {each}", ()) for each in (*_FACTS, "word", "stem")), ("COMMIT", ())])
    return [Written(fact.id, new[fact.id]) for fact in changed]


def _merged(there: Contents, new: Contents, packs: Sequence[str], changed: Sequence[Fact]) -> Contents:
    """Return the records of a store with those of some packs in the place of its own."""
    names = {each.id: each for each in there.packs}
    names |= {each.id: each for each in new.packs if each.id in packs or each.id not in names}
    facts = {fact.id: _of_version(fact, names) for fact in (*there.facts, *changed)}
    vocabularies = [each.vocabulary.of(kind).values() for each in (new, there) for kind in TERM_KINDS]
    kept = [each for each in there.reviews if not (each.place.pack and each.place.pack.id in packs)]
    extensions = {(each.extends, each.kind, each.id): each for each in (*there.extensions, *new.extensions)}
    return Contents(
        facts=tuple(facts.values()),
        sources={**there.sources, **new.sources},
        vocabulary=Vocabulary(itertools.chain.from_iterable(vocabularies)),
        reviews=(*kept, *(each for each in new.reviews if each not in kept)),
        packs=tuple(names.values()),
        extensions=tuple(extensions.values()),
    )


def _of_version(fact: Fact, packs: Mapping[str, Pack]) -> Fact:
    """Return a fact with the version that its pack has now."""
    pack = packs.get(fact.pack or "")
    return replace(fact, pack_version=pack.version) if pack and pack.version != fact.pack_version else fact


def stored(store: PostgresStore) -> Contents:
    """Return all records of a store: facts in its order, each record with its pack. Raises FailingEnvironment."""
    records = _records(store, store.run(_RECORD_QUERIES))
    whole = f"SELECT {WHOLE} FROM text ORDER BY n LIMIT ? OFFSET ?"
    facts: list[Fact] = []
    while rows := store.run([(whole, (READ, len(facts)))])[0]:
        facts += store.records(Fact, [text for (text,) in rows])
        if len(rows) < READ:
            break
    return replace(records, facts=tuple(facts))


_RECORD_QUERIES: Sequence[Statement] = (
    ("SELECT body FROM source ORDER BY id", ()),
    ("SELECT pack, body FROM term ORDER BY kind, n", ()),
    ("SELECT pack, body FROM review ORDER BY n", ()),
    ("SELECT body FROM pack ORDER BY n", ()),
    ("SELECT pack, body FROM extension ORDER BY n", ()),
)


def _records(store: PostgresStore, found: Sequence[Rows]) -> Contents:
    """Return the records that `_RECORD_QUERIES` found, without facts."""
    sources, terms, reviews, packs, extensions = found
    read = {pack.id: pack for pack in store.records(Pack, [body for (body,) in packs])}

    def placed(kind: Any, rows: Rows) -> Iterator[Any]:  # noqa: ANN401
        for record, (pack, _) in zip(store.records(kind, [body for _, body in rows]), rows, strict=True):
            name = PackName(pack, read[pack].version) if pack in read else None
            yield replace(record, place=Place(file="", line=0, index=0, pack=name))

    every = store.records(Source, [body for (body,) in sources])
    return Contents(
        facts=(),
        sources={each.id: each for each in every},
        vocabulary=Vocabulary(placed(Term, terms)),
        reviews=tuple(placed(Review, reviews)),
        packs=tuple(read.values()),
        extensions=tuple(placed(Term, extensions)),
    )


def _rebuild(
    store: PostgresStore,
    contents: Contents,
    new: Mapping[str, int],
    note: str | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> None:
    """Write all rows of a store anew; the facts in `new` get a revision of this number."""
    store.run([(f"DELETE FROM {each}", ()) for each in _DERIVED])
    extensions = (
        (n, each.place.pack and each.place.pack.id, dumps(body_of(each))) for n, each in enumerate(contents.extensions)
    )
    tables = [*rows_of_records(contents), ("extension", extensions)]
    store.run([each for table, rows in tables for each in _insertions(table, rows)])
    links, counts = links_of(relations_of(contents.facts)), _Counts()
    for start in range(0, len(contents.facts), BATCH):
        some = contents.facts[start : start + BATCH]
        rows, forms = rows_of(enumerate(some, start), contents, links)
        statements = [each for table in _FACTS for each in _insertions(table, _server_rows(table, rows[table]))]
        texts = dict(zip((fact.id for fact in some), rows["text"], strict=True))
        store.run(
            [*statements, *_revisions([Written(key, new[key]) for key in texts if key in new], texts, "load", note)]
        )
        counts.add(rows, forms, 1)
        progress(start + len(some))
    words = rows_of_words(contents, counts.forms)
    totals = [("stem", sorted(counts.stems.items())), ("word", words)]
    totals += [
        ("tally", [(*tag, facts) for tag, facts in sorted(counts.tags.items())]),
        ("meta", _meta(contents, counts.searchable)),
    ]
    store.run(
        [
            *(each for table, rows in totals for each in _insertions(table, rows)),
            (_CHANGED, [MICROSECONDS]),
            ("SELECT setval('fact_number', ?, false)", [len(contents.facts)]),
        ]
    )


MICROSECONDS = 10**6
"""Of a second."""

_CHANGED = "UPDATE meta SET value = trunc(extract(epoch FROM clock_timestamp()) * ?)::text WHERE key = 'change'"
"""Gives the count of changes a value that it never had, by which who reads for long sees that all was written anew."""


def _meta(contents: Contents, searchable: int) -> list[Row]:
    meta = {"format": FORMAT, "made_with": __version__, "change": 0, "sources_end": last_year_of_sources(contents)}
    meta |= {"facts": searchable, "all": len(contents.facts)}
    return [(key, str(value)) for key, value in meta.items()]


class _Counts:
    """In how many facts each form, stem and tag is."""

    def __init__(self) -> None:
        self.forms, self.stems, self.tags = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
        self.searchable = 0

    def add(self, rows: Mapping[str, Sequence[Row]], forms: Counter[str], sign: int) -> None:
        """Add what some facts have, or take it away where the sign is -1."""
        stems = Counter(each for _, text in rows["ft"] for each in set(text.split()) if ":" not in each)
        tags = Counter((kind, term_id) for kind, term_id, _ in rows["tag"])
        for mine, theirs in ((self.forms, forms), (self.stems, stems), (self.tags, tags)):
            for key, count in theirs.items():
                mine[key] += sign * count  # type: ignore[index]
        self.searchable += sign * len(rows["doc"])


def _server_rows(table: str, rows: Sequence[Row]) -> Iterable[Row]:
    """Return rows as they are on a server: those of the index have its tokens in a list."""
    if table != "ft":
        return rows
    return ((number_of(row), words_of(row), list(dict.fromkeys(text.split()))) for row, text in rows)


def _insertions(table: str, rows: Iterable[Row], conflict: str = "") -> Iterator[Statement]:
    """Yield the statements that insert rows into a table, as many rows in each as it may have values."""
    rows = iter(rows)
    while first := next(rows, None):
        some = [first, *itertools.islice(rows, MAX_VALUES // len(first) - 1)]
        values = f"({', '.join('?' * len(first))})"
        query = f"INSERT INTO {table} VALUES {', '.join([values] * len(some))} {conflict}"
        yield query, list(itertools.chain.from_iterable(some))


def _revisions(
    written: Sequence[Written], texts: Mapping[str, Row], what: str, note: str | None
) -> Iterator[Statement]:
    rows = []
    for fact_id, revision in written:
        _, body, aliases = texts[fact_id]
        rows.append((fact_id, revision, what, note, f'{body[:-1]}, "aliases": {aliases}}}'))
    yield from _insertions("revision (fact, revision, what, note, body)", rows)


_TOUCHED = "id = ANY(?) OR id IN (SELECT other FROM relation WHERE fact = ANY(?))"
"""The condition that a fact is among some, or that a relation of one of others leads to it."""


def open_for(store: PostgresStore, ids: Sequence[str], targets: Sequence[str] = ()) -> Opened:
    """Lock facts that are to be written, and those that their relations lead to; return what is there.

    Ids of facts that are new are no mistake. Raises FailingEnvironment, also if another writer holds one of the facts.
    """
    named, mine = sorted({*ids, *targets}), sorted(ids)
    both = [named, mine]
    locked = "SELECT unnest(?::text[]) AS id UNION SELECT other FROM relation WHERE fact = ANY(?) ORDER BY 1"
    touched = f"SELECT id FROM fact WHERE {_TOUCHED}"
    _, _, texts, last, relations, free, *records = store.run(
        [
            ("LOCK TABLE fact IN ROW EXCLUSIVE MODE", ()),  # `load` gives all facts new numbers
            (f"SELECT pg_advisory_xact_lock(hashtextextended(id, 0)) FROM ({locked}) AS named", both),
            (f"SELECT id, n, {WHOLE} FROM fact JOIN text USING (n) WHERE {_TOUCHED} ORDER BY n", both),
            ("SELECT fact, max(revision) FROM revision WHERE fact = ANY(?) GROUP BY fact", [mine]),
            (
                "SELECT n, fact, other, kind, note, prefer FROM relation"
                f" WHERE fact IN ({touched}) OR other IN ({touched})",
                [*both, *both],
            ),
            ("SELECT nextval('fact_number') FROM generate_series(1, ?)", [len(mine)]),
            *_RECORD_QUERIES,
        ]
    )
    numbers = {fact_id: n for fact_id, n, _ in texts}
    new = (each for each in ids if each not in numbers)
    return Opened(
        contents=replace(_records(store, records), facts=tuple(store.records(Fact, [text for *_, text in texts]))),
        numbers=numbers | {each: n for each, (n,) in zip(new, free, strict=False)},
        revisions=dict(last),
        relations={
            n: (fact, Relation(to=to, kind=kind, note=text, prefer=side)) for n, fact, to, kind, text, side in relations
        },
    )


def write(store: PostgresStore, opened: Opened, facts: Sequence[Fact], what: str, note: str | None) -> list[Written]:
    """Write facts as new revisions, end the transaction, and return them. Raises FailingEnvironment."""
    numbers, changed = opened.numbers, {fact.id: fact for fact in facts}
    there = {fact.id: fact for fact in opened.contents.facts}
    kept = {n: each for n, each in opened.relations.items() if each[0] not in changed}
    new = {
        relation_number(numbers[fact.id], place): (fact.id, each)
        for fact in facts
        for place, each in enumerate(fact.relations)
    }
    links = [links_of(found[n] for n in sorted(found)) for found in (opened.relations, kept | new)]
    old = sorted((numbers[key], there[key]) for key in changed if key in there)
    every = sorted((numbers[key], fact) for key, fact in (there | changed).items())
    counts = _Counts()
    counts.add(*rows_of(old, opened.contents, links[0]), -1)
    counts.add(*rows_of(((numbers[key], fact) for key, fact in changed.items()), opened.contents, links[1]), 1)
    rows, _ = rows_of(every, opened.contents, links[1])
    written = [Written(key, opened.revisions.get(key, 0) + 1) for key in changed]
    texts = dict(zip((fact.id for _, fact in every), rows["text"], strict=True))
    store.run(
        [
            *_replacing(rows, [n for n, _ in every], [fact.id for _, fact in every]),
            *_revisions(written, texts, what, note),
            *_counting(counts, opened.contents, sum(key not in there for key in changed)),
            ("COMMIT", ()),
        ]
    )
    return written


def _replacing(rows: Mapping[str, Sequence[Row]], numbers: Sequence[int], ids: Sequence[str]) -> Iterator[Statement]:
    """Yield the statements that put rows of facts in the place of those that are there."""
    for table in _FACTS:
        column, keys = (DISTRIBUTED_BY[table], numbers) if table in DISTRIBUTED_BY else ("fact", ids)
        yield f"DELETE FROM {table} WHERE {column} = ANY(?)", [keys]
        yield from _insertions(table, _server_rows(table, rows[table]))


def _counting(counts: _Counts, contents: Contents, more: int) -> Iterator[Statement]:
    """Yield the statements that add counts to those of the store, each table in the order of its keys.

    `more` is the number of facts that are new.
    """
    added = "SET facts = {0}.facts + excluded.facts"
    stems = [(key, n) for key, n in sorted(counts.stems.items()) if n]
    yield from _insertions("stem", stems, f"ON CONFLICT (stem) DO UPDATE {added.format('stem')}")
    forms = [(key, stem(key), len(key), sound(key), n, 1, 0) for key, n in sorted(counts.forms.items()) if n]
    yield from _insertions("word", forms, f"ON CONFLICT (form) DO UPDATE {added.format('word')}, is_correction = 1")
    tags = [(*key, n) for key, n in sorted(counts.tags.items()) if n]
    yield from _insertions("tally", tags, f"ON CONFLICT (kind, id) DO UPDATE {added.format('tally')}")
    if gone := [key for key, n in counts.forms.items() if n < 0]:
        named = {kind: forms_of_names(contents, kind) for kind in TERM_KINDS}
        synonyms = named.pop("term")
        words = set[str]().union(*named.values())
        yield (
            "DELETE FROM word WHERE facts = 0 AND form = ANY(?)",
            [[each for each in gone if each not in words | synonyms]],
        )
        query = "UPDATE word SET is_correction = 0 WHERE facts = 0 AND form = ANY(?)"
        yield query, [[each for each in gone if each in synonyms - words]]
        yield "DELETE FROM stem WHERE facts = 0 AND stem = ANY(?)", [[key for key, n in counts.stems.items() if n < 0]]
        yield "DELETE FROM tally WHERE facts = 0", ()
    query = (
        "UPDATE meta SET value = (value::bigint + CASE key WHEN 'facts' THEN ? WHEN 'all' THEN ? ELSE 1 END)::text"
        " WHERE key IN ('all', 'change', 'facts')"
    )
    yield query, [counts.searchable, more]


def history(store: PostgresStore, fact_id: str) -> list[Revision]:
    """Return the revisions of a fact, the oldest first. Raises UnknownName."""
    at = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    query = f"SELECT revision, what, note, who, {at}, body FROM revision WHERE fact = ? ORDER BY revision"
    (rows,) = store.run([(query, [fact_id])])
    if not rows:
        store.number(fact_id)
    found = [Revision(*row) for row in rows]
    store.refuse_unless(all(has_shape(each, Revision) for each in found), "revision")
    store.records(Fact, [each.body for each in found])
    return found


class Status(NamedTuple):
    """What `status` tells of a store."""

    facts: int
    withdrawn: int
    revisions: int
    packs: Sequence[Pack]
    layout: int
    changed: str | None
    """When a fact was written last, in UTC."""
    size: int
    """Bytes of all tables and indexes."""
    server: str
    role: str
    may_write: bool


def status(store: PostgresStore) -> Status:
    """Return what a store holds, and what the role may do. Raises FailingEnvironment."""
    counts, packs = store.run(
        [
            (
                "SELECT (SELECT count(*) FROM doc), (SELECT count(*) FROM fact WHERE withdrawn = 1),"
                " (SELECT count(*) FROM revision),"
                " (SELECT to_char(max(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM revision),"
                " (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'"
                "  AND relnamespace = ?::regnamespace), current_setting('server_version'), session_user,"
                " has_table_privilege('revision', 'INSERT') OR has_column_privilege('revision', 'body', 'INSERT')",
                [NAMESPACE],
            ),
            ("SELECT body FROM pack ORDER BY n", ()),
        ]
    )
    facts, withdrawn, revisions, changed, size, server, role, may_write = counts[0]
    found = store.records(Pack, [body for (body,) in packs])
    return Status(facts, withdrawn, revisions, found, FORMAT, changed, int(size), server, role, may_write)
