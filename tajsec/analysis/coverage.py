"""Coverage: the share of each document's claims that facts cite, and the number of facts by topic, year and source."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Passage, Source
from tajsec.model.selection import Selection


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


class Coverage(NamedTuple):
    """The coverage of each source, and the counts of facts."""

    sources: Sequence[SourceCoverage]
    cells: Sequence[Cell]


def coverage(store: Store, selection: Selection) -> Coverage:
    """Count the cited passages of each source, and the facts by topic, year and source.

    `selection` limits the sources that are listed and the facts that are counted by topic; a passage is cited if any
    fact of the store cites it.
    """
    every = store.facts()
    cited = {(cite.source, cite.passage) for fact in every for cite in fact.cites}
    per_source = Counter(source for fact in every for source in fact.sources)
    cells = Counter(
        (topic, fact.time.anchor.year, source)
        for fact in store.facts(selection)
        for topic in fact.topics
        for source in fact.sources
    )
    return Coverage(
        sources=[_of_source(source, cited, per_source[source.id]) for source in selected_sources(store, selection)],
        cells=[Cell(*key, facts) for key, facts in sorted(cells.items())],
    )


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
