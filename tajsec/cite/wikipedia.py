"""Citations for Wikipedia: the claim as wikitext, behind it a footnote with `{{cite web}}` or `{{cite news}}`.

Parameters and forms of dates are those of Citation Style 1 (https://en.wikipedia.org/wiki/Help:Citation_Style_1) and of
its check of dates, which takes `c.` before a year alone, and `n.d.`. What it has no form for stands in a comment.
"""

import re
from collections.abc import Sequence

from tajsec.cite.citation import Citation, by_fact, claim, correction, is_sure, own_publisher, whereabouts
from tajsec.model.records import Source
from tajsec.text.dates import Edtf, parse
from tajsec.text.urls import encoded

_NEWS = frozenset({"article-newspaper", "broadcast"})


_SPECIAL = "|{}[]<>"


_CAPTURED = re.compile(r"/(\d{4})[.-]?(\d\d)[.-]?(\d\d)(?:-?\d{6})?(?:[a-z]{2}_)?/")
"""When an archive made its copy, as its addresses say: /20181106020236/, /2018.11.06-020236/."""


def wikipedia(citations: Sequence[Citation]) -> str:
    """Give each claim as a line of wikitext with a footnote for each source."""
    return "".join(map(_line, by_fact(citations)))


def _line(citations: Sequence[Citation]) -> str:
    notes = (f'<ref name="{each.key}">{_template(each)}</ref>' for each in citations)
    said = _escaped(claim(citations[0].fact))
    said = re.sub("^[*#:;=-]", lambda mark: _entity(mark[0]), said)  # at the start of a line they make lists and rules
    return f"{said}{''.join(notes)}\n"


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
        ("date", _date(source.issued)),
        ("language", source.language),
        ("at", _escaped(whereabouts(citation))),
        ("quote", " ... ".join(_escaped(cite.quote + correction(source, cite)) for cite in citation.cites)),
    ]
    kept = " ".join(f"|{name}={value}" for name, value in fields if value)
    return f"{{{{cite {'news' if is_news else 'web'} {kept}}}}}"


def _authors(source: Source) -> list[tuple[str, str]]:
    """Give the authors whole: a name with a comma or semicolon is put so that it is not taken for several."""
    names = [_escaped(name) for name in source.author]
    whole = [f"(({name}))" if re.search("[,;]", name) else name for name in names]
    return [("author", whole[0])] if len(whole) == 1 else [(f"author{n}", name) for n, name in enumerate(whole, 1)]


def _addresses(source: Source) -> list[tuple[str, str]]:
    """Give the address and the archived copy, which needs the date that it was made.

    Whether the page is still there is not on record; `dead` makes the title lead to the copy, which holds the words.
    """
    url = ("url", _address(source.url))
    if not source.archive_url:
        return [url]
    if not (captured := _captured(source.archive_url)):
        return [("url", f"{url[1]}<!-- archived at {_address(source.archive_url).replace('--', '%2D%2D')} -->")]
    return [
        url,
        ("url-status", "dead<!-- not checked: the copy holds the words -->"),
        ("archive-url", _address(source.archive_url)),
        ("archive-date", captured),
    ]


def _address(address: str) -> str:
    return encoded(address, _SPECIAL)


def _captured(address: str) -> str:
    found = _CAPTURED.search(address)
    try:
        return parse("-".join(found.groups())).words if found else ""
    except ValueError:
        return ""


def _exact_date(date: Edtf | None) -> str:
    return date.words if date and is_sure(date) and not date.is_span else ""


def _date(date: Edtf | None) -> str:
    """Give a date in a form that Wikipedia takes; where it takes less than is known, a comment has all."""
    if date is None:
        return "n.d."
    shown = _shown_date(date)
    return shown if shown == date.words else f"{shown}<!-- {date.words} -->"


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
    """Give text that wikitext shows as it is, in the text and in a parameter of a template."""
    text = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split()))
    return re.sub(r"[|{}\[\]<>]|''+|~~~+|__+", lambda run: "".join(map(_entity, run[0])), text)


def _entity(char: str) -> str:
    return f"&#{ord(char)};"
