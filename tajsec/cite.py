"""Citations: the claim with its qualifier and as-of, the reference, the passage and the words.

A citation never loses what bounds the claim: the statement is given whole, and the date as of which it held with it.
Where the words hold a declared error of the source, they stay as they are and the correction follows.
Formats: BibTeX (Patashnik, "BibTeXing", 1988), RIS (Research Information Systems, as read by reference managers),
CSL-JSON (https://docs.citationstyles.org/en/v1.0.2/), and plain text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from tajsec.dates import Edtf, Moment
from tajsec.errors import UsageError
from tajsec.jsontext import dumps
from tajsec.model import Cite, Fact, Source
from tajsec.protocol import Store
from tajsec.web import at_words, encoded, is_web_address

_RIS_TYPES = {"article-newspaper": "NEWS", "webpage": "ELEC", "report": "RPRT"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)


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


def plain(citations: Sequence[Citation]) -> str:
    """Give each citation as one line: the claim, the reference, the passage, the words."""
    return "".join(f"{claim(each.fact)} {reference(each.source)}, {quoted_words(each)}.\n" for each in citations)


def bibtex(citations: Sequence[Citation]) -> str:
    """Give each citation as a BibTeX entry; the claim, the passage and the words are its `note` and `annote`."""
    return "\n".join(map(_bibtex_entry, citations))


def ris(citations: Sequence[Citation]) -> str:
    """Give each citation as a RIS record; the format ends its lines with CR LF."""
    return "".join(f"{tag}  - {value}\r\n" for each in citations for tag, value in _ris_fields(each))


def csl_items(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Give each citation as a CSL-JSON item."""
    return list(map(_csl_item, citations))


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


def csl_json(citations: Sequence[Citation]) -> str:
    """Give the citations as an array of CSL-JSON items."""
    return dumps(csl_items(citations), indent=2) + "\n"


WRITERS: dict[str, Callable[[Sequence[Citation]], str]] = {
    "plain": plain,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def quoted_words(citation: Citation) -> str:
    """Give the passages and the words; if these hold an error of the source, what is right and on which evidence."""
    source = citation.source
    return "; ".join(f"{locator(source, cite)}: “{cite.quote}”{correction(source, cite)}" for cite in citation.cites)


def correction(source: Source, cite: Cite) -> str:
    """Give what stands behind quoted words that hold an error of the source, or nothing."""
    erratum = source.erratum_in(cite.passage, cite.quote)
    return f" [sic; {erratum.right.rstrip('.')} ({erratum.evidence})]" if erratum else ""


def _bibtex_entry(citation: Citation) -> str:
    source = citation.source
    issued = _one_moment(source.issued)
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in source.author),
        "title": "{" + _tex(source.title) + "}",
        "howpublished": _tex(source.container_title or source.publisher),
        "publisher": _tex(source.publisher),
        "year": str(issued.year) if issued else "n.d.",
        "note": _tex(_qualified(source) + quoted_words(citation)),
        "annote": _tex(claim(citation.fact)),
        "url": encoded(source.url, "{}"),
        "urldate": str(source.accessed) if source.accessed else "",
        "language": source.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = [f"  month = {_MONTHS[issued.month - 1]},"] if issued and issued.month else []
    return "\n".join([f"@misc{{{citation.key},", *lines, *month, "}", ""])


def _qualified(source: Source) -> str:
    """Give what the fields of a bibliography cannot say: a date that is not sure, a span, a revision, a copy."""
    is_vague = source.issued is not None and (source.issued.is_span or not is_sure(source.issued))
    dated = f"dated {dating(source)}; " if is_vague or source.updated else ""
    return dated + (f"archived at {source.archive_url}; " if source.archive_url else "")


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _ris_fields(citation: Citation) -> list[tuple[str, str]]:
    source = citation.source
    issued = _one_moment(source.issued)
    fields = [
        ("TY", _RIS_TYPES.get(source.type, "GEN")),
        ("ID", citation.key),
        *(("AU", f"{name},") for name in source.author),
        ("TI", source.title),
        ("T2", source.container_title or ""),
        ("PB", source.publisher),
        ("PY", str(issued.year) if issued else ""),
        ("DA", _ris_date(issued) if issued else ""),
        ("Y2", _ris_date(source.accessed.anchor) if source.accessed else ""),
        ("SP", ", ".join(f"passage {n}" for n in dict.fromkeys(cite.passage for cite in citation.cites))),
        ("UR", source.url),
        ("DB", _archive(source) or ""),
        ("AV", source.archive_url or ""),
        ("LA", source.language),
        ("N1", claim(citation.fact)),
        ("N1", _qualified(source) + quoted_words(citation)),
    ]
    kept = [(tag, re.sub(r"\s+", " ", value)) for tag, value in fields if value]
    return [*kept, ("ER", "")]


def _ris_date(moment: Moment) -> str:
    """Give a date as RIS writes it: year/month/day/other, what is not known left empty."""
    return f"{moment.year:04}/{_two(moment.month)}/{_two(moment.day)}/"


def _two(part: int | None) -> str:
    return f"{part:02}" if part else ""


def _csl_item(citation: Citation) -> dict[str, Any]:
    claimed = {"annote": claim(citation.fact), "note": quoted_words(citation)}
    return {"id": citation.key, **csl_source(citation.source), **claimed}


def csl_source(source: Source) -> dict[str, Any]:
    """Give a source as a CSL-JSON item, without its id."""
    item: dict[str, Any] = {
        "type": source.type,
        "title": source.title,
        "author": [{"literal": name} for name in source.author],
        "publisher": source.publisher,
        "container-title": source.container_title,
        "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed),
        "URL": source.url,
        "archive": _archive(source),
        "archive_location": source.archive_url,
        "language": source.language,
    }
    return {key: value for key, value in item.items() if value}


def _csl_date(date: Edtf | None) -> dict[str, Any] | None:
    if date is None:
        return None
    ends = [end for end in dict.fromkeys((date.start, date.end)) if end]
    parts = [[part for part in (end.year, end.month, end.day) if part] for end in ends]
    return {"date-parts": parts, **({} if is_sure(date) else {"circa": True})}


def is_sure(date: Edtf) -> bool:
    """Tell whether a date is neither approximate nor uncertain nor open at an end."""
    return all(end and not end.approximate and not end.uncertain for end in (date.start, date.end))


def _archive(source: Source) -> str | None:
    """Give the name of the archive that keeps a copy of a source: by its host, unless it is the one known to all."""
    host = urlsplit(source.archive_url).hostname if source.archive_url else None
    return "Internet Archive" if host == "web.archive.org" else host


def _one_moment(date: Edtf | None) -> Moment | None:
    return date.anchor if date else None
