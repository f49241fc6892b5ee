"""Find the facts for a query, best first: `search` runs the stages of the other modules and selects the answers.

`query` reads the query as units, `candidates` finds the facts that may answer each, `scoring` scores those that may
answer most of it. Rare units count more (inverse document frequency, as in BM25). A fact must answer most of the
query (`LEAST_COVERAGE`). If no fact does, the answer is empty, with the reasons and the nearest facts.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError
from tajsec.model.selection import Selection
from tajsec.search.candidates import WeightedUnit, weighted_units
from tajsec.search.query import understand
from tajsec.search.scoring import Explanation, Scored, score_facts
from tajsec.text.spelling import allowed_edits, closest
from tajsec.text.words import stems

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore

MAX_QUERY = 256
"""Most characters of a query: people type under 100, and RapidFuzz takes 4 s for 1,000 over 10,000 words."""

LEAST_COVERAGE = 0.56
"""The share of the query's weight that a fact must answer.

At 0.50 four more of 91 queries without answer get one; at 0.62 thirteen of 519 lose their right first fact.
"""

NEAREST = 3
"""Facts offered with an empty answer, and known words for each unknown one: few enough to be read at a glance."""

BOUNDED_ABOVE = 5000
"""In stores of at most so many facts all candidates are scored; in larger ones `search.bounded` selects some."""


class Match(NamedTuple):
    """A fact that answers a query. Scores of different queries are not comparable."""

    number: int
    id: str
    score: float
    explanations: Sequence[Explanation]

    def highlights(self, statement: str) -> list[tuple[int, int]]:
        """Return the words of the fact's statement that answer the query, as offsets (start, end) in it."""
        found = {stem for each in self.explanations if each.field == "statement" for stem in each.matched.split()}
        spans = ((match.span(), stems(match[0])) for match in re.finditer(r"[^\W_]+", statement))
        return [span for span, of_word in spans if not found.isdisjoint(of_word)]


class Answer(NamedTuple):
    """The best facts for a query; `total` is the number of all facts that answer it.

    If there are none, `reasons` says why, `near_words` has for each unknown word the known words most like it, and
    `nearest` has the facts that answer some part of the query.
    """

    matches: Sequence[Match]
    total: int
    near_words: Mapping[str, Sequence[str]]
    reasons: Sequence[str] = ()
    nearest: Sequence[Match] = ()


def search(store: "SearchableStore", query: str, selection: Selection, *, limit: int | None = None, cut: bool = True) -> Answer:
    """Return the best `limit` facts of the selection that answer `query`, or all of them.

    Order is by score, then id. Raises UsageError for a query of over 256 characters or without a word.
    """
    if len(query) > MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {MAX_QUERY}")
    if not any(map(str.isalnum, query)):
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    units = _weighted_units(store, query, selection)
    scored = score_facts(store, query, units, _with_enough_units(units), selection)
    answers = [each for each in scored if each.coverage >= LEAST_COVERAGE]
    if answers:
        return Answer(matches=list(map(_match, answers[:limit])), total=len(answers), near_words={})
    candidates = set().union(*(each.candidates for each in units))
    nearest = score_facts(store, query, units, candidates, selection)[:NEAREST]
    return Answer(
        matches=(),
        total=0,
        reasons=_reasons(store, units),
        near_words=_near_words(store, [each.unit.text for each in units if not each.candidates]),
        nearest=list(map(_match, nearest)),
    )


def _weighted_units(store: "SearchableStore", query: str, selection: Selection) -> list[WeightedUnit]:
    units = understand(store, query)
    if store.size()[0] <= BOUNDED_ABOVE:
        return weighted_units(store, units)
    from tajsec.search import bounded

    return bounded.weighted_units(store, units, selection)


def _match(scored: Scored) -> Match:
    document = scored.document
    return Match(document.number, document.id, round(scored.score, 4), scored.explanations)


def _with_enough_units(units: Sequence[WeightedUnit]) -> set[int]:
    """Return the facts that are candidates for enough units of the query, or of one side of its "and".

    The others cannot reach `LEAST_COVERAGE`; scoring them would take most of the time of a query of several words.
    """
    found: set[int] = set()
    sides = [list(group) for _, group in groupby(units, key=lambda each: each.unit.group)]
    for side in [units, *(sides if len(sides) > 1 else ())]:
        least = LEAST_COVERAGE * sum(each.importance for each in side)
        sums: dict[int, float] = {}
        for each in side:
            for number in each.candidates:
                sums[number] = sums.get(number, 0.0) + each.importance
        found.update(number for number, importance in sums.items() if importance >= least)
    return found


def _reasons(store: "SearchableStore", units: Sequence[WeightedUnit]) -> list[str]:
    """Return the reasons for an empty answer: unknown words, a time without facts, or no fact that has all units."""
    from tajsec.text.dates import LAST_DAY

    begins, ends = store.years()
    missing = [each.unit for each in units if not each.candidates]
    dates = [each.unit.date for each in units if each.unit.date]
    words = list(dict.fromkeys(unit.text for unit in missing if not unit.date))
    found = [f"nothing here on {' or '.join(map(repr, words))}"] if words else []
    if any(ends < date.first[0] or (date.open and ends < date.last[0] < LAST_DAY[0]) for date in dates):
        found.append(f"the sources end in {ends}")
    if any(0 < date.last[0] < begins for date in dates):
        found.append(f"the facts begin in {begins}")
    if units and not missing and not found:
        found.append("no fact joins all of it")
    return found


def _near_words(store: "SearchableStore", unknown: Sequence[str]) -> dict[str, list[str]]:
    """Return the known words near each unknown one: within one edit more than a correction may have."""
    near: dict[str, list[str]] = {}
    for text in unknown:
        edits = allowed_edits(text) + 1
        if text.isalpha() and edits > 1:
            forms = store.forms_of_length(len(text) - edits, len(text) + edits, text[0])
            found = [word for word, _ in closest(text, forms, edits=edits, limit=NEAREST)]
            near |= {text: found} if found else {}
    return near
