"""Every constant of the search, and how rare words count more.

`benchmarks/ablation.py` prints what each constant is worth; a test keeps other numbers out of the modules of search.
"""

import math

# What a unit counts in a field of a fact, beside 1 in the statement.
QUOTES = 0.3
"""In a quote: what the document says, but the statement does not."""
SYNONYM = 0.4
"""By another name that was typed: "schooling" for training. The typed word itself counts more."""
TAGS = 0.2
"""For a fact that is tagged with the actor, place, topic or status, or has the words of a name apart: it is about it,
and says nothing of it."""

# What the score of a fact is multiplied by.
KIND = 0.6
"""More for a fact of the kind that was asked for: a figure for "how many", a place for "where"."""
PREFERRED = 0.2
"""More for a preferred fact, less for one instead of which another is to be cited: it decides near ties."""

# Which facts are shown.
CUT = 0.4
"""The least score of a fact that is shown, as a share of the first one's: a lower one shows more noise."""
LEAD = 0.18
"""How far the first fact is ahead of the second where it is shown as the answer. Just under PREFERRED, so that of two
facts alike a preferred one leads. On the project's queries and questions the first fact is right in 95 % where it
leads, in 75 % where it does not."""
NEAREST = 3
"""Facts that answer a part, and known words for an unknown one: few enough to be read at a glance."""

# What bounds the time of a search.
MAX_QUERY = 256
"""Most characters of a query: people type under 100, and RapidFuzz takes 4 s for 1,000 over 10,000 words."""
BOUNDED_ABOVE = 5000
"""In stores of at most so many facts all candidates are scored; in larger ones `search.bounded` selects some."""
POOL = 120
"""Facts that are scored in a large store: some pages of answers. Reading and scoring takes about 35 µs for each."""
READ_AHEAD = 500
"""Facts that answer any part of a query and are asked for ahead, in case that few answer it: half a megabyte."""
READINGS = 128
"""Readings of a mistyped query whose names are asked for ahead: three typos with five corrections each have as many."""
LONGEST_NAME = 8
"""Most words of a name that is looked up: only eight names are longer."""


def shown_score(score: float) -> float:
    """Return a score as it is shown: to hundredths."""
    return float(f"{score:.2f}")


def rarity(frequency: int, size: int) -> float:
    """Return the inverse document frequency of BM25 (Robertson and Spärck Jones 1976)."""
    return math.log(1 + (2 * (size - frequency) + 1) / (2 * frequency + 1))
