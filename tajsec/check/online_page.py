"""The process that fetches a page and extracts its text, with lxml and trafilatura (the extra `tajsec[online]`).

`online` starts it and kills it when the time is over, so that this module needs no timeout for the whole. The operating
system limits its memory where it can. The limits of this module protect the process that started it, and stop early
what would only use up the time.
"""

import http.client
import json
import os
import re
import signal
import ssl
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from ipaddress import IPv6Address, ip_address
from threading import Thread
from urllib.parse import urljoin, urlsplit

import certifi
import lxml.html
import trafilatura
from trafilatura.utils import detect_encoding

from tajsec import __version__
from tajsec.check.online import Limits, NotReached, Progress
from tajsec.text.charsets import codec_of
from tajsec.text.forms import normalise
from tajsec.text.urls import is_web_address

MAX_REDIRECTS = 5
MAX_TAGS = 200_000
"""Most tags of a page: 20 for each of the 10,000 passages that can be compared. A tag takes up to 4 KiB of memory."""
MAX_PARAGRAPHS = 100_000
"""Most paragraphs of a page: ten times the passages that can be compared."""
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 2**16
_HEAD = 4096
"""Bytes at the start of a page in which its charset declaration is looked for."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
"""Removed before parsing: lxml refuses a str that declares an encoding."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}
"""Byte-order marks, which take precedence over any declared charset."""
_BLOCKS = "p|li|h1|h2|h3|h4|h5|h6|td|th|dt|dd|figcaption|caption|blockquote|pre|div|section|article|span|time"
_INNER = frozenset({"p", "li", "div", "section", "article"})
"""Blocks whose text is taken on their own, and therefore not as part of the block around them."""


# ---------------------------------------------------------------- the process


def main() -> None:
    """Fetch and read the page that the arguments name, and write messages to stdout, one JSON value a line.

    First [] when the libraries are loaded; then [bytes received, bytes expected or null] for each part; last an object
    with the text or the reason.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    request = json.loads(sys.argv[2])
    limits = Limits(**request["limits"])
    _limit(limits)
    Thread(target=_end_with_parent, daemon=True).start()
    _put([])
    _put(_answer(request["address"], limits))
    os._exit(0)


def _put(message: object) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _end_with_parent() -> None:
    """Exit at the end of stdin, which means that the process that started this one has ended."""
    sys.stdin.buffer.read()
    os._exit(1)


def _limit(limits: Limits) -> None:
    """Set the limits of the operating system for memory and CPU time, where it has them, and allow no core dump."""
    with suppress(ImportError):
        import resource

        most = {resource.RLIMIT_AS: limits.memory, resource.RLIMIT_CPU: int(limits.total) + 2, resource.RLIMIT_CORE: 0}
        for each, value in most.items():
            with suppress(OSError, ValueError):  # macOS has no limit of memory; a stricter limit of the user is kept
                resource.setrlimit(each, (value, value))


def _answer(address: str, limits: Limits) -> dict[str, str]:
    """Return the text of a page, or the reason why there is none. Any exception of a library becomes a reason."""
    try:
        return {"text": page_text(address, limits, lambda *progress: _put(progress))}
    except NotReached as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": f"takes over {limits.memory / 2**20:,g} MiB of memory"}
    except Exception as error:
        return {"reason": f"cannot be read: {_reason(error)}"}


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


# ---------------------------------------------------------------- from the address to the bytes


def page_text(address: str, limits: Limits, progress: Progress) -> str:
    """Return the text of a page, one paragraph a line. Raises NotReached, and exceptions of lxml and trafilatura."""
    data, charset, kind = _fetched(address, limits, progress)
    page = decoded(data, charset)
    lines = normalise(page).split("\n") if kind == "text/plain" else list(dict.fromkeys(_paragraphs(page, limits.size)))
    if not any(lines):
        raise NotReached("a page without text")
    if len(lines) > MAX_PARAGRAPHS:
        raise NotReached(f"over {MAX_PARAGRAPHS:,} paragraphs")
    return "\n".join(lines)


def _fetched(address: str, limits: Limits, progress: Progress) -> tuple[bytes, str | None, str]:
    """Return the bytes of a page, the charset that the server names, and the media type. Raises NotReached."""
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if not is_web_address(address):
                raise NotReached("not an http or https address with a plain host")
            with closing(_connection(address, limits)) as connection:
                response = _response(connection, address)
                if response.status not in _REDIRECTS or "location" not in response.headers:
                    return _page(response, limits, progress)
                address = urljoin(address, response.headers["location"])
        raise NotReached(f"over {MAX_REDIRECTS} redirects")
    except TimeoutError as error:
        raise NotReached(f"no answer within {limits.read:g} seconds") from error
    except OSError as error:
        raise NotReached(error.strerror or str(error)) from error
    except (http.client.HTTPException, ValueError, zlib.error) as error:
        raise NotReached(f"cannot be fetched: {_reason(error)}") from error


class _Connection(http.client.HTTPConnection):
    """A connection that is closed before a byte is sent if the peer has a local address, unless that is allowed.

    The address of the connected peer is checked, not a name resolved before, which could resolve differently later.
    """

    allow_local = False

    def connect(self) -> None:
        """Connect. Raises NotReached for a local address."""
        super().connect()
        host = str(self.sock.getpeername()[0])
        if not self.allow_local and not is_public(host):
            self.close()
            raise NotReached(f"{host} is a local address; --allow-local opens it")


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same with TLS, which is negotiated after the address has been checked."""


def is_public(host: str) -> bool:
    """True if an IP address is public: neither local, private nor reserved."""
    address = ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_global


def _connection(address: str, limits: Limits) -> _Connection:
    parts = urlsplit(address)
    connection: _Connection
    if parts.scheme == "https":
        trusted = ssl.create_default_context(cafile=certifi.where())
        connection = _SecureConnection(parts.hostname or "", parts.port, timeout=limits.read, context=trusted)
    else:
        connection = _Connection(parts.hostname or "", parts.port, timeout=limits.read)
    connection.allow_local = limits.allow_local
    return connection


def _response(connection: _Connection, address: str) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "User-Agent": f"tajsec/{__version__} (checks quotes)",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request("GET", target, headers=headers)
    return connection.getresponse()


def _page(response: http.client.HTTPResponse, limits: Limits, progress: Progress) -> tuple[bytes, str | None, str]:
    if response.status != 200:
        raise NotReached(f"the server answers {response.status} {response.reason}".strip())
    content_type = response.headers.get("content-type", "text/html")
    kind = content_type.partition(";")[0].strip().casefold()
    if kind not in PAGE_TYPES:
        raise NotReached(f"{kind} is no page; give a text of it with --text")
    charset = _CHARSET.search(content_type)
    data = _unpacked(_body(response, limits.size, progress), response, limits.size)
    return data, charset and charset[1], kind


def _body(response: http.client.HTTPResponse, size: int, progress: Progress) -> bytes:
    expected, body = response.length, bytearray()
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > size:
            raise NotReached(_too_large(size))
        progress(len(body), expected)
    if response.length:
        raise NotReached(f"broke off {response.length:,} bytes before the end")
    return bytes(body)


def _unpacked(body: bytes, response: http.client.HTTPResponse, size: int) -> bytes:
    """Return the body, decompressed if the server sent gzip without being asked.

    Raises NotReached for another coding, for an incomplete body, and for one that decompresses to over `size` bytes.
    """
    coding = ", ".join(response.headers.get_all("content-encoding", [])).strip().casefold()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip"):
        raise NotReached(f"packed as {coding}, which was not asked for")
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = unpacking.decompress(body, size + 1)
    if len(data) > size:
        raise NotReached(_too_large(size))
    if not unpacking.eof:
        raise NotReached("broke off before the end of its gzip coding")
    return data


def _too_large(size: int) -> str:
    return f"over {size / 2**20:g} MiB"


# ---------------------------------------------------------------- from the bytes to paragraphs


def decoded(data: bytes, charset: str | None) -> str:
    """Decode a page by its declared charsets, as a browser does; if none fits, by a guess from its bytes."""
    for codec in _named(data, charset):
        with suppress(UnicodeDecodeError):
            return data.decode(codec).removeprefix("\ufeff")
    guesses = (codec_of(guess.replace("_", "-")) for guess in detect_encoding(data))
    return data.decode(next(filter(None, guesses), "cp1252"), "replace")


def _named(data: bytes, charset: str | None) -> Iterator[str]:
    """Yield the codecs to try in turn: of the byte-order mark, the server's header, the page's `<meta>`, and UTF-8.

    A `<meta>` that names UTF-16 is ignored: it could be read as ASCII, so the page is not UTF-16.
    """
    yield from (codec for mark, codec in _MARKS.items() if data.startswith(mark))
    declared = _META_CHARSET.search(data[:_HEAD])
    served, own = codec_of(charset or ""), declared and codec_of(declared[1].decode("ascii"))
    if served:
        yield served
    if own and not own.startswith("utf-16"):
        yield own
    yield "utf-8"


def _paragraphs(page: str, most: int) -> Iterator[str]:
    """Yield the paragraphs of the main text, then those of all blocks: captions, headings, asides.

    Raises NotReached for too many tags, and for blocks of over `most` characters in all, before the slow extraction.
    """
    if page.count("<") > MAX_TAGS:
        raise NotReached(f"over {MAX_TAGS:,} tags")
    page = _XML_DECLARATION.sub("", page)
    blocks = list(_blocks(page, most))
    main = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True) or ""
    yield from normalise(main).split("\n")
    for block in blocks:
        if words := " ".join(normalise(block).split("\n")):
            yield words


def _blocks(page: str, most: int) -> Iterator[str]:
    """Yield the text of each block that has no child of `_INNER`.

    Nested blocks yield the same text more than once. Raises NotReached for over `most` characters in all.
    """
    try:
        tree = lxml.html.document_fromstring(page)
    except (ValueError, lxml.etree.ParserError):
        return
    for element in tree.xpath("|".join(f"//{tag}" for tag in _BLOCKS.split("|"))):
        if not any(child.tag in _INNER for child in element):
            text = element.text_content()
            most -= len(text)
            if most < 0:
                raise NotReached("blocks within blocks that repeat its text too often")
            yield text
