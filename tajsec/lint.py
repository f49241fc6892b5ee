"""The rules that a store is held to beyond being readable: a table of codes, each with a small function.

A rule's docstring says what it asks for. The codes of `read` (T1xx to T3xx) stand before these (T4xx).
"""

from collections.abc import Callable, Iterator, Sequence

from tajsec.errors import DataError, Problem
from tajsec.model import CITABLE_ROLES, Contents, Fact, Place
from tajsec.read import Folders, read
from tajsec.words import tokens

Finding = tuple[Place, str, str]
"""Where the record stands, the key path in the file, what is wrong and what to do."""

_MARKS = {
    "over": ("over", "more than", "above", "exceed", "at least"),
    "about": ("about", "approximately", "around", "some", "roughly"),
    "nearly": ("nearly", "almost", "close to"),
    "up-to": ("up to", "as many as", "at most"),
}


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
    for fact in _standing(contents):
        statement = _padded(fact.statement)
        for n, quantity in enumerate(fact.quantities):
            marks = _MARKS.get(quantity.qualifier, ())
            if marks and not any(f" {mark}" in statement for mark in marks):
                what = f"{quantity.qualifier!r} is lost in the statement; write it there"
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


RULES: Sequence[tuple[str, Callable[[Contents], Iterator[Finding]]]] = (
    ("T401", uncited_passage),
    ("T402", lost_qualifier),
    ("T403", many_sentences),
    ("T404", idle_alias),
    ("T405", misplaced_fact),
)


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


def _standing(contents: Contents) -> list[Fact]:
    return [fact for fact in contents.facts if not fact.withdrawn]


def _padded(text: str) -> str:
    """Give the folded words of a text with a space around each, so that whole words are found in it."""
    return f" {' '.join(tokens(text))} "
