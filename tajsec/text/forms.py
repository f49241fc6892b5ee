"""Normal forms of text, each for one purpose.

* `normalise`: the form in which documents are sealed and quotes are compared.
* `fold`: the form in which words are searched; never shown.
* `printable`: the form in which a string is printed to a terminal.
* `cleaned`: the form in which a whole output leaves the process.
"""

import re
import unicodedata


def is_utf8(text: str) -> bool:
    """True if a name or an argument is text; bytes of it that are not UTF-8 are lone surrogates in Python."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def short_digest(text: str, size: int = 20) -> str:
    """Return the BLAKE2b digest of a text, of `size` bytes, in hexadecimal."""
    try:
        from _blake2 import blake2b  # the same function, without the 2 ms in which hashlib loads OpenSSL
    except ImportError:
        from hashlib import blake2b
    return str(blake2b(text.encode(), digest_size=size).hexdigest())


_SPACE = r"\s+"

# Letters that NFKD does not decompose: Tajik ones become the Russian letter that people type instead, Arabic yeh
# and kaf the Persian ones, and Latin ones their base letter.
SIMILAR_LETTERS = str.maketrans(
    {"ғ": "г", "қ": "к", "ҳ": "х", "ҷ": "ч", "ӯ": "у", "ӣ": "и", "ё": "е", "ي": "ی", "ى": "ی", "ك": "ک",
     "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ʼ": "'", "’": "'", "‘": "'"}
)  # fmt: skip

ARABIC_SEPARATORS = str.maketrans("٫٬", ".,")
DASHES = str.maketrans("‐‑‒–—―−﹣〜∼", "--------~~")
_MIDDLE_POINT = r"(?<=\d)[·∙⋅](?=\d)"

_FORMULA = r"\s*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫]"
"""The start of a formula; spreadsheets take the full-width and small forms for the same signs."""

_JOINERS = "\u200c\u200d"

_KEPT = r"(\r\n|\n|\t)"
_KEPT_STYLED = r"(\r\n|\n|\t|\x1b\[[0-9;]*m)"
"""Line ends and tabs of an output, which its writer set between cells; and the colours that Rich draws."""

_MARKS_IN_A_ROW = 8
"""The most combining marks printed on one letter: languages need a few, and a hundred would cover other lines."""


MAX_MARK_RUN = 30
"""Combining marks in a row that are normalised: the bound of the Stream-Safe Text Format (Unicode Standard Annex #15).

Normalising sorts a run of marks in a time that grows with the square of its length: 400,000 marks take 200 seconds.
"""
_MAY_BE_MARKS = rf"[^\x00-\u02ff]{{{MAX_MARK_RUN + 1},}}"
"""Every combining mark is beyond U+02FF."""


def normalise(text: str) -> str:
    r"""Return the form of a document that is sealed: its passages, one a line, joined by "\n".

    Unicode NFC; every run of white space inside a line becomes one space; lines end wherever
    `str.splitlines` ends them; blank lines and a byte-order mark are dropped. So line ends, Unicode form,
    indentation and trailing space do not change a digest.
    """
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines()
    folded = (re.sub(_SPACE, " ", line).strip() for line in lines)
    return "\n".join(line for line in folded if line)


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. Normalise the text first."""
    import hashlib  # only sealing needs it

    return hashlib.sha256(text.encode()).hexdigest()


def word_count(text: str) -> int:
    """Return the number of runs of non-space characters with a letter or a digit in them."""
    return sum(any(map(str.isalnum, run)) for run in text.split())


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: "1 source", "5 sources"."""
    return f"{count} {noun}{'s' * (count != 1)}"


def fold(text: str) -> str:
    """Return the form in which text is searched: NFKD, case folded, without marks, similar letters made the same."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain.translate(SIMILAR_LETTERS)).translate(SIMILAR_LETTERS)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def with_ascii_digits(text: str) -> str:
    """Return a folded text with the digits of every script as 0 to 9, and Arabic separators as point and comma."""
    if text.isascii():
        return text
    plain = text.translate(ARABIC_SEPARATORS)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)


def with_ascii_signs(text: str) -> str:
    """Return the same with dashes as hyphens and a point on the line: in a query a dash joins, in texts it may part."""
    if text.isascii():
        return text
    return re.sub(_MIDDLE_POINT, ".", with_ascii_digits(text).translate(DASHES))


def has_long_mark_run(text: str) -> bool:
    """True if more combining marks follow one another than `MAX_MARK_RUN`."""
    if text.isascii():
        return False
    for run in re.finditer(_MAY_BE_MARKS, text):
        marks = 0
        for char in run[0]:
            marks = marks + 1 if unicodedata.combining(char) else 0
            if marks > MAX_MARK_RUN:
                return True
    return False


def refused(text: str) -> str | None:
    """Return the first character that a data file may not contain, such as "U+202E", or None.

    These are controls, bidirectional controls, line separators, surrogates, noncharacters, private and unassigned
    characters: with them a text can be displayed as another one, or differently on each machine.
    """
    if text.isprintable():  # none of these is
        return None
    return next((f"U+{ord(char):04X}" for char in text if _is_dangerous(char)), None)


def is_formula(cell: str) -> bool:
    """True for a cell that a spreadsheet would run as a formula."""
    return bool(re.match(_FORMULA, cell))


def printable(text: str) -> str:
    """Return a text in which a terminal shows every character and executes none.

    Line ends and tabs become a space. Controls, invisible, private and unassigned characters become `<U+001B>`;
    joiners between letters stay; of more than eight combining marks in a row the rest is dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for place, char in enumerate(text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS_IN_A_ROW:
            shown.append(_shown(text, place, char))
    return "".join(shown)


def cleaned(text: str, *, styled: bool = False) -> str:
    """Return an output of many lines as `printable` shows them; line ends and tabs stay, and every combining mark.

    If it is `styled`, the sequences that set colours stay too: cells of a styled text are printable already.
    """
    rest = re.sub(_KEPT_STYLED, "", text) if styled else text.replace("\r\n", "").replace("\n", "").replace("\t", "")
    if rest.isprintable():
        return text  # as nearly all are; it takes some microseconds
    parts = re.split(_KEPT_STYLED if styled else _KEPT, text)
    parts[::2] = ["".join(_shown(part, place, char) for place, char in enumerate(part)) for part in parts[::2]]
    return "".join(parts)


def _shown(text: str, place: int, char: str) -> str:
    if char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    if char in "\n\r\t":
        return " "
    if char in _JOINERS and text[:place][-1:].isalpha() and text[place + 1 : place + 2].isalpha():
        return char
    return f"<U+{ord(char):04X}>"


def _is_dangerous(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cf":
        return unicodedata.bidirectional(char) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"} or (
            char in "\u200e\u200f\u061c"
        )
    return category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
