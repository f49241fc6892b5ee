"""Citations as plain text, BibTeX, RIS and CSL-JSON.

Each citation has the whole statement with its qualifiers and its as-of date, the reference, the passages and the
quotes. A quote with a known error of its source (`errata`) is not changed: the correction follows it.
Formats: BibTeX (Patashnik, "BibTeXing", 1988), RIS (Research Information Systems, as read by reference managers),
CSL-JSON (https://docs.citationstyles.org/en/v1.0.2/).
"""

import calendar
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tajsec.cite.citation import (
    Citation,
    dating,
    is_dated_by_update,
    is_sure,
    quoted_words,
    reference,
    version_date,
)
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, Moment
from tajsec.text.jsontext import dumps
from tajsec.text.urls import encoded

_RIS_TYPES = {"article-newspaper": "NEWS", "webpage": "ELEC", "report": "RPRT"}
"""Reference types of RIS by CSL type; any other is GEN, the general one."""

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
    """Return each citation as one line: the claim, the reference, the passages, the quotes."""
    lines = (f"{each.claim} {reference(each.source)}, {quoted_words(each)}." for each in citations)
    return "".join(f"{' '.join(line.split())}\n" for line in lines)


def bibtex(citations: Sequence[Citation]) -> str:
    """Return each citation as a BibTeX entry; the claim is its `annote`, passages and quotes are its `note`."""
    return "\n".join(map(_bibtex_entry, citations))


def ris(citations: Sequence[Citation]) -> str:
    """Return each citation as a RIS record; the format ends its lines with CR LF."""
    return "".join(f"{tag}  - {value}\r\n" for each in citations for tag, value in _ris_fields(each))


def csl_items(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Return each citation as a CSL-JSON item."""
    return [
        {
            "id": each.key,
            **csl_source(each.source),
            "annote": each.claim,
            "note": _updated(each.source) + quoted_words(each),
        }
        for each in citations
    ]


def csl_source(source: Source) -> dict[str, Any]:
    """Return a source as a CSL-JSON item, without its id."""
    item: dict[str, Any] = {
        "type": source.type,
        "title": source.title,
        "author": [{"literal": name} for name in source.author],
        "publisher": source.publisher,
        "container-title": source.container_title,
        "issued": _csl_date(version_date(source)),
        "accessed": _csl_date(source.accessed),
        "URL": source.url,
        "archive": _archive(source),
        "archive_location": source.archive_url,
        "language": source.language,
    }
    return {key: value for key, value in item.items() if value}


def csl_json(citations: Sequence[Citation]) -> str:
    """Return the citations as the text of an array of CSL-JSON items."""
    return dumps(csl_items(citations), indent=2) + "\n"


def _bibtex_entry(citation: Citation) -> str:
    source = citation.source
    issued = _one_moment(version_date(source))
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in source.author),
        "title": "{" + _tex(source.title) + "}",
        "howpublished": _tex(source.container_title or source.publisher),
        "publisher": _tex(source.publisher),
        "year": str(issued.year) if issued else "n.d.",  # BibTeX warns of an entry without a year
        "note": _tex(_not_in_fields(source) + quoted_words(citation)),
        "annote": _tex(citation.claim),
        "url": encoded(source.url, "{}"),
        "urldate": str(source.accessed) if source.accessed else "",
        "language": source.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    # a month is a macro of BibTeX, without braces
    month = [f"  month = {calendar.month_abbr[issued.month].lower()},"] if issued and issued.month else []
    return "\n".join([f"@misc{{{citation.key},", *lines, *month, "}", ""])


def _not_in_fields(source: Source) -> str:
    """Return the parts of the reference that have no field: an inexact date, an update, the archived copy.

    The text ends with "; ", or is "".
    """
    is_inexact = source.issued is not None and (source.issued.is_span or not is_sure(source.issued))
    dated = f"dated {dating(source)}; " if is_inexact or (source.issued and source.updated) else _updated(source)
    return dated + (f"archived at {source.archive_url}; " if source.archive_url else "")


def _updated(source: Source) -> str:
    """Return `updated 12 December 2017; ` if the field of the date has the day of the last update, else ""."""
    return f"{dating(source)}; " if is_dated_by_update(source) else ""


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def _ris_fields(citation: Citation) -> list[tuple[str, str]]:
    source = citation.source
    issued = _one_moment(version_date(source))
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
        ("N1", citation.claim),
        ("N1", _not_in_fields(source) + quoted_words(citation)),
    ]
    kept = [(tag, re.sub(r"\s+", " ", value)) for tag, value in fields if value]
    return [*kept, ("ER", "")]


def _ris_date(moment: Moment) -> str:
    """Return a date in the form of RIS, year/month/day/other, with unknown parts empty."""
    month, day = (f"{part:02}" if part else "" for part in (moment.month, moment.day))
    return f"{moment.year:04}/{month}/{day}/"


def _csl_date(date: Edtf | None) -> dict[str, Any] | None:
    if date is None:
        return None
    ends = [end for end in dict.fromkeys((date.start, date.end)) if end]
    parts = [[part for part in (end.year, end.month, end.day) if part] for end in ends]
    return {"date-parts": parts, **({} if is_sure(date) else {"circa": True})}


def _archive(source: Source) -> str | None:
    """Return the name of the archive with the copy: its host, except for the Internet Archive."""
    host = urlsplit(source.archive_url).hostname if source.archive_url else None
    return "Internet Archive" if host == "web.archive.org" else host


def _one_moment(date: Edtf | None) -> Moment | None:
    return date.anchor if date else None
