"""The store on a PostgreSQL server, for many readers and writers; no other module imports psycopg.

A server of version 13 or newer, with core types alone: what speaks its wire protocol may serve as well. `revisions`
has what is written.
"""

import contextlib
import functools
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from tajsec.errors import FailingEnvironment, UsageError
from tajsec.model.protocol import Document, Named, Profile, Question, StoredNumber
from tajsec.model.selection import Selection
from tajsec.model.shapes import has_shape, is_printed_fact
from tajsec.store.cache import FORMAT
from tajsec.store.schema import FIRST_DAY, LAST_STATED, SCHEMA
from tajsec.store.sql import NO_LIMIT, YEAR, Dialect, R, SqlStore

try:
    import psycopg
    from psycopg import conninfo, errors
    from psycopg.pq import TransactionStatus
except ImportError as error:
    raise UsageError("--store needs psycopg; install it: pip install 'tajsec[postgres]'") from error

if TYPE_CHECKING:
    from tajsec.model.kinds import TagKind
    from tajsec.model.records import Relation

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # else it writes lines of its own to stderr

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what fails is told once

NAMESPACE = "tajsec"
"""The schema of the database in which the tables are."""

PATIENCE = 4
"""Seconds until a server that does not answer, or a lock that somebody holds, is an error: a person waits no longer."""

LONGEST = 300
"""Seconds that a single statement may take: an export of a million facts reads them in pieces that take under one."""

LONGEST_NAME = 100
"""Characters of an address in a message; servers take no longer names of hosts with databases than some 300."""

MOST_KEPT = 2000
"""Answers that are kept for as long as the store is not changed: a search has some 50."""

DIALECT = Dialect(among="{} = ANY(?)", numbers=list, json_text="body::json ->> '{}'")

_TYPES = {
    "INTEGER PRIMARY KEY": "bigint PRIMARY KEY",
    "INTEGER": "bigint",
    "TEXT": 'text COLLATE "C"',
    "REAL": "double precision",
    ") WITHOUT ROWID": ")",
}
"""How this database writes what stands in `schema`. Under the collation "C" texts sort by their code points."""

TABLES = functools.reduce(
    lambda text, each: text.replace(*each), _TYPES.items(), SCHEMA.partition("CREATE VIRTUAL TABLE")[0]
) + (
    """
CREATE TABLE ft (n bigint PRIMARY KEY, words bigint, tokens text[] COLLATE "C");
CREATE INDEX ft_tokens ON ft USING gin (tokens);
CREATE INDEX fact_days ON fact (last, first) WHERE withdrawn = 0;
CREATE INDEX fact_first ON fact (first);
CREATE INDEX fact_stated ON fact (stated);
CREATE INDEX member_fact ON member (fact);
CREATE INDEX tag_fact ON tag (fact);
CREATE INDEX number_fact ON number (fact);
CREATE INDEX relation_fact ON relation (fact);
"""
)
"""The tables from which questions are answered; all of them can be made again from the records and revisions."""

DISTRIBUTED_BY = {
    "fact": "n", "text": "n", "ft": "n", "member": "fact", "tag": "fact", "number": "fact", "doc": "fact",
}  # fmt: skip
"""The tables with rows of a fact, each with the column of its number: by it they could be spread over machines."""

HISTORY = """
CREATE SEQUENCE fact_number MINVALUE 0;
CREATE TABLE extension (n bigint PRIMARY KEY, pack text COLLATE "C", body text NOT NULL);
CREATE TABLE revision (
    fact text COLLATE "C", revision bigint, what text NOT NULL, note text, body text NOT NULL,
    who text NOT NULL DEFAULT session_user, at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (fact, revision)
);
"""
"""What is written once: each fact in each of its revisions, and by whom. A writer cannot choose `who` and `at`."""

Statement = tuple[str, Sequence[object]]
Rows = list[tuple[Any, ...]]


class Address(NamedTuple):
    """The address of a store, as psycopg takes it, and as it is shown: without a password."""

    url: str
    shown: str


def address_of(url: str, *, typed: bool = False) -> Address:
    """Return a checked address. Raises UsageError, which never repeats it, as it may have a password.

    `typed` is True for one of the command line, where a password would be seen by whoever lists the processes.
    """
    advice = "write postgresql://USER@HOST/DATABASE"
    if not re.match(r"postgres(ql)?://", url):
        raise UsageError(f"--store: no address of a PostgreSQL server; {advice}")
    try:
        parts = conninfo.conninfo_to_dict(url)
    except (psycopg.Error, UnicodeError) as error:
        raise UsageError(f"--store: an address that cannot be read; {advice}") from error
    if typed and parts.get("password"):
        raise UsageError("--store: whoever lists the processes sees its password; put it into PGPASSWORD or PGPASSFILE")
    host = f"{parts.get('host') or 'localhost'}{':' + str(parts['port']) if 'port' in parts else ''}"
    return Address(url, f"{host}/{parts.get('dbname') or ''}".rstrip("/")[:LONGEST_NAME])


class PostgresStore(SqlStore):
    """A store that answers from a server; `trips` is the number of round trips that it took."""

    dialect = DIALECT

    def __init__(self, address: Address, *, writes: bool = False, lasting: bool = False) -> None:
        """Connect. `lasting` is True for a process that asks for long, and is to see what others write meanwhile.

        Without it everything that is read is of one moment. Raises FailingEnvironment.
        """
        super().__init__()
        self.address = address
        self.trips = 0
        self._lock = RLock()  # also of what is asked ahead: another thread is not to see it half asked
        self._seen: str | None = None  # the last change of the store that the cached answers know
        self._lasting, self._is_checked = lasting, writes
        self._answers: dict[str, Rows] = {}  # the rows of statements that were run ahead
        self._items: dict[str, dict[Any, Any]] = {}  # the answers of `_each` by the question, and by the item in it
        self._recorded: list[Statement] | None = None  # statements that are only to be learned
        self._is_together = False
        settings = {"search_path": NAMESPACE, "lock_timeout": f"{PATIENCE}s", "statement_timeout": f"{LONGEST}s"}
        if not writes:
            settings |= {"default_transaction_read_only": "on", "default_transaction_isolation": "repeatable\\ read"}
        given = conninfo.conninfo_to_dict(address.url).get("options") or ""
        options = " ".join([str(given), *(f"-c {name}={value}" for name, value in settings.items())])
        with self._errors():
            self._connection = psycopg.connect(
                address.url,
                options=options,
                autocommit=True,  # else psycopg begins a transaction in a round trip of its own
                connect_timeout=PATIENCE,
                tcp_user_timeout=PATIENCE * 1000,
                client_encoding="utf8",
                application_name="tajsec",
                prepare_threshold=None,  # a pool between does not keep what is prepared
            )

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError):
            self._connection.close()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.Error, UnicodeError) as error:
            raise FailingEnvironment(f"{self.address.shown}: {_told(error)}") from error

    def run(self, statements: Sequence[Statement]) -> list[Rows]:
        """Run statements in one round trip, and return the rows of each. Raises FailingEnvironment.

        The first time, it is checked that the store has the layout of this version.
        """
        with self._lock, self._errors():
            is_begun = self._lasting or self._connection.info.transaction_status == TransactionStatus.INTRANS
            begin = [] if is_begun else [_BEGIN]
            check = [_CHECK] if self._lasting or not self._is_checked else []
            self.trips += 1
            with self._connection.pipeline():
                every = [*begin, *check, *statements]
                cursors = [self._connection.execute(_sql(query), values) for query, values in every]
            found = [each.fetchall() if each.description else [] for each in cursors][len(begin) :]
        if check:
            self._check(dict(found.pop(0)))
        return found

    def _check(self, meta: dict[str, str]) -> None:
        """Compare the layout, and forget what is cached of a store that was changed since."""
        if not self._is_checked:
            check_layout(self.address, meta.get("format"))
            self.refuse_unless(all(_COUNT.fullmatch(meta.get(key, "")) for key in _COUNTED), "count")
            self._is_checked = True
        if meta.get("change") != self._seen:
            self._seen = meta.get("change")
            self._forget()

    def _forget(self) -> None:
        for kept in (self._documents, self._answers, self._items):
            kept.clear()
        for name in ("vocabulary", "_sources", "_meta"):
            self.__dict__.pop(name, None)

    def _all(self, query: str, *values: object) -> Rows:
        with self._lock:
            if self._recorded is not None:
                self._recorded.append((query, values))
                return []
            found = self._answers.get(_key(query, values))
            if found is None:
                (found,) = self.run([(query, values)])
                if not self._lasting:
                    self._answers[_key(query, values)] = found
            return found

    def together(self, questions: Callable[[], Iterable[Question]]) -> None:
        """See the protocol. The questions are asked of nothing, to learn their statements, and then of the rows."""
        with self._lock:
            if len(self._answers) + len(self._items) > MOST_KEPT:
                self._forget()
            asked = list(questions())
            self._is_together = True
            try:
                new = {key: each for key, each in self._statements_of(asked).items() if key not in self._answers}
                if new:
                    self._answers |= zip(new, self.run(list(new.values())), strict=True)
                for question in asked:
                    question()
            finally:
                self._is_together = False

    def _at_once(self, question: Question) -> None:
        """Ask a question of several statements ahead, so that they take one round trip."""
        with self._lock:
            if not self._is_together:
                self.together(lambda: [question])

    def renew(self) -> None:
        if self._lasting:  # what was asked ahead is asked again, and so learned whether the store was changed
            with self._lock:
                self._answers.clear()
                self._items.clear()

    def profile(self, selection: Selection) -> Profile:
        self._at_once(partial(self.profile, selection))
        return super().profile(selection)

    def _statements_of(self, questions: Iterable[Question]) -> dict[str, Statement]:
        """Return the statements of questions by their keys."""
        before = {*self.__dict__}
        self._recorded = []
        for question in questions:
            with contextlib.suppress(LookupError):  # there are no rows yet
                question()
        recorded, self._recorded = self._recorded, None
        for known in self._items.values():
            for item in [each for each, found in known.items() if found is _ASKED]:
                del known[item]
        for name in {*self.__dict__} - before:  # a property that was cached without rows
            del self.__dict__[name]
        return {_key(*each): each for each in recorded}

    def _each(
        self, question: str, items: Iterable[Any], ask: Callable[[list[Any]], Mapping[Any, Any]]
    ) -> dict[Any, Any]:
        """Return the answers to a question about items, of which only those are asked that were not before.

        Items without an answer are left out.
        """
        items = list(dict.fromkeys(items))
        with self._lock:
            known = self._items.setdefault(question, {})
            if missing := [each for each in items if each not in known]:
                if self._recorded is not None:
                    known |= dict.fromkeys(missing, _ASKED)  # what one question asks, another does not ask again
                found = ask(missing)
                if self._recorded is None:
                    known |= {each: found.get(each, _NONE) for each in missing}
            return {each: found for each in items if (found := known[each]) is not _NONE and found is not _ASKED}

    def objects(self, numbers: Sequence[int], *, aliases: bool = False) -> Sequence[str]:
        ask = super().objects
        with self.refusing("fact"):  # a number without a text
            found = self._each(
                f"objects {aliases}", numbers, lambda some: dict(zip(some, ask(some, aliases=aliases), strict=True))
            )
        self.refuse_broken(found.values())
        return [found[number] for number in numbers]

    def records(self, kind: type[R], bodies: Sequence[str]) -> list[R]:
        with self.refusing(kind.__name__.lower()):
            found = super().records(kind, bodies)
        self.refuse_unless(all(has_shape(each, kind) for each in found), kind.__name__.lower())
        return found

    def _relations(self, condition: str, *values: object) -> "list[tuple[str, Relation]]":
        from tajsec.model.records import Relation

        found = super()._relations(condition, *values)
        self.refuse_unless(all(has_shape(relation, Relation) for _, relation in found), "relation")
        return found

    def _read_documents(self, condition: str, values: Sequence[object]) -> None:
        with self.refusing("fact"):
            super()._read_documents(condition, values)

    def numbers(self, ids: Sequence[str]) -> Sequence[int]:
        with self._lock:
            if self._recorded is None:
                return super().numbers(ids)
            self._numbers_of(ids)  # without rows every fact is unknown
            return []

    def _numbers_of(self, ids: Sequence[str]) -> Mapping[str, int]:
        return self._each("numbers", ids, super()._numbers_of)

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        return self._each("stems_of", forms, super().stems_of)

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        return self._each("frequencies", stems, super().frequencies)

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[Named]]:
        self._at_once(partial(self.named, keys))
        return self._each("named", keys, self._named)

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        self._at_once(partial(self.documents, numbers))
        return super().documents(numbers)

    def _named(self, keys: Sequence[str]) -> Mapping[str, Sequence[Named]]:
        """Return what has these names, and keep how many facts have it and each stem of its main name."""
        found = super().named(keys)
        mains = "FROM name JOIN name AS main ON main.kind = name.kind AND main.id = name.id AND main.label IS NOT NULL"
        stems = (
            f"SELECT mains.stem, facts FROM (SELECT unnest(string_to_array(main.key, ' ')) AS stem {mains}"
            " WHERE name.key = ANY(?)) AS mains LEFT JOIN stem ON stem.stem = mains.stem"
        )
        tags = "SELECT kind, id, facts FROM name LEFT JOIN tally USING (kind, id) WHERE name.key = ANY(?)"
        counts, tallies = self._all(stems, list(keys)), self._all(tags, list(keys))
        if self._recorded is None:
            self._items.setdefault("frequencies", {}).update((stem, facts or _NONE) for stem, facts in counts)
            self._items.setdefault("count_tagged", {}).update(
                ((kind, each), facts or 0) for kind, each, facts in tallies
            )
        return found

    def count_tagged(self, kind: "TagKind", term_id: str) -> int:
        tag = kind, term_id
        found = self._each(
            "count_tagged", [tag], lambda _: {tag: super(PostgresStore, self).count_tagged(kind, term_id)}
        )
        return int(found.get(tag, 0))

    def tagged(self, kind: "TagKind", term_id: str, among: Sequence[int] | None = None) -> AbstractSet[int]:
        ask = super().tagged
        if among is None:
            return ask(kind, term_id)
        return self._each(
            f"tagged {kind} {term_id}", among, lambda some: dict.fromkeys(ask(kind, term_id, some), True)
        ).keys()

    def with_numbers(
        self, least: float, most: float, among: Sequence[int] | None = None
    ) -> Mapping[int, AbstractSet[StoredNumber]]:
        ask = super().with_numbers
        if among is None:
            return ask(least, most)
        return self._each(f"with_numbers {least} {most}", among, lambda some: ask(least, most, some))

    def selected_among(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        ask = super().selected_among
        return self._each(
            f"selected_among {selection!r}", among, lambda some: dict.fromkeys(ask(selection, some), True)
        ).keys()

    def dated(self, first: int, last: int, limit: int | None) -> Sequence[int]:
        """See the protocol; what is said of these facts is read along, as their dates are compared next."""
        self._at_once(partial(self.dated, first, last, limit))
        found = super().dated(first, last, limit)
        between, days = "withdrawn = 0 AND last >= ? AND first <= ?", [first, last]
        if limit is None:
            self._read_documents(f"doc.fact IN (SELECT n FROM fact WHERE {between})", days)
        return found

    @contextlib.contextmanager
    def refusing(self, kind: str) -> Iterator[None]:
        """Turn what reading a record raises that this tool did not write: whoever may write the tables, may forge.

        Raises FailingEnvironment.
        """
        try:
            yield
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
            if self._recorded is not None:
                raise
            raise self._broken(kind) from error

    def refuse_unless(self, is_ours: bool, kind: str) -> None:
        """Raise FailingEnvironment if what was read is not as this tool writes it."""
        if not is_ours:
            raise self._broken(kind)

    def refuse_broken(self, texts: Iterable[str]) -> None:
        """Raise FailingEnvironment if a text is not the JSON object of a fact."""
        self.refuse_unless(all(map(is_printed_fact, texts)), "fact")

    def _broken(self, kind: str) -> FailingEnvironment:
        return FailingEnvironment(f"{self.address.shown}: holds what is no {kind}; whoever keeps it can load it anew")

    def years(self) -> tuple[int, int]:
        query = f"SELECT ({FIRST_DAY}), ({LAST_STATED}), (SELECT value FROM meta WHERE key = 'sources_end')"
        first, last, sources_end = next(iter(self._all(query)), (0, 0, 0))
        return first // YEAR, max(last // YEAR, int(sources_end))

    def containing(self, groups: Sequence[Sequence[str]], limit: int | None) -> Sequence[int]:
        conditions = " AND ".join(["tokens && ?"] * len(groups))
        query = f"SELECT n FROM ft WHERE {conditions} ORDER BY words, n LIMIT ?"
        return self._column(query, *map(list, groups), NO_LIMIT if limit is None else limit)


def check_layout(address: Address, layout: str | None, *, may_be_older: bool = False) -> None:
    """Raise UsageError for a store whose tables are those of another version of the tool."""
    if layout == str(FORMAT):
        return
    if layout is None or not _COUNT.fullmatch(layout):
        raise UsageError(f"{address.shown}: holds no store; make one: tajsec store init")
    if int(layout) > FORMAT:
        raise UsageError(
            f"{address.shown}: its layout {layout} is of a newer tajsec (this has {FORMAT}); update tajsec"
        )
    if may_be_older:
        return
    raise UsageError(
        f"{address.shown}: its layout {layout} is of an older tajsec (this has {FORMAT}); run tajsec store init"
    )


_BEGIN: Statement = "BEGIN", ()
_CHECK: Statement = "SELECT key::text, value::text FROM meta", ()
_COUNTED, _COUNT = ("all", "facts", "sources_end"), re.compile("[0-9]{1,15}")
"""The keys of `meta` that questions count with, and how their values are written."""

_NONE, _ASKED = object(), object()
"""Stand for an item that is known to have no answer, and for one that is being asked for."""


def _key(query: str, values: Sequence[object]) -> str:
    return f"{query} {values!r}"


@functools.cache
def _sql(query: str) -> str:
    return query.replace("%", "%%").replace("?", "%s")


_NO_STORE = "holds no store that this role may read; ask whoever keeps it, or make one: tajsec store init"
_ADVICE: dict[type[psycopg.Error], str] = {
    errors.InvalidPassword: "the password is wrong, or missing; put it into PGPASSWORD or PGPASSFILE",
    errors.InvalidAuthorizationSpecification: "this role may not connect; ask whoever keeps the store",
    errors.InvalidCatalogName: "there is no such database; mend the address, or make it with createdb",
    errors.InvalidSchemaName: _NO_STORE,
    errors.UndefinedTable: _NO_STORE,
    errors.UndefinedObject: "there is no such role; make it with createuser",
    errors.UndefinedColumn: "its tables are of another version; run tajsec store init",
    errors.InsufficientPrivilege: "this role may not do that; the owner grants it: tajsec store init --writer ROLE",
    errors.ReadOnlySqlTransaction: "the server takes no writes; name the one that does",
    errors.LockNotAvailable: "somebody else is writing the same; nothing was written, try again",
    errors.DeadlockDetected: "somebody else is writing the same; nothing was written, try again",
    errors.SerializationFailure: "somebody else wrote the same; nothing was written, try again",
    errors.UniqueViolation: "somebody else wrote the same; nothing was written, try again",
    errors.QueryCanceled: f"took over {LONGEST} s, or was stopped there; narrow with filters",
    errors.DiskFull: "the server's disk is full; nothing was written, make room there",
    errors.OutOfMemory: "the server has too little memory; try again",
    errors.TooManyConnections: "the server has too many readers; try again",
    errors.AdminShutdown: "the server was shut down; try again",
    errors.CannotConnectNow: "the server is starting or stopping; try again",
}


def _told(error: psycopg.Error | UnicodeError) -> str:
    """Return what failed and what to do, in words that never have the address as it was typed."""
    for kind, advice in _ADVICE.items():
        if isinstance(error, kind):
            return advice
    text = str(error)
    for part, kind in _CONNECTING.items():
        if part in text and getattr(error, "sqlstate", None) is None:
            return _ADVICE[kind]
    if isinstance(error, UnicodeError):
        return "has characters that no server takes; mend the address"
    if isinstance(error, psycopg.OperationalError):
        lines = text.strip().splitlines() or [""]
        reason = (
            next((each for each in lines if "failed: " in each), lines[0])
            .rpartition("failed: ")[2]
            .removeprefix("FATAL:  ")
        )
        why = reason.strip().rstrip(".:?") or "the connection is lost"
        return f"the server does not answer: {why}; see that it runs, and that the address is right"
    return f"the server refuses: {text.strip().splitlines()[0] if text.strip() else type(error).__name__}"


_CONNECTING: dict[str, type[psycopg.Error]] = {
    "password authentication failed": errors.InvalidPassword,
    "no password supplied": errors.InvalidPassword,
    "no pg_hba.conf entry": errors.InvalidAuthorizationSpecification,
    "is not permitted to log in": errors.InvalidAuthorizationSpecification,
    'role "': errors.InvalidAuthorizationSpecification,
    'database "': errors.InvalidCatalogName,
    "too many clients": errors.TooManyConnections,
    "starting up": errors.CannotConnectNow,
    "shutting down": errors.CannotConnectNow,
}
"""Words of the errors of connecting, which have no code of their own."""
