"""Writes checked records into one SQLite database, from which all commands are answered.

A record is a row with its JSON, a fact the JSON object that commands print; the other columns and tables are what
commands filter, sort and search by. `schema` has their SQL and `rows` computes those of the facts.
"""

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from tajsec.model.records import Contents
from tajsec.store.cache import FORMAT
from tajsec.store.rows import (
    Row,
    last_year_of_sources,
    links_of,
    relations_of,
    rows_of,
    rows_of_records,
    rows_of_words,
)
from tajsec.store.schema import COUNTS, FIRST_DAY, LAST_STATED, SCHEMA
from tajsec.store.sql import YEAR

PAGE_SIZE = 8 * 2**10
"""Bytes. The JSON of a fact has some 2 KiB: only one fits into a page of 4 KiB, SQLite's default, half of it empty."""

PAGE_CACHE = 32 * 2**10
"""KiB of the database in memory while it is written; with SQLite's 2,000, pages of indexes are read repeatedly."""

BATCH = 1000
"""Facts whose rows are in memory at the same time: some MB, whatever the size of the store."""

Progress = Callable[[int], None]


def compile_store(
    contents: Contents,
    connection: sqlite3.Connection,
    *,
    compact: bool = False,
    progress: Progress = lambda _count: None,
) -> None:
    """Write the records into an empty database; the same records make the same bytes.

    With `compact` the file is made as small as possible. `progress` is called with the number of facts written.
    """
    sizes = f"PRAGMA page_size = {PAGE_SIZE}; PRAGMA cache_size = -{PAGE_CACHE};"
    connection.executescript(f"{sizes} PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
    with connection:
        for table, rows in rows_of_records(contents):
            _insert(connection, table, rows)
        forms = _write_facts(connection, contents, progress)
        _insert(connection, "word", rows_of_words(contents, forms))
    connection.executescript(COUNTS)
    with connection:
        _write_totals(connection, contents)
    if compact:
        connection.execute("VACUUM")


def _write_facts(connection: sqlite3.Connection, contents: Contents, progress: Progress) -> Mapping[str, int]:
    """Write the facts; return the forms of their words with the number of facts that contain each."""
    links, forms = links_of(relations_of(contents.facts)), Counter[str]()
    for start in range(0, len(contents.facts), BATCH):
        some = contents.facts[start : start + BATCH]
        rows, new = rows_of(enumerate(some, start), contents, links)
        for table, each in rows.items():
            _insert(connection, table, each)
        forms.update(new)
        progress(start + len(some))
    return forms


def _write_totals(connection: sqlite3.Connection, contents: Contents) -> None:
    def value(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    meta = {
        "format": FORMAT,
        "begins": value(FIRST_DAY) // YEAR,
        "ends": max(value(LAST_STATED) // YEAR, last_year_of_sources(contents)),
        "facts": value("SELECT count(*) FROM doc"),
        "all": len(contents.facts),
    }
    _insert(connection, "meta", ((key, str(value)) for key, value in meta.items()))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows; of two rows with the same key the first one is kept."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        columns = "(rowid, words)" if table == "ft" else ""
        statement = f"INSERT OR IGNORE INTO {table} {columns} VALUES ({','.join('?' * len(first))})"
        connection.executemany(statement, itertools.chain([first], rows))
