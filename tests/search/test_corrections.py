"""How the words of queries are read: a text copy of the units of each, with what was corrected, split or joined."""

from collections.abc import Callable
from pathlib import Path

from tajsec.model.protocol import SearchableStore
from tajsec.search.corrections import corrections_of
from tajsec.search.query import Unit, understand

COPY = Path(__file__).with_name("units.txt")
QUERIES = (
    "raidos", "Raidos", "RAIDOS", "gaurd", "ushakof", "Ushakof", "qeuipmnt", "nihgt vison devises", "lavroff", "adios",
    "sniperrifle", "summeracademy students", "back hoes", "back hoes and skrapers", "border gaurds", "boarder guards",
    "PfPs", "WTO's", "wtos", "nvgs", "ambul*", "zzz*", "blorptwix", "Blorptwix", "dushanbee", "Dushanbee", "khatlonn",
    "equipmentt", "rus", "usa", "recipe", "pirate", "hospitality", "hospitals", "trained", "traning", "radio and jeeps",
    "radios or jeeps", "between 2001 and 2021", "between nato and russia", "the of", "how many radios", "a b c",
    "partnership for peace", "peace partnership", "us embassy", "US", "gates", "Robert Gates", "night vision", "nvg",
    "sept 2012", "4,862", "$5", "5 eur", "40m usd", "over 50 million", "7-9 thousand", "2012", "march", "planned",
)  # fmt: skip
WORDS = ("raido", "qeuipmnt", "lavroff", "devises", "gorno", "radioss", "abc", "4862", "tajikstan", "rahmn")


def told(unit: Unit) -> str:
    """Return what is known of a unit, without what it has not."""
    kept = {name: value for name, value in unit._asdict().items() if value and name not in ("number", "date", "ways")}
    ways = [f"{'+'.join(each.phrases)} {each.weight:g} {each.how}" for each in unit.ways]
    values = [f"{least}..{most}" for least, most in _spans(unit)]
    return " | ".join(filter(None, (repr(kept), "; ".join(ways), " ".join(values), "decisive" * unit.is_decisive)))


def _spans(unit: Unit) -> list[tuple[object, object]]:
    numbers = [(each.least, each.most) for each in unit.number.readings] if unit.number else []
    dates = [(each.first, each.last) for each in unit.date.readings] if unit.date else []
    return [*numbers, *dates]


def test_the_units_of_queries_are_as_they_were(store: SearchableStore, agree: Callable[[Path, str], None]) -> None:
    lines = []
    for query in QUERIES:
        units = understand(store, query)
        lines += [query, *(f"  {told(each)}" for each in units), *(f"    {each}" for u in units for each in u.readings)]
    for word in WORDS:
        lines += [f"{word}: {corrections_of(store, word, to_names=names)}" for names in (False, True)]
    agree(COPY, "\n".join(lines) + "\n")
