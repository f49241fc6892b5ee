"""A source's page fetched from a local server that misbehaves in every way that servers do."""

import codecs
import contextlib
import gzip
import itertools
import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from processes import on_terminal

from tajsec.check import online, online_page
from tajsec.check.online import Limits, NotReached, fetch_text
from tajsec.cli.terminal import Reply
from tajsec.data.read import read_source
from tajsec.documents.limited import Progress, Unreadable, described
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.model.records import Source
from tajsec.text.charsets import CODECS, codec_of

TEXT = """A report on radios in the Café
The United States gave over 7 radios to the guards of the border in 2019, and trained them.
• 12 vehicles were delivered to the guards of the border in the same year.
A caption of two people with a radio"""

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>A report</title></head><body>
<nav><ul><li>Home</li><li>About</li></ul></nav>
<main><article><h1>A report on radios in the Café</h1>
<p>The United States gave <b>over 7 radios</b> to the guards of the border
in 2019, and trained them.</p>
<ul><li>12 vehicles were delivered to the guards of the border in the same year.</li></ul>
<figure><img src="x.png"><figcaption>A caption of two people with a radio</figcaption></figure>
</article></main><footer>Imprint</footer></body></html>"""
BARE = PAGE.replace('<meta charset="utf-8">', "")


def head(*lines: str, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines, "", ""]).encode()


def page(body: bytes, *lines: str, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> list[bytes]:
    return [head(f"Content-Length: {len(body)}", *lines, kind=kind, status=status), body]


def redirect(to: str) -> list[bytes]:
    return [head(f"Location: {to}", "Content-Length: 0", status="302 Found")]


def slowly(parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield part
        time.sleep(0.05)


def after(seconds: float, parts: list[bytes]) -> Iterator[bytes]:
    time.sleep(seconds)
    yield from parts


def packed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "radio">{levels}]><html><body>&a11;</body></html>'.encode()
    )


BOMB = b"x" * 2**24
TAIL = itertools.repeat(b"X-More: and more of it\r\n" * 1000)
CHUNKED = head("Transfer-Encoding: chunked")
WAYS: dict[str, Callable[[], Iterable[bytes]]] = {
    "/page": lambda: page(PAGE.encode()),
    "/changed": lambda: page(PAGE.replace("over 7 radios", "9 radios").encode()),
    "/text": lambda: page(TEXT.encode(), kind="text/plain"),
    "/wrong-charset": lambda: page(BARE.encode("cp1252")),
    "/meta": lambda: page(PAGE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"), kind="text/html"),
    "/utf-16": lambda: page(BARE.encode("utf-16-le"), kind="text/html; charset=utf-16"),
    "/mark": lambda: page(b"\xff\xfe" + BARE.encode("utf-16-le"), kind="text/html; charset=windows-1251"),
    "/gzip": lambda: page(packed(PAGE.encode()), "Content-Encoding: gzip"),
    "/chunked": lambda: [CHUNKED, b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode())],
    "/xhtml": lambda: page(b'<?xml version="1.0" encoding="utf-8"?>' + PAGE.encode(), kind="application/xhtml+xml"),
    "/moved": lambda: redirect("/page"),
    "/loop": lambda: redirect("/loop"),
    "/to-file": lambda: redirect("file:///etc/passwd"),
    "/to-script": lambda: redirect("javascript:alert(1)"),
    "/pdf": lambda: page(b"%PDF-", kind="application/pdf"),
    "/empty": lambda: page(b"<html><body></body></html>"),
    "/no-bytes": lambda: page(b""),
    "/zeros": lambda: page(bytes(2**20)),
    "/huge": lambda: itertools.chain([head()], itertools.repeat(b"<p>" + b"x" * 65536)),
    "/cut": lambda: [head("Content-Length: 1000"), b"<p>half of"],
    "/cut-chunk": lambda: [CHUNKED, b"ff\r\n<p>half of"],
    "/cut-gzip": lambda: page(packed(PAGE.encode())[:-20], "Content-Encoding: gzip"),
    "/no-gzip": lambda: page(PAGE.encode(), "Content-Encoding: gzip"),
    "/no-http": lambda: [b"\x00\xff\x1b]52;c;eA==\x07\r\n\r\n"],
    "/nothing": lambda: page(b"no such page", status="404 Not Found"),
    "/long-reason": lambda: page(b"", status=f"404 {'no ' * 10000}"),
    "/long-type": lambda: page(b"", kind=f"text/{'x' * 30000}"),
    "/silent": lambda: after(1, []),
    # what holds
    "/drip": lambda: slowly([head(), *[b"<p>drop</p>"] * 100]),
    "/slow-status": lambda: slowly(bytes([each]) for each in b"HTTP/1.1 200 " + b"O" * 100),
    "/slow-headers": lambda: slowly(itertools.chain(b"HTTP/1.1 200 OK\r\n".splitlines(True), [b"X: "], [b"x"] * 100)),
    "/slow-redirects": lambda: after(0.1, redirect("/slow-redirects")),
    "/slow-chunks": lambda: slowly([CHUNKED, *[b"1\r\nx\r\n"] * 100]),
    "/continues": lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "/trailers": lambda: itertools.chain([CHUNKED, b"0\r\n"], TAIL),
    "/marks": lambda: page("\u0327\u0301".encode() * 150_000, kind="text/plain"),
    # what fills memory
    "/gzip-bomb": lambda: page(packed(BOMB), "Content-Encoding: gzip"),
    "/gzip-gzip": lambda: page(packed(packed(BOMB)), "Content-Encoding: gzip, gzip"),
    "/gzip-twice": lambda: page(packed(packed(BOMB)), "Content-Encoding: gzip", "Content-Encoding: gzip"),
    "/deflate": lambda: page(zlib.compress(BOMB), "Content-Encoding: deflate"),
    "/br": lambda: page(b"", "Content-Encoding: br"),
    "/zstd": lambda: page(b"", "Content-Encoding: zstd"),
    "/gzip-file": lambda: page(packed(BOMB)),
    "/long-header": lambda: itertools.chain([b"HTTP/1.1 200 OK\r\nX: "], itertools.repeat(b"x" * 65536)),
    "/headers": lambda: itertools.chain([b"HTTP/1.1 200 OK\r\n"], TAIL),
    "/paragraphs": lambda: page(b"<p>a" * 1_800_000),
    "/nested": lambda: page((b"<span>" + b"radio " * 5000) * 238),
    "/lines": lambda: page(b"a\n" * 200_000, kind="text/plain"),
    "/cells": lambda: page(b"<html><body><table><tr>" + b"<td class=a id=b>x" * 60_000),
    "/entities": lambda: page(entity_bomb(), kind="application/xhtml+xml"),
}


class Misbehaving(socketserver.StreamRequestHandler):
    """Answers with the bytes of a way, or drips a TLS record that never becomes whole."""

    def handle(self) -> None:
        line = self.rfile.readline()
        with contextlib.suppress(OSError):
            for part in slowly([b"\x16\x03\x03\x40\x00", *[b"\x02"] * 100]) if line[0] == 0x16 else self.answer(line):
                self.wfile.write(part)

    def answer(self, line: bytes) -> Iterable[bytes]:
        path, _, charset = line.split()[1].decode().partition("?")
        while self.rfile.readline().strip():
            pass
        if path == "/elsewhere":
            return redirect(f"http://127.0.0.2:{self.server.server_address[1]}/page")
        if path == "/charset":
            return page(BARE.encode(), kind=f"text/html; charset={charset}")
        if path == "/meta-charset":
            return page(f"<meta charset={charset}>{BARE}".encode(), kind="text/html")
        if path == "/waiting":
            self.server.asked.set()
            self.rfile.read()  # until the other end is gone
            self.server.gone.set()
            return []
        return WAYS[path]()


class Server(socketserver.ThreadingTCPServer):
    """A server for one module of tests, which tells when a request came and when its sender was gone."""

    daemon_threads = True
    block_on_close = False
    asked = threading.Event()
    gone = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Do not complain when a client goes away."""


@pytest.fixture(scope="module")
def listening() -> Iterator[Server]:
    with Server(("0.0.0.0", 0), Misbehaving) as server:  # noqa: S104
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def server(listening: Server) -> str:
    return f"http://127.0.0.1:{listening.server_address[1]}"


@pytest.fixture(scope="module")
def source() -> Source:
    record = seal(text_document(TEXT, "report.txt")).record
    return read_source(f'publisher = "P"\nurl = "https://example.org"\n{record}', "report.toml")


LOCAL = Limits(allow_local=True)
SHORT = Limits(allow_local=True, total=0.3, size=2**20)
"""For pages that are not to come. The time counts from when the process is about to ask the server."""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read in this process, as `limited.answer_of` would in one of its own, which takes 0.4 seconds to start.

    This is for what a page is read as, or refused for; what limits the process is tested with one.
    """

    def answer_of(_module: str, request: dict, *, progress: Progress, **_limits: float) -> dict:
        try:
            limits = Limits(**request["limits"])
            return {"text": online_page.page_text(request["address"], limits, progress)}
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable(f"cannot be read: {described(error)}") from error

    monkeypatch.setattr(online, "answer_of", answer_of)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "path",
    "/page /moved /text /wrong-charset /meta /utf-16 /mark /gzip /chunked /xhtml".split(),
)
def test_a_page_gives_the_sealed_passages(server: str, source: Source, path: str) -> None:
    lines = fetch_text(server + path, source, LOCAL).split("\n")
    assert set(TEXT.split("\n")) <= set(lines)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "the server answers 404 Not Found"),
        ("/loop", "over 5 redirects"),
        ("/to-file", "not an http or https address with a plain host"),
        ("/to-script", "not an http or https address with a plain host"),
        ("/pdf", "application/pdf is no page; give a text of it with --text"),
        ("/empty", "a page without text"),
        ("/no-bytes", "a page without text"),
        ("/zeros", "a page without text"),
        ("/huge", "over 1 MiB"),
        ("/cut", "broke off 990 bytes before the end"),
        ("/cut-gzip", "broke off before the end of its gzip coding"),
    ],
)
def test_a_page_that_does_not_come_is_not_reached(server: str, source: Source, path: str, reason: str) -> None:
    with pytest.raises(NotReached) as caught:
        fetch_text(server + path, source, replace(LOCAL, size=2**20))
    assert str(caught.value) == reason


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/", "http://no-such-host.invalid/", "ftp://example.org/", f"http://{'a' * 64}.org/",
        "http://\0/", f"http://example.org/{'a' * 200_000}",
    ],
    ids=lambda address: address[:30],
)  # fmt: skip
def test_an_address_that_does_not_answer_is_not_reached(source: Source, address: str) -> None:
    with pytest.raises(NotReached):
        fetch_text(address, source, LOCAL)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", ["/cut-chunk", "/no-gzip", "/no-http", "/long-reason", "/long-type"])
def test_whatever_a_server_says_the_reason_is_one_short_line(server: str, source: Source, path: str) -> None:
    with pytest.raises(NotReached, match=r"\A.{1,201}\Z"):
        fetch_text(server + path, source, LOCAL)


@pytest.mark.usefixtures("here")
def test_local_addresses_are_opened_only_when_allowed(server: str, source: Source) -> None:
    with pytest.raises(NotReached, match=r"127\.0\.0\.1 is a local address; --allow-local opens it"):
        fetch_text(f"{server}/page", source, Limits())


def test_a_redirect_to_a_local_address_is_not_followed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online_page, "is_public", lambda host: host != "127.0.0.2")
    with pytest.raises(Unreadable, match=r"127\.0\.0\.2 is a local address"):
        online_page.page_text(f"{server}/elsewhere", Limits(), lambda *_: None)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "0.0.0.0"],  # noqa: S104
)
def test_local_and_private_addresses_are_not_public(host: str) -> None:
    assert not online_page.is_public(host)
    assert online_page.is_public("93.184.216.34")


def test_progress_is_told(server: str, source: Source) -> None:
    told: list[tuple[int, int | None]] = []
    fetch_text(f"{server}/page", source, LOCAL, lambda got, expected: told.append((got, expected)))
    assert told[-1] == (len(PAGE.encode()), len(PAGE.encode()))


# ---------------------------------------------------------------- time


@pytest.mark.usefixtures("here")
def test_a_silent_server_is_given_up(server: str, source: Source) -> None:
    with pytest.raises(NotReached, match=r"^no answer within 0\.3 seconds$"):
        fetch_text(f"{server}/silent", source, replace(LOCAL, read=0.3))


@pytest.mark.parametrize("path", "/drip /slow-status /slow-headers /slow-redirects /slow-chunks".split())
def test_nothing_holds_the_check_beyond_its_time(server: str, source: Source, path: str) -> None:
    with pytest.raises(NotReached, match=r"^not read whole within 0\.3 seconds$"):
        fetch_text(server + path, source, SHORT)


def test_a_handshake_that_never_ends_is_not_waited_for(server: str, source: Source) -> None:
    with pytest.raises(NotReached, match=r"^not read whole within 0\.3 seconds$"):
        fetch_text(server.replace("http:", "https:"), source, SHORT)


@pytest.mark.parametrize("held", ["socket.getaddrinfo", "unicodedata.normalize", "lxml.html.document_fromstring"])
def test_neither_finding_the_server_nor_reading_the_page_is_waited_for(
    server: str, source: Source, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = held.rpartition(".")[0]
    hold = f"import time, {module}\n{held} = lambda *_, **__: time.sleep(60)\n"
    (tmp_path / "sitecustomize.py").write_text(hold, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))  # of the process that reads
    with pytest.raises(NotReached, match=r"^not read whole within 0\.3 seconds$"):
        fetch_text(f"{server}/page", source, SHORT)


def test_a_text_that_takes_long_to_normalise_is_not_waited_for(server: str, source: Source) -> None:
    began = time.monotonic()
    with contextlib.suppress(NotReached):  # some Pythons are quick
        fetch_text(f"{server}/marks", source, SHORT)
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("path", ["/continues", "/trailers"])
def test_what_has_no_end_is_ended(server: str, source: Source, path: str) -> None:
    with pytest.raises(NotReached):
        fetch_text(server + path, source, SHORT)


# ---------------------------------------------------------------- memory


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gzip-bomb", "over 8 MiB"),
        ("/gzip-gzip", "packed as gzip, gzip, which was not asked for"),
        ("/gzip-twice", "packed as gzip, gzip, which was not asked for"),
        ("/deflate", "packed as deflate, which was not asked for"),
        ("/br", "packed as br, which was not asked for"),
        ("/zstd", "packed as zstd, which was not asked for"),
        ("/paragraphs", "over 200,000 tags"),
        ("/nested", "blocks within blocks that repeat its text too often"),
        ("/lines", "over 100,000 paragraphs"),
    ],
)
def test_a_page_that_would_fill_memory_is_not_reached(server: str, source: Source, path: str, reason: str) -> None:
    with pytest.raises(NotReached) as caught:
        fetch_text(server + path, source, LOCAL)
    assert str(caught.value) == reason


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", ["/long-header", "/headers"])
def test_headers_without_end_are_not_kept(server: str, source: Source, path: str) -> None:
    with pytest.raises(NotReached, match=r"^cannot be fetched: "):
        fetch_text(server + path, source, LOCAL)


@pytest.mark.usefixtures("here")
def test_a_file_that_is_packed_without_saying_so_is_not_unpacked(server: str, source: Source) -> None:
    with contextlib.suppress(NotReached):
        assert len(fetch_text(f"{server}/gzip-file", source, LOCAL)) < 2**16


@pytest.mark.usefixtures("here")
def test_entities_of_entities_are_not_put_in(server: str, source: Source) -> None:
    assert len(fetch_text(f"{server}/entities", source, LOCAL)) < 2**12


def test_the_system_bounds_the_memory_of_what_reads(server: str, source: Source) -> None:
    resource = pytest.importorskip("resource")
    if sys.platform == "darwin":
        pytest.skip("macOS does not bound address space")
    # a library that has no memory raises, or ends the process: either way the reason names the limit
    with pytest.raises(NotReached, match=r"takes over 150 MiB of memory$"):
        fetch_text(f"{server}/cells", source, replace(LOCAL, memory=150 * 2**20))
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY  # of this process


# ---------------------------------------------------------------- charsets


@pytest.mark.parametrize("path", ["/charset", "/meta-charset"])
@pytest.mark.parametrize(
    "charset", ["undefined", "punycode", "idna", "unicode_escape", "zlib", "rot13", "utf-7", "utf-16", ";", "\xff"]
)
def test_a_charset_that_no_browser_knows_is_not_taken(server: str, path: str, charset: str) -> None:
    if (path, charset) == ("/charset", "utf-16"):
        pytest.skip("a browser takes it from the server, but not from the page")
    text = online_page.page_text(f"{server}{path}?{quote(charset)}", LOCAL, lambda *_: None)
    assert "A report on radios in the Café" in text.split("\n")


def test_only_the_names_of_the_standard_are_charsets() -> None:
    no_text = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "zip"}
    of_python = {
        "undefined",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "mbcs",
        "oem",
        "palmos",
    }
    assert {codec_of(each) for each in no_text | of_python | {"", "utf_8", "latin-1", "charmap", "x" * 100}} == {None}
    assert all(codecs.lookup(each).name == each for each in CODECS.values())


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"), (" utf8\n", "utf-8"), ("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"),
        ("latin5", "cp1254"), ("utf-16", "utf-16-le"), ("gb2312", "gbk"), ("windows-1251", "cp1251"),
        ("x-sjis", "cp932"), ("koi8-r", "koi8-r"),
    ],
)  # fmt: skip
def test_a_charset_means_what_it_means_to_a_browser(name: str, codec: str) -> None:
    assert codec_of(name) == codec


def test_a_page_of_megabytes_in_any_charset_is_decoded_at_once() -> None:
    bytes_of_all_kinds = bytes(range(256)) * 2**12
    assert all(len(bytes_of_all_kinds.decode(each, "replace")) > 2**18 for each in set(CODECS.values()))


# ---------------------------------------------------------------- the process


def test_no_process_and_no_file_remains(
    server: str, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    started = list[subprocess.Popen]()

    class Recorded(subprocess.Popen):
        def __init__(self, *args: Any, **options: Any) -> None:
            started.append(self)
            super().__init__(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    for path in ("/page", "/drip", "/nothing"):
        with contextlib.suppress(NotReached):
            fetch_text(server + path, source, SHORT)
    assert list(tmp_path.iterdir()) == []
    assert len(started) == 3
    assert all(each.returncode is not None for each in started)  # each was waited for


def test_a_module_in_the_working_folder_is_not_run(
    server: str, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("json", "lxml", "trafilatura"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(1)\n", encoding="utf-8")
    assert fetch_text(f"{server}/page", source, LOCAL)


@pytest.mark.parametrize("program", ["/no/such/python", "/bin/false", "/bin/true"])
def test_a_process_that_does_not_answer_is_not_reached(
    source: Source, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(NotReached, match=r"^(the process|what) "):
        fetch_text("http://example.org/", source, LOCAL)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_process_ends_with_the_command(pack: Callable[[str], str], listening: Server, end: signal.Signals) -> None:
    listening.asked.clear()
    listening.gone.clear()
    command = [sys.executable, "-m", "tajsec", "verify", "--facts", pack("/waiting"), "--online", "--allow-local"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert listening.asked.wait(30)
        process.send_signal(end)
        assert listening.gone.wait(5)
        assert process.communicate(timeout=5)[1] == b""
    assert process.returncode == -end


# ---------------------------------------------------------------- the command


@pytest.fixture
def pack(small: Path, server: str) -> Callable[[str], str]:
    """A store whose source is a page of the server."""

    def make(path: str) -> str:
        record = seal(text_document(TEXT, "report.txt")).record.replace('id = "report"', 'id = "paper"')
        head = f'publisher = "P"\nurl = "{server}{path}"\nas_of = "2019"\n'
        (small / "seeds" / "paper.toml").write_text(head + record, encoding="utf-8")
        return str(small)

    return make


def online_report(run: Callable[..., Reply], pack: str) -> tuple[int, dict]:
    reply = run("verify", "--facts", pack, "--online", "--allow-local", "--json")
    return reply.status, json.loads(reply.text)


def test_an_unchanged_page_passes(run: Callable[..., Reply], pack: Callable[[str], str]) -> None:
    status, found = online_report(run, pack("/page"))
    assert (status, found["findings"], found["unreached"]) == (0, [], [])
    assert found["checks"]["quote_found"] == {"run": 1, "passed": 1, "not_run": 0}
    assert found["texts"][0]["counts"]["gone"] == 0


@pytest.mark.usefixtures("here")
def test_a_changed_page_names_the_words_and_the_fact(run: Callable[..., Reply], pack: Callable[[str], str]) -> None:
    status, found = online_report(run, pack("/changed"))
    assert status == 1
    assert [(each["code"], each["fact"]) for each in found["findings"]] == [("V106", "seven-radios")]
    changed = [each for each in found["texts"][0]["passages"] if each["change"] == "changed"]
    assert changed[0]["words"] == [{"was": "over 7", "now": "9"}]


def test_a_page_that_is_not_there_is_not_reached_and_never_gone(
    run: Callable[..., Reply], pack: Callable[[str], str]
) -> None:
    status, found = online_report(run, pack("/nothing"))
    assert (status, found["findings"], found["texts"]) == (2, [], [])
    assert found["checks"]["quote_found"] == {"run": 0, "passed": 0, "not_run": 1}
    assert [each["reason"] for each in found["unreached"]] == ["the server answers 404 Not Found"]


@pytest.mark.usefixtures("here")
def test_an_archived_address_may_be_given(run: Callable[..., Reply], pack: Callable[[str], str], server: str) -> None:
    reply = run("verify", "--facts", pack("/nothing"), "--address", f"{server}/page", "--allow-local", "--json")
    assert reply.status == 0
    assert json.loads(reply.text)["texts"][0]["text"] == f"{server}/page"


def test_one_address_is_the_page_of_one_source(run: Callable[..., Reply]) -> None:
    reply = run("verify", "--address", "https://example.org/")
    assert reply.stderr == "tajsec: error: --address is the page of one source; name it with --source ID\n"


@pytest.mark.usefixtures("here")
def test_a_quote_of_a_heading_is_not_looked_for_on_a_page_and_does_not_count_as_found(
    run: Callable[..., Reply], pack: Callable[[str], str]
) -> None:
    folder = pack("/page")
    record = Path(folder) / "seeds" / "paper.toml"
    text = record.read_text(encoding="utf-8").replace('role = "claim"', 'role = "heading"')
    record.write_text(text, encoding="utf-8")
    _, found = online_report(run, folder)
    assert found["checks"]["quote_found"] == {"run": 0, "passed": 0, "not_run": 1}


def test_a_bad_page_is_told_with_its_source_and_is_no_bug_of_ours(
    run: Callable[..., Reply], pack: Callable[[str], str]
) -> None:
    status, found = online_report(run, pack("/gzip-gzip"))
    assert (status, [each["source"] for each in found["unreached"]]) == (2, ["paper"])


@pytest.mark.usefixtures("here")
def test_a_charset_that_is_none_is_no_bug_of_ours(run: Callable[..., Reply], pack: Callable[[str], str]) -> None:
    status, found = online_report(run, pack("/charset?undefined"))
    assert (status, found["unreached"]) == (0, [])


def test_a_terminal_shows_how_much_has_come(pack: Callable[[str], str]) -> None:
    command = [sys.executable, "-m", "tajsec", "verify", "--facts", pack("/page"), "--online", "--allow-local"]
    shown, status = on_terminal(command, {**os.environ, "TERM": "xterm-256color"})
    assert ("1/1 paper" in shown, status) == (True, 0)


def test_a_missing_library_is_named(run: Callable[..., Reply], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online, "LIBRARIES", ("no_such_library",))
    reply = run("verify", "--online")
    assert (reply.status, reply.stderr) == (
        2, "tajsec: error: --online needs no_such_library; install tajsec[online]\n"
    )  # fmt: skip
