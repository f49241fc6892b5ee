"""Reads made facts in the place of those of the store in `tests/hostile/small`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from tajsec.data.folders import folders_of
from tajsec.data.read import read_files
from tajsec.data.toml import TomlFile
from tajsec.model.protocol import SearchableStore
from tajsec.model.records import Contents, Fact
from tajsec.store.open import store_of

SMALL = Path(__file__).parent / "hostile" / "small"
LABEL = f"{SMALL}/facts/gear.toml"
"""The name of the file of facts in messages."""


def text_of(facts: Sequence[Mapping[str, Any]]) -> str:
    """Return the keys of facts as a TOML file, written by a library that tajsec does not write facts with."""
    return tomli_w.dumps({"fact": list(facts)})


def read_text(text: str) -> tuple[Contents, Mapping[str, TomlFile]]:
    """Read the store with a text as its file of facts. Raises DataError."""
    return read_files(folders_of([SMALL]), changed={LABEL: text})


def made(facts: Sequence[Mapping[str, Any]]) -> Sequence[Fact]:
    """Return the facts of which these are the keys."""
    return read_text(text_of(facts))[0].facts


def store_with(facts: Sequence[Mapping[str, Any]]) -> SearchableStore:
    """Return a store with the facts of which these are the keys."""
    return store_of(read_text(text_of(facts))[0])
