"""What a release, GitHub and a contributor read: each file holds what its reader asks for, and says what is so."""

import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tajsec import __version__
from tajsec.check.lint import MAX_STATEMENT
from tajsec.check.online import MAX_PAGE
from tajsec.cli.app import COMMANDS
from tajsec.cli.terminal import Reply
from tajsec.data.folders import MAX_WHEEL
from tajsec.data.read import MAX_QUOTE_WORDS
from tajsec.documents.read import MAX_DOCUMENT
from tajsec.generate import english, pages

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.name != "config.yml")
WRITTEN = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *GITHUB.rglob("*.md")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(name: str) -> dict[str, Any]:
    return read(GITHUB / "workflows" / name)["jobs"]


def commands_shown(name: str) -> list[str]:
    """The lines of the shell blocks of a document that start tajsec, however it is started, from its name on."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)
    lines = (
        re.search(r"(?:^|(?:uvx|uvx --from \S+|pipx run --spec \S+) )tajsec ([a-z].*)", line)
        for line in "\n".join(blocks).split("\n")
    )
    return [found[1] for found in lines if found]


def test_the_version_is_the_same_wherever_it_stands() -> None:
    assert read(ROOT / "CITATION.cff")["version"] == __version__
    assert re.search(r"^## (\S+) ", text("CHANGELOG.md"), re.MULTILINE)[1] == __version__
    named = re.findall(r"tajsec-([\d.]+)-py3", text("docs/installing.md"))
    assert set(named) == {__version__}


def test_the_citation_has_what_its_format_asks_for_and_says_what_the_package_says() -> None:
    citation = read(ROOT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["authors"] == PROJECT["project"]["authors"]
    assert set(citation["keywords"]) == set(PROJECT["project"]["keywords"])
    assert citation["license"] in PROJECT["project"]["license"].split(" AND ")


def test_everything_that_the_sdist_names_is_there() -> None:
    named = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert named
    assert [each for each in named if not list(ROOT.glob(each.removeprefix("/")))] == []


def test_every_document_and_every_file_for_github_is_in_the_sdist() -> None:
    named = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    packed = {path for each in named for path in ROOT.glob(each.removeprefix("/"))}
    assert {path for path in [*WRITTEN, *WORKFLOWS, *FORMS] if packed.isdisjoint({path, *path.parents})} == set()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_extra_that_a_document_names_exists(path: Path) -> None:
    named = {
        extra
        for some in re.findall(r"tajsec\[([a-z,]+)\]", path.read_text(encoding="utf-8"))
        for extra in some.split(",")
    }
    assert named <= set(PROJECT["project"]["optional-dependencies"])


def test_the_page_on_installing_lists_every_extra() -> None:
    listed = set(re.findall(r"^\| `tajsec\[([a-z]+)\]`", text("docs/installing.md"), re.MULTILINE))
    assert listed == set(PROJECT["project"]["optional-dependencies"]) - {"dev", "fuzz"}  # for those who change it


@pytest.mark.parametrize("line", commands_shown("docs/installing.md"))
def test_every_look_up_on_the_page_on_installing_finds_something(run: Callable[..., Reply], line: str) -> None:
    assert run(*shlex.split(line)).status == 0


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "docs/installing.md", "docs/security.md"])
def test_what_a_document_points_to_exists(name: str) -> None:
    folder = (ROOT / name).parent
    links = re.findall(r"\]\(([^)#:]+)\)", text(name))
    assert links
    assert [link for link in links if not (folder / link).is_file()] == []
    assert set(re.findall(r"`tajsec ([a-z]+)", text(name))) <= set(COMMANDS)


def test_a_fact_is_added_as_the_guide_says(
    run: Callable[..., Reply], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = text("CONTRIBUTING.md")
    (name,) = re.findall(r"`(my-facts/[a-z-]+\.toml)`", guide)
    (fact,) = re.findall(r"^```toml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(fact, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    replies = {line: run(*shlex.split(line)) for line in commands_shown("CONTRIBUTING.md")}
    assert {line.split()[0] for line in replies} == {"search", "show", "lint", "verify"}
    assert {line: reply.stderr for line, reply in replies.items() if reply.status} == {}
    added = tomllib.loads(fact)["fact"][0]["id"]
    assert all(
        added in reply.text
        for line, reply in replies.items()
        if line.endswith("--facts ./my-facts") and "verify" not in line
    )


def test_the_guide_names_every_command_that_makes_a_shipped_file_anew() -> None:
    assert {pages.RENEW, english.RENEW} == set(re.findall(r"python -m tajsec\.[\w.]+", text("CONTRIBUTING.md")))


def test_the_limits_that_contributors_and_reporters_are_told_are_those_of_the_code() -> None:
    for name in (
        "CONTRIBUTING.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        *(str(path.relative_to(ROOT)) for path in FORMS),
    ):
        limits = {MAX_QUOTE_WORDS, MAX_STATEMENT} if name == "CONTRIBUTING.md" else {MAX_QUOTE_WORDS}
        assert set(map(int, re.findall(r"(\d+)\s+words", text(name)))) == limits
    told = " ".join(text("docs/security.md").split())
    for what, limit in (("text", MAX_DOCUMENT), ("page", MAX_PAGE), ("wheel", MAX_WHEEL)):
        assert f"a {what} has {limit >> 20} MiB at most" in told


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_one_and_may_do_no_more_than_it_says(path: Path) -> None:
    workflow = read(path)
    assert workflow["name"]
    assert workflow[True]  # "on", as YAML 1.1 reads it
    assert workflow["concurrency"]["group"]
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert {"name", "runs-on", "timeout-minutes", "steps"} <= set(job)
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    used = [line for path in WORKFLOWS for line in path.read_text(encoding="utf-8").split("\n") if "uses:" in line]
    assert used
    assert [line for line in used if not re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_every_change_passes_everything_on_linux_with_every_python_that_is_promised() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    linux = jobs("ci.yml")["linux"]
    assert linux["strategy"]["matrix"]["python"] == promised
    assert ".ci/run" in [step.get("run") for step in linux["steps"]]
    assert (ROOT / ".ci" / "run").is_file()
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"


def test_a_release_is_checked_built_once_and_published_without_a_password() -> None:
    build, publish = jobs("release.yml")["build"], jobs("release.yml")["publish"]
    commands = "\n".join(step.get("run", "") for step in build["steps"])
    assert commands.index(".ci/run") < commands.index("GITHUB_REF_NAME") < commands.index("python -m build")
    assert "cyclonedx-py environment" in commands
    assert build["permissions"] == {"contents": "read"}
    assert publish["needs"] == "build"
    assert publish["environment"] == "pypi"
    assert publish["permissions"]["id-token"] == "write"
    assert publish["steps"][-1]["uses"].startswith("pypa/gh-action-pypi-publish@")
    assert "secrets." not in text(".github/workflows/release.yml")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_is_one_that_github_takes(path: Path) -> None:
    form = read(path)
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert all(isinstance(form[key], str) and form[key].strip() for key in ("name", "description"))
    ids = [field["id"] for field in form["body"]]
    assert len(set(ids)) == len(ids) > 0
    for field in form["body"]:
        assert field["type"] in ("input", "textarea", "dropdown")
        assert field["attributes"]["label"]
        assert ("options" in field["attributes"]) == (field["type"] == "dropdown")
        assert field.get("validations", {"required": True}) == {"required": True}


def test_there_is_a_form_for_a_wrong_fact_and_one_for_a_missing_source() -> None:
    assert {read(path)["name"] for path in FORMS} == {"A fact is wrong", "A source is missing"}
    assert isinstance(read(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"], bool)


def test_dependencies_and_actions_are_both_kept_new() -> None:
    kept = read(GITHUB / "dependabot.yml")
    assert kept["version"] == 2
    assert {each["package-ecosystem"] for each in kept["updates"]} == {"pip", "github-actions"}
    assert all(each["directory"] and each["schedule"]["interval"] for each in kept["updates"])


def test_the_hook_of_pre_commit_runs_a_command_that_there_is(run: Callable[..., Reply], small: Path) -> None:
    (hook,) = read(ROOT / ".pre-commit-hooks.yaml")
    tool, name = shlex.split(hook["entry"])
    assert (tool in PROJECT["project"]["scripts"], name in COMMANDS) == (True, True)
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert re.search(hook["files"], "my-facts/gear.toml")
    shown = re.search(r"^## pre-commit\n.*?^```yaml\n(.*?)^```", text("docs/recipes.md"), re.MULTILINE | re.DOTALL)
    assert shown
    (used,) = yaml.safe_load(shown[1])["repos"][0]["hooks"]
    assert used["id"] == hook["id"]
    assert run(name, *(str(small) if each == "my-facts" else each for each in used["args"])).status == 0
