"""The SQL of a compiled store: its tables and indexes, with their names for the check of cached files."""

from collections.abc import Iterable

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE review (n INTEGER PRIMARY KEY, pack TEXT, body TEXT NOT NULL);
CREATE TABLE pack (n INTEGER PRIMARY KEY, id TEXT, body TEXT NOT NULL);
CREATE TABLE term (kind TEXT, n INTEGER, id TEXT, pack TEXT, body TEXT NOT NULL);
CREATE TABLE name (key TEXT, kind TEXT, id TEXT, label TEXT, PRIMARY KEY (key, kind, id)) WITHOUT ROWID;
CREATE INDEX name_term ON name (kind, id) WHERE label IS NOT NULL; -- a search looks up main names
CREATE TABLE fact (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, withdrawn INTEGER, superseded_or_less_exact INTEGER,
    rank INTEGER, -- 0 preferred, 1 normal, 2 deprecated
    first INTEGER, last INTEGER, -- the days of `when`, or else of `as_of`
    when_first INTEGER, when_last INTEGER, when_anchor INTEGER, -- NULL without a `when`
    held INTEGER, -- the first day of `as_of`, or else of `when`
    stated INTEGER, -- the last day of `as_of`
    figures INTEGER, is_part INTEGER, is_whole INTEGER
);
CREATE INDEX fact_time ON fact (when_anchor, when_last, id) WHERE when_anchor IS NOT NULL AND withdrawn = 0;
CREATE TABLE member (fact INTEGER, first INTEGER, last INTEGER, PRIMARY KEY (fact, first)) WITHOUT ROWID; -- of sets
CREATE TABLE text (n INTEGER PRIMARY KEY, body TEXT NOT NULL, aliases TEXT NOT NULL); -- a scan of `fact` reads little
CREATE TABLE tag (kind TEXT, id TEXT, fact INTEGER, PRIMARY KEY (kind, id, fact)) WITHOUT ROWID;
CREATE TABLE tally (kind TEXT, id TEXT, facts INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID; -- how many have a tag
CREATE TABLE part (kind TEXT, id TEXT, whole TEXT, PRIMARY KEY (kind, id, whole)) WITHOUT ROWID; -- also of itself
CREATE TABLE relation (
    n INTEGER PRIMARY KEY, -- in the order of the facts
    fact TEXT, other TEXT, kind TEXT, differs INTEGER, note TEXT, prefer TEXT
);
CREATE INDEX relation_other ON relation (other); -- an export looks up the relations to each fact
CREATE TABLE number (
    value REAL, fact INTEGER, unit TEXT, qualifier TEXT, PRIMARY KEY (value, fact, unit, qualifier)
) WITHOUT ROWID;
CREATE TABLE word (
    form TEXT PRIMARY KEY, stem TEXT, length INTEGER, sound TEXT, facts INTEGER, is_correction INTEGER,
    is_name INTEGER
) WITHOUT ROWID;
CREATE INDEX word_length ON word (length, form, is_name) WHERE is_correction = 1; -- read alone for a typo
CREATE INDEX word_sound ON word (sound, form) WHERE is_correction = 1;
CREATE INDEX word_stem ON word (stem, form) WHERE facts > 0;
CREATE TABLE stem (stem TEXT PRIMARY KEY, facts INTEGER) WITHOUT ROWID;
CREATE TABLE doc (
    fact INTEGER PRIMARY KEY, statement TEXT, aliases TEXT, quotes TEXT, answers TEXT, same_as TEXT
);
CREATE VIRTUAL TABLE ft USING fts5 (
    words, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0 tokenchars ':-._'"
);
"""

COUNTS = """
CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, ft, row);
INSERT INTO stem SELECT term, doc FROM indexed WHERE instr(term, ':') = 0;
INSERT INTO tally SELECT kind, id, count(*) FROM tag GROUP BY kind, id;
"""
"""Counts the facts by stem (the other tokens of the index contain a colon) and by tag."""

FIRST_DAY, LAST_STATED = "SELECT coalesce(min(first), 0) FROM fact", "SELECT coalesce(max(stated), 0) FROM fact"
"""Return the first day that a fact is about, and the last of an `as_of`."""

_OURS = frozenset(f"CREATE {statement.partition('CREATE ')[2].strip()}" for statement in SCHEMA.split(";")[:-1])
_THEIRS = frozenset(
    {("table", f"ft_{part}") for part in ("config", "data", "idx")} | {("index", "sqlite_autoindex_fact_1")}
)
"""What SQLite and FTS5 make for the tables; their SQL depends on the version."""


def is_schema(objects: Iterable[tuple[str, str, str | None]]) -> bool:
    """True if the rows `type, name, sql` of a database are of a compiled store alone.

    SQLite keeps the text of a statement as it was written. A table of the same name could compute a column for ever.
    """
    return all(sql in _OURS or (kind, name) in _THEIRS for kind, name, sql in objects)
