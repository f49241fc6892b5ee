"""The cache of compiled stores: a hint. Whatever is wrong with it, the answer is the same."""

import contextlib
import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.store.cache import FORMAT, KEPT, RACY, keep, own_folder
from tajsec.store.compile import compile_store
from tajsec.store.folder import cache_folder
from tajsec.store.open import open_store


def ids(small: Path, cache: Path | None) -> list[str]:
    return [fact.id for fact in open_store([small], cache=str(cache) if cache else None).facts()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for the cache that is not there yet."""
    return tmp_path / "home" / "cache"


def test_what_was_compiled_is_kept_and_used_again(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(small, folder) == ["seven-radios"]
    assert sorted(path.suffix for path in folder.iterdir()) == [".link", ".stamp", ".store"]
    monkeypatch.setattr("tajsec.store.compile.compile_store", lambda *_: pytest.fail("compiled again"))
    assert ids(small, folder) == ["seven-radios"]


def test_a_changed_file_is_seen_at_once(small: Path, folder: Path) -> None:
    ids(small, folder)
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("seven-radios", "nine-radios"))
    assert ids(small, folder) == ["nine-radios"]


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda data: b"",
    lambda data: data[:100],
    lambda data: data[:-1],
    lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    lambda data: data.replace(b"seven-radios", b"eight-radios"),
    lambda data: b"SQLite format 3\x00" + data,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_never_believed(small: Path, folder: Path, damage: Callable[[bytes], bytes]) -> None:
    ids(small, folder)
    (path,) = folder.glob("*.store")
    path.write_bytes(damage(path.read_bytes()))
    assert ids(small, folder) == ["seven-radios"]
    assert ids(small, folder) == ["seven-radios"]


def test_a_cache_that_cannot_be_written_only_costs_time(small: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    assert ids(small, blocked) == ids(small, blocked / "deeper") == ids(small, None) == ["seven-radios"]


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX owners and permissions")


@posix
def test_folder_and_files_are_for_their_owner_alone(small: Path, folder: Path) -> None:
    ids(small, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_may_write_is_left_alone(small: Path, folder: Path, mode: int) -> None:
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert ids(small, folder) == ["seven-radios"]
    assert list(folder.iterdir()) == []
    (folder / "other.store").write_text("somebody's")
    cleared = run_cli(["cache", "--clear"], Environment(cache=str(folder)), {})
    assert cleared.status == 1
    assert cleared.stderr == f"tajsec: {folder} is left alone: it is not yours, or others may write it\n"
    assert (folder / "other.store").exists()


@posix
def test_a_folder_of_somebody_else_is_left_alone(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids(small, folder)
    before = sorted(folder.iterdir())
    monkeypatch.setattr("os.getuid", lambda: 12345)
    (small / "facts" / "more.toml").write_text("")
    assert own_folder(str(folder)) is None
    assert ids(small, folder) == ["seven-radios"]
    assert sorted(folder.iterdir()) == before


@posix
def test_a_link_to_a_folder_is_left_alone(small: Path, folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir(mode=0o700)
    folder.parent.mkdir()
    folder.symlink_to(real)
    assert ids(small, folder) == ["seven-radios"]
    assert list(real.iterdir()) == []


def compiled_again(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Open a store; return whether it was compiled."""
    seen = []

    def watched(*args: Any, **options: Any) -> None:
        seen.append(args)
        compile_store(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr("tajsec.store.compile.compile_store", watched)
        assert ids(small, folder) == ["seven-radios"]
    return bool(seen)


@posix
@pytest.mark.parametrize("suffix", [".store", ".stamp"])
def test_a_file_that_others_may_write_is_not_trusted(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    assert compiled_again(small, folder, monkeypatch)
    assert not compiled_again(small, folder, monkeypatch)
    (path,) = folder.glob(f"*{suffix}")
    path.chmod(0o622)
    assert compiled_again(small, folder, monkeypatch)
    assert not compiled_again(small, folder, monkeypatch)


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE VIEW v AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON fact BEGIN SELECT 1; END",
        "CREATE TABLE another (a)",
        "DROP TABLE part; CREATE TABLE part (kind, id, more AS (hex(zeroblob(9))))",
        "DROP INDEX name_term; CREATE INDEX name_term ON name (hex(id))",
        "DROP TABLE meta; CREATE VIEW meta AS SELECT 'format' AS key, '13' AS value",
    ],
)
def test_a_store_with_anything_but_its_tables_is_not_opened(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    ids(small, folder)
    (path,) = folder.glob("*.store")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(planted)
    found, digest = path.stat(), hashlib.blake2b(path.read_bytes()).hexdigest()
    measured = f"{found.st_size}/{found.st_mtime_ns}/{found.st_ino}"
    path.with_suffix(".stamp").write_text(f"{measured} {digest}")
    assert compiled_again(small, folder, monkeypatch)
    assert not compiled_again(small, folder, monkeypatch)


@pytest.mark.parametrize("suffix", [".store", ".stamp", ".link"])
def test_a_folder_in_the_place_of_a_file_only_costs_time(small: Path, folder: Path, suffix: str) -> None:
    ids(small, folder)
    (path,) = folder.glob(f"*{suffix}")
    path.unlink()
    path.mkdir()
    (path / "something").write_text("in it")
    assert ids(small, folder) == ids(small, folder) == ["seven-radios"]
    assert run_cli(["cache", "--clear"], Environment(cache=str(folder)), {}).status == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("suffix", [".store", ".stamp", ".link"])
def test_a_folder_in_the_place_of_a_file_heals(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    ids(small, folder)
    (path,) = folder.glob(f"*{suffix}")
    path.unlink()
    path.mkdir()
    (path / "something").write_text("in it")
    ids(small, folder)
    assert path.is_file()
    assert not compiled_again(small, folder, monkeypatch)


def pipe(path: Path, _target: Path) -> None:
    os.mkfifo(path)


def link(path: Path, target: Path) -> None:
    path.symlink_to(target)


def loop(path: Path, _target: Path) -> None:
    path.symlink_to(path)


def writable(path: Path, target: Path) -> None:
    path.write_bytes(target.read_bytes())
    path.chmod(0o666)


@posix
@pytest.mark.parametrize("suffix", [".store", ".stamp", ".link"])
@pytest.mark.parametrize("plant", [pipe, link, loop, writable])
def test_what_is_planted_for_a_file_is_not_read_and_is_replaced(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str, plant: Callable[..., None]
) -> None:
    ids(small, folder)
    (path,) = folder.glob(f"*{suffix}")
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    plant(path, elsewhere)
    before = elsewhere.read_bytes()
    ids(small, folder)
    assert path.is_file() and not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert elsewhere.read_bytes() == before
    assert not compiled_again(small, folder, monkeypatch)


@posix
def test_a_line_says_why_the_cache_is_left_alone(small: Path, folder: Path) -> None:
    def told() -> str:
        return run_cli(["list", "--facts", str(small), "--json"], Environment(cache=str(folder)), {}).stderr

    assert told() == told() == ""
    (path,) = folder.glob("*.store")
    path.chmod(0o666)
    assert told() == f"tajsec: {path} is not used, and made anew: others may write it\n"
    assert told() == ""
    folder.chmod(0o777)
    advice = "others may write it; remove it, or take the right away: chmod go-w"
    assert told() == f"tajsec: the cache {folder} is left alone: {advice}\n"


def test_what_killed_runs_left_is_cleaned_by_the_next_that_writes(small: Path, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    ended = int(done.stdout)
    folder.mkdir(parents=True, mode=0o700)
    left = [folder / f"a.store.{ended}.0011aabb.tmp", folder / f"b.stamp.{ended}.0011aabb.tmp", folder / "c.tmp"]
    left.append(folder / "d.stamp")  # of a store that was removed by hand
    mine = folder / f"a.store.{os.getpid()}.0011aabb.tmp"
    for path in (*left, mine):
        path.write_text("left")
    ids(small, folder)
    assert [path for path in left if path.exists()] == []
    assert mine.exists() == (sys.platform != "win32"), "another thread of this process may still write it"
    run_cli(["cache", "--clear"], Environment(cache=str(folder)), {})
    assert list(folder.iterdir()) == []


def test_many_first_runs_at_once_agree_and_leave_one_file(small: Path, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ids(small, folder), range(24)))
    assert answers == [["seven-radios"]] * 24
    assert sorted(path.suffix for path in folder.iterdir()) == [".link", ".stamp", ".store"]


def test_old_stores_make_room(folder: Path) -> None:
    def build(connection: sqlite3.Connection) -> None:
        with connection:
            connection.execute("CREATE TABLE meta AS SELECT 'format' AS key, ? AS value", (str(FORMAT),))

    own_folder(str(folder))
    for number in range(KEPT + 3):
        keep(str(folder), f"n{number}", build)[0].close()
    assert sorted(path.suffix for path in folder.iterdir()) == [".stamp"] * KEPT + [".store"] * KEPT


def test_a_cached_store_cannot_be_written(small: Path, folder: Path) -> None:
    ids(small, folder)
    store = open_store([small], cache=str(folder))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM fact")


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"HOME": "/home/a"}, "linux", "/home/a/.cache/tajsec"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/x"}, "linux", "/x/tajsec"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "relative"}, "linux", "/home/a/.cache/tajsec"),
        ({"HOME": "/Users/a"}, "darwin", "/Users/a/Library/Caches/tajsec"),
        ({"LOCALAPPDATA": "/c/local"}, "win32", "/c/local/tajsec"),
        ({"HOME": "relative"}, "linux", None),
        ({"HOME": "relative", "XDG_CACHE_HOME": "relative"}, "linux", None),
        ({"HOME": "relative", "XDG_CACHE_HOME": "/x"}, "linux", "/x/tajsec"),
        ({"HOME": "relative"}, "darwin", None),
        ({"LOCALAPPDATA": "relative"}, "win32", None),
        ({"HOME": "/home/\udcff"}, "linux", None),
        ({}, "linux", None),
        ({}, "darwin", None),
        ({}, "win32", None),
    ],
)
def test_the_folder_is_where_the_platform_wants_it(environ: dict[str, str], platform: str, folder: str | None) -> None:
    found = cache_folder(environ, platform)
    assert (found.replace(os.sep, "/") if found else None) == folder


def test_another_version_of_the_code_does_not_believe_the_cache(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(small, folder)
    monkeypatch.setattr("tajsec.store.open.FORMAT", 0)
    ids(small, folder)
    assert len(list(folder.glob("*.store"))) == 2


def test_a_file_that_was_touched_is_read_again_and_then_trusted(small: Path, folder: Path) -> None:
    ids(small, folder)
    (path,) = folder.glob("*.store")
    before = path.with_suffix(".stamp").read_bytes()
    os.utime(path, ns=(1, 1))
    assert ids(small, folder) == ["seven-radios"]
    after = path.with_suffix(".stamp").read_bytes()
    assert before != after
    assert before.split()[1] == after.split()[1]


def test_data_that_changed_a_moment_ago_are_read_whatever_their_times_say(small: Path, folder: Path) -> None:
    ids(small, folder)
    path = small / "facts" / "gear.toml"
    found = path.stat()
    path.write_text(path.read_text().replace("seven-radios", "eight-radio"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert ids(small, folder) == ["eight-radio"]


def test_data_that_rest_are_known_by_their_times_and_not_read(
    small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(small, folder)
    for link in folder.glob("*.link"):
        later = link.stat().st_mtime_ns + 10 * RACY
        os.utime(link, ns=(later, later))
    monkeypatch.setattr("tajsec.data.read.fingerprint", lambda *_: pytest.fail("read again"))
    assert ids(small, folder) == ["seven-radios"]


def test_the_cache_is_shown_and_cleared(small: Path, folder: Path) -> None:
    around = Environment(cache=str(folder))
    assert run_cli(["cache"], around, {}).status == 1
    run_cli(["list", "--facts", str(small)], around, {})
    shown = run_cli(["cache"], around, {}).text.splitlines()
    assert sorted(Path(line.split("\t")[0]).suffix for line in shown) == [".link", ".stamp", ".store"]
    cleared = run_cli(["cache", "--clear"], around, {})
    assert (cleared.status, cleared.stderr) == (0, "tajsec: 3 files taken away\n")
    assert list(folder.iterdir()) == []
    assert run_cli(["cache"], Environment(), {}).stderr == "tajsec: this system names no folder for a cache\n"


def test_whoever_waits_for_a_store_is_told_how_far_it_is(small: Path, folder: Path) -> None:
    told: list[int] = []
    open_store([small], cache=str(folder), progress=told.append)
    open_store([small], cache=str(folder), progress=told.append)
    assert told == [0, 1]


def test_pages_that_were_damaged_behind_an_unchanged_stamp_cost_only_time(
    run: Callable[..., Reply], small: Path, cache: Path
) -> None:
    args = ("list", "--facts", str(small), "--json")
    first = run(*args)
    path = max(cache.glob("*.store"), key=lambda each: each.stat().st_mtime_ns)
    found, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert run(*args) == first


def test_a_full_disk_only_costs_time(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def only_memory(place: str, **options: Any) -> sqlite3.Connection:
        if place != ":memory:":
            raise sqlite3.OperationalError("database or disk is full")
        return connect(place, **options)

    monkeypatch.setattr("tajsec.store.cache.sqlite3.connect", only_memory)
    assert ids(small, folder) == ["seven-radios"]
    assert not list(folder.glob("*.store"))
