"""`tajsec export`: a database and tables that others read."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tajsec.cli.terminal import Reply
from tajsec.output import schemas
from tajsec.output.export import ABOUT

Run = Callable[..., Reply]


@pytest.fixture
def database(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    assert run("export", "--sqlite", str(path), "--metadata", str(tmp_path / "facts.json")).status == 0
    return path


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
        row = db.execute("SELECT happened, happened_first, happened_last FROM facts WHERE id = 'radios-delivered'")
        assert row.fetchone() == ("2001/..", "2001-01-01", None)


def test_the_index_finds_facts_and_outlives_a_vacuum(database: Path) -> None:
    query = (
        "SELECT id FROM facts WHERE number IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH 'radio') ORDER BY 1"
    )
    with closing(sqlite3.connect(database)) as db:
        before = db.execute(query).fetchall()
        db.execute("VACUUM")
        assert db.execute(query).fetchall() == before
    assert ("radios-delivered",) in before


def test_the_metadata_describe_every_table(database: Path) -> None:
    told = json.loads(database.with_suffix(".json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(database)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    assert set(told["databases"]["facts"]["tables"]) == set(ABOUT)
    assert set(ABOUT) == {name for (name,) in names if not name.startswith("facts_fts")}


def test_the_export_tells_programs_what_it_wrote(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    record = json.loads(run("export", "--status", "planned", "--sqlite", str(path), "--json").text)
    Draft202012Validator(schemas.schema("export")).validate(record)
    assert record["files"] == [{"path": str(path), "bytes": path.stat().st_size}]
    assert record["total"] == json.loads(run("list", "--status", "planned", "--json").text)["total"]


def test_filters_hold_for_the_export_and_disputes_stay(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gear.db"
    assert run("export", "--topic", "equipment", "--sqlite", str(path)).status == 0
    listed = json.loads(run("list", "--topic", "equipment", "--json").text)["facts"]
    with closing(sqlite3.connect(path)) as db:
        assert [row[0] for row in db.execute("SELECT id FROM facts ORDER BY number")] == [fact["id"] for fact in listed]
        other = db.execute("SELECT fact FROM relations WHERE other = 'radios-delivered'").fetchall()
        assert ("radios-provided-rounded",) in other
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_file_that_exists_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh.db"
    kept.write_text("mine", encoding="utf-8")
    for args in (("--sqlite", str(kept)), ("--sqlite", str(fresh), "--metadata", str(kept))):
        reply = run("export", *args)
        assert (reply.status, "--force replaces it" in reply.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text(encoding="utf-8") == "mine"
    assert run("export", "--sqlite", str(kept), "--force").status == 0
    assert kept.read_bytes().startswith(b"SQLite format 3")
    assert run("export", "--sqlite", str(fresh), "--metadata", str(fresh)).status == 2
    for path in (tmp_path / "none" / "a.db", tmp_path / ("long" * 100)):
        for option in ("--sqlite", "--parquet"):
            reply = run("export", option, str(path))
            assert (reply.status, "cannot be written: " in reply.stderr) == (2, True), reply.stderr


def test_nothing_to_write_and_places_named_twice_are_told(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "x")
    for args, told in (
        ((), "name --sqlite FILE or --parquet DIR"),
        (("--metadata", place), "name --sqlite FILE"),
        (("--parquet", place, "--metadata", place), "name --sqlite FILE too"),
        (("--parquet", place, "--sqlite", place), "named twice"),
    ):
        reply = run("export", *args)
        assert (reply.status, told in reply.stderr) == (2, True), reply.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_parquet_files_hold_the_tables_of_the_database(run: Run, database: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra tajsec[parquet] is not installed")
    folder = tmp_path / "tables"
    assert run("export", "--parquet", str(folder)).status == 0
    with closing(sqlite3.connect(database)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("facts_fts")]
        assert sorted(path.name for path in folder.iterdir()) == sorted(f"{table}.parquet" for table in tables)
        for name in tables:
            table = parquet.read_table(folder / f"{name}.parquet")
            cells = [
                [str(cell) if isinstance(cell, date) else cell for cell in row.values()] for row in table.to_pylist()
            ]
            assert cells == [list(row) for row in db.execute(f"SELECT * FROM {name} ORDER BY rowid")], name
            assert table.schema.metadata[b"description"].decode() == ABOUT[name]
    facts = parquet.read_schema(folder / "facts.parquet")
    assert [str(facts.field(name).type) for name in ("number", "happened", "happened_first")] == [
        "int64", "string", "date32[day]",
    ]  # fmt: skip
    assert (facts.field("statement").nullable, facts.field("as_of").nullable) == (False, True)
    assert str(parquet.read_schema(folder / "quantities.parquet").field("value").type) == "double"


def test_a_folder_of_tables_is_kept_unless_forced_and_one_of_other_files_always(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra tajsec[parquet] is not installed")
    folder, other = tmp_path / "tables", tmp_path / "other"
    folder.mkdir()
    (folder / ".DS_Store").touch()
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    args = ("export", "--status", "planned", "--parquet", str(folder))
    assert run(*args).status == 0
    kept = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
    assert "--force replaces it" in run("export", "--parquet", str(folder)).stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.parquet")} == kept
    assert json.loads(run("export", "--parquet", str(folder), "--force", "--json").text)["count"] == len(kept)
    assert (folder / "facts.parquet").read_bytes() != kept["facts.parquet"]
    refused = run("export", "--parquet", str(other), "--sqlite", str(tmp_path / "a.db"), "--force")
    assert (refused.status, "holds other files, such as letter.txt" in refused.stderr) == (2, True)
    assert run("export", "--parquet", str(other / "letter.txt"), "--force").status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "tables"]


def test_tables_that_cannot_be_written_whole_leave_those_that_were_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet = pytest.importorskip("tajsec.output.parquet", reason="the extra tajsec[parquet] is not installed")
    args = ("export", "--parquet", str(tmp_path / "tables"))
    assert run(*args).status == 0
    kept = (tmp_path / "tables" / "facts.parquet").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(parquet, "write_table", fail)
    reply = run(*args, "--status", "planned", "--force")
    assert (reply.status, reply.stderr.endswith("cannot be written: No space left on device\n")) == (2, True)
    assert run("export", "--parquet", str(tmp_path / "new")).status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert not list((tmp_path / "tables").glob(".*"))
    assert (tmp_path / "tables" / "facts.parquet").read_bytes() == kept


def test_without_pyarrow_the_command_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "tajsec.output.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reply = run("export", "--parquet", str(tmp_path / "tables"), "--sqlite", str(tmp_path / "a.db"))
    assert reply == Reply(stderr="tajsec: error: --parquet needs pyarrow; install tajsec[parquet]\n", status=2)
    assert list(tmp_path.iterdir()) == []


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
