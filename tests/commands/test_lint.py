"""`tajsec lint`: every problem at once."""

import json
from collections.abc import Callable
from pathlib import Path

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


def test_a_broken_pack_is_one_line_and_lint_gives_them_all(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"').replace('["gear"]', '["gaer"]'))
    reply = run("list", "--facts", str(small))
    assert (reply.text, reply.status) == ("", 2)
    assert reply.stderr.endswith("(and 1 more: run tajsec lint)\n")
    linted = run("lint", str(small))
    assert linted.status == 2
    assert [line[-6:] for line in linted.text.splitlines()] == ["[T303]", "[T204]"]


def test_lint_in_json_names_code_file_line_and_path(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"'))
    found = json.loads(run("lint", str(small), "--json").text)
    assert {**found["problems"][0], "what": "", "file": ""} == {
        "code": "T204", "level": "error", "file": "", "line": 7, "path": "fact[0].status", "what": "", "fixed": False,
        "about": "tajsec help T204",
    }  # fmt: skip
