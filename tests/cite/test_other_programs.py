"""What other programs make of citations: pandoc and biber read the entries back, and pandoc's citeproc prints the same.

Each test that needs a program is skipped where that is not installed (Debian: `apt install pandoc biber`).
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cite.citation import Citation, citations
from tajsec.cite.csl import render
from tajsec.cite.styles import BIBLIOGRAPHIES, RENDERED, STYLES, CslFile
from tajsec.cite.write import in_style
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.model.records import Source

Rules = dict[str, tuple[str, str]]
"""The reason for a difference: what pandoc prints, as a pattern, and what is printed here in its place."""

ROOT = Path(__file__).parents[2]
FOUNDING = "en/natohq/topics_50312|tajikembassy|24730251|111921|1619630"
"""What of the addresses of five documents tells them apart, and from all others."""
SITE_IS_AUTHOR = "a site with the name of its author is left out, as the manual has it"
NO_FORM = "the file prints the kind of text (editorial, copy) of no page"
ONLINE = "pandoc leaves the word out where there is no date of access"
DIFFERENCES: dict[str, Rules] = {
    "apa": {
        "the file prints Retrieved without a date of access": ("Retrieved (?=http)", ""),
        "of an archived page the manual has the address alone": (r"Internet Archive\. ", ""),
        SITE_IS_AUTHOR: (r"^(NATO\. .*)(?<=\. )NATO\. ", r"\1"),
    },
    "chicago-author-date": {
        "CSL has no date of the last update": ("NATO, (?=December 12)", "Last modified "),
    },
    "chicago-notes": {
        "CSL has no date of the last update": ("NATO, (?=December 12)", "Last modified "),
    },
    "mla": {
        "each entry can stand alone": ("^———", "NATO"),
        "a date that is inferred is in brackets, as the manual has it": (r"Circa ([^,]*)", r"[\1?]"),
    },
    "harvard": {
        SITE_IS_AUTHOR: (r"^(NATO .*), NATO\.", r"\1."),
        "the file has no form for a date that is not sure": (r"^(Radio|U\.S\.|Voice)(.*?)\((20..)\)", r"\1\2(c. \3)"),
        NO_FORM: (r"(Cooperation With Tajikistan’|relations with NATO)(?=,)", r"\1 [KIND]"),
    },
    "ieee": {
        SITE_IS_AUTHOR: (r"^(NATO, “Relations with Tajikistan,”) NATO\.", r"\1 Dec. 12, 2017."),
        "the file does not date web pages": (r"(U\.S\. Embassy in Tajikistan)\.", r"\1, Nov. 19, 2021."),
        "the file has no form for a date that is not sure": (r"((?:Oct|Mar|Nov)\. (?:05, |19, )?20\d\d)", r"[\1?]"),
        NO_FORM: (r"(Cooperation With Tajikistan|relations with NATO),”", r"\1” [KIND],"),
        ONLINE: (r"(\?\]\.) Available", r"\1 [Online]. Available"),
    },
}  # fmt: skip


def run_program(name: str, *args: str, text: str = "") -> str:
    """Run a program and return what it prints; the test is skipped if it is not installed."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return subprocess.run([name, *args], input=text, capture_output=True, text=True, check=True).stdout


def read_by_pandoc(text: str, form: str) -> list[dict]:
    """Read a bibliography with pandoc; older versions read no RIS."""
    if form not in run_program("pandoc", "--list-input-formats").split():
        pytest.skip(f"this pandoc reads no {form}")
    found: list[dict] = json.loads(run_program("pandoc", "-f", form, "-t", "csljson", text=text))
    return found


@pytest.fixture(scope="module")
def one_of_each(store: Store) -> list[Citation]:
    """A citation of each document."""
    facts = {source: fact for fact in reversed(store.facts()) for source in fact.sources}
    cited = citations(store, list({fact.id: fact for fact in facts.values()}.values()))
    return list({each.source.id: each for each in cited}.values())


@pytest.fixture(scope="module")
def founding(one_of_each: list[Citation]) -> list[Citation]:
    """A citation of each of five unlike documents: `DIFFERENCES` has the words of their entries."""
    return [each for each in one_of_each if re.search(FOUNDING, each.source.url or "")]


# ---------------------------------------------------------------- printed by pandoc's citeproc


def printed_by_pandoc(style: CslFile, items: str, folder: Path) -> list[str]:
    path = folder / "items.json"
    path.write_text(items, encoding="utf-8")
    csl = ROOT / "tajsec" / "cite" / "csl_styles" / f"{style.name}.csl"
    options = ("--citeproc", f"--bibliography={path}", f"--csl={csl}", f"-Mlang={style.locale}", "--wrap=none")
    printed = run_program("pandoc", *options, "-t", "plain", text="---\nnocite: '@*'\n---\n")
    return [entry.strip() for entry in printed.split("\n\n") if entry.strip()]


def document(entry: str) -> str:
    return re.search(FOUNDING, entry)[0]  # type: ignore[index]


def with_kind(entry: str, source: Source) -> str:
    kind = source.genre or ""
    return entry.replace("[KIND]", f"[{kind[:1].upper()}{kind[1:]}]")


@pytest.mark.parametrize("style", RENDERED)
def test_pandoc_prints_the_same_entry_of_every_document(founding: list[Citation], tmp_path: Path, style: str) -> None:
    file = STYLES[style].made_by
    assert isinstance(file, CslFile)
    items = in_style(founding, "csl-json", "source")
    theirs = {document(entry): without_number(entry) for entry in printed_by_pandoc(file, items, tmp_path)}
    ours = render(file, [[each] for each in founding]).bibliography
    sources = {document(each.source.url): each.source for each in founding}
    assert len(ours) == len(theirs) == 5
    used = set()
    for entry in map(without_number, ours):
        expected = theirs[document(entry)]
        for reason, (pattern, printed) in DIFFERENCES[style].items():
            changed = re.sub(pattern, printed, expected)
            used |= {reason} if changed != expected else set()
            expected = changed
        assert entry == with_kind(expected, sources[document(entry)])
    assert used == set(DIFFERENCES[style]), "a difference that is no more"


def without_number(entry: str) -> str:
    return re.sub(r"^\[\d\]\s*", "", entry)


def test_the_page_on_citing_gives_the_reason_of_each_difference() -> None:
    page = " ".join((ROOT / "docs" / "citing.md").read_text("utf-8").split())
    for style, rules in DIFFERENCES.items():
        for reason in rules:
            assert f"`{style}`" in page
            assert reason in page


# ---------------------------------------------------------------- read back


@pytest.mark.parametrize("style", ["bibtex", "biblatex", "ris"])
def test_pandoc_reads_what_each_document_is(one_of_each: list[Citation], style: str) -> None:
    found = {item["id"]: item for item in read_by_pandoc(in_style(one_of_each, style, "source"), style)}
    assert list(found) == [each.source.id for each in one_of_each]
    for source in (each.source for each in one_of_each):
        item = found[source.id]
        assert with_one_quotation_mark(item["title"]) == with_one_quotation_mark(source.title)
        assert [name.get("literal") or name["family"] for name in item.get("author", [])] == list(source.author)
        assert item["URL"] == source.url
        assert item.get("page") is None
        date = source.issued or source.updated
        year = item["issued"]["date-parts"][0][0] if item.get("issued", {}).get("date-parts") else None
        assert year == (date.anchor.year if date else None)
        if source.type == "article-newspaper":
            assert item["type"] == "article-newspaper"
            journal = source.container_title or source.publisher
            assert with_one_quotation_mark(item["container-title"]) == with_one_quotation_mark(journal)


def with_one_quotation_mark(text: str) -> str:
    """Return a text with one kind of quotation mark: pandoc turns those in quotes."""
    return re.sub('[“”‘’"]', "'", text)


def test_pandoc_reads_the_type_and_the_day_of_every_biblatex_entry(one_of_each: list[Citation]) -> None:
    for style in ("biblatex", "bibtex"):
        found = {item["id"]: item for item in read_by_pandoc(in_style(one_of_each, style, "source"), style)}
        assert found["rferl-2012"]["issued"]["date-parts"] == [[2012, 10, 5]]
        assert found["voa-2013"]["issued"]["date-parts"] == [[2013, 3]]
        assert (found["voa-2013"]["genre"], found["tajik-embassy-2012"]["genre"][:4]) == ("editorial", "copy")
        for each in one_of_each:
            assert with_one_quotation_mark(each.cites[0].quote) in with_one_quotation_mark(
                found[each.source.id]["annote"]
            )
            kind = "webpage" if each.source.type in ("interview", "speech") else each.source.type
            assert style == "bibtex" or found[each.source.id]["type"] == kind


def test_biber_reads_every_entry_and_finds_nothing_wrong(founding: list[Citation], tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(in_style(founding, "biblatex", "source"), encoding="utf-8")
    back = tmp_path / "back.xml"
    options = ("--tool", "--validate-datamodel", "--output-format=biblatexml", f"--output-file={back}")
    log = run_program("biber", *options, f"--logfile={tmp_path / 'biber'}", str(tmp_path / "refs.bib"))
    wrong = [line for line in log.splitlines() if line.startswith(("WARN - Data", "ERROR"))]
    expected = {"voa-2013": "Invalid field 'type'", "tajik-embassy-2012": "Invalid field 'type'|one of 'date, year'"}
    for line in wrong:  # pandoc reads the type, biblatex does not print it; the copy has no date
        assert re.search(expected[re.search("Entry '(.*?)'", line)[1]], line)  # type: ignore[index]
    text = back.read_text("utf-8")
    assert re.findall(r'entry id="(.*?)"', text) == [each.source.id for each in founding]
    assert "<bltx:date>2012?-10-05</bltx:date>" in text, "biber writes back that the date is uncertain"
    assert text.count("<bltx:name>") == len(founding), "an institution is one name"


UNKNOWN_TO_PANDOC = {"envoy-interview": "", "bridge-standard": ""}
"""What biblatex has no type for."""


def test_pandoc_reads_documents_without_an_address(unlinked: dict[str, Citation]) -> None:
    found = read_by_pandoc(in_style(list(unlinked.values()), "biblatex", "source"), "biblatex")
    for item in found:
        source = unlinked[item["id"]].source
        assert item["type"] == UNKNOWN_TO_PANDOC.get(source.id, source.type)
        assert (item.get("DOI"), item.get("ISBN"), item.get("URL")) == (source.doi, source.isbn, source.urn)
        assert (source.locator or "") in item.get("note", "")


def test_biber_misses_no_field_of_documents_without_an_address(unlinked: dict[str, Citation], tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(in_style(list(unlinked.values()), "biblatex", "source"), encoding="utf-8")
    options = ("--tool", "--validate-datamodel", f"--output-file={tmp_path / 'back.bib'}")
    log = run_program("biber", *options, f"--logfile={tmp_path / 'biber'}", str(tmp_path / "refs.bib"))
    wrong = [line for line in log.splitlines() if line.startswith(("WARN - Data", "ERROR"))]
    # biblatex prints both as misc, with these fields; its data model has none of them
    assert all(re.search("Invalid field '.*' for entrytype '(letter|jurisdiction)'", line) for line in wrong), wrong


CASE = {"Department of State, Bureau of Nonproliferation": "Department of State – Bureau of Nonproliferation",
        "University of California, Berkeley": "University of California – Berkeley"}  # fmt: skip


@pytest.mark.parametrize("style", BIBLIOGRAPHIES)
def test_an_institution_with_a_comma_is_no_person(run: Callable[..., Reply], small: Path, style: str) -> None:
    path = small / "seeds" / "paper.toml"
    path.write_text(path.read_text("utf-8").replace("publisher =", f"author = {json.dumps(list(CASE))}\npublisher ="))
    text = run("cite", "seven-radios", "--facts", str(small), "--style", style).text
    if style == "ris":
        assert re.findall(r"^AU  - (.*)\r$", text, re.MULTILINE) == [f"{name}," for name in CASE.values()]
        assert "\r\nSP  - " not in text
    form = {"csl-json": "csljson"}.get(style, style)
    names = [set(name.values()) for name in read_by_pandoc(text, form)[0]["author"]]
    assert names == [{name} for name in (CASE.values() if style == "ris" else CASE)]
