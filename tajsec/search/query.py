"""What a query asks for: dates, numbers, names and words, each with every way in which a fact may answer it.

A query is read as units. Dates and numbers are taken out first; then names of the vocabulary, the longest first; what
remains are single words. A word that the store does not know is taken apart, joined with its neighbour, or taken for
the nearest known word; one that is like none stays unknown, and counts against every fact.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Literal, NamedTuple

from tajsec.search.corrections import Token, corrected
from tajsec.text.forms import fold
from tajsec.text.numbers import Number, find_numbers
from tajsec.text.words import STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tajsec.model.kinds import TagKind
    from tajsec.model.protocol import SearchableStore
    from tajsec.search.typed_dates import AskedDate


How = Literal["exact", "inflected", "prefix", "alias", "typo", "number", "date", "about"]


LONGEST_NAME = 8
"""Words of the longest name that is looked up as one."""


MAX_TOKENS = 32


ALIAS, SCATTERED = 0.85, 0.8
"""Weights of the main name of what was named; of a phrase whose words stand apart."""


MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""How the names of months begin."""


CONJUNCTIONS = frozenset({"and", "or"})


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


def understand(store: "SearchableStore", query: str) -> list[Unit]:
    """Read a query. Gives its units: dates, numbers, then names and words; none for a query of stop words."""
    text = fold(query)
    dates = _dates(text)
    text = _without(text, dates)
    numbers = [each for each in find_numbers(text) if each.value != 1 or each.scaled]
    text = _without(text, numbers)
    units = [Unit(text=each.text, kind="date", date=each) for each in dates]
    units += [Unit(text=f"{each.value:g}", kind="number", number=each) for each in numbers]
    found = corrected(store, tokens(text)[:MAX_TOKENS], set(_PREFIX.findall(text)))
    return units + _without_first_names(_names_and_words(store, found))


def _dates(text: str) -> "Sequence[AskedDate]":
    """Give the dates of a query. Few queries hold one: what reads them is loaded when a digit or a month is there."""
    if not any(map(str.isdigit, text)) and not any(month in text for month in MONTHS):
        return []
    from tajsec.search.typed_dates import find_dates

    return find_dates(text)


def _without_first_names(units: list[Unit]) -> list[Unit]:
    """Leave out an unknown word before a person: the store knows the person, if not by that name."""
    before_person = {place - 1 for place, unit in enumerate(units) if any(kind == "person" for kind, _ in unit.tags)}
    return [unit for place, unit in enumerate(units) if unit.known or place not in before_person]


def _without(text: str, spans: "Iterable[AskedDate | Number]") -> str:
    for span in spans:
        text = text[: span.start] + "|" * (span.end - span.start) + text[span.end :]
    return text


# ---------------------------------------------------------------- names and words


def _names_and_words(store: "SearchableStore", found: Sequence[Token]) -> list[Unit]:
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


def _word(token: Token) -> Unit:
    if token.is_unknown:
        return Unit(text=token.form)
    if token.completions:
        return Unit(text=token.form, ways=tuple(Way((f" {stem} ",), 1.0, "prefix") for stem in token.completions))
    if token.corrections:
        ways = tuple(Way((f" {stem(word)} ",), weight, "typo") for word, weight in token.corrections)
        return Unit(text=token.form, ways=ways, corrected=token.corrections[0][0])
    also = tuple(Way((f" {stem(word)} ",), weight, "typo") for word, weight in token.also)
    return Unit(text=token.form, ways=(Way((f" {token.stem} ",), 1.0, "inflected"), *also), forms=(token.form,))


def _name(store: "SearchableStore", found: Sequence[Token], key: str, terms: "Sequence[tuple[TagKind, str]]") -> Unit:
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


def _as_typed(key: str, found: Sequence[Token], slip: float) -> Iterator[Way]:
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
