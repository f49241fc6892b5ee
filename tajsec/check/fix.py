"""Corrects what can be corrected in the files of a pack without a change of meaning or of a receipt.

What a rule of `check.lint` proposes (`Finding.better`) is written by `data.authoring`. Nothing is written unless all
files, with all corrections, can be read.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tajsec.check.chosen import Chosen
from tajsec.check.lint import Finding, violations
from tajsec.data.authoring import with_keys
from tajsec.data.files import write_file
from tajsec.data.folders import Folders
from tajsec.data.read import read_files
from tajsec.data.toml import TomlFile
from tajsec.errors import DataError, Problem, UsageError

_COMMENT = re.compile(r"#[^\n]*")
_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of installed packages, whose files are those of a release."""


def fix(sets: Sequence[Folders], pack: Path, chosen: Chosen) -> list[Problem]:
    """Correct the files in the folder `pack`, and return what was corrected; none if the data cannot be read.

    Raises UsageError for an installed pack, or if a correction cannot be read; nothing is then written.
    """
    if _INSTALLED & {*pack.resolve().parts}:
        raise UsageError(f"{pack}: is installed, and is not changed; fix the data that it was made of")
    try:
        contents, files = read_files(sets)
    except DataError:
        return []
    texts, fixed = dict[str, str](), list[Problem]()
    for problem, finding in violations(contents, files, chosen):
        file = files[problem.file]
        if finding.better and _is_in(pack, file):
            text = _corrected(texts.get(file.label, file.text), finding)
            if text is not None:
                texts[file.label] = text
                fixed.append(problem._replace(fixed=True))
    _refuse_unreadable(sets, texts)
    for label, text in texts.items():
        path = files[label].path
        assert path is not None, "only files on the disk are corrected"  # noqa: S101
        write_file(path, text, force=True)
    return sorted(fixed)


def _is_in(pack: Path, file: TomlFile) -> bool:
    """True if a file is in the folder of the pack, and did not come with the tool."""
    return file.path is not None and not file.trusted and file.path.resolve().is_relative_to(pack.resolve())


def _corrected(text: str, finding: Finding) -> str | None:
    """Return the corrected text of a file, or None if it cannot be corrected, or if a comment would be lost."""
    try:
        new = with_keys(text, finding.place.file, finding.path[:2], finding.better or {})
    except UsageError:
        return None
    return new if _COMMENT.findall(new) == _COMMENT.findall(text) else None


def _refuse_unreadable(sets: Sequence[Folders], texts: Mapping[str, str]) -> None:
    try:
        read_files(sets, changed=texts)
    except DataError as error:
        raise UsageError(f"{error.problems[0]}: so it would be once fixed; nothing is written") from error
