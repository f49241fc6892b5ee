"""TOML files: what would overload the parser, what cannot be read, and the lines of mistakes."""

import errno
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.data import toml
from tajsec.data.files import MAX_FILE
from tajsec.data.toml import TomlFile, raw_bytes, shown, toml_files
from tajsec.errors import FailingEnvironment

WIDE, DEEP, TABLES = 2**16, 16, 4


def told(text: str, *, trusted: bool = False) -> list[str]:
    """Return the mistakes in a text, each with its code."""
    return [f"{each} [{each.code}]" for each in TomlFile("a.toml", text, trusted=trusted).problems]


def excess(line: int, what: str) -> list[str]:
    return [f"a.toml:{line}: {what} [T103]"]


# A text, and the mistakes in it. `MAX_TABLES` is 4 here.
# fmt: off
LIMITS = [
    pytest.param("a = 1\n" + "#" * WIDE + "\n" + "b = 1", [], id="line at the limit"),
    pytest.param("a = 1\n" + "#" * (WIDE + 1), excess(2, "a line of over 65,536 characters; break it"), id="line over it"),
    pytest.param("a = " + "[" * DEEP + "]" * DEEP, [], id="brackets at the limit"),
    pytest.param("\na = [\n" + "[" * DEEP + "]" * DEEP + "]", excess(3, "brackets nested deeper than 16; flatten the value"), id="brackets over it"),
    pytest.param("a = [" + "{ b = [" * (DEEP // 2) + "]}" * (DEEP // 2) + "]", excess(1, "brackets nested deeper than 16; flatten the value"), id="brackets of both kinds"),
    pytest.param("a = [" + "[], {}, " * 3 + "[" * DEEP, excess(1, "brackets nested deeper than 16; flatten the value"), id="brackets beside closed ones"),
    pytest.param("a = [\n" + " [[[]]],\n" * DEEP + "]", [], id="many brackets that are closed"),
    pytest.param(f"""a = "{'[' * 20}"\nb = '{'[' * 20}' # {'[' * 20}\nc = "\\"{'[' * 20}" """, [], id="brackets in texts"),
    pytest.param("# ]]]\n" + "a = " + "[" * DEEP + "]" * DEEP, [], id="closing brackets in a comment"),
    pytest.param("\n".join(f"[t{n}]" for n in range(TABLES)), [], id="tables at the limit"),
    pytest.param("\n".join(f"[t{n}]" for n in range(TABLES + 1)), excess(5, "over 4 tables; split the file"), id="tables over it"),
    pytest.param("[t]\na = [{}, {}, # {\n{}]\nb = '{'", [], id="inline tables at the limit"),
    pytest.param("[t]\na = [{}, {}, {},\n{}]", excess(3, "over 4 tables; split the file"), id="inline tables over it"),
    pytest.param("a.b.c.d.e.f.g.h = 1", [], id="key at the limit"),
    pytest.param("x = 1\na.b.c.d.e.f.g.h.i = 1", excess(2, "a dotted key of over 8 parts; use fewer"), id="key over it"),
    pytest.param("""[ a . "b" . 'c' . d-1 . e_2 . f . g . h . i ]""", excess(1, "a dotted key of over 8 parts; use fewer"), id="header over it"),
    pytest.param("a = '1.2.3.4.5.6.7.8.9.10' # 1.2.3.4.5.6.7.8.9.10", [], id="dots in a text"),
    pytest.param("a = 1\nb = [1,\n" + "9" * 5000 + "]", ["a.toml:3: a whole number beyond 2^53; no program could read it exactly [T206]"], id="number of 5,000 digits"),
    pytest.param(f"a = '{'9' * 5000}' # {'9' * 5000}\n{'9' * 5000} = 1\nb = -{'9_' * 4999}9", ["a.toml:3: a whole number beyond 2^53; no program could read it exactly [T206]"], id="digits of a text and of a key"),
    pytest.param("a = 1\nb = = 2", ["a.toml:2: not TOML: Invalid value; mend the line [T104]"], id="no TOML"),
]
# fmt: on


@pytest.mark.parametrize(("text", "mistakes"), LIMITS)
def test_what_would_overload_the_parser_is_named_with_its_line(
    text: str, mistakes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toml, "MAX_TABLES", TABLES)
    assert told(text) == mistakes


def test_a_file_that_came_with_the_tool_has_no_limits() -> None:
    assert told("#" * (WIDE + 1), trusted=True) == told("a.b.c.d.e.f.g.h.i.j = 1", trusted=True) == []
    deep = f"a = {'[' * 17}{']' * 17}"
    assert told(deep, trusted=True) == []


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError])
def test_whatever_the_parser_raises_is_a_line(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(text: str) -> None:
        raise error

    monkeypatch.setattr("tomli.loads", loads)
    assert told("a = 1") == [f"a.toml: not TOML that can be read: {error.__name__}; simplify the file [T104]"]


def test_a_key_has_one_mistake_and_a_file_any_number() -> None:
    file = TomlFile("a.toml", "[[fact]]\nid = 1\n[fact.x]\ny = 2")
    for path in (("fact", 0, "id"), ("fact", 0, "id"), ("fact", 0, "x", "y", "z"), (), (), ("gone",)):
        file.report(path, "T999", "is wrong")
    assert [str(each) for each in file.problems] == [
        "a.toml:2: fact[0].id: is wrong",
        "a.toml:4: fact[0].x.y.z: is wrong",
        "a.toml:1: is wrong",
        "a.toml:1: is wrong",
        "a.toml:1: gone: is wrong",
    ]
    assert {each.code for each in file.problems} == {"T999"}
    assert shown(()) == ""


def test_tables_that_are_not_known_are_named() -> None:
    file = TomlFile("a.toml", "x = 1\n[[fact]]\n[facts]\n")
    file.no_other_keys(("fact", "review"))
    assert [f"{each} [{each.code}]" for each in file.problems] == [
        "a.toml:1: x: unknown table 'x'; known are fact, review [T203]",
        "a.toml:3: facts: unknown table 'facts'; known are fact, review [T203]",
    ]


def test_every_table_of_a_kind_has_its_line() -> None:
    text = "# [[fact]]\n[[fact]]\n[[facts]]\n \t[[ fact\t]] # here\n[[fact.cites]]\n[[other]]\n\n[[fact]]\n[fact.x]\n"
    assert TomlFile("a.toml", text).lines_of("fact") == [2, 4, 8]
    assert TomlFile("a.toml", text).lines_of("other") == [6]
    assert TomlFile("a.toml", text).lines_of("unit") == []


# ---------------------------------------------------------------- files


def loaded(path: Path, *, trusted: bool = False) -> list[str]:
    file = TomlFile.load(path, "a.toml", trusted=trusted)
    assert (file.label, file.trusted) == ("a.toml", trusted)
    return [f"{each} [{each.code}]" for each in file.problems] or [file.text]


def _link(path: Path) -> None:
    path.with_name("target").write_text("a = 1", encoding="utf-8")
    path.symlink_to("target")


def _written(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


@pytest.mark.parametrize(
    ("make", "mistake", "mistake_of_trusted"),
    [
        (_written(b"\xef\xbb\xbfa = 1"), "a = 1", "a = 1"),
        (_written(b"# a\n# b \xff"), *["a.toml:2: not UTF-8; save the file as UTF-8 [T101]"] * 2),
        (_link, "a.toml: a link; put the file itself there [T101]", "a = 1"),
        (Path.mkdir, *[f"a.toml: cannot be read: {os.strerror(errno.EISDIR)}; mend the file or its permissions [T101]"] * 2),
        (lambda path: None, *[f"a.toml: cannot be read: {os.strerror(errno.ENOENT)}; mend the file or its permissions [T101]"] * 2),
        (_written(b"#" * (MAX_FILE + 1)), "a.toml: over 4 MiB; split it [T101]", "#" * (MAX_FILE + 1)),
    ],
    ids=["byte order mark", "no UTF-8", "link", "folder", "nothing", "large"],
)  # fmt: skip
def test_a_file_is_read_or_named(
    tmp_path: Path, make: Callable[[Path], None], mistake: str, mistake_of_trusted: str
) -> None:
    path = tmp_path / "b.toml"
    make(path)
    for trusted, expected in ((False, mistake), (True, mistake_of_trusted)):
        assert loaded(path, trusted=trusted) == [expected]
        is_read = not expected.startswith("a.toml:") or "UTF-8" in expected
        assert raw_bytes(path, trusted=trusted) == (path.read_bytes() if is_read else None)
        assert TomlFile.load(path, "a.toml", trusted=trusted).path == (None if expected.startswith("a.toml:") else path)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#\n" * (MAX_FILE // 2))
    assert loaded(path) == ["#\n" * (MAX_FILE // 2)]


@pytest.mark.skipif(os.name == "nt", reason="names of files are bytes on POSIX systems")
def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b\udcff.toml"
    path.touch()
    assert loaded(path) == ["a.toml: a name that is not UTF-8; rename the file [T101]"]


def test_a_file_of_an_archive_is_read_within_the_limit_or_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.toml", "a = 1")
        archive.writestr("b.toml", b"#" * (MAX_FILE + 1))
    data = bytearray((tmp_path / "a.zip").read_bytes())
    folder = zipfile.Path(tmp_path / "a.zip")
    assert TomlFile.load(folder / "a.toml", "a.toml", trusted=False).path is None
    found = [TomlFile.load(folder / f"{name}.toml", "a.toml", trusted=False) for name in "abc"]
    assert [[str(each) for each in file.problems] or file.data for file in found] == [
        {"a": 1},
        ["a.toml: over 4 MiB; split it"],
        [f"a.toml: cannot be read: {tmp_path / 'a.zip' / 'c.toml'}; mend the file or its permissions"],
    ]
    data[data.index(b"PK\1\2") + 8] |= 1  # the first file is said to be encrypted
    (tmp_path / "a.zip").write_bytes(data)
    file = TomlFile.load(zipfile.Path(tmp_path / "a.zip") / "a.toml", "a.toml", trusted=False)
    assert [str(each) for each in file.problems] == [
        "a.toml: cannot be read from the archive: RuntimeError; make the archive anew"
    ]


def test_the_files_of_a_folder_are_listed_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.toml", "a.toml", "B.toml", ".c.toml", "d.toml~", "e.txt", "toml"):
        (tmp_path / name).touch()
    assert [each.name for each in toml_files(tmp_path)] == ["B.toml", "a.toml", "b.toml"]
    assert toml_files(tmp_path / "absent") == toml_files(tmp_path / "a.toml") == []

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(FailingEnvironment) as caught:
        toml_files(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Permission denied; mend its permissions"
