"""What the tool says of itself: pages on one screen whose examples run, topics that are true, and near names."""

import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.app import COMMANDS, SECTIONS
from tajsec.cli.app import run as run_cli
from tajsec.cli.options import FILTERS, LISTING, STATUSES
from tajsec.cli.terminal import Environment, Reply
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.generate.commands import Command, commands
from tajsec.search.typed_dates import find_dates
from tajsec.text.dates import parse

Run = Callable[..., Reply]
SCREEN = 24
"""Lines of a terminal as it opens."""


@pytest.mark.parametrize("command", [*COMMANDS, *TOPICS])
def test_a_page_fits_a_screen(run: Run, command: str) -> None:
    lines = run("help", command).text.splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 80


def test_help_of_a_command_is_the_page_that_it_gives_itself(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "--help").status == 0
    assert run("help", "search") == Reply(text=capsys.readouterr().out)


@pytest.mark.parametrize("line", ["", "help", "--help"])
def test_the_list_of_commands_names_each_once_under_a_heading(
    run: Run, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    shown = run(*line.split()).text or capsys.readouterr().out
    listed = sorted(name for names in SECTIONS.values() for name in names)
    assert listed == sorted(COMMANDS), "list each command under one heading of tajsec.cli.app.SECTIONS"
    for heading, names in SECTIONS.items():
        section = shown.partition(f"{heading}:\n")[2].partition("\n\n")[0]
        assert [row.split()[0] for row in section.splitlines()] == names
    assert all(topic in shown for topic in TOPICS)


def test_a_topic_is_never_taken_for_a_command() -> None:
    assert set(TOPICS).isdisjoint(COMMANDS)


# ---------------------------------------------------------------- examples


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
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_a_command_has_two_examples_that_show_something(cache: Path, desk: Path, command: Command) -> None:
    assert len(command.examples) == 2
    own = command.name == "cache"  # what the other tests keep stays
    around = Environment(cache=str(desk / "kept" if own else cache))
    if own:
        run_cli(["list", "--facts", "my-facts"], around, {})
    for example in command.examples:
        line, _, file = example.partition(" > ")
        tool, name, *args = shlex.split(line)
        assert (tool, name) == ("tajsec", command.name)
        reply = run_cli([name, *args], around, {})
        if command.name == "pick":  # tests/test_pick.py runs it in a terminal
            assert reply.stderr.startswith("tajsec: error: there is no terminal")
            continue
        assert (reply.status, reply.stderr.startswith("tajsec: error")) == (0, False)
        assert reply.text or reply.stderr
        if file.endswith(".toml"):  # a record is drafted; somebody fills it in
            (desk / file).write_text(f'publisher = "P"\nurl = "https://example.org"\n{reply.text}', encoding="utf-8")


# ---------------------------------------------------------------- topics


def rows(topic: str) -> list[list[str]]:
    """Give the rows of the tables of a topic: lines that are set in, cut where two spaces stand."""
    lines = topic_text(topic).splitlines()
    return [re.split(r" {2,}", line.strip(), maxsplit=1) for line in lines if line.startswith("    ")]


def test_the_formats_are_those_of_the_code() -> None:
    assert [row[0] for row in rows("formats")] == list(LISTING)


def test_the_filters_and_statuses_are_those_of_the_code() -> None:
    table = {row[0].split()[0]: row[-1] for row in rows("filters") if row[0].startswith("--")}
    assert list(table) == [f"--{name}" for name in FILTERS]
    assert re.findall(r"\w+", table["--status"].replace(" or ", " ")) == list(STATUSES)


def test_dates_are_shown_as_the_topic_says() -> None:
    table = [row for row in rows("dates") if len(row) == 2]
    assert len(table) == 9
    assert [parse(date).words for date, _ in table] == [words for _, words in table]


def test_dates_as_people_type_them_are_read_whole() -> None:
    typed = [each.strip() for row in rows("dates") if len(row) == 1 for each in row[0].split(",")]
    assert len(typed) == 10
    for each in typed:
        (date,) = find_dates(each)
        assert each.split()[0] in ("since", "before", "in") or date.text == each


@pytest.mark.parametrize("topic", TOPICS)
def test_every_line_of_a_topic_that_calls_the_tool_finds_something(run: Run, topic: str) -> None:
    for line, *_ in rows(topic):
        if line.startswith("tajsec "):
            assert run(*shlex.split(re.split(r" > |\|\|", line)[0])[1:]).status == 0


def test_the_exit_codes_are_those_that_commands_give(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {run(*line.split()).status for line in ("list", "search blorptwix", "list --since 2060", "show nothing")}
    monkeypatch.setattr("tajsec.store.open.open_store", lambda *_, **__: 1 / 0)
    given.add(run("list").status)
    from_outside = {130, 141}  # a signal ends the process; tests/test_process.py closes a pipe
    assert {int(row[0]) for row in rows("exit-codes") if row[0].isdigit()} == given | from_outside


# ---------------------------------------------------------------- mistyped


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("serch radios", "unknown command 'serch'; did you mean search?"),
        ("help serch", "unknown command or topic 'serch'; did you mean search?"),
        ("help fromats", "unknown command or topic 'fromats'; did you mean formats?"),
        ("help blorptwix", "unknown command or topic 'blorptwix'; `tajsec help` lists them"),
        ("search --acter nato", "unknown option '--acter'; did you mean --actor?"),
        ("search --blorp", "unknown option '--blorp'; `tajsec search --help` lists them"),
        ("verify -q", "unknown option '-q'; `tajsec verify --help` lists them"),
        ("--jsn list", "unknown option '--jsn'; a command's own stand after its name; `tajsec --help` lists them"),
        ("list --format jsn", "--format jsn: did you mean json?"),
        ("list --format=jsn", "--format jsn: did you mean json?"),
        ("list --status plannd", "--status plannd: did you mean planned?"),
        ("list --color x", "--color x: none of auto, always, never; name one"),
        ("completion fihs", "SHELL fihs: did you mean fish?"),
        ("completion", "SHELL is missing; `tajsec completion --help` shows how"),
        ("list --limit x", "--limit: 'x' is not a valid integer range; `tajsec list --help` shows how"),
        ("list --limit", "option '--limit' requires an argument; `tajsec list --help` shows how"),
        ("open a b", "got unexpected extra argument (b); `tajsec open --help` shows how"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_one_line_with_near_names_and_status_two(run: Run, line: str, message: str) -> None:
    assert run(*line.split()) == Reply(stderr=f"tajsec: error: {message}\n", status=2)
