"""Words of a query that no fact holds, read as words that some fact holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tajsec.text.spelling import allowed_edits, closest
from tajsec.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore


SHORT_WORD, SHORT_TYPO = 5, 0.7
"""A word of so few letters is as likely another word as a mistyped one; what is left of its weight."""


VOWELS = frozenset("aeiouy")


TWO_SLIPS = 7
"""Letters from which a word that is like no other by one slip may hold two."""


SHORT_STEM = 4
"""Letters of a stem that is too short to be recognised when it is mistyped."""


TYPO = 0.8
"""What is left of a weight for each slip in a mistyped word."""


CORRECTIONS = 3
"""Known words that an unknown one may stand for."""


COMPLETIONS = 24
"""Known words that a prefix may stand for: those that stand in most facts."""


class Token(NamedTuple):
    """A word of the query: as typed, its stem, and if it is not known what it may stand for."""

    form: str
    stem: str
    corrections: Sequence[tuple[str, float]] = ()
    also: Sequence[tuple[str, float]] = ()
    """What a form that the store does not hold may stand for, though its stem is known."""
    is_unknown: bool = False
    completions: Sequence[str] = ()
    """The stems of the words that a prefix stands for."""


# ---------------------------------------------------------------- words that the store does not know


def corrected(store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str]) -> list[Token]:
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
            found.append(Token(form, stem(form), also=_corrections(store, form)))
        elif halves := _halves(store, form):
            found += [Token(half, stem(half)) for half in halves]
        else:
            corrections = _corrections(store, form)
            found.append(Token(form, stem(form), corrections, is_unknown=not corrections))
    return found


def _joined(store: "SearchableStore", typed: Sequence[str], stems: Mapping[str, str], known: set[str]) -> list[str]:
    """Join two neighbours that are one word of the store, if either of them is none by itself."""
    pairs = {a + b for a, b in pairwise(typed) if not {a, stems[a]} & known or not {b, stems[b]} & known}
    whole = set(store.stems_of(sorted(pairs))) if pairs else set()
    known |= whole
    found: list[str] = []
    place = 0
    while place < len(typed):
        pair = "".join(typed[place : place + 2])
        is_one = place + 1 < len(typed) and pair in whole and pair in pairs
        found.append(pair if is_one else typed[place])
        place += 2 if is_one else 1
    return found


def _halves(store: "SearchableStore", form: str) -> tuple[str, str] | None:
    """Take a run-together word apart, if both parts are words of the store and it is not nearly a word by itself."""
    if len(form) > SHORT_WORD and _one_slip(store, form):
        return None
    cuts = [(form[:cut], form[cut:]) for cut in range(3, len(form) - 2)]
    if not cuts:
        return None
    known = store.stems_of(sorted({part for cut in cuts for part in cut}))
    evenly = sorted(cuts, key=lambda cut: -min(map(len, cut)))
    return next((cut for cut in evenly if cut[0] in known and cut[1] in known), None)


def _corrections(store: "SearchableStore", form: str) -> list[tuple[str, float]]:
    """Give the known words that are nearest to an unknown one, each with what is left of its weight.

    Words within the slips allowed come first; then stems (an inflected form that the store does not hold may be
    mistyped); then words of the same sound within one slip more.
    """
    edits = allowed_edits(form)
    if not edits:
        return []
    near = [(word, 1) for word in _one_slip(store, form)]
    lengths = len(form) - edits - 1, len(form) + edits + 1
    if not near and len(form) >= TWO_SLIPS:
        starts = dict.fromkeys(form[:2])  # the first letter may be the one that is missing, or swapped
        words = [word for start in starts for word in store.forms_of_length(*lengths, start)]
        near = [(word, slips) for word, slips in closest(form, words, edits=2, limit=12) if slips > 1]
    if len(stem(form)) > SHORT_STEM and all(slips > 1 for _, slips in near):
        by_stem = store.forms_by_stem(*lengths, form[0])
        alike = closest(stem(form), list(by_stem), edits=1, limit=12)
        near += [(by_stem[each], slips) for each, slips in alike if each[0] == form[0]]
    if not near:
        near = closest(form, store.sounding_like(form), edits=edits + 2, limit=12)
    least = min((slips for _, slips in near), default=0)
    nearest = list(dict.fromkeys(word for word, slips in near if slips == least))
    counts = store.frequencies([stem(word) for word in nearest])
    nearest.sort(key=lambda word: (-counts.get(stem(word), 0), word))
    doubt = 1.0 if len(form) > SHORT_WORD else SHORT_TYPO
    return [(word, TYPO**least * doubt) for word in nearest][:CORRECTIONS]


def _one_slip(store: "SearchableStore", form: str) -> list[str]:
    """Give the known words that are one slip away, those with the same first letter first."""
    near = sorted(store.one_slip_away(form), key=lambda word: (word[0] != form[0], word))
    return [word for word in near if _plausible(form, word)]


def _plausible(typed: str, word: str) -> bool:
    """Tell whether one may be typed for the other.

    People seldom mistake the first letter. In a short word another consonant mostly makes another word (cake, take;
    card, car); vowels, doubled letters and swapped ones are what people do get wrong.
    """
    if len(typed) > SHORT_WORD:
        return True
    changed = (Counter(typed) - Counter(word)) + (Counter(word) - Counter(typed))
    return typed[0] == word[0] and all(letter in VOWELS or letter * 2 in typed + " " + word for letter in changed)
