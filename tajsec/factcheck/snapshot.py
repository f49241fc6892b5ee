"""The facts of an older store, to say what changed since: a folder, a wheel, or facts as the tool printed them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tajsec.data.files import read_text
from tajsec.data.folders import archived_folders, folders_of
from tajsec.data.read import read
from tajsec.errors import UsageError
from tajsec.model.as_json import record_of
from tajsec.model.records import Fact

MAX_SNAPSHOT = 256 * 2**20
"""Bytes of a listing in JSON: a fact takes some two kilobytes, so that this is a hundred thousand of them."""

_ADVICE = "name a folder of facts, a wheel of tajsec, or what `tajsec list --json` or `--jsonl` printed"


def read_snapshot(path: Path) -> Mapping[str, Fact]:
    """Return the facts of an older store by their ids. Raises UsageError for what is none, DataError for bad facts."""
    if path.is_dir() or path.suffix == ".whl":
        folders = folders_of([path]) if path.is_dir() else [archived_folders(path)]
        return {each.id: each for each in read(folders).facts}
    text = read_text(path, MAX_SNAPSHOT)
    try:
        return {each.id: each for each in _facts(text)}
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError, RecursionError) as error:
        raise UsageError(f"{path}: not a list of facts in JSON; {_ADVICE}") from error


def _facts(text: str) -> Iterator[Fact]:
    """Yield the facts of a listing as JSON, or as JSON Lines. Raises ValueError, TypeError or KeyError for others."""
    is_listed = not text.lstrip().startswith('{"id"')
    objects = json.loads(text)["facts"] if is_listed else [json.loads(each) for each in text.splitlines() if each]
    for each in objects:
        if not isinstance(each.get("id"), str) or not isinstance(each.get("statement"), str):
            raise ValueError("no fact")
        yield record_of(Fact, each)
