"""Citations: a fact, one of its sources, the cited passages with their quotes; and the English text of each part.

The other modules of `cite` write them in the formats of `cite.styles`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Erratum, Fact, Source, known_error
from tajsec.text.dates import Edtf
from tajsec.text.urls import at_words, is_web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The passages of one source that are cited for one fact."""

    key: str
    """The entry's key in a bibliography."""
    fact: Fact
    source: Source
    cites: tuple[Cite, ...]
    errata: tuple[Erratum, ...] = ()
    """The declared errors in the quotes of the fact, from all its sources."""

    @property
    def claim(self) -> str:
        """The statement with what limits it, see the function `claim`."""
        return claim(self.fact, self.errata)


def citations(store: Store, facts: Sequence[Fact]) -> list[Citation]:
    """Return the citations of the facts, in order; the second source of a fact has the key `<fact id>.2`."""
    return [
        Citation(
            key=fact.id if n == 1 else f"{fact.id}.{n}",
            fact=fact,
            source=store.source(source),
            cites=tuple(cite for cite in fact.cites if cite.source == source),
            errata=_errata(store, fact),
        )
        for fact in facts
        for n, source in enumerate(fact.sources, 1)
    ]


def _errata(store: Store, fact: Fact) -> tuple[Erratum, ...]:
    found = (store.source(cite.source).erratum_in(cite.passage, cite.quote) for cite in fact.cites)
    return tuple(each for each in found if each)


def by_fact(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Return the citations grouped by fact, in order."""
    return [list(group) for _, group in groupby(citations, lambda each: each.fact.id)]


def claim(fact: Fact, errata: Iterable[Erratum]) -> str:
    """Return the statement, and in brackets its limits: why it was withdrawn, status, as-of date, what is wrong.

    `errata` are the declared errors in the quotes of the fact.
    """
    limits = [f"withdrawn: {fact.withdrawn.rstrip('.')}"] if fact.withdrawn else []
    if fact.status in ("planned", "stated"):
        limits.append(fact.status)
    if fact.as_of:
        limits.append(fact.as_of.as_of)
    if wrong := known_error(fact.rank, (each.right for each in errata), fact.notes):
        limits.append(wrong)
    return f"{fact.statement.rstrip('.')} ({', '.join(limits)})." if limits else fact.statement


def reference(source: Source) -> str:
    """Return the bibliographic reference of a source as one line of text."""
    container = source.container_title or source.publisher
    parts = [
        ", ".join(authors(source)),
        f"“{source.title}”",
        *([container] if container not in source.author else []),
        dating(source),
        source.url,
        *([f"archived at {source.archive_url}"] if source.archive_url else []),
        *([f"accessed {source.accessed.words}"] if source.accessed else []),
    ]
    return ", ".join(parts)


def dating(source: Source) -> str:
    """Return the dates of a source as precisely as they are known: `n.d.`, `about March 2013, updated 2015`."""
    known = [source.issued.words] if source.issued else []
    known += [f"updated {source.updated.words}"] if source.updated else []
    return ", ".join(known) or "n.d."


def version_date(source: Source) -> Edtf | None:
    """Return the date of the version that was read: when it was issued, or if that is not known, updated."""
    return source.issued or source.updated


def is_dated_by_update(source: Source) -> bool:
    """True if `version_date` is that of the last update; a citation has to say so."""
    return source.issued is None and source.updated is not None


def is_sure(date: Edtf) -> bool:
    """True if a date is neither approximate, nor uncertain, nor open at an end."""
    return all(end and not end.approximate and not end.uncertain for end in (date.start, date.end))


def authors(source: Source) -> tuple[str, ...]:
    """Return the authors, or the publisher of a source without authors."""
    return source.author or (source.publisher,)


def own_publisher(source: Source) -> str:
    """Return the publisher, or "" if it is an author or the container too."""
    return "" if source.publisher in (*source.author, source.container_title) else source.publisher


def quoted_words(citation: Citation) -> str:
    """Return each passage with its quote: `passage 8 (Highlights): “4,862 radios”; ...`."""
    source = citation.source
    return "; ".join(f"{_locator(source, cite)}: “{cite.quote}”{correction(source, cite)}" for cite in citation.cites)


def _locator(source: Source, cite: Cite) -> str:
    section = source.passages[cite.passage - 1].section
    return f"passage {cite.passage}" + (f" ({section})" if section else "")


def correction(source: Source, cite: Cite) -> str:
    """Return the correction to put after a quote with a known error of its source, and its evidence; else ""."""
    erratum = source.erratum_in(cite.passage, cite.quote)
    return f" [sic; {erratum.right.rstrip('.')} ({erratum.evidence})]" if erratum else ""


def whereabouts(citation: Citation) -> str:
    """Return the cited passages by section, to be put between brackets: `“Highlights” section, passage 8`."""
    by_section: dict[str | None, set[int]] = {}
    for cite in citation.cites:
        by_section.setdefault(citation.source.passages[cite.passage - 1].section, set()).add(cite.passage)
    return ", ".join(
        (f"“{section}” section, " if section else "") + _passages(sorted(numbers))
        for section, numbers in by_section.items()
    )


def _passages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"passage {numbers[0]}"
    return f"passages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def address(source: Source, cite: Cite, *, archived: bool = False) -> str:
    """Return the address of the source's page, or of its archived copy, with a fragment that leads to the quote.

    The address is checked again here, because it is passed to another program. Raises UsageError if the record has no
    archived copy, or no http or https address.
    """
    page = source.archive_url if archived else source.url
    if not page:
        raise UsageError(f"{source.id} has no archived copy on record; leave --archived out")
    if not is_web_address(page):
        raise UsageError(f"{source.id} has no http or https address")
    return at_words(page, cite.quote)
