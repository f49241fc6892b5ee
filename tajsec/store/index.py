"""Tokens and row numbers of the full-text index `ft`.

Beside the stems of its text a fact has tokens for what else a query may ask for, with a colon in each. Only the search
of large stores looks them up (`tajsec.search.bounded`).
"""


def tag_token(kind: str, term_id: str) -> str:
    """Return the token of the facts that are tagged with a term."""
    return f"{kind}:{term_id}"


def number_token(value: float) -> str:
    """Return the token of the facts with a number."""
    return f"number:{int(value) if float(value).is_integer() else value!r}"


def year_token(year: int) -> str:
    """Return the token of the facts of a year."""
    return f"year:{year}"


def statement_token(stem: str) -> str:
    """Return the token of the facts with a stem in their statement."""
    return f"in:{stem}"


def twice_token(stem: str) -> str:
    """Return the token of the facts with a stem in their statement, and once more there or in another field."""
    return f"twice:{stem}"


_NUMBER_BITS = 40
"""Bits of a fact's number in a row number of 63 bits: the rest is for the words of the statement."""


def index_row(number: int, size: int) -> int:
    """Return the row number of a fact with a statement of `size` words: FTS5 returns those of short ones first."""
    return size << _NUMBER_BITS | number


def number_of(row: int) -> int:
    """Return the number of the fact of a row."""
    return row & (1 << _NUMBER_BITS) - 1
