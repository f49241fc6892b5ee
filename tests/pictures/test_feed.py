"""Changes between two stores as an Atom feed."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply

ATOM = {"": "http://www.w3.org/2005/Atom"}
RunJson = Callable[..., dict]


@pytest.fixture
def newer(write_small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A store that differs from `small` in one fact, whose new statement has markup in it."""
    path = write_small(tmp_path / "newer") / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("The United States gave", "<b>The U.S.</b> & others gave"))
    return tmp_path / "newer"


def feed(old: Path, new: Path, today: str = "2026-11-28") -> tuple[ElementTree.Element, Reply]:
    """The feed that the command prints, as an independent reader sees it, and the whole reply."""
    reply = run_cli(["changes", str(old), str(new), "--format", "atom"], Environment(today=today), {})
    return ElementTree.fromstring(reply.text), reply


def test_an_entry_for_each_change_has_what_atom_asks_for(small: Path, newer: Path, run_json: RunJson) -> None:
    root, reply = feed(small, newer)
    (change,) = run_json("changes", str(small), str(newer))["changes"]
    assert (reply.status, reply.machine, root.tag) == (0, True, f"{{{ATOM['']}}}feed")
    (entry,) = root.findall("entry", ATOM)
    assert entry.findtext("title", None, ATOM) == f"changed: {change['statement']}"
    assert "seven-radios; statement: " in entry.findtext("content", "", ATOM)
    assert entry.find("category", ATOM).get("term") == "changed"
    for each in (root, entry):
        assert each.findtext("updated", None, ATOM) == "2026-11-28T00:00:00Z"
        assert each.findtext("id", "", ATOM).startswith("urn:uuid:")
    assert root.findtext("author/name", None, ATOM) == "tajsec"


def test_a_change_has_the_same_id_every_day_and_no_other_has_it(small: Path, newer: Path) -> None:
    def ids(*given: object) -> list[str]:
        return [each.text for each in feed(*given)[0].findall("entry/id", ATOM)]

    assert ids(small, newer) == ids(small, newer, "2027-01-01") != ids(newer, small)


def test_a_feed_without_a_change_is_a_feed(small: Path) -> None:
    root, reply = feed(small, small)
    assert (root.findall("entry", ATOM), reply.status, reply.stderr) == ([], 1, "tajsec: no difference\n")


def test_a_feed_has_no_fields_to_choose(small: Path, newer: Path) -> None:
    args = ["changes", str(small), str(newer), "--format", "atom", "--fields", "id"]
    assert run_cli(args, Environment(), {}).stderr == (
        "tajsec: error: --fields and --format atom exclude each other; keep one\n"
    )
