"""Compiled stores between two runs: a hint, never the truth.

A cached file is named by what it was made from (every byte of the data, the layout, the tool's version), so that it
cannot be stale, and begins with the digest of the rest, so that it cannot be damaged unnoticed. Whatever is wrong with
it or with its folder, the answer is the same, only later: the data are compiled again.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable

FORMAT = 4
"""The number of the layout that `tajsec.compile` writes: a store of another one is compiled again."""
MAGIC = b"tajsec store\n"
DIGEST = 32
"""Bytes of the BLAKE2b digest that follows the magic words."""
KEPT = 8
"""Compiled stores that stay in the folder; the oldest ones make room."""
SUFFIX = ".store"


def cached(folder: str | None, name: str, build: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
    """Give the database `name` from the folder, or build it and keep it there. Without a folder it is built."""
    if folder is None:
        return build()
    path = os.path.join(folder, f"{name}{SUFFIX}")
    found = _load(path)
    if found is not None:
        return found
    connection = build()
    with contextlib.suppress(OSError, sqlite3.Error):
        _save(path, connection.serialize())
    return connection


def open_file(path: str) -> sqlite3.Connection:
    """Open a database that came with the package: for reading alone, on the promise that nobody writes it."""
    address = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace(os.sep, "/")
    return _guarded(sqlite3.connect(f"file:{'' if address[0] == '/' else '/'}{address}?mode=ro&immutable=1", uri=True))


def open_bytes(data: bytes) -> sqlite3.Connection:
    """Open a database that is in memory as bytes."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return _guarded(connection)


def _guarded(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _load(path: str) -> sqlite3.Connection | None:
    """Give a cached database if every byte of it is as it was written, else None."""
    with contextlib.suppress(OSError, sqlite3.Error):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            data = stream.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
        start = len(MAGIC) + DIGEST
        if data[:start] == MAGIC + _digest(data[start:]):
            return open_bytes(data[start:])
    return None


def _save(name: str, data: bytes) -> None:
    from pathlib import Path

    path = Path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("xb") as stream:
            stream.write(MAGIC + _digest(data) + data)
        aside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    newest = sorted(path.parent.glob(f"*{SUFFIX}"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in newest[KEPT:]:
        old.unlink(missing_ok=True)


def _digest(data: bytes) -> bytes:
    import hashlib  # an installed tool opens the store that came with it

    return hashlib.blake2b(data, digest_size=DIGEST).digest()
