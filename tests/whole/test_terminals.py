"""Terminals and pipes as people have them: colour, width, code pages, pagers, and readers that go away."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from processes import on_terminal

from tajsec.cli.options import LISTING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
TOOL = [sys.executable, "-m", "tajsec"]
LONG = "list --limit 40"
"""A listing that is taller than a terminal."""
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Shown(NamedTuple):
    """What a terminal showed, and the exit status."""

    text: str
    status: int

    @property
    def lines(self) -> list[str]:
        return ESCAPE.sub("", self.text).splitlines()


Terminal = Callable[..., Shown]


@pytest.fixture
def terminal(environ: dict[str, str]) -> Terminal:
    """Run the tool on a terminal; `press` is typed as soon as something is shown."""

    def call(line: str, *, columns: int = 80, rows: int = 24, press: bytes = b"", **more: str) -> Shown:
        around = {**environ, "TERM": "xterm", "PAGER": "cat", **more}
        return Shown(*on_terminal([*TOOL, *line.split()], around, columns=columns, rows=rows, press=press))

    return call


# ---------------------------------------------------------------- colour and width


@pytest.mark.parametrize(
    ("line", "environ_more", "colored"),
    [
        ("topics", {}, True),
        ("topics", {"NO_COLOR": "1"}, False),
        ("topics", {"NO_COLOR": ""}, True),
        ("topics", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("topics", {"TERM": "dumb"}, False),
        ("topics", {"TERM": "dumb", "FORCE_COLOR": "1"}, False),
        ("topics --color never", {}, False),
        ("topics --color always", {"NO_COLOR": "1"}, True),
    ],
)
def test_a_terminal_has_colour_unless_told_otherwise(
    terminal: Terminal, line: str, environ_more: dict[str, str], colored: bool
) -> None:
    assert bool(ESCAPE.search(terminal(line, **environ_more).text)) == colored


def test_a_pipe_has_colour_if_forced_and_no_machine_format_ever(environ: dict[str, str]) -> None:
    def piped(form: str) -> bytes:
        line = [*TOOL, "topics", "--format", form]
        return subprocess.run(line, env={**environ, "FORCE_COLOR": "1"}, capture_output=True, timeout=60).stdout

    assert {form for form in ("table", "plain", "json", "markdown") if b"\x1b" in piped(form)} == {"table"}


@pytest.mark.parametrize(("columns", "more", "width"), [(100, {}, 100), (60, {}, 60), (100, {"COLUMNS": "70"}, 70)])
def test_a_table_is_as_wide_as_the_terminal_or_as_columns_says(
    terminal: Terminal, columns: int, more: dict[str, str], width: int
) -> None:
    assert max(map(len, terminal("list --topic equipment", columns=columns, **more).lines)) == width


def test_a_terminal_that_is_too_narrow_for_a_table_gets_plain_lines(terminal: Terminal) -> None:
    assert terminal("search radios --limit 1", columns=30).lines[0].startswith("radios-delivered\t")


LINK = re.compile(r"\x1b]8;;(https?://[^\x1b]+)\x1b\\(.*?)\x1b]8;;\x1b\\")


@pytest.mark.parametrize(
    ("line", "more", "linked"),
    [
        ("show radios-delivered", {}, True),
        ("open radios-delivered --print", {}, True),
        ("cite radios-delivered", {}, True),
        ("show radios-delivered --color never", {}, False),
        ("show radios-delivered --json", {}, False),
        ("show radios-delivered", {"NO_COLOR": "1"}, False),
        ("show radios-delivered", {"TERM": "screen"}, False),
        ("show radios-delivered", {"PAGER": "cat -"}, False),
    ],
)
def test_an_address_is_a_link_to_itself_on_a_terminal_that_draws_links(
    terminal: Terminal, line: str, more: dict[str, str], linked: bool
) -> None:
    found = LINK.findall(terminal(line, VTE_VERSION="6800", **more).text)
    assert bool(found) == linked
    assert all(address == shown for address, shown in found)


# ---------------------------------------------------------------- locales and code pages


@pytest.mark.parametrize("encoding", ["cp1251", "cp437", "ascii"])
@pytest.mark.parametrize("line", ["actors", "timeline --plot --topic russian-base"])
def test_every_code_page_shows_what_it_has_and_the_rest_as_escapes(
    environ: dict[str, str], encoding: str, line: str
) -> None:
    more = {"PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    done = subprocess.run([*TOOL, *line.split()], env={**environ, **more}, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)
    if line == "actors":
        russian = "Россия".encode("cp1251") if encoding == "cp1251" else rb"\u0420\u043e\u0441\u0441\u0438\u044f"
        assert russian in done.stdout


def test_machine_formats_are_utf_8_in_the_c_locale(environ: dict[str, str]) -> None:
    more = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    line = [*TOOL, "actors", "--format", "csv"]
    done = subprocess.run(line, env={**environ, **more}, capture_output=True, timeout=60)
    assert "Россия" in done.stdout.decode("utf-8")


# ---------------------------------------------------------------- pipes


@pytest.mark.parametrize("form", LISTING)
def test_a_closed_pipe_ends_quietly_with_141_in_every_format(environ: dict[str, str], form: str) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        line = [*TOOL, "list", "--format", form]
        done = subprocess.run(line, env=environ, stdout=pipe, stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (141, b"")


# ---------------------------------------------------------------- pagers


@pytest.fixture
def pager(tmp_path: Path) -> Callable[[str], str]:
    """Make a pager of a line of sh; it keeps what it reads in `paged`."""

    def make(script: str) -> str:
        path = tmp_path / "a pager"
        path.write_text(f"#!/bin/sh\ncd {shlex.quote(str(tmp_path))}\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return f"'{path}' --quietly"

    return make


def test_what_is_taller_than_the_terminal_goes_through_the_pager(
    terminal: Terminal, pager: Callable[[str], str], tmp_path: Path
) -> None:
    shown = terminal(LONG, PAGER=pager('echo "$LESS $LV $1"; cat > paged'))
    assert shown == Shown("FRX -c --quietly\r\n", 0)
    paged = (tmp_path / "paged").read_text(encoding="utf-8")
    assert paged == terminal(LONG, TAJSEC_PAGER="cat", PAGER="false").text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (LONG, {"TAJSEC_PAGER": ""}),
        (LONG, {"TAJSEC_PAGER": "  "}),
        (LONG, {"TERM": "dumb"}),
        ("list --limit 2", {}),
        ("list --json", {}),
        ("list --format csv", {}),
    ],
)
def test_nothing_is_paged_that_is_short_or_for_machines_or_not_to_be(
    terminal: Terminal, pager: Callable[[str], str], tmp_path: Path, line: str, more: dict[str, str]
) -> None:
    shown = terminal(line, PAGER=pager("cat > paged"), **more)
    assert (shown.status, len(shown.lines) > 3) == (0, True)
    assert not (tmp_path / "paged").exists()


def test_a_pipe_is_never_paged(environ: dict[str, str], pager: Callable[[str], str], tmp_path: Path) -> None:
    more = {"PAGER": pager("cat > paged"), "TAJSEC_PAGER": pager("cat > paged"), "FORCE_COLOR": "1"}
    done = subprocess.run([*TOOL, "list"], env={**environ, **more}, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout.count(b"\n") > 100) == (0, True)
    assert not (tmp_path / "paged").exists()


@pytest.fixture
def without_pager(environ: dict[str, str], tmp_path: Path) -> Callable[[str, str], Shown]:
    """Run the tool on a terminal where the user names no pager, and `less` is a script that keeps what it reads."""

    def call(line: str, script: str) -> Shown:
        less = tmp_path / "less"
        less.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        less.chmod(0o755)
        path = {"PATH": f"{tmp_path}:{environ['PATH']}", "KEPT": str(tmp_path / "kept")}
        return Shown(*on_terminal([*TOOL, *line.split()], {**environ, **path, "TERM": "xterm"}))

    return call


@pytest.mark.parametrize("line", ["list", "differences", "list --fields id,when"])
def test_a_long_listing_goes_through_less_where_the_user_names_no_pager(
    without_pager: Callable[[str, str], Shown], tmp_path: Path, line: str
) -> None:
    assert without_pager(line, 'cat > "$KEPT"; echo "$LESS"') == Shown("FRX\r\n", 0)
    assert (tmp_path / "kept").read_text(encoding="utf-8").count("\n") > 24


@pytest.mark.parametrize(
    "line", ["show radios-delivered", "list --limit 3", "list --no-pager", "--no-pager list", "list --format csv"]
)
def test_nothing_else_goes_through_less_unasked(
    without_pager: Callable[[str, str], Shown], tmp_path: Path, line: str
) -> None:
    shown = without_pager(line, 'cat > "$KEPT"')
    assert (shown.status, len(shown.lines) > 3) == (0, True)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("line", ["list --no-pager", "--no-pager show radios-delivered"])
def test_no_pager_wins_over_the_pager_of_the_user(
    terminal: Terminal, pager: Callable[[str], str], tmp_path: Path, line: str
) -> None:
    shown = terminal(line, rows=3, PAGER=pager("cat > paged"))
    assert (shown.status, len(shown.lines) > 3) == (0, True)
    assert not (tmp_path / "paged").exists()


@pytest.mark.parametrize("command", ["no-such-pager", "'unbalanced", "false"])
def test_a_pager_that_is_missing_or_fails_is_done_without(terminal: Terminal, command: str) -> None:
    shown = terminal(LONG, TAJSEC_PAGER=command)
    assert (shown.status, len(shown.lines) > 40) == (0, True)


def test_a_pager_left_early_is_quiet_and_the_status_is_that_of_the_command(
    terminal: Terminal, pager: Callable[[str], str], tmp_path: Path, small: Path
) -> None:
    assert terminal(LONG, PAGER=pager("head -n 1 > paged")) == Shown("", 0)
    assert (tmp_path / "paged").read_text(encoding="utf-8")
    assert terminal(f"verify --facts {small}", rows=2, PAGER=pager("exit 0")) == Shown("", 1)


def test_what_is_said_beside_comes_after_the_pager(
    terminal: Terminal, pager: Callable[[str], str], small: Path
) -> None:
    (small / "facts" / "gear.toml").write_text('[[fact]]\nid = "no-more"\n', encoding="utf-8")
    shown = terminal(f"lint {small}", rows=3, PAGER=pager("sleep 0.1; cat > paged; echo end of pages"))
    assert (shown.lines[0], "6 errors" in shown.lines[1]) == ("end of pages", True)


def test_ctrl_c_is_for_the_pager(terminal: Terminal, pager: Callable[[str], str]) -> None:
    kept = "stty noflsh < /dev/tty"  # else the terminal throws away what is written just when Ctrl-C comes
    script = f"{kept}; trap 'echo interrupted; exit 0' INT; cat > paged; echo ready; while :; do sleep 0.01; done"
    shown = terminal(LONG, PAGER=pager(script), press=b"\x03")
    assert (shown.lines[0], shown.lines[-1].removeprefix("^C"), shown.status) == ("ready", "interrupted", 0)


def test_less_shows_colours_and_is_left_with_q(terminal: Terminal) -> None:
    shown = terminal(LONG, press=b"q", PAGER=needs("less"))
    assert (shown.status, shown.text.count("\n") < 30) == (0, True)
    assert ESCAPE.search(shown.text)
    assert "ESC" not in shown.text


def needs(name: str) -> str:
    import shutil

    return shutil.which(name) or pytest.skip(f"{name} is not installed")
