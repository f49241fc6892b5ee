"""Files of the user: regular ones read within limits, and others written whole or not at all."""

import contextlib
import os
import stat
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import IO

from tajsec.errors import FailingEnvironment, UsageError

MAX_FILE = 4 * 2**20


class Refused(Exception):
    """A file that the limits or the rules for packs keep out; the text says why."""


def read_text(path: Path, limit: int) -> str:
    """Read a UTF-8 file of at most `limit` bytes that the user named. Raises UsageError that says why not."""
    try:
        return regular_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8; save the file as UTF-8") from error
    except Refused as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; name a file that can") from error


def regular_bytes(path: Path, limit: int) -> bytes:
    """Read a regular file of bounded size: no pipe that would wait for ever, no device."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused("not a regular file; name or put one there")
        return bounded(stream, limit)


def bounded(stream: IO[bytes], limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refused(f"over {limit // 2**20} MiB; split it")
    return data


def refuse_existing(path: "Path", *, force: bool) -> None:
    """Raise UsageError if a file exists and `force` is off, or if the path is that of a folder."""
    with _telling(path):
        if path.is_dir():
            raise UsageError(f"{path}: a folder; name a file")
        if path.exists() and not force:
            raise UsageError(f"{path}: exists already; --force replaces it")


@contextlib.contextmanager
def whole_file(path: "Path", *, force: bool) -> Iterator["Path"]:
    """Give a path to write a file to; if the block ends well, it is moved to where it belongs.

    Raises UsageError if the file exists and `force` is off, FailingEnvironment if it cannot be written.
    """
    refuse_existing(path, force=force)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _telling(path):
        try:
            yield aside
            aside.replace(path)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)


def write_file(path: "Path", text: str, *, force: bool) -> None:
    """Write a text to a file, as `whole_file` does."""
    with whole_file(path, force=force) as aside, aside.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def refuse_full(folder: "Path", names: AbstractSet[str], *, force: bool) -> None:
    """Raise UsageError if a folder holds files and `force` is off, or files of other names, or is no folder.

    Hidden files are passed over: systems leave their own.
    """
    with _telling(folder):
        if not folder.exists():
            return
        if not folder.is_dir():
            raise UsageError(f"{folder}: a file; name a folder")
        held = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    others = [name for name in held if name not in names]
    if others:
        raise UsageError(f"{folder}: holds other files, such as {others[0]}; name a folder of its own")
    if held and not force:
        raise UsageError(f"{folder}: exists already; --force replaces it")


@contextlib.contextmanager
def whole_folder(folder: "Path", names: AbstractSet[str], *, force: bool) -> Iterator["Path"]:
    """Give a folder to write files of these names to; if the block ends well, they are moved to where they belong.

    Raises UsageError as `refuse_full` does, FailingEnvironment if it cannot be written.
    """
    import shutil

    refuse_full(folder, names, force=force)
    aside = folder / f".{os.getpid()}.tmp"
    with _telling(folder), contextlib.ExitStack() as stack:
        if not folder.exists():
            folder.mkdir()
            stack.callback(_remove_empty, folder)
        aside.mkdir()
        stack.callback(shutil.rmtree, aside, ignore_errors=True)
        yield aside
        for file in sorted(aside.iterdir()):
            file.replace(folder / file.name)


def _remove_empty(folder: "Path") -> None:
    """Take a folder away if nothing is in it."""
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextlib.contextmanager
def _telling(path: "Path") -> Iterator[None]:
    """Tell of what the system refuses as FailingEnvironment."""
    try:
        yield
    except OSError as error:
        raise FailingEnvironment(f"{path}: cannot be written: {error.strerror or error}") from error
