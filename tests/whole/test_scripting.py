"""What programs read: JSON of the shapes that the schemas describe, and the examples of docs/scripting.md."""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tajsec.cli.terminal import Reply
from tajsec.output import schemas
from tajsec.output.export import ABOUT

ROOT = Path(__file__).parents[2]
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
    "places": (("places",), ("places", "--topic", "training")),
    "source": (("show", "nato-2017", "voa-2013"),),
    "sources": (("sources",),),
    "coverage": (("coverage",),),
    "todo": (("coverage", "--todo"),),
    "differences": (("differences",),),
    "lint": (("lint",),),
    "cache": (("cache",),),
    "cite": (
        ("cite", "radios-delivered"), ("cite", "radios-delivered", "--style", "apa"),
        ("cite", "radios-delivered", "radios-provided-rounded", "--style", "ieee"),
    ),
    "open": (("open", "radios-delivered", "--print"),),
    "factcheck": (("factcheck", str(ROOT / "CHANGELOG.md")),),
    "verify": (("verify", "radios-delivered"),),
    "fields": (("list", "--fields", "id,when"),),
}  # fmt: skip
DOCUMENT = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")

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
    changed = json.loads(run("changes", str(small), str(other), "--json").text)
    assert changed["count"]
    Draft202012Validator(schemas.schema("changes")).validate(changed)
    next(other.rglob("*.toml")).write_text("nonsense = 1\n", encoding="utf-8")
    problems = json.loads(run("lint", str(other), "--json").text)
    assert problems["count"]
    Draft202012Validator(schemas.schema("lint")).validate(problems)


def test_the_examples_of_the_document_work(
    run: Run, tmp_path: Path, write_small: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_small(tmp_path / "my-facts")
    lines = re.findall(r"^tajsec ([^|#\n]*)", DOCUMENT, re.MULTILINE)
    assert len(lines) > 5
    for line in lines:
        assert run(*shlex.split(line)).status == 0, line


def test_the_document_names_every_table_of_the_database() -> None:
    assert all(f"`{table}`" in DOCUMENT for table in ABOUT)
