"""Numbers as people write them: 4862, 4,862, "4 862", $40 million, 40m usd, seven thousand, 11.4."""

import functools
import re
from collections.abc import Iterator

from tajsec.text.forms import fold

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


_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(_SMALL)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, 2)},
    "dozen": 12.0,
    "fourty": 40.0,
}


_ARTICLES = frozenset({"a", "an"})
"""Before a scale they are 1: a million, half a dozen."""


_UNCOUNTED = frozenset({"several", "few", "many"})
"""Before a dozen they leave the number open."""


_BEGINNINGS = frozenset({*_WORDS, *_SCALES, "half"})


_SIGNS = frozenset({"$", "us$", "usd", "dollar", "dollars", "bucks"})
"""What may stand before or behind a number as its currency."""


_DIGITS = r"[0-9][0-9 .,\u00a0\u202f]*"


_DIGIT = re.compile(r"\d")


_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))


@functools.cache
def _parts() -> re.Pattern[str]:
    """Return the pattern of what a text is made of; most queries hold no number and need none."""
    return re.compile(
        r"[^\W\d_]+(?![^\W_]|\$)"  # most parts are words: they are tried first
        r"|(?:us)?\$"
        r"|[0-9]*[1-9]⁄[0-9]+"  # what fold() makes of 1½
        r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?!\d)|[0-9]{1,3}(?:'[0-9]{3})+(?!\d)|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?!\d)"
        r"|[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})+(?!\d)(?:\.[0-9]+)?"
        rf"|[0-9]+(?:[.,][0-9]+)?(?=(?:{_SCALE}|usd|km)?(?![^\W_]))"
        r"|[^\W_]+|[^\s\w]"
    )


class Number:
    """A number in a text: its value, whether it is money, its scale, and which part of the text it takes."""

    __slots__ = ("end", "money", "scale", "start", "value")

    def __init__(self, value: float, money: bool, scale: float, start: int, end: int) -> None:
        """`start` and `end` are offsets in the folded text; `scale` is a million for "7 million", 1 for "7"."""
        self.value, self.money, self.scale, self.start, self.end = value, money, scale, start, end

    @property
    def scaled(self) -> bool:
        """Whether the number is written with a scale."""
        return self.scale > 1


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a folded text in order, each with its scale and currency."""
    if _holds_none(text):
        return []
    matches = list(_parts().finditer(text))
    return [
        Number(value, money, scale, matches[first].start(), matches[after - 1].end())
        for value, money, scale, first, after in _read([match[0] for match in matches])
    ]


def numbers_in(text: str) -> Iterator[tuple[float, bool]]:
    """Return the value of every number of a text, and whether it is money."""
    folded = fold(text)
    if not _holds_none(folded):
        yield from ((value, money) for value, money, *_ in _read(_parts().findall(folded)))


def _holds_none(text: str) -> bool:
    return not _DIGIT.search(text) and _BEGINNINGS.isdisjoint(re.split(r"[\W_]+", text))


def _read(parts: list[str]) -> Iterator[tuple[float, bool, float, int, int]]:
    """Return the numbers of a text in parts: value, money, scale, its first part and the one behind it."""
    place = 0
    while place < len(parts):
        after = place + 1
        if _may_begin(parts, place):
            number, end = _number(parts, place)
            if number:
                yield *number, place, end
            after = max(end, after)
        place = after


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
    """Read what is added to a number in words: "and one" behind "two hundred"; value, scale, the place behind."""
    start = place + 1 if parts[place : place + 1] == ["and"] else place
    if start >= len(parts) or parts[start] not in _WORDS or parts[start] == "dozen":
        return None
    value, own_scale, end = _group(parts, start)
    return (value, own_scale, end) if value and value < scale else None


def _group(parts: list[str], place: int) -> tuple[float | None, float, int]:
    """Read a figure with its scales: two hundred, 3 million, half a dozen; its value, the scale, the place behind."""
    value, place = _figure(parts, place)
    scale = 1.0
    while value is not None and place < len(parts) and (step := _SCALES.get(parts[place])):
        scale, place = scale * step, place + 1
    return (None if value is None else value * scale), scale, place


def _figure(parts: list[str], place: int) -> tuple[float | None, int]:
    """Read digits or number words from `place`, with "and a half"; give the value and the place behind them."""
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
