"""TOML files on a disk: found in a folder, read within limits, parsed, and searched for the line of a mistake.

A pack is not trusted: its files are bounded before each costly step, and links, pipes and devices are not opened.
"""

import contextlib
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from tajsec.data.files import MAX_FILE, NotTaken, bounded, regular_bytes
from tajsec.errors import FailingEnvironment, Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


MAX_LINE = 64 * 2**10


MAX_KEY_PARTS = 8


MAX_NESTING = 16


MAX_TABLES = 50_000


_STRINGS = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|' + r"'[^'\n]*'")


_COMMENTS = re.compile(r"#[^\n]*")


_TABLES = re.compile(r"^\[|\{", re.MULTILINE)


_BRACKETS = re.compile(r"[\[\]{}]")


_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


_KEY_PART = r"(?:[\w-]++|\"\")"


_LONG_KEY = re.compile(rf"(?<![\w-]){_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART}){{{MAX_KEY_PARTS}}}")


KeyPath = tuple[str | int, ...]
"""Where a value stands in a file: `("fact", 2, "cites", 0, "quote")`."""


class TomlFile:
    """One TOML file: its text, its parsed data, and the problems found in it."""

    def __init__(self, label: str, text: str, *, trusted: bool = False) -> None:
        self.label, self.text, self.problems = label, text, list[Problem]()
        self.data: dict[str, Any] = {}
        excess = None if trusted else _excess(text)
        if excess:
            line, what = excess
            self.problems.append(Problem(file=label, line=line, code="T103", what=what))
        else:
            self._parse()

    @classmethod
    def load(cls, entry: "Traversable", label: str, *, trusted: bool) -> "TomlFile":
        """Read a file; whatever keeps it from being read becomes its problem."""
        try:
            data = entry.read_bytes() if trusted else _pack_bytes(entry)
            return cls(label, data.decode("utf-8-sig"), trusted=trusted)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return cls._unreadable(label, "T101", "not UTF-8; save the file as UTF-8", line)
        except NotTaken as error:
            return cls._unreadable(label, "T101", str(error))
        except OSError as error:
            return cls._unreadable(label, "T101", f"cannot be read: {error.strerror}; mend the file or its permissions")

    @classmethod
    def _unreadable(cls, label: str, code: str, what: str, line: int = 0) -> "TomlFile":
        file = cls(label, "", trusted=True)
        file.problems.append(Problem(file=label, line=line, code=code, what=what))
        return file

    def _parse(self) -> None:
        try:
            self.data = tomli.loads(self.text)
        except tomli.TOMLDecodeError as error:
            what = f"not TOML: {error.msg}; mend the line"
            self.problems.append(Problem(file=self.label, line=error.lineno, code="T104", what=what))
        except (ValueError, RecursionError, MemoryError) as error:
            what = f"not TOML that can be read: {type(error).__name__}; simplify the file"
            self.problems.append(Problem(file=self.label, code="T104", what=what))

    def report(self, path: KeyPath, code: str, what: str) -> None:
        """Add a problem, with the line of the key that `path` names; the first one of a key says enough."""
        shown = _shown(path)
        if not shown or shown not in (problem.path for problem in self.problems):
            self.problems.append(Problem(file=self.label, line=self._line(path), path=shown, code=code, what=what))

    def lines_of(self, kind: str) -> list[int]:
        """Give the lines on which the tables of a kind begin, such as every `[[fact]]`."""
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(kind)}[ \t]*\]\]", re.MULTILINE)
        lines, end = [1], 0
        for match in header.finditer(self.text):
            lines.append(lines[-1] + self.text.count("\n", end, match.start()))
            end = match.start()
        return lines[1:]

    def no_other_keys(self, known: Sequence[str]) -> None:
        """Report every top-level key that is none of the known ones."""
        for key in self.data:
            if key not in known:
                what = f"unknown table {key!r}; known are {', '.join(known)}"
                self.report((key,), "T203", what)

    def _line(self, path: KeyPath) -> int:
        """Find the line of the key that the path names, or of its table if the key has no line."""
        lines = self.text.split("\n")
        first, last, keys = 1, len(lines) + 1, path
        if len(path) > 1 and isinstance(path[1], int):
            starts = [*self.lines_of(str(path[0])), last]
            first, last = starts[path[1] : path[1] + 2] if path[1] + 1 < len(starts) else (first, last)
            keys = path[2:]
        if not keys:
            return first
        named = re.compile(rf"[\s\[\"']*{re.escape(str(keys[0]))}[\s\]\"']*([=.]|$)")
        return next((number for number in range(first, last) if named.match(lines[number - 1])), first)


def toml_files(folder: "Traversable") -> list["Traversable"]:
    """Give the files of a folder that end in `.toml` and are not hidden, by name; none if there is no folder.

    Raises FailingEnvironment if the folder cannot be listed.
    """
    try:
        if not folder.is_dir():
            return []
        entries = [
            entry for entry in folder.iterdir() if entry.name.endswith(".toml") and not entry.name.startswith(".")
        ]
    except OSError as error:
        raise FailingEnvironment(f"{folder}: cannot be read: {error.strerror}") from error
    return sorted(entries, key=lambda entry: entry.name)


def raw_bytes(entry: "Traversable", *, trusted: bool) -> bytes | None:
    """Give the bytes of a file as `TomlFile.load` reads them, or None if it would refuse them."""
    with contextlib.suppress(OSError, NotTaken):
        return entry.read_bytes() if trusted else _pack_bytes(entry)
    return None


def _pack_bytes(entry: "Traversable") -> bytes:
    """Read a file of a pack; a link could lead out of it."""
    if not isinstance(entry, Path):
        with entry.open("rb") as stream:  # in an archive: read up to the limit, whatever it claims to unpack to
            return bounded(stream, MAX_FILE)
    if entry.is_symlink():
        raise NotTaken("a link; put the file itself there")
    return regular_bytes(entry, MAX_FILE)


def _excess(text: str) -> tuple[int, str] | None:
    """Find what would make the TOML parser slow or ill, before it sees the text: its line and what to do."""
    bare = _COMMENTS.sub("", _STRINGS.sub('""', text))  # line by line the same text without strings and comments
    for find, lines, what in (
        (_long_line, text, f"a line of over {MAX_LINE:,} characters; break it"),
        (_deep_bracket, bare, f"brackets nested deeper than {MAX_NESTING}; flatten the value"),
        (_last_table, bare, f"over {MAX_TABLES:,} tables; split the file"),
        (_long_key, bare, f"a dotted key of over {MAX_KEY_PARTS} parts; use fewer"),
    ):
        place = find(lines)
        if place is not None:
            return lines.count("\n", 0, place) + 1, what
    return None


def _long_line(text: str) -> int | None:
    """Give where a line begins that is too long."""
    start = 0
    for line in text.split("\n"):
        if len(line) > MAX_LINE:
            return start
        start += len(line) + 1
    return None


def _deep_bracket(bare: str) -> int | None:
    """Give where brackets are nested too deep."""
    if _shallow(bare):
        return None
    depth = 0
    for found in _BRACKETS.finditer(bare):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return found.start()
    return None


def _shallow(bare: str) -> bool:
    """Tell quickly that brackets cannot be nested too deep; of what is nearly too deep it is not sure."""
    brackets = bare.encode(errors="replace").translate(None, _NO_BRACKETS)
    for _ in range(MAX_NESTING // 2):  # each time the innermost pairs are taken away: at most two levels
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return not brackets


def _last_table(bare: str) -> int | None:
    """Give where the first table stands that is one too many."""
    if bare.count("[") + bare.count("{") <= MAX_TABLES:
        return None
    tables = (found.start() for found in _TABLES.finditer(bare))
    return next(itertools.islice(tables, MAX_TABLES, None), None)


def _long_key(bare: str) -> int | None:
    """Give where a key of too many parts stands."""
    found = _LONG_KEY.search(bare) if bare.count(".") >= MAX_KEY_PARTS else None
    return found.start() if found else None


def _shown(path: KeyPath) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
