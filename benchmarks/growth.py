"""How the tool grows with the number of facts: build, size of the compiled store, cold and warm searches, memory.

    python benchmarks/growth.py FOLDER [FACTS ...] [--rounds N]

For each size a pack is written below FOLDER (`benchmarks/synthetic.py`), compiled by a first search, and searched cold
in the ways of the table: each as a ratio to the same search of the shipped store in the same run. Needs tajsec
installed in the environment of this Python, not as an editable install.
"""

import argparse
import os
import shutil
import statistics
import time
from pathlib import Path

import cold_start
import synthetic
import tomli

from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.store.open import open_store

SEARCHES = {
    "one word": ["radios"],
    "two words": ["border", "training"],
    "filter and word": ["radios", "--actor", "us"],
    "prefix": ["ambul*"],
    "number": ["4862"],
    "date": ["october", "2012"],
    "typo, one edit": ["raidos"],
    "typo, two edits": ["equpmnet"],
}
OTHERS = {
    "list --limit 20": ["list", "--limit", "20", "--json"],
    "timeline --limit 20": ["timeline", "--limit", "20", "--json"],
    "summary equipment": ["summary", "equipment", "--json"],
    "differences --limit 20": ["differences", "--limit", "20", "--json"],
}

PARSED = 100
"""Files that tomli parses for comparison."""


def environ(cache: Path, pack: Path | None) -> dict[str, str]:
    """Return the environment in which a pack is searched."""
    kept = {name: value for name, value in os.environ.items() if name not in ("TAJSEC_FACTS", "XDG_CACHE_HOME")}
    return {**kept, "XDG_CACHE_HOME": str(cache), **({"TAJSEC_FACTS": str(pack)} if pack else {})}


def commands(form: str) -> dict[str, list[str]]:
    """Return the command of each search in one format."""
    return {name: [cold_start.TAJSEC, "search", *words, "--format", form] for name, words in SEARCHES.items()}


def warm(pack: Path, cache: Path) -> float:
    """Return the median milliseconds of a search in an open store."""
    store = open_store([pack], cache=str(cache / "tajsec"))
    words = [" ".join(word for word in each if not word.startswith("--")) for each in SEARCHES.values()]
    times = []
    for query in words * 5:
        start = time.perf_counter()
        search(store, query, Selection(), limit=10)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def compiling(pack: Path, cache: Path, around: dict[str, str]) -> str:
    """Compile a pack from nothing; return what that takes, in words.

    The ratio is to tomli alone, which parses some of the files in the same run.
    """
    command = [cold_start.TAJSEC, "list", "--limit", "1", "--json"]
    shutil.rmtree(cache, ignore_errors=True)
    files = sorted(pack.glob("*.toml"))
    start = time.perf_counter()
    for path in files[:PARSED]:
        tomli.loads(path.read_text(encoding="utf-8"))
    parsing = (time.perf_counter() - start) / len(files[:PARSED]) * len(files)
    start = time.perf_counter()
    peak = cold_start.peak(command, around)
    built = time.perf_counter() - start
    size = sum(path.stat().st_size for path in cache.rglob("*.store"))
    return f"built in {built:.1f} s ({built / parsing:.1f} x tomli), peak {peak:.0f} MiB, store {size / 2**20:.0f} MiB"


def grow(folder: Path, count: int, rounds: int) -> None:
    """Print what a store of so many synthetic facts takes."""
    pack, cache = folder / f"pack-{count}", folder / f"cache-{count}"
    if not pack.exists():
        synthetic.write_pack(pack, count)
    around = environ(cache, pack)
    print(f"\n{count:,} facts: {compiling(pack, cache, around)}, warm search {warm(pack, cache):.2f} ms")
    shipped = environ(cache, None)
    for form in ("table", "json"):
        base = cold_start.measure(commands(form), rounds, shipped)
        grown = cold_start.measure(commands(form), rounds, around)
        for name, each in grown.items():
            ratio = each.seconds / base[name].seconds
            print(f"  {name + ', ' + form:28}{1000 * each.seconds:8.1f} ms{ratio:8.2f} x shipped{each.peak:8.1f} MiB")
    for name, words in OTHERS.items():
        each = cold_start.measure({name: [cold_start.TAJSEC, *words]}, 3, around)[name]
        print(f"  {name:28}{1000 * each.seconds:8.1f} ms{'':18}{each.peak:8.1f} MiB")


def main() -> None:
    """Print the table of growth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("facts", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    for count in options.facts:
        grow(options.folder, count, options.rounds)


if __name__ == "__main__":
    main()
