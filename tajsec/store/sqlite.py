"""The store that answers from a compiled SQLite file."""

import functools
import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from tajsec.errors import UnknownName
from tajsec.model.protocol import SEARCHED, Document, Profile
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.store.index import YEAR, number_of

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Vocabulary


class SqliteStore:
    """A store that answers from a compiled database (see `tajsec.store.compile`)."""

    def __init__(
        self, connection: sqlite3.Connection, recompiled: Callable[[], sqlite3.Connection] | None = None
    ) -> None:
        """Take a database that `compile_store` wrote.

        One from the cache comes with a function that compiles it again, in case it turns out to be damaged.
        """
        self._connection, self._recompiled = connection, recompiled
        self._lock = allocate_lock()
        self._facts: dict[str, Fact] = {}
        self._documents: dict[int, Document] = {}
        self._tagged: dict[tuple[TagKind, str], frozenset[int]] = {}

    def __del__(self) -> None:
        self._connection.close()

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row of a query. The lock lets any thread ask: two in one connection would disturb each other."""
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                if self._recompiled is None or isinstance(error, sqlite3.ProgrammingError):
                    raise
            damaged, self._connection = self._connection, self._recompiled()
            damaged.close()
            self._recompiled = None
            return self._connection.execute(query, values).fetchall()

    @functools.cached_property
    def vocabulary(self) -> "Vocabulary":
        from json import loads

        from tajsec.model.as_json import term_of
        from tajsec.model.vocabulary import Vocabulary

        rows = self._all("SELECT kind, n, body FROM term ORDER BY kind, n")
        return Vocabulary(term_of(kind, loads(body)) for kind, _, body in rows)

    @functools.cached_property
    def _sources(self) -> "Mapping[str, Source]":
        from json import loads

        from tajsec.model.as_json import source_of

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
            from tajsec.text.dates import day_number
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
        where, values = self._where(selection, each=self._is_met_soon(selection, limit))
        return self._numbers(f"SELECT n FROM fact WHERE {where} ORDER BY n LIMIT ?", *values, _most(limit))

    def in_time(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> Sequence[int]:
        where, values = self._where(selection, each=self._is_met_soon(selection, limit))
        query = (  # in the order of the index: of a large store only what is shown is looked at
            f"SELECT n FROM fact INDEXED BY fact_time WHERE {where} AND placed IS NOT NULL"
            " ORDER BY placed, dated_last, id LIMIT ?"
        )
        return self._numbers(query, *values, _most(limit))

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        where, values = self._where(selection)
        query = f"SELECT count(*) FROM fact INDEXED BY fact_time WHERE {where} AND placed IS NOT NULL"
        return self._numbers(query, *values)[0]

    def _numbers(self, query: str, *values: object) -> list[int]:
        return [row[0] for row in self._all(query, *values)]

    def count(self, selection: Selection = EVERYTHING) -> int:
        if not selection:
            return int(self._meta["facts"])
        where, values = self._where(selection)
        return int(self._all(f"SELECT count(*) FROM fact WHERE {where}", *values)[0][0])

    def number(self, fact_id: str) -> int:
        found = self._numbers("SELECT n FROM fact WHERE id = ?", fact_id)
        if not found:
            from tajsec.text.spelling import near_names

            ids = (row[0] for row in self._all("SELECT id FROM fact"))
            raise UnknownName("fact", fact_id, near_names(fact_id, ids), "tajsec list")
        return found[0]

    def objects(self, numbers: Sequence[int]) -> Sequence[str]:
        found: dict[int, str] = {}
        for some in _batches(numbers):
            found |= dict(self._all(f"SELECT n, body FROM text WHERE n IN ({some})"))
        return [found[n] for n in numbers]

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        where, values = self._where(selection)
        query = f"SELECT id, body FROM fact JOIN text USING (n) WHERE {where} ORDER BY n LIMIT ?"
        return [self._fact(*row) for row in self._all(query, *values, _most(limit))]

    def _fact(self, fact_id: str, body: str) -> "Fact":
        if fact_id not in self._facts:
            from json import loads

            from tajsec.model.as_json import fact_of

            self._facts[fact_id] = fact_of(loads(body))
        return self._facts[fact_id]

    def fact(self, fact_id: str) -> "Fact":
        return self._fact(fact_id, self.objects([self.number(fact_id)])[0])

    def profile(self, selection: Selection) -> Profile:
        where, values = self._where(selection)
        ends = [
            next(iter(self._numbers(f"SELECT n FROM fact WHERE {where} ORDER BY {order} LIMIT 1", *values)), None)
            for order in ("coalesce(placed, first), last, n", "coalesce(placed, last) DESC, last DESC, n")
        ]
        counts = [self._counts(kind, selection, "named") for kind in ("actor", "status", "source")]
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
        order = "outdone, part, whole DESC, n"
        query = f"SELECT n FROM fact WHERE {where} AND figures > 0 ORDER BY {order} LIMIT ?"
        return self._numbers(query, *values, _most(limit))

    def count_figures(self, selection: Selection) -> int:
        where, values = self._where(selection)
        query = f"SELECT count(*) FROM fact WHERE {where} AND figures > 0 AND NOT outdone"
        return self._numbers(query, *values)[0]

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        from json import loads

        from tajsec.model.as_json import fact_of

        return [fact_of(loads(text)) for text in self.objects(numbers)]

    def sources(self) -> "Sequence[Source]":
        return list(self._sources.values())

    def source(self, source_id: str) -> "Source":
        if source_id not in self._sources:
            from tajsec.text.spelling import near_names

            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def relations_to(self, fact_id: str) -> "Sequence[tuple[str, Relation]]":
        return self._relations("target = ? ORDER BY n", fact_id)

    def differing(
        self, selection: Selection, *, ids: Sequence[str] = (), kinds: Sequence[str] = (), limit: int | None = None
    ) -> "Sequence[tuple[str, Relation]]":
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
        from tajsec.model.records import Relation

        rows = self._all(f"SELECT holder, target, kind, note, prefer FROM relation WHERE {condition}", *values)
        return [
            (holder, Relation(to=to, kind=kind, note=note, prefer=prefer)) for holder, to, kind, note, prefer in rows
        ]

    def reviews(self) -> "Sequence[Review]":
        from json import loads

        from tajsec.model.as_json import review_of

        found = [review_of(loads(body)) for (body,) in self._all("SELECT body FROM review ORDER BY n")]
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
        query = "SELECT key FROM name WHERE kind = ? AND id = ? AND main"
        return [row[0] for term in terms for row in self._all(query, *term)]

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_marks(forms)})", *forms))

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_marks(stems)})", *stems))

    def one_slip_away(self, form: str) -> Sequence[str]:
        from tajsec.text.spelling import is_one_slip

        half = len(form) // 2  # a slip changes two neighbouring letters at most: the start or the end stays as it is
        start, end = form[: max(0, half - 1)], form[half:]
        query = (
            "SELECT form FROM word WHERE length BETWEEN ? AND ? AND own"
            " AND (substr(form, 1, ?) = ? OR substr(form, -?) = ?) ORDER BY form"
        )
        lengths = max(SHORTEST_MISTYPED, len(form) - 1), len(form) + 1
        rows = self._all(query, *lengths, len(start), start, len(end), end)
        return [row[0] for row in rows if is_one_slip(form, row[0])]

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[str]:
        query = "SELECT form FROM word WHERE length = ? AND form >= ? AND form < ? AND own"
        lengths = range(least, most + 1)
        return [row[0] for length in lengths for row in self._all(query, length, start, _next_letter(start))]

    def forms_by_stem(self, least: int, most: int, start: str) -> Mapping[str, str]:
        query = "SELECT stem, form FROM word WHERE length = ? AND form >= ? AND form < ? AND own"
        found: dict[str, str] = {}
        for length in range(least, most + 1):
            for stem, form in self._all(query, length, start, _next_letter(start)):
                found[stem] = min(form, found.get(stem, form))
        return found

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        query = "SELECT stem FROM word WHERE form >= ? AND form < ? AND own ORDER BY facts DESC, form LIMIT ?"
        return list(dict.fromkeys(row[0] for row in self._all(query, start, f"{start}\U0010ffff", limit)))

    def sounding_like(self, form: str) -> Sequence[str]:
        from tajsec.text.spelling import sound

        return [row[0] for row in self._all("SELECT form FROM word WHERE sound = ? AND own ORDER BY form", sound(form))]

    def holding(self, groups: Sequence[Sequence[str]], limit: int) -> Sequence[int]:
        words = (" OR ".join(f'"{word}"' for word in group) for group in groups)
        query = " AND ".join(f"({group})" for group in words)
        return list(map(number_of, self._numbers("SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, limit)))

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        query = "SELECT fact FROM tag WHERE kind = ? AND id = ?"
        if among is not None:
            return {
                n for some in _batches(among) for n in self._numbers(f"{query} AND fact IN ({some})", kind, term_id)
            }
        if (kind, term_id) not in self._tagged:
            self._tagged[kind, term_id] = frozenset(self._numbers(query, kind, term_id))
        return self._tagged[kind, term_id]

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        return sum(self._numbers("SELECT facts FROM tagged WHERE kind = ? AND id = ?", kind, term_id))

    def common(self, terms: "Sequence[tuple[TagKind, str]]") -> "Sequence[tuple[TagKind, str]]":
        return [term for term in terms if self._all("SELECT 1 FROM common WHERE kind = ? AND id = ?", *term)]

    def with_number(self, value: float, among: Sequence[int] | None = None) -> Mapping[int, AbstractSet[str]]:
        found: dict[int, set[str]] = {}
        query = "SELECT fact, unit FROM number WHERE value = ?"
        queries = [query] if among is None else [f"{query} AND fact IN ({some})" for some in _batches(among)]
        for each in queries:
            for fact, unit in self._all(each, value):
                found.setdefault(fact, set()).add(unit)
        return found

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
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
        where, values = self._where(selection, each=True)
        query = f"SELECT n FROM fact NOT INDEXED WHERE {where} AND n IN"  # by their numbers, whatever SQLite may think
        return {n for some in _batches(among) for n in self._numbers(f"{query} ({some})", *values)}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
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
        query, values = _NAMED.get(kind, (_NAMED_TERMS, (kind,)))
        query, values = f"{query} AND id >= ? AND id < ? ORDER BY id", (*values, start, f"{start}\U0010ffff")
        found = self._all(f"{query} LIMIT ?", *values, limit)
        last = self._all(f"{query} DESC LIMIT 1", *values) if len(found) == limit else []
        return found + [row for row in last if row not in found]


_NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "fact": (
        "SELECT id, json_extract(body, '$.statement') FROM fact JOIN text USING (n) WHERE NOT withdrawn",
        (),
    ),
    "source": ("SELECT id, json_extract(body, '$.title') FROM source WHERE 1", ()),
}
"""What asks for ids with what they stand for, read by SQLite: a shell that waits on TAB needs no JSON reader."""

_NAMED_TERMS = "SELECT id, json_extract(body, '$.name') FROM term WHERE kind = ?"

SHORTEST_MISTYPED = 3
"""Letters of the shortest form that a mistyped word may be meant for."""

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


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1)


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
