"""The lines of keys: every path that the parser finds has one, in every way in which TOML may be written."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli

from tajsec.data.toml import TomlFile, shown
from tajsec.data.toml_lines import KeyPath, key_lines

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((*ROOT.glob("facts/**/*.toml"), *ROOT.glob("seeds/*.toml")))
HARD = '''a.b.c = 1.5 # x = 3
"q k".z = 1979-05-27T07:32:00.5Z
[t.u]
m = """
[[not]]
x = 1
"quote" """
n = \'\'\'
it's ]]\'\'\'
[[ fact ]]
id = "a # no comment"
cites = [ # a comment, "
  { s = "x", q = { r = [1, 2.5,
   3] } },
  {
    s = "y" } # ]
  ,
]
[[fact.rel]]
to = -1e5
[fact.inf]
w = inf
[[fact.rel]]
to = 'a"]'
[[fact]]
id = "b"
[[fact.rel]]
to = "c"
[[fact.rel.part]]
n = 1
[[fact.rel.part]]
n.o = 2 # n.p = 3
[fact.rel.part.q]
r = [[1, "]"], [2, # ]
  3], [
]]
[[fact]]
[[fact.rel]]
[ s . "t.u" . 'v w' ]
x = 1979-05-27 07:32:00
y = { z.a = {}, "b" = { c = [ ] } , d = \'\'\'
}\'\'\' }
"e" . f = \'\'\'a\'\'\'\'
'''


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from paths(each, (*path, key))


@pytest.mark.parametrize(
    "text", [HARD, HARD.replace("\n", "\r\n"), "", "a = 1"], ids=["hard", "crlf", "empty", "short"]
)
def test_every_path_of_a_text_has_a_line_and_no_other_has(text: str) -> None:
    assert set(key_lines(text)) == set(paths(tomli.loads(text)))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_path_of_a_shipped_file_has_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(key_lines(text)) == set(paths(tomli.loads(text)))


def test_every_key_of_a_text_is_found_on_its_line(agree: Callable[[Path, str], None]) -> None:
    text = "\n".join(f"{n:2} {line}" for n, line in enumerate(HARD.split("\n"), 1))
    found = "\n".join(f"{line:2} {shown(path)}" for path, line in key_lines(HARD).items())
    agree(Path(__file__).with_name("toml_lines_told.txt"), f"{text}\n---\n{found}\n")


@pytest.mark.parametrize(
    "text", ["[", "[[a", "a = [", "a = {", 'a = "', "a", "= 1", "]", "}", '"""' + "\\" * 10_000, "[a]]]\nb = 1"]
)
def test_a_text_that_is_not_toml_has_lines_without_an_error(text: str) -> None:
    assert key_lines(text)[()] == 1


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_header_inside_a_text_is_none(quotes: str) -> None:
    text = f'[[fact]]\nid = "a"\nnotes = {quotes}\n[[fact]]\n{quotes}\n\n[[fact]]\nid = "b"\n'
    assert TomlFile("a.toml", text).lines_of("fact") == [1, 7]
    assert TomlFile("a.toml", text.replace(quotes, '"').replace('"\n[[fact]]\n"', '"[[fact]]"')).lines_of("fact") == [
        1,
        5,
    ]
