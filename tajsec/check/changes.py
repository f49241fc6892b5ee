"""What differs between two stores: facts and sources added, changed, withdrawn, removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tajsec.model.as_json import body_of
from tajsec.model.records import Contents, Fact, Source

Change = Literal["added", "changed", "withdrawn", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """What stood under a key of a record and what stands there now, as JSON has them; None is an absent key."""

    key: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that is not the same in both stores. Ids are permanent: a fact that is `removed` breaks that."""

    change: Change
    kind: Literal["fact", "source"]
    id: str
    statement: str
    """What the fact says, or the title of the source, in the newer store if it is there."""
    keys: tuple[KeyChange, ...] = ()


def diff(old: Contents, new: Contents) -> list[Difference]:
    """Give what differs between two stores: facts in the order of the newer one, removed facts, then sources."""
    facts = _differences("fact", {each.id: each for each in old.facts}, {each.id: each for each in new.facts})
    return [*facts, *_differences("source", old.sources, new.sources)]


def _differences(
    kind: Literal["fact", "source"], old: Mapping[str, Fact | Source], new: Mapping[str, Fact | Source]
) -> Iterator[Difference]:
    for name, record in new.items():
        if name not in old:
            yield Difference(change="added", kind=kind, id=name, statement=_says(record))
        elif keys := _keys(body_of(old[name]), body_of(record)):
            is_withdrawn = any(each.key == "withdrawn" and each.now for each in keys)
            change: Change = "withdrawn" if is_withdrawn else "changed"
            yield Difference(change=change, kind=kind, id=name, statement=_says(record), keys=keys)
    for name, record in old.items():
        if name not in new:
            yield Difference(change="removed", kind=kind, id=name, statement=_says(record))


def _says(record: Fact | Source) -> str:
    return record.statement if isinstance(record, Fact) else record.title


def _keys(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    """Give the keys that differ; the passages of a source are told by their number, not one by one."""
    changed = (key for key in (*was, *(each for each in now if each not in was)) if was.get(key) != now.get(key))
    return tuple(KeyChange(key=key, was=_short(key, was.get(key)), now=_short(key, now.get(key))) for key in changed)


def _short(key: str, value: Any) -> Any:  # noqa: ANN401
    return f"{len(value)} passages" if key == "passages" and value is not None else value
