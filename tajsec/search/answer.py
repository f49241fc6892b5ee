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
from tajsec.search.sides import Side, has_operators
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


class Reading(NamedTuple):
    """How a part of a query was read that could be read otherwise: `typed`, as `read_as`, by `how`."""

    typed: str
    read_as: str
    how: str

    @property
    def words(self) -> str:
        """The reading as a line for people."""
        return f"{self.typed} is read as {self.read_as}"


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
    taken_for: Sequence[Reading] = ()


def search(store: "SearchableStore", query: str, selection: Selection, *, limit: int | None = None) -> Answer:
    """Return the best `limit` facts of the selection that answer `query`, or all of them.

    Order is by score, then id. Raises UsageError for a query of over 256 characters, without a word, or with operators
    that cannot be read.
    """
    if len(query) > MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {MAX_QUERY}")
    if not any(map(str.isalnum, query)):
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    sides = [(side, _weighted_units(store, side, selection)) for side in _sides(query)]
    units = [each for _, of_side in sides for each in of_side]
    taken_for = [Reading(each.unit.text, each.unit.readings, "two readings") for each in units if each.unit.readings]
    answers = _merged([_answers(store, side, of_side, selection) for side, of_side in sides])
    if answers:
        return Answer(list(map(_match, answers[:limit])), len(answers), {}, taken_for=taken_for)
    candidates = set().union(*(each.candidates for each in units))
    nearest = score_facts(store, query, units, candidates, selection)
    return Answer(
        matches=(),
        total=0,
        reasons=_reasons(store, units),
        near_words=_near_words(store, [each.unit.text for each in units if not each.candidates]),
        nearest=list(map(_match, _allowed(store, sides, nearest)[:NEAREST])),
        taken_for=taken_for,
    )


def _sides(query: str) -> list[Side]:
    if not has_operators(query):
        return [Side(query)]
    from tajsec.search.operators import read_sides

    return read_sides(query)


def _weighted_units(store: "SearchableStore", side: Side, selection: Selection) -> list[WeightedUnit]:
    units = understand(store, side.text, side.phrases)
    if store.size()[0] <= BOUNDED_ABOVE:
        return weighted_units(store, units)
    from tajsec.search import bounded

    return bounded.weighted_units(store, units, selection)


def _answers(store: "SearchableStore", side: Side, units: Sequence[WeightedUnit], selection: Selection) -> list[Scored]:
    """Return the facts that answer most of one side of a query and meet its conditions, best first."""
    scored = score_facts(store, side.text, units, _with_enough_units(units), selection)
    answers = [each for each in scored if each.coverage >= LEAST_COVERAGE]
    return _meeting(store, side, answers)


def _meeting(store: "SearchableStore", side: Side, scored: list[Scored]) -> list[Scored]:
    if not side.has_conditions or not scored:
        return scored
    from tajsec.search.conditions import meeting

    met = meeting(store, side, [each.document.number for each in scored])
    return [each for each in scored if each.document.number in met]


def _allowed(
    store: "SearchableStore", sides: Sequence[tuple[Side, Sequence[WeightedUnit]]], scored: list[Scored]
) -> list[Scored]:
    """Return the facts that no side of a query leaves out."""
    for side, _ in sides:
        scored = _meeting(store, side._replace(phrases=()), scored)
    return scored


def _merged(answers: Sequence[list[Scored]]) -> list[Scored]:
    """Return the facts that answer any side of a query, by their share of the best score of a side, then by id."""
    if len(answers) == 1:
        return answers[0]
    found: dict[int, Scored] = {}
    for of_side in answers:
        for each in of_side:
            share = each._replace(score=each.score / of_side[0].score)
            found[each.document.number] = max(found.get(each.document.number, share), share, key=lambda one: one.score)
    return sorted(found.values(), key=lambda each: (-round(each.score, 4), each.document.id))


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
    if units and not found:
        undated = [each.date.words for each in missing if each.date]
        found.append(f"no fact is dated {' or '.join(undated)}" if undated else "no fact joins all of it")
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
