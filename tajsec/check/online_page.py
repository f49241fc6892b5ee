"""The process that fetches a page (the extra `tajsec[online]`) and extracts its text; no other module uses the network.

`online` starts it by `tajsec.documents.limited`, which kills it when the time is over. The limits of this module
protect the process that started it, and stop early what would only use up the time.
"""

import http.client
import re
import ssl
import zlib
from contextlib import closing
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import certifi

from tajsec import __version__
from tajsec.check.online import Limits
from tajsec.documents.html import all_paragraphs, decoded
from tajsec.documents.limited import Progress, Unreadable, described, serve
from tajsec.text.forms import normalise
from tajsec.text.urls import is_web_address

MAX_REDIRECTS = 5
MAX_PARAGRAPHS = 100_000
"""Most paragraphs of a page: ten times the passages that can be compared."""
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 2**16
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]{1,40})", re.IGNORECASE)


# ---------------------------------------------------------------- the process


def main() -> None:
    """Answer the request of `online.fetch_text` with the text of the page, as `tajsec.documents.limited.serve` does."""
    serve(_answer)


def _answer(request: dict[str, Any], _data: bytes, progress: Progress) -> dict[str, Any]:
    return {"text": page_text(request["address"], Limits(**request["limits"]), progress)}


# ---------------------------------------------------------------- from the address to the bytes


def page_text(address: str, limits: Limits, progress: Progress) -> str:
    """Return the text of a page, one paragraph a line. Raises Unreadable, and exceptions of lxml and trafilatura."""
    data, charset, kind = _fetched(address, limits, progress)
    page = decoded(data, charset)
    lines = (
        normalise(page).split("\n") if kind == "text/plain" else list(dict.fromkeys(all_paragraphs(page, limits.size)))
    )
    if not any(lines):
        raise Unreadable("a page without text")
    if len(lines) > MAX_PARAGRAPHS:
        raise Unreadable(f"over {MAX_PARAGRAPHS:,} paragraphs")
    return "\n".join(lines)


def _fetched(address: str, limits: Limits, progress: Progress) -> tuple[bytes, str | None, str]:
    """Return the bytes of a page, the charset that the server names, and the media type. Raises Unreadable."""
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if not is_web_address(address):
                raise Unreadable("not an http or https address with a plain host")
            with (
                closing(_connection(address, limits)) as connection,
                closing(_response(connection, address)) as response,
            ):
                if response.status not in _REDIRECTS or "location" not in response.headers:
                    return _page(response, limits, progress)
                address = urljoin(address, response.headers["location"])
        raise Unreadable(f"over {MAX_REDIRECTS} redirects")
    except TimeoutError as error:
        raise Unreadable(f"no answer within {limits.read:g} seconds") from error
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    except (http.client.HTTPException, ValueError, zlib.error) as error:
        raise Unreadable(f"cannot be fetched: {described(error)}") from error


class _Connection(http.client.HTTPConnection):
    """A connection that is closed before a byte is sent if the peer has a local address, unless that is allowed.

    The address of the connected peer is checked, not a name resolved before, which could resolve differently later.
    """

    allow_local = False

    def connect(self) -> None:
        """Connect. Raises Unreadable for a local address."""
        super().connect()
        host = str(self.sock.getpeername()[0])
        if not self.allow_local and not is_public(host):
            self.close()
            raise Unreadable(f"{host} is a local address; --allow-local opens it")


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
        raise Unreadable(f"the server answers {response.status} {response.reason}".strip())
    content_type = response.headers.get("content-type", "text/html")
    kind = content_type.partition(";")[0].strip().casefold()
    if kind not in PAGE_TYPES:
        raise Unreadable(f"{kind} is no page; give a text of it with --text")
    charset = _CHARSET.search(content_type)
    data = _unpacked(_body(response, limits.size, progress), response, limits.size)
    return data, charset and charset[1], kind


def _body(response: http.client.HTTPResponse, size: int, progress: Progress) -> bytes:
    expected, body = response.length, bytearray()
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > size:
            raise Unreadable(_too_large(size))
        progress(len(body), expected)
    if response.length:
        raise Unreadable(f"broke off {response.length:,} bytes before the end")
    return bytes(body)


def _unpacked(body: bytes, response: http.client.HTTPResponse, size: int) -> bytes:
    """Return the body, decompressed if the server sent gzip without being asked.

    Raises Unreadable for another coding, for an incomplete body, and for one that decompresses to over `size` bytes.
    """
    coding = ", ".join(response.headers.get_all("content-encoding", [])).strip().casefold()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip"):
        raise Unreadable(f"packed as {coding}, which was not asked for")
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = unpacking.decompress(body, size + 1)
    if len(data) > size:
        raise Unreadable(_too_large(size))
    if not unpacking.eof:
        raise Unreadable("broke off before the end of its gzip coding")
    return data


def _too_large(size: int) -> str:
    return f"over {size / 2**20:g} MiB"
