"""Look up the words of a query in the store, and join, split or correct those that it does not have."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice, pairwise, product
from posixpath import commonprefix
from typing import TYPE_CHECKING, NamedTuple

from tajsec.search import scoring
from tajsec.text.spelling import allowed_edits, closest, is_plausible_slip, is_short, splits
from tajsec.text.words import STOP_WORDS, american, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tajsec.model.protocol import Form, Question, SearchableStore


class TakenFor(NamedTuple):
    """What was typed, and what it was read as: `how` is spelling, split, joined, other name, or two readings."""

    typed: str
    read_as: str
    how: str

    @property
    def words(self) -> str:
        """The reading as a line for people."""
        if self.how == "two readings":
            return f"{self.typed} is read as {self.read_as}"
        return f"showing {self.read_as}; nothing here is called {self.typed}"


class Token(NamedTuple):
    """A word of the query: its folded form, its stem, and known words that may replace it."""

    form: str
    stem: str
    corrections: Sequence[str] = ()
    """The known words that replace an unknown one, the most likely first."""
    is_unknown: bool = False
    is_name: bool = False
    """True for an unknown word that no dictionary has, or that was typed with a capital."""
    taken_for: "TakenFor | None" = None
    completions: Sequence[str] = ()
    """The stems of the words that begin with a prefix."""

    @property
    def best(self) -> str:
        """The first correction, or the form itself if there is none."""
        return self.corrections[0] if self.corrections else self.form


def read_words(
    store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str], names: Mapping[str, bool]
) -> list[Token]:
    """Return the folded words of a query, in order, looked up in the store.

    `prefixes` were typed with a star, `names` with a capital (True for acronyms).
    """
    found = _looked_up(store, typed, prefixes, names)
    return [_ranked(store, each) if each.corrections else each for each in found]


def _looked_up(
    store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str], names: Mapping[str, bool]
) -> list[Token]:
    """Return the same, with corrections that are not ranked yet."""
    singular = [form[:-1] for form in typed if form.endswith("s")]  # of acronyms, which have no stem: PfPs, WTO's
    stems = dict(store.stems_of([*typed, *singular])) | {form: form for form in STOP_WORDS.intersection(typed)}
    known = set(stems) - STOP_WORDS
    stems |= {form: stem(form) for form in typed if form not in stems}
    found: list[Token] = []
    for form, joined in _joined(store, typed, stems, known):
        if form in prefixes:
            completions = store.stems_starting(form, scoring.POOL)
            starred = f"{form}*"
            found.append(Token(starred, starred, completions=completions, is_unknown=not completions))
        elif form in STOP_WORDS or form in known:
            found.append(Token(form, stems.get(form) or stem(form), taken_for=joined))
        elif form.endswith("s") and form[:-1] in known:
            found.append(Token(form, stems[form[:-1]]))
        else:
            found += _unknown(store, form, names.get(form))
    return found


def _ranked(store: "SearchableStore", token: Token) -> Token:
    corrections = _most_frequent(store, token.corrections)
    taken_for = TakenFor(token.form, " or ".join(corrections), "spelling")
    return token._replace(corrections=corrections, taken_for=taken_for)


def runs(keys: Sequence[str]) -> dict[tuple[int, int], str]:
    """Return every run of stems that may be a name, by its start and length."""
    return {
        (start, length): " ".join(keys[start : start + length])
        for start in range(len(keys))
        for length in range(1, min(scoring.LONGEST_NAME, len(keys) - start) + 1)
    }


def questions(store: "SearchableStore", words: Sequence[str]) -> "Iterator[Question]":
    """Yield what may be asked of a store about the folded words of a query, before it is known which words it has."""
    from tajsec.text.english import is_english

    typed = [form for form in words if form not in STOP_WORDS]
    foreign = [form for form in typed if not is_english(form)]
    halves = {part for form in foreign for cut in splits(form) for part in cut}
    singular = [form[:-1] for form in words if form.endswith("s")]
    yield partial(store.stems_of, [*words, *singular, *(a + b for a, b in pairwise(words)), *sorted(halves)])
    for form in typed:
        yield partial(store.forms_of_stem, stem(form))
    for form in foreign:
        yield from near_questions(store, form)


def near_questions(store: "SearchableStore", form: str) -> "Iterator[Question]":
    """Yield what `corrections_of` may ask about a form, but for how many facts have the words that it finds."""
    if edits := allowed_edits(form):
        lengths, starts = _alike(form, edits)
        yield partial(store.one_slip_away, form)
        yield partial(store.sounding_like, form)
        yield from (partial(store.forms_of_length, *lengths, start) for start in starts)


def _unknown(store: "SearchableStore", form: str, is_acronym: bool | None) -> list[Token]:
    """Return a word whose form the store does not have: inflected, mistyped, taken apart, or unknown.

    A word of the dictionary and an acronym are never corrected, one with a capital (`is_acronym` is False) to a name.
    """
    from tajsec.text import english

    is_word, is_name = english.is_english(form), is_acronym is not None
    relatives = store.forms_of_stem(stem(form)) if not is_name or is_word else ()
    if any(is_inflection(form, each) for each in relatives) or (relatives and not is_word):
        return [Token(form, stem(form))]
    if is_word or is_acronym:
        return [Token(form, stem(form), is_unknown=True, is_name=is_name or english.is_name(form))]
    if not is_name and (halves := _halves(store, form)):
        split = TakenFor(form, " ".join(halves), "split")
        return [Token(half, stem(half), taken_for=split) for half in halves]
    corrections = nearest(store, form, to_names=is_name)
    return [Token(form, stem(form), corrections, is_unknown=not corrections, is_name=True)]


_INFLECTIONS = frozenset(
    "e s es ies y i d ed ied ing ings er ers ier or ors ion ions ation ations al ment ments ly ness ty".split()
) | {""}
"""Endings that leave a word what it is; with others it is another word: hospital, hospitality."""


def is_inflection(form: str, other: str) -> bool:
    """True if two words of one stem differ in their inflection alone, or as a verb and its noun do."""
    form, other = american(form), american(other)
    same = len(commonprefix([form, other]))
    return {form[same:], other[same:]} <= _INFLECTIONS


def _joined(
    store: "SearchableStore", typed: Sequence[str], stems: Mapping[str, str], known: set[str]
) -> "list[tuple[str, TakenFor | None]]":
    """Join two neighbouring words that together are one word of the store, if at least one of them is unknown.

    Adds the joined words to `known`.
    """
    pairs = {
        a + b
        for a, b in pairwise(typed)
        if STOP_WORDS.isdisjoint((a, b)) and (not {a, stems[a]} & known or not {b, stems[b]} & known)
    }
    whole = set(store.stems_of(sorted(pairs)))
    known |= whole
    found: list[tuple[str, TakenFor | None]] = []
    place = 0
    while place < len(typed):
        pair = "".join(typed[place : place + 2])
        is_joined = pair in whole
        both = " ".join(typed[place : place + 2])
        found.append((pair, TakenFor(both, pair, "joined")) if is_joined else (typed[place], None))
        place += 2 if is_joined else 1
    return found


def _halves(store: "SearchableStore", form: str) -> tuple[str, str] | None:
    """Return the two known words that a form is made of, or None; also None if it is a mistyped known word."""
    if not is_short(form) and _one_slip(store, form):
        return None
    cuts = splits(form)
    known = store.stems_of(sorted({part for cut in cuts for part in cut})) if cuts else {}
    return next((cut for cut in cuts if cut[0] in known and cut[1] in known), None)


def corrections_of(store: "SearchableStore", form: str, *, to_names: bool) -> list[str]:
    """Return the known words nearest to an unknown one, those in most facts first; with `to_names` those of names.

    Tried in turn, until words are found: forms one edit away; forms two edits away, and forms whose stem is one edit
    away (if the store has another form of the word meant); forms of the same sound within two edits more than allowed.
    """
    return _most_frequent(store, nearest(store, form, to_names=to_names))


def _most_frequent(store: "SearchableStore", words: Sequence[str]) -> list[str]:
    """Return those of the words that are in most facts."""
    counts = store.frequencies([stem(word) for word in words]) if words else {}
    return sorted(words, key=lambda word: (-counts.get(stem(word), 0), word))[: scoring.NEAREST]


def reading_questions(
    store: "SearchableStore", typed: Sequence[str], prefixes: AbstractSet[str], names: Mapping[str, bool]
) -> "Iterator[Question]":
    """Yield how many facts have each correction of words, and what they name in each way in which they are read."""
    found = _looked_up(store, typed, prefixes, names)
    yield partial(store.frequencies, sorted({stem(word) for each in found for word in (*each.corrections, each.form)}))
    readings = product(*([*map(stem, each.corrections)] or [each.stem] for each in found))
    keys = (key for each in islice(readings, scoring.READINGS) for key in runs(each).values())
    yield partial(store.named, list(dict.fromkeys(keys)))


def nearest(store: "SearchableStore", form: str, *, to_names: bool) -> list[str]:
    """Return the words that the fewest slips make of a form, not ranked; none of a short one and of a number."""
    edits = allowed_edits(form)
    if not edits:
        return []
    found = _one_slip(store, form)
    near = [(each.form, 1) for each in found]
    lengths, starts = _alike(form, edits)
    if not near and edits > 1:
        of_length = [word for start in starts for word in store.forms_of_length(*lengths, start)]
        found += of_length
        near = [(word, slips) for word, slips in closest(form, _forms(of_length), edits=2, limit=None) if slips > 1]
    if not is_short(stem(form)) and all(slips > 1 for _, slips in near):
        same_start = store.forms_of_length(*lengths, form[0])
        found += same_start
        by_stem = {stem(each): each for each in sorted(_forms(same_start), reverse=True)}
        stems = closest(stem(form), list(by_stem), edits=1, limit=None)
        near += [(by_stem[each], slips) for each, slips in stems if each[0] == form[0]]
    if not near:
        alike = store.sounding_like(form)
        found += alike
        near = closest(form, _forms(alike), edits=edits + 2, limit=None)
    if to_names:
        names = {each.form for each in found if each.is_name}
        near = [each for each in near if each[0] in names]
    least = min((slips for _, slips in near), default=0)
    return list(dict.fromkeys(word for word, slips in near if slips == least))


def _forms(words: "Iterable[Form]") -> list[str]:
    return [each.form for each in words]


def _alike(form: str, edits: int) -> tuple[tuple[int, int], Sequence[str]]:
    """Return the least and the most letters of words like a form, and with what they begin.

    The first letter may be missing, or swapped with the second.
    """
    return (len(form) - edits - 1, len(form) + edits + 1), list(dict.fromkeys(form[:2]))


def _one_slip(store: "SearchableStore", form: str) -> "list[Form]":
    """Return the plausible known words one edit away, those with the same first letter first."""
    near = sorted(store.one_slip_away(form), key=lambda each: (each.form[0] != form[0], each.form))
    return [each for each in near if is_plausible_slip(form, each.form)]
