"""Documents without a web address: every command, in every format that shows receipts, says where they are found."""

import csv
import html
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from offline import ON_WEB, SOURCES, WHERE, fact_of

import tajsec
from tajsec.cite.styles import RENDERED, STYLES
from tajsec.cli.terminal import Reply
from tajsec.text.dates import parse

Run = Callable[..., Reply]


def words(text: str) -> str:
    """Return a text without escapes of Markdown and HTML: what its reader sees of where a document is found."""
    return " ".join(html.unescape(re.sub(r"\\([^\w\s])", r"\1", text)).split())


def as_recorded(source: str) -> str:
    """Return the DOI, ISBN, URN or locator of a source."""
    return SOURCES[source][4].split('"')[1]


SHOWING = (
    *(f"show {fact_of('{}')} --format {form}" for form in ("plain", "table", "markdown", "html", "json", "csv", "tsv")),
    *(f"cite {fact_of('{}')} --style plain{by}" for by in ("", " --by source")),
    "summary gear --json", "list --json",
    "list --format csv", "list --format jsonl", "search bridges 2023 --json --limit 50", "timeline --json", "sources",
    "sources --json",
    "show {} --format plain", "show {} --format json",
)  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("line", SHOWING)
def test_where_a_document_is_found_is_shown(run: Run, offline: Path, line: str, source: str) -> None:
    reply = run(*line.format(source).split(), "--facts", str(offline))
    assert reply.status == 0, reply.stderr
    of_source = "sources" in line or "show {} " in line
    assert (as_recorded(source) if of_source else WHERE[source]) in words(reply.text)


@pytest.mark.parametrize("form", ["plain", "markdown", "html", "table"])
def test_a_brief_lists_where_its_documents_are_found(run: Run, offline: Path, form: str) -> None:
    shown = words(run("summary", "gear", "--format", form, "--facts", str(offline), tty=300).text)
    assert [source for source in SOURCES if WHERE[source] not in shown] == ["bridge-chapter"], "the tenth of ten facts"


@pytest.mark.parametrize("source", SOURCES)
def test_the_json_of_a_receipt_has_an_address_or_where_the_document_is_kept(
    run_json: Callable[..., dict], offline: Path, source: str
) -> None:
    (fact,) = run_json("show", fact_of(source), "--facts", str(offline))["facts"]
    (cite,) = fact["cites"]
    expected = (WHERE[source], None) if source in ON_WEB else (None, WHERE[source])
    assert (cite["url"], cite["kept_at"]) == expected
    (citation,) = run_json("cite", fact_of(source), "--facts", str(offline))["citations"]
    address = citation["cites"][0]["address"]
    assert address is None if source not in ON_WEB else address.startswith(WHERE[source])


@pytest.mark.parametrize("source", SOURCES)
def test_open_opens_what_has_an_address_and_names_where_the_rest_is(run: Run, offline: Path, source: str) -> None:
    reply = run("open", fact_of(source), "--print", "--facts", str(offline))
    if source in ON_WEB:
        assert (reply.status, reply.text.partition("#")[0]) == (0, WHERE[source])
    else:
        assert (reply.status, reply.text) == (2, "")
        assert reply.stderr == f"tajsec: error: {source} has no address; it is kept at: {WHERE[source]}\n"


def test_verify_online_names_what_is_not_on_the_web_and_fetches_nothing(
    run: Run, run_json: Callable[..., dict], offline: Path
) -> None:
    line = ("verify", fact_of("leaked-memo"), fact_of("bridge-book"), "--online", "--facts", str(offline))
    reply = run(*line)
    assert reply.status == 0
    assert f"not on the web: leaked-memo ({WHERE['leaked-memo']}); compare its text with --text" in reply.stderr
    found = run_json(*line)
    assert found["unreached"] == []
    assert {each["source"]: each["kept_at"] for each in found["offline"]} == {
        source: WHERE[source] for source in ("leaked-memo", "bridge-book")
    }


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("style", [each for each in STYLES if each != "plain"])
def test_a_style_prints_what_its_manual_has(run: Run, offline: Path, style: str, source: str) -> None:
    text = run("cite", fact_of(source), "--style", style, "--facts", str(offline)).text
    kind, _, _, _, found = SOURCES[source]
    title = source.replace("-", " ")
    assert re.search(title, text, re.IGNORECASE)
    for key, value in re.findall('(.*) = "(.*)"', found):
        if key == "doi" and style == "wikipedia" and "<" in value:
            assert WHERE[source] in text
        elif key != "isbn" or style not in RENDERED:  # no manual has the ISBN
            assert value in words(text), kind
    assert "Preprint" not in text
    assert "ahead of print" not in text


def test_an_export_has_a_column_for_each_way(run: Run, offline: Path, tmp_path: Path) -> None:
    args = ("--sqlite", str(tmp_path / "a.db"), "--tables", str(tmp_path / "t"), "--facts", str(offline))
    assert run("export", *args, "--web-annotations", str(tmp_path / "w.json")).status == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        rows = {row[0]: row[1:] for row in db.execute("SELECT id, url, doi, isbn, urn, locator FROM sources")}
    with (tmp_path / "t" / "sources.csv").open(encoding="utf-8", newline="") as stream:
        cells = {row["id"]: row for row in csv.DictReader(stream)}
    for source, (*_, found) in SOURCES.items():
        keys = dict(re.findall('(.*) = "(.*)"', found))
        assert rows[source] == tuple(keys.get(key) for key in ("url", "doi", "isbn", "urn", "locator"))
        assert {key: cells[source][key] for key in keys} == keys
    package = json.loads((tmp_path / "t" / "datapackage.json").read_text("utf-8"))
    paths = {each["title"]: each.get("path") for each in package["sources"]}
    expected = {f"The {source.replace('-', ' ')}": WHERE[source] if source in ON_WEB else None for source in SOURCES}
    assert paths == {**expected, "A paper": "https://example.org/paper"}
    items = json.loads((tmp_path / "w.json").read_text("utf-8"))["first"]["items"]
    targets = {
        each["id"].removeprefix("tajsec://fact/").removesuffix("-says#1"): each["target"]["source"]
        for each in items
        if each["target"]["source"] != "https://example.org/paper"
    }
    assert targets == {
        source: WHERE[source] if source in ON_WEB else f"tajsec://source/{source}" for source in SOURCES
    } | {"bridge-standard": WHERE["bridge-standard"], "bridge-book": "urn:isbn:9783161484100"}


@pytest.mark.parametrize("line", ["timeline --html -", "list --format html", "show leaked-memo-says --svg -"])
def test_pictures_and_pages_link_to_no_document_without_an_address(run: Run, offline: Path, line: str) -> None:
    reply = run(*line.split(), "--facts", str(offline))
    assert reply.status == 0, reply.stderr
    links = set(re.findall('href="(https?://[^"#]*)', reply.text))
    assert links <= {WHERE[source].replace("&", "&amp;") for source in ON_WEB} | {"https://example.org/paper"}
    assert 'href="#:~:' not in reply.text
    assert "None" not in reply.text
    assert "list" in line or WHERE["leaked-memo"] in words(re.sub("<[^>]*>", " ", reply.text))


def test_the_explorer_names_where_a_document_is_kept(run: Run, offline: Path, tmp_path: Path) -> None:
    assert run("export", "--html", str(tmp_path / "a.html"), "--facts", str(offline)).status == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    for source in set(SOURCES) - ON_WEB:
        assert WHERE[source] in words(page)
    assert 'href="#:~:' not in page


def test_a_change_of_where_a_document_is_kept_is_a_change(run: Run, offline: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(offline, tmp_path / "moved"))
    path = moved / "seeds" / "leaked-memo.toml"
    path.write_text(path.read_text("utf-8").replace("box 7", "box 8"), "utf-8")
    reply = run("changes", str(offline), str(moved), "--json")
    (change,) = json.loads(reply.text)["changes"]
    assert [each["key"] for each in change["keys"]] == ["locator"]


def test_the_python_api_has_the_same(offline: Path, cache: Path) -> None:
    store = tajsec.load(offline, cache=cache)
    for source in SOURCES:
        (receipt,) = store[fact_of(source)].cites
        assert (receipt.url or receipt.kept_at) == WHERE[source]
        assert WHERE[source] in words(store[fact_of(source)]._repr_html_())
    assert store["bridge-article-says"].when == parse("2023")
    assert "Recording 4 &amp; notes" in store.sources._repr_html_()


def test_sealing_says_what_is_to_fill_in_and_keeps_it_where_it_was(run: Run, offline: Path, tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    text.write_text("A first claim is made here.\n", encoding="utf-8")
    head = run("seal", str(text)).text.partition("\n")[0]
    assert head.startswith("# To be filled in: publisher, and where it is found: url, doi, isbn, urn or locator.")
    record = offline / "seeds" / "bridge-chapter.toml"
    again = run("seal", str(text), "--record", str(record)).text
    keys = [line.partition(" = ")[0] for line in again.splitlines() if " = " in line]
    assert keys[keys.index("issued") : keys.index("language") + 1] == ["issued", "doi", "isbn", "language"]
    assert 'doi = "10.5555/(BR)1999<1::AID>3.0;2"' in again
