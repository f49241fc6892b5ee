"""Reads users' files within size limits, and writes files and folders completely or not at all.

Only regular files are replaced, and none of those that are read: a pipe or a device would be lost, a link may lead to a
file that is not meant, and a text that is replaced by its own record is gone.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import IO

from tajsec.errors import FailingEnvironment, UsageError
from tajsec.text.forms import MAX_MARK_RUN, has_long_mark_run

MAX_FILE = 4 * 2**20
"""Bytes of a file of a pack: some 3,000 facts, which tomli parses in about half a second."""

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: POSIX systems have the one flag, Windows the other."""


class Refused(Exception):
    """A file that is over a limit or breaks a rule for packs; the text says why."""


def read_text(path: Path, limit: int) -> str:
    """Return the text of a UTF-8 file of at most `limit` bytes. Raises UsageError if it cannot be read."""
    try:
        return decoded_text(regular_bytes(path, limit), str(path))
    except Refused as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {reason(error)}; name a file that can") from error


def decoded_text(data: bytes, label: str) -> str:
    """Return bytes as the text that they are in UTF-8. Raises UsageError, with `label` as the name of the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{label}: not UTF-8; save the file as UTF-8") from error
    if has_long_mark_run(text):
        raise UsageError(f"{label}: over {MAX_MARK_RUN} combining marks in a row; take them out")
    return text


def reason(error: OSError) -> str:
    """Return why the system refused, in its words; an error that Python raises itself has no `strerror`."""
    return error.strerror or str(error) or type(error).__name__


def regular_bytes(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises Refused for a larger file, or a pipe or device, which could block or never end; OSError as `os.open` does.
    """
    descriptor = os.open(path, _READING)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused("not a regular file; name or put one there")
        return bounded(stream, limit)


def bounded(stream: IO[bytes], limit: int) -> bytes:
    """Return all bytes of a stream. Raises Refused if there are more than `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refused(f"over {limit // 2**20} MiB; split it")
    return data


def refuse_existing(path: Path, *, force: bool, inputs: Iterable[Path] = (), parents: bool = False) -> None:
    """Raise UsageError if something is at the path that may not be replaced; a path with nothing at it is fine.

    That is whatever is no regular file (a link is not followed), one of `inputs` under this or another name, and any
    file while `force` is off. Raises FailingEnvironment if the folder is missing or may not be written, so that a
    command with several outputs writes none of them; with `parents` missing folders will be made, so the folder that
    they will be in counts.
    """
    with _as_failing_environment(path):
        _refuse_closed(_nearest(path.parent) if parents else path.parent)
        try:
            found = path.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISDIR(found.st_mode):
            raise UsageError(f"{path}: a folder; name a file")
        if stat.S_ISLNK(found.st_mode):
            raise UsageError(f"{path}: a link, which is not replaced; name the file that it leads to, or another")
        if not stat.S_ISREG(found.st_mode):
            raise UsageError(f"{path}: not a regular file, and not replaced; name another")
    for read in inputs:
        with contextlib.suppress(OSError):  # an input that cannot be read is reported where it is read
            if os.path.samestat(read.stat(), found):
                raise UsageError(f"{path}: is read by this command, as {read}; name another file")
    if not force:
        raise UsageError(f"{path}: exists already; --force replaces it")


def _nearest(folder: Path) -> Path:
    """Return a folder, or if it is missing, the nearest one above it that is there."""
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)


def _refuse_closed(folder: Path) -> None:
    """Raise OSError if a folder is missing, or may not be written."""
    if not stat.S_ISDIR(folder.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Yield a temporary path to write to; if the block ends without an error, it is moved to `path`.

    Raises UsageError as `refuse_existing` does, FailingEnvironment if the file cannot be written.
    """
    refuse_existing(path, force=force, inputs=inputs)
    aside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    with _as_failing_environment(path):
        try:
            yield aside
            aside.replace(path)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink()


def write_file(path: Path, text: str, *, force: bool, inputs: Iterable[Path] = (), parents: bool = False) -> None:
    """Write a text to a file, as `whole_file` does; with `parents`, make the missing folders on the way to it."""
    inputs = list(inputs)
    if parents:
        refuse_existing(path, force=force, inputs=inputs, parents=True)
        with _as_failing_environment(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    with (
        whole_file(path, force=force, inputs=inputs) as aside,
        aside.open("xb") as stream,
    ):
        stream.write(text.encode())


def refuse_full(folder: Path, names: AbstractSet[str], *, force: bool) -> None:
    """Raise UsageError if `folder` is a file, contains other files than `names`, or any file while `force` is off.

    Hidden files are ignored: operating systems add their own, such as .DS_Store. Only regular files are replaced.
    """
    with _as_failing_environment(folder):
        if not folder.exists():
            _refuse_closed(folder.parent)
            return
        if not folder.is_dir():
            raise UsageError(f"{folder}: a file; name a folder")
        _refuse_closed(folder)
        held = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    others = [name for name in held if name not in names]
    if others:
        raise UsageError(f"{folder}: holds other files, such as {others[0]}; name a folder of its own")
    if held and not force:
        raise UsageError(f"{folder}: exists already; --force replaces it")
    for name in held:
        refuse_existing(folder / name, force=force)


@contextlib.contextmanager
def whole_folder(folder: Path, names: AbstractSet[str], *, force: bool) -> Iterator[Path]:
    """Yield a temporary folder for files of these names; if the block ends without an error, they move to `folder`.

    Raises UsageError as `refuse_full` does, FailingEnvironment if the folder cannot be written.
    """
    import shutil

    refuse_full(folder, names, force=force)
    aside = folder / f".{os.urandom(4).hex()}.tmp"
    with _as_failing_environment(folder), contextlib.ExitStack() as stack:
        if not folder.exists():
            folder.mkdir()
            stack.callback(_remove_empty, folder)
        aside.mkdir()
        stack.callback(shutil.rmtree, aside, ignore_errors=True)
        yield aside
        for file in sorted(aside.iterdir()):
            file.replace(folder / file.name)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextlib.contextmanager
def _as_failing_environment(path: Path) -> Iterator[None]:
    """Raise FailingEnvironment in place of an OSError of the block."""
    try:
        yield
    except OSError as error:
        raise FailingEnvironment(f"{path}: cannot be written: {reason(error)}; mend that, or name another") from error
