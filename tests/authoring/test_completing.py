"""Imported facts are completed as those that are typed; what has a wrong type is left for the reader to report."""

from pathlib import Path
from typing import Any

import pytest

from tajsec.authoring.completing import Completion
from tajsec.data.folders import folders_of
from tajsec.data.read import read

PAPER = {"source": "paper", "passage": 2}
KNOWN = {"when": "2019", "status": "completed"}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"actors": ["United States", "US"], **KNOWN}, {"actors": ["us", "us"]}),
        ({"topics": ["GEAR"], **KNOWN}, {"topics": ["gear"]}),
        ({"actors": ["Nobody"], **KNOWN}, {}),
        ({"quantities": [{"unit": "Radios"}], **KNOWN}, {"quantities": [{"unit": "radios"}]}),
        ({"quantities": [{"unit": 3}, {}, 4], **KNOWN}, {}),
        ({"statement": "Radios were given in 2018."}, {"status": "completed", "when": "2018"}),
        ({"statement": "Radios are planned.", "cites": [PAPER]}, {"status": "planned", "as_of": "2020"}),
        ({"statement": "Radios were given.", "as_of": "2020"}, {"status": "completed"}),
        ({"statement": "Radios were given in 2018.", "status": "stated", "when": "2017"}, {}),
        ({"statement": "Radios were given.", "status": "stated", "cites": [{"source": "other", "passage": 2}]}, {}),
        ({"statement": "Radios were given.", "status": "stated", "cites": [{"source": "paper", "passage": 99}]}, {}),
        ({"actors": "us", "quantities": {}, "cites": [3], "statement": 5}, {}),
        ({"actors": [["us"]], "cites": "x", "statement": "Given.", "status": 4}, {}),
    ],
)  # fmt: skip
def test_names_and_missing_values(small: Path, keys: dict[str, Any], expected: dict[str, Any]) -> None:
    before = {**keys}
    assert Completion(read(folders_of([small])))(keys) == {**before, **expected}
    assert keys == before
