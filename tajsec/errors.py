"""The exceptions with a message for the user; the CLI catches their base class, TajsecError, in one place.

TajsecError               one line for the user, exit status 2
├── UsageError            the request is invalid
│   └── UnknownName       an id or name that is not in the store
├── DataError             files that break the rules: one or more problems
└── FailingEnvironment    the disk, a permission, a missing folder

Any other exception is a bug in tajsec: exit status 70.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Level = Literal["error", "to-do"]
"""A to-do is work that is left, such as a passage that no fact cites yet; an error is a mistake."""


class TajsecError(Exception):
    """The base class; its message is one line that says what is wrong and what to do."""


class UsageError(TajsecError):
    """An invalid request, such as a wrong option or date."""


class UnknownName(UsageError):
    """An id or name that is not in the store; `near` are the most similar ones in it."""

    def __init__(self, kind: str, name: str, near: Sequence[str], listing: str) -> None:
        """`kind` is the user's word ("actor"), `listing` the command that lists the existing names."""
        self.kind, self.name, self.near = kind, name, tuple(near)
        advice = f"did you mean {' or '.join(near)}?" if near else f"`{listing}` lists them"
        super().__init__(f"unknown {kind} {name!r}; {advice}")


class FailingEnvironment(TajsecError):
    """The disk, a permission or a missing folder prevents the command."""


class Problem(NamedTuple):
    """One mistake in one file; problems are sorted by file and line."""

    file: str
    line: int = 0
    """1 for the first line; 0 if the mistake has no line."""
    path: str = ""
    """The key path, such as `fact[2].cites[0].quote`."""
    code: str = ""
    """One of `tajsec.data.codes` or of the rules of `tajsec.check.lint`."""
    what: str = ""
    """What is wrong and, after a semicolon, how to correct it."""
    level: Level = "error"
    fixed: bool = False
    """True if the tool has corrected it in the file."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.what) if part)


class DataError(TajsecError):
    """Files that break the rules; `problems` are all that were found, sorted."""

    def __init__(self, problems: Sequence[Problem], advice: str = "") -> None:
        """`problems` has at least one; `advice` is a way out that is not the correction of the files."""
        self.problems = tuple(sorted(problems))
        more = len(self.problems) - 1
        tail = f" (and {more} more: run tajsec lint)" if more else ""
        super().__init__("; ".join(filter(None, (f"{self.problems[0]}{tail}", advice))))
