"""How good the ten facts shown are against exact BM25, and how a search compares with a scan of all statements.

    python benchmarks/bm25_mass.py [PACK CACHE] [--queries N] [--seed N] [--pools N ...] [--scans N]

PACK is a folder of facts (`benchmarks/synthetic.py` writes one), CACHE the folder in which it is compiled and kept;
without them the shipped store is asked. A query is one, two or three words of the statement of a fact that is drawn:
words are asked as often as they stand in statements, and at least one fact holds them together. Every fact that holds
one of its stems is scored by BM25 (Robertson and Spärck Jones; k1 = 1.2, b = 0.75, rarity as log(1 + ...) so that it is
never negative). The mass of ten facts is the sum of their scores, as a share of the sum of the ten best. It is measured
twice: over the stems of the statements, which is what is shown and what the baselines of `search_quality.py` index, and
over those of all fields that are searched.

`shown` is the mass of what the tool shows. It may show fewer than ten facts, since one that answers too little of the
query is no answer: `as many` compares them with as many of the best, and leaves empty answers out. `judged` is the mass
of the best ten among the facts that the tool judged, so what a ranking by BM25 would make of the same candidates: what
is lost above it was never looked at, what is lost below it is another opinion (the tool weighs fields, nearness and
meaning). `--pools` repeats it with more candidates.

The warm time of these searches is compared with one `rapidfuzz.process.extract(WRatio)` over all statements.
"""

import argparse
import heapq
import json
import math
import random
import statistics
import time
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from tajsec import search as searching
from tajsec.selection import EVERYTHING, SEARCHED, Document
from tajsec.store import SqliteStore, open_store
from tajsec.words import LIGHT_WORDS, STOP_WORDS, stem

K1, B = 1.2, 0.75
TOP = 10
LEAST_LETTERS = 5
MASS_GOAL = 0.97
SHIPPED_GOAL, LARGE, LARGE_GOAL = 10, 1_000_000, 2000
"""How many times as quick as a scan a search is at least, in the shipped store and in a large one."""
STATEMENT, EVERY_FIELD = "statement", "all fields"


class Query(NamedTuple):
    """The words of a query, and their stems."""

    words: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def text(self) -> str:
        """The query as it is typed."""
        return " ".join(self.words)


# ---------------------------------------------------------------- exact BM25


def rarity(size: int, holding: int) -> float:
    """Give the weight of a word that so many of the texts hold."""
    return math.log(1 + (size - holding + 0.5) / (holding + 0.5))


def saturation(count: int, length: int, mean: float) -> float:
    """Give what so many occurrences count in a text of a length, where texts have a mean length."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))


class Postings:
    """Where some stems stand in texts: enough to score every text exactly, one pass over the texts."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._found = {each: (array("q"), array("H"), array("H")) for each in self._wanted}
        self._size = self._words = 0

    def add(self, number: int, text: str) -> None:
        """Take a text: stems between spaces."""
        stems = text.split()
        self._size += 1
        self._words += len(stems)
        for each in self._wanted.intersection(stems):
            for column, value in zip(self._found[each], (number, stems.count(each), len(stems)), strict=True):
                column.append(value)

    def scores(self, stems: Sequence[str]) -> dict[int, float]:
        """Give the score of every text that holds one of the stems."""
        found: dict[int, float] = {}
        mean = self._words / max(1, self._size)
        for each in dict.fromkeys(stems):
            numbers, counts, lengths = self._found[each]
            weight = rarity(self._size, len(numbers))
            for number, count, length in zip(numbers, counts, lengths, strict=True):
                found[number] = found.get(number, 0.0) + weight * saturation(count, length, mean)
        return found


def mass(among: Collection[int], scores: Mapping[int, float], count: int = TOP) -> float:
    """Give the scores of the best facts among some as a share of those of the best of all, `count` of each.

    Not a number for a count of none.
    """
    best = sum(heapq.nlargest(count, scores.values()))
    return sum(heapq.nlargest(count, (scores.get(number, 0.0) for number in among))) / best if best else math.nan


# ---------------------------------------------------------------- the store: read behind the seam, a row at a time


def postings(store: SqliteStore, queries: Sequence[Query]) -> dict[str, Postings]:
    """Read every fact once, for all queries."""
    wanted = {each for query in queries for each in query.stems}
    found = {STATEMENT: Postings(wanted), EVERY_FIELD: Postings(wanted)}
    for number, *fields in store._connection.execute(f"SELECT fact, {', '.join(SEARCHED)} FROM doc"):  # noqa: S608
        found[STATEMENT].add(number, fields[SEARCHED.index("statement")])
        found[EVERY_FIELD].add(number, "".join(fields))
    return found


def statements(store: SqliteStore) -> Iterator[str]:
    """Give the statements of all facts."""
    rows = store._connection.execute("SELECT head FROM text JOIN fact USING (n) WHERE withdrawn = 0")
    return (json.loads(f"{head}}}")["statement"] for (head,) in rows)


class Watched:
    """A store that notes which facts are judged."""

    def __init__(self, store: SqliteStore) -> None:
        self._store, self.judged = store, set[int]()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        """Give what is searched of each of the facts."""
        self.judged.update(numbers)
        return self._store.documents(numbers)


def draw(store: SqliteStore, count: int, seed: int) -> list[Query]:
    """Draw so many queries of one word, of two and of three. Same seed, same queries."""
    rng = random.Random(seed)  # noqa: S311
    numbers = list(store.select())
    found: list[Query] = []
    for length in (1, 2, 3):
        while len(found) < length * count:
            words = store.documents([rng.choice(numbers)])[0].forms.split()
            naming = sorted({each for each in words if len(each) >= LEAST_LETTERS and each.isalpha()})
            naming = [each for each in naming if each not in STOP_WORDS | LIGHT_WORDS]
            if len(naming) >= length:
                chosen = tuple(rng.sample(naming, length))
                found.append(Query(chosen, tuple(map(stem, chosen))))
    return found


# ---------------------------------------------------------------- what is measured


class Outcome(NamedTuple):
    """What came of a query, or the means of several; shares of the mass of exact BM25."""

    shown: float
    as_many: float
    """Not a number where nothing is shown."""
    judged: float
    count: float
    """Facts that were judged."""


def ask(store: SqliteStore, query: Query, scores: Mapping[str, Mapping[int, float]]) -> dict[str, Outcome]:
    """Search, and give the outcome over each of the texts, whose scores are given."""
    watched = Watched(store)
    answer = searching.search(watched, query.text, EVERYTHING, limit=TOP)
    shown, judged = [match.number for match in answer.matches], watched.judged
    count = len(shown)
    return {
        text: Outcome(mass(shown, each), mass(shown, each, count), mass(judged, each), len(judged))
        for text, each in scores.items()
    }


def mean(outcomes: Sequence[Outcome]) -> Outcome:
    """Give the means of some outcomes, of what is a number."""
    columns = ([each for each in column if not math.isnan(each)] for column in zip(*outcomes, strict=True))
    return Outcome(*(statistics.fmean(column) if column else math.nan for column in columns))


def warm(store: SqliteStore, queries: Sequence[Query]) -> float:
    """Give the median milliseconds of a search in a store that is open."""
    times = []
    for query in [*queries, *queries]:
        start = time.perf_counter()
        searching.search(store, query.text, EVERYTHING, limit=TOP)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[len(queries) :])


def scan(texts: Sequence[str], queries: Sequence[Query], count: int) -> float:
    """Give the median milliseconds of one comparison of a query with all statements."""
    times = []
    for query in queries[:: max(1, len(queries) // count)][:count]:
        start = time.perf_counter()
        process.extract(query.text, texts, scorer=fuzz.WRatio, limit=TOP)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pack", type=Path, nargs="?")
    parser.add_argument("cache", type=Path, nargs="?")
    parser.add_argument("--queries", type=int, default=20, help="of one word, of two, and of three, each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pools", type=int, nargs="*", default=[searching.POOL], help="candidates for a large store")
    parser.add_argument("--scans", type=int, default=3, help="how often all statements are compared; 0 for never")
    options = parser.parse_args()
    if options.pack and not options.cache:
        parser.error("a pack needs a cache folder too")
    store = open_store([options.pack] if options.pack else [], cache=str(options.cache) if options.cache else None)
    facts, _ = store.size()
    queries = draw(store, options.queries, options.seed)
    found = postings(store, queries)
    spent = warm(store, queries)
    print(f"{facts:,} facts, {len(queries)} queries, seed {options.seed}; goal of `shown` {MASS_GOAL}")
    print(
        f"{'pool':>6}{'words':>6} {'text':12}{'shown':>8}{'as many':>8}{'judged':>8}{'facts judged':>14}{'warm ms':>9}"
    )
    for pool in options.pools:
        searching.ENOUGH, searching.POOL = searching.ENOUGH * pool // searching.POOL, pool
        pool_spent = warm(store, queries)
        rows: dict[tuple[int, str], list[Outcome]] = {}
        for query in queries:
            scores = {text: each.scores(query.stems) for text, each in found.items()}
            for text, outcome in ask(store, query, scores).items():
                rows.setdefault((len(query.stems), text), []).append(outcome)
        for (length, text), outcomes in rows.items():
            shown, as_many, judged, count = mean(outcomes)
            print(f"{pool:6}{length:6} {text:12}{shown:8.3f}{as_many:8.3f}{judged:8.3f}{count:14.0f}{pool_spent:9.2f}")
    if options.scans:
        scanned = scan(list(statements(store)), queries, options.scans)
        goal = LARGE_GOAL if facts >= LARGE else "" if options.pack else SHIPPED_GOAL
        print(f"a search {spent:.2f} ms, a scan (WRatio) {scanned:.1f} ms: 1/{scanned / spent:.0f}", end="")
        print(f", goal 1/{goal}" if goal else "")


if __name__ == "__main__":
    main()
