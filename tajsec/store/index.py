"""Tokens and row numbers of the full-text index `ft`.

The index contains the stems of each fact, and the tokens below, each with a colon, for its terms, numbers, years and
statement. Only the search of large stores uses these (`tajsec.search.bounded`).
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
"""The lower bits of a row number (63 bits) are the fact's number; the upper ones count the statement's words."""


def index_row(number: int, size: int) -> int:
    """Return the row number of a fact with a statement of `size` words: FTS5 returns those of short ones first."""
    return size << _NUMBER_BITS | number


def number_of(row: int) -> int:
    """Return the number of the fact of a row."""
    return row & (1 << _NUMBER_BITS) - 1


def words_of(row: int) -> int:
    """Return the number of words of the statement of a row's fact."""
    return row >> _NUMBER_BITS
