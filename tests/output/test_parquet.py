"""The tables of the database as Parquet files."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.output.export import ABOUT

Run = Callable[..., Reply]


def test_the_parquet_files_hold_the_tables_of_the_database(run: Run, database: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra tajsec[parquet] is not installed")
    folder = tmp_path / "tables"
    assert run("export", "--parquet", str(folder)).status == 0
    with closing(sqlite3.connect(database)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("facts_fts")]
        written = sorted(path.name for path in folder.glob("*.parquet"))
        assert written == sorted(f"{table}.parquet" for table in tables)
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
    assert (
        reply.status,
        reply.stderr.endswith("cannot be written: No space left on device; mend that, or name another\n"),
    ) == (2, True)
    assert run("export", "--parquet", str(tmp_path / "new")).status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert not list((tmp_path / "tables").glob(".*"))
    assert (tmp_path / "tables" / "facts.parquet").read_bytes() == kept
