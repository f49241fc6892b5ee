"""The types of JSON objects beside the JSON Schemas that ship."""

from collections.abc import Iterator
from typing import get_type_hints, is_typeddict

import pytest

from tajsec.output import json_types, schemas
from tajsec.output.schemas import PARTS

TYPES = {name: value for name, value in vars(json_types).items() if is_typeddict(value)}
NESTED = {
    "citation.cites": "CitedPassage",
    "changed_text.passages": "PassageChange",
    "changed_text.passages.words": "WordChange",
    "changed_text.facts": "AffectedFact",
    "coverage.groups": "Group",
    "coverage.topics": "Cell",
    "verify.quoted": "QuotedText",
    "factcheck.findings": "DraftFinding",
    "factcheck.findings.values": "DraftValue",
}
"""The types of objects that a schema describes where they are used; any other has the name of its part or key."""
WITHOUT_TYPE = {"filters", "changed_text.counts", "verify.checks", "factcheck.flags"}
"""Objects whose keys no code reads by name."""
WHOLE = {"coverage": "Coverage", "summary": "Summary", "verify": "Verification", "factcheck": "FactCheck"}
"""The shapes that are more than a head and a list of records."""


def objects(name: str, part: dict) -> Iterator[tuple[str, dict]]:
    """Yield each object with keys of a schema, by its path."""
    if "properties" in part:
        yield name, part
    for key, value in part.get("properties", {}).items():
        yield from objects(f"{name}.{key}", value.get("items", value))


def described() -> dict[str, dict]:
    parts = schemas._read(PARTS)["$defs"] | {name: schemas._read(name) for name in WHOLE}
    return {path: part for name, whole in parts.items() for path, part in objects(name, whole)}


def type_name(path: str) -> str:
    return NESTED.get(path) or WHOLE.get(path) or path.rpartition(".")[2].title().replace("_", "")


DESCRIBED = {path: part for path, part in described().items() if path not in WITHOUT_TYPE}


@pytest.mark.parametrize("path", DESCRIBED)
def test_a_type_has_the_keys_of_its_schema(path: str) -> None:
    shape, part = TYPES[type_name(path)], DESCRIBED[path]
    assert set(get_type_hints(shape)) == set(part["properties"])
    assert shape.__required_keys__ == set(part["required"])


def test_each_type_has_a_schema() -> None:
    assert {type_name(path) for path in DESCRIBED} == set(TYPES)
    assert set(described()) >= WITHOUT_TYPE
