"""The process's edge: what it reads of the terminal and the environment, and the one place where it writes."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TextIO

from tajsec.errors import UsageError
from tajsec.store.cache import cache_folder

NARROW = 40
"""Columns under which a table cannot be read: plain lines are written instead."""


class Environment(NamedTuple):
    """Where the tool runs and its output goes.

    `color` is the answer to `--color auto`; `ascii` is a terminal without box characters.
    """

    interactive: bool = False
    width: int = 80
    color: bool = False
    ascii: bool = False
    cache: str | None = None
    """Where compiled stores are kept."""
    watched: bool = False
    """Whether somebody sees stderr, so that a long task may show how far it is."""
    today: str = "1970-01-01"
    plain: bool = False
    """Whether colour is unwanted wherever it is drawn: NO_COLOR, or `--color never`."""
    dumb: bool = False
    """Whether the terminal says that it cannot be drawn on."""
    height: int = 24
    pager: str = ""
    """The command through which the user reads what is taller than the terminal; empty for none."""


class Reply(NamedTuple):
    """What a command answers: data for stdout, talk for stderr, the exit status. Machine formats are UTF-8 always."""

    text: str = ""
    stderr: str = ""
    status: int = 0
    machine: bool = False


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Read the environment. NO_COLOR, if not empty, wins over FORCE_COLOR; COLUMNS counts if it is a width."""
    stream = sys.stdout
    interactive = stream is not None and stream.isatty()
    dumb = environ.get("TERM") == "dumb"
    plain = bool(environ.get("NO_COLOR")) or dumb
    wanted = interactive or bool(environ.get("FORCE_COLOR"))
    encoding = (stream.encoding if stream is not None else "") or "ascii"
    size = _terminal_size()
    return Environment(
        interactive=interactive,
        width=_width(environ.get("COLUMNS", "")) or size.columns or 80,
        color=wanted and not plain,
        ascii=not encoding.lower().startswith("utf"),
        cache=cache_folder(environ),
        watched=sys.stderr is not None and sys.stderr.isatty(),
        today=time.strftime("%Y-%m-%d"),
        plain=plain,
        dumb=dumb,
        height=size.lines or 24,
        pager=_pager(environ) if interactive and not dumb else "",
    )


def _width(columns: str) -> int:
    """Give the width that COLUMNS asks for, or 0 if it is none."""
    return min(int(columns[:6]), 1000) if columns.isascii() and columns.isdigit() else 0


def _terminal_size() -> os.terminal_size:
    """Give columns and lines; 0 where they are not known."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.stdout.fileno())
    return os.terminal_size((0, 0))


def _pager(environ: Mapping[str, str]) -> str:
    pager = environ.get("TAJSEC_PAGER", environ.get("PAGER", "")).strip()
    return "" if pager == "cat" else pager


def write(reply: Reply, environment: Environment | None = None) -> int:
    """Write a reply and give the exit status: 141 if the reader went away, 2 if the output could not be written.

    What people read goes through their pager, if it is taller than the terminal that is `around`.
    """
    try:
        if reply.text and not (environment and _paged(reply, environment)):
            _put(sys.stdout, _encoded(sys.stdout, reply.text, "utf-8" if reply.machine else None))
    except BrokenPipeError:
        return 141
    except (OSError, ValueError, AttributeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "stdout is closed"
        return _complain(f"tajsec: error: cannot write the output: {reason}\n", 2)
    return _complain(reply.stderr, reply.status)


def _complain(text: str, status: int) -> int:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if text:
            _put(sys.stderr, _encoded(sys.stderr, text))
    return status


def _encoded(stream: TextIO, text: str, encoding: str | None = None) -> bytes:
    return text.encode(encoding or stream.encoding or "ascii", "backslashreplace")


def _put(stream: TextIO, data: bytes) -> None:
    stream.flush()
    view = memoryview(data)
    while view:
        written = os.write(stream.fileno(), view)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = view[written:]


def _paged(reply: Reply, environment: Environment) -> bool:
    """Show a tall text through the pager; tell whether it was: one that is missing or fails has shown nothing.

    LESS and LV, where the user sets none, are those that git gives a pager, so that colours are drawn.
    """
    if not environment.pager or reply.machine or reply.text.count("\n") < environment.height:
        return False
    import shlex
    import signal
    import subprocess

    environ = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(shlex.split(environment.pager), stdin=subprocess.PIPE, env=environ)  # noqa: S603
    except (OSError, ValueError):
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's; this process outlives it
    process.communicate(_encoded(sys.stdout, reply.text))
    signal.signal(signal.SIGINT, before)
    return process.returncode in (0, -signal.SIGINT)


@contextlib.contextmanager
def terminal() -> Iterator[tuple[TextIO, TextIO]]:
    """Give the user's terminal to read from and to write to, wherever stdin, stdout and stderr lead.

    Raises UsageError if there is none.
    """
    with contextlib.ExitStack() as stack:

        def stream_of(given: TextIO | None, mode: Literal["r", "w"]) -> TextIO:
            if given is not None and given.isatty():
                return given
            return stack.enter_context(open("/dev/tty", mode, encoding="utf-8"))

        try:
            streams = stream_of(sys.stdin, "r"), stream_of(sys.stderr, "w")
        except OSError as error:
            raise UsageError("there is no terminal to pick on; use tajsec search") from error
        yield streams
