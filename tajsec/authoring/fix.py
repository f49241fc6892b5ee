"""Corrects what can be corrected in the files of a pack without a change of meaning or of a receipt.

What a rule of `check.lint` proposes (`Finding.better`) is written by `data.authoring`. Nothing is written unless all
files, with all corrections, can be read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from tajsec.authoring.toml_edit import with_keys
from tajsec.check.chosen import Chosen
from tajsec.check.lint import Finding, violations
from tajsec.data.files import write_file
from tajsec.data.folders import Folders
from tajsec.data.read import read_files
from tajsec.data.toml import KeyPath, TomlFile
from tajsec.errors import DataError, Problem, UsageError

_Correction = tuple[Problem, Finding]
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_COMMENT = re.compile(r"#[^\n]*")
_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of installed packages, whose files are those of a release."""


def fix(sets: Sequence[Folders], pack: Path, chosen: Chosen) -> list[Problem]:
    """Correct the files in the folder `pack`, and return what was corrected; none if the data cannot be read.

    Raises UsageError for what is no folder, such as the id of a pack, for an installed pack, or if a correction cannot
    be read; nothing is then written.
    """
    if not pack.is_dir():
        raise UsageError(f"{pack}: no folder; --fix changes the files of a folder: name that")
    if _INSTALLED & {*pack.resolve().parts}:
        raise UsageError(f"{pack}: is installed, and is not changed; fix the data that it was made of")
    try:
        contents, files = read_files(sets)
    except DataError:
        return []
    found = defaultdict[str, list[_Correction]](list)
    for each in _correctable(list(violations(contents, files)), chosen):
        found[each[0].file].append(each)
    texts, fixed = dict[str, str](), list[Problem]()
    for label in (each for each in found if _is_in(pack, files[each])):
        text, done = _corrected(files[label], found[label])
        if done:
            texts[label] = text
            fixed += (problem._replace(fixed=True) for problem in done)
    _refuse_unreadable(sets, texts)
    for label, text in texts.items():
        path = files[label].path
        assert path is not None, "only files on the disk are corrected"  # noqa: S101
        write_file(path, text, force=True)
    return sorted(fixed)


def _correctable(every: Sequence[_Correction], chosen: Chosen) -> Iterator[_Correction]:
    """Yield what is to be corrected, and can be; a fact with an error of whatever code remains a draft."""
    erring = {_record(each) for each in every if each[0].level == "error"}
    for each in every:
        problem, finding = each
        is_bad_draft = problem.code == "T421" and _record(each) in erring
        if finding.better and chosen.takes(problem.code) and not is_bad_draft:
            yield each


def _record(correction: _Correction) -> tuple[str, KeyPath]:
    """Return the file of a finding, and the path of its record."""
    return correction[0].file, correction[1].path[:2]


def _is_in(pack: Path, file: TomlFile) -> bool:
    """True if a file is in the folder of the pack, and did not come with the tool."""
    return file.path is not None and not file.trusted and file.path.resolve().is_relative_to(pack.resolve())


def _corrected(file: TomlFile, corrections: Iterable[_Correction]) -> tuple[str, list[Problem]]:
    """Return the corrected text of a file, and the problems that are corrected in it.

    Each record is changed by itself, so that the time grows with the number of corrections and not with the file. One
    that cannot be changed in place is left as it is.
    """
    lines, done = _LINE.findall(file.text), list[_Correction]()
    for (kind, index), group in _by_record(corrections):
        starts = [*(line - 1 for line in file.lines_of(kind)), len(lines)]
        if index + 1 < len(starts):  # else it is written inline, without a header of its own
            record = slice(starts[index], starts[index + 1])
            text = "".join(lines[record])
            for each in group:
                new = _changed(text, kind, each[1])
                text, done = (text, done) if new is None else (new, [*done, each])
            lines[record] = _LINE.findall(text)
    new_text = "".join(lines)
    if _data(new_text) != _expected(_data(file.text), done):  # a header inside a text was taken for a record
        return file.text, []
    return new_text, [problem for problem, _ in done]


def _data(text: str) -> dict[str, Any]:
    return TomlFile("", text).data


def _expected(data: dict[str, Any], done: Iterable[_Correction]) -> dict[str, Any]:
    """Return the tables of a file with what was corrected in their keys; a value of None takes its key away."""
    for _, finding in done:
        records, index = data[str(finding.path[0])], int(finding.path[1])
        record = {**records[index], **(finding.better or {})}
        records[index] = {key: value for key, value in record.items() if value is not None}
    return data


def _by_record(corrections: Iterable[_Correction]) -> list[tuple[tuple[str, int], list[_Correction]]]:
    """Return the corrections of each record, the last record of a file first: a change moves only what is below."""
    found = defaultdict[tuple[str, int], list[_Correction]](list)
    for each in corrections:
        kind, index = each[1].path[:2]
        found[str(kind), int(index)].append(each)
    return sorted(found.items(), key=itemgetter(0), reverse=True)


def _changed(record: str, kind: str, finding: Finding) -> str | None:
    """Return the corrected text of a record, or None if it cannot be changed, or if a comment would be lost."""
    try:
        new = with_keys(record, finding.place.file, (kind, 0), finding.better or {})
    except (UsageError, DataError):
        return None
    return new if _COMMENT.findall(new) == _COMMENT.findall(record) else None


def _refuse_unreadable(sets: Sequence[Folders], texts: Mapping[str, str]) -> None:
    try:
        read_files(sets, changed=texts)
    except DataError as error:
        raise UsageError(f"{error.problems[0]}: so it would be once fixed; nothing is written") from error
