"""Facts for a query, best first: candidates from the store's index, judged one by one.

Every unit of the query (`tajsec.query`) gives a fact a weight by where and how it answers it; rare units count more
(inverse document frequency, Robertson and Spärck Jones 1976, as in BM25). A fact must answer most of the query: one
whose words are not understood, or that no fact holds together, has an empty answer, and the nearest facts beside it.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError
from tajsec.query import How, Unit, tagged_facts, understand
from tajsec.selection import (
    SEARCHED,
    Document,
    Selection,
    number_token,
    statement_token,
    tag_token,
    twice_token,
    year_token,
)
from tajsec.spelling import allowed_edits, closest
from tajsec.text import fold
from tajsec.words import LIGHT_WORDS, stems

if TYPE_CHECKING:
    from tajsec.asked import AskedDate
    from tajsec.numbers import Number
    from tajsec.protocol import SearchableStore

MAX_QUERY = 256
"""Characters."""
CANDIDATES = 1000
"""Facts that are judged at most for one unit of the query."""
EXACT = 5000
"""Facts up to which every fact that may answer is judged; of a larger store some are (`_pool`)."""
POOL, ENOUGH = 120, 60
"""Facts of a large store that are judged for a whole query; under ENOUGH, those that answer most of it as well."""
MOST_YEARS = 64
"""Years of a date that are looked for in a large store; of a longer one every fact may be."""
LEAST_COVERAGE = 0.56
"""The share of the query's weight that a fact must answer."""
NEAREST = 3
"""Facts that are offered beside an empty answer."""

FIELDS = tuple(zip(SEARCHED, (1.0, 0.85, 0.6, 0.5, 0.4), strict=True))
"""Weights of a unit by the field in which it stands, the weightiest first."""
LETTER = 1.2
"""What a unit counts more if the statement holds it in the form that was typed."""
NAME_FLOOR, VALUE_FLOOR = 3.0, 5.0
"""The least importance of a name, and of a number or date: who asks for them wants them, however common they are."""
MISSED = 0.55
"""What is left of the coverage of a fact that lacks a number, date, actor, person or place of the query."""
OUTDONE = 0.85
"""What is left of the score of a fact when another is the one to cite: an exact figure, a newer one."""
LIGHT = 1.5
"""The most that a common word counts that names little: keep, turn, together."""
NEARNESS = 0.06
"""What the score gains for each two units that stand side by side in the statement."""
ASKS_FIGURE = tuple(f" {words} " for words in "how many,how much,number,amount,cost,price,value,total".split(","))
FIGURE = 1.15
"""What a fact with a figure gains when the query asks for one."""
ONE_SIDE = 0.8
"""How far the answer to one side of an "and" counts as an answer."""
FAINT = 0.3
"""A weight under which a date does not count as answered: a span without an end holds nearly every day."""
NO_END = 99991231
"""The last day number: that of a date with an open end."""
FIRST_YEAR = 10000
"""The first day number of the year 1: a date that starts before it has an open start."""
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


_Found = tuple[str, How, float, float, str]
"""Field, how, weight in the score, share of the unit that counts as answered, the stems found."""


class _Judged:
    """A fact that was judged: its score, the share of the query that it answers, and how."""

    __slots__ = ("coverage", "document", "explanations", "score")

    def __init__(self, score: float, coverage: float, explanations: list[Explanation], document: Document) -> None:
        self.score, self.coverage, self.explanations, self.document = score, coverage, explanations, document


class _Asked(NamedTuple):
    """A unit of the query in this store: the facts that may answer it, and how much it counts."""

    unit: Unit
    values: Mapping[int, float]
    """Facts that answer by their keys (number, date, what they are about), with their weights."""
    candidates: AbstractSet[int]
    importance: float


def search(store: "SearchableStore", query: str, selection: Selection, *, limit: int | None = None) -> Answer:
    """Find the facts that answer `query` among those that the selection takes, the best `limit` of them.

    Order is by score, then id. Raises UsageError for a query of over 256 characters or without a word.
    """
    if len(query) > MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {MAX_QUERY}")
    if not any(map(str.isalnum, query)):
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    asked = _asked(store, understand(store, query), selection)
    judged = _judge(store, query, asked, _able(asked), selection)
    answers = [each for each in judged if each.coverage >= LEAST_COVERAGE]
    matches = list(map(_match, answers[:limit]))
    if matches:
        return Answer(matches=matches, total=len(answers), near_words={})
    some = set().union(*(each.candidates for each in asked))
    nearest = _judge(store, query, asked, some, selection)[:NEAREST]
    return Answer(
        matches=(),
        total=0,
        reasons=_reasons(store, asked),
        near_words=_near_words(store, [each.unit.text for each in asked if not each.candidates]),
        nearest=list(map(_match, nearest)),
    )


def _match(judged: _Judged) -> Match:
    document = judged.document
    return Match(document.number, document.id, round(judged.score, 4), judged.explanations)


def _reasons(store: "SearchableStore", asked: Sequence[_Asked]) -> list[str]:
    """Say why there is no answer: what is not covered at all, when the sources end, or that nothing joins it all."""
    from tajsec.dates import LAST_DAY

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


# ---------------------------------------------------------------- candidates


def _asked(store: "SearchableStore", units: Sequence[Unit], selection: Selection) -> list[_Asked]:
    stems = {stem for unit in units for way in unit.ways for phrase in way.phrases for stem in phrase.split()}
    counts = store.frequencies(sorted(stems)) if stems else {}
    size, _ = store.size()
    known = [_known(unit, counts) for unit in units]
    pool = _pool(store, known, counts, selection) if size > EXACT else None
    found = []
    for unit, (alive, held) in zip(units, known, strict=True):
        values = _values(store, unit, pool)
        literal = next((counts.get(_rarest(way.phrases, counts), 0) for way in unit.ways if way.how != "alias"), 0)
        if pool is None:
            candidates = {*values, *(store.holding([held], CANDIDATES) if held else ())}
            count = min(len(candidates), max(literal, len(values))) or len(candidates)
        else:
            among = store.documents(pool) if held else ()
            candidates = {*values, *(each.number for each in among if any(f" {stem} " in each.text for stem in held))}
            count = max(literal, *(store.count_tagged(*tag) for tag in unit.tags), len(values))
        found.append(_Asked(alive, values, candidates, _importance(unit, count, size)))
    return found


def _known(unit: Unit, counts: Mapping[str, int]) -> tuple[Unit, list[str]]:
    """Give a unit without the ways that no fact can answer, and the rarest stems of the others."""
    rarest = {way: _rarest(way.phrases, counts) for way in unit.ways}
    alive = unit._replace(ways=tuple(way for way in unit.ways if rarest[way]))
    return alive, sorted({rarest[way] for way in alive.ways})


def _pool(
    store: "SearchableStore",
    known: Sequence[tuple[Unit, list[str]]],
    counts: Mapping[str, int],
    selection: Selection,
) -> Sequence[int]:
    """Give the facts of a large store that are judged: those that answer all of the query, then most of it.

    Facts with the words as they were typed come before those with another name for them, those with the words in the
    statement before those with them around it, short statements before long ones: what ranks well. Of each kind the
    first facts of the index are taken, so that a search takes no longer in a store of any size.
    """
    dates = [unit.date for unit, _ in known if unit.date]
    if len(dates) == len(known):
        from tajsec.dates import day_number

        spans = [(day_number(date.first), day_number(date.last)) for date in dates]
        return sorted({n for first, last in spans for n in store.dated(first, last, POOL)})
    rarest_first = sorted(known, key=lambda each: _commonness(store, each[0], each[1], counts))
    groups = [tokens for unit, held in rarest_first if (tokens := _tokens(unit, held))]
    if not groups:
        return []
    filters = [sorted(tag_token(kind, each) for each in ids) for kind, ids in selection.tags() if ids]
    found: dict[int, None] = {}
    for better in (twice_token, statement_token, str):
        typed = [_typed(unit, counts, better) or _tokens(unit, held) for unit, held in rarest_first]
        if len(found) < POOL:
            found |= dict.fromkeys(store.holding([*filter(None, typed), *filters], POOL))
    if len(found) < POOL:
        found |= dict.fromkeys(store.holding([*groups, *filters], POOL))
    for left_out in range(len(groups) - 1, -1, -1):
        if len(found) >= ENOUGH or len(groups) == 1:
            break
        rest = groups[:left_out] + groups[left_out + 1 :]
        found |= dict.fromkeys(store.holding([*rest, *filters], ENOUGH))
    return sorted(found)


def _typed(unit: Unit, counts: Mapping[str, int], better: Callable[[str], str]) -> list[str]:
    """Give the words of the index for the facts that hold a unit as it was typed, or as it may have been meant."""
    ways = (way for way in unit.ways if way.how != "alias")
    return sorted({better(_rarest(way.phrases, counts)) for way in ways})


def _tokens(unit: Unit, held: Sequence[str]) -> list[str]:
    """Give the words of the index under which the facts stand that may answer a unit."""
    numbers = [number_token(round(unit.number.value * scale, 6)) for scale in (1, 1e6, 1e3)] if unit.number else []
    years = range(unit.date.first[0], unit.date.last[0] + 1) if unit.date else ()
    dated = map(year_token, years if len(years) <= MOST_YEARS else ())
    return [*held, *(tag_token(kind, term_id) for kind, term_id in unit.tags), *numbers, *dated]


def _commonness(store: "SearchableStore", unit: Unit, held: Sequence[str], counts: Mapping[str, int]) -> int:
    return max((*(counts[stem] for stem in held), *(store.count_tagged(*tag) for tag in unit.tags)), default=0)


def _rarest(phrases: Sequence[str], counts: Mapping[str, int]) -> str:
    """Give the rarest stem of a way, or "" if one of its stems stands in no fact."""
    stems = [stem for phrase in phrases for stem in phrase.split()]
    return min(stems, key=lambda stem: (counts[stem], stem)) if all(stem in counts for stem in stems) else ""


def _importance(unit: Unit, count: int, size: int) -> float:
    """Give the weight of a unit in the query: the rarer what it asks for, the more."""
    rarity = math.log(1 + (size - count + 0.5) / (count + 0.5))
    if unit.kind in ("number", "date"):
        return max(rarity, VALUE_FLOOR)
    if unit.text in LIGHT_WORDS:
        return min(rarity, LIGHT)
    return max(rarity, NAME_FLOOR) if unit.is_decisive else rarity


def _able(asked: Sequence[_Asked]) -> set[int]:
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


def _judge(
    store: "SearchableStore", query: str, asked: Sequence[_Asked], among: AbstractSet[int], selection: Selection
) -> list[_Judged]:
    """Judge some facts, best first."""
    numbers = sorted(among)
    if selection and numbers:
        numbers = sorted(store.taken(selection, numbers))
    wants_figure = any(words in f" {fold(query)}" for words in ASKS_FIGURE)
    _, mean_length = store.size()
    judged = [_one(document, asked, mean_length, wants_figure) for document in store.documents(numbers)]
    return sorted((each for each in judged if each.score), key=lambda each: (-round(each.score, 4), each.document.id))


# ---------------------------------------------------------------- judging


def _one(document: Document, asked: Sequence[_Asked], mean_length: float, wants_figure: bool) -> _Judged:
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
    return _Judged(final, max(coverage, side * ONE_SIDE), explanations, document)


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


def _values(store: "SearchableStore", unit: Unit, among: Sequence[int] | None) -> Mapping[int, float]:
    """Give the facts, of all or of some, that answer a unit by their keys, with their weights.

    Keys are numbers, dates, and what a fact is about.
    """
    if unit.number:
        return _numbered(store, unit.number, among)
    if unit.date:
        return _dated(store, unit.date, among)
    return tagged_facts(store, unit, among)


def _numbered(store: "SearchableStore", number: "Number", among: Sequence[int] | None) -> dict[int, float]:
    """Give the facts that hold a number; one without a scale may be meant in thousands or millions ("11.4")."""
    scales = (1,) if number.scaled else (1, 1e6, 1e3)
    found: dict[int, float] = {}
    for scale in scales:
        for fact, units in store.with_number(round(number.value * scale, 6), among).items():
            as_money = "usd" in units
            weight = 1.0 if units - {""} else 0.8
            if scale != 1 and not (as_money and (number.money or number.value != int(number.value))):
                continue
            if number.money and not as_money:
                weight *= 0.3
            found[fact] = max(weight, found.get(fact, 0.0))
    return found


def _dated(store: "SearchableStore", date: "AskedDate", among: Sequence[int] | None) -> dict[int, float]:
    """Give the facts of a date: to the day or month or year asked for, within the span asked for, or about it."""
    from tajsec.dates import LAST_DAY, day_number

    if date.month and date.first[0] == 0:
        return _of_month(_in_span(store, 0, NO_END, among), date)
    first, last = day_number(date.first), day_number(date.last)
    is_beyond = date.open and date.last != LAST_DAY and date.last[0] > store.years()[1]
    found: dict[int, float] = {}
    for document in _in_span(store, first, last, among):
        weight = _closeness(document, first, last, is_open=date.open)
        if weight and not (is_beyond and weight < 1):
            found[document.number] = weight
    if date.year and not date.open:
        for fact, units in store.with_number(float(date.year), among).items():
            found[fact] = max(found.get(fact, 0.0), 1.0 if units - {""} else 0.75)
    return found


def _closeness(document: Document, first: int, last: int, *, is_open: bool) -> float:
    if document.when is None:
        return 0.35 if not is_open and first <= document.extent[1] <= last else 0.15
    starts, ends = document.when
    if is_open and (starts == first > 0 or ends == last < NO_END):
        return 1.0
    if (starts, ends) == (first, last):
        return 1.0
    if first <= starts and ends <= last:
        return 0.9
    no_start, no_end = starts < FIRST_YEAR, ends >= NO_END
    if (no_end and first <= starts <= last) or (no_start and first <= ends <= last):
        return 0.85
    if no_start or no_end:
        return 0.15
    return 0.5


def _in_span(store: "SearchableStore", first: int, last: int, among: Sequence[int] | None) -> Sequence[Document]:
    """Give the facts, of all or of some, that may be of a day in a span."""
    if among is None:
        return store.documents(store.dated(first, last, CANDIDATES))
    return [each for each in store.documents(among) if each.extent[1] >= first and each.extent[0] <= last]


def _of_month(documents: Sequence[Document], date: "AskedDate") -> dict[int, float]:
    """Give the facts of a month, or a day of one, of whatever year."""
    _, month, day = date.first
    month = date.month or month
    found: dict[int, float] = {}
    for document in documents:
        if document.when is None:
            continue
        starts, ends = document.when
        starts = starts if starts >= FIRST_YEAR else ends // 100 * 100 + 1
        same_month = starts // 100 % 100 == month and ends - starts < 100
        if same_month and (not day or starts % 100 == day):
            found[document.number] = 1.0
    return found
