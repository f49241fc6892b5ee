"""The kind of answer that a query asks for: a figure, a sum, a date, a person, a place, a span of time."""

from collections.abc import Sequence

_ASKING = {
    "how many": "figure", "how much": "figure", "number of": "figure", "numbers": "figure", "amount": "figure",
    "total": "figure", "how big": "figure", "how large": "figure", "сколько": "figure", "чанд": "figure", "چند": "figure",
    "how much money": "usd", "cost": "usd", "costs": "usd", "price": "usd", "worth": "usd", "spent": "usd", "spend": "usd",
    "paid": "usd", "pay": "usd", "money": "usd", "funding": "usd", "dollars": "usd", "budget": "usd", "expensive": "usd",
    "value": "usd", "when": "date", "since when": "date", "what year": "date", "which year": "date", "year": "date",
    "what date": "date", "date": "date", "what day": "date", "когда": "date", "кай": "date",
    "who": "person", "whom": "person", "кто": "person", "кӣ": "person",
    "where": "place", "where": "place", "где": "place", "куда": "place", "куҷо": "place",
    "how long": "span", "how many years": "span", "duration": "span",
}  # fmt: skip
"""Words that ask, and the kind of answer they ask for (`Document.answers`)."""


ASKING_WORDS = frozenset(word for asking in _ASKING for word in asking.split())
"""The words of `_ASKING`: no fact need have them."""


def asked_kinds(words: Sequence[str]) -> frozenset[str]:
    """Return the kinds of answer that the folded words of a query ask for."""
    text = f" {' '.join(words)} "
    return frozenset(kind for asking, kind in _ASKING.items() if f" {asking} " in text)
