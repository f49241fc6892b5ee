"""Which codes a check is to report, by their prefixes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tajsec.errors import UsageError


class Chosen(NamedTuple):
    """Prefixes of codes, such as "T4" and "T401". Of those that a code has, the longest decides, as in Ruff."""

    select: Sequence[str] = ()
    """If there are some, codes without one of them are not wanted."""
    ignore: Sequence[str] = ()

    def takes(self, code: str) -> bool:
        """Return whether a code is wanted; of two equal prefixes, that of `ignore` decides."""
        selected, ignored = (
            max((len(each) for each in prefixes if code.startswith(each)), default=-1)
            for prefixes in (self.select, self.ignore)
        )
        return selected > ignored if self.select else ignored < 0


EVERY = Chosen()


def chosen(select: Iterable[str], ignore: Iterable[str], codes: Iterable[str]) -> Chosen:
    """Return the choice that lists of prefixes make; each may have several with commas between them.

    Raises UsageError for a prefix that none of the codes has.
    """
    known, choice = list(codes), Chosen(_prefixes(select), _prefixes(ignore))
    for prefix in (*choice.select, *choice.ignore):
        if not prefix or not any(code.startswith(prefix) for code in known):
            raise UsageError(f"no code begins with {prefix!r}; `tajsec lint --codes` lists them")
    return choice


def _prefixes(given: Iterable[str]) -> list[str]:
    return [part.strip().upper() for text in given for part in text.split(",")]
