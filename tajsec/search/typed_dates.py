"""Dates as people type them, in English, Russian, Tajik, Persian, German and French.

A text is split into tokens, each of a class with a letter of its own: a year, a month, a season, ... `_SHAPES` are
patterns over the row of these letters, so that they are few and short, however many words a class has. A bound before
or behind a date opens it ("since 2001"); two dates with a dash or "to" between them are one span.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as calendar_date
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tajsec.search.bounds import LONGEST, bound_before, bound_behind, by_words
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day, Moment
from tajsec.text.forms import fold
from tajsec.text.numbers import is_measure

if TYPE_CHECKING:
    from tajsec.model.protocol import Document

_CLASSES = """
M1 january jan januar jänner janvier janv январ* янв ژانویه جنوری
M2 february feb febr februar février fevr феврал* фев فوریه فبروری
M3 march märz март* مارس مارچ
M4 april apr avril avr апрел* апр آوریل اپریل
M6 june jun juni juin июн* ژوئن جون
M7 july jul juli juillet juil июл* ژوئیه جولای
M8 august aug août август* авг اوت آگوست اگست
M9 september sep sept septembre сентябр* сен сент سپتامبر سپتمبر
M10 october oct oktober okt octobre октябр* окт اکتبر اکتوبر
M11 november nov novembre ноябр* ноя нояб نوامبر نومبر
M12 december dec dezember dez décembre декабр* дек دسامبر دسمبر
m3 mar mär mars мар
m5 may mai май мая мае маю маем майи مه می
S1 spring весна весной весны весну баҳор баҳори بهار frühling frühjahr printemps
S2 summer лето летом лета тобистон тобистони تابستان sommer été
S3 autumn fall осень осенью осени тирамоҳ тирамоҳи پاییز herbst automne
S4 winter зима зимой зимы зиму зимистон зимистони زمستان hiver
P1 early beginning start начало начале начала аввали اوایل ابتدای آغاز anfang début
P2 mid middle середина середине середины миёнаи اواسط mitte milieu
P3 late اواخر spät
P4 end конец конце концу конца охири پایان ende fin
Q3 q quarter квартал квартале квартала семоҳаи quartal trimestre
Q6 h half полугодие полугодии полугодия нимсолаи halbjahr semestre
O1 first первый первом первого
O2 second второй втором второго
O3 third третий третьем третьего
O4 fourth четвёртый четвёртом четвёртого
O19 nineteenth девятнадцатый девятнадцатом
O20 twentieth двадцатый двадцатом
E20 twenties двадцатые двадцатых
E30 thirties тридцатые тридцатых
E40 forties сороковые сороковых
E50 fifties пятидесятые пятидесятых
E60 sixties шестидесятые шестидесятых
E70 seventies семидесятые семидесятых
E80 eighties восьмидесятые восьмидесятых
E90 nineties девяностые девяностых
K0 century cent век века веке асри аср садаи قرن سده jahrhundert siècle
B0 decade даҳаи даҳсолаи دهه
Z0 s е х
H0 th st nd rd er e го ого й м
U0 year yr г гг год года году годы годов сол соли سال jahr jahre jahres an année
A0 fy c ca circa approximately about around roughly около примерно тақрибан حدود etwa um environ vers
L0 of the de des du der den la le von
I0 in since last this by until till before after from up в во к дар در im en
J0 to through thru till until bis по до то تا à au
W0 monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
"""
"""A class with a value, then its words, a line; a star stands for each of `_ENDINGS`.

The months of class `m` are other words as well: they count beside a day, a year or a preposition only.
"""

_ENDINGS = ("", "ь", "я", "е", "ю", "ем", "и", "а", "у", "ом")
"""The endings of months in Russian and Tajik."""

_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"

_BOUNDS = {
    "since": "since; from; starting; as of; beginning; from the beginning of; not before; no earlier than; "
    "с; со; от; начиная с; не ранее; аз; از; seit; ab; depuis; à partir de",
    "after": "after; post; later than; past; following; после; позже; позднее; баъди; баъд аз; пас аз; "
    "پس از; بعد از; nach; après",
    "until": "until; till; by; up to; through; thru; not after; no later than; not later than; at the latest; "
    "до; к; по; не позднее; то; تا; bis; jusqu en; jusqu au",
    "before": "before; prior to; pre; earlier than; перед; ранее; раньше; пеш аз; پیش از; قبل از; vor; avant",
}
"""Words before a date that open it; after "since" and "until" it includes the date, after the others it does not."""

_BOUNDS_BEHIND = {
    "since": "+; onwards; onward; or later; and later; or after; and after; and beyond; и позже; и далее; به بعد",
    "until": "or earlier; and earlier; or before; and before; и ранее; и раньше",
}

_JOINING = frozenset("- – — / and и ва و und et".split())
"""Between two dates these make one span of them, as do the words of class J."""

_DAY = r"N(?:-?H|\.)?"
_MONTH = r"[Mm]\.?"
_YEAR = r"(?:[UL]_)*'?Y(?:_?U\.?)?"
_TO = r"(?:_?[-–—]_?|_J_)"
_PERIOD = r"(?:Q_?N|(?:N-?H?|R|O)_?Q)"

_SHAPES = {
    "compact": "C",
    "year_first": r"Y(?P<a>[-/.])N(?P=a)N(?:x[ND:.+-]*x?)?",
    "digits": r"N(?P<b>[-/.])N(?P=b)(?:Y(?:_?U\.?)?|N)",
    "roman": r"N[-./_]R[-./_]'?[YN]",
    "days": rf"{_DAY}{_TO}{_DAY}_(?:L_)*{_MONTH}[_,-]*{_YEAR}|{_MONTH}_{_DAY}{_TO}{_DAY},?_{_YEAR}",
    "day": rf"(?:W\.?,?_)?(?:L_)?{_DAY}[_-]?(?:L_)*{_MONTH}(?:[_,-]*{_YEAR}|-N)?"
    rf"|(?:W\.?,?_)?{_MONTH}_?(?:L_)?{_DAY}(?:,?_{_YEAR})?|Y[_,-]+M\.?[_-]{_DAY}",
    "month_of_year": rf"{_MONTH}[_,/-]*{_YEAR}|{_MONTH}-N|Y[_,-]+M\.?",
    "year_and_number": r"Y[-/–—]N",
    "number_and_year": r"N[./]Y(?:_?U\.?)?",
    "period": rf"{_PERIOD}[_,/]*{_YEAR}|Y[_/-]*{_PERIOD}",
    "season": rf"S[_,]*{_YEAR}(?:[-/–]N)?",
    "decade": r"(?:'?Y|N)-?'?Z(?:_U)?|B_[YN]|E(?:_U)?",
    "century": r"(?:N-?H?|R|O)[_-]K|K_[NR]",
    "year": rf"{_YEAR}[~?]?",
    "month": r"M\.?|[IL]_m",
}
"""The ways to write a date, over the classes of tokens; `_` is a space, other signs are themselves.

Of other tokens, `Y` is a year, `N` a number of one or two digits, `C` one of eight, `D` another one, `R` a Roman one.
"""

_FIND = re.compile(
    r"(?=[^x_D])(?<![A-Za-z$€£.'])(?<!(?<!Y)/)(?<![ND],)(?<!D[-–])(?:A\.?_?|[~≈]_?)?(?P<part>P[_-](?:[LU]_)*)?"
    rf"(?:{'|'.join(f'(?P<{name}>{shape})' for name, shape in _SHAPES.items())})"
    r"(?![A-Za-z%])(?![.,][ND])(?!_?[-–]_?D)"
)

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\s|.", re.DOTALL)

_END = 4
"""The value of the words for "end": a late part, but before the end of a year is before the next one."""

_PIVOT = 50
"""A year of two digits is of this century below it, of the last one from it on: the facts are from 1992 to 2022."""


def _word_classes() -> Iterable[tuple[str, tuple[str, int]]]:
    for line, folded in zip(_CLASSES.split("\n"), fold(_CLASSES).split("\n"), strict=True):
        for word in folded.split()[1:]:
            for ending in _ENDINGS if word.endswith("*") else ("",):
                yield word.rstrip("*") + ending, (line[0], int(line.split()[0][1:]))
    yield from ((numeral, ("R", value)) for value, numeral in enumerate(_ROMANS.split(), 1))
    yield from ((f"{numeral}e", ("R", value)) for value, numeral in enumerate(_ROMANS.split(), 1) if value > 12)


_WORDS = dict(_word_classes())
_BEFORE, _BEHIND = by_words(_BOUNDS), by_words(_BOUNDS_BEHIND)

Span = tuple[Day, Day]


class TypedDate(NamedTuple):
    """A date in a query, as a span of days, with its offsets in the text.

    `month` is set for a month without a year, `year` for a year alone; `open` is True if one end is open
    ("since 2001"). `other` is the second reading of a date that may be read in two ways.
    """

    text: str
    start: int
    end: int
    first: Day
    last: Day
    month: int | None = None
    year: int | None = None
    open: bool = False
    other: "TypedDate | None" = None

    @property
    def readings(self) -> "Sequence[TypedDate]":
        """The date, and its other reading if it has one."""
        return [self, self.other] if self.other else [self]

    @property
    def words(self) -> str:
        """The date in English, all readings: `5 October 2012 or 10 May 2012`."""
        return " or ".join(_in_words(each.first, each.last) for each in self.readings)


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    letter: str
    value: int


class _Found(NamedTuple):
    """A date with the places of its first token and of the token behind it."""

    date: TypedDate
    start: int
    end: int
    is_joined: bool = False
    is_end: bool = False
    """True for "the end of 2014", before which is before 2015."""


def find_dates(text: str) -> list[TypedDate]:
    """Return the dates of a folded text in order; a span such as "2015-2019" is one."""
    tokens = _tokens(text)
    found: list[_Found] = []
    for match in _FIND.finditer("".join(each.letter for each in tokens)):
        date = _date(match, tokens)
        if not date:
            continue
        is_end = bool(match["part"]) and tokens[match.start("part")].value == _END
        found.append(_Found(date, match.start(), match.end(), is_end=is_end))
        if len(found) > 1 and (joined := _joined(found[-2], found[-1], tokens)):
            found[-2:] = [joined]
    last_ends = [0, *(each.end for each in found)]
    return [
        _opened(each, tokens[last_end : each.start], tokens[each.end :], text)
        for each, last_end in zip(found, last_ends, strict=False)
    ]


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0].isdigit():
            letter, value = _digits(word, is_short_year=text[: match.start()].endswith("'"))
        elif word[0].isalpha():
            letter, value = _WORDS.get(word, ("x", 0))
        else:
            letter, value = "_" if word.isspace() else word, 0
        found.append(_Token(word, *match.span(), letter, value))
    return found


def _digits(word: str, *, is_short_year: bool) -> tuple[str, int]:
    if len(word) == 2 and is_short_year:
        return "Y", _whole_year(int(word))
    if len(word) == 4 and 1900 <= int(word) < 2100:
        return "Y", int(word)
    letter = {1: "N", 2: "N", 8: "C"}.get(len(word), "D")
    return letter, int(word) if letter != "D" else 0


def _whole_year(number: int) -> int:
    return number + (2000 if number < _PIVOT else 1900)


class _Parts(NamedTuple):
    """The values of the tokens of a date: its numbers in order, its year, month and other value (0 if it has none)."""

    numbers: Sequence[int]
    year: int
    month: int
    ordinal: int
    """The first number, ordinal, Roman numeral or decade: of a quarter, a century, a decade."""
    length: int
    """The months of a quarter or half, the number of a season."""
    sign: str
    """The second token, which is between the numbers of "05.10.2012"."""


def _parts(inside: Sequence[_Token]) -> _Parts:
    def values(letters: str) -> list[int]:
        return [each.value for each in inside if each.letter in letters]

    numbers, years = values("NC"), values("Y")
    first = [*values("MmR"), 0][0]
    sign = inside[1].text if len(inside) > 1 else ""
    ordinal = [*values("NROE"), *years, 0][0]
    return _Parts(numbers, [*years, 0][0], first, ordinal, [*values("QS"), 0][0], sign)


def _date(match: re.Match[str], tokens: Sequence[_Token]) -> TypedDate | None:
    """Return the date of a match of `_FIND`, or None if there is no such day or if the year counts something."""
    shape = str(match.lastgroup)
    inside = tokens[match.start(shape) : match.end(shape)]
    after = next((each.text for each in tokens[match.end() :] if each.letter != "_"), "")
    if inside[-1].letter in "YN" and is_measure(after):
        return None
    parts = _parts(inside)
    part = tokens[match.start("part")].value if match["part"] else 0
    dates = [
        TypedDate(
            "".join(each.text for each in tokens[match.start() : match.end()]),
            tokens[match.start()].start,
            tokens[match.end() - 1].end,
            *_part(span, part),
            month=None if span[0][0] else span[0][1],
            year=parts.year if shape == "year" and not part else None,
        )
        for span in dict.fromkeys(filter(None, _READERS[shape](parts)))
    ]
    return dates[0]._replace(other=dates[1]) if len(dates) > 1 else next(iter(dates), None)


def _day(year: int, month: int, day: int) -> Span | None:
    """Return the span of one day, in any year if `year` is 0; None if there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None
    return ((year, month, day), (year, month, day) if year else LAST_DAY)


def _months(year: int, month: int, count: int = 1) -> Span | None:
    """Return the span of some months of a year; None if it has not so many."""
    last = month + count - 1
    return ((year, month, 1), _month_end(year, last)) if 1 <= month <= last <= 12 else None


def _month_end(year: int, month: int) -> Day:
    return year, month, calendar.monthrange(year, month)[1]


def _in_two_orders(parts: _Parts) -> Sequence[Span | None]:
    """Return the day of two numbers and a year: with points the day is first, else both orders are in use."""
    one, other = parts.numbers[:2]
    year = parts.year or _whole_year(parts.numbers[2])
    day_first, month_first = _day(year, other, one), _day(year, one, other)
    return [day_first or month_first] if parts.sign == "." else [month_first, day_first]


def _day_of_month(parts: _Parts) -> Sequence[Span | None]:
    """Return a day with its month in letters; a second number is a short year."""
    year = parts.year or (_whole_year(parts.numbers[1]) if len(parts.numbers) > 1 else 0)
    return [_day(year, parts.month, parts.numbers[0])]


def _days(parts: _Parts) -> Sequence[Span | None]:
    one, other = (_day(parts.year, parts.month, number) for number in parts.numbers)
    return [(one[0], other[1]) if one and other else None]


def _compact(parts: _Parts) -> Sequence[Span | None]:
    (number,) = parts.numbers
    year, month, day = number // 10000, number // 100 % 100, number % 100
    return [_day(year, month, day) if 1900 <= year < 2100 else None]


def _month_or_years(parts: _Parts) -> Sequence[Span | None]:
    """Return the month ("2011-07"), the span of years ("2009-13"), or both ("2004-07")."""
    year, number = parts.year, parts.numbers[0]
    last = year - year % 100 + number
    return [_months(year, number), ((year, 1, 1), (last, 12, 31)) if last > year else None]


def _season(parts: _Parts) -> Sequence[Span | None]:
    """Return the months of a season; a winter begins or ends in the year, if not both years are named."""
    if parts.length < 4:
        return [_months(parts.year, 3 * parts.length, 3)]
    winters = [((year, 12, 1), _month_end(year + 1, 2)) for year in (parts.year, parts.year - 1)]
    return winters[:1] if parts.numbers else winters


def _decade(parts: _Parts) -> Sequence[Span | None]:
    """Return the decade of a year, or of its last two digits: 1990 or 90; "30s" is of the last century."""
    number = parts.ordinal
    first = number if number > 100 else _whole_year(number) if number < 30 else 1900 + number
    return [((first, 1, 1), (first + 9, 12, 31)) if first % 10 == 0 else None]


def _century(parts: _Parts) -> Sequence[Span | None]:
    return [((100 * parts.ordinal - 99, 1, 1), (100 * parts.ordinal, 12, 31)) if 19 <= parts.ordinal <= 21 else None]


_READERS: Mapping[str, Callable[[_Parts], Sequence[Span | None]]] = {
    "compact": _compact,
    "year_first": lambda parts: [_day(parts.year, *parts.numbers[:2])],
    "digits": _in_two_orders,
    "roman": _day_of_month,
    "days": _days,
    "day": _day_of_month,
    "month_of_year": lambda parts: [_months(parts.year or _whole_year(parts.numbers[0]), parts.month)],
    "year_and_number": _month_or_years,
    "number_and_year": lambda parts: [_months(parts.year, parts.numbers[0])],
    "period": lambda parts: [_months(parts.year, (parts.ordinal - 1) * parts.length + 1, parts.length)],
    "season": _season,
    "decade": _decade,
    "century": _century,
    "year": lambda parts: [_months(parts.year, 1, 12)],
    "month": lambda parts: [((0, parts.month, 0), LAST_DAY)],
}
"""For each of `_SHAPES`, the spans of its days, the likelier one first if it may be read in two ways."""


def _part(span: Span, part: int) -> Span:
    """Return the first, middle or last third of a month, a year, a decade; other spans are not divided."""
    (year, month, day), last = span
    third = min(part, 3) - 1
    if not part or day != 1:
        return span
    if span == _months(year, month):
        return (year, month, 10 * third + 1), (year, month, 10 * third + 10) if third < 2 else last
    if span == _months(year, 1, 12):
        return _months(year, 4 * third + 1, 4) or span
    if last[0] == year + 9:
        first, end = ((0, 3), (4, 6), (7, 9))[third]
        return (year + first, 1, 1), (year + end, 12, 31)
    return span


def _joined(one: _Found, other: _Found, tokens: Sequence[_Token]) -> _Found | None:
    """Return two dates in a row as one span if only a dash, "to" or "and" is between them."""
    signs = [each for each in tokens[one.end : other.start] if each.letter != "_"]
    if len(signs) != 1 or not (signs[0].letter == "J" or signs[0].text in _JOINING):
        return None
    first, last = one.date, other.date
    if last.month:
        return None
    text = "".join(each.text for each in tokens[one.start : other.end])
    begins = (last.first[0], *first.first[1:2], first.first[2] or 1) if first.month else min(first.first, last.first)
    joined = TypedDate(text, first.start, last.end, begins, max(last.last, last.last if first.month else first.last))
    return _Found(joined, one.start, other.end, is_joined=True)


def _opened(found: _Found, before: Sequence[_Token], after: Sequence[_Token], text: str) -> TypedDate:
    """Return the date opened by a bound before or behind it, which becomes a part of it."""
    date = found.date
    if date.month or found.is_joined:
        return date
    start, end = date.start, date.end
    words = _words_before(before)
    count, kind = bound_before([each.text for each in words], _BEFORE)
    if kind:
        start = words[-count].start
    else:
        following = [each for each in after[: 2 * LONGEST] if each.letter != "_"]
        count, kind = bound_behind([each.text for each in following], _BEHIND)
        end = following[count - 1].end if kind else end
    if not kind:
        return date
    spans = [_open_span(each, kind, is_end=found.is_end) for each in date.readings]
    opened = [TypedDate(text[start:end], start, end, first, last, open=True) for first, last in spans]
    return opened[0]._replace(other=opened[1]) if len(opened) > 1 else opened[0]


def _words_before(tokens: Sequence[_Token]) -> list[_Token]:
    """Return the words at the end of the tokens, without "the", "the year" and the like at their end."""
    words = [each for each in tokens[-4 * LONGEST :] if each.letter not in "_-'"]
    while words and words[-1].letter in "LU" and (words[-1].text,) not in _BEFORE:
        words.pop()
    return words


def _open_span(date: TypedDate, kind: str, *, is_end: bool) -> Span:
    if kind == "since":
        return date.first, LAST_DAY
    if kind == "after":
        return _shifted(date.last, 1), LAST_DAY
    return FIRST_DAY, date.last if kind == "until" or is_end else _shifted(date.first, -1)


def _shifted(day: Day, days: int) -> Day:
    moved = calendar_date(*day) + timedelta(days)
    return moved.year, moved.month, moved.day


def _in_words(first: Day, last: Day) -> str:
    """Return a span of days in English: a day, a month, a year, or its ends."""
    if first == last:
        return Moment(*first).words
    if (first, last) == _months(first[0], first[1]):
        return Moment(*first[:2]).words
    if (first[1:], last[1:]) == ((1, 1), (12, 31)):
        return f"{first[0]}" if first[0] == last[0] else f"{first[0]} to {last[0]}"
    if first == FIRST_DAY or last == LAST_DAY:
        return f"until {Moment(*last).words}" if first == FIRST_DAY else f"since {Moment(*first).words}"
    return f"{Moment(*first).words} to {Moment(*last).words}"


NO_END = 99991231
"""The last day number: that of a date with an open end."""

FIRST_YEAR = 10000
"""The first day number of the year 1: a date that starts before it has an open start."""


def closeness(document: "Document", first: int, last: int, *, is_open: bool) -> float:
    """Return 1 for a date within a typed span of days, and less, the longer it is, for one that only overlaps it.

    2 for a date that begins or ends an open span: "since 2001" asks for what began in 2001 first. A date on which a
    statement was true (`as_of`) counts half.
    """
    if not document.when:
        return _closeness_of(document.extent, first, last, is_open=is_open) / 2
    return max(_closeness_of(each, first, last, is_open=is_open) for each in document.when)


def _closeness_of(date: tuple[int, int], first: int, last: int, *, is_open: bool) -> float:
    """Return the same for one date of a fact, which has days in common with the typed span or is of a set."""
    starts, ends = date
    if ends < first or starts > last:
        return 0
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    if (no_start or first <= starts) and (no_end or ends <= last) and not (no_start and no_end):
        return 1 + (is_open and (starts == first >= FIRST_YEAR or ends == last < NO_END))
    return (min(last, ends) - max(first, starts) + 1) / (ends - starts + 1)


def of_month(documents: "Sequence[Document]", date: TypedDate) -> dict[int, float]:
    """Return the facts of a month, or of a day of a month, in any year."""
    month, day = date.month, date.first[2]
    found: dict[int, float] = {}
    for document in documents:
        for starts, ends in document.when:
            starts = starts if starts >= FIRST_YEAR else ends // 100 * 100 + 1
            same_month = starts // 100 % 100 == month and ends - starts < 100
            if same_month and (not day or starts % 100 == day):
                found[document.number] = 1.0
    return found
