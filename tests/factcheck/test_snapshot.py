"""The facts of an older store, and what changed of those that a draft cites."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.errors import UsageError
from tajsec.factcheck.draft import check_draft
from tajsec.factcheck.snapshot import read_snapshot
from tajsec.store.open import open_store

DRAFT = "The United States gave over 7 radios in 2019 [@seven-radios]."


def why(small: Path, older: Path) -> tuple[str, str]:
    found = check_draft(open_store([small]), DRAFT, wrapped=True, older=read_snapshot(older))
    (mark,) = [each for each in found if each.kind == "mark"]
    return mark.flag, mark.why


@pytest.fixture
def forms(small: Path, tmp_path: Path, run: Callable) -> dict[str, Path]:
    """The same facts as a folder, as JSON and as JSON Lines."""
    found = {"folder": tmp_path / "old", "json": tmp_path / "old.json", "jsonl": tmp_path / "old.jsonl"}
    shutil.copytree(small, found["folder"])
    for format in ("json", "jsonl"):
        text = run("list", "--facts", str(small), "--format", format).text
        found[format].write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize("form", ["folder", "json", "jsonl"])
def test_what_changed_since_is_said(small: Path, forms: dict[str, Path], form: str) -> None:
    assert why(small, forms[form]) == ("agrees", "")
    path = small / "facts" / "gear.toml"
    changed = path.read_text(encoding="utf-8").replace("in 2019", "during 2019").replace('"walkie-talkies"', '"comms"')
    path.write_text(changed, encoding="utf-8")
    assert why(small, forms[form]) == ("outdated", "changed since: statement")


def test_a_fact_that_the_older_store_lacks_is_new(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"facts": []}', encoding="utf-8")
    assert why(small, path) == ("outdated", "new since")


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "5", "nonsense", '{"facts": 5}', '{"facts": [5]}', '{"id": 5}\n', '{"id": "a"}\n{',
      '{"facts": [{}]}', '{"facts": [{"id": "a"}]}',
     '{"facts": [{"id": "a", "statement": "b", "when": "x"}]}', "[" * 100_000,
     '{"facts": [{"id": 1, "statement": 2}]}'],
)  # fmt: skip
def test_what_is_no_list_of_facts_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.json: not a list of facts in JSON; name a folder"):
        read_snapshot(path)


def test_lists_that_are_not_facts_are_checked_whole(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps({"id": "a", "statement": "b", "quantities": [5]}), encoding="utf-8")
    with pytest.raises(UsageError):
        read_snapshot(path)
