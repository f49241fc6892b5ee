"""The store checked against itself: every id that a record names exists."""

from collections.abc import Iterable, Iterator, Mapping, Set

from tajsec.data.toml import KeyPath
from tajsec.model.kinds import TERM_KINDS, Place, TermKind
from tajsec.model.records import Contents, Fact, Review, Source
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.spelling import near_names

Broken = tuple[str, Place, KeyPath, str, str]
"""The kind of record that is missing, where it is named (place and key path), code, what is wrong."""


_HOMES: Mapping[str, str] = {
    "actor": "facts/vocabulary/actors.toml",
    "person": "facts/vocabulary/people.toml",
    "topic": "facts/vocabulary/topics.toml",
    "place": "facts/vocabulary/places.toml",
    "unit": "facts/vocabulary/units.toml",
    "source": "seeds/",
}


def broken_references(contents: Contents) -> Iterator[Broken]:
    """Every id that is named and does not exist."""
    ids = {fact.id for fact in contents.facts}
    for fact in contents.facts:
        yield from _terms_of(fact, contents.vocabulary)
        yield from _cites_of(fact, contents.sources)
        yield from _relations_of(fact, ids)
    yield from _origins(contents.sources)
    yield from _errata(contents.sources)
    for review in contents.reviews:
        yield from _facts_of(review, ids)
        yield from _texts_of(review, contents.sources)
    yield from _wholes(contents.vocabulary)


def root(kind: str, place: Place) -> KeyPath:
    """Give the key path of a record: a source is a file of its own, any other record one table of its kind."""
    return () if kind == "source" else (kind, place.index)


def _terms_of(fact: Fact, vocabulary: Vocabulary) -> Iterator[Broken]:
    named: tuple[tuple[str, TermKind, Iterable[str]], ...] = (
        ("actors", "actor", fact.actors),
        ("topics", "topic", fact.topics),
        ("places", "place", fact.places),
        ("people", "person", fact.people),
        ("quantities", "unit", (each.unit for each in fact.quantities)),
    )
    for key, kind, terms in named:
        known = vocabulary.of(kind)
        for n, term in enumerate(terms):
            if term not in known:
                path = (*root("fact", fact.place), key, n, *(["unit"] if kind == "unit" else []))
                yield kind, fact.place, path, "T303", _unknown(kind, term, known)


def _cites_of(fact: Fact, sources: Mapping[str, Source]) -> Iterator[Broken]:
    for n, cite in enumerate(fact.cites):
        source = sources.get(cite.source)
        if source is None:
            path = (*root("fact", fact.place), "cites", n, "source")
            yield "source", fact.place, path, "T301", _unknown("source", cite.source, sources)
        elif source.passages and not 1 <= cite.passage <= len(source.passages):
            path = (*root("fact", fact.place), "cites", n, "passage")
            what = f"{cite.source} has no passage {cite.passage}; it has 1 to {len(source.passages)}"
            yield "source", fact.place, path, "T302", what


def _relations_of(fact: Fact, ids: Set[str]) -> Iterator[Broken]:
    for n, relation in enumerate(fact.relations):
        path = (*root("fact", fact.place), "relations", n)
        if relation.to not in ids:
            yield "fact", fact.place, (*path, "to"), "T304", _unknown("fact", relation.to, ids)
        elif relation.to == fact.id:
            what = "a fact has no relation to itself; name the other one"
            yield "", fact.place, (*path, "to"), "T304", what
        elif relation.prefer not in (None, fact.id, relation.to):
            what = f"{relation.prefer!r} is neither of the two facts; name one of them"
            yield "", fact.place, (*path, "prefer"), "T304", what


def _origins(sources: Mapping[str, Source]) -> Iterator[Broken]:
    for source in sources.values():
        if source.derived_from == source.id:
            what = "a source is not derived from itself; leave the key out"
            yield "", source.place, ("derived_from",), "T301", what
        elif source.derived_from is not None and source.derived_from not in sources:
            yield "source", source.place, ("derived_from",), "T301", _unknown("source", source.derived_from, sources)


def _errata(sources: Mapping[str, Source]) -> Iterator[Broken]:
    for source in sources.values():
        for n, erratum in enumerate(source.errata):
            if not 1 <= erratum.passage <= len(source.passages):
                what = f"there is no passage {erratum.passage}; there are 1 to {len(source.passages)}"
                yield "", source.place, ("erratum", n, "passage"), "T302", what


def _facts_of(review: Review, ids: Set[str]) -> Iterator[Broken]:
    for fact in review.facts:
        if fact not in ids:
            path = (*root("review", review.place), "facts", fact)
            yield "fact", review.place, path, "T304", _unknown("fact", fact, ids)


def _texts_of(review: Review, sources: Mapping[str, Source]) -> Iterator[Broken]:
    for source in review.texts:
        if source not in sources:
            path = (*root("review", review.place), "texts", source)
            yield "source", review.place, path, "T301", _unknown("source", source, sources)


def _wholes(vocabulary: Vocabulary) -> Iterator[Broken]:
    for kind in TERM_KINDS:
        known = vocabulary.of(kind)
        for term in known.values():
            if term.part_of is not None and term.part_of not in known:
                what = _unknown(kind, term.part_of, known)
                yield kind, term.place, (*root(kind, term.place), "part_of"), "T303", what


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = near_names(name, known)
    if near:
        return f"unknown {kind} {name!r}; did you mean {' or '.join(near)}?"
    return f"unknown {kind} {name!r}; add it to {_HOMES[kind]}" if kind in _HOMES else f"unknown {kind} {name!r}"
