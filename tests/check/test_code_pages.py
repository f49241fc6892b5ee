"""The page of each code: its examples are linted, the first breaks the rule, the second keeps it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w

from tajsec.check.code_pages import code_pages, explained
from tajsec.check.lint import codes, lint, lint_codes
from tajsec.data.folders import folders_of
from tajsec.errors import DataError, Problem, UnknownName

EVERY = code_pages()
PAGES = {code: page for code, page in EVERY.items() if code in lint_codes()}
NOT_TOML = {"T101", "T102", "T414"}
"""Codes whose examples are commands or listings; other tests have data that break them."""
NOT_READ = {"T103", "T104"}
"""Codes of data that no parser reads: their examples are written as they are."""
PACK = 'id = "a-pack"\nversion = "1.0.0"\ntitle = "A pack"\nlicence = "CC0-1.0"\nmaintainers = ["A reader"]\n'


def files_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the files of an example: the name in a comment, and the lines below it."""
    parts = re.split(r"^# (\S+\.toml)\n", text, flags=re.MULTILINE)
    assert not parts[0].strip()
    yield from zip(parts[1::2], parts[2::2], strict=True)


def merged(base: Any, given: Any) -> Any:
    """Return `given` on top of a base: keys of tables, and tables of lists one by one."""
    if isinstance(given, dict) and isinstance(base, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in given.items()}}
    if isinstance(given, list) and isinstance(base, list) and base and isinstance(base[0], dict):
        return [merged(base[n] if n < len(base) else None, each) for n, each in enumerate(given)]
    return given


def write(folder: Path, name: str, text: str, fact: dict[str, Any]) -> None:
    """Write a file of an example, with the keys that it leaves out from the file of this name or from a fact."""
    path, given = folder / name, tomli.loads(text)
    base = tomli.loads(path.read_text("utf-8")) if path.exists() else {}
    path.parent.mkdir(exist_ok=True)
    if path.parent.name == "facts":
        given = given if "fact" in given else {"fact": [given]}
        base = {"fact": [fact] * len(given["fact"])}
    path.write_text(tomli_w.dumps(merged(base, given)), encoding="utf-8")


def problems(folder: Path, text: str, *, raw: bool) -> list[Problem]:
    fact = tomli.loads((folder / "facts" / "gear.toml").read_text("utf-8"))["fact"][0]
    for name, lines in files_in(text):
        if name == "pack.toml":
            folder = folder / "pack"
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(f"{PACK}{lines}", encoding="utf-8")
        elif raw:
            (folder / name).write_text(lines, encoding="utf-8")
        else:
            write(folder, name, lines, fact)
    try:
        return lint(folders_of([folder]))
    except DataError as error:
        return list(error.problems)


def test_every_code_has_a_page_with_two_examples() -> None:
    assert list(PAGES) == list(lint_codes())
    assert {code for code, page in PAGES.items() if [language for language, _ in page.examples] != ["toml"] * 2} == (
        NOT_TOML
    )
    assert all(len(page.examples) == 2 for page in PAGES.values())


def test_every_code_of_verify_has_a_page_that_says_what_to_do() -> None:
    assert list(EVERY) == list(codes())
    assert all(page.markdown.endswith(".") for page in EVERY.values())


@pytest.mark.parametrize("code", [code for code in PAGES if code not in NOT_TOML])
def test_the_first_example_breaks_the_rule_and_no_other_and_the_second_none(
    tmp_path: Path, write_small: Callable[[Path], Path], code: str
) -> None:
    (_, bad), (_, good) = PAGES[code].examples
    found = problems(write_small(tmp_path / "bad"), bad, raw=code in NOT_READ)
    assert {each.code for each in found} == {code}, found
    assert all(each.line for each in found)
    assert problems(write_small(tmp_path / "good"), good, raw=False) == []


def test_what_is_said_of_each_first_example_is_as_it_was(
    tmp_path: Path, write_small: Callable[[Path], Path], agree: Callable[[Path, str], None]
) -> None:
    told = ""
    for code in (code for code in PAGES if code not in NOT_TOML):
        folder = write_small(tmp_path / code)
        found = problems(folder, PAGES[code].examples[0][1], raw=code in NOT_READ)
        told += "".join(f"{code} {each}\n" for each in found).replace(f"{folder}/", "")
    agree(Path(__file__).parent / "code_pages_told.txt", told)


@pytest.mark.parametrize("code", ["T407", "t407", "V203"])
def test_a_page_begins_with_the_code_and_what_it_asks_for(code: str) -> None:
    first, blank, *rest = explained(code).splitlines()
    assert first == f"{code.upper()}  {codes()[code.upper()]}"
    assert (blank, bool(rest)) == ("", True)


def test_a_page_on_a_terminal_has_its_examples_indented() -> None:
    assert '\n    # facts/gear.toml\n    statement = "The United States gave over 7 of them' in explained("T407")
    assert "```" not in "".join(map(explained, EVERY))


def test_an_unknown_code_is_named_with_near_ones() -> None:
    with pytest.raises(UnknownName, match=r"unknown code 'T470'; did you mean T"):
        explained("T470")
