"""Run the tool and other programs as processes: on a terminal of their own, or to see what they import."""

import contextlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

MEASURING = "COVERAGE_PROCESS_CONFIG"
"""The variable by which coverage measures a process."""


def unmeasured(environ: dict[str, str]) -> dict[str, str]:
    """Return an environment in which a process loads what it needs, and not also what measures it."""
    return {name: value for name, value in environ.items() if name != MEASURING}


def on_terminal(
    command: Sequence[str | Path],
    environ: dict[str, str],
    *,
    cwd: Path | None = None,
    columns: int = 80,
    rows: int = 24,
    press: bytes = b"",
    after: bytes = b"",
) -> tuple[str, int]:
    """Run a program on a terminal; return what was shown until it ended, and its status.

    `press` is typed once, when the program has shown `after`, or anything.
    """
    fcntl, termios, pty = (pytest.importorskip(name) for name in ("fcntl", "termios", "pty"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def own_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    with subprocess.Popen(
        command, cwd=cwd, env=environ, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True, preexec_fn=own_terminal,
    ) as process:  # fmt: skip
        os.close(theirs)
        watch = threading.Timer(30, process.kill)
        watch.start()
        shown = b""
        with contextlib.suppress(OSError):  # Linux says that the other end is closed by an error
            while chunk := os.read(ours, 65536):
                shown += chunk
                if press and after in shown:
                    os.write(ours, press)
                    press = b""
        watch.cancel()
    os.close(ours)
    return shown.decode(errors="replace"), process.returncode


def output_and_modules(args: Sequence[str], environ: dict[str, str], cwd: Path | None = None) -> tuple[str, set[str]]:
    """Run a command line; return what it printed and the modules that were loaded when it ended."""
    script = (
        "import os, sys\n"
        f"sys.argv = ['tajsec', *{list(args)!r}]\n"
        "os._exit = lambda status: (sys.stdout.flush(), print(*sys.modules, file=sys.stderr))\n"
        "from tajsec.__main__ import main\n"
        "main()\n"
    )
    line = [sys.executable, "-c", script]
    done = subprocess.run(line, env=unmeasured(environ), cwd=cwd, capture_output=True, text=True, timeout=60)
    return done.stdout, set(done.stderr.split())
