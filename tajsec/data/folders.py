"""Where data folders are: those of the package, of packs, and of wheels."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class Folders(NamedTuple):
    """Where one set of data stands: fact files, with `vocabulary/` beside them, and source records.

    The labels are what the folders are called in messages. `trusted` data came with the package: its files are not
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
    """Give the data folders that `open_store` reads for the packs. Raises UsageError for a path that is no pack."""
    shipped = shipped_folders()
    found = [_pack(path) for path in packs if path.absolute() != shipped.facts]
    whole = any((path / "facts").is_dir() for path in packs)
    return found if whole else [shipped, *found]


def archived_folders(path: Path) -> Folders:
    """Find the data in a wheel of this package. Raises UsageError for a file that is none."""
    from zipfile import BadZipFile
    from zipfile import Path as ArchivePath

    try:
        package = ArchivePath(path) / "tajsec"
    except (OSError, BadZipFile, ValueError) as error:
        raise UsageError(f"{path}: neither a folder nor a wheel; name a folder of facts or a tajsec wheel") from error
    if not (package / "facts").is_dir():
        raise UsageError(f"{path}: holds no facts; name a tajsec wheel")
    labels = f"{path}/facts", f"{path}/seeds"
    return Folders(facts=package / "facts", seeds=package / "seeds", facts_label=labels[0], seeds_label=labels[1])


def _pack(path: Path) -> Folders:
    if not path.is_dir():
        raise UsageError(f"{path}: no such folder; name one that holds fact files")
    if (path / "facts").is_dir():
        names = f"{path}/facts", f"{path}/seeds"
        return Folders(facts=path / "facts", seeds=path / "seeds", facts_label=names[0], seeds_label=names[1])
    if not _holds_toml(path):
        raise UsageError(f"{path}: holds no .toml file; put fact files there")
    return Folders(facts=path, seeds=path / "seeds", facts_label=str(path), seeds_label=f"{path}/seeds")


def _holds_toml(path: Path) -> bool:
    with contextlib.suppress(OSError), os.scandir(path) as entries:  # mostly the first one is
        if any(entry.name.endswith(".toml") for entry in entries):
            return True
    return any(path.glob("**/*.toml"))


def shipped_folders() -> Folders:
    """Find the data of the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package, package.parent):
        if (folder / "facts").is_dir():
            return Folders(facts=folder / "facts", seeds=folder / "seeds", trusted=True)
    from importlib.resources import files  # the package lies in an archive

    archive = files("tajsec")
    return Folders(facts=archive / "facts", seeds=archive / "seeds", trusted=True)
