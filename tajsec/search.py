"""Facts for a query, best first.

A query is read as units: names of the vocabulary (the longest first) and single words. Each unit gives a fact a
weight by where it stands in it; rare units count more (inverse document frequency, Robertson and Spärck Jones
1976, as in BM25). A fact must answer at least half of the query, by weight: a query whose words are not
understood has no answer. Single words that the store does not know are taken for their nearest neighbours;
whole sentences are never compared.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tajsec.errors import UsageError
from tajsec.model import Fact, Term, TermKind, Vocabulary
from tajsec.spelling import closest
from tajsec.store import Selection, Store, is_outdone
from tajsec.text import fold, words

MAX_QUERY = 256
"""Characters."""

LEAST_COVERAGE = 0.5
"""The share of the query's weight that a fact must answer."""

STATEMENT, ALIAS, NAMED, AROUND = 1.0, 0.8, 0.55, 0.35
"""Weights of a word by where it stands: statement; aliases, synonyms; names of what it is about; quote, source."""

TYPO = 0.7
"""What is left of a weight for each slip in a mistyped word."""

OUTDONE = 0.8
"""What is left of the score of a fact when another is the one to cite: an exact figure, a newer one."""

STOP_WORDS = frozenset(
    """
    a about after all an and any are as at be been before between by can did do does for from had has have how if in
    into is it its many more most much no not of on or other over than that the their there these they this those to
    up was were what when where which while who whom whose why will with would
    """.split()
)

_ENDINGS = (("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ies", "y"))

Weights = Mapping[int, float]
"""Number of a fact -> weight of a unit in it, above 0 and at most 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A fact that answers a query. `score` orders answers to one query; across queries it says nothing."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The facts that answer a query, best first; for each word that the store does not know, those that are near."""

    matches: Sequence[Match]
    near_words: Mapping[str, Sequence[str]]


def search(store: Store, query: str, selection: Selection) -> Answer:
    """Find the facts that answer `query` among those that the selection takes.

    Order is by score, then id. Raises UsageError for a query of over 256 characters or without a word.
    """
    if len(query) > MAX_QUERY:
        raise UsageError(f"a query of {len(query):,} characters; the most is {MAX_QUERY}")
    tokens = _tokens(query)
    if not tokens:
        raise UsageError("a query without a word; name what you look for, or use tajsec list")
    index = _Index(store, store.facts(selection))
    units = index.units(tokens)
    return Answer(matches=index.ranked(units), near_words=index.near_words(units))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of the query that is looked up as one thing."""

    text: str
    weights: Weights


class _Index:
    """Which words stand where in a set of facts."""

    def __init__(self, store: Store, facts: Sequence[Fact]) -> None:
        self._store, self._facts = store, facts
        self._words: dict[str, dict[int, float]] = defaultdict(dict)
        self._lengths = [0] * len(facts)
        self._phrases = _phrases(store.vocabulary)
        self._longest = max(map(len, self._phrases), default=1)
        for number, fact in enumerate(facts):
            self._add(number, fact)
        self._average = sum(self._lengths) / max(1, len(facts))

    def _add(self, number: int, fact: Fact) -> None:
        statement = _tokens(fact.statement)
        self._lengths[number] = len(statement)
        quotes = [cite.quote for cite in fact.cites]
        sections = [self._store.source(cite.source).passages[cite.passage - 1].section or "" for cite in fact.cites]
        titles = [self._store.source(source).title for source in fact.sources]
        self._note(number, [fact.id, *quotes, *sections, *titles], AROUND)
        self._note(number, [name for term in self._terms(fact) for name in term.names], NAMED)
        self._note(number, fact.aliases, ALIAS)
        for word in statement:
            self._words[word][number] = STATEMENT

    def _note(self, number: int, texts: Iterable[str], weight: float) -> None:
        for text in texts:
            for word in _tokens(text):
                self._words[word][number] = max(weight, self._words[word].get(number, 0))

    def _terms(self, fact: Fact) -> list[Term]:
        vocabulary = self._store.vocabulary
        named: list[tuple[TermKind, Sequence[str]]] = [
            ("actor", fact.actors),
            ("person", fact.people),
            ("topic", fact.topics),
            ("place", fact.places),
        ]
        return [vocabulary.of(kind)[each] for kind, ids in named for each in ids]

    def units(self, tokens: Sequence[str]) -> list[_Unit]:
        """Read the query from left to right, the longest name first."""
        units: list[_Unit] = []
        start = 0
        while start < len(tokens):
            for length in range(min(self._longest, len(tokens) - start), 0, -1):
                phrase = tuple(tokens[start : start + length])
                if phrase in self._phrases:
                    units.append(self._name(phrase))
                    break
            else:
                length = 1
                if tokens[start] not in STOP_WORDS:
                    units.append(_Unit(tokens[start], self._word(tokens[start])))
            start += length
        return units

    def _name(self, phrase: tuple[str, ...]) -> _Unit:
        """Look a name up: as it is written, by every other name of what it stands for, and by the facts' own keys."""
        weights: dict[int, float] = dict(self._all_of(phrase))
        for term in self._phrases[phrase]:
            if term.kind == "term":
                for name in map(_tokens, term.names[1:]):
                    _raise_to(weights, {number: ALIAS * weight for number, weight in self._all_of(name).items()})
            else:
                ids = self._store.vocabulary.within(term.kind, term.id)
                held = (number for number, fact in enumerate(self._facts) if not ids.isdisjoint(_ids(fact, term.kind)))
                _raise_to(weights, dict.fromkeys(held, NAMED))
                _raise_to(weights, self._all_of(_tokens(term.name)))
        return _Unit(" ".join(phrase), weights)

    def _all_of(self, tokens: Sequence[str]) -> Weights:
        """Give the facts that hold every one of the words, each with the least of its weights."""
        found = [self._words.get(token, {}) for token in tokens if token not in STOP_WORDS]
        if not found:
            return {}
        return {number: min(each[number] for each in found) for number in set(found[0]).intersection(*found[1:])}

    def _word(self, token: str) -> Weights:
        """Look a word up, and if no fact holds it, the words that it may be mistyped for."""
        if token in self._words:
            return self._words[token]
        weights: dict[int, float] = {}
        for word, slips in closest(token, self._words):
            _raise_to(weights, {number: weight * TYPO**slips for number, weight in self._words[word].items()})
        return weights

    def ranked(self, units: Sequence[_Unit]) -> list[Match]:
        """Score the facts that answer enough of the query, best first."""
        rarities = [self._rarity(len(unit.weights)) for unit in units]
        scores: dict[int, float] = defaultdict(float)
        answered: dict[int, float] = defaultdict(float)
        for unit, rarity in zip(units, rarities, strict=True):
            for number, weight in unit.weights.items():
                scores[number] += rarity * weight
                answered[number] += rarity
        whole = sum(rarities)
        matches = [
            Match(fact=self._facts[number], score=round(self._final(number, score, answered[number] / whole), 4))
            for number, score in scores.items()
            if answered[number] >= LEAST_COVERAGE * whole
        ]
        return sorted(matches, key=lambda match: (-match.score, match.fact.id))

    def _rarity(self, count: int) -> float:
        return math.log(1 + (len(self._facts) - count + 0.5) / (count + 0.5))

    def _final(self, number: int, score: float, coverage: float) -> float:
        length = 0.75 + 0.25 * self._lengths[number] / self._average
        standing = OUTDONE if is_outdone(self._store, self._facts[number]) else 1.0
        return score * coverage * standing / length

    def near_words(self, units: Sequence[_Unit]) -> dict[str, list[str]]:
        """Give the known words nearest to each unit that no fact answers, with more slips than search allows."""
        unknown = [unit.text for unit in units if not unit.weights]
        near = {text: closest(text, self._words, edits=max(2, len(text) // 3)) for text in unknown}
        return {text: [word for word, _ in found] for text, found in near.items() if found}


def _raise_to(weights: dict[int, float], others: Weights) -> None:
    for number, weight in others.items():
        weights[number] = max(weight, weights.get(number, 0))


def _ids(fact: Fact, kind: TermKind) -> Sequence[str]:
    by_kind: Mapping[TermKind, Sequence[str]] = {
        "actor": fact.actors,
        "person": fact.people,
        "topic": fact.topics,
        "place": fact.places,
        "unit": [quantity.unit for quantity in fact.quantities],
    }
    return by_kind[kind]


def _phrases(vocabulary: Vocabulary) -> dict[tuple[str, ...], list[Term]]:
    """Give every name of the vocabulary as the words it is searched by, with the terms that bear it."""
    kinds: Sequence[TermKind] = ("actor", "person", "topic", "place", "unit", "term")
    phrases: dict[tuple[str, ...], list[Term]] = {}
    for term in (term for kind in kinds for term in vocabulary.of(kind).values()):
        for name in term.names[1:]:
            holders = phrases.setdefault(tuple(_tokens(name)), [])
            if term not in holders:
                holders.append(term)
    return {phrase: terms for phrase, terms in phrases.items() if phrase and not STOP_WORDS.issuperset(phrase)}


def _tokens(text: str) -> list[str]:
    """Give the words of a text as they are searched: folded, numbers without group marks, plurals as singulars."""
    return [_base(word) for word in words(fold(text))]


def _base(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    for ending, singular in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + singular
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word
