"""From checked contents to one SQLite file: TOML is what people write, this is what the tool reads.

A record is kept as JSON, a fact as the text of the object that commands print (`tajsec.objects`); the other columns
and tables are what commands filter, sort and search by. Searched text stands in `doc` as stems, each field padded with
spaces so that a phrase is found in it as it is, and in the FTS5 table `ft`, which gives candidates.
"""

import functools
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tajsec.cache import FORMAT
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
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, head TEXT NOT NULL, tail TEXT NOT NULL, status TEXT, withdrawn INTEGER,
    outdone INTEGER, first INTEGER, last INTEGER, dated_first INTEGER, dated_last INTEGER, placed INTEGER
);
CREATE INDEX fact_time ON fact (placed, dated_last, id) WHERE placed IS NOT NULL AND withdrawn = 0;
CREATE TABLE tag (kind TEXT, id TEXT, fact INTEGER, PRIMARY KEY (kind, id, fact)) WITHOUT ROWID;
CREATE TABLE common (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE relation (
    target TEXT, n INTEGER, holder TEXT, kind TEXT, differs INTEGER, text TEXT, PRIMARY KEY (target, n)
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
    size INTEGER, figures INTEGER
);
CREATE VIRTUAL TABLE ft USING fts5 (words, content='', detail=none, tokenize="unicode61 remove_diacritics 0");
"""

_ORDINAL = re.compile(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b")
"""201st, 60th: who types 201 or sixty means them too."""
SHORTEST_MISTYPED = 3
"""Letters of the shortest form that a mistyped word may be meant for."""
TAG_KINDS: tuple[TermKind, ...] = ("actor", "topic", "place", "person")


def compile_store(contents: Contents, connection: sqlite3.Connection) -> None:
    """Write `contents` into an empty database. Same contents, same rows."""
    connection.executescript(SCHEMA)
    with connection:
        begins, ends = _years(contents)
        meta = {"format": FORMAT, "begins": begins, "ends": ends}
        _rows(connection, "meta", ((key, str(value)) for key, value in meta.items()))
        _rows(connection, "source", ((source.id, dumps(body_of(source))) for source in contents.sources.values()))
        _rows(connection, "review", ((n, dumps(body_of(review))) for n, review in enumerate(contents.reviews)))
        _terms(connection, contents)
        _facts(connection, contents)
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("VACUUM")


def _years(contents: Contents) -> tuple[int, int]:
    """Give the first year that a fact is about, and the last for which a source speaks."""
    begins = [fact.extent[0][0] for fact in contents.facts]
    spoken = [fact.as_of for fact in contents.facts] + [source.issued for source in contents.sources.values()]
    return min(begins, default=0), max((date.last[0] for date in spoken if date), default=0)


def _rows(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    found = list(rows)
    if found:
        marks = ",".join("?" * len(found[0]))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", found)


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


def _facts(connection: sqlite3.Connection, contents: Contents) -> None:
    outdone = set(_outdone(contents))
    facts = list(enumerate(contents.facts))
    _rows(connection, "fact", (_fact_row(n, fact, contents.sources, fact.id in outdone) for n, fact in facts))
    tags = [row for n, fact in facts for row in _tags(n, fact, contents)]
    _rows(connection, "tag", tags)
    _rows(connection, "common", _common(tags, contents))
    _rows(
        connection,
        "relation",
        (
            (
                relation.to,
                n * 64 + m,
                fact.id,
                relation.kind,
                int(relation.kind in DISAGREEMENTS),
                related_text(fact.id, relation),
            )
            for n, fact in facts
            for m, relation in enumerate(fact.relations)
        ),
    )
    _rows(connection, "number", (row for n, fact in facts for row in _numbers(n, fact)))
    standing = [(n, fact) for n, fact in facts if not fact.withdrawn]
    docs = [(n, *_doc(fact, contents)) for n, fact in standing]
    _rows(connection, "doc", docs)
    searched = [(row[0], " ".join(row[1:6])) for row in docs]
    connection.executemany("INSERT INTO ft (rowid, words) VALUES (?, ?)", searched)
    counts = Counter(word for _, text in searched for word in set(text.split()))
    _rows(connection, "stem", sorted(counts.items()))
    words = list(_words(standing, contents))
    _rows(connection, "word", words)
    own = (form for form, *_, is_own in words if is_own and len(form) >= SHORTEST_MISTYPED)
    _rows(connection, "deletion", ((key, form) for form in own for key in sorted(deletions(form))))


def _words(standing: Sequence[tuple[int, Fact]], contents: Contents) -> Iterator[tuple[str, str, int, str, int]]:
    """Give every known form. Those of the facts and of names are `own`: a mistyped word may be meant for one of them.

    The thesaurus is left out of that: it holds so many words that some are near to any.
    """
    own = {form for _, fact in standing for text in _texts(fact, contents) for form in tokens(text)}
    named = {kind: _forms(contents.vocabulary.of(kind).values()) for kind in TERM_KINDS}
    own |= set().union(*(forms for kind, forms in named.items() if kind != "term"))
    for form in sorted(own | named["term"]):
        yield form, stem(form), len(form), sound(form), int(form in own)


def _forms(terms: Iterable[Term]) -> set[str]:
    return {form for term in terms for name in term.names for form in tokens(name)}


def _outdone(contents: Contents) -> Iterator[str]:
    """Give the ids of the facts instead of which a careful analyst would cite another: an exact figure, a newer one."""
    for fact in contents.facts:
        for relation in fact.relations:
            if relation.kind in OUTDOING and relation.prefer:
                yield relation.to if relation.prefer == fact.id else fact.id


def _fact_row(n: int, fact: Fact, sources: Mapping[str, Source], outdone: bool) -> tuple[Any, ...]:
    first, last = map(day_number, fact.extent)
    dated: tuple[int | None, ...] = (None, None, None)
    if fact.when:
        dated = day_number(fact.when.first), day_number(fact.when.last), day_number(fact.when.anchor.first)
    text = object_text(fact, sources)
    return n, fact.id, *text, fact.status, int(bool(fact.withdrawn)), int(outdone), first, last, *dated


def _tags(n: int, fact: Fact, contents: Contents) -> Iterator[tuple[str, str, int]]:
    """Give what a fact is about: each id and every whole that it is part of."""
    by_kind = {"actor": fact.actors, "topic": fact.topics, "place": fact.places, "person": fact.people}
    for kind in TAG_KINDS:
        terms = contents.vocabulary.of(kind)
        for each in by_kind[kind]:
            seen: set[str] = set()
            term_id: str | None = each
            while term_id and term_id not in seen:
                seen.add(term_id)
                yield kind, term_id, n
                term_id = terms[term_id].part_of
    for source in fact.sources:
        yield "source", source, n
    yield "status", fact.status, n


def _common(tags: Iterable[tuple[str, str, int]], contents: Contents) -> Iterator[tuple[str, str]]:
    """Give the terms that at least half of the facts are about, and their parts: to name one of them decides little."""
    counts = Counter((kind, term_id) for kind, term_id, _ in set(tags))
    for kind in TAG_KINDS:
        for term_id in contents.vocabulary.of(kind):
            if 2 * counts[kind, term_id] >= len(contents.facts):
                yield from ((kind, part) for part in sorted(contents.vocabulary.within(kind, term_id)))


def _numbers(n: int, fact: Fact) -> Iterator[tuple[float, int, str]]:
    for quantity in fact.quantities:
        yield float(quantity.value), n, quantity.unit
    for value, _ in numbers_in(fact.statement):
        yield value, n, ""
    for ordinal in _ORDINAL.findall(fact.statement):
        yield float(ordinal), n, ""


def _texts(fact: Fact, contents: Contents) -> list[str]:
    sources = [contents.sources[each] for each in fact.sources]
    return [fact.statement, *fact.aliases, *(cite.quote for cite in fact.cites), *(source.title for source in sources)]


def _doc(fact: Fact, contents: Contents) -> tuple[str, str, str, str, str, str, int, int]:
    vocabulary = contents.vocabulary
    about = [vocabulary.of("actor")[each] for each in fact.actors]
    about += [vocabulary.of("person")[each] for each in fact.people]
    about += [vocabulary.of("place")[each] for each in fact.places]
    topics = [vocabulary.of("topic")[each] for each in fact.topics]
    passages = [(contents.sources[cite.source], cite.passage) for cite in fact.cites]
    around = [cite.quote for cite in fact.cites] + [source.passages[n - 1].section or "" for source, n in passages]
    around += [source.title for source, _ in passages]
    statement = stems(fact.statement)
    return (
        f" {' '.join(statement)} ",
        _field(fact.aliases),
        _field(term.name for term in about),
        _field(term.name for term in topics),
        _field(dict.fromkeys([fact.id.replace("-", " "), *around])),
        f" {' '.join(tokens(fact.statement))} ",
        len(statement),
        len(fact.quantities),
    )


def _field(texts: Iterable[str]) -> str:
    """Give texts as stems, with a bar between them so that no phrase runs from one into the next."""
    return " " + " | ".join(map(_stemmed, texts)) + " "


@functools.lru_cache(maxsize=65536)
def _stemmed(text: str) -> str:
    """Give a text as stems; names and titles recur in fact after fact."""
    return " ".join(stems(text))
