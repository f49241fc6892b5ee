"""Mutants of a module: its source text with one change inside a function.

The operators are those of mutmut (`mutmut.mutation.mutators`). Its runner is not used: it leaves out decorated
functions, thus every property, and wraps all others, which the tests of start-up and of subprocesses would see.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

import libcst
from libcst.metadata import CodePosition, CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

_AROUND = 60
"""Characters that are shown at either side of a change."""


@dataclass(frozen=True)
class Mutant:
    """A change in a module: `new` in the place of the characters from `start` to `end`."""

    path: str
    function: str
    """The qualified name of the outermost function or method around the change."""

    line: int
    lines: range
    """The lines of the statement that is changed."""

    start: int
    end: int
    new: str
    source: str

    @cached_property
    def code(self) -> CodeType | None:
        """The changed function, compiled; None if Python does not allow the change."""
        return self._compiled(self.source[: self.start] + self.new + self.source[self.end :])

    @property
    def unchanged(self) -> CodeType | None:
        """The function as it is, compiled."""
        return self._compiled(self.source)

    def _compiled(self, text: str) -> CodeType | None:
        try:
            return _inner(compile(text, self.path, "exec", dont_inherit=True), self.function.split("."))
        except SyntaxError:  # an argument with a name before one without
            return None

    @property
    def change(self) -> str:
        """The code that differs with what is around it on its lines, before and after, as one line."""
        first = max(self.source.rfind("\n", 0, self.start) + 1, self.start - _AROUND)
        last = min(self.source.find("\n", self.end), self.end + _AROUND)
        before = self.source[first:last]
        after = self.source[first : self.start] + self.new + self.source[self.end : last]
        return f"{_differing(before, after)} -> {_differing(after, before)}"

    @property
    def module(self) -> str:
        """The name by which the module is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}"


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of the text."""
    source = (root / path).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(libcst.parse_module(source), unsafe_skip_copy=True)
    visitor = _Visitor(path, source, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


def _inner(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
    return code


def _differing(text: str, other: str) -> str:
    """Return a text from shortly before to shortly after what it does not share with another."""
    first = len(os.path.commonprefix([text, other]))  # noqa: RUF071 - characters are meant
    last = len(os.path.commonprefix([text[first:][::-1], other[first:][::-1]]))  # noqa: RUF071
    return " ".join(text[max(first - _AROUND, 0) : min(len(text) - last + _AROUND, len(text))].split())


_NOT_MUTATED = libcst.Annotation | libcst.Decorator | libcst.Assert | libcst.Parameters | libcst.FormattedStringText
"""Types, decorators and defaults have an effect before a function is called; no test can make an assertion fail."""


class _Visitor(libcst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: str, source: str, module: libcst.Module) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self._path = path
        self._source = source
        self._module = module
        self._offsets = [0]
        for line in source.splitlines(keepends=True):
            self._offsets.append(self._offsets[-1] + len(line))
        self._names: list[str] = []
        self._functions = 0
        self._statement = range(0)

    def on_visit(self, node: libcst.CSTNode) -> bool:
        if isinstance(node, _NOT_MUTATED) or _is_strict(node):
            return False
        if isinstance(node, libcst.FunctionDef | libcst.ClassDef) and not self._functions:
            self._names.append(node.name.value)
        if isinstance(node, libcst.FunctionDef):
            self._functions += 1
        if isinstance(node, libcst.SimpleStatementLine):
            place = self._place(node)
            self._statement = range(place.start.line, place.end.line + 1)
        if self._functions:
            self.found += self._changes(node)
        return not _is_cast(node)

    def on_leave(self, original_node: libcst.CSTNode) -> None:
        if isinstance(original_node, libcst.SimpleStatementLine):
            self._statement = range(0)
        if isinstance(original_node, libcst.FunctionDef):
            self._functions -= 1
        if isinstance(original_node, libcst.FunctionDef | libcst.ClassDef) and not self._functions:
            self._names.pop()

    def _changes(self, node: libcst.CSTNode) -> Iterator[Mutant]:
        for kind, operator in mutation_operators:
            if not isinstance(node, kind):
                continue
            for new in operator(node):
                place = self._place(node)
                start, end = self._offset(place.start), self._offset(place.end)
                old = self._source[start:end]
                text = self._module.code_for_node(new).strip()
                if _without_strict(text) == _without_strict(old):
                    continue
                start += len(old) - len(old.lstrip())  # the place of some nodes has spaces around
                end -= len(old) - len(old.rstrip())
                yield Mutant(
                    path=self._path,
                    function=".".join(self._names),
                    line=place.start.line,
                    lines=self._statement or range(place.start.line, place.end.line + 1),
                    start=start,
                    end=end,
                    new=text,
                    source=self._source,
                )

    def _offset(self, position: CodePosition) -> int:
        return self._offsets[position.line - 1] + position.column

    def _place(self, node: libcst.CSTNode) -> CodeRange:
        return self.get_metadata(PositionProvider, node)


def _is_strict(node: libcst.CSTNode) -> bool:
    return isinstance(node, libcst.Arg) and node.keyword is not None and node.keyword.value == "strict"


def _without_strict(code: str) -> str:
    """Return code without the argument that makes `zip` an assertion: no test can make it fail either."""
    return re.sub(r",\s*strict=\w+|,\s*(?=\)$)", "", code.strip())


def _is_cast(node: libcst.CSTNode) -> bool:
    return isinstance(node, libcst.Call) and isinstance(node.func, libcst.Name) and node.func.value == "cast"
