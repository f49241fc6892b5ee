"""The score of a fact for a query: where and how it answers each unit."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.protocol import SEARCHED, Document
from tajsec.model.selection import Selection
from tajsec.search.candidates import FAINT, WeightedUnit
from tajsec.search.query import How, Unit
from tajsec.text.forms import fold

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore


FIELDS = tuple(zip(SEARCHED, (1.0, 0.85, 0.6, 0.5, 0.4), strict=True))
"""Weights of a unit by the field in which it stands, the weightiest first."""


LETTER = 1.2
"""What a unit counts more if the statement holds it in the form that was typed."""


MISSED = 0.55
"""What is left of the coverage of a fact that lacks a number, date, actor, person or place of the query."""


OUTDONE = 0.85
"""What is left of the score of a fact when another is the one to cite: an exact figure, a newer one."""


NEARNESS = 0.06
"""What the score gains for each two units that stand side by side in the statement."""


ASKS_FIGURE = tuple(f" {words} " for words in "how many,how much,number,amount,cost,price,value,total".split(","))


FIGURE = 1.15
"""What a fact with a figure gains when the query asks for one."""


ONE_SIDE = 0.8
"""How far the answer to one side of an "and" counts as an answer."""


LENGTH = 0.25
"""How much a long statement is held back (`b` of BM25)."""


class Explanation(NamedTuple):
    """How a unit of the query (`text`) was answered by a fact: where, by what, how, with which part of the score."""

    text: str
    field: str
    matched: str
    """The stems that were found; empty if the fact answers by its keys: a number, a date, what it is about."""
    how: How
    weight: float

    def as_json(self) -> dict[str, str | float | None]:
        """Give it as JSON has it; `matched` is null where a key of the fact answers."""
        what = {"word": self.text, "matched": self.matched or None, "field": self.field}
        return {**what, "how": self.how, "weight": self.weight}


_Found = tuple[str, How, float, float, str]
"""Field, how, weight in the score, share of the unit that counts as answered, the stems found."""


class Scored:
    """A fact that was judged: its score, the share of the query that it answers, and how."""

    __slots__ = ("coverage", "document", "explanations", "score")

    def __init__(self, score: float, coverage: float, explanations: list[Explanation], document: Document) -> None:
        self.score, self.coverage, self.explanations, self.document = score, coverage, explanations, document


def score_facts(
    store: "SearchableStore", query: str, asked: Sequence[WeightedUnit], among: AbstractSet[int], selection: Selection
) -> list[Scored]:
    """Judge some facts, best first."""
    numbers = sorted(among)
    if selection and numbers:
        numbers = sorted(store.taken(selection, numbers))
    wants_figure = any(words in f" {fold(query)}" for words in ASKS_FIGURE)
    _, mean_length = store.size()
    judged = [_one(document, asked, mean_length, wants_figure) for document in store.documents(numbers)]
    return sorted((each for each in judged if each.score), key=lambda each: (-round(each.score, 4), each.document.id))


# ---------------------------------------------------------------- judging


def _one(document: Document, asked: Sequence[WeightedUnit], mean_length: float, wants_figure: bool) -> Scored:
    score, answered, missed = 0.0, 0.0, False
    parts: dict[int, list[float]] = {}
    explanations: list[Explanation] = []
    for each in asked:
        unit, rarity = each.unit, each.importance
        best = _best(document, unit, each.values) if document.number in each.candidates else None
        missed |= unit.is_decisive and not (best and best[3])
        part = parts.setdefault(unit.group, [0.0, 0.0])
        part[1] += rarity
        if best:
            field, how, weight, credit, matched = best
            score += rarity * weight
            answered += rarity * credit
            part[0] += rarity * credit
            explanations.append(
                Explanation(text=unit.text, field=field, matched=matched, how=how, weight=round(rarity * weight, 3))
            )
    whole = sum(each.importance for each in asked)
    coverage = answered / whole * (MISSED if missed else 1.0)
    side = max(part / whole_part for part, whole_part in parts.values()) if len(parts) > 1 and not missed else 0.0
    length = 1 - LENGTH + LENGTH * document.size / mean_length
    standing = OUTDONE if document.outdone else 1.0
    standing *= FIGURE if wants_figure and document.figures else 1.0
    nearness = 1 + NEARNESS * _neighbours(document, explanations)
    final = score * coverage * standing * nearness / length**0.5
    return Scored(final, max(coverage, side * ONE_SIDE), explanations, document)


def _neighbours(document: Document, explanations: Sequence[Explanation]) -> int:
    """Count the units that stand next to the one before, or a word apart, in the statement."""
    ends = [each.matched.rpartition(" ")[2] for each in explanations if each.field == "statement"]
    if len(ends) < 2:
        return 0
    words = document.fields[0].split()
    places = [[n for n, word in enumerate(words) if word == end] for end in ends]
    return sum(any(abs(a - b) <= 2 for a in first for b in second) for first, second in pairwise(places))


def _best(document: Document, unit: Unit, values: Mapping[int, float]) -> _Found | None:
    """Give where and how a fact answers a unit best."""
    by_key = values.get(document.number, 0.0)
    if unit.kind == "number" or unit.kind == "date":
        credit = min(1.0, 0.4 + by_key) if by_key >= FAINT else 0.0
        return (unit.kind, unit.kind, by_key, credit, "") if by_key else None
    found = _in_words(document, unit)
    if by_key and (not found or by_key > found[2]):
        return "about", "about", by_key, max(found[3] if found else 0.0, 0.9), ""
    return found


def _in_words(document: Document, unit: Unit) -> _Found | None:
    """Give in which field the words of a unit stand with the most weight."""
    found: _Found | None = None
    least = 0.0
    for way in unit.ways:  # the weightiest first, of ways as of fields
        if not all(phrase in document.text for phrase in way.phrases):
            continue
        for (name, field_weight), text in zip(FIELDS, document.fields, strict=True):
            weight = way.weight * field_weight
            if weight <= least:
                break
            if all(phrase in text for phrase in way.phrases):
                found = (name, way.how, weight, way.weight**0.5, "".join(way.phrases).strip())
                least = weight
    if found and found[0] == "statement" and unit.forms and all(f" {form} " in document.forms for form in unit.forms):
        return "statement", "exact", found[2] * LETTER, found[3], found[4]
    return found
