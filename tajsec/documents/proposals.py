"""Proposes what each line of a document is (title, dateline, heading, claim), and what it says of the document.

Every proposal is to be read over by a person. What the file's markup says of a line (`Line.role`) is believed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tajsec.documents.lines import Line
from tajsec.documents.read import OF_MACHINES, Document
from tajsec.model.kinds import Role
from tajsec.text.date_words import WORDS
from tajsec.text.dates import Edtf, parse
from tajsec.text.forms import fold, word_count

_TOP = 12
"""Lines at the start of a document among which its title, dateline and byline are looked for."""
_HEADING_WORDS = 8
"""The most words of a line that is proposed as a heading; longer lines are mostly sentences without a full stop."""
_TITLE_WORDS = 25
_CAPITAL_WORDS = 14
"""The most words of a heading whose words have capitals, as in English titles."""
_DATELINE_WORDS = 12
_BYLINE_WORDS = 12

_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d\d?)\.(?P<number>\d\d?)\.{_YEAR}\b"),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th|\.)?[-\s]\s*(?:de\s+)?{_MONTH},?[-\s]\s*{_YEAR}\b"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}\b"),
    re.compile(rf"(?<!\d\s)\b{_MONTH}\s+{_YEAR}\b"),
    re.compile(rf"\b\d\d?/\d\d?/{_YEAR}\b"),
)
"""Dates as they are printed above texts; of 02/06/2024 the year alone is sure."""
_UPDATED = re.compile(r"\W*(?:last\s+)?(?:updated|modified|revised|обновлено)\b", re.IGNORECASE)
_DATED = re.compile(
    r"\W*(?:first\s+|last\s+)?"
    r"(?:published|posted|issued|dated?|released|updated|modified|revised|опубликовано|обновлено|дата)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[^.!?]{3,60}?\s[-–—]{1,2}\s")
"""A dateline at the start of the first paragraph: "North Gate, 5 March 2024 - The ministers ..."."""
_BYLINE = re.compile(
    r"(?:by|written by|reported by|author|authors|автор|von)(?:\s*:\s*|\s+)(?P<names>[^\W\d_].{2,120})", re.IGNORECASE
)
_CREDIT = re.compile(
    r"(?:with\s+(?:additional\s+)?)?(?:reporting|editing|writing|translation|translated|edited|compiled)\s+by\b"
    r"|(?:source|sources|quelle|источник|publication)\s*:|(?:staff (?:report|writer)|courtesy story|our bureau)$"
    r"|©|\(c\)\s|copyright\b|all rights reserved|\W*https?://\S+\W*$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:dear|уважаем\w+|sehr geehrte\w*)\s[^.!?;]{2,80}[,:!]?|to whom it may concern\W*"
    r"|(?:yours\s+)?(?:sincerely|faithfully|truly|respectfully)(?:\s+yours)?\W*|с уважением\W*"
    r"|(?:with\s+)?(?:my\s+|our\s+)?(?:kind|best|warm)(?:est)?\s+(?:regards|wishes)\W*|mit freundlichen grüßen\W*",
    re.IGNORECASE,
)
"""The greeting and the end of a letter, as whole lines."""
_SUM = re.compile(r"[$€£] ?\d|:\s+\d[\d,.]*\s+[^\W\d]")
"""What makes a claim of a line that is as short as a heading: a sum, or a figure with its unit behind a colon."""
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|map|chart|photo|box|рис\.|таблица)\s*(?:\d{1,3}|[A-Z])?\s*[.:–—-]\s|\((?:file\s+)?photo\b",
    re.IGNORECASE,
)
_BUTTONS = frozenset(
    "share|print|email|e-mail|copy link|tweet|comments|comment|reply|menu|search|home|next|previous|subscribe|sign in|"
    "log in|sign up|newsletter|follow us|read more|read also|see also|more|related|related articles|related stories|"
    "advertisement|skip to content|skip to main content|back to top|listen|download|contact|contact us|about us|"
    "privacy policy|cookie policy|terms of use|accept all cookies|loading|table of contents|contents|facebook|twitter|"
    "telegram|whatsapp|linkedin|save|most read|latest news".split("|")
)
"""What pages have around their texts, as whole lines."""
_ENDS = ".!?:;,\"”'…»)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The role of each line, the line that is the title, and what the lines say of the document."""

    roles: tuple[Role, ...]
    title_line: int | None
    title: str
    author: tuple[str, ...]
    issued: Edtf | None
    updated: Edtf | None
    language: str


def propose(document: Document) -> Proposals:
    """Return proposals for a document that has a word in it."""
    lines = document.lines
    title = _title_line(document)
    roles = [_role(line) for line in lines]
    if title is not None:
        roles[title] = "heading"
        _repeated(lines, title, roles)
    top = _below_title(lines, title)
    for n in top:
        if _is_dateline(lines[n].text) or _byline(lines[n].text):
            roles[n] = "furniture"
    issued, updated = _dates(lines, top)
    names = next((names for n in top if (names := _byline(lines[n].text))), None)
    return Proposals(
        roles=tuple(roles),
        title_line=title,
        title=lines[title].text if title is not None else document.title or _first_words(lines),
        author=(names,) if names and (document.kind in OF_MACHINES or not document.author) else document.author,
        issued=issued or document.issued,
        updated=updated,
        language=document.language or _language(document.text),
    )


# ---------------------------------------------------------------- title


def _title_line(document: Document) -> int | None:
    """Return the number of the line that is the title: the one that the file names, the first heading, the first line.

    None if the document begins with a paragraph.
    """
    top = document.lines[:_TOP]
    if document.title:
        told = fold(document.title)
        named = [n for n, line in enumerate(top) if fold(line.text) == told]
        if named:
            return named[0]
    headings = [n for n, line in enumerate(top) if line.role == "heading"]
    if headings:
        return headings[0]
    for n, line in enumerate(top):
        if _is_no_title(line):
            continue
        return n if word_count(line.text) <= _TITLE_WORDS and line.text[-1] not in ".:;," else None
    return None


def _is_no_title(line: Line) -> bool:
    return line.role == "furniture" or _is_furniture(line.text) or _is_dateline(line.text) or bool(_byline(line.text))


def _repeated(lines: Sequence[Line], title: int, roles: list[Role]) -> None:
    """Set the role of other lines that repeat the title: players and buttons of a page do."""
    for n, line in enumerate(lines):
        if n != title and line.text == lines[title].text:
            roles[n] = "furniture"


def _first_words(lines: Sequence[Line]) -> str:
    words = next(line.text for line in lines if word_count(line.text)).split()
    return " ".join(words[:_HEADING_WORDS]) + ("…" if len(words) > _HEADING_WORDS else "")


# ---------------------------------------------------------------- roles


def _role(line: Line) -> Role:
    if line.role == "claim" and any(map(str.isdigit, line.text)):
        return "claim"  # a row of figures
    if _is_furniture(line.text):
        return "furniture"
    if line.role:
        return line.role
    if _CAPTION.match(line.text):
        return "caption"
    if _SUM.search(line.text):
        return "claim"
    return "heading" if _is_heading(line.text) else "claim"


def _is_furniture(text: str) -> bool:
    """True for a line without letters, a button, a credit, the greeting or end of a letter."""
    if not any(map(str.isalpha, text)) or text.casefold().strip(" .:…>»|") in _BUTTONS:
        return True
    return bool(_CREDIT.match(text) or _LETTER.fullmatch(text))


def _is_heading(text: str) -> bool:
    """True for a short line without an end stop, or a longer one whose words have capitals."""
    words = text.split()
    if text[-1] in _ENDS or not text[0].isalnum() or len(words) > _CAPITAL_WORDS:
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return len(words) <= _HEADING_WORDS or (len(long) > 1 and capitals >= 0.8 * len(long))


# ---------------------------------------------------------------- datelines and bylines


def _below_title(lines: Sequence[Line], title: int | None) -> range:
    """Return the numbers of the lines from the start to the first paragraph after the title, at most `_TOP`."""
    start = 0 if title is None else title + 1
    for n in range(start, min(len(lines), start + _TOP)):
        if word_count(lines[n].text) > _TITLE_WORDS:
            return range(n)
    return range(min(len(lines), start + _TOP))


def _is_dateline(text: str) -> bool:
    """True for a short line that is little more than a date: "North Gate, 5 October 2012", "Published: 2012-10-05"."""
    found = _date(text)
    if not found or word_count(text) > _DATELINE_WORDS:
        return False
    rest = text.replace(found[1], "").strip()
    return bool(_DATED.match(text)) or (word_count(rest) <= 4 and rest[-1:] not in {".", "!", "?"})


def _byline(text: str) -> str | None:
    """Return the names of a line such as "By A. Writer", without the date that may follow."""
    match = _BYLINE.match(text)
    if not match or word_count(text) > _BYLINE_WORDS or text[-1] in "!?:;":
        return None
    names = re.split(r"\s*(?:\||\s[-–—]\s|,\s*(?=\d))", match["names"])[0]
    found = _date(names)
    names = (names.replace(found[1], "") if found else names).strip(" ,;|–—-")
    return names if names[:1].isupper() and not names.endswith(".") else None


def _dates(lines: Sequence[Line], top: range) -> tuple[Edtf | None, Edtf | None]:
    """Return when a document was issued and updated, of its datelines or the start of its first paragraph."""
    issued = updated = None
    for n in top:
        text = lines[n].text
        if found := _date(text) if _is_dateline(text) or _byline(text) else None:
            if _UPDATED.match(text):
                updated = updated or found[0]
            else:
                issued = issued or found[0]
    first = next((line.text for line in lines[top.stop : top.stop + 1]), "")
    if issued is None and (lead := _LEAD.match(first)) and (found := _date(lead[0])):
        issued = found[0]
    return issued, updated


def _date(text: str) -> tuple[Edtf, str] | None:
    """Return the first date of a short text, and the words that say it."""
    for match in _matches(text[:300]):
        groups = match.groupdict()
        if match.re.groups == 1:
            return parse(groups["year"]), match[0]
        month = int(groups["number"]) if groups.get("number") else _month(groups["month"])
        if month and (date := _edtf(groups["year"], month, groups.get("day"))):
            return date, match[0]
    return None


def _matches(text: str) -> Iterator[re.Match[str]]:
    for form in _DATES:
        yield from form.finditer(text)


def _month(word: str) -> int | None:
    kind, value = WORDS.get(fold(word), ("", 0))
    return value if kind in {"M", "m"} else None


def _edtf(year: str, month: int, day: str | None) -> Edtf | None:
    try:
        return parse(f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""))
    except ValueError:
        return None


# ---------------------------------------------------------------- language


def _language(text: str) -> str:
    """Return the language that the letters of a text tell: Tajik, Russian, Persian; English for all others."""
    sample = text[:20_000].casefold()
    letters = sum(map(str.isalpha, sample)) or 1
    if sum("а" <= char <= "ӿ" for char in sample) > letters / 2:
        return "tg" if any(char in sample for char in "ғқҳҷӯӣ") else "ru"
    return "fa" if sum("\u0600" <= char <= "\u06ff" for char in sample) > letters / 2 else "en"
