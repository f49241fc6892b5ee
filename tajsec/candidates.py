"""What completes a word in a shell: ids of facts, actors, topics, places and sources, while somebody waits on TAB.

Nothing here may disturb the line that is being typed: whatever is wrong, there are no candidates and not a word.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tajsec.console import Reply, cache_folder
from tajsec.store import open_store
from tajsec.text import printable

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 100
ABOUT = 200
"""Characters that are told of what a candidate is; shells show as many as fit."""
_MARKS = str.maketrans("", "", "-._")
"""What stands between the letters of an id, as a table that takes it away."""
LONGEST_BUILD = 2000
"""Facts from which a store is not compiled while somebody waits on TAB; the next command compiles it."""


class _TooLong(Exception):
    """Compiling the store takes longer than anybody waits."""


def complete(args: Sequence[str], environ: Mapping[str, str]) -> Reply:
    """Give the candidates for the rest of a word, one a line: the id, a tab, what it is.

    `args` are the kind of id and its start, such as `fact:rad` (one word, as some shells drop an empty one), and the
    words that stand before it on the line.
    """
    with contextlib.suppress(Exception):
        asked, *before = args
        kind, _, start = asked.partition(":")
        store = open_store(_packs(before, environ), cache=cache_folder(environ), progress=_bounded)
        found = store.starting(kind, start, LIMIT)
        lines = (f"{each}\t{_short(about)}\n" for each, about in found if _is_id(each))
        return Reply(text="".join(lines), machine=True)
    return Reply()


def _bounded(count: int) -> None:
    if count >= LONGEST_BUILD:
        raise _TooLong


def _is_id(text: str) -> bool:
    """True if a shell takes a text as one plain word."""
    return text.isascii() and text[:1].isalnum() and text.translate(_MARKS).isalnum()


def _short(about: str) -> str:
    shown = printable(about)
    return shown if len(shown) <= ABOUT else f"{shown[: ABOUT - 1]}…"


def _packs(words: Sequence[str], environ: Mapping[str, str]) -> "Sequence[Path]":
    """Give the folders that the line or else the environment adds, as `--facts` of a command reads them."""
    named = [_path(each) for each in _values(words, "--facts")]
    return named or [_path(each) for each in environ.get("TAJSEC_FACTS", "").split()]


def _values(words: Sequence[str], option: str) -> Iterator[str]:
    """Give the values of an option; bash hands over `--facts=DIR` in three words."""
    for place, word in enumerate(words):
        if word.startswith(f"{option}=") and word != f"{option}=":
            yield word.removeprefix(f"{option}=")
        elif word == option:
            yield from [each for each in words[place + 1 : place + 3] if each != "="][:1]


def _path(word: str) -> "Path":
    """Give the path that a shell would make of a word of the line; bash hands it over as it is typed."""
    from pathlib import Path

    if not Path(word).exists():
        if any(char in word for char in "\"'\\"):
            import shlex

            word = "".join(shlex.split(word))
        if "$" in word:
            word = os.path.expandvars(word)
    return Path(word).expanduser()
