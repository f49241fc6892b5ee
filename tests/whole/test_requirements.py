"""What development and CI install is locked: every package with its hashes, for the versions that are declared."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]


def declared(names: list[str]) -> dict[str, list[SpecifierSet]]:
    """The versions that lists of pyproject.toml allow, by name; an extra of tajsec itself stands for its list."""
    found = dict[str, list[SpecifierSet]]()
    for each in map(Requirement, names):
        if each.name == "tajsec":
            found.update(declared([name for extra in each.extras for name in EXTRAS[extra]]))
        else:
            found.setdefault(canonicalize_name(each.name), []).append(each.specifier)
    return found


DECLARED = declared([*PROJECT["project"]["dependencies"], *EXTRAS["dev"]])
LOCKS = {"dev": DECLARED, "lowest": DECLARED, **{name: declared(group) for name, group in GROUPS.items()}}


def locked(path: Path) -> dict[str, list[tuple[Version, int]]]:
    """The versions of each package in a lock, each with the number of its hashes; some are for one system alone."""
    found = dict[str, list[tuple[Version, int]]]()
    for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        if pin := re.match(r"([\w.-]+)==([\w.!+]+)", block):
            found.setdefault(canonicalize_name(pin[1]), []).append((Version(pin[2]), block.count("--hash=sha256:")))
    return found


def test_each_lock_is_of_something() -> None:
    assert {path.name for path in (ROOT / "requirements").iterdir()} == {f"{name}.lock" for name in LOCKS}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_every_declared_package_in_a_version_that_is_allowed_with_hashes(name: str) -> None:
    """Write the locks anew with `.ci/lock` if this fails."""
    path = ROOT / "requirements" / f"{name}.lock"
    pins = locked(path)
    assert LOCKS[name].keys() - pins.keys() == set()
    wrong = {
        name: [str(version) for version, _ in pins[name]]
        for name, allowed in LOCKS[name].items()
        if not all(any(version in each for each in allowed) for version, _ in pins[name])
    }
    assert wrong == {}
    assert [name for name, versions in pins.items() if not all(hashes for _, hashes in versions)] == []
    assert "://" not in path.read_text(encoding="utf-8")


def test_the_lowest_lock_has_the_versions_that_are_declared_as_the_least() -> None:
    pins = locked(ROOT / "requirements" / "lowest.lock")
    higher = {}
    for name, allowed in DECLARED.items():
        least = max(Version(each.version) for wanted in allowed for each in wanted if each.operator == ">=")
        if min(version for version, _ in pins[name]).release[: len(least.release)] != least.release:
            higher[name] = str(least)
    assert higher == {}


def test_what_builds_the_wheel_is_locked_too() -> None:
    pins = locked(ROOT / "requirements" / "dev.lock")
    for name, (wanted,) in declared(PROJECT["build-system"]["requires"]).items():
        assert all(version in wanted for version, _ in pins[name])


def test_ci_installs_what_is_locked_and_no_other_hash() -> None:
    steps = "".join((ROOT / path).read_text(encoding="utf-8") for path in (".ci/run", ".github/workflows/ci.yml"))
    assert LOCKS.keys() == set(re.findall(r"install .*--require-hashes -r requirements/(\w+)\.lock", steps))
