"""A source's page as it is on the web now, fetched and read by a process of its own (`online_page`).

Nothing that a page or a server says is trusted: http and https alone, no local addresses, few redirects, no cookies, no
proxies. The process is killed when the time is over, whatever holds it, and may take so much memory and no more. What
cannot be fetched or read raises `NotReached` with the reason: it is not gone.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from threading import Timer

from tajsec.errors import FailingEnvironment
from tajsec.model.records import Source
from tajsec.text.forms import digest

MAX_PAGE = 8 * 2**20
"""Bytes of a page that are read, as they are sent and when they are unpacked."""
MAX_MEMORY = 2**30
"""Bytes of address space of the process that reads: a page of 200,000 table cells takes almost all of it."""
READ_SECONDS, TOTAL_SECONDS = 10.0, 60.0
LIBRARIES = ("certifi", "lxml", "lxml_html_clean", "trafilatura")
"""What the extra `tajsec[online]` installs."""

_START = "import sys; sys.path[:] = sys.argv[3:]; from importlib import import_module as load; load(sys.argv[1]).main()"
_LIST_MARKS = ("", "• ", "- ", "* ", "– ")
"""How a list's item may begin in a text; on a page the browser draws it."""
_REASON_CHARACTERS = 200
"""Of a reason, which may be the server's own words."""

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, and how many there are if the server says so."""


class NotReached(FailingEnvironment):
    """A page that could not be fetched or read; the text is the reason."""

    def __init__(self, reason: str) -> None:
        """Take the reason; of a long one the beginning is kept."""
        line = " ".join(reason.split())
        super().__init__(line if len(line) <= _REASON_CHARACTERS else f"{line[:_REASON_CHARACTERS]}…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much time and memory a page may take; `allow_local` opens addresses that are not public.

    `read` is the longest silence of a server; `total` is the time for all of it: finding the server, connecting,
    redirects, headers, the page, and reading it.
    """

    allow_local: bool = False
    read: float = READ_SECONDS
    total: float = TOTAL_SECONDS
    size: int = MAX_PAGE
    memory: int = MAX_MEMORY


def missing_library() -> str | None:
    """Return the name of a library that has to be installed first, or None."""
    from importlib.util import find_spec

    return next((name for name in LIBRARIES if find_spec(name) is None), None)


def fetch_text(address: str, source: Source, limits: Limits, progress: Progress = lambda *_: None) -> str:
    """Return the text of a page, a paragraph a line: its main text, then whatever else it contains.

    Raises NotReached.
    """
    began = time.monotonic()
    answer = _answer(address, limits, progress)
    if "text" not in answer:
        late = time.monotonic() - began >= limits.total
        lost = f"not read whole within {limits.total:g} seconds" if late else "what reads pages ended without an answer"
        raise NotReached(answer.get("reason") or lost)
    sealed = {passage.sha256 for passage in source.passages}
    return "\n".join(_as_sealed(line, sealed) for line in answer["text"].split("\n"))


def _as_sealed(line: str, sealed: set[str]) -> str:
    """Return a line with the list mark that it has in the sealed text, if it is the same but for the mark."""
    bare = next((line.removeprefix(mark) for mark in _LIST_MARKS[1:] if line.startswith(mark)), line)
    return next((each for mark in _LIST_MARKS if digest(each := mark + bare) in sealed), line)


# ---------------------------------------------------------------- the process that fetches and reads


def _answer(address: str, limits: Limits, progress: Progress) -> dict[str, str]:
    """Return the text or the reason that the process answers; nothing if it ended without an answer."""
    request = json.dumps({"address": address, "limits": asdict(limits)})
    command = [sys.executable, "-P", "-c", _START, f"{__package__}.online_page", request, *sys.path]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing) as process:  # noqa: S603 - no shell
            return _heard(process, limits.total, progress)
    except (OSError, ValueError) as error:
        return {"reason": f"the process that reads pages failed: {error}"}


def _heard(process: subprocess.Popen[bytes], seconds: float, progress: Progress) -> dict[str, str]:
    """Pass on how much has come until the answer does; the process does not outlive this call."""
    deadline = Timer(seconds, process.kill)
    try:
        for line in process.stdout or ():
            message = json.loads(line) if line.endswith(b"\n") else {}  # killed while it wrote
            if isinstance(message, dict):
                return message
            if message:
                progress(*message)
            else:
                deadline.start()  # its libraries are loaded: the rest is the page's time
        return {}
    finally:
        deadline.cancel()
        process.kill()
