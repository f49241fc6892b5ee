"""Citations in the styles of papers and journals: the home of citeproc-py (the extra `tajsec[csl]`).

The styles are official files of the Citation Style Language project (https://citationstyles.org/), in `csl_styles` beside this module.
What citeproc-py 0.11 gets wrong, or leaves to a word processor, is put right here, in two places: `_amend` completes a
style when it was read, `_Paper._tidy` the text that comes out.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.source import Date
from citeproc.source.json import CiteProcJSON
from citeproc.string import String

from tajsec.cite.bibliography import csl_source
from tajsec.cite.citation import Citation, authors, claim, dating, is_sure, own_publisher, quoted_words, whereabouts
from tajsec.model.records import Source
from tajsec.text.dates import Edtf


class Style(NamedTuple):
    """A style: its file, whose English it speaks, and what it calls the list of sources."""

    file: str
    locale: str
    heading: str
    names_archive: bool = True
    """Whether the archive of a copy is named before its address."""


STYLES = {
    "apa": Style("apa", "en-US", "References", names_archive=False),
    "chicago-author-date": Style("chicago-author-date", "en-US", "References"),
    "chicago-notes": Style("chicago-notes-bibliography", "en-US", "Bibliography"),
    "mla": Style("modern-language-association", "en-US", "Works Cited"),
    "harvard": Style("harvard-cite-them-right", "en-GB", "Reference list"),
    "ieee": Style("ieee", "en-US", "References"),
}


_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"


_AMBIGUOUS = "citation-label"
"""A variable that no style prints: a source has it where its short form would stand for another source too."""


_PRINTED_YEARS = ("date-sort-year", "year-date")
"""The macros by which Chicago and Harvard sort, and which give the year as it is printed."""


_OPEN, _CLOSE, _HYPHEN = "\ufdd0", "\ufdd1", "\ufdd2"
"""Stand for a style's quotation marks, and for a hyphen that is to stay one; no data may hold such characters."""


_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Receipts that are cited together: the claim with its citation, the words behind it, the note, the references."""

    claim: str
    words: tuple[str, ...]
    note: str
    references: tuple[str, ...]

    @property
    def text(self) -> str:
        """The group as a text that stands alone."""
        return _blocks(self.body, self.note, "\n".join(self.references))

    @property
    def body(self) -> str:
        """The claim with its citation, and below it the words, set in."""
        return "\n".join([self.claim, *(f"    {line}" for line in self.words)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """Groups of receipts in one style, and one list of every source that they cite, in the style's order."""

    heading: str
    groups: tuple[Group, ...]
    bibliography: tuple[str, ...]

    @property
    def text(self) -> str:
        """Everything as a text to be pasted into a document: claims, notes, sources."""
        notes = "\n".join(group.note for group in self.groups if group.note)
        return _blocks(
            "\n\n".join(group.body for group in self.groups),
            f"Notes\n\n{notes}" if notes else "",
            "\n".join([self.heading, "", *self.bibliography]) if self.bibliography else "",
        )


def render(style_name: str, groups: Sequence[Sequence[Citation]]) -> Rendering:
    """Render groups of citations, each of one fact, in a style of `STYLES`."""
    style = STYLES[style_name]
    paper = _Paper(style, {each.source.id: each.source for group in groups for each in group})
    entries = paper.bibliography()
    return Rendering(
        heading=style.heading,
        groups=tuple(_group(paper, entries, number, group) for number, group in enumerate(groups, 1)),
        bibliography=tuple(entries.values()),
    )


def _blocks(*texts: str) -> str:
    return "\n\n".join(filter(None, texts)) + "\n"


def _group(paper: "_Paper", entries: dict[str, str], number: int, group: Sequence[Citation]) -> Group:
    """Put the citation behind the claim; a style of notes gets the note's number there."""
    said = claim(group[0].fact)
    cited = paper.cite([(each.source.id, whereabouts(each)) for each in group])
    cited_sources = {each.source.id for each in group}
    return Group(
        claim=f"{said}{str(number).translate(_SUPERSCRIPT)}" if paper.has_notes else _behind(said, cited),
        words=tuple(_words(each) for each in group),
        note=f"{number}. {cited}" if paper.has_notes else "",
        references=tuple(entry for source, entry in entries.items() if source in cited_sources),
    )


def _behind(said: str, cited: str) -> str:
    """Put a citation before the full stop of a claim; that of an abbreviation stays."""
    body = said if re.search(r"\b[A-Z]\.[A-Z]\.$", said) else said.removesuffix(".")
    return f"{body} {cited}."


def _words(citation: Citation) -> str:
    source = citation.source
    return f"{', '.join(authors(source))}, {dating(source)}; {quoted_words(citation)}"


class _Paper:
    """A paper that is being written in one style: it knows the sources, and what was cited so far."""

    def __init__(self, style: Style, sources: dict[str, Source]) -> None:
        self._style = _read(style)
        self._items = _items(style, sources)
        self._moves_points = self._style.root.get_locale_option("punctuation-in-quote") == "true"
        self.has_notes = self._style.root.get("class") == "note"
        self._tell_apart()
        self._paper = self._blank()

    def cite(self, places: Sequence[tuple[str, str]]) -> str:
        """Cite sources, each at a place, as one citation."""
        return self._cited(self._paper, [_at(source, place) for source, place in places])

    def bibliography(self) -> dict[str, str]:
        """Give the entry of each source by its id, in the style's order; Chicago's notes list no posts."""
        return {
            item.key: self._tidy(str(entry))
            for item in self._paper.items
            for entry in self._style.render_bibliography([item])
        }

    def _blank(self) -> Any:  # noqa: ANN401
        """Give a paper that lists every source and cites none yet."""
        paper = CitationStylesBibliography(self._style, self._items, formatter.plain)
        paper.register(Cluster(list(map(CitationItem, self._items))))
        paper.sort()
        return paper

    def _cited(self, paper: Any, items: list[Any]) -> str:  # noqa: ANN401
        cluster = Cluster(items)
        paper.register(cluster)
        return self._tidy(str(paper.cite(cluster, str)))

    def _tell_apart(self) -> None:
        """Tell sources apart whose short forms are the same: by a letter behind the year, or by the title.

        Each is cited once before that, so that notes are short too.
        """
        draft = self._blank()
        self._cited(draft, list(map(CitationItem, draft.keys)))
        alike: dict[str, list[str]] = {}
        for key in draft.keys:
            alike.setdefault(self._cited(draft, [CitationItem(key)]), []).append(key)
        for keys in alike.values():
            for n, key in enumerate(keys if len(keys) > 1 else ()):
                self._items[key].update(year_suffix=String(_letters(n)), citation_label=String(key))

    def _tidy(self, text: str) -> str:
        """Set the quotation marks and the points beside them.

        No point stands behind a question or exclamation mark. American English puts a point or comma inside the marks,
        and has single marks inside of double ones. Chicago's notes lack the comma before a site of uncertain date.
        """
        text = re.sub(rf"([.?!]{_CLOSE})\.|([?!])\.(?=\s|$)", r"\1\2", text)
        if self._moves_points:
            text = re.sub(f"(?<={_OPEN})[^{_CLOSE}]*", lambda quoted: _single(quoted[0]), text)
            text = re.sub(f"{_CLOSE}([.,])", rf"\1{_CLOSE}", text)
        if self.has_notes:
            text = re.sub(rf"(?<![.,?!]){_CLOSE}(?= \w)", f",{_CLOSE}", text)
        marks = "“”" if self._moves_points else "‘’"
        return text.translate(str.maketrans(_OPEN + _CLOSE + _HYPHEN, f"{marks}-"))


def _single(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"‘\1’", text).translate(str.maketrans("“”", "‘’"))


def _at(source: str, place: str) -> Any:  # noqa: ANN401
    """Give a citation of a source at a place that says itself what it is: CSL knows no label "passage"."""
    return CitationItem(source, locator=Locator("passage", place.replace("-", _HYPHEN)))


def _letters(number: int) -> str:
    """Give the letters that count: a, b ... z, aa, ab ..."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


# ---------------------------------------------------------------- what a style is given


def _items(style: Style, sources: dict[str, Source]) -> Any:  # noqa: ANN401
    """Give the sources as citeproc-py takes them."""
    items = CiteProcJSON([_item(source, style) for source in sources.values()])
    for key, source in sources.items():
        for name, date in (("issued", source.issued), ("accessed", source.accessed)):
            if date and date.is_span:
                items[key][name] = _span(date)
    return items


def _item(source: Source, style: Style) -> dict[str, Any]:
    """Give a source as a style prints it.

    A page that was archived is cited at its copy, which holds the words. A publisher that is the author or the
    container is not said twice, and that of a newspaper not at all.
    """
    item = {**csl_source(source), "author": [{"literal": name} for name in authors(source)]}
    if address := item.pop("archive_location", None):
        item["URL"] = address
    if not style.names_archive:
        item.pop("archive", None)
    if source.type == "article-newspaper" or not source.author or not own_publisher(source):
        del item["publisher"]
    return {"id": source.id, **item}


class _Years(int):
    """A span of years that citeproc-py takes for a year: it sorts by the first, and prints as both."""

    shown: str

    def __abs__(self) -> "_Years":
        return self

    def __str__(self) -> str:
        return self.shown


def _span(date: Edtf) -> Any:  # noqa: ANN401
    """Give a span of time as the years that it spans: of spans citeproc-py prints few."""
    first, last = (end.year if end else None for end in (date.start, date.end))
    years = _Years(date.anchor.year)
    if first and last:
        years.shown = str(first) if first == last else f"{first}–{last}"
    else:
        years.shown = f"since {first}" if first else f"until {last}"
    span = Date(year=int(years), circa=not is_sure(date) and bool(first and last))
    span["year"] = years
    return span


# ---------------------------------------------------------------- what citeproc-py does not do


@functools.cache
def _read(style: Style) -> Any:  # noqa: ANN401
    with (files("tajsec.cite") / "csl_styles" / f"{style.file}.csl").open("rb") as file:
        read = CitationStylesStyle(file, locale=style.locale, validate=False)
    _amend(read.root)
    return read


def _amend(root: Any) -> None:  # noqa: ANN401
    """Complete a style that was read."""
    for label in _all(root, "label"):
        if label.get("variable"):  # the specification leaves out the label of what is not there
            _only_if(label, variable=label.get("variable"))
    for condition in root.iterfind(".//*[@disambiguate]"):  # which citeproc-py takes for true, always
        del condition.attrib["disambiguate"]
        condition.set("variable", _AMBIGUOUS)
    for quotation, mark in (("open-quote", _OPEN), ("close-quote", _CLOSE)):
        for locale in root.locales:
            for term in locale.iterfind(f".//{_NAMESPACE}term[@name='{quotation}']"):
                term.text = mark
    if root.bibliography.get("second-field-align"):  # IEEE: a word processor sets the numbers in a column
        number = root.bibliography.layout[0]
        number.set("suffix", f"{number.get('suffix', '')} ")
    _amend_dates(root)


def _amend_dates(root: Any) -> None:  # noqa: ANN401
    for text in _all(root, "text"):
        if text.get("term") == "retrieved":  # APA: no retrieval without its date
            _only_if(text, variable="accessed")
        if text.get("term") == "circa":  # MLA: it stands behind a comma
            text.attrib.pop("text-case", None)
    if root.find(".//*[@is-uncertain-date]") is None:
        _say_circa(root)
    _sort_by_bare_year(root)


def _all(root: Any, name: str) -> list[Any]:  # noqa: ANN401
    """Give the elements of a name, in a list: they are moved about."""
    return list(root.iter(f"{_NAMESPACE}{name}"))


def _only_if(element: Any, **condition: str) -> None:  # noqa: ANN401
    """Put an element under a condition."""
    choose, test = element.makeelement(f"{_NAMESPACE}choose"), element.makeelement(f"{_NAMESPACE}if", condition)
    element.getparent().replace(element, choose)
    choose.append(test)
    test.append(element)


def _say_circa(root: Any) -> None:  # noqa: ANN401
    """Have a style that knows no uncertain dates (Harvard, IEEE) say "c." before each date that has a year."""
    for date in _all(root, "date"):
        parts = [part.get("name") for part in date.iterfind(f"{_NAMESPACE}date-part")]
        if date.get("variable") == "issued" and (not parts or "year" in parts):
            circa = date.makeelement(f"{_NAMESPACE}text", {"term": "circa", "form": "short", "suffix": " "})
            date.addprevious(circa)
            _only_if(circa, **{"is-uncertain-date": "issued"})


def _sort_by_bare_year(root: Any) -> None:  # noqa: ANN401
    """Have the years sorted as numbers: "[2013?]" or "c. 2013" comes before "2021"."""
    macro = root.makeelement(f"{_NAMESPACE}macro", {"name": "bare-year"})
    macro.append(root.makeelement(f"{_NAMESPACE}date", {"variable": "issued", "form": "numeric", "date-parts": "year"}))
    root.insert(0, macro)
    for key in _all(root, "key"):
        if key.get("macro") in _PRINTED_YEARS:
            key.set("macro", "bare-year")
