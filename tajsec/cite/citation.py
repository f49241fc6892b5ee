"""Citations: a fact, one of its sources, the cited passages with their quotes; and the English text of each part.

The other modules of `cite` write them in the formats of `cite.styles`, as entries: one for each citation, or one for
each source with all that is cited of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tajsec.cite.styles import By
from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Erratum, Fact, Source, known_error
from tajsec.text.dates import Edtf
from tajsec.text.identifiers import doi_address
from tajsec.text.urls import at_words, is_web_address

INFERRED = "date inferred"
"""The words for a date that the source does not print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The passages of one source that are cited for one fact."""

    key: str
    """The key of the citation if it is an entry of its own."""
    fact: Fact
    source: Source
    cites: tuple[Cite, ...]
    errata: tuple[Erratum, ...] = ()
    """The declared errors in the quotes of the fact, from all its sources."""

    @property
    def claim(self) -> str:
        """The statement with what limits it; the date of the source is marked as inferred beside the source alone."""
        return claim(self.fact, self.errata, marked=self.fact.as_of != version_date(self.source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a bibliography: a source, and the citations of it that the entry is for."""

    key: str
    citations: tuple[Citation, ...]

    @property
    def source(self) -> Source:
        """The source that all of the citations cite."""
        return self.citations[0].source

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The cited passages with their quotes, each once, in the order of the citations."""
        return tuple(dict.fromkeys(cite for each in self.citations for cite in each.cites))

    @property
    def annotation(self) -> str:
        """Each claim with the passages and the quotes that it is cited from, as one text."""
        return " ".join(f"{each.claim} {sentences([quoted_words(each)])}." for each in self.citations)


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


def entries(citations: Iterable[Citation], by: By) -> list[Entry]:
    """Return the entries of a bibliography, in the order of the citations.

    By fact, each citation is an entry with its own key. By source, all citations of a source are one entry, and its key
    is the source's id.
    """
    found: dict[str, list[Citation]] = {}
    for each in citations:
        found.setdefault(each.source.id if by == "source" else each.key, []).append(each)
    return [Entry(key=key, citations=tuple(cited)) for key, cited in found.items()]


def claim(fact: Fact, errata: Iterable[Erratum], *, marked: bool = True) -> str:
    """Return the statement, and in brackets its limits: withdrawn, a draft, status, as-of date, what is wrong.

    `errata` are the declared errors in the quotes of the fact. Without `marked` an inferred as-of date is not marked.
    """
    limits = [f"withdrawn: {fact.withdrawn.rstrip('.')}"] if fact.withdrawn else []
    if fact.draft:
        limits.append("unreviewed")
    if fact.status in ("planned", "stated"):
        limits.append(fact.status)
    if fact.as_of:
        limits.append(fact.as_of.without_doubt.as_of)
    if marked and has_inferred_as_of(fact):
        limits.append(INFERRED)
    if wrong := known_error(fact.rank, (each.right for each in errata), fact.notes):
        limits.append(wrong)
    return f"{fact.statement.rstrip('.')} ({', '.join(limits)})." if limits else fact.statement


def has_inferred_as_of(fact: Fact) -> bool:
    """True if the as-of date of a fact is marked as uncertain."""
    return fact.as_of is not None and fact.as_of.is_uncertain


def reference(source: Source) -> str:
    """Return the bibliographic reference of a source as one line of text."""
    parts = [
        ", ".join(authors(source)),
        f"“{source.title}”",
        source.genre,
        *(name for name in published_in(source) if name not in authors(source)),
        dating(source),
        *whereabouts(source),
        f"archived at {source.archive_url}" if source.archive_url else None,
        f"accessed {source.accessed.words}" if source.accessed else None,
    ]
    return ", ".join(part for part in parts if part)


def published_in(source: Source) -> list[str]:
    """Return what a source is part of, and its publisher: each once, and neither if it is an author."""
    names = dict.fromkeys((source.container_title, source.publisher))
    return [name for name in names if name and name not in source.author]


def whereabouts(source: Source) -> list[str]:
    """Return every way to find a source: its address, that of its DOI, its ISBN, its URN, where it is kept."""
    doi = doi_address(source.doi) if source.doi else None
    isbn = f"ISBN {source.isbn}" if source.isbn else None
    return [each for each in (source.url, doi, isbn, source.urn, source.locator) if each]


def address_or_urn(source: Source) -> str | None:
    """Return what stands in the field of a format for the address: the URL, or the URN if there is no DOI either."""
    return source.url or (None if source.doi else source.urn)


def urn_beside_address(source: Source) -> list[str]:
    """Return the URN of a source as words for a note, if the field for the address has none of it."""
    is_unsaid = source.urn and source.urn != address_or_urn(source)
    return [f"identified by {source.urn}"] if is_unsaid else []


def dating(source: Source) -> str:
    """Return the dates of a source as precisely as they are known: `n.d.`, `about March 2013, updated 2015`."""
    known = [in_words(source.issued)] if source.issued else []
    known += [f"updated {in_words(source.updated)}"] if source.updated else []
    return ", ".join(known) or "n.d."


def in_words(date: Edtf) -> str:
    """Return a date as English words, and whether it is inferred: `19 November 2021 (date inferred)`."""
    return f"{date.without_doubt.words} ({INFERRED})" if date.is_uncertain else date.words


def version_date(source: Source) -> Edtf | None:
    """Return the date of the version that was read: when it was issued, or if that is not known, updated."""
    return source.issued or source.updated


def is_dated_by_update(source: Source) -> bool:
    """True if `version_date` is that of the last update; some styles want it to be said."""
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
    """Return each passage with its quotes: `passage 8 (Highlights): “4,862 radios”, “over 350 vehicles”; ...`."""
    source, quotes = citation.source, dict[str, list[str]]()
    for cite in citation.cites:
        quotes.setdefault(_passage(source, cite), []).append(f"“{cite.quote}”{correction(source, cite)}")
    return "; ".join(f"{passage}: {', '.join(quoted)}" for passage, quoted in quotes.items())


def _passage(source: Source, cite: Cite) -> str:
    section = section_of(source, cite)
    return f"passage {cite.passage}" + (f" ({section})" if section else "")


def section_of(source: Source, cite: Cite) -> str | None:
    """Return the heading of the section with a cited passage, or None."""
    return source.passages[cite.passage - 1].section


def sections(source: Source, cites: Iterable[Cite]) -> list[str]:
    """Return the headings of the sections that are cited, each once; readers find these, passages are not numbered."""
    return list(filter(None, dict.fromkeys(section_of(source, cite) for cite in cites)))


def sentences(texts: Iterable[str]) -> str:
    """Return texts that are not empty as sentences, without the last full stop."""
    return ". ".join(f"{text[0].upper()}{text[1:]}" for text in texts if text)


def correction(source: Source, cite: Cite) -> str:
    """Return the correction to put after a quote with a known error of its source, and its evidence; else ""."""
    erratum = source.erratum_in(cite.passage, cite.quote)
    return f" [sic; {erratum.right.rstrip('.')} ({erratum.evidence})]" if erratum else ""


def link(source: Source, cite: Cite) -> str | None:
    """Return the address that leads to the quote, in the archived copy if there is one; None without an address."""
    page = source.archive_url or source.address
    return at_words(page, cite.quote) if page else None


def address(source: Source, cite: Cite, *, archived: bool = False) -> str:
    """Return the address of the source's page, or of its archived copy, with a fragment that leads to the quote.

    The address is checked again here, because it is passed to another program. Raises UsageError if the record has no
    archived copy, or no http or https address.
    """
    page = source.archive_url if archived else source.address
    if not page and not archived:
        raise UsageError(f"{source.id} has no address; it is kept at: {source.kept_at}")
    if not page:
        raise UsageError(f"{source.id} has no archived copy on record; leave --archived out")
    if not is_web_address(page):
        raise UsageError(f"{source.id} has no http or https address")
    return at_words(page, cite.quote)
