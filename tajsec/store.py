"""The store that answers from a compiled SQLite file, and where that file comes from."""

import contextlib
import functools
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple

from tajsec import __version__
from tajsec.cache import FORMAT, Mending, cached, kept, open_bytes, open_layout, remember, remembered
from tajsec.errors import Damaged, UnknownName
from tajsec.selection import EVERYTHING, SEARCHED, YEAR, Document, Profile, Selection, number_of

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.folders import Folders
    from tajsec.model import Fact, Relation, Review, Source, TagKind, Vocabulary
    from tajsec.protocol import SearchableStore

COMPILED_FILE = "store.sqlite"
"""The compiled store in the wheel, beside the modules."""
MAKERS = (
    *("cache", "compile", "dates", "errors", "files", "folders", "jsontext", "model", "numbers", "objects", "read"),
    *("references", "rows", "selection", "spelling", "tables", "text", "web", "words"),
)
"""The modules that a compiled store depends on: those that `read` and `compile` are made of."""


class SqliteStore:
    """A store that answers from a compiled database (see `tajsec.compile`)."""

    def __init__(self, connection: sqlite3.Connection, path: str | None = None) -> None:
        """Take a database that `compile_store` wrote; one from the cache has a `path`, and its facts are checked."""
        self._connection, self._path = connection, path
        self._facts: dict[str, Fact] = {}
        self._documents: dict[int, Document] = {}
        self._tagged: dict[tuple[TagKind, str], frozenset[int]] = {}

    def __del__(self) -> None:
        self._connection.close()

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._path and not isinstance(error, sqlite3.ProgrammingError):
                raise Damaged(self._path) from error
            raise

    @functools.cached_property
    def vocabulary(self) -> "Vocabulary":
        """The names of actors, people, topics, places, units and terms."""
        from json import loads

        from tajsec.model import Vocabulary, term_of

        rows = self._all("SELECT kind, n, body FROM term ORDER BY kind, n")
        return Vocabulary(term_of(kind, loads(body)) for kind, _, body in rows)

    @functools.cached_property
    def _sources(self) -> "Mapping[str, Source]":
        from json import loads

        from tajsec.model import source_of

        return {key: source_of(loads(body)) for key, body in self._all("SELECT id, body FROM source ORDER BY id")}

    def _where(self, selection: Selection, *, each: bool = False) -> tuple[str, list[object]]:
        """Give the SQL condition of a selection, and its values; the names in it are fixed.

        With `each` the tags of each fact are looked up, otherwise the facts of each tag.
        """
        conditions, values = ["withdrawn = 0"], list[object]()
        for kind, ids in selection.tags():
            if ids:
                tagged = f"FROM tag WHERE kind = '{kind}' AND id IN ({_marks([*ids])})"
                conditions.append(
                    f"EXISTS (SELECT 1 {tagged} AND fact = fact.n)" if each else f"fact.n IN (SELECT fact {tagged})"
                )
                values += sorted(ids)
        if selection.since or selection.until:
            from tajsec.dates import day_number
        if selection.since:
            conditions.append("last >= ?")
            values.append(day_number(selection.since.first))
        if selection.until:
            conditions.append("first <= ?")
            values.append(day_number(selection.until.last))
        return " AND ".join(conditions), values

    def _is_met_soon(self, selection: Selection, limit: int | None) -> bool:
        """Tell whether so many facts that the selection takes are soon found by looking at one after the other."""
        tags = [sum(self.count_tagged(kind, each) for each in ids) for kind, ids in selection.tags() if ids]
        return limit is not None and all(COMMON * count > self.size()[0] for count in tags)

    def select(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        """Give the numbers of the facts that the selection takes, in the order of the files."""
        where, values = self._where(selection, each=self._is_met_soon(selection, limit))
        return self._numbers(f"SELECT n FROM fact WHERE {where} ORDER BY n LIMIT ?", *values, _most(limit))

    def in_time(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        """Give the numbers of the facts with a `when` that the selection takes, in order of time, then of id."""
        where, values = self._where(selection, each=self._is_met_soon(selection, limit))
        query = (  # in the order of the index: of a large store only what is shown is looked at
            f"SELECT n FROM fact INDEXED BY fact_time WHERE {where} AND placed IS NOT NULL"
            " ORDER BY placed, dated_last, id LIMIT ?"
        )
        return self._numbers(query, *values, _most(limit))

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        """Count the facts with a `when` that the selection takes."""
        where, values = self._where(selection)
        query = f"SELECT count(*) FROM fact INDEXED BY fact_time WHERE {where} AND placed IS NOT NULL"
        return self._numbers(query, *values)[0]

    def _numbers(self, query: str, *values: object) -> list[int]:
        return [row[0] for row in self._all(query, *values)]

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Count the facts that the selection takes."""
        if not selection:
            return int(self._meta["facts"])
        where, values = self._where(selection)
        return int(self._all(f"SELECT count(*) FROM fact WHERE {where}", *values)[0][0])

    def number(self, fact_id: str) -> int:
        """Give the number of a fact, of a withdrawn one too. Raises UnknownName."""
        found = self._numbers("SELECT n FROM fact WHERE id = ?", fact_id)
        if not found:
            from tajsec.spelling import near_names

            ids = (row[0] for row in self._all("SELECT id FROM fact"))
            raise UnknownName("fact", fact_id, near_names(fact_id, ids), "tajsec list")
        return found[0]

    def objects(self, numbers: Sequence[int]) -> Sequence[str]:
        """Give the facts of these numbers as texts of JSON objects, whole, in this order."""
        rows: dict[int, tuple[Any, ...]] = {}
        for some in _batches(numbers):
            query = f"SELECT n, id, head, tail, checksum FROM fact JOIN text USING (n) WHERE n IN ({some})"
            rows |= {row[0]: self._checked(*row[1:]) for row in self._all(query)}
        between = self._between([row[0] for row in rows.values()])
        return [f"{rows[n][1]}, {between[rows[n][0]]}, {rows[n][2]}" for n in numbers]

    def _between(self, ids: Sequence[str]) -> dict[str, str]:
        """Give, for each fact, the keys that tell what others say of it, as text."""
        mine: dict[str, list[str]] = {fact_id: [] for fact_id in ids}
        others: dict[str, list[_Other]] = {fact_id: [] for fact_id in ids}
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            query = f"SELECT holder, target FROM relation WHERE holder IN ({_marks(some)}) AND differs ORDER BY n"
            for holder, target in self._all(query, *some):
                mine[holder].append(target)
            query = (
                f"SELECT target, holder, kind, differs, text FROM relation WHERE target IN ({_marks(some)}) ORDER BY n"
            )
            for target, *other in self._all(query, *some):
                others[target].append(_Other(*other))
        return {fact_id: _told(mine[fact_id], others[fact_id]) for fact_id in ids}

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""
        where, values = self._where(selection)
        query = f"SELECT id, head, tail, checksum FROM fact JOIN text USING (n) WHERE {where} ORDER BY n LIMIT ?"
        return [self._fact(*self._checked(*row)) for row in self._all(query, *values, _most(limit))]

    def _checked(self, fact_id: str, head: str, tail: str, checksum: int) -> tuple[str, str, str]:
        """Give a row of a fact; of a cached store, if it is as it was written. Raises Damaged."""
        if self._path:
            from tajsec.cache import checksum as checksum_of

            if checksum != checksum_of(head, tail):
                raise Damaged(self._path)
        return fact_id, head, tail

    def _fact(self, fact_id: str, head: str, tail: str) -> "Fact":
        if fact_id not in self._facts:
            from json import loads

            from tajsec.model import fact_of

            self._facts[fact_id] = fact_of(loads(f"{head}, {tail}"))
        return self._facts[fact_id]

    def fact(self, fact_id: str) -> "Fact":
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""
        query = "SELECT id, head, tail, checksum FROM fact JOIN text USING (n) WHERE n = ?"
        return self._fact(*self._checked(*self._all(query, self.number(fact_id))[0]))

    def profile(self, selection: Selection) -> Profile:
        """Count the facts that a selection takes, by actor, status and source."""
        where, values = self._where(selection)
        ends = [
            next(iter(self._numbers(f"SELECT n FROM fact WHERE {where} ORDER BY {order} LIMIT 1", *values)), None)
            for order in ("coalesce(placed, first), last, n", "coalesce(placed, last) DESC, last DESC, n")
        ]
        counts = [self._counts(kind, selection, "named") for kind in ("actor", "status", "source")]
        return Profile(self.count(selection), ends[0], ends[1], *counts)

    def count_by_term(self, kind: "TagKind", selection: Selection) -> Mapping[str, int]:
        """Count the facts that a selection takes, by term of a kind; a fact about a part counts for its wholes too."""
        return dict(self._counts(kind, selection))

    def _counts(self, kind: str, selection: Selection, condition: str = "1") -> list[tuple[str, int]]:
        where, values = self._where(selection)
        mine = f"kind = ? AND {condition} AND fact IN (SELECT n FROM fact WHERE {where})"
        query = f"SELECT id, count(*) AS facts FROM tag WHERE {mine} GROUP BY id ORDER BY facts DESC, id"
        return [(term_id, facts) for term_id, facts in self._all(query, kind, *values)]

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        """Give the facts with figures that a selection takes, wholes before their parts; outdone ones come last."""
        where, values = self._where(selection)
        order = "outdone, part, whole DESC, n"
        query = f"SELECT n FROM fact WHERE {where} AND figures > 0 ORDER BY {order} LIMIT ?"
        return self._numbers(query, *values, _most(limit))

    def count_figures(self, selection: Selection) -> int:
        """Count the facts with figures that a selection takes and that no other outdoes."""
        where, values = self._where(selection)
        query = f"SELECT count(*) FROM fact WHERE {where} AND figures > 0 AND NOT outdone"
        return self._numbers(query, *values)[0]

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        """Give the facts of these numbers, in this order."""
        from json import loads

        from tajsec.model import fact_of

        return [fact_of(loads(text)) for text in self.objects(numbers)]

    def sources(self) -> "Sequence[Source]":
        """Give the sources by id."""
        return list(self._sources.values())

    def source(self, source_id: str) -> "Source":
        """Give a source by id. Raises UnknownName."""
        if source_id not in self._sources:
            from tajsec.spelling import near_names

            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""
        return self._relations("target = ? ORDER BY n", fact_id)

    def differing(
        self, selection: Selection, *, ids: Sequence[str] = (), kinds: Sequence[str] = (), limit: int | None = None
    ) -> "Sequence[tuple[str, Relation]]":
        """Give the relations in which two facts differ, each with the fact that has it, in the order of the files."""
        conditions = ["differs", "holder NOT IN (SELECT id FROM fact WHERE withdrawn = 1)"]
        values: list[object] = []
        if kinds:
            conditions.append(f"kind IN ({_marks(kinds)})")
            values += kinds
        if ids or selection:
            where, bound = self._where(selection)
            some = _marks(ids) if ids else f"SELECT id FROM fact WHERE {where}"
            conditions.append(f"(holder IN ({some}) OR target IN ({some}))")
            values += [*(ids or bound)] * 2
        return self._relations(f"{' AND '.join(conditions)} ORDER BY n LIMIT ?", *values, _most(limit))

    def _relations(self, condition: str, *values: object) -> "list[tuple[str, Relation]]":
        from json import loads

        from tajsec.model import Relation

        rows = self._all(f"SELECT holder, target, text FROM relation WHERE {condition}", *values)
        found = ((holder, target, loads(text)) for holder, target, text in rows)
        return [
            (holder, Relation(to=target, kind=each["kind"], note=each["note"], prefer=each["prefer"]))
            for holder, target, each in found
        ]

    def reviews(self) -> "Sequence[Review]":
        """Give the records of what was compared with the documents, oldest first."""
        from json import loads

        from tajsec.model import review_of

        found = [review_of(loads(body)) for (body,) in self._all("SELECT body FROM review ORDER BY n")]
        return sorted(found, key=lambda review: review.date.order)

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""
        from tajsec.objects import origin

        return origin(self.source(source_id).id, self._sources)

    def size(self) -> tuple[int, float]:
        """Give the number of facts that can be searched, and the mean number of words of their statements."""
        facts = int(self._meta["facts"])
        return facts, int(self._meta["words"]) / max(1, facts) or 1.0

    def years(self) -> tuple[int, int]:
        """Give the first year that a fact is about, and the last for which a source speaks."""
        return int(self._meta["begins"]), int(self._meta["ends"])

    @functools.cached_property
    def _meta(self) -> Mapping[str, str]:
        return dict(self._all("SELECT key, value FROM meta"))

    def named(self, keys: Sequence[str]) -> "Mapping[str, Sequence[tuple[TagKind, str]]]":
        """Give, for each key (the stems of a name, joined by spaces), the terms that bear the name."""
        found: dict[str, list[tuple[TagKind, str]]] = {}
        rows = self._all(f"SELECT key, kind, id FROM name WHERE key IN ({_marks(keys)}) ORDER BY key, kind, id", *keys)
        for key, kind, term_id in rows:
            found.setdefault(key, []).append((kind, term_id))
        return found

    def main_names(self, terms: "Sequence[tuple[TagKind, str]]") -> Sequence[str]:
        """Give the key of each term's main name."""
        query = "SELECT key FROM name WHERE kind = ? AND id = ? AND main"
        return [row[0] for term in terms for row in self._all(query, *term)]

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        """Give the stem of each of the forms that the store knows."""
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_marks(forms)})", *forms))

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Give the number of facts in which each stem stands, for those that stand in one."""
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_marks(stems)})", *stems))

    def one_slip_away(self, form: str) -> Sequence[str]:
        """Give those forms that differ from this one by one slip: a letter added, left out, changed, or two swapped."""
        from tajsec.spelling import deletions, is_one_slip

        keys = sorted(deletions(form))
        rows = self._all(f"SELECT DISTINCT form FROM deletion WHERE key IN ({_marks(keys)}) ORDER BY form", *keys)
        return [row[0] for row in rows if is_one_slip(form, row[0])]

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[str]:
        """Give the forms of so many letters with this first letter that a mistyped word may be meant for."""
        query = "SELECT form FROM word WHERE length = ? AND form >= ? AND form < ? AND own"
        lengths = range(least, most + 1)
        return [row[0] for length in lengths for row in self._all(query, length, start, _next_letter(start))]

    def forms_by_stem(self, least: int, most: int, start: str) -> Mapping[str, str]:
        """Give the stems of those forms, each with one of its forms."""
        query = "SELECT stem, form FROM word WHERE length = ? AND form >= ? AND form < ? AND own"
        found: dict[str, str] = {}
        for length in range(least, most + 1):
            for stem, form in self._all(query, length, start, _next_letter(start)):
                found[stem] = min(form, found.get(stem, form))
        return found

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        """Give the stems of those forms that begin so and stand in most facts, `limit` of the forms."""
        query = "SELECT stem FROM word WHERE form >= ? AND form < ? AND own ORDER BY facts DESC, form LIMIT ?"
        return list(dict.fromkeys(row[0] for row in self._all(query, start, f"{start}\U0010ffff", limit)))

    def sounding_like(self, form: str) -> Sequence[str]:
        """Give those forms that sound the same."""
        from tajsec.spelling import sound

        return [row[0] for row in self._all("SELECT form FROM word WHERE sound = ? AND own ORDER BY form", sound(form))]

    def holding(self, groups: Sequence[Sequence[str]], limit: int) -> Sequence[int]:
        """Give the facts that hold a word of every group, the `limit` of them that have the shortest statements."""
        words = (" OR ".join(f'"{word}"' for word in group) for group in groups)
        query = " AND ".join(f"({group})" for group in words)
        return list(map(number_of, self._numbers("SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, limit)))

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        """Give the facts about a term or a part of it, of all facts or of some."""
        query = "SELECT fact FROM tag WHERE kind = ? AND id = ?"
        if among is not None:
            return {
                n for some in _batches(among) for n in self._numbers(f"{query} AND fact IN ({some})", kind, term_id)
            }
        if (kind, term_id) not in self._tagged:
            self._tagged[kind, term_id] = frozenset(self._numbers(query, kind, term_id))
        return self._tagged[kind, term_id]

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        """Count the facts about a term or a part of it."""
        return sum(self._numbers("SELECT facts FROM tagged WHERE kind = ? AND id = ?", kind, term_id))

    def common(self, terms: "Sequence[tuple[TagKind, str]]") -> "Sequence[tuple[TagKind, str]]":
        """Give those of the terms that most facts are about, or that are part of one that most facts are about."""
        return [term for term in terms if self._all("SELECT 1 FROM common WHERE kind = ? AND id = ?", *term)]

    def with_number(self, value: float, among: Sequence[int] | None = None) -> Mapping[int, AbstractSet[str]]:
        """Give the facts that hold a number, of all facts or of some, each with the units it is counted in.

        The unit is "" for a number of the statement.
        """
        found: dict[int, set[str]] = {}
        query = "SELECT fact, unit FROM number WHERE value = ?"
        queries = [query] if among is None else [f"{query} AND fact IN ({some})" for some in _batches(among)]
        for each in queries:
            for fact, unit in self._all(each, value):
                found.setdefault(fact, set()).add(unit)
        return found

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Give the facts whose `when` or `as_of` may lie between two days, `limit` of them, the nearest first.

        That is: of just this span, within it, over a part of it, and longer than a year.
        """
        ways = (
            ("last = ? AND first = ?", (last, first)),
            ("last BETWEEN ? AND ? AND first >= ?", (first, last, first)),
            (f"last BETWEEN ? AND ? AND first <= ? AND last - first < {YEAR}", (first, last + YEAR, last)),
            (f"last - first >= {YEAR} AND first <= ? AND last >= ?", (last, first)),
        )
        found: dict[int, None] = {}
        for condition, values in ways:
            if len(found) < limit:
                query = f"SELECT n FROM fact WHERE withdrawn = 0 AND {condition} ORDER BY last, first, n LIMIT ?"
                found |= dict.fromkeys(self._numbers(query, *values, limit))
        return list(found)[:limit]

    def taken(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        """Give those of the facts that the selection takes and that are not withdrawn."""
        where, values = self._where(selection, each=True)
        query = f"SELECT n FROM fact NOT INDEXED WHERE {where} AND n IN"  # by their numbers, whatever SQLite may think
        return {n for some in _batches(among) for n in self._numbers(f"{query} ({some})", *values)}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        """Give what is searched of each of the facts."""
        query = (
            "SELECT doc.fact, id, forms, size, figures, outdone, dated_first, dated_last, first, last, "
            f"{', '.join(SEARCHED)} FROM doc JOIN fact ON fact.n = doc.fact WHERE doc.fact IN"
        )
        for some in _batches([number for number in numbers if number not in self._documents]):
            for row in self._all(f"{query} ({some})"):
                number, fact_id, forms, size, figures, outdone, *days = row[:10]
                when = (days[0], days[1]) if days[0] is not None else None
                extent = (days[2], days[3])
                document = Document(
                    number, fact_id, row[10:], "".join(row[10:]), forms, size, figures, bool(outdone), when, extent
                )
                self._documents[number] = document
        return [self._documents[number] for number in numbers]

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        """Give the ids of a kind that begin so, each with its statement, name or title: the first and the last."""
        query, values = _NAMED.get(kind, (_NAMED_TERMS, (kind,)))
        query, values = f"{query} AND id >= ? AND id < ? ORDER BY id", (*values, start, f"{start}\U0010ffff")
        found = self._all(f"{query} LIMIT ?", *values, limit)
        last = self._all(f"{query} DESC LIMIT 1", *values) if len(found) == limit else []
        return found + [row for row in last if row not in found]


_NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "fact": (
        "SELECT id, json_extract(head || '}', '$.statement') FROM fact JOIN text USING (n) WHERE NOT withdrawn",
        (),
    ),
    "source": ("SELECT id, json_extract(body, '$.title') FROM source WHERE 1", ()),
}
"""What asks for ids with what they stand for, read by SQLite: a shell that waits on TAB needs no JSON reader."""
_NAMED_TERMS = "SELECT id, json_extract(body, '$.name') FROM term WHERE kind = ?"
COMMON = 10
"""A term is common if more than one fact in so many is about it."""
_BATCH = 500
"""Facts that one statement asks for."""


def _batches(numbers: Sequence[int]) -> Iterable[str]:
    """Give whole numbers as lists for SQL, some at a time."""
    for start in range(0, len(numbers), _BATCH):
        yield ",".join(str(int(number)) for number in numbers[start : start + _BATCH])


def _most(limit: int | None) -> int:
    return -1 if limit is None else limit


class _Other(NamedTuple):
    """What another fact says of one."""

    holder: str
    kind: str
    differs: int
    text: str


def _told(mine: Sequence[str], others: Sequence[_Other]) -> str:
    """Give the keys `related`, `superseded_by` and `disputed_by`; ids need no escapes."""
    related = ", ".join(other.text for other in others)
    superseding = [other.holder for other in others if other.kind == "supersedes"]
    disputing = dict.fromkeys([*mine, *(other.holder for other in others if other.differs)])
    listed = (", ".join(f'"{each}"' for each in ids) for ids in (superseding, disputing))
    return '"related": [{}], "superseded_by": [{}], "disputed_by": [{}]'.format(related, *listed)


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def open_store(
    packs: "Sequence[Path]" = (),
    *,
    cache: str | None = None,
    workers: int = 1,
    progress: Callable[[int], None] = lambda _count: None,
) -> "SearchableStore":
    """Open the shipped store with the packs added to it.

    A pack is a folder of fact files, with `vocabulary/` and `seeds/` in it if it brings its own. A folder that holds
    `facts/` is a whole store: it stands in place of the shipped one. What was compiled is kept in the folder `cache`;
    while it is compiled, by so many processes if it is large, `progress` is told how many facts are done. Raises
    DataError and UsageError.
    """
    shipped = None if packs else _compiled_with_the_package()
    if shipped is not None:
        return SqliteStore(shipped)
    from tajsec.folders import folders_of, folders_signature

    sets, salt = folders_of(packs), _salt()
    signature, newest = folders_signature(sets, salt)
    found = kept(cache, remembered(cache, signature, newest))
    return SqliteStore(*(found or _compiled(sets, salt, signature, cache, workers, progress)))


class _Changed(Exception):
    """The data changed while they were compiled: what came of it is nobody's."""


def _compiled(
    sets: "Sequence[Folders]",
    salt: str,
    signature: str | None,
    cache: str | None,
    workers: int,
    progress: Callable[[int], None],
) -> tuple[sqlite3.Connection, str | None]:
    """Give the compiled store of data and the path of its file; compile it if the cache does not hold it."""
    from tajsec.read import fingerprint

    data = fingerprint(sets, salt)
    if data is not None and (found := kept(cache, data.whole)):
        remember(cache, signature, data.whole)
        return found
    from tajsec.compile import Changes, changes_of, compile_store, mend_store

    digests = data.files if data else {}

    def build(database: sqlite3.Connection, changes: Changes | None = None) -> None:
        if changes:
            mend_store(sets, database, changes, digests=digests, workers=workers, progress=progress)
        else:
            compile_store(sets, database, digests=digests, workers=workers, progress=progress)
        if data is not None and fingerprint(sets, salt) != data:
            raise _Changed

    if data is not None:
        mending: Mending | None = None
        if earlier := kept(cache, remembered(cache, data.frame)):  # of the same frame: only files of facts may differ
            with contextlib.closing(earlier[0]) as connection:
                changes = changes_of(connection, data.files)
            mending = (earlier[1], lambda database: build(database, changes)) if changes else None
        with contextlib.suppress(_Changed):
            made = cached(cache, data.whole, build, mending)
            for known_by in (signature, data.frame):
                remember(cache, known_by, data.whole)
            return made
    return cached(None, "", lambda database: compile_store(sets, database, workers=workers, progress=progress))


def _salt() -> str:
    """Give what a compiled store depends on besides the data: version, layout, and the code that makes it."""
    texts = []
    for module in MAKERS:
        with contextlib.suppress(OSError), open(_beside(f"{module}.py"), encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join([__version__, str(FORMAT), *texts])


def _beside(name: str) -> str:
    return os.path.join(os.path.dirname(__file__), name)


def _compiled_with_the_package() -> sqlite3.Connection | None:
    """Open the database that the wheel brings, if there is one and it has our layout."""
    path = _beside(COMPILED_FILE)
    with contextlib.suppress(sqlite3.Error, OSError):
        if os.path.isfile(path):
            return open_layout(path)
        if not os.path.isfile(__file__):  # not a checkout: the package lies in an archive
            from importlib.resources import files

            return open_bytes((files("tajsec") / COMPILED_FILE).read_bytes())
    return None
