"""The clipboard: what `tajsec cite --copy` prints is on it, or one line says why not."""

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli import desktop
from tajsec.cli.terminal import Reply

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs that stand in are shell scripts")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Put a program on a PATH that has no others; it runs shell lines, with the folder of its own as $HERE."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, lines: str) -> Path:
        program = folder / name
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin HERE={folder}\n{lines}\n")
        program.chmod(0o755)
        return folder

    return add


TAKES = 'echo "$@" >"$HERE/arguments"\ncat >"$HERE/text"'


@pytest.mark.parametrize(
    ("name", "arguments", "encoding"),
    [
        ("wl-copy", "", "utf-8"),
        ("xclip", "-selection clipboard", "utf-8"),
        ("xsel", "--clipboard --input", "utf-8"),
        ("pbcopy", "", "utf-8"),
        ("clip.exe", "", "utf-16"),
    ],
)
def test_what_is_copied_is_what_is_printed(
    run: Callable[..., Reply], programs: Callable[[str, str], Path], name: str, arguments: str, encoding: str
) -> None:
    folder = programs(name, TAKES)
    reply = run("cite", "radios-delivered", "--copy")
    assert reply.status == 0
    assert (folder / "text").read_bytes().decode(encoding) == reply.text
    assert (folder / "arguments").read_text().strip() == arguments
    assert "“" in reply.text, "what is not ASCII is copied too"


def test_a_program_that_cannot_is_passed_over(run: Callable[..., Reply], programs: Callable[[str, str], Path]) -> None:
    programs("wl-copy", "echo no display >&2; exit 1")
    folder = programs("xclip", TAKES)
    reply = run("cite", "radios-delivered", "--style", "ris", "--json", "--copy")
    assert (folder / "text").read_text("utf-8") == reply.text


def test_without_a_clipboard_one_line_says_so_and_nothing_is_printed(
    run: Callable[..., Reply], programs: Callable[[str, str], Path]
) -> None:
    advice = "install wl-clipboard (Wayland), xclip or xsel (X11), or leave --copy out\n"
    reply = run("cite", "radios-delivered", "--copy")
    assert reply == Reply(
        stderr=f"tajsec: error: --copy: nothing was copied: no clipboard was found; {advice}", status=2
    )
    programs("xclip", "exit 1")
    programs("xsel", "exit 1")
    reply = run("cite", "radios-delivered", "--copy")
    assert reply == Reply(
        stderr=f"tajsec: error: --copy: nothing was copied: xclip and xsel failed; {advice}", status=2
    )


def test_a_program_that_hangs_is_given_up(
    run: Callable[..., Reply], programs: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "SECONDS", 0.1)
    programs("wl-copy", "exec sleep 5")
    assert run("cite", "radios-delivered", "--copy").status == 2


def test_a_program_that_stays_to_serve_does_not_hold_our_output(
    programs: Callable[[str, str], Path], environ: dict[str, str]
) -> None:
    folder = programs("xclip", "cat >/dev/null\nsleep 5 &\nexit 0")
    command = [sys.executable, "-m", "tajsec", "cite", "radios-delivered", "--copy"]
    done = subprocess.run(command, env={**environ, "PATH": str(folder)}, capture_output=True, timeout=4, check=True)
    assert done.stdout.startswith(b"Between 2001 and 2021")


def test_copying_asks_the_terminal_for_its_clipboard() -> None:
    stream = io.StringIO()
    desktop.copy_on_terminal("Cite “this”.\n", stream)
    code = re.fullmatch("\x1b\\]52;c;([A-Za-z0-9+/=]+)\x07", stream.getvalue())
    assert base64.b64decode(code[1]).decode() == "Cite “this”.\n"
