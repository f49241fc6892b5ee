"""The kind of answer that a query asks for: a figure, a sum, a date, a person, a place, a span of time."""

from collections.abc import Sequence

ASKING = {
    asking: kind
    for kind, words in {
        "figure": "how many; how much; number of; numbers; amount; total; how big; how large; сколько; чанд; چند",
        "money": "how much money; cost; costs; price; worth; spent; spend; paid; pay; money; funding; budget; "
        "expensive; value",
        "usd": "dollars",
        "eur": "euro; euros",
        "jpy": "yen; yens",
        "cny": "yuan",
        "rub": "rouble; roubles; ruble; rubles",
        "date": "when; since when; what year; which year; year; what date; date; what day; когда; кай",
        "person": "who; whom; кто; кӣ",
        "place": "where; где; куда; куҷо",
        "span": "how long; how many years; duration",
        "planned": "will; to be; going to; upcoming",
    }.items()
    for asking in words.split("; ")
}
"""Words that ask, and the kind of answer they ask for (`Document.answers`)."""


ASKING_WORDS = frozenset(word for asking in ASKING for word in asking.split())
"""The words of `ASKING`: no fact need have them."""


def asked_kinds(words: Sequence[str]) -> frozenset[str]:
    """Return the kinds of answer that the folded words of a query ask for."""
    text = f" {' '.join(words)} "
    return frozenset(kind for asking, kind in ASKING.items() if f" {asking} " in text)
