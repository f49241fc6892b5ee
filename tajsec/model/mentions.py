"""Mentions: the names of the vocabulary in a running text, each with its position."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tajsec.model.kinds import TermKind
from tajsec.model.vocabulary import Term
from tajsec.text.forms import fold
from tajsec.text.words import stem

_WORD = re.compile(r"[^\W_]+")

Key = tuple[str, ...]
"""The words of a name as they are compared: stems if there are several, else the folded word itself.

With "the" alone before it a word is compared as it is, too: "the States" is not in "the state".
"""


class Mention(NamedTuple):
    """A name in a text, from `start` to `end`, and the term that has it."""

    start: int
    end: int
    kind: TermKind
    id: str


class _Name(NamedTuple):
    text: str
    kind: TermKind
    id: str


class Names:
    """The names of some terms, to find them in many texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[Key, list[_Name]] = {}
        self._longest: dict[str, int] = {}
        for term in terms:
            for text in (term.name, *term.aliases):
                self._add(_Name(text, term.kind, term.id))

    def _add(self, name: _Name) -> None:
        words = _WORD.findall(name.text)
        if words:
            self._names.setdefault(_key(words), []).append(name)
            first = stem(fold(words[0]))
            self._longest[first] = max(self._longest.get(first, 0), len(words))

    def mentions(self, text: str) -> list[Mention]:
        """Return the mentions in a text, in order.

        The longest name at a place counts, and its words are in no other mention; a name that is inside a longer word
        is none. A name that terms of several kinds have is a mention of each. "US" is not in "us", nor "Rose" in
        "rose": acronyms are compared with their capitals, and names of one word with their first letter.
        """
        found: list[Mention] = []
        words = [(match[0], *match.span()) for match in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            length, names = self._at([word for word, *_ in words[place : place + self._reach(words[place][0])]])
            found += [Mention(words[place][1], words[place + length - 1][2], each.kind, each.id) for each in names]
            place += length
        return found

    def _reach(self, word: str) -> int:
        """Return the number of words of the longest name that begins with a word; 1 if none does."""
        return self._longest.get(stem(fold(word)), 1)

    def _at(self, words: list[str]) -> tuple[int, list[_Name]]:
        """Return the number of words of the longest name that the words begin with, and one name a kind; else 1."""
        for length in range(len(words), 0, -1):
            written = words[:length]
            names = [each for each in self._names.get(_key(written), ()) if _is_written_as(each.text, written)]
            if names:
                return length, list(_first_of_each_kind(names))
        return 1, []


def _key(words: list[str]) -> Key:
    folded = tuple(map(fold, words))
    return folded if len(folded) == 1 or (len(folded) == 2 and folded[0] == "the") else tuple(map(stem, folded))


def _is_written_as(name: str, words: list[str]) -> bool:
    """True if the words have the capitals that a name needs."""
    if name.isupper():
        return "".join(words).isupper()
    if len(words) == 2 and fold(words[0]) == "the":
        return words[1][0].isupper() or not _WORD.findall(name)[1][0].isupper()
    return len(words) > 1 or not name[0].isupper() or words[0][0].isupper()


def _first_of_each_kind(names: list[_Name]) -> Iterator[_Name]:
    seen: set[TermKind] = set()
    for each in names:
        if each.kind not in seen:
            seen.add(each.kind)
            yield each
