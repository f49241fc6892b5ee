"""Citations for Wikipedia: the claim as wikitext, followed by a footnote with the template of its source.

By source, the first footnote of a source is the only one with the template; `{{rp}}` says where in it the words are.
Parameters and forms of dates are those of Citation Style 1 (https://en.wikipedia.org/wiki/Help:Citation_Style_1). Its
check of dates accepts `n.d.`, and `c.` only before a year; a date that it does not accept is put into a comment.
"""

import re
from collections.abc import Sequence

from tajsec.cite.citation import (
    INFERRED,
    Citation,
    Entry,
    by_fact,
    claim,
    entries,
    has_inferred_as_of,
    is_dated_by_update,
    is_sure,
    own_publisher,
    published_in,
    sections,
    sentences,
    version_date,
)
from tajsec.cite.styles import By
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, parse
from tajsec.text.urls import encoded

_TEMPLATES = {
    "article-journal": "journal",
    "article-magazine": "magazine",
    "article-newspaper": "news",
    "book": "book",
    "broadcast": "news",
    "chapter": "book",
    "interview": "interview",
    "map": "map",
    "paper-conference": "conference",
    "report": "report",
    "speech": "speech",
    "thesis": "thesis",
}
"""The template for a type of CSL; for any other `{{cite web}}`, or `{{cite document}}` if it has no address."""

_PERIODICALS = ("journal", "magazine")
"""The templates that accept no document without the name of what it is part of, in the parameter of their own name."""

_CONTAINERS = {"journal": "journal", "magazine": "magazine", "news": "work", "web": "website"}
"""The parameter for what a document is part of, by template; others have none, and their publisher names both."""

_SPECIAL = "|{}[]<>"
"""Characters with a meaning in wikitext, percent-encoded in addresses."""

_LINKED = re.compile(r"(?<=[A-Za-z]):(?=\S)|(?<=\bISBN) (?=\d)|(?<=\bPMID) (?=\d)|(?<=\bRFC) (?=\d)")
"""What makes a link without brackets: the colon of an address, the space of a "magic" number."""

_CAPTURED = re.compile(r"/(\d{4})[.-]?(\d\d)[.-]?(\d\d)(?:-?\d{6})?(?:[a-z]{2}_)?/")
"""The date of an archived copy in its address: /20181106020236/, /2018.11.06-020236/."""


def wikitext(citations: Sequence[Citation], by: By = "fact") -> str:
    """Return each claim as a line of wikitext with a footnote for each source."""
    unwritten = {each.key: each for each in entries(citations, by)}
    lines = (
        _claim(group[0]) + "".join(_footnote(each, unwritten, by) for each in group) for group in by_fact(citations)
    )
    return "".join(f"{line}\n" for line in lines)


def _claim(citation: Citation) -> str:
    """Return the claim; that its as-of date is inferred is for the editor, in a comment."""
    text = _escaped(claim(citation.fact, citation.errata, marked=False))
    text = re.sub("^[*#:;=-]", lambda mark: _entity(mark[0]), text)  # at the start of a line they make lists and rules
    return f"{text}<!-- as of: {INFERRED} -->" if has_inferred_as_of(citation.fact) else text


def _footnote(citation: Citation, unwritten: dict[str, Entry], by: By) -> str:
    """Return a footnote with the template, whose entry it takes out of `unwritten`, or a link to that footnote."""
    where = _escaped(", ".join(f"“{each}” section" for each in sections(citation.source, citation.cites)))
    if by == "fact":
        return _whole_footnote(unwritten.pop(citation.key), where)
    entry = unwritten.pop(citation.source.id, None)
    note = _whole_footnote(entry) if entry else f'<ref name="{citation.source.id}" />'
    return f"{note}{{{{rp|at={where}}}}}" if where else note


def _whole_footnote(entry: Entry, where: str = "") -> str:
    """Return a footnote with the template; what is right where a quote has a declared error follows the template."""
    errata = dict.fromkeys(entry.source.erratum_in(each.passage, each.quote) for each in entry.cites)
    right = (f"The source errs: {each.right.rstrip('.')} ({each.evidence})." for each in errata if each)
    return f'<ref name="{entry.key}">{" ".join([_template(entry, where), *map(_escaped, right)])}</ref>'


def _template(entry: Entry, where: str) -> str:
    source, addresses = entry.source, _addresses(entry.source)
    template = _TEMPLATES.get(source.type, "web" if addresses else "document")
    is_in_book = source.type == "chapter" and bool(source.container_title)
    fields = [
        *_authors(source),
        *_titles(source, is_in_book=is_in_book),
        *((f"chapter-{name}" if name == "url" and is_in_book else name, value) for name, value in addresses),
        ("access-date", _exact_date(source.accessed) if addresses else ""),
        *_publishing(source, template),
        ("type", _escaped(sentences([source.genre or ""]))),
        ("date", _date(source)),
        ("language", source.language),
        *_identifiers(source),
        ("at", where),
        ("quote", " ... ".join(_escaped(cite.quote) for cite in entry.cites)),
    ]
    kept = " ".join(f"|{name}={value}" for name, value in fields if value)
    return f"{{{{cite {template} {kept}}}}}"


def _titles(source: Source, *, is_in_book: bool) -> list[tuple[str, str]]:
    """Return the title; a chapter stands before the title of its book."""
    title = _escaped(source.title)
    if is_in_book:
        return [("chapter", title), ("title", _escaped(source.container_title or ""))]
    return [("title", title)]


def _publishing(source: Source, template: str) -> list[tuple[str, str]]:
    """Return what a source is part of, and its publisher."""
    if template in _PERIODICALS and not source.container_title:
        return [(template, _escaped(source.publisher))]
    if name := _CONTAINERS.get(template):
        return [(name, _escaped(source.container_title or "")), ("publisher", _escaped(own_publisher(source)))]
    names = [own_publisher(source)] if source.type == "chapter" else published_in(source)
    return [("publisher", _escaped(", ".join(names)))]


def _identifiers(source: Source) -> list[tuple[str, str]]:
    """Return the fields for DOI and ISBN, and what has no field of its own: the URN, and where it is kept."""
    doi = "" if _has_special_doi(source) else source.doi or ""
    others = ", ".join(filter(None, (source.urn, source.locator)))
    return [("doi", doi), ("isbn", source.isbn or ""), ("id", _escaped(others))]


def _has_special_doi(source: Source) -> bool:
    """True for a DOI that would end the template's parameter; its address, which is encoded, is cited instead."""
    return source.doi is not None and any(char in source.doi for char in _SPECIAL)


def _authors(source: Source) -> list[tuple[str, str]]:
    """Return the author fields; double brackets keep a name with a comma or semicolon from being split into several."""
    names = [_escaped(name) for name in source.author]
    whole = [f"(({name}))" if re.search("[,;]", name) else name for name in names]
    return [("author", whole[0])] if len(whole) == 1 else [(f"author{n}", name) for n, name in enumerate(whole, 1)]


def _addresses(source: Source) -> list[tuple[str, str]]:
    """Return the fields for the page and its archived copy.

    The template accepts no copy without its date, so a copy of unknown date is put into a comment. No record says
    whether the page still exists, so there is no `url-status`: the title then leads to the copy, which has the words.
    """
    page = source.url or (source.address if _has_special_doi(source) else None)
    url, copy = encoded(page or "", _SPECIAL), encoded(source.archive_url or "", _SPECIAL)
    if not copy or not url:
        return [("url", url or copy)] if url or copy else []
    if not (captured := _captured(copy)):
        return [("url", f"{url}<!-- archived at {copy.replace('--', '%2D%2D')} -->")]  # -- would end the comment
    return [("url", url), ("archive-url", copy), ("archive-date", captured)]


def _captured(address: str) -> str:
    found = _CAPTURED.search(address)
    try:
        return parse("-".join(found.groups())).words if found else ""
    except ValueError:  # the digits are no date
        return ""


def _exact_date(date: Edtf | None) -> str:
    return date.words if date and is_sure(date) and not date.is_span else ""


def _date(source: Source) -> str:
    """Return a source's date in a form that the template accepts, and in a comment what that form does not say."""
    date = version_date(source)
    if date is None:
        return "n.d."
    shown, exact = _shown_date(date), date.without_doubt.words
    unsaid = f"updated {exact}" if is_dated_by_update(source) else exact if shown != exact else ""
    comment = ", ".join(filter(None, [unsaid, INFERRED if date.is_uncertain else ""]))
    return f"{shown}<!-- {comment} -->" if comment else shown


def _shown_date(date: Edtf) -> str:
    if not (date.start and date.end):
        return "n.d."
    first, last = date.start.year, date.end.year
    if first != last:
        return f"{first}–{last}"
    if not is_sure(date.without_doubt):
        return f"c. {first}"
    return str(first) if date.is_span else date.without_doubt.words


def _escaped(text: str) -> str:
    """Return text with entities for markup, for running text and for a template's parameter."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split()))
    text = _LINKED.sub(lambda mark: _entity(mark[0]), text)
    return re.sub(r"[|{}\[\]<>]|''+|~~~+|__+", lambda run: "".join(map(_entity, run[0])), text)


def _entity(char: str) -> str:
    return f"&#{ord(char)};"
