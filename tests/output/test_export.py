"""The database for other tools: what it has, and that its keys hold."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tajsec.cli.terminal import Reply
from tajsec.output.export import ABOUT

Run = Callable[..., Reply]

RESERVED = """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema
    current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
    foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
    leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
    placing primary references returning right select session_user similar some symmetric table tablesample then to
    trailing true union unique user using variadic verbose when where window with
    system_user
"""
"""The reserved words of PostgreSQL, which are names in quotation marks alone: the categories R and T of its function
pg_get_keywords() in version 15, and `system_user`, which 16 added.
https://www.postgresql.org/docs/current/sql-keywords-appendix.html"""


def test_the_database_holds_every_fact_and_its_keys_hold(database: Path, run_json: Callable[..., dict]) -> None:
    facts = run_json("list")["facts"]
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT id, statement, happened, as_of, status FROM facts ORDER BY number").fetchall() == [
            (fact["id"], fact["statement"], fact["when"], fact["as_of"], fact["status"]) for fact in facts
        ]
        assert db.execute("SELECT fact, source, passage, quote FROM cites ORDER BY rowid").fetchall() == [
            (fact["id"], cite["source"], cite["passage"], cite["quote"]) for fact in facts for cite in fact["cites"]
        ]
        quantities = db.execute("SELECT fact, qualifier, value, unit, of, period FROM quantities ORDER BY rowid")
        assert quantities.fetchall() == [
            (fact["id"], *(each[key] for key in ("qualifier", "value", "unit", "of", "period")))
            for fact in facts
            for each in fact["quantities"]
        ]


def test_a_date_with_an_open_end_has_no_last_day(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        row = db.execute("SELECT happened_first, happened_last FROM facts WHERE happened = '1996/..'")
        assert row.fetchone() == ("1996-01-01", None)


def test_rank_notes_rights_and_a_set_of_dates_are_columns(run: Run, small: Path, tmp_path: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"2019"', '"{2015,2017}"') + 'rank = "deprecated"\nnotes = "Eight."\n')
    assert run("export", "--sqlite", str(tmp_path / "a.db"), "--facts", str(small)).status == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        row = db.execute("SELECT rank, notes, happened, happened_first, happened_last FROM facts").fetchone()
        assert row == ("deprecated", "Eight.", "{2015,2017}", "2015-01-01", "2017-12-31")
        assert db.execute("SELECT rights, extent FROM sources").fetchall() == [("copyright", "whole")]


def test_the_index_finds_facts_and_outlives_a_vacuum(database: Path) -> None:
    query = (
        "SELECT id FROM facts WHERE number IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH 'radio') ORDER BY 1"
    )
    with closing(sqlite3.connect(database)) as db:
        before = db.execute(query).fetchall()
        db.execute("VACUUM")
        assert db.execute(query).fetchall() == before
    assert ("radios-delivered",) in before


def test_no_table_and_no_column_is_a_reserved_word_of_postgresql(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        names = db.execute(
            "SELECT lower(m.name), lower(c.name) FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
            "WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'facts_fts%'"
        ).fetchall()
    assert len(names) > 80
    assert not {name for pair in names for name in pair} & set(RESERVED.split())


def test_the_metadata_describe_every_table(database: Path) -> None:
    told = json.loads(database.with_suffix(".json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(database)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    assert set(told["databases"]["facts"]["tables"]) == set(ABOUT)
    assert set(ABOUT) == {name for (name,) in names if not name.startswith("facts_fts")}


def test_filters_hold_for_the_export_and_differences_stay(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gear.db"
    assert run("export", "--topic", "equipment", "--sqlite", str(path)).status == 0
    listed = json.loads(run("list", "--topic", "equipment", "--json").text)["facts"]
    with closing(sqlite3.connect(path)) as db:
        assert [row[0] for row in db.execute("SELECT id FROM facts ORDER BY number")] == [fact["id"] for fact in listed]
        other = db.execute("SELECT fact FROM relations WHERE other = 'radios-delivered'").fetchall()
        assert ("radios-provided-rounded",) in other
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_datasette_serves_the_database_and_searches_it(database: Path) -> None:
    code = (
        "import asyncio, json, sys; from datasette.app import Datasette; "
        "ds = Datasette([sys.argv[1]], metadata=json.load(open(sys.argv[2]))); "
        "get = lambda p: asyncio.run(ds.client.get(p)).text; "
        "print(get('/facts/facts.json?_search=radios&_shape=array'))"
    )
    args = [sys.executable, "-W", "ignore", "-c", code, str(database), str(database.with_suffix(".json"))]
    rows = json.loads(subprocess.run(args, capture_output=True, text=True, check=True).stdout)
    assert "radios-delivered" in [row["id"] for row in rows]
