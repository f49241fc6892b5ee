"""Where a record is written in the data files."""

from dataclasses import dataclass
from typing import NamedTuple


class PackName(NamedTuple):
    """The id and the version of a pack."""

    id: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The file of a record as the user knows it, its line (from 1), and its index among the records of its kind.

    `pack` is the pack that the file is part of, or None for a folder without `pack.toml`.
    """

    file: str
    line: int
    index: int
    pack: PackName | None = None


COMPILED = Place(file="", line=0, index=0)
"""The place of a record that was read from the compiled store, which does not keep its place in the TOML files."""
