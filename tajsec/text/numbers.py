"""Numbers as people write them: 4862, 4,862, "4 862", $40 million, 40m usd, seven thousand, 11.4."""

import functools
import re
from collections.abc import Iterable

_SCALES = {
    **dict.fromkeys(("hundred", "hundreds"), 1e2),
    **dict.fromkeys(("thousand", "thousands", "k", "тыс", "тысяч"), 1e3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "m", "mio", "млн"), 1e6),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "млрд"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn"), 1e12),
    "dozen": 12.0,
}

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(_SMALL)},
    **{word: 10.0 * n for n, word in enumerate(TENS, 2)},
    "dozen": 12.0,
    "fourty": 40.0,
}

_ARTICLES = frozenset({"a", "an"})
"""Before a scale these are 1: "a million", "half a dozen"."""

_UNCOUNTED = frozenset({"several", "few", "many"})
"""After these words "dozen" is no number: "several dozen"."""

_BEGINNINGS = frozenset({*_WORDS, *_SCALES, "half"})

_SIGNS = frozenset({"$", "us$", "usd", "dollar", "dollars", "bucks"})
"""Signs and words for dollars, before or after a number."""

_MEASURES = frozenset({"%", "percent", "euro", "euros", "rubles", "somoni", "km", "kg"})

_DIGITS = r"[0-9][0-9 .,\u00a0\u202f]*"

_DIGIT = re.compile(r"\d")


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, longer ones first: of "no more than" not only "more than" matches."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@functools.cache
def _parts() -> re.Pattern[str]:
    """Return the pattern of a word, number or sign; compiled when first used, as most queries contain no number."""
    return re.compile(
        r"[^\W\d_]+(?![^\W_]|\$)"  # first, as most parts are words
        r"|(?:us)?\$"
        r"|[0-9]*[1-9]⁄[0-9]+"  # 1½ after fold()
        r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?!\d)|[0-9]{1,3}(?:'[0-9]{3})+(?!\d)|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?!\d)"
        r"|[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})+(?!\d)(?:\.[0-9]+)?"
        rf"|[0-9]+(?:[.,][0-9]+)?(?=(?:{any_of(_SCALES)}|usd|km)?(?![^\W_]))"
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
    if _has_no_number(text):
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
    return word in _SCALES or word in _SIGNS or word in _MEASURES


def _has_no_number(text: str) -> bool:
    return not _DIGIT.search(text) and _BEGINNINGS.isdisjoint(re.split(r"[\W_]+", text))


def _may_begin(parts: list[str], place: int) -> bool:
    first, following = parts[place], parts[place + 1 : place + 3]
    if first == "half":
        return len(following) == 2 and following[0] in _ARTICLES and following[1] in _SCALES
    if first in _ARTICLES:
        return bool(following) and following[0] in _SCALES
    if first == "dozen" and place and parts[place - 1] in _UNCOUNTED:
        return False
    return first[0].isdigit() or first in _WORDS or first in _SIGNS


def _number(parts: list[str], place: int) -> tuple[tuple[float, bool, float] | None, int]:
    """Return the value, whether it is money, and the scale of the number at `place`, and the place after it."""
    money = False
    if parts[place] in _SIGNS and place + 1 < len(parts) and parts[place + 1][-1].isdigit():
        money, place = True, place + 1
    is_word = not parts[place][0].isdigit()
    value, scale, place = _group(parts, place)
    if value is None:
        return None, place
    smallest = scale
    while is_word and smallest > 12 and (follower := _follower(parts, place, smallest)):
        more, smallest, place = follower
        value += more
    if place < len(parts) and parts[place] in _SIGNS:
        money, place = True, place + 1
    return (round(value, 6), money, scale), place


def _follower(parts: list[str], place: int, scale: float) -> tuple[float, float, int] | None:
    """Return the number that is added to one in words ("and one" after "two hundred"): value, scale, place after it."""
    start = place + 1 if parts[place : place + 1] == ["and"] else place
    if start >= len(parts) or parts[start] not in _WORDS or parts[start] == "dozen":
        return None
    value, own_scale, end = _group(parts, start)
    return (value, own_scale, end) if value and value < scale else None


def _group(parts: list[str], place: int) -> tuple[float | None, float, int]:
    """Return the value of a number with its scales ("3 million", "half a dozen"), its scale, and the place after it."""
    value, place = _figure(parts, place)
    scale = 1.0
    while value is not None and place < len(parts) and (step := _SCALES.get(parts[place])):
        scale, place = scale * step, place + 1
    return (None if value is None else value * scale), scale, place


def _figure(parts: list[str], place: int) -> tuple[float | None, int]:
    """Return the value of digits or number words at `place`, with "and a half", and the place after them."""
    text = parts[place]
    if text == "half":
        return 0.5, place + 2
    if text in _ARTICLES:
        return 1.0, place + 1
    value, place = (_digits(text), place + 1) if text[0].isdigit() else _words(parts, place)
    if value is not None and parts[place : place + 3] == ["and", "a", "half"]:
        return value + 0.5, place + 3
    return value, place


def _words(parts: list[str], place: int) -> tuple[float | None, int]:
    total: float | None = None
    while place < len(parts) and parts[place] in _WORDS:
        value = _WORDS[parts[place]]
        if total is not None and not (total >= 20 and total % 10 == 0 and value < 10):
            break
        total, place = (total or 0) + value, place + 1
        if place + 1 < len(parts) and parts[place] == "-" and parts[place + 1] in _WORDS:
            place += 1
    return total, place


def _digits(text: str) -> float | None:
    if "⁄" in text:
        whole, part = re.fullmatch(r"(\d*)(\d⁄\d+)", text).groups()  # type: ignore[union-attr]
        above, below = part.split("⁄")
        return float(whole or 0) + float(above) / float(below)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:'\d{3})+", text):
        return float(re.sub(r"[.']", "", text))
    if not re.fullmatch(_DIGITS, text):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[ ,\u00a0\u202f]", "", text))
