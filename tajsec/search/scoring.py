"""The score of a fact for a query: where and how it answers each unit.

For each unit, a fact gets the unit's importance times the weights of the field and of the way in which it answers
best. The sum is multiplied by the coverage of the query, and reduced for long statements.

The numbers were set with `benchmarks/search_quality.py`: a right fact comes first for 519 of the 539 queries that have
one, and 90 of the 91 others have an empty answer. The comments below name the first figure for other values ("All
equal: 515"), or the second ("1: 84 empty").
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.protocol import SEARCHED, Document
from tajsec.model.selection import Selection
from tajsec.search.candidates import WeightedUnit
from tajsec.search.query import How, Unit
from tajsec.text.forms import fold

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore

FIELD_WEIGHTS = tuple(zip(SEARCHED, (1.0, 0.85, 0.6, 0.5, 0.4), strict=True))
"""The fields of a fact and the weight of an answer in each, highest first. All equal: 515."""

AS_TYPED = 1.2
"""Factor of the weight if the statement contains the unit in the form that was typed. Without: 517."""

MISSED = 0.55
"""Factor of the coverage of a fact without a decisive unit: below `answer.LEAST_COVERAGE`. 1: 84 empty."""

FAINT = 0.3
"""Least weight at which a date is credited: an open span overlaps nearly every date. Without: no difference."""

OPEN_CREDIT = 0.4
"""Added to the weight of a date for its credit, at most 1: full for a date within the span. Without: 520."""

ABOUT_CREDIT = 0.9
"""Credit of an answer by a tag, if no words of the fact have more. 0.5 or 1: 519."""

SUPERSEDED_OR_LESS_EXACT = 0.85
"""Factor of the score of a fact if another is to be cited instead, so that it ranks below that one.

No query of the benchmark depends on it, but `test_the_exact_figure_comes_before_its_rounded_form` does.
"""

NEARNESS = 0.06
"""Added to the factor of the score for two units at most one word apart in the statement. Without: 516."""

FIGURE_WORDS = tuple(f" {words} " for words in "how many,how much,number,amount,cost,price,value,total".split(","))
"""Words in a query that ask for a figure."""

FIGURE = 1.15
"""Factor of the score of a fact with a figure for such a query. Without, two questions of newcomers fail."""

ONE_SIDE = 0.8
"""Factor of the coverage if only one side of an "and" is answered. 0: 517; 1: 519."""

PREFERRED = 1.1
"""Factor of the score of a preferred fact: what a page on the topic must say comes first of near ties."""
LENGTH = 0.25
"""Reduction for long statements: `b` of BM25 (0.75 there; statements differ less). 0: 518; 0.75: 509."""


class Explanation(NamedTuple):
    """How a fact answers the unit `text` of a query: by which field and stems, how, and with what part of the score."""

    text: str
    field: str
    matched: str
    """The stems that were found; empty if the fact answers by a key: a number, a date, a tag."""
    how: How
    weight: float

    def as_json(self) -> dict[str, str | float | None]:
        """Return its JSON object; `matched` is null where the fact answers by a key."""
        what = {"word": self.text, "matched": self.matched or None, "field": self.field}
        return {**what, "how": self.how, "weight": self.weight}


class Scored(NamedTuple):
    """A fact with its score, the share of the query that it answers, and how it answers each unit."""

    score: float
    coverage: float
    explanations: Sequence[Explanation]
    document: Document


class _Hit(NamedTuple):
    """The best answer of a fact to a unit: `credit` is the share of the unit that counts as answered."""

    field: str
    how: How
    weight: float
    credit: float
    matched: str = ""


def score_facts(
    store: "SearchableStore", query: str, units: Sequence[WeightedUnit], numbers: AbstractSet[int], selection: Selection
) -> list[Scored]:
    """Return those of the numbered facts that are in the selection and answer a unit, by score, then by id."""
    ordered = sorted(store.selected_among(selection, sorted(numbers)) if selection and numbers else numbers)
    wants_figure = any(words in f" {fold(query)}" for words in FIGURE_WORDS)
    _, mean_length = store.size()
    scored = [_scored(document, units, mean_length, wants_figure) for document in store.documents(ordered)]
    return sorted((each for each in scored if each.score), key=_order)


def _order(scored: Scored) -> tuple[bool, float, str]:
    """Return the sort key: deprecated facts last, then by score, then by id."""
    return scored.document.rank == 2, -round(scored.score, 4), scored.document.id


def _scored(document: Document, units: Sequence[WeightedUnit], mean_length: float, wants_figure: bool) -> Scored:
    found = [_best_hit(document, each) for each in units]
    hits = [(each, hit) for each, hit in zip(units, found, strict=True) if hit]
    explanations = [
        Explanation(each.unit.text, hit.field, hit.matched, hit.how, round(each.importance * hit.weight, 3))
        for each, hit in hits
    ]
    coverage, of_one_side = _coverage(units, [hit.credit if hit else 0.0 for hit in found])
    factor = SUPERSEDED_OR_LESS_EXACT if document.superseded_or_less_exact else 1.0
    factor *= PREFERRED if document.rank == 0 else 1.0
    factor *= FIGURE if wants_figure and document.figures else 1.0
    nearness = 1 + NEARNESS * _neighbours(document, explanations)
    length = 1 - LENGTH + LENGTH * document.size / mean_length
    score = sum(each.importance * hit.weight for each, hit in hits) * coverage * factor * nearness / length**0.5
    return Scored(score, max(coverage, of_one_side), explanations, document)


def _coverage(units: Sequence[WeightedUnit], credits: Sequence[float]) -> tuple[float, float]:
    """Return the share of the query's weight that is answered, and the same for the best side of its "and" or 0.

    `credits` has the answered share of each unit. A missing decisive unit lowers the first value and sets the second
    to 0.
    """
    answered: dict[int, float] = {}
    wholes: dict[int, float] = {}
    missed = False
    for each, credit in zip(units, credits, strict=True):
        group = each.unit.group
        missed |= each.unit.is_decisive and not credit
        answered[group] = answered.get(group, 0.0) + each.importance * credit
        wholes[group] = wholes.get(group, 0.0) + each.importance
    share = sum(answered.values()) / sum(wholes.values())
    if missed or len(wholes) == 1:
        return share * (MISSED if missed else 1.0), 0.0
    return share, ONE_SIDE * max(answered[group] / wholes[group] for group in wholes)


def _neighbours(document: Document, explanations: Sequence[Explanation]) -> int:
    """Count the units that are next to the unit before them in the statement, or one word apart."""
    ends = [each.matched.rpartition(" ")[2] for each in explanations if each.field == "statement"]
    if len(ends) < 2:
        return 0
    words = document.fields[0].split()
    places = [[n for n, word in enumerate(words) if word == end] for end in ends]
    return sum(any(abs(a - b) <= 2 for a in first for b in second) for first, second in pairwise(places))


def _best_hit(document: Document, weighted: WeightedUnit) -> _Hit | None:
    """Return how a fact answers a unit with the most weight, or None if it does not."""
    if document.number not in weighted.candidates:
        return None
    unit, by_key = weighted.unit, weighted.key_weights.get(document.number, 0.0)
    if unit.kind == "number" or unit.kind == "date":
        credit = min(1.0, OPEN_CREDIT + by_key) if by_key >= FAINT else 0.0
        return _Hit(unit.kind, unit.kind, by_key, credit) if by_key else None
    hit = _hit_by_words(document, unit)
    if by_key and (not hit or by_key > hit.weight):
        return _Hit("about", "about", by_key, max(hit.credit if hit else 0.0, ABOUT_CREDIT))
    return hit


def _hit_by_words(document: Document, unit: Unit) -> _Hit | None:
    """Return the way and the field in which the words of a unit have the most weight."""
    best: _Hit | None = None
    least = 0.0
    for way in unit.ways:  # the weightiest first, of ways as of fields
        if not all(phrase in document.text for phrase in way.phrases):
            continue
        for (field, field_weight), text in zip(FIELD_WEIGHTS, document.fields, strict=True):
            weight = way.weight * field_weight
            if weight <= least:
                break
            if all(phrase in text for phrase in way.phrases):
                best = _Hit(field, way.how, weight, way.weight**0.5, "".join(way.phrases).strip())
                least = weight
    if best and best.field == "statement" and unit.forms and all(f" {form} " in document.forms for form in unit.forms):
        return best._replace(how="exact", weight=best.weight * AS_TYPED)
    return best
