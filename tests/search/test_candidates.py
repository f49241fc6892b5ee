"""Which facts may answer a unit, and with what weight: a text copy, of a small store and of a large one."""

from collections.abc import Callable
from pathlib import Path

from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.search import bounded
from tajsec.search.candidates import WeightedUnit, weighted_units
from tajsec.search.filters import selection
from tajsec.search.query import understand
from tajsec.search.scoring import shown_score

COPY = Path(__file__).with_name("weights.txt")
QUERIES = (
    "radios", "jeeps", "nvg", "nato", "dushanbe", "us embassy", "tajikistan", "4,862 radios", "$5", "5 eur", "$11.4",
    "11.4 million", "over 50 million", "7-9 thousand", "60 million usd", "330m dollars", "2012", "october 2012",
    "5 october 2012", "in march", "4 july", "since 2012", "until 2005", "2040", "since 2030", "nineties", "2001-2021",
    "planned", "equipment", "radios nato 2012", "submarines", "russian troops dushanbe 2012", "vehicles 2021",
)  # fmt: skip


SHOWN = 5


def told(weighted: WeightedUnit, ids: list[str]) -> str:
    """Return the facts of a unit by their weights, and how much the unit counts."""
    weights: dict[float, list[str]] = {}
    for number in sorted(weighted.candidates):
        weights.setdefault(round(weighted.key_weights.get(number, 0), 3), []).append(ids[number])
    facts = "; ".join(f"{weight:g}: {some(found)}" for weight, found in sorted(weights.items(), reverse=True))
    taken = f" {weighted.unit.taken_for}" if weighted.unit.taken_for else ""
    return (
        f"{weighted.unit.text} x{shown_score(weighted.importance)}{'!' * weighted.is_required}{taken} {facts}".strip()
    )


def some(found: list[str]) -> str:
    """Return the first ids, and how many more there are."""
    more = f" +{len(found) - SHOWN}" if found[SHOWN:] else ""
    return " ".join(found[:SHOWN]) + more


def test_the_weights_of_facts_are_as_they_were(store: SearchableStore, agree: Callable[[Path, str], None]) -> None:
    ids = [fact.id for fact in store.facts()]
    lines = []
    for query in QUERIES:
        units = understand(store, query)
        lines += [query, *(f"  {told(each, ids)}" for each in weighted_units(store, units))]
        for wanted in (EVERYTHING, selection(store, topic="equipment")):
            found = bounded.weighted_units(store, units, wanted)
            pool = [ids[each] for each in bounded.pool(store, units, wanted)]
            lines += [f"  large {some(pool)}", *(f"    {told(each, ids)}" for each in found)]
    agree(COPY, "\n".join(lines) + "\n")
