"""Fetch the current page of a source and extract its text, in a separate process (`online_page`).

Pages and servers are not trusted: only http and https, no local addresses, few redirects, no cookies, no proxies. The
process has limited memory, and is killed when the time is over. `NotReached` is raised with the reason for a page that
cannot be fetched or read; that does not show that the page is gone.
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
"""Most bytes of a page, both compressed and decompressed."""
MAX_MEMORY = 2**30
"""Bytes of address space of the process that reads the page: a page of 200,000 table cells takes almost all of it."""
READ_SECONDS, TOTAL_SECONDS = 10.0, 60.0
LIBRARIES = ("certifi", "lxml", "lxml_html_clean", "trafilatura")
"""The modules of the extra `tajsec[online]`."""

_START = "import sys; sys.path[:] = sys.argv[3:]; from importlib import import_module as load; load(sys.argv[1]).main()"
_LIST_MARKS = ("", "• ", "- ", "* ", "– ")
"""How an item of a list may begin in a sealed text; in HTML the marks are missing, because the browser draws them."""
_REASON_CHARACTERS = 200
"""Most characters of a reason that are shown: it may quote a message of the server, of any length."""

Progress = Callable[[int, int | None], None]
"""Called with the number of bytes received, and the number to expect if the server states it."""


class NotReached(FailingEnvironment):
    """A page that could not be fetched or read; the text is the reason."""

    def __init__(self, reason: str) -> None:
        """Set the reason as one line, cut to `_REASON_CHARACTERS`."""
        line = " ".join(reason.split())
        super().__init__(line if len(line) <= _REASON_CHARACTERS else f"{line[:_REASON_CHARACTERS]}…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much time and memory a page may take; `allow_local` opens addresses that are not public.

    `read` is the longest wait for the server's next bytes, `total` the time for everything: resolving the name,
    connecting, redirects, headers, receiving the page, and extracting its text; both are seconds. `size` and `memory`
    are bytes.
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
    """Return the text of a page, one paragraph a line: its main text, then the other paragraphs.

    Raises NotReached if the page cannot be fetched or read within the limits.
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
    """Return a line with the list mark of the sealed text, if a sealed passage differs from it only in that mark."""
    bare = next((line.removeprefix(mark) for mark in _LIST_MARKS[1:] if line.startswith(mark)), line)
    return next((each for mark in _LIST_MARKS if digest(each := mark + bare) in sealed), line)


# ---------------------------------------------------------------- the process that fetches and reads


def _answer(address: str, limits: Limits, progress: Progress) -> dict[str, str]:
    """Run the process and return its answer: {"text": ...}, {"reason": ...}, or {} if it ended without an answer."""
    request = json.dumps({"address": address, "limits": asdict(limits)})
    command = [sys.executable, "-P", "-c", _START, f"{__package__}.online_page", request, *sys.path]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing) as process:  # noqa: S603 - no shell
            return _last_message(process, limits.total, progress)
    except (OSError, ValueError) as error:
        return {"reason": f"the process that reads pages failed: {error}"}


def _last_message(process: subprocess.Popen[bytes], seconds: float, progress: Progress) -> dict[str, str]:
    """Call `progress` for each message about it, and return the answer; the process is killed in the end.

    The messages are described at `online_page.main`.
    """
    deadline = Timer(seconds, process.kill)
    try:
        for line in process.stdout or ():
            message = json.loads(line) if line.endswith(b"\n") else {}  # incomplete if it was killed while writing
            if isinstance(message, dict):
                return message
            if message:
                progress(*message)
            else:
                deadline.start()  # its libraries are loaded: from now on the time of the page counts
        return {}
    finally:
        deadline.cancel()
        process.kill()
