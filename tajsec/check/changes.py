"""Differences between two stores: facts and sources that were added, changed, withdrawn or removed."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Literal, NamedTuple

from tajsec.model.as_json import body_of
from tajsec.model.records import Contents, Fact, Source
from tajsec.model.vocabulary import Vocabulary

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
    reason: str | None = None
    """Why, in the record's own words: what it explains now and did not before; None if it explains nothing new."""

    @property
    def is_correction(self) -> bool:
        """True if a fact that others may have cited no longer claims the same, or is withdrawn or gone."""
        return self.kind == "fact" and (
            self.change == "removed" or any(each.key == "content_hash" for each in self.keys)
        )


def changes(old: Contents, new: Contents, topics: AbstractSet[str] = frozenset()) -> list[Change]:
    """Return what differs between two stores, corrected and withdrawn facts first.

    The others, and each of the two groups, are in the order of the newer store: facts, removed facts, then sources.
    With `topics`, facts are left out that had none of them in either store, and sources that none of the rest cites.
    """
    facts = _changes("fact", {each.id: each for each in old.facts}, {each.id: each for each in new.facts})
    found = [*facts, *_changes("source", old.sources, new.sources)]
    if topics:
        about = _about(topics, [*old.facts, *new.facts])
        found = [each for each in found if (each.kind, each.id) in about]
    return sorted(found, key=lambda each: not each.is_correction)


def topic_ids(names: Iterable[str], old: Contents, new: Contents) -> frozenset[str]:
    """Return the ids of topics of either store and of their parts, by their names. Raises UnknownName."""
    terms = Vocabulary(term for each in (new, old) for term in each.vocabulary.of("topic").values())
    return frozenset[str]().union(*(terms.within("topic", terms.resolve("topic", each)) for each in names))


def _about(topics: AbstractSet[str], facts: Iterable[Fact]) -> set[tuple[Kind, str]]:
    """Return the kinds and ids of the facts that have a topic, and of the sources that these facts cite."""
    chosen = [each for each in facts if not topics.isdisjoint(each.topics)]
    return {("fact", each.id) for each in chosen} | {("source", source) for each in chosen for source in each.sources}


def _changes(kind: Kind, old: Mapping[str, Fact | Source], new: Mapping[str, Fact | Source]) -> Iterator[Change]:
    for name, record in new.items():
        if name not in old:
            yield Change("added", kind, name, _statement(record))
        elif keys := changed_keys(body_of(old[name]), body_of(record)):
            is_withdrawn = any(each.key == "withdrawn" and each.now for each in keys)
            change: ChangeName = "withdrawn" if is_withdrawn else "changed"
            yield Change(change, kind, name, _statement(record), keys, _reason(old[name], record))
    for name, record in old.items():
        if name not in new:
            yield Change("removed", kind, name, _statement(record))


def _statement(record: Fact | Source) -> str:
    return record.statement if isinstance(record, Fact) else record.title


def _reason(was: Fact | Source, now: Fact | Source) -> str | None:
    before = list(_explanations(was))
    return "; ".join(each.rstrip(".") for each in _explanations(now) if each not in before) or None


def _explanations(record: Fact | Source) -> Iterator[str]:
    """Yield why a fact was withdrawn, its notes and those of its relations, and the grounds of what is not quoted.

    Of a source, its notes and the evidence of its errata.
    """
    if isinstance(record, Fact):
        yield from filter(None, (record.withdrawn, record.notes))
        yield from (*record.inferred.values(), *record.derived.values(), *(each.note for each in record.relations))
    else:
        yield from (*record.notes, *(each.evidence for each in record.errata))


def changed_keys(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    """Return the keys that differ; for the passages of a source, the values are their number.

    The pack of a record does not count: with each of its versions all of its records would have changed.
    """
    keys = (key for key in (*was, *(each for each in now if each not in was)) if key not in ("pack", "pack_version"))
    changed = (key for key in keys if was.get(key) != now.get(key))
    return tuple(KeyChange(key, _short(key, was.get(key)), _short(key, now.get(key))) for key in changed)


def _short(key: str, value: Any) -> Any:  # noqa: ANN401
    return f"{len(value)} passages" if key == "passages" and value is not None else value
