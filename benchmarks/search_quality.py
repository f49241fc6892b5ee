"""How well search answers: on its own queries, plain questions, short queries with noise, and words that nothing holds.

    python benchmarks/search_quality.py [--misses] [--half tune|kept] [--statement] [QUERIES.jsonl ...]

A line of a set has `q`, `class`, and `must_any`: a fact answers if, for one list of `must_any`, every regex is found
in its statement or its quotes, whatever the case (with --statement in its statement alone); or it has `ids`, those of
the facts that answer, as a reader of the facts chose them. Each set was written before the code that serves it, and
`wider` before its facts, by readers of the titles of documents. Those with `half` are in two halves: one for tuning,
one that is looked at once.

* s@1, s@3: the shares of answerable queries with a right fact first, or among the first three. MRR@10: the mean of
  1/rank among ten (Voorhees, TREC-8, 1999).
* none: the share of the queries of that class with an empty answer.
* noise: of the rows shown, the share that `relevant` matches; and the share of relevant rows that the cut keeps.

Baselines (--baselines): RapidFuzz WRatio over the statements (cut-off 60); SQLite FTS5 with Porter stemming, the words
joined by OR.
"""

import argparse
import json
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from tajsec.model.protocol import Store
from tajsec.model.records import Fact
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.store.open import open_store

SETS = [Path(__file__).with_name(f"{name}.jsonl") for name in ("queries", "questions", "wider", "noise", "silence")]
TOP = 10
Engine = Callable[[str], Sequence[str]]


def load(paths: Iterable[Path], half: str = "tune") -> list[dict]:
    """Read query files: the lines of one half, and those of sets without halves."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [query for query in map(json.loads, lines) if query.get("half", half) == half]


def number_forms(text: str) -> str:
    """Return a text with its numbers as written, then without and with thousands separators."""
    bare = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    grouped = re.sub(r"(?<![\d.,])\d{4,15}(?!\d|[.,]\d)", lambda match: f"{int(match[0]):,}", bare)
    return "\n".join(dict.fromkeys((text, bare, grouped)))


def texts(store: Store, *, statement: bool = False) -> dict[str, str]:
    """Return for each fact the text in which answers are looked for."""
    quoted = {fact.id: [] if statement else [cite.quote for cite in fact.cites] for fact in store.facts()}
    return {fact.id: number_forms("\n".join([fact.statement, *quoted[fact.id]])) for fact in store.facts()}


def ours(store: Store) -> Engine:
    """Search as the tool does."""
    return lambda query: [match.id for match in search(store, query, Selection()).matches]


def unfolded(store: Store) -> Engine:
    """Search as the tool does, with the facts that are folded under others."""
    return lambda query: [i for match in search(store, query, Selection()).matches for i in (match.id, *match.folded)]


def uncut(store: Store) -> Engine:
    """Search as the tool does with `--all`."""
    return lambda query: [match.id for match in search(store, query, Selection(), cut=False).matches]


def whole_sentences(store: Store) -> Engine:
    """Compare whole statements with the query (RapidFuzz WRatio)."""
    facts: Sequence[Fact] = store.facts()
    statements = [fact.statement for fact in facts]

    def find(query: str) -> list[str]:
        found = process.extract(query, statements, scorer=fuzz.WRatio, limit=TOP, score_cutoff=60)
        return [facts[place].id for _, _, place in found]

    return find


def full_text(store: Store) -> Engine:
    """Rank with SQLite FTS5 and Porter stemming."""
    facts = store.facts()
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(statement, tokenize='porter unicode61')")
    connection.executemany(
        "INSERT INTO t (rowid, statement) VALUES (?, ?)", enumerate(fact.statement for fact in facts)
    )

    def find(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        ordered = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return [facts[row[0]].id for row in connection.execute(ordered, (words, TOP))] if words else []

    return find


def right(query: Mapping, text: Mapping[str, str]) -> set[str]:
    """Return the ids of the facts that answer a query; of a query with noise, those that are relevant."""
    if "ids" in query:
        return set(query["ids"])
    rules = query["must_any"] if "must_any" in query else [[each] for each in query["relevant"]]
    patterns = [[re.compile(each, re.IGNORECASE) for each in rule] for rule in rules]
    return {i for i, each in text.items() if any(all(p.search(each) for p in rule) for rule in patterns)}


def score(
    queries: Sequence[dict],
    engine: Engine,
    text: Mapping[str, str],
    whole: Engine | None = None,
    folded: Engine | None = None,
) -> tuple[dict[str, tuple[float, ...]], list[tuple]]:
    """Return the figures of each class, its number of queries first, and the missed queries.

    `whole` finds what `engine` cuts, and `folded` what it folds under other facts.
    """
    ranks: dict[str, list[int | None]] = defaultdict(list)
    missed: list[tuple] = []
    rows: dict[str, int] = defaultdict(int)
    for query in queries:
        found, wanted = engine(query["q"]), right(query, text)
        if query["class"] == "noise":
            good = wanted.intersection(found[:TOP])
            before = wanted.intersection((whole or engine)(query["q"]))
            shown = set((folded or engine)(query["q"]))
            rows["n"] += 1
            rows["shown"] += len(found[:TOP])
            rows["good"] += len(good)
            rows["kept"] += len(wanted & shown)
            rows["relevant"] += len(before)
            if len(good) < len(found[:TOP]) or not before <= shown:
                missed.append(("noise", query["q"], [i for i in found[:TOP] if i not in good], sorted(before - shown)))
            continue
        if query["class"] == "none":
            place = None if found else 1
        else:
            place = next((n for n, each in enumerate(found[:TOP], 1) if each in wanted), None)
            ranks["overall"].append(place)
        ranks[query["class"]].append(place)
        if place != 1:
            missed.append((query["class"], query["q"], place, found[:3]))
    figures = {name: _figures(found) for name, found in ranks.items()}
    if rows:
        figures["noise"] = (
            rows["n"],
            rows["good"] / max(1, rows["shown"]),
            rows["kept"] / max(1, rows["relevant"]),
            0.0,
        )
    return figures, missed


def _figures(ranks: Sequence[int | None]) -> tuple[float, ...]:
    count = len(ranks)
    first, third = sum(r == 1 for r in ranks), sum(r is not None and r <= 3 for r in ranks)
    return count, first / count, third / count, sum(1 / r for r in ranks if r) / count


def milliseconds(queries: Sequence[dict], engine: Engine) -> float:
    """Return the mean time of a warm query."""
    start = time.perf_counter()
    for query in queries:
        engine(query["q"])
    return 1000 * (time.perf_counter() - start) / len(queries)


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("queries", nargs="*", type=Path, default=SETS)
    parser.add_argument("--half", choices=("tune", "kept"), default="tune")
    parser.add_argument("--misses", action="store_true", help="list what tajsec missed")
    parser.add_argument("--statement", action="store_true", help="look for answers in the statement alone")
    parser.add_argument("--baselines", action="store_true", help="compare with plain engines")
    args = parser.parse_args()
    store = open_store()
    text = texts(store, statement=args.statement)
    engines = {"tajsec": ours(store)}
    if args.baselines:
        engines |= {"WRatio": whole_sentences(store), "FTS5 porter": full_text(store)}
    for path in args.queries:
        queries = load([path], args.half)
        for name, engine in engines.items():
            others = (uncut(store), unfolded(store)) if name == "tajsec" else ()
            figures, missed = score(queries, engine, text, *others)
            spent = milliseconds(queries, engine)
            print(f"{path.stem}, {name}, {spent:.2f} ms a warm query")
            for kind, (count, *shares) in sorted(
                figures.items(), key=lambda each: (each[0] in ("overall", "none"), each[0])
            ):
                print(f"  {kind:14}{count:>5}" + "".join(f"{each:>8.3f}" for each in shares))
            if args.misses and name == "tajsec":
                for each in missed:
                    print("   ", *each)


if __name__ == "__main__":
    main()
