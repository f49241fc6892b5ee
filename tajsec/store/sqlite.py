"""The store that answers from a compiled SQLite database.

`SqliteStore` implements `tajsec.model.protocol.SearchableStore`, whose docstrings say what each method returns; the
tables are those of `schema`.
"""

import functools
import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from tajsec.errors import UnknownName
from tajsec.model.protocol import SEARCHED, Document, Profile
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.store.cache import lacking
from tajsec.store.index import number_of

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Vocabulary


YEAR = 10_000
"""The difference of the numbers of two days (`day_number`) that are a year apart."""

SHORTEST_CORRECTION = 3
"""Letters of the shortest form that a word is corrected to: of two letters nearly all are acronyms."""

_STARTING = "form >= ? AND form < ? AND is_correction"
_LAST = "\U0010ffff"
"""The last character: every text that begins with some text comes before that text with it."""

_LISTED = "(SELECT value FROM json_each(?))"
"""The numbers of a JSON list, which has no limit on its length as a list of parameters has."""


class SqliteStore:
    """A store that answers from a database that `tajsec.store.compile` wrote.

    Any thread may ask: all share one connection, as a database in memory has no other, and a lock, without which a
    thread could close a damaged database while another reads it. Queries are short; SQLite runs one at a time anyway.
    """

    def __init__(
        self, connection: sqlite3.Connection, recompiled: Callable[[], sqlite3.Connection] | None = None
    ) -> None:
        """Take a database; one from the cache with a function that compiles it again if it is found to be damaged."""
        self._connection, self._recompiled = connection, recompiled
        self._lock = allocate_lock()  # that of `threading`, whose import is not needed
        self._documents: dict[int, Document] = {}  # read once: a search while one types reads the same ones each time

    def __del__(self) -> None:
        self._connection.close()

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return every row of a query; after a database error, of the store compiled again."""
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.ProgrammingError):
                    raise
                if self._recompiled is None:
                    raise lacking(error) from error
            damaged, self._connection = self._connection, self._recompiled()
            damaged.close()
            self._recompiled = None
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                raise lacking(error) from error

    def _column(self, query: str, *values: object) -> list[Any]:
        return [row[0] for row in self._all(query, *values)]

    def _count(self, query: str, *values: object) -> int:
        return int(self._column(query, *values)[0])

    @functools.cached_property
    def vocabulary(self) -> "Vocabulary":
        from json import loads

        from tajsec.model.as_json import record_of
        from tajsec.model.vocabulary import Term, Vocabulary

        rows = self._all("SELECT body FROM term ORDER BY kind, n")
        return Vocabulary(record_of(Term, loads(body)) for (body,) in rows)

    @functools.cached_property
    def _sources(self) -> "Mapping[str, Source]":
        from json import loads

        from tajsec.model.as_json import record_of
        from tajsec.model.records import Source

        return {
            key: record_of(Source, loads(body)) for key, body in self._all("SELECT id, body FROM source ORDER BY id")
        }

    def _where(self, selection: Selection, *, of_few: bool = False) -> tuple[str, list[object]]:
        """Return the SQL condition of a selection, and its values; names in it are fixed, never input.

        With `of_few` the tags of each fact are looked up, which is quicker for some hundred facts; otherwise the facts
        of each tag.
        """
        conditions, values = ["withdrawn = 0"], list[object]()
        for kind, ids in selection.tags():
            if ids:
                tagged = f"FROM tag WHERE kind = '{kind}' AND id IN ({_marks([*ids])})"
                conditions.append(
                    f"EXISTS (SELECT 1 {tagged} AND fact = fact.n)" if of_few else f"fact.n IN (SELECT fact {tagged})"
                )
                values += sorted(ids)
        if selection.since or selection.until:
            from tajsec.text.dates import day_number
        if selection.since:
            conditions.append("last >= ?")
            values.append(day_number(selection.since.first))
        if selection.until:
            conditions.append("first <= ?")
            values.append(day_number(selection.until.last))
        return " AND ".join(conditions), values

    def select(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        where, values = self._where(selection)
        return self._column(f"SELECT n FROM fact WHERE {where} ORDER BY n LIMIT ?", *values, _most(limit))

    def in_time(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        where, values = self._where(selection)
        query = (  # by the index, which is in this order: otherwise SQLite sorts all facts to return the first
            f"SELECT n FROM fact INDEXED BY fact_time WHERE {where} AND when_anchor IS NOT NULL"
            " ORDER BY when_anchor, when_last, id LIMIT ?"
        )
        return self._column(query, *values, _most(limit))

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        where, values = self._where(selection)
        return self._count(f"SELECT count(when_anchor) FROM fact WHERE {where}", *values)

    def count(self, selection: Selection = EVERYTHING) -> int:
        if not selection:
            return int(self._meta["facts"])
        where, values = self._where(selection)
        return self._count(f"SELECT count(*) FROM fact WHERE {where}", *values)

    def number(self, fact_id: str) -> int:
        found = self._column("SELECT n FROM fact WHERE id = ?", fact_id)
        if not found:
            from tajsec.text.spelling import near_names

            ids = self._column("SELECT id FROM fact")
            raise UnknownName("fact", fact_id, near_names(fact_id, ids), "tajsec list")
        return int(found[0])

    def objects(self, numbers: Sequence[int]) -> Sequence[str]:
        found = dict(self._all(f"SELECT n, body FROM text WHERE n IN {_LISTED}", _json_list(numbers)))
        return [found[n] for n in numbers]

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        return self.by_numbers(self.select(selection, limit=limit))

    def fact(self, fact_id: str) -> "Fact":
        return self.by_numbers([self.number(fact_id)])[0]

    def profile(self, selection: Selection) -> Profile:
        where, values = self._where(selection)
        ends = [
            next(iter(self._column(f"SELECT n FROM fact WHERE {where} ORDER BY {order} LIMIT 1", *values)), None)
            for order in ("coalesce(when_anchor, first), last, n", "coalesce(when_anchor, last) DESC, last DESC, n")
        ]
        counts = [self._counts(kind, selection, "is_direct") for kind in ("actor", "status", "source")]
        return Profile(self.count(selection), ends[0], ends[1], *counts)

    def count_by_term(self, kind: "TagKind", selection: Selection) -> Mapping[str, int]:
        return dict(self._counts(kind, selection))

    def _counts(self, kind: str, selection: Selection, condition: str = "1") -> list[tuple[str, int]]:
        where, values = self._where(selection)
        mine = f"kind = ? AND {condition} AND fact IN (SELECT n FROM fact WHERE {where})"
        query = f"SELECT id, count(*) AS facts FROM tag WHERE {mine} GROUP BY id ORDER BY facts DESC, id"
        return [(term_id, facts) for term_id, facts in self._all(query, kind, *values)]

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        where, values = self._where(selection)
        order = "superseded_or_less_exact, is_part, is_whole DESC, n"
        query = f"SELECT n FROM fact WHERE {where} AND figures > 0 ORDER BY {order} LIMIT ?"
        return self._column(query, *values, _most(limit))

    def count_figures(self, selection: Selection) -> int:
        where, values = self._where(selection)
        query = f"SELECT count(*) FROM fact WHERE {where} AND figures > 0 AND NOT superseded_or_less_exact"
        return self._count(query, *values)

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        from json import loads

        from tajsec.model.as_json import record_of
        from tajsec.model.records import Fact

        return [record_of(Fact, loads(text)) for text in self.objects(numbers)]

    def sources(self) -> "Sequence[Source]":
        return list(self._sources.values())

    def source(self, source_id: str) -> "Source":
        if source_id not in self._sources:
            from tajsec.text.spelling import near_names

            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        return self._relations("other = ? ORDER BY n", fact_id)

    def differing(
        self, selection: Selection, *, ids: Sequence[str] = (), kinds: Sequence[str] = (), limit: int | None = None
    ) -> "Sequence[tuple[str, Relation]]":
        conditions = ["differs", "fact NOT IN (SELECT id FROM fact WHERE withdrawn = 1)"]
        values: list[object] = []
        if kinds:
            conditions.append(f"kind IN ({_marks(kinds)})")
            values += kinds
        if ids or selection:
            where, bound = self._where(selection)
            some = _marks(ids) if ids else f"SELECT id FROM fact WHERE {where}"
            conditions.append(f"(fact IN ({some}) OR other IN ({some}))")
            values += [*(ids or bound)] * 2
        return self._relations(f"{' AND '.join(conditions)} ORDER BY n LIMIT ?", *values, _most(limit))

    def _relations(self, condition: str, *values: object) -> "list[tuple[str, Relation]]":
        from tajsec.model.records import Relation

        rows = self._all(f"SELECT fact, other, kind, note, prefer FROM relation WHERE {condition}", *values)
        return [(fact, Relation(to=to, kind=kind, note=note, prefer=prefer)) for fact, to, kind, note, prefer in rows]

    def reviews(self) -> "Sequence[Review]":
        from json import loads

        from tajsec.model.as_json import record_of
        from tajsec.model.records import Review

        found = [record_of(Review, loads(body)) for (body,) in self._all("SELECT body FROM review ORDER BY n")]
        return sorted(found, key=lambda review: review.date.order)

    def origin(self, source_id: str) -> str:
        from tajsec.model.as_json import origin

        return origin(self.source(source_id).id, self._sources)

    def size(self) -> tuple[int, float]:
        facts = int(self._meta["facts"])
        return facts, int(self._meta["words"]) / max(1, facts) or 1.0

    def years(self) -> tuple[int, int]:
        return int(self._meta["begins"]), int(self._meta["ends"])

    @functools.cached_property
    def _meta(self) -> Mapping[str, str]:
        return dict(self._all("SELECT key, value FROM meta"))

    def named(self, keys: Sequence[str]) -> "Mapping[str, Sequence[tuple[TagKind, str]]]":
        found: dict[str, list[tuple[TagKind, str]]] = {}
        rows = self._all(f"SELECT key, kind, id FROM name WHERE key IN ({_marks(keys)}) ORDER BY key, kind, id", *keys)
        for key, kind, term_id in rows:
            found.setdefault(key, []).append((kind, term_id))
        return found

    def main_names(self, terms: "Sequence[tuple[TagKind, str]]") -> Sequence[str]:
        query = "SELECT key FROM name WHERE kind = ? AND id = ? AND is_main"
        return [key for term in terms for key in self._column(query, *term)]

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_marks(forms)})", *forms))

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_marks(stems)})", *stems))

    def one_slip_away(self, form: str) -> Sequence[str]:
        from tajsec.text.spelling import is_one_slip

        half = len(form) // 2  # a slip changes two neighbouring letters at most: the start or the end stays as it is
        start, end = form[: max(0, half - 1)], form[half:]
        query = (
            "SELECT form FROM word WHERE length BETWEEN ? AND ? AND is_correction"
            " AND (substr(form, 1, ?) = ? OR substr(form, -?) = ?) ORDER BY form"
        )
        lengths = max(SHORTEST_CORRECTION, len(form) - 1), len(form) + 1
        near = self._column(query, *lengths, len(start), start, len(end), end)
        return [each for each in near if is_one_slip(form, each)]

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[str]:
        query = f"SELECT form FROM word WHERE {_STARTING} AND length BETWEEN ? AND ?"
        return self._column(query, start, start + _LAST, least, most)

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        query = f"SELECT stem FROM word WHERE {_STARTING} ORDER BY facts DESC, form LIMIT ?"
        return list(dict.fromkeys(self._column(query, start, start + _LAST, limit)))

    def sounding_like(self, form: str) -> Sequence[str]:
        from tajsec.text.spelling import sound

        return self._column("SELECT form FROM word WHERE sound = ? AND is_correction ORDER BY form", sound(form))

    def containing(self, groups: Sequence[Sequence[str]], limit: int) -> Sequence[int]:
        words = (" OR ".join(f'"{word}"' for word in group) for group in groups)
        query = " AND ".join(f"({group})" for group in words)
        return list(map(number_of, self._column("SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, limit)))

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        condition, values = _among(among)
        return {*self._column(f"SELECT fact FROM tag WHERE kind = ? AND id = ?{condition}", kind, term_id, *values)}

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        return self._count("SELECT count(*) FROM tag WHERE kind = ? AND id = ?", kind, term_id)

    def common(self, terms: "Sequence[tuple[TagKind, str]]") -> "Sequence[tuple[TagKind, str]]":
        return [term for term in terms if self._all("SELECT 1 FROM common WHERE kind = ? AND id = ?", *term)]

    def with_number(self, value: float, among: Sequence[int] | None = None) -> Mapping[int, AbstractSet[str]]:
        found: dict[int, set[str]] = {}
        condition, values = _among(among)
        for fact, unit in self._all(f"SELECT fact, unit FROM number WHERE value = ?{condition}", value, *values):
            found.setdefault(fact, set()).add(unit)
        return found

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
        nearest_first = (
            "first = ?1 AND last = ?2 DESC, first >= ?1 AND last <= ?2 DESC, last - first >= ?3, last, first, n"
        )
        where = "withdrawn = 0 AND first <= ?2 AND last >= ?1"
        query = f"SELECT n FROM fact WHERE {where} ORDER BY {nearest_first} LIMIT ?4"
        return self._column(query, first, last, YEAR, limit)

    def taken(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        where, values = self._where(selection, of_few=True)
        # not by an index: SQLite may think that it has fewer facts than the list
        query = f"SELECT n FROM fact NOT INDEXED WHERE {where} AND n IN {_LISTED}"
        return {*self._column(query, *values, _json_list(among))}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        query = (
            "SELECT n, id, forms, size, figures, superseded_or_less_exact, when_first, when_last, first, last, "
            f"{', '.join(SEARCHED)} FROM doc JOIN fact ON n = doc.fact WHERE doc.fact IN {_LISTED}"
        )
        missing = [number for number in numbers if number not in self._documents]
        for row in self._all(query, _json_list(missing)) if missing else ():
            number, fact_id, forms, size, figures, worse, when_first, when_last, *extent = row[:10]
            when = (when_first, when_last) if when_first is not None else None
            fields = row[10:]
            self._documents[number] = Document(
                number, fact_id, fields, "".join(fields), forms, size, figures, bool(worse), when, (*extent,)
            )
        return [self._documents[number] for number in numbers]

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        query = f"{_LABELS.get(kind, _TERM_LABELS)} AND id >= ? AND id < ? ORDER BY id"
        values = kind, start, f"{start}{_LAST}"
        found = self._all(f"{query} LIMIT ?", *values, limit)
        last = self._all(f"{query} DESC LIMIT 1", *values) if len(found) == limit else []
        return found + [row for row in last if row not in found]


_LABELS: Mapping[str, str] = {
    "fact": "SELECT id, json_extract(body, '$.statement') FROM fact JOIN text USING (n)"
    " WHERE ? = 'fact' AND withdrawn = 0",
    "source": "SELECT id, json_extract(body, '$.title') FROM source WHERE ? = 'source'",
}
_TERM_LABELS = "SELECT id, json_extract(body, '$.name') FROM term WHERE kind = ?"
"""Queries for the ids of a kind with their labels, which SQLite reads: TAB in a shell then imports no JSON reader."""


def _json_list(numbers: Sequence[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _among(numbers: Sequence[int] | None) -> tuple[str, list[str]]:
    return ("", []) if numbers is None else (f" AND fact IN {_LISTED}", [_json_list(numbers)])


def _most(limit: int | None) -> int:
    return -1 if limit is None else limit


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
