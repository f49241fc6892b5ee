"""Compiles the store when the wheel is built, so that an installed tool parses no TOML."""

import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileStore(BuildHookInterface[Any]):
    """Puts `tajsec/store.sqlite` into the wheel; an editable install compiles on first use instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the data of this checkout into a file beside the build."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from tajsec.compile import compile_store
        from tajsec.folders import shipped_folders
        from tajsec.store import COMPILED_FILE

        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / COMPILED_FILE
        connection = sqlite3.connect(path)
        compile_store([shipped_folders()], connection, compact=True)
        connection.close()
        build_data["force_include"][str(path)] = f"tajsec/{COMPILED_FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the file away once it is in the wheel."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
