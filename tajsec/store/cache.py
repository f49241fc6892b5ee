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
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tajsec.errors import FailingEnvironment


FORMAT = 34
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


Notice = Callable[[str], None]
"""Is called with a line for a folder or a file that is left alone."""


class NotTrusted(OSError):
    """A folder or a file that another user can have written; the text says why."""


def own_folder(folder: str | None, notice: Notice = lambda _line: None) -> str | None:
    """Return the cache folder, made if it is missing, or None if it cannot be made or others may write it."""
    if folder is None:
        return None
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    try:
        _refuse_foreign(folder, stat.S_ISDIR, "folder")
    except NotTrusted as error:
        notice(f"the cache {folder} is left alone: {error}")
        return None
    except OSError:  # it cannot be made: a home that is read alone is no mistake
        return None
    return folder


def is_own_folder(folder: str) -> bool:
    """True if the folder exists, belongs to the user, is no link, and no other user may write it."""
    with contextlib.suppress(OSError):
        _refuse_foreign(folder, stat.S_ISDIR, "folder")
        return True
    return False


def _refuse_foreign(path: str, is_kind: Callable[[int], bool], kind: str) -> os.stat_result:
    """Return the status of a file or folder. Raises NotTrusted if it is of another kind or others may write it."""
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        raise NotTrusted("a link; put the thing itself there, or remove it")
    if not is_kind(found.st_mode):
        raise NotTrusted(f"no {kind}; remove it")
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise NotTrusted("it belongs to another user; remove it")
    if hasattr(os, "getuid") and found.st_mode & 0o022:
        raise NotTrusted("others may write it; remove it, or take the right away: chmod go-w")
    return found


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
    try:
        return _read_only(_built(":memory:", build)), None
    except sqlite3.OperationalError as error:
        raise lacking(error) from error


def lacking(error: sqlite3.Error) -> "FailingEnvironment":
    """Return the error for a database that SQLite cannot make or read, for want of memory, disk or a module."""
    from tajsec.errors import FailingEnvironment

    if "fts5" in str(error):
        return FailingEnvironment("this Python's SQLite has no FTS5, which search needs; use a Python that has it")
    return FailingEnvironment(f"the database of facts cannot be used: {error}; free disk or memory, or install anew")


def open_kept(
    folder: str | None, name: str | None, notice: Notice = lambda _line: None
) -> tuple[sqlite3.Connection, str] | None:
    """Return the database `name` and the path of its file, or None if the folder has none that can be trusted."""
    if folder is not None and name is not None:
        path = _path_of(folder, name)
        try:
            return _opened(path), path
        except NotTrusted as error:
            notice(f"{path} is not used, and made anew: {error.args[0].partition(';')[0]}")
        except (OSError, sqlite3.Error):
            return None
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
            _prune(folder)


def forget(path: str) -> None:
    """Remove a cached store."""
    for each in (path, _stamp_of(path)):
        _remove(each)


def _remove(path: str) -> None:
    """Remove what is at a path in the cache folder: a file, a link, or a folder in the place of one."""
    with contextlib.suppress(OSError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def contents(folder: str) -> list[tuple[str, int]]:
    """Return what the cache keeps by name, each with its size in bytes; none if others may write the folder.

    Whatever has a name of the cache counts, also what is in the place of a file: `tajsec cache --clear` removes it.
    """
    if not is_own_folder(folder):
        return []
    with os.scandir(folder) as entries:
        ours = [each for each in entries if each.name.endswith((SUFFIX, STAMP, LINK, ASIDE))]
    with contextlib.suppress(FileNotFoundError):  # another run may remove one
        return sorted((each.path, each.stat(follow_symlinks=False).st_size) for each in ours)
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
    from tajsec.store.schema import is_schema

    connection = open_layout(path)
    with _closed_on_error(connection):
        if not is_schema(connection.execute("SELECT type, name, sql FROM sqlite_master")):
            raise OSError("with other tables, or with views or triggers")
    return connection


def _own_file(path: str) -> os.stat_result:
    """Return the status of a file. Raises NotTrusted if it is no regular file, or others may write it."""
    return _refuse_foreign(path, stat.S_ISREG, "regular file")


def _make(path: str, build: Build) -> None:
    """Build a store aside, and move it into place with its stamp."""
    with _aside(path) as aside:
        with contextlib.closing(_connect(aside)) as connection:
            build(connection)
        digest = _digest_of(aside)
        _move(aside, path)
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
        for path in sorted(found, key=_changed, reverse=True)[most:]:
            forget(path)
    for path in paths:
        is_left = path.endswith(STAMP) and not os.path.lexists(f"{path.removesuffix(STAMP)}{SUFFIX}")
        if is_left or (path.endswith(ASIDE) and not _is_written(path)):
            _remove(path)


def _changed(path: str) -> int:
    with contextlib.suppress(OSError):  # another run may take one away
        return os.lstat(path).st_mtime_ns
    return 0


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
        _move(aside, path)


def _move(aside: str, path: str) -> None:
    """Move a file into place; a folder there, which no file replaces, is removed."""
    try:
        os.replace(aside, path)
    except OSError:
        _remove(path)
        os.replace(aside, path)
