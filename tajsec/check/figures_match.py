"""Check that a fact says nothing that its quotes do not say: figures, dates, currencies, units, qualifiers, plans.

Every figure of the statement, of `quantities` and of `when` must be in a quote of the fact, in whatever form it is
written there. Three things can replace a quote: for `when` and `as_of`, the dates in the source's record (`issued`,
`updated`, `as_of`); for `when`, a reason in `inferred` that names the date; and an entry of `derived`, which gives the
reason for a figure or a unit. Dates of the fact itself
may be in its statement. Each rule yields one item per comparison: a `Mismatch`, or None if the comparison passed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tajsec.check.aspects import FigureInContext, Role, figures_in_context
from tajsec.check.conflicts import CONTRARY_BOUNDS, conflicts
from tajsec.check.polarity import added_negations, lost_negations, opposites
from tajsec.model.records import Fact, Quantity, Source
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.dates import Edtf
from tajsec.text.figures import (
    QUALIFIER_WORDS,
    TIME_UNITS,
    UNITS,
    Figure,
    Key,
    date_keys,
    described,
    figures,
    unit_id,
)
from tajsec.text.forms import fold
from tajsec.text.words import stems, tokens

UNDER_WAY_WORDS = ("in the process of", "under development")
"""Words for something that is not done yet; a fact that is `ongoing` needs no other words for them."""

PLANNED_WORDS = (
    *("planned", "plan", "plans", "planning to", "will", "would", "upcoming", "intend", "intends", "intended"),
    *("to arrive", "on the way", "scheduled", "going to", "considering", *UNDER_WAY_WORDS),
    *("committed", "impending", "due", "promised", "promise", "takes responsibility", "later this year"),
    *("pledged", "pledge", "pledges", "agreed to", "offered", "offers to", "proposed", "proposes", "expected to"),
    *("expects to", "hopes to", "aims to", "is to", "are to", "to be", "may", "might", "could"),
)
"""Words for something that is not done yet."""

_AIM_OR_MAY = re.compile(
    r"\bMay\b|\b(?:priority|aim|goal|purpose|objective|task|role|mission)\b[^.;]*? (?:is|are|was|were) to\b"
    r"|\bcontinues? to be\b|\bto be (?:precise|sure|able|exact|fair|seen|found)\b"
)
"""Phrases with a word of `PLANNED_WORDS` that are no plan: May, an aim ("a priority is to"), and idioms."""

SOFTER_PLANNED_WORDS = (
    *("was to", "were to", "meant to", "still to come"),
    *("potential", "potentially", "being prepared"),
)
"""Words that are accepted as a plan in a statement, but that may mean something else in a quote."""


class Mismatch(NamedTuple):
    """Something that a fact says and its quotes do not: what was found in the fact, and what was expected."""

    code: str
    found: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A fact with everything that can prove it: its quotes, the dates of its sources, and its `derived`."""

    fact: Fact
    sources: Mapping[str, Source]
    vocabulary: Vocabulary

    @cached_property
    def claimed(self) -> list[Figure]:
        """The figures of the statement."""
        return [each.figure for each in self.statement_contexts]

    @cached_property
    def quoted(self) -> list[Figure]:
        """The figures of the quotes."""
        return [each.figure for each in self.quote_contexts]

    @cached_property
    def statement_contexts(self) -> list[FigureInContext]:
        """The figures of the statement, each with its context."""
        return figures_in_context(self.fact.statement)

    @cached_property
    def quote_contexts(self) -> list[FigureInContext]:
        """The figures of the quotes, each with its context."""
        return [each for quote in self.quotes for each in figures_in_context(quote)]

    @cached_property
    def quotes(self) -> list[str]:
        """The texts of the quotes."""
        return [cite.quote for cite in self.fact.cites]

    @cached_property
    def dates(self) -> list[Edtf]:
        """The dates in the records of the cited sources and passages."""
        cited = [self.sources[each] for each in self.fact.sources]
        dates = [date for each in cited for date in (each.issued, each.updated, each.as_of)]
        dates += [self.sources[cite.source].passages[cite.passage - 1].as_of for cite in self.fact.cites]
        return [date for date in dates if date]

    @cached_property
    def derived(self) -> set[Key]:
        """The keys of the figures that `derived` gives a reason for."""
        return {figure.key for text in self.fact.derived for figure in figures(text)}

    def proven(self, *excluded: Role) -> set[Key]:
        """Return the keys of the figures of the quotes, except those in the excluded roles, and of `derived`.

        "2,012 radios" (a count) proves no date, and "in 2012" (a year) proves no quantity.
        """
        return {each.figure.key for each in self.quote_contexts if each.role not in excluded} | self.derived


def key_of(quantity: Quantity) -> Key:
    """Return the key of a quantity, with its unit if that is a currency or percent and "" otherwise."""
    unit = "%" if quantity.unit == "percent" else quantity.unit
    return float(quantity.value), unit if unit in UNITS else ""


def unproven_statement(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V201 for each figure of the statement that is in no quote; the fact's `when` and `as_of` may be in it."""
    proven = evidence.proven() | date_keys([evidence.fact.when, evidence.fact.as_of])
    for figure in evidence.claimed:
        if figure.is_claim:
            yield None if figure.key in proven else _missing("V201", f"{figure} in the statement", figure.key, evidence)


def repeated_figure(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V209 for each figure that the statement has more often than the quotes: one of two may be a slip."""
    claimed = Counter(figure.key for figure in evidence.claimed if figure.is_claim)
    quoted = Counter(figure.key for figure in evidence.quoted)
    for key, count in claimed.items():
        if count > 1:
            most = max(1, quoted[key])
            found = f"{described(key)} {count} times in the statement"
            yield Mismatch("V209", found, f"at most {most}, as in the quotes") if count > most else None


def unproven_quantity(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V202 for each quantity that no quote has as a number other than a date."""
    proven = evidence.proven("year", "day")
    for key in map(key_of, evidence.fact.quantities):
        yield None if key in proven else _missing("V202", f"{described(key)} in quantities", key, evidence)


def unproven_date(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V203 for each year, month and day of `when` that no quote names, nor the reason in `inferred.when`.

    The source's dates may prove a month or day, and also the year if the quotes name no year.
    """
    when, dated = evidence.fact.when, date_keys(evidence.dates)
    proven = evidence.proven("count") | {each.key for each in figures(evidence.fact.inferred.get("when", ""))}
    quotes_have_year = any(each.role == "year" for each in evidence.quote_contexts)
    for key in sorted(date_keys([when])):
        is_year = key[1] == "" and key[0] >= 1000
        if key in proven or (key in dated and not (quotes_have_year and is_year)):
            yield None
        else:
            expected = (
                f"{described(key)} in a quote or a date of the source, or inferred.when with a reason that names it"
            )
            yield Mismatch("V203", f"{described(key)} in when = {when}", expected)


def other_direction(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V212 if `when` is open at another end than the quotes say: "since 1992" is 1992/.., "until 2042" is ../2042."""
    when = evidence.fact.when
    if when and (when.start is None or when.end is None or not when.is_span):
        bound = "until" if when.start is None else "since" if when.end is None else "in"
        key = (float(when.anchor.year), "")
        quoted = [each for each in evidence.quote_contexts if each.figure.key == key and each.role == "year"]
        if quoted:
            expected = f"{quoted[0].bound} {when.anchor.year}, as in “{quoted[0].text}”"
            is_contrary = all((bound, each.bound) in CONTRARY_BOUNDS for each in quoted)
            yield Mismatch("V212", f"when = {when}", expected) if is_contrary else None


def other_date(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V204 if `as_of` is not `when` (V203 checks that), no date of the cited sources and passages, and in no quote."""
    as_of = evidence.fact.as_of
    if as_of:
        proven = as_of in (evidence.fact.when, *evidence.dates) or date_keys([as_of]) <= evidence.proven("count")
        of_sources = " or ".join(sorted({str(date) for date in evidence.dates}))
        yield None if proven else Mismatch("V204", f"as_of = {as_of}", of_sources)


def other_unit(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V205 for each quantity whose number is in no quote followed by a name of its unit."""
    for quantity in evidence.fact.quantities:
        key = key_of(quantity)
        if not key[1] and quantity.unit not in evidence.fact.derived:
            names = evidence.vocabulary.of("unit")[quantity.unit].names
            named = any(unit_follows(cite.quote, float(quantity.value), names) for cite in evidence.fact.cites)
            found = f"{quantity.unit} for {described(key)} in quantities"
            expected = f"one of {', '.join(names[1:])} behind the number in a quote"
            yield None if named else Mismatch("V205", found, expected)


def other_qualifier(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V206 for each figure of the statement and of `quantities` that has another qualifier in the quotes."""
    # the article of "a radio" is a figure too; it is compared only if it has a qualifier, as in "nearly a year"
    bounded = [each for each in evidence.claimed if each.is_claim or each.qualifier != "exact"]
    claimed = [(each.key, each.qualifier, "the statement") for each in bounded]
    claimed += [(key_of(each), each.qualifier, "quantities") for each in evidence.fact.quantities]
    for key, qualifier, where in claimed:
        quoted = {figure.qualifier for figure in evidence.quoted if figure.key == key}
        if quoted and not _is_said_of_all(qualifier, evidence):
            expected = " or ".join(f"{each} {described(key)}" for each in sorted(quoted))
            found = f"{qualifier} {described(key)} in {where}"
            yield None if qualifier in quoted else Mismatch("V206", found, expected)


def _is_said_of_all(qualifier: str, evidence: Evidence) -> bool:
    """True if `inferred` says that the qualifier of one quoted figure ("over 5 cars and 7 boats") is that of all.

    Its reason for `quantities` names the qualifier.
    """
    reason = evidence.fact.inferred.get("quantities", "")
    return _has_any(reason, QUALIFIER_WORDS.get(qualifier, ())) and any(
        figure.qualifier == qualifier for figure in evidence.quoted
    )


def lost_article_qualifier(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V206 for each qualified article of the quotes ("nearly a year") whose qualifier is not in the statement."""
    for quoted in evidence.quoted:
        if not quoted.is_claim and quoted.qualifier != "exact":
            kept = any(each.qualifier == quoted.qualifier for each in evidence.claimed)
            expected = f"{quoted.qualifier} ({', '.join(QUALIFIER_WORDS[quoted.qualifier])})"
            yield None if kept else Mismatch("V206", "no qualifier in the statement", expected)


def other_sense(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V210 to V216 for each figure whose context contradicts that in the quotes (see `check.conflicts`)."""
    for each in (context for context in evidence.statement_contexts if context.figure.is_claim):
        if each.figure.key in evidence.derived:
            yield _unproven_rate(each, evidence)
        else:
            for aspect, quoted in conflicts(each, evidence.quote_contexts):
                expected = f"{aspect.shown(quoted)}, as in “{quoted.text}”, or derived with its reason"
                yield Mismatch(aspect.code, f"{aspect.shown(each)} in the statement", expected)
            yield _unproven_part(each, evidence)


def _unproven_part(each: FigureInContext, evidence: Evidence) -> Mismatch | None:
    """Return V211 for a part of a time that no quote names, as "late" in "late February", or None.

    A reason in `inferred` or `derived` that names time and part is enough.
    """
    reasons = [*evidence.fact.inferred.values(), *evidence.fact.derived.values()]
    parts = {(other.figure.key, other.part) for text in reasons for other in figures_in_context(text)}
    if not each.part or each.figure.key in evidence.proven() or (each.figure.key, each.part) in parts:
        return None
    expected = f"{each.part} in a quote, or in inferred with its reason"
    return Mismatch("V211", f"{each.part} {each.figure} in the statement", expected)


def _unproven_rate(each: FigureInContext, evidence: Evidence) -> Mismatch | None:
    """Return V213 for a rate of a derived figure that neither a quote nor `derived` names, as "a month", or None."""
    reasons = [text for pair in evidence.fact.derived.items() for text in pair]
    given = {
        rate for text in (*reasons, *evidence.quotes) for other in figures_in_context(text) for rate in other.text_rates
    }
    if not each.rate or each.rate in given:
        return None
    return Mismatch("V213", f"{each.figure} per {each.rate} in the statement", "the rate in a quote, or in derived")


def other_polarity(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V217 for each negation that only the statement or only a quote has."""
    statement = evidence.fact.statement
    lost, added = lost_negations(statement, evidence.quotes), added_negations(statement, evidence.quotes)
    found = [
        *(("no denial in the statement", f"one, as in “{clause}” of the quote") for clause in lost),
        *((f"“{clause}” in the statement", "no denial, or a quote that has it") for clause in added),
    ]
    yield from (Mismatch("V217", *each) for each in found)
    if not found:
        yield None


def opposite_word(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V218 for each word of the statement whose opposite is in the quotes: north for south, rose for fell."""
    for mine, quoted in opposites(evidence.fact.statement, evidence.quotes):
        yield Mismatch("V218", f"“{mine}” in the statement", f"“{quoted}”, as in the quote")


def lost_plan(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V207 if a quote has a word for a plan, and neither the statement nor the status has."""
    under_way = UNDER_WAY_WORDS if evidence.fact.status == "ongoing" else ()
    planned = [quote for quote in evidence.quotes if says_planned(quote, but=under_way)]
    if planned:
        kept = evidence.fact.status == "planned" or states_plan(evidence.fact.statement)
        found = f"status = {evidence.fact.status}, and no word for a plan in the statement"
        yield None if kept else Mismatch("V207", found, f"a plan, as in “{planned[0]}”")


def idle_derivation(evidence: Evidence) -> Iterator[Mismatch | None]:
    """V208 for each entry of `derived` that is not needed: its figure is not in the fact, or the quotes prove it."""
    claimed = {each.key for each in evidence.claimed} | {key_of(each) for each in evidence.fact.quantities}
    claimed |= date_keys([evidence.fact.when, evidence.fact.as_of])
    units = {quantity.unit for quantity in evidence.fact.quantities}
    proven = {figure.key for figure in evidence.quoted}
    proven -= {each.figure.key for each in evidence.statement_contexts if conflicts(each, evidence.quote_contexts)}
    for text in evidence.fact.derived:
        is_idle = text not in units and not {figure.key for figure in figures(text)} & claimed - proven
        expected = "a figure that no quote holds; leave it out"
        yield Mismatch("V208", f"derived: {text!r}", expected) if is_idle else None


RULES: Sequence[Callable[[Evidence], Iterator[Mismatch | None]]] = (
    unproven_statement,
    repeated_figure,
    unproven_quantity,
    unproven_date,
    other_direction,
    other_date,
    other_unit,
    other_qualifier,
    lost_article_qualifier,
    other_sense,
    other_polarity,
    opposite_word,
    lost_plan,
    idle_derivation,
)
"""Each yields one item for every comparison that it makes: a `Mismatch`, or None if the comparison passed."""


def unit_follows(text: str, value: float, names: Sequence[str]) -> bool:
    """True if one of a unit's names is between a number of this value and the next number of the text."""
    return names_any(words_behind(text)[value], names)


def words_behind(text: str) -> Mapping[float, set[str]]:
    """Return the words from each number of a text to the next one, as stems, by the value of the number.

    Figures with a unit of their own are left out, such as money. A value that is not in the text has no words.
    """
    found = [figure for figure in figures(text) if figure.unit == ""]
    plain = fold(text)
    words, end = defaultdict[float, set[str]](set), len(plain)
    for figure in reversed(found):
        words[figure.value].add(_padded(plain[figure.start : end]))
        end = figure.start if figure.is_claim else end
    return words


def names_any(words: Iterable[str], names: Iterable[str]) -> bool:
    """True if one of a unit's names is among words that `words_behind` returns; a sign, such as "%", is no word."""
    padded = [name for name in map(_padded, names) if name.strip()]
    return any(name in each for each in words for name in padded)


def _padded(text: str) -> str:
    return f" {' '.join(stems(text))} "


def says_planned(text: str, *, but: Sequence[str] = ()) -> bool:
    """True if a text has a word for something that is not done yet, other than those in `but`."""
    return _has_any(_AIM_OR_MAY.sub(" ", text), [word for word in PLANNED_WORDS if word not in but])


def states_plan(statement: str) -> bool:
    """True if a statement says that something is not done yet, in the words of a quote or softer ones."""
    return says_planned(statement) or _has_any(statement, SOFTER_PLANNED_WORDS)


def _has_any(text: str, words: Sequence[str]) -> bool:
    padded = f" {' '.join(tokens(text))} "
    return any(f" {word} " in padded for word in words)


def _missing(code: str, found: str, key: Key, evidence: Evidence) -> Mismatch:
    """Return the mismatch of a figure that is in no quote; a quoted figure of equal value and other unit is named."""
    alike = [
        each
        for each in evidence.quoted
        if each.value == key[0] and each.unit != key[1] and not {each.unit, key[1]} & TIME_UNITS
    ]
    if not alike:
        return Mismatch(code, found, "the figure in a quote, or in derived with its reason")
    unit = unit_id(alike[0].unit)
    advice = f': write unit = "{unit}"' if code == "V202" and unit else ""
    return Mismatch(code, found, f"{alike[0]}, as in the quote{advice}")
