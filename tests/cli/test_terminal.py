"""What the terminal has decides the form of an answer: a table or lines, colour, and bars on stderr."""

import sys
from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Environment, Reply, read_environment, write

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


@pytest.mark.parametrize(
    ("environ", "links"),
    [
        ({"VTE_VERSION": "5001"}, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"WT_SESSION": "a"}, True),
        ({"KONSOLE_VERSION": "230800"}, True),
        ({"TERM": "tmux-256color", "VTE_VERSION": "6800"}, False),
        ({"TERM": "screen", "VTE_VERSION": "6800"}, False),
        ({"TERM": "dumb", "VTE_VERSION": "6800"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "VTE_VERSION": "6800"}, False),
        ({"FORCE_HYPERLINK": "", "VTE_VERSION": "6800"}, True),
        ({"NO_COLOR": "1", "VTE_VERSION": "6800"}, False),
        ({"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, False),
    ],
)
def test_links_are_for_terminals_that_are_known_to_draw_them(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], links: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert read_environment(environ).links == links


def test_a_pipe_has_links_only_if_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not read_environment({"VTE_VERSION": "6800"}).links
    assert read_environment({"FORCE_HYPERLINK": "1"}).links


ADDRESS = "https://example.org/a"
LINK = f"\x1b]8;;{ADDRESS}\x1b\\{ADDRESS}\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("reply", "links", "shown"),
    [
        (Reply(text=ADDRESS), True, LINK),
        (Reply(text=ADDRESS), False, ADDRESS),
        (Reply(text=ADDRESS, machine=True), True, ADDRESS),
        (Reply(text=ADDRESS, linkable=False), True, ADDRESS),
        (Reply(text=f"\x1b]8;;{ADDRESS}\x1b\\", styled=True), False, f"<U+001B>]8;;{ADDRESS}<U+001B>\\"),
    ],
)
def test_links_are_drawn_where_the_reply_leaves_and_nowhere_else(
    capfd: pytest.CaptureFixture[str], reply: Reply, links: bool, shown: str
) -> None:
    write(reply, Environment(links=links))
    assert capfd.readouterr().out == shown


def test_color_never_draws_no_links(run: Run) -> None:
    assert run("sources").linkable
    assert not run("sources", "--color", "never").linkable
