"""Bad input and a failing environment, through the whole command: one line, status 2, and nothing is lost."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.data.folders import MAX_WHEEL

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
Run = Callable[..., Reply]


def refused(reply: Reply, *parts: str) -> None:
    """Assert that a reply is one line of an error that has these parts."""
    assert (reply.status, reply.text) == (2, "")
    assert reply.stderr.count("\n") == 1
    assert reply.stderr.startswith("tajsec: error: ")
    assert len(reply.stderr) <= 501
    for part in parts:
        assert part in reply.stderr


# ---------------------------------------------------------------- what --force replaces


@pytest.fixture
def home(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text, in which the commands run; `small` is in it."""
    (tmp_path / "text.txt").write_text("Title here\n\nSome text that says a lot.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


OUTPUTS: Sequence[Sequence[str]] = (
    ("seal", "text.txt", "--output"),
    ("verify", "--facts", "small", "--record"),
    ("export", "--facts", "small", "--sqlite"),
    ("export", "--facts", "small", "--sqlite", "new.db", "--metadata"),
    ("export", "--facts", "small", "--web-annotations"),
    ("timeline", "--facts", "small", "--svg"),
    ("timeline", "--facts", "small", "--html"),
    ("show", "seven-radios", "--facts", "small", "--svg"),
)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def a_link_to_a_file(path: Path) -> None:
    (path.parent / "target").write_text("precious")
    path.symlink_to("target")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def kind_and_place(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_mode, found.st_ino


@posix
@pytest.mark.parametrize("args", OUTPUTS, ids=" ".join)
@pytest.mark.parametrize("make", [a_pipe, a_dangling_link, a_loop, a_link_to_a_file, a_folder, a_socket])
def test_only_regular_files_are_replaced(
    run: Run, home: Path, args: Sequence[str], make: Callable[[Path], None]
) -> None:
    make(home / "out")
    before = kind_and_place(home / "out"), sorted(home.iterdir())
    refused(run(*args, "out", "--force"), "out: ")
    assert (kind_and_place(home / "out"), sorted(home.iterdir())) == before
    assert not (home / "target").exists() or (home / "target").read_text() == "precious"


@posix
def test_a_table_for_parquet_replaces_regular_files_alone(run: Run, home: Path) -> None:
    (home / "tables").mkdir()
    (home / "tables" / "facts.parquet").symlink_to(home / "text.txt")
    refused(run("export", "--facts", "small", "--parquet", "tables", "--force"), "facts.parquet: a link")
    assert (home / "tables" / "facts.parquet").is_symlink()


def same(path: Path) -> str:
    return str(path)


def hard_link(path: Path) -> str:
    os.link(path, path.with_name("other-name"))
    return str(path.with_name("other-name"))


def roundabout(path: Path) -> str:
    return f"{path.parent}/../{path.parent.name}/{path.name}"


@pytest.mark.parametrize("named", [same, hard_link, roundabout])
@pytest.mark.parametrize("args", OUTPUTS[1:], ids=" ".join)
@pytest.mark.parametrize("file", ["facts/gear.toml", "seeds/paper.toml", "facts/vocabulary/all.toml"])
def test_no_output_replaces_the_data_that_are_read(
    run: Run, home: Path, args: Sequence[str], file: str, named: Callable[[Path], str]
) -> None:
    path = home / "small" / file
    before = path.read_bytes()
    refused(run(*args, named(path), "--force"), "is read by this command")
    assert path.read_bytes() == before


@pytest.mark.parametrize("named", [same, hard_link, roundabout])
@pytest.mark.parametrize(
    "args",
    [
        ("seal", "text.txt", "--output"),
        ("verify", "--text", "text.txt", "--record"),
        ("verify", "--text", ".", "--record"),
    ],
    ids=" ".join,
)
def test_no_output_replaces_a_text_that_is_read(
    run: Run, home: Path, args: Sequence[str], named: Callable[[Path], str]
) -> None:
    before = (home / "text.txt").read_bytes()
    refused(run(*args, named(home / "text.txt"), "--force"), "is read by this command")
    assert (home / "text.txt").read_bytes() == before


@posix
def test_a_text_that_is_read_through_a_link_is_not_replaced(run: Run, home: Path) -> None:
    (home / "link.txt").symlink_to("text.txt")
    refused(run("seal", "link.txt", "--output", "text.txt", "--force"), "is read by this command")


def test_a_record_may_be_sealed_again_and_a_review_written_again(run: Run, home: Path) -> None:
    assert run("seal", "text.txt", "--output", "page.toml").status == 0
    page = (home / "page.toml").read_text()
    assert run("seal", "text.txt", "--output", "page.toml", "--force").status == 0
    assert (home / "page.toml").read_text() == page


def test_two_names_of_one_picture_are_refused(run: Run, home: Path) -> None:
    refused(run("timeline", "--facts", "small", "--svg", "a", "--html", "./a"), "two pictures in one file")


@pytest.mark.parametrize(
    "args",
    [
        ("export", "--sqlite", "new.db", "--html"),
        ("export", "--sqlite", "new.db", "--metadata"),
        ("export", "--tables", "new", "--web-annotations"),
        ("export", "--sqlite", "new.db", "--tables"),
        ("timeline", "--svg", "new.svg", "--html"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("place", ["nowhere/out", "text.txt/out"])
def test_no_output_is_written_if_the_folder_of_another_is_none(
    run: Run, home: Path, args: Sequence[str], place: str
) -> None:
    before = sorted(home.iterdir())
    refused(run(*args, place, "--facts", "small"), f"{Path(place)}: cannot be written: ")
    assert sorted(home.iterdir()) == before


@posix
def test_a_pipe_in_place_of_a_wheel_is_not_waited_for(run: Run, home: Path) -> None:
    os.mkfifo(home / "a.whl")
    refused(run("changes", "a.whl", "small"), "a.whl: neither a folder nor a wheel")


def test_a_wheel_beyond_every_size_is_not_opened(run: Run, home: Path) -> None:
    with (home / "a.whl").open("wb") as stream:
        stream.truncate(MAX_WHEEL + 1)
    refused(run("changes", "a.whl", "small"), "a.whl: over 64 MiB")


# ---------------------------------------------------------------- values


NUMBERS = ("١٢", "1_0", " 5", "+5", "-5", "0", "5.0", "1e3", "0x10", "२", str(2**53 + 1), str(2**63), "9" * 5000)


@pytest.mark.parametrize("value", NUMBERS, ids=lambda value: value[:20])
@pytest.mark.parametrize(
    "args",
    [
        ("list", "--limit"),
        ("search", "radios", "--limit"),
        ("timeline", "--limit"),
        ("differences", "--limit"),
        ("pick", "--limit"),
        ("open", "radios-delivered", "--print", "--receipt"),
    ],
    ids=" ".join,
)
def test_a_whole_number_is_written_in_ascii_digits_and_within_its_range(
    run: Run, args: Sequence[str], value: str
) -> None:
    refused(run(*args, value), f"{args[-1]}: ")


def test_the_largest_whole_number_is_taken(run: Run) -> None:
    assert run("list", "--limit", str(2**53)).status == 0


@pytest.mark.parametrize(
    "args",
    [
        ("verify", "--address", ""),
        ("verify", "--online", "--address="),
        ("verify", "--text", ""),
        ("verify", "--record", ""),
        ("list", "--facts", ""),
        ("list", "--facts="),
        ("list", "--since", ""),
        ("list", "--until="),
        ("list", "--actor", ""),
        ("list", "--source", ""),
        ("list", "--fields", ""),
        ("list", "--format", ""),
        ("cite", "radios-delivered", "--style", ""),
        ("cite", ""),
        ("seal", "", "--force"),
        ("seal", "x", "--output", ""),
        ("export", "--sqlite", ""),
        ("export", "--parquet", ""),
        ("export", "--tables", ""),
        ("export", "--web-annotations", ""),
        ("export", "--text", ""),
        ("timeline", "--svg", ""),
        ("lint", ""),
        ("summary", ""),
        ("changes", "", "."),
        ("search", ""),
    ],
    ids=" ".join,
)
def test_an_empty_value_is_not_taken_for_something(run: Run, args: Sequence[str]) -> None:
    refused(run(*args))


@pytest.mark.parametrize(
    ("args", "number"),
    [
        (("search", "\udcff"), 2),
        (("show", "\udcffabc"), 2),
        (("list", "--facts", "\udcff"), 3),
        (("list", "--facts=\udcff"), 2),
        (("list", "--since", "\udcff"), 3),
        (("\udcff",), 1),
        (("search", "--\udcff"), 2),
        (("verify", "--text", "a\udcff.txt"), 3),
    ],
)
def test_an_argument_that_is_no_text_is_named_by_its_number(run: Run, args: Sequence[str], number: int) -> None:
    refused(run(*args), f"argument {number}: ")


@pytest.mark.parametrize("digits", ["9" * 17, "9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts/gear.toml", "value = 7", "value = {}"),
        ("facts/gear.toml", "passage = 2", "passage = {}"),
        ("seeds/paper.toml", "words = 9", "words = {}"),
        ("seeds/paper.toml", "n = 2", "n = {}"),
    ],
)
def test_a_whole_number_beyond_every_program_is_a_mistake_in_the_data(
    run: Run, small: Path, file: str, old: str, new: str, digits: str
) -> None:
    path = small / file
    path.write_text(path.read_text().replace(old, new.format(digits)))
    refused(run("list", "--facts", str(small)), path.name)
    assert run("lint", str(small)).status == 2


# ---------------------------------------------------------------- what the system refuses


def a_loop_of_a_pack(pack: Path) -> None:
    (pack / "facts" / "loop.toml").symlink_to("loop.toml")


def a_link_to_nowhere(pack: Path) -> None:
    (pack / "facts" / "link.toml").symlink_to("nowhere")


def a_name_that_is_not_utf8(pack: Path) -> None:
    (pack / "facts" / "a\udcff.toml").write_text("")


def a_folder_for_a_file(pack: Path) -> None:
    (pack / "facts" / "folder.toml").mkdir()


@posix
@pytest.mark.parametrize("make", [a_loop_of_a_pack, a_link_to_nowhere, a_name_that_is_not_utf8, a_folder_for_a_file])
@pytest.mark.parametrize("args", [("list", "--facts"), ("search", "radios", "--json", "--facts"), ("changes", ".")])
def test_a_pack_with_what_cannot_be_read_is_one_line(
    run: Run, small: Path, args: Sequence[str], make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    make(small)
    refused(run(*args, str(small)), ".toml: ")


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), OSError()]
)
@pytest.mark.parametrize("call", ["os.open", "os.scandir", "os.stat", "os.lstat", "pathlib.Path.is_dir", "os.listdir"])
@pytest.mark.parametrize(
    "args",
    [("list", "--facts", "small"), ("lint", "small"), ("changes", "small", "small"), ("verify", "--text", "text.txt"),
     ("verify", "--text", "."), ("seal", "text.txt"), ("seal", "text.txt", "--output", "new.toml")],
    ids=" ".join,
)  # fmt: skip
def test_whatever_the_system_refuses_is_no_bug_of_ours(
    run: Run, home: Path, args: Sequence[str], call: str, error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, _, name = call.rpartition(".")
    target = Path if owner == "pathlib.Path" else os
    real = getattr(target, name)

    def failing(path: object, *given: object, **more: object) -> object:
        if any(each in str(path) for each in ("small", "text.txt", str(home))):
            raise error
        return real(path, *given, **more)

    monkeypatch.setattr(target, name, failing)
    reply = run(*args)
    assert reply.status in (0, 1, 2)
    assert "a bug of ours" not in reply.stderr


@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "here"), MemoryError()])
def test_an_error_that_no_other_place_takes_is_one_line(
    run: Run, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("tajsec.store.open.open_store", failing)
    refused(run("list"), "here: No space" if isinstance(error, OSError) else "memory")


class WithoutFts5(sqlite3.Connection):
    """A database of an SQLite without the module."""

    def _refuse(self, sql: str) -> None:
        if "using fts5" in sql.lower() or " match " in sql.lower():
            raise sqlite3.OperationalError("no such module: fts5")

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
        self._refuse(sql)
        return super().execute(sql, *values)  # type: ignore[arg-type]

    def executescript(self, sql: str) -> sqlite3.Cursor:  # type: ignore[override]
        self._refuse(sql)
        return super().executescript(sql)


@pytest.mark.parametrize("args", [("list",), ("search", "radios"), ("export", "--sqlite", "new.db")], ids=" ".join)
def test_an_sqlite_without_full_text_search_is_named(
    run: Run, home: Path, args: Sequence[str], monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    (home / "small" / "facts" / "more.toml").write_text("# not compiled yet\n")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, factory=WithoutFts5, **more))
    refused(run(*args, "--facts", "small"), "SQLite has no FTS5")


# ---------------------------------------------------------------- the variable and the home folder


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("{0}", 0),
        ("{0}{1}", 0),
        ("{1}{1}{0}", 0),
        ("~/small", 0),
        ("", 1),
        ("{1}", 1),
        ("~/small ~/small", 2),
        ("nowhere{1}{0}", 2),
    ],
)
def test_the_variable_names_folders_as_path_does(
    run: Run, home: Path, value: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("TAJSEC_FACTS", value.format(home / "small", os.pathsep))
    reply = run("show", "seven-radios")
    assert reply.status == (2 if status else 0), reply.stderr
    assert ("unknown fact" in reply.stderr) == (status == 1)


@pytest.mark.parametrize("args", [("--facts=~/my facts",), ("--facts", "~/my facts")])
def test_a_tilde_is_the_home_folder(run: Run, home: Path, args: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    (home / "small").rename(home / "my facts")
    assert run("show", "seven-radios", *args).status == 0
