"""The rules for data that could be read (codes T4xx): one function a rule, which yields the violations.

The docstring of a rule is its text in docs/reference/rules.md. The codes T1xx to T3xx are in `data.codes`. To add
a rule: a function, its row in `RULES`, and data that breaks it in tests/check/test_lint.py.
"""

from collections.abc import Callable, Iterator, Sequence

from tajsec.check import codes as verify
from tajsec.check.figures_match import key_of, states_plan, unit_follows
from tajsec.data.codes import CODES
from tajsec.data.folders import Folders
from tajsec.data.read import read
from tajsec.errors import DataError, Problem
from tajsec.model.kinds import CITABLE_ROLES, DIFFERENCES
from tajsec.model.place import Place
from tajsec.model.records import Contents, Fact, Quantity
from tajsec.text.figures import MONTH, described, figures
from tajsec.text.words import tokens

Finding = tuple[Place, str, str]
"""The place of the record, the path of the key in its file, and the message: the mistake and its correction."""


def uncited_passage(contents: Contents) -> Iterator[Finding]:
    """Cite every passage that makes a claim."""
    cited = {(cite.source, cite.passage) for fact in _valid(contents) for cite in fact.cites}
    for source in contents.sources.values():
        for passage in source.passages:
            if passage.role in CITABLE_ROLES and (source.id, passage.n) not in cited:
                what = "no fact cites this passage; write its facts, or mend its role"
                yield source.place, f"passage[{passage.n - 1}]", what


def lost_qualifier(contents: Contents) -> Iterator[Finding]:
    """Keep the qualifier of each quantity (over, about, nearly, up to) in the statement."""
    for fact, key, quantity in _quantities(contents):
        qualifiers = {figure.qualifier for figure in figures(fact.statement) if figure.key == key_of(quantity)}
        if qualifiers and quantity.qualifier not in qualifiers:
            what = f"{quantity.qualifier!r} is lost in the statement; write it there, right before the figure"
            yield _of_fact(fact, f"{key}.qualifier", what)


def not_one_sentence(contents: Contents) -> Iterator[Finding]:
    """Write each statement as one sentence with a full stop."""
    for fact in _valid(contents):
        if not fact.statement.endswith((".", ".”", '."')) or "\n" in fact.statement:
            yield _of_fact(fact, "statement", "does not end with a full stop; write one sentence")


def idle_alias(contents: Contents) -> Iterator[Finding]:
    """Leave out an alias whose words are in the statement already."""
    for fact in _valid(contents):
        statement = _padded(fact.statement)
        for n, alias in enumerate(fact.aliases):
            if _padded(alias) in statement:
                yield _of_fact(fact, f"aliases[{n}]", f"{alias!r} stands in the statement; take it out")


def misplaced_fact(contents: Contents) -> Iterator[Finding]:
    """Write a fact in the file of its first topic, if its file is named after a topic."""
    topics = contents.vocabulary.of("topic")
    for fact in contents.facts:
        stem = fact.place.file.rpartition("/")[2].removesuffix(".toml")
        if stem in topics and stem != fact.topics[0]:
            yield _of_fact(fact, "topics", f"stands in the file of {stem!r}; move it to {fact.topics[0]}.toml")


def unstated_quantity(contents: Contents) -> Iterator[Finding]:
    """Write every figure of the quantities in the statement too."""
    for fact, key, quantity in _quantities(contents):
        if key_of(quantity) not in {figure.key for figure in figures(fact.statement)}:
            what = f"{described(key_of(quantity))} is not in the statement; write it there, or take the quantity out"
            yield _of_fact(fact, f"{key}.value", what)


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
                yield _of_fact(fact, f"{key}.unit", what)


def unstated_plan(contents: Contents) -> Iterator[Finding]:
    """Write in the statement of a planned fact that it is planned."""
    for fact in _valid(contents):
        if fact.status == "planned" and not states_plan(fact.statement):
            what = "is planned, and the statement does not say so; write planned, will, is to or the like"
            yield _of_fact(fact, "status", what)


def unstated_year(contents: Contents) -> Iterator[Finding]:
    """If a statement names years, name those of `when`; `derived` may say why it does not."""
    for fact in _valid(contents):
        named = _years(fact.statement)
        excused = {year for text in fact.derived for year, _ in _years(text)}
        for moment in fact.when.moments if fact.when else ():
            years = {year for year, month in named if month == moment.month} or {year for year, _ in named}
            if years and moment.year not in years | excused:
                what = f"{moment.year} is not in the statement, which names {min(years)}; mend one of the two"
                yield _of_fact(fact, "when", what)


def _years(text: str) -> set[tuple[int, int | None]]:
    """Return the years that a text names, each with the month right before it, or None."""
    found = figures(text)
    months = {figure.end + 1: int(figure.value) for figure in found if figure.unit == MONTH}
    years = (figure for figure in found if figure.unit == "" and 1000 <= figure.value < 3000)
    return {(int(figure.value), months.get(figure.start)) for figure in years}


def undecided_difference(contents: Contents) -> Iterator[Finding]:
    """Name in `prefer` which of two facts that differ is to be cited."""
    for fact in _valid(contents):
        for n, relation in enumerate(fact.relations):
            if relation.kind in DIFFERENCES and relation.prefer is None:
                what = f"the two differ ({relation.kind}); name the id to cite"
                yield _of_fact(fact, f"relations[{n}].prefer", what)


def unexplained_error(contents: Contents) -> Iterator[Finding]:
    """Say in `notes` what is wrong with a deprecated fact, or quote words with a declared error of the source."""
    for fact in _valid(contents):
        errata = [contents.sources[cite.source].erratum_in(cite.passage, cite.quote) for cite in fact.cites]
        if fact.rank == "deprecated" and not fact.notes and not any(errata):
            what = "deprecated, and neither notes nor an erratum of its source tell what is wrong; write notes"
            yield _of_fact(fact, "rank", what)


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
)


def codes() -> dict[str, str]:
    """Return every code with its meaning, in order: T1xx to T3xx of reading, T4xx of the rules, V of `verify`."""
    return {**CODES, **{code: (rule.__doc__ or "").strip() for code, rule in RULES}, **verify.CODES}


def lint(sets: Sequence[Folders]) -> list[Problem]:
    """Return the problems of the data, sorted: those of reading, or if there are none, the violations of `RULES`."""
    try:
        contents = read(sets)
    except DataError as error:
        return list(error.problems)
    return sorted(
        Problem(file=place.file, line=place.line, path=path, code=code, what=what)
        for code, rule in RULES
        for place, path, what in rule(contents)
    )


def _of_fact(fact: Fact, key: str, what: str) -> Finding:
    return fact.place, f"fact[{fact.place.index}].{key}", what


def _quantities(contents: Contents) -> Iterator[tuple[Fact, str, Quantity]]:
    """Yield each quantity with its fact and its key in the fact."""
    for fact in _valid(contents):
        for n, quantity in enumerate(fact.quantities):
            yield fact, f"quantities[{n}]", quantity


def _valid(contents: Contents) -> list[Fact]:
    """Return the facts that were not withdrawn."""
    return [fact for fact in contents.facts if not fact.withdrawn]


def _padded(text: str) -> str:
    """Return the folded words of a text with spaces around each, so that a search finds whole words only."""
    return f" {' '.join(tokens(text))} "
