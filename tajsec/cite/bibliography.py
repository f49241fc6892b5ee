"""Citations: the claim with its qualifier and as-of, the reference, the passage and the words.

A citation never loses what bounds the claim: the statement is given whole, and the date as of which it held with it.
Where the words hold a declared error of the source, they stay as they are and the correction follows.
Formats: BibTeX (Patashnik, "BibTeXing", 1988), RIS (Research Information Systems, as read by reference managers),
CSL-JSON (https://docs.citationstyles.org/en/v1.0.2/), and plain text.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tajsec.cite.citation import Citation, claim, dating, is_sure, quoted_words, reference
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, Moment
from tajsec.text.jsontext import dumps
from tajsec.text.urls import encoded

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


def csl_json(citations: Sequence[Citation]) -> str:
    """Give the citations as an array of CSL-JSON items."""
    return dumps(csl_items(citations), indent=2) + "\n"


WRITERS: dict[str, Callable[[Sequence[Citation]], str]] = {
    "plain": plain,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


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


def _archive(source: Source) -> str | None:
    """Give the name of the archive that keeps a copy of a source: by its host, unless it is the one known to all."""
    host = urlsplit(source.archive_url).hostname if source.archive_url else None
    return "Internet Archive" if host == "web.archive.org" else host


def _one_moment(date: Edtf | None) -> Moment | None:
    return date.anchor if date else None
