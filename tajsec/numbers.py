"""Numbers as people write them: 4862, 4,862, "4 862", $40 million, 40m usd, seven thousand, 11.4."""

import functools
import re
from collections.abc import Iterator

from tajsec.text import fold

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
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))


@functools.cache
def _parts() -> re.Pattern[str]:
    """Give the pattern of what a text is made of; most queries hold no number and need none."""
    return re.compile(
        r"(?:us)?\$"
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
    if not any(map(str.isdigit, text)) and _WORDS.keys().isdisjoint(re.split(r"[\W_]+", text)):
        return []
    parts = [(match[0], match.start(), match.end()) for match in _parts().finditer(text)]
    found: list[Number] = []
    place = 0
    while place < len(parts):
        first = parts[place][0]
        if first[0].isdigit() or first in _WORDS or first in _SIGNS:
            number, after = _number(parts, place)
            found += [number] if number else []
            place = max(after, place + 1)
        else:
            place += 1
    return found


def numbers_in(text: str) -> Iterator[tuple[float, bool]]:
    """Give the value of every number of a text, and whether it is money."""
    for number in find_numbers(fold(text)):
        yield number.value, number.money


def _number(parts: list[tuple[str, int, int]], place: int) -> tuple[Number | None, int]:
    start, money = place, False
    if parts[place][0] in _SIGNS and place + 1 < len(parts) and parts[place + 1][0][-1].isdigit():
        money, place = True, place + 1
    value, place = _figure(parts, place)
    if value is None:
        return None, place
    scaled = False
    while place < len(parts) and (scale := _SCALES.get(parts[place][0])):
        value, place, scaled = value * scale, place + 1, True
    if place < len(parts) and parts[place][0] in _SIGNS:
        money, place = True, place + 1
    return Number(round(value, 6), money, scaled, parts[start][1], parts[place - 1][2]), place


def _figure(parts: list[tuple[str, int, int]], place: int) -> tuple[float | None, int]:
    """Read digits or number words from `place`; give the value and the place behind them."""
    text = parts[place][0]
    if text[0].isdigit():
        return (_digits(text), place + 1) if re.fullmatch(_DIGITS, text) else (None, place + 1)
    total: float | None = None
    while place < len(parts) and parts[place][0] in _WORDS:
        value = _WORDS[parts[place][0]]
        if total is not None and not (total >= 20 and total % 10 == 0 and value < 10):
            break
        total, place = (total or 0) + value, place + 1
        if place + 1 < len(parts) and parts[place][0] == "-" and parts[place + 1][0] in _WORDS:
            place += 1
    return total, place


def _digits(text: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[ ,\u00a0\u202f]", "", text))
