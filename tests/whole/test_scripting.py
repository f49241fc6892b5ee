"""What programs read: chosen fields, schemas, and what is exported."""

import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable
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


def test_schema_lists_the_shapes_and_prints_one(run: Run) -> None:
    assert [line.split("\t")[0] for line in run("schema").text.splitlines()] == schemas.names()
    assert json.loads(run("schema", "list").text) == schemas.schema("list")
    reply = run("schema", "serch")
    assert (reply.status, "did you mean search?" in reply.talk) == (2, True)


# ---------------------------------------------------------------- fields


def test_jsonl_is_short_for_its_format(run: Run) -> None:
    assert run("topics", "--jsonl").text == run("topics", "--format", "jsonl").text
    assert run("topics", "--jsonl", "--json").status == 2
    assert run("topics", "--jsonl", "--format", "csv").status == 2


# ---------------------------------------------------------------- export


def test_the_export_tells_programs_what_it_wrote(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    record = json.loads(run("export", "--status", "planned", "--sqlite", str(path), "--json").text)
    Draft202012Validator(schemas.schema("export")).validate(record)
    assert record["files"] == [{"path": str(path), "bytes": path.stat().st_size}]
    assert record["total"] == json.loads(run("list", "--status", "planned", "--json").text)["total"]


def test_a_file_that_exists_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh.db"
    kept.write_text("mine", encoding="utf-8")
    for args in (("--sqlite", str(kept)), ("--sqlite", str(fresh), "--metadata", str(kept))):
        reply = run("export", *args)
        assert (reply.status, "--force replaces it" in reply.talk) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text(encoding="utf-8") == "mine"
    assert run("export", "--sqlite", str(kept), "--force").status == 0
    assert kept.read_bytes().startswith(b"SQLite format 3")
    assert run("export", "--sqlite", str(fresh), "--metadata", str(fresh)).status == 2
    for path in (tmp_path / "none" / "a.db", tmp_path / ("long" * 100)):
        for option in ("--sqlite", "--parquet"):
            reply = run("export", option, str(path))
            assert (reply.status, "cannot be written: " in reply.talk) == (2, True), reply.talk


def test_nothing_to_write_and_places_named_twice_are_told(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "x")
    for args, told in (
        ((), "name --sqlite FILE or --parquet DIR"),
        (("--metadata", place), "name --sqlite FILE"),
        (("--parquet", place, "--metadata", place), "name --sqlite FILE too"),
        (("--parquet", place, "--sqlite", place), "named twice"),
    ):
        reply = run("export", *args)
        assert (reply.status, told in reply.talk) == (2, True), reply.talk
    assert list(tmp_path.iterdir()) == []


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
    assert "--force replaces it" in run("export", "--parquet", str(folder)).talk
    assert {path.name: path.read_bytes() for path in folder.glob("*.parquet")} == kept
    assert json.loads(run("export", "--parquet", str(folder), "--force", "--json").text)["count"] == len(kept)
    assert (folder / "facts.parquet").read_bytes() != kept["facts.parquet"]
    refused = run("export", "--parquet", str(other), "--sqlite", str(tmp_path / "a.db"), "--force")
    assert (refused.status, "holds other files, such as letter.txt" in refused.talk) == (2, True)
    assert run("export", "--parquet", str(other / "letter.txt"), "--force").status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "tables"]


def test_without_pyarrow_the_command_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "tajsec.output.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reply = run("export", "--parquet", str(tmp_path / "tables"), "--sqlite", str(tmp_path / "a.db"))
    assert reply == Reply(talk="tajsec: error: --parquet needs pyarrow; install tajsec[parquet]\n", status=2)
    assert list(tmp_path.iterdir()) == []


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
