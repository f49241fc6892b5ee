"""`tajsec pick`: what is printed of the picked facts, and the whole of it on a real terminal."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.model.protocol import Store

ROOT = Path(__file__).parents[2]
TAB, SHIFT_TAB, ENTER, ESCAPE, CTRL_C, CTRL_O, CTRL_Y = "\t", "\x1b[Z", "\r", "\x1b", "\x03", "\x0f", "\x19"
PAGE_DOWN, CTRL_END = "\x1b[6~", "\x1b[1;5F"

Run = Callable[..., Reply]

pytest.importorskip("prompt_toolkit", reason="the extra tajsec[pick] is not installed")


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command while keys are pressed: what it prints is what was picked."""
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    def call(keys: str, *args: str) -> Reply:
        @contextmanager
        def terminal() -> Iterator[tuple[io.StringIO, io.StringIO]]:
            yield io.StringIO(), io.StringIO()

        with create_pipe_input() as source:
            monkeypatch.setattr("tajsec.commands.pick.terminal", terminal)
            monkeypatch.setattr("tajsec.cli.finder.terminal_of", lambda *_: (source, DummyOutput()))
            source.send_text(keys)
            return run(*args)

    return call


def test_picking_prints_the_id_the_citation_or_the_whole_fact(pressed: Run, run: Run) -> None:
    assert pressed(ENTER, "pick", "radios") == Reply(text="radios-delivered\n")
    assert pressed(ENTER, "pick", "radios", "--print", "cite").text == run("cite", "radios-delivered").text
    whole = run("show", "radios-delivered", "--json")
    assert pressed(ENTER, "pick", "radios", "--print", "json") == pressed(ENTER, "pick", "radios", "--json") == whole


def test_an_interactive_search_does_the_same_in_the_format_asked_for(pressed: Run, run: Run) -> None:
    assert pressed(ENTER, "search", "-i", "radios") == Reply(text="radios-delivered\n")
    rows = pressed(ENTER, "search", "--interactive", "radios", "--format", "csv").text
    assert rows == run("show", "radios-delivered", "--format", "csv").text
    table = pressed(ENTER, "search", "-i", "radios", "--format", "table").text
    assert "radios-delivered" in table
    assert "───" in table
    assert pressed(CTRL_END + ENTER, "search", "-i", "--all", "--topic", "science").status == 0


def test_leaving_is_status_130_and_nothing_to_pick_is_1(pressed: Run) -> None:
    assert pressed(CTRL_C, "pick") == Reply(status=130)
    assert pressed(ENTER, "pick", "xyzzy") == Reply(stderr="tajsec: nothing picked\n", status=1)


def test_filters_and_limit_bound_the_list(pressed: Run, run_json: Callable[..., dict]) -> None:
    first = run_json("list", "--actor", "russia", "--since", "2012")["facts"][0]["id"]
    assert pressed(ENTER, "pick", "--actor", "russia", "--since", "2012", "--limit", "1").text == f"{first}\n"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("pick --json --print cite", "--json and --print cite exclude each other; keep one"),
        ("search -i --explain radios", "--explain and --interactive exclude each other; keep one"),
        ("pick --actor rusia", "unknown actor 'rusia'; did you mean russia?"),
    ],
)
def test_what_cannot_be_done_is_one_line(pressed: Run, command: str, message: str) -> None:
    assert pressed(ENTER, *command.split()) == Reply(stderr=f"tajsec: error: {message}\n", status=2)


def test_a_terminal_that_cannot_be_drawn_on_is_refused(cache: Path) -> None:
    reply = run_cli(["pick"], Environment(dumb=True, cache=str(cache)), {})
    assert reply == Reply(
        stderr="tajsec: error: this terminal cannot be drawn on (TERM=dumb); use tajsec search\n", status=2
    )


def test_without_the_extra_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tajsec.cli.finder", None)
    message = "picking needs prompt_toolkit; install tajsec[pick], or use fzf as docs/picking.md shows"
    assert run("pick") == Reply(stderr=f"tajsec: error: {message}\n", status=2)


def test_without_a_terminal_it_says_so(environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tajsec", "pick"], env=environ, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, start_new_session=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "tajsec: error: there is no terminal to pick on; use tajsec search\n"


class Terminal:
    """A terminal of tmux: keys go in, the screen comes out."""

    def __init__(self, environ: dict[str, str], columns: int, rows: int) -> None:
        self._environ = environ
        self._name = f"tajsec-test-{os.getpid()}-{columns}"
        shell = "sh -c 'PS1=\"$ \" exec sh -i'"
        self._tmux("-u", "-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(rows), shell)
        self._tmux("set-option", "-s", "set-clipboard", "on")

    def _tmux(self, *args: str) -> str:
        command = ["tmux", "-L", self._name, *args]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, timeout=20).stdout

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self, *options: str) -> str:
        return self._tmux("capture-pane", "-p", *options)

    def until(self, *shown: str, without: str = "\0") -> str:
        """Wait until all of this stands on the screen, and give the screen."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            screen = self.screen()
            if all(each in screen for each in shown) and without not in screen:
                return screen
            time.sleep(0.03)
        raise AssertionError(f"{shown} not on the screen:\n{screen}")

    def clipboard(self) -> str:
        return self._tmux("show-buffer")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(environ: dict[str, str]) -> Iterator[Callable[[int, int], Terminal]]:
    """Open terminals; in them `tajsec` is the tool."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    opened = []

    def make(columns: int, rows: int, **more: str) -> Terminal:
        opened.append(Terminal({**environ, "TERM": "xterm-256color", **more}, columns, rows))
        opened[-1].until("$")
        opened[-1].press(f'tajsec() {{ {shlex.quote(sys.executable)} -m tajsec "$@"; }}; clear', "Enter")
        opened[-1].until("$", without="tajsec")
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_on_a_terminal_facts_narrow_and_the_picked_ids_go_to_stdout(
    terminal: Callable[..., Terminal], store: Store
) -> None:
    screen = terminal(80, 24)
    screen.press("echo picked: $(tajsec pick)", "Enter")
    screen.until(f"── {len(store.facts())} facts ──", " enter pick   esc leave   tab mark")
    screen.press("night vi")
    shown = screen.until(" facts ──", "── night-vision-devices-provided ──", "1,673 night vision devices", "As of")
    assert max(map(len, shown.splitlines())) == 80
    screen.press("C-y")
    screen.until("1 citation given to the clipboard")
    assert screen.clipboard().startswith(store.fact("night-vision-devices-provided").statement.removesuffix("."))
    screen.press(*["Down"] * 8, "Tab", *["Up"] * 8, "Tab", "Enter")  # the last one is marked first
    screen.until(" night-vision-devices-provided\n$", without="──")


def test_a_wide_terminal_shows_the_fact_beside_the_list_and_follows_when_it_is_resized(
    terminal: Callable[..., Terminal],
) -> None:
    screen = terminal(200, 50)
    screen.press("tajsec pick --actor nato Раҳмон 2003; echo status $?", "Enter")
    wide = screen.until(
        "> Раҳмон 2003", "actor nato", "rahmon-first-nato-hq-visit-2003", "passage 37", "Derived"
    ).splitlines()
    assert all("│" in line for line in wide[2:-1])
    screen.resize(80, 24)
    small = screen.until("more lines: shift-down", without="│").splitlines()
    assert max(map(len, small)) <= 80
    screen.resize(50, 12)
    screen.until("> Раҳмон 2003", " fact", without="── rahmon")
    screen.press("Escape")
    screen.until("status 130", without="Раҳмон\n──")


def test_no_colour_is_drawn_where_none_is_wanted_and_ascii_where_there_is_nothing_else(
    terminal: Callable[..., Terminal],
) -> None:
    screen = terminal(80, 24)
    screen.press("NO_COLOR=1 PYTHONIOENCODING=ascii tajsec pick radios", "Enter")
    screen.until("> radios", "-- radios-delivered --", "ctrl-o open source")
    shown = screen.screen("-e")
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38)m", shown)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown).isascii()
    screen.press("C-c")
    screen.until("$", without="ctrl-o")


def test_the_fzf_recipe_of_the_document_picks_with_the_search_of_the_tool(
    terminal: Callable[..., Terminal], tmp_path: Path, store: Store
) -> None:
    if not shutil.which("fzf"):
        pytest.skip("fzf is not installed")
    text = (ROOT / "docs" / "picking.md").read_text(encoding="utf-8").partition("## The same with fzf")[2]
    (recipe,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    tool = tmp_path / "bin" / "tajsec"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tajsec "$@"\n')
    tool.chmod(0o755)
    (tmp_path / "recipe.sh").write_text(recipe)
    screen = terminal(100, 30)
    screen.press(f"PATH={tool.parent}:$PATH; unset -f tajsec; clear", "Enter")
    screen.press(f"sh {tmp_path}/recipe.sh", "Enter")
    screen.until("{0}/{0}".format(len(store.facts())))
    screen.press("Раҳмон 2003")
    screen.until("> Раҳмон 2003", "Id          rahmon-first-nato-hq-visit-2003")
    screen.press("Enter")
    screen.until("rahmon-first-nato-hq-visit-2003\n$", without="╭")
