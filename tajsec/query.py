"""What a query asks for: dates, numbers, names and words, each with every way in which a fact may answer it.

A query is read as units. Dates and numbers are taken out first; then names of the vocabulary, the longest first; what
remains are single words. A word that the store does not know is taken apart, joined with its neighbour, or taken for
the nearest known word; one that is like none stays unknown, and counts against every fact.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from tajsec.numbers import Number, find_numbers
from tajsec.spelling import allowed_edits, closest
from tajsec.text import fold
from tajsec.words import STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from tajsec.asked import AskedDate
    from tajsec.model import TagKind
    from tajsec.protocol import SearchableStore

How = Literal["exact", "inflected", "prefix", "alias", "typo", "number", "date", "about"]

LONGEST_NAME = 8
"""Words of the longest name that is looked up as one."""
MAX_TOKENS = 32
SHORT_WORD, SHORT_TYPO = 5, 0.7
"""A word of so few letters is as likely another word as a mistyped one; what is left of its weight."""
VOWELS = frozenset("aeiouy")
TWO_SLIPS = 7
"""Letters from which a word that is like no other by one slip may hold two."""
SHORT_STEM = 4
"""Letters of a stem that is too short to be recognised when it is mistyped."""

ALIAS, SCATTERED = 0.85, 0.8
"""Weights of the main name of what was named; of a phrase whose words stand apart."""
TYPO = 0.8
"""What is left of a weight for each slip in a mistyped word."""
MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""How the names of months begin."""
CONJUNCTIONS = frozenset({"and", "or"})
CORRECTIONS = 3
"""Known words that an unknown one may stand for."""
COMPLETIONS = 24
"""Known words that a prefix may stand for: those that stand in most facts."""

NAMING: "frozenset[TagKind]" = frozenset({"actor", "person", "place"})
"""The kinds of which a name is meant; a topic, a source or a status only steers."""
TAGS: "Mapping[TagKind, float]" = {
    "actor": 0.7,
    "person": 0.75,
    "place": 0.7,
    "topic": 0.4,
    "source": 0.4,
    "status": 0.3,
}
"""Weights of being about a term, where no word of the fact says so, by the kind of the term."""


_PREFIX = re.compile(r"([^\W_]{2,})\*")
"""ambul*: every word that begins so."""


class Way(NamedTuple):
    """One way to answer a unit: phrases (stems between spaces) that must all stand in one field of a fact."""

    phrases: tuple[str, ...]
    weight: float
    how: How


class Unit(NamedTuple):
    """A part of a query that is looked up as one thing."""

    text: str
    kind: Literal["word", "name", "number", "date"] = "word"
    ways: tuple[Way, ...] = ()
    tags: "tuple[tuple[TagKind, str], ...]" = ()
    is_common: bool = False
    """Whether most facts are about what it names, or about what that is part of."""
    forms: tuple[str, ...] = ()
    """The words as they were typed, folded: a fact that holds them so is answered to the letter."""
    number: Number | None = None
    date: "AskedDate | None" = None
    corrected: str = ""
    """What an unknown word was taken for."""
    group: int = 0
    """The part of the query, between "and" or "or", in which the unit stands."""

    @property
    def is_decisive(self) -> bool:
        """Whether an answer cannot do without it: a number, a date, a name that not every fact is about."""
        return self.kind in ("number", "date") or (self.kind == "name" and not self.is_common)

    @property
    def known(self) -> bool:
        """Whether the store understands the unit at all."""
        return bool(self.ways or self.tags or self.number or self.date)


class _Token(NamedTuple):
    """A word of the query: as typed, its stem, and if it is not known what it may stand for."""

    form: str
    stem: str
    corrections: Sequence[tuple[str, float]] = ()
    also: Sequence[tuple[str, float]] = ()
    """What a form that the store does not hold may stand for, though its stem is known."""
    is_unknown: bool = False
    completions: Sequence[str] = ()
    """The stems of the words that a prefix stands for."""


def understand(store: "SearchableStore", query: str) -> list[Unit]:
    """Read a query. Gives its units: dates, numbers, then names and words; none for a query of stop words."""
    text = fold(query)
    dates = _dates(text)
    text = _without(text, dates)
    numbers = [each for each in find_numbers(text) if each.value != 1 or each.scaled]
    text = _without(text, numbers)
    units = [Unit(text=each.text, kind="date", date=each) for each in dates]
    units += [Unit(text=f"{each.value:g}", kind="number", number=each) for each in numbers]
    found = _corrected(store, tokens(text)[:MAX_TOKENS], set(_PREFIX.findall(text)))
    return units + _without_first_names(_names_and_words(store, found))


def _dates(text: str) -> "Sequence[AskedDate]":
    """Give the dates of a query. Few queries hold one: what reads them is loaded when a digit or a month is there."""
    if not any(map(str.isdigit, text)) and not any(month in text for month in MONTHS):
        return []
    from tajsec.asked import find_dates

    return find_dates(text)


def _without_first_names(units: list[Unit]) -> list[Unit]:
    """Leave out an unknown word before a person: the store knows the person, if not by that name."""
    before_person = {place - 1 for place, unit in enumerate(units) if any(kind == "person" for kind, _ in unit.tags)}
    return [unit for place, unit in enumerate(units) if unit.known or place not in before_person]


def _without(text: str, spans: "Iterable[AskedDate | Number]") -> str:
    for span in spans:
        text = text[: span.start] + "|" * (span.end - span.start) + text[span.end :]
    return text


# ---------------------------------------------------------------- words that the store does not know


def _corrected(store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str]) -> list[_Token]:
    stems = dict(store.stems_of(typed)) | {form: form for form in STOP_WORDS.intersection(typed)}
    known = set(stems) - STOP_WORDS
    stems |= {form: stem(form) for form in typed if form not in stems}
    known |= set(store.frequencies(list(stems.values())))
    found: list[_Token] = []
    for form in _joined(store, typed, stems, known):
        if form in prefixes:
            completions = store.stems_starting(form, COMPLETIONS)
            starred = f"{form}*"
            found.append(_Token(starred, starred, completions=completions, is_unknown=not completions))
        elif form in STOP_WORDS or form in known:
            found.append(_Token(form, stems.get(form) or stem(form)))
        elif stem(form) in known:
            found.append(_Token(form, stem(form), also=_corrections(store, form)))
        elif halves := _halves(store, form):
            found += [_Token(half, stem(half)) for half in halves]
        else:
            corrections = _corrections(store, form)
            found.append(_Token(form, stem(form), corrections, is_unknown=not corrections))
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


# ---------------------------------------------------------------- names and words


def _names_and_words(store: "SearchableStore", found: Sequence[_Token]) -> list[Unit]:
    best = [each.corrections[0][0] if each.corrections else each.form for each in found]
    keys = [stem(each.corrections[0][0]) if each.corrections else each.stem for each in found]
    spans = {
        (start, length): " ".join(keys[start : start + length])
        for start in range(len(keys))
        for length in range(1, min(LONGEST_NAME, len(keys) - start) + 1)
    }
    named = store.named(list(dict.fromkeys(spans.values())))
    may_split = all(each.form != "between" for each in found)
    units: list[Unit] = []
    start = group = 0
    while start < len(keys):
        longest = (n for n in range(min(LONGEST_NAME, len(keys) - start), 0, -1) if spans[start, n] in named)
        length = next((n for n in longest if not STOP_WORDS.issuperset(best[start : start + n])), 0)
        if length:
            unit = _name(store, found[start : start + length], spans[start, length], named[spans[start, length]])
            units.append(unit._replace(group=group))
        elif found[start].form not in STOP_WORDS:
            units.append(_word(found[start])._replace(group=group))
        group += may_split and found[start].form in CONJUNCTIONS and not length
        start += length or 1
    return units


def _word(token: _Token) -> Unit:
    if token.is_unknown:
        return Unit(text=token.form)
    if token.completions:
        return Unit(text=token.form, ways=tuple(Way((f" {stem} ",), 1.0, "prefix") for stem in token.completions))
    if token.corrections:
        ways = tuple(Way((f" {stem(word)} ",), weight, "typo") for word, weight in token.corrections)
        return Unit(text=token.form, ways=ways, corrected=token.corrections[0][0])
    also = tuple(Way((f" {stem(word)} ",), weight, "typo") for word, weight in token.also)
    return Unit(text=token.form, ways=(Way((f" {token.stem} ",), 1.0, "inflected"), *also), forms=(token.form,))


def _name(store: "SearchableStore", found: Sequence[_Token], key: str, terms: "Sequence[tuple[TagKind, str]]") -> Unit:
    slip = min((each.corrections[0][1] for each in found if each.corrections), default=1.0)
    meant = [each.corrections[0][0] if each.corrections else each.form for each in found]
    typed = tuple(each.form for each in found)
    ways = [*_as_typed(key, found, slip), *_main_names(store, key, terms, slip)]
    tags = tuple((kind, term_id) for kind, term_id in terms if kind in TAGS)
    return Unit(
        text=" ".join(typed),
        kind="name" if any(kind in NAMING for kind, _ in tags) else "word",
        ways=tuple(sorted(ways, key=lambda way: -way.weight)),
        tags=tags,
        is_common=bool(store.common(tags)),
        forms=typed if slip == 1 else (),
        corrected=" ".join(meant) if slip < 1 else "",
    )


def _as_typed(key: str, found: Sequence[_Token], slip: float) -> Iterator[Way]:
    """Give the ways in which the words themselves may stand in a fact: together, apart, or mistyped."""
    how: How = "inflected" if slip == 1 else "typo"
    yield Way((f" {key} ",), slip, how)
    if " " in key:
        yield Way(tuple(f" {word} " for word in key.split() if word not in STOP_WORDS), SCATTERED * slip, how)
    elif len(found) == 1:
        yield from (Way((f" {stem(word)} ",), weight, "typo") for word, weight in found[0].also)


def _main_names(
    store: "SearchableStore", key: str, terms: "Sequence[tuple[TagKind, str]]", slip: float
) -> Iterator[Way]:
    """Give the main name of what is named, as statements use it; a topic's is left out: it is no synonym.

    The other aliases were tried as well, with less weight: of 540 queries one gained, three that have no answer got
    one, and a search took twice as long.
    """
    for name in store.main_names([term for term in terms if term[0] != "topic"]):
        if name != key:
            yield Way((f" {name} ",), slip * ALIAS, "alias")


def tagged_facts(store: "SearchableStore", unit: Unit, among: Sequence[int] | None) -> Mapping[int, float]:
    """Give the facts, of all or of some, that are about a term of the unit, with the weight of that."""
    found: dict[int, float] = {}
    for kind, term_id in unit.tags:
        held: AbstractSet[int] = store.tagged(kind, term_id, among)
        found |= {number: max(TAGS[kind], found.get(number, 0.0)) for number in held}
    return found
