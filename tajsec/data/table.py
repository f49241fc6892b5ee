"""A TOML table that is asked for its keys: each answer has the right type, each mistake is reported with its path."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tajsec.data.toml import KeyPath, TomlFile
from tajsec.text import dates
from tajsec.text.forms import refused
from tajsec.text.spelling import near_names
from tajsec.text.urls import is_web_address

MAX_STRING = 16 * 2**10


MAX_ITEMS = 64


MAX_INTEGER = 2**53


MAX_ID = 64


_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")


_T = TypeVar("_T")


class Table:
    """A TOML table, its key path, and which of its keys were asked for."""

    def __init__(self, file: TomlFile, data: Mapping[str, Any], path: KeyPath) -> None:
        self.file, self.data, self.path = file, data, path
        self._asked: list[str] = []

    def bad(self, key: str, code: str, what: str) -> None:
        """Report a mistake in the value of `key`."""
        self.file.report((*self.path, key), code, what)

    def _get(self, key: str, kind: type | tuple[type, ...], kind_name: str, *, required: bool) -> Any:  # noqa: ANN401
        self._asked.append(key)
        if key not in self.data:
            if required:
                self.bad(key, "T201", "missing; add it")
            return None
        value = self.data[key]
        if not isinstance(value, kind) or value is True or value is False:
            self.bad(key, "T202", f"must be {kind_name}, not {_type_name(value)}")
            return None
        return value

    def _checked(self, key: str, value: str) -> str:
        if len(value) <= MAX_STRING and value.isascii() and value.isprintable() and value.strip():
            return value  # as nearly all are
        if len(value) > MAX_STRING:
            self.bad(key, "T204", f"over {MAX_STRING:,} characters; shorten it")
        elif not value.strip():
            self.bad(key, "T204", "empty; write something or leave the key out")
        elif found := refused(value):
            self.bad(key, "T208", f"holds the control character {found}; take it out")
        return unicodedata.normalize("NFC", value)

    def maybe_text(self, key: str, *, required: bool = False) -> str | None:
        """Give a string, or None if the key is absent or wrong."""
        value = self._get(key, str, "a string", required=required)
        return None if value is None else self._checked(key, value)

    def text(self, key: str) -> str:
        """Give a string that must be there; "" stands in for one that is wrong."""
        return self.maybe_text(key, required=True) or ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Give a list of strings; empty if the key is absent or wrong."""
        value = self._get(key, list, "a list of strings", required=required) or []
        if required and self.data.get(key) == []:
            self.bad(key, "T204", "empty; name at least one")
        if len(value) > MAX_ITEMS:
            self.bad(key, "T204", f"over {MAX_ITEMS} items; keep the best")
        if not all(isinstance(item, str) for item in value):
            self.bad(key, "T202", "must be a list of strings")
            return ()
        return tuple(self._checked(key, item) for item in value)

    def choice(self, key: str, choices: Sequence[_T]) -> _T:
        """Give one of `choices`, which must be there; the first stands in for a wrong one."""
        value = self._get(key, str, "a string", required=True)
        if value is not None and value not in choices:
            self.bad(key, "T204", f"{value!r} is none of {', '.join(map(str, choices))}")
        return value if value in choices else choices[0]

    def matching(self, key: str, pattern: re.Pattern[str], what: str, *, most: int = MAX_STRING) -> str:
        """Give a string that must be there and match `pattern`; `what` says in words what it must be."""
        value = self.text(key)
        if value and (len(value) > most or not pattern.fullmatch(value)):
            self.bad(key, "T207", f"{value[:80]!r} is not {what}")
        return value

    def id(self, key: str = "id") -> str:
        """Give an id, by the one rule that keeps paths, shells and look-alikes out of it."""
        return self.matching(
            key, _ID, f"an id: lower-case letters and digits joined by - . or _, at most {MAX_ID}", most=MAX_ID
        )

    def date(self, key: str) -> dates.Edtf | None:
        """Give an EDTF date, or None if the key is absent or wrong."""
        value = self.maybe_text(key)
        try:
            return dates.parse(value) if value else None
        except ValueError as error:
            self.bad(key, "T205", f"{value!r}: {error}")
            return None

    def number(self, key: str) -> int | float:
        """Give a finite number that must be there, whole if it has no fraction."""
        value = self._get(key, (int, float), "a number", required=True)
        if value is None:
            return 0
        if isinstance(value, float) and not math.isfinite(value):
            self.bad(key, "T206", f"{value} is not a number that can be counted; write a finite one")
        elif abs(value) > MAX_INTEGER:
            self.bad(key, "T206", "beyond 2^53; no program could read it exactly")
        return value if isinstance(value, int) or not value.is_integer() else int(value)

    def whole(self, key: str) -> int:
        """Give a whole number that must be there."""
        value = self._get(key, int, "a whole number", required=True)
        return 0 if value is None else value

    def url(self, key: str, *, required: bool) -> str | None:
        """Give a web address that can be opened without harm, or None."""
        value = self.maybe_text(key, required=required)
        if value and not is_web_address(value):
            self.bad(key, "T210", "not an http or https address with an ASCII host and no user name")
        return value

    def tables(self, key: str, *, required: bool = False, most: int = MAX_ITEMS) -> list["Table"]:
        """Give the tables of a list, each with its path; empty if the key is absent or wrong."""
        value = self._get(key, list, "a list of tables", required=required) or []
        if required and self.data.get(key) == []:
            self.bad(key, "T204", "empty; add at least one")
        if len(value) > most:
            self.bad(key, "T204", f"over {most} items; keep the best")
        if not all(isinstance(item, dict) for item in value):
            self.bad(key, "T202", "must be a list of tables")
            return []
        return [Table(self.file, item, (*self.path, key, index)) for index, item in enumerate(value)]

    def strings(self, key: str, allowed: Sequence[str]) -> dict[str, str]:
        """Give a table that holds strings, under no other keys than `allowed`."""
        value = self._get(key, dict, "a table of strings", required=False) or {}
        table = Table(self.file, value, (*self.path, key))
        found = {name: table.text(name) for name in allowed if name in value}
        table._asked = list(allowed)
        table.finish()
        return found

    def pairs(
        self, key: str, pattern: re.Pattern[str] | None = None, what: str = "", *, most: int = MAX_ITEMS
    ) -> dict[str, str]:
        """Give a table of strings with keys of any name; each string must match `pattern`, `what` says in words how."""
        value = self._get(key, dict, "a table of strings", required=False) or {}
        if len(value) > most:
            self.bad(key, "T204", f"over {most} items; keep the best")
        table = Table(self.file, value, (*self.path, key))
        for name in value:
            table._checked(name, name)
        return {name: table.matching(name, pattern, what) if pattern else table.text(name) for name in value}

    def finish(self) -> None:
        """Report the keys that nobody asked for, with the near ones."""
        for key in self.data:
            if key not in self._asked:
                near = near_names(key, self._asked)
                advice = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(self._asked)}"
                self.bad(key, "T203", f"unknown key; {advice}")


def _type_name(value: object) -> str:
    names = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
