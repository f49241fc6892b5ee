"""Turns filters as people write them (ids, names, dates) into a `Selection`, by which a store returns facts.

The options of commands and the arguments of the Python API go through `selection`.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from tajsec.errors import UsageError
from tajsec.model.kinds import STATUSES
from tajsec.model.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from datetime import date

    from tajsec.model.kinds import Status, TermKind
    from tajsec.model.protocol import Store
    from tajsec.text.dates import Edtf

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
    dashes: str = "",
) -> Selection:
    """Return the selection of the facts that meet every filter; a filter is met by any of its names, or a part of one.

    Actors, topics and places are ids, names or aliases. A date is EDTF; `dashes` precede its name in a message ("--").
    Raises UnknownName for a name that the store does not have, UsageError for an invalid status or date.
    """
    if all(map(_is_absent, (actor, topic, source, place, status, since, until))):
        return EVERYTHING
    return Selection(
        actors=_ids(store, "actor", actor),
        topics=_ids(store, "topic", topic),
        places=_ids(store, "place", place),
        sources=frozenset(store.source(each).id for each in _listed(source)),
        statuses=frozenset(map(_status, _listed(status))),
        since=_date(f"{dashes}since", since),
        until=_date(f"{dashes}until", until),
    )


def _is_absent(given: object) -> bool:
    return given is None or (isinstance(given, str | tuple) and not given)


def _listed(names: "Names") -> Iterable[str]:
    return (names,) if isinstance(names, str) else names


def _ids(store: "Store", kind: "TermKind", names: "Names") -> frozenset[str]:
    terms = store.vocabulary
    return frozenset[str]().union(*(terms.within(kind, terms.resolve(kind, each)) for each in _listed(names)))


def _status(name: str) -> "Status":
    found = next((status for status in STATUSES if status == name), None)
    if found is None:
        raise UsageError(f"unknown status {name!r}; name one of {', '.join(STATUSES)}")
    return found


def _date(name: str, given: "When | None") -> "Edtf | None":
    from tajsec.text.dates import parse

    try:
        date = None if _is_absent(given) else parse(str(given))
    except ValueError as error:
        raise UsageError(f"{name} {given}: {error}") from error
    if date and date.members:
        raise UsageError(f"{name} {given}: a set of dates; give one date")
    return date
