"""What the terminal has decides the form of an answer: a table or lines, colour, and bars on stderr."""

from collections.abc import Callable

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


def test_a_terminal_gets_a_table_unless_it_is_too_narrow(run: Run) -> None:
    assert "───" in run("list", tty=80).text
    assert run("search", "radios", tty=40).text != run("search", "radios").text
    assert run("search", "radios", tty=39).text == run("search", "radios").text


def test_colour_is_for_terminals_that_have_it(run: Run) -> None:
    assert "\x1b[" not in run("list", tty=80).text
    assert "\x1b[" in run("list", tty=80, color=True).text
    assert "\x1b[" in run("list", "--color", "always", "--format", "table").text
    assert "\x1b[" not in run("list", "--color", "never", tty=80, color=True).text
