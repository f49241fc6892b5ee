"""Dates of any precision: the part of EDTF (ISO 8601-2) that the facts need.

`2012-10-05`, `2012-10`, `2012`; marked `~` (approximate), `?` (uncertain) or `%` (both);
spans `2001/2022`, `1992/..`, `../2021-10-04`; sets of separate dates `{2015,2017,2019}`.
A year stays a year: its first and last day are used only to compare it with other dates.
Specification: https://www.loc.gov/standards/datetime/ (levels 0 and 1 without seasons and
unspecified digits, and the sets of level 2 that list all their members).
"""

import calendar
import itertools
import re
from typing import NamedTuple

_MOMENT = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)"


_OPEN = ".."


_MARKS = ("", "?"), ("~", "%")
"""The mark of a date: `_MARKS[approximate][uncertain]`."""


Day = tuple[int, int, int]
"""Year, month, day; used to compare dates, not to print them."""


FIRST_DAY: Day = (0, 0, 0)
LAST_DAY: Day = (9999, 12, 31)
"""The days that open ends of spans are compared by."""


def day_number(day: Day) -> int:
    """Return a day as an integer that sorts like days: 20121005 for 5 October 2012."""
    return day[0] * 10000 + day[1] * 100 + day[2]


class Moment(NamedTuple):
    """A day, a month or a year, as precisely as it is known."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> Day:
        """The first day that the moment can be."""
        return self.year, self.month or 1, self.day or 1

    @property
    def last(self) -> Day:
        """The last day that the moment can be."""
        month = self.month or 12
        return self.year, month, self.day or calendar.monthrange(self.year, month)[1]

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        day = f"-{self.day:02}" if self.day else ""
        return f"{self.year:04}{month}{day}{_MARKS[self.approximate][self.uncertain]}"

    @property
    def words(self) -> str:
        """The moment as English words: `about 12 March 2013`, `2022 (unsure)`."""
        month = calendar.month_name[self.month] if self.month else None
        date = " ".join(str(part) for part in (self.day, month, self.year) if part)
        return ("about " if self.approximate else "") + date + (" (unsure)" if self.uncertain else "")


class Edtf(NamedTuple):
    """A moment (`start` and `end` are the same), a span between two (an end that is None is open), or a set."""

    start: Moment | None
    end: Moment | None
    is_span: bool = False
    members: tuple[Moment, ...] = ()
    """The separate dates of a set, in order; `start` and `end` are the first and the last of them."""

    @property
    def first(self) -> Day:
        """The first day that the date covers."""
        return self.start.first if self.start else FIRST_DAY

    @property
    def last(self) -> Day:
        """The last day that the date covers."""
        return self.end.last if self.end else LAST_DAY

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The known moments of the date, each once: the members of a set, or else its start and end."""
        return self.members or tuple(dict.fromkeys(end for end in (self.start, self.end) if end))

    @property
    def anchor(self) -> Moment:
        """The moment by which the date is sorted and grouped: its start, or its end if the start is open."""
        moment = self.start or self.end
        assert moment is not None, "parse() makes no date that is open at both ends"  # noqa: S101
        return moment

    @property
    def order(self) -> tuple[Day, Day]:
        """The sort key of the date: by start, and of dates with the same start the shorter one first."""
        return self.anchor.first, self.last

    @property
    def is_uncertain(self) -> bool:
        """True if a moment of the date is marked uncertain."""
        return any(each.uncertain for each in self.moments)

    @property
    def without_doubt(self) -> "Edtf":
        """The same date without its marks of uncertainty."""
        start, end = (each and each._replace(uncertain=False) for each in (self.start, self.end))
        members = tuple(each._replace(uncertain=False) for each in self.members)
        return self._replace(start=start, end=end, members=members)

    def __str__(self) -> str:
        if self.members:
            return f"{{{','.join(str(each) for each in self.members)}}}"
        if not self.is_span:
            return str(self.anchor)
        return "/".join(str(end) if end else _OPEN for end in (self.start, self.end))

    @property
    def words(self) -> str:
        """The date as English words: `5 October 2012`, `since 1992`, `2015 to 2019`, `2015, 2017 and 2019`."""
        if self.members:
            *others, last = (each.words for each in self.members)
            return f"{', '.join(others)} and {last}"
        if not self.is_span:
            return self.anchor.words
        if self.start and self.end:
            return f"{self.start.words} to {self.end.words}"
        return f"since {self.start.words}" if self.start else f"until {self.anchor.words}"

    @property
    def as_of(self) -> str:
        """The date as words for when something was true: `as of 2012`, `as of 4 October 2021 or before`."""
        open_end = "" if self.start and self.end else " and after" if self.start else " or before"
        return f"as of {self.anchor.words if open_end else self.words}{open_end}"


def parse(text: str) -> Edtf:
    """Read an EDTF date.

    Raises ValueError, whose message says what is wrong, for any form that is not in the module docstring.
    """
    if text.startswith("{") and text.endswith("}"):
        return _set(text[1:-1])
    start_text, slash, end_text = text.partition("/")
    if not slash:
        moment = _moment(start_text)
        return Edtf(start=moment, end=moment)
    start, end = (None if side == _OPEN else _moment(side) for side in (start_text, end_text))
    if start is None and end is None:
        raise ValueError("a span open at both ends says nothing")
    if start and end and start.first > end.last:
        raise ValueError("the span ends before it starts")
    return Edtf(start=start, end=end, is_span=True)


def _set(text: str) -> Edtf:
    members = tuple(_moment(each) for each in text.split(","))
    if len(members) < 2:
        raise ValueError("a set has two dates or more")
    if any(one.last >= other.first for one, other in itertools.pairwise(members)):
        raise ValueError("the dates of a set are in order, and none is part of another")
    return Edtf(start=members[0], end=members[-1], is_span=True, members=members)


def _moment(text: str) -> Moment:
    match = re.fullmatch(_MOMENT, text, re.ASCII)
    if not match:
        raise ValueError("not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/..")
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    assert year is not None, "the pattern has a year"  # noqa: S101
    if year < 1:
        raise ValueError("there is no year 0000")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month:02}")
    if month and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"{year:04}-{month:02} has no day {day:02}")
    mark = match[4]
    return Moment(year=year, month=month, day=day, approximate=mark in ("~", "%"), uncertain=mark in ("?", "%"))
