"""Packs of facts: what `pack.toml` says of one, and which versions of another it needs."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from tajsec.model.place import PackName

if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.toml"

PackFacts = Literal["added", "own", "shipped"]
"""`added`: the facts are read together with the shipped ones; `own`: with the shipped vocabulary alone; `shipped`: they
are an edition of the shipped ones, in the place of these.
"""
PACK_FACTS: tuple[PackFacts, ...] = get_args(PackFacts)

_BOUND = r"(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){0,2}"
NEED = re.compile(rf"([a-z0-9]+(?:[-._][a-z0-9]+)*)(?: *>= *({_BOUND}))?(?: *,? *< *({_BOUND}))?")
"""A pack that another one needs: `other-pack>=2,<3`."""

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


def need_of(text: str) -> Need | None:
    """Return the need that a text such as `other-pack>=2,<3` says, or None if it says none."""
    match = NEED.fullmatch(text)
    return Need(*(part or "" for part in match.groups())) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What `pack.toml` says of a pack of facts, and where the pack is."""

    id: str
    version: str
    title: str
    licence: str
    maintainers: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """The packs that it needs, with the versions that serve: `other-pack>=2,<3`."""
    facts: PackFacts = "added"
    path: "Path | None" = None
    """The folder that holds `pack.toml`; None for the shipped facts."""

    @property
    def needed(self) -> list[Need]:
        """The `needs`, as they are compared."""
        return [need for each in self.needs if (need := need_of(each))]

    @property
    def name(self) -> PackName:
        """The id and version, which every record of the pack has."""
        return PackName(self.id, self.version)

    @property
    def file(self) -> "Path | None":
        """Its `pack.toml`; None for the shipped facts."""
        return self.path / PACK_FILE if self.path else None

    @property
    def label(self) -> str:
        """The name of `pack.toml` in messages."""
        return str(self.file or self.id)


def _key(version: str) -> _Key:
    """Return a version, or a bound of one to three numbers, as it is compared."""
    release, dash, _ = version.partition("+")[0].partition("-")
    numbers = [int(found[0]) if (found := re.match(r"[0-9]+", part)) else 0 for part in release.split(".")]
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major, minor, patch, not dash
