"""Checks the references between records: every id that a record names must exist."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from tajsec.data.folders import Folders
from tajsec.data.toml_lines import KeyPath
from tajsec.model.kinds import DIFFERENCES, TERM_KINDS, TermKind
from tajsec.model.place import Place
from tajsec.model.records import Contents, Fact, Review, Source
from tajsec.model.vocabulary import Term
from tajsec.text.spelling import near_names

Broken = tuple[str | None, Place, KeyPath, str, str]
"""The kind of the missing record (None if none is missing), place and key path of the reference, code, message."""

Where = Callable[[str, Place], str]
"""Where to add a missing record: of its kind, beside the record at the place."""

_FILES: dict[str, str] = {
    "actor": "actors.toml",
    "person": "people.toml",
    "topic": "topics.toml",
    "place": "places.toml",
    "unit": "units.toml",
}
"""The file of the vocabulary for terms of a kind."""
NAMES_FILE = "names.toml"
"""The file of the vocabulary of a new pack, for terms of every kind."""
_SHOWN_UNITS = 30
"""Ids of units that a message lists: with these it is shorter than a line on stderr may be."""


def home(kind: str, folders: Folders) -> str:
    """Return the file or folder of a set of data in which a record of a kind is to be added; "" for a fact."""
    if kind == "source":
        return f"{folders.seeds_label}/"
    if kind not in _FILES:
        return ""
    vocabulary = folders.facts / "vocabulary"
    there = (name for name in (_FILES[kind], NAMES_FILE) if (vocabulary / name).is_file())
    return f"{folders.facts_label}/vocabulary/{next(there, _FILES[kind])}"


def broken_references(contents: Contents, where: Where) -> Iterator[Broken]:
    """Yield references to records or passages that do not exist, and forbidden ones, such as a fact's to itself."""
    ids = {fact.id for fact in contents.facts}
    for fact in contents.facts:
        yield from _of_fact(fact, contents, ids, where)
    for source in contents.sources.values():
        yield from _of_source(source, contents.sources, where)
    for review in contents.reviews:
        yield from _of_review(review, contents.sources, ids, where)
    for kind in TERM_KINDS:
        terms = contents.vocabulary.of(kind)
        for term in terms.values():
            yield from _of_term(term, terms, where)


def named_terms(fact: Fact) -> set[tuple[TermKind, str]]:
    """Return the terms that a fact names, as pairs of kind and id."""
    named: dict[TermKind, Iterable[str]] = {
        "actor": fact.actors,
        "topic": fact.topics,
        "place": fact.places,
        "person": fact.people,
        "unit": (each.unit for each in fact.quantities),
    }
    return {(kind, name) for kind, names in named.items() for name in names}


def is_of_gone(path: KeyPath) -> bool:
    """True for the key path of a broken reference from a review: what it names was removed since.

    In a pack this stops nobody: the review counts for the other facts, and lint has a to-do (T423).
    """
    return path[:1] == ("review",)


def root(kind: str, place: Place) -> KeyPath:
    """Return the key path of a record: empty for a source, which has a file of its own."""
    return () if kind == "source" else (kind, place.index)


def _missing(
    kind: str,
    place: Place,
    names: Iterable[tuple[KeyPath, str | None]],
    existing: Collection[str],
    where: Where,
) -> Iterator[Broken]:
    """Yield each of the names, given with their key paths, that is not among the existing ids; None is skipped."""
    code = {"source": "T301", "fact": "T304"}.get(kind, "T303")
    for path, name in names:
        if name is not None and name not in existing:
            advice = (_unit_advice if path[-1] == "unit" else _advice)(name, existing, where(kind, place))
            yield kind, place, path, code, f"unknown {kind} {name!r}{advice}"


def _advice(name: str, existing: Collection[str], file: str) -> str:
    if near := near_names(name, existing):
        return f"; did you mean {' or '.join(near)}?"
    return f"; add it to {file}" if file else ""


def _unit_advice(name: str, existing: Collection[str], file: str) -> str:
    """Return what to write for an unknown unit: the code of the currency that it names, or a known id."""
    from tajsec.text.figures import unit_id, unit_named

    if right := unit_id(unit_named(name)):
        if right == name:
            return f'; add [[unit]] with id = "{name}" and a name to {file}'
        added = "" if right in existing else f", and add it to {file}"
        return f'; write unit = "{right}"{added}'
    if near := near_names(name, existing):
        return f"; did you mean {' or '.join(near)}? if not, add it to {file}"
    shown = [*list(existing)[:_SHOWN_UNITS], *(["..."] if len(existing) > _SHOWN_UNITS else [])]
    return f"; known are {', '.join(shown)}; add it to {file}" if shown else f"; add it to {file}"


def _of_fact(fact: Fact, contents: Contents, ids: Collection[str], where: Where) -> Iterator[Broken]:
    head, terms = root("fact", fact.place), contents.vocabulary.of
    named: tuple[tuple[str, str, Sequence[str], KeyPath, Collection[str]], ...] = (
        ("actor", "actors", fact.actors, (), terms("actor")),
        ("topic", "topics", fact.topics, (), terms("topic")),
        ("place", "places", fact.places, (), terms("place")),
        ("person", "people", fact.people, (), terms("person")),
        ("unit", "quantities", [each.unit for each in fact.quantities], ("unit",), terms("unit")),
        ("source", "cites", [each.source for each in fact.cites], ("source",), contents.sources),
        ("fact", "relations", [each.to for each in fact.relations], ("to",), ids),
    )
    for kind, key, names, rest, existing in named:
        paths = (((*head, key, n, *rest), name) for n, name in enumerate(names))
        yield from _missing(kind, fact.place, paths, existing, where)
    yield from _passages_of(fact, contents)
    yield from _relations_of(fact)


def _passages_of(fact: Fact, contents: Contents) -> Iterator[Broken]:
    for n, cite in enumerate(fact.cites):
        source = contents.sources.get(cite.source)
        if source and source.passages and not 1 <= cite.passage <= len(source.passages):
            path = (*root("fact", fact.place), "cites", n, "passage")
            what = f"{cite.source} has no passage {cite.passage}; it has 1 to {len(source.passages)}"
            yield None, fact.place, path, "T302", what


def _relations_of(fact: Fact) -> Iterator[Broken]:
    for n, relation in enumerate(fact.relations):
        path = (*root("fact", fact.place), "relations", n)
        if relation.to == fact.id:
            what = "a fact has no relation to itself; name the other one"
            yield None, fact.place, (*path, "to"), "T304", what
        elif relation.prefer and relation.kind not in DIFFERENCES:
            what = f"{relation.kind} is no difference, so neither is preferred; leave prefer out"
            yield None, fact.place, (*path, "prefer"), "T304", what
        elif relation.prefer not in (None, fact.id, relation.to):
            what = f"{relation.prefer!r} is neither of the two facts; name one of them"
            yield None, fact.place, (*path, "prefer"), "T304", what


def _of_source(source: Source, sources: Collection[str], where: Where) -> Iterator[Broken]:
    yield from _missing("source", source.place, [(("derived_from",), source.derived_from)], sources, where)
    if source.derived_from == source.id:
        what = "a source is not derived from itself; leave the key out"
        yield None, source.place, ("derived_from",), "T301", what
    for n, erratum in enumerate(source.errata):
        if not 1 <= erratum.passage <= len(source.passages):
            what = f"there is no passage {erratum.passage}; there are 1 to {len(source.passages)}"
            yield None, source.place, ("erratum", n, "passage"), "T302", what


def _of_review(review: Review, sources: Collection[str], ids: Collection[str], where: Where) -> Iterator[Broken]:
    head = root("review", review.place)
    facts = (((*head, "facts", each), each) for each in review.facts)
    yield from _missing("fact", review.place, facts, ids, where)
    named = [(key, each) for key in ("texts", "quoted") for each in getattr(review, key)]
    yield from _missing("source", review.place, (((*head, key, each), each) for key, each in named), sources, where)


def _of_term(term: Term, terms: Collection[str], where: Where) -> Iterator[Broken]:
    path = (*root(term.kind, term.place), "part_of")
    yield from _missing(term.kind, term.place, [(path, term.part_of)], terms, where)
