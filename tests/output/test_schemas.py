"""The JSON Schemas: each stands alone and describes every key."""

import json
from collections.abc import Callable, Iterator

import pytest
from jsonschema import Draft202012Validator

from tajsec.output import schemas


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_one_stands_alone_and_describes_every_key(name: str) -> None:
    schema = schemas.schema(name)
    Draft202012Validator.check_schema(schema)
    assert "parts.json" not in json.dumps(schema)
    for part in _objects(schema):
        for key, value in part.get("properties", {}).items():
            assert "$ref" in value or value["description"], key
        if name != "fields" and "properties" in part:
            assert part["additionalProperties"] is False


def _objects(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        if value.get("type") == "object":
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def test_a_changed_key_breaks_the_schema(run_json: Callable[..., dict]) -> None:
    validator = Draft202012Validator(schemas.schema("show"))
    record = run_json("show", "radios-delivered")
    record["facts"][0]["cites"][0]["words"] = record["facts"][0]["cites"][0].pop("quote")
    assert len(list(validator.iter_errors(record))) == 2
