"""Find statements that nearly say the same.

The measure is the share of their words that two statements have in common (Jaccard's index of the sets of word stems,
without stop words), because the order of words and their endings tell twins apart from nothing. Pairs are found by
prefix filtering (Chaudhuri, Ganti, Kaushik, 2006): if two sets share that much, they share one of their rarest words,
so few of the pairs of a large store are compared.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tajsec.check.aspects import figures_in_context
from tajsec.text.figures import Key
from tajsec.text.words import STOP_WORDS, stem, tokens

LEAST_COMMON = 0.75
"""Of the words of two statements, for them to be twins.

Measured by reading what it finds. In 428 facts that were written one detail each: 63 from 0.75 on, each a part of the
same claim as its twin, and 56 more from 0.65 on, of which about eight are claims of their own. In 186 facts that were
written one claim each: none from 0.75 on, one from 0.65 on.
"""


def twins(statements: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield the numbers of two statements that nearly say the same, the earlier first, and what they have in common.

    Each later statement is named once, with the earlier one that is most like it. Two of which each has a count or sum
    that the other has not are a series, as of the troops in each year, and no twins.
    """
    words = [frozenset(stem(token) for token in tokens(text) if token not in STOP_WORDS) for text in statements]
    rarity = Counter(word for each in words for word in each)
    with_rare_word = defaultdict[str, list[int]](list)
    for later, mine in enumerate(words):
        rarest = sorted(mine, key=lambda word: (rarity[word], word))[
            : len(mine) - math.ceil(LEAST_COMMON * len(mine)) + 1
        ]
        likely = {earlier for word in rarest for earlier in with_rare_word[word]}
        alike = [(_common(words[each], mine), -each) for each in likely]
        found = [
            each
            for each in alike
            if each[0] >= LEAST_COMMON and not _is_series(statements[-each[1]], statements[later])
        ]
        if found:
            common, earlier = max(found)
            yield -earlier, later, common
        for word in rarest:
            with_rare_word[word].append(later)


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _is_series(one: str, other: str) -> bool:
    """True if each of two statements has a count or sum that the other has not."""
    first, second = _counts(one), _counts(other)
    return bool(first - second) and bool(second - first)


def _counts(statement: str) -> set[Key]:
    return {each.figure.key for each in figures_in_context(statement) if each.role == "count"}
