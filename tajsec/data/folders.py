"""Finds the data folders of the package, of packs and of wheels."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tajsec.data.files import reason
from tajsec.errors import DataError, FailingEnvironment, Problem, UsageError
from tajsec.model.kinds import SHIPPED

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tajsec.model.pack import Need, Pack

MAX_WHEEL = 64 * 2**20
"""Bytes of a wheel that is opened, some 40 times the size of ours: `zipfile` reads the list of its files whole."""


class Folders(NamedTuple):
    """The folders of one set of data: fact files, with `vocabulary/` and `reviews/` in them, and source records.

    The labels are the names of the folders in messages. `trusted` data came with the package: its files are not
    scanned for attacks before they are parsed. `pack` is what its `pack.toml` says, None for a folder without one,
    and for data that came with the package. With `names_only` only the vocabulary is read.
    """

    facts: "Traversable"
    seeds: "Traversable"
    facts_label: str = "facts"
    seeds_label: str = "seeds"
    trusted: bool = False
    pack: "Pack | None" = None
    names_only: bool = False

    @property
    def in_order(self) -> "tuple[tuple[Traversable, str], ...]":
        """The folders in the order in which they are read, with their labels: vocabulary, seeds, facts, reviews."""
        vocabulary = self.facts / "vocabulary", f"{self.facts_label}/vocabulary"
        if self.names_only:
            return (vocabulary,)
        reviews = self.facts / "reviews", f"{self.facts_label}/reviews"
        return vocabulary, (self.seeds, self.seeds_label), (self.facts, self.facts_label), reviews

    @property
    def pack_file(self) -> Path | None:
        """The `pack.toml` of the data, or None if there is none."""
        return self.pack.file if self.pack else None

    @property
    def pack_of_facts(self) -> "Pack | None":
        """The pack that the records are of: `pack`, or the shipped one."""
        if not self.trusted:
            return self.pack
        from tajsec.data.packs import shipped_pack  # imports within functions: most starts read no pack

        return shipped_pack()


def folders_of(packs: Sequence[Path], found: Sequence[Path] = (), *, add_found: bool = True) -> list[Folders]:
    """Return the data folders of a store with these packs, those of the package first unless a pack replaces them.

    A folder with `pack.toml` is read on top of the shipped data; if all of `packs` say `facts = "own"`, of the shipped
    data only the vocabulary is read, and one that says `facts = "shipped"` takes their place. A folder without it that
    has a folder `facts` is a store of its own, any other adds to the shipped data. The path `tajsec` names the shipped
    data: these are then read whole, and no pack is added that nobody named. `found` are the packs that nobody named:
    they are added beside shipped facts (not with `add_found` off), and where another pack needs them; a named one with
    the same id takes the place of one of these.
    Raises UsageError for a path that is no pack, DataError for what is wrong with a `pack.toml`, for equal ids of two
    packs, and for a need that is not met.
    """
    shipped = shipped_folders()
    if not packs and not found:
        return [shipped]
    paths = [path for path in _each_once(packs) if path != Path(SHIPPED) and path.absolute() != shipped.facts]
    named = list(map(_pack, paths))
    if any(map(_is_whole_store, paths)):
        sets = named
    else:
        is_alone = Path(SHIPPED) in packs
        editions = [each for each in named if each.pack and each.pack.facts == "shipped"]
        is_own = bool(named) and not is_alone and all(each.pack and each.pack.facts == "own" for each in named)
        others = _unnamed(_each_once(found), named, all_of_them=add_found and not (is_own or is_alone))
        base = editions or [shipped._replace(names_only=is_own)]
        sets = [*base, *others, *(each for each in named if each not in editions)]
    known = [each.pack for each in sets if each.pack]
    if problems := [*_equal_ids(known), *_unmet_needs(known)]:
        raise DataError(problems)
    return sets


def _each_once(paths: Iterable[Path]) -> list[Path]:
    """Return paths without those that lead to the folder of an earlier one."""
    first = dict[str, Path]()
    for path in paths:
        first.setdefault(os.path.realpath(path), path)
    return list(first.values())


def _is_whole_store(path: Path) -> bool:
    from tajsec.data.packs import is_pack

    return not is_pack(path) and (path / "facts").is_dir()


def _unnamed(found: Sequence[Path], named: Sequence[Folders], *, all_of_them: bool) -> list[Folders]:
    """Return the data folders of found packs, sorted by id: all, or those that the named ones need.

    Raises DataError for a broken `pack.toml`, unless only those that are needed are wanted.
    """
    from tajsec.data.packs import read_pack

    taken = {each.pack.id for each in named if each.pack}
    broken: list[Problem] = []
    packs: list[Pack] = []
    for path in found:
        try:
            packs.append(read_pack(path))
        except DataError as error:
            broken += error.problems
    if broken and all_of_them:
        raise DataError(broken)
    free = [pack for pack in packs if pack.id not in taken and pack.facts != "shipped"]
    wanted = free if all_of_them else _needed(free, [each.pack for each in named if each.pack])
    return [_of_pack(pack) for pack in sorted(wanted, key=lambda pack: pack.id)]


def _needed(packs: "Sequence[Pack]", by: "Sequence[Pack]") -> "list[Pack]":
    """Return those of the packs that others need, and those that these need in turn."""
    found: list[Pack] = []
    waiting = list(by)
    while waiting:
        ids = {need.id for need in waiting.pop().needed}
        new = [pack for pack in packs if pack.id in ids and pack not in found]
        found += new
        waiting += new
    return found


def _equal_ids(packs: "Iterable[Pack]") -> Iterator[Problem]:
    from tajsec.data.packs import problem_of

    first: dict[str, Pack] = {}
    for pack in packs:
        other = first.setdefault(pack.id, pack)
        if other is not pack:
            what = f"{pack.id!r} is the id of {other.label} too; leave one of them out"
            yield problem_of(pack, "id", "T305", what)


def _unmet_needs(packs: "Iterable[Pack]") -> Iterator[Problem]:
    """Yield the needs of packs that none of them meets; `tajsec` is the tool, which is there in every store."""
    from tajsec.data.packs import problem_of, shipped_pack

    by_id = {pack.id: pack for pack in [shipped_pack(), *packs]}
    for pack in by_id.values():
        for need in pack.needed:
            other = by_id.get(need.id)
            if other is None or not need.is_met_by(other.version):
                there = f"is needed, and there is {other.version}" if other else "is not there"
                yield problem_of(pack, "needs", "T306", f"{need} {there}; {_how_to_get(need)}")


def _how_to_get(need: "Need") -> str:
    if need.id == SHIPPED:
        return f"install it: pip install '{need}'"
    return f"add it with --facts DIR, or install {need.id}"


def archived_folders(path: Path) -> Folders:
    """Return the data folders inside a wheel of this package. Raises UsageError for any other file, pipe or device."""
    from zipfile import BadZipFile
    from zipfile import Path as ArchivePath

    try:
        if not path.is_file():  # to open a pipe could block for ever
            raise BadZipFile
        if path.stat().st_size > MAX_WHEEL:
            raise UsageError(f"{path}: over {MAX_WHEEL >> 20} MiB, which no wheel of the tool has; name one")
        package = ArchivePath(path) / "tajsec"
    except (OSError, BadZipFile, ValueError) as error:
        raise UsageError(
            f"{path}: neither a folder nor a wheel; name a folder of facts or a wheel of tajsec"
        ) from error
    if not (package / "facts").is_dir():
        raise UsageError(f"{path}: holds no facts; name a wheel of tajsec")
    return _inside(package, str(path))


def _inside(folder: "Traversable", label: str) -> Folders:
    """Return the folders `facts` and `seeds` of a folder."""
    return Folders(folder / "facts", folder / "seeds", f"{label}/facts", f"{label}/seeds")


def _pack(path: Path) -> Folders:
    from tajsec.data.packs import is_pack, read_pack

    try:
        if not path.is_dir():
            raise UsageError(f"{path}: no such folder{_or_pack(path)}; name one that holds fact files")
        if is_pack(path):
            return _of_pack(read_pack(path))
        if (path / "facts").is_dir():
            return _inside(path, str(path))
        os.scandir(path).close()  # a folder that cannot be listed looks empty to `glob`
    except OSError as error:
        raise FailingEnvironment(f"{path}: cannot be read: {reason(error)}; mend its permissions") from error
    if not any(path.glob("*.toml")) and (inside := sorted(each for each in path.iterdir() if is_pack(each))):
        raise UsageError(f"{path}: holds packs and no facts of its own; name a pack: {inside[0]}")
    if not any(path.rglob("*.toml")):
        raise UsageError(f"{path}: holds no .toml file; put fact files there")
    return Folders(path, path / "seeds", str(path), f"{path}/seeds")


def _or_pack(path: Path) -> str:
    return ", and no pack with this id (tajsec packs)" if len(path.parts) == 1 else ""


def _of_pack(pack: "Pack") -> Folders:
    assert pack.path is not None, "only the shipped facts have no pack.toml"  # noqa: S101
    return _inside(pack.path, str(pack.path))._replace(pack=pack)


def shipped_folders() -> Folders:
    """Return the data folders of the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package, package.parent):
        if (folder / "facts").is_dir():
            return Folders(facts=folder / "facts", seeds=folder / "seeds", trusted=True)
    from importlib.resources import files  # the package is in an archive

    archive = files("tajsec")
    return Folders(facts=archive / "facts", seeds=archive / "seeds", trusted=True)
