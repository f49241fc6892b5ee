"""The tokens and row numbers of the full-text index."""


def tag_token(kind: str, term_id: str) -> str:
    """Give the word under which the facts about a term stand in the index, beside the words of their texts."""
    return f"{kind}:{term_id}"


def number_token(value: float) -> str:
    """Give the word under which the facts that hold a number stand in the index."""
    return f"number:{int(value) if float(value).is_integer() else value!r}"


def year_token(year: int) -> str:
    """Give the word under which the facts of a year stand in the index."""
    return f"year:{year}"


def statement_token(stem: str) -> str:
    """Give the word under which the facts stand in the index that hold a stem in their statement."""
    return f"in:{stem}"


def twice_token(stem: str) -> str:
    """Give the word under which the facts stand in the index that hold a stem in their statement and once more."""
    return f"twice:{stem}"


YEAR = 10_000
"""What the number of a day (`tajsec.text.dates.day_number`) grows by in a year."""

_PLACES = 40
"""Bits of the number of a fact."""


def index_row(number: int, size: int) -> int:
    """Give the row of the index for a fact with a statement of so many words: those of short ones come first."""
    return size << _PLACES | number


def number_of(row: int) -> int:
    """Give the number of the fact of a row of the index."""
    return row & (1 << _PLACES) - 1
