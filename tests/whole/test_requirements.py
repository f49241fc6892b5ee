"""What development and CI install is locked: every package with its hashes, for the versions that are declared."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def declared(names: list[str]) -> dict[str, Requirement]:
    """The requirements of lists of pyproject.toml by name; an extra of tajsec itself stands for its list."""
    found = {}
    for each in map(Requirement, names):
        if each.name == "tajsec":
            found.update(declared([name for extra in each.extras for name in EXTRAS[extra]]))
        else:
            found[canonicalize_name(each.name)] = each
    return found


DECLARED = declared([*PROJECT["project"]["dependencies"], *EXTRAS["dev"]])
NEEDED = dict.fromkeys(LOCKS, DECLARED) | {
    ROOT / "requirements" / "fuzz.lock": declared([*PROJECT["project"]["dependencies"], "atheris"])
}


def locked(path: Path) -> dict[str, list[tuple[Version, int]]]:
    """The versions of each package in a lock, each with the number of its hashes; some are for one system alone."""
    found = dict[str, list[tuple[Version, int]]]()
    for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        if pin := re.match(r"([\w.-]+)==([\w.!+]+)", block):
            found.setdefault(canonicalize_name(pin[1]), []).append((Version(pin[2]), block.count("--hash=sha256:")))
    return found


def test_there_is_a_lock_of_the_newest_and_one_of_the_lowest_versions_and_one_to_fuzz() -> None:
    assert [path.name for path in LOCKS] == ["dev.lock", "fuzz.lock", "lowest.lock"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_every_declared_package_in_a_version_that_is_allowed_with_hashes(path: Path) -> None:
    """Write the locks anew with `.ci/lock` if this fails."""
    pins, needed = locked(path), NEEDED[path]
    assert needed.keys() - pins.keys() == set()
    wrong = {
        name: [str(version) for version, _ in pins[name]]
        for name, wanted in needed.items()
        if not all(version in wanted.specifier for version, _ in pins[name])
    }
    assert wrong == {}
    assert [name for name, versions in pins.items() if not all(hashes for _, hashes in versions)] == []
    assert "://" not in path.read_text(encoding="utf-8")


def test_the_fuzzer_is_locked_for_each_python_in_a_version_that_is_allowed() -> None:
    pins = {version for version, _ in locked(ROOT / "requirements" / "fuzz.lock")["atheris"]}
    wanted = list(map(Requirement, EXTRAS["fuzz"]))
    assert {each.name for each in wanted} == {"atheris"}
    assert (
        [sum(version in each.specifier for version in pins) for each in wanted] == [1] * len(wanted) == [1] * len(pins)
    )


def test_the_lowest_lock_has_the_versions_that_are_declared_as_the_least() -> None:
    pins = locked(ROOT / "requirements" / "lowest.lock")
    higher = {}
    for name, wanted in DECLARED.items():
        (least,) = (Version(each.version) for each in wanted.specifier if each.operator == ">=")
        if min(version for version, _ in pins[name]).release[: len(least.release)] != least.release:
            higher[name] = str(least)
    assert higher == {}


def test_what_builds_the_wheel_is_locked_too() -> None:
    pins = locked(ROOT / "requirements" / "dev.lock")
    for name, wanted in declared(PROJECT["build-system"]["requires"]).items():
        assert all(version in wanted.specifier for version, _ in pins[name])


def test_ci_installs_what_is_locked_and_no_other_hash() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert {"dev", "fuzz", "lowest"} == set(re.findall(r"--require-hashes -r requirements/(\w+)\.lock", run))
