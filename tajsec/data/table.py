"""A TOML table with typed getters: each returns a value of the right type, and reports a mistake with its key path."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from tajsec.data.toml import KeyPath
from tajsec.errors import Problem
from tajsec.model.kinds import MAX_INTEGER
from tajsec.text import dates
from tajsec.text.forms import MAX_MARK_RUN, has_long_mark_run, refused
from tajsec.text.spelling import near_names
from tajsec.text.urls import is_web_address

MAX_STRING = 16 * 2**10
"""Characters; the longest string of the shipped data has 473. Whole documents are not values."""
MAX_ITEMS = 64
"""Items of a list in one record: the length of the longest list of the shipped data, the aliases of a common word."""
MAX_ID = 64
"""Characters; an id is a column of listings, which has to fit beside the statement in a terminal."""

_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_ID_NAME = f"an id: lower-case letters and digits joined by - . or _, at most {MAX_ID}"

_T = TypeVar("_T")


def is_id(text: str) -> bool:
    """True if a text has the form of an id."""
    return len(text) <= MAX_ID and bool(_ID.fullmatch(text))


def mistake_in(text: str) -> tuple[str, str] | None:
    """Return the code of what is wrong with a text of a record, and the words for it; None if nothing is."""
    if len(text) > MAX_STRING:
        return "T204", f"over {MAX_STRING:,} characters; shorten it"
    if not text.strip():
        return "T204", "empty; write something or leave the key out"
    if has_long_mark_run(text):
        return "T204", f"over {MAX_MARK_RUN} combining marks in a row; take them out"
    if found := refused(text):
        return "T208", f"holds {found}, a control, private or unassigned character; take it out"
    return None


class Reporter(Protocol):
    """What mistakes are reported to: a TOML file, or a file of another kind with the keys of a table."""

    problems: list[Problem]

    def report(self, path: KeyPath, code: str, what: str) -> None:
        """Add a problem of the key that `path` names."""


class Table:
    """A TOML table and its key path. `finish` reports the keys that no getter was called for.

    A getter that finds a mistake reports it and returns a value of its type all the same, so that one pass over a
    file finds every mistake in it.
    """

    def __init__(self, file: Reporter, data: Mapping[str, Any], path: KeyPath) -> None:
        self.file, self.data, self.path = file, data, path
        self._known = dict[str, None]()

    def bad(self, key: str, code: str, what: str) -> None:
        """Report a mistake in the value of `key`; `code` is one of `tajsec.data.codes`."""
        self.file.report((*self.path, key), code, what)

    def has(self, key: str) -> bool:
        """True if the table has a key, which is a known one."""
        self._known[key] = None
        return key in self.data

    def _get(self, key: str, kind: type | tuple[type, ...], kind_name: str, *, required: bool) -> Any:  # noqa: ANN401
        if not self.has(key):
            if required:
                self.bad(key, "T201", "missing; add it")
            return None
        value = self.data[key]
        if not isinstance(value, kind) or value is True or value is False:
            self.bad(key, "T202", f"must be {kind_name}, not {_type_name(value)}")
            return None
        return value

    def _items(self, key: str, kind: type, what: str, *, required: bool, most: int) -> Sequence[Any]:
        """Return the items of a list, all of one type; empty if the key is absent or wrong."""
        value = self._get(key, list, f"a list of {what}", required=required) or []
        if required and self.data.get(key) == []:
            self.bad(key, "T204", "empty; name at least one")
        if len(value) > most:
            self.bad(key, "T204", f"over {most} items; keep the best")
        if not all(isinstance(item, kind) for item in value):
            self.bad(key, "T202", f"must be a list of {what}")
            return []
        return value

    def _checked(self, key: str, value: str) -> str:
        if len(value) <= MAX_STRING and value.isascii() and value.isprintable() and value.strip():
            return value  # most strings need no check of each character
        if mistake := mistake_in(value):
            self.bad(key, *mistake)
            return value
        return unicodedata.normalize("NFC", value)

    def maybe_text(self, key: str, *, required: bool = False) -> str | None:
        """Return a string, or None if the key is absent or wrong."""
        value = self._get(key, str, "a string", required=required)
        return None if value is None else self._checked(key, value)

    def text(self, key: str) -> str:
        """Return a required string; "" if it is wrong."""
        return self.maybe_text(key, required=True) or ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of strings; empty if the key is absent or wrong."""
        items = self._items(key, str, "strings", required=required, most=MAX_ITEMS)
        return tuple(self._checked(key, item) for item in items)

    def choice(self, key: str, choices: Sequence[_T]) -> _T:
        """Return a required value that is one of `choices`; the first of them if it is wrong."""
        value = self._get(key, str, "a string", required=False)
        named = ", ".join(map(str, choices))
        if key not in self.data:
            self.bad(key, "T201", f"missing; add one of {named}")
        elif value is not None and value not in choices:
            self.bad(key, "T204", f"{value!r} is none of {named}")
        return value if value in choices else choices[0]

    def matching(self, key: str, pattern: re.Pattern[str], what: str, *, most: int = MAX_STRING) -> str:
        """Return a required string, and report it if it does not match `pattern`, which `what` describes to users."""
        value = self.text(key)
        if value and (len(value) > most or not pattern.fullmatch(value)):
            self.bad(key, "T207", f"{value[:80]!r} is not {what}")
        return value

    def id(self, key: str = "id") -> str:
        """Return a required id. Its form keeps path separators, shell characters and look-alike letters out of ids."""
        return self.matching(key, _ID, _ID_NAME, most=MAX_ID)

    def date(self, key: str, *, may_be_set: bool = False, required: bool = False) -> dates.Edtf | None:
        """Return an EDTF date, or None if the key is absent or wrong."""
        value = self.maybe_text(key, required=required)
        try:
            date = dates.parse(value) if value else None
        except ValueError as error:
            self.bad(key, "T205", f"{value!r}: {error}")
            return None
        if date and date.members and not may_be_set:
            self.bad(key, "T205", f"{value!r}: a set of dates; only `when` has sets: write one date or a span")
        return date

    def number(self, key: str) -> int | float:
        """Return a required finite number, as an integer if it has no fraction."""
        value = self._get(key, (int, float), "a number", required=True)
        if value is None:
            return 0
        if isinstance(value, float) and not math.isfinite(value):
            self.bad(key, "T206", f"{value} is not a number that can be counted; write a finite one")
        elif abs(value) > MAX_INTEGER:
            self.bad(key, "T206", "beyond 2^53; no program could read it exactly")
            return 0
        return value if isinstance(value, int) or not value.is_integer() else int(value)

    def whole(self, key: str) -> int:
        """Return a required whole number from 0 on, as whatever is counted or numbered has; 0 if it is wrong."""
        value: int = self._get(key, int, "a whole number", required=True) or 0
        if value < 0:
            self.bad(key, "T206", f"{value} is below 0; count or number from there")
            return 0
        if abs(value) > MAX_INTEGER:
            self.bad(key, "T206", "beyond 2^53; no program could read it exactly")
            return 0
        return value

    def maybe_in_form(self, key: str, has_form: Callable[[str], bool], what: str) -> str | None:
        """Return a string or None, and report it if `has_form` is False for it; `what` describes the form to users."""
        known = len(self.file.problems)
        value = self.maybe_text(key)
        if value is not None and len(self.file.problems) == known and not has_form(value):
            self.bad(key, "T207", f"{value[:80]!r} is not {what}")
        return value

    def url(self, key: str) -> str | None:
        """Return a web address that is safe to open, or None if the key is absent."""
        value = self.maybe_text(key)
        if value and not is_web_address(value):
            is_other = not value.startswith(("http://", "https://"))
            advice = "; for what is not on the web write doi, isbn, urn or locator" if is_other else ""
            self.bad(key, "T210", f"not an http or https address with an ASCII host and no user name{advice}")
        return value

    def records(
        self, key: str, make: Callable[["Table"], _T], *, required: bool = False, most: int = MAX_ITEMS
    ) -> tuple[_T, ...]:
        """Return the result of `make` for each table of a list; empty if the key is absent or wrong."""
        found = []
        for index, item in enumerate(self._items(key, dict, "tables", required=required, most=most)):
            table = Table(self.file, item, (*self.path, key, index))
            found.append(make(table))
            table.finish()
        return tuple(found)

    def strings(
        self,
        key: str,
        *,
        allowed: Sequence[str] | None = None,
        pattern: re.Pattern[str] | None = None,
        what: str = "",
        most: int = MAX_ITEMS,
    ) -> dict[str, str]:
        """Return a table of strings, empty if the key is absent or wrong.

        `allowed` are the only keys it may have; each string must match `pattern`, which `what` describes to users.
        """
        value = self._get(key, dict, "a table of strings", required=False) or {}
        if len(value) > most:
            self.bad(key, "T204", f"over {most} items; keep the best")
        table = Table(self.file, value, (*self.path, key))
        for name in value:
            table._checked(name, name)
        names = value if allowed is None else [name for name in allowed if name in value]
        found = {name: table.matching(name, pattern, what) if pattern else table.text(name) for name in names}
        table._known = dict.fromkeys(names if allowed is None else allowed)
        table.finish()
        return found

    def wholes(self, key: str, *, most: int = MAX_ITEMS) -> dict[str, int]:
        """Return a table of whole numbers, empty if the key is absent or wrong."""
        value = self._get(key, dict, "a table of whole numbers", required=False) or {}
        if len(value) > most:
            self.bad(key, "T204", f"over {most} items; keep the best")
        table = Table(self.file, value, (*self.path, key))
        for name in value:
            table._checked(name, name)
        return {name: table.whole(name) for name in value}

    def finish(self) -> None:
        """Report the keys that no getter was called for, with similar known ones."""
        for key in self.data:
            if key not in self._known:
                near = near_names(key, self._known)
                advice = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(self._known)}"
                self.bad(key, "T203", f"unknown key; {advice}")


def _type_name(value: object) -> str:
    names = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
