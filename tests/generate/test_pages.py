"""The docs site: what it shows is what the tool does, and every recipe runs."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tajsec.check.lint import codes
from tajsec.cli.app import SECTIONS
from tajsec.cli.terminal import Environment
from tajsec.generate.commands import commands
from tajsec.generate.pages import DAY, PARTS, RENEW, answered, filled
from tajsec.model.protocol import Store

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
SHOWN = [name for name, text in PAGES.items() if "```console" in text]
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGES["recipes.md"], re.MULTILINE | re.DOTALL))
PROGRAMS = ("datasette", "frictionless", "fzf", "jq", "pandoc", "quarto")
MODULES = ("duckdb", "pyarrow")
MEANT = {
    "fzf": "id\tradios-delivered\n",
    "jq": "https://tj.usembassy.gov/",
    "Datasette": '"id": "radios-delivered"',
    "DuckDB": "us-embassy-2021",
    "Frictionless": "VALID",
    "SQL": "radios-provided-rounded\tover\t4800\tradios",
    "Zotero": "4,862 short- and long-range radios",
    "Pandoc": 'id="ref-us-embassy-2021"',
    "Quarto": 'id="ref-us-embassy-2021"',
    "Obsidian": "Differs from [[radios-provided-rounded]].",
    "A spreadsheet": "over 4800 radios",
    "Wikipedia": "{{cite news |",
    "Notes and mail": "<!DOCTYPE html>",
    "What changed since the last time": "radios-delivered\t",
    "A feed of changes": "<title>changed: The United States delivered over 7 radios",
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
    found = re.findall(r"^### tajsec (\w+)(?: \w+)?$", page, re.MULTILINE)
    assert list(dict.fromkeys(found)) == [name for names in SECTIONS.values() for name in names]
    assert "`--limit N`\n: Facts to show\\. (default: `10`)" in page
    assert page.count("**Examples**") == len(commands())
    assert "Facts to leave out before the first\\." in page


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
    assert re.findall(r"^### ([A-Z]\d{3})\n\n\*\*\S", page, re.MULTILINE) == asked


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


@pytest.fixture
def desk(tmp_path: Path, write_small: Callable[[Path], Path]) -> Path:
    """A folder with an older and a newer store, which differ in a fact on equipment, and a pack."""
    for name, gave in (("old", "gave"), ("new", "delivered"), ("my-facts", "gave")):
        for path in write_small(tmp_path / name).rglob("*.toml"):
            text = path.read_text(encoding="utf-8").replace('"gear"', '"equipment"')
            text = text.replace("The United States gave", f"The United States {gave}")
            text = text.replace('gave over 7 radios"', 'gave over 7 radios in 2019"').replace("words = 9", "words = 20")
            path.write_text(text, encoding="utf-8")
    return tmp_path


def cooked(title: str, desk: Path, environ: dict[str, str], **more: str) -> str:
    """Run the commands of a recipe in a folder; return what they print and write. Skipped without its programs."""
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```$", RECIPES[title], re.MULTILINE | re.DOTALL))
    tools = Path(sys.executable).parent
    environ["PATH"] = f"{tools}{os.pathsep}{environ['PATH']}"
    missing = [name for name in PROGRAMS if re.search(rf"\b{name} ", script) and not _which(name, environ)]
    missing += [name for name in MODULES if name in RECIPES[title] and not find_spec(name)]
    if missing or not _which("bash", environ):
        pytest.skip(f"not on this machine: {', '.join(missing) or 'bash'}")
    typed = environ | {"FZF_DEFAULT_OPTS": "--filter=4862", "PYTHONWARNINGS": "ignore", "HOME": str(desk)} | more
    before = set(desk.rglob("*"))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=desk, env=typed, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    written = [path for path in sorted(desk.rglob("*")) if path.is_file() and path not in before]
    return done.stdout + "".join(path.read_text(encoding="utf-8", errors="replace") for path in written)


def _which(name: str, environ: dict[str, str]) -> str | None:
    return shutil.which(name, path=environ["PATH"])


@pytest.mark.parametrize("title", [title for title in RECIPES if "```sh" in RECIPES[title]])
def test_a_recipe_runs(desk: Path, environ: dict[str, str], title: str) -> None:
    assert MEANT[title] in cooked(title, desk, environ)


def test_every_step_of_the_action_runs_and_its_actions_are_those_of_the_project(
    desk: Path, environ: dict[str, str]
) -> None:
    action = yaml.safe_load(re.search(r"```yaml\n(.*?)```", RECIPES["GitHub Actions"], re.DOTALL)[1])
    (job,) = action["jobs"].values()
    pinned = (DOCS.parent / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert all(step["uses"] in pinned for step in job["steps"] if "uses" in step)
    install, *lines = [step["run"] for step in job["steps"] if "run" in step]
    assert install.startswith("python -m pip install ")
    assert [line.split()[1] for line in lines] == ["lint", "verify"]
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"
    for line in lines:
        done = subprocess.run(["sh", "-c", line], cwd=desk, env=environ, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
    gear = desk / "my-facts" / "facts" / "gear.toml"
    gear.write_text(gear.read_text(encoding="utf-8").replace("value = 7", "value = 9"), encoding="utf-8")
    assert subprocess.run(["sh", "-c", lines[1]], cwd=desk, env=environ, capture_output=True).returncode == 1


SAID = (
    "---\ntags: [x]".replace("\n", " "),
    "{{url}} {id} %s $(touch pwned) `touch pwned`",
    "'; DROP TABLE facts; --",
    "=cmd|' /C calc'!A0",
    'a "quoted", text; with | and \\ and [[a-link]]',
    "<script>alert(1)</script> & ]]>",
)


@pytest.mark.parametrize("title", ["jq", "DuckDB", "Frictionless", "Obsidian", "A spreadsheet"])
def test_a_recipe_takes_whatever_a_pack_says(
    desk: Path, environ: dict[str, str], write_small: Callable[[Path], Path], title: str
) -> None:
    pack = write_small(desk / "pack")
    gear, names = pack / "facts" / "gear.toml", pack / "facts" / "vocabulary" / "all.toml"
    one = gear.read_text(encoding="utf-8").replace('"gear"', '"equipment"').replace('"radios"', '"usd"')
    names.write_text(names.read_text("utf-8").replace('"gear"', '"equipment"').replace('"radios"', '"usd"'), "utf-8")
    facts = [
        one.replace("seven-radios", f"fact-{n}").replace(
            '"The United States gave over 7 radios in 2019."', json.dumps(text)
        )
        for n, text in enumerate(SAID)
    ]
    gear.write_text("".join(facts), encoding="utf-8")
    cooked(title, desk, environ, TAJSEC_FACTS=str(pack))
    assert not list(desk.rglob("pwned"))
    if title == "Obsidian":
        notes = [(desk / "vault" / f"fact-{n}.md").read_text(encoding="utf-8") for n in range(len(SAID))]
        for note, text in zip(notes, SAID, strict=True):
            _, head, body = note.split("---\n", 2)
            assert yaml.safe_load(head) == {"when": "2019", "as_of": None, "status": "completed", "tags": ["equipment"]}
            assert body.startswith(
                f"{text}\n\n> gave over 7 radios\n>\n> — A paper, A publisher, <https://example.org/paper>"
            )
    if title == "A spreadsheet":
        with (desk / "equipment.csv").open(encoding="utf-8", newline="") as stream:
            assert [row["statement"].removeprefix("'") for row in csv.DictReader(stream)] == [
                each.removeprefix("'") for each in SAID
            ]
