"""The seam between the commands and what they ask for: one small protocol, and the store that answers from memory."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tajsec.dates import Edtf
from tajsec.errors import UnknownName, UsageError
from tajsec.model import Contents, Fact, Relation, RelationKind, Source, Status, Vocabulary
from tajsec.read import Folders, read
from tajsec.spelling import near_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which facts a command is asked about: those that meet every condition; an empty condition is met by all.

    Within a condition any one value is enough. Ids stand for themselves alone: `Store.select` adds their parts.
    """

    actors: Set[str] = frozenset()
    topics: Set[str] = frozenset()
    sources: Set[str] = frozenset()
    places: Set[str] = frozenset()
    statuses: Set[Status] = frozenset()
    since: Edtf | None = None
    until: Edtf | None = None

    def __bool__(self) -> bool:
        return self != _EVERYTHING

    def takes(self, fact: Fact) -> bool:
        """Tell whether the fact meets every condition."""
        return (
            _meet(self.actors, fact.actors)
            and _meet(self.topics, fact.topics)
            and _meet(self.sources, fact.sources)
            and _meet(self.places, fact.places)
            and _meet(self.statuses, (fact.status,))
            and (self.since is None or fact.extent[1] >= self.since.first)
            and (self.until is None or fact.extent[0] <= self.until.last)
        )


_EVERYTHING = Selection()
_OUTDOING: frozenset[RelationKind] = frozenset({"rounds", "contradicts", "supersedes"})


def _meet(wanted: Set[str], held: Sequence[str]) -> bool:
    return not wanted or not wanted.isdisjoint(held)


class Store(Protocol):
    """What the commands ask of a store. Same question, same answer, same order, always."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of actors, people, topics, places, units and terms."""

    def facts(self, selection: Selection = _EVERYTHING) -> Sequence[Fact]:
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""

    def fact(self, fact_id: str) -> Fact:
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""

    def sources(self) -> Sequence[Source]:
        """Give the sources by id."""

    def source(self, source_id: str) -> Source:
        """Give a source by id. Raises UnknownName."""

    def relations_to(self, fact_id: str) -> Sequence[tuple[str, Relation]]:
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""


class MemoryStore:
    """A store that holds everything in memory: right for hundreds of facts."""

    def __init__(self, contents: Contents) -> None:
        """Take contents that were checked by `read`."""
        self._contents = contents
        self._by_id: Mapping[str, Fact] = {fact.id: fact for fact in contents.facts}
        self._to: dict[str, list[tuple[str, Relation]]] = {}
        for fact in contents.facts:
            for relation in fact.relations:
                self._to.setdefault(relation.to, []).append((fact.id, relation))

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of actors, people, topics, places, units and terms."""
        return self._contents.vocabulary

    def facts(self, selection: Selection = _EVERYTHING) -> Sequence[Fact]:
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""
        return [fact for fact in self._contents.facts if not fact.withdrawn and selection.takes(fact)]

    def fact(self, fact_id: str) -> Fact:
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""
        if fact_id not in self._by_id:
            raise UnknownName("fact", fact_id, near_names(fact_id, self._by_id), "tajsec list")
        return self._by_id[fact_id]

    def sources(self) -> Sequence[Source]:
        """Give the sources by id."""
        return [self._contents.sources[source_id] for source_id in sorted(self._contents.sources)]

    def source(self, source_id: str) -> Source:
        """Give a source by id. Raises UnknownName."""
        sources = self._contents.sources
        if source_id not in sources:
            raise UnknownName("source", source_id, near_names(source_id, sources), "tajsec sources")
        return sources[source_id]

    def relations_to(self, fact_id: str) -> Sequence[tuple[str, Relation]]:
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""
        return self._to.get(fact_id, ())

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""
        seen = {source_id}
        while (earlier := self.source(source_id).derived_from) and earlier not in seen:
            source_id = earlier
            seen.add(earlier)
        return source_id


def superseded_by(store: Store, fact: Fact) -> list[str]:
    """Give the ids of the facts that replace this one."""
    return [other for other, relation in store.relations_to(fact.id) if relation.kind == "supersedes"]


def is_outdone(store: Store, fact: Fact) -> bool:
    """Tell whether a careful analyst would cite another fact instead: an exact figure, a newer one."""
    relations = [*fact.relations, *(relation for _, relation in store.relations_to(fact.id))]
    return any(each.kind in _OUTDOING and each.prefer not in (None, fact.id) for each in relations)


def open_store(packs: Sequence[Path] = ()) -> Store:
    """Open the shipped store with the packs added to it.

    A pack is a folder of fact files, with `vocabulary/` and `seeds/` in it if it brings its own. A folder that holds
    `facts/` is a whole store: it stands in place of the shipped one. Raises DataError and UsageError.
    """
    return MemoryStore(read(folders_of(packs)))


def folders_of(packs: Sequence[Path]) -> list[Folders]:
    """Give the data folders that `open_store` reads for the packs. Raises UsageError for a path that is no pack."""
    found = [_pack(path) for path in packs]
    whole = any((path / "facts").is_dir() for path in packs)
    return found if whole else [_shipped(), *found]


def _pack(path: Path) -> Folders:
    if not path.is_dir():
        raise UsageError(f"{path}: no such folder; name one that holds fact files")
    if (path / "facts").is_dir():
        names = f"{path}/facts", f"{path}/seeds"
        return Folders(facts=path / "facts", seeds=path / "seeds", facts_label=names[0], seeds_label=names[1])
    if not any(path.glob("**/*.toml")):
        raise UsageError(f"{path}: holds no .toml file; put fact files there")
    return Folders(facts=path, seeds=path / "seeds", facts_label=str(path), seeds_label=f"{path}/seeds")


def _shipped() -> Folders:
    """Find the data of the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package, package.parent):
        if (folder / "facts").is_dir():
            return Folders(facts=folder / "facts", seeds=folder / "seeds", trusted=True)
    from importlib.resources import files  # the package lies in an archive

    archive = files("tajsec")
    return Folders(facts=archive / "facts", seeds=archive / "seeds", trusted=True)
