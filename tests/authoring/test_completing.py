"""Imported facts are completed as those that are typed; what has a wrong type is left for the reader to report."""

from pathlib import Path
from typing import Any

import pytest

from tajsec.authoring.completing import Completion
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.errors import UsageError
from tajsec.model.records import Source


def no_copy(source: Source, n: int) -> str:
    raise UsageError(f"no copy of {source.id}")


PAPER = {"source": "paper", "passage": 2}
QUOTED = {**PAPER, "quote": "Radios are planned"}
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
        ({"statement": "Radios are planned.", "cites": [QUOTED]}, {"status": "planned", "as_of": "2020"}),
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
    assert Completion(read(folders_of([small])), no_copy)(keys) == {**before, **expected}
    assert keys == before


WORDS = "At the gate the United States gave over 7 radios to the guards in 2019, and it was snowing all day."


@pytest.mark.parametrize(
    ("cite", "quotes"),
    [
        (PAPER, ["gave over 7 radios to the guards in 2019"]),
        ({**PAPER, "quote": ""}, ["gave over 7 radios to the guards in 2019"]),
        ({**PAPER, "quote": "gave over 7 radios"}, ["gave over 7 radios"]),
        ({**PAPER, "source": "other"}, [None]), ({**PAPER, "passage": 99}, [None]),
    ],
)  # fmt: skip
def test_a_cite_without_a_quote_gets_those_that_are_proposed(
    small: Path, cite: dict[str, Any], quotes: list[str | None]
) -> None:
    keys = {"statement": "The United States gave the guards over 7 radios in 2019.", "cites": [cite], **KNOWN}
    found = Completion(read(folders_of([small])), lambda source, n: WORDS)(keys)["cites"]
    assert [each.get("quote") for each in found] == quotes
    assert {(each["source"], each["passage"]) for each in found} == {(cite["source"], cite["passage"])}


def test_where_a_quote_is_to_be_proposed_a_copy_is_asked_for(small: Path) -> None:
    with pytest.raises(UsageError, match="no copy of paper"):
        Completion(read(folders_of([small])), no_copy)({"statement": "Given.", "cites": [PAPER], **KNOWN})
