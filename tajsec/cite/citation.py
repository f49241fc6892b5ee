"""What a citation says: which source, which passages, which words, as of when; the formats are beside this module."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Fact, Source
from tajsec.text.dates import Edtf
from tajsec.text.urls import at_words, is_web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The receipts of one fact in one source. `key` names them in a bibliography."""

    key: str
    fact: Fact
    source: Source
    cites: tuple[Cite, ...]


def citations(store: Store, facts: Sequence[Fact]) -> list[Citation]:
    """Give the citations of the facts, in order; the second source of a fact has the key `<fact id>.2`."""
    return [
        Citation(
            key=fact.id if n == 1 else f"{fact.id}.{n}",
            fact=fact,
            source=store.source(source),
            cites=tuple(cite for cite in fact.cites if cite.source == source),
        )
        for fact in facts
        for n, source in enumerate(fact.sources, 1)
    ]


def by_fact(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Give the citations of each fact together."""
    return [list(group) for _, group in groupby(citations, lambda each: each.fact.id)]


def claim(fact: Fact) -> str:
    """Give the statement with what bounds it: withdrawn and why, planned, stated, as of when."""
    bounds = [f"withdrawn: {fact.withdrawn.rstrip('.')}"] if fact.withdrawn else []
    if fact.status in ("planned", "stated"):
        bounds.append(fact.status)
    if fact.as_of:
        bounds.append(f"as of {fact.as_of.words}")
    return f"{fact.statement.rstrip('.')} ({', '.join(bounds)})." if bounds else fact.statement


def reference(source: Source) -> str:
    """Give the bibliographic reference of a source as one line of text."""
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
    """Give the dates of a source as precisely as they are known: `n.d.`, `about March 2013, updated 2015`."""
    issued = source.issued.words if source.issued else "n.d."
    return f"{issued}, updated {source.updated.words}" if source.updated else issued


def authors(source: Source) -> tuple[str, ...]:
    """Give the authors; what nobody signed is its publisher's."""
    return source.author or (source.publisher,)


def own_publisher(source: Source) -> str:
    """Give the publisher if neither an author nor the container is it already."""
    return "" if source.publisher in (*source.author, source.container_title) else source.publisher


def locator(source: Source, cite: Cite) -> str:
    """Give where in the source the words stand: `passage 8 (Highlights)`."""
    section = source.passages[cite.passage - 1].section
    return f"passage {cite.passage}" + (f" ({section})" if section else "")


def whereabouts(citation: Citation) -> str:
    """Give where in its source a citation points, as it stands between brackets: `“Highlights” section, passage 8`."""
    by_section: dict[str | None, list[int]] = {}
    for cite in citation.cites:
        numbers = by_section.setdefault(citation.source.passages[cite.passage - 1].section, [])
        if cite.passage not in numbers:
            numbers.append(cite.passage)
    return ", ".join(
        (f"“{section}” section, " if section else "") + _passages(sorted(numbers))
        for section, numbers in by_section.items()
    )


def _passages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"passage {numbers[0]}"
    return f"passages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def address(source: Source, cite: Cite, *, archived: bool = False) -> str:
    """Give the address of a receipt: the source's page at the quoted words, or its archived copy.

    It is checked once more, for it is handed to another program. Raises UsageError if there is none on record.
    """
    page = source.archive_url if archived else source.url
    if not page:
        raise UsageError(f"{source.id} has no archived copy on record; leave --archived out")
    if not is_web_address(page):
        raise UsageError(f"{source.id} has no http or https address")
    return at_words(page, cite.quote)


def quoted_words(citation: Citation) -> str:
    """Give the passages and the words; if these hold an error of the source, what is right and on which evidence."""
    source = citation.source
    return "; ".join(f"{locator(source, cite)}: “{cite.quote}”{correction(source, cite)}" for cite in citation.cites)


def correction(source: Source, cite: Cite) -> str:
    """Give what stands behind quoted words that hold an error of the source, or nothing."""
    erratum = source.erratum_in(cite.passage, cite.quote)
    return f" [sic; {erratum.right.rstrip('.')} ({erratum.evidence})]" if erratum else ""


def is_sure(date: Edtf) -> bool:
    """Tell whether a date is neither approximate nor uncertain nor open at an end."""
    return all(end and not end.approximate and not end.uncertain for end in (date.start, date.end))
