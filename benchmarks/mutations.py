"""What the checks catch: every shipped fact is corrupted in known ways, one at a time.

    python benchmarks/mutations.py TEXTS [--misses]

What the facts do not say (a decade, a fiscal year, a range) is first written into statement and quote alike, and then
corrupted in the statement alone; what counts is what is found in the second and not in the first. TEXTS is a folder
with the documents. For each kind of corruption the share of corrupted facts is printed that each check catches by
itself: `quote` and `figures` are the first two parts of `tajsec verify --text`, `lint` the rules of the data; `all` is
at least one of the three. The third part, `read by`, is not counted: it catches every change of a fact that was read,
by its content hash, and would hide what the others miss. Random choices are seeded.
"""

import argparse
import calendar
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tajsec.check import lint
from tajsec.check.aspects import FigureInContext, figures_in_context
from tajsec.check.copies import Document, documents
from tajsec.check.figures_match import states_plan
from tajsec.check.verify import verify
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Contents, Fact
from tajsec.store.open import open_store
from tajsec.text.dates import Edtf, Moment
from tajsec.text.figures import QUALIFIER_WORDS
from tajsec.text.forms import fold

Corruption = Callable[[Fact, random.Random, Contents], Fact | None]
_ANY_MARK = "|".join(mark for marks in QUALIFIER_WORDS.values() for mark in marks)
_NUMBERED_MARK = re.compile(rf"\b(?:{_ANY_MARK}) (?=\$?[0-9]|a year)", re.IGNORECASE)
CHECKS = ("quote", "figures", "lint")
RULES = (lint.lost_qualifier, lint.unstated_quantity, lint.unstated_unit, lint.unstated_plan, lint.unstated_year)
"""The rules that compare a fact with itself; the others are about how it is written, which a false fact can be well."""


# ---------------------------------------------------------------- corruptions: each gives the corrupted fact, or None


def figure_in_statement(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change one digit of the statement."""
    return _changed_digit(fact, "statement", rng)


def figure_in_quantities(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change the value of a quantity."""
    if not fact.quantities:
        return None
    first, *rest = fact.quantities
    return replace(fact, quantities=(replace(first, value=first.value + rng.choice((1, 10, 1000))), *rest))


def year_of_when(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Move the year in which a fact happened."""
    return replace(fact, when=_moved(fact.when, rng)) if fact.when else None


def year_of_as_of(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Move the year as of which a fact holds."""
    return replace(fact, as_of=_moved(fact.as_of, rng)) if fact.as_of else None


def unit(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Count something else."""
    if not fact.quantities:
        return None
    first, *rest = fact.quantities
    others = [each for each in contents.vocabulary.of("unit") if each != first.unit]
    return replace(fact, quantities=(replace(first, unit=rng.choice(others)), *rest))


def currency(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change the currency of the statement."""
    return replace(fact, statement=fact.statement.replace("$", "€")) if "$" in fact.statement else None


def source(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Cite another document."""
    first, *rest = fact.cites
    other = rng.choice([each for each in contents.sources.values() if each.id != first.source])
    passage = min(first.passage, len(other.passages))
    return replace(fact, cites=(replace(first, source=other.id, passage=passage), *rest))


def passage(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Cite another passage."""
    first, *rest = fact.cites
    passages = contents.sources[first.source].passages
    other = passages[first.passage % len(passages)]
    if other.sha256 == passages[first.passage - 1].sha256:
        return None  # the same words stand there
    return replace(fact, cites=(replace(first, passage=other.n), *rest))


def digit_of_quote(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change one digit of a quote."""
    for n, cite in enumerate(fact.cites):
        changed = _digit(cite.quote, rng)
        if changed:
            return _with_quote(fact, n, changed)
    return None


def word_of_quote(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Leave a word out of the middle of a quote."""
    words = fact.cites[0].quote.split()
    if len(words) < 4:
        return None
    gone = rng.randrange(1, len(words) - 1)
    return _with_quote(fact, 0, " ".join(words[:gone] + words[gone + 1 :]))


def qualifier_of_statement(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Drop the "over", "about", "nearly" or "up to" before a figure of the statement."""
    match = _NUMBERED_MARK.search(fact.statement)
    if not match or not any(_NUMBERED_MARK.search(cite.quote) for cite in fact.cites):
        return None
    return replace(fact, statement=fact.statement[: match.start()] + fact.statement[match.end() :])


def qualifier_of_quantity(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Call a quantity exact that is not."""
    if not fact.quantities or fact.quantities[0].qualifier == "exact":
        return None
    first, *rest = fact.quantities
    return replace(fact, quantities=(replace(first, qualifier="exact"), *rest))


def plan(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Take the word for a plan out of the statement of a planned fact."""
    match = re.search(r"\b(?:planned|will|is to|are to|was to|were to|upcoming|due) ?", fact.statement)
    if fact.status != "planned" or not match:
        return None
    statement = fact.statement[: match.start()] + fact.statement[match.end() :]
    return None if states_plan(statement) else replace(fact, statement=statement)


def year_as_count(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Give a year of the quotes as the count of something: 2,001 radios."""
    counts, years = _counts(fact.statement), [each for each in _quoted(fact) if each.role == "year"]
    return _with_value(fact, counts[0], f"{years[0].figure.value:,.0f}") if counts and years else None


def count_of_another_thing(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Give the count of another thing of the quotes: of a part for the whole, or of the trucks for the jeeps."""
    for mine in _counts(fact.statement):
        own = [each for each in _quoted(fact) if each.figure.key == mine.figure.key and each.stems]
        others = [each for each in _quoted(fact) if each.role == "count" and each.stems and each.kind == mine.kind]
        others = [each for each in others if each.figure.key != mine.figure.key]
        if own and others:
            return _with_value(fact, mine, f"{rng.choice(others).figure.value:,.0f}")
    return None


def swapped_counts(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Swap two counts of the statement."""
    counts = [each for each in _counts(fact.statement) if each.stems]
    return _swapped(fact, counts[0], counts[1]) if len(counts) > 1 else None


def thing(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Count something that no document names."""
    for mine in _counts(fact.statement):
        quoted = [each for each in _quoted(fact) if each.figure.key == mine.figure.key and each.stems]
        if quoted:
            text, end = fact.statement, mine.figure.end
            words = re.match(r"[ -][\w-]+(?: [\w-]+){0,3}?(?= [a-z]{1,4}\b|[,.]|$)", text[end:])
            return replace(fact, statement=f"{text[:end]} balloons{text[end + words.end() :]}") if words else None
    return None


def rate_added(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Say of a sum or count that it is a yearly one."""
    rated = [
        each for each in figures_in_context(fact.statement) if each.role == "count" and (each.figure.unit or each.stems)
    ]
    quoted = {each.figure.key for each in _quoted(fact)}
    told = any(each.text_rates for each in (*figures_in_context(fact.statement), *_quoted(fact)))
    if told or not any(each.figure.key in quoted for each in rated):
        return None
    return replace(fact, statement=f"{fact.statement.removesuffix('.')} {rng.choice(('a year', 'every month'))}.")


def _replacing(name: str, pattern: str, others: Mapping[str, Sequence[str]], when: str = "") -> Corruption:
    """Make the corruption that replaces a word of the statement by one that means something else.

    Only statements are taken whose quotes have the word too (`when`: another pattern that a quote must have).
    """
    words = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")

    def corrupt(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
        quotes = " ".join(cite.quote for cite in fact.cites)
        for match in words.finditer(fact.statement):
            if re.search(when.replace("{}", re.escape(match[0])) or rf"(?<!\w){re.escape(match[0])}(?!\w)", quotes):
                other = rng.choice([each for each in others[match.lastgroup or ""] if each != match[0]])
                statement = fact.statement[: match.start()] + match.expand(other) + fact.statement[match.end() :]
                return replace(fact, statement=statement)
        return None

    corrupt.__name__ = name
    return corrupt


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTHS = [*calendar.month_name[1:]]
REPLACED: tuple[Corruption, ...] = (
    _replacing("year_as_decade", r"in (?P<d>(?:19|20)\d)\d", {"d": [r"in the \g<d>0s"]}),
    _replacing(
        "part_added_to_year", rf"in {_YEAR}", {"year": [r"in early \g<year>", r"in late \g<year>", r"in mid-\g<year>"]}
    ),
    _replacing("early_for_late", r"(?P<a>late|mid)(?=[ -][A-Z])", {"a": ["early"]}, when="February|April"),
    _replacing("year_as_fiscal_year", rf"in {_YEAR}", {"year": [r"in fiscal year \g<year>"]}),
    _replacing(
        "before_for_in",
        rf"[Ii]n {_YEAR}",
        {"year": [r"before \g<year>", r"after \g<year>"]},
        when="in {}".replace("in {}", "[Ii]n (?:19|20)"),
    ),
    _replacing(
        "until_for_since",
        rf"[Ss]ince {_YEAR}",
        {"year": [r"until \g<year>", r"before \g<year>"]},
        when="[Ss]ince (?:19|20)",
    ),
    _replacing("since_for_until", rf"until {_YEAR}", {"year": [r"since \g<year>", r"after \g<year>"]}),
    _replacing("month", rf"(?P<m>{'|'.join(_MONTHS)})", {"m": _MONTHS}),
    _replacing("ordinal", "(?P<o>first|second|third|60th|201st)", {"o": ["first", "second", "third", "202nd"]}),
    _replacing("scale", "(?P<s>million|thousand)", {"s": ["billion", "trillion"]}),
    _replacing(
        "qualifier_for_another",
        "(?P<q>over|approximately|about|nearly|up to)(?= [$0-9a])",
        {"q": ["over", "about", "nearly", "up to"]},
    ),
    _replacing(
        "measure",
        "(?P<k>kilometers)|(?P<y>(?<=[0-9o] )years)|(?P<year>(?<=n-)year)",
        {"k": ["miles"], "y": ["months"], "year": ["month"]},
        when=r"\d kilometers|year",
    ),
    _replacing("rate_lost", "(?P<r> ?annually| a year| yearly)", {"r": [" in total"]}, when="annually|per year|yearly"),
    _replacing(
        "rate_for_another",
        "(?P<r>annually|a year|yearly)",
        {"r": ["monthly", "every day"]},
        when="annually|per year|yearly",
    ),
    _replacing("direction", "(?P<d>south|north)", {"d": ["east", "west"]}, when="south|north"),
    _replacing(
        "negation_added",
        "(?P<v>was|were|has|have|is|are|had|will|would)(?! not| never| no)",
        {"v": [r"\g<v> not", r"\g<v> never"]},
        when=".",
    ),
    _replacing("denied", r"^(?P<a>[A-Z])", {"a": [r"Nobody says that \g<a>"]}, when="."),
    _replacing(
        "negation_lost", r"(?P<n>not |not even |no longer |never )", {"n": [""]}, when=r"n't|not|no longer|never"
    ),
)
"""Corruptions of what the shipped facts say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A way to write something into statement and quote alike, and then to corrupt it in the statement.

    `pattern` finds in a quote what is rewritten; the statement must have it too.
    """

    name: str
    pattern: str
    sound: str
    corrupted: Sequence[str]

    def __call__(self, fact: Fact, rng: random.Random, contents: Contents) -> tuple[Fact, Fact] | None:
        """Give the rewritten fact and the corrupted one; both rest on the rewritten quote alone, and on no `when`."""
        for cite in fact.cites:
            for match in re.finditer(self.pattern, cite.quote):
                words = re.compile(rf"(?<![\w.,]){re.escape(match[0])}(?!\w)")
                if words.search(fact.statement):
                    written, false = match.expand(self.sound), match.expand(rng.choice(self.corrupted))
                    quote = replace(cite, quote=words.sub(written, cite.quote, count=1))
                    date = contents.sources[cite.source].as_of or contents.sources[cite.source].issued
                    base = replace(fact, cites=(quote,), when=None, as_of=date)
                    sound, corrupted = (words.sub(each, fact.statement, count=1) for each in (written, false))
                    return replace(base, statement=sound), replace(base, statement=corrupted)
        return None


_IN_YEAR = r"\bin (?P<d>(?:19|20)\d)(?P<y>\d)\b"
_COUNT = r"(?<![\w.,$-])(?P<n>[1-9][0-9]?)(?= [a-z]+s\b)"
_SUM = r"\$(?P<n>[0-9.,]+ million)\b"
REWRITINGS = (
    Rewriting(
        name="decade",
        pattern=_IN_YEAR,
        sound=r"in the \g<d>0s",
        corrupted=["in the 1970s", "in the seventies", "in the ’70s"],
    ),
    Rewriting(
        name="decade_as_year", pattern=_IN_YEAR, sound=r"in the \g<d>0s", corrupted=[r"in \g<d>0", r"in \g<d>\g<y>"]
    ),
    Rewriting(
        name="century",
        pattern=_IN_YEAR,
        sound="in the 20th century",
        corrupted=["in the 19th century", "in the eighteenth century"],
    ),
    Rewriting(
        name="early",
        pattern=_IN_YEAR,
        sound=r"in early \g<d>\g<y>",
        corrupted=[r"in late \g<d>\g<y>", r"in mid-\g<d>\g<y>", r"at the end of \g<d>\g<y>"],
    ),
    Rewriting(
        name="season",
        pattern=_IN_YEAR,
        sound=r"in spring \g<d>\g<y>",
        corrupted=[r"in autumn \g<d>\g<y>", r"in the winter of \g<d>\g<y>"],
    ),
    Rewriting(
        name="half_of_year",
        pattern=_IN_YEAR,
        sound=r"in the first half of \g<d>\g<y>",
        corrupted=[r"in the second half of \g<d>\g<y>"],
    ),
    Rewriting(
        name="fiscal_year_as_year", pattern=_IN_YEAR, sound=r"in fiscal year \g<d>\g<y>", corrupted=[r"in \g<d>\g<y>"]
    ),
    Rewriting(
        name="before_as_after",
        pattern=_IN_YEAR,
        sound=r"before \g<d>\g<y>",
        corrupted=[r"after \g<d>\g<y>", r"in \g<d>\g<y>", r"since \g<d>\g<y>"],
    ),
    Rewriting(name="range_end", pattern=_COUNT, sound=r"\g<n> to 99", corrupted=[r"\g<n>", "99"]),
    Rewriting(name="range_swapped", pattern=_COUNT, sound=r"\g<n> to 99", corrupted=[r"99 to \g<n>"]),
    Rewriting(name="range_of_sums", pattern=_SUM, sound=r"$1 to \g<n>", corrupted=[r"$\g<n>"]),
    Rewriting(
        name="yearly_sum_as_total", pattern=_SUM, sound=r"$\g<n> a year", corrupted=[r"$\g<n>", r"$\g<n> in total"]
    ),
    Rewriting(name="monthly_as_yearly", pattern=_SUM, sound=r"$\g<n> a month", corrupted=[r"$\g<n> a year"]),
    Rewriting(name="each_as_total", pattern=_SUM, sound=r"$\g<n> each", corrupted=[r"$\g<n>", r"$\g<n> in all"]),
    Rewriting(
        name="percent_as_points",
        pattern=_COUNT,
        sound=r"\g<n> percent of",
        corrupted=[r"\g<n> percentage points of", r"\g<n>"],
    ),
    Rewriting(name="dozen_as_number", pattern=_COUNT, sound="dozens of", corrupted=["12", "24"]),
    Rewriting(name="ordinal_as_count", pattern=_COUNT, sound=r"\g<n>th", corrupted=[r"\g<n>"]),
    Rewriting(
        name="currency_of_rewritten", pattern=_SUM, sound=r"\g<n> somoni", corrupted=[r"\g<n> rubles", r"$\g<n>"]
    ),
    Rewriting(
        name="hectares",
        pattern=_COUNT,
        sound=r"\g<n> hectares of",
        corrupted=[r"\g<n> acres of", r"\g<n> square kilometres of"],
    ),
    Rewriting(
        name="negation_in_quote",
        pattern=r"\b(?P<v>provided|delivered|signed|held|visited|joined|visits|joins|sponsored|is|are|has|have|will)\b",
        sound=r"never \g<v>",
        corrupted=[r"\g<v>"],
    ),
    Rewriting(
        name="denial_in_quote",
        pattern=r"\b(?P<v>provided|delivered|signed|held|visited|joined)\b",
        sound=r"denied having \g<v>",
        corrupted=[r"\g<v>"],
    ),
    Rewriting(
        name="plan_as_done",
        pattern=r"\b(?P<v>provided|delivered|signed|held|visited|joined)\b",
        sound=r"will have \g<v>",
        corrupted=[r"\g<v>"],
    ),
    Rewriting(name="counts_swapped", pattern=_COUNT, sound=r"777 ships and \g<n>", corrupted=[r"\g<n> ships and 777"]),
    Rewriting(
        name="sums_swapped",
        pattern=_SUM,
        sound=r"$777 million for ships and $\g<n>",
        corrupted=[r"$\g<n> for ships and $777 million"],
    ),
    Rewriting(name="part_as_whole", pattern=_COUNT, sound=r"\g<n> of the 777", corrupted=["777", "all 777"]),
    Rewriting(name="no_longer", pattern=r"\b(?P<v>is|are|has|have)\b", sound=r"\g<v> no longer", corrupted=[r"\g<v>"]),
    Rewriting(name="without", pattern=r"\bwith\b", sound="without", corrupted=["with"]),
)
"""Corruptions of what the shipped facts do not say."""

_IN_OTHER_WORDS = (
    "a denial is known by words that statement and quotes share; one of what no quote speaks of is left to the reader"
)
NOT_CAUGHT: Mapping[str, str] = {
    "year_of_as_of": "a fact may hold as of when it happened, and the moved year is that of `when`",
    "negation_added": _IN_OTHER_WORDS,
    "negation_in_quote": _IN_OTHER_WORDS,
    "denied": _IN_OTHER_WORDS,
    "no_longer": _IN_OTHER_WORDS,
    "without": _IN_OTHER_WORDS,
    "plan_as_done": "the statement has another word for a plan, which may be meant for this one",
}
"""Kinds of which not every corruption is caught, and why not."""

CORRUPTIONS: tuple[Corruption, ...] = (
    figure_in_statement,
    figure_in_quantities,
    year_of_when,
    year_of_as_of,
    unit,
    currency,
    source,
    passage,
    digit_of_quote,
    word_of_quote,
    qualifier_of_statement,
    qualifier_of_quantity,
    plan,
    year_as_count,
    count_of_another_thing,
    swapped_counts,
    thing,
    rate_added,
    *REPLACED,
)


def _counts(statement: str) -> list[FigureInContext]:
    plain = [
        each for each in figures_in_context(statement) if each.role == "count" and each.kind == "count" and each.stems
    ]
    return plain if len(fold(statement)) == len(statement) else []


def _quoted(fact: Fact) -> list[FigureInContext]:
    return [each for cite in fact.cites for each in figures_in_context(cite.quote)]


def _with_value(fact: Fact, mine: FigureInContext, value: str) -> Fact:
    text, figure = fact.statement, mine.figure
    return replace(fact, statement=text[: figure.start] + value + text[figure.end :])


def _swapped(fact: Fact, first: FigureInContext, second: FigureInContext) -> Fact:
    text, one, two = fact.statement, first.figure, second.figure
    swapped = text[two.start : two.end] + text[one.end : two.start] + text[one.start : one.end]
    return replace(fact, statement=text[: one.start] + swapped + text[two.end :])


def _changed_digit(fact: Fact, key: str, rng: random.Random) -> Fact | None:
    changed = _digit(getattr(fact, key), rng)
    return replace(fact, **{key: changed}) if changed else None


def _digit(text: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"[0-9]", text))
    if not found:
        return None
    place = rng.choice(found).start()
    return text[:place] + rng.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


def _moved(date: Edtf, rng: random.Random) -> Edtf:
    step = rng.choice((-3, -2, -1, 1, 2, 3))

    def move(moment: Moment | None) -> Moment | None:
        return moment._replace(year=moment.year + step) if moment else None

    members = tuple(each._replace(year=each.year + step) for each in date.members)
    return date._replace(start=move(date.start), end=move(date.end), members=members)


def _with_quote(fact: Fact, n: int, quote: str) -> Fact:
    cites = list(fact.cites)
    cites[n] = Cite(source=cites[n].source, passage=cites[n].passage, quote=quote)
    return replace(fact, cites=tuple(cites))


# ---------------------------------------------------------------- what catches them


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """Which checks catch one corrupted fact."""

    kind: str
    fact: Fact
    checks: frozenset[str]


def mutants(contents: Contents, store: Store, held: list[Document], every: int = 1) -> Iterator[Caught]:
    """Corrupt each `every`th fact in each way that it can be, and say what catches it."""
    for number, fact in enumerate(contents.facts[::every]):
        told = _complaints(fact, contents, store, held)
        for kind, sound, corrupted in corrupted_facts(fact, number, contents):
            before = told if sound is fact else _complaints(sound, contents, store, held)
            found = _complaints(corrupted, contents, store, held)
            checks = frozenset(check for check in CHECKS if found[check] - before[check])
            yield Caught(kind=kind, fact=corrupted, checks=checks)


def corrupted_facts(fact: Fact, number: int, contents: Contents) -> Iterator[tuple[str, Fact, Fact]]:
    """Yield each kind of corruption that a fact can have, with the sound fact and the corrupted one."""
    for corrupt in CORRUPTIONS:
        corrupted = corrupt(fact, random.Random(f"{number} {corrupt.__name__}"), contents)  # noqa: S311
        if corrupted and corrupted != fact:
            yield corrupt.__name__, fact, corrupted
    for rewriting in REWRITINGS:
        pair = rewriting(fact, random.Random(f"{number} {rewriting.name}"), contents)  # noqa: S311
        if pair and pair[0] != pair[1]:
            yield rewriting.name, *pair


def _complaints(fact: Fact, contents: Contents, store: Store, held: list[Document]) -> dict[str, set[str]]:
    findings = verify(store, [fact], held).findings
    alone = replace(contents, facts=(fact,))
    return {
        "quote": {str(each) for each in findings if each.code.startswith("V1")},
        "figures": {str(each) for each in findings if each.code.startswith("V2")},
        "lint": {f"{each.path} {each.what}" for rule in RULES for each in rule(alone)},
    }


def main() -> None:
    """Print the table of what was caught."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what nothing caught")
    options = parser.parse_args()
    contents, store = read(folders_of([])), open_store()
    held = documents([options.texts], store.sources())
    found = list(mutants(contents, store, held))
    print(f"{'corruption':26}{'facts':>7}{'quote':>9}{'figures':>9}{'lint':>9}{'all':>9}")
    for kind in (*dict.fromkeys(each.kind for each in found), ""):
        mine = [each for each in found if kind in ("", each.kind)]
        shares = [sum(check in each.checks for each in mine) / len(mine) for check in CHECKS]
        caught = sum(bool(each.checks) for each in mine) / len(mine)
        print(f"{kind or 'all':26}{len(mine):7}" + "".join(f"{share:9.3f}" for share in (*shares, caught)))
    for kind, reason in NOT_CAUGHT.items():
        missed = sum(not each.checks for each in found if each.kind == kind)
        if missed:
            print(f"not caught: {missed} of {kind}: {reason}")
    if options.misses:
        for each in found:
            if not each.checks:
                print(f"missed: {each.kind}: {each.fact.id}: {each.fact.statement}")
    sys.exit(any(not each.checks and each.kind not in NOT_CAUGHT for each in found))


if __name__ == "__main__":
    main()
