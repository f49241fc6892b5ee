"""What the tests of output share: an exported database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


@pytest.fixture
def database(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    assert run("export", "--sqlite", str(path), "--metadata", str(tmp_path / "facts.json")).status == 0
    return path
