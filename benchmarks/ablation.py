"""What each constant of the search is worth: every set is scored again without it.

    python benchmarks/ablation.py

A constant is switched off by the value that makes it do nothing. The table has the difference to the figures with all
constants, in points (hundredths), for each figure of each set: s@1 and s@3, empty answers, precision and rows kept.
"""

from collections.abc import Mapping

from search_quality import SETS, load, ours, score, texts, uncut

from tajsec.search import scoring
from tajsec.store.open import open_store

OFF = {
    "QUOTES": 1, "SYNONYM": 1, "TAGS": 1, "SATURATION": 1000, "LENGTH": 0, "KIND": 0, "PREFERRED": 0,
    "CUT": 0,
}  # fmt: skip
"""The constants that rank and cut; the others bound the time of a search, or choose how a terminal shows it (LEAD)."""


def figures() -> Mapping[str, float]:
    """Return the figures of every set."""
    store = open_store()
    text = texts(store)
    found: dict[str, float] = {}
    for path in SETS:
        by_class, _ = score(load([path]), ours(store), text, uncut(store))
        for kind in {"overall", "none", "noise"}.intersection(by_class):
            name = path.stem if kind == "overall" else f"{path.stem} {kind}" if kind != path.stem else kind
            found[f"{name} 1"] = by_class[kind][1]
            if kind != "none":
                found[f"{name} 2"] = by_class[kind][2]
    return found


def main() -> None:
    """Print the table."""
    whole = figures()
    print(f"{'':16}" + "".join(f"{name:>16}" for name in whole))
    print(f"{'all constants':16}" + "".join(f"{value:>16.3f}" for value in whole.values()))
    for name, off in OFF.items():
        kept = getattr(scoring, name)
        setattr(scoring, name, off)
        without = figures()
        setattr(scoring, name, kept)
        print(f"{name:16}" + "".join(f"{100 * (without[each] - whole[each]):>16.1f}" for each in whole))


if __name__ == "__main__":
    main()
