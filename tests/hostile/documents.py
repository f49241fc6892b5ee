"""Makes documents that break what reads them: `make = ["document page.html deep"]`, by the suffix and a kind."""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[], bytes]

_WORDS = "The Border Observatory counted 7 radios in 2019."


def document(path: Path, kind: str) -> None:
    """A document of a kind by the suffix of the path: see the tables below."""
    path.write_bytes(_MAKERS[path.suffix][kind]())


# ---------------------------------------------------------------- HTML


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _entities(root: str) -> bytes:
    """A text of a gigabyte, by names that stand for names."""
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "{_WORDS}">{names}]>'.encode()


HTML: dict[str, Maker] = {
    "good": lambda: _page(f"<h1>A paper</h1><p>{_WORDS}</p>"),
    "deep": lambda: _page("<div>" * 200_000 + _WORDS),
    "cells": lambda: _page("<table>" + "<tr><td>1" * 300_000 + "</table>"),
    "entities": lambda: _entities("html") + b"<html><body><p>&e9;</p></body></html>",
    "external": lambda: (
        b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + f"<html><p>{_WORDS} &e;</p></html>".encode()
    ),
    "frames": lambda: _page('<iframe src="file:///etc/passwd"></iframe><img src="/dev/zero">'),
    "nul": lambda: _page(f"<p>{_WORDS}\0\0 &#0; &#x1b;[31m &#x202e;and back</p>"),
    "title": lambda: _page(f"<p>{_WORDS}</p>", "<title>Red \x1b[31m&#x202e;title\x07</title>"),
    "address": lambda: _page(f"<p>{_WORDS}</p>", '<link rel="canonical" href="javascript:alert(1)">'),
    "line": lambda: _page("<p>" + "word " * 2_000_000),
    "charset": lambda: b"<html><meta charset='nowhere-8'><p>" + b"\xff\xfe\x80" * 20 + b"</p></html>",
    "utf16": lambda: _page(f"<p>{_WORDS}</p>").decode().encode("utf-16"),
    "marks": lambda: _page(f"<p>{_WORDS} e{'&#x301;' * 5000}</p>"),
    "empty": lambda: b"<html></html>",
}  # fmt: skip
"""Pages by what is wrong with them."""


# ---------------------------------------------------------------- PDF


def _pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of objects, numbered from 1, with a right table of their places."""
    data, places = b"%PDF-1.7\n", list[int]()
    for n, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + end


def _stream(content: bytes, keys: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), keys, packed)


def _of_page(content: bytes, keys: bytes = b"", trailer: bytes = b"/Root 1 0 R", more: bytes = b"null") -> bytes:
    """A PDF of one page with a content; `more` is its sixth object."""
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> %s >>" % keys,
        _stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        more,
        trailer=trailer,
    )


def _shown(words: str) -> bytes:
    return f"BT /F 12 Tf 72 700 Td ({words}) Tj ET\n".encode("latin-1")


_GOOD = _of_page(_shown(_WORDS))
_LOCKED = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)

PDF: dict[str, Maker] = {
    "good": lambda: _GOOD,
    "head": lambda: b"%PDF-1.7\n",
    "truncated": lambda: _GOOD[:200],
    "garbled": lambda: b"%PDF-1.7\n" + bytes(n * 7919 % 251 for n in range(50_000)),
    "locked": lambda: _of_page(
        _shown(_WORDS), trailer=b"/Root 1 0 R /Encrypt 6 0 R /ID [<aa> <aa>]", more=_LOCKED
    ),
    "unpaged": lambda: _pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"),
    "wordless": lambda: _of_page(b"0 0 100 100 re f\n"),
    "loop": lambda: _pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "count": lambda: _GOOD.replace(b"/Count 1 ", b"/Count 2147483647 "),
    "deep": lambda: _of_page(_shown(_WORDS), keys=b"/Deep " + b"[" * 200_000 + b"]" * 200_000),
    "bomb": lambda: _of_page(b" " * (1 << 26)),
    "texts": lambda: _of_page(_shown("word " * 20) * 20_000),
    "tables": lambda: re.sub(rb"startxref\n\d+", b"startxref\n9", _GOOD),
    "itself": lambda: _of_page(b"/X Do\n", more=b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] >>").replace(
        b"/Contents 4 0 R", b"/Contents 3 0 R"
    ),
    "size": lambda: _GOOD.replace(b"[0 0 600 800]", b"[-1e30 0 1e30 9e30]"),
    "script": lambda: _GOOD.replace(
        b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction << /S /Launch /F (/bin/true) >> >>"
    ),
    "control": lambda: _of_page(
        _shown("Red \\033[31m words \\007 and 7 radios"),
        trailer=b"/Root 1 0 R /Info 6 0 R",
        more=b"<< /Title (A \\033[31m title) /Author <FEFF202E0041> /CreationDate (D:99999999) >>",
    ),
    "prefixed": lambda: b"\0" * 900 + _GOOD,
}  # fmt: skip
"""PDF files by what is wrong with them."""


# ---------------------------------------------------------------- DOCX

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/></Relationships>'
)
_PARAGRAPH = f"<w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p>"


def _body(content: str) -> bytes:
    return f"<w:document {_W}><w:body>{content}</w:body></w:document>".encode()


def _docx(content: bytes, name: str = "word/document.xml", more: dict[str, bytes] | None = None) -> bytes:
    from io import BytesIO

    made = BytesIO()
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATION.format("officeDocument", "word/document.xml", "").encode(),
        name: content,
        **(more or {}),
    }
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _nested(count: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * count + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * count


def _picture(target: str) -> bytes:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="r1"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    relation = _RELATION.format("image", target, ' TargetMode="External"').encode()
    return _docx(_body(_PARAGRAPH + drawing), more={"word/_rels/document.xml.rels": relation})


_DOCX_GOOD = _docx(_body(_PARAGRAPH))

DOCX: dict[str, Maker] = {
    "good": lambda: _DOCX_GOOD,
    "truncated": lambda: _DOCX_GOOD[:300],
    "archive": lambda: _docx(b"nothing here", "readme.txt"),
    "garbled": lambda: _docx(b"<w:document><w:body>"),
    "bomb": lambda: _docx(_body("<w:p><w:r><w:t>" + "word " * (1 << 24) + "</w:t></w:r></w:p>")),
    "parts": lambda: _docx(_body(_PARAGRAPH), more={f"word/{n}": b"" for n in range(20_000)}),
    "entity": lambda: _docx(_entities("w:document") + _body(_PARAGRAPH.replace(_WORDS, "&e9;"))),
    "external": lambda: _docx(
        b'<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _body(_PARAGRAPH.replace(_WORDS, "&e;"))
    ),
    "deep": lambda: _docx(_body(_nested(3_000))),
    "deeper": lambda: _docx(_body(_nested(20_000))),
    "linked": lambda: _picture("file:///etc/passwd"),
    "outside": lambda: _docx(_body(_PARAGRAPH), more={"../../evil.xml": b"<x/>", "/etc/evil": b"x"}),
    "control": lambda: _docx(_body(_PARAGRAPH.replace("7", "7\u202e\u200b"))),
    "characters": lambda: _docx(_body(_PARAGRAPH.replace("7", "&#27;[31m"))),
    "empty": lambda: _docx(_body("")),
    "cells": lambda: _docx(_body("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 5_000 + "</w:tbl>")),
}
"""DOCX files by what is wrong with them."""


# ---------------------------------------------------------------- Markdown, and rows of facts

MARKDOWN: dict[str, Maker] = {
    "good": lambda: f"# A paper\n\n{_WORDS}\n".encode(),
    "quotes": lambda: b">" * 100_000 + _WORDS.encode(),
    "lists": lambda: b"".join(b" " * n + b"- " + _WORDS.encode() + b"\n" for n in range(0, 4_000, 2)),
    "brackets": lambda: b"[" * 100_000 + _WORDS.encode() + b"](" * 100_000,
    "stars": lambda: b"*a **b " * 30_000 + _WORDS.encode(),
    "ticks": lambda: b" ".join(b"`" * n for n in range(1, 2_000)) + _WORDS.encode(),
    "links": lambda: f"[a]: <file:///etc/passwd>\n\n![{_WORDS}](file:///etc/passwd) [a] [x](javascript:x)".encode(),
    "tables": lambda: b"|" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n" + (b"|" * 200 + b"7\n") * 200,
    "html": lambda: b"<div>" * 50_000 + b"<script>alert(1)</script>\n\n" + _WORDS.encode(),
    "nul": lambda: _WORDS.encode() + b"\0\x1b[31m\xe2\x80\xaeback\n",
    "line": lambda: b"word " * 1_100_000,
    "figures": lambda: b"7 " * 2_000,
    "citations": lambda: b"[@no-such-fact] 7 radios. " * 500,
    "citation": lambda: b"[@radios-delivered\x1b[31m; @../../etc; @" + b"x" * 300 + b"] 99 radios in 2019.\n",
    "dates": lambda: b"On 31 February 2019, 99.99.9999 and 9999-99-99 came " + b"9" * 400 + b" radios.\n",
}  # fmt: skip
"""Texts by what is wrong with them."""

_COLUMNS = "statement,actors,topics,when,status,cites"
_FACT = "The Northern Union gave over 7 radios in 2019."
_CITE = '"[{""source"": ""paper"", ""passage"": 2, ""quote"": ""gave over 7 radios""}]"'


def _rows(statement: str = _FACT, columns: str = _COLUMNS) -> bytes:
    row = f"{statement},northern-union,gear,2019,completed,{_CITE}\n"
    return f"{columns}\n{row}".encode()


ROWS: dict[str, Maker] = {
    "same": lambda: _rows(columns=_COLUMNS + ",id").replace(b'}]"\n', b'}]",seven-radios\n'),
    "quote": lambda: b'statement,actors\n"' + b"x\n" * 1_000_000,
    "line": lambda: _rows("x" * 10_000_000),
    "columns": lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n",
    "twice": lambda: b"statement,statement\na,b\n",
    "nul": lambda: _rows("A\0fact\x1b[31m\u202e"),
    "formula": lambda: _rows("=HYPERLINK(1)"),
    "short": lambda: b"statement,actors,topics\n\n,,,,,,\na\n",
    "undecodable": lambda: b"statement\n\xff\xfe\n",
}
"""CSV files by what is wrong with them."""

JSON: dict[str, Maker] = {
    "deep": lambda: b"[" * 200_000 + b"]" * 200_000,
    "objects": lambda: b'{"facts":' * 50_000 + b"1" + b"}" * 50_000,
    "twice": lambda: b'{"facts": [{"statement": "a", "statement": "b"}]}',
    "surrogate": lambda: rb'{"facts": [{"statement": "\ud800", "actors": ["northern-union"]}]}',
    "control": lambda: rb'{"facts": [{"statement": "\u001b[31m\u202e\u0000", "actors": ["\u0007"]}]}',
    "numbers": lambda: b'{"facts": [{"statement": NaN, "when": 1e999, "quantities": [' + b"9" * 5000 + b"]}]}",
    "types": lambda: b'{"facts": [{"statement": [], "actors": {}, "cites": "x", "relations": [1]}]}',
    "list": lambda: b"[1, null, [], {}]",
    "word": lambda: b"{nothing: here}",
    "line": lambda: b'{"facts": [{"statement": "' + b"x" * 10_000_000 + b'"}]}',
    "keys": lambda: b'{"facts": [{' + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}]}",
    "ids": lambda: rb'[{"id": "../../evil", "statement": "A fact."}, {"id": "A\u001b[31m", "statement": "B."}]',
}
"""JSON files by what is wrong with them."""

_MAKERS = {".html": HTML, ".pdf": PDF, ".docx": DOCX, ".md": MARKDOWN, ".csv": ROWS, ".json": JSON}
