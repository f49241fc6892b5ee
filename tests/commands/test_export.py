"""`tajsec export`: a database and tables that others read."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tajsec.cli.terminal import Reply
from tajsec.output import schemas

Run = Callable[..., Reply]


@pytest.fixture
def database(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    assert run("export", "--sqlite", str(path), "--metadata", str(tmp_path / "facts.json")).status == 0
    return path


def test_the_export_tells_programs_what_it_wrote(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    record = json.loads(run("export", "--status", "planned", "--sqlite", str(path), "--json").text)
    Draft202012Validator(schemas.schema("export")).validate(record)
    assert record["files"] == [{"path": str(path), "bytes": path.stat().st_size}]
    assert record["total"] == json.loads(run("list", "--status", "planned", "--json").text)["total"]


def test_a_page_has_the_facts_that_the_filters_take(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.html"
    record = json.loads(run("export", "--status", "planned", "--html", str(path), "--json").text)
    assert record["files"] == [{"path": str(path), "bytes": path.stat().st_size}]
    assert path.read_text(encoding="utf-8").count("<summary>") == record["total"]
    assert run("export", "--since", "2090", "--html", str(path), "--force").status == 0
    assert "<summary>" not in path.read_text(encoding="utf-8")


def test_a_file_that_exists_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh.db"
    kept.write_text("mine", encoding="utf-8")
    for args in (("--sqlite", str(kept)), ("--sqlite", str(fresh), "--metadata", str(kept))):
        reply = run("export", *args)
        assert (reply.status, "--force replaces it" in reply.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text(encoding="utf-8") == "mine"
    assert "--force replaces it" in run("export", "--html", str(kept)).stderr
    assert run("export", "--sqlite", str(kept), "--force").status == 0
    assert kept.read_bytes().startswith(b"SQLite format 3")
    assert run("export", "--sqlite", str(fresh), "--metadata", str(fresh)).status == 2
    for path in (tmp_path / "none" / "a.db", tmp_path / ("long" * 64)):
        for option in ("--sqlite", "--parquet", "--tables", "--web-annotations", "--html"):
            reply = run("export", option, str(path))
            assert (reply.status, "cannot be written: " in reply.stderr) == (2, True), reply.stderr


def test_nothing_to_write_and_places_named_twice_are_told(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "x")
    for args, told in (
        ((), "name --sqlite FILE, --tables DIR, --parquet DIR, --web-annotations FILE or --html FILE"),
        (("--sqlite", place, "--html", place), "named twice"),
        (("--metadata", place), "name --sqlite FILE"),
        (("--parquet", place, "--metadata", place), "name --sqlite FILE too"),
        (("--parquet", place, "--sqlite", place), "named twice"),
        (("--parquet", place, "--tables", place), "named twice"),
        (("--web-annotations", place, "--tables", place), "named twice"),
    ):
        reply = run("export", *args)
        assert (reply.status, told in reply.stderr) == (2, True), reply.stderr
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
    assert "--force replaces it" in run("export", "--parquet", str(folder)).stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.parquet")} == kept
    assert json.loads(run("export", "--parquet", str(folder), "--force", "--json").text)["count"] == len(kept) + 1
    assert (folder / "facts.parquet").read_bytes() != kept["facts.parquet"]
    refused = run("export", "--parquet", str(other), "--sqlite", str(tmp_path / "a.db"), "--force")
    assert (refused.status, "holds other files, such as letter.txt" in refused.stderr) == (2, True)
    assert run("export", "--parquet", str(other / "letter.txt"), "--force").status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "tables"]


def test_without_pyarrow_the_command_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "tajsec.output.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reply = run("export", "--parquet", str(tmp_path / "tables"), "--sqlite", str(tmp_path / "a.db"))
    assert reply == Reply(stderr="tajsec: error: --parquet needs pyarrow; install tajsec[parquet]\n", status=2)
    assert list(tmp_path.iterdir()) == []
