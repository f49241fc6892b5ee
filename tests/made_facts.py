"""Reads made facts in the place of those of the store in `tests/hostile/small`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from tajsec.data.folders import Folders, folders_of
from tajsec.data.read import read_files
from tajsec.data.toml import TomlFile
from tajsec.errors import DataError
from tajsec.model.protocol import SearchableStore
from tajsec.model.records import Contents, Fact
from tajsec.store.cache import keep
from tajsec.store.compile import compile_store
from tajsec.store.sqlite import SqliteStore

SMALL = Path(__file__).parent / "hostile" / "small"
LABEL = f"{SMALL}/facts/gear.toml"
"""The name of the file of facts in messages."""
NOWHERE = Path(__file__).parent / "no-folder"


def text_of(facts: Sequence[Mapping[str, Any]]) -> str:
    """Return the keys of facts as a TOML file, written by a library that tajsec does not write facts with."""
    return tomli_w.dumps({"fact": list(facts)})


def read_text(text: str) -> tuple[Contents, Mapping[str, TomlFile]]:
    """Read the store with a text as its file of facts. Raises DataError."""
    return read_files(folders_of([SMALL]), changed={LABEL: text})


def read_texts(texts: Mapping[str, str], *, trusted: bool = False) -> Contents:
    """Read a store of texts by the names of its files, which are on no disk. Raises DataError."""
    folders = Folders(NOWHERE / "facts", NOWHERE / "seeds", "small/facts", "small/seeds", trusted=trusted)
    return read_files([folders], changed={f"small/{name}": text for name, text in texts.items()})[0]


def mistakes_in(texts: Mapping[str, str], *, trusted: bool = False) -> list[str]:
    """Return the lines of the mistakes in such a store, each with its code."""
    try:
        read_texts(texts, trusted=trusted)
    except DataError as error:
        return [f"{each} [{each.code}]".replace("small/", "") for each in error.problems]
    return []


def made(facts: Sequence[Mapping[str, Any]]) -> Sequence[Fact]:
    """Return the facts of which these are the keys."""
    return read_text(text_of(facts))[0].facts


def store_of(contents: Contents) -> SearchableStore:
    """Return a store in memory of records that are in no file."""
    return SqliteStore(keep(None, "", lambda database: compile_store(contents, database))[0])


def store_with(facts: Sequence[Mapping[str, Any]]) -> SearchableStore:
    """Return a store with the facts of which these are the keys."""
    return store_of(read_text(text_of(facts))[0])
