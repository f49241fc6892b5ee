"""Help pages: each on one screen, with examples that run."""

import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.app import COMMANDS, SECTIONS
from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.cli.topics import TOPICS
from tajsec.generate.commands import Command, commands

SCREEN = 24
"""Lines of a terminal as it opens."""

Run = Callable[..., Reply]


@pytest.mark.parametrize("command", [*COMMANDS, *TOPICS])
def test_a_page_fits_a_screen(run: Run, command: str) -> None:
    lines = run("help", command).text.splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 80


def test_help_of_a_command_is_the_page_that_it_gives_itself(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "--help").status == 0
    assert run("help", "search") == Reply(text=capsys.readouterr().out)


@pytest.fixture
def desk(write_small: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples name: a text, its record, packs, and wheels of two versions."""
    for name in ("my-facts", "old-facts", "new-facts"):
        write_small(tmp_path / name)
    text = (tmp_path / "new-facts" / "facts" / "gear.toml").read_text(encoding="utf-8")
    (tmp_path / "new-facts" / "facts" / "gear.toml").write_text(text.replace("over 7", "about 7"), encoding="utf-8")
    for name in ("old", "new"):
        with zipfile.ZipFile(tmp_path / f"{name}.whl", "w") as wheel:
            for path in (tmp_path / f"{name}-facts").rglob("*.toml"):
                wheel.write(path, f"tajsec/{path.relative_to(tmp_path / f'{name}-facts')}")
    (tmp_path / "page.txt").write_text("One claim.\n", encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Another claim.\n", encoding="utf-8")
    (tmp_path / "draft.md").write_text("The U.S. delivered 4,862 radios to Tajikistan.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_a_command_has_two_examples_that_show_something(  # noqa: C901 - what each command needs stands together
    cache: Path, desk: Path, command: Command
) -> None:
    assert len(command.examples) == 2
    own = command.name == "cache"  # what the other tests keep stays
    environment = Environment(cache=str(desk / "kept" if own else cache))
    if command.name == "new source":
        run_cli(["new", "pack", "my-pack", "--maintainer", "Ada"], environment, {})
    if own:
        run_cli(["list", "--facts", "my-facts"], environment, {})
    for example in command.examples:
        line, _, file = example.partition(" > ")
        tool, *args = shlex.split(line)
        name = " ".join(args[: command.name.count(" ") + 1])
        args = args[command.name.count(" ") + 1 :]
        if command.name == "pandoc":  # tests/cite/test_pandoc.py runs it in Pandoc
            assert " ".join([tool, name, *args]).startswith("pandoc draft.md --filter tajsec-pandoc --citeproc ")
            continue
        assert (tool, name) == ("tajsec", command.name)
        if command.name == "mcp":  # tests/api/test_mcp.py speaks to it
            assert args in ([], ["--facts", "my-facts"])
            continue
        if command.name.split()[0] in ("store", *SECTIONS["Sharing"]):  # tests/commands/test_store.py has a server
            continue
        if command.name == "new fact":  # tests/commands/test_new.py has the documents
            assert args[:2] == ["--pack", "my-pack"]
            continue
        reply = run_cli([*name.split(), *args], environment, {})
        if command.name == "pick":  # tests/commands/test_pick.py runs it in a terminal
            assert reply.stderr.startswith("tajsec: error: there is no terminal")
            continue
        assert (reply.status, reply.stderr.startswith("tajsec: error")) == (0, False)
        assert reply.text or reply.stderr
        if file.endswith(".toml"):  # a record is drafted; somebody fills it in
            (desk / file).write_text(f'publisher = "P"\nurl = "https://example.org"\n{reply.text}', encoding="utf-8")
