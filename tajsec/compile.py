"""From checked contents to one SQLite file: TOML is what people write, this is what the tool reads.

A record is kept as JSON, a fact as the text of the object that commands print (`tajsec.objects`); the other columns
and tables are what commands filter, sort and search by. Searched text stands in `doc` as stems, each field padded with
spaces so that a phrase is found in it as it is, and in the FTS5 table `ft`, which gives candidates.
"""

import functools
import itertools
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tajsec.cache import FORMAT, checksum
from tajsec.dates import day_number
from tajsec.jsontext import dumps
from tajsec.model import (
    DISAGREEMENTS,
    OUTDOING,
    STATUS_WORDS,
    TERM_KINDS,
    Contents,
    Fact,
    Source,
    Term,
    TermKind,
    body_of,
)
from tajsec.numbers import numbers_in
from tajsec.objects import object_text, related_text
from tajsec.read import Unsound
from tajsec.selection import number_token, tag_token
from tajsec.spelling import deletions, sound
from tajsec.words import stem, stems, tokens

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE review (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE term (kind TEXT, n INTEGER, id TEXT, body TEXT NOT NULL);
CREATE TABLE name (key TEXT, kind TEXT, id TEXT, main INTEGER, PRIMARY KEY (key, kind, id)) WITHOUT ROWID;
CREATE INDEX name_term ON name (kind, id) WHERE main;
CREATE TABLE fact (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, status TEXT, withdrawn INTEGER, outdone INTEGER, first INTEGER, last INTEGER,
    dated_first INTEGER, dated_last INTEGER, placed INTEGER, figures INTEGER, part INTEGER, whole INTEGER,
    checksum INTEGER, head TEXT NOT NULL, tail TEXT NOT NULL
);
CREATE INDEX fact_filter ON fact (withdrawn, status, first, last);
CREATE INDEX fact_time ON fact (placed, dated_last, id) WHERE placed IS NOT NULL AND withdrawn = 0;
CREATE TABLE tag (kind TEXT, id TEXT, fact INTEGER, named INTEGER, PRIMARY KEY (kind, id, fact)) WITHOUT ROWID;
CREATE TABLE tagged (kind TEXT, id TEXT, facts INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE common (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE relation (
    target TEXT, n INTEGER, holder TEXT, kind TEXT, differs INTEGER, outdone TEXT, text TEXT, PRIMARY KEY (target, n)
) WITHOUT ROWID;
CREATE INDEX relation_holder ON relation (holder, n);
CREATE TABLE number (value REAL, fact INTEGER, unit TEXT, PRIMARY KEY (value, fact, unit)) WITHOUT ROWID;
CREATE TABLE word (form TEXT PRIMARY KEY, stem TEXT, length INTEGER, sound TEXT, own INTEGER) WITHOUT ROWID;
CREATE INDEX word_sound ON word (sound, form) WHERE own;
CREATE INDEX word_length ON word (length, form) WHERE own;
CREATE TABLE deletion (key TEXT, form TEXT, PRIMARY KEY (key, form)) WITHOUT ROWID;
CREATE TABLE stem (stem TEXT PRIMARY KEY, facts INTEGER) WITHOUT ROWID;
CREATE TABLE doc (
    fact INTEGER PRIMARY KEY, statement TEXT, aliases TEXT, names TEXT, topics TEXT, around TEXT, forms TEXT,
    size INTEGER
);
CREATE VIRTUAL TABLE ft USING fts5 (
    words, content='', detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars ':-._'"
);
"""

_ORDINAL = re.compile(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b")
"""201st, 60th: who types 201 or sixty means them too."""
BATCH = 1000
"""Facts that are written at a time."""
PAGE_CACHE = 64 * 2**10
"""KiB of the database that are held while it is written."""
LAST_YEAR = 9999
SHORTEST_MISTYPED = 3
"""Letters of the shortest form that a mistyped word may be meant for."""
TAG_KINDS: tuple[TermKind, ...] = ("actor", "topic", "place", "person")


def compile_store(
    frame: Contents,
    facts: Iterable[Fact],
    connection: sqlite3.Connection,
    *,
    compact: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> None:
    """Write a store into an empty database: everything but the facts from `frame`, then the facts.

    Same data, same rows. The facts are written in batches and not held. With `compact` the file is made as small as it
    can be. `progress` is told how many facts are written. Raises Unsound for an id that stands twice, and for a
    relation or a review that leads to no fact.
    """
    for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{PAGE_CACHE}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(SCHEMA)
    with connection:
        _rows(connection, "source", ((source.id, dumps(body_of(source))) for source in frame.sources.values()))
        _rows(connection, "review", ((n, dumps(body_of(review))) for n, review in enumerate(frame.reviews)))
        _terms(connection, frame)
        written = _Written()
        numbered = enumerate(facts)
        while batch := list(itertools.islice(numbered, BATCH)):
            _write(connection, batch, frame, written)
            progress(written.facts)
        _finish(connection, frame, written)
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")
    connection.commit()
    if compact:
        connection.execute("VACUUM")


class _Written:
    """What is counted over all facts while they are written."""

    def __init__(self) -> None:
        self.stems = Counter[str]()
        self.forms: set[str] = set()
        self.tags = Counter[tuple[str, str]]()
        self.facts = self.standing = self.words = 0
        self.begins, self.ends = LAST_YEAR, 0


def _write(
    connection: sqlite3.Connection, batch: Sequence[tuple[int, Fact]], frame: Contents, written: _Written
) -> None:
    """Write some facts, each with its number, into every table."""
    try:
        connection.executemany(
            f"INSERT INTO fact VALUES ({_marks(16)})", (_fact_row(n, fact, frame.sources) for n, fact in batch)
        )
    except sqlite3.IntegrityError as error:
        raise Unsound from error
    tags = [row for n, fact in batch for row in _tags(n, fact, frame)]
    _rows(connection, "tag", tags)
    _rows(connection, "relation", (row for n, fact in batch for row in _relation_rows(n, fact)))
    numbers = [row for n, fact in batch for row in _numbers(n, fact)]
    _rows(connection, "number", numbers)
    keys = defaultdict[int, dict[str, None]](dict)
    for kind, term_id, n, _ in tags:
        keys[n][tag_token(kind, term_id)] = None
    for value, n, _ in numbers:
        keys[n][number_token(value)] = None
    standing = [(n, fact) for n, fact in batch if not fact.withdrawn]
    docs = [(n, *_doc(fact, frame)) for n, fact in standing]
    _rows(connection, "doc", docs)
    searched = [(row[0], " ".join(row[1:6])) for row in docs]
    indexed = ((n, f"{text} {' '.join(keys[n])}") for n, text in searched)
    connection.executemany("INSERT INTO ft (rowid, words) VALUES (?, ?)", indexed)
    written.facts += len(batch)
    written.standing += len(standing)
    written.words += sum(row[-1] for row in docs)
    written.tags.update((kind, term_id) for kind, term_id, *_ in tags)
    for _, text in searched:
        written.stems.update(set(text.split()))
    for (_, fact), row in zip(standing, docs, strict=True):
        written.forms.update(row[6].split(), *map(_forms_of, _texts_around(fact, frame)))
    written.begins = min(written.begins, *(fact.extent[0][0] for _, fact in batch))
    written.ends = max(written.ends, *(fact.as_of.last[0] for _, fact in batch if fact.as_of), 0)


def _finish(connection: sqlite3.Connection, frame: Contents, written: _Written) -> None:
    """Write what depends on all facts, and check what only all of them can tell."""
    if connection.execute("SELECT 1 FROM relation WHERE target NOT IN (SELECT id FROM fact) LIMIT 1").fetchone():
        raise Unsound
    reviewed = {fact for review in frame.reviews for fact in review.facts}
    if not all(connection.execute("SELECT 1 FROM fact WHERE id = ?", (each,)).fetchone() for each in reviewed):
        raise Unsound
    flags = {
        "outdone": "SELECT outdone FROM relation WHERE outdone IS NOT NULL",
        "part": "SELECT holder FROM relation WHERE kind = 'part-of'",
        "whole": "SELECT target FROM relation WHERE kind = 'part-of'",
    }
    for column, ids in flags.items():
        connection.execute(f"UPDATE fact SET {column} = 1 WHERE id IN ({ids})")
    issued = [source.issued.last[0] for source in frame.sources.values() if source.issued]
    meta = {
        "format": FORMAT,
        "begins": written.begins if written.facts else 0,
        "ends": max(written.ends, *issued, 0),
        "facts": written.standing,
        "words": written.words,
    }
    _rows(connection, "meta", ((key, str(value)) for key, value in meta.items()))
    _rows(connection, "common", _common(written, frame))
    _rows(connection, "tagged", sorted((*term, facts) for term, facts in written.tags.items()))
    _rows(connection, "stem", sorted(written.stems.items()))
    words = list(_words(written.forms, frame))
    _rows(connection, "word", words)
    own = (form for form, *_, is_own in words if is_own and len(form) >= SHORTEST_MISTYPED)
    _rows(connection, "deletion", ((key, form) for form in own for key in sorted(deletions(form))))


def _marks(count: int) -> str:
    return ",".join("?" * count)


def _rows(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = _marks(len(first))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", itertools.chain([first], rows))


def _terms(connection: sqlite3.Connection, contents: Contents) -> None:
    terms = [(kind, n, term) for kind in TERM_KINDS for n, term in enumerate(contents.vocabulary.of(kind).values())]
    _rows(connection, "term", ((kind, n, term.id, dumps(body_of(term))) for kind, n, term in terms))
    names = (
        (_stemmed(name), kind, term.id, int(name == term.name)) for kind, _, term in terms for name in term.names[1:]
    )
    _rows(connection, "name", _facets(contents))
    _rows(connection, "name", sorted({row for row in names if row[0]}, key=lambda row: (row[:3], -row[3])))


def _facets(contents: Contents) -> Iterator[tuple[str, str, str, int]]:
    """Give the names by which people mean a source, and the words by which they mean a status."""
    bodies = {_stemmed(name) for actor in contents.vocabulary.of("actor").values() for name in actor.names}
    for source in contents.sources.values():
        known_as = {_stemmed(name) for name in (source.id, source.title, source.container_title or "")}
        for name in sorted(known_as - bodies - {""}):  # who types NATO means NATO, not what it wrote
            yield name, "source", source.id, 0
    for status, names in STATUS_WORDS.items():
        for name in names:
            yield _stemmed(name), "status", status, 0


def _relation_rows(n: int, fact: Fact) -> Iterator[tuple[Any, ...]]:
    for place, each in enumerate(fact.relations):
        differs, outdone = int(each.kind in DISAGREEMENTS), None
        if each.kind in OUTDOING and each.prefer:  # a careful analyst would cite the one instead of the other
            outdone = each.to if each.prefer == fact.id else fact.id
        yield each.to, n * 64 + place, fact.id, each.kind, differs, outdone, related_text(fact.id, each)


def _words(own: set[str], frame: Contents) -> Iterator[tuple[str, str, int, str, int]]:
    """Give every known form. Those of the facts and of names are `own`: a mistyped word may be meant for one of them.

    The thesaurus is left out of that: it holds so many words that some are near to any.
    """
    named = {kind: _forms(frame.vocabulary.of(kind).values()) for kind in TERM_KINDS}
    own = own.union(*(forms for kind, forms in named.items() if kind != "term"))
    for form in sorted(own | named["term"]):
        yield form, stem(form), len(form), sound(form), int(form in own)


def _forms(terms: Iterable[Term]) -> set[str]:
    return {form for term in terms for name in term.names for form in tokens(name)}


def _fact_row(n: int, fact: Fact, sources: Mapping[str, Source]) -> tuple[Any, ...]:
    first, last = map(day_number, fact.extent)
    dated: tuple[int | None, ...] = (None, None, None)
    if fact.when:
        dated = day_number(fact.when.first), day_number(fact.when.last), day_number(fact.when.anchor.first)
    text = object_text(fact, sources)
    check = checksum(*text)
    head = n, fact.id, fact.status, int(bool(fact.withdrawn)), 0, first, last, *dated
    return *head, len(fact.quantities), 0, 0, check, *text


def _tags(n: int, fact: Fact, contents: Contents) -> Iterator[tuple[str, str, int, int]]:
    """Give what a fact is about: each id and every whole that it is part of, and whether the fact names it itself."""
    by_kind = {"actor": fact.actors, "topic": fact.topics, "place": fact.places, "person": fact.people}
    for kind in TAG_KINDS:
        terms = contents.vocabulary.of(kind)
        seen = dict.fromkeys(by_kind[kind], 1)
        for each in by_kind[kind]:
            whole = terms[each].part_of
            while whole and whole not in seen:
                seen[whole] = 0
                whole = terms[whole].part_of
        yield from ((kind, term_id, n, named) for term_id, named in seen.items())
    for source in fact.sources:
        yield "source", source, n, 1
    yield "status", fact.status, n, 1


def _common(written: _Written, frame: Contents) -> Iterator[tuple[str, str]]:
    """Give the terms that at least half of the facts are about, and their parts: to name one of them decides little."""
    for kind in TAG_KINDS:
        for term_id in frame.vocabulary.of(kind):
            if 2 * written.tags[kind, term_id] >= written.facts:
                yield from ((kind, part) for part in sorted(frame.vocabulary.within(kind, term_id)))


def _numbers(n: int, fact: Fact) -> Iterator[tuple[float, int, str]]:
    for quantity in fact.quantities:
        yield float(quantity.value), n, quantity.unit
    for value, _ in numbers_in(fact.statement):
        yield value, n, ""
    for ordinal in _ORDINAL.findall(fact.statement):
        yield float(ordinal), n, ""


def _texts_around(fact: Fact, contents: Contents) -> list[str]:
    sources = [contents.sources[each] for each in fact.sources]
    return [*fact.aliases, *(cite.quote for cite in fact.cites), *(source.title for source in sources)]


@functools.lru_cache(maxsize=65536)
def _forms_of(text: str) -> Sequence[str]:
    """Give the words of a text; quotes and titles recur in fact after fact."""
    return tokens(text)


def _doc(fact: Fact, contents: Contents) -> tuple[str, str, str, str, str, str, int]:
    vocabulary = contents.vocabulary
    about = [vocabulary.of("actor")[each] for each in fact.actors]
    about += [vocabulary.of("person")[each] for each in fact.people]
    about += [vocabulary.of("place")[each] for each in fact.places]
    topics = [vocabulary.of("topic")[each] for each in fact.topics]
    passages = [(contents.sources[cite.source], cite.passage) for cite in fact.cites]
    around = [cite.quote for cite in fact.cites] + [source.passages[n - 1].section or "" for source, n in passages]
    around += [source.title for source, _ in passages]
    words = tokens(fact.statement)
    return (
        f" {' '.join(map(stem, words))} ",
        _field(fact.aliases),
        _field(term.name for term in about),
        _field(term.name for term in topics),
        _field(dict.fromkeys([fact.id.replace("-", " "), *around])),
        f" {' '.join(words)} ",
        len(words),
    )


def _field(texts: Iterable[str]) -> str:
    """Give texts as stems, with a bar between them so that no phrase runs from one into the next."""
    return " " + " | ".join(map(_stemmed, texts)) + " "


@functools.lru_cache(maxsize=65536)
def _stemmed(text: str) -> str:
    """Give a text as stems; names and titles recur in fact after fact."""
    return " ".join(stems(text))
