"""Scores: every constant is in one table."""

import ast
from pathlib import Path

from tajsec.search import scoring

FOLDER = Path(scoring.__file__).parent
READING = {"typed_dates.py", "typed_numbers.py", "bounds.py"}
"""They read how dates and numbers are written: their numbers are those of the calendar and of the scales."""


def numbers(tree: ast.AST) -> set[float]:
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {each for each in found if isinstance(each, int | float) and not isinstance(each, bool)}


def test_no_number_but_0_1_and_2_is_outside_the_table_of_constants() -> None:
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name == "scoring.py":
            tree.body = [node for node in tree.body if not isinstance(node, ast.Assign)]
        assert path.name in READING or numbers(tree) <= {0, 1, 2}, path.name


def test_there_are_at_most_fifteen_constants() -> None:
    constants = [name for name, value in vars(scoring).items() if name.isupper() and type(value) in (int, float)]
    assert 10 <= len(constants) <= 15
