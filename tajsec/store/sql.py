"""The questions of a store as SQL, written once for every database that keeps the tables of `schema`.

`SqlStore` implements `tajsec.model.protocol.SearchableStore`, whose docstrings say what each method returns. What
differs between two databases is their `Dialect`, how rows are fetched, and the full-text index.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tajsec.errors import UnknownName
from tajsec.model.protocol import SEARCHED, Document, Form, Named, Profile, Question, StoredNumber
from tajsec.model.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from tajsec.model.kinds import Sort, TagKind
    from tajsec.model.pack import Pack
    from tajsec.model.records import Fact, Relation, Review, Source
    from tajsec.model.vocabulary import Term, Vocabulary

R = TypeVar("R", "Fact", "Pack", "Review", "Source", "Term")

YEAR = 10_000
"""The difference of the numbers of two days (`day_number`) that are a year apart."""

SHORTEST_CORRECTION = 3
"""Letters of the shortest form that a word is corrected to: of two letters nearly all are acronyms."""

MOST_VALUES = 1000
"""Values of a statement; databases take some ten thousand."""

NO_LIMIT = 2**62
"""A limit that no store reaches; databases write "none" differently."""

WHOLE = "substr(body, 1, length(body) - 1) || ', \"aliases\": ' || aliases || '}'"
"""The JSON text of a fact with its aliases."""

_STARTING = "form >= ? AND form < ? AND is_correction = 1"
_LAST = "\U0010ffff"
"""The last character of Unicode: a text that begins with `start` sorts before `start + _LAST`."""

_ORDERS: "Mapping[Sort | None, str]" = {
    None: "n",
    "when": "when_anchor IS NULL, when_anchor, when_last, id",
    "as_of": "held, id",
    "id": "id",
    "rank": "rank, n",
}
"""The SQL of each order of facts."""


class Dialect(NamedTuple):
    """What two databases write differently; `{}` is the name of a column."""

    among: str
    """The condition that a column is one of a list of numbers, which unlike parameters are not limited in number."""
    numbers: Callable[[Sequence[int]], object]
    """Returns such a list as a value."""
    json_text: str
    """The text under the key `{}` of the JSON in the column `body`."""
    in_time: str = ""
    """A hint to read the facts in the order of time."""
    of_few: str = ""
    """A hint to look each of some facts up: an index on other columns may be estimated wrongly to find fewer."""


class SqlStore:
    """A store that answers from the tables of `schema`."""

    dialect: Dialect

    def __init__(self) -> None:
        self._documents: dict[int, Document] = {}  # cached, as a search at each keystroke reads the same ones

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return every row of a query, whose values stand for its question marks."""
        raise NotImplementedError

    def containing(self, groups: Sequence[Sequence[str]], limit: int | None) -> Sequence[int]:
        raise NotImplementedError

    def records(self, kind: type[R], bodies: Sequence[str]) -> list[R]:
        """Return the records of their JSON texts."""
        from json import loads

        from tajsec.model.as_json import record_of

        return [record_of(kind, loads(body)) for body in bodies]

    def _column(self, query: str, *values: object) -> list[Any]:
        return [row[0] for row in self._all(query, *values)]

    def _count(self, query: str, *values: object) -> int:
        return int(self._column(query, *values)[0])

    @functools.cached_property
    def vocabulary(self) -> "Vocabulary":
        from tajsec.model.vocabulary import Term, Vocabulary

        return Vocabulary(self.records(Term, self._column("SELECT body FROM term ORDER BY kind, n")))

    @functools.cached_property
    def _sources(self) -> "Mapping[str, Source]":
        from tajsec.model.records import Source

        found = self.records(Source, self._column("SELECT body FROM source ORDER BY id"))
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
            conditions.append(_SOME_MEMBER)
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
        condition, values = self._among("n", numbers)
        return self._column(f"SELECT n FROM fact WHERE {condition} ORDER BY {_ORDERS[sort]}", *values)

    def in_time(self, selection: Selection = EVERYTHING, *, offset: int = 0, limit: int | None = None) -> Sequence[int]:
        # by the index, which is in this order: otherwise SQLite sorts all facts to return the first
        order = "AND when_anchor IS NOT NULL ORDER BY when_anchor, when_last, id"
        return self._numbers(order, selection, limit, offset=offset, table=f"fact{self.dialect.in_time}")

    def count_in_time(self, selection: Selection = EVERYTHING) -> int:
        return self._count_selected(selection, "when_anchor IS NOT NULL")

    def count(self, selection: Selection = EVERYTHING) -> int:
        if not selection:
            return int(self._meta["facts"])
        return self._count_selected(selection, "TRUE")

    def _count_selected(self, selection: Selection, condition: str) -> int:
        where, values = self._where(selection)
        return self._count(f"SELECT count(*) FROM fact WHERE {where} AND {condition}", *values)

    def number(self, fact_id: str) -> int:
        return self.numbers([fact_id])[0]

    def numbers(self, ids: Sequence[str]) -> Sequence[int]:
        found = self._numbers_of(ids)
        if unknown := next((each for each in ids if each not in found), None):
            from tajsec.text.spelling import near_names

            known = self._column("SELECT id FROM fact")
            raise UnknownName("fact", unknown, near_names(unknown, known), "tajsec list")
        return [found[each] for each in ids]

    def _numbers_of(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the numbers of those of the facts that there are."""
        found: dict[str, int] = {}
        for start in range(0, len(ids), MOST_VALUES):
            some = ids[start : start + MOST_VALUES]
            found |= self._all(f"SELECT id, n FROM fact WHERE id IN ({_placeholders(some)})", *some)
        return found

    def objects(self, numbers: Sequence[int], *, aliases: bool = False) -> Sequence[str]:
        condition, values = self._among("n", numbers)
        found = dict(self._all(f"SELECT n, {WHOLE if aliases else 'body'} FROM text WHERE {condition}", *values))
        return [found[n] for n in numbers]

    def facts(self, selection: Selection = EVERYTHING, *, limit: int | None = None) -> "Sequence[Fact]":
        from tajsec.model.records import Fact

        where, values = self._where(selection)
        query = f"SELECT {WHOLE} FROM fact JOIN text ON text.n = fact.n WHERE {where} ORDER BY fact.n LIMIT ?"
        return self.records(Fact, self._column(query, *values, _sql_limit(limit)))

    def fact(self, fact_id: str) -> "Fact":
        return self.by_numbers([self.number(fact_id)])[0]

    def facts_of(self, ids: Sequence[str]) -> "Sequence[Fact]":
        return self.by_numbers(self.numbers(ids))

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
        return self._numbers("AND superseded_or_less_exact = 0 ORDER BY rank, n", selection, limit)

    def figures(self, selection: Selection, *, limit: int | None = None) -> Sequence[int]:
        order = "superseded_or_less_exact, rank, is_part, is_whole DESC, n"
        return self._numbers(f"AND figures > 0 ORDER BY {order}", selection, limit)

    def count_figures(self, selection: Selection) -> int:
        return self._count_selected(selection, "figures > 0 AND superseded_or_less_exact = 0")

    def by_numbers(self, numbers: Sequence[int]) -> "Sequence[Fact]":
        from tajsec.model.records import Fact

        return self.records(Fact, self.objects(numbers, aliases=True))

    def sources(self) -> "Sequence[Source]":
        return list(self._sources.values())

    def source(self, source_id: str) -> "Source":
        if source_id not in self._sources:
            from tajsec.text.spelling import near_names

            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def packs(self) -> "Sequence[Pack]":
        from tajsec.model.pack import Pack

        return self.records(Pack, self._column("SELECT body FROM pack ORDER BY n"))

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
        conditions = ["differs = 1", "fact NOT IN (SELECT id FROM fact WHERE withdrawn = 1)"]
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

        found = self.records(Review, self._column("SELECT body FROM review ORDER BY n"))
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

    def together(self, questions: Callable[[], Iterable[Question]]) -> None:
        pass

    def renew(self) -> None:
        pass

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[Named]]:
        found: dict[str, list[Named]] = {}
        is_common = (
            "EXISTS (SELECT 1 FROM part JOIN tally ON tally.kind = part.kind AND tally.id = whole"
            " WHERE part.kind = name.kind AND part.id = name.id AND (whole = name.id OR part.kind = 'actor')"
            " AND 2 * facts >= (SELECT CAST(value AS INTEGER) FROM meta WHERE meta.key = 'all'))"
        )
        query = (
            f"SELECT name.key, name.kind, name.id, main.key, main.label, {is_common} FROM name"
            " LEFT JOIN name AS main ON main.kind = name.kind AND main.id = name.id AND main.label IS NOT NULL"
            f" WHERE name.key IN ({_placeholders(keys)}) ORDER BY name.key, name.kind, name.id"
        )
        for key, kind, term_id, main_key, main_name, common in self._all(query, *keys):
            found.setdefault(key, []).append(Named(kind, term_id, main_key, main_name, bool(common)))
        return found

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_placeholders(forms)})", *forms))

    def forms_of_stem(self, stem: str) -> Sequence[str]:
        return self._column("SELECT form FROM word WHERE stem = ? AND facts > 0 ORDER BY form", stem)

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_placeholders(stems)})", *stems))

    def one_slip_away(self, form: str) -> Sequence[Form]:
        from tajsec.text.spelling import is_one_slip

        half = len(form) // 2  # a slip changes two neighbouring letters at most: the start or the end stays as it is
        start, end = form[: max(0, half - 1)], form[half:]
        query = (
            "SELECT form, is_name FROM word WHERE length BETWEEN ? AND ? AND is_correction = 1"
            " AND (substr(form, 1, ?) = ? OR substr(form, CAST(length - ? + 1 AS INTEGER)) = ?) ORDER BY form"
        )
        lengths = max(SHORTEST_CORRECTION, len(form) - 1), len(form) + 1
        near = self._all(query, *lengths, len(start), start, len(end), end)
        return [Form(each, bool(is_name)) for each, is_name in near if is_one_slip(form, each)]

    def forms_of_length(self, least: int, most: int, start: str) -> Sequence[Form]:
        query = f"SELECT form, is_name FROM word WHERE {_STARTING} AND length BETWEEN ? AND ? ORDER BY form"
        return [Form(form, bool(is_name)) for form, is_name in self._all(query, start, start + _LAST, least, most)]

    def stems_starting(self, start: str, limit: int) -> Sequence[str]:
        query = f"SELECT stem FROM word WHERE {_STARTING} ORDER BY facts DESC, form LIMIT ?"
        return list(dict.fromkeys(self._column(query, start, start + _LAST, limit)))

    def sounding_like(self, form: str) -> Sequence[Form]:
        from tajsec.text.spelling import sound

        query = "SELECT form, is_name FROM word WHERE sound = ? AND is_correction = 1 ORDER BY form"
        return [Form(each, bool(is_name)) for each, is_name in self._all(query, sound(form))]

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        condition, values = self._among("fact", among)
        query = f"SELECT fact FROM tag WHERE kind = ? AND id = ? AND {condition}"
        return {*self._column(query, kind, term_id, *values)}

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        return sum(self._column("SELECT facts FROM tally WHERE kind = ? AND id = ?", kind, term_id))

    def with_numbers(
        self, least: float, most: float, among: Sequence[int] | None = None
    ) -> Mapping[int, AbstractSet[StoredNumber]]:
        found: dict[int, set[StoredNumber]] = {}
        condition, values = self._among("fact", among)
        query = f"SELECT fact, value, unit, qualifier FROM number WHERE value BETWEEN ? AND ? AND {condition}"
        for fact, *number in self._all(query, least, most, *values):
            found.setdefault(fact, set()).add(StoredNumber(*number))
        return found

    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]:
        where = f"withdrawn = 0 AND last >= ? AND first <= ? AND {_SOME_MEMBER}"
        exactly_then_within = "(first = ? AND last = ?) DESC, (first >= ? AND last <= ?) DESC"
        query = f"SELECT n FROM fact WHERE {where} ORDER BY {exactly_then_within}, last - first >= ?, last, first, n"
        return self._column(f"{query} LIMIT ?", *[first, last] * 4, YEAR, _sql_limit(limit))

    def _among(self, column: str, numbers: Sequence[int] | None) -> tuple[str, list[object]]:
        """Return the condition that a column is one of these numbers, with its value; without any, that it is any."""
        if numbers is None:
            return "TRUE", []
        return self.dialect.among.format(column), [self.dialect.numbers(numbers)]

    def selected_among(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        where, values = self._where(selection, of_few=True)
        condition, listed = self._among("n", among)
        query = f"SELECT n FROM fact{self.dialect.of_few} WHERE {where} AND {condition}"
        return {*self._column(query, *values, *listed)}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        if missing := [number for number in numbers if number not in self._documents]:
            self._read_documents(*self._among("doc.fact", missing))
        return [self._documents[number] for number in numbers if number in self._documents]

    def _read_documents(self, condition: str, values: Sequence[object]) -> None:
        """Read the documents of the facts that meet a condition on `doc.fact`."""
        query = (
            "SELECT n, id, answers, same_as, rank, superseded_or_less_exact, when_first, when_last, first, last, "
            f"{', '.join(SEARCHED)} FROM doc JOIN fact ON n = doc.fact WHERE {condition}"
        )
        members = self._members(condition.replace("doc.fact", "member.fact"), values)
        for row in self._all(query, *values):
            number, fact_id, answers, same_as, rank, worse, when_first, when_last, *extent = row[:10]
            when = members.get(number) or ([(when_first, when_last)] if when_first is not None else [])
            fields = row[10:]
            self._documents[number] = Document(
                number, fact_id, fields, "".join(fields), answers, same_as, rank, bool(worse), when, (*extent,)
            )

    def _members(self, condition: str, values: Sequence[object]) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Return the first and last day of each date of the facts that have a set of dates."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, first, last in self._all(f"SELECT fact, first, last FROM member WHERE {condition}", *values):
            found.setdefault(number, []).append((first, last))
        return found

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        label, rest = _LABELS.get(kind, _TERM_LABELS)
        query = f"SELECT id, {self.dialect.json_text.format(label)} FROM {rest} AND id >= ? AND id < ? ORDER BY id"
        values = kind, start, f"{start}{_LAST}"
        found = self._all(f"{query} LIMIT ?", *values, limit)
        last = self._all(f"{query} DESC LIMIT 1", *values) if len(found) == limit else []
        return found + [row for row in last if row not in found]


_LABELS: Mapping[str, tuple[str, str]] = {
    "fact": ("statement", "fact JOIN text USING (n) WHERE ? = 'fact' AND withdrawn = 0"),
    "source": ("title", "source WHERE ? = 'source'"),
    "pack": ("title", "pack WHERE ? = 'pack'"),
}
_TERM_LABELS = "name", "term WHERE kind = ?"
"""The key of the label of an id, and the rest of the query for it. The database reads the JSON: completion in a shell
does not import `json`.
"""


_SOME_MEMBER = (
    "(fact.n NOT IN (SELECT fact FROM member) OR fact.n IN (SELECT fact FROM member WHERE last >= ? AND first <= ?))"
)
"""The condition that a fact with a set of dates has one between two days, not only one on each side."""


def _sql_limit(limit: int | None) -> int:
    return NO_LIMIT if limit is None else limit


def _placeholders(values: Sequence[str]) -> str:
    return ",".join("?" * len(values)) or "NULL"
