"""Numbers as people write them: 4862, 4,862, "4 862", $40 million, 40m usd, seven thousand, 11.4, 60 млн, هزار.

The words are those of folded texts (`tajsec.text.forms.fold`).
"""

import functools
import re
from collections.abc import Iterable
from itertools import takewhile
from math import isfinite

from tajsec.text.number_words import COUNTED, FRACTIONS, SCALES, SINGLE, has_no_number

WORDS: dict[str, float] = {
    **{
        word: float(int(first) + int(step) * place)
        for first, step, *words in map(str.split, COUNTED.strip().split("\n"))
        for place, word in enumerate(words)
    },
    **SINGLE,
}

_ONES = {word: f"{value:g}" for word, value in WORDS.items() if value in range(10)}

_OTHER_WORDS_TOO = frozenset("сад си сию нух се نه ده سی".split())
"""Numbers before another one or a scale only: alone, сад is a garden, نه is no, ده a village, سی a letter of BBC."""

_LINKS = frozenset({"-", "and", "ва", "و"})
"""Between the words of one number: "twenty-one", بیست و پنج."""

_ADDED = {
    ("and", "a", "half"): 0.5,
    ("and", "a", "quarter"): 0.25,
    ("с", "половинои"): 0.5,
    ("у", "ним"): 0.5,
    ("و", "نیم"): 0.5,
}
"""Behind a number, these are added to it: "one and a half"."""

_ARTICLES = frozenset({"a", "an"})
"""Before a scale these are 1: "a million", "half a dozen"."""

_UNCOUNTED = frozenset({"several", "few", "many"})
"""After these words "dozen" is no number: "several dozen"."""

UNSAID_SCALES = (1e6, 1e3)
"""The scales that people leave out of sums of money: "$5" and "11.4" are millions or thousands."""

SIGNS = frozenset("$ us$ usd dollar dollars bucks доллар доллара долларов долл دلار".split())
"""Signs and words for dollars, before or after a number."""

_MEASURES = frozenset({"%", "percent", "euro", "euros", "rubles", "somoni", "km", "kg"})

_DIGITS = r"[0-9][0-9 .,\u00a0\u202f]*"


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of the words. What stands behind it decides between "million" and "millions"."""
    return "|".join(map(re.escape, words))


@functools.cache
def _parts() -> re.Pattern[str]:
    """Return the pattern of a word, number or sign; compiled when first used, as most queries contain no number."""
    return re.compile(
        r"(?:us)?\$"
        r"|[0-9]*[1-9]⁄[0-9]+"  # 1½ after fold()
        rf"|(?:[0-9]+ )?[1-9]/[2-9](?= (?:{any_of(SCALES)})(?![^\W_]))"
        r"|[0-9]+(?:\.[0-9]+)?e\+?(?:0?[0-9]|1[0-5])(?![^\W_])"
        r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?!\d)|[0-9]{1,3}(?:'[0-9]{3})+(?!\d)|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?!\d)"
        r"|[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})+(?!\d)(?:\.[0-9]+)?"
        rf"|[0-9]+(?:[.,][0-9]+)?(?=(?:{any_of(SCALES)}|usd|km)?(?![^\W_]))"
        r"|[^\W_]+|[^\s\w]"
    )


class Number:
    """A number in a text: its value, whether it is money, its scale, and where it begins and ends in the text."""

    __slots__ = ("end", "money", "scale", "start", "value")

    def __init__(self, value: float, money: bool, scale: float, start: int, end: int) -> None:
        """`start` and `end` are offsets in the folded text; `scale` is a million for "7 million", 1 for "7"."""
        self.value, self.money, self.scale, self.start, self.end = value, money, scale, start, end


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a folded text in order."""
    if has_no_number(text):
        return []
    matches = list(_parts().finditer(text))
    parts = [match[0] for match in matches]
    found: list[Number] = []
    place = 0
    while place < len(parts):
        number, end = _number(parts, place) if _may_begin(parts, place) else (None, place)
        if number:
            found.append(Number(*number, matches[place].start(), matches[end - 1].end()))
        place = max(end, place + 1)
    return found


def is_measure(word: str) -> bool:
    """True if a number before the word counts something: a scale, a currency, a share, a length."""
    return word in SCALES or word in SIGNS or word in _MEASURES


def may_be_year(value: float) -> bool:
    """True for a number that is as likely a year in a statement, which no range of numbers asks for."""
    return 1900 <= value < 2100 and value == int(value)


def exact(value: float) -> float:
    """Return a product of decimals without what binary floats add to it: 11.4 million, not 11400000.000000002."""
    return round(value, 6)


def in_words(value: float) -> str:
    """Return a number as people write it, with all its digits: 5 million, 4,862, 12.345678."""
    for scale, name in ((1e9, "billion"), (1e6, "million")):
        if scale <= value < 1000 * scale and (value / scale * 10).is_integer():
            return f"{value / scale:g} {name}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _may_begin(parts: list[str], place: int) -> bool:
    first, following = parts[place], parts[place + 1 : place + 2]
    if first in FRACTIONS:
        return _scale_after(parts, place + 1) is not None
    if first in _ARTICLES:
        return bool(following) and (
            following[0] in SCALES or (following[0] == "quarter" and _may_begin(parts, place + 1))
        )
    if first == "dozen" and place and parts[place - 1] in _UNCOUNTED:
        return False
    if first in _OTHER_WORDS_TOO:
        after = [each for each in parts[place + 1 : place + 3] if each not in _LINKS]
        return any(each in SCALES or each in WORDS for each in after[:1])
    return first[0].isdigit() or first in WORDS or first in SIGNS


def _number(parts: list[str], place: int) -> tuple[tuple[float, bool, float] | None, int]:
    """Return the value, whether it is money, and the scale of the number at `place`, and the place after it."""
    money = False
    if parts[place] in SIGNS and place + 1 < len(parts) and parts[place + 1][-1].isdigit():
        money, place = True, place + 1
    is_word = not parts[place][0].isdigit()
    value, scale, place = _group(parts, place)
    if value is None or not isfinite(value):
        return None, place
    smallest = scale
    while is_word and smallest >= 100 and (follower := _follower(parts, place, smallest)):
        more, smallest, place = follower
        value += more
    if place < len(parts) and parts[place] in SIGNS:
        money, place = True, place + 1
    return (exact(value), money, scale), place


def _follower(parts: list[str], place: int, scale: float) -> tuple[float, float, int] | None:
    """Return the number that is added to one in words ("and one" after "two hundred"): value, scale, place after it."""
    start = place + (parts[place : place + 1] != [] and parts[place] in _LINKS - {"-"})
    if start >= len(parts) or parts[start] not in WORDS:
        return None
    value, own_scale, end = _group(parts, start)
    return (value, own_scale, end) if value and value < scale else None


def _group(parts: list[str], place: int) -> tuple[float | None, float, int]:
    """Return the value of a number with its scales ("3 million", "half a dozen"), its scale, and the place after it."""
    value, place = _figure(parts, place)
    if value and parts[place : place + 1] == ["hundred"] and (tens := _tens_of_scale(parts, place + 1)):
        value, place = 100 * value + tens[0], tens[1]
    scale = 1.0
    while value is not None and place < len(parts) and (step := SCALES.get(parts[place])):
        scale, place = scale * step, place + 1
    return (None if value is None else value * scale), scale, place


def _tens_of_scale(parts: list[str], place: int) -> tuple[float, int] | None:
    """Return the tens and ones of "two hundred and fifty thousand", behind its hundreds, and the place after them."""
    value, end = _words(parts, place + (parts[place : place + 1] == ["and"]))
    if value and value < 100 and any(SCALES.get(each, 0) > 100 for each in parts[end : end + 1]):
        return value, end
    return None


def _figure(parts: list[str], place: int) -> tuple[float | None, int]:
    """Return the value of digits or number words at `place`, with "and a half", and the place after them."""
    text = parts[place]
    if text in _ARTICLES and parts[place + 1] in FRACTIONS:
        return _figure(parts, place + 1)
    if text in FRACTIONS and (scale := _scale_after(parts, place + 1)):
        return FRACTIONS[text], scale
    if text in _ARTICLES:
        return 1.0, place + 1
    value, place = (_digits(text), place + 1) if text[0].isdigit() else _words(parts, place)
    if value is None:
        return None, place
    if parts[place : place + 1] == ["quarters"] and (scale := _scale_after(parts, place + 1)):
        return value / 4, scale
    for words, added in _ADDED.items():
        if tuple(parts[place : place + len(words)]) == words:
            return value + added, place + len(words)
    return value, place


def _scale_after(parts: list[str], place: int) -> int | None:
    """Return the place of the scale that "of a" or nothing leads to, or None: of "half" in "half a million"."""
    for word in ("of", *_ARTICLES):
        place += parts[place : place + 1] == [word]
    return place if place < len(parts) and parts[place] in SCALES else None


def _words(parts: list[str], place: int) -> tuple[float | None, int]:
    total: float | None = None
    while place < len(parts) and _is_added(total, parts[place]):
        total, place = (total or 0) + WORDS[parts[place]], place + 1
        if parts[place : place + 1] and parts[place] in _LINKS and _is_added(total, *parts[place + 1 : place + 2]):
            place += 1
    return _with_decimals(total, parts, place)


def _is_added(total: float | None, word: str = "") -> bool:
    """True if a word is a number, and one that a number in words may continue with: "one" after "twenty"."""
    value = WORDS.get(word)
    if value is None or total is None:
        return value is not None
    return 0 < value < next((place for place in (100, 10) if total > place and total % place == 0), 0)


def _with_decimals(total: float | None, parts: list[str], place: int) -> tuple[float | None, int]:
    """Add the decimals in words: "point four" after "eleven"."""
    digits = ""
    if total is not None and parts[place : place + 1] == ["point"]:
        digits = "".join(takewhile(bool, (_ONES.get(word, "") for word in parts[place + 1 :])))
    return (float(f"{total:g}.{digits}"), place + 1 + len(digits)) if digits else (total, place)


def _digits(text: str) -> float | None:
    if "⁄" in text or "/" in text:
        whole, part = re.fullmatch(r"(\d*) ?(\d[⁄/]\d+)", text).groups()  # type: ignore[union-attr]
        part = part.replace("/", "⁄")
        above, below = part.split("⁄")
        return float(whole or 0) + float(above) / float(below) if float(below) else None
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:'\d{3})+", text):
        return float(re.sub(r"[.']", "", text))
    if re.fullmatch(r"[\d.]+e\+?\d+", text):
        return float(text)
    if not re.fullmatch(_DIGITS, text):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[ ,\u00a0\u202f]", "", text))
