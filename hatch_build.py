"""The wheel's build hook: it adds the compiled store and the manual pages, so that an installed tool parses no TOML."""

import re
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileStore(BuildHookInterface[Any]):
    """Put the compiled store and the manual into the wheel; an editable install compiles on first use instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the store and the manual pages to a temporary folder, and add them to the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from tajsec.data.folders import shipped_folders
        from tajsec.data.read import read
        from tajsec.store.compile import compile_store
        from tajsec.store.open import COMPILED_FILE

        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        build_data["shared_data"].update(_manual(Path(self.root), folder))
        path = folder / COMPILED_FILE
        connection = sqlite3.connect(path)
        compile_store(read([shipped_folders()]), connection, compact=True)
        connection.close()
        build_data["force_include"][str(path)] = f"tajsec/store/{COMPILED_FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder once its files are in the wheel."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def _manual(root: Path, folder: Path) -> dict[str, str]:
    """Write the manual pages, and return the installation path (below the prefix) of each file."""
    from tajsec.generate.manual import manual_pages

    for name, text in manual_pages(_date(root)).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return {str(path): f"share/man/man1/{path.name}" for path in folder.glob("*.1")}


def _date(root: Path) -> str:
    """Return the date of the release in CHANGELOG.md, or "unreleased"; builds read no clock, to be reproducible."""
    from tajsec import __version__

    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.search(rf"^## {re.escape(__version__)} \((\d{{4}}-\d\d-\d\d)\)", changes, re.MULTILINE)
    return released[1] if released else "unreleased"
