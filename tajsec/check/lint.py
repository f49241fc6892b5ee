"""The rules that a store is held to beyond being readable: a table of codes, each with a small function.

A rule's docstring says what it asks for. The codes of `read` (T1xx to T3xx) stand before these (T4xx).
"""

from collections.abc import Callable, Iterator, Sequence

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
"""Where the record stands, the key path in the file, what is wrong and what to do."""


def uncited_passage(contents: Contents) -> Iterator[Finding]:
    """Cite every passage that makes a claim."""
    cited = {(cite.source, cite.passage) for fact in _standing(contents) for cite in fact.cites}
    for source in contents.sources.values():
        for passage in source.passages:
            if passage.role in CITABLE_ROLES and (source.id, passage.n) not in cited:
                what = "no fact cites this passage; write its facts, or mend its role"
                yield source.place, f"passage[{passage.n - 1}]", what


def lost_qualifier(contents: Contents) -> Iterator[Finding]:
    """Keep in the statement that a quantity is over, about, nearly or up to a value."""
    for fact, n, quantity in _quantities(contents):
        said = {figure.qualifier for figure in figures(fact.statement) if figure.key == key_of(quantity)}
        if said and quantity.qualifier not in said:
            what = f"{quantity.qualifier!r} is lost in the statement; write it there, right before the figure"
            yield fact.place, f"fact[{fact.place.index}].quantities[{n}].qualifier", what


def many_sentences(contents: Contents) -> Iterator[Finding]:
    """Write a statement as one sentence with a full stop."""
    for fact in _standing(contents):
        if not fact.statement.endswith((".", ".”", '."')) or "\n" in fact.statement:
            yield fact.place, f"fact[{fact.place.index}].statement", "does not end with a full stop; write one sentence"


def idle_alias(contents: Contents) -> Iterator[Finding]:
    """Leave out an alias whose words stand in the statement already."""
    for fact in _standing(contents):
        statement = _padded(fact.statement)
        for n, alias in enumerate(fact.aliases):
            if _padded(alias) in statement:
                what = f"{alias!r} stands in the statement; take it out"
                yield fact.place, f"fact[{fact.place.index}].aliases[{n}]", what


def misplaced_fact(contents: Contents) -> Iterator[Finding]:
    """Put a fact into the file of its first topic, if its file has the name of a topic."""
    topics = contents.vocabulary.of("topic")
    for fact in contents.facts:
        stem = fact.place.file.rpartition("/")[2].removesuffix(".toml")
        if stem in topics and stem != fact.topics[0]:
            what = f"stands in the file of {stem!r}; move it to {fact.topics[0]}.toml"
            yield fact.place, f"fact[{fact.place.index}].topics", what


def unstated_quantity(contents: Contents) -> Iterator[Finding]:
    """Say in the statement every figure that is among the quantities."""
    for fact, n, quantity in _quantities(contents):
        if key_of(quantity) not in {figure.key for figure in figures(fact.statement)}:
            what = f"{described(key_of(quantity))} is not in the statement; write it there, or take the quantity out"
            yield fact.place, f"fact[{fact.place.index}].quantities[{n}].value", what


def unstated_unit(contents: Contents) -> Iterator[Finding]:
    """Name in the statement what is counted, behind the figure; `derived` may say why it is not named."""
    units = contents.vocabulary.of("unit")
    for fact, n, quantity in _quantities(contents):
        value, currency = key_of(quantity)
        is_said = any(figure.key == (value, currency) for figure in figures(fact.statement))
        if is_said and not currency and quantity.unit not in fact.derived:
            names = units[quantity.unit].names
            if not unit_follows(fact.statement, value, names):
                known = " or ".join(names[1:])
                what = f"no name of {quantity.unit!r} stands behind {described((value, ''))}; write {known}"
                yield fact.place, f"fact[{fact.place.index}].quantities[{n}].unit", what


def unstated_plan(contents: Contents) -> Iterator[Finding]:
    """Say in the statement of what is planned that it is."""
    for fact in _standing(contents):
        if fact.status == "planned" and not states_plan(fact.statement):
            what = "is planned, and the statement does not say so; write planned, will, is to or the like"
            yield fact.place, f"fact[{fact.place.index}].status", what


def unstated_year(contents: Contents) -> Iterator[Finding]:
    """Let a statement that names years name those of `when`; `derived` may say why it does not."""
    for fact in _standing(contents):
        said = _years(fact.statement)
        excused = {year for text in fact.derived for year, _ in _years(text)}
        for end in dict.fromkeys((fact.when.start, fact.when.end)) if fact.when else ():
            years = {year for year, month in said if month == end.month} if end else set()
            years = years or {year for year, _ in said}
            if end and years and end.year not in years | excused:
                what = f"{end.year} is not in the statement, which names {min(years)}; mend one of the two"
                yield fact.place, f"fact[{fact.place.index}].when", what


def _years(text: str) -> set[tuple[int, int | None]]:
    """Give the years that a text names, each with the month that stands before it, if one does."""
    found = figures(text)
    months = {figure.end + 1: int(figure.value) for figure in found if figure.unit == MONTH}
    years = (figure for figure in found if figure.unit == "" and 1000 <= figure.value < 3000)
    return {(int(figure.value), months.get(figure.start)) for figure in years}


def undecided_dispute(contents: Contents) -> Iterator[Finding]:
    """Say of two facts that differ which one a careful analyst would cite."""
    for fact in _standing(contents):
        for n, relation in enumerate(fact.relations):
            if relation.kind in DIFFERENCES and relation.prefer is None:
                what = f"the two differ ({relation.kind}); name the id to cite"
                yield fact.place, f"fact[{fact.place.index}].relations[{n}].prefer", what


RULES: Sequence[tuple[str, Callable[[Contents], Iterator[Finding]]]] = (
    ("T401", uncited_passage),
    ("T402", lost_qualifier),
    ("T403", many_sentences),
    ("T404", idle_alias),
    ("T405", misplaced_fact),
    ("T406", unstated_quantity),
    ("T407", unstated_unit),
    ("T408", unstated_plan),
    ("T409", unstated_year),
    ("T410", undecided_dispute),
)


def codes() -> dict[str, str]:
    """Return every code of a problem with what it asks for, in order: those of the reader, and those of the rules."""
    return {**CODES, **{code: (rule.__doc__ or "").strip() for code, rule in RULES}}


def lint(sets: Sequence[Folders]) -> list[Problem]:
    """Give every problem of the data, sorted: those of reading, or if it can be read, those of the rules."""
    try:
        contents = read(sets)
    except DataError as error:
        return list(error.problems)
    found = ((code, finding) for code, rule in RULES for finding in rule(contents))
    return sorted(
        Problem(file=place.file, line=place.line, path=path, code=code, what=what)
        for code, (place, path, what) in found
    )


def _quantities(contents: Contents) -> Iterator[tuple[Fact, int, Quantity]]:
    for fact in _standing(contents):
        for n, quantity in enumerate(fact.quantities):
            yield fact, n, quantity


def _standing(contents: Contents) -> list[Fact]:
    return [fact for fact in contents.facts if not fact.withdrawn]


def _padded(text: str) -> str:
    """Give the folded words of a text with a space around each, so that whole words are found in it."""
    return f" {' '.join(tokens(text))} "
