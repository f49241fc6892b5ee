"""Finds the data folders of the package, of packs and of wheels."""

import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tajsec.data.files import reason
from tajsec.errors import FailingEnvironment, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAX_WHEEL = 64 * 2**20
"""Bytes of a wheel that is opened, some 40 times the size of ours: `zipfile` reads the list of its files whole."""


class Folders(NamedTuple):
    """The folders of one set of data: fact files, with `vocabulary/` and `reviews/` in them, and source records.

    The labels are the names of the folders in messages. `trusted` data came with the package: its files are not
    scanned for attacks before they are parsed.
    """

    facts: "Traversable"
    seeds: "Traversable"
    facts_label: str = "facts"
    seeds_label: str = "seeds"
    trusted: bool = False

    @property
    def in_order(self) -> "tuple[tuple[Traversable, str], ...]":
        """The folders in the order in which they are read, with their labels: vocabulary, seeds, facts, reviews."""
        vocabulary = self.facts / "vocabulary", f"{self.facts_label}/vocabulary"
        reviews = self.facts / "reviews", f"{self.facts_label}/reviews"
        return vocabulary, (self.seeds, self.seeds_label), (self.facts, self.facts_label), reviews


def folders_of(packs: Sequence[Path]) -> list[Folders]:
    """Return the data folders of a store with these packs, those of the package first unless a pack replaces them.

    A pack with a `facts` folder is a store of its own, any other adds to the shipped data. Raises UsageError for a
    path that is no pack.
    """
    shipped = shipped_folders()
    found = [_pack(path) for path in packs if path.absolute() != shipped.facts]
    is_complete = any(each.facts == path / "facts" for each, path in itertools.product(found, packs))
    return found if is_complete else [shipped, *found]


def archived_folders(path: Path) -> Folders:
    """Return the data folders inside a wheel of this package. Raises UsageError for any other file, pipe or device."""
    from zipfile import BadZipFile
    from zipfile import Path as ArchivePath

    try:
        if not path.is_file():  # to open a pipe could block for ever
            raise BadZipFile
        if path.stat().st_size > MAX_WHEEL:
            raise UsageError(f"{path}: over {MAX_WHEEL >> 20} MiB, as no wheel of tajsec is; name one")
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
    try:
        if not path.is_dir():
            raise UsageError(f"{path}: no such folder; name one that holds fact files")
        if (path / "facts").is_dir():
            return _inside(path, str(path))
        os.scandir(path).close()  # a folder that cannot be listed looks empty to `glob`
    except OSError as error:
        raise FailingEnvironment(f"{path}: cannot be read: {reason(error)}; mend its permissions") from error
    if not any(path.rglob("*.toml")):
        raise UsageError(f"{path}: holds no .toml file; put fact files there")
    return Folders(path, path / "seeds", str(path), f"{path}/seeds")


def shipped_folders() -> Folders:
    """Return the data folders of the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package, package.parent):
        if (folder / "facts").is_dir():
            return Folders(facts=folder / "facts", seeds=folder / "seeds", trusted=True)
    from importlib.resources import files  # the package is in an archive

    archive = files("tajsec")
    return Folders(facts=archive / "facts", seeds=archive / "seeds", trusted=True)
