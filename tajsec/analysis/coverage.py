"""Coverage: the share of each document's claims that facts cite, and how many facts and documents there are of what."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Passage, Source
from tajsec.model.selection import Selection
from tajsec.model.vocabulary import Term


class SourceCoverage(NamedTuple):
    """One document: the number of passages with claims, those that no fact cites, and the number of citing facts."""

    source: Source
    claims: int
    uncited: Sequence[Passage]
    facts: int

    @property
    def cited(self) -> int:
        """The number of passages that make claims and are cited."""
        return self.claims - len(self.uncited)

    @property
    def share(self) -> float:
        """`cited` divided by `claims`, 0 to 1; 1 for a document without claims."""
        return self.cited / self.claims if self.claims else 1.0


class Cell(NamedTuple):
    """The number of facts on a topic that a source dates to a year."""

    topic: str
    year: int
    source: str
    facts: int


class Group(NamedTuple):
    """The number of facts that have a value in common, and of the documents that they cite."""

    by: str
    """What the value is: `topic`, `actor`, `decade`, or `type` or `extent` of the documents."""
    value: str
    facts: int
    sources: int


class Coverage(NamedTuple):
    """The coverage of each source, and the counts of facts."""

    sources: Sequence[SourceCoverage]
    cells: Sequence[Cell]
    groups: Sequence[Group]


def coverage(store: Store, selection: Selection) -> Coverage:
    """Count the cited passages of each source, and the facts by topic, actor, decade, and kind of document.

    `selection` limits the sources that are listed and the facts that are counted; a passage is cited if any fact of
    the store cites it.
    """
    every, selected = store.facts(), store.facts(selection)
    cited = {(cite.source, cite.passage) for fact in every for cite in fact.cites}
    per_source = Counter(source for fact in every for source in fact.sources)
    cells = Counter(
        (topic, fact.time.anchor.year, source) for fact in selected for topic in fact.topics for source in fact.sources
    )
    return Coverage(
        sources=[_of_source(source, cited, per_source[source.id]) for source in selected_sources(store, selection)],
        cells=[Cell(*key, facts) for key, facts in sorted(cells.items())],
        groups=_groups(store, selected),
    )


def _groups(store: Store, facts: Sequence[Fact]) -> list[Group]:
    """Return the groups in order of what they have in common; decades in order of time, others by number of facts."""
    documents = {source.id: source for source in store.sources()}
    actors = store.vocabulary.of("actor")
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for fact in facts:
        own = [
            *(("topic", topic) for topic in fact.topics),
            *(("actor", _whole(actor, actors)) for actor in fact.actors),
            ("decade", f"{fact.time.anchor.year // 10 * 10}s"),
        ]
        for source in map(documents.__getitem__, fact.sources):
            for key in (*own, ("type", source.type), ("extent", source.extent)):
                found[key][0].add(fact.id)
                found[key][1].add(source.id)
    groups = [Group(*key, len(ids), len(sources)) for key, (ids, sources) in found.items()]
    order = ("topic", "actor", "decade", "type", "extent")
    return sorted(groups, key=lambda each: (order.index(each.by), each.by != "decade" and -each.facts, each.value))


def _whole(actor: str, actors: Mapping[str, Term]) -> str:
    """Return the actor that an actor is in the end part of: the country of a ministry."""
    while whole := actors[actor].part_of:
        actor = whole
    return actor


def selected_sources(store: Store, selection: Selection) -> Iterator[Source]:
    """Yield the sources with the ids of a selection, and of these what its packs hold or cite."""
    cited = {each for fact in store.facts(selection) for each in fact.sources} if selection.packs else set[str]()
    for source in store.sources():
        is_of_pack = not selection.packs or source.pack in selection.packs or source.id in cited
        if is_of_pack and (not selection.sources or source.id in selection.sources):
            yield source


def _of_source(source: Source, cited: set[tuple[str, int]], facts: int) -> SourceCoverage:
    claims = source.claim_passages
    uncited = [passage for passage in claims if (source.id, passage.n) not in cited]
    return SourceCoverage(source=source, claims=len(claims), uncited=uncited, facts=facts)
