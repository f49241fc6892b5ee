"""The SQL that makes the tables of a compiled store."""

from itertools import pairwise

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
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
CREATE INDEX fact_spans ON fact (last, first) WHERE withdrawn = 0 AND last - first >= 10000; -- `selection.YEAR`
CREATE TABLE text (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE tag (kind TEXT, id TEXT, fact INTEGER, named INTEGER, PRIMARY KEY (kind, id, fact)) WITHOUT ROWID;
CREATE TABLE tagged (kind TEXT, id TEXT, facts INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE common (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE relation (
    n INTEGER PRIMARY KEY, holder TEXT, target TEXT, kind TEXT, differs INTEGER, note TEXT, prefer TEXT
);
CREATE INDEX relation_holder ON relation (holder);
CREATE INDEX relation_target ON relation (target);
CREATE TABLE number (value REAL, fact INTEGER, unit TEXT, PRIMARY KEY (value, fact, unit)) WITHOUT ROWID;
CREATE TABLE word (form TEXT PRIMARY KEY, stem TEXT, length INTEGER, sound TEXT, facts INTEGER, own INTEGER)
    WITHOUT ROWID;
CREATE INDEX word_sound ON word (sound, form) WHERE own;
CREATE INDEX word_length ON word (length, form, own) WHERE own; -- with `own`, SQLite reads the index alone
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
CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, ft, row);
INSERT INTO stem SELECT term, doc FROM indexed WHERE instr(term, ':') = 0;
INSERT INTO tagged SELECT kind, id, count(*) FROM tag GROUP BY kind, id;
"""
"""Fills two tables of counts: facts by stem (the other tokens of the index contain a colon) and facts by term."""

NAMES = frozenset(
    {(kind.lower(), name) for kind, name in pairwise(SCHEMA.split()) if kind in ("TABLE", "INDEX")}
    | {("table", f"ft_{part}") for part in ("config", "data", "docsize", "idx")}
    | {("table", "sqlite_stat1"), ("table", "sqlite_stat4"), ("index", "sqlite_autoindex_fact_1")}
)
"""Every table and index of a compiled store: those of the schema, and what SQLite and FTS5 make for them."""
