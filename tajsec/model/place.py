"""Where a record is written in the data files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The file of a record as the user knows it, its line (from 1), and its index among the records of its kind."""

    file: str
    line: int
    index: int


COMPILED = Place(file="", line=0, index=0)
"""The place of a record that was read from the compiled store, which does not keep its place in the TOML files."""
