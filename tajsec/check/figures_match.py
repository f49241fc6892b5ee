"""Whether what a fact says stands in the words it quotes: every figure, date, currency, unit and qualifier.

A figure of the statement, of `quantities` or of `when` must stand in a quote of the fact, however it is written there.
Two things may stand in for a quote: for `when` and `as_of` the dates of the source's own record (when it was issued,
updated, and as of when it holds), and with them the statement that names them; and `derived`, which says for a figure
or a unit why the fact may say it. What is excused by nothing is a finding.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tajsec.check.aspects import Said, said
from tajsec.check.conflicts import CONTRARY_BOUNDS, conflicts
from tajsec.check.polarity import added_negations, lost_negations, opposites
from tajsec.model.records import Fact, Quantity, Source
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.dates import Edtf
from tajsec.text.figures import QUALIFIER_WORDS, UNITS, Figure, Key, date_keys, described, figures
from tajsec.text.forms import fold
from tajsec.text.words import stems, tokens

PLANNED_WORDS = (
    *("planned", "plan", "plans", "planning to", "will", "would", "upcoming", "intend", "intends", "intended"),
    *("to arrive", "on the way", "under development", "scheduled", "going to", "considering", "in the process of"),
    *("committed", "impending", "due", "promised", "promise", "takes responsibility", "later this year"),
    *("pledged", "pledge", "pledges", "agreed to", "offered", "offers to", "proposed", "proposes", "expected to"),
    *("expects to", "hopes to", "aims to", "is to", "are to", "to be", "may", "might", "could"),
)
"""Words by which a text says that something is not done yet."""


_AIM_OR_MAY = re.compile(
    r"\bMay\b|\b(?:priority|aim|goal|purpose|objective|task|role|mission)\b[^.;]*? (?:is|are|was|were) to\b"
    r"|\bto be (?:precise|sure|able|exact|fair|seen|found)\b"
)
"""What looks like a plan and is none: the month, an aim ("a priority is to support"), and idioms."""


SOFTER_PLANNED_WORDS = (
    *("was to", "were to", "meant to", "still to come"),
    *("potential", "potentially", "being prepared"),
)
"""Words by which a statement may say it, and which mean other things as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Something that a fact says and its quotes do not: what stands there, and what was expected."""

    code: str
    found: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A fact with what may prove it: the figures of its quotes, of its sources' dates, and those declared derived."""

    fact: Fact
    sources: Mapping[str, Source]
    vocabulary: Vocabulary

    @cached_property
    def claimed(self) -> list[Figure]:
        """The figures of the statement."""
        return [each.figure for each in self.said_in_statement]

    @cached_property
    def quoted(self) -> list[Figure]:
        """The figures of the quotes."""
        return [each.figure for each in self.said_in_quotes]

    @cached_property
    def said_in_statement(self) -> list[Said]:
        """The figures of the statement, with what it says around them."""
        return said(self.fact.statement)

    @cached_property
    def said_in_quotes(self) -> list[Said]:
        """The figures of the quotes, with what the quotes say around them."""
        return [each for cite in self.fact.cites for each in said(cite.quote)]

    @cached_property
    def quotes(self) -> list[str]:
        """The words of the quotes."""
        return [cite.quote for cite in self.fact.cites]

    @cached_property
    def dates(self) -> list[Edtf]:
        """The dates for which the cited sources and passages speak."""
        dates = [date for each in self._cited for date in (each.issued, each.updated, each.as_of)]
        dates += [self.sources[cite.source].passages[cite.passage - 1].as_of for cite in self.fact.cites]
        return [date for date in dates if date]

    @property
    def _cited(self) -> list[Source]:
        return [self.sources[each] for each in self.fact.sources]

    @cached_property
    def derived(self) -> set[Key]:
        """The figures that `derived` gives a reason for."""
        return {figure.key for text in self.fact.derived for figure in figures(text)}

    @cached_property
    def proven(self) -> set[Key]:
        """The figures that a quote holds or `derived` explains."""
        return {figure.key for figure in self.quoted} | self.derived

    @cached_property
    def proven_times(self) -> set[Key]:
        """The figures by which a quote, or `derived`, may prove a date: 2012 of "in 2012", not of "2,012 radios"."""
        return {each.figure.key for each in self.said_in_quotes if each.role != "count"} | self.derived

    @cached_property
    def proven_counts(self) -> set[Key]:
        """The figures by which a quote, or `derived`, may prove a quantity: no years, and no days of a month."""
        return {each.figure.key for each in self.said_in_quotes if each.role not in ("year", "day")} | self.derived

    @cached_property
    def dated(self) -> set[Key]:
        """The years, months and days that the sources' own dates give."""
        return date_keys(self.dates)

    def qualifiers(self, key: Key) -> set[str]:
        """Return the qualifiers with which the quotes give a figure."""
        return {figure.qualifier for figure in self.quoted if figure.key == key}


def key_of(quantity: Quantity) -> Key:
    """Return the key of a quantity; money and percentages have their unit, other figures have none."""
    unit = "%" if quantity.unit == "percent" else quantity.unit
    return float(quantity.value), unit if unit in UNITS else ""


def unproven_statement(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Say no figure that no quote holds, but for the fact's own dates."""
    own = date_keys([evidence.fact.when, evidence.fact.as_of])
    for figure in evidence.claimed:
        if figure.is_claim:
            proven = figure.key in evidence.proven or figure.key in own
            yield None if proven else _missing("V201", f"{figure} in the statement", figure.key, evidence)


def repeated_figure(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Say no figure more often than the quotes do: of two that look alike one is often a slip."""
    said = Counter(figure.key for figure in evidence.claimed if figure.is_claim)
    quoted = Counter(figure.key for figure in evidence.quoted)
    for key, count in said.items():
        if count > 1:
            found = f"{described(key)} {count} times in the statement"
            mismatch = Mismatch(code="V209", found=found, expected=f"at most {max(1, quoted[key])}, as in the quotes")
            yield mismatch if count > max(1, quoted[key]) else None


def unproven_quantity(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Count nothing that no quote counts."""
    for quantity in evidence.fact.quantities:
        key = key_of(quantity)
        what = f"{described(key)} in quantities"
        yield None if key in evidence.proven_counts else _missing("V202", what, key, evidence)


def unproven_date(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Date nothing that no quote dates; the source's own date may give what the quotes leave open."""
    when = evidence.fact.when
    quotes_give_year = any(each.role == "year" for each in evidence.said_in_quotes)
    for key in sorted(date_keys([when])):
        is_open = not (quotes_give_year and key[1] == "" and key[0] >= 1000)
        if key not in evidence.proven_times and not (is_open and key in evidence.dated):
            yield _missing("V203", f"{described(key)} in when = {when}", key, evidence)
        else:
            yield None


def other_direction(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Let `when` reach to the side that the quotes name: since 1992 is 1992/.., until 2042 is ../2042."""
    when = evidence.fact.when
    if when and (when.start is None or when.end is None or not when.is_span):
        bound = "until" if when.start is None else "since" if when.end is None else "in"
        key = (float(when.anchor.year), "")
        quoted = [each for each in evidence.said_in_quotes if each.figure.key == key and each.role == "year"]
        contrary = [each for each in quoted if (bound, each.bound) in CONTRARY_BOUNDS]
        if quoted:
            expected = "" if not contrary else f"{contrary[0].bound} {when.anchor.year}, as in “{contrary[0].text}”"
            is_contrary = len(contrary) == len(quoted)
            yield Mismatch(code="V212", found=f"when = {when}", expected=expected) if is_contrary else None


def other_date(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Let a fact hold as of a date of its sources, of its passages, or of its quotes."""
    as_of = evidence.fact.as_of
    if as_of:
        proven = as_of in evidence.dates or date_keys([as_of]) <= evidence.proven_times
        of_sources = " or ".join(sorted({str(date) for date in evidence.dates}))
        yield None if proven else Mismatch(code="V204", found=f"as_of = {as_of}", expected=of_sources)


def other_unit(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Count what the quote counts: the name of the unit stands behind the number."""
    for quantity in evidence.fact.quantities:
        key = key_of(quantity)
        if not key[1] and quantity.unit not in evidence.fact.derived:
            names = evidence.vocabulary.of("unit")[quantity.unit].names
            named = any(unit_follows(cite.quote, float(quantity.value), names) for cite in evidence.fact.cites)
            found = f"{quantity.unit} for {described(key)} in quantities"
            expected = f"one of {', '.join(names[1:])} behind the number in a quote"
            yield None if named else Mismatch(code="V205", found=found, expected=expected)


def other_qualifier(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Keep the qualifier of a figure: over, about, nearly, up to."""
    said = [(each.key, each.qualifier, "the statement") for each in evidence.claimed if _is_bounded(each, evidence)]
    said += [(key_of(each), each.qualifier, "quantities") for each in evidence.fact.quantities]
    for key, qualifier, where in said:
        quoted = evidence.qualifiers(key)
        if quoted:
            found = f"{qualifier} {described(key)} in {where}"
            expected = " or ".join(f"{each} {described(key)}" for each in sorted(quoted))
            yield None if qualifier in quoted else Mismatch(code="V206", found=found, expected=expected)


def _is_bounded(figure: Figure, evidence: Evidence) -> bool:
    """Return True if a figure's qualifier is compared: of an "a" only if a quote or the statement qualifies it."""
    return figure.is_claim or figure.qualifier != "exact"


def lost_article_qualifier(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Keep the qualifier of a figure written as "a": nearly a year."""
    for quoted in evidence.quoted:
        if not quoted.is_claim and quoted.qualifier != "exact":
            kept = any(each.qualifier == quoted.qualifier for each in evidence.claimed)
            expected = f"{quoted.qualifier} ({', '.join(QUALIFIER_WORDS[quoted.qualifier])})"
            yield None if kept else Mismatch(code="V206", found="no qualifier in the statement", expected=expected)


def other_sense(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Say of a figure what the quote says of it: a year is no count, early not late, a year's sum no total."""
    for each in evidence.said_in_statement:
        if each.figure.is_claim and each.figure.key not in evidence.derived:
            for aspect, quoted in conflicts(each, evidence.said_in_quotes):
                found = f"{aspect.shown(each)} in the statement"
                yield Mismatch(
                    code=aspect.code,
                    found=found,
                    expected=f"{aspect.shown(quoted)}, as in “{quoted.text}”, or derived with its reason",
                )
            yield _unproven_part(each, evidence)


def _unproven_part(each: Said, evidence: Evidence) -> Mismatch | None:
    """Take "late February" without a quote for February only if `inferred` or `derived` says late."""
    reasons = [*evidence.fact.inferred.values(), *evidence.fact.derived.values()]
    parts = {(other.figure.key, other.part) for text in reasons for other in said(text)}
    if not each.part or each.figure.key in evidence.proven or (each.figure.key, each.part) in parts:
        return None
    found = f"{each.part} {each.figure} in the statement"
    return Mismatch(code="V211", found=found, expected=f"{each.part} in a quote, or in inferred with its reason")


def other_polarity(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Deny what the quotes deny, and nothing else."""
    statement = evidence.fact.statement
    lost, added = list(lost_negations(statement, evidence.quotes)), list(added_negations(statement, evidence.quotes))
    for clause in lost:
        yield Mismatch(code="V217", found="no denial in the statement", expected=f"one, as in “{clause}” of the quote")
    for clause in added:
        yield Mismatch(code="V217", found=f"“{clause}” in the statement", expected="no denial, or a quote that has it")
    if not lost and not added:
        yield None


def opposite_word(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Say no opposite of a word of the quotes: north for south, rose for fell."""
    for mine, quoted in opposites(evidence.fact.statement, evidence.quotes):
        yield Mismatch(code="V218", found=f"“{mine}” in the statement", expected=f"“{quoted}”, as in the quote")


def lost_plan(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Let no plan become a fact: what a quote plans is planned in the statement, or in the status."""
    planned = [cite.quote for cite in evidence.fact.cites if says_planned(cite.quote)]
    if planned:
        kept = evidence.fact.status == "planned" or states_plan(evidence.fact.statement)
        found = f"status = {evidence.fact.status}, and no word for a plan in the statement"
        yield None if kept else Mismatch(code="V207", found=found, expected=f"a plan, as in “{planned[0]}”")


def idle_derivation(evidence: Evidence) -> Iterator[Mismatch | None]:
    """Declare as derived only what the fact says and no quote holds, or holds in another sense."""
    claimed = {each.key for each in evidence.claimed} | {key_of(each) for each in evidence.fact.quantities}
    claimed |= date_keys([evidence.fact.when, evidence.fact.as_of])
    units = {quantity.unit for quantity in evidence.fact.quantities}
    proven = {figure.key for figure in evidence.quoted}
    proven -= {each.figure.key for each in evidence.said_in_statement if conflicts(each, evidence.said_in_quotes)}
    for text in evidence.fact.derived:
        keys = {figure.key for figure in figures(text)}
        idle = not keys & claimed - proven if text not in units else False
        found = f"derived: {text!r}"
        yield (
            Mismatch(code="V208", found=found, expected="a figure that no quote holds; leave it out") if idle else None
        )


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
"""Each gives one item for every comparison that it makes: None where it holds."""


def unit_follows(text: str, value: float, names: Sequence[str]) -> bool:
    """Return True if one of a unit's names stands behind a number of this value, before the next number."""
    found = [figure for figure in figures(text) if figure.unit == ""]
    plain = fold(text)
    for place, figure in enumerate(found):
        if figure.value == value:
            end = next((each.start for each in found[place + 1 :] if each.is_claim), len(plain))
            words = f" {' '.join(stems(plain[figure.start : end]))} "
            if any(f" {' '.join(stems(name))} " in words for name in names):
                return True
    return False


def says_planned(text: str) -> bool:
    """Return True if a text has a word for something that is not done yet."""
    return _has_any(_AIM_OR_MAY.sub(" ", text), PLANNED_WORDS)


def states_plan(statement: str) -> bool:
    """Return True if a statement of ours says that something is not done yet."""
    return says_planned(statement) or _has_any(statement, SOFTER_PLANNED_WORDS)


def _has_any(text: str, words: Sequence[str]) -> bool:
    padded = f" {' '.join(tokens(text))} "
    return any(f" {word} " in padded for word in words)


def _missing(code: str, found: str, key: Key, evidence: Evidence) -> Mismatch:
    others = [each for each in evidence.quoted if each.value == key[0] and each.unit != key[1]]
    if others:
        return Mismatch(code=code, found=found, expected=f"{others[0]}, as in the quote")
    return Mismatch(code=code, found=found, expected="the figure in a quote, or in derived with its reason")
