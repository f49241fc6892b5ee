"""A source's page as it is on the web now: the home of httpx, trafilatura and lxml (the extra `tajsec[online]`).

Nothing that a page or a server says is trusted: http and https alone, no local addresses, few redirects, bounded time
and size, no cookies, no proxies. What cannot be fetched raises `NotReached` with the reason: it is not gone.
"""

import contextlib
import ipaddress
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
import lxml.html
import trafilatura
from trafilatura.utils import decode_file

from tajsec import __version__
from tajsec.errors import FailingEnvironment
from tajsec.model.records import Source
from tajsec.text.forms import digest, normalise
from tajsec.text.urls import is_web_address

MAX_PAGE = 8 * 2**20
"""Bytes of a page that are read."""


MAX_REDIRECTS = 5


CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10.0, 10.0, 60.0


PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


_BLOCKS = "p|li|h1|h2|h3|h4|h5|h6|td|th|dt|dd|figcaption|caption|blockquote|pre|div|section|article|span|time"


_HEAD = 4096
"""Bytes in which a page may name its charset."""


_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


_LIST_MARKS = ("", "• ", "- ", "* ", "– ")
"""How a list's item may begin in a text; on a page the browser draws it."""


Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, and how many there are if the server says so."""


class NotReached(FailingEnvironment):
    """A page that could not be fetched; the text is the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a page may take and how large it may be; `allow_local` opens addresses that are not public."""

    allow_local: bool = False
    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS
    total: float = TOTAL_SECONDS
    size: int = MAX_PAGE


def fetch_text(address: str, source: Source, limits: Limits, progress: Progress = lambda *_: None) -> str:
    """Give the text of a page, a paragraph a line: its main text, then whatever else stands on it.

    Raises NotReached.
    """
    data, charset, kind = _fetch(address, limits, progress)
    page = _decoded(data, charset)
    lines = normalise(page).split("\n") if kind == "text/plain" else list(dict.fromkeys(_paragraphs(page)))
    if not any(lines):
        raise NotReached("a page without text")
    sealed = {passage.sha256 for passage in source.passages}
    return "\n".join(_as_sealed(line, sealed) for line in lines)


def _as_sealed(line: str, sealed: set[str]) -> str:
    """Give a line with the list mark that it has in the sealed text, if it is the same but for the mark."""
    bare = next((line.removeprefix(mark) for mark in _LIST_MARKS[1:] if line.startswith(mark)), line)
    return next((each for mark in _LIST_MARKS if digest(each := mark + bare) in sealed), line)


# ---------------------------------------------------------------- from the address to the bytes


def _fetch(address: str, limits: Limits, progress: Progress) -> tuple[bytes, str | None, str]:
    """Give the bytes of a page, the charset that the server names, and the media type."""
    deadline = time.monotonic() + limits.total
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    headers = {"User-Agent": f"tajsec/{__version__} (checks quotes)", "Accept-Encoding": "identity"}
    try:
        with httpx.Client(timeout=timeout, headers=headers, trust_env=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                if not is_web_address(address):
                    raise NotReached("not an http or https address with a plain host")
                guard = {"trace": _guard(limits)}
                with client.stream("GET", address, extensions=guard) as response:
                    if not response.has_redirect_location:
                        return _page(response, limits, deadline, progress)
                    address = urljoin(address, response.headers["location"])
        raise NotReached(f"over {MAX_REDIRECTS} redirects")
    except httpx.TimeoutException as error:
        raise NotReached(f"no answer within {limits.read:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotReached(_reason(error)) from error


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _guard(limits: Limits) -> Callable[[str, Mapping[str, Any]], None]:
    """Look at the address of each connection once it stands, before a byte is sent.

    A name is resolved once, by the connection itself, so that a second answer cannot lead elsewhere.
    """

    def watch(event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete" and not limits.allow_local:
            stream = info["return_value"]
            host = str(stream.get_extra_info("server_addr")[0])
            if not _is_public(host):
                stream.close()
                raise NotReached(f"{host} is a local address; --allow-local opens it")

    return watch


def _is_public(host: str) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_global


def _page(
    response: httpx.Response, limits: Limits, deadline: float, progress: Progress
) -> tuple[bytes, str | None, str]:
    if response.status_code != 200:
        raise NotReached(f"the server answers {response.status_code} {response.reason_phrase}".strip())
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().casefold()
    if kind not in PAGE_TYPES:
        raise NotReached(f"{kind} is no page; give a text of it with --text")
    length = response.headers.get("content-length", "")
    expected = int(length) if length.isascii() and length.isdigit() else None
    data = b"".join(_chunks(response, limits, deadline, lambda got: progress(got, expected)))
    return data, response.charset_encoding, kind


def _chunks(response: httpx.Response, limits: Limits, deadline: float, tell: Callable[[int], None]) -> Iterator[bytes]:
    got = 0
    for chunk in response.iter_bytes():
        got += len(chunk)
        if got > limits.size:
            raise NotReached(f"over {limits.size / 2**20:g} MiB")
        if time.monotonic() > deadline:
            raise NotReached(f"not there whole within {limits.total:g} seconds")
        tell(got)
        yield chunk


# ---------------------------------------------------------------- from the bytes to paragraphs


def _decoded(data: bytes, charset: str | None) -> str:
    """Decode a page as the server says; if that is wrong, as the bytes themselves suggest."""
    declared = _META_CHARSET.search(data[:_HEAD])
    for encoding in (charset, declared and declared[1].decode("ascii"), "utf-8"):
        with contextlib.suppress(UnicodeDecodeError, LookupError, TypeError):
            return data.decode(str(encoding or "utf-8"))
    return str(decode_file(data))


def _paragraphs(page: str) -> Iterator[str]:
    """Give the paragraphs of the main text, then those of every other block: a caption, a heading, an aside."""
    main = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True) or ""
    yield from normalise(main).split("\n")
    try:
        tree = lxml.html.document_fromstring(page)
    except (ValueError, lxml.etree.ParserError):
        return
    for element in tree.xpath("|".join(f"//{tag}" for tag in _BLOCKS.split("|"))):
        text = " ".join(normalise(element.text_content()).split("\n"))
        if text and not any(child.tag in ("p", "li", "div", "section", "article") for child in element):
            yield text
