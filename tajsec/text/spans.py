"""Spans of days: a day, a week, months, a season, a decade, a century, and their parts."""

import calendar
from datetime import date, timedelta

from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day, Moment
from tajsec.text.numbers import may_be_year

Span = tuple[Day, Day]
"""The first and the last day."""

_PIVOT = 50
"""A year of two digits is of this century below it, of the last one from it on: the facts are from 1992 to 2022."""

_WINTER = 4


def whole_year(number: int) -> int:
    """Return the year of two digits, or of four as it is."""
    return number + (2000 if number < _PIVOT else 1900 if number < 100 else 0)


def day_of(year: int, month: int, day: int) -> Span | None:
    """Return one day, in any year if `year` is 0; None if there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None
    return ((year, month, day), (year, month, day) if year else LAST_DAY)


def numbered_day(number: int) -> Day:
    """Return the day of eight digits, as `day_number` makes them: 5 October 2012 of 20121005."""
    return number // 10000, number // 100 % 100, number % 100


def compact_day(number: int) -> Span | None:
    """Return the day of eight digits; None if it is of another time, and they are some number."""
    day = numbered_day(number)
    return day_of(*day) if may_be_year(day[0]) else None


def months_of(year: int, month: int, count: int = 1) -> Span | None:
    """Return some months of a year; None if it has not so many."""
    last = month + count - 1
    return ((year, month, 1), _month_end(year, last)) if 1 <= month <= last <= 12 else None


def nearest_before(day: Day, end: Day) -> Day:
    """Return a day or month without a year, as `day_of` and `Moment.first` have them, in the last year before `end`."""
    _, month, number = day
    year = end[0] if (month, number or 1) <= end[1:] else end[0] - 1
    return year, month, min(number or 1, calendar.monthrange(year, month)[1])


def years_of(first: int, last: int | None = None) -> Span:
    """Return the whole years from the first to the last, or the first alone."""
    return (first, 1, 1), (last or first, 12, 31)


def same_century(year: int, number: int) -> int:
    """Return the year of two digits in the century of another: 2013 of 2009 and 13."""
    return year - year % 100 + number


def fiscal_year(year: int) -> Span:
    """Return a fiscal year of the United States, which begins in October of the year before."""
    return (year - 1, 10, 1), (year, 9, 30)


def week_of(year: int, week: int, day: int = 0) -> Span | None:
    """Return a week of ISO 8601, or one of its days, 1 to 7; None if there is none."""
    try:
        first, last = (date.fromisocalendar(year, week, each) for each in (day or 1, day or 7))
    except ValueError:
        return None
    return (first.year, first.month, first.day), (last.year, last.month, last.day)


def seasons_of(year: int, season: int) -> list[Span | None]:
    """Return the season of a year, spring first; two for the winter, which begins or ends in it."""
    if season != _WINTER:
        return [months_of(year, 3 * season, 3)]
    return [((begins, 12, 1), _month_end(begins + 1, 2)) for begins in (year, year - 1)]


def decade_of(number: int) -> Span | None:
    """Return the decade of its first year, or of the last two digits of that: 1990 or 90; 30 is of the last century."""
    first = number if number >= 100 else whole_year(number) if number < 30 else 1900 + number
    return years_of(first, first + 9) if first % 10 == 0 else None


def century_of(number: int) -> Span | None:
    """Return the 19th, 20th or 21st century; None for another one."""
    return years_of(100 * number - 99, 100 * number) if 19 <= number <= 21 else None


def part_of(span: Span, part: int) -> Span:
    """Return the first, middle or last third of a month, a year, a decade; other spans, and part 0, are not divided."""
    (year, month, day), last = span
    third = min(part, 3) - 1
    if not part or day != 1:
        return span
    if span == months_of(year, month):
        return (year, month, 10 * third + 1), (year, month, 10 * third + 10) if third < 2 else last
    if span == years_of(year):
        return months_of(year, 4 * third + 1, 4) or span
    if span == years_of(year, year + 9):
        first, end = ((0, 3), (4, 6), (7, 9))[third]
        return years_of(year + first, year + end)
    return span


def shifted(day: Day, days: int) -> Day:
    """Return the day some days later, or earlier."""
    moved = date(*day) + timedelta(days)
    return moved.year, moved.month, moved.day


def in_words(first: Day, last: Day) -> str:
    """Return a span of days in English, in years or months if it is of whole ones; open ends as "since" and "until"."""
    precision = _precision(first if first != FIRST_DAY else (1, 1, 1), last)
    begins, ends = _said(first, precision), _said(last, precision)
    if last == LAST_DAY:
        return f"since {begins}"
    if first == FIRST_DAY:
        return f"until {ends}"
    return begins if begins == ends else f"{begins} to {ends}"


def _said(day: Day, precision: int) -> str:
    return Moment(day[0], day[1] if precision > 1 else None, day[2] if precision > 2 else None).words


def _precision(first: Day, last: Day) -> int:
    """Return how many parts of a day a span is said with: 1 of whole years, 2 of whole months, else 3."""
    if (first[1:], last[1:]) == ((1, 1), (12, 31)):
        return 1
    return 2 if first[2] == 1 and last == _month_end(*last[:2]) else 3


def _month_end(year: int, month: int) -> Day:
    return year, month, calendar.monthrange(year, month)[1]
