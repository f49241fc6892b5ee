"""Numbers as people type them in a query: one, a range ("6-7 thousand"), or a bound ("over 50 million", "4800+")."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tajsec.search.bounds import bound_before, bound_behind, by_words
from tajsec.text.forms import fold
from tajsec.text.numbers import UNSAID_SCALES, Number, exact, find_numbers, in_words

_BOUNDS = {
    "over": "over; more than; above; exceeding; greater than; larger than; higher than; upwards of; in excess of; >; "
    "более; более чем; больше; больше чем; свыше; зиёда аз; бештар аз; беш аз; بیش از; بیشتر از; "
    "über; mehr als; plus de",
    "at least": "at least; no less than; not less than; no fewer than; not fewer than; a minimum of; minimum; min; >=; "
    "≥; не менее; не меньше; на кам аз; حداقل; دست کم; mindestens; au moins",
    "under": "under; below; less than; fewer than; smaller than; lower than; <; менее; менее чем; меньше; меньше чем; "
    "камтар аз; کمتر از; unter; weniger als; moins de",
    "up to": "up to; at most; no more than; not more than; not over; a maximum of; maximum; max; as many as; "
    "as much as; <=; ≤; до; не более; не больше; то; تا; حداکثر; bis zu; höchstens; jusqu a",
    "about": "about; around; approximately; approx; roughly; some; circa; ca; c; nearly; almost; ~; ≈; около; "
    "примерно; тақрибан; حدود; etwa; ungefähr; environ",
}
"""Words before a number; of "over" and "under" the number itself is left out, "about" changes nothing."""

_BOUNDS_BEHIND = {
    "at least": "+; plus; or more; and more; or over; and over; or above; and above; and up; и более; и больше",
    "up to": "or less; and less; or fewer; or under; and under; or below; and below; и менее; и меньше",
}

_QUALIFIERS = {"over": {"over"}, "under": {"up-to", "nearly"}}
"""The qualifiers with which a fact's number may be the one that was typed, though that is not over or under itself."""

_TO = re.compile(r"%? ?(?:-|~|\.\.+|…|or|или|ё|یا|oder|ou|to|through|till|bis|до|по|то|تا|à) ?(?:from )?")
_AND = re.compile(r"%? (?:and|и|ва|و|und|et) ")
_BETWEEN = re.compile(r"\b(?:between|между|байни|بین|zwischen|entre) $")

CURRENCIES = {
    word: unit
    for unit, words in {
        "eur": "€ eur euro euros евро یورو",
        "gbp": "£ gbp",
        "rub": "₽ rub rubles roubles рубль рубля рублей",
        "tjs": "tjs somoni somonis сомони",
        "cny": "¥ cny yuan юаней",
    }.items()
    for word in fold(words).split()
}
"""Signs and words of other currencies than dollars, beside a number, and their units."""

_WORD = re.compile(r"[^\W\d_]+|[<>]=?|[≤≥~≈+]|[^\s\w.-]")
"""The words and signs of which bounds are made; other signs end them."""

_CURRENCY_BEHIND = re.compile(r" ?([^\W\d_]+|[€£₽¥])")

_GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A number that is a decimal in English and a whole number in German."""

BEFORE, BEHIND = by_words(_BOUNDS), by_words(_BOUNDS_BEHIND)

_INFINITE = float("inf")


class TypedNumber(NamedTuple):
    """A number in a query, as a range of values, with its offsets in the text."""

    start: int
    end: int
    least: float
    most: float
    scale: float = 1
    """A million for "7 million", 1 for "7"."""
    currency: str = ""
    """The unit of a sum of money: "usd", "eur", ..."""
    bound: str = ""
    """"over", "at least", "under" or "up to" of one number; "" of a number or a range."""
    other: float | None = None
    """The second reading: 4862 of "4.862"."""

    @property
    def is_range(self) -> bool:
        """True if more than one value answers it."""
        return self.least != self.most

    @property
    def typed(self) -> Sequence[float]:
        """The values that were typed, and that a fact has by its best answer."""
        return [each for each in dict.fromkeys((self.least, self.most)) if abs(each) != _INFINITE]

    @property
    def readings(self) -> "Sequence[TypedNumber]":
        """The number as typed, and, if its scale may have been left out, in millions and thousands."""
        is_whole = self.currency != "usd" and self.least.is_integer()
        return [self] if self.scale != 1 or self.is_range or is_whole else [self, *map(self.scaled, UNSAID_SCALES)]

    def scaled(self, scale: float) -> "TypedNumber":
        """Return the number as it is if its scale was left out: 5 million of "$5"."""
        return self._replace(least=exact(self.least * scale), most=exact(self.most * scale))

    def admits(self, value: float, qualifier: str) -> bool:
        """True if a value of a fact is in the range; `over` and `under` leave out the typed number itself."""
        is_end = self.bound in _QUALIFIERS and value in self.typed
        return self.least <= value <= self.most and (not is_end or qualifier in _QUALIFIERS[self.bound])

    @property
    def words(self) -> str:
        """The number as a person would write it: `5 million`, `4,862`, `6,000 to 7,000`, `over 50 million`."""
        values = " to ".join(map(in_words, self.typed))
        other = f" or {in_words(self.other)}" if self.other else ""
        return f"{self.bound} {values}{other}".strip()


def find_typed_numbers(text: str) -> list[TypedNumber]:
    """Return the numbers of a folded text with ASCII digits in order; a lone "one" is none."""
    found: list[TypedNumber] = []
    numbers = find_numbers(text)
    place = 0
    while place < len(numbers):
        number = _single(text, numbers[place])
        joined = _range(text, *numbers[place : place + 2]) if place + 1 < len(numbers) else None
        place += 2 if joined else 1
        found.append(joined or _bounded(text, number, found[-1].end if found else 0))
    return [each for each in found if each.typed != [1] or each.scale > 1]


def _single(text: str, number: Number) -> TypedNumber:
    written = text[number.start : number.end]
    other = float(written.replace(".", "")) if _GROUPED.fullmatch(written) else None
    start, end, currency = number.start, number.end, "usd" if number.money else ""
    if not currency:
        start, end, currency = _currency(text, start, end)
    return TypedNumber(start, end, number.value, number.value, number.scale, currency, other=other)


def _currency(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return the offsets of a number with the currency before or behind it, and the unit of that or ""."""
    if sign := CURRENCIES.get(text[start - 1 : start]):
        return start - 1, end, sign
    behind = _CURRENCY_BEHIND.match(text, end)
    if behind and (unit := CURRENCIES.get(behind[1])):
        return start, behind.end(), unit
    return start, end, ""


def _range(text: str, one: Number, other: Number) -> TypedNumber | None:
    """Return two numbers in a row as a range, if they are one; the scale of the second counts for both."""
    low, high = _single(text, one), _single(text, other)
    between, before = text[low.end : high.start], _BETWEEN.search(text[: low.start])
    if not (_TO.fullmatch(between) or (before and _AND.fullmatch(between))):
        return None
    least = low.least
    if low.scale == 1 and least < high.least / high.scale:
        least *= high.scale
    if least >= high.least:
        return None
    scale = max(low.scale, high.scale)
    return TypedNumber(
        before.start() if before else low.start, high.end, least, high.least, scale, low.currency or high.currency
    )


def _bounded(text: str, number: TypedNumber, last_end: int) -> TypedNumber:
    """Return a number with the bound before or behind it, which becomes a part of it."""
    start, end = number.start, number.end
    before, behind = list(_WORD.finditer(text, last_end, start)), list(_WORD.finditer(text, end))
    count, bound = bound_before([each[0] for each in before], BEFORE)
    if bound:
        start = before[-count].start()
    else:
        count, bound = bound_behind([each[0] for each in behind], BEHIND)
        end = behind[count - 1].end() if bound else end
    least = -_INFINITE if bound in ("under", "up to") else number.least
    most = _INFINITE if bound in ("over", "at least") else number.most
    return number._replace(start=start, end=end, least=least, most=most, bound="" if bound == "about" else bound)
