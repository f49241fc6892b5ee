"""The list of modules in docs/code.md: complete, and as the docstrings have it."""

import re
from pathlib import Path

from tajsec.generate.pages import RENEW
from tajsec.generate.rooms import layers, rooms, with_rooms

ROOT = Path(__file__).parents[2]


def test_every_module_is_listed_once_and_nothing_else() -> None:
    listed, package = [], ""
    for name in re.findall(r"^\|? ?`([\w./]+)`", rooms(ROOT), re.MULTILINE):
        package = name if name.endswith("/") else package
        listed.append(f"{name}__init__.py" if name == package else name if "/" in name else f"{package}{name}")
    assert sorted(listed) == sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tajsec").rglob("*.py"))


def test_every_module_has_a_line() -> None:
    assert re.findall(r"^.*(?:: |\| ) *\|?$", rooms(ROOT), re.MULTILINE) == []


def test_the_list_in_the_document_is_as_the_docstrings_have_it() -> None:
    page = (ROOT / "docs" / "code.md").read_text(encoding="utf-8")
    assert with_rooms(page, ROOT) == page, f"{RENEW} docs/code.md writes it anew"


def test_what_is_between_the_marks_is_replaced_and_nothing_else() -> None:
    page = "before\n<!-- rooms -->\nold\n<!-- end of rooms -->\nafter\n"
    assert with_rooms(page, ROOT) == page.replace("old\n", f"\n{rooms(ROOT)}\n")
    assert with_rooms("no marks\n", ROOT) == "no marks\n"


def test_the_contract_has_ten_layers() -> None:
    assert len(layers(ROOT)) == 10
