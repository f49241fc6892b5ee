"""Citations in the styles of papers and journals: the one module that uses citeproc-py (the extra `tajsec[csl]`).

The styles are official files of the Citation Style Language project (https://citationstyles.org/) in `csl_styles`.
What citeproc-py 0.11 does wrong, or leaves to a word processor, is corrected in two places: the functions `_amend_...`
change a style after it was read, and `_Document._tidy` changes the text that was rendered.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.model import CitationStylesElement as Element
from citeproc.source import Date
from citeproc.source.json import CiteProcJSON
from citeproc.string import String

from tajsec.cite.bibliography import csl_source
from tajsec.cite.citation import (
    Citation,
    authors,
    dating,
    is_dated_by_update,
    is_sure,
    own_publisher,
    quoted_words,
    version_date,
    whereabouts,
)
from tajsec.cite.styles import CslFile
from tajsec.model.records import Source
from tajsec.text.dates import Edtf

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"

_AMBIGUOUS = "citation-label"
"""A CSL variable that no style prints. It is set for sources whose short form is the same as another source's."""

_PRINTED_YEARS = ("date-sort-year", "year-date")
"""The macros by which Chicago and Harvard sort; they return the year as it is printed."""

_OPEN, _CLOSE, _HYPHEN = "\ufdd0", "\ufdd1", "\ufdd2"
"""Placeholders for a style's quotation marks, and for a hyphen that is to be kept."""

_MARKUP, _HIDDEN = "<>&", "\ufdd3\ufdd4\ufdd5"
"""What citeproc-py could take for markup of its own in data, such as `<span class="nocase">`, and placeholders for it.

All placeholders are noncharacters of Unicode, which the data may not contain. They distinguish the quotation marks of a
style from those of a title, and a hyphen in the name of a section from one between two page numbers.
"""

_UPDATED = " [dated by its last update]"
"""Follows the entry of a source that has no other date; no style has a form of its own for that."""

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Group(NamedTuple):
    """Citations of one fact: the claim with its citation, each source's quotes, the note, the references."""

    claim: str
    quotes: tuple[str, ...]
    note: str
    references: tuple[str, ...]

    @property
    def text(self) -> str:
        """The group as a text that can be used alone."""
        return _paragraphs(self.body, self.note, "\n".join(self.references))

    @property
    def body(self) -> str:
        """The claim with its citation, and the quotes indented below it."""
        return "\n".join([self.claim, *(f"    {line}" for line in self.quotes)])


class Rendering(NamedTuple):
    """Groups of citations in one style, and one list of every source that they cite, in the style's order."""

    heading: str
    groups: tuple[Group, ...]
    bibliography: tuple[str, ...]

    @property
    def text(self) -> str:
        """All claims, then all notes, then the list of sources, as a text to be pasted into a document."""
        notes = [group.note for group in self.groups if group.note]
        return _paragraphs(
            "\n\n".join(group.body for group in self.groups),
            "\n".join(["Notes", "", *notes]) if notes else "",
            "\n".join([self.heading, "", *self.bibliography]) if self.bibliography else "",
        )


def render(style: CslFile, groups: Sequence[Sequence[Citation]]) -> Rendering:
    """Return groups of citations, each of one fact, written in a style."""
    document = _Document(style, {each.source.id: each.source for group in groups for each in group})
    entries = document.bibliography()
    return Rendering(
        heading=style.heading,
        groups=tuple(_group(document, entries, number, group) for number, group in enumerate(groups, 1)),
        bibliography=tuple(entries.values()),
    )


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts)) + "\n"


def _group(document: "_Document", entries: Mapping[str, str], number: int, group: Sequence[Citation]) -> Group:
    text, cited = " ".join(group[0].claim.split()), document.cite(group)
    has_notes = document.has_notes
    return Group(
        claim=f"{text}{str(number).translate(_SUPERSCRIPT)}" if has_notes else _before_full_stop(text, cited),
        quotes=tuple(
            f"{', '.join(authors(each.source))}, {dating(each.source)}; {quoted_words(each)}" for each in group
        ),
        note=f"{number}. {cited}" if has_notes else "",
        references=tuple(entries[source] for source in entries if source in {each.source.id for each in group}),
    )


def _before_full_stop(text: str, cited: str) -> str:
    """Put a citation before the full stop of a claim; the point of an abbreviation such as U.S. stays with it."""
    body = text if re.search(r"\b[A-Z]\.[A-Z]\.$", text) else text.removesuffix(".")
    return f"{body} {cited}."


class _Document:
    """A document written in one style: its sources, and its citations so far, on which short notes depend."""

    def __init__(self, style: CslFile, sources: Mapping[str, Source]) -> None:
        self._style = _read(style)
        self._items = _items(style, sources)
        self._updated = {key for key, source in sources.items() if is_dated_by_update(source)}
        self._is_american = self._style.root.get_locale_option("punctuation-in-quote") == "true"
        self.has_notes = self._style.root.get("class") == "note"
        self._disambiguate()
        self._document = self._empty()

    def cite(self, citations: Sequence[Citation]) -> str:
        """Return the citations as one citation, each with its passages."""
        # `whereabouts` includes the word "passage", because CSL has no locator label for it
        return self._cited(
            self._document,
            [
                CitationItem(
                    each.source.id, locator=Locator("passage", _as_text(whereabouts(each)).replace("-", _HYPHEN))
                )
                for each in citations
            ],
        )

    def bibliography(self) -> dict[str, str]:
        """Return the entry of each source by its id, in the style's order. Chicago's notes have none for posts."""
        return {
            item.key: self._tidy(str(entry)) + (_UPDATED if item.key in self._updated else "")
            for item in self._document.items
            for entry in self._style.render_bibliography([item])
        }

    def _empty(self) -> CitationStylesBibliography:
        """Return a document in which every source is registered and none is cited."""
        document = CitationStylesBibliography(self._style, self._items, formatter.plain)
        document.register(Cluster(list(map(CitationItem, self._items))))
        document.sort()
        return document

    def _cited(self, document: CitationStylesBibliography, items: list[CitationItem]) -> str:
        cluster = Cluster(items)
        document.register(cluster)
        return self._tidy(str(document.cite(cluster, str)))

    def _disambiguate(self) -> None:
        """Mark sources whose short forms are the same: the style adds a letter to the year, or the title.

        citeproc-py does not disambiguate, so the short forms are rendered and compared.
        """
        draft = self._empty()
        self._cited(draft, list(map(CitationItem, draft.keys)))  # in notes only later citations are short
        alike: dict[str, list[str]] = {}
        for key in draft.keys:
            alike.setdefault(self._cited(draft, [CitationItem(key)]), []).append(key)
        for keys in alike.values():
            for n, key in enumerate(keys if len(keys) > 1 else ()):
                self._items[key].update(year_suffix=String(_letters(n)), citation_label=String(key))

    def _tidy(self, text: str) -> str:
        # no point after a question or exclamation mark, nor after a quotation that ends with a point
        text = re.sub(rf"([.?!]{_CLOSE})\.|([?!])\.(?=\s|$)", r"\1\2", text)
        if self._is_american:  # single marks inside of double ones, and points and commas inside of both
            text = re.sub(f"(?<={_OPEN})[^{_CLOSE}]*", lambda quoted: _single(quoted[0]), text)
            text = re.sub(f"{_CLOSE}([.,])", rf"\1{_CLOSE}", text)
        if self.has_notes:  # Chicago's notes have no comma between a title and a site whose date is uncertain
            text = re.sub(rf"(?<![.,?!]){_CLOSE}(?= \w)", f",{_CLOSE}", text)
        marks = "“”" if self._is_american else "‘’"
        return text.translate(str.maketrans(_OPEN + _CLOSE + _HYPHEN + _HIDDEN, f"{marks}-{_MARKUP}"))


def _single(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"‘\1’", text).translate(str.maketrans("“”", "‘’"))


def _letters(number: int) -> str:
    """Return the letters of a number counted from 0: a, b ... z, aa, ab ..."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def _items(style: CslFile, sources: Mapping[str, Source]) -> CiteProcJSON:
    """Return the sources in the form that citeproc-py takes."""
    items = CiteProcJSON([_item(source, style) for source in sources.values()])
    for key, source in sources.items():
        for name, date in (("issued", version_date(source)), ("accessed", source.accessed)):
            if date and date.is_span:
                items[key][name] = _span(date)
    return items


def _item(source: Source, style: CslFile) -> dict[str, Any]:
    """Return a source as a CSL-JSON item with the fields that a style prints.

    The URL is that of the archived copy, if there is one, because that contains the quote. The publisher is left out if
    it is also an author or the container, and for newspapers.
    """
    item = csl_source(source)
    if address := item.pop("archive_location", None):
        item["URL"] = address
    if not style.names_archive:
        item.pop("archive", None)
    if source.type == "article-newspaper" or not source.author or not own_publisher(source):
        del item["publisher"]
    texts = {key: _as_text(value) if isinstance(value, str) else value for key, value in item.items()}
    return {"id": source.id, **texts, "author": [{"literal": _as_text(name)} for name in authors(source)]}


def _as_text(text: str) -> str:
    """Return data on one line, in which citeproc-py finds no markup."""
    return " ".join(text.split()).translate(str.maketrans(_MARKUP, _HIDDEN))


class _Years(int):
    """A span of years in a form that citeproc-py accepts as a year: sorted by its first year, printed as `shown`."""

    shown: str

    def __abs__(self) -> "_Years":
        return self  # citeproc-py prints the absolute value of a year

    def __str__(self) -> str:
        return self.shown


def _span(date: Edtf) -> Date:
    """Return a span of time as a date with a `_Years`, because citeproc-py prints few of its own spans correctly."""
    first, last = (end.year if end else None for end in (date.start, date.end))
    years = _Years(date.anchor.year)
    if first and last:
        years.shown = str(first) if first == last else f"{first}–{last}"
    else:
        years.shown = f"since {first}" if first else f"until {last}"
    span = Date(year=int(years), circa=not is_sure(date) and bool(first and last))
    span["year"] = years  # set afterwards, because Date() converts its arguments to int
    return span


@functools.cache
def _read(style: CslFile) -> CitationStylesStyle:
    """Return a style, read and amended."""
    with (files("tajsec.cite") / "csl_styles" / f"{style.name}.csl").open("rb") as file:
        read = CitationStylesStyle(file, locale=style.locale, validate=False)
    _amend_conditions(read.root)
    _amend_marks(read.root)
    _amend_dates(read.root)
    _amend_sorting(read.root)
    return read


def _amend_conditions(root: Element) -> None:
    for label in _all(root, "label"):  # citeproc-py prints a label without its value; CSL 1.0.2 ("Label") does not
        if label.get("variable"):
            _only_if(label, variable=label.get("variable"))
    for condition in root.iterfind(".//*[@disambiguate]"):  # citeproc-py treats this condition as always true
        del condition.attrib["disambiguate"]
        condition.set("variable", _AMBIGUOUS)


def _amend_marks(root: Element) -> None:
    for quotation, mark in (("open-quote", _OPEN), ("close-quote", _CLOSE)):
        for locale in root.locales:
            for term in locale.iterfind(f".//{_NAMESPACE}term[@name='{quotation}']"):
                term.text = mark
    if root.bibliography.get("second-field-align"):  # IEEE: without a column for the numbers, a space follows them
        number = root.bibliography.layout[0]
        number.set("suffix", f"{number.get('suffix', '')} ")


def _amend_dates(root: Element) -> None:
    for text in _all(root, "text"):
        if text.get("term") == "retrieved":  # APA would print "Retrieved" without the date that is not known
            _only_if(text, variable="accessed")
        if text.get("term") == "circa":  # MLA has it after a comma, where no capital belongs
            text.attrib.pop("text-case", None)
    if root.find(".//*[@is-uncertain-date]") is None:
        _add_circa(root)


def _add_circa(root: Element) -> None:
    """Put "c." before each date with a year, in a style that has no form for uncertain dates (Harvard, IEEE)."""
    for date in _all(root, "date"):
        parts = [part.get("name") for part in date.iterfind(f"{_NAMESPACE}date-part")]
        if date.get("variable") == "issued" and (not parts or "year" in parts):
            circa = date.makeelement(f"{_NAMESPACE}text", {"term": "circa", "form": "short", "suffix": " "})
            date.addprevious(circa)
            _only_if(circa, **{"is-uncertain-date": "issued"})


def _amend_sorting(root: Element) -> None:
    """Sort by the number of the year where a style sorts by its printed form: "[2013?]" or "c. 2013" before "2021"."""
    macro = root.makeelement(f"{_NAMESPACE}macro", {"name": "bare-year"})
    macro.append(root.makeelement(f"{_NAMESPACE}date", {"variable": "issued", "form": "numeric", "date-parts": "year"}))
    root.insert(0, macro)
    for key in _all(root, "key"):
        if key.get("macro") in _PRINTED_YEARS:
            key.set("macro", "bare-year")


def _all(root: Element, name: str) -> list[Element]:
    """Return the elements with a name as a list, because callers change the tree while they iterate."""
    return list(root.iter(f"{_NAMESPACE}{name}"))


def _only_if(element: Element, **condition: str) -> None:
    """Wrap an element in a `choose` and an `if` with the condition."""
    choose, test = element.makeelement(f"{_NAMESPACE}choose"), element.makeelement(f"{_NAMESPACE}if", condition)
    element.getparent().replace(element, choose)
    choose.append(test)
    test.append(element)
