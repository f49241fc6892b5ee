"""What differs between two stores, folders or wheels."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from strategies import examples, words

from tajsec.check.changes import changes
from tajsec.cli.terminal import Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read

Run = Callable[..., Reply]
RunJson = Callable[..., dict]
FACT = "facts/gear.toml"


@pytest.fixture
def newer(small: Path, tmp_path: Path) -> Path:
    """A copy of the small store."""
    return Path(shutil.copytree(small, tmp_path / "newer"))


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))


def wheel(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for each in folder.rglob("*.toml"):
            archive.write(each, f"tajsec/{each.relative_to(folder).as_posix()}")
    return path


def test_a_store_and_itself_do_not_differ(run: Run, small: Path) -> None:
    reply = run("changes", str(small), str(small))
    assert (reply.text, reply.stderr, reply.status) == ("", "tajsec: no difference\n", 1)
    shipped = read(folders_of([]))
    assert changes(shipped, shipped) == []


def test_a_changed_fact_names_its_keys_with_both_values(run_json: RunJson, small: Path, newer: Path) -> None:
    edit(newer, FACT, "over 7 radios in 2019", "over 7 radios in all in 2019")
    (change,) = run_json("changes", str(small), str(newer))["changes"]
    assert (change["change"], change["kind"], change["id"]) == ("changed", "fact", "seven-radios")
    assert [each["key"] for each in change["keys"]] == ["statement", "content_hash"]
    assert change["keys"][0]["was"] == "The United States gave over 7 radios in 2019."
    assert change["keys"][0]["now"] == "The United States gave over 7 radios in all in 2019."


def test_added_withdrawn_and_removed_facts_are_told_apart(run_json: RunJson, small: Path, newer: Path) -> None:
    text = (newer / FACT).read_text()
    (newer / FACT).write_text(text + 'withdrawn = "the count was wrong"\n' + text.replace("seven-", "other-"))
    assert [(each["change"], each["id"]) for each in run_json("changes", str(small), str(newer))["changes"]] == [
        ("withdrawn", "seven-radios"), ("added", "other-radios"),
    ]  # fmt: skip
    assert [(each["change"], each["id"]) for each in run_json("changes", str(newer), str(small))["changes"]] == [
        ("changed", "seven-radios"), ("removed", "other-radios"),
    ]  # fmt: skip


def test_a_source_that_was_sealed_again_is_a_change(run: Run, small: Path, newer: Path) -> None:
    edit(newer, "seeds/paper.toml", f'text_sha256 = "{"a" * 64}"', f'text_sha256 = "{"b" * 64}"')
    assert run("changes", str(small), str(newer)).text.startswith("paper\tchanged\tsource\ttext_sha256\t")


def test_wheels_are_compared_as_folders_are(run_json: RunJson, small: Path, newer: Path, tmp_path: Path) -> None:
    edit(newer, FACT, '"completed"', '"stated"')
    old, new = wheel(small, tmp_path / "old.whl"), wheel(newer, tmp_path / "new.whl")
    (change,) = run_json("changes", str(old), str(new))["changes"]
    assert [each["key"] for each in change["keys"]] == ["status", "content_hash"]
    assert run_json("changes", str(old), str(newer))["changes"] == [change]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no archive", "neither a folder nor a wheel; name a folder of facts or a wheel of tajsec"),
        (None, "neither a folder nor a wheel; name a folder of facts or a wheel of tajsec"),
    ],
)
def test_what_is_no_store_is_one_line(
    run: Run, small: Path, tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "other.whl"
    if content:
        path.write_bytes(content)
    reply = run("changes", str(small), str(path))
    assert (reply.status, reply.stderr) == (2, f"tajsec: error: {path}: {message}\n")


def test_a_wheel_of_something_else_is_refused(run: Run, small: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other/__init__.py", "")
    assert (
        run("changes", str(small), str(path)).stderr
        == f"tajsec: error: {path}: holds no facts; name a wheel of tajsec\n"
    )


def test_a_file_in_a_wheel_that_unpacks_without_end_is_refused(run: Run, small: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tajsec/facts/a.toml", b"#" * (8 * 2**20))
    reply = run("changes", str(small), str(path))
    assert reply.status == 2
    assert "over 4 MiB; split it" in reply.stderr


@examples(25)
@given(word=words)
def test_a_change_is_found_in_both_directions(small: Path, tmp_path: Path, word: str) -> None:
    newer = tmp_path / "law"
    shutil.rmtree(newer, ignore_errors=True)
    shutil.copytree(small, newer)
    edit(newer, FACT, "The United States gave", f"The {word} United States gave")
    old, new = read(folders_of([small])), read(folders_of([newer]))
    there, back = changes(old, new), changes(new, old)
    assert [each.id for each in there] == [each.id for each in back] == ["seven-radios"]
    assert [(each.key, each.was, each.now) for each in there[0].keys] == [
        (each.key, each.now, each.was) for each in back[0].keys
    ]
    assert changes(new, new) == []


@pytest.mark.parametrize(
    ("file", "more", "reason"),
    [
        (FACT, 'withdrawn = "The count was wrong."', "The count was wrong"),
        (FACT, 'withdrawn = "a misprint"\nnotes = "See the errata."', "a misprint; See the errata"),
        (FACT, 'inferred = { when = "the paper is of 2019" }', "the paper is of 2019"),
        (FACT, 'derived = { 2019 = "the year of the paper" }', "the year of the paper"),
        (FACT, 'rank = "preferred"', None),
        (
            "seeds/paper.toml",
            'erratum = [{ passage = 2, says = "gave over 7 radios", right = "8", evidence = "a letter" }]',
            "a letter",
        ),
    ],
)
def test_the_reason_is_what_the_record_explains_anew(
    run_json: RunJson, small: Path, newer: Path, file: str, more: str, reason: str | None
) -> None:
    path = newer / file
    text = path.read_text()
    path.write_text(f"{more}\n{text}" if file != FACT else f"{text}{more}\n")
    (change,) = run_json("changes", str(small), str(newer))["changes"]
    assert change["reason"] == reason
    assert run_json("changes", str(newer), str(small))["changes"][0]["reason"] is None
