"""Finds the packs that nobody names: those in the platform's folder for data, and those of installed packages.

The working directory is never searched. A start without any pack reads one folder that does not exist and the times of
the folders of installed packages: what is found in these is looked up again only when one of the times changed.
"""

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence

from tajsec.errors import UsageError
from tajsec.model.kinds import SHIPPED
from tajsec.store.cache import own_folder, recall, remember
from tajsec.text.forms import is_utf8, short_digest

GROUP = "tajsec.packs"
"""The entry points of installed packages that name packs, each the Python package with its `pack.toml`."""

MAX_FOUND = 100
"""Packs in the folder for data. A `pack.toml` takes half a millisecond to read, at every start."""

MAX_ENTRY_POINTS = 2**20
"""Bytes of `entry_points.txt` that are read."""

_WAY_OUT = f"leave all packs out with --facts {SHIPPED}"

_NONE = "no pack is installed"
"""What the cache notes of folders of packages that have no pack."""


def found_packs(folder: str | None, search_path: Sequence[str], cache: str | None = None) -> list[str]:
    """Return the folders of the packs in `folder` and of the packages in `search_path`, each as it is named there.

    What is no pack is among them if it stands in the place of one; who reads it reports it. `cache` is the folder in
    which it is noted that no package has a pack. Raises UsageError for more than `MAX_FOUND` packs
    and for a folder that cannot be read.
    """
    return [*(_in_folder(folder) if folder else ()), *_installed(search_path, cache)]


def _in_folder(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = (each.name for each in entries if _may_be_pack(each))
            found = sorted(name for name, _ in zip(names, range(MAX_FOUND + 1), strict=False))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # of a HOME that is none
            return []
        raise UsageError(f"{folder}: cannot be read: {error.strerror}; mend its permissions, or {_WAY_OUT}") from error
    if len(found) > MAX_FOUND:
        raise UsageError(f"{folder}: over {MAX_FOUND} packs; take some out, or {_WAY_OUT}")
    return [os.path.join(folder, name) for name in found]


def _may_be_pack(entry: "os.DirEntry[str]") -> bool:
    return not entry.name.startswith(".") and (entry.is_symlink() or entry.is_dir())


def _installed(search_path: Sequence[str], cache: str | None) -> list[str]:
    folders = [folder for folder in dict.fromkeys(search_path) if folder and os.path.isdir(folder)]
    if not folders:
        return []
    signature, newest = _signature(folders)
    own = own_folder(cache)
    if recall(own, signature, newest) == _NONE:
        return []
    found = [_folder_of(package, [folder, *folders]) for folder in folders for package in _packages(folder)]
    if not found:
        remember(own, signature, _NONE)
    return list(dict.fromkeys(found))


def _signature(folders: Sequence[str]) -> tuple[str | None, int]:
    """Return a digest of folders and of the times of their last changes, and the newest of these."""
    times = [os.stat(folder).st_mtime_ns for folder in folders]
    text = "\n".join(["packs", *(f"{folder} {time}" for folder, time in zip(folders, times, strict=True))])
    return short_digest(text) if is_utf8(text) else None, max(times)


def _packages(folder: str) -> Iterator[str]:
    """Yield the Python packages that the entry points of a folder of installed packages name.

    `importlib.metadata` reads the same files, and its import alone takes a third of a start.
    """
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    for name in names:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), "rb") as stream:
                data = stream.read(MAX_ENTRY_POINTS)
        except OSError:  # most packages have none
            continue
        if GROUP.encode() in data:
            yield from _values(data.decode("utf-8", "replace"))


def _values(text: str) -> Iterator[str]:
    """Yield the packages of the entry points of the group in a text: `name = package.inner`, a `:` ends the package."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line:
            package = line.partition("=")[2].partition(":")[0].strip()
            if all(part.isidentifier() for part in package.split(".")):
                yield package


def _folder_of(package: str, folders: Sequence[str]) -> str:
    """Return the folder of a package, which is not imported; of one that is nowhere, where it should be."""
    parts = package.split(".")
    places = [os.path.join(folder, *parts) for folder in folders]
    if found := next(filter(os.path.isdir, places), None):
        return found
    from importlib.util import find_spec  # the package is installed to be edited, and an import hook leads to it

    spec = None
    with contextlib.suppress(ImportError, ValueError):
        spec = find_spec(parts[0])
    roots = list(spec.submodule_search_locations or ()) if spec else []
    return os.path.join(roots[0], *parts[1:]) if roots else places[0]
