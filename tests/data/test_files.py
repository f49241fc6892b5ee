"""What users name is read within limits, and written completely or not at all; each refusal is a line that says why."""

import errno
import io
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tajsec.data.files import (
    Refused,
    bounded,
    read_text,
    reason,
    refuse_existing,
    refuse_full,
    whole_file,
    whole_folder,
    write_file,
)
from tajsec.errors import FailingEnvironment, TajsecError, UsageError

MIB = 2**20


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test runs."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def refusal(call: Callable[[], object], kind: type[TajsecError] = UsageError) -> str:
    """Return the message of the error that a call raises."""
    with pytest.raises(kind) as caught:
        call()
    assert type(caught.value) is kind
    return str(caught.value)


def held() -> list[str]:
    """Return the names of all files and folders that are here."""
    return sorted(each.as_posix() for each in Path().rglob("*"))


# ---------------------------------------------------------------- reading

MARKS = "a" + "\u0301" * 31


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a" * (2 * MIB + 1), "over 2 MiB; split it"),
        (b"a \xff", "not UTF-8; save the file as UTF-8"),
        (MARKS.encode(), "over 30 combining marks in a row; take them out"),
    ],
    ids=["large", "no UTF-8", "marks"],
)
def test_a_file_that_is_no_text_is_named(here: Path, data: bytes, message: str) -> None:
    Path("a.txt").write_bytes(data)
    assert refusal(lambda: read_text(Path("a.txt"), 2 * MIB)) == f"a.txt: {message}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfa\r\n", "a\r\n"),
        (MARKS[:-1].encode(), MARKS[:-1]),
        (b"a" * 2 * MIB, "a" * 2 * MIB),
    ],
    ids=["empty", "byte order mark", "marks at the limit", "at the limit"],
)
def test_a_text_is_read_as_it_is(here: Path, data: bytes, text: str) -> None:
    Path("a.txt").write_bytes(data)
    assert read_text(Path("a.txt"), 2 * MIB) == text


def test_what_cannot_be_read_is_named_with_the_reason_of_the_system(here: Path) -> None:
    told = f"a.txt: cannot be read: {os.strerror(errno.ENOENT)}; name a file that can"
    assert refusal(lambda: read_text(Path("a.txt"), 9)) == told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(here: Path) -> None:
    os.mkfifo("a.txt")
    assert refusal(lambda: read_text(Path("a.txt"), 9)) == "a.txt: not a regular file; name or put one there"


def test_a_stream_is_read_up_to_its_limit() -> None:
    assert bounded(io.BytesIO(b"a" * MIB), MIB) == b"a" * MIB
    with pytest.raises(Refused, match=r"^over 1 MiB; split it$"):
        bounded(io.BytesIO(b"a" * (MIB + 1)), MIB)


@pytest.mark.parametrize(
    ("error", "words"),
    [(OSError(28, "No space left"), "No space left"), (OSError("a bad name"), "a bad name"), (OSError(), "OSError")],
)
def test_the_reason_of_an_error_is_never_empty(error: OSError, words: str) -> None:
    assert reason(error) == words


# ---------------------------------------------------------------- what may be replaced


def _file(path: Path) -> None:
    path.write_text("precious")


def _link(path: Path) -> None:
    path.symlink_to("nowhere")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


IN_THE_WAY = [
    pytest.param(_file, False, "exists already; --force replaces it", id="file"),
    pytest.param(_file, True, None, id="file to be replaced"),
    pytest.param(Path.mkdir, True, "a folder; name a file", id="folder"),
    pytest.param(_link, True, "a link, which is not replaced; name the file that it leads to, or another", id="link"),
    pytest.param(_pipe, True, "not a regular file, and not replaced; name another", id="pipe"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(("make", "force", "message"), IN_THE_WAY)
def test_what_is_in_the_way_is_replaced_or_named(
    here: Path, make: Callable[[Path], None], force: bool, message: str | None
) -> None:
    out = Path("out")
    make(out)
    was = out.lstat()
    if message is None:
        refuse_existing(out, force=force)
        write_file(out, "new", force=force)
        assert out.read_text() == "new"
    else:
        assert refusal(lambda: refuse_existing(out, force=force)) == f"out: {message}"
        assert refusal(lambda: write_file(out, "new", force=force)) == f"out: {message}"
        assert os.path.samestat(out.lstat(), was)
    assert held() == ["out"]


def test_a_file_that_is_read_is_not_replaced(here: Path) -> None:
    _file(Path("a.txt"))
    os.link("a.txt", "b.txt")
    inputs = [Path("absent"), Path("b.txt")]
    told = "a.txt: is read by this command, as b.txt; name another file"
    assert refusal(lambda: refuse_existing(Path("a.txt"), force=True, inputs=inputs)) == told
    assert refusal(lambda: write_file(Path("a.txt"), "new", force=True, inputs=iter(inputs))) == told
    assert refusal(lambda: write_file(Path("a.txt"), "", force=True, inputs=iter(inputs), parents=True)) == told
    assert Path("a.txt").read_text() == "precious"
    _file(Path("c.txt"))
    refuse_existing(Path("c.txt"), force=True, inputs=inputs)


NOT_THERE = os.strerror(errno.ENOENT)
NO_FOLDER = os.strerror(errno.ENOTDIR)


@pytest.mark.parametrize(
    ("path", "parents", "why"),
    [
        ("new", False, None),
        ("new", True, None),
        ("a/b/new", True, None),
        ("a/new", False, NOT_THERE),
        ("file/new", False, NO_FOLDER),
        ("file/new", True, NO_FOLDER),
        ("file/a/new", True, NO_FOLDER),
        ("link/new", True, NOT_THERE),
    ],
)
def test_a_file_needs_a_folder_or_gets_the_missing_ones(here: Path, path: str, parents: bool, why: str | None) -> None:
    _file(Path("file"))
    Path("link").symlink_to("nowhere")
    if why is None:
        write_file(Path(path), "a\nb\n", force=False, parents=parents)
        assert Path(path).read_bytes() == b"a\nb\n"
    else:
        told = f"{Path(path)}: cannot be written: {why}; mend that, or name another"
        check = partial(refuse_existing, Path(path), force=True, parents=parents)
        assert refusal(check, FailingEnvironment) == told
        write = partial(write_file, Path(path), "", force=True, parents=parents)
        assert refusal(write, FailingEnvironment) == told
        assert held() == ["file", "link"]


@pytest.mark.parametrize("parents", [False, True])
def test_a_folder_that_may_not_be_written_is_found_before_anything_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, parents: bool
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != Path() or not mode & (os.W_OK | os.X_OK))
    told = f"new: cannot be written: {os.strerror(errno.EACCES)}; mend that, or name another"
    assert refusal(lambda: refuse_existing(Path("new"), force=False, parents=parents), FailingEnvironment) == told


# ---------------------------------------------------------------- all or nothing


def test_a_file_that_is_not_finished_leaves_what_was_there(here: Path) -> None:
    _file(Path("out"))

    def write() -> None:
        with whole_file(Path("out"), force=True) as aside:
            assert re.fullmatch(r"\.out\.[0-9a-f]{8}\.tmp", aside.name)
            assert aside.parent == Path()
            aside.write_text("half")
            raise OSError(errno.ENOSPC, "No space left")

    assert refusal(write, FailingEnvironment) == "out: cannot be written: No space left; mend that, or name another"
    assert (held(), Path("out").read_text()) == (["out"], "precious")


NAMES = frozenset({"a.csv", "b.csv", "c.csv"})


def _in_out(*names: str) -> Callable[[], None]:
    def make() -> None:
        Path("out").mkdir()
        for name in names:
            _file(Path("out", name))

    return make


def _folder_named_as_a_file() -> None:
    Path("out", "b.csv").mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "force", "message"),
    [
        (lambda: _file(Path("out")), True, "out: a file; name a folder"),
        (_in_out("z.txt", "a.csv", "y.txt"), True, "out: holds other files, such as y.txt; name a folder of its own"),
        (_in_out("a.csv"), False, "out: exists already; --force replaces it"),
        (_folder_named_as_a_file, True, f"{Path('out', 'b.csv')}: a folder; name a file"),
        (_in_out(), False, None),
        (_in_out(".DS_Store"), False, None),
        (_in_out("a.csv", "b.csv", "c.csv", ".DS_Store"), True, None),
        (lambda: None, False, None),
    ],
    ids=["file", "others", "exists", "folder inside", "empty", "hidden", "force", "new"],
)
def test_a_folder_is_filled_if_nothing_else_is_in_it(
    here: Path, make: Callable[[], None], force: bool, message: str | None
) -> None:
    make()
    before = held()

    def fill() -> None:
        with whole_folder(Path("out"), NAMES, force=force) as aside:
            for name in sorted(NAMES):
                (aside / name).write_text(name)
            assert not any(each.exists() and each.read_text() == each.name for each in map(Path("out").joinpath, NAMES))

    if message is None:
        refuse_full(Path("out"), NAMES, force=force)
        fill()
        texts = {each.name: each.read_text() for each in Path("out").iterdir() if each.name != ".DS_Store"}
        assert texts == {name: name for name in NAMES}
    else:
        assert refusal(lambda: refuse_full(Path("out"), NAMES, force=force)) == message
        assert refusal(fill) == message
        assert held() == before


@pytest.mark.parametrize("make", [lambda: None, _in_out(), _in_out("a.csv")], ids=["new", "empty", "full"])
def test_a_folder_that_is_not_finished_is_as_it_was(here: Path, make: Callable[[], None]) -> None:
    make()
    before = held()

    def fill() -> None:
        with whole_folder(Path("out"), NAMES, force=True) as aside:
            assert re.fullmatch(r"\.[0-9a-f]{8}\.tmp", aside.name)
            (aside / "a.csv").write_text("half")
            raise OSError(errno.ENOSPC, "No space left")

    assert refusal(fill, FailingEnvironment) == "out: cannot be written: No space left; mend that, or name another"
    assert held() == before
    assert all(each.read_text() == "precious" for each in Path().rglob("*.csv"))


def test_what_is_told_is_why_a_file_was_not_finished_and_not_what_came_of_it(here: Path) -> None:
    def write() -> None:
        with whole_file(Path("out"), force=True) as aside:
            aside.mkdir()
            raise OSError(errno.ENOSPC, "No space left")

    assert refusal(write, FailingEnvironment) == "out: cannot be written: No space left; mend that, or name another"


def test_what_is_told_is_why_a_folder_was_not_finished_and_not_what_came_of_it(here: Path) -> None:
    def fill() -> None:
        with whole_folder(Path("out"), NAMES, force=True) as aside:
            aside.rmdir()
            raise OSError(errno.ENOSPC, "No space left")

    assert refusal(fill, FailingEnvironment) == "out: cannot be written: No space left; mend that, or name another"
    assert held() == []


@pytest.mark.parametrize(("path", "why"), [("a/out", NOT_THERE), ("file/out", NO_FOLDER)])
def test_a_folder_needs_the_one_that_it_will_be_in(here: Path, path: str, why: str) -> None:
    _file(Path("file"))
    told = f"{Path(path)}: cannot be written: {why}; mend that, or name another"
    assert refusal(lambda: refuse_full(Path(path), NAMES, force=True), FailingEnvironment) == told
