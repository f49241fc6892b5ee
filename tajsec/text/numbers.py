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


_SIGNS = frozenset({"$", "us$", "usd", "dollar", "dollars", "bucks"})
"""What may stand before or behind a number as its currency."""


_DIGITS = r"[0-9][0-9 .,\u00a0\u202f]*"


_DIGIT = re.compile(r"\d")


_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))


@functools.cache
def _parts() -> re.Pattern[str]:
    """Give the pattern of what a text is made of; most queries hold no number and need none."""
    return re.compile(
        r"[^\W\d_]+(?![^\W_]|\$)"  # most parts are words: they are tried first
        r"|(?:us)?\$"
        r"|[0-9]+(?:[ ,\u00a0\u202f][0-9]{3})+(?!\d)(?:\.[0-9]+)?"
        rf"|[0-9]+(?:[.,][0-9]+)?(?=(?:{_SCALE}|usd|km)?(?![^\W_]))"
        r"|[^\W_]+|[^\s\w]"
    )


class Number:
    """A number in a text: its value, whether it is money, and which tokens of the text it takes."""

    __slots__ = ("end", "money", "scaled", "start", "value")

    def __init__(self, value: float, money: bool, scaled: bool, start: int, end: int) -> None:
        """`start` and `end` are offsets in the folded text."""
        self.value, self.money, self.scaled, self.start, self.end = value, money, scaled, start, end


def find_numbers(text: str) -> list[Number]:
    """Give the numbers of a folded text in order, each with its scale and currency."""
    if _holds_none(text):
        return []
    matches = list(_parts().finditer(text))
    return [
        Number(value, money, scaled, matches[first].start(), matches[after - 1].end())
        for value, money, scaled, first, after in _read([match[0] for match in matches])
    ]


def numbers_in(text: str) -> Iterator[tuple[float, bool]]:
    """Give the value of every number of a text, and whether it is money."""
    folded = fold(text)
    if not _holds_none(folded):
        yield from ((value, money) for value, money, *_ in _read(_parts().findall(folded)))


def _holds_none(text: str) -> bool:
    return not _DIGIT.search(text) and _WORDS.keys().isdisjoint(re.split(r"[\W_]+", text))


def _read(parts: list[str]) -> Iterator[tuple[float, bool, bool, int, int]]:
    """Give the numbers of a text in parts: value, money, scaled, its first part and the one behind it."""
    place = 0
    while place < len(parts):
        first = parts[place]
        after = place + 1
        if first[0].isdigit() or first in _WORDS or first in _SIGNS:
            number, end = _number(parts, place)
            if number:
                yield *number, place, end
            after = max(end, after)
        place = after


def _number(parts: list[str], place: int) -> tuple[tuple[float, bool, bool] | None, int]:
    money = False
    if parts[place] in _SIGNS and place + 1 < len(parts) and parts[place + 1][-1].isdigit():
        money, place = True, place + 1
    value, place = _figure(parts, place)
    if value is None:
        return None, place
    scaled = False
    while place < len(parts) and (scale := _SCALES.get(parts[place])):
        value, place, scaled = value * scale, place + 1, True
    if place < len(parts) and parts[place] in _SIGNS:
        money, place = True, place + 1
    return (round(value, 6), money, scaled), place


def _figure(parts: list[str], place: int) -> tuple[float | None, int]:
    """Read digits or number words from `place`; give the value and the place behind them."""
    text = parts[place]
    if text[0].isdigit():
        return (_digits(text), place + 1) if re.fullmatch(_DIGITS, text) else (None, place + 1)
    total: float | None = None
    while place < len(parts) and parts[place] in _WORDS:
        value = _WORDS[parts[place]]
        if total is not None and not (total >= 20 and total % 10 == 0 and value < 10):
            break
        total, place = (total or 0) + value, place + 1
        if place + 1 < len(parts) and parts[place] == "-" and parts[place + 1] in _WORDS:
            place += 1
    return total, place


def _digits(text: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[ ,\u00a0\u202f]", "", text))
