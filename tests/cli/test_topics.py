"""The topics of `tajsec help` say what the code does."""

import re
import shlex
from collections.abc import Callable

import pytest

from tajsec.cli.app import COMMANDS
from tajsec.cli.options import FILTERS, WITH_PAGES
from tajsec.cli.terminal import Reply
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.model.kinds import STATUSES
from tajsec.output import wording
from tajsec.search.typed_dates import find_dates
from tajsec.text.forms import fold

Run = Callable[..., Reply]


def test_a_topic_is_never_taken_for_a_command() -> None:
    assert set(TOPICS).isdisjoint(COMMANDS)


def rows(topic: str) -> list[list[str]]:
    """Return the rows of the tables of a topic: indented lines, split at two spaces."""
    lines = topic_text(topic).splitlines()
    return [re.split(r" {2,}", line.strip(), maxsplit=1) for line in lines if line.startswith("    ")]


def test_the_formats_are_those_of_the_code() -> None:
    assert [row[0] for row in rows("formats")] == list(WITH_PAGES)


def test_the_filters_and_statuses_are_those_of_the_code() -> None:
    table = {row[0].split()[0]: row[-1] for row in rows("filters") if row[0].startswith("--")}
    assert list(table) == [f"--{name}" for name in FILTERS]
    assert re.findall(r"\w+", table["--status"].replace(" or ", " ")) == list(STATUSES)


def test_dates_are_shown_as_the_topic_says() -> None:
    table = [pair for row in rows("dates") for pair in re.findall(r"(\S+)  +(\S.*?)(?=  |$)", "  ".join(row))]
    assert len(table) == 10
    assert [wording.date(date) for date, _ in table] == [words for _, words in table]


def test_dates_as_people_type_them_are_read_whole() -> None:
    typed = [each.strip() for row in rows("dates") if len(row) == 1 for each in row[0].split(",")]
    assert len(typed) == 24
    for each in typed:
        (date,) = find_dates(fold(each))
        assert each.split()[0] == "in" or date.text == fold(each)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_line_of_a_topic_that_calls_the_tool_finds_something(run: Run, topic: str) -> None:
    for line, *_ in rows(topic):
        if line.startswith("tajsec "):
            assert run(*shlex.split(re.split(r" > |\|\|", line)[0])[1:]).status == 0


def test_the_exit_codes_are_those_that_commands_give(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {run(*line.split()).status for line in ("list", "search blorptwix", "list --since 2060", "show nothing")}
    monkeypatch.setattr("tajsec.store.open.open_store", lambda *_, **__: 1 / 0)
    given.add(run("list").status)
    from_outside = {130, 141}  # a signal ends the process; tests/whole/test_process.py closes a pipe
    assert {int(row[0]) for row in rows("exit-codes") if row[0].isdigit()} == given | from_outside
