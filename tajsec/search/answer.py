"""Facts for a query, best first: candidates from the store's index, judged one by one.

Every unit of the query (`tajsec.query`) gives a fact a weight by where and how it answers it; rare units count more
(inverse document frequency, Robertson and Spärck Jones 1976, as in BM25). A fact must answer most of the query: one
whose words are not understood, or that no fact holds together, has an empty answer, and the nearest facts beside it.
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
"""Characters."""


LEAST_COVERAGE = 0.56
"""The share of the query's weight that a fact must answer."""


NEAREST = 3
"""Facts that are offered beside an empty answer."""


class Match(NamedTuple):
    """A fact that answers a query. `score` orders the answers to one query; across queries it says nothing."""

    number: int
    id: str
    score: float
    explanations: Sequence[Explanation]

    def highlights(self, statement: str) -> list[tuple[int, int]]:
        """Give the words of the fact's statement that answer the query, as offsets (start, end) in it."""
        found = {stem for each in self.explanations if each.field == "statement" for stem in each.matched.split()}
        spans = ((match.span(), stems(match[0])) for match in re.finditer(r"[^\W_]+", statement))
        return [span for span, of_word in spans if not found.isdisjoint(of_word)]


class Answer(NamedTuple):
    """What a query is answered with; `total` counts the facts that answer it.

    Where there is none: `reasons` say in words why, `near_words` are known words that are like the unknown ones, and
    `nearest` are the facts that answer some of the query.
    """

    matches: Sequence[Match]
    total: int
    near_words: Mapping[str, Sequence[str]]
    reasons: Sequence[str] = ()
    nearest: Sequence[Match] = ()


def search(store: "SearchableStore", query: str, selection: Selection, *, limit: int | None = None) -> Answer:
    """Find the facts that answer `query` among those that the selection takes, the best `limit` of them.

    Order is by score, then id. Raises UsageError for a query of over 256 characters or without a word.
    """
    if len(query) > MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {MAX_QUERY}")
    if not any(map(str.isalnum, query)):
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    asked = weighted_units(store, understand(store, query), selection)
    judged = score_facts(store, query, asked, _able(asked), selection)
    answers = [each for each in judged if each.coverage >= LEAST_COVERAGE]
    matches = list(map(_match, answers[:limit]))
    if matches:
        return Answer(matches=matches, total=len(answers), near_words={})
    some = set().union(*(each.candidates for each in asked))
    nearest = score_facts(store, query, asked, some, selection)[:NEAREST]
    return Answer(
        matches=(),
        total=0,
        reasons=_reasons(store, asked),
        near_words=_near_words(store, [each.unit.text for each in asked if not each.candidates]),
        nearest=list(map(_match, nearest)),
    )


def _match(judged: Scored) -> Match:
    document = judged.document
    return Match(document.number, document.id, round(judged.score, 4), judged.explanations)


def _reasons(store: "SearchableStore", asked: Sequence[WeightedUnit]) -> list[str]:
    """Say why there is no answer: what is not covered at all, when the sources end, or that nothing joins it all."""
    from tajsec.text.dates import LAST_DAY

    begins, ends = store.years()
    missing = [each.unit for each in asked if not each.candidates]
    dates = [each.unit.date for each in asked if each.unit.date]
    words = list(dict.fromkeys(unit.text for unit in missing if not unit.date))
    found = [f"nothing here on {' or '.join(map(repr, words))}"] if words else []
    if any(ends < date.first[0] or (date.open and ends < date.last[0] < LAST_DAY[0]) for date in dates):
        found.append(f"the sources end in {ends}")
    if any(0 < date.last[0] < begins for date in dates):
        found.append(f"the facts begin in {begins}")
    if asked and not missing and not found:
        found.append("no fact joins all of it")
    return found


def _near_words(store: "SearchableStore", unknown: Sequence[str]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for text in unknown:
        edits = allowed_edits(text) + 1
        if text.isalpha() and edits > 1:
            pool = store.forms_of_length(len(text) - edits, len(text) + edits, text[0])
            found = [word for word, _ in closest(text, pool, edits=edits, limit=NEAREST)]
            near |= {text: found} if found else {}
    return near


def _able(asked: Sequence[WeightedUnit]) -> set[int]:
    """Give the facts that may answer enough: of the whole query, or of one side of its "and"."""
    able: set[int] = set()
    sides = [list(group) for _, group in groupby(asked, key=lambda each: each.unit.group)]
    for side in [asked, *(sides if len(sides) > 1 else ())]:
        least = LEAST_COVERAGE * sum(each.importance for each in side)
        reached: dict[int, float] = {}
        for each in side:
            for number in each.candidates:
                reached[number] = reached.get(number, 0.0) + each.importance
        able.update(number for number, sum_of_parts in reached.items() if sum_of_parts >= least)
    return able
