"""The cache of compiled stores: keeps them between runs, and opens only those that can be trusted.

A file is named by a digest of every byte of the data, the layout and the tool's version, so it cannot be stale. It is
opened only if no other user can have written it and it has not changed since:

* The folder and the file belong to the user and no other user may write them: another user's file could contain false
  facts, and its digest would be right, since whoever writes a file can write its digest.
* The file has the digest in its stamp. It is computed again only if size, time or inode changed, since it takes longer
  than a search. SQLite alone is not enough: 12 % of damaged files gave wrong answers
  without an error.
* It contains only the tables of a compiled store: a view could run for ever, a trigger could write.

If any of this is not so, the data are compiled again.
"""

import contextlib
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator, Mapping


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return the cache folder by the rules of the platform, or None if its variables are not set.

    XDG base directories (https://specifications.freedesktop.org/basedir-spec/), Apple's and Microsoft's counterparts.
    """
    if platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
    elif platform == "darwin":
        base = environ.get("HOME", "") and f"{environ['HOME']}/Library/Caches"
    else:
        xdg = environ.get("XDG_CACHE_HOME", "")
        base = xdg if xdg.startswith("/") else environ.get("HOME", "") and f"{environ['HOME']}/.cache"
    return os.path.join(base, "tajsec") if base else None


FORMAT = 13
"""The number of the layout that `compile` writes: a store of another layout is compiled again.

A test fails when a module that makes a store changes, and asks for a new number.
"""

KEPT = 8
"""Compiled stores that stay in the folder, the newest: a user has few packs, and each store takes 5 MB or more."""

SUFFIX, STAMP, LINK, ASIDE = ".store", ".stamp", ".link", ".tmp"
"""Endings of a store, its stamp (status and digest), a link (signature of data to name), and a file being written."""

RACY = 2 * 10**9
"""Nanoseconds within which a file may change twice and show the same time: FAT counts in steps of two seconds."""

Build = Callable[[sqlite3.Connection], None]
"""Writes a store into an empty database."""


def own_folder(folder: str | None) -> str | None:
    """Return the cache folder, made if it is missing, or None if it cannot be made or others may write it."""
    if folder is None:
        return None
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder if is_own_folder(folder) else None


def is_own_folder(folder: str) -> bool:
    """True if the folder exists, belongs to the user, is no link, and no other user may write it."""
    with contextlib.suppress(OSError):
        return _is_own(os.lstat(folder), stat.S_ISDIR)
    return False


def _is_own(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    return mine and is_kind(found.st_mode)


def keep(folder: str | None, name: str | None, build: Build) -> tuple[sqlite3.Connection, str | None]:
    """Build the database `name`, keep it in the folder, and return it with the path of its file.

    Without a folder or a name, or if the folder cannot be written, it is built in a temporary file; the path
    is None.
    """
    if folder is not None and name is not None:
        path = _path_of(folder, name)
        with contextlib.suppress(OSError, sqlite3.Error):
            _make(path, build)
            return _opened(path), path
    with contextlib.suppress(OSError, sqlite3.Error):
        return _read_only(_built("", build)), None  # a temporary file: a store may be large
    return _read_only(_built(":memory:", build)), None


def open_kept(folder: str | None, name: str | None) -> tuple[sqlite3.Connection, str] | None:
    """Return the database `name` and the path of its file, or None if the folder has none that can be trusted."""
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
    """Open a file that no process writes, read-only. Raises OSError for a store of another layout."""
    address = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace(os.sep, "/")
    return _checked_layout(_connect(f"file:{'' if address[0] == '/' else '/'}{address}?mode=ro&immutable=1", uri=True))


def open_bytes(data: bytes) -> sqlite3.Connection:
    """Open a store from its bytes. Raises OSError for a store of another layout."""
    connection = _connect(":memory:")
    connection.deserialize(data)
    return _checked_layout(connection)


def _connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(place, uri=uri, check_same_thread=False)  # `SqliteStore` has a lock


def _checked_layout(connection: sqlite3.Connection) -> sqlite3.Connection:
    with _closed_on_error(connection):
        _read_only(connection)
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


def recall(folder: str | None, signature: str | None, newest: int = 0) -> str | None:
    """Return the name that data of this signature had, or None if it was noted too soon after their newest change.

    `newest` is the time of that change in nanoseconds: within `RACY` a file may have changed again unseen.
    """
    if folder is None or signature is None:
        return None
    path = os.path.join(folder, f"{signature}{LINK}")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if os.stat(path).st_mtime_ns - newest > RACY:
            return _read(path).decode("ascii")
    return None


def remember(folder: str | None, signature: str | None, name: str | None) -> None:
    """Note the name of data of this signature: the next run then need not read the data to know it."""
    if folder is not None and signature is not None and name is not None:
        with contextlib.suppress(OSError):
            _write(os.path.join(folder, f"{signature}{LINK}"), name.encode())


def forget(path: str) -> None:
    """Remove a cached store."""
    for each in (path, _stamp_of(path)):
        with contextlib.suppress(OSError):
            os.unlink(each)


def contents(folder: str) -> list[tuple[str, int]]:
    """Return the files of the cache by name, each with its size in bytes; none if others may write the folder."""
    if not is_own_folder(folder):
        return []
    with os.scandir(folder) as entries:
        ours = [each for each in entries if each.name.endswith((SUFFIX, STAMP, LINK, ASIDE))]
    with contextlib.suppress(FileNotFoundError):  # another run may remove one
        return sorted((each.path, each.stat().st_size) for each in ours if each.is_file(follow_symlinks=False))
    return []


def _read_only(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON")
    return connection


def _opened(path: str) -> sqlite3.Connection:
    """Open a cached file. Raises OSError if there is none, or if it is not trusted (see the module)."""
    found = _own_file(path)
    measured, _, digest = _read(_stamp_of(path)).decode("ascii", "replace").partition(" ")
    if measured != _measure(found):
        if _digest_of(path) != digest:
            raise OSError("damaged")
        _write(_stamp_of(path), f"{_measure(found)} {digest}".encode())
    from tajsec.store.schema import NAMES

    connection = open_layout(path)
    with _closed_on_error(connection):
        if not NAMES.issuperset(connection.execute("SELECT type, name FROM sqlite_master")):
            raise OSError("with other tables, or with views or triggers")
    return connection


def _own_file(path: str) -> os.stat_result:
    """Return the status of a file. Raises OSError if it is no regular file, or others may write it."""
    found = os.lstat(path)
    if not _is_own(found, stat.S_ISREG):
        raise OSError("not a file of this user")
    return found


def _make(path: str, build: Build) -> None:
    """Build a store aside, and move it into place with its stamp."""
    with _aside(path) as aside:
        with contextlib.closing(_connect(aside)) as connection:
            build(connection)
        digest = _digest_of(aside)
        os.replace(aside, path)
    _write(_stamp_of(path), f"{_measure(os.stat(path))} {digest}".encode())
    _prune(os.path.dirname(path))


@contextlib.contextmanager
def _aside(path: str) -> Iterator[str]:
    """Yield the path of an empty file beside `path`, for the user alone, to be written and then moved into place.

    With stores written in place, 48 of 50 simultaneous first runs answered wrongly. The process id is in the name for
    `_is_written`.
    """
    name = f"{path}.{os.getpid()}.{os.urandom(4).hex()}{ASIDE}"
    os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode=0o600))
    try:
        yield name
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _prune(folder: str) -> None:
    """Remove all but the newest stores and links, and the files that killed runs left.

    There may be twice as many links as stores: data with new times but the same bytes have another link.
    """
    paths = [path for path, _ in contents(folder)]
    for suffix, most in ((SUFFIX, KEPT), (LINK, 2 * KEPT)):
        found = [path for path in paths if path.endswith(suffix)]
        for path in sorted(found, key=lambda path: os.stat(path).st_mtime_ns, reverse=True)[most:]:
            forget(path)
    for path in paths:
        if path.endswith(ASIDE) and not _is_written(path):
            forget(path)


def _is_written(aside: str) -> bool:
    """True if the process that writes a file may still run. On Windows an open file cannot be removed anyway."""
    number = "".join(aside.split(".")[-3:-2])  # see `_aside`
    if os.name == "nt" or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)  # no signal is sent: the system only looks for the process
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _measure(found: os.stat_result) -> str:
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ino}"


def _stamp_of(path: str) -> str:
    return path.removesuffix(SUFFIX) + STAMP


def _digest_of(path: str) -> str:
    import hashlib

    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()


def _read(path: str) -> bytes:
    """Return a stamp or a link, which have under 1,024 bytes. Raises OSError if others may write it."""
    _own_file(path)
    with open(path, "rb") as stream:
        return stream.read(1024)


def _write(path: str, data: bytes) -> None:
    """Write a small file whole or not at all."""
    with _aside(path) as aside:
        with open(aside, "wb") as stream:
            stream.write(data)
        os.replace(aside, path)
