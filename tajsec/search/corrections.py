"""Look up the words of a query in the store, and join, split or correct those that it does not have."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tajsec.text.spelling import allowed_edits, closest
from tajsec.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore


SHORT_WORD, SHORT_CERTAINTY = 5, 0.7
"""The weight of a correction of a word of at most `SHORT_WORD` letters is multiplied by `SHORT_CERTAINTY`.

So short a word is as likely another word as a mistyped one. Without, three more queries without answer get one.
"""

VOWELS = frozenset("aeiouy")

TWO_SLIPS = 7
"""A word of at least so many letters may be corrected by two edits, if no known word is one edit away.

With 5, five more queries without answer get one; if two edits are never allowed, one loses its right first fact.
"""

SHORT_STEM = 4
"""Stems of at most so many letters are not corrected by stem: with 2, two more queries without answer get one."""

CERTAINTY = 0.8
"""Factor of the weight of a word for each corrected edit; with 1 only the order of later facts changes."""

CORRECTIONS = 3
"""Most known words that replace an unknown one: with 1 a right first fact is lost, with 6 none is gained."""

NEAR = 12
"""Most near words from which the corrections are chosen, by the number of facts that have them."""

COMPLETIONS = 24
"""Most known words that replace a prefix, those in most facts first: bounds the ways that are tried."""


class Token(NamedTuple):
    """A word of the query: its folded form, its stem, and known words that may replace it, each with a weight."""

    form: str
    stem: str
    corrections: Sequence[tuple[str, float]] = ()
    """The known words that replace an unknown one, the most likely first."""
    alternatives: Sequence[tuple[str, float]] = ()
    """Known words that are searched besides the stem, if the store has the stem but not the form."""
    is_unknown: bool = False
    completions: Sequence[str] = ()
    """The stems of the words that begin with a prefix."""

    @property
    def best(self) -> str:
        """The first correction, or the form itself if there is none."""
        return self.corrections[0][0] if self.corrections else self.form


def read_words(store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str]) -> list[Token]:
    """Return the folded words of a query, in order, looked up in the store; `prefixes` were typed with a star."""
    stems = dict(store.stems_of(typed)) | {form: form for form in STOP_WORDS.intersection(typed)}
    known = set(stems) - STOP_WORDS
    stems |= {form: stem(form) for form in typed if form not in stems}
    known |= set(store.frequencies(list(stems.values())))
    found: list[Token] = []
    for form in _joined(store, typed, stems, known):
        if form in prefixes:
            completions = store.stems_starting(form, COMPLETIONS)
            starred = f"{form}*"
            found.append(Token(starred, starred, completions=completions, is_unknown=not completions))
        elif form in STOP_WORDS or form in known:
            found.append(Token(form, stems.get(form) or stem(form)))
        elif stem(form) in known:
            found.append(Token(form, stem(form), alternatives=_corrections(store, form)))
        elif halves := _halves(store, form):
            found += [Token(half, stem(half)) for half in halves]
        else:
            corrections = _corrections(store, form)
            found.append(Token(form, stem(form), corrections, is_unknown=not corrections))
    return found


def _joined(store: "SearchableStore", typed: Sequence[str], stems: Mapping[str, str], known: set[str]) -> list[str]:
    """Join two neighbouring words that together are one word of the store, if at least one of them is unknown.

    Adds the joined words to `known`.
    """
    pairs = {a + b for a, b in pairwise(typed) if not {a, stems[a]} & known or not {b, stems[b]} & known}
    whole = set(store.stems_of(sorted(pairs)))
    known |= whole
    found: list[str] = []
    place = 0
    while place < len(typed):
        pair = "".join(typed[place : place + 2])
        found.append(pair if pair in whole else typed[place])
        place += 2 if pair in whole else 1
    return found


def _halves(store: "SearchableStore", form: str) -> tuple[str, str] | None:
    """Return the two known words that a form is made of, or None; also None if it is a mistyped known word.

    Each part has three letters at least: shorter ones are in nearly every word.
    """
    if len(form) > SHORT_WORD and _one_slip(store, form):
        return None
    cuts = [(form[:cut], form[cut:]) for cut in range(3, len(form) - 2)]
    if not cuts:
        return None
    known = store.stems_of(sorted({part for cut in cuts for part in cut}))
    evenly = sorted(cuts, key=lambda cut: -min(map(len, cut)))
    return next((cut for cut in evenly if cut[0] in known and cut[1] in known), None)


def _corrections(store: "SearchableStore", form: str) -> list[tuple[str, float]]:
    """Return the known words nearest to an unknown one, each with its weight (0 to 1).

    Tried in turn, until words are found: forms one edit away; forms two edits away, and forms whose stem is one edit
    away (if the store has another form of the word meant); forms of the same sound within two edits more than allowed.
    """
    edits = allowed_edits(form)
    if not edits:
        return []
    near = [(word, 1) for word in _one_slip(store, form)]
    lengths = len(form) - edits - 1, len(form) + edits + 1
    if not near and len(form) >= TWO_SLIPS:
        starts = dict.fromkeys(form[:2])  # the first letter may be missing, or swapped with the second
        words = [word for start in starts for word in store.forms_of_length(*lengths, start)]
        near = [(word, slips) for word, slips in closest(form, words, edits=2, limit=NEAR) if slips > 1]
    if len(stem(form)) > SHORT_STEM and all(slips > 1 for _, slips in near):
        by_stem = {stem(each): each for each in sorted(store.forms_of_length(*lengths, form[0]), reverse=True)}
        alike = closest(stem(form), list(by_stem), edits=1, limit=NEAR)
        near += [(by_stem[each], slips) for each, slips in alike if each[0] == form[0]]
    if not near:
        near = closest(form, store.sounding_like(form), edits=edits + 2, limit=NEAR)
    least = min((slips for _, slips in near), default=0)
    nearest = list(dict.fromkeys(word for word, slips in near if slips == least))
    counts = store.frequencies([stem(word) for word in nearest])
    nearest.sort(key=lambda word: (-counts.get(stem(word), 0), word))
    weight = CERTAINTY**least * (1.0 if len(form) > SHORT_WORD else SHORT_CERTAINTY)
    return [(word, weight) for word in nearest[:CORRECTIONS]]


def _one_slip(store: "SearchableStore", form: str) -> list[str]:
    """Return the plausible known words one edit away, those with the same first letter first."""
    near = sorted(store.one_slip_away(form), key=lambda word: (word[0] != form[0], word))
    return [word for word in near if _plausible(form, word)]


def _plausible(typed: str, word: str) -> bool:
    """True if `typed` may be a mistyped `word`, which is one edit away from it.

    People seldom mistake the first letter. In a short word another consonant mostly makes another word (cake, take;
    card, car); vowels, doubled letters and swapped ones are what people do get wrong.
    """
    if len(typed) > SHORT_WORD:
        return True
    changed = (Counter(typed) - Counter(word)) + (Counter(word) - Counter(typed))
    return typed[0] == word[0] and all(letter in VOWELS or letter * 2 in typed + " " + word for letter in changed)
