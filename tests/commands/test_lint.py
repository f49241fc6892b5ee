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


def test_to_dos_alone_leave_the_status_0_and_are_counted(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("passage = 2", "passage = 1"))
    reply = run("lint", str(small))
    assert (reply.status, reply.stderr) == (0, "tajsec: no error, 1 to-do\n")
    assert reply.text.endswith("no fact cites this passage; write its facts, or mend its role  [T401, to-do]\n")
    path.write_text(path.read_text().replace("in 2019.", "in 2019").replace('["walkie-talkies"]', '["radios"]'))
    reply = run("lint", str(small))
    assert (reply.status, reply.stderr) == (2, "tajsec: 2 errors, 1 to-do\n")


def test_what_is_fixed_is_told_and_the_rest_is_still_listed(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("passage = 2", "passage = 1").replace('["walkie-talkies"]', '["radios"]'))
    found = run("lint", str(small), "--fix")
    assert (found.status, found.stderr) == (0, "tajsec: 1 fixed, no error, 1 to-do\n")
    assert [line.rpartition("  ")[2] for line in found.text.splitlines()] == ["[T404, fixed]", "[T401, to-do]"]
    assert "aliases" not in path.read_text()
    assert run("lint", str(small), "--fix").stderr == "tajsec: no error, 1 to-do\n"


def test_a_fix_needs_a_pack(run: Run, small: Path) -> None:
    reply = run("lint", "--facts", str(small), "--fix")
    assert reply.status == 2
    assert "--fix changes the files of a pack" in reply.stderr


def test_codes_are_chosen_and_left_out(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("in 2019.", "in 2019").replace('["walkie-talkies"]', '["radios"]'))
    for args, codes in (
        (["--select", "T403"], ["T403"]),
        (["--ignore", "T403"], ["T404"]),
        (["--select", "T4", "--ignore", "T403,T404"], []),
    ):
        found = json.loads(run("lint", str(small), "--json", *args).text)
        assert [each["code"] for each in found["problems"]] == codes


def test_a_file_that_cannot_be_read_is_never_passed_over(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"'))
    reply = run("lint", str(small), "--select", "T4")
    assert (reply.text, reply.status) == ("", 2)
    assert reply.stderr.startswith("tajsec: no rule (T4) was checked: 1 problem of other codes")


def test_annotations_for_github_name_file_line_and_code(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("in 2019.", "in 2019"))
    reply = run("lint", str(small), "--format", "github")
    what = "fact[0].statement: does not end with a full stop; write one sentence"
    assert reply.text == f"::error file={path},line=3,title=T403::{what}\n"
    assert reply.machine


def test_what_is_wrong_with_a_pack_itself_is_a_problem_with_file_and_line(run: Run, small: Path) -> None:
    (small / "pack.toml").write_text('id = "A pack"\n')
    found = json.loads(run("lint", str(small), "--json").text)["problems"]
    assert {each["code"] for each in found} == {"T201", "T207"}
    assert all(each["file"] == f"{small}/pack.toml" for each in found)


def test_help_and_explain_print_the_page_of_a_code(run: Run) -> None:
    assert run("help", "T407").text == run("lint", "--explain", "t407").text
    assert run("help", "T999").status == 2
