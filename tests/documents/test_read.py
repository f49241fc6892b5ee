"""Documents of every kind become the same passages; strangers' files end in one line, within limits."""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from lxml import etree
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from tajsec.cli.terminal import Reply
from tajsec.documents import html, limited
from tajsec.documents import read as documents
from tajsec.documents.read import Document, document_of, read_document
from tajsec.errors import UsageError

Run = Callable[..., Reply]
PROCESS = "tajsec.documents.process"

HTML = """<!DOCTYPE html><html lang="en"><head><title>Lorries at the border | Border Observatory</title>
<meta property="og:site_name" content="Border Observatory"><meta name="author" content="B. Writer">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<link rel="canonical" href="https://border.example/lorries"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav>
<main><article><h1>Lorries at the border</h1><p>By B. Writer</p><p>North Gate, 5 March 2024</p>
<figure><img src="https://border.example/x.jpg"><figcaption>Lorries in February 2024.</figcaption></figure>
<p>The observatory counted <b>1,200</b> lorries at the crossing in 2024, which is more than the year before.</p>
<h2>What was paid</h2><ul><li>Three scanners for €300,000</li></ul>
<table><tr><th>Year</th><th>Lorries</th></tr><tr><td><p>2023</p></td><td>900</td></tr></table>
<p>The last paragraph says that twelve officers of the crossing were trained in 2023.</p>
</article></main><aside><h3>Related</h3></aside><footer><p>© 2024 Border Observatory</p></footer></body></html>"""
HTML_LINES = [
    ("Lorries at the border", "heading"),
    ("By B. Writer", None),
    ("North Gate, 5 March 2024", None),
    ("Lorries in February 2024.", "caption"),
    ("The observatory counted 1,200 lorries at the crossing in 2024, which is more than the year before.", None),
    ("What was paid", "heading"),
    ("Three scanners for €300,000", "claim"),
    ("Year Lorries", "claim"),
    ("2023 900", "claim"),
    ("The last paragraph says that twelve officers of the crossing were trained in 2023.", None),
]
MARKDOWN = """---
title: "A note on radios"
author: Radio Desk
date: 2023-02-01
---
# A note on radios

The desk gave **1,200** radios
to the [border guards](https://radio.example/a_(b)) in 2022. [@fact-1]

Second heading
--------------
- one item with `code`
  that goes on
* two_items_here

| a | b |
|---|---|
| 1 | 2 |

```
a = *b*
```
"""


def shown(document: Document) -> list[tuple[str, str | None]]:
    return [(line.text, line.role) for line in document.lines]


# ---------------------------------------------------------------- what becomes a passage


def test_a_page_becomes_its_main_text_in_order_with_the_roles_of_its_tags() -> None:
    document = document_of(HTML.encode(), "page.html")
    assert shown(document) == HTML_LINES
    told = (document.title, document.author, str(document.issued), document.language, document.publisher, document.url)
    expected = ("Lorries at the border", ("B. Writer",), "2024-03-05", "en", "Border Observatory")
    assert told == (*expected, "https://border.example/lorries")


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("page.htm", HTML.encode("utf-16")),
        ("page", HTML.encode("utf-8-sig")),
        ("page.txt", b"<!-- saved -->\n" + HTML.encode()),
        ("page.html", HTML.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252")),
        ("page.html", HTML.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252")),
    ],
)
def test_a_page_is_known_by_its_content_and_read_in_its_charset(name: str, encoded: bytes) -> None:
    assert shown(document_of(encoded, name)) == HTML_LINES


def test_a_markdown_text_loses_its_marks_and_nothing_else() -> None:
    document = document_of(MARKDOWN.encode(), "note.md")
    assert [(*line,) for line in document.lines] == [
        ("A note on radios", "heading", 6),
        ("The desk gave 1,200 radios to the border guards in 2022. [@fact-1]", None, 8),
        ("Second heading", "heading", 11),
        ("one item with code that goes on", "claim", 13),
        ("two_items_here", "claim", 15),
        ("a b", "claim", 17),
        ("1 2", "claim", 19),
        ("a = *b*", None, 22),
    ]
    assert (document.title, document.author, str(document.issued)) == (
        "A note on radios", ("Radio Desk",), "2023-02-01",
    )  # fmt: skip


LEFT = (
    "The observatory says that the inter-|national crossing was closed for|well-|known reasons, and that 45 of its|"
    "officers were moved to the new bridge.|   It reopened in 2024 with two lanes,|which the ministry paid for itself."
).split("|")
RIGHT = (
    "The second column tells of lorries:|1,200 passed in March, and 1,300 in|April, as the observatory counted.|"
    "   Customs said in a letter of 5 May|that they need twelve more officers|before the winter begins."
).split("|")


def pdf(*pages: Callable[[canvas.Canvas], None], **keys: object) -> bytes:
    stream = io.BytesIO()
    drawn = canvas.Canvas(stream, pagesize=A4, invariant=True, **keys)
    for page in pages:
        page(drawn)
        drawn.showPage()
    drawn.save()
    return stream.getvalue()


def columns(drawn: canvas.Canvas) -> None:
    drawn.setFont("Helvetica-Bold", 18)
    drawn.drawCentredString(297, 780, "A crossing reopens")
    drawn.setFont("Helvetica", 10)
    drawn.drawCentredString(297, 755, "North Gate, 7 May 2024")
    for n in range(7):  # row by row, across both columns
        for x, side in ((50, LEFT), (310, RIGHT)):
            for line in side[n : n + 1]:
                drawn.drawString(x + 10 * line.startswith(" "), 730 - 12 * n, line.strip())


def running(number: int) -> Callable[[canvas.Canvas], None]:
    def page(drawn: canvas.Canvas) -> None:
        drawn.setFont("Helvetica", 10)
        drawn.drawString(50, 810, "Border Observatory, report 4")
        drawn.drawString(50, 700, f"The page numbered {number} begins a sentence that goes on over the")
        drawn.drawString(50, 688, "end of the page, and")
        drawn.drawString(280, 20, f"Page {number} of 3")

    return page


def test_columns_of_a_pdf_are_read_one_after_the_other_and_hyphens_of_line_ends_go() -> None:
    document = document_of(pdf(columns), "report.pdf")
    assert document.text.splitlines() == [
        "A crossing reopens",
        "North Gate, 7 May 2024",
        "The observatory says that the international crossing was closed for well-known reasons, and that 45 of its "
        "officers were moved to the new bridge.",
        "It reopened in 2024 with two lanes, which the ministry paid for itself.",
        "The second column tells of lorries: 1,200 passed in March, and 1,300 in April, as the observatory counted.",
        "Customs said in a letter of 5 May that they need twelve more officers before the winter begins.",
    ]
    assert [line.role for line in document.lines] == ["heading", *[None] * 5]


def test_running_heads_and_page_numbers_do_not_part_a_paragraph() -> None:
    document = document_of(pdf(*map(running, (1, 2, 3))), "report.pdf")
    assert document.lines[-1] == ("Border Observatory, report 4", "furniture", 1)
    assert not any("of 3" in line.text for line in document.lines)


WORDML = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{1}</w:{0}>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


BRIDGES = "The desk counted 14 bridges in 2021."


def docx(body: str = paragraph(BRIDGES), *, head: str = "", **parts: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS.format("word/document.xml"))
        archive.writestr("word/document.xml", head + WORDML.format("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_word_file_keeps_rows_inserted_words_and_footnotes() -> None:
    inserted = '<w:p><w:r><w:t>A desk </w:t></w:r><w:ins w:id="1"><w:r><w:t>counted 14.</w:t></w:r></w:ins></w:p>'
    row = f"<w:tbl><w:tr><w:tc>{paragraph('2021')}</w:tc><w:tc>{paragraph('14')}</w:tc></w:tr></w:tbl>"
    core = "<x><dc:title>Bridges &amp; roads</dc:title><dc:creator>Desk</dc:creator><dcterms:created>2022-04-03T1</x>"
    document = document_of(docx(inserted + row, **{"docProps/core.xml": core}), "a.docx")
    assert shown(document) == [("A desk counted 14.", None), ("2021 14", "claim")]
    assert (document.title, document.author, str(document.issued)) == ("Bridges & roads", ("Desk",), "2022-04-03?")


# ---------------------------------------------------------------- strangers' files


def picture(drawn: canvas.Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawn.drawImage(ImageReader(Image.new("RGB", (40, 40), "gray")), 0, 0, 500, 800)


def looped() -> bytes:
    """Return a PDF file whose tree of pages is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def bomb() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{entities}]>'


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "pdf-scan": ("a.pdf", lambda: pdf(picture), "holds no text, only pictures; run it through OCR (ocrmypdf) first"),
    "pdf-empty": ("a.pdf", lambda: pdf(lambda _: None), "holds no word; name the text of a document"),
    "pdf-password": ("a.pdf", lambda: pdf(columns, encrypt="secret"), "encrypted; save it without a password first"),
    "pdf-cut": ("a.pdf", lambda: b"%PDF-1.7\n" + b"junk" * 100, "not a PDF file that can be read; open it and"),
    "pdf-loop": ("a.pdf", looped, ""),
    "pdf-pages": ("a.pdf", lambda: pdf(*[lambda _: None] * 2001), "over 2,000 pages; split it"),
    "html-tags": ("a.html", lambda: b"<html>" + b"<p>a" * 200_001, "over 200,000 tags"),
    "html-entities": ("a.html", lambda: (bomb() + "<html><p>&e11;</p></html>").encode(), ""),
    "html-deep": ("a.html", lambda: b"<html>" + b"<div>" * 50_000 + b"deep words", ""),
    "html-marks": ("a.html", lambda: ("<html><p>a" + "\u0301" * 40).encode(), "over 30 combining marks in a row"),
    "html-nothing": ("a.html", lambda: b"<html><script>words words</script></html>", "holds no word"),
    "docx-entities": (
        "a.docx",
        lambda: docx(paragraph("&e11;"), head=bomb()),
        "holds XML entities, as no",
    ),
    "docx-entities-16": (
        "a.docx",
        lambda: docx(**{"word/x.xml": bomb().encode("utf-16")}),
        "holds XML entities, as no",
    ),
    "docx-bomb": ("a.docx", lambda: docx(paragraph("a" * 25 * 2**20)), "over 5,000 parts or 24 MiB of XML; split it"),
    "docx-deep": ("a.docx", lambda: docx("<w:ins>" * 5000 + "</w:ins>" * 5000), "cannot be read: RecursionError"),
    "docx-zip": ("a.docx", lambda: b"PK\x03\x04" + b"x" * 100, "damaged; save it again from the program that made it"),
    "docx-broken": ("a.docx", lambda: docx("<w:p>"), "cannot be read: "),
    "zip": (
        "a.zip",
        lambda: docx().replace(b"word/document.xml", b"word/d0cument.xml"),
        "an archive without a text",
    ),
    "doc": (
        "a.doc",
        lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100,
        "an old Word file, or one with a password",
    ),
    "rtf": ("a.rtf", lambda: b"{\\rtf1 words}", "an RTF file; save it as DOCX, PDF, HTML or text"),
    "text-latin": ("a.txt", lambda: "Café".encode("latin-1"), "not UTF-8; save the file as UTF-8"),
    "markdown-spaces": ("a.md", lambda: b"# a" + b" " * 50_000 + b"b\n\n" + b" " * 50_000 + b"- c 7\n", ""),
    "markdown-marks": ("a.md", lambda: b"[" * 50_000 + b"*" * 50_000 + b"_a" * 50_000 + b"`" * 50_000, ""),
}
"""Name of the file, its bytes, and what is said of it; "" if it is read, or refused in words of a library."""


@pytest.mark.parametrize("case", HOSTILE)
def test_a_strangers_file_is_read_or_refused_in_one_line(run: Run, tmp_path: Path, case: str) -> None:
    name, content, said = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content())
    reply = run("seal", str(path), "--quiet", "--output", str(tmp_path / "a.toml"))
    if said or reply.status:
        assert (reply.status, reply.text, reply.stderr.count("\n")) == (2, "", 1)
        assert reply.stderr.startswith(f"tajsec: error: {path}: {said}")
        assert not (tmp_path / "a.toml").exists()


def test_what_lies_outside_of_a_word_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret of the machine")
    rels = RELS.format("word/document.xml").replace(
        "</Relationships>",
        f'<Relationship Id="r2" Type="x" TargetMode="External" Target="file://{tmp_path}/secret.txt"/></Relationships>',
    )
    document = document_of(docx(**{"word/_rels/document.xml.rels": rels, "../../up.xml": "<a/>"}), "a.docx")
    assert document.text == BRIDGES
    assert not (tmp_path.parent / "up.xml").exists()


LONG_TABLE = b"<table>" + b"<tr><td>a" * 90_000
"""A page that takes long to read, and much memory."""


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("")  # names of modules in the working directory are not looked for
    monkeypatch.chdir(tmp_path)
    with pytest.raises(limited.Unreadable, match=r"^not read whole within 0 seconds$"):
        limited.answer_of(PROCESS, {"kind": "html"}, LONG_TABLE, seconds=0)
    # a library that has no memory raises, or ends the process: either way the reason names the limit
    with pytest.raises(limited.Unreadable, match=r"takes over 100 MiB of memory$|^cannot be read"):
        limited.answer_of(PROCESS, {"kind": "html"}, LONG_TABLE, memory=100 * 2**20)


@pytest.mark.parametrize(
    ("name", "content"), [("a.html", HTML.encode()), ("a.pdf", b"%PDF-1.4"), ("a.docx", b"PK\x03\x04")]
)
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, content: bytes) -> None:
    monkeypatch.setattr(documents, "_LIBRARIES", dict.fromkeys(("html", "pdf", "docx"), ("no_such_library",)))
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=r"needs no_such_library; install tajsec\[documents\]$"):
        read_document(tmp_path / name)


def test_lack_of_memory_is_told_as_such_where_the_parser_names_a_mistake_of_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def out_of_memory(_page: str) -> None:
        raise etree.XMLSyntaxError("ID b already defined", 513, 1, 30)

    monkeypatch.setattr(lxml.html, "document_fromstring", out_of_memory)
    for read in (html.html_document, html.fragment_lines, lambda page: list(html.all_paragraphs(page, 100))):
        with pytest.raises(MemoryError):
            read("<p id=b>A word.")


def test_a_process_that_breaks_down_is_not_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(limited.Unreadable, match=r"^what reads it broke down: "):
        limited.answer_of(PROCESS, {"kind": "html"}, seconds=0)
