"""Plain lines, TSV, CSV, Markdown, JSON Lines."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]


RunJson = Callable[..., dict]


def test_json_lines_hold_one_whole_fact_a_line(run: Run, run_json: RunJson) -> None:
    lines = run("list", "--format", "jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == run_json("list")["facts"]


def test_csv_and_tsv_read_back_with_a_header(run: Run, store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv").text)))
    tabs = list(
        csv.DictReader(io.StringIO(run("list", "--format", "tsv").text), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    assert [row["id"] for row in rows] == [row["id"] for row in tabs] == [fact.id for fact in store.facts()]
    assert [row["statement"] for row in rows] == [fact.statement for fact in store.facts()]


def test_markdown_cells_hold_no_bare_bar(run: Run) -> None:
    lines = run("list", "--format", "markdown").text.splitlines()
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\u3000＝", "﹦", "﹢", "﹣", "﹫"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(run: Run, small: Path, sign: str) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("The United States gave", f"{sign}HYPERLINK(1) gave"), "utf-8")
    row = next(csv.DictReader(io.StringIO(run("list", "--facts", str(small), "--format", "csv").text)))
    assert row["statement"].startswith(f"'{sign}HYPERLINK")
