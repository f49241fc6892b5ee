"""The paragraphs of a Markdown text, without its marks: enough of CommonMark to seal and check a text.

The lines of a paragraph and of an item are joined; rows of tables and lines of code stay lines. Emphasis, links and
pictures leave their words, and points of a list have none. What is no mark, such as `[@fact-id]`, stays.
"""

import re
from collections.abc import Iterator
from typing import Any

from tajsec.documents.lines import Line
from tajsec.model.kinds import Role
from tajsec.text.forms import normalise

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s(.*))?$")
_CLOSING = re.compile(r"(?:^|(?<=\s))#+$")
"""The marks behind a heading."""
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]\s+|(?=\d{1,9}[.)]\s))")
_ROW = re.compile(r"\s*\|")
_TABLE_RULE = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)+(?:\s*+:?-++:?)?\s*$")
_QUOTED = re.compile(r"\s{0,3}>\s?")
_KEY = re.compile(r"(title|author|date|lang|language|publisher|url):(.+)", re.IGNORECASE)
_MOST_HEAD = 200
"""Lines of YAML at the start of a text that are looked through."""

_INLINE = (
    (re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,300}(?:\s+\"[^\"\n]{0,100}\")?\)"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,300})>"), r"\1"),
    (re.compile(r"(\*\*|__|~~)(?=\S)([^\n]{1,300}?\S|\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<!`)(`{1,10})(?!`)([^`\n]{1,300})\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""Marks around words, and what stays of them. All are bounded: a text of nothing but marks takes no longer."""


def markdown_document(text: str) -> tuple[list[Line], dict[str, Any]]:
    """Return the lines of a Markdown text, and what the YAML at its start says of it, dates as text."""
    rows = text.splitlines()
    start, told = _head(rows)
    lines = (Line(normalise(words), role, at) for words, role, at in _blocks(rows, start))
    return [line for line in lines if line.text], told


def _head(rows: list[str]) -> tuple[int, dict[str, Any]]:
    """Return where the text begins, and the known keys of the block between two lines of three hyphens before it."""
    if not rows or rows[0].strip() != "---":
        return 0, {}
    end = next((n for n, row in enumerate(rows[1:_MOST_HEAD], 1) if row.strip() in {"---", "..."}), None)
    if end is None:
        return 0, {}
    matches = filter(None, map(_KEY.match, rows[1:end]))
    found = {match[1].lower(): value for match in matches if (value := match[2].strip().strip("\"'"))}
    language = found.get("lang", found.get("language"))
    author = [found["author"]] if "author" in found and found["author"][0] not in "[{" else []
    keys = {"title": found.get("title"), "author": author, "issued": found.get("date"), "language": language}
    return end + 1, keys | {"publisher": found.get("publisher"), "url": found.get("url")}


def _blocks(rows: list[str], start: int) -> Iterator[tuple[str, Role | None, int]]:
    """Yield each block of the text: its words, its role, and the line on which it begins."""
    parts: list[str] = []
    fence, begun = "", 0
    for at, raw in enumerate(rows[start:], start + 1):
        row = _QUOTED.sub("", raw) if not fence else raw
        if fence or _FENCE.match(row):
            yield *_paragraph(parts), begun
            parts = []
            if not _FENCE.match(row):
                yield row, None, at
            fence = _fence_after(row, fence)
        elif parts and _UNDERLINE.match(row) and not _ITEM.match(parts[0]):
            yield _inline(parts), "heading", begun
            parts = []
        elif _is_alone(row):
            yield *_paragraph(parts), begun
            parts = []
            yield from _single(row, at)
        else:
            if _ITEM.match(row):
                yield *_paragraph(parts), begun
                parts = []
            begun = begun if parts else at
            parts.append(row)
    yield *_paragraph(parts), begun


def _fence_after(row: str, fence: str) -> str:
    """Return the mark that ends the code, or "" outside of code."""
    mark = _FENCE.match(row)
    if not fence:
        return mark[1] if mark else ""
    return "" if mark and mark[1].startswith(fence) else fence


def _is_alone(row: str) -> bool:
    """True for a row that is no part of a paragraph: blank, a heading, a rule, a row of a table."""
    return not row.strip() or any(form.match(row) for form in (_HEADING, _RULE, _ROW, _TABLE_RULE))


def _single(row: str, at: int) -> Iterator[tuple[str, Role | None, int]]:
    if heading := _HEADING.match(row):
        yield _inline([_CLOSING.sub("", (heading[1] or "").strip())]), "heading", at
    elif _ROW.match(row) and not _TABLE_RULE.match(row):
        yield _inline([" ".join(cell.strip() for cell in row.strip().strip("|").split("|"))]), "claim", at


def _paragraph(parts: list[str]) -> tuple[str, Role | None]:
    """Return the words of a paragraph, or of an item, which is a claim however short it is, without its mark."""
    item = _ITEM.match(parts[0]) if parts else None
    return (_inline([parts[0][item.end() :], *parts[1:]]), "claim") if item else (_inline(parts), None)


def _inline(parts: list[str]) -> str:
    text = " ".join(part.strip().removesuffix("\\") for part in parts)
    for form, kept in _INLINE:
        text = form.sub(kept, text)
    return text
