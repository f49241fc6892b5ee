"""Compiled stores between two runs: a hint, never the truth.

A cached file is named by what it was made from (every byte of the data, the layout, the tool's version), so that it
cannot be stale. Beside it stands its stamp: size, time and inode for which its digest was found to be right. While
these are the same the file is opened as it is; if one of them changed, every byte is read again; and each fact that is
shown has a checksum of its own. Whatever is wrong with the file or with its folder, the answer is the same, only later:
the data are compiled again.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator

FORMAT = 11
"""The number of the layout that `tajsec.compile` writes: a store of another one is compiled again."""
KEPT = 8
"""Compiled stores that stay in the folder; the oldest ones make room."""
LARGE = 64 * 2**20
"""Bytes from which a store makes room at once for the one that was made of it."""
SUFFIX, STAMP, LINK = ".store", ".stamp", ".link"
RACY = 2 * 10**9
"""Nanoseconds within which a file may change twice and show the same time."""

Build = Callable[[sqlite3.Connection], None]
"""Writes a store into an empty database."""
Mending = tuple[str, Build]
"""The file of a store, and what makes another store of a copy of it."""


def cached(
    folder: str | None, name: str, build: Build, mending: Mending | None = None
) -> tuple[sqlite3.Connection, str | None]:
    """Give the database `name` from the folder, or build it and keep it there; and the path of its file.

    It is made of a copy of another one if `mending` tells of which. Without a folder, or where it cannot be written, it
    is built in a file that the system forgets; the path is None.
    """
    if folder is not None:
        path = _path_of(folder, name)
        with contextlib.suppress(OSError, sqlite3.Error):
            return _opened(path), path
        for origin, write in (mending, ("", build)) if mending else (("", build),):
            with contextlib.suppress(OSError, sqlite3.Error):
                _make(path, write, origin)
                if origin and os.stat(origin).st_size > LARGE:
                    forget(origin)
                return _opened(path), path
    with contextlib.suppress(OSError, sqlite3.Error):
        return _guarded(_built("", build)), None  # a temporary file: a store may be large
    return _guarded(_built(":memory:", build)), None


def kept(folder: str | None, name: str | None) -> tuple[sqlite3.Connection, str] | None:
    """Give the database `name` and the path of its file, if the folder holds it."""
    if folder is not None and name is not None:
        path = _path_of(folder, name)
        with contextlib.suppress(OSError, sqlite3.Error):
            return _opened(path), path
    return None


def _path_of(folder: str, name: str) -> str:
    return os.path.join(folder, f"{name}{SUFFIX}")


def _built(place: str, build: Build) -> sqlite3.Connection:
    connection = _connect(place)
    with _closed_on_error(connection):
        build(connection)
    return connection


def open_layout(path: str) -> sqlite3.Connection:
    """Open a store for reading alone; nobody may write it. Raises OSError for one of another layout."""
    address = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace(os.sep, "/")
    return _of_layout(_connect(f"file:{'' if address[0] == '/' else '/'}{address}?mode=ro&immutable=1", uri=True))


def open_bytes(data: bytes) -> sqlite3.Connection:
    """Open a store that is in memory as bytes. Raises OSError for one of another layout."""
    connection = _connect(":memory:")
    connection.deserialize(data)
    return _of_layout(connection)


def _connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(place, uri=uri, check_same_thread=False)  # whichever thread collects a store closes it


def _of_layout(connection: sqlite3.Connection) -> sqlite3.Connection:
    with _closed_on_error(connection):
        _guarded(connection)
        if connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() != (str(FORMAT),):
            raise OSError("of another layout")
    return connection


@contextlib.contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def checksum(head: str, tail: str) -> int:
    """Give a number of 63 bits that changes with the text of a fact."""
    return int(short_digest(f"{head}\0{tail}", 8), 16) >> 1


def short_digest(text: str, size: int = 20) -> str:
    """Give the BLAKE2b digest of a text, of so many bytes, in hexadecimal."""
    try:
        from _blake2 import blake2b  # what hashlib gives, without the 2 ms that OpenSSL takes to load
    except ImportError:
        from hashlib import blake2b
    return str(blake2b(text.encode(), digest_size=size).hexdigest())


def remembered(folder: str | None, signature: str | None, newest: int = 0) -> str | None:
    """Give the name that data of this signature had, if it was noted well after their newest change (nanoseconds)."""
    if folder is None or signature is None:
        return None
    path = os.path.join(folder, f"{signature}{LINK}")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if os.stat(path).st_mtime_ns - newest > RACY:
            return _read(path).decode("ascii")
    return None


def remember(folder: str | None, signature: str | None, name: str) -> None:
    """Note the name of data of this signature."""
    if folder is not None and signature is not None:
        with contextlib.suppress(OSError):
            _write(os.path.join(folder, f"{signature}{LINK}"), name.encode())


def forget(path: str) -> None:
    """Take a cached store away."""
    for each in (path, _stamp_of(path)):
        with contextlib.suppress(OSError):
            os.unlink(each)


def contents(folder: str) -> list[tuple[str, int]]:
    """Give the files of the cache, by name, each with its size in bytes."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        found = [each for each in entries if each.name.endswith((SUFFIX, STAMP, LINK)) and each.is_file()]
        return sorted((each.path, each.stat().st_size) for each in found)
    return []


def _guarded(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    return connection


# ---------------------------------------------------------------- the file and its stamp


def _opened(path: str) -> sqlite3.Connection:
    """Open a cached file that is as it was written. Raises OSError if there is none or it is not."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError("not a regular file")
    measured, _, digest = _read(_stamp_of(path)).decode("ascii", "replace").partition(" ")
    if measured != _measure(found):
        if _digest_of(path) != digest:
            raise OSError("damaged")
        _write(_stamp_of(path), f"{_measure(found)} {digest}".encode())
    return open_layout(path)


def _make(path: str, build: Build, origin: str) -> None:
    """Build a store aside, of a copy of `origin` if it names a file, and move it into place with its stamp."""
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    aside = os.path.join(folder, f".{os.path.basename(path)}.{os.getpid()}.{id(build)}.tmp")
    try:
        if origin:
            from shutil import copyfile

            copyfile(origin, aside)
        with contextlib.closing(_connect(aside)) as connection:
            build(connection)
        digest = _digest_of(aside)
        os.replace(aside, path)
        _write(_stamp_of(path), f"{_measure(os.stat(path))} {digest}".encode())
    finally:
        with contextlib.suppress(OSError):
            os.unlink(aside)
    _prune(folder)


def _prune(folder: str) -> None:
    """Keep the newest stores and the links to them, two to each; a stamp goes with its store."""
    for suffix, most in ((SUFFIX, KEPT), (LINK, 2 * KEPT)):
        paths = [path for path, _ in contents(folder) if path.endswith(suffix)]
        newest = sorted(paths, key=lambda path: os.stat(path).st_mtime_ns, reverse=True)
        for path in newest[most:]:
            forget(path)


def _measure(found: os.stat_result) -> str:
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ino}"


def _stamp_of(path: str) -> str:
    return path.removesuffix(SUFFIX) + STAMP


def _digest_of(path: str) -> str:
    import hashlib

    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(1024)


def _write(path: str, data: bytes) -> None:
    """Write a small file whole or not at all."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    aside = f"{path}.{os.getpid()}.{id(data)}.tmp"
    try:
        with open(aside, "xb") as stream:
            stream.write(data)
        os.replace(aside, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(aside)
