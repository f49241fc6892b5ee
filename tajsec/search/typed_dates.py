"""Dates as people type them, in English, Russian, Tajik, Persian, German and French.

A text is split into tokens, each of a class with a letter of its own: a year, a month, a season, ... `_SHAPES` are
patterns over the row of these letters, so that they are few and short, however many words a class has. A bound before
or behind a date opens it ("since 2001"); two dates with a dash or "to" between them are one span.
"""

import functools
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tajsec.search.bounds import bound_before, bound_behind, by_words
from tajsec.text import spans
from tajsec.text.date_words import END, WORDS
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day, Moment
from tajsec.text.numbers import is_measure
from tajsec.text.spans import Span

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
    "since": "+; onwards; onward; or later; and later; or after; and after; and beyond; и позже; и далее; به بعد; "
    "- present; - now; - today; to present; to the present; to date; to now; to today; until now; until today; "
    "по настоящее время; до настоящего времени; по сегодня; то имрӯз; то ҳол; تا امروز; تا کنون; bis heute",
    "until": "or earlier; and earlier; or before; and before; и ранее; и раньше",
}

BEFORE, BEHIND = by_words(_BOUNDS), by_words(_BOUNDS_BEHIND)

_JOINING = frozenset("- / and и ва و und et".split())
"""Between two dates these make one span of them, as do the words of class J."""

_EITHER = frozenset("or или е یا oder ou".split())
"""Between two dates these make them two readings of one."""

_TOKEN = re.compile(
    r"(?P<Y>(?:19|20)\d\d(?!\d)|(?<=')\d\d(?!\d))|(?P<C>\d{8}(?!\d))|(?P<N>\d\d?(?!\d))|(?P<D>\d+)"
    r"|(?P<word>[^\W\d_]+)|(?P<_>\s)|(?P<sign>.)",
    re.DOTALL,
)
"""A year, a number of eight digits, of one or two, another one; a word; a space; a sign."""

_DAY = r"N(?:-?H|\.)?(?:_G)?"
_MONTH = r"[Mm]\.?"
_YEAR = r"(?:[UL]_)*'?Y(?:-H)?(?:_?U\.?)?"
_TO = r"(?:_?-_?|_J_)"
_PERIOD = r"(?:Q_?N|(?:N-?H?|R|O)_?Q)"


class _Parts(NamedTuple):
    """The values of the tokens of a date: its numbers in order, its year, and others (0 if it has none)."""

    numbers: Sequence[int]
    year: int
    month: int
    ordinal: int
    """The first number, ordinal, Roman numeral or decade: of a quarter, a century, a decade."""
    length: int
    """The months of a quarter or half, the number of a season."""
    sign: str
    """The second token, which is between the numbers of "05.10.2012"."""

    def year_behind(self, numbers: int) -> int:
        """Return the year, which may be a short one behind some numbers; 0 without one."""
        return self.year or spans.whole_year(next(iter(self.numbers[numbers:]), 0)) * (len(self.numbers) > numbers)

    def day(self) -> Span | None:
        """Return the day whose month is in letters."""
        return spans.day_of(self.year_behind(1), self.month, self.numbers[0])


def _in_two_orders(parts: _Parts) -> Sequence[Span | None]:
    """Return the day of two numbers and a year: with points the day is first, else both orders are in use."""
    one, other = parts.numbers[:2]
    year = parts.year_behind(2)
    day_first, month_first = spans.day_of(year, other, one), spans.day_of(year, one, other)
    return [day_first or month_first] if parts.sign == "." else [month_first, day_first]


def _days(parts: _Parts) -> Sequence[Span | None]:
    one, other = (spans.day_of(parts.year, parts.month, number) for number in sorted(parts.numbers))
    return [(one[0], other[1]) if one and other else None]


def _month_or_years(parts: _Parts) -> Sequence[Span | None]:
    """Return the month ("2011-07"), the span of years ("2009-13"), or both ("2004-07")."""
    return [spans.months_of(parts.year, parts.numbers[0]), _to_short_year(parts)]


def _to_short_year(parts: _Parts) -> Span | None:
    last = spans.same_century(parts.year, parts.numbers[0])
    return spans.years_of(parts.year, last) if last > parts.year else None


def _fiscal(parts: _Parts) -> Sequence[Span | None]:
    """Return a fiscal year as the year, or as that of the United States; two as the years."""
    if parts.year and parts.numbers:
        return [_to_short_year(parts)]
    year = parts.year_behind(0)
    return [spans.years_of(year), spans.fiscal_year(year)]


def _season(parts: _Parts) -> Sequence[Span | None]:
    """Return the months of a season; a winter begins or ends in the year, if not both years are named."""
    return spans.seasons_of(parts.year, parts.length)[: 1 if parts.numbers else None]


class _Shape(NamedTuple):
    """A way to write a date: a pattern, the letters that a text of it has, and how it is read.

    The reader returns the spans of days, the likelier one first if it may be read in two ways.
    """

    needs: str
    pattern: str
    read: Callable[[_Parts], Sequence[Span | None]]


_SHAPES = {
    "compact": _Shape("C", "C", lambda parts: [spans.compact_day(parts.numbers[0])]),
    "year_first": _Shape(
        "YN",
        r"Y(?P<a>[-/.]_?|_)N(?P=a)N(?:x[ND:.+-]*x?)?",
        lambda parts: [spans.day_of(parts.year, *parts.numbers[:2])],
    ),
    "digits": _Shape("N", rf"N(?P<b>[-/.]_?|_)N(?P=b){_YEAR}|N(?P<c>[-/.]_?)N(?P=c)N(?:_?U\.?)?", _in_two_orders),
    "roman": _Shape("NR", r"N[-./_]R[-./_]'?[YN]", lambda parts: [parts.day()]),
    "days": _Shape(
        "NMY", rf"{_DAY}{_TO}{_DAY}_(?:L_)*{_MONTH}[_,-]*{_YEAR}|{_MONTH}_{_DAY}{_TO}{_DAY},?_{_YEAR}", _days
    ),
    "day": _Shape(
        "NM",
        rf"(?:W\.?,?_)?(?:L_)?{_DAY}[_-]?(?:L_)*{_MONTH}(?:[_,-]*{_YEAR}|-N)?"
        rf"|(?:W\.?,?_)?{_MONTH}_?(?:L_)?{_DAY}(?:,?_{_YEAR})?|Y[_,-]+M\.?[_-]{_DAY}",
        lambda parts: [parts.day()],
    ),
    "month_of_year": _Shape(
        "M",
        rf"{_MONTH}[_,/-]*{_YEAR}|{_MONTH}-N|Y[_,-]+M\.?",
        lambda parts: [spans.months_of(parts.year_behind(0), parts.month)],
    ),
    "roman_month": _Shape("RY", r"R[./]Y", lambda parts: [spans.months_of(parts.year, parts.month)]),
    "week": _Shape(
        "TN",
        rf"Y-?TN(?:-N)?|T_?N[_,/]*{_YEAR}",
        lambda parts: [spans.week_of(parts.year, *parts.numbers)],
    ),
    "year_and_number": _Shape("YN", r"Y[-/]N", _month_or_years),
    "number_and_year": _Shape(
        "NY", r"N[./]Y(?:_?U\.?)?", lambda parts: [spans.months_of(parts.year, parts.numbers[0])]
    ),
    "fiscal": _Shape("F", rf"F_?{_YEAR}(?:[-/]N)?|FN|Y_F_U", _fiscal),
    "period": _Shape(
        "Q",
        rf"{_PERIOD}[_,/]*{_YEAR}|Y[_/-]*{_PERIOD}|NQN",
        lambda parts: [spans.months_of(parts.year_behind(1), (parts.ordinal - 1) * parts.length + 1, parts.length)],
    ),
    "season": _Shape("SY", rf"S[_,]*{_YEAR}(?:[-/]N)?", _season),
    "decade": _Shape(
        "",
        r"(?:U_)?(?:(?:'?Y|N)-?'?Z(?:_U)?|B_[YN]|(?:V[-_])?E(?:_U)?)",
        lambda parts: [spans.decade_of(parts.ordinal)],
    ),
    "century": _Shape("K", r"(?:N-?H?|R|O)[_-]K|K_[NR]", lambda parts: [spans.century_of(parts.ordinal)]),
    "year": _Shape("Y", rf"{_YEAR}[~?]?", lambda parts: [spans.years_of(parts.year)]),
    "month": _Shape("M", rf"M\.?|[IL]_m(?![_,/-]*Y)|m(?={_TO}M)", lambda parts: [((0, parts.month, 0), LAST_DAY)]),
}
"""The ways to write a date, over the classes of tokens; `_` is a space, other signs are themselves."""


_NEEDED = frozenset("".join(shape.needs for shape in _SHAPES.values()))


@functools.lru_cache
def _finder(letters: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of the dates that a row of these letters may have: to compile that of all takes 4 ms."""
    shapes = (f"(?P<{name}>{shape.pattern})" for name, shape in _SHAPES.items() if letters.issuperset(shape.needs))
    return re.compile(
        r"(?=[^x_D])(?<![A-Za-z$€£.'])(?<!(?<!Y)/)(?<![ND],)(?<!D-)(?:A\.?_?|[~≈]_?)?(?P<part>P[_-](?:[LU]_)*)?"
        rf"(?:{'|'.join(shapes)})(?![A-Za-z%])(?![.,][ND])(?!_?-_?D)"
    )


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
        if self.month:
            return Moment(*self.first).words
        return " or ".join(spans.in_words(each.first, each.last) for each in self.readings)


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
    """Return the dates of a folded text with ASCII digits in order; a span such as "2015-2019" is one."""
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    row = "".join(each.letter for each in tokens)
    found: list[_Found] = []
    for match in _finder(_NEEDED.intersection(row.replace("m", "M"))).finditer(row):
        date = _date(match, tokens)
        if not date:
            continue
        is_end = bool(match["part"]) and tokens[match.start("part")].value == END
        found.append(_Found(date, match.start(), match.end(), is_end=is_end))
        if len(found) > 1 and (joined := _joined(found[-2], found[-1], tokens)):
            found[-2:] = [joined]
    last_ends = [0, *(each.end for each in found)]
    return [
        _opened(each, tokens[last_end : each.start], tokens[each.end :], text)
        for each, last_end in zip(found, last_ends, strict=False)
    ]


def _token(match: re.Match[str]) -> _Token:
    word, kind = match[0], str(match.lastgroup)
    if kind == "word":
        letter, value = WORDS.get(word, ("x", 0))
    elif kind == "sign":
        letter, value = word, 0
    else:
        letter, value = kind, int(word) if kind in "YCN" else 0
    return _Token(word, *match.span(), letter, spans.whole_year(value) if letter == "Y" else value)


def _parts(inside: Sequence[_Token]) -> _Parts:
    def values(letters: str) -> list[int]:
        return [each.value for each in inside if each.letter in letters]

    def first(*found: int) -> int:
        return next(iter(found), 0)

    years = values("Y")
    return _Parts(
        numbers=values("NC"),
        year=first(*years),
        month=first(*values("MmR")),
        ordinal=first(*values("NROE"), *years),
        length=first(*values("QS")),
        sign=inside[1].text if len(inside) > 1 else "",
    )


def _date(match: re.Match[str], tokens: Sequence[_Token]) -> TypedDate | None:
    """Return the date of a match of `_finder`, or None if there is no such day or if the year counts something."""
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
            *spans.part_of(span, part),
            month=None if span[0][0] else span[0][1],
            year=parts.year if span == spans.years_of(parts.year) and not part else None,
        )
        for span in dict.fromkeys(filter(None, _SHAPES[shape].read(parts)))
    ]
    return dates[0]._replace(other=dates[1]) if len(dates) > 1 else next(iter(dates), None)


def _joined(one: _Found, other: _Found, tokens: Sequence[_Token]) -> _Found | None:
    """Return two dates in a row as one, a span or either of them, if only a dash or a word for that is between them."""
    signs = [each for each in tokens[one.end : other.start] if each.letter != "_"]
    first, last = one.date, other.date
    if len(signs) != 1 or last.month:
        return None
    text = "".join(each.text for each in tokens[one.start : other.end])
    if signs[0].text in _EITHER and not (first.month or first.other or last.other):
        either = first._replace(text=text, end=last.end, other=last)
        return _Found(either, one.start, other.end)
    if signs[0].letter != "J" and signs[0].text not in _JOINING:
        return None
    if first.month:
        begins, ends = spans.nearest_before(first.first, last.last), last.last
    else:
        begins, ends = min(first.first, last.first), max(first.last, last.last)
    return _Found(TypedDate(text, first.start, last.end, begins, ends), one.start, other.end, is_joined=True)


def _opened(found: _Found, before: Sequence[_Token], after: Sequence[_Token], text: str) -> TypedDate:
    """Return the date opened by a bound before or behind it, which becomes a part of it."""
    date = found.date
    if date.month or found.is_joined:
        return date
    words = _words_before(before)
    following = [each for each in after if each.letter != "_"]
    count_before, kind_before = bound_before([each.text for each in words], BEFORE)
    count_behind, kind_behind = bound_behind([each.text for each in following], BEHIND)
    kind = kind_before or kind_behind
    if not kind:
        return date
    start = words[-count_before].start if kind_before else date.start
    end = following[count_behind - 1].end if kind_behind == kind else date.end
    opened = [
        TypedDate(text[start:end], start, end, *_open_span(each, kind, is_end=found.is_end), open=True)
        for each in date.readings
    ]
    return opened[0]._replace(other=opened[1]) if len(opened) > 1 else opened[0]


def _words_before(tokens: Sequence[_Token]) -> list[_Token]:
    """Return the words at the end of the tokens, without "the", "the year" and the like at their end."""
    words = [each for each in tokens if each.letter not in "_-'"]
    while words and words[-1].letter in "LU" and (words[-1].text,) not in BEFORE.kinds:
        words.pop()
    return words


def _open_span(date: TypedDate, kind: str, *, is_end: bool) -> Span:
    if kind == "since":
        return date.first, LAST_DAY
    if kind == "after":
        return spans.shifted(date.last, 1), LAST_DAY
    return FIRST_DAY, date.last if kind == "until" or is_end else spans.shifted(date.first, -1)
