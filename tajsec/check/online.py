"""Fetch the current page of a source and extract its text, in a separate process (`online_page`).

Pages and servers are not trusted: only http and https, no local addresses, few redirects, no cookies, no proxies. The
process has limited memory, and is killed when the time is over. `NotReached` is raised with the reason for a page that
cannot be fetched or read; that does not show that the page is gone.
"""

from dataclasses import asdict, dataclass

from tajsec.check.copies import as_sealed
from tajsec.documents.limited import MAX_MEMORY, MAX_SECONDS, Progress, Unreadable, answer_of
from tajsec.errors import FailingEnvironment
from tajsec.model.records import Source

MAX_PAGE = 8 * 2**20
"""Most bytes of a page, both compressed and decompressed."""
READ_SECONDS = 10.0
LIBRARIES = ("certifi", "lxml", "lxml_html_clean", "trafilatura")
"""The modules of the extra `tajsec[online]`."""

_PROCESS = f"{__package__}.online_page"
_REASON_CHARACTERS = 200
"""Most characters of a reason that are shown: it may quote a message of the server, of any length."""


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
    total: float = MAX_SECONDS
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
    request = {"address": address, "limits": asdict(limits)}
    try:
        answer = answer_of(_PROCESS, request, seconds=limits.total, memory=limits.memory, progress=progress)
    except Unreadable as error:
        raise NotReached(str(error)) from error
    return "\n".join(as_sealed(answer["text"].split("\n"), source))
