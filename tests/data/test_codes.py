"""The codes of the reader: the table lists those that the code uses, and no others."""

import ast
import re
from pathlib import Path

import tajsec.data
from tajsec.data.codes import CODES

FOLDER = Path(tajsec.data.__file__).parent


def codes_in(path: Path) -> set[str]:
    strings = (node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
    return {text for text in strings if isinstance(text, str) and re.fullmatch(r"T\d{3}", text)}


def test_the_table_lists_every_code_that_the_reader_uses_and_no_other() -> None:
    assert set[str]().union(*(codes_in(path) for path in FOLDER.glob("*.py") if path.stem != "codes")) == set(CODES)


def test_the_codes_are_in_order_and_each_asks_for_something_in_one_line() -> None:
    assert list(CODES) == sorted(CODES)
    assert all(text.endswith(".") and "\n" not in text and len(text) < 120 for text in CODES.values())
