"""How much of a sentence is about a fact: the share of its names and words that the fact has, by their weight."""

import itertools
import math
from collections.abc import Iterable

from tajsec.factcheck.claims import Claims
from tajsec.factcheck.known import KnownFact, Tag
from tajsec.model.protocol import SearchableStore
from tajsec.text.words import stems

UNKNOWN = 0.5
"""The weight of a word that no fact has, as a share of that of a word that one has: a synonym, or another matter.

A word that other facts have weighs no more beside a fact without it: a large store has most words of English somewhere.
"""

CLAUSE = 0.9
"""What the coverage of a clause alone counts beside that of the sentence."""

LEAST_WEIGHT, LEAST_PARTS = 0.53, 2
"""The weight and the names and words of a clause that can be compared alone: one word of a few facts, and another."""


MOST_ACTORS = 3
"""Actors of a fact that is about each of them; one with more is on an exercise or the like of which they are part."""

MOST_CLAUSES = 20
"""Clauses of a sentence that is compared by its clauses; one with more is a list, and would take seconds."""


class Bearing:
    """Compares sentences with facts of a store; remembers what their words weigh."""

    def __init__(self, store: SearchableStore) -> None:
        """Keep the store, whose facts say how rare a word is."""
        self._store = store
        self._size = store.size() + 1  # so that a word of all facts weighs something, too
        self._weights: dict[str, float] = {}
        self._tag_weights: dict[Tag, float] = {}
        self._wholes: dict[Tag, frozenset[Tag]] = {}

    def strength(self, claims: Claims, part: Claims, known: KnownFact) -> float:
        """Return how much a sentence, or a part of it, is about a fact, from 0 to 1."""
        whole = self.coverage(claims, known)
        if part is claims or not self.is_enough(part):
            return whole
        return max(whole, CLAUSE * self.coverage(part, known))

    def parts(self, claims: Claims) -> list[tuple[int, Claims]]:
        """Return the clauses of a sentence, each with its place; one that is too light is part of the next or last."""
        if not 1 < len(claims.clauses) <= MOST_CLAUSES:
            return [(0, claims)]
        bounds = [0]
        for end in [*(start for start, _ in claims.clauses[1:]), len(claims.text)]:
            if self.is_enough(claims.part(bounds[-1], end)):
                bounds.append(end)
        bounds[-1] = len(claims.text) if len(bounds) > 1 else 0
        return [(first, claims.part(first, last)) for first, last in itertools.pairwise(bounds)] or [(0, claims)]

    def coverage(self, claims: Claims, known: KnownFact) -> float:
        """Return the share of a sentence, by weight, that a fact has, from 0 to 1."""
        total = found = 0.0
        for tags, weight in self._mentioned(claims):
            total += weight
            found += weight * any(self.is_about(known, tag) for tag in tags)
        for stem in sorted(claims.other_stems):
            is_met = stem in known.stems
            total += self.weight(stem) if is_met else min(self.weight(stem), UNKNOWN)
            found += self.weight(stem) * is_met
        return found / total if total else 0.0

    def scope(self, claims: Claims, place: int) -> Claims:
        """Return the side at a place of a sentence if it can be compared alone, else the sentence.

        One that names nobody is about those whom the rest names: "NATO failed, and withdrew its troops".
        """
        side = claims.side_at(place)
        is_named = bool(side.mentions or side.unknown_names or side.agents)
        return side if is_named and self.is_enough(side) else claims

    def is_of_others(self, claims: Claims, known: KnownFact, scope: Claims) -> bool:
        """True if a clause names somebody whom a fact does not, and the sentence not somebody whom the fact does.

        What Russia delivered is no evidence on what the United States did.
        """
        tags = {tag for tags, _ in self._mentioned(claims) for tag in tags}
        strangers = [
            found
            for found, _ in self._mentioned(scope)
            if not any(self._is_party(tag, known) for tag in found) and not self._is_inside(found)
        ]
        unknown = [name for name in scope.unknown_names if known.stems.isdisjoint(stems(name))]
        unknown += [name for name in stems(" ".join(scope.agents)) if self._is_unknown(name)]
        if not strangers and not unknown:
            return False
        return any(not self._is_named(party, tags) for party in known.tags)

    def names_a_stranger(self, scope: Claims) -> bool:
        """True if a clause has a name that neither the vocabulary nor any fact has."""
        return any(not self._store.frequencies(stems(name)) for name in scope.unknown_names)

    def is_about(self, known: KnownFact, tag: Tag) -> bool:
        """True if a fact has a tag, or that of a part or of the whole of it; an actor is also found as a place."""
        return any(self._is_related(tag, each) for each in known.tags)

    def weight(self, stem: str) -> float:
        """Return the weight of a word, the inverse of its frequency."""
        if stem not in self._weights:
            count = self._store.frequencies([stem]).get(stem, 0)
            self._weights[stem] = self._rarity(count) if count else UNKNOWN
        return self._weights[stem]

    def _rarity(self, count: int) -> float:
        """Return the inverse document frequency of what so many facts have: 1 for one fact of a large store."""
        return math.log(self._size / count) / math.log(self._size + 1)

    def _is_unknown(self, stem: str) -> bool:
        return not self._store.frequencies([stem])

    def _is_inside(self, tags: Iterable[Tag]) -> bool:
        """True for a place that is part of another: a town may stand in for its country."""
        return any(kind == "place" and len(self._whole_tags((kind, name))) > 1 for kind, name in tags)

    def _is_party(self, tag: Tag, known: KnownFact) -> bool:
        """True if a fact is about somebody; one of many actors must be named by its statement: a guest is no host."""
        if len(known.fact.actors) > MOST_ACTORS:
            return self._is_named(tag, known.named)
        return self.is_about(known, tag)

    def _is_named(self, party: Tag, tags: Iterable[Tag]) -> bool:
        return any(self._is_related(party, tag) for tag in tags)

    def _is_related(self, one: Tag, other: Tag) -> bool:
        """True if two tags are of one thing or of a part of it, as an actor or as a place."""
        if one[0] != other[0] and "person" in (one[0], other[0]):
            return False
        ones, others = ({name for _, name in self._whole_tags(each)} for each in (one, other))
        return one[1] in others or other[1] in ones

    def _whole_tags(self, tag: Tag) -> frozenset[Tag]:
        """Return a tag and those of what it is part of."""
        if tag not in self._wholes:
            kind, name = tag
            found = [name]
            terms = self._store.vocabulary.of(kind)
            while (whole := terms[found[-1]].part_of) and whole not in found:
                found.append(whole)
            self._wholes[tag] = frozenset((kind, each) for each in found)
        return self._wholes[tag]

    def _tag_weight(self, tag: Tag) -> float:
        """Return the weight of an actor, place or person, the inverse of the number of facts about it."""
        if tag not in self._tag_weights:
            count = self._store.count_tagged(*tag)
            self._tag_weights[tag] = self._rarity(max(count, 1))
        return self._tag_weights[tag]

    def _mentioned(self, claims: Claims) -> list[tuple[tuple[Tag, ...], float]]:
        """Return each name of a sentence once, as the tags that it may mean, with its weight."""
        by_place: dict[tuple[int, int], list[Tag]] = {}
        for each in claims.mentions:
            by_place.setdefault((each.start, each.end), []).append((each.kind, each.id))
        return [(tags, min(map(self._tag_weight, tags))) for tags in dict.fromkeys(map(tuple, by_place.values()))]

    def is_enough(self, clause: Claims, least: int = LEAST_PARTS) -> bool:
        """True if a clause has enough names and words to be compared alone."""
        parts = len(self._mentioned(clause)) + len(clause.other_stems)
        return parts >= least and self.weight_of(clause) >= LEAST_WEIGHT

    def share(self, stems: Iterable[str], claims: Claims) -> float:
        """Return the share of some words, by weight, that a sentence has, from 0 to 1."""
        among = sorted(stems)
        total = sum(map(self.weight, among))
        return sum(self.weight(each) for each in among if each in claims.stems) / total if total else 0.0

    def weight_of(self, claims: Claims) -> float:
        """Return the weight of the names and words of a sentence or clause."""
        names = sum(weight for _, weight in self._mentioned(claims))
        return names + sum(map(self.weight, sorted(claims.other_stems)))
