"""The store in an SQLite database, which `compile` wrote; `sql` has the questions."""

import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Sequence
from typing import Any

from tajsec.store.cache import lacking
from tajsec.store.index import number_of
from tajsec.store.sql import NO_LIMIT, Dialect, SqlStore


def _json_list(numbers: Sequence[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


DIALECT = Dialect(
    among="{} IN (SELECT value FROM json_each(?))",
    numbers=_json_list,
    json_text="json_extract(body, '$.{}')",
    in_time=" INDEXED BY fact_time",
    of_few=" NOT INDEXED",
)


class SqliteStore(SqlStore):
    """A store that answers from a database that `tajsec.store.compile` wrote.

    Threads share one connection, as a database in memory exists only for its connection, and a lock, without which one
    thread could close a damaged database while another reads it. SQLite runs one query at a time anyway.
    """

    dialect = DIALECT

    def __init__(
        self, connection: sqlite3.Connection, recompiled: Callable[[], sqlite3.Connection] | None = None
    ) -> None:
        """`recompiled` is called if the database is found to be damaged; it returns the same store, compiled again."""
        super().__init__()
        self._connection, self._recompiled = connection, recompiled
        self._lock = allocate_lock()  # `threading.Lock`, without the import of `threading`

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

    def containing(self, groups: Sequence[Sequence[str]], limit: int | None) -> Sequence[int]:
        words = (" OR ".join(f'"{word}"' for word in group) for group in groups)
        query = " AND ".join(f"({group})" for group in words)
        rows = self._column(
            "SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, NO_LIMIT if limit is None else limit
        )
        return list(map(number_of, rows))
