"""Dates as people type them: 1992, october 2012, 2 july 2007, 5 oct, 2015-2019, since 2001, in april."""

import calendar
import re
from collections.abc import Iterator
from typing import NamedTuple

from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)?"
_MOMENT = (
    rf"(?:(?P<y1>{_YEAR})-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?"
    rf"|(?P<d2>{_ORDINAL})(?: of)? (?P<m2>{_MONTH})\b\.?,?(?: (?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{_MONTH})\b\.? (?P<d3>{_ORDINAL})\b(?!\d),?(?: (?P<y3>{_YEAR}))?"
    rf"|(?P<m4>{_MONTH})\b\.?,? (?P<y4>{_YEAR})"
    rf"|(?P<d5>{_DAY})[./](?P<m5>0?[1-9]|1[0-2])[./](?P<y5>{_YEAR})"
    rf"|(?P<m8>0?[1-9]|1[0-2])[./](?P<y8>{_YEAR})"
    rf"|(?P<y6>{_YEAR})(?P<s6>s)?"
    rf"|(?P<m7>{_MONTH})\b(?<!\bmay))"
)
_FIND = re.compile(rf"(?<![\w$.,/]){_MOMENT}(?![\w%]|[.,]\d)")
_MAY = re.compile(r"\b(?:in|since|last|this|of) may\b")
_BETWEEN = re.compile(r" ?(?:-|–|/|to|and|till|until) ?")
_SINCE = re.compile(r"\b(?:since|after|from|starting) $")
_UNTIL = re.compile(r"\b(?:until|till|before|by|up to) $")


class TypedDate(NamedTuple):
    """A date in a query, as a span of days, with its offsets in the text.

    `month` is set for a month without a year, `year` for a year without a month; `open` is True if one end is open
    ("since 2001").
    """

    text: str
    start: int
    end: int
    first: Day
    last: Day
    month: int | None = None
    year: int | None = None
    open: bool = False


def find_dates(text: str) -> list[TypedDate]:
    """Return the dates of a folded text in order; a span such as "2015-2019" is one."""
    joined: list[TypedDate] = []
    for date in _moments(text):
        before = joined[-1] if joined else None
        if before and not before.month and not date.month and _BETWEEN.fullmatch(text[before.end : date.start]):
            joined[-1] = TypedDate(
                text=text[before.start : date.end], start=before.start, end=date.end,
                first=min(before.first, date.first), last=max(before.last, date.last),
            )  # fmt: skip
        else:
            joined.append(date)
    return [_opened(text, date) for date in joined]


def _moments(text: str) -> Iterator[TypedDate]:
    for match in _FIND.finditer(text):
        found = {key[0]: value for key, value in match.groupdict().items() if value}
        year = int(found["y"]) if "y" in found else None
        month = int(found["m"]) if found.get("m", "").isdigit() else _MONTHS.get(found.get("m", ""))
        day = int(re.sub(r"\D", "", found["d"])) if "d" in found else None
        date = _date(match, year, month, day, decade="s" in found)
        if date:
            yield date
    for match in _MAY.finditer(text):
        yield TypedDate(text="may", start=match.end() - 3, end=match.end(), first=FIRST_DAY, last=LAST_DAY, month=5)


def _date(
    match: re.Match[str], year: int | None, month: int | None, day: int | None, *, decade: bool
) -> TypedDate | None:
    place = {"text": match[0], "start": match.start(), "end": match.end()}
    if month is not None and not 1 <= month <= 12:
        return None
    if year is None:
        first, last = (0, month or 0, day or 0), LAST_DAY
        return TypedDate(**place, first=first, last=last, month=month)  # type: ignore[arg-type]
    end = year + 9 if decade else year
    last_day = day or calendar.monthrange(end, month or 12)[1]
    if day and day > calendar.monthrange(year, month or 12)[1]:
        return None
    first, last = (year, month or 1, day or 1), (end, month or 12, last_day)
    return TypedDate(**place, first=first, last=last, year=year if month is None and not decade else None)  # type: ignore[arg-type]


def _opened(text: str, date: TypedDate) -> TypedDate:
    """Return the date with its end open after "since" or the like, with its start open after "until" or the like."""
    before = text[: date.start]
    if date.first[0] != date.last[0]:
        return date
    if date.month is None and _SINCE.search(before):
        return date._replace(last=LAST_DAY, open=True)
    if date.month is None and _UNTIL.search(before):
        return date._replace(first=FIRST_DAY, open=True)
    return date
