"""Reads `pack.toml`, which says what a pack of facts is: its id, version, title, licence, maintainers and needs."""

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tajsec import __version__
from tajsec.errors import DataError, Problem
from tajsec.model.kinds import SHIPPED
from tajsec.model.pack import PACK_FACTS, PACK_FILE, need_of
from tajsec.model.pack import Pack as Pack
from tajsec.text.identifiers import LICENCE

if TYPE_CHECKING:
    from tajsec.data.table import Table

MAX_TITLE = 200
"""Characters of a title and of a maintainer: each is one line of a listing."""

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_LABEL = r"[0-9A-Za-z.-]{1,32}"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_LABEL})?(?:\+{_LABEL})?")
_VERSION_NAME = "a version by semver.org: three numbers, such as 1.0.0 or 1.0.0-rc.1"
_NEED_NAME = 'the id of a pack with its versions, such as "tajsec>=0.1" or "other-pack>=2,<3"'
_LICENCE = re.compile(rf"proprietary|{LICENCE}")
_LICENCE_NAME = 'the SPDX id of a licence, such as CC-BY-4.0, or "LicenseRef-..." or "proprietary"'


def shipped_pack() -> Pack:
    """Return the pack of the shipped facts; its version is that of the tool."""
    return Pack(
        id=SHIPPED,
        version=__version__,
        title="Tajikistan's security cooperation",
        licence="CC0-1.0",
        maintainers=("the contributors of tajsec",),
    )


def is_pack(path: Path) -> bool:
    """True if a folder holds `pack.toml`, as a file or as anything else, which `read_pack` refuses."""
    return (path / PACK_FILE).exists() or (path / PACK_FILE).is_symlink()


def read_pack(path: Path) -> Pack:
    """Read the `pack.toml` of a folder. Raises DataError with every problem in it."""
    from tajsec.data.table import Table  # imports tomli, which a start without any pack does not need
    from tajsec.data.toml import TomlFile

    file = TomlFile.load(path / PACK_FILE, str(path / PACK_FILE), trusted=False)
    if file.problems:
        raise DataError(file.problems)
    table = Table(file, file.data, ())
    pack = pack_of(table, path)
    table.finish()
    problems = [*file.problems, *_linked_folders(path)]
    if problems:
        raise DataError(problems)
    return pack


def pack_of(table: "Table", path: Path) -> Pack:
    """Return the pack that the table of its `pack.toml` describes; mistakes are reported to the table."""
    return Pack(
        id=_id(table),
        version=table.matching("version", _VERSION, _VERSION_NAME),
        title=_short(table, "title", table.text("title")),
        licence=table.matching("licence", _LICENCE, _LICENCE_NAME, most=MAX_TITLE),
        maintainers=tuple(_short(table, "maintainers", each) for each in table.texts("maintainers", required=True)),
        needs=_needs(table),
        facts=table.choice("facts", PACK_FACTS) if table.has("facts") else "added",
        path=path,
    )


def named_folder(path: Path, found: Sequence[Path]) -> Path:
    """Return the folder of the found pack whose id is the name of a path where there is nothing; else the path.

    Of the found packs, broken ones are passed over.
    """
    if len(path.parts) != 1 or path == Path(SHIPPED) or path.exists():
        return path
    for folder in found:
        with contextlib.suppress(DataError):
            if read_pack(folder).id == path.name:
                return folder
    return path


def problem_of(pack: Pack, key: str, code: str, what: str) -> Problem:
    """Return a problem in the `pack.toml` of a pack that was read, with the line of a key."""
    assert pack.path is not None, "the shipped facts have no pack.toml"  # noqa: S101
    from tajsec.data.toml import TomlFile

    file = TomlFile.load(pack.path / PACK_FILE, pack.label, trusted=False)
    file.report((key,), code, what)
    return file.problems[-1]


def _id(table: "Table") -> str:
    name, is_edition = table.id(), table.data.get("facts") == "shipped"
    if name == SHIPPED and not is_edition:
        table.bad("id", "T305", f"{SHIPPED!r} is the id of the shipped facts; give the pack one of its own")
    if is_edition and name != SHIPPED:
        table.bad("facts", "T204", f"an edition of the shipped facts has the id {SHIPPED!r}; write added or own")
    return name


def _short(table: "Table", key: str, text: str) -> str:
    if len(text) > MAX_TITLE:
        table.bad(key, "T204", f"over {MAX_TITLE} characters; shorten it")
    return text


def _needs(table: "Table") -> tuple[str, ...]:
    needs = table.texts("needs")
    for text in needs:
        need = need_of(text) if len(text) <= MAX_TITLE else None
        if need is None:
            table.bad("needs", "T207", f"{text[:80]!r} is not {_NEED_NAME}")
        elif need.id == table.data.get("id"):
            table.bad("needs", "T204", f"{need.id!r} is the pack itself; leave it out")
    return needs


def _linked_folders(path: Path) -> Sequence[Problem]:
    """Return a problem for each folder of a pack that is a link: it may lead to files of somebody else."""
    names = ("facts", "seeds", "facts/vocabulary", "facts/reviews")
    return [
        Problem(file=str(path / name), code="T101", what="a link; put the folder itself there")
        for name in names
        if (path / name).is_symlink()
    ]
