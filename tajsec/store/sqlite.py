"""The store that answers from a compiled SQLite database.

`SqliteStore` implements `tajsec.model.protocol.SearchableStore`, whose docstrings say what each method returns; the
tables are those of `schema`.
"""

import functools
import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, TypeVar

from tajsec.errors import UnknownName
from tajsec.model.protocol import SEARCHED, Document, Profile, StoredNumber
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.store.cache import lacking
from tajsec.store.index import number_of

if TYPE_CHECKING:
    from tajsec.model.kinds import Sort, TagKind
    from tajsec.model.pack import Pack
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Term, Vocabulary

_R = TypeVar("_R", "Fact", "Pack", "Review", "Source", "Term")

YEAR = 10_000
"""The difference of the numbers of two days (`day_number`) that are a year apart."""

SHORTEST_CORRECTION = 3
"""Letters of the shortest form that a word is corrected to: of two letters nearly all are acronyms."""

_STARTING = "form >= ? AND form < ? AND is_correction"
_LAST = "\U0010ffff"
"""The last character of Unicode: a text that begins with `start` sorts before `start + _LAST`."""

_LISTED = "(SELECT value FROM json_each(?))"
"""The numbers of a JSON list; unlike the parameters of a query, its items are not limited in number."""

_ORDERS: "Mapping[Sort | None, str]" = {
    None: "n",
    "when": "when_anchor IS NULL, when_anchor, when_last, id",
    "as_of": "held, id",
    "id": "id",
    "rank": "rank, n",
}
"""The SQL of each order of facts."""


class SqliteStore:
    """A store that answers from a database that `tajsec.store.compile` wrote.

    Threads share one connection, as a database in memory exists only for its connection, and a lock, without which one
    thread could close a damaged database while another reads it. SQLite runs one query at a time anyway.
    """

    def __init__(
        self, connection: sqlite3.Connection, recompiled: Callable[[], sqlite3.Connection] | None = None
    ) -> None:
        """`recompiled` is called if the database is found to be damaged; it returns the same store, compiled again."""
        self._connection, self._recompiled = connection, recompiled
        self._lock = allocate_lock()  # `threading.Lock`, without the import of `threading`
        self._documents: dict[int, Document] = {}  # cached, as a search at each keystroke reads the same ones

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
        from tajsec.model.vocabulary import Term, Vocabulary

        return Vocabulary(_records(Term, self._column("SELECT body FROM term ORDER BY kind, n")))

    @functools.cached_property
    def _sources(self) -> "Mapping[str, Source]":
        from tajsec.model.records import Source

        found = _records(Source, self._column("SELECT body FROM source ORDER BY id"))
        return {source.id: source for source in found}

    def _where(self, selection: Selection, *, of_few: bool = False) -> tuple[str, list[object]]:
        """Return the SQL condition of a selection, and its values; names in it are fixed, never input.

        With `of_few` the tags of each fact are looked up, which is quicker for some hundred facts; otherwise the facts
        of each tag.
        """
        conditions, values = ["withdrawn = 0"], list[object]()
        for kind, ids in selection.tags():
            if ids:
                tagged = f"FROM tag WHERE kind = '{kind}' AND id IN ({_placeholders([*ids])})"
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
        if selection.since and selection.until:
            conditions.append(_some_member("?", "?"))
            values += values[-2:]
        return " AND ".join(conditions), values

    def _numbers(
        self, rest: str, selection: Selection, limit: int | None, *, offset: int = 0, table: str = "fact"
    ) -> list[int]:
        """Return the numbers of the selected facts; `rest` is the SQL after the condition, with the order."""
        where, values = self._where(selection)
        query = f"SELECT n FROM {table} WHERE {where} {rest} LIMIT ? OFFSET ?"
        return self._column(query, *values, _sql_limit(limit), offset)

    def select(
        self,
        selection: Selection = EVERYTHING,
        *,
        sort: "Sort | None" = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> Sequence[int]:
        return self._numbers(f"ORDER BY {_ORDERS[sort]}", selection, limit, offset=offset)

    def in_order(self, numbers: Sequence[int], sort: "Sort") -> Sequence[int]:
        return self._column(f"SELECT n FROM fact WHERE n IN {_LISTED} ORDER BY {_ORDERS[sort]}", _json_list(numbers))

    def in_time(self, selection: Selection = EVERYTHING, *, offset: int = 0, limit: int | None = None) -> Sequence[int]:
        # by the index, which is in this order: otherwise SQLite sorts all facts to return the first
        order = "AND when_anchor IS NOT NULL ORDER BY when_anchor, when_last, id"
        return self._numbers(order, selection, limit, offset=offset, table="fact INDEXED BY fact_time")

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        return self._count_selected(selection, "when_anchor IS NOT NULL")

    def count(self, selection: Selection = EVERYTHING) -> int:
        if not selection:
            return int(self._meta["facts"])
        return self._count_selected(selection, "1")

    def _count_selected(self, selection: Selection, condition: str) -> int:
        where, values = self._where(selection)
        return self._count(f"SELECT count(*) FROM fact WHERE {where} AND {condition}", *values)

    def number(self, fact_id: str) -> int:
        found = self._column("SELECT n FROM fact WHERE id = ?", fact_id)
        if not found:
            from tajsec.text.spelling import near_names

            ids = self._column("SELECT id FROM fact")
            raise UnknownName("fact", fact_id, near_names(fact_id, ids), "tajsec list")
        return int(found[0])

    def objects(self, numbers: Sequence[int], *, aliases: bool = False) -> Sequence[str]:
        whole = "substr(body, 1, length(body) - 1) || ', \"aliases\": ' || aliases || '}'"
        query = f"SELECT n, {whole if aliases else 'body'} FROM text WHERE n IN {_LISTED}"
        found = dict(self._all(query, _json_list(numbers)))
        return [found[n] for n in numbers]

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        return self.by_numbers(self.select(selection, limit=limit))

    def fact(self, fact_id: str) -> "Fact":
        return self.by_numbers([self.number(fact_id)])[0]

    def profile(self, selection: Selection) -> Profile:
        ends = [
            next(iter(self._numbers(f"ORDER BY {order}", selection, 1)), None)
            for order in ("coalesce(when_anchor, first), last, n", "coalesce(when_anchor, last) DESC, last DESC, n")
        ]
        counts = [self._counts(kind, selection) for kind in ("actor", "status", "source")]
        return Profile(self.count(selection), ends[0], ends[1], *counts)

    def count_by_term(self, kind: "TagKind", selection: Selection) -> Mapping[str, int]:
        return dict(self._counts(kind, selection))

    def _counts(self, kind: str, selection: Selection) -> list[tuple[str, int]]:
        where, values = self._where(selection)
        mine = f"kind = ? AND fact IN (SELECT n FROM fact WHERE {where})"
        query = f"SELECT id, count(*) AS facts FROM tag WHERE {mine} GROUP BY id ORDER BY facts DESC, id"
        return [(term_id, facts) for term_id, facts in self._all(query, kind, *values)]

    def by_rank(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        return self._numbers("AND NOT superseded_or_less_exact ORDER BY rank, n", selection, limit)

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        order = "superseded_or_less_exact, rank, is_part, is_whole DESC, n"
        return self._numbers(f"AND figures > 0 ORDER BY {order}", selection, limit)

    def count_figures(self, selection: Selection) -> int:
        return self._count_selected(selection, "figures > 0 AND NOT superseded_or_less_exact")

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        from tajsec.model.records import Fact

        return _records(Fact, self.objects(numbers, aliases=True))

    def sources(self) -> "Sequence[Source]":
        return list(self._sources.values())

    def source(self, source_id: str) -> "Source":
        if source_id not in self._sources:
            from tajsec.text.spelling import near_names

            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def packs(self) -> "Sequence[Pack]":
        from tajsec.model.pack import Pack

        return _records(Pack, self._column("SELECT body FROM pack ORDER BY n"))

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        return self._relations("other = ? ORDER BY n", fact_id)

    def differing(
        self,
        selection: Selection,
        *,
        ids: Sequence[str] = (),
        kinds: Sequence[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> "Sequence[tuple[str, Relation]]":
        conditions = ["differs", "fact NOT IN (SELECT id FROM fact WHERE withdrawn = 1)"]
        values: list[object] = []
        if kinds:
            conditions.append(f"kind IN ({_placeholders(kinds)})")
            values += kinds
        if ids or selection:
            where, bound = self._where(selection)
            some = _placeholders(ids) if ids else f"SELECT id FROM fact WHERE {where}"
            conditions.append(f"(fact IN ({some}) OR other IN ({some}))")
            values += [*(ids or bound)] * 2
        where = " AND ".join(conditions)
        return self._relations(f"{where} ORDER BY n LIMIT ? OFFSET ?", *values, _sql_limit(limit), offset)

    def _relations(self, condition: str, *values: object) -> "list[tuple[str, Relation]]":
        from tajsec.model.records import Relation

        rows = self._all(f"SELECT fact, other, kind, note, prefer FROM relation WHERE {condition}", *values)
        return [(fact, Relation(to=to, kind=kind, note=note, prefer=prefer)) for fact, to, kind, note, prefer in rows]

    def reviews(self) -> "Sequence[Review]":
        from tajsec.model.records import Review

        found = _records(Review, self._column("SELECT body FROM review ORDER BY n"))
        return sorted(found, key=lambda review: review.date.order)

    def origin(self, source_id: str) -> str:
        from tajsec.model.as_json import origin

        return origin(self.source(source_id).id, self._sources)

    def size(self) -> int:
        return int(self._meta["facts"])

    def years(self) -> tuple[int, int]:
        return int(self._meta["begins"]), int(self._meta["ends"])

    @functools.cached_property
    def _meta(self) -> Mapping[str, str]:
        return dict(self._all("SELECT key, value FROM meta"))

    def named(self, keys: Sequence[str]) -> "Mapping[str, Sequence[tuple[TagKind, str]]]":
        found: dict[str, list[tuple[TagKind, str]]] = {}
        rows = self._all(
            f"SELECT key, kind, id FROM name WHERE key IN ({_placeholders(keys)}) ORDER BY key, kind, id", *keys
        )
        for key, kind, term_id in rows:
            found.setdefault(key, []).append((kind, term_id))
        return found

    def main_names(self, terms: "Sequence[tuple[TagKind, str]]") -> "Mapping[tuple[TagKind, str], tuple[str, str]]":
        query = "SELECT key, label FROM name WHERE kind = ? AND id = ? AND label IS NOT NULL"
        return {term: (key, label) for term in terms for key, label in self._all(query, *term)}

    def names_among(self, forms: Sequence[str]) -> AbstractSet[str]:
        query = f"SELECT form FROM word WHERE is_name AND form IN ({_placeholders(forms)})"
        return {*self._column(query, *forms)}

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_placeholders(forms)})", *forms))

    def forms_of_stem(self, stem: str) -> Sequence[str]:
        return self._column("SELECT form FROM word WHERE stem = ? AND facts ORDER BY form", stem)

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_placeholders(stems)})", *stems))

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

    def containing(self, groups: Sequence[Sequence[str]], limit: int | None) -> Sequence[int]:
        words = (" OR ".join(f'"{word}"' for word in group) for group in groups)
        query = " AND ".join(f"({group})" for group in words)
        rows = self._column("SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, _sql_limit(limit))
        return list(map(number_of, rows))

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        condition, values = _among(among)
        return {*self._column(f"SELECT fact FROM tag WHERE kind = ? AND id = ?{condition}", kind, term_id, *values)}

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        return self._count("SELECT count(*) FROM tag WHERE kind = ? AND id = ?", kind, term_id)

    def common(self, terms: "Sequence[tuple[TagKind, str]]") -> "Sequence[tuple[TagKind, str]]":
        return [term for term in terms if self._all("SELECT 1 FROM common WHERE kind = ? AND id = ?", *term)]

    def with_numbers(
        self, least: float, most: float, among: Sequence[int] | None = None
    ) -> Mapping[int, AbstractSet[StoredNumber]]:
        found: dict[int, set[StoredNumber]] = {}
        condition, values = _among(among)
        query = f"SELECT fact, value, unit, qualifier FROM number WHERE value BETWEEN ? AND ?{condition}"
        for fact, *number in self._all(query, least, most, *values):
            found.setdefault(fact, set()).add(StoredNumber(*number))
        return found

    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]:
        nearest_first = (
            "first = ?1 AND last = ?2 DESC, first >= ?1 AND last <= ?2 DESC, last - first >= ?3, last, first, n"
        )
        where = f"withdrawn = 0 AND last >= ?1 AND first <= ?2 AND {_some_member('?1', '?2')}"
        query = f"SELECT n FROM fact WHERE {where} ORDER BY {nearest_first} LIMIT ?4"
        return self._column(query, first, last, YEAR, _sql_limit(limit))

    def selected_among(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        where, values = self._where(selection, of_few=True)
        # SQLite may estimate wrongly that an index on other columns finds fewer facts
        query = f"SELECT n FROM fact NOT INDEXED WHERE {where} AND n IN {_LISTED}"
        return {*self._column(query, *values, _json_list(among))}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        query = (
            "SELECT n, id, answers, same_as, rank, superseded_or_less_exact, when_first, when_last, first, last, "
            f"{', '.join(SEARCHED)} FROM doc JOIN fact ON n = doc.fact WHERE doc.fact IN {_LISTED}"
        )
        missing = [number for number in numbers if number not in self._documents]
        members = self._members(missing)
        for row in self._all(query, _json_list(missing)) if missing else ():
            number, fact_id, answers, same_as, rank, worse, when_first, when_last, *extent = row[:10]
            when = members.get(number) or ([(when_first, when_last)] if when_first is not None else [])
            fields = row[10:]
            self._documents[number] = Document(
                number, fact_id, fields, "".join(fields), answers, same_as, rank, bool(worse), when, (*extent,)
            )
        return [self._documents[number] for number in numbers]

    def _members(self, numbers: Sequence[int]) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Return the first and last day of each date of the facts that have a set of dates."""
        found: dict[int, list[tuple[int, int]]] = {}
        query = f"SELECT fact, first, last FROM member WHERE fact IN {_LISTED}"
        for number, first, last in self._all(query, _json_list(numbers)) if numbers else ():
            found.setdefault(number, []).append((first, last))
        return found

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
    "pack": "SELECT id, json_extract(body, '$.title') FROM pack WHERE ? = 'pack'",
}
_TERM_LABELS = "SELECT id, json_extract(body, '$.name') FROM term WHERE kind = ?"
"""Queries for ids with their labels. SQLite reads the JSON, so that completion in a shell does not import `json`."""


def _records(kind: type[_R], bodies: Sequence[str]) -> list[_R]:
    """Return the records of their JSON texts."""
    from json import loads

    from tajsec.model.as_json import record_of

    return [record_of(kind, loads(body)) for body in bodies]


def _some_member(since: str, until: str) -> str:
    """Return the SQL condition that a fact with a set of dates has one between two days, not only one on each side."""
    between = f"SELECT fact FROM member WHERE last >= {since} AND first <= {until}"
    return f"(fact.n NOT IN (SELECT fact FROM member) OR fact.n IN ({between}))"


def _json_list(numbers: Sequence[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _among(numbers: Sequence[int] | None) -> tuple[str, list[str]]:
    return ("", []) if numbers is None else (f" AND fact IN {_LISTED}", [_json_list(numbers)])


def _sql_limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _placeholders(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
