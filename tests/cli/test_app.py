"""The list of commands, and the one line of an error."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import tajsec.commands
from tajsec.cli.app import COMMANDS, SECTIONS
from tajsec.cli.terminal import Reply
from tajsec.cli.topics import TOPICS
from tajsec.errors import FailingEnvironment
from tajsec.model.protocol import Store
from tajsec.output.wording import date

Run = Callable[..., Reply]


def fail() -> None:
    """Raise what a store raises that cannot be opened."""
    raise FailingEnvironment("no SQLite")


@pytest.mark.parametrize("line", ["", "help", "--help"])
def test_the_list_of_commands_names_each_once_under_a_heading(
    run: Run, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    shown = run(*line.split()).text or capsys.readouterr().out
    assert len(COMMANDS) == sum(map(len, SECTIONS.values()))
    for heading, names in SECTIONS.items():
        section = shown.partition(f"{heading}:\n")[2].partition("\n\n")[0]
        assert [row.split()[0] for row in section.splitlines()] == list(names)
    assert all(topic in shown for topic in TOPICS)


def test_tajsec_alone_says_what_is_shipped_and_up_to_when(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts, sources = (len(run(each, "--jsonl").text.splitlines()) for each in ("list", "sources"))
    dates = [each.issued or each.updated for each in store.sources()]
    newest = max(filter(None, dates), key=lambda each: each.last)
    said = f"\n\nShipped: {facts} facts from {sources} documents, the newest of {date(str(newest))}"
    assert run(today=f"{newest.anchor.year + 6}-01-01").text.endswith(f"{said}, 5 years ago.\n")
    monkeypatch.setattr("tajsec.store.open.open_store", lambda **_: fail())
    assert "Shipped" not in run().text
    assert (run().status, run().stderr) == (0, "")


def test_sources_say_how_many_facts_there_are_and_up_to_when(run: Run, small: Path) -> None:
    shown = run("sources", "--facts", str(small), tty=100, today="2026-11-28").text
    assert shown.endswith("\n1 fact from 1 document, of 2020, 6 years ago\n")


def test_the_list_of_commands_says_of_each_what_its_own_help_says(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for command, about in COMMANDS.items():
        assert run(command, "--help").status == 0
        assert about in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show radios-delivred", "unknown fact 'radios-delivred'; did you mean radios-delivered?"),
        ("cite nothing-like-it-at-all", "unknown fact 'nothing-like-it-at-all'; `tajsec list` lists them"),
        ("list --actor rusia", "unknown actor 'rusia'; did you mean russia?"),
        ("list --topic equipmint", "unknown topic 'equipmint'; did you mean equipment?"),
        ("list --place dushanbee", "unknown place 'dushanbee'; did you mean dushanbe?"),
        ("list --source voa-2031", "unknown source 'voa-2031'; did you mean voa-2013?"),
        ("summary equipmint", "unknown topic 'equipmint'; did you mean equipment?"),
        ("serach radios", "unknown command 'serach'; did you mean tajsec search radios?"),
        ("list --since yesterday", "--since yesterday: not a date; write one such as 2012, 2012-10-05 or October 2012"),
        ("list --json --format csv", "--json and --format csv exclude each other; keep one"),
        ("list --facts /no/such/folder", "/no/such/folder: no such folder; name one that holds fact files"),
        ("search", "a query without a word; name what you look for, or use tajsec list"),
        ("search ...", "a query without a word; name what you look for, or use tajsec list"),
        ("search " + "x" * 257, "a query of 257 characters; the most is 256"),
        ("seal /no/such/file", "/no/such/file: cannot be read: No such file or directory; name a file that can"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_one_line_with_status_two(run: Run, command: str, message: str) -> None:
    reply = run(*command.split())
    assert (reply.text, reply.stderr, reply.status) == ("", f"tajsec: error: {message}\n", 2)


def test_a_bug_of_ours_is_status_70_with_details_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.store.open.open_store", lambda *_, **__: 1 / 0)
    assert run("list").stderr == (
        "tajsec: error: ZeroDivisionError: division by zero; a bug of ours; TAJSEC_DEBUG=1 shows the details\n"
    )
    reply = run("list", TAJSEC_DEBUG="1")
    assert reply.status == 70
    assert "Traceback" in reply.stderr


def test_every_command_has_a_file_of_its_name_and_no_other_file_is_there() -> None:
    folder = Path(tajsec.commands.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__") == sorted(COMMANDS)
    for name in COMMANDS:
        assert import_module(f"tajsec.commands.{name}").command.name == name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("--json search radios", "search radios --json"),
        ("--format csv list --limit 2", "list --limit 2 --format csv"),
        ("--format=csv --fields id,when list", "list --format=csv --fields id,when"),
        ("--color always --no-pager topics", "topics --color always --no-pager"),
        ("--facts {small} show seven-radios", "show seven-radios --facts {small}"),
        ("--facts {small} --json -- list", "list --facts {small} --json"),
        ("--format atom changes {small} facts", "changes {small} facts --format atom"),
    ],
)
def test_an_option_before_the_command_is_as_one_behind_it(run: Run, small: Path, before: str, after: str) -> None:
    first, second = (run(*line.format(small=small).split()) for line in (before, after))
    assert first == second
    assert first.text


def test_folders_before_and_behind_the_command_are_added_up(run: Run, small: Path) -> None:
    both = run("--facts", str(small), "list", "--facts", "/no/such/folder")
    assert both.stderr == "tajsec: error: /no/such/folder: no such folder; name one that holds fact files\n"
