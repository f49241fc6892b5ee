"""Turns filters as people write them (ids, names, dates) into a `Selection`, by which a store returns facts.

The options of commands and the arguments of the Python API go through `selection`.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tajsec.errors import UnknownName, UsageError
from tajsec.model.kinds import STATUSES
from tajsec.model.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tajsec.model.kinds import Status, TermKind
    from tajsec.model.protocol import Question, Store
    from tajsec.text.dates import Day, Edtf

    Names = str | Collection[str]

    When = str | int | date | Edtf


def selection(
    store: "Store",
    *,
    actor: "Names" = (),
    topic: "Names" = (),
    source: "Names" = (),
    place: "Names" = (),
    status: "Names" = (),
    since: "When | None" = None,
    until: "When | None" = None,
    pack: "Names" = (),
    dashes: str = "",
) -> Selection:
    """Return the selection of the facts that meet every filter; a filter is met by any of its names, or a part of one.

    Actors, topics and places are ids, names or aliases. A date is EDTF or as people write it (`October 2012`); `dashes`
    precede its name in a message ("--"). Raises UnknownName for a name that the store does not have, UsageError for an
    invalid status or date, and for a range that ends before it begins.
    """
    if all(map(_is_absent, (actor, topic, source, place, status, since, until, pack))):
        return EVERYTHING
    begin, end = _date(f"{dashes}since", since), _date(f"{dashes}until", until)
    if begin and end and end.last < begin.first:
        raise UsageError(f"{dashes}until {until} is before {dashes}since {since}; exchange the two")
    return Selection(
        actors=_ids(store, "actor", actor),
        topics=_ids(store, "topic", topic),
        places=_ids(store, "place", place),
        sources=frozenset(store.source(each).id for each in _listed(source)),
        statuses=frozenset(map(_status, _listed(status))),
        since=begin,
        until=end,
        packs=frozenset(_pack(store, each) for each in _listed(pack)),
    )


def filter_questions(store: "Store") -> "Iterator[Question]":
    """Yield what `selection` may ask of a store."""
    yield from (lambda: store.vocabulary, store.sources, store.packs)


def _is_absent(given: object) -> bool:
    return given is None or (isinstance(given, str | tuple) and not given)


def _listed(names: "Names") -> Iterable[str]:
    return (names,) if isinstance(names, str) else names


def _ids(store: "Store", kind: "TermKind", names: "Names") -> frozenset[str]:
    terms = store.vocabulary
    return frozenset[str]().union(*(terms.within(kind, terms.resolve(kind, each)) for each in _listed(names)))


def _pack(store: "Store", name: str) -> str:
    known = [each.id for each in store.packs()]
    if name not in known:
        from tajsec.text.spelling import near_names

        raise UnknownName("pack", name, near_names(name, known), "tajsec packs")
    return name


def _status(name: str) -> "Status":
    found = next((status for status in STATUSES if status == name), None)
    if found is None:
        raise UsageError(f"unknown status {name!r}; name one of {', '.join(STATUSES)}")
    return found


def _date(name: str, given: "When | None") -> "Edtf | None":
    if _is_absent(given):
        return None
    try:
        date = _read(str(given))
    except ValueError as error:
        raise UsageError(f"{name} {given}: {error}") from error
    if date.members:
        raise UsageError(f"{name} {given}: a set of dates; give one date")
    return date


def _read(text: str) -> "Edtf":
    """Read a date in EDTF, or as people write it. Raises ValueError."""
    from tajsec.text.dates import parse

    try:
        return parse(text)
    except ValueError as error:
        if date := _typed(text):
            return date
        if text.replace("-", "").isdigit():  # such as 2012-02-30: the error names the part that is wrong
            raise
        raise ValueError("not a date; write one such as 2012, 2012-10-05 or October 2012") from error


def _typed(text: str) -> "Edtf | None":
    """Return the date that a text consists of, in the writings that a search takes; None if it is no date alone.

    Raises ValueError for a date that may be read in two ways, and for a month without a year.
    """
    from tajsec.search.typed_dates import find_dates
    from tajsec.text.forms import fold

    folded = fold(text).strip()
    found = find_dates(folded)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(folded)):
        return None
    (date,) = found
    if date.other:
        raise ValueError(f"may be {date.words}; write the one you mean")
    if date.month:
        raise ValueError("a month without a year; add the year")
    return _edtf(date.first, date.last)


def _edtf(first: "Day", last: "Day") -> "Edtf":
    """Return a span of days as a date: a day, a month or a year, or else its ends."""
    from tajsec.text.dates import FIRST_DAY, LAST_DAY, Edtf, Moment

    for parts in (first, first[:2], first[:1]):
        if parts[0] and ((moment := Moment(*parts)).first, moment.last) == (first, last):
            return Edtf(start=moment, end=moment)
    start, end = (None if day in (FIRST_DAY, LAST_DAY) else Moment(*day) for day in (first, last))
    return Edtf(start=start, end=end, is_span=True)
