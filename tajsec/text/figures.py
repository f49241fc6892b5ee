"""Finds the figures of a sentence, with units and qualifiers, to compare statements with quotes.

A figure has the same value however it is written: "$330m" is "330 million dollars", "nine" is 9, "1,673" is 1673,
"60th" is 60, "twice" is 2, "half a dozen" is 6. A comma or point before one or two digits is a decimal mark ("4,5" is
4.5), a comma before three is not ("4,500" is 4500). Months, weekdays, decades, centuries and fiscal years are figures
with units of their own, so that a quote with 1990 is no evidence for "the 1990s".
"""

import calendar
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from tajsec.text.dates import Edtf
from tajsec.text.forms import fold, with_ascii_digits
from tajsec.text.number_words import TENS
from tajsec.text.numbers import any_of, find_numbers

MONTH = "month"

WEEKDAY = "weekday"

DECADE = "decade"

CENTURY = "century"

FISCAL_YEAR = "fiscal year"

SCHOOL_YEAR = "school year"

RECENT, SHORT = 2048, 300
"""Texts of up to so many characters whose figures are kept: each rule of lint reads those of a statement again. Lint of
the shipped facts takes 0.07 s with them, 0.14 s without. Many long texts of figures would take much memory.
"""

TIME_UNITS = frozenset({MONTH, WEEKDAY, DECADE, CENTURY, FISCAL_YEAR, SCHOOL_YEAR})
"""The units of figures that name a time."""

QUALIFIER_WORDS: Mapping[str, Sequence[str]] = {
    "over": (
        "over, more than, above, exceeding, exceeds, exceeded, at least, upwards of, upward of, no less than, "
        "not less than, no fewer than, not fewer than, a minimum of"
    ).split(", "),
    "about": (
        "about, approximately, approx., approx, around, some, roughly, circa, ca., c., an estimated, estimated at, ~, ≈"
    ).split(", "),
    "nearly": "nearly, almost, close to, just under, approaching".split(", "),
    "up-to": (
        "up to, as many as, as much as, at most, no more than, not more than, not over, less than, fewer than, under, "
        "below, a maximum of"
    ).split(", "),
}
"""By qualifier, the words that express it before a number."""

_RUSSIAN_QUALIFIER_WORDS: Mapping[str, Sequence[str]] = {
    "over": "более, более чем, больше, свыше, не менее, не меньше, как минимум".split(", "),
    "about": "около, примерно, приблизительно, порядка, ориентировочно".split(", "),
    "nearly": ("почти",),
    "up-to": "до, не более, не больше, менее, меньше, максимум".split(", "),
}
"""The same in Russian, the other language of quotes; messages and drafts are in English."""

_QUALIFIERS_BEHIND = {
    "over": re.compile(r"\+| or (?:more|over)\b| plus\b"),
    "about": re.compile(r" or so\b|-odd\b"),
    "up-to": re.compile(r" or (?:less|fewer|under)\b"),
}

_CURRENCIES = {
    "cad": r"ca?\$|cad|canadian dollars?",
    "aud": r"au?\$|aud|australian dollars?",
    "usd": r"us ?\$|\$|usd|(?:us |u\.s\. |american )?dollars?|bucks|доллар[а-я]*",
    "eur": r"€|eur|euros?|евро",
    "gbp": r"£|gbp|pounds? sterling",
    "rub": r"₽|rub|ro?ubles?|руб(?:л[а-я]*)?",
    "tjs": r"tjs|somonis?|сомони",
    "cny": r"cny|rmb|(?:chinese )?yuans?|renminbi|юан[а-я]+",
    "jpy": r"¥|jpy|(?:japanese )?yens?|[йи]ен[а-я]*",
    "chf": r"chf|swiss francs?",
    "kzt": r"kzt|tenges?",
    "afn": r"afn|afghanis?",
    "points": r"percentage points?|percent points?|pp",
    "%": r"%|per ?cent",
}

UNITS = frozenset(_CURRENCIES)
"""The units that a figure may have: currencies (ISO 4217, lower case), "%", and "points" of percent."""

CURRENCIES = UNITS - {"%", "points"}

_UNIT_IDS = {"%": "percent"}
"""The ids of units in the data that are no units of figures: "%" is no id."""

_ANY_CURRENCY = "|".join(f"({each})" for each in _CURRENCIES.values())
"""One group for each currency, in the order of `_CURRENCIES`."""

_CURRENCY = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY})(?![a-zа-я])")

_CURRENCY_BEFORE = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY}) ?$")

_QUALIFIER_OF = {
    word: qualifier
    for language in (QUALIFIER_WORDS, _RUSSIAN_QUALIFIER_WORDS)
    for qualifier, words in language.items()
    for word in words
}

_QUALIFIER_BEFORE = re.compile(rf"(?<!\w)({any_of(_QUALIFIER_OF)})(?:(?<=[~≈]) ?| )(?:a total of |the )?$")

_LENGTH_OF_TIME = re.compile(r"[ -](?:years?|months?|weeks?|days?|hours?|decades?)(?!\w)")

_OVER_A_TIME = re.compile(r"(?<!\w)over (?:the )?$")

_MORE_THAN_A_TIME = re.compile(
    r"(?<!\w)(?:for|of|last(?:s|ed|ing)?|after|takes?|took|is|was|been|with|and) over (?:the )?$"
)
"""After these words "over" is "more than" ("for over five years"); else, before a length of time, it is "during"."""

_RUSSIAN_DATE = re.compile(r" (?:года?\b|г\.|янв|фев|марта?\b|апр|ма[йя]\b|июн|июл|авг|сент|окт|нояб|дек)")
"""Behind the number of a date: "до" before it is "until", not "up to"."""

_LOOK_AROUND = 60
"""Characters that are read on either side of a number: the longest qualifier and the longest currency fit in."""

_PREPOSITION_OF_PLACE = re.compile(r"(?<!\w)(?:under|below|above) $")
"""Before "a" these are prepositions of place and no qualifiers: "under a project"."""

_ONES_AND_TEENS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()

_ORDINALS = {
    **{word: n for n, word in enumerate(_ONES_AND_TEENS, 1)},
    **{f"{tens[:-1]}ieth": 10 * n for n, tens in enumerate(TENS, 2)},
    "hundredth": 100,
    **{
        f"{tens}{hyphen}{word}": 10 * n + one
        for n, tens in enumerate(TENS, 2)
        for one, word in enumerate(_ONES_AND_TEENS[:9], 1)
        for hyphen in " -"
    },
}

_ROMANS = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))

_NUMBERED = "world war|phase|stage|chapter|annex|tier|category|round|track|volume"
"""Nouns before Roman numerals; without one, "I" and "V" are mostly no numerals."""

_TIMES = {"twice": 2, "thrice": 3}

_PAIRS = {"a pair of": 2, "a couple of": 2}

_OTHER_VALUES = {**_ORDINALS, **_TIMES, **_PAIRS, **_ROMANS}

_OTHER = re.compile(
    rf"(?<!\w)(?:(?P<ordinal>\d{{1,9}}(?=(?:st|nd|rd|th)(?!\w))|(?:{any_of(_ORDINALS)})(?!\w))|(?P<times>{any_of(_TIMES)})(?!\w)"
    rf"|(?P<number>{any_of(_PAIRS)})(?!\w)|(?:{_NUMBERED}) (?P<label>{any_of(_ROMANS)})(?!\w))"
)
"""The name of the group that matches is the `Form` of the figure."""

_ARTICLE = re.compile(r"(?<!\w)an?(?!\w)")

_SHARES = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}

_SHARE = re.compile(
    r"(?<!\w)(?:(?P<count>an?|one|two|three|four)[ -])?(?P<part>half|third|quarter|fifth|tenth)s?(?= of )"
    r"|(?<!\w)(?P<many_count>two|three|four)[ -](?P<many_part>third|quarter|fifth|tenth)s(?!\w)"
)

_NO_SHARE = re.compile(r"(?<!\w)(?:the|first|second|third|fourth|last|latter|final|other)[ -]$")
"""After these words "half" and "third" are no shares: "the second half of 2012", "the third of May"."""

_SHARE_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}

_NAMED_TIMES = {
    **{
        name: (n, MONTH) for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if name
    },
    "Sept": (9, MONTH),
    **{name: (n, WEEKDAY) for n, name in enumerate(calendar.day_name, 1)},
}

_NAMED_TIME = re.compile(rf"(?<!\w)({any_of(_NAMED_TIMES)})(?!\w)")

_DECADES = {f"{word}ies": 10 * n for n, word in enumerate("twent thirt fort fift sixt sevent eight ninet".split(), 2)}

_TIME = re.compile(
    rf"(?<!\w)(?:(?P<decade>\d{{3}}0)'?s|(?:'|(?<=the )|(?<=early )|(?<=late )|(?<=mid-))(?P<short>\d0)s"
    rf"|(?:nineteen[ -])?(?P<word>{'|'.join(_DECADES)})"
    rf"|(?:(?P<nth>\d\d?)(?:st|nd|rd|th)|(?P<century>{any_of(_ORDINALS)}))[ -]centur(?:y|ies)"
    r"|(?:fy ?|(?:fiscal|financial|budget) (?:years? )?)'?(?P<fiscal>\d{4}|\d{2})"
    r"|(?:academic|school) years? (?P<school>\d{4})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}))(?!\w)"
)

CHANGE = re.compile(
    r"(?<!\w)(?:rose|risen|rises|grew|grown|grows|fell|fallen|falls|went|gone|cut|dropp?ed|jumped|climbed|doubled|tripled"
    r"|expanded|extended|moved|(?:rais|reduc|increas|decreas|chang|declin)\w*)(?!\w)"
)
"""Verbs after which "from 5 to 7" is a change, no range: a statement may contain one end alone."""

Form = Literal["number", "ordinal", "times", "article", "label", "date"]
"""How a figure is written: 5, "third", "twice", "a", the "II" of "phase II", or as a part of "2012-10-05"."""


class Figure(NamedTuple):
    """One figure of a text. `start` and `end` are offsets in the folded text."""

    value: float
    unit: str
    """A currency (ISO 4217, lower case), "%", "points", one of `TIME_UNITS`, or ""."""
    qualifier: str
    """One of `tajsec.model.kinds.QUALIFIERS`."""
    start: int
    end: int
    form: Form = "number"
    ends: tuple[float, float] | None = None
    """Both ends of the range of which the figure is one end: 5 and 7 of "5 to 7"."""

    @property
    def key(self) -> "Key":
        """The value and its unit, by which figures are compared."""
        return self.value, self.unit

    @property
    def is_claim(self) -> bool:
        """False for "a" and "one", which may be the number 1 but mostly are articles or pronouns."""
        return self.form != "article"

    @property
    def may_be_year(self) -> bool:
        """True if the figure may be a year: a whole number from 1000 to 2099 without a unit."""
        return self.unit == "" and self.value.is_integer() and 1000 <= self.value < 2100

    def __str__(self) -> str:
        return described(self.key)


Key = tuple[float, str]
"""The value of a figure and its unit."""


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in order. Where two readings overlap, that of the earlier reader is kept."""
    return list((_figures if len(text) <= SHORT else _figures.__wrapped__)(text))


@functools.lru_cache(maxsize=RECENT)
def _figures(text: str) -> Sequence[Figure]:
    plain = plain_text(text)
    found: list[Figure] = []
    for read in (_periods_and_dates, _shares, _ordinals_and_pairs, _numbers, _articles):
        taken = [(each.start, each.end) for each in found]
        found += [
            each for each in read(plain) if not any(each.start < end and each.end > start for start, end in taken)
        ]
    found += _months_and_weekdays(text)
    return _with_range_ends(plain, sorted(found, key=lambda figure: figure.start))


def plain_text(text: str) -> str:
    """Return the folded text with the digits of every script as 0 to 9; offsets are those of the folded text."""
    return with_ascii_digits(fold(text))


def _before(plain: str, start: int) -> str:
    return plain[max(0, start - _LOOK_AROUND) : start]


def _periods_and_dates(plain: str) -> Iterator[Figure]:
    """Yield decades, centuries, fiscal and school years, and each part of dates in digits."""
    for match in _TIME.finditer(plain):
        form: Form = "date" if match.lastgroup in ("iso", "dotted") else "number"
        for value, unit in _keys_of_time(match):
            yield Figure(float(value), unit, _qualifier(_before(plain, match.start())), *match.span(), form)


def _keys_of_time(match: re.Match[str]) -> list[tuple[int, str]]:
    kind, text = str(match.lastgroup), match[str(match.lastgroup)]
    if kind in ("iso", "dotted"):
        year, month, day = map(int, text.split("-") if kind == "iso" else reversed(text.split(".")))
        return [(year, ""), (month, MONTH), (day, "")] if 1 <= month <= 12 and 1 <= day <= 31 else []
    if kind == "word":
        return [(1900 + _DECADES[text], DECADE)]
    if kind in ("nth", "century"):
        return [(_ORDINALS.get(text) or int(text), CENTURY)]
    value = int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 40 else 1900)
    return [(value, {"fiscal": FISCAL_YEAR, "school": SCHOOL_YEAR}.get(kind, DECADE))]


def _shares(plain: str) -> Iterator[Figure]:
    """Yield shares as percentages: 50 % for "half of", 66.7 % for "two thirds"."""
    for match in _SHARE.finditer(plain):
        part, count = match["part"] or match["many_part"], match["count"] or match["many_count"]
        before = _before(plain, match.start())
        if (count or part == "half") and not (_NO_SHARE.search(before) and not match["many_count"]):
            value = 100 * _SHARE_COUNTS[count or "a"] / _SHARES[part]
            yield Figure(round(value, 6), "%", _qualifier(before), *match.span())


def _numbers(plain: str) -> Iterator[Figure]:
    for number in find_numbers(plain):
        before, written = _before(plain, number.start), plain[number.start : number.end]
        after = plain[number.end :][:_LOOK_AROUND]
        found = re.search(r"(?<![a-z])(?:us |[a-z]{0,2})$", before) if written[0] == "$" else None
        letters = found[0] if found else ""  # the C of C$
        is_negative = bool(re.search(r"(?:^|[\s(])[-−]$", before))
        unit = _unit(before, letters + written, after)
        value = -number.value if is_negative else number.value
        qualifier = _qualifier(before.removesuffix(letters), after)
        form: Form = "article" if written == "one" else "number"
        yield Figure(value, unit, qualifier, number.start, number.end, form)


def _ordinals_and_pairs(plain: str) -> Iterator[Figure]:
    """Yield ordinals, "twice", pairs and Roman numerals."""
    for match in _OTHER.finditer(plain):
        form: Any = match.lastgroup
        value = _OTHER_VALUES.get(match[form]) or float(match[form])
        qualifier = _qualifier(_before(plain, match.start(form)))
        yield Figure(float(value), "", qualifier, *match.span(form), form)


def _articles(plain: str) -> Iterator[Figure]:
    for match in _ARTICLE.finditer(plain):
        before = _before(plain, match.start())
        qualifier = "exact" if _PREPOSITION_OF_PLACE.search(before) else _qualifier(before)
        yield Figure(1.0, "", qualifier, *match.span(), "article")


def _months_and_weekdays(text: str) -> Iterator[Figure]:
    """Yield months and weekdays of a text as it is written: folded, "May" and "March" would be verbs."""
    read, start = 0, 0
    for match in _NAMED_TIME.finditer(text):
        start += len(fold(text[read : match.start()]))
        end = start + len(fold(match[0]))
        value, unit = _NAMED_TIMES[match[1]]
        yield Figure(float(value), unit, "exact", start, end)
        read, start = match.end(), end


def _with_range_ends(plain: str, found: list[Figure]) -> list[Figure]:
    """Return the figures; of a range, each end gets `ends`, and the unit and scale that is written once for both."""
    for place in range(len(found) - 1):
        low, high = found[place : place + 2]
        if low.form == high.form == "number" and _is_range(plain, low, high):
            low, high = _with_shared_unit(plain, low, high)
            ends = None if CHANGE.search(_before(plain, low.start)) else (low.value, high.value)
            found[place : place + 2] = low._replace(ends=ends), high._replace(ends=ends)
    return found


def _is_range(plain: str, low: Figure, high: Figure) -> bool:
    """True if two figures in a row are a range: "5-7", "5 to 7" or "between 5 and 7"."""
    before, between = _before(plain, low.start), plain[low.end : high.start]
    if low.unit != high.unit and {low.unit, high.unit} & TIME_UNITS:
        return False
    if re.fullmatch(r" ?and ", between):
        return before.endswith("between ")
    if low.may_be_year and high.unit and re.search(r"(?<!\w)(?:in|since|by|of) $", before):
        return False  # rose in 2010 to 60 percent
    return bool(re.fullmatch(r"%?(?:[-–—]| [–—] )[$€£₽]?|%? (?:to|through) (?:us)?[$€£₽]?", between))


def _with_shared_unit(plain: str, low: Figure, high: Figure) -> tuple[Figure, Figure]:
    """Return the ends of a range, both with its unit, and the low one with the scale of the other: "5 to 7 million"."""
    unit = low.unit or high.unit
    scale = next((each.scale for each in find_numbers(plain[high.start : high.end])), 1.0)
    if scale > 1 and low.value < high.value / scale:
        low = low._replace(value=low.value * scale)
    return low._replace(unit=unit), high._replace(unit=unit)


def _unit(before: str, number: str, after: str) -> str:
    found = _CURRENCY_BEFORE.search(before) or _CURRENCY.search(number) or _CURRENCY.match(after.removeprefix(" "))
    return list(_CURRENCIES)[found.lastindex - 1] if found and found.lastindex else ""


def unit_id(unit: str) -> str:
    """Return the id that a unit of figures has in the data: `percent` for "%", else the same."""
    return _UNIT_IDS.get(unit, unit)


def unit_named(name: str) -> str:
    """Return the unit of figures that a name is one of, such as "eur" for "Euros" or "us-dollars", or ""."""
    found = _CURRENCY.fullmatch(fold(name).replace("-", " "))
    return list(_CURRENCIES)[found.lastindex - 1] if found and found.lastindex else ""


def _qualifier(before: str, after: str = "") -> str:
    if _LENGTH_OF_TIME.match(after) and _OVER_A_TIME.search(before) and not _MORE_THAN_A_TIME.search(before):
        return "exact"
    found = _QUALIFIER_BEFORE.search(_CURRENCY_BEFORE.sub("", before))
    if found and not (found[1] == "до" and _RUSSIAN_DATE.match(after)):
        return _QUALIFIER_OF[found[1]]
    return next((each for each, pattern in _QUALIFIERS_BEHIND.items() if pattern.match(after)), "exact")


def date_keys(dates: Iterable[Edtf | None]) -> set[Key]:
    """Return the keys of the year, month and day of each moment of the dates, as far as they are known."""
    moments = [each for date in dates if date for each in date.moments]
    parts = [part for each in moments for part in ((each.year, ""), (each.month, MONTH), (each.day, ""))]
    return {(float(value), unit) for value, unit in parts if value}


def described(key: Key) -> str:
    """Return a key as people write it: `330,000,000 usd`, `October`, `the 1990s`, `fiscal year 2012`."""
    value, unit = key
    if unit in TIME_UNITS:
        return _named_time(int(value), unit)
    number = f"{int(value)}" if value.is_integer() and 1000 <= value < 2100 and not unit else f"{value:,.10g}"
    return f"{number} {unit}".strip()


def _named_time(value: int, unit: str) -> str:
    if unit in (MONTH, WEEKDAY):
        return calendar.month_name[value] if unit == MONTH else calendar.day_name[value - 1]
    return {DECADE: f"the {value}s", CENTURY: f"the {nth(value)} century"}.get(unit, f"{unit} {value}")


def nth(value: float) -> str:
    """Return an ordinal in digits: 1st, 12th, 202nd."""
    number = int(value)
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
