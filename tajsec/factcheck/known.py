"""Facts as they are compared with the claims of a draft: their figures and dates, and what they are about."""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tajsec.check.figures_match import key_of
from tajsec.factcheck.claims import Claims, FigureClaim, content_stems
from tajsec.model.kinds import Period, TermKind
from tajsec.model.mentions import Names
from tajsec.model.records import Fact, Quantity
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.dates import FIRST_DAY, LAST_DAY, Day, Edtf
from tajsec.text.figures import Key
from tajsec.text.words import stems

Tag = tuple[TermKind, str]

_AROUND = re.compile(
    r"(?<!\w)(?:at|in|for|to|by|with|from|on|across|into|under|over|during|besides|which|that|who|getting|using)(?!\w)"
)
"""Words behind which is no more what is counted, but where, for whom or by whom it is."""

Synonyms = Mapping[tuple[str, ...], Collection[str]]
"""The stems of other words for some, by the stems of these."""


class KnownDate(NamedTuple):
    """A time that a fact is about, by its first and last day; an open end is that of `text.dates`."""

    first: Day
    last: Day
    is_span: bool
    """True for a time from the first to the last day; False for a day, month or year in which something was."""
    is_as_of: bool = False
    """True for a time at which something was so, and may have been before and after."""


@dataclass(frozen=True, kw_only=True)
class KnownFigure:
    """A figure of a fact, with the stems of what it counts."""

    key: Key
    qualifier: str
    period: Period
    measure: str
    form: str
    nouns: frozenset[str]
    named: frozenset[str]
    """Of these, those that are not of a name of the unit, which has names in many languages."""
    heads: frozenset[str]
    """The stems of the nouns without which the thing is not named: the last words of the unit's names."""
    things: frozenset[str]
    """The stems of the words for the thing itself, and of synonyms, without where, for whom or by whom it is."""
    quantity: Quantity | None
    """The quantity, or None for a figure of the statement alone."""
    text: str = ""
    """How the statement has a figure that is no quantity."""

    @property
    def value_and_qualifier(self) -> tuple[float, str]:
        """The value and the qualifier."""
        return self.key[0], self.qualifier


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A fact, read for comparison."""

    fact: Fact
    figures: Sequence[KnownFigure]
    dates: Sequence[KnownDate]
    stems: frozenset[str]
    """The stems of all its words: statement, aliases, quotes."""
    about: frozenset[str]
    """These, and the stems of synonyms of them that the vocabulary has."""
    statement_stems: frozenset[str]
    tags: frozenset[Tag]
    """Its actors, places and people."""
    named: frozenset[Tag]
    """Those that its statement names."""


def synonyms(vocabulary: Vocabulary) -> Synonyms:
    """Return the stems of the other words for those of the facts, by the stems of these."""
    found: dict[tuple[str, ...], set[str]] = {}
    for term in vocabulary.of("term").values():
        single = (each for each in map(stems, term.aliases) if len(each) == 1)
        found.setdefault(tuple(stems(term.name)), set()).update(each for (each,) in single)
    return found


def known_fact(fact: Fact, words: str, vocabulary: Vocabulary, names: Names, others: Synonyms) -> KnownFact:
    """Return a fact as it is compared; `words` are the stems of its searchable text, with spaces between."""
    own = frozenset(words.split())
    claims = Claims(fact.statement, names)
    tags: list[Tag] = [
        *(("actor", each) for each in fact.actors),
        *(("place", each) for each in fact.places),
        *(("person", each) for each in fact.people),
    ]
    return KnownFact(
        fact=fact,
        figures=list(_figures(fact, claims, vocabulary, others)),
        dates=list(_dates(fact, claims)),
        stems=own,
        about=_with_synonyms(own, others),
        statement_stems=content_stems(fact.statement),
        tags=frozenset(tags),
        named=frozenset((each.kind, each.id) for each in claims.mentions),
    )


def _with_synonyms(words: frozenset[str], others: Synonyms) -> frozenset[str]:
    return words.union(*(more for names, more in others.items() if words.issuperset(names)))


def _figures(fact: Fact, claims: Claims, vocabulary: Vocabulary, others: Synonyms) -> Iterator[KnownFigure]:
    """Yield the quantities of a fact, then the other figures of its statement."""
    stated: dict[Key, list[FigureClaim]] = {}
    for each in claims.figures:
        stated.setdefault(each.context.figure.key, []).append(each)
    for quantity in fact.quantities:
        key = key_of(quantity)
        unit = vocabulary.of("unit")[quantity.unit]
        names = content_stems(" ".join(unit.names))
        found = _taken(stated.get(key, []), names)
        named = content_stems(quantity.of) | _nouns(found)
        yield KnownFigure(
            key=key,
            qualifier=quantity.qualifier,
            period=quantity.period,
            measure=found.context.measure if found else "",
            form=found.context.figure.form if found else "number",
            nouns=named | names,
            named=named,
            heads=frozenset(_last_stems(unit.names[1:])),
            things=_things([quantity.of, *unit.names, *_phrase(found)], others, claims.stems),
            quantity=quantity,
        )
    for found in itertools.chain(*stated.values()):
        nouns = _nouns(found)
        yield KnownFigure(
            key=found.context.figure.key,
            qualifier=found.context.figure.qualifier,
            period="total",
            measure=found.context.measure,
            form=found.context.figure.form,
            nouns=nouns,
            named=nouns,
            heads=frozenset(_last_stems([" ".join(found.context.words)])) or nouns,
            things=_things(_phrase(found), others, claims.stems),
            quantity=None,
            text=claims.text[found.start : found.end],
        )


def _taken(stated: list[FigureClaim], names: frozenset[str]) -> FigureClaim | None:
    """Take from the figures of a statement that have the value of a quantity the one that counts its unit."""
    if not stated:
        return None
    return stated.pop(next((n for n, each in enumerate(stated) if names & _nouns(each)), 0))


def _nouns(claim: FigureClaim | None) -> frozenset[str]:
    return content_stems(" ".join(claim.nouns)) if claim else frozenset()


def _phrase(claim: FigureClaim | None) -> list[str]:
    return [" ".join(claim.nouns)] if claim else []


def _things(phrases: Iterable[str], others: Synonyms, stated: frozenset[str]) -> frozenset[str]:
    """Return the stems of what phrases name: of "monitors installed at the airport" no airport.

    A synonym that the statement has is none: of "21 machines: bulldozers and graders" not all are bulldozers.
    """
    own = content_stems(" ".join(_AROUND.split(each)[0] for each in phrases))
    return own | (_with_synonyms(own, others) - stated)


def _last_stems(names: Iterable[str]) -> Iterator[str]:
    yield from (found[-1] for found in map(stems, names) if found)


def _dates(fact: Fact, claims: Claims) -> Iterator[KnownDate]:
    """Yield the dates of a fact, and those of its statement, which hold as `as_of` does if the fact has no `when`."""
    if fact.when:
        yield from _known_dates(fact.when)
    if fact.as_of:
        yield from (each._replace(is_as_of=True) for each in _known_dates(fact.as_of))
    for claim in claims.dates:
        for first, last in claim.spans:
            yield KnownDate(first, last, is_span=_is_long(first, last), is_as_of=not fact.when)


def _is_long(first: Day, last: Day) -> bool:
    return first[0] != last[0]


def _known_dates(date: Edtf) -> Iterator[KnownDate]:
    """Yield a date of a fact; a month or day that is inferred counts as its year."""
    if date.members or not date.is_span:
        for each in date.moments:
            known = each._replace(month=None, day=None) if each.uncertain else each
            yield KnownDate(known.first, known.last, is_span=False)
    else:
        first = date.start.first if date.start else FIRST_DAY
        yield KnownDate(first, date.end.last if date.end else LAST_DAY, is_span=True)
