"""Citations as plain text, BibTeX, biblatex, RIS and CSL-JSON.

Each entry has the whole statements with their qualifiers and as-of dates, the reference, the passages and the quotes.
A quote with a known error of its source (`errata`) is not changed: the correction follows it.
Formats: BibTeX (Patashnik, "BibTeXing", 1988), biblatex (Kime, Wemheuer, Lehman, "The biblatex Package"), RIS (Research
Information Systems, as read by reference managers), CSL-JSON (https://docs.citationstyles.org/en/v1.0.2/).
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tajsec.cite.citation import (
    Citation,
    Entry,
    address_or_urn,
    dating,
    entries,
    is_dated_by_update,
    is_sure,
    own_publisher,
    published_in,
    quoted_words,
    reference,
    sentences,
    urn_beside_address,
    version_date,
)
from tajsec.cite.styles import By
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, Moment
from tajsec.text.jsontext import dumps
from tajsec.text.urls import encoded

_RIS_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK",
    "chapter": "CHAP", "dataset": "DATA", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE",
    "graphic": "ART", "hearing": "HEAR", "interview": "PCOMM", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "personal_communication": "PCOMM", "post": "BLOG",
    "post-weblog": "BLOG", "report": "RPRT", "software": "COMP", "song": "SOUND", "standard": "STAND",
    "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""Reference types of RIS by CSL type; any other is GEN, the general one."""

_BABEL = {"en": "english", "ru": "russian", "fa": "persian", "de": "german", "fr": "french"}
"""The names that biblatex has for languages."""

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


# ---------------------------------------------------------------- plain text


def plain(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return each citation as one line: the claim, the reference, the passages, the quotes.

    By source, each reference is a line, and below it are the claims with their passages and quotes, indented.
    """
    if by == "source":
        return "".join(_plain_source(each) for each in entries(citations, by))
    return "".join(f"{_line(f'{each.claim} {reference(each.source)}, {quoted_words(each)}.')}\n" for each in citations)


def _plain_source(entry: Entry) -> str:
    cited = (f"    {_line(f'{each.claim} {sentences([quoted_words(each)])}.')}\n" for each in entry.citations)
    return f"{_line(reference(entry.source))}\n{''.join(cited)}"


def _line(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- BibTeX and biblatex


class _BibType(NamedTuple):
    """A type of entry, and the field for what a source of that type is published in."""

    name: str
    published_in: str


_ARTICLES = ("article-journal", "article-magazine", "article-newspaper")
_PARTS_OF_BOOKS = ("chapter", "paper-conference")

_BIBTEX_TYPES = {
    **{kind: _BibType("article", "journal") for kind in _ARTICLES},
    "book": _BibType("book", "publisher"),
    "chapter": _BibType("incollection", "booktitle"),
    "paper-conference": _BibType("inproceedings", "booktitle"),
    "report": _BibType("techreport", "institution"),
}
"""Types of BibTeX by CSL type; any other is `misc`."""

_BIBLATEX_TYPES = {
    **{kind: _BibType("article", "journaltitle") for kind in _ARTICLES},
    "book": _BibType("book", "publisher"),
    "chapter": _BibType("inbook", "booktitle"),
    "paper-conference": _BibType("inproceedings", "booktitle"),
    "report": _BibType("report", "institution"),
    "thesis": _BibType("thesis", "institution"),
    "manuscript": _BibType("unpublished", "howpublished"),
    "personal_communication": _BibType("letter", "organization"),
    "legal_case": _BibType("jurisdiction", "organization"),
    "legislation": _BibType("legislation", "organization"),
}
"""Types of biblatex by CSL type; any other is `online`, or `misc` if it has no address."""


def bibtex(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return the entries in BibTeX: the claims, passages and quotes are the `annote`, what has no field the `note`."""
    return "\n".join(map(_bibtex_entry, entries(citations, by)))


def biblatex(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return the entries for biblatex and biber, whose dates are EDTF; otherwise as in BibTeX."""
    return "\n".join(map(_biblatex_entry, entries(citations, by)))


def _bibtex_entry(entry: Entry) -> str:
    source = entry.source
    kind = _BIBTEX_TYPES.get(source.type, _BibType("misc", "howpublished"))
    issued = _one_moment(version_date(source))
    fields = {
        kind.published_in: _tex(", ".join(_published(source))),
        "year": str(issued.year) if issued else "n.d.",  # BibTeX warns of an entry without a year
        "month": calendar.month_abbr[issued.month].lower() if issued and issued.month else "",
        "day": str(issued.day) if issued and issued.day else "",
        "annote": _tex(entry.annotation),
        "language": source.language,
    }
    return _bib_text(entry, kind, fields)


def _biblatex_entry(entry: Entry) -> str:
    source = entry.source
    other = _BibType("online" if source.address else "misc", "organization")
    kind = _BIBLATEX_TYPES.get(source.type, other)
    date = version_date(source)
    fields = {
        kind.published_in: " and ".join(f"{{{_tex(name)}}}" for name in _published(source)),
        "date": str(date.anchor if date.members else date) if date else "",
        "annotation": _tex(entry.annotation),
        "langid": _BABEL.get(source.language, ""),
    }
    return _bib_text(entry, kind, fields)


def _bib_text(entry: Entry, kind: _BibType, own: Mapping[str, str]) -> str:
    """Return an entry with the fields that BibTeX and biblatex share, and with those of its own."""
    source = entry.source
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in source.author),
        "title": f"{{{_tex(source.title)}}}",
        "type": _tex(source.genre or ""),
        "entrysubtype": "newspaper" if source.type == "article-newspaper" else "",  # pandoc and some styles read it
        **own,
        "publisher": own.get("publisher") or (_tex(own_publisher(source)) if kind.published_in == "booktitle" else ""),
        "note": _tex(_note(source)),
        "doi": source.doi or "",
        "isbn": source.isbn or "",
        "url": encoded(address_or_urn(source) or "", "{}"),
        "urldate": str(source.accessed) if source.accessed else "",
    }
    # a month is a macro of BibTeX, without braces
    lines = (f"  {name} = {text if name == 'month' else f'{{{text}}}'}," for name, text in fields.items() if text)
    return "\n".join([f"@{kind.name}{{{entry.key},", *lines, "}", ""])


def _published(source: Source) -> list[str]:
    """Return what a source is published in: one name where the formats demand one, as for an article or a report."""
    if source.type in (*_ARTICLES, *_PARTS_OF_BOOKS):
        return [source.container_title or source.publisher]
    return [source.publisher] if source.type in ("book", "report", "thesis") else published_in(source)


def _note(source: Source) -> str:
    """Return the parts of the reference that have no field, for the `note`, which every style prints."""
    archived = [f"Archived at {source.archive_url}"] if source.archive_url else []
    notes = [*_date_note(source), *urn_beside_address(source), source.locator or ""]
    return sentences([source.genre or "", *notes, *archived])


def _date_note(source: Source) -> list[str]:
    """Return what the field of the date does not say: that it is no exact date, or that of the last update."""
    if is_dated_by_update(source):
        return [dating(source)]
    is_inexact = source.issued is not None and (source.issued.is_span or not is_sure(source.issued))
    return [f"dated {dating(source)}"] if is_inexact or (source.issued and source.updated) else []


def _tex(text: str) -> str:
    """Return text with what TeX would obey escaped, and two hyphens kept apart, which it would print as a dash."""
    return re.sub("-(?=-)", "-{}", _line(text).translate(_TEX))


# ---------------------------------------------------------------- RIS


def ris(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return each entry as a RIS record; the format ends its lines with CR LF."""
    return "".join(f"{tag}  - {value}\r\n" for each in entries(citations, by) for tag, value in _ris_fields(each))


def _ris_fields(entry: Entry) -> list[tuple[str, str]]:
    source = entry.source
    issued = _one_moment(version_date(source))
    fields = [
        ("TY", _RIS_TYPES.get(source.type, "GEN")),
        ("ID", entry.key),
        *(("AU", _ris_name(name)) for name in source.author),
        ("TI", source.title),
        ("T2", source.container_title or ""),
        ("PB", source.publisher),
        ("PY", str(issued.year) if issued else ""),
        ("DA", _ris_date(issued) if issued else ""),
        ("Y2", _ris_date(source.accessed.anchor) if source.accessed else ""),
        ("M3", source.genre or ""),
        ("DO", source.doi or ""),
        ("SN", source.isbn or ""),
        ("UR", address_or_urn(source) or ""),
        ("DB", _archive(source) or ""),
        ("AV", source.archive_url or source.locator or ""),
        ("LA", source.language),
        ("N1", entry.annotation),
        ("N1", sentences([*_date_note(source), *urn_beside_address(source)])),
        ("N1", source.locator if source.archive_url and source.locator else ""),
    ]
    kept = [(tag, _line(value)) for tag, value in fields if value]
    return [*kept, ("ER", "")]


def _ris_name(name: str) -> str:
    """Return a name as the family name alone, which the comma at its end says.

    A comma inside would end it, and readers know no escape for one: EndNote's doubled comma is not read by others.
    """
    return re.sub(r"\s*,\s*", " – ", name) + ","


def _ris_date(moment: Moment) -> str:
    """Return a date in the form of RIS, year/month/day/other, with unknown parts empty."""
    month, day = (f"{part:02}" if part else "" for part in (moment.month, moment.day))
    return f"{moment.year:04}/{month}/{day}/"


# ---------------------------------------------------------------- CSL-JSON


def csl_json(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return the entries as the text of an array of CSL-JSON items."""
    return dumps([csl_item(each) for each in entries(citations, by)], indent=2) + "\n"


def csl_item(entry: Entry) -> dict[str, Any]:
    """Return an entry as a CSL-JSON item: the claims, passages and quotes are its `annote`."""
    source = entry.source
    address = address_or_urn(source)
    original = [f"original address: {address}"] if source.archive_url and address else []
    note = sentences([*_date_note(source), *original, *urn_beside_address(source)])
    return {"id": entry.key, **csl_source(source), "annote": entry.annotation, **({"note": note} if note else {})}


def csl_source(source: Source) -> dict[str, Any]:
    """Return a source as a CSL-JSON item, without its id.

    Styles print every field that they know. So the URL is that of the archived copy, if there is one, because that
    contains the words; and the publisher is left out if it is an author or the container. The archive is that of the
    copy, unless a locator says where the document is kept, which has the name of its archive.
    """
    item: dict[str, Any] = {
        "type": source.type,
        "title": source.title,
        "genre": source.genre,
        "author": [{"literal": name} for name in source.author],
        "publisher": own_publisher(source),
        "authority": source.publisher if source.type == "legal_case" else None,
        "container-title": source.container_title,
        "issued": _csl_date(version_date(source)),
        "accessed": _csl_date(source.accessed),
        "DOI": source.doi,
        "ISBN": source.isbn,
        "URL": source.archive_url or address_or_urn(source),
        "archive": None if source.locator else _archive(source),
        "archive_location": source.locator,
        "language": source.language,
    }
    return {key: value for key, value in item.items() if value}


def csl_printed(source: Source) -> dict[str, Any]:
    """Return the item from which styles print a source: its locator is the archive, because it names that itself.

    APA puts a location without an archive into brackets, and lists no letter that is in no archive.
    """
    item = csl_source(source)
    return {"archive" if key == "archive_location" else key: value for key, value in item.items()}


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
