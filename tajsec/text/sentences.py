"""Sentences of a running text, plain or Markdown, without its markup, and with the position of every character.

Every pattern is bounded, so that the time grows with the length of the text, whatever it holds.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 1_000
"""Characters of a sentence: a longer one is cut between two words. Sentences of English prose have 600 at most."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj adm brig sen rep gov pres st vs cf fig vol ed art sec dept inc ltd co"
    " corp approx ca est jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Words before a point that seldom end a sentence."""

_NUMBERING = frozenset("no nos nr p pp art sec fig vol par para".split())
"""Words that are abbreviations before a number alone: "No. 5", but "The answer is no."."""

_BEGINS = frozenset(
    "The This These Those That There It Its In On At By For From As A An He She They We But And However Since After"
    " Between During Under According When While Another Over".split()
)
"""Words with a capital behind an initial or "U.S." that begin a sentence there."""

_END = re.compile(r"[.!?…]+[\"”’»)\]]{0,3}(?=\s|$)")

_WORD_BEFORE = re.compile(r"[^\s(\[\"“]{1,20}$")

_NEXT_WORD = re.compile(r"\s*[\"“‘«(\[]{0,3}([^\W_]+|$)")

_SKIPPED = re.compile(
    r"(?P<space>\s+|&nbsp;)"
    r"|(?P<code>`[^`\n]{0,1000}`)"
    r"|(?P<bracket>!?\[(?P<inner>[^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}\))?)"
    r"|(?P<tag><[/!A-Za-z][^<>\n]{0,1000}>)"
    r"|(?P<address>https?://[^\s<>]{1,2000})"
    r"|(?P<sign>\\(?=[^\w\s])|\*{1,3}|~~|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_]))"
)
"""White space, and what is no word in Markdown. Of a link its text stays; of a footnote or citation nothing."""

_SKIPPED_IN_WORDS = re.compile(r"(?P<space>\s+)|(?P<bracket>\[(?P<inner>[^\[\]\n]{0,1000})\])")
"""White space, and brackets, which hold citations in texts of every kind."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

_OWN_BLOCK = re.compile(r"\s{0,8}(?:#{1,6}\s|[-*+]\s|[>|]|\d{1,2}[.)]\s|\[\^|:::|={3,}\s*$|-{3,}\s*$)")
"""A line that begins a block: a heading, an item of a list, a quote, a row of a table, a footnote, a rule."""

_BLOCK_SIGN = re.compile(r"(?:\s{0,8}(?:#{1,6}\s+|[-*+>|]\s+|\d{1,2}[.)]\s+|\[\^[^\]\s]{1,100}\]:?))?\s*")

_ONE_LINE = re.compile(r"\s{0,3}(?:#{1,6}\s|={3,}\s*$|-{3,}\s*$)")
"""A block of one line: a heading, a rule."""


class Sentence(NamedTuple):
    """A sentence without markup; `places` has the position of each of its characters in the whole text."""

    text: str
    places: Sequence[int]

    @property
    def start(self) -> int:
        """The position of its first character in the whole text."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The position behind its last character."""
        return self.places[-1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions in the whole text of a part of the sentence."""
        return self.places[start], self.places[end - 1] + 1


class Paragraph(NamedTuple):
    """A paragraph, from `start` to `end` in the whole text, with its sentences."""

    start: int
    end: int
    sentences: Sequence[Sentence]


def paragraphs(text: str, *, wrapped: bool) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text in order.

    In a `wrapped` text, as people write plain text and Markdown, a paragraph may go over several lines, and its
    markup, code and front matter are left out. In any other, each line is a paragraph, of words alone.
    """
    for start, end in _blocks(text) if wrapped else _lines(text):
        yield Paragraph(start, end, list(_split(_plain(text, start, end, marked=wrapped))))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line, without its end."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph, heading, item or row; code, comments and front matter are none."""
    block: tuple[int, int] | None = None
    for start, end in _text_lines(text):
        line = text[start : min(end, start + 100)]
        is_blank = not text[start:end].strip()
        if block and (is_blank or start != block[1] + 1 or _OWN_BLOCK.match(line)):
            yield block
            block = None
        if not is_blank:
            block = (block[0] if block else start, end)
        if block and _ONE_LINE.match(line):
            yield block
            block = None
    if block:
        yield block


def _text_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that are text: none of code between fences, of front matter, of comments."""
    closing = ""
    for start, end in _lines(text):
        line = text[start : min(end, start + 100)]
        if closing:
            closing = "" if _closes(text[start:end], closing) else closing
        elif (
            start == 0 and line.rstrip() == "---" and re.search(r"\n(?:---|\.\.\.)[ \t\r]*(?:\n|$)", text[end:][:65536])
        ):
            closing = "---"
        elif fence := _FENCE.match(line):
            closing = fence[1]
        elif line.lstrip().startswith("<!--"):
            closing = "" if "-->" in text[start:end] else "-->"
        else:
            yield start, end


def _closes(line: str, closing: str) -> bool:
    """True if a line ends what began with a fence, a front matter or a comment."""
    if closing == "-->":
        return "-->" in line
    return line.strip() in ("---", "...") if closing == "---" else line.lstrip().startswith(closing)


def _plain(text: str, start: int, end: int, *, marked: bool) -> Sentence:
    """Return a block as one text: without markup if it is `marked`, each run of white space one space."""
    letters, places = list[str](), list[int]()
    sign = _BLOCK_SIGN.match(text, start, end) if marked else None
    read = sign.end() if sign else start
    for match in (_SKIPPED if marked else _SKIPPED_IN_WORDS).finditer(text, read, end):
        for first, last in ((read, match.start()), _kept(match)):
            if first < last:
                letters.append(text[first:last])
                places.extend(range(first, last))
        if match["space"] and (not letters or letters[-1] != " "):  # two spaces stand around what is left out
            letters.append(" ")
            places.append(match.start())
        elif (
            letters
            and letters[-1] == " "
            and match.lastgroup == "bracket"
            and text[match.end() :][:1] in tuple(".,;:!?")
        ):
            del letters[-1], places[-1]  # the space before a citation, behind which the sentence ends
        read = match.end()
    letters.append(text[read:end])
    places.extend(range(read, end))
    return Sentence("".join(letters), places)


def _kept(match: re.Match[str]) -> tuple[int, int]:
    """Return the part of markup that is text: what a link shows, but nothing of a footnote or a citation."""
    if match.lastgroup != "bracket" or _is_reference(match):
        return 0, 0
    return match.span("inner") if match.re is _SKIPPED else match.span()


def _is_reference(match: re.Match[str]) -> bool:
    """True for a footnote or a citation in brackets, of which nothing is text."""
    return match["inner"].startswith("^") or "@" in match["inner"]


def _split(block: Sentence) -> Iterator[Sentence]:
    """Yield the sentences of a block, none empty or longer than `LONGEST`."""
    start = 0
    for match in _END.finditer(block.text):
        if match.end() - start > LONGEST or not _is_inside(block.text, match):
            yield from _cut(block, start, match.end())
            start = match.end()
    yield from _cut(block, start, len(block.text))


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """True if a point does not end its sentence: that of an abbreviation, an initial, or before a small letter."""
    following = _NEXT_WORD.match(text, match.end())
    after = following[1] if following else ""
    if not after:
        return False
    if after[0].islower():
        return True
    if match[0] != ".":
        return False
    found = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    before = found[0] if found else ""
    if before.casefold() in _NUMBERING:
        return after[0].isdigit()
    is_initial = len(before) == 1 and before.isupper()
    if is_initial or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", before):
        return after not in _BEGINS
    return before.casefold() in _ABBREVIATIONS


def _cut(block: Sentence, start: int, end: int) -> Iterator[Sentence]:
    """Yield a part of a block without spaces around it, in parts of at most `LONGEST` characters."""
    while start < end:
        last = end
        if end - start > LONGEST:
            last = block.text.rfind(" ", start + 1, start + LONGEST)
            last = last if last > start else start + LONGEST
        part = block.text[start:last]
        first = start + len(part) - len(part.lstrip())
        stripped = part.strip()
        if stripped:
            yield Sentence(stripped, block.places[first : first + len(stripped)])
        start = last
