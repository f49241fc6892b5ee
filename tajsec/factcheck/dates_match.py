"""Whether a date of a draft fits a date of a fact."""

from collections.abc import Callable, Mapping

from tajsec.factcheck.claims import Bound, DateClaim
from tajsec.factcheck.known import KnownDate
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day

Span = tuple[Day, Day]


def fits(claim: DateClaim, known: KnownDate) -> bool:
    """True if a date of a draft, in one of its readings, says the time of a fact, or one that includes it."""
    found = [_FITS[claim.bound](span, known) for span in claim.spans]
    return all(found) if claim.is_all else any(found)


def fits_in_part(claim: DateClaim, known: KnownDate) -> bool:
    """True if one of the readings of a date, as of "2011 or 2012", fits that of a fact."""
    return any(_FITS[claim.bound](span, known) for span in claim.spans)


def is_within(claim: DateClaim, known: KnownDate) -> bool:
    """True if a date of a draft is a part of a longer time of a fact, so that neither says the other."""
    return known.is_span and any(known.first <= first and last <= known.last for first, last in claim.spans)


def _in(span: Span, known: KnownDate) -> bool:
    if not known.is_span:
        return _includes(span, known) or (known.first <= span[0] and span[1] <= known.last)
    if _is_long(span):
        return _years(span) == (known.first[0], known.last[0])
    ends = [end for end in (known.first, known.last) if end not in (FIRST_DAY, LAST_DAY)]
    return any(span[0][0] == end[0] for end in ends)


def _since(span: Span, known: KnownDate) -> bool:
    if known.is_as_of and not known.is_span:
        return span[0] <= known.first
    return span[0][0] == known.first[0]


def _after(span: Span, known: KnownDate) -> bool:
    return span[0][0] - 1 <= known.first[0]


def _until(span: Span, known: KnownDate) -> bool:
    return span[1][0] == known.last[0]


def _by(span: Span, known: KnownDate) -> bool:
    return known.last <= span[1] or known.last[0] == span[1][0]


def includes(claim: DateClaim, known: KnownDate) -> bool:
    """True if a date of a draft is a longer time than that of a fact, and includes it."""
    return known.is_span and any(_includes(span, known) for span in claim.spans)


def _is_long(span: Span) -> bool:
    """True for a time from a year to another."""
    return span[0][0] != span[1][0]


def _includes(span: Span, known: KnownDate) -> bool:
    return span[0] <= known.first and known.last <= span[1]


def _years(span: Span) -> tuple[int, int]:
    return span[0][0], span[1][0]


_FITS: Mapping[Bound, Callable[[Span, KnownDate], bool]] = {
    "in": _in,
    "since": _since,
    "after": _after,
    "until": _until,
    "by": _by,
}
