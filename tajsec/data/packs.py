"""Reads `pack.toml`, which says what a pack of facts is: its id, version, title, licence, maintainers and needs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from tajsec import __version__
from tajsec.data.table import Table
from tajsec.data.toml import TomlFile
from tajsec.errors import DataError, Problem
from tajsec.model.place import SHIPPED, PackName

PACK_FILE = "pack.toml"
MAX_TITLE = 200
"""Characters of a title and of a maintainer: each is one line of a listing."""

PackFacts = Literal["added", "own"]
"""`added`: the facts are read together with the shipped ones; `own`: with the shipped vocabulary alone."""
PACK_FACTS: tuple[PackFacts, ...] = get_args(PackFacts)

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_VERSION = re.compile(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-([0-9A-Za-z.-]{{1,32}}))?(?:\+[0-9A-Za-z.-]{{1,32}})?"
)
_VERSION_NAME = "a version by semver.org: three numbers, such as 1.0.0 or 1.0.0-rc.1"
_BOUND = rf"{_NUMBER}(?:\.{_NUMBER}){{0,2}}"
_NEED = re.compile(
    rf"(?P<id>[a-z0-9]+(?:[-._][a-z0-9]+)*)(?:[ ]*>=[ ]*(?P<least>{_BOUND}))?(?:[ ]*,?[ ]*<[ ]*(?P<below>{_BOUND}))?"
)
_NEED_NAME = 'the id of a pack with its versions, such as "tajsec>=0.1" or "other-pack>=2,<3"'
_LICENCE_PART = r"[A-Za-z0-9][A-Za-z0-9.+-]*"
_LICENCE = re.compile(rf"{_LICENCE_PART}(?: (?:AND|OR|WITH) {_LICENCE_PART})*")
_LICENCE_NAME = 'the SPDX id of a licence, such as CC-BY-4.0, or "LicenseRef-..." or "proprietary"'

_Key = tuple[int, int, int, bool]
"""A version as it is compared: its numbers, and whether it is a release, which follows its pre-releases."""


class Need(NamedTuple):
    """A pack that another one needs, with the versions that serve; an empty bound is none."""

    id: str
    least: str = ""
    below: str = ""

    def __str__(self) -> str:
        bounds = [f">={self.least}" if self.least else "", f"<{self.below}" if self.below else ""]
        return self.id + ",".join(filter(None, bounds))

    def is_met_by(self, version: str) -> bool:
        """True if a version is within the bounds."""
        key = _key(version)
        return (not self.least or key >= _key(self.least)) and (not self.below or key < (*_key(self.below)[:3], False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What `pack.toml` says of a pack, and where the pack is."""

    id: str
    version: str
    title: str
    licence: str
    maintainers: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    facts: PackFacts = "added"
    path: Path | None = None
    """The folder that holds `pack.toml`; None for the shipped facts."""

    @property
    def name(self) -> PackName:
        """The id and version, which every record of the pack has."""
        return PackName(self.id, self.version)

    @property
    def label(self) -> str:
        """The name of `pack.toml` in messages."""
        return str(self.path / PACK_FILE) if self.path else self.id


def shipped_pack() -> Pack:
    """Return the pack of the shipped facts; its version is that of the tool."""
    return Pack(
        id=SHIPPED,
        version=__version__,
        title="Tajikistan's security cooperation",
        licence="CC0-1.0",
        maintainers=("tajsec contributors",),
    )


def is_pack(path: Path) -> bool:
    """True if a folder holds `pack.toml`, as a file or as anything else, which `read_pack` refuses."""
    return (path / PACK_FILE).exists() or (path / PACK_FILE).is_symlink()


def read_pack(path: Path) -> Pack:
    """Read the `pack.toml` of a folder. Raises DataError with every problem in it."""
    file = TomlFile.load(path / PACK_FILE, str(path / PACK_FILE), trusted=False)
    if file.problems:
        raise DataError(file.problems)
    table = Table(file, file.data, ())
    pack = Pack(
        id=_id(table),
        version=table.matching("version", _VERSION, _VERSION_NAME),
        title=_short(table, "title", table.text("title")),
        licence=table.matching("licence", _LICENCE, _LICENCE_NAME, most=MAX_TITLE),
        maintainers=tuple(_short(table, "maintainers", each) for each in table.texts("maintainers", required=True)),
        needs=_needs(table),
        facts=table.choice("facts", PACK_FACTS) if "facts" in table.data else "added",
        path=path,
    )
    table.finish()
    problems = [*file.problems, *_linked_folders(path)]
    if problems:
        raise DataError(problems)
    return pack


def problem_of(pack: Pack, key: str, code: str, what: str) -> Problem:
    """Return a problem in the `pack.toml` of a pack that was read, with the line of a key."""
    assert pack.path is not None, "the shipped facts have no pack.toml"  # noqa: S101
    file = TomlFile.load(pack.path / PACK_FILE, pack.label, trusted=False)
    file.report((key,), code, what)
    return file.problems[-1]


def _id(table: Table) -> str:
    name = table.id()
    if name == SHIPPED:
        table.bad("id", "T305", f"{SHIPPED!r} is the id of the shipped facts; give the pack one of its own")
    return name


def _short(table: Table, key: str, text: str) -> str:
    if len(text) > MAX_TITLE:
        table.bad(key, "T204", f"over {MAX_TITLE} characters; shorten it")
    return text


def _needs(table: Table) -> tuple[Need, ...]:
    found = []
    for text in table.texts("needs"):
        match = _NEED.fullmatch(text) if len(text) <= MAX_TITLE else None
        if match is None:
            table.bad("needs", "T207", f"{text[:80]!r} is not {_NEED_NAME}")
        elif match["id"] == table.data.get("id"):
            table.bad("needs", "T204", f"{match['id']!r} is the pack itself; leave it out")
        else:
            found.append(Need(match["id"], match["least"] or "", match["below"] or ""))
    return tuple(found)


def _linked_folders(path: Path) -> Sequence[Problem]:
    """Return a problem for each folder of a pack that is a link: it may lead to files of somebody else."""
    names = ("facts", "seeds", "facts/vocabulary", "facts/reviews")
    return [
        Problem(file=str(path / name), code="T101", what="a link; put the folder itself there")
        for name in names
        if (path / name).is_symlink()
    ]


def _key(version: str) -> _Key:
    """Return a version, or a bound of one to three numbers, as it is compared."""
    release, dash, _ = version.partition("+")[0].partition("-")
    numbers = [int(found[0]) if (found := re.match(r"[0-9]+", part)) else 0 for part in release.split(".")]
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major, minor, patch, not dash
