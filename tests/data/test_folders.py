"""The data folders of a store: what each named path is, in which order they are read, and what is refused."""

import errno
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import write_pack

import tajsec
from tajsec import __version__
from tajsec.data import folders as folders_module
from tajsec.data.folders import MAX_WHEEL, Folders, archived_folders, folders_of, shipped_folders
from tajsec.errors import DataError, FailingEnvironment, UsageError

OWN = 'facts = "own"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with packs and stores of every kind, in which the test runs."""
    write_pack(tmp_path / "added", "desk")
    write_pack(tmp_path / "own", "own-desk", more=OWN)
    (write_pack(tmp_path / "store") / "pack.toml").unlink()
    (tmp_path / "loose" / "deep").mkdir(parents=True)
    (tmp_path / "loose" / "deep" / "a.toml").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.toml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def labels(folders: Folders) -> list[str]:
    return [label for _, label in folders.in_order]


SHIPPED = ["facts/vocabulary", "seeds", "facts", "facts/reviews"]


def of(folder: str) -> list[str]:
    return [f"{folder}/facts/vocabulary", f"{folder}/seeds", f"{folder}/facts", f"{folder}/facts/reviews"]


def test_the_shipped_data_are_read_where_nothing_is_named() -> None:
    (only,) = folders_of([])
    assert only == shipped_folders()
    assert labels(only) == SHIPPED
    assert only.trusted
    assert (only.facts / "vocabulary" / "actors.toml").is_file()
    assert (only.seeds / "rferl-2012.toml").is_file()


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (["tajsec/facts", "facts"], "tajsec"),
        (["facts", "tajsec/data/facts"], "."),
        (["tajsec/seeds", "seeds"], None),
    ],
    ids=["installed", "in a checkout", "in an archive"],
)
def test_the_shipped_data_are_in_the_package_or_beside_it(
    tmp_path: Path, held: list[str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in held:
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(folders_module, "__file__", str(tmp_path / "tajsec/data/folders.py"))
    place = tmp_path / found if found else Path(tajsec.__file__).parent  # where the package itself is imported from
    assert shipped_folders() == Folders(place / "facts", place / "seeds", trusted=True)


@pytest.mark.parametrize(
    ("named", "sets"),
    [
        (["tajsec"], [SHIPPED]),
        (["added"], [SHIPPED, of("added")]),
        (["own"], [SHIPPED[:1], of("own")]),
        (["store"], [of("store")]),
        (["loose"], [SHIPPED, ["loose/vocabulary", "loose/seeds", "loose", "loose/reviews"]]),
        (["added", "own"], [SHIPPED, of("added"), of("own")]),
        (["own", "tajsec"], [SHIPPED, of("own")]),
        (["own", "loose"], [SHIPPED, of("own"), ["loose/vocabulary", "loose/seeds", "loose", "loose/reviews"]]),
        (["added", "store"], [of("added"), of("store")]),
        (["added", "../HERE/added", "link"], [SHIPPED, of("added")]),
        (["link", "added"], [SHIPPED, of("link")]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value[0], str) else "",
)
def test_each_named_folder_is_read_once_in_its_order(here: Path, named: list[str], sets: list[list[str]]) -> None:
    (here / "link").symlink_to("added")
    found = folders_of([Path(each.replace("HERE", here.name)) for each in named])
    assert [labels(each) for each in found] == sets
    assert [each.trusted for each in found] == [each[0] == SHIPPED[0] for each in sets]
    for folders in found:
        assert folders.trusted or [folder for folder, _ in folders.in_order] == list(map(Path, labels(folders)))


def test_the_facts_of_the_package_are_not_read_twice(here: Path) -> None:
    facts = shipped_folders().facts
    assert isinstance(facts, Path)
    assert [labels(each) for each in folders_of([facts, Path("added")])] == [SHIPPED, of("added")]


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("nowhere", "nowhere: no such folder, and no pack with this id (tajsec packs); name one that holds fact files"),
        ("a/nowhere", "a/nowhere: no such folder; name one that holds fact files"),
        ("file.toml", "file.toml: no such folder, and no pack with this id (tajsec packs); name one that holds fact files"),
        ("empty", "empty: holds no .toml file; put fact files there"),
    ],
)  # fmt: skip
def test_a_path_that_is_no_set_of_data_is_refused(here: Path, named: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        folders_of([Path(named)])
    assert str(caught.value) == message.replace(named, str(Path(named)), 1)


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = PermissionError(errno.EACCES, "Permission denied")
    real = os.scandir

    def scandir(path: str | Path = ".") -> object:
        if Path(path) == Path("empty"):
            raise refusal
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(FailingEnvironment) as caught:
        folders_of([Path("empty")])
    assert str(caught.value) == "empty: cannot be read: Permission denied; mend its permissions"


# ---------------------------------------------------------------- packs that nobody named


def ids(sets: list[Folders]) -> list[str]:
    return [each.pack.id if each.pack else "shipped" if each.trusted else "store" for each in sets]


@pytest.mark.parametrize(
    ("named", "add_found", "expected"),
    [
        ([], True, ["shipped", "a-desk", "b-desk", "c-desk"]),
        ([], False, ["shipped"]),
        (["tajsec"], True, ["shipped"]),
        (["added"], True, ["shipped", "a-desk", "b-desk", "c-desk", "desk"]),
        (["added"], False, ["shipped", "desk"]),
        (["own"], True, ["shipped", "own-desk"]),
        (["own", "tajsec"], True, ["shipped", "own-desk"]),
        (["own", "added"], True, ["shipped", "a-desk", "b-desk", "c-desk", "own-desk", "desk"]),
        (["needing"], False, ["shipped", "a-desk", "c-desk", "needing-desk"]),
        (["named"], True, ["shipped", "a-desk", "c-desk", "b-desk"]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else str(value),
)
def test_found_packs_are_added_by_their_ids_beside_the_shipped_facts_or_where_they_are_needed(
    here: Path, named: list[str], add_found: bool, expected: list[str]
) -> None:
    found = (
        write_pack(here / "found" / "1", "c-desk", more='needs = ["a-desk"]\n'),
        write_pack(here / "found" / "2", "b-desk"),
        write_pack(here / "found" / "3", "a-desk", more='needs = ["c-desk", "tajsec"]\n'),
    )
    write_pack(here / "needing", "needing-desk", more='needs = ["c-desk"]\n')
    write_pack(here / "named", "b-desk", "2.0.0")
    (here / "again").symlink_to(here / "found" / "1")
    sets = folders_of(list(map(Path, named)), (*found, here / "again"), add_found=add_found)
    assert ids(sets) == expected
    assert [each.names_only for each in sets] == [named == ["own"], *[False] * (len(sets) - 1)]


def told(call: Callable[[], object]) -> list[str]:
    with pytest.raises(DataError) as caught:
        call()
    return [f"{each} [{each.code}]" for each in caught.value.problems]


def test_every_mistake_of_found_packs_is_told_unless_nobody_needs_them(here: Path) -> None:
    found = [write_pack(here / "found" / name, f"{name} {name}") for name in ("one", "two")]
    assert told(lambda: folders_of([], found)) == [
        f"{here}/found/{name}/pack.toml:1: id: '{name} {name}' is not an id: lower-case letters and digits joined by"
        " - . or _, at most 64 [T207]"
        for name in ("one", "two")
    ]
    assert ids(folders_of([Path("own")], found)) == ["shipped", "own-desk"]
    assert ids(folders_of([Path("added")], found, add_found=False)) == ["shipped", "desk"]


def test_a_whole_store_stands_alone(here: Path) -> None:
    write_pack(here / "needing", "needing-desk", more='needs = ["desk"]\n')
    assert ids(folders_of([Path("store")], [here / "added"])) == ["store"]
    assert told(lambda: folders_of([Path("needing"), Path("store")], [here / "added"])) == [
        "needing/pack.toml:6: needs: desk is not there; add it with --facts DIR, or install desk [T306]"
    ]


def test_equal_ids_and_needs_that_are_not_met_are_told_together(here: Path) -> None:
    write_pack(here / "same", "desk", more='needs = ["other>=2", "tajsec>=99,<100", "own-desk<1"]\n')
    assert told(lambda: folders_of([Path("added"), Path("same"), Path("own")])) == [
        "same/pack.toml:1: id: 'desk' is the id of added/pack.toml too; leave one of them out [T305]",
        "same/pack.toml:6: needs: other>=2 is not there; add it with --facts DIR, or install other [T306]",
        "same/pack.toml:6: needs: own-desk<1 is needed, and there is 1.0.0; add it with --facts DIR, or install own-desk [T306]",
        f"same/pack.toml:6: needs: tajsec>=99,<100 is needed, and there is {__version__}; install it: pip install 'tajsec>=99,<100' [T306]",
    ]


# ---------------------------------------------------------------- wheels


def wheel(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return path


def test_the_data_of_a_wheel_are_in_its_package(here: Path) -> None:
    path = wheel(Path("a.whl"), "tajsec/facts/vocabulary/b.toml", "tajsec/facts/c.toml", "tajsec/seeds/d.toml")
    found = archived_folders(path)
    assert labels(found) == of("a.whl")
    assert [sorted(each.name for each in folder.iterdir() if each.is_file()) for folder, _ in found.in_order[:3]] == [
        ["b.toml"],
        ["d.toml"],
        ["c.toml"],
    ]
    assert not found.trusted


NO_WHEEL = "neither a folder nor a wheel; name a folder of facts or a wheel of tajsec"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _of_size(size: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as stream:
            stream.truncate(size)

    return make


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, NO_WHEEL),
        (lambda path: path.write_bytes(b"PK"), NO_WHEEL),
        (_pipe, NO_WHEEL),
        (_of_size(MAX_WHEEL), NO_WHEEL),
        (_of_size(MAX_WHEEL + 1), "over 64 MiB, which no wheel of the tool has; name one"),
        (lambda path: wheel(path, "tajsec/seeds/d.toml", "facts/c.toml"), "holds no facts; name a wheel of tajsec"),
    ],
    ids=["absent", "no archive", "pipe", "at the limit", "too large", "another wheel"],
)
def test_what_is_no_wheel_of_the_tool_is_refused(here: Path, make: Callable[[Path], None], message: str) -> None:
    path = Path("a.whl")
    make(path)
    with pytest.raises(UsageError) as caught:
        archived_folders(path)
    assert str(caught.value) == f"a.whl: {message}"
