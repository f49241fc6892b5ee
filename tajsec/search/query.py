"""Read a query as units (dates, numbers, names, words), each with every way in which a fact may answer it.

Dates (`typed_dates`) and numbers are taken out first, then names of the vocabulary, the longest first; each other word
is a unit. Words that the store does not have are corrected first (`corrections`). A word that is like no known word
stays a unit without candidates, which lowers the coverage of every fact.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from tajsec.search import corrections, scoring
from tajsec.search.asked import ASKING_WORDS
from tajsec.search.corrections import TakenFor, Token, read_words, runs
from tajsec.text.forms import fold, with_ascii_digits, with_ascii_signs
from tajsec.text.number_words import has_no_number
from tajsec.text.words import LIGHT_WORDS, STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import Named, Question, SearchableStore
    from tajsec.search.typed_dates import TypedDate
    from tajsec.search.typed_numbers import TypedNumber


How = Literal["inflected", "prefix", "alias", "typo", "number", "date", "about"]
"""How a fact answers a unit: "exact" by the word as typed, "inflected" by another form of it, "about" by a tag, ..."""

DATE_STARTS = (
    *"jan feb march apr avr jun jui jul aug aou sep oct okt nov dec dez centur siecle twenties thirties".split(),
    *"forties fifties sixties seventies eighties nineties noughties".split(),
    *("in may", "since may", "last may", "this may", "of may", "im mai", "en mai"),
)
"""Parts of the words of dates without digits (months, centuries, "nineties"), in a query of ASCII letters."""

CONJUNCTIONS = frozenset({"and", "or"})

NAMING: "frozenset[TagKind]" = frozenset({"actor", "person", "place"})
"""The kinds of term whose names are decisive; a topic, a source or a status only ranks."""

TAGS: "frozenset[TagKind]" = NAMING | {"topic", "source", "status"}
"""The kinds of term that facts are tagged with."""

_WORD = re.compile(r"[^\W_]+")

_PARTS = frozenset({"early", "mid", "late"})
_PART = rf"\b({'|'.join(sorted(_PARTS))})\b"

_PREFIX = re.compile(r"([^\W_]{2,})\*")
"""A prefix: ambul* is every word that begins with ambul."""


class Way(NamedTuple):
    """One way to answer a unit: phrases (stems between spaces) that one field of a fact must all contain."""

    phrases: tuple[str, ...]
    weight: float
    how: How


class Unit(NamedTuple):
    """A part of a query that is looked up as one: a date, a number, a name, a word or a phrase."""

    text: str
    kind: Literal["word", "name", "number", "date", "phrase"] = "word"
    ways: tuple[Way, ...] = ()
    tags: "tuple[tuple[TagKind, str], ...]" = ()
    is_common: bool = False
    """True if most facts are tagged with a term of the unit, or with an actor that includes it: of a body of the state
    a fact may name the state alone, but a fact on a place names it."""
    number: "TypedNumber | None" = None
    date: "TypedDate | None" = None
    main_name: str = ""
    """The main name of the first term that has the typed name."""
    taken_for: "tuple[TakenFor, ...]" = ()
    """The words that were read as others."""
    is_light: bool = False
    """True for a word of little meaning, without which a fact may answer."""
    group: int = 0
    """The number of the part of the query, between "and" or "or", that the unit is in."""

    @property
    def is_decisive(self) -> bool:
        """True if a fact must have the unit to be an answer: a value, a phrase, an unknown word, a name not common."""
        return self.kind in ("number", "date", "phrase") or (self.kind == "name" and not self.is_common)

    @property
    def readings(self) -> "Sequence[TakenFor]":
        """How the unit was read, if otherwise than typed; both readings of a date or a number that has two."""
        value = self.date or self.number
        if not value or not value.other:
            return self.taken_for
        return [TakenFor(self.text, value.words, "two readings")] if value.words.casefold() != self.text else []

    @property
    def is_known(self) -> bool:
        """True if some fact may answer the unit."""
        return bool(self.ways or self.tags or self.number or self.date)


def understand(store: "SearchableStore", query: str, phrases: Sequence[str] = ()) -> list[Unit]:
    """Return the units of a query: dates, numbers, names and words, phrases; none for a query of stop words."""
    text, dates, numbers = _read_values(query)
    units = [Unit(text=each.text, kind="date", date=each) for each in dates]
    units += [Unit(text=each.words, kind="number", number=each) for each in numbers]
    words = read_words(store, *_typed(query, text))
    units += _names_and_words(store, words)
    return units + [_phrase(each) for each in phrases]


def _read_values(query: str) -> "tuple[str, Sequence[TypedDate], Sequence[TypedNumber]]":
    """Return the folded text of a query without its dates and numbers, and these."""
    text = with_ascii_signs(fold(query))
    dates = _dates(text)
    text = _without(text, dates)
    numbers = _numbers(text)
    return _without(text, numbers), dates, numbers


def _typed(query: str, text: str) -> tuple[list[str], set[str], dict[str, bool]]:
    """Return the words of a query, those typed with a star, and those with a capital; `text` has no dates, numbers."""
    return tokens(text), set(_PREFIX.findall(text)), capitalised(query)


def reading_questions(store: "SearchableStore", query: str) -> "Iterator[Question]":
    """Yield what `understand` asks of a store once the words of a query are looked up."""
    return corrections.reading_questions(store, *_typed(query, _read_values(query)[0]))


def questions(store: "SearchableStore", queries: "Iterable[str]") -> "Iterator[Question]":
    """Yield what `understand` first asks of a store about queries."""
    for query in queries:
        text = _read_values(query)[0]
        words = tokens(text)
        keys = [word if word in STOP_WORDS else stem(word) for word in words]
        yield from corrections.questions(store, words)
        yield partial(store.frequencies, sorted({*keys, *map(stem, words)}))
        yield partial(store.named, list(dict.fromkeys(runs(keys).values())))
        for form in _PREFIX.findall(text):
            yield partial(store.stems_starting, form, scoring.POOL)


def _phrase(text: str) -> Unit:
    way = Way((f" {' '.join(map(stem, phrase_words(text)))} ",), 1, "inflected")
    return Unit(text=f'"{text}"', kind="phrase", ways=(way,))


def phrase_words(text: str) -> list[str]:
    """Return the words of a phrase as they are looked for: folded, in order."""
    return tokens(with_ascii_digits(fold(text)))


def capitalised(query: str) -> dict[str, bool]:
    """Return the folded words that were typed with a capital, each with whether it is an acronym: all in capitals.

    Several words that are all in capitals are no acronyms, and no names: they are loud.
    """
    words = _WORD.findall(query)
    if len(words) > 1 and all(word.isupper() for word in words):
        return {}
    return {token: word.isupper() for word in words if word[0].isupper() for token in tokens(word)}


def _dates(text: str) -> "Sequence[TypedDate]":
    """Return the dates of a query. Only a text that may have one loads `typed_dates`, which takes 10 ms."""
    if text.isascii() and not any(map(str.isdigit, text)) and not any(start in text for start in DATE_STARTS):
        return []
    from tajsec.search.typed_dates import find_dates

    return find_dates(text)


def _numbers(text: str) -> "Sequence[TypedNumber]":
    """Return the numbers of a query. Only a text with a number loads `typed_numbers`, which takes 3 ms."""
    if has_no_number(text):
        return []
    from tajsec.search.typed_numbers import find_typed_numbers

    return find_typed_numbers(text)


def _without(text: str, spans: "Iterable[TypedDate | TypedNumber]") -> str:
    """Return the text with each span overwritten by "|", so that offsets stay the same."""
    for span in spans:
        overwritten = "".join(
            part if part in _PARTS else "|" * len(part) for part in re.split(_PART, text[span.start : span.end])
        )
        text = text[: span.start] + overwritten + text[span.end :]
    return text


def _names_and_words(store: "SearchableStore", words: Sequence[Token]) -> list[Unit]:
    """Return the units of the words from left to right: the longest name that begins at a word, or else the word."""
    keys = [stem(each.best) if each.corrections else each.stem for each in words]
    spans = runs(keys)
    named = store.named(list(dict.fromkeys(spans.values())))
    may_split = all(each.form != "between" for each in words)
    best = [each.best for each in words]
    units: list[Unit] = []
    start = group = 0
    while start < len(keys):
        longest = (n for n in range(min(scoring.LONGEST_NAME, len(keys) - start), 0, -1) if spans[start, n] in named)
        length = next((n for n in longest if not STOP_WORDS.issuperset(best[start : start + n])), 0)
        if length:
            unit = name_unit(words[start : start + length], spans[start, length], named[spans[start, length]])
            units.append(unit._replace(group=group))
        elif words[start].form not in STOP_WORDS:
            units.append(_word(words[start])._replace(group=group))
        group += may_split and words[start].form in CONJUNCTIONS and not length
        start += length or 1
    return units


def _word(token: Token) -> Unit:
    taken_for = (token.taken_for,) if token.taken_for else ()
    if token.is_unknown:
        return Unit(text=token.form, kind="name" if token.is_name else "word", is_light=_is_light(token.form))
    if token.completions:
        return Unit(text=token.form, ways=tuple(Way((f" {stem} ",), 1, "prefix") for stem in token.completions))
    if token.corrections:
        ways = tuple(Way((f" {stem(word)} ",), 1, "typo") for word in token.corrections)
        return Unit(text=token.form, ways=ways, taken_for=taken_for)
    way = Way((f" {token.stem} ",), 1, "inflected")
    return Unit(text=token.form, ways=(way,), taken_for=taken_for, is_light=_is_light(token.form))


def _is_light(form: str) -> bool:
    return form in LIGHT_WORDS or form in ASKING_WORDS or len(form) == 1


def name_unit(words: Sequence[Token], key: str, terms: "Sequence[Named]") -> Unit:
    """Return the unit of a name: `key` are its stems, `terms` what is called so."""
    typed = tuple(each.form for each in words)
    taken_for = tuple(each.taken_for for each in words if each.taken_for)
    ways = [*_as_typed(key, words), *_by_main_name(key, terms)]
    tags = tuple((each.kind, each.id) for each in terms if each.kind in TAGS)
    return Unit(
        text=" ".join(typed),
        kind="name" if any(kind in NAMING for kind, _ in tags) else "word",
        ways=tuple(sorted(ways, key=lambda way: -way.weight)),
        tags=tags,
        is_common=any(each.is_common for each in terms),
        taken_for=taken_for,
        main_name=next((each.main_name for each in terms if each.main_name), ""),
        is_light=all(_is_light(form) for form in typed),
    )


def _as_typed(key: str, words: Sequence[Token]) -> Iterator[Way]:
    """Yield the ways in which a fact may contain the typed words: together, or apart, which says little."""
    how: How = "typo" if any(each.corrections for each in words) else "inflected"
    yield Way((f" {key} ",), 1, how)
    if " " in key:
        yield Way(tuple(f" {word} " for word in key.split() if word not in STOP_WORDS), scoring.TAGS, how)


def _by_main_name(key: str, terms: "Iterable[Named]") -> Iterator[Way]:
    """Yield the main names of the terms, which statements use. Those of topics are left out: they are no synonyms."""
    for each in terms:
        if each.main_key and each.kind != "topic" and each.main_key != key:
            yield Way((f" {each.main_key} ",), scoring.SYNONYM, "alias")
