"""The list of modules in docs/code.md: complete, and as the docstrings have it."""

import re

from tajsec.generate.modules import ROOT, layers, module_list, with_modules
from tajsec.generate.pages import RENEW


def test_every_module_is_listed_once_and_nothing_else() -> None:
    listed, package = [], ""
    for name in re.findall(r"^\|? ?`([\w./]+)`", module_list(), re.MULTILINE):
        package = name if name.endswith("/") else package
        listed.append(f"{name}__init__.py" if name == package else name if "/" in name else f"{package}{name}")
    assert sorted(listed) == sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tajsec").rglob("*.py"))


def test_every_module_has_a_line() -> None:
    assert re.findall(r"^.*(?:: |\| ) *\|?$", module_list(), re.MULTILINE) == []


def test_the_list_in_the_document_is_as_the_docstrings_have_it() -> None:
    page = (ROOT / "docs" / "code.md").read_text(encoding="utf-8")
    assert with_modules(page) == page, f"{RENEW} docs/code.md writes it anew"


def test_what_is_between_the_marks_is_replaced_and_nothing_else() -> None:
    page = "before\n<!-- modules -->\nold\n<!-- end of modules -->\nafter\n"
    assert with_modules(page) == page.replace("old\n", f"\n{module_list()}\n")
    assert with_modules("no marks\n") == "no marks\n"


def test_the_contract_has_eleven_layers() -> None:
    assert len(layers()) == 11
