"""The rules for data that could be read (codes T4xx): one function a rule, which yields the violations.

The docstring of a rule is its text in docs/reference/rules.md. The codes T1xx to T3xx are in `data.codes`. To add
a rule: a function, its row in `RULES`, its page in code_pages.md, and data that breaks it in tests/check/test_lint.py.
"""

import calendar
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.check import codes as verify
from tajsec.check.aspects import PERIOD_OF_RATE, figures_in_context
from tajsec.check.chosen import EVERY, Chosen
from tajsec.check.figures_match import RULES as FIGURE_RULES
from tajsec.check.figures_match import Evidence, Mismatch, key_of, states_plan, unit_follows
from tajsec.check.quoted_share import LEAST_SENTENCE, is_limited, most_words, quotes_of, words_of
from tajsec.check.reviews import reviews_of
from tajsec.check.twins import twins
from tajsec.data.codes import CODES
from tajsec.data.folders import Folders
from tajsec.data.read import read_files
from tajsec.data.toml import TomlFile, shown
from tajsec.data.toml_lines import KeyPath
from tajsec.errors import DataError, Problem
from tajsec.model.kinds import CITABLE_ROLES, DIFFERENCES, PERIOD_WORDS
from tajsec.model.place import Place
from tajsec.model.records import Contents, Fact, Quantity
from tajsec.text.figures import MONTH, TIME_UNITS, WEEKDAY, Key, described, figures, unit_id, unit_named
from tajsec.text.words import tokens

MAX_STATEMENT = 30
"""Words: what is read in one breath, and fits in three lines of a terminal."""
OPENING, MAX_SAME_OPENING = 3, 10
"""Words, and facts: a listing whose lines begin alike cannot be skimmed, and ten lines are seen at a glance."""
MAX_ALIASES = 8
"""The other names of a thing; a longer list holds words of single queries, by which the fact is found for anything."""
SHOWN_IDS = 3
"""Ids of facts that a message names."""

_NO_DRAFT = "take draft out (tajsec lint PACK --fix does)"

TO_DOS = frozenset({"T401", "T405", "T421", "T423"})
"""Codes that are errors in the shipped data and to-dos in a pack, which grows while it is used."""


class Finding(NamedTuple):
    """A violation of a rule."""

    place: Place
    """The place of the record."""
    path: KeyPath
    """The key in the file of the record."""
    what: str
    """The mistake and its correction."""
    better: Mapping[str, object] | None = None
    """Keys of the record with the values that correct it, if that changes neither its meaning nor its receipt."""


def uncited_passage(contents: Contents) -> Iterator[Finding]:
    """Cite every passage that makes a claim, of a document that was read whole."""
    cited = {(cite.source, cite.passage) for fact in _valid(contents) for cite in fact.cites}
    for source in contents.sources.values():
        for passage in source.passages if source.extent == "whole" else ():
            if passage.role in CITABLE_ROLES and (source.id, passage.n) not in cited:
                what = "no fact cites this passage; write its facts, or mend its role"
                yield Finding(source.place, ("passage", passage.n - 1), what)


def lost_qualifier(contents: Contents) -> Iterator[Finding]:
    """Keep the qualifier of each quantity (over, about, nearly, up to) in the statement."""
    for fact, key, quantity in _quantities(contents):
        qualifiers = {figure.qualifier for figure in figures(fact.statement) if figure.key == key_of(quantity)}
        if qualifiers and quantity.qualifier not in qualifiers:
            what = f"{quantity.qualifier!r} is lost in the statement; write it there, right before the figure"
            yield _of_fact(fact, what, *key, "qualifier")


def not_one_sentence(contents: Contents) -> Iterator[Finding]:
    """Write each statement as one sentence with a full stop."""
    reviewed = {fact for review in contents.reviews for fact in review.facts}
    for fact in _valid(contents):
        if not fact.statement.endswith((".", ".”", '."')) or "\n" in fact.statement:
            is_safe = fact.statement[-1].isalnum() and "\n" not in fact.statement and fact.id not in reviewed
            better = {"statement": f"{fact.statement}."} if is_safe else None
            yield _of_fact(fact, "does not end with a full stop; write one sentence", "statement", better=better)


def idle_alias(contents: Contents) -> Iterator[Finding]:
    """Leave out an alias whose words are in the statement already."""
    for fact in _valid(contents):
        statement = _padded(fact.statement)
        idle = {n: alias for n, alias in enumerate(fact.aliases) if _padded(alias) in statement}
        kept = [alias for n, alias in enumerate(fact.aliases) if n not in idle]
        for n, alias in idle.items():
            what = f"{alias!r} stands in the statement; take it out"
            yield _of_fact(fact, what, "aliases", n, better={"aliases": kept or None})


def misplaced_fact(contents: Contents) -> Iterator[Finding]:
    """Write a fact in the file of its first topic, if its file is named after a topic."""
    topics = contents.vocabulary.of("topic")
    for fact in contents.facts:
        stem = fact.place.file.rpartition("/")[2].removesuffix(".toml")
        if stem in topics and stem != fact.topics[0]:
            yield _of_fact(fact, f"stands in the file of {stem!r}; move it to {fact.topics[0]}.toml", "topics")


def unstated_quantity(contents: Contents) -> Iterator[Finding]:
    """Write every figure of the quantities in the statement too."""
    for fact, key, quantity in _quantities(contents):
        stated = [figure.key for figure in figures(fact.statement)]
        if key_of(quantity) not in stated:
            what = _unstated(key_of(quantity), stated)
            yield _of_fact(fact, what, *key, "value")


def _unstated(key: Key, stated: Sequence[Key]) -> str:
    """Return what is wrong with a figure that is not stated, or stated in another unit, and what to do."""
    value, unit = key
    for number, other in stated:
        if number == value and other not in TIME_UNITS:
            if other:
                return f'the statement has {described((value, other))}; write unit = "{unit_id(other)}"'
            return f"the statement has {described((value, ''))} without {unit}; write that, or mend the unit"
    return f"{described(key)} is not in the statement; write it there, or take the quantity out"


def unstated_unit(contents: Contents) -> Iterator[Finding]:
    """Name in the statement, after the figure, what is counted; `derived` may say why it is not named."""
    units = contents.vocabulary.of("unit")
    for fact, key, quantity in _quantities(contents):
        value, currency = key_of(quantity)
        is_stated = any(figure.key == (value, currency) for figure in figures(fact.statement))
        if is_stated and not currency and quantity.unit not in fact.derived:
            names = units[quantity.unit].names
            if not unit_follows(fact.statement, value, names):
                known = " or ".join(names[1:])
                what = f"no name of {quantity.unit!r} stands behind {described((value, ''))}; write {known}"
                yield _of_fact(fact, what, *key, "unit")


def unstated_plan(contents: Contents) -> Iterator[Finding]:
    """Write in the statement of a planned fact that it is planned."""
    for fact in _valid(contents):
        if fact.status == "planned" and not states_plan(fact.statement):
            what = "is planned, and the statement does not say so; write planned, will, is to or the like"
            yield _of_fact(fact, what, "status")


def unstated_year(contents: Contents) -> Iterator[Finding]:
    """Name in the statement the years of an event, or the year of a figure; `derived` or `inferred` may say why not."""
    for fact in _valid(contents):
        excused = {year for text in fact.derived for year, _ in _years(text)}
        if named := _years(fact.statement):
            for date in _unnamed_dates(fact, named):
                if date[0] not in excused:
                    what = (
                        f"{_date(*date)} is not in the statement, which names {_date(*min(named))}; mend one of the two"
                    )
                    yield _of_fact(fact, what, "when")
        elif (fact.when or fact.quantities) and not excused and "statement" not in fact.inferred and not _eras(fact):
            year = fact.time.anchor.year
            what = f"names no year; write {year} or the one that is meant, or say in inferred.statement why not"
            yield _of_fact(fact, what, "statement")


def _unnamed_dates(fact: Fact, named: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the years of `when` that are not named, with 0, and the month if its year is named with another month."""
    for moment in fact.when.moments if fact.when else ():
        month = moment.month or 0
        years = {year for year, each in named if each == month} or {year for year, _ in named}
        if moment.year not in years:
            yield moment.year, 0
        elif fact.when and not fact.when.is_span and month and not {(moment.year, month), (moment.year, 0)} & named:
            yield moment.year, month


def _date(year: int, month: int) -> str:
    return f"{calendar.month_name[month]} {year}".strip()


def _years(text: str) -> set[tuple[int, int]]:
    """Return the years that a text names, each with the month right before it, or 0 without one."""
    found = figures_in_context(text)
    months = {each.figure.end + 1: int(each.figure.value) for each in found if each.figure.unit == MONTH}
    bare = (each.figure for each in found if each.role in ("year", "open") and each.figure.unit == "")
    years = (figure for figure in bare if 1000 <= figure.value < 3000)
    return {(int(figure.value), months.get(figure.start, 0)) for figure in years}


def _eras(fact: Fact) -> bool:
    """True if the statement names a decade, a century, a fiscal year or a school year."""
    return any(figure.unit in TIME_UNITS - {MONTH, WEEKDAY} for figure in figures(fact.statement))


def undecided_difference(contents: Contents) -> Iterator[Finding]:
    """Name in `prefer` which of two facts that differ is to be cited."""
    for fact in _valid(contents):
        for n, relation in enumerate(fact.relations):
            if relation.kind in DIFFERENCES and relation.prefer is None:
                what = f"the two differ ({relation.kind}); name the id to cite"
                yield _of_fact(fact, what, "relations", n, "prefer")


def unexplained_error(contents: Contents) -> Iterator[Finding]:
    """Say in `notes` what is wrong with a deprecated fact, or quote words with a declared error of the source."""
    for fact in _valid(contents):
        errata = [contents.sources[cite.source].erratum_in(cite.passage, cite.quote) for cite in fact.cites]
        if fact.rank == "deprecated" and not fact.notes and not any(errata):
            what = "deprecated, and neither notes nor an erratum of its source tell what is wrong; write notes"
            yield _of_fact(fact, what, "rank")


def long_statement(contents: Contents) -> Iterator[Finding]:
    """Write a statement in at most 30 words."""
    for fact in _valid(contents):
        count = len(fact.statement.split())
        if count > MAX_STATEMENT:
            what = f"{count} words, {MAX_STATEMENT} at most; leave out what notes can say, or make two facts of it"
            yield _of_fact(fact, what, "statement")


def undated_state(contents: Contents) -> Iterator[Finding]:
    """Give `as_of` for what is ongoing, planned or stated."""
    for fact in _valid(contents):
        if fact.status != "completed" and fact.as_of is None:
            what = f"missing, and the fact is {fact.status}; add the date at which the source says so"
            yield _of_fact(fact, what, "as_of")


def worn_opening(contents: Contents) -> Iterator[Finding]:
    """Begin at most ten statements of a store with the same three words."""
    openings = defaultdict[str, list[Fact]](list)
    for fact in _valid(contents):
        openings[" ".join(tokens(fact.statement)[:OPENING])].append(fact)
    for opening, facts in openings.items():
        if len(facts) > MAX_SAME_OPENING:
            some = _some(fact.id for fact in facts)
            what = (
                f"{len(facts)} facts begin with {opening!r}, {MAX_SAME_OPENING} at most; begin others, such as {some}, "
            )
            yield _of_fact(facts[MAX_SAME_OPENING], f"{what}with the thing, the place or the date", "statement")


def surplus_alias(contents: Contents) -> Iterator[Finding]:
    """Give a fact at most eight aliases."""
    for fact in _valid(contents):
        if len(fact.aliases) > MAX_ALIASES:
            what = f"{len(fact.aliases)} aliases, {MAX_ALIASES} at most; keep the other names of the thing itself"
            yield _of_fact(fact, what, "aliases")


def needless_as_of(contents: Contents) -> Iterator[Finding]:
    """Begin no statement with "As of": the date of `as_of` is printed beside it."""
    for fact in _valid(contents):
        if tokens(fact.statement)[:2] == ["as", "of"]:
            yield _of_fact(fact, "begins with As of; give the date in as_of, which is printed beside it", "statement")


def near_twin(contents: Contents) -> Iterator[Finding]:
    """Make one fact of two that nearly say the same, or tie them by a relation."""
    facts = _valid(contents)
    tied = {frozenset((fact.id, relation.to)) for fact in facts for relation in fact.relations}
    for earlier, later, common in twins([fact.statement for fact in facts]):
        one, other = facts[earlier], facts[later]
        if frozenset((one.id, other.id)) not in tied:
            what = f"has {common:.0%} of its words in common with {one.id!r}; make one fact, or tie them by a relation"
            yield _of_fact(other, what, "statement")


def passage_quoted_whole(contents: Contents) -> Iterator[Finding]:
    """Leave a word of each passage out of all quotes, unless the document is in the public domain."""
    quotes = quotes_of(contents.facts)
    for source in filter(is_limited, contents.sources.values()):
        for passage in source.claim_passages:
            mine = quotes.get((source.id, passage.n), {})
            words = words_of(mine)
            if words >= max(passage.words, LEAST_SENTENCE):
                some = _some(fact for facts in mine.values() for fact in facts)
                what = f"{words} words of its {passage.words} are in quotes; shorten one, such as that of {some}"
                yield Finding(source.place, ("passage", passage.n - 1), what)


def source_quoted_over_half(contents: Contents) -> Iterator[Finding]:
    """Quote at most half of the words of a document's claims and captions, unless it is in the public domain."""
    quotes = quotes_of(contents.facts)
    for source in filter(is_limited, contents.sources.values()):
        words = sum(words_of(quotes.get((source.id, passage.n), ())) for passage in source.claim_passages)
        if words > most_words(source):
            what = f"{words} of its {source.claim_words} words are in quotes, {most_words(source)} at most"
            yield Finding(source.place, ("passage",), f"{what}; shorten some, or quote the same words as another fact")


def misnamed_currency(contents: Contents) -> Iterator[Finding]:
    """Give a unit that is a currency its lower-case ISO 4217 code as id, and percentages `percent`."""
    for term in contents.vocabulary.of("unit").values():
        right = unit_id(unit_named(term.name))
        if right not in ("", "points", term.id):
            what = f'{term.name!r} is written {right!r}, as figures are compared by it; write id = "{right}"'
            yield Finding(term.place, ("unit", term.place.index, "id"), what)


def unreviewed_draft(contents: Contents) -> Iterator[Finding]:
    """Check the receipt of an imported draft, then take `draft` out."""
    drafts = [fact for fact in _valid(contents) if fact.draft]
    proved, read = (reviews_of(drafts, contents.reviews, kind) for kind in ("quotes", "reading"))
    for fact in drafts:
        review, reading = proved.get(fact.id), read.get(fact.id)
        if review is None or not review.is_current(fact):
            what = f"unreviewed; find its quotes with tajsec verify --text FILE --record FILE, then {_NO_DRAFT}"
            yield _of_fact(fact, what, "draft")
        elif reading and not reading.is_current(fact):
            what = f"its quotes were found, but it changed since it was read on {reading.date}; compare it again"
            yield _of_fact(fact, what, "draft")
        elif mismatch := _first_mismatch(fact, contents):
            what = f"its quotes were found, but {mismatch.found}; expected {mismatch.expected} [{mismatch.code}]"
            yield _of_fact(fact, what, "draft")
        else:
            what = f"its quotes were found on {review.date}; {_NO_DRAFT}"
            yield _of_fact(fact, what, "draft", better={"draft": None})


def _first_mismatch(fact: Fact, contents: Contents) -> Mismatch | None:
    """Return what a fact says first and its quotes do not, as `verify` finds it without the text."""
    evidence = Evidence(fact=fact, sources=contents.sources, vocabulary=contents.vocabulary)
    return next(filter(None, itertools.chain.from_iterable(rule(evidence) for rule in FIGURE_RULES)), None)


def gone_from_review(contents: Contents) -> Iterator[Finding]:
    """Leave facts and documents that were removed out of the reviews."""
    facts = {fact.id for fact in contents.facts}
    for review in contents.reviews:
        named = (
            ("facts", "fact", facts),
            ("texts", "source", contents.sources),
            ("quoted", "source", contents.sources),
        )
        for key, kind, there in named:
            for name in (each for each in getattr(review, key) if each not in there):
                what = f"there is no {kind} {name!r} any longer; take the line out, or record the review anew"
                yield Finding(review.place, ("review", review.place.index, key, name), what)


def lost_rate(contents: Contents) -> Iterator[Finding]:
    """Give a quantity the `period` of the rate in the statement: a year, a month, a week, a day, each."""
    for fact, key, quantity in _quantities(contents):
        stated = [each.rate for each in figures_in_context(fact.statement) if each.figure.key == key_of(quantity)]
        periods = [PERIOD_OF_RATE.get(rate, quantity.period) for rate in stated if rate]
        given = {each.period for each in fact.quantities if key_of(each) == key_of(quantity)}
        if periods and given.isdisjoint(periods):
            what = f'the statement has it {PERIOD_WORDS[periods[0]]}; write period = "{periods[0]}"'
            yield _of_fact(fact, what, *key, "period")


RULES: Sequence[tuple[str, Callable[[Contents], Iterator[Finding]]]] = (
    ("T401", uncited_passage),
    ("T402", lost_qualifier),
    ("T403", not_one_sentence),
    ("T404", idle_alias),
    ("T405", misplaced_fact),
    ("T406", unstated_quantity),
    ("T407", unstated_unit),
    ("T408", unstated_plan),
    ("T409", unstated_year),
    ("T410", undecided_difference),
    ("T411", unexplained_error),
    ("T412", long_statement),
    ("T413", undated_state),
    ("T414", worn_opening),
    ("T415", surplus_alias),
    ("T416", needless_as_of),
    ("T417", near_twin),
    ("T418", passage_quoted_whole),
    ("T419", source_quoted_over_half),
    ("T420", misnamed_currency),
    ("T421", unreviewed_draft),
    ("T422", lost_rate),
    ("T423", gone_from_review),
)


def lint_codes() -> dict[str, str]:
    """Return the codes of lint with what each asks for, in order: T1xx to T3xx of reading, T4xx of the rules."""
    return {**CODES, **{code: (rule.__doc__ or "").strip() for code, rule in RULES}}


def codes() -> dict[str, str]:
    """Return every code with its meaning, in order: those of lint, and V of `verify`."""
    return {**lint_codes(), **verify.CODES}


def lint(sets: Sequence[Folders], chosen: Chosen = EVERY, *, changed: Mapping[str, str] | None = None) -> list[Problem]:
    """Return the problems of the data, sorted: those of reading, or if there are none, the violations of `RULES`.

    `changed` are texts by the labels of files, to be read in the place of these.
    """
    try:
        return sorted(problem for problem, _ in violations(*read_files(sets, changed=changed or {}), chosen))
    except DataError as error:
        return list(error.problems)


def violations(
    contents: Contents, files: Mapping[str, TomlFile], chosen: Chosen = EVERY
) -> Iterator[tuple[Problem, Finding]]:
    """Yield each violation of the wanted rules, as a problem with its line and level, and as it was found."""
    for code, rule in RULES:
        for finding in rule(contents) if chosen.takes(code) else ():
            file = files[finding.place.file]
            yield (
                Problem(
                    file=file.label,
                    line=file.line_of(finding.path),
                    path=shown(finding.path),
                    code=code,
                    what=finding.what,
                    level="to-do" if code in TO_DOS and not file.trusted else "error",
                ),
                finding,
            )


def _of_fact(fact: Fact, what: str, *key: str | int, better: Mapping[str, object] | None = None) -> Finding:
    return Finding(fact.place, ("fact", fact.place.index, *key), what, better)


def _some(ids: Iterable[str]) -> str:
    """Return the last of some ids: those of a pack come after the shipped ones."""
    return ", ".join(list(dict.fromkeys(ids))[-SHOWN_IDS:])


def _quantities(contents: Contents) -> Iterator[tuple[Fact, KeyPath, Quantity]]:
    """Yield each quantity with its fact and its key in the fact."""
    for fact in _valid(contents):
        for n, quantity in enumerate(fact.quantities):
            yield fact, ("quantities", n), quantity


def _valid(contents: Contents) -> list[Fact]:
    """Return the facts that were not withdrawn."""
    return [fact for fact in contents.facts if not fact.withdrawn]


def _padded(text: str) -> str:
    """Return the folded words of a text with spaces around each, so that a search finds whole words only."""
    return f" {' '.join(tokens(text))} "
