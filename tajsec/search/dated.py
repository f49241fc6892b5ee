"""How well the dates of a fact answer a typed one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tajsec.text.dates import LAST_DAY, day_number
from tajsec.text.spans import numbered_day

if TYPE_CHECKING:
    from tajsec.model.protocol import Document
    from tajsec.search.typed_dates import TypedDate

NO_END = day_number(LAST_DAY)
"""The last day number: that of a date with an open end."""

FIRST_YEAR = day_number((1, 0, 0))
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


def of_month(documents: "Sequence[Document]", date: "TypedDate") -> dict[int, float]:
    """Return the facts of a month, or of a day of a month, in any year."""
    return {
        document.number: 1.0
        for document in documents
        if any(_is_of_month(*each, month=date.first[1], day=date.first[2]) for each in document.when)
    }


def _is_of_month(starts: int, ends: int, *, month: int, day: int) -> bool:
    last = numbered_day(ends)
    first = numbered_day(starts) if starts >= FIRST_YEAR else (*last[:2], 1)
    return first[:2] == (last[0], month) == last[:2] and day in (0, first[2])
