"""The documents of the project: what they show is what the tool does."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec import __version__
from tajsec.check.codes import CODES
from tajsec.cli.app import COMMANDS
from tajsec.cli.terminal import Environment, Reply
from tajsec.data.read import MAX_FILES, MAX_QUOTE_WORDS
from tajsec.data.table import MAX_ITEMS
from tajsec.data.toml import MAX_KEY_PARTS, MAX_NESTING, MAX_TABLES
from tajsec.generate.pages import DAY, RENEW, answered
from tajsec.search.scoring import NEAREST

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^(?:\$ )?tajsec ([^|#\n]*)", README, re.MULTILINE)


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_that_the_readme_shows_finds_something(run: Callable[..., Reply], line: str) -> None:
    assert run(*shlex.split(line)).status == 0


def test_what_the_readme_prints_is_what_the_tool_answers(cache: Path) -> None:
    assert len(re.findall(r"^\$ tajsec ", README, re.MULTILINE)) == 2
    environment = Environment(interactive=True, cache=str(cache), today=DAY)
    assert answered(README, environment, {}) == README, f"{RENEW} README.md writes it anew"


def test_the_readme_says_what_the_store_holds_and_up_to_when(run: Callable[..., Reply]) -> None:
    (holdings,) = re.findall(r"^It holds (.*?)\. Python", README, re.MULTILINE)
    assert f"\n\nShipped: {holdings}.\n" in run().text


def test_the_readme_is_short_and_its_command_is_the_first_with_its_words() -> None:
    lines = README.splitlines()
    assert len(lines) <= 74
    assert next(line for line in lines if "tajsec search radios" in line).startswith("python3 -m venv")
    assert next(line for line in lines if "pytest" in line).startswith("python3 -m venv")


def test_the_readme_shows_its_two_set_up_commands_and_most_of_the_tool() -> None:
    assert len(re.findall(r"^python3 -m venv \.venv && ", README, re.MULTILINE)) == 2
    assert len(SHOWN) > 5


def test_every_code_of_verify_is_in_the_documents_with_what_it_means() -> None:
    text = (ROOT / "docs" / "receipts.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (V\d{3}) \| (.*) \|$", text, re.MULTILINE)) == CODES


def test_every_command_that_the_documents_name_exists() -> None:
    text = README + "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    named = set(re.findall(r"`tajsec ([a-z]+)", text)) | {line.split()[0] for line in SHOWN}
    assert named
    assert named <= set(COMMANDS)


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert all((ROOT / link).is_file() for link in links)


def test_the_limits_in_the_documents_are_those_of_the_code() -> None:
    text = " ".join((ROOT / "docs" / "data.md").read_text(encoding="utf-8").split())
    for limit in (
        f"nesting {MAX_NESTING}", f"{MAX_KEY_PARTS} parts", f"{MAX_TABLES:,} tables", f"{MAX_ITEMS} items",
        f"{MAX_FILES:,} files", f"{MAX_QUOTE_WORDS} words at most",
    ):  # fmt: skip
        assert limit in text


def test_the_changelog_has_a_heading_for_the_version() -> None:
    assert f"## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_number_of_nearest_facts_is_the_one_of_the_code() -> None:
    text = " ".join((ROOT / "docs" / "search.md").read_text(encoding="utf-8").split())
    assert NEAREST == 3
    assert "Where fewer than three answer, up to three that answer a part" in " ".join(text.split())
