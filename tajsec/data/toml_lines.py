"""Finds the line on which each key of a TOML file is written; parsers of TOML keep no lines.

The text is one that the parser has read, so its tokens are told apart, and nothing is checked.
"""

import re
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]
"""The path of a value in a file: `("fact", 2, "cites", 0, "quote")`."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+')"
    r"|(?P<skip>[ \t\r]+|#[^\n]*)"
    r"|(?P<sign>[\n\[\]{}=,.])"
    r"|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line (from 1) of every table, key and item of a list that a TOML text has, by its path.

    A table that has no line of its own has that of its first key; the path `()` has line 1.
    """
    return _Lines(text).found


class _Lines:
    """Reads the tokens of a text once, and records the line of each path."""

    def __init__(self, text: str) -> None:
        self.found: dict[KeyPath, int] = {(): 1}
        self._last: dict[KeyPath, int] = {}
        """The index of the last table of each array of tables."""
        self._tokens = _tokens(text)
        self._next()
        table: KeyPath = ()
        while self._sign:
            if self._sign == "\n":
                self._next()
            elif self._sign == "[":
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> None:
        self._sign, self._line = next(self._tokens, ("", 0))

    def _header(self) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]`, and return the path of its table."""
        line = self._line
        self._next()
        if is_array := self._sign == "[":
            self._next()
        *parents, name = self._dotted() or [""]
        path = self._record((), parents, line, in_last=True)
        path = self._record(path, [name], line)
        if is_array:
            self._last[path] = self._last.get(path, -1) + 1
            path = self._record(path, [self._last[path]], line)
        while self._sign == "]":
            self._next()
        return path

    def _record(self, path: KeyPath, names: list[str | int], line: int, *, in_last: bool = False) -> KeyPath:
        """Record the line of each step from `path` on, and return the last; `in_last` enters arrays of tables."""
        for name in names:
            path = (*path, name)
            self.found.setdefault(path, line)
            if in_last and path in self._last:
                path = (*path, self._last[path])
        return path

    def _dotted(self) -> list[str | int]:
        """Read a key, and return its parts."""
        parts: list[str | int] = []
        while self._sign and self._sign not in "=]\n":
            if self._sign != ".":
                parts.append(self._sign[1:-1] if self._sign[0] in "\"'" else self._sign)
            self._next()
        return parts

    def _pair(self, table: KeyPath) -> None:
        line = self._line
        path = self._record(table, self._dotted(), line)
        self._next()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        """Read a value; that of an item or key inside it ends at a comma, a bracket or the end of the line."""
        if self._sign == "[":
            self._items(path)
        elif self._sign == "{":
            self._inline(path)
        else:
            while self._sign and self._sign not in ",]}\n":  # a number with a fraction is several tokens
                self._next()

    def _items(self, path: KeyPath) -> None:
        index = 0
        self._next()
        while self._sign and self._sign != "]":
            if self._sign in ",\n":
                self._next()
            else:
                self._value(self._record(path, [index], self._line))
                index += 1
        self._next()

    def _inline(self, path: KeyPath) -> None:
        self._next()
        while self._sign and self._sign != "}":
            if self._sign in ",\n":
                self._next()
            else:
                self._pair(path)
        self._next()


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each token with its line: brackets and other signs, line ends, strings, and bare words."""
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield match[0], line
        line += match[0].count("\n")
