"""What the terminal has decides the form of an answer: a table or lines, colour, and bars on stderr."""

from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


def test_a_terminal_gets_a_table_unless_it_is_too_narrow(run: Run) -> None:
    assert "───" in run("search", "radios", tty=80).text
    assert run("search", "radios", tty=39).text == run("search", "radios").text


def test_colour_is_for_terminals_that_have_it(run: Run) -> None:
    assert "\x1b[" not in run("list", tty=80).text
    assert "\x1b[" in run("list", tty=80, color=True).text
    assert "\x1b[" in run("list", "--color", "always", "--format", "table").text
    assert "\x1b[" not in run("list", "--color", "never", tty=80, color=True).text


def test_the_bars_of_long_tasks_are_drawn_on_stderr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    from tajsec.output.rich_tables import counting, progress

    with counting("facts compiled") as tell:
        tell(1000)
    with progress(2) as of_source:
        of_source("nato-2017")(10, 100)
    assert capsys.readouterr().out == ""
