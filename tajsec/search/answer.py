"""Find the facts for a query, best first: `search` runs the stages of the other modules and selects the answers.

`query` reads the query as units, `candidates` finds the facts that may answer each, `scoring` scores those that may
answer enough of it. A fact answers if it has every name, number and date of the query, and most of its other words. If
no fact does, the answer is empty, with the reasons and the nearest facts, which answer a part.
"""

import contextlib
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError
from tajsec.model.selection import Selection
from tajsec.search import scoring
from tajsec.search.asked import asked_kinds
from tajsec.search.candidates import WeightedUnit, weighted_units
from tajsec.search.corrections import TakenFor, corrections_of
from tajsec.search.query import understand
from tajsec.search.ranking import Explanation, Scored, in_order, score_facts
from tajsec.search.sides import Side, has_operators
from tajsec.store.index import statement_token
from tajsec.text.forms import fold
from tajsec.text.words import LIGHT_WORDS, STOP_WORDS, stem, stems, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tajsec.model.protocol import Question, SearchableStore
    from tajsec.search.query import Unit


class Match(NamedTuple):
    """A fact that answers a query, or parts of it. Scores of different queries are not comparable."""

    number: int
    id: str
    score: float
    explanations: Sequence[Explanation]
    missing: Sequence[str] = ()
    """The parts of the query that the fact does not answer."""
    folded: Sequence[str] = ()
    """The ids of weaker matches that say the same, which are not shown themselves."""

    def highlights(self, statement: str) -> list[tuple[int, int]]:
        """Return the words of the fact's statement that answer the query, as offsets (start, end) in it."""
        found = {stem for each in self.explanations if each.field == "statement" for stem in each.matched.split()}
        spans = ((match.span(), stems(match[0])) for match in re.finditer(r"[^\W_]+", statement))
        return [span for span, of_word in spans if not found.isdisjoint(of_word)]


class Answer(NamedTuple):
    """The best facts for a query; `total` is the number of all facts that answer it, before the cut.

    If there are none, `reasons` says why, and `near_words` has for each unknown word the known words most like it. If
    there are few, `nearest` has the facts that answer some part of the query.
    """

    matches: Sequence[Match]
    total: int
    near_words: Mapping[str, Sequence[str]]
    taken_for: Sequence[TakenFor] = ()
    """The words of the query that were read as others."""
    left_out: Sequence[str] = ()
    """The words of the query that no fact has."""
    reasons: Sequence[str] = ()
    nearest: Sequence[Match] = ()
    leads: bool = False
    """True if the first match is clearly ahead of the second, or the only one of the kind that was asked for."""


def search(
    store: "SearchableStore", query: str, selection: Selection, *, limit: int | None = None, cut: bool = True
) -> Answer:
    """Return the best `limit` facts of the selection that answer `query`, or all of them.

    Order is by score, then id; deprecated facts are last. With `cut` those that are far behind the first are left out,
    and those that say the same as a better one are folded. Raises UsageError for a query of over 256 characters,
    without a word, or with operators that cannot be read.
    """
    if len(query) > scoring.MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {scoring.MAX_QUERY}")
    if not any(map(str.isalnum, query)):
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    store.renew()
    kinds = asked_kinds(tokens(fold(query)))
    read = _sides(query)
    store.together(lambda: _ahead().of_words(store, read))
    store.together(lambda: _ahead().of_readings(store, read))
    sides = _weighted(store, [(side, understand(store, side.text, side.phrases)) for side in read], selection)
    may_answer = [(side, of_side, sorted(_that_may_answer(of_side))) for side, of_side in sides]
    store.together(lambda: _ahead().of_facts(store, may_answer, selection))
    units = [each for _, of_side in sides for each in of_side]
    answers = _merged([_answering(store, side, of_side, kinds, selection) for side, of_side in sides])
    shown = _folded(_cut(answers)) if cut else [(each, ()) for each in answers]
    left_out = [each.unit.text for each in units if not each.candidates and each.unit.text not in LIGHT_WORDS]
    left_out += [each for side, _ in sides for each in _excluded_in_vain(store, side)]
    nearest = _nearest(store, sides, kinds, selection, answers) if len(answers) < scoring.NEAREST else ()
    if not answers:
        store.together(lambda: _ahead().of_nothing(store, left_out, [each.number for each in nearest]))
    return Answer(
        matches=[_match(each, folded=folded) for each, folded in shown[:limit]],
        total=len(answers),
        near_words={} if answers else _near_words(store, left_out),
        taken_for=list(dict.fromkeys(taken for each in units for taken in each.unit.readings)),
        left_out=left_out,
        reasons=() if answers else _reasons(store, units),
        nearest=nearest,
        leads=_leads([each for each, _ in shown], kinds),
    )


def _sides(query: str) -> list[Side]:
    if not has_operators(query):
        return [Side(query)]
    from tajsec.search.operators import read_sides

    return read_sides(query)


def questions_of(store: "SearchableStore", query: str) -> "Iterator[Question]":
    """Yield what a search first asks of a store; nothing for a query that cannot be read."""
    with contextlib.suppress(UsageError):
        yield from _ahead().of_words(store, _sides(query))


def _ahead() -> "ModuleType":
    """Return the module of what is asked ahead, which a store in a file does not need."""
    from tajsec.search import ahead

    return ahead


def _weighted(
    store: "SearchableStore", sides: "Sequence[tuple[Side, Sequence[Unit]]]", selection: Selection
) -> "list[tuple[Side, list[WeightedUnit]]]":
    """Return the units of each side with their candidates, of which a large store has a bounded number."""
    is_large, every = store.size() > scoring.BOUNDED_ABOVE, [units for _, units in sides]
    store.together(lambda: _ahead().of_candidates(store, every, selection, is_large=is_large))
    if not is_large:
        return [(side, weighted_units(store, units)) for side, units in sides]
    from tajsec.search import bounded

    store.together(lambda: _ahead().of_pools(store, sides, selection))
    return [(side, bounded.weighted_units(store, units, selection)) for side, units in sides]


def _answering(
    store: "SearchableStore", side: Side, units: Sequence[WeightedUnit], kinds: frozenset[str], selection: Selection
) -> list[Scored]:
    """Return the facts that answer one side of a query and meet its conditions, best first."""
    scored = score_facts(store, units, kinds, _that_may_answer(units), selection)
    return _meeting(store, side, [each for each in scored if _answers(units, each.hits)])


def _meeting(store: "SearchableStore", side: Side, scored: list[Scored]) -> list[Scored]:
    if not side.has_conditions or not scored:
        return scored
    from tajsec.search.conditions import meeting

    met = meeting(store, side, [each.document.number for each in scored])
    return [each for each in scored if each.document.number in met]


def _merged(answers: Sequence[list[Scored]]) -> list[Scored]:
    """Return the facts that answer any side of a query, by their share of the best score of a side, then by id."""
    if len(answers) == 1:
        return answers[0]
    found: dict[int, Scored] = {}
    for of_side in answers:
        for each in of_side:
            share = each._replace(score=each.score / of_side[0].score)
            found[each.document.number] = max(found.get(each.document.number, share), share, key=lambda one: one.score)
    return in_order(found.values())


def _match(scored: Scored, missing: Sequence[str] = (), folded: Sequence[str] = ()) -> Match:
    document, score = scored.document, scoring.shown_score(scored.score)
    return Match(document.number, document.id, score, list(scored.hits.values()), missing, folded)


def _answers(units: Sequence[WeightedUnit], met: Collection[int]) -> bool:
    """True if a fact that has the units at these places answers the query, or one side of its "and"."""
    places = range(len(units))
    if any(units[place].is_required for place in places if place not in met):
        return False
    sides = [list(group) for _, group in groupby(places, key=lambda place: units[place].unit.group)]
    return _has_half(units, places, met) or any(
        all(place in met for place in side) and _has_half(units, side, met) for side in sides if len(sides) > 1
    )


def _has_half(units: Sequence[WeightedUnit], places: Sequence[int], met: Collection[int]) -> bool:
    """True if half of the units are met, by weight or (of more than two) by number; light words count only alone."""
    counted = [place for place in places if not (units[place].unit.is_light or units[place].is_required)]
    by_number = len(counted) > 2 and 2 * sum(place in met for place in counted) >= len(counted)
    counted = counted or [place for place in places if not units[place].unit.is_light] or list(places)
    whole = sum(units[place].importance for place in counted)
    found = sum(units[place].importance for place in counted if place in met)
    return by_number or (bool(found) and 2 * found >= whole)


def _that_may_answer(units: Sequence[WeightedUnit]) -> set[int]:
    """Return the facts that answer if their candidates are what they may be; scoring all others would take longest."""
    met: dict[int, set[int]] = {}
    for place, each in enumerate(units):
        for number in each.candidates:
            met.setdefault(number, set()).add(place)
    enough = {places: _answers(units, places) for places in set(map(frozenset, met.values()))}
    return {number for number, places in met.items() if enough[frozenset(places)]}


def _cut(answers: Sequence[Scored]) -> list[Scored]:
    """Return the answers without those far behind the first, and those behind it that do not say it while others do."""
    first = next((place for place, each in enumerate(answers) if each.says), len(answers))
    said = [*answers[:first], *(each for each in answers[first:] if each.says)]
    return [each for each in said if each.score >= scoring.CUT * said[0].score]


def _leads(answers: Sequence[Scored], kinds: frozenset[str]) -> bool:
    """True if the first answer is clearly ahead of the second, or the only one of the kinds that were asked for."""
    if len(answers) < 2:
        return bool(answers)
    first, second = answers[0], answers[1]
    asked = [each for each in answers if not kinds.isdisjoint(each.document.answers.split())]
    return asked == [first] or first.score >= (1 + scoring.LEAD) * second.score


def _folded(shown: Sequence[Scored]) -> list[tuple[Scored, Sequence[str]]]:
    """Return the facts without those that say the same as one before them, whose ids stand beside that one."""
    kept: list[tuple[Scored, Sequence[str]]] = []
    heads: dict[str | frozenset[str], list[str]] = {}
    for each in shown:
        document = each.document
        says = frozenset(document.fields[0].split())
        folded = next((heads[key] for key in (*document.same_as.split(), says) if key in heads), None)
        if folded is None:
            folded = heads[document.id] = heads[says] = []
            kept.append((each, folded))
        else:
            folded.append(document.id)
    return kept


def _nearest(
    store: "SearchableStore",
    sides: "Sequence[tuple[Side, Sequence[WeightedUnit]]]",
    kinds: frozenset[str],
    selection: Selection,
    answers: Sequence[Scored],
) -> list[Match]:
    """Return the facts that answer the largest parts of the query alone, each with the parts that it misses."""
    units = [each for _, of_side in sides for each in of_side]
    candidates = set().union(*(each.candidates for each in units)) - {each.document.number for each in answers}
    scored = score_facts(store, units, kinds, candidates, selection)
    for side, _ in sides:
        scored = _meeting(store, side._replace(phrases=()), scored)
    return [
        _match(each, [other.unit.text for place, other in enumerate(units) if place not in each.hits])
        for each in _cut(scored)[: scoring.NEAREST]
    ]


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


def _excluded_in_vain(store: "SearchableStore", side: Side) -> Sequence[str]:
    if not side.excluded:
        return ()
    from tajsec.search.conditions import excluded_in_vain

    return excluded_in_vain(store, side)


def _near_words(store: "SearchableStore", unknown: Sequence[str]) -> dict[str, list[str]]:
    """Return for each unknown English word what it would be corrected to, of words that mean something in a statement.

    Words that are not English were corrected before, if they could be.
    """
    from tajsec.text.english import is_english

    near = {text: corrections_of(store, text, to_names=False) for text in unknown if is_english(text)}
    said = {
        text: [word for word in words if not _is_function_word(word) and store.containing(_in_statement(word), 1)]
        for text, words in near.items()
    }
    return {text: words for text, words in said.items() if words}


def _is_function_word(word: str) -> bool:
    return word in STOP_WORDS or word in LIGHT_WORDS


def _in_statement(word: str) -> list[list[str]]:
    return [[statement_token(stem(word))]]
