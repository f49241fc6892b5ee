"""The figures of a sentence, so that those of a statement can be held against those of a quote.

A figure is a number with its sign, its currency or percent sign and its qualifier, however it is written: "$330m" is
"330 million dollars", "nine" is 9, "1,673" is 1673, "60th" is 60, "twice" is 2, "half a dozen" is 6. Months, weekdays,
decades, centuries and fiscal years are figures of their own units, so that 1990 does not prove "the 1990s". Decimal
marks count: "4,5" is 4.5, and "4,500" is 4500.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from tajsec.text.dates import Edtf
from tajsec.text.forms import fold
from tajsec.text.numbers import find_numbers

MONTH = "month"


WEEKDAY = "weekday"


DECADE = "decade"


CENTURY = "century"


FISCAL_YEAR = "fiscal year"


SCHOOL_YEAR = "school year"


TIME_UNITS = frozenset({MONTH, WEEKDAY, DECADE, CENTURY, FISCAL_YEAR, SCHOOL_YEAR})
"""The units of figures that name a time."""


MARKS: Mapping[str, tuple[str, ...]] = {
    "over": (
        *("over", "more than", "above", "exceeding", "exceeds", "exceeded", "at least", "upwards of", "upward of"),
        *("no less than", "not less than", "no fewer than", "not fewer than", "a minimum of"),
    ),
    "about": ("about", "approximately", "around", "some", "roughly", "circa", "ca.", "c.", "an estimated", "~", "≈"),
    "nearly": ("nearly", "almost", "close to", "just under", "approaching"),
    "up-to": (
        *("up to", "as many as", "as much as", "at most", "no more than", "not more than", "not over"),
        *("less than", "fewer than", "under", "below", "a maximum of"),
    ),
}
"""The words before a number that make a qualifier of it."""


_MARKS_BEHIND = {
    "over": re.compile(r"\+| or (?:more|over)\b| plus\b"),
    "about": re.compile(r" or so\b|-odd\b"),
    "up-to": re.compile(r" or (?:less|fewer|under)\b"),
}


_CURRENCIES = {
    "cad": r"ca?\$|cad|canadian dollars?",
    "aud": r"au?\$|aud|australian dollars?",
    "usd": r"us\$|\$|usd|(?:us |u\.s\. |american )?dollars?|bucks|доллар[а-я]*",
    "eur": r"€|eur|euros?|евро",
    "gbp": r"£|gbp|pounds? sterling",
    "rub": r"₽|rub|r(?:o)?ubles?|руб(?:л[а-я]*)?",
    "tjs": r"tjs|somonis?|сомони",
    "cny": r"cny|rmb|yuan|renminbi",
    "jpy": r"¥|jpy|yen",
    "chf": r"chf|swiss francs?",
    "kzt": r"kzt|tenges?",
    "afn": r"afn|afghanis?",
    "points": r"percentage points?|percent points?|pp",
    "%": r"%|per ?cent",
}


UNITS = frozenset(_CURRENCIES)
"""The units that a figure may have: currencies (ISO 4217, lower case), "%", and "points" of percent."""


_ANY_CURRENCY = "|".join(f"(?P<c{n}>{each})" for n, each in enumerate(_CURRENCIES.values()))


_CURRENCY = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY})(?![a-zа-я])")


_BEFORE = re.compile(rf"(?<![a-z])(?:{_ANY_CURRENCY}) ?$")


_ANY_MARK = "|".join(
    # a longer mark first, so that "no more than 5" is not taken for "more than 5"
    re.escape(each)
    for each in sorted((mark for marks in MARKS.values() for mark in marks), key=len, reverse=True)
)


_MARK_BEFORE = re.compile(rf"(?<!\w)({_ANY_MARK})(?:(?<=[~≈]) ?| )(?:a total of |the )?$")


_LENGTH_OF_TIME = re.compile(r"[ -](?:years?|months?|weeks?|days?|hours?|decades?)(?!\w)")


_DURING = re.compile(r"(?<!\w)over (?:the )?$")


_LASTED = re.compile(r"(?<!\w)(?:for|of|last(?:s|ed|ing)?|after|takes?|took|is|was|been|with|and) over (?:the )?$")
"""Before a length of time "over" mostly means during: paid over five years, but "for over five years"."""


_LONGEST_MARK = 60
"""More letters than the longest mark has with a currency behind it."""


_OF_PLACE = re.compile(r"(?<!\w)(?:under|below|above) $")
"""Before "a" they are no qualifiers: under a project."""


_QUALIFIER_OF = {mark: qualifier for qualifier, marks in MARKS.items() for mark in marks}


_ORDINAL_ONES = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth".split(), range(1, 10), strict=True)
)


_ORDINALS = {
    **_ORDINAL_ONES,
    **dict(zip("tenth eleventh twelfth thirteenth fourteenth fifteenth".split(), range(10, 16), strict=True)),
    **dict(zip("sixteenth seventeenth eighteenth nineteenth".split(), range(16, 20), strict=True)),
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
    **{
        f"{tens}{mark}{word}": 10 * n + one
        for n, tens in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
        for word, one in _ORDINAL_ONES.items()
        for mark in " -"
    },
}


_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))


_ROMANS = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))


_ROMAN = "|".join(sorted(_ROMANS, key=len, reverse=True))


_NUMBERED = "world war|phase|stage|chapter|annex|tier|category|round|track|volume"
"""What Roman numerals number; elsewhere "I" and "V" are mostly no numerals."""


_TIMES = {"twice": 2, "thrice": 3}


_PAIRS = {"a pair of": 2, "a couple of": 2}


_OTHER = re.compile(
    rf"(?<!\w)(?:(?P<digits>\d+)(?:st|nd|rd|th)|(?P<ordinal>{_ORDINAL})|(?P<times>{'|'.join(_TIMES)})"
    rf"|(?P<pair>{'|'.join(_PAIRS)})|(?:{_NUMBERED}) (?P<roman>{_ROMAN}))(?!\w)"
)


_ARTICLE = re.compile(r"(?<!\w)an?(?!\w)")


_SHARES = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


_SHARE = re.compile(
    r"(?<!\w)(?:(?P<count>an?|one|two|three|four)[ -])?(?P<part>half|third|quarter|fifth|tenth)(?P<many>s)?(?= of )"
    r"|(?<!\w)(?P<many_count>two|three|four)[ -](?P<many_part>third|quarter|fifth|tenth)s(?!\w)"
)


_NO_SHARE = re.compile(r"(?<!\w)(?:the|first|second|third|fourth|last|latter|final|other)[ -]$")
"""Before "half" or "third" it is one of several, not a share: the second half of 2012, the third of May."""


_SHARE_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


_MONTHS = {name: n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if name}


_WEEKDAYS = {name: n for n, name in enumerate(calendar.day_name, 1)}


_MONTH = re.compile(rf"(?<!\w)({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)")


_WEEKDAY = re.compile(rf"(?<!\w)({'|'.join(_WEEKDAYS)})(?!\w)")


_DECADES = {f"{word}ies": 10 * n for n, word in enumerate("twent thirt fort fift sixt sevent eight ninet".split(), 2)}


_TIME = re.compile(
    rf"(?<!\w)(?:(?P<decade>\d{{3}}0)'?s|(?:'|(?<=the )|(?<=early )|(?<=late )|(?<=mid-))(?P<short>\d0)s"
    rf"|(?:nineteen[ -])?(?P<word>{'|'.join(_DECADES)})"
    rf"|(?:(?P<nth>\d\d?)(?:st|nd|rd|th)|(?P<century>{_ORDINAL}))[ -]centur(?:y|ies)"
    r"|(?:fy ?|(?:fiscal|financial|budget) (?:years? )?)'?(?P<fiscal>\d{4}|\d{2})"
    r"|(?:academic|school) years? (?P<school>\d{4})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4}))(?!\w)"
)


CHANGE = re.compile(
    r"(?<!\w)(?:rose|risen|rises|grew|grown|grows|fell|fallen|falls|went|gone|cut|dropp?ed|jumped|climbed|doubled|tripled"
    r"|expanded|extended|moved|(?:rais|reduc|increas|decreas|chang|declin)\w*)(?!\w)"
)
"""Words by which "from 5 to 7" is a change, of which each end may be told alone, and no range."""


Form = Literal["number", "ordinal", "times", "article", "label", "date"]
"""How a figure is written: as a number, as "third", as "twice", as "a", as the "II" of "phase II", in "2012-10-05"."""


class Figure(NamedTuple):
    """One figure of a text. `start` and `end` are offsets in the folded text."""

    value: float
    unit: str
    """A currency (ISO 4217, lower case), "%", "points", one of `TIME_UNITS`, or ""."""
    qualifier: str
    """One of `tajsec.model.kinds.QUALIFIERS`."""
    is_claim: bool
    """Whether a text that says it claims a number: "a" and "one" may mean 1 and mostly do not."""
    start: int
    end: int
    form: Form = "number"
    ends: tuple[float, float] | None = None
    """Both ends of the range of which the figure is one end: 5 and 7 of "5 to 7"."""

    @property
    def key(self) -> "Key":
        """What is compared: the value and its unit."""
        return self.value, self.unit

    @property
    def names_year(self) -> bool:
        """Whether the figure may be a year."""
        return self.unit == "" and self.value.is_integer() and 1000 <= self.value < 2100

    def __str__(self) -> str:
        return described(self.key)


Key = tuple[float, str]
"""The value of a figure and its unit."""


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in the order in which they stand."""
    plain = plain_text(text)
    found: list[Figure] = []
    for read in (_times_named, _shares, _others, _numbers, _articles):
        taken = [(each.start, each.end) for each in found]
        found += [
            each for each in read(plain) if not any(each.start < end and each.end > start for start, end in taken)
        ]
    found += [*_names(text, _MONTH, _MONTHS, MONTH), *_names(text, _WEEKDAY, _WEEKDAYS, WEEKDAY)]
    return _with_ranges(plain, sorted(found, key=lambda figure: figure.start))


def plain_text(text: str) -> str:
    """Return the folded text with the digits of every script as 0 to 9; offsets are those of the folded text."""
    plain = fold(text)
    if plain.isascii():
        return plain
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)


def _before(plain: str, start: int) -> str:
    return plain[max(0, start - _LONGEST_MARK) : start]


def _times_named(plain: str) -> Iterator[Figure]:
    """Return decades, centuries, fiscal and school years, and dates in digits."""
    for match in _TIME.finditer(plain):
        form: Form = "date" if match.lastgroup in ("iso", "dotted") else "number"
        for value, unit in _time_keys(match):
            yield Figure(float(value), unit, _qualifier(_before(plain, match.start()), ""), True, *match.span(), form)


def _time_keys(match: re.Match[str]) -> list[tuple[int, str]]:
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
    """Return shares as percentages: half of, two thirds."""
    for match in _SHARE.finditer(plain):
        part, count = match["part"] or match["many_part"], match["count"] or match["many_count"]
        before = _before(plain, match.start())
        if (count or part == "half") and not (_NO_SHARE.search(before) and not match["many_count"]):
            value = 100 * _SHARE_COUNTS.get(count or "a", 1) / _SHARES[part]
            yield Figure(round(value, 6), "%", _qualifier(before, ""), True, *match.span())


def _numbers(plain: str) -> Iterator[Figure]:
    for number in find_numbers(plain):
        before, written = _before(plain, number.start), plain[number.start : number.end]
        after = plain[number.end :][:_LONGEST_MARK]
        letters = re.search(r"(?<![a-z])[a-z]{0,2}$", before) if written[0] == "$" else None  # the C of C$
        is_negative = bool(re.search(r"(?:^|[\s(])[-−]$", before))
        unit = _unit(before, (letters[0] if letters else "") + written, after)
        value = -number.value if is_negative else number.value
        qualifier = _qualifier(before, after)
        form: Form = "article" if written == "one" else "number"
        yield Figure(value, unit, qualifier, written != "one", number.start, number.end, form)


def _others(plain: str) -> Iterator[Figure]:
    """Return ordinals, "twice", pairs and Roman numerals."""
    forms: dict[str, Form] = {"digits": "ordinal", "ordinal": "ordinal", "times": "times", "roman": "label"}
    for match in _OTHER.finditer(plain):
        kind = str(match.lastgroup)
        word = match[kind]
        value = {**_ORDINALS, **_TIMES, **_PAIRS, **_ROMANS}.get(word) or float(word)
        qualifier = _qualifier(_before(plain, match.start(kind)), "")
        yield Figure(float(value), "", qualifier, True, *match.span(kind), forms.get(kind, "number"))


def _articles(plain: str) -> Iterator[Figure]:
    for match in _ARTICLE.finditer(plain):
        before = _before(plain, match.start())
        qualifier = "exact" if _OF_PLACE.search(before) else _qualifier(before, "")
        yield Figure(1.0, "", qualifier, False, *match.span(), "article")


def _names(text: str, pattern: re.Pattern[str], values: Mapping[str, int], unit: str) -> Iterator[Figure]:
    """Return months or weekdays; only a capital tells May and March from the verbs, so the text is not folded."""
    read, start = 0, 0
    for match in pattern.finditer(text):
        start += len(fold(text[read : match.start()]))
        end = start + len(fold(match[0]))
        yield Figure(float(values[match[1]]), unit, "exact", True, start, end)
        read, start = match.end(), end


def _with_ranges(plain: str, found: list[Figure]) -> list[Figure]:
    """Return the figures, each end of a range with both its ends, and with what is written once for both."""
    for place in range(len(found) - 1):
        low, high = found[place : place + 2]
        if low.form == high.form == "number" and _are_joined(plain, low, high):
            low, high = _alike(plain, low, high)
            ends = None if CHANGE.search(_before(plain, low.start)) else (low.value, high.value)
            found[place : place + 2] = low._replace(ends=ends), high._replace(ends=ends)
    return found


def _are_joined(plain: str, low: Figure, high: Figure) -> bool:
    """Return True for "5-7", "5 to 7" and "between 5 and 7"."""
    before, between = _before(plain, low.start), plain[low.end : high.start]
    if low.unit != high.unit and {low.unit, high.unit} & TIME_UNITS:
        return False
    if re.fullmatch(r" ?and ", between):
        return before.endswith("between ")
    if low.names_year and high.unit and re.search(r"(?<!\w)(?:in|since|by|of) $", before):
        return False  # rose in 2010 to 60 percent
    return bool(re.fullmatch(r"%?(?:[-–—]| [–—] )[$€£₽]?|%? (?:to|through) (?:us)?[$€£₽]?", between))


def _alike(plain: str, low: Figure, high: Figure) -> tuple[Figure, Figure]:
    unit = low.unit or high.unit
    scale = next((each.scale for each in find_numbers(plain[high.start : high.end])), 1.0)
    if scale > 1 and low.value < high.value / scale:
        low = low._replace(value=low.value * scale)
    return low._replace(unit=unit), high._replace(unit=unit)


def _unit(before: str, number: str, after: str) -> str:
    found = _BEFORE.search(before) or _CURRENCY.search(number) or _CURRENCY.match(after.removeprefix(" "))
    return list(_CURRENCIES)[int(str(found.lastgroup)[1:])] if found else ""


def _qualifier(before: str, after: str) -> str:
    if _LENGTH_OF_TIME.match(after) and _DURING.search(before) and not _LASTED.search(before):
        return "exact"
    found = _MARK_BEFORE.search(_BEFORE.sub("", before))
    if found:
        return _QUALIFIER_OF[found[1]]
    return next((each for each, pattern in _MARKS_BEHIND.items() if pattern.match(after)), "exact")


def date_keys(dates: Iterable[Edtf | None]) -> set[Key]:
    """Return the keys of the year, month and day of each end of the dates, as far as they are known."""
    ends = [end for date in dates if date for end in (date.start, date.end) if end]
    years = {(float(end.year), "") for end in ends}
    months = {(float(end.month), MONTH) for end in ends if end.month}
    return years | months | {(float(end.day), "") for end in ends if end.day}


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
