"""A source's page fetched from a local server that misbehaves in every way that servers do."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tajsec.check import online
from tajsec.check.online import Limits, NotReached, fetch_text
from tajsec.cli.terminal import Reply
from tajsec.data.read import read_source
from tajsec.data.seal import seal
from tajsec.model.records import Source

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


class Misbehaving(BaseHTTPRequestHandler):
    """A page, and ways in which a page does not come."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        ways: dict[str, Callable[[], None]] = {
            "/page": lambda: self.answer(PAGE.encode()),
            "/changed": lambda: self.answer(PAGE.replace("over 7 radios", "9 radios").encode()),
            "/text": lambda: self.answer(TEXT.encode(), kind="text/plain"),
            "/wrong-charset": lambda: self.answer(PAGE.replace('<meta charset="utf-8">', "").encode("cp1252")),
            "/meta": lambda: self.answer(
                PAGE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"), kind="text/html"
            ),
            "/moved": lambda: self.redirect("/page"),
            "/elsewhere": lambda: self.redirect(f"http://127.0.0.2:{port}/page"),
            "/loop": lambda: self.redirect("/loop"),
            "/to-file": lambda: self.redirect("file:///etc/passwd"),
            "/to-script": lambda: self.redirect("javascript:alert(1)"),
            "/pdf": lambda: self.answer(b"%PDF-", kind="application/pdf"),
            "/empty": lambda: self.answer(b"<html><body></body></html>"),
            "/huge": self.huge,
            "/drip": self.drip,
            "/silent": lambda: time.sleep(3),
            "/cut": self.cut,
        }
        ways.get(self.path, lambda: self.answer(b"no such page", status=404))()

    def huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"<p>" + b"x" * 65536)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"<p>drop</p>")
            self.wfile.flush()
            time.sleep(0.05)

    def cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<p>half of")


class Quiet(ThreadingHTTPServer):
    """A server that does not complain when a client goes away."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Quiet(("0.0.0.0", 0), Misbehaving) as quiet:  # noqa: S104
        threading.Thread(target=quiet.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{quiet.server_address[1]}"
        quiet.shutdown()


@pytest.fixture(scope="module")
def source() -> Source:
    record = seal(TEXT, file="report.txt").record
    return read_source(f'publisher = "P"\nurl = "https://example.org"\n{record}', "report.toml")


LOCAL = Limits(allow_local=True, read=0.5, total=1.0, size=2**20)


@pytest.mark.parametrize("path", ["/page", "/moved", "/text", "/wrong-charset", "/meta"])
def test_a_page_gives_the_sealed_passages(server: str, source: Source, path: str) -> None:
    lines = fetch_text(server + path, source, LOCAL).split("\n")
    assert set(TEXT.split("\n")) <= set(lines)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "the server answers 404 Not Found"),
        ("/loop", "over 5 redirects"),
        ("/to-file", "not an http or https address with a plain host"),
        ("/pdf", "application/pdf is no page; give a text of it with --text"),
        ("/empty", "a page without text"),
        ("/huge", "over 1 MiB"),
        ("/drip", "not there whole within 1 seconds"),
        ("/silent", "no answer within 0.5 seconds"),
    ],
)
def test_a_page_that_does_not_come_is_not_reached(server: str, source: Source, path: str, reason: str) -> None:
    with pytest.raises(NotReached) as caught:
        fetch_text(server + path, source, LOCAL)
    assert str(caught.value) == reason


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://no-such-host.invalid/", "ftp://example.org/"])
def test_an_address_that_does_not_answer_is_not_reached(source: Source, address: str) -> None:
    with pytest.raises(NotReached):
        fetch_text(address, source, LOCAL)


@pytest.mark.parametrize("path", ["/cut", "/to-script"])
def test_a_page_that_breaks_off_or_leads_nowhere_is_not_reached(server: str, source: Source, path: str) -> None:
    with pytest.raises(NotReached):
        fetch_text(server + path, source, LOCAL)


def test_local_addresses_are_opened_only_when_allowed(server: str, source: Source) -> None:
    with pytest.raises(NotReached, match=r"127\.0\.0\.1 is a local address; --allow-local opens it"):
        fetch_text(f"{server}/page", source, Limits())


def test_a_redirect_to_a_local_address_is_not_followed(
    server: str, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "_is_public", lambda host: host != "127.0.0.2")
    with pytest.raises(NotReached, match=r"127\.0\.0\.2 is a local address"):
        fetch_text(f"{server}/elsewhere", source, Limits())


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "0.0.0.0"],  # noqa: S104
)
def test_local_and_private_addresses_are_not_public(host: str) -> None:
    assert not online._is_public(host)
    assert online._is_public("93.184.216.34")


def test_progress_is_told(server: str, source: Source) -> None:
    told: list[tuple[int, int | None]] = []
    fetch_text(f"{server}/page", source, LOCAL, lambda got, expected: told.append((got, expected)))
    assert told[-1] == (len(PAGE.encode()), len(PAGE.encode()))


# ---------------------------------------------------------------- the command


@pytest.fixture
def pack(small: Path, server: str) -> Callable[[str], str]:
    """A store whose source is a page of the server."""

    def make(path: str) -> str:
        record = seal(TEXT, file="report.txt").record.replace('id = "report"', 'id = "paper"')
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


def test_an_archived_address_may_be_given(run: Callable[..., Reply], pack: Callable[[str], str], server: str) -> None:
    reply = run("verify", "--facts", pack("/nothing"), "--address", f"{server}/page", "--allow-local", "--json")
    assert reply.status == 0
    assert json.loads(reply.text)["texts"][0]["text"] == f"{server}/page"


def test_one_address_is_the_page_of_one_source(run: Callable[..., Reply]) -> None:
    reply = run("verify", "--address", "https://example.org/")
    assert reply.stderr == "tajsec: error: --address is the page of one source; name it with --source ID\n"


def test_a_quote_of_a_heading_is_not_looked_for_on_a_page_and_does_not_count_as_found(
    run: Callable[..., Reply], pack: Callable[[str], str]
) -> None:
    folder = pack("/page")
    record = Path(folder) / "seeds" / "paper.toml"
    text = record.read_text(encoding="utf-8").replace('role = "claim"', 'role = "heading"')
    record.write_text(text, encoding="utf-8")
    _, found = online_report(run, folder)
    assert found["checks"]["quote_found"] == {"run": 0, "passed": 0, "not_run": 1}
