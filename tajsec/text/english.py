"""Which words are English: a list of 90,000 words and well-known names, so that what is spelled right is not corrected.

The list is `word_list/english.txt`, a word a line in the order of their bytes, names with a capital. It is made by
`tajsec.generate.english` from SCOWL (Spell Checker Oriented Word Lists, http://wordlist.aspell.net, version 2020.12.07)
and names that SCOWL lacks; `word_list/LICENSE` has its terms. A word is found by bisection in the file, in 0.1 ms: to
read the whole list takes ten times as long, and to inflate it from 240 kB a hundred times.
"""

import os
from bisect import bisect_left
from errno import EIO
from typing import BinaryIO

END = b"~\n"
"""The last line of the list, after every word in the order of bytes; without it the file was cut short."""

_PATH = os.path.join(os.path.dirname(__file__), "word_list", "english.txt")


def is_english(word: str) -> bool:
    """True if a folded word, inflected or not, is in the list; "don't" is there as "dont".

    The list has British and American spellings, and names of people, places and organizations. Its words are those of
    SCOWL up to size 60, "the largest size that I am fairly confident does not contain any misspellings" (its author).
    Raises OSError if the list is missing or cut short.
    """
    return _is_listed(word) or is_name(word)


def is_name(word: str) -> bool:
    """True if a folded word is in the list as a name or an acronym alone: Berlin, NATO, not Turkey."""
    return _is_listed(word.capitalize())


def all_words() -> list[str]:
    """Return the folded words of the whole list; it takes 20 ms. Raises OSError as `is_english` does."""
    with _opened() as lines:
        words = lines.read().decode("ascii").splitlines()
    if words[-1:] != [END.decode().strip()]:
        raise _cut_short()
    return sorted({word.lower() for word in words[:-1] if word.isalpha()})


def _cut_short() -> OSError:
    return OSError(EIO, "the list of English words was cut short", _PATH)


def _is_listed(word: str) -> bool:
    if not (word.isascii() and word.isalpha()):
        return False
    wanted = f"{word}\n".encode()
    with _opened() as lines:

        def line_after(offset: int) -> bytes:
            lines.seek(offset)
            lines.readline()
            return lines.readline()

        size = lines.seek(0, os.SEEK_END)
        lines.seek(max(0, size - len(END)))
        if lines.read() != END:
            raise _cut_short()
        return line_after(bisect_left(range(size - len(END)), wanted, key=line_after)) == wanted


def _opened() -> BinaryIO:
    if os.path.isfile(__file__):
        return open(_PATH, "rb")
    from importlib.resources import files  # the package is in an archive, whose files cannot be read from the middle
    from io import BytesIO

    return BytesIO(files("tajsec.text").joinpath("word_list", "english.txt").read_bytes())
