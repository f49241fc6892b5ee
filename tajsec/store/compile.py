"""Writes checked records into one SQLite database, from which all commands are answered.

A record is a row with its JSON, a fact the JSON object that commands print; the other columns and tables are what
commands filter, sort and search by. `schema` has their SQL and `rows` computes those of the facts.
"""

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tajsec.model.as_json import body_of
from tajsec.model.kinds import STATUS_WORDS, TERM_KINDS
from tajsec.model.records import Contents
from tajsec.model.vocabulary import Term
from tajsec.store.cache import FORMAT
from tajsec.store.rows import TAG_KINDS, Row, links_of, rows_of, stemmed, words_and_stems
from tajsec.store.schema import COUNTS, SCHEMA
from tajsec.text.jsontext import dumps
from tajsec.text.spelling import sound
from tajsec.text.words import stem, tokens

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
        _write_records(connection, contents)
        forms = _write_facts(connection, contents, progress)
        _write_words(connection, contents, forms)
    connection.executescript(COUNTS)
    with connection:
        _write_totals(connection, contents)
    if compact:
        connection.execute("VACUUM")


def _write_facts(connection: sqlite3.Connection, contents: Contents, progress: Progress) -> Mapping[str, int]:
    """Write the facts; return the forms of their words with the number of facts that contain each."""
    links, forms = links_of(contents.facts), Counter[str]()
    for start in range(0, len(contents.facts), BATCH):
        some = contents.facts[start : start + BATCH]
        rows, new = rows_of(enumerate(some, start), contents, links)
        for table, each in rows.items():
            _insert(connection, table, each)
        forms.update(new)
        progress(start + len(some))
    return forms


def _write_words(connection: sqlite3.Connection, contents: Contents, forms: Mapping[str, int]) -> None:
    """Write the known forms: those of the words of the facts and of the vocabulary.

    A mistyped word is corrected to a name or to a word of the facts (`is_correction`), not to a synonym (kind `term`):
    there are so many that some are near to any word.
    """
    words = {kind: _forms(contents.vocabulary.of(kind).values()) for kind in TERM_KINDS}
    synonyms = words.pop("term")
    names = set[str]().union(*(words[kind] for kind in ("actor", "person", "place")))
    corrections = {*forms}.union(*words.values())
    rows = (
        (form, stem(form), len(form), sound(form), forms.get(form, 0), int(form in corrections), int(form in names))
        for form in sorted(corrections | synonyms)
    )
    _insert(connection, "word", rows)


def _forms(terms: Iterable[Term]) -> set[str]:
    return {form for term in terms for name in term.names for form in words_and_stems(name)[0]}


def _write_totals(connection: sqlite3.Connection, contents: Contents) -> None:
    dates = [date for source in contents.sources.values() for date in (source.issued, source.updated)]
    ends = [date.last[0] for date in (*dates, *(fact.as_of for fact in contents.facts)) if date]
    (facts,) = connection.execute("SELECT count(*) FROM doc").fetchone()
    meta = {
        "format": FORMAT,
        "begins": min((fact.extent[0][0] for fact in contents.facts), default=0),
        "ends": max(ends, default=0),
        "facts": facts,
    }
    _insert(connection, "meta", ((key, str(value)) for key, value in meta.items()))
    _insert(connection, "common", _common(connection, contents))


def _common(connection: sqlite3.Connection, contents: Contents) -> list[tuple[str, str]]:
    """Return the terms that at least half of the facts are about, and their parts: such a name excludes little."""
    query = "SELECT id FROM tag WHERE kind = ? GROUP BY id HAVING 2 * count(*) >= ? ORDER BY id"
    found = [(kind, *row) for kind in TAG_KINDS for row in connection.execute(query, (kind, len(contents.facts)))]
    return [(kind, part) for kind, term_id in found for part in sorted(contents.vocabulary.within(kind, term_id))]


def _write_records(connection: sqlite3.Connection, contents: Contents) -> None:
    """Write sources, reviews, packs and terms, and the names by which these are found."""
    _insert(connection, "source", ((source.id, dumps(body_of(source))) for source in contents.sources.values()))
    _insert(connection, "review", ((n, dumps(body_of(review))) for n, review in enumerate(contents.reviews)))
    _insert(connection, "pack", ((n, pack.id, dumps(body_of(pack))) for n, pack in enumerate(contents.packs)))
    terms = [(kind, n, term) for kind in TERM_KINDS for n, term in enumerate(contents.vocabulary.of(kind).values())]
    _insert(connection, "term", ((kind, n, term.id, dumps(body_of(term))) for kind, n, term in terms))
    names = (
        (stemmed(name), kind, term.id, name if name == term.name else None)
        for kind, _, term in terms
        for name in term.names[1:]
    )
    _insert(connection, "name", _names_of_sources_and_statuses(contents))
    named = (row for row in set(names) if row[0])
    _insert(connection, "name", sorted(named, key=lambda row: (row[:3], row[3] is None)))
    people = contents.vocabulary.of("person").values()
    _insert(connection, "name", ((key, "person", each.id, None) for each in people for key in _parts_of_names(each)))


def _parts_of_names(person: Term) -> Sequence[str]:
    """Return the surname, and the words of other names of the person that are no English words, as titles are."""
    from tajsec.text.english import is_english

    words = {token for name in person.names[1:] if name.istitle() for token in tokens(name) if not is_english(token)}
    return sorted({stem(tokens(person.name)[-1]), *map(stem, words)})


def _names_of_sources_and_statuses(contents: Contents) -> Iterator[tuple[str, str, str, None]]:
    """Yield the names of sources and the words for statuses, as rows of the table `name`."""
    bodies = {stemmed(name) for actor in contents.vocabulary.of("actor").values() for name in actor.names}
    for source in contents.sources.values():
        known_as = {stemmed(name) for name in (source.id, source.title, source.container_title or "")}
        for name in sorted(known_as - bodies - {""}):  # "NATO" finds the actor, not a source with that title
            yield name, "source", source.id, None
    for status, names in STATUS_WORDS.items():
        for name in names:
            yield stemmed(name), "status", status, None


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows; of two rows with the same key the first one is kept."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        columns = "(rowid, words)" if table == "ft" else ""
        statement = f"INSERT OR IGNORE INTO {table} {columns} VALUES ({','.join('?' * len(first))})"
        connection.executemany(statement, itertools.chain([first], rows))
