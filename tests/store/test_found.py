"""The packs that nobody names: in the folder for data, and of installed packages."""

import os
from pathlib import Path

import pytest
from made_packs import write_pack

from tajsec.errors import UsageError
from tajsec.store import found
from tajsec.store.cache import KEPT
from tajsec.store.folder import packs_folder
from tajsec.store.found import MAX_FOUND, found_packs


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/me"}, "/home/me/.local/share/tajsec/packs"),
        ("linux", {"HOME": "/home/me", "XDG_DATA_HOME": "/data"}, "/data/tajsec/packs"),
        ("linux", {"HOME": "/home/me", "XDG_DATA_HOME": "data"}, "/home/me/.local/share/tajsec/packs"),
        ("linux", {"XDG_DATA_HOME": "data"}, None),
        ("linux", {"HOME": "/home/\udcff"}, None),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Application Support/tajsec/packs"),
        ("win32", {"LOCALAPPDATA": "C:\\Users\\me"}, f"C:\\Users\\me{os.sep}tajsec{os.sep}packs"),
        ("win32", {}, None),
    ],
)
def test_the_folder_of_packs_is_that_of_the_platform(
    platform: str, environ: dict[str, str], folder: str | None
) -> None:
    assert packs_folder(environ, platform) == folder


def test_each_folder_in_the_folder_of_packs_is_one(tmp_path: Path) -> None:
    packs, elsewhere = tmp_path / "packs", write_pack(tmp_path / "elsewhere")
    write_pack(packs / "b")
    (packs / "a").mkdir()  # without a pack.toml, which is reported where it is read
    write_pack(packs / ".hidden")
    (packs / "linked").symlink_to(elsewhere)
    (packs / "lost").symlink_to(tmp_path / "nowhere")
    (packs / "notes.txt").write_text("no folder", encoding="utf-8")
    assert found_packs(str(packs), ()) == [str(packs / name) for name in ("a", "b", "linked", "lost")]


def test_there_need_be_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (
        None,
        str(tmp_path / "nowhere"),
        str(tmp_path / "file"),
        str(tmp_path / "file" / "in"),
        f"/{'x' * 300}",
    ):
        assert found_packs(folder, (str(tmp_path / "nowhere"), "")) == []


def test_ten_thousand_packs_are_too_many(tmp_path: Path) -> None:
    for number in range(MAX_FOUND):
        (tmp_path / f"pack-{number}").mkdir()
    assert len(found_packs(str(tmp_path), ())) == MAX_FOUND
    for number in range(MAX_FOUND, 10_000):
        (tmp_path / f"pack-{number}").mkdir()
    with pytest.raises(
        UsageError, match=r": over 100 packs; take some out, or leave all packs out with --facts tajsec$"
    ):
        found_packs(str(tmp_path), ())


def install(folder: Path, entry_points: str, name: str = "desk") -> None:
    path = folder / f"{name}-1.0.dist-info"
    path.mkdir(parents=True)
    (path / "entry_points.txt").write_text(entry_points, encoding="utf-8")


@pytest.mark.parametrize(
    ("entry_points", "packages"),
    [
        ("[tajsec.packs]\ndesk = desk_facts\n", ["desk_facts"]),
        ("[console_scripts]\nx = desk:main\n\n[tajsec.packs]\na = desk.a\nb = desk.b : NAME\n", ["desk/a", "desk/b"]),
        ("[ tajsec.packs ]\n a=desk_facts\n[other]\nb = other_facts\n", ["desk_facts"]),
        ("[console_scripts]\ntajsec.packs = desk:main\n", []),
        ("[tajsec.packs]\na = ../../etc\nb = /etc\nc = desk-facts\nd =\ne\n[\n=\n", []),
        ("\x00\xff[tajsec.packs", []),
    ],
)
def test_installed_packs_are_the_packages_that_entry_points_name(
    tmp_path: Path, entry_points: str, packages: list[str]
) -> None:
    install(tmp_path, entry_points)
    for package in packages:
        write_pack(tmp_path / package)
    assert found_packs(None, [str(tmp_path)]) == [str(tmp_path / package) for package in packages]


def test_an_installed_pack_may_be_in_another_folder_of_the_path_and_is_not_imported(tmp_path: Path) -> None:
    site, editable = tmp_path / "site", tmp_path / "editable"
    install(site, "[tajsec.packs]\ndesk = desk_facts\nlost = lost_facts\nmain = __main__\n")
    write_pack(editable / "desk_facts")
    (editable / "desk_facts" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    assert found_packs(None, [str(site), str(editable)]) == [
        str(editable / "desk_facts"), str(site / "lost_facts"), str(site / "__main__"),
    ]  # fmt: skip


def test_notes_on_installed_packages_do_not_pile_up(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    for second in range(3 * KEPT):
        os.utime(site, ns=(10**18, 10**18 + second))
        assert found_packs(None, [str(site)], str(cache)) == []
    assert len(list(cache.glob("*.link"))) <= 2 * KEPT


def test_that_no_package_has_a_pack_is_noted_until_one_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, cache = tmp_path / "site", str(tmp_path / "cache")
    install(site, "[console_scripts]\nx = other:main\n", "other")
    os.utime(site, ns=(10**18, 10**18))
    assert found_packs(None, [str(site)], cache) == []
    read = found._packages
    monkeypatch.setattr(found, "_packages", lambda folder: pytest.fail("looked once more"))
    assert found_packs(None, [str(site)], cache) == []
    monkeypatch.setattr(found, "_packages", read)
    install(site, "[tajsec.packs]\ndesk = desk_facts\n")
    os.utime(site, ns=(10**18 + 1, 10**18 + 1))
    write_pack(site / "desk_facts")
    assert found_packs(None, [str(site)], cache) == [str(site / "desk_facts")]
