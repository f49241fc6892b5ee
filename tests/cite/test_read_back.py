"""The bibliographies of all facts, read back by other programs: what they read is what the store has, to the letter.

Each test is skipped where its program is not installed (Debian: `apt install pandoc biber bibutils`).
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from tajsec.cite.citation import Entry, entries
from tajsec.cite.styles import By
from tajsec.cite.write import in_style

MODS = "{http://www.loc.gov/mods/v3}"
BY = pytest.mark.parametrize("by", ["fact", "source"])
TYPES = {
    "bibtex": {
        "article-newspaper": "article",
        "interview": "misc",
        "report": "techreport",
        "speech": "misc",
        "webpage": "misc",
    },
    "biblatex": {
        "article-newspaper": "article",
        "interview": "online",
        "report": "report",
        "speech": "online",
        "webpage": "online",
    },
    "ris": {"article-newspaper": "NEWS", "interview": "PCOMM", "report": "RPRT", "speech": "GEN", "webpage": "ELEC"},
}
ONLINE = {("biblatex", kind): "webpage" for kind in ("interview", "speech")}
"""What biblatex has no type for: it is read as the page that it is on."""

KNOWN_TO_BIBER = {
    "Missing mandatory field - one of 'date, year' must be defined",  # of a document without a date
    "Missing mandatory field 'author'",  # of an article that nobody signed
    "Missing mandatory field 'type'",  # of a report whose record does not say what kind of report it is
    "Invalid field 'type' for entrytype 'online'",  # the kind of text, which biblatex leaves out and pandoc reads
    "Invalid field 'type' for entrytype 'article'",
}


def output_of(program: str, *args: str | Path, text: str = "") -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([program, *args], input=text, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(text: str) -> str:
    """Return a text with one kind of quotation mark, which programs turn, and without the braces of TeX."""
    return " ".join(re.sub('[“”‘’"]', "'", text).translate(str.maketrans("", "", "{}")).split())


def year_of(entry: Entry) -> str | None:
    date = entry.source.issued or entry.source.updated
    return str(date.anchor.year) if date else None


@BY
@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_bibtexparser_reads_every_entry_to_the_letter(every: list, style: str, by: By) -> None:
    library = bibtexparser.parse_string(in_style(every, style, by), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    for read, entry in zip(library.entries, entries(every, by), strict=True):
        assert read.key == entry.key
        assert read.entry_type == TYPES[style][entry.source.type]
        fields = {field.key: plain(str(field.value)) for field in read.fields}
        assert fields["title"] == plain(entry.source.title)
        assert fields.get("author", "") == plain(" and ".join(entry.source.author))
        assert fields["annote" if style == "bibtex" else "annotation"] == plain(entry.annotation)
        year = fields["year"] if style == "bibtex" else fields.get("date", "n.d.")[:4]
        assert year == (year_of(entry) or "n.d.")


@BY
@pytest.mark.parametrize("style", ["bibtex", "biblatex", "csl-json"])
def test_pandoc_reads_every_entry_to_the_letter(every: list, style: str, by: By) -> None:
    form = style.replace("-", "")
    read = json.loads(output_of("pandoc", "-f", form, "-t", "csljson", text=in_style(every, style, by)))
    found = {each["id"]: each for each in read}
    assert len(found) == len(read) == len(entries(every, by))
    for entry in entries(every, by):
        item, source = found[entry.key], entry.source
        assert plain(item["title"]) == plain(source.title)
        assert [name["literal"] for name in item.get("author", [])] == list(source.author)
        assert plain(item["annote"]) == plain(entry.annotation)
        assert item["URL"] in (source.url, source.archive_url)
        parts = item.get("issued", {}).get("date-parts") or [[None]]
        assert parts[0][0] == (int(year_of(entry)) if year_of(entry) else None)
        if style != "bibtex":
            assert item["type"] == ONLINE.get((style, source.type), source.type)


@BY
def test_biber_finds_no_error_in_any_entry(every: list, tmp_path: Path, by: By) -> None:
    path, back = tmp_path / "facts.bib", tmp_path / "back.bib"
    path.write_text(in_style(every, "biblatex", by), encoding="utf-8")
    files = (f"--output-file={back}", f"--logfile={tmp_path / 'log'}")
    log = output_of("biber", "--tool", "--validate-datamodel", *files, str(path))
    wrong = {line.partition("): ")[2] for line in log.splitlines() if line.startswith(("WARN", "ERROR"))}
    assert wrong == KNOWN_TO_BIBER
    library = bibtexparser.parse_file(str(back))
    assert [each.key for each in library.entries] == [each.key for each in entries(every, by)]


@BY
def test_rispy_reads_every_record_to_the_letter(every: list, by: By) -> None:
    for read, entry in zip(rispy.loads(in_style(every, "ris", by)), entries(every, by), strict=True):
        assert (read["id"], read["type_of_reference"]) == (entry.key, TYPES["ris"][entry.source.type])
        assert (read["title"], read.get("year")) == (entry.source.title, year_of(entry))
        assert read.get("authors", []) == [f"{name.replace(', ', ' – ')}," for name in entry.source.author]
        assert entry.annotation in read["notes"]
        assert "start_page" not in read


@BY
def test_bibutils_reads_every_record(every: list, tmp_path: Path, by: By) -> None:
    path = tmp_path / "facts.ris"
    path.write_text(in_style(every, "ris", by), encoding="utf-8", newline="")
    read = ElementTree.fromstring(output_of("ris2xml", path).lstrip("\ufeff"))  # noqa: S314 - made here
    for record, entry in zip(read, entries(every, by), strict=True):
        assert record.get("ID") == entry.key
        assert record.findtext(f"{MODS}titleInfo/{MODS}title") == re.split(": ", entry.source.title)[0]
        assert (record.findtext(f".//{MODS}dateIssued") or "")[:4] == (year_of(entry) or "")
        assert entry.annotation in [note.text for note in record.iter(f"{MODS}note")]
        assert [url.text for url in record.iter(f"{MODS}url")] == [entry.source.url]
