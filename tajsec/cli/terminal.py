"""The terminal and the environment that a process has: the one place that reads them, and that writes the reply."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TextIO

from tajsec.errors import UsageError
from tajsec.store.folder import cache_folder, packs_folder

NARROW = 40
"""Columns below which a table's cells would be two or three letters wide: plain lines are written instead."""

_LINKING_PROGRAMS = ("ghostty", "iTerm.app", "vscode", "WezTerm", "zed")
_LINKING_TERMS = ("alacritty", "foot", "xterm-ghostty", "xterm-kitty")
_LINKING_VTE = 5001
"""Terminals that draw links (OSC 8), by TERM_PROGRAM, by TERM, and by the least VTE_VERSION: 0.50.0 crashed on them.

They are those that the programs `supports-hyperlinks` (of npm, and of Rust, as in cargo) know, without rare ones.
"""


class Environment(NamedTuple):
    """Where the tool runs and its output goes."""

    interactive: bool = False
    """True if stdout is a terminal."""
    width: int = 80
    color: bool = False
    """True if tables are coloured."""
    ascii: bool = False
    """True if the terminal's encoding has no box characters."""
    cache: str | None = None
    """The folder for compiled stores."""
    watched: bool = False
    """True if stderr is a terminal, so that a long task may show how far it is."""
    today: str = "1970-01-01"
    no_color: bool = False
    """True if nothing is to be coloured, on a terminal of its own either: NO_COLOR, or `--color never`."""
    dumb: bool = False
    """True if the terminal says that it cannot move its cursor."""
    height: int = 24
    pager: str | None = ""
    """The command through which the user reads what is taller than the terminal; empty for none, None if unsaid."""
    links: bool = False
    """True if web addresses on stdout are to be links."""
    asks: bool = False
    """True if a person can be asked: stdin and stderr are a terminal."""
    packs: str | None = None
    """The folder of packs that every command reads."""
    search_path: Sequence[str] = ()
    """The folders of installed Python packages, without the working directory."""


class Reply(NamedTuple):
    """What a command returns: the texts for stdout and stderr, and the exit status."""

    text: str = ""
    stderr: str = ""
    status: int = 0
    machine: bool = False
    """True if `text` is for programs: it is UTF-8 whatever the terminal has, and never paged."""
    paging: Literal["asked", "always", "never"] = "asked"
    """Whether a tall text goes through a pager: if the user names one; through less if the user is silent; never."""
    styled: bool = False
    """True if `tajsec.output.rich_tables` made `text`: only then are escape sequences in it ours, and only colours."""
    linkable: bool = True
    """False if web addresses in `text` are not to be links, as with `--color never`."""


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Return the environment. NO_COLOR, if not empty, wins over FORCE_COLOR; COLUMNS counts if it is a width."""
    stream = sys.stdout
    interactive = stream is not None and stream.isatty()
    dumb = environ.get("TERM") == "dumb"
    no_color = bool(environ.get("NO_COLOR")) or dumb
    wants_color = interactive or bool(environ.get("FORCE_COLOR"))
    encoding = (stream.encoding if stream is not None else "") or "ascii"
    size = _terminal_size()
    return Environment(
        interactive=interactive,
        width=_width(environ.get("COLUMNS", "")) or size.columns or 80,
        color=wants_color and not no_color,
        ascii=not encoding.lower().startswith("utf"),
        cache=cache_folder(environ),
        watched=sys.stderr is not None and sys.stderr.isatty(),
        today=time.strftime("%Y-%m-%d"),
        no_color=no_color,
        dumb=dumb,
        height=size.lines or 24,
        pager=_pager(environ) if interactive and not dumb else "",
        asks=sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty(),
        links=not no_color and _links(environ, interactive=interactive),
        packs=packs_folder(environ),
        search_path=_search_path(),
    )


def _search_path() -> Sequence[str]:
    """Return `sys.path` without the working directory, which `python -m` puts first: what lies there is no pack."""
    with contextlib.suppress(OSError):
        here = os.getcwd()
        return [each for each in sys.path if each not in ("", here)]
    return ()


def _links(environ: Mapping[str, str], *, interactive: bool) -> bool:
    """True if FORCE_HYPERLINK is set, and not to 0; or if it is not, and stdout is a terminal known to draw links.

    tmux and screen pass on the variables of the terminal around them, and not always its links.
    """
    if forced := environ.get("FORCE_HYPERLINK", "").strip():
        return forced != "0"
    term, vte = environ.get("TERM", ""), environ.get("VTE_VERSION", "")
    if not interactive or term.startswith(("tmux", "screen")):
        return False
    by_name = environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS or term in _LINKING_TERMS
    by_version = vte.isascii() and vte.isdigit() and int(vte[:9]) >= _LINKING_VTE
    return by_name or by_version or "WT_SESSION" in environ or "KONSOLE_VERSION" in environ


def _width(columns: str) -> int:
    """Return the width that COLUMNS asks for, or 0 if it is none; 1000 at most, lest a line take all memory."""
    return min(int(columns[:6]), 1000) if columns.isascii() and columns.isdigit() else 0


def _terminal_size() -> os.terminal_size:
    """Return columns and lines; 0 where they are not known."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.stdout.fileno())
    return os.terminal_size((0, 0))


def _pager(environ: Mapping[str, str]) -> str | None:
    pager = environ.get("TAJSEC_PAGER", environ.get("PAGER"))
    return "" if pager is not None and pager.strip() in ("", "cat") else pager


def write(reply: Reply, environment: Environment | None = None) -> int:
    """Write a reply and return the exit status: 141 if the reader went away, 2 if the output could not be written.

    A text for people that is taller than the terminal of `environment` goes through its pager; in any other, web
    addresses are links if the terminal draws them. Whatever a command passed on, a character that a terminal would
    execute or hide leaves here as `<U+001B>`.
    """
    reply = reply._replace(text=_cleaned(reply.text, styled=reply.styled), stderr=_cleaned(reply.stderr))
    try:
        if reply.text and not (environment and _paged(reply, environment)):
            text = _linked(reply, environment)
            _put(sys.stdout, _encoded(sys.stdout, text, "utf-8" if reply.machine else None))
    except BrokenPipeError:
        return 141
    except (OSError, ValueError, AttributeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "stdout is closed"
        _put_stderr(f"tajsec: error: cannot write the output: {reason}\n")
        return 2
    _put_stderr(reply.stderr)
    return reply.status


def _cleaned(text: str, *, styled: bool = False) -> str:
    if not text:
        return ""
    from tajsec.text.forms import cleaned  # `--version` and `--help` print without it

    return cleaned(text, styled=styled)


def _linked(reply: Reply, environment: Environment | None) -> str:
    if not environment or not environment.links or reply.machine or not reply.linkable or "://" not in reply.text:
        return reply.text
    from tajsec.text.links import linked

    return linked(reply.text)


def _put_stderr(text: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if text:
            _put(sys.stderr, _encoded(sys.stderr, text))


def _encoded(stream: TextIO, text: str, encoding: str | None = None) -> bytes:
    return text.encode(encoding or stream.encoding or "ascii", "backslashreplace")


def _put(stream: TextIO, data: bytes) -> None:
    """Write all of the data: the process ends by `os._exit`, which would lose what a buffer still has."""
    stream.flush()
    view = memoryview(data)
    while view:
        written = os.write(stream.fileno(), view)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = view[written:]


def _paged(reply: Reply, environment: Environment) -> bool:
    """Show a tall text through the pager. False if it was not shown: it is short, or the pager is missing or fails.

    LESS and LV, where the user sets none, are those that git sets for a pager, so that colours are drawn.
    """
    pager = environment.pager
    if pager is None and reply.paging == "always":
        pager = "less"
    if not pager or reply.paging == "never" or reply.machine or reply.text.count("\n") < environment.height:
        return False
    import shlex
    import signal
    import subprocess

    environ = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(shlex.split(pager), stdin=subprocess.PIPE, env=environ)  # noqa: S603
    except (OSError, ValueError):
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's; this process outlives it
    process.communicate(_encoded(sys.stdout, reply.text))
    signal.signal(signal.SIGINT, before)
    return process.returncode in (0, -signal.SIGINT)


@contextlib.contextmanager
def terminal() -> Iterator[tuple[TextIO, TextIO]]:
    """Yield the user's terminal to read from and to write to, wherever stdin, stdout and stderr lead.

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
