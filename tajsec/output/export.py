"""The facts for other tools: an SQLite database with keys and a search index, or its tables as Parquet or CSV.

The qualifier and the period of a figure are columns beside its value. A date is a column in EDTF, as in the fact, with
two columns to sort by: the first and the last day that it covers, as ISO dates, or NULL if that end is open. Between
the dates of a set ({2015,2017}) there may be days that it does not cover.
"""

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tajsec.data.files import whole_file, whole_folder
from tajsec.errors import FailingEnvironment
from tajsec.model.kinds import SHIPPED
from tajsec.store.cache import lacking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tajsec.model.kinds import TermKind
    from tajsec.model.protocol import Store
    from tajsec.model.records import Fact, Source
    from tajsec.model.selection import Selection
    from tajsec.model.vocabulary import Vocabulary
    from tajsec.output.data_package import Column, Form, Reference, Table
    from tajsec.text.dates import Day, Edtf


_BATCH = 1000
"""Facts read and inserted at a time: they take a few megabytes of memory."""

_TABLE_BATCH = 10_000
"""Rows of a row group in a Parquet file, and in memory at a time; much smaller groups are slow to read."""

TERM_TABLES: "Mapping[TermKind, str]" = {
    "actor": "actors",
    "person": "people",
    "topic": "topics",
    "place": "places",
    "unit": "units",
    "term": "terms",
}

_TERM_SCHEMA = "".join(
    f"""
CREATE TABLE {table} (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, about TEXT, part_of TEXT REFERENCES {table} (id)
);"""
    for table in TERM_TABLES.values()
)

_FACT_TERMS = {"actors": "actor", "topics": "topic", "places": "place", "people": "person"}
"""The tables of names that facts refer to, each with its column in the join table `fact_<table>`."""

_JOIN_SCHEMA = "".join(
    f"""
CREATE TABLE fact_{table} (
    fact TEXT NOT NULL REFERENCES facts (id), {column} TEXT NOT NULL REFERENCES {table} (id), n INTEGER NOT NULL,
    PRIMARY KEY (fact, {column})
);
CREATE INDEX fact_{table}_by_{column} ON fact_{table} ({column});"""
    for table, column in _FACT_TERMS.items()
)

_SCHEMA = f"""
{_TERM_SCHEMA}
CREATE TABLE aliases (kind TEXT NOT NULL, id TEXT NOT NULL, alias TEXT NOT NULL, PRIMARY KEY (kind, id, alias));
CREATE TABLE sources (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, title TEXT NOT NULL, genre TEXT, author TEXT NOT NULL,
    publisher TEXT NOT NULL, container_title TEXT, issued TEXT, issued_first DATE, issued_last DATE,
    updated TEXT, accessed TEXT, as_of TEXT, url TEXT, doi TEXT, isbn TEXT, urn TEXT,
    locator TEXT, archive_url TEXT, language TEXT NOT NULL,
    text_sha256 TEXT NOT NULL, rights TEXT NOT NULL, extent TEXT NOT NULL,
    derived_from TEXT REFERENCES sources (id), notes TEXT NOT NULL
);
CREATE TABLE errata (
    source TEXT NOT NULL, passage INTEGER NOT NULL, says TEXT NOT NULL, correction TEXT NOT NULL,
    evidence TEXT NOT NULL,
    FOREIGN KEY (source, passage) REFERENCES passages (source, n)
);
CREATE TABLE passages (
    source TEXT NOT NULL REFERENCES sources (id), n INTEGER NOT NULL, section TEXT, role TEXT NOT NULL,
    words INTEGER NOT NULL, sha256 TEXT NOT NULL, as_of TEXT, PRIMARY KEY (source, n)
);
CREATE TABLE facts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, statement TEXT NOT NULL,
    status TEXT NOT NULL, rank TEXT NOT NULL,
    happened TEXT, happened_first DATE, happened_last DATE, as_of TEXT, as_of_first DATE, as_of_last DATE,
    aliases TEXT NOT NULL, inferred TEXT NOT NULL, derived TEXT NOT NULL, notes TEXT, content_hash TEXT NOT NULL,
    draft TEXT, pack TEXT, pack_version TEXT
);
CREATE TABLE cites (
    fact TEXT NOT NULL REFERENCES facts (id), n INTEGER NOT NULL, source TEXT NOT NULL REFERENCES sources (id),
    passage INTEGER NOT NULL, quote TEXT NOT NULL, PRIMARY KEY (fact, n),
    FOREIGN KEY (source, passage) REFERENCES passages (source, n)
);
CREATE INDEX cites_by_passage ON cites (source, passage);
CREATE TABLE quantities (
    fact TEXT NOT NULL REFERENCES facts (id), n INTEGER NOT NULL, qualifier TEXT NOT NULL, value NUMERIC NOT NULL,
    unit TEXT NOT NULL REFERENCES units (id), of TEXT NOT NULL, period TEXT NOT NULL, PRIMARY KEY (fact, n)
);
CREATE TABLE relations (
    fact TEXT NOT NULL, kind TEXT NOT NULL, other TEXT NOT NULL, note TEXT NOT NULL, prefer TEXT,
    PRIMARY KEY (fact, kind, other) ON CONFLICT IGNORE    -- it is written with each of its two facts
);
CREATE INDEX relations_by_other ON relations (other);
{_JOIN_SCHEMA}
CREATE VIRTUAL TABLE facts_fts USING fts5 (
    statement, aliases, content="facts", content_rowid="number",
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIEW figures AS
    SELECT facts.id AS fact, qualifier, value, unit, of, period, status, rank, happened, as_of, statement
    FROM quantities JOIN facts ON facts.id = quantities.fact;
"""

ABOUT = {
    "facts": "One claim a row, with its qualifiers in the statement. `happened` and `as_of` are EDTF dates.",
    "cites": "The receipts of a fact: the source, its passage, and words of it.",
    "quantities": "The figures of a fact. A value holds only with its qualifier and period.",
    "relations": "How a fact relates to another one, and which of them to prefer. The other may not be in this export.",
    "sources": "The documents.",
    "passages": "The passages of the documents, sealed by digests; their texts are not kept.",
    "errata": "Errors of the documents that are declared.",
    "aliases": "Other names of actors, people, topics, places, units and terms.",
    "figures": "Each figure beside the fact that gives it.",
    **{table: f"The {table} that facts name." for table in TERM_TABLES.values()},
    **{f"fact_{table}": f"Which {table} a fact is about." for table in _FACT_TERMS},
}
"""The description of each table, and of the view `figures`, for the metadata."""

TITLE = "Facts on Tajikistan's security cooperation"

LICENSE = {
    "license": "CC0 1.0 Universal (of the facts that come with tajsec)",
    "license_url": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def datasette_metadata(name: str) -> dict[str, object]:
    """Return Datasette's metadata for a database of this name: title, source, licence, a description of each table.

    The form is that of https://docs.datasette.io/en/stable/metadata.html.
    """
    tables = {table: {"description": about} for table, about in ABOUT.items()}
    tables["facts"]["sort"] = "number"
    return {
        "title": TITLE,
        "description": "Cited facts: each with its sources, passages, and as of when it held.",
        "source": "tajsec",
        **LICENSE,
        "databases": {name: {"tables": tables}},
    }


def write_database(store: "Store", selection: "Selection", path: Path, *, force: bool) -> None:
    """Write the selected facts to an SQLite file, whole or not at all.

    Raises UsageError if the file exists and `force` is off, FailingEnvironment if it cannot be written.
    """
    with whole_file(path, force=force) as aside:
        _build(store, selection, aside, path)


_TABLES = [table for table in ABOUT if table != "figures"]
"""The tables that are written to files: all but the view."""


def file_names(form: "Form") -> set[str]:
    """Return the names of the files of a form: one for each table, and the one that describes them."""
    from tajsec.output.data_package import PACKAGE

    return {PACKAGE, *(f"{table}.{form}" for table in _TABLES)}


def write_tables(store: "Store", selection: "Selection", folder: Path, form: "Form", *, force: bool) -> None:
    """Write the tables of the database to the files of a data package in a folder: all, or none after an error.

    Raises ImportError for Parquet without pyarrow, UsageError if the folder has such files and `force` is off or has
    any others, FailingEnvironment if it cannot be written.
    """
    from tajsec.output.data_package import PACKAGE, package
    from tajsec.text.jsontext import dumps

    write = _table_writer(form)
    with whole_folder(folder, file_names(form), force=force) as aside:
        path = aside / "facts.db"
        _build(store, selection, path, folder)
        with contextlib.closing(sqlite3.connect(path)) as database:
            tables = [_table(database, name) for name in _TABLES]
            for each in tables:
                write(aside / f"{each.name}.{form}", each, _rows(database, each.name))
        path.unlink()
        licence = {"name": "CC0-1.0", "title": LICENSE["license"], "path": LICENSE["license_url"]}
        told = package(tables, form, TITLE, [licence, *_licences(store, selection)], store.sources())
        (aside / PACKAGE).write_text(dumps(told, indent=2) + "\n", encoding="utf-8", newline="\n")


def _licences(store: "Store", selection: "Selection") -> "Iterator[Mapping[str, str]]":
    """Yield the licence of each pack that facts may come from, besides the shipped one."""
    for pack in store.packs():
        if pack.id != SHIPPED and (not selection.packs or pack.id in selection.packs):
            title = f"{pack.licence} (of the pack {pack.id} {pack.version})"
            yield {"name": pack.licence.replace(" ", "-"), "title": title}


_TableRows = Iterable[Sequence[Sequence[object]]]


def _table_writer(form: "Form") -> "Callable[[Path, Table, _TableRows], None]":
    """Return the function that writes a table to a file of a form. Raises ImportError for Parquet without pyarrow."""
    if form == "csv":
        from tajsec.output.writers import write_csv

        return lambda path, table, rows: write_csv(path, [name for name, *_ in table.columns], rows)
    from tajsec.output.parquet import write_table

    about = {"source": "tajsec", **LICENSE}
    return lambda path, table, rows: write_table(path, table.columns, rows, {"description": table.about, **about})


def _table(database: sqlite3.Connection, name: str) -> "Table":
    """Return the columns and the keys of a table, as SQLite tells them."""
    from tajsec.output.data_package import Table

    def found(query: str) -> list[Any]:
        return database.execute(query, (name,)).fetchall()

    columns: list[Column] = found('SELECT name, type, NOT ("notnull" OR pk) FROM pragma_table_info(?)')
    key = found("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk")
    unique = found("SELECT name FROM pragma_index_info((SELECT name FROM pragma_index_list(?) WHERE origin = 'u'))")
    parts = found('SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq')
    references = [_reference(list(group)) for _, group in groupby(parts, itemgetter(0))]
    return Table(name, ABOUT[name], columns, [each for (each,) in key], [each for (each,) in unique], references)


def _reference(parts: Sequence[tuple[int, str, str, str]]) -> "Reference":
    """Return a reference from a row for each of its columns: number, table, column, column of that table."""
    from tajsec.output.data_package import Reference

    return Reference([each[2] for each in parts], parts[0][1], [each[3] for each in parts])


def _rows(database: sqlite3.Connection, table: str) -> "Iterator[list[tuple[object, ...]]]":
    """Return the rows of a table in their order, `_TABLE_BATCH` at a time."""
    cursor = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
    while rows := cursor.fetchmany(_TABLE_BATCH):
        yield rows


def _build(store: "Store", selection: "Selection", path: Path, wanted: Path) -> None:
    """Write the database to a path. Raises FailingEnvironment, which names `wanted`, the path that the user gave."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            _fill(database, store, selection)
    except sqlite3.Error as error:
        if "fts5" in str(error):
            raise lacking(error) from error
        raise FailingEnvironment(f"{wanted}: cannot be written: {error}; mend that, or name another") from error


def _fill(database: sqlite3.Connection, store: "Store", selection: "Selection") -> None:
    """Fill an empty database; facts are read and written `_BATCH` at a time."""
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    _insert(database, _vocabulary_rows(store.vocabulary))
    _insert(database, (row for source in store.sources() for row in _source_rows(source)))
    numbers = store.select(selection)
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        facts = store.by_numbers(some)
        _insert(database, (row for number, fact in zip(some, facts, strict=True) for row in _fact_rows(number, fact)))
        _insert(database, (row for fact in facts for row in _relation_rows(store, fact)))
    database.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
    database.commit()


_Row = tuple[str, Sequence[object]]
"""A table and the values for its columns."""


def _insert(database: sqlite3.Connection, rows: Iterable[_Row]) -> None:
    """Insert rows in their order, with one statement for each table."""
    by_table = defaultdict[str, list[Sequence[object]]](list)
    for table, values in rows:
        by_table[table].append(values)
    for table, many in by_table.items():
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(many[0]))})", many)


def _vocabulary_rows(vocabulary: "Vocabulary") -> Iterator[_Row]:
    for kind, table in TERM_TABLES.items():
        for term in vocabulary.of(kind).values():
            yield table, (term.id, term.name, term.about, term.part_of)
            yield from (("aliases", (kind, term.id, alias)) for alias in term.aliases)


def _source_rows(source: "Source") -> Iterator[_Row]:
    head = (source.id, source.type, source.title, source.genre, "; ".join(source.author))
    body = (source.publisher, source.container_title)
    dates = (*_dated(source.issued), _edtf(source.updated), _edtf(source.accessed), _edtf(source.as_of))
    found = (source.url, source.doi, source.isbn, source.urn, source.locator, source.archive_url)
    text = (source.language, source.text_sha256, source.rights, source.extent)
    yield "sources", (*head, *body, *dates, *found, *text, source.derived_from, "\n".join(source.notes))
    for each in source.passages:
        yield "passages", (source.id, each.n, each.section, each.role, each.words, each.sha256, _edtf(each.as_of))
    for wrong in source.errata:
        yield "errata", (source.id, wrong.passage, wrong.says, wrong.right, wrong.evidence)


def _fact_rows(number: int, fact: "Fact") -> Iterator[_Row]:
    from tajsec.text.jsontext import dumps

    dates = (*_dated(fact.when), *_dated(fact.as_of))
    head = (number, fact.id, fact.statement, fact.status, fact.rank)
    notes = (dumps(dict(fact.inferred)), dumps(dict(fact.derived)), fact.notes, fact.content_hash)
    pack = (fact.draft, fact.pack, fact.pack_version)
    yield "facts", (*head, *dates, "; ".join(fact.aliases), *notes, *pack)
    for n, cite in enumerate(fact.cites, 1):
        yield "cites", (fact.id, n, cite.source, cite.passage, cite.quote)
    for n, each in enumerate(fact.quantities, 1):
        yield "quantities", (fact.id, n, each.qualifier, each.value, each.unit, each.of, each.period)
    for table in _FACT_TERMS:
        yield from ((f"fact_{table}", (fact.id, name, n)) for n, name in enumerate(getattr(fact, table), 1))


def _relation_rows(store: "Store", fact: "Fact") -> Iterator[_Row]:
    """Return the relations from a fact and to it; the other fact need not be in the export."""
    own = ((fact.id, each) for each in fact.relations)
    for fact_id, each in (*own, *store.relations_to(fact.id)):
        yield "relations", (fact_id, each.kind, each.to, each.note, each.prefer)


def _edtf(date: "Edtf | None") -> str | None:
    return str(date) if date else None


def _dated(date: "Edtf | None") -> tuple[str | None, str | None, str | None]:
    """Return a date as EDTF, and the first and the last day that it covers; an open end has no day."""
    if date is None:
        return None, None, None
    return str(date), _iso(date.start.first if date.start else None), _iso(date.end.last if date.end else None)


def _iso(day: "Day | None") -> str | None:
    return "{:04}-{:02}-{:02}".format(*day) if day else None
