"""Makes the files and folders that rows name: `make = ["fifo out", "sparse big.toml 5000000"]`."""

import fcntl
import os
import shutil
import socket
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from hostile.documents import document

SMALL = Path(__file__).with_name("small")
"""A whole store of one fact and one source, which reads without a problem."""

Held = list[IO[bytes]]
"""Files that stay open, and locked, until the row has ended."""


def build(folder: Path, lines: Sequence[str], held: Held) -> None:
    """Make what the lines name in a folder; open files are added to `held`."""
    for line in lines:
        kind, name, *more = line.split(" ")
        if kind == "locked":
            held.append(_locked(folder / name))
        else:
            BUILDERS[kind](folder / name, *more)


def small(path: Path) -> None:
    """A copy of the small store."""
    shutil.copytree(SMALL, path)


_PACK = """\
id = "mine"
version = "1.0.0"
title = "Mine"
licence = "CC0-1.0"
maintainers = ["Ada Example"]
facts = "own"
"""


def pack(path: Path) -> None:
    """The small store as a pack that stands beside the shipped vocabulary, which has its unit."""
    small(path)
    (path / "pack.toml").write_text(_PACK)
    names = path / "facts" / "vocabulary" / "all.toml"
    names.write_text(names.read_text().partition("[[unit]]")[0])


def fact(path: Path, count: str = "1") -> None:
    """Facts of the small store's source, with ids of their own: radios-1, radios-2."""
    text = (SMALL / "facts" / "gear.toml").read_text()
    text = text.replace("The Northern Union gave", "Border guards of another region were lent")
    path.write_text("".join(text.replace("seven-radios", f"radios-{n}") for n in range(1, int(count) + 1)))


def fifo(path: Path) -> None:
    """A pipe that nobody writes to or reads from."""
    os.mkfifo(path)


def link(path: Path, target: str) -> None:
    """A symbolic link; its target need not exist."""
    path.symlink_to(target)


def hardlink(path: Path, target: str) -> None:
    """Another name of a file."""
    os.link(path.parent / target, path)


def folder(path: Path) -> None:
    """An empty folder."""
    path.mkdir(parents=True)


def unix_socket(path: Path) -> None:
    """A socket that nobody listens on."""
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        made.bind(os.path.relpath(path, here) if len(str(path)) > 100 else str(path))


def sparse(path: Path, size: str) -> None:
    """A file of zeros that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(int(size))


def mode(path: Path, bits: str) -> None:
    """The permissions of a path that is there."""
    path.chmod(int(bits, 8))


def deep(path: Path, levels: str) -> None:
    """Folders inside folders, with a fact file in the last one."""
    inside = path.joinpath(*["d"] * int(levels))
    inside.mkdir(parents=True)
    shutil.copy(SMALL / "facts" / "gear.toml", inside)


def many(path: Path, count: str) -> None:
    """A folder of that many empty fact files."""
    path.mkdir(parents=True, exist_ok=True)
    for number in range(int(count)):
        (path / f"f{number}.toml").touch()


def undecodable(path: Path) -> None:
    """A folder that holds a file whose name is no UTF-8."""
    path.mkdir(parents=True, exist_ok=True)
    Path(os.fsdecode(os.fsencode(path / "a") + b"\xff.toml")).touch()


_MEMBERS = {
    "bomb": ("tajsec/facts/bomb.toml", b"#" * (64 << 20)),
    "traversal": ("tajsec/facts/../../../evil.toml", b"x = 1\n"),
    "undecodable": ("tajsec/facts/bad.toml", b"x = '\xff'\n"),
    "empty": ("tajsec/facts/none.toml", b""),
}
"""A file more in a wheel."""


def wheel(path: Path, kind: str = "good") -> None:
    """A wheel of the small store, or what looks like one: each kind is wrong in its own way."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(SMALL.rglob("*.toml")):
            archive.write(file, f"tajsec/{file.relative_to(SMALL)}")
        if kind in _MEMBERS:
            archive.writestr(*_MEMBERS[kind])
    data = path.read_bytes()
    if kind == "truncated":
        path.write_bytes(data[: len(data) // 2])
    if kind == "encrypted":  # the bit of the general purpose flags, in both headers of each member
        path.write_bytes(_with_flag(data))
    if kind == "garbled":  # the bytes of the first members, not the list at the end
        path.write_bytes(data[:60] + bytes(byte ^ 0x5A for byte in data[60:400]) + data[400:])


def archive(path: Path) -> None:
    """An archive that holds no facts."""
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("readme.txt", b"nothing here\n")


def database(path: Path) -> None:
    """An SQLite database of something else."""
    with sqlite3.connect(path) as made:
        made.execute("create table notes (text)")
    made.close()


def damaged_cache(path: Path, how: str) -> None:
    """Damage to every compiled store in a cache folder."""
    stores = list(path.glob("*.store"))
    assert stores, f"no compiled store in {path}"
    for store in stores:
        store.chmod(0o600)
        _DAMAGES[how](store)


def _truncated(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:1000])


def _flipped(store: Path) -> None:
    data = store.read_bytes()
    store.write_bytes(data.replace(b"over 7 radios", b"over 9 radios"))


def _emptied(store: Path) -> None:
    store.write_bytes(b"")


def _with_view(store: Path) -> None:
    with sqlite3.connect(store) as made:
        made.execute(
            "create view endless as with recursive n(x) as (select 1 union all select x from n) select x from n"
        )
    made.close()


def _as_folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


def _as_link(store: Path) -> None:
    aside = store.with_name("aside")
    store.rename(aside)
    store.symlink_to(aside)


def _as_pipe(store: Path) -> None:
    store.unlink()
    os.mkfifo(store)


def _writable_by_all(store: Path) -> None:
    store.chmod(0o666)


def _without_stamp(store: Path) -> None:
    for stamp in store.parent.glob("*.stamp"):
        stamp.write_bytes(b"\xff\x00 1 2 3")


_DAMAGES: dict[str, Callable[[Path], None]] = {
    "truncated": _truncated, "flipped": _flipped, "emptied": _emptied, "view": _with_view, "folder": _as_folder,
    "link": _as_link, "pipe": _as_pipe, "writable": _writable_by_all, "stamp": _without_stamp,
}  # fmt: skip

BUILDERS: dict[str, Callable[..., None]] = {
    "small": small, "pack": pack, "fact": fact, "fifo": fifo, "link": link, "hardlink": hardlink, "folder": folder,
    "socket": unix_socket,
    "sparse": sparse, "mode": mode, "deep": deep, "many": many, "undecodable": undecodable, "wheel": wheel,
    "archive": archive, "database": database, "cache": damaged_cache, "document": document,
}  # fmt: skip
"""The builders by the names that rows have for them; `locked FILE`, which needs an open file, is `build`'s own."""


def _locked(path: Path) -> IO[bytes]:
    stream = path.open("r+b")
    fcntl.flock(stream, fcntl.LOCK_EX)
    fcntl.lockf(stream, fcntl.LOCK_EX)
    return stream


def _with_flag(data: bytes) -> bytes:
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 4)
    return bytes(marked)
