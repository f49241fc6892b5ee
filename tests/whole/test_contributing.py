"""The checkout as developers find it: the modules at its root, the documents' folder, the quick loop."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


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
