"""Files and folders that are written whole or not at all: aside, beside where they belong, then moved into place."""

import contextlib
import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from tajsec.errors import FailingEnvironment, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def refuse_existing(path: "Path", *, force: bool) -> None:
    """Raise UsageError if a file exists and `force` is off, or if the path is that of a folder."""
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
    with _aside(path) as aside:
        try:
            yield aside
            aside.replace(path)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)


def refuse_full(folder: "Path", names: AbstractSet[str], *, force: bool) -> None:
    """Raise UsageError if a folder holds files and `force` is off, or files of other names, or is no folder."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: a file; name a folder")
    held = sorted(each.name for each in folder.iterdir())
    others = [name for name in held if name not in names]
    if others:
        raise UsageError(f"{folder}: holds other files, such as {others[0]}; name a folder of its own")
    if held and not force:
        raise UsageError(f"{folder}: exists already; --force replaces it")


@contextlib.contextmanager
def whole_folder(folder: "Path", names: AbstractSet[str], *, force: bool) -> Iterator["Path"]:
    """Give a new folder to write files of these names to; if the block ends well, it is moved to where it belongs.

    Raises UsageError as `refuse_full` does, FailingEnvironment if it cannot be written.
    """
    import shutil

    refuse_full(folder, names, force=force)
    folder = folder.resolve()
    with _aside(folder) as aside:
        try:
            aside.mkdir()
            yield aside
            before = aside.with_suffix(".old")
            _exchange(aside, folder, before)
            shutil.rmtree(before, ignore_errors=True)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def _aside(path: "Path") -> Iterator["Path"]:
    try:
        yield path.with_name(f".{path.name}.{os.getpid()}.tmp")
    except OSError as error:
        raise FailingEnvironment(f"{path}: cannot be written: {error.strerror or error}") from error


def _exchange(new: "Path", folder: "Path", before: "Path") -> None:
    """Put a new folder in the place of a folder, which is moved away to `before`, or stays if that fails."""
    held = folder.exists()
    if held:
        folder.replace(before)
    try:
        new.replace(folder)
    except OSError:
        if held:
            before.replace(folder)
        raise
