"""The passages that no fact cites yet, and the figures and dates in them, as far as their words are at hand."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tajsec.analysis.coverage import selected_sources
from tajsec.model.kinds import CITABLE_ROLES
from tajsec.model.protocol import Store
from tajsec.model.records import Passage, Source
from tajsec.model.selection import Selection
from tajsec.search.typed_dates import TypedDate, find_dates
from tajsec.text.figures import TIME_UNITS, Figure, figures, plain_text

OPENING_WORDS = 12
"""Words of a passage that are shown, as many as a quote may have: enough to find the passage in its document."""


class UncitedPassage(NamedTuple):
    """A passage with claims that no fact cites; `found` is None if its words are not at hand."""

    source: Source
    passage: Passage
    found: "Found | None"

    @property
    def usefulness(self) -> int:
        """The number of figures and dates, as far as known."""
        return len(self.found.figures) + len(self.found.dates) if self.found else 0


class Found(NamedTuple):
    """What the words of a passage hold."""

    opening: str
    figures: tuple[str, ...]
    """Each with its qualifier and currency: `about 7,000`."""
    dates: tuple[str, ...]


def uncited_passages(
    store: Store, selection: Selection, lines: Mapping[str, Mapping[str, str]]
) -> list[UncitedPassage]:
    """Return the passages that no fact of the store cites, those with most figures and dates first, then the longest.

    `selection` limits the sources: by their ids, and to those that its packs hold or cite. `lines` has the known
    passages of each source by their digests. One whose words are known and hold neither figure nor date is left out.
    """
    cited = {(cite.source, cite.passage) for fact in store.facts() for cite in fact.cites}
    found = [
        UncitedPassage(source, passage, _found(lines.get(source.id, {}).get(passage.sha256)))
        for source in selected_sources(store, selection)
        for passage in source.passages
        if passage.role in CITABLE_ROLES and (source.id, passage.n) not in cited
    ]
    useful = (each for each in found if each.found is None or each.usefulness)
    return sorted(useful, key=lambda each: (-each.usefulness, -each.passage.words, each.source.id, each.passage.n))


def _found(text: str | None) -> Found | None:
    """Return what the words of a passage hold, or None if they are not known."""
    if text is None:
        return None
    plain = plain_text(text)
    shown = text if len(text) == len(plain) else plain  # folding keeps the length of nearly all texts
    dates = [each for each in find_dates(plain) if _is_dated(each)]
    counts = (each for each in figures(text) if each.is_claim and each.unit not in TIME_UNITS)
    words = text.split()
    return Found(
        opening=" ".join(words[:OPENING_WORDS]) + ("…" if len(words) > OPENING_WORDS else ""),
        figures=tuple(_shown(each) for each in counts if not _is_in(each, dates)),
        dates=tuple(dict.fromkeys(shown[each.start : each.end] for each in dates)),
    )


def _is_dated(date: TypedDate) -> bool:
    """True unless it is the name of a month alone, which may be another word: may, march."""
    return date.month is None


def _is_in(figure: Figure, dates: Iterable[TypedDate]) -> bool:
    return any(date.start < figure.end and figure.start < date.end for date in dates)


def _shown(figure: Figure) -> str:
    qualifier = "" if figure.qualifier == "exact" else f"{figure.qualifier} "
    return f"{qualifier}{figure}"
