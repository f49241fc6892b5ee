"""Finds TOML files in a folder, reads them within limits, parses them, and finds the line of a mistake.

Packs are not trusted: limits are checked before each costly step, and links, pipes and devices are not opened.
"""

import contextlib
import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from tajsec.data.files import MAX_FILE, Refused, bounded, reason, regular_bytes
from tajsec.data.toml_lines import KeyPath as KeyPath  # known by this name elsewhere
from tajsec.data.toml_lines import key_lines
from tajsec.errors import FailingEnvironment, Problem
from tajsec.text.forms import is_utf8

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The limits on a file of a pack. Beyond them the TOML parser takes seconds, or more levels of recursion than Python
# has; the files that ship are far below them.
MAX_LINE = 64 * 2**10
"""Characters; the longest line that ships has 1,737."""
MAX_KEY_PARTS = 8
"""Parts of a dotted key: each makes a table."""
MAX_NESTING = 16
"""Brackets inside brackets; records need three."""
MAX_TABLES = 50_000
"""Tables of a file; with MAX_FILE, some 80 bytes each."""

_STRINGS = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?' + r"|'[^'\n]*'")
"""A string, or an opening quote with the rest of its line: many unclosed quotes then do not take quadratic time."""
_COMMENTS = re.compile(r"#[^\n]*")
_LONG_LINE = re.compile(rf"^[^\n]{{{MAX_LINE + 1}}}", re.MULTILINE)
_TABLES = re.compile(r"^\[|\{", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]{}]")
_LONG_INTEGER = re.compile(r"(?<![\w.])[-+]?\d(?:_?\d){640,}+(?![\w.]|[ \t]*=)", re.ASCII)
"""A whole number of more digits than Python may refuse to read, which raises a ValueError without a line."""
_LONG_QUOTES = ('"""', "'''")
"""What begins a text of several lines, one of which may look like a header. No file that ships has one."""
_KEY_PART = r"(?:[\w-]++|\"\")"
_LONG_KEY = re.compile(rf"\.(?:[ \t]*{_KEY_PART}[ \t]*\.){{{MAX_KEY_PARTS - 1}}}")
"""The rest of a key with one part too many, from its first dot on: `re` finds a dot faster than any letter."""


class TomlFile:
    """One TOML file: its text, its parsed data, and the problems found in it."""

    def __init__(self, label: str, text: str, *, trusted: bool = False) -> None:
        """Parse a text; an error is added to `problems`, in which `label` is the name of the file."""
        self.label, self.text, self.problems, self.trusted = label, text, list[Problem](), trusted
        self.path: Path | None = None
        """Where it is on the disk; None inside an archive."""
        self._reported = set[KeyPath]()
        self._lines: dict[KeyPath, int] | None = None
        self.data: dict[str, Any] = {}
        self.records = dict[str, Sequence[Any]]()
        """The records that were read from the data, by kind."""
        excess = None if trusted else _excess(text)
        if excess:
            self._add("T103", excess[1], line=excess[0])
            return
        try:
            self.data = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            self._add("T104", f"not TOML: {error.msg}; mend the line", line=error.lineno)
        except (ValueError, RecursionError, MemoryError) as error:
            if found := _LONG_INTEGER.search(_bare(text)):
                self._add("T206", "a whole number beyond 2^53; no program could read it exactly", line=_line_at(found))
            else:
                self._add("T104", f"not TOML that can be read: {type(error).__name__}; simplify the file")

    @classmethod
    def load(cls, entry: "Traversable", label: str, *, trusted: bool) -> "TomlFile":
        """Read and parse a file; an error is added to the `problems` of the result."""
        try:
            file = cls(label, _bytes(entry, trusted=trusted).decode("utf-8-sig"), trusted=trusted)
            file.path = entry if isinstance(entry, Path) else None
            return file
        except UnicodeDecodeError as error:
            what, line = "not UTF-8; save the file as UTF-8", error.object[: error.start].count(b"\n") + 1
        except Refused as error:
            what, line = str(error), 0
        except OSError as error:
            what, line = f"cannot be read: {reason(error)}; mend the file or its permissions", 0
        file = cls(label, "", trusted=trusted)
        file._add("T101", what, line=line)
        return file

    def _add(self, code: str, what: str, *, line: int = 0, path: str = "") -> None:
        self.problems.append(Problem(file=self.label, line=line, path=path, code=code, what=what))

    def report(self, path: KeyPath, code: str, what: str) -> None:
        """Add a problem with the line of the key that `path` names; a second problem of the same key is left out."""
        if not path or path not in self._reported:
            self._reported.add(path)
            self._add(code, what, line=self.line_of(path), path=shown(path))

    def lines_of(self, kind: str) -> list[int]:
        """Return the lines (from 1) on which the tables of a kind begin, such as every `[[fact]]`."""
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(kind)}[ \t]*\]\]", re.MULTILINE)
        lines, end = [1], 0
        for match in header.finditer(self.text):
            lines.append(lines[-1] + self.text.count("\n", end, match.start()))
            end = match.start()
        if not any(quotes in self.text for quotes in _LONG_QUOTES):
            return lines[1:]
        known = {line for path, line in self._every_line().items() if len(path) == 2 and path[0] == kind}
        return [line for line in lines[1:] if line in known]

    def no_other_keys(self, known: Sequence[str]) -> None:
        """Report every top-level key that is not among the known ones."""
        for key in self.data:
            if key not in known:
                what = f"unknown table {key!r}; known are {', '.join(known)}"
                self.report((key,), "T203", what)

    def line_of(self, path: KeyPath) -> int:
        """Return the line of the key that the path names, or of the nearest table around it that has a line."""
        if not path:
            return 1
        lines = self._every_line()
        return next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)

    def _every_line(self) -> Mapping[KeyPath, int]:
        if self._lines is None:
            self._lines = key_lines(self.text)
        return self._lines


def shown(path: KeyPath) -> str:
    """Return a path as messages have it: `fact[2].cites[0].quote`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def toml_files(folder: "Traversable") -> list["Traversable"]:
    """Return the files of a folder that end in `.toml` and are not hidden, by name; none if there is no folder.

    Raises FailingEnvironment if the folder cannot be listed.
    """
    try:
        entries = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise FailingEnvironment(f"{folder}: cannot be read: {reason(error)}; mend its permissions") from error
    found = [entry for entry in entries if entry.name.endswith(".toml") and not entry.name.startswith(".")]
    return sorted(found, key=lambda entry: entry.name)


def raw_bytes(entry: "Traversable", *, trusted: bool) -> bytes | None:
    """Return the bytes of a file as `TomlFile.load` reads them, or None if it would refuse them."""
    with contextlib.suppress(OSError, Refused):
        return _bytes(entry, trusted=trusted)
    return None


def _bytes(entry: "Traversable", *, trusted: bool) -> bytes:
    """Return the bytes of a file. Raises Refused for a file of a pack that is over MAX_FILE, or a link."""
    if trusted:
        return entry.read_bytes()
    if not isinstance(entry, Path):
        return _archived_bytes(entry)
    if not is_utf8(entry.name):
        raise Refused("a name that is not UTF-8; rename the file")
    if entry.is_symlink():
        raise Refused("a link; put the file itself there")
    return regular_bytes(entry, MAX_FILE)


def _archived_bytes(entry: "Traversable") -> bytes:
    """Read a file of an archive; `zipfile` and `zlib` raise many kinds of errors for a damaged or encrypted one."""
    try:
        with entry.open("rb") as stream:
            return bounded(stream, MAX_FILE)
    except (Refused, OSError, MemoryError):
        raise
    except Exception as error:
        raise Refused(f"cannot be read from the archive: {type(error).__name__}; make the archive anew") from error


def _excess(text: str) -> tuple[int, str] | None:
    """Return the line and the description of what would overload the TOML parser, if anything would."""
    bare = _bare(text)
    for found, what in (
        (_LONG_LINE.search(text), f"a line of over {MAX_LINE:,} characters; break it"),
        (_deep_bracket(bare), f"brackets nested deeper than {MAX_NESTING}; flatten the value"),
        (_first_table_too_many(bare), f"over {MAX_TABLES:,} tables; split the file"),
        (_LONG_KEY.search(bare), f"a dotted key of over {MAX_KEY_PARTS} parts; use fewer"),
    ):
        if found:
            return _line_at(found), what
    return None


def _bare(text: str) -> str:
    """Return the same lines without strings and comments."""
    return _COMMENTS.sub("", _STRINGS.sub('""', text))


def _line_at(found: re.Match[str]) -> int:
    return found.string[: found.start()].count("\n") + 1


def _deep_bracket(bare: str) -> re.Match[str] | None:
    depth = 0
    for found in _BRACKETS.finditer(bare):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return found
    return None


def _first_table_too_many(bare: str) -> re.Match[str] | None:
    return next(itertools.islice(_TABLES.finditer(bare), MAX_TABLES, None), None)
