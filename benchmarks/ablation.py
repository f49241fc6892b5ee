"""What each constant of the search is worth: every set is scored again without it.

    python benchmarks/ablation.py

A constant is switched off by the value that makes it do nothing. The table has the difference to the figures with all
constants, in points (hundredths), for each figure of each set: the first and second figure of `search_quality`. The
constants that bound the time of a search (`scoring`) are not in it: they change no answer of the shipped store.
"""

from collections.abc import Mapping
from pathlib import Path

from search_quality import SETS, load, ours, score, texts, uncut, unfolded

from tajsec.search import scoring
from tajsec.store.open import open_store

OFF = {
    "QUOTES": 1, "SYNONYM": 1, "TAGS": 1, "KIND": 0, "PREFERRED": 0,
    "CUT": 0,
}  # fmt: skip
"""The constants that rank and cut, each with the value that makes it do nothing.

The others bound the time of a search, or choose how a terminal shows it (LEAD)."""

SHARED = Path(__file__).parents[2] / "shared" / "eval"
"""Sets that are not part of the project; they are scored if they are there."""


def sets() -> list[Path]:
    """Return the project's sets, and the shared ones if they are there."""
    shared = [SHARED / "queries.jsonl", SHARED / "questions.jsonl"]
    if not all(path.exists() for path in shared):
        print(f"without the shared sets: {SHARED} does not exist")
        return SETS
    return [*SETS, *shared]


def figures(paths: list[Path]) -> Mapping[str, float]:
    """Return the figures of every set."""
    store = open_store()
    text = texts(store)
    found: dict[str, float] = {}
    for path in paths:
        by_class, _ = score(load([path]), ours(store), text, uncut(store), unfolded(store))
        for kind in {"overall", "none", "noise"}.intersection(by_class):
            short = path.stem.replace("queries", "quer").replace("questions", "ques")
            name = ("s" if path.parent == SHARED else "") + (short if kind == "overall" else kind)
            name = "silence" if path.stem == "silence" else name
            found[f"{name} 1"] = by_class[kind][1]
            if kind != "none":
                found[f"{name} 2"] = by_class[kind][2]
    return found


def main() -> None:
    """Print the table."""
    paths = sets()
    whole = figures(paths)
    print(f"{'':16}" + "".join(f"{name:>10}" for name in whole))
    print(f"{'all constants':16}" + "".join(f"{value:>10.3f}" for value in whole.values()))
    for name, off in OFF.items():
        kept = getattr(scoring, name)
        setattr(scoring, name, off)
        without = figures(paths)
        setattr(scoring, name, kept)
        print(f"{name:16}" + "".join(f"{100 * (without[each] - whole[each]):>10.1f}" for each in whole))


if __name__ == "__main__":
    main()
