"""Checks what is to be added to a pack, before it is written: whether all data still read, and what lint says of it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tajsec.authoring.new_pack import TEXTS
from tajsec.authoring.toml_edit import make_folder
from tajsec.check.lint import violations
from tajsec.data.files import MAX_FILE, read_text, write_file
from tajsec.data.folders import Folders
from tajsec.data.read import read_files
from tajsec.data.toml import TomlFile
from tajsec.documents.read import Document, read_document
from tajsec.errors import DataError, Problem, UsageError
from tajsec.model.records import Contents, Source
from tajsec.text.forms import digest

_KEY = re.compile(r"(?:\w+\[\d+\]\.)?(\w+)")
"""The key of a record in the path of a problem: `when` of `fact[2].when`."""


class Additions:
    """The new texts of files of a pack, by their paths below its folder; `write` writes them all."""

    def __init__(self, pack: Path) -> None:
        self.pack = pack
        self._texts = dict[str, str]()

    def text(self, name: str) -> str:
        """Return the text of a file with what is added to it so far; "" if there is no file."""
        path = self.pack / name
        if name not in self._texts:
            return read_text(path, MAX_FILE) if path.exists() else ""
        return self._texts[name]

    def put(self, name: str, text: str) -> None:
        """Set the new text of a file."""
        self._texts[name] = text

    def label(self, name: str) -> str:
        """Return the name of a file in messages."""
        return f"{self.pack}/{name}"

    def read(self, sets: Sequence[Folders], known: Mapping[str, TomlFile] = MappingProxyType({})) -> "Checked":
        """Read all data with the additions. Raises DataError if they do not read.

        `known` are the files of the same data, as they were read without the additions.
        """
        changed = {self.label(name): text for name, text in self._texts.items()}
        contents, files = read_files(sets, changed=changed, known=known)
        found = violations(contents, files) if changed else ()
        return Checked(contents, sorted(problem for problem, _ in found if problem.file in changed), files)

    def write(self) -> None:
        """Write the files, each whole or not at all, in the order in which they were put."""
        for name, text in self._texts.items():
            make_folder((self.pack / name).parent)
            write_file(self.pack / name, text, force=True)


class Checked(NamedTuple):
    """All data with what is added, and what lint says of the changed files."""

    contents: Contents
    problems: Sequence[Problem]
    files: Mapping[str, TomlFile]
    """All files by their labels."""


def own_copy(source: Source, pack: Path, given: Path | None = None) -> tuple[Path, Document]:
    """Return the user's copy of a document, the text that was sealed.

    It is the file `given`, or the one of the sealed name in that folder; else it is looked for in the folder `texts` of
    the pack and beside the pack. Raises UsageError if it is not there, or is another version of the text.
    """
    is_bare = Path(source.file).name == source.file
    beside = pack.absolute().parent if pack.name in ("", "..") else pack.parent
    places = [given] if given else [pack / TEXTS, beside]
    paths = [place / source.file if place.is_dir() else place for place in places if is_bare or not place.is_dir()]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        looked = " nor ".join(map(str, paths)) or str(given or pack)
        raise UsageError(f"{source.id}: no copy of its text is {looked}; name yours with --text FILE")
    document = read_document(path)
    if digest(document.text) != source.text_sha256:
        raise UsageError(
            f"{path}: another version of {source.id} than the sealed one; seal it again, or name that text"
        )
    return path, document


def by_option(error: DataError, options: Mapping[str, str], file: str) -> UsageError | DataError:
    """Return mistakes in one record as one of the option that gave the value, if `options` has its key."""
    for problem in error.problems:
        key = _KEY.match(problem.path)
        if problem.file == file and key and (option := options.get(key[1])):
            return UsageError(f"{option}: {problem.what}")
    return error
