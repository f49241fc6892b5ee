"""The docs site: what it shows is what the tool does, and every recipe runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tajsec.check.lint import codes
from tajsec.cli.app import COMMANDS, SECTIONS
from tajsec.cli.terminal import Environment
from tajsec.generate.pages import DAY, PARTS, RENEW, answered, filled
from tajsec.model.protocol import Store

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
SHOWN = [name for name, text in PAGES.items() if "```console" in text]
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGES["recipes.md"], re.MULTILINE | re.DOTALL))
PROGRAMS = ("datasette", "fzf", "jq")
MEANT = {
    "fzf": "id\tradios-delivered\n",
    "jq": "https://tj.usembassy.gov/",
    "Datasette": '"id": "radios-delivered"',
    "SQL": "radios-provided-rounded\tover\t4800\tradios",
    "Zotero": "4,862 short- and long-range radios",
    "A spreadsheet": "over 4800 radios",
    "Wikipedia": "{{cite news |",
    "Notes and mail": "<!DOCTYPE html>",
    "What changed since the last time": "radios-delivered\t",
}
"""What the result of a recipe holds."""


@pytest.fixture(autouse=True)
def compiled(cache: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Keep what is compiled where every test here finds it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return str(cache / "tajsec")


# ---------------------------------------------------------------- what pages show


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_page_shows_is_what_the_tool_answers(compiled: str, name: str) -> None:
    now = answered(PAGES[name], Environment(interactive=True, cache=compiled, today=DAY), {})
    assert now == PAGES[name], f"{RENEW} docs/{name} writes it anew"


def test_the_tutorial_leads_from_a_question_to_a_citation() -> None:
    typed = re.findall(r"^\$ tajsec (\w+)", PAGES["tutorial.md"], re.MULTILINE)
    assert set(typed) >= {"search", "show", "differences", "verify", "open", "cite"}
    assert SHOWN == ["index.md", "tutorial.md"]


def test_an_answer_that_changed_is_written_anew(compiled: str) -> None:
    page = "before\n```console\n$ tajsec search submarines\nold\n```\nafter\n"
    assert answered(page, Environment(cache=compiled), {}) == page.replace(
        "old", "tajsec: nothing found for 'submarines': nothing here on 'submarines'"
    )


# ---------------------------------------------------------------- what is made of the tool


def test_every_part_is_on_a_page_and_no_page_names_another() -> None:
    named = re.findall(r"^<!-- made of the tool: (\w+) -->$", "\n".join(PAGES.values()), re.MULTILINE)
    assert sorted(named) == sorted(PARTS)
    with pytest.raises(KeyError):
        filled("<!-- made of the tool: nothing -->")


def test_the_reference_has_every_command_with_options_defaults_and_examples() -> None:
    page = filled(PAGES["reference/commands.md"])
    assert re.findall(r"^### tajsec (\w+)$", page, re.MULTILINE) == [
        name for names in SECTIONS.values() for name in names
    ]
    assert "`--limit N`\n: Facts to show\\. (default: `10`)" in page
    assert page.count("**Examples**") == len(COMMANDS)
    assert "as `tajsec pick` does" in page


def test_the_reference_has_every_name_and_every_document(store: Store) -> None:
    names, sources = filled(PAGES["reference/names.md"]), filled(PAGES["reference/sources.md"])
    for kind in ("actor", "topic", "place"):
        assert all(f"`{term}`\n: " in names for term in store.vocabulary.of(kind))
    assert "Тоҷикистон" in names
    assert all(f"`{source.id}`" in sources for source in store.sources())


def test_the_reference_has_every_code_of_lint() -> None:
    asked = [code for code in codes() if code.startswith("T")]
    assert len(asked) > 25
    page = filled(PAGES["reference/rules.md"])
    assert re.findall(r"^`([A-Z]\d{3})`\n: \S", page, re.MULTILINE) == asked


# ---------------------------------------------------------------- the site


def _build(source: Path, site: Path) -> subprocess.CompletedProcess[str]:
    args = [sys.executable, *"-m sphinx -W --keep-going -q -c".split(), DOCS, "-d", site / "trees", source, site]
    return subprocess.run(args, capture_output=True, encoding="utf-8")


def test_the_site_builds_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    done = _build(DOCS, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    pages = {str(path.relative_to(tmp_path)): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")}
    assert {name.replace(".md", ".html") for name in PAGES if name != "search.md"} <= set(pages)
    loaded = re.findall(
        r'<(?:script|img|iframe)\b[^>]*\bsrc="([^"]*)|<link\b[^>]*\bhref="([^"]*)', "".join(pages.values())
    )
    assert loaded
    assert not [each for pair in loaded for each in pair if "//" in each]
    styles = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.css"))
    assert not re.search(r"@import|url\([\"']?(?:https?:)?//", styles)


def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    page = "# Here\n\n[a page](nowhere.md) and [a heading](index.md#not-here)\n"
    (source / "index.md").write_text(page, encoding="utf-8")
    done = _build(source, tmp_path / "site")
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert "not-here" in done.stderr


# ---------------------------------------------------------------- recipes


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_runs(tmp_path: Path, environ: dict[str, str], title: str) -> None:
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```$", RECIPES[title], re.MULTILINE | re.DOTALL))
    tools = Path(sys.executable).parent
    environ["PATH"] = f"{tools}{os.pathsep}{environ['PATH']}"
    missing = [name for name in PROGRAMS if re.search(rf"\b{name} ", script) and not _which(name, environ)]
    if missing or not _which("bash", environ):
        pytest.skip(f"not on this machine: {', '.join(missing) or 'bash'}")
    typed = environ | {"FZF_DEFAULT_OPTS": "--filter=4862", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env=typed, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    written = "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(tmp_path.iterdir()))
    assert MEANT[title] in done.stdout + written


def _which(name: str, environ: dict[str, str]) -> str | None:
    return shutil.which(name, path=environ["PATH"])
