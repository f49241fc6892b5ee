"""The figures of a sentence, so that those of a statement can be held against those of a quote.

A figure is a number with its sign, its currency or percent sign and its qualifier, however it is written: "$330m" is
"330 million dollars", "nine" is 9, "1,673" is 1673, "60th" is 60, "twice" is 2. Months are figures of the unit
`MONTH`. Decimal marks count: "4,5" is 4.5, and "4,500" is 4500.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tajsec.text.dates import Edtf
from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers

MONTH = "month"


MARKS: Mapping[str, tuple[str, ...]] = {
    "over": ("over", "more than", "above", "exceeding", "exceeds", "exceeded", "at least", "upwards of"),
    "about": ("about", "approximately", "around", "some", "roughly", "circa", "an estimated"),
    "nearly": ("nearly", "almost", "close to", "just under"),
    "up-to": ("up to", "as many as", "as much as", "at most", "no more than", "not more than"),
}
"""The words before a number that make a qualifier of it."""


_CURRENCIES = {
    "usd": r"us\$|\$|usd|(?:us )?dollars?|bucks",
    "eur": r"€|eur|euros?",
    "gbp": r"£|gbp|pounds? sterling",
    "rub": r"₽|rub|r(?:o)?ubles?",
    "tjs": r"tjs|somonis?",
    "cny": r"cny|rmb|yuan|renminbi",
    "jpy": r"¥|jpy|yen",
    "%": r"%|per ?cent",
}


UNITS = frozenset(_CURRENCIES)
"""The units that a figure may have: currencies (ISO 4217, lower case) and "%"."""


_ANY_CURRENCY = "|".join(f"(?P<c{n}>{each})" for n, each in enumerate(_CURRENCIES.values()))


_CURRENCY = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY})(?![a-z])")


_BEFORE = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY}) ?$")


_MARK_BEFORE = {
    # a longer mark first, so that "no more than 5" is not taken for "more than 5"
    mark: re.compile(rf"(?<!\w){re.escape(mark)} (?:a total of |the )?$")
    for mark in sorted((each for marks in MARKS.values() for each in marks), key=len, reverse=True)
}


_QUALIFIER_OF = {mark: qualifier for qualifier, marks in MARKS.items() for mark in marks}


_ORDINALS = {
    word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}


_TIMES = {"twice": 2, "thrice": 3}


_OTHER = re.compile(rf"(?<!\w)(?:(\d+)(?:st|nd|rd|th)|({'|'.join((*_ORDINALS, *_TIMES))})|(an?))(?!\w)")


_MONTHS = {name: n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if name}


_MONTH = re.compile(rf"(?<!\w)({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)")


class Figure(NamedTuple):
    """One figure of a text. `start` and `end` are offsets in the folded text."""

    value: float
    unit: str
    """A currency (ISO 4217, lower case), "%", `MONTH`, or ""."""
    qualifier: str
    """One of `tajsec.model.kinds.QUALIFIERS`."""
    is_claim: bool
    """Whether a text that says it claims a number: "a" and "one" may mean 1 and mostly do not."""
    start: int
    end: int

    @property
    def key(self) -> "Key":
        """What is compared: the value and its unit."""
        return self.value, self.unit

    def __str__(self) -> str:
        return described(self.key)


Key = tuple[float, str]
"""The value of a figure and its unit."""


def figures(text: str) -> list[Figure]:
    """Give the figures of a text in the order in which they stand."""
    return sorted([*_numbers(text), *_months(text)], key=lambda figure: figure.start)


def _numbers(text: str) -> Iterator[Figure]:
    plain = fold(text)
    for number in find_numbers(plain):
        before = plain[: number.start]
        is_negative = bool(re.search(r"(?:^|[\s(])[-−]$", before))
        unit = _unit(before, plain[number.start : number.end], plain[number.end :])
        is_claim = plain[number.start : number.end] != "one"
        value = -number.value if is_negative else number.value
        yield Figure(value, unit, _qualifier(before, plain[number.end :]), is_claim, number.start, number.end)
    for match in _OTHER.finditer(plain):
        digits, word, article = match.groups()
        value = float(digits) if digits else float({**_ORDINALS, **_TIMES}.get(word, 1))
        yield Figure(value, "", _qualifier(plain[: match.start()], ""), not article, *match.span())


def _months(text: str) -> Iterator[Figure]:
    """Give the months; only a capital tells May and March from the verbs, so the text is not folded."""
    for match in _MONTH.finditer(text):
        start, end = (len(fold(text[:offset])) for offset in match.span())
        yield Figure(float(_MONTHS[match[1]]), MONTH, "exact", True, start, end)


def _unit(before: str, number: str, after: str) -> str:
    found = _BEFORE.search(before) or _CURRENCY.search(number) or _CURRENCY.match(after.removeprefix(" "))
    return list(_CURRENCIES)[int(str(found.lastgroup)[1:])] if found else ""


def _qualifier(before: str, after: str) -> str:
    before = _BEFORE.sub("", before)
    for mark, pattern in _MARK_BEFORE.items():
        if pattern.search(before):
            return _QUALIFIER_OF[mark]
    return "over" if re.match(r"\+| or more\b| plus\b", after) else "exact"


def date_keys(dates: Iterable[Edtf | None]) -> set[Key]:
    """Give the keys of the year, month and day of each end of the dates, as far as they are known."""
    ends = [end for date in dates if date for end in (date.start, date.end) if end]
    years = {(float(end.year), "") for end in ends}
    months = {(float(end.month), MONTH) for end in ends if end.month}
    return years | months | {(float(end.day), "") for end in ends if end.day}


def described(key: Key) -> str:
    """Give a key as people write it: `330,000,000 usd`, `October`."""
    value, unit = key
    if unit == MONTH:
        return calendar.month_name[int(value)]
    number = f"{int(value)}" if value.is_integer() and 1000 <= value < 2100 and not unit else f"{value:,.10g}"
    return f"{number} {unit}".strip()
