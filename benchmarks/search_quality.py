"""How often search puts a right fact first: per class and overall, beside two baselines run in the same call.

    python benchmarks/search_quality.py [--misses] [--statement] [QUERIES.jsonl ...]

A query line has `q`, `class` and `must_any`: a fact answers if, for one list of `must_any`, every regex is found in
its text, whatever the case. The text is the whole fact as JSON, or with --statement the statement alone. s@1 and s@3
are the shares of answerable queries with a right fact first, or among the first three; MRR@10 is the mean of 1/rank
among ten (Voorhees, TREC-8, 1999). For the class `none` s@1 is the share with an empty answer.

Baselines: RapidFuzz WRatio over the statements (cut-off 60); SQLite FTS5 with Porter stemming, the words joined by OR.
"""

import argparse
import json
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from tajsec.model.protocol import Store
from tajsec.model.records import Fact
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.store.open import open_store

QUERIES = Path(__file__).with_name("queries.jsonl")
TOP = 10
Engine = Callable[[str], list[Fact]]


def load(paths: list[Path]) -> list[dict]:
    """Read query files."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def number_forms(text: str) -> str:
    """Return a text with its numbers as written, then without and with thousands separators."""
    bare = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    grouped = re.sub(r"(?<![\d.,])\d{4,15}(?!\d|[.,]\d)", lambda match: f"{int(match[0]):,}", bare)
    return "\n".join(dict.fromkeys((text, bare, grouped)))


def texts(store: Store, *, statement: bool) -> dict[str, str]:
    """Return for each fact the text in which answers are looked for."""
    found = zip(store.facts(), store.objects(store.select()), strict=True)
    return {fact.id: number_forms(fact.statement if statement else whole) for fact, whole in found}


def ours(store: Store) -> Engine:
    """Search as the tool does."""
    facts = {fact.id: fact for fact in store.facts()}
    return lambda query: [facts[match.id] for match in search(store, query, Selection(), limit=TOP).matches]


def whole_sentences(store: Store) -> Engine:
    """Compare whole statements with the query (RapidFuzz WRatio)."""
    facts = list(store.facts())
    statements = [fact.statement for fact in facts]

    def find(query: str) -> list[Fact]:
        found = process.extract(query, statements, scorer=fuzz.WRatio, limit=TOP, score_cutoff=60)
        return [facts[place] for _, _, place in found]

    return find


def full_text(store: Store) -> Engine:
    """Rank with SQLite FTS5 and Porter stemming."""
    facts = list(store.facts())
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(statement, tokenize='porter unicode61')")
    connection.executemany(
        "INSERT INTO t (rowid, statement) VALUES (?, ?)", enumerate(fact.statement for fact in facts)
    )

    def find(query: str) -> list[Fact]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        rows = (
            connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (words, TOP))
            if words
            else ()
        )
        return [facts[row[0]] for row in rows]

    return find


def rank(query: dict, found: list[Fact], text: dict[str, str]) -> int | None:
    """Return the rank of the first right fact, from 1, or None."""
    rules = [[re.compile(pattern, re.IGNORECASE) for pattern in rule] for rule in query["must_any"]]
    for place, fact in enumerate(found[:TOP], 1):
        if any(all(pattern.search(text[fact.id]) for pattern in rule) for rule in rules):
            return place
    return None


def score(queries: list[dict], engine: Engine, text: dict[str, str]) -> tuple[dict[str, tuple], list[tuple], float]:
    """Return per class (n, s@1, s@3, MRR@10), the missed queries, and the mean milliseconds of a warm query."""
    ranks: dict[str, list[int | None]] = defaultdict(list)
    missed = []
    answers = [engine(query["q"]) for query in queries]
    start = time.perf_counter()
    for query in queries:
        engine(query["q"])
    spent = time.perf_counter() - start
    for query, found in zip(queries, answers, strict=True):
        if query["class"] == "none":
            place = None if found else 1
        else:
            place = rank(query, found, text)
            ranks["overall"].append(place)
        ranks[query["class"]].append(place)
        if place != 1:
            missed.append((query["class"], query["q"], place, found[0].statement if found else "(nothing found)"))
    return {name: _figures(found) for name, found in ranks.items()}, missed, 1000 * spent / len(queries)


def _figures(ranks: list[int | None]) -> tuple[int, float, float, float]:
    count = len(ranks)
    first, third = sum(r == 1 for r in ranks), sum(r is not None and r <= 3 for r in ranks)
    return count, first / count, third / count, sum(1 / r for r in ranks if r) / count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("queries", nargs="*", type=Path, default=[QUERIES])
    parser.add_argument("--misses", action="store_true", help="list what tajsec missed")
    parser.add_argument("--statement", action="store_true", help="look for answers in the statement alone")
    parser.add_argument("--ours", action="store_true", help="leave the baselines out")
    args = parser.parse_args()
    store, queries = open_store(), load(args.queries)
    text = texts(store, statement=args.statement)
    engines = {"tajsec": ours(store)}
    if not args.ours:
        engines |= {"WRatio": whole_sentences(store), "FTS5 porter": full_text(store)}
    for engine in engines.values():
        engine("border guards")
    results = {name: score(queries, engine, text) for name, engine in engines.items()}
    print(f"{'':14}{'n':>5}" + "".join(f"{name:>21} s@3   MRR" for name in results))
    for name in [*sorted(set(results["tajsec"][0]) - {"overall", "none"}), "overall", "none"]:
        row = [result[0].get(name, (0, 0, 0, 0)) for result in results.values()]
        print(f"{name:14}{row[0][0]:>5}" + "".join(f"{r[1]:>21.3f} {r[2]:.3f} {r[3]:.3f}" for r in row))
    ours_ms = results["tajsec"][2]
    times = (f"{name} {result[2]:.2f} ({ours_ms / result[2]:.2f})" for name, result in results.items())
    print(f"ms of a warm query (tajsec as a ratio to each): {', '.join(times)}")
    if args.misses:
        for kind, query, place, top in results["tajsec"][1]:
            print(f"  [{kind}] {query}   rank {place or '-'}\n      {top[:150]}")


if __name__ == "__main__":
    main()
