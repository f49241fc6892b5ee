"""The sides of a query, each a query of its own; `operators` reads them, if there are operators."""

from typing import NamedTuple

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u301d\u301e\u301f\uff02'
"""The quotes around a phrase: straight, typographic, of other scripts."""

_SIGNS = (*QUOTES, "-", "\u2212", "OR", "NOT")


class Side(NamedTuple):
    """A query without OR: the text in which words, names, numbers and dates are read, its phrases and exclusions."""

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()

    @property
    def has_conditions(self) -> bool:
        """True if a fact that answers the text must meet conditions besides."""
        return bool(self.phrases or self.excluded or self.excluded_phrases)


def has_operators(query: str) -> bool:
    """True if a query may have operators, which `operators.read_sides` then reads; most have none."""
    return any(sign in query for sign in _SIGNS)
