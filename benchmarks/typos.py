"""How often a mistyped word still finds what was meant, in a store of any size.

    python benchmarks/typos.py PACK CACHE [--cases N] [--seed N] [--misses]

PACK is a folder of facts (`benchmarks/synthetic.py` writes one), CACHE the folder in which it is compiled and kept. A
case is one word of the facts, mistyped by one slip or by two: a letter added, left out, changed, or two neighbours
swapped, anywhere in the word (optimal string alignment distance). It is right if more than half of ten facts are shown
that hold the word that was meant (its stem, in any field that is searched).

Words are drawn by the number of facts in which they stand, as readers meet them, among those of at least five letters
that are no stop words and stand in at least twenty facts, so that ten can be shown; for two slips among those of at
least eight, the length from which the tool takes two. `0 slips` are the words as they are meant: the most that can be
had, since a fact may also answer by what it is about. `real words` are cases where the slips happen to make another
word of the store: they count, and `else` is the share without them.

Beside it stands RapidFuzz WRatio over the statements, up to 10,000 facts: it scans them all. It is right if more than
half of its ten statements hold the word.
"""

import argparse
import random
import statistics
import string
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tajsec.protocol import SearchableStore
from tajsec.search import search
from tajsec.selection import EVERYTHING
from tajsec.store import open_store
from tajsec.words import STOP_WORDS, stem, stems

TOP = 10
LEAST_LETTERS = {0: 5, 1: 5, 2: 8}
"""Letters of the shortest word that is mistyped, by the number of slips."""
LEAST_FACTS, LONGEST = 20, 24
SCANNED = 11_000
"""Facts up to which WRatio is asked too: 10,000, and the shipped ones that a pack stands beside."""
GOALS = {(1, 10_000): 0.97, (1, 1_000_000): 0.84, (2, 1_000_000): 0.75}
"""The least share of right cases, by slips and the size of the pack."""

Engine = Callable[[str, str], bool]
"""Tells whether a typed word finds what was meant: typed, meant."""


class Case(NamedTuple):
    """A word, as it was mistyped and as it was meant."""

    typed: str
    meant: str


class Outcome(NamedTuple):
    """What came of a case, and the milliseconds that it took."""

    case: Case
    is_right: bool
    spent: float


# ---------------------------------------------------------------- words and slips


def words_of(store: SearchableStore, letters: int) -> dict[str, int]:
    """Give the words of so many letters or more that stand in enough facts, with the number of facts."""
    forms = [
        form for start in string.ascii_lowercase for form in store.forms_of_length(letters, LONGEST, start)
        if form.isascii() and form.isalpha() and form not in STOP_WORDS
    ]  # fmt: skip
    counts: dict[str, int] = {}
    for start in range(0, len(forms), 500):
        some = {form: stem(form) for form in forms[start : start + 500]}
        facts = store.frequencies(sorted(set(some.values())))
        counts |= {form: facts[key] for form, key in some.items() if facts.get(key, 0) >= LEAST_FACTS}
    return counts


def slip(word: str, rng: random.Random) -> str:
    """Make one typing slip: add, leave out or change a letter, or swap two neighbours."""
    place = rng.randrange(len(word))
    letter = rng.choice(string.ascii_lowercase)
    before, here, after = word[:place], word[place], word[place + 1 :]
    return rng.choice(
        (
            f"{before}{letter}{here}{after}",
            before + after,
            before + letter + after,
            before + after[:1] + here + after[1:],
        )
    )


def misspell(word: str, slips: int, rng: random.Random) -> str:
    """Mistype a word so that it is exactly so many slips away."""
    while True:
        typed = word
        for _ in range(slips):
            typed = slip(typed, rng)
        if OSA.distance(typed, word) == slips:
            return typed


def cases(counts: dict[str, int], number: int, slips: int, seed: int) -> list[Case]:
    """Draw so many words by their frequency, and mistype each. Same seed, same cases."""
    rng = random.Random(seed)  # noqa: S311
    words = sorted(counts)
    drawn = rng.choices(words, [counts[word] for word in words], k=number)
    return [Case(misspell(word, slips, rng), word) for word in drawn]


# ---------------------------------------------------------------- what is asked


def ours(store: SearchableStore) -> Engine:
    """Search as the tool does."""

    def is_right(typed: str, meant: str) -> bool:
        numbers = [match.number for match in search(store, typed, EVERYTHING, limit=TOP).matches]
        return holds_mostly((document.text.split() for document in store.documents(numbers)), meant)

    return is_right


def whole_sentences(statements: Sequence[str]) -> Engine:
    """Compare whole statements with the word (RapidFuzz WRatio)."""

    def is_right(typed: str, meant: str) -> bool:
        found = process.extract(typed, statements, scorer=fuzz.WRatio, limit=TOP)
        return holds_mostly((stems(statement) for statement, _, _ in found), meant)

    return is_right


def holds_mostly(texts: Iterable[Sequence[str]], meant: str) -> bool:
    """Tell whether more than half of ten texts, given as stems, hold a word."""
    return sum(stem(meant) in text for text in texts) > TOP / 2


def outcomes(engine: Engine, asked: Sequence[Case]) -> list[Outcome]:
    """Ask an engine every case."""
    found = []
    for case in asked:
        start = time.perf_counter()
        is_right = engine(case.typed, case.meant)
        found.append(Outcome(case, is_right, 1000 * (time.perf_counter() - start)))
    return found


# ---------------------------------------------------------------- the table


def goal(slips: int, facts: int) -> str:
    """Give the goal for so many slips in a store of about so many facts, or "" where there is none."""
    return next(
        (f"{least:.2f}" for (of, size), least in GOALS.items() if of == slips and size <= facts <= 1.1 * size), ""
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pack", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what tajsec missed")
    options = parser.parse_args()
    store = open_store([options.pack], cache=str(options.cache))
    facts, _ = store.size()
    engines = {"tajsec": ours(store)}
    if facts <= SCANNED:
        engines["WRatio"] = whole_sentences([fact.statement for fact in store.facts()])
    print(f"{facts:,} facts, {options.cases} cases each, seed {options.seed}")
    print(f"{'':18}{'right':>8}{'goal':>8}{'else':>8}{'real words':>12}{'ms':>8}")
    for slips, letters in LEAST_LETTERS.items():
        asked = cases(words_of(store, letters), options.cases, slips, options.seed)
        real = set(store.stems_of(sorted({case.typed for case in asked if case.typed != case.meant})))
        for name, engine in engines.items():
            found = outcomes(engine, asked)
            rest = [each for each in found if each.case.typed not in real]
            shares = [statistics.fmean(each.is_right for each in some) for some in (found, rest)]
            aim = goal(slips, facts) if name == "tajsec" else ""
            spent = statistics.median(each.spent for each in found)
            print(f"{f'{slips} slips, {name}':18}{shares[0]:8.3f}{aim:>8}{shares[1]:8.3f}", end="")
            print(f"{len(found) - len(rest):12}{spent:8.2f}")
            if options.misses and name == "tajsec":
                for case, is_right, _ in found:
                    if not is_right:
                        print(f"  {case.typed} for {case.meant}{' (a word)' if case.typed in real else ''}")


if __name__ == "__main__":
    main()
