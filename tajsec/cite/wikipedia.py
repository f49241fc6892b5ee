"""Citations for Wikipedia: the claim as wikitext, followed by a footnote with `{{cite web}}` or `{{cite news}}`.

Parameters and forms of dates are those of Citation Style 1 (https://en.wikipedia.org/wiki/Help:Citation_Style_1). Its
check of dates accepts `n.d.`, and `c.` only before a year; a date that it does not accept is put into a comment.
"""

import re
from collections.abc import Sequence

from tajsec.cite.citation import (
    Citation,
    by_fact,
    correction,
    is_dated_by_update,
    is_sure,
    own_publisher,
    version_date,
    whereabouts,
)
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, parse
from tajsec.text.urls import encoded

_NEWS = frozenset({"article-newspaper", "broadcast"})
"""The types that `{{cite news}}` is for."""

_SPECIAL = "|{}[]<>"
"""Characters with a meaning in wikitext, percent-encoded in addresses."""

_LINKED = re.compile(r"(?<=[A-Za-z]):(?=\S)|(?<=\bISBN) (?=\d)|(?<=\bPMID) (?=\d)|(?<=\bRFC) (?=\d)")
"""What makes a link without brackets: the colon of an address, the space of a "magic" number."""

_CAPTURED = re.compile(r"/(\d{4})[.-]?(\d\d)[.-]?(\d\d)(?:-?\d{6})?(?:[a-z]{2}_)?/")
"""The date of an archived copy in its address: /20181106020236/, /2018.11.06-020236/."""


def wikitext(citations: Sequence[Citation]) -> str:
    """Return each claim as a line of wikitext with a footnote for each source."""
    return "".join(map(_line, by_fact(citations)))


def _line(citations: Sequence[Citation]) -> str:
    notes = (f'<ref name="{each.key}">{_template(each)}</ref>' for each in citations)
    text = _escaped(citations[0].claim)
    text = re.sub("^[*#:;=-]", lambda mark: _entity(mark[0]), text)  # at the start of a line they make lists and rules
    return f"{text}{''.join(notes)}\n"


def _template(citation: Citation) -> str:
    source = citation.source
    is_news = source.type in _NEWS
    fields = [
        *_authors(source),
        ("title", _escaped(source.title)),
        *_addresses(source),
        ("access-date", _exact_date(source.accessed)),
        ("work" if is_news else "website", _escaped(source.container_title or "")),
        ("publisher", _escaped(own_publisher(source))),
        ("date", _date(source)),
        ("language", source.language),
        ("at", _escaped(whereabouts(citation))),
        ("quote", " ... ".join(_escaped(cite.quote + correction(source, cite)) for cite in citation.cites)),
    ]
    kept = " ".join(f"|{name}={value}" for name, value in fields if value)
    return f"{{{{cite {'news' if is_news else 'web'} {kept}}}}}"


def _authors(source: Source) -> list[tuple[str, str]]:
    """Return the author fields; double brackets keep a name with a comma or semicolon from being split into several."""
    names = [_escaped(name) for name in source.author]
    whole = [f"(({name}))" if re.search("[,;]", name) else name for name in names]
    return [("author", whole[0])] if len(whole) == 1 else [(f"author{n}", name) for n, name in enumerate(whole, 1)]


def _addresses(source: Source) -> list[tuple[str, str]]:
    """Return the fields for the page and its archived copy.

    The template accepts no copy without its date, so a copy of unknown date is put into a comment. No record says
    whether the page still exists: `dead` makes the title lead to the copy, which contains the quote.
    """
    url, copy = encoded(source.url, _SPECIAL), encoded(source.archive_url or "", _SPECIAL)
    if not copy:
        return [("url", url)]
    if not (captured := _captured(copy)):
        return [("url", f"{url}<!-- archived at {copy.replace('--', '%2D%2D')} -->")]  # -- would end the comment
    status = "dead<!-- not checked: the copy holds the words -->"
    return [("url", url), ("url-status", status), ("archive-url", copy), ("archive-date", captured)]


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
    shown = _shown_date(date)
    exact = f"updated {date.words}" if is_dated_by_update(source) else date.words
    return shown if shown == exact else f"{shown}<!-- {exact} -->"


def _shown_date(date: Edtf) -> str:
    if not (date.start and date.end):
        return "n.d."
    first, last = date.start.year, date.end.year
    if first != last:
        return f"{first}–{last}"
    if not is_sure(date):
        return f"c. {first}"
    return str(first) if date.is_span else date.words


def _escaped(text: str) -> str:
    """Return text with entities for markup, for running text and for a template's parameter."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split()))
    text = _LINKED.sub(lambda mark: _entity(mark[0]), text)
    return re.sub(r"[|{}\[\]<>]|''+|~~~+|__+", lambda run: "".join(map(_entity, run[0])), text)


def _entity(char: str) -> str:
    return f"&#{ord(char)};"
