"""The checkout as developers find it: the modules at its root, the documents' folder, the quick loop."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md"))]
TOP = [path.name for base in (ROOT, ROOT / "tajsec") for path in base.iterdir() if path.is_dir()]
PATH = re.compile(rf"`((?:{'|'.join(map(re.escape, TOP))})/(?:[\w-]+/)*(?:\w+\.[a-z]+)?)`")
"""A folder or file that a document names, from the root of the project or from the package on."""


def test_the_package_has_three_modules_of_its_own() -> None:
    assert sorted(path.name for path in (ROOT / "tajsec").glob("*.py")) == ["__init__.py", "__main__.py", "errors.py"]


@pytest.mark.parametrize(
    ("folder", "status", "line"),
    [
        (None, 0, "needs the documents themselves: TAJSEC_TEXTS names no folder with them"),
        ("missing", 1, "TAJSEC_TEXTS: missing is not a folder"),
        (".", 0, "1 passed"),
    ],
)
def test_the_folder_of_the_documents_is_named_by_the_environment(
    environ: dict[str, str], tmp_path: Path, folder: str | None, status: int, line: str
) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(texts):\n    assert texts.is_dir()\n")
    environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    named = {} if folder is None else {"TAJSEC_TEXTS": folder}
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "conftest", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environ | named, capture_output=True, text=True, timeout=60)
    assert done.returncode == status, done.stdout + done.stderr
    assert line in done.stdout


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_file_of_the_project_that_a_document_names_exists(guide: Path) -> None:
    named = sorted(set(PATH.findall(guide.read_text(encoding="utf-8"))))
    assert [path for path in named if not any((base / path).exists() for base in (ROOT, ROOT / "tajsec"))] == []


def test_what_the_documents_name_is_noticed() -> None:
    assert len(set(PATH.findall((ROOT / "docs" / "code.md").read_text(encoding="utf-8")))) > 50
    assert PATH.findall("`cli/no.py`, `tajsec/no/`, `my-facts/gear.toml`, `tajsec/list/1`") == [
        "cli/no.py",
        "tajsec/no/",
    ]
