"""The packs of a command line: those that it names, and those that are found."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tajsec.cli.terminal import Environment
from tajsec.errors import UsageError
from tajsec.model.kinds import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.errors import DataError


class Packs(NamedTuple):
    """The folders of packs: those that the user named, and those that nobody named."""

    named: "Sequence[Path]" = ()
    found: "Sequence[Path]" = ()

    def with_way_out(self, error: "DataError") -> "DataError":
        """Return an error in the data, with the option that leaves found packs out if one of these has a part in it."""
        from tajsec.errors import DataError

        places = [f"{path}{os.sep}" for path in self.found]
        if not any(place in f"{problem.file} {problem.what}" for problem in error.problems for place in places):
            return error
        return DataError(error.problems, advice=f"--facts {SHIPPED} leaves out the packs that nobody named")


def packs_of(names: Sequence[str], environment: Environment) -> Packs:
    """Return the packs that folders or ids name, and those that are found.

    Raises UsageError if too many are found and the user did not name the shipped pack, with which none is added.
    """
    from tajsec.store.found import found_packs

    try:
        found = found_packs(environment.packs, environment.search_path, environment.cache)
    except UsageError:
        if SHIPPED not in names:
            raise
        found = []
    if not names and not found:
        return Packs()
    from pathlib import Path  # with what it imports, a twentieth of a search with --json

    folders = list(map(Path, found))
    if all(map(os.path.exists, names)):
        return Packs(list(map(Path, names)), folders)
    from tajsec.data.packs import named_folder

    return Packs([named_folder(Path(each), folders) for each in names], folders)
