"""The official cases of TOML 1.1: what is valid reads as it should, what is not is refused in one line.

`toml_test/cases.jsonl` holds the files that `tests/files-toml-1.1.0` of toml-test 2.1.0 lists
(https://github.com/toml-lang/toml-test, MIT, in `toml_test/LICENSE`), one a line: its text, or its bytes in Base64
where they are no UTF-8, and for a valid file the values with their types.
"""

import base64
import json
import math
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tajsec.data.toml import TomlFile

TABLE = Path(__file__).with_name("toml_test") / "cases.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text("ascii").split("\n") if line]


def described(value: object) -> Any:
    """Return a value as toml-test describes it: each scalar as its type and a text."""
    if isinstance(value, dict):
        return {key: described(each) for key, each in value.items()}
    if isinstance(value, list):
        return [described(each) for each in value]
    if isinstance(value, bool):
        return {"type": "bool", "value": str(value).lower()}
    return {"type": kind(value), "value": value}


def kind(value: object) -> str:
    if isinstance(value, datetime):
        return "datetime" if value.tzinfo else "datetime-local"
    kinds = {str: "string", int: "integer", float: "float", date: "date-local", time: "time-local"}
    return kinds[type(value)]


READ = {
    "string": str, "integer": int, "float": float, "datetime": datetime.fromisoformat,
    "datetime-local": datetime.fromisoformat, "date-local": date.fromisoformat, "time-local": time.fromisoformat,
    "bool": str,
}  # fmt: skip


def expected(value: Any) -> Any:
    """Return what the case describes with its values read by Python's own functions."""
    if isinstance(value, list):
        return [expected(each) for each in value]
    if set(value) == {"type", "value"} and isinstance(value["value"], str):
        return {"type": value["type"], "value": READ[value["type"]](value["value"])}
    return {key: expected(each) for key, each in value.items()}


def same(one: Any, other: Any) -> bool:
    """True if two values are equal; not a number is equal to itself here."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    both_nan = isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other)
    return both_nan or one == other


def read(case: dict[str, Any], folder: Path) -> TomlFile:
    path = folder / "case.toml"
    path.write_bytes(base64.b64decode(case["base64"]) if "base64" in case else case["toml"].encode())
    return TomlFile.load(path, "case.toml", trusted=False)


@pytest.mark.parametrize("case", [each for each in CASES if "json" in each], ids=lambda case: case["name"])
def test_a_valid_file_is_read_with_the_values_it_has(case: dict[str, Any], tmp_path: Path) -> None:
    file = read(case, tmp_path)
    assert file.problems == []
    assert same(described(file.data), expected(case["json"]))


@pytest.mark.parametrize("case", [each for each in CASES if "json" not in each], ids=lambda case: case["name"])
def test_an_invalid_file_is_refused_in_one_line(case: dict[str, Any], tmp_path: Path) -> None:
    file = read(case, tmp_path)
    assert file.data == {}
    (problem,) = file.problems
    assert problem.code == ("T101" if "base64" in case else "T104")
    assert problem.line
    assert "\n" not in problem.what


def test_every_case_is_there() -> None:
    assert len(CASES) == len({case["name"] for case in CASES}) == 680
