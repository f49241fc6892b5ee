"""Scores: every constant is in one table.

The numbers of the calendar and of the scales are in `tajsec.text`, which has no opinion on what answers a query.
"""

import ast
import re
from pathlib import Path

import pytest

from tajsec import store
from tajsec.search import scoring

FOLDER = Path(scoring.__file__).parent
SQL = re.compile(r"\b(?:SELECT|WHERE|ORDER BY|LIMIT|MATCH|BETWEEN|AND|DESC)\b")
NUMBER = re.compile(r"(?<![?\w.])\d+(?:\.\d+)?")
"""A number, not the place of a parameter: ?3."""


def numbers(tree: ast.AST) -> set[float]:
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {each for each in found if isinstance(each, int | float) and not isinstance(each, bool)}


def test_no_number_but_0_1_and_2_is_outside_the_table_of_constants() -> None:
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name == "scoring.py":
            tree.body = [node for node in tree.body if not isinstance(node, ast.Assign)]
        assert numbers(tree) <= {0, 1, 2}, path.name


@pytest.mark.parametrize("path", [*FOLDER.glob("*.py"), *Path(store.__file__).parent.glob("*.py")])
def test_no_number_but_0_1_and_2_is_in_the_sql(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    for text in texts:
        if SQL.search(text):
            assert {*NUMBER.findall(text)} <= {"0", "1", "2"}, text


def test_there_are_at_most_fifteen_constants() -> None:
    constants = [name for name, value in vars(scoring).items() if name.isupper() and type(value) in (int, float)]
    assert 10 <= len(constants) <= 15
