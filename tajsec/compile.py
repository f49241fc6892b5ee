"""From data folders to one SQLite file: TOML is what people write, this is what the tool reads.

A record is kept as JSON, a fact as the text of the object that commands print (`tajsec.objects`); the other columns
and tables are what commands filter, sort and search by (`tajsec.rows`). The files of facts are read one by one, by
several processes if they are large, and only the rows of one are held. A store that was compiled before from nearly
the same files is mended: what came of the others is taken over as it is.
"""

import contextlib
import itertools
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import loads
from typing import NamedTuple

from tajsec.cache import FORMAT
from tajsec.folders import Folders
from tajsec.jsontext import dumps
from tajsec.model import STATUS_WORDS, TERM_KINDS, Contents, Term, body_of, fact_of
from tajsec.read import FactFile, Unsound, fact_files, read, read_facts, read_frame
from tajsec.rows import STRIDE, TAG_KINDS, Part, Row, part_of, stemmed
from tajsec.selection import YEAR
from tajsec.spelling import deletions, sound
from tajsec.words import stem, tokens

SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    number INTEGER PRIMARY KEY, label TEXT UNIQUE, digest TEXT, facts INTEGER, standing INTEGER, words INTEGER,
    begins INTEGER, ends INTEGER
);
CREATE TABLE source (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE review (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE term (kind TEXT, n INTEGER, id TEXT, body TEXT NOT NULL);
CREATE TABLE name (key TEXT, kind TEXT, id TEXT, main INTEGER, PRIMARY KEY (key, kind, id)) WITHOUT ROWID;
CREATE INDEX name_term ON name (kind, id) WHERE main;
CREATE TABLE fact (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, status TEXT, withdrawn INTEGER, outdone INTEGER, first INTEGER, last INTEGER,
    dated_first INTEGER, dated_last INTEGER, placed INTEGER, figures INTEGER, part INTEGER, whole INTEGER
);
CREATE INDEX fact_filter ON fact (withdrawn, status, first, last);
CREATE INDEX fact_time ON fact (placed, dated_last, id) WHERE placed IS NOT NULL AND withdrawn = 0;
CREATE INDEX fact_dates ON fact (last, first) WHERE withdrawn = 0;
CREATE INDEX fact_spans ON fact (last, first) WHERE withdrawn = 0 AND last - first >= {YEAR};
CREATE TABLE text (n INTEGER PRIMARY KEY, checksum INTEGER, head TEXT NOT NULL, tail TEXT NOT NULL);
CREATE TABLE tag (kind TEXT, id TEXT, fact INTEGER, named INTEGER, PRIMARY KEY (kind, id, fact)) WITHOUT ROWID;
CREATE TABLE tagged (kind TEXT, id TEXT, facts INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE common (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE relation (
    target TEXT, n INTEGER, holder TEXT, kind TEXT, differs INTEGER, outdone TEXT, text TEXT, PRIMARY KEY (target, n)
) WITHOUT ROWID;
CREATE INDEX relation_holder ON relation (holder, n);
CREATE TABLE number (value REAL, fact INTEGER, unit TEXT, PRIMARY KEY (value, fact, unit)) WITHOUT ROWID;
CREATE TABLE word (
    form TEXT PRIMARY KEY, stem TEXT, length INTEGER, sound TEXT, facts INTEGER, listed INTEGER, own INTEGER
) WITHOUT ROWID;
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

COUNTS = """
DELETE FROM stem;
CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, ft, row);
INSERT INTO stem SELECT term, doc FROM indexed WHERE instr(term, ':') = 0;
DELETE FROM tagged;
INSERT INTO tagged SELECT kind, id, count(*) FROM tag GROUP BY kind, id;
"""
"""In how many facts each stem stands (a stem holds no colon, as what stands for a term or a number does), and how many
are about each term."""

PAGE_CACHE = 32 * 2**10
"""KiB of the database that are held while it is written."""
SHORTEST_MISTYPED = 3
"""Letters of the shortest form that a mistyped word may be meant for."""
LARGE = 4 * 2**20
"""Bytes of facts from which several processes are quicker than one."""
_KEYS = {"tag": ("kind", "id", "fact"), "number": ("value", "fact", "unit"), "relation": ("target", "n")}
"""The first columns of some tables, by which one of their rows is known."""
_THESAURUS, _NAME = 1, 2
"""How the vocabulary lists a form. A mistyped word may be meant for a name, or for a word of the facts (`own`).

The thesaurus is left out of that: it holds so many words that some are near to any.
"""

Progress = Callable[[int], None]


def compile_store(
    sets: Sequence[Folders],
    connection: sqlite3.Connection,
    *,
    digests: Mapping[str, str] | None = None,
    workers: int = 1,
    compact: bool = False,
    progress: Progress = lambda _count: None,
) -> None:
    """Write the store of sets of data folders into an empty database.

    Same data, same answers. `digests` are those of the files of facts by label, if the store may be mended later. With
    `compact` the file is made as small as it can be. `progress` is told how many facts are written. Raises DataError
    with every mistake that the data hold, or FailingEnvironment.
    """
    _prepare(connection)
    connection.executescript(SCHEMA)
    try:
        with connection:
            frame = read_frame(sets)
            _write_frame(connection, frame)
            _write(connection, frame, fact_files(sets), digests or {}, Counter(), workers, progress)
    except Unsound:
        read(sets)
        raise
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")
    connection.commit()
    if compact:
        connection.execute("VACUUM")


def mend_store(
    sets: Sequence[Folders],
    connection: sqlite3.Connection,
    changes: "Changes",
    *,
    digests: Mapping[str, str],
    workers: int = 1,
    progress: Progress = lambda _count: None,
) -> None:
    """Make a store that was compiled from other files of facts (but the same frame) that of these.

    `changes` are those that `changes_of` gave. Raises as `compile_store` does.
    """
    _prepare(connection)
    try:
        with connection:
            frame = read_frame(sets)
            forms = Counter[str]()
            for number in changes.gone:
                _take_out(connection, number, frame, forms)
            files = [file for file in fact_files(sets) if file.label in changes.new]
            numbered = [file._replace(number=changes.new[file.label]) for file in files]
            _write(connection, frame, numbered, digests, forms, workers, progress)
    except Unsound:
        read(sets)
        raise


class Changes(NamedTuple):
    """How the files of a compiled store differ from those that there are now."""

    gone: Sequence[int]
    """The numbers of files that changed or went away."""
    new: Mapping[str, int]
    """The files that changed or came, by label, each with the number that it gets."""


def changes_of(connection: sqlite3.Connection, digests: Mapping[str, str]) -> Changes | None:
    """Say how the files of a compiled store differ from those of the digests, by label in order.

    None if it is to be compiled anew: a file came in between others, or most of them changed.
    """
    old = {row[0]: row[1:] for row in connection.execute("SELECT label, number, digest FROM file ORDER BY number")}
    new, last = dict[str, int](), -1
    free = max((number for number, _ in old.values()), default=-1) + 1
    for label, digest in digests.items():
        number, was = old.get(label, (free, None))
        if number <= last:
            return None
        if was != digest:
            new[label] = number
        last, free = number, free + (label not in old)
    gone = [number for label, (number, _) in old.items() if label in new or label not in digests]
    return Changes(gone, new) if 2 * max(len(gone), len(new)) <= len(digests) else None


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{PAGE_CACHE}"):
        connection.execute(f"PRAGMA {pragma}")


# ---------------------------------------------------------------- the facts


def _write(
    connection: sqlite3.Connection,
    frame: Contents,
    files: Sequence[FactFile],
    digests: Mapping[str, str],
    forms: Counter[str],
    workers: int,
    progress: Progress,
) -> None:
    """Write the facts of some files, then what depends on all facts. Raises Unsound.

    `forms` holds, with minus signs, the words of facts that were taken out.
    """
    written = 0
    for file, part in zip(files, _parts(files, frame, workers), strict=True):
        counts = part.facts, part.standing, part.words, part.begins, part.ends
        _insert(connection, "file", [(file.number, file.label, digests.get(file.label), *counts)])
        try:
            for table, rows in part.rows.items():
                _insert(connection, table, rows)
        except sqlite3.IntegrityError as error:  # an id that stands twice
            raise Unsound from error
        _touch(connection, part)
        forms.update(part.forms)
        written += part.facts
        progress(written)
    _finish(connection, frame, forms)


def _take_out(connection: sqlite3.Connection, number: int, frame: Contents, forms: Counter[str]) -> None:
    """Take the facts of a file out: the rows that came of them are made once more, to know which they are."""
    span = number * STRIDE, number * STRIDE + STRIDE - 1
    found = connection.execute("SELECT n, head, tail FROM text WHERE n BETWEEN ? AND ?", span)
    part = part_of(((n, fact_of(loads(f"{head}, {tail}"))) for n, head, tail in found.fetchall()), frame)
    connection.executemany("INSERT INTO ft (ft, rowid, words) VALUES ('delete', ?, ?)", part.rows["ft"])
    for table, key in (("fact", "n"), ("text", "n"), ("doc", "fact")):
        connection.execute(f"DELETE FROM {table} WHERE {key} BETWEEN ? AND ?", span)
    for table, keys in _KEYS.items():
        condition = " AND ".join(f"{key} = ?" for key in keys)
        connection.executemany(f"DELETE FROM {table} WHERE {condition}", (row[: len(keys)] for row in part.rows[table]))
    connection.execute("DELETE FROM file WHERE number = ?", (number,))
    _touch(connection, part)
    forms.subtract(part.forms)


def _touch(connection: sqlite3.Connection, part: Part) -> None:
    """Note which facts are in relations that came or went."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id TEXT PRIMARY KEY) WITHOUT ROWID")
    _insert(connection, "touched", ((fact_id,) for row in part.rows["relation"] for fact_id in (row[0], row[2])))


def _parts(files: Sequence[FactFile], frame: Contents, workers: int) -> Iterator[Part]:
    """Give what each file comes to, in order. Raises Unsound.

    Other processes are asked only if there is much to read, and what they do not do is done here.
    """
    given = 0
    if workers > 1 and sum(file.size for file in files) >= LARGE:
        from concurrent.futures.process import BrokenProcessPool

        with contextlib.suppress(OSError, ImportError, BrokenProcessPool):
            for part in _parts_ahead(files, frame, workers):
                given += 1
                yield part
    yield from (_part(file, frame) for file in files[given:])


def _parts_ahead(files: Sequence[FactFile], frame: Contents, workers: int) -> Iterator[Part]:
    """Give what each file comes to, in order, while several processes read some files ahead."""
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(workers, initializer=_hold, initargs=(frame,)) as pool:
        ahead = deque[Future[Part]]()
        for file in files:
            ahead.append(pool.submit(_part_of_held, file))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _part(file: FactFile, frame: Contents) -> Part:
    return part_of(enumerate(read_facts(file, frame), file.number * STRIDE), frame)


_held: list[Contents] = []
"""In a process that reads for another one: the frame."""


def _hold(frame: Contents) -> None:
    import gc

    gc.disable()  # as in the process that it reads for
    _held[:] = [frame]


def _part_of_held(file: FactFile) -> Part:
    return _part(file, _held[0])


# ---------------------------------------------------------------- what depends on all facts


def _finish(connection: sqlite3.Connection, frame: Contents, forms: Mapping[str, int]) -> None:
    """Write what depends on all facts, and check what only all of them can tell. Raises Unsound.

    `forms` are the words that came, with the number of facts in which they stand, and with minus signs those that went.
    """
    if connection.execute("SELECT 1 FROM relation WHERE target NOT IN (SELECT id FROM fact) LIMIT 1").fetchone():
        raise Unsound
    reviewed = {fact for review in frame.reviews for fact in review.facts}
    if not all(connection.execute("SELECT 1 FROM fact WHERE id = ?", (each,)).fetchone() for each in reviewed):
        raise Unsound
    connection.execute(
        "UPDATE fact SET outdone = id IN (SELECT outdone FROM relation WHERE outdone IS NOT NULL),"
        " part = id IN (SELECT holder FROM relation WHERE kind = 'part-of'),"
        " whole = id IN (SELECT target FROM relation WHERE kind = 'part-of')"
        " WHERE id IN (SELECT id FROM touched)"
    )
    connection.executescript(COUNTS)
    _write_words(connection, sorted(form for form, facts in forms.items() if facts > 0), forms)
    _drop_words(connection, sorted(form for form, facts in forms.items() if facts < 0), forms)
    _write_totals(connection, frame)


def _write_words(connection: sqlite3.Connection, forms: Sequence[str], counts: Mapping[str, int]) -> None:
    rows = ((form, stem(form), len(form), sound(form), counts[form]) for form in forms)
    adding = "ON CONFLICT DO UPDATE SET facts = facts + excluded.facts, own = 1"
    connection.executemany(f"INSERT INTO word VALUES (?, ?, ?, ?, ?, 0, 1) {adding}", rows)
    _insert(connection, "deletion", _deletions(forms))


def _drop_words(connection: sqlite3.Connection, forms: Sequence[str], counts: Mapping[str, int]) -> None:
    """Count the forms that stand in fewer facts now; those that stand in none may be forgotten."""
    adding = "UPDATE word SET facts = facts + ? WHERE form = ?"
    connection.executemany(adding, ((counts[form], form) for form in forms))
    lost = "SELECT form FROM word WHERE form = ? AND facts <= 0 AND listed <> ?"
    gone = [form for form in forms if connection.execute(lost, (form, _NAME)).fetchone()]
    connection.executemany("DELETE FROM deletion WHERE key = ? AND form = ?", _deletions(gone))
    connection.executemany("UPDATE word SET own = 0 WHERE form = ?", ((form,) for form in gone))
    connection.executemany("DELETE FROM word WHERE form = ? AND NOT listed", ((form,) for form in gone))


def _deletions(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((key, form) for form in forms if len(form) >= SHORTEST_MISTYPED for key in sorted(deletions(form)))


def _write_totals(connection: sqlite3.Connection, frame: Contents) -> None:
    totals = "SELECT total(facts), total(standing), total(words), min(begins), max(ends) FROM file"
    facts, standing, words, begins, ends = connection.execute(totals).fetchone()
    issued = [source.issued.last[0] for source in frame.sources.values() if source.issued]
    meta = {
        "format": FORMAT,
        "begins": begins if facts else 0,
        "ends": max(ends or 0, *issued, 0),
        "facts": int(standing),
        "words": int(words),
    }
    connection.execute("DELETE FROM meta")
    _insert(connection, "meta", ((key, str(value)) for key, value in meta.items()))
    connection.execute("DELETE FROM common")
    _insert(connection, "common", _common(connection, frame, facts))


def _common(connection: sqlite3.Connection, frame: Contents, facts: float) -> list[tuple[str, str]]:
    """Give the terms that at least half of the facts are about, and their parts: to name one of them decides little."""
    query = "SELECT id FROM tagged WHERE kind = ? AND 2 * facts >= ? ORDER BY id"
    found = [(kind, *row) for kind in TAG_KINDS for row in connection.execute(query, (kind, facts))]
    return [(kind, part) for kind, term_id in found for part in sorted(frame.vocabulary.within(kind, term_id))]


# ---------------------------------------------------------------- the frame


def _write_frame(connection: sqlite3.Connection, frame: Contents) -> None:
    """Write everything but the facts."""
    _insert(connection, "source", ((source.id, dumps(body_of(source))) for source in frame.sources.values()))
    _insert(connection, "review", ((n, dumps(body_of(review))) for n, review in enumerate(frame.reviews)))
    terms = [(kind, n, term) for kind in TERM_KINDS for n, term in enumerate(frame.vocabulary.of(kind).values())]
    _insert(connection, "term", ((kind, n, term.id, dumps(body_of(term))) for kind, n, term in terms))
    names = (
        (stemmed(name), kind, term.id, int(name == term.name)) for kind, _, term in terms for name in term.names[1:]
    )
    _insert(connection, "name", _facets(frame))
    _insert(connection, "name", sorted({row for row in names if row[0]}, key=lambda row: (row[:3], -row[3])))
    named = _forms(term for kind, _, term in terms if kind != "term")
    listed = dict.fromkeys(_forms(term for _, _, term in terms), _THESAURUS) | dict.fromkeys(named, _NAME)
    words = ((form, stem(form), len(form), sound(form), 0, how, int(how == _NAME)) for form, how in listed.items())
    _insert(connection, "word", sorted(words))
    _insert(connection, "deletion", _deletions(sorted(named)))


def _forms(terms: Iterable[Term]) -> set[str]:
    return {form for term in terms for name in term.names for form in tokens(name)}


def _facets(contents: Contents) -> Iterator[tuple[str, str, str, int]]:
    """Give the names by which people mean a source, and the words by which they mean a status."""
    bodies = {stemmed(name) for actor in contents.vocabulary.of("actor").values() for name in actor.names}
    for source in contents.sources.values():
        known_as = {stemmed(name) for name in (source.id, source.title, source.container_title or "")}
        for name in sorted(known_as - bodies - {""}):  # who types NATO means NATO, not what it wrote
            yield name, "source", source.id, 0
    for status, names in STATUS_WORDS.items():
        for name in names:
            yield stemmed(name), "status", status, 0


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows; of two with the same key the first stays, but two facts of one id are an error."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        insert = "INSERT" if table == "fact" else "INSERT OR IGNORE"
        columns = "(rowid, words)" if table == "ft" else ""
        statement = f"{insert} INTO {table} {columns} VALUES ({_marks(len(first))})"
        connection.executemany(statement, itertools.chain([first], rows))


def _marks(count: int) -> str:
    return ",".join("?" * count)
