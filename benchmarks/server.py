"""A store on a PostgreSQL server beside the same store in a file: answers, time, round trips, and many writers.

    python benchmarks/server.py FOLDER [FACTS ...] [--queries FILE ...] [--delay MS] [--writers N] [--each N]

For each size a pack is written below FOLDER (`benchmarks/synthetic.py`; 0 facts are the shipped ones alone), compiled
into a file and loaded into a server that is started for it, with its own settings. Every query is asked of both, and of
the server behind a proxy that holds back what it passes on for MS each way. Needs PostgreSQL and tajsec[dev].
"""

import argparse
import dataclasses
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import synthetic

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from servers import Server, Slow, started

from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.errors import UsageError
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search.answer import search
from tajsec.store import revisions
from tajsec.store.open import open_store
from tajsec.store.postgres import PostgresStore, address_of

OWN = [Path(__file__).with_name(f"{name}.jsonl") for name in ("queries", "questions", "silence", "noise")]
SHOWN = 10
SLOWED, LOOKED_FOR = 40, 20
"""Every so many queries, one is asked through the proxy; and every so many facts, one is looked for at once."""
MOST_TRIPS = 5


class Asked(NamedTuple):
    """The answer to a query, the milliseconds that it took, and the round trips."""

    found: object
    took: float
    trips: int


def ask(store: SearchableStore, query: str) -> Asked:
    """Search as the command does, and read the facts that it shows."""
    trips = getattr(store, "trips", 0)
    start = time.perf_counter()
    try:
        answer = search(store, query, EVERYTHING, limit=SHOWN)
        numbers = [each.number for each in (*answer.matches, *answer.nearest)]
        store.together(lambda: [partial(store.objects, numbers)])
        texts = store.objects(numbers)
        found: object = [json.loads(each)["id"] for each in texts], answer.total, answer.near_words, answer.reasons
    except UsageError as error:
        found = str(error)
    return Asked(found, 1000 * (time.perf_counter() - start), getattr(store, "trips", 0) - trips)


def row(name: str, *values: str) -> None:
    """Print a row of the table."""
    print("|", " | ".join((name, *values)), "|")


def spread(values: Sequence[float], form: str = "{:.1f}") -> str:
    """Return the median, the 95th of 100 and the greatest."""
    parts = (statistics.median(values), statistics.quantiles(values, n=20)[-1], max(values))
    return " / ".join(map(form.format, parts))


def compare(server: Server, folder: Path, count: int, queries: Sequence[str], delay: float) -> str:
    """Print the rows of one size, and return the address of its store."""
    packs = []
    if count:
        packs = [folder / f"pack-{count}"]
        if not packs[0].exists():
            synthetic.write_pack(packs[0], count)
    in_file = open_store(packs, cache=str(folder / "cache"))
    url = server.new_database()
    contents = read(folders_of(packs))
    revisions.init(connected(url, writes=True))
    start = time.perf_counter()
    revisions.load(connected(url, writes=True), contents, [])
    loading = time.perf_counter() - start
    status = revisions.status(connected(url))
    asked = {"file": [ask(in_file, query) for query in queries], "server": []}
    store = connected(url)
    for query in queries:
        store._forget()
        asked["server"].append(ask(store, query))
    pairs = zip(queries, asked["file"], asked["server"], strict=True)
    other = [query for query, one, two in pairs if one.found != two.found]
    row("facts", f"{status.facts:,}")
    row("queries, of which another answer", f"{len(queries):,}, {len(other)} {other[:3] or ''}")
    row("loading, s; store, MiB", f"{loading:.0f}; {status.size / 2**20:.0f}")
    for name in ("file", "server"):
        row(f"search in the {name}, ms", spread([each.took for each in asked[name]]))
    row("round trips of a search", spread([each.trips for each in asked["server"] if each.trips], "{:.0f}"))
    over = [query for query, each in zip(queries, asked["server"], strict=True) if each.trips > MOST_TRIPS]
    row(f"queries with over {MOST_TRIPS}", f"{len(over)} {over[:5] or ''}")
    with Slow(server.socket, delay / 1000) as proxy:
        slow = connected(proxy.url(url))
        took = []
        for query in queries[::SLOWED]:
            slow._forget()
            took.append(ask(slow, query).took)
    row(f"search with {delay:.0f} ms each way, ms", spread(took))
    return url


def connected(url: str, *, writes: bool = False) -> PostgresStore:
    """Return the store at an address."""
    return PostgresStore(address_of(url), writes=writes)


def write(url: str, writers: int, each: int) -> None:
    """Print how fast so many writers put facts, one in a transaction, and whether all are there and found."""
    fact = connected(url).fact("radios-delivered")
    missing: list[str] = []
    errors: list[BaseException] = []
    took: list[float] = []

    def work(writer: int) -> None:
        try:
            store = connected(url, writes=True)
            for n in range(each):
                name = f"post-w{writer}n{n}"
                text = f"In 2019 the United States gave 7 radios to post w{writer}n{n}."
                new = dataclasses.replace(fact, id=name, statement=text, aliases=(), relations=())
                start = time.perf_counter()
                revisions.write(store, revisions.open_for(store, [name]), [new], "put", None)
                took.append(1000 * (time.perf_counter() - start))
                if n % LOOKED_FOR == 0 and name not in ids(connected(url), f"w{writer}n{n}"):
                    missing.append(name)
        except BaseException as error:
            errors.append(error)

    before = connected(url).size()
    start = time.perf_counter()
    in_threads([partial(work, writer) for writer in range(writers)])
    seconds = time.perf_counter() - start
    store = connected(url)
    found = sum(bool(search(store, f"w{w}n{n}", EVERYTHING).matches) for w in range(writers) for n in range(each))
    row("writers x facts; errors", f"{writers} x {each}; {len(errors)} {errors[:1] or ''}")
    row("there; found at once; found at the end", f"{store.size() - before:,}; {not missing}; {found}")
    row("facts a second; a write, ms", f"{writers * each / seconds:.0f}; {spread(took)}")


def ids(store: PostgresStore, query: str) -> set[str]:
    """Return the ids of the facts that a query finds."""
    return {match.id for match in search(store, query, EVERYTHING).matches}


def in_threads(tasks: Sequence[Callable[[], None]]) -> None:
    """Run tasks at the same time."""
    threads = [threading.Thread(target=each) for each in tasks]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("facts", type=int, nargs="*", default=[0, 100_000])
    parser.add_argument("--queries", type=Path, nargs="*", default=[], help="more queries, as in queries.jsonl")
    parser.add_argument("--delay", type=float, default=10, help="milliseconds each way")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--each", type=int, default=100)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    lines = [line for path in (*OWN, *given.queries) for line in path.read_text(encoding="utf-8").splitlines()]
    queries = list(dict.fromkeys(json.loads(line)["q"] for line in lines))
    with started(durable=True) as server:
        for count in given.facts:
            url = compare(server, given.folder, count, queries, given.delay)
            write(url, given.writers, given.each)
            print()


if __name__ == "__main__":
    main()
