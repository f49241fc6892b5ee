"""Opens the store: the one shipped with the package, or one from the cache, or one that is compiled now.

`cache` keeps what is compiled here, and `sqlite` answers from the opened database.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tajsec import __version__
from tajsec.model.kinds import SHIPPED
from tajsec.store.cache import (
    FORMAT,
    Notice,
    forget,
    keep,
    open_bytes,
    open_kept,
    open_layout,
    own_folder,
    recall,
    remember,
)
from tajsec.store.sqlite import SqliteStore
from tajsec.text.forms import is_utf8, short_digest

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.data.folders import Folders
    from tajsec.model.protocol import SearchableStore

COMPILED_FILE = "store.sqlite"
"""The compiled store in the wheel, beside this module."""

Progress = Callable[[int], None]


def open_store(
    packs: "Sequence[Path]" = (),
    found: "Sequence[Path]" = (),
    *,
    add_found: bool = True,
    cache: str | None = None,
    progress: Progress = lambda _count: None,
    notice: Notice = lambda _line: None,
) -> "SearchableStore":
    """Open the shipped store with the packs added to it.

    A pack is a folder of fact files, with `vocabulary/` and `seeds/` in it if it brings its own, or one with a
    `pack.toml`. A folder that contains `facts/` and none is a whole store, which is opened without the shipped one.
    `found` are packs that nobody named (see `tajsec.data.folders.folders_of`). A compiled store is kept in the folder
    `cache`;
    while it is compiled, `progress` is called with the number of facts done: half of it counts reading, half compiling.
    `notice` is called with a line for a folder or file of the cache that is not trusted, and is left alone. Raises
    DataError, UsageError and FailingEnvironment.
    """
    is_shipped = {str(path) for path in packs} == {SHIPPED} if packs else not (found and add_found)
    shipped = _compiled_with_the_package() if is_shipped else None
    if shipped is not None:
        return SqliteStore(shipped)
    from tajsec.data.folders import folders_of

    sets = folders_of(packs, found, add_found=add_found)
    connection, path = _compiled(sets, own_folder(cache, notice), progress, notice)
    if path is None:
        return SqliteStore(connection)

    def recompiled() -> sqlite3.Connection:
        forget(path)
        return _compiled(sets, None, progress, notice)[0]

    return SqliteStore(connection, recompiled)


def _compiled(
    sets: "Sequence[Folders]", folder: str | None, progress: Progress, notice: Notice
) -> tuple[sqlite3.Connection, str | None]:
    """Return a compiled store of the data, from the folder if it has one, and the path of its file."""
    salt = f"{__version__} {FORMAT}"
    signature, newest = folders_signature(sets, salt)
    if found := open_kept(folder, recall(folder, signature, newest), notice):
        return found
    from tajsec.data.read import fingerprint

    name = fingerprint(sets, salt)
    if found := open_kept(folder, name, notice):
        remember(folder, signature, name)
        return found
    from tajsec.data.read import read
    from tajsec.store.compile import compile_store

    contents = read(sets, lambda count: progress(count // 2))

    def build(database: sqlite3.Connection) -> None:
        compile_store(contents, database, progress=lambda count: progress((len(contents.facts) + count) // 2))

    if fingerprint(sets, salt) != name:  # the data changed while they were read: the name is of other data
        folder = None
    made = keep(folder, name, build)
    remember(folder, signature, name)
    return made


def folders_signature(sets: "Sequence[Folders]", salt: str) -> tuple[str | None, int]:
    """Return a digest of name, size, times and inode of each data file, and the time of the newest change.

    Times are in nanoseconds. The digest is None for data in an archive, and for what cannot be listed or is a link
    that leads nowhere: `read` reports it.
    """
    try:
        return _folders_signature(sets, salt)
    except OSError:
        return None, 0


def _folders_signature(sets: "Sequence[Folders]", salt: str) -> tuple[str | None, int]:
    from pathlib import Path  # the data of the package are opened without

    files = [(str(path), path.stat()) for folders in sets if (path := folders.pack_file)]
    for folder, label in (each for folders in sets for each in folders.in_order):
        if not isinstance(folder, Path):
            return None, 0
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name) if folder.is_dir() else ()
        files += [(f"{label}/{entry.name}", entry.stat()) for entry in entries if entry.name.endswith(".toml")]
    text = "\n".join([salt, *(f"{name} {seen.st_size} {_times(seen)} {seen.st_ino}" for name, seen in files)])
    newest = max((time for _, seen in files for time in _times(seen)), default=0)
    return short_digest(text) if is_utf8(text) else None, newest


def _times(seen: os.stat_result) -> tuple[int, int]:
    return seen.st_mtime_ns, seen.st_ctime_ns


def _compiled_with_the_package() -> sqlite3.Connection | None:
    """Open the database in the wheel, if there is one and it has the layout of this version."""
    path = os.path.join(os.path.dirname(__file__), COMPILED_FILE)
    with contextlib.suppress(sqlite3.Error, OSError):
        if os.path.isfile(path):
            return open_layout(path)
        if not os.path.isfile(__file__):  # not a checkout: the package is in an archive
            from importlib.resources import files

            return open_bytes((files("tajsec.store") / COMPILED_FILE).read_bytes())
    return None
