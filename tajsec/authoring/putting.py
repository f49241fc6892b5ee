"""Facts for a store on a server: read from a file, checked beside what is there, and written as new revisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tajsec.check.lint import violations
from tajsec.data.read import read_facts
from tajsec.data.references import broken_references
from tajsec.data.toml import TomlFile
from tajsec.errors import DataError, UnknownName, UsageError
from tajsec.model.as_json import content_hash
from tajsec.model.pack import Pack
from tajsec.model.place import COMPILED
from tajsec.model.records import Contents, Fact
from tajsec.store import revisions
from tajsec.store.index import statement_token
from tajsec.store.postgres import PostgresStore
from tajsec.text.spelling import near_names
from tajsec.text.words import stem, tokens

MOST_FACTS = 1000
"""Facts of a file that is put: they are written in one transaction, which others wait for. `store load` takes more."""

NEIGHBOURS = 300
"""Facts of the store that a fact is compared with: those that cite its source, and those with its rarest words."""

RAREST = 4
"""Words of a statement by which nearly equal ones are looked for: of two twins four words in five are the same."""


class Put(NamedTuple):
    """What was written, and the facts that were left as they are."""

    written: Sequence[revisions.Written]
    unchanged: Sequence[str]


def put(store: PostgresStore, path: Path, pack: str | None, note: str | None, *, force: bool = False) -> Put:
    """Write the facts of a TOML file into a store, in one transaction.

    They are of the pack of that id, or else of the pack that each is of already, or of the only one of the store.
    Raises DataError if one breaks a rule, UsageError for an unknown pack and for one that is withdrawn, unless `force`
    is given, and FailingEnvironment.
    """
    file, facts = read_facts(path)
    if file.problems:
        raise DataError(file.problems)
    if not 0 < len(facts) <= MOST_FACTS:
        raise UsageError(f"{path}: {len(facts):,} facts; a file that is put has 1 to {MOST_FACTS:,}")
    targets = [each.to for fact in facts for each in fact.relations]
    opened = revisions.open_for(store, [fact.id for fact in facts], targets)
    there = {fact.id: fact for fact in opened.contents.facts}
    packs = {each.id: each for each in opened.contents.packs}
    facts = [_of_pack(fact, there.get(fact.id), packs, pack) for fact in facts]
    changed = [fact for fact in facts if fact != there.get(fact.id)]
    unchanged = [fact.id for fact in facts if fact not in changed]
    if not changed:
        return Put((), unchanged)
    for fact in changed:
        if not (force or fact.withdrawn) and (why := fact.id in there and there[fact.id].withdrawn):
            raise UsageError(f"{fact.id}: was withdrawn: {why}; --force puts it back")
    _check(store, file, changed, opened.contents)
    return Put(revisions.write(store, opened, changed, "put", note), unchanged)


def withdraw(store: PostgresStore, fact_id: str, reason: str) -> revisions.Written:
    """Withdraw a fact as a new revision. Raises UnknownName, UsageError if it is withdrawn, and FailingEnvironment."""
    opened = revisions.open_for(store, [fact_id])
    fact = next((fact for fact in opened.contents.facts if fact.id == fact_id), None)
    if fact is None:
        store.number(fact_id)  # raises UnknownName, with the near ids
        raise UnknownName("fact", fact_id, (), "tajsec list")
    if fact.withdrawn:
        raise UsageError(f"{fact_id}: was withdrawn already: {fact.withdrawn}")
    gone = replace(fact, withdrawn=reason)
    keys = {name: getattr(gone, name) for name in Fact.__slots__ if name not in _NO_KEYS}
    return revisions.write(store, opened, [replace(gone, content_hash=content_hash(keys))], "withdraw", reason)[0]


_NO_KEYS = ("content_hash", "pack", "pack_version", "place")


def _of_pack(fact: Fact, there: Fact | None, packs: Mapping[str, Pack], named: str | None) -> Fact:
    """Return a fact with its pack."""
    chosen = named or (there and there.pack) or (next(iter(packs)) if len(packs) == 1 else None)
    if chosen is None:
        raise UsageError(f"{fact.id}: of which pack? name it with --pack: {', '.join(packs) or 'the store has none'}")
    if chosen not in packs:
        raise UnknownName("pack", chosen, near_names(chosen, packs), "tajsec packs")
    if named and there and there.pack != named:
        raise UsageError(f"{fact.id}: is of pack {there.pack}, not of {named}; leave --pack out")
    return replace(fact, pack=chosen, pack_version=packs[chosen].version)


def _check(store: PostgresStore, file: TomlFile, facts: Sequence[Fact], there: Contents) -> None:
    """Raise DataError for what is wrong with facts: references, and rules, beside the facts that bear on them."""
    ids = {fact.id for fact in facts}
    others = {fact.id: fact for fact in (*there.facts, *_neighbours(store, facts)) if fact.id not in ids}
    contents = replace(there, facts=(*others.values(), *facts))
    for _, place, path, code, what in broken_references(
        contents, lambda _kind, _place: "its pack, and load that with tajsec store load"
    ):
        if place.file == file.label:
            file.report(path, code, what)
    if file.problems:
        raise DataError(file.problems)
    files = {COMPILED.file: TomlFile(COMPILED.file, ""), file.label: file}
    if found := [each for each, _ in violations(contents, files) if each.file == file.label and each.level == "error"]:
        raise DataError(found)


def _neighbours(store: PostgresStore, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Return the facts of the store that rules compare others with: those of the same sources, and near twins."""
    sources = sorted({cite.source for fact in facts for cite in fact.cites})
    stems = {fact.id: sorted({*map(stem, tokens(fact.statement))}) for fact in facts}
    counts = store.frequencies(sorted({each for found in stems.values() for each in found}))
    rarest = [sorted(found, key=lambda each: (counts.get(each, 0), each))[:RAREST] for found in stems.values()]
    groups = [[[statement_token(each) for each in some]] for some in rarest]
    store.together(
        lambda: [
            *(partial(store.tagged, "source", each) for each in sources),
            *(partial(store.containing, group, NEIGHBOURS) for group in groups),
        ]
    )
    numbers = {n for each in sources for n in sorted(store.tagged("source", each))[:NEIGHBOURS]}
    numbers.update(n for group in groups for n in store.containing(group, NEIGHBOURS))
    return iter(store.by_numbers(sorted(numbers)))
