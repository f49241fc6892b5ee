"""Differences between two stores: facts and sources that were added, changed, withdrawn or removed."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from tajsec.model.as_json import body_of
from tajsec.model.records import Contents, Fact, Source

ChangeName = Literal["added", "changed", "withdrawn", "removed"]
"""How a record differs. Ids are permanent, so that "removed" is a mistake: a fact should be withdrawn instead."""
Kind = Literal["fact", "source"]


class KeyChange(NamedTuple):
    """The old and the new value of a key of a record, as in its JSON; None for an absent key."""

    key: str
    was: Any
    now: Any


class Change(NamedTuple):
    """One record that is not the same in both stores."""

    change: ChangeName
    kind: Kind
    id: str
    statement: str
    """The statement of the fact or the title of the source, from the newer store if that has the record."""
    keys: tuple[KeyChange, ...] = ()
    """The changed keys; empty for a record that was added or removed."""


def changes(old: Contents, new: Contents) -> list[Change]:
    """Return what differs between two stores: facts in the order of the newer one, removed facts, then sources."""
    facts = _changes("fact", {each.id: each for each in old.facts}, {each.id: each for each in new.facts})
    return [*facts, *_changes("source", old.sources, new.sources)]


def _changes(kind: Kind, old: Mapping[str, Fact | Source], new: Mapping[str, Fact | Source]) -> Iterator[Change]:
    for name, record in new.items():
        if name not in old:
            yield Change("added", kind, name, _statement(record))
        elif keys := _keys(body_of(old[name]), body_of(record)):
            is_withdrawn = any(each.key == "withdrawn" and each.now for each in keys)
            change: ChangeName = "withdrawn" if is_withdrawn else "changed"
            yield Change(change, kind, name, _statement(record), keys)
    for name, record in old.items():
        if name not in new:
            yield Change("removed", kind, name, _statement(record))


def _statement(record: Fact | Source) -> str:
    return record.statement if isinstance(record, Fact) else record.title


def _keys(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    """Return the keys that differ; for the passages of a source, the values are their number."""
    changed = (key for key in (*was, *(each for each in now if each not in was)) if was.get(key) != now.get(key))
    return tuple(KeyChange(key, _short(key, was.get(key)), _short(key, now.get(key))) for key in changed)


def _short(key: str, value: Any) -> Any:  # noqa: ANN401
    return f"{len(value)} passages" if key == "passages" and value is not None else value
