"""What programs read: chosen fields, schemas, and what is exported."""

import csv
import errno
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tajsec.cli.app import COMMANDS
from tajsec.cli.terminal import Reply
from tajsec.output import schemas
from tajsec.output.export import ABOUT

OUTPUTS = {
    "search": (
        ("search", "radios", "--explain"), ("search", "submarines"), ("search", "--topic", "equipment"),
        ("search", "radios", "--actor", "russia", "--since", "2012"),
    ),
    "list": (("list",), ("list", "--status", "planned", "--place", "dushanbe", "--until", "2013")),
    "show": (("show", "radios-delivered"),),
    "timeline": (("timeline",),),
    "summary": (("summary", "equipment"), ("summary", "russian-base")),
    "summaries": (("summary",),),
    "topics": (("topics",),),
    "actors": (("actors",),),
    "sources": (("sources",),),
    "coverage": (("coverage",),),
    "disputes": (("disputes",),),
    "lint": (("lint",),),
    "cache": (("cache",),),
    "cite": (
        ("cite", "radios-delivered"), ("cite", "radios-delivered", "--style", "apa"),
        ("cite", "radios-delivered", "radios-provided-rounded", "--style", "ieee"),
    ),
    "open": (("open", "radios-delivered", "--print"),),
    "verify": (("verify", "radios-delivered"),),
    "fields": (("list", "--fields", "id,when"),),
}  # fmt: skip
LISTINGS = [
    ("search", "radios"), ("list",), ("show", "radios-delivered"), ("timeline",), ("summary", "equipment"),
    ("summary",), ("topics",), ("actors",), ("sources",), ("coverage",), ("disputes",),
]  # fmt: skip
Run = Callable[..., Reply]


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_a_command_prints_has_the_shape_of_its_schema(run: Run, name: str) -> None:
    validator = Draft202012Validator(schemas.schema(name))
    for args in OUTPUTS[name]:
        record = json.loads(run(*args, "--json").text)
        assert record["schema"] == f"tajsec/{name}/1"
        validator.validate(record)


def test_what_diff_and_a_failing_lint_print_has_the_shape_of_the_schema(run: Run, small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(small, other)
    for path in other.rglob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace("over 7 radios in", "over 7 radios during"))
    changed = json.loads(run("diff", str(small), str(other), "--json").text)
    assert changed["count"]
    Draft202012Validator(schemas.schema("diff")).validate(changed)
    next(other.rglob("*.toml")).write_text("nonsense = 1\n", encoding="utf-8")
    problems = json.loads(run("lint", str(other), "--json").text)
    assert problems["count"]
    Draft202012Validator(schemas.schema("lint")).validate(problems)


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_one_stands_alone_and_describes_every_key(name: str) -> None:
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    assert "parts.json" not in json.dumps(schema)
    for part in _objects(schema):
        for key, value in part.get("properties", {}).items():
            assert "$ref" in value or value["description"], key
        if name != "fields" and "properties" in part:
            assert part["additionalProperties"] is False


def _objects(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        if value.get("type") == "object":
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def test_a_changed_key_breaks_the_schema(run_json: Callable[..., dict]) -> None:
    validator = Draft202012Validator(schemas.schema("show"))
    record = run_json("show", "radios-delivered")
    record["facts"][0]["cites"][0]["words"] = record["facts"][0]["cites"][0].pop("quote")
    assert len(list(validator.iter_errors(record))) == 2


def test_schema_lists_the_shapes_and_prints_one(run: Run) -> None:
    assert [line.split("\t")[0] for line in run("schema").text.splitlines()] == schemas.names()
    assert json.loads(run("schema", "list").text) == schemas.schema("list")
    reply = run("schema", "serch")
    assert (reply.status, "did you mean search?" in reply.stderr) == (2, True)


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize("args", LISTINGS, ids=" ".join)
def test_every_listing_shows_chosen_fields_and_refuses_unknown_ones(run: Run, args: tuple[str, ...]) -> None:
    field = "prefer" if args[0] == "disputes" else "id"
    records = run(*args, "--fields", field, "--jsonl").text.splitlines()
    assert records
    assert all(list(json.loads(record)) == [field] for record in records)
    wrong = run(*args, "--fields", f"{field},colour")
    assert (wrong.status, wrong.text) == (2, "")
    assert "unknown field 'colour'" in wrong.stderr
    assert field in wrong.stderr


@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv", "tsv", "markdown"])
def test_every_format_shows_chosen_fields(run: Run, form: str) -> None:
    text = run("topics", "--fields", "facts", "--format", form, tty=80).text
    assert text
    assert "equipment" not in text.lower()


def test_fields_come_in_the_order_in_which_they_are_named(run: Run) -> None:
    args = ("show", "radios-delivered", "--fields", "status,id,cites.passage,figures")
    row = ["completed", "radios-delivered", "8; 6", "4862 radios"]
    assert run(*args).text == "\t".join(row) + "\n"
    header = ["status", "id", "cites.passage", "figures"]
    assert list(csv.reader(io.StringIO(run(*args, "--format", "csv").text))) == [header, row]
    record = json.loads(run(*args, "--jsonl").text)
    assert list(record.items()) == list(zip(header, [*row[:2], [8, 6], ["4862 radios"]], strict=True))


def test_an_object_in_a_cell_is_json(run: Run) -> None:
    cell = run("show", "radios-delivered", "--fields", "quantities").text
    assert json.loads(cell)["qualifier"] == "exact"


def test_an_unknown_field_is_told_where_nothing_is_found_too(run: Run) -> None:
    assert run("search", "submarines", "--fields", "id").status == 1
    reply = run("search", "submarines", "--fields", "statemnt")
    assert (reply.status, "did you mean statement?" in reply.stderr) == (2, True)
    assert run("list", "--fields", "id,,when").status == 2


def test_jsonl_is_short_for_its_format(run: Run) -> None:
    assert run("topics", "--jsonl").text == run("topics", "--format", "jsonl").text
    assert run("topics", "--jsonl", "--json").status == 2
    assert run("topics", "--jsonl", "--format", "csv").status == 2


# ---------------------------------------------------------------- export


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


def test_every_listing_takes_jsonl_and_fields(run: Run) -> None:
    for name in COMMANDS:
        text = run(name, "--help").text
        assert ("--jsonl" in text) == ("--fields" in text), name


# ---------------------------------------------------------------- the document

DOCUMENT = (Path(__file__).parents[2] / "docs" / "scripting.md").read_text(encoding="utf-8")


def test_the_examples_of_the_document_work(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^tajsec ([^|#\n]*)", DOCUMENT, re.MULTILINE)
    assert len(lines) > 5
    for line in lines:
        assert run(*shlex.split(line)).status == 0, line


def test_the_document_names_every_table_of_the_database() -> None:
    assert all(f"`{table}`" in DOCUMENT for table in ABOUT)
