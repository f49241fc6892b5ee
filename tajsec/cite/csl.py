"""Citations in the styles of papers and journals: the one module that uses citeproc-py (the extra `tajsec[csl]`).

The styles are official files of the Citation Style Language project (https://citationstyles.org/) in `csl_styles`.
What citeproc-py 0.11 does wrong, or leaves to a word processor, is corrected in two places: the functions `_amend_...`
change a style after it was read, and `_Document._tidy` changes the text that was rendered. What a style's manual has
and its file does not print is added by the functions of `_AMENDMENTS`.
"""

import copy
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.model import CitationStylesElement as Element
from citeproc.source import Date
from citeproc.source.json import CiteProcJSON
from citeproc.string import String

from tajsec.cite.bibliography import csl_printed
from tajsec.cite.citation import (
    Citation,
    Entry,
    authors,
    correction,
    dating,
    entries,
    is_dated_by_update,
    is_sure,
    link,
    section_of,
    sections,
    version_date,
)
from tajsec.cite.styles import Amendment, By, CslFile
from tajsec.model.records import Source
from tajsec.text.dates import Edtf

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"

_AMBIGUOUS = "citation-label"
"""A CSL variable that no style prints. It is set for sources whose short form is the same as another source's."""

_UPDATED = "call-number"
"""A CSL variable that no style prints. It is set for sources that are dated by their last update."""

_PRINTED_YEARS = ("date-sort-year", "year-date")
"""The macros by which Chicago and Harvard sort; they return the year as it is printed."""

_OPEN, _CLOSE, _HYPHEN = "\ufdd0", "\ufdd1", "\ufdd2"
"""Placeholders for a style's quotation marks, and for a hyphen that is to be kept."""

_MARKUP, _HIDDEN = "<>&", "\ufdd3\ufdd4\ufdd5"
"""What citeproc-py could take for markup of its own in data, such as `<span class="nocase">`, and placeholders for it.

All placeholders are noncharacters of Unicode, which the data may not contain. They distinguish the quotation marks of a
style from those of a title, and a hyphen in the name of a section from one between two page numbers.
"""

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Group(NamedTuple):
    """Citations of one fact, or by source, of one source."""

    head: str
    """The claim with its citation; by source, the citation alone."""
    lines: tuple[str, ...]
    """The sources, and by source the claims, each followed by its quotes with the addresses that lead to them."""
    note: str
    references: tuple[str, ...]

    @property
    def text(self) -> str:
        """The group as a text that can be used alone."""
        return _paragraphs(self.body, self.note, "\n".join(self.references))

    @property
    def body(self) -> str:
        """The head, and the lines indented below it."""
        return "\n".join([self.head, *(f"    {line}" for line in self.lines)])


class Rendering(NamedTuple):
    """Groups of citations in one style, and one list of every source that they cite, in the style's order.

    Versions of one page that the style prints alike are one entry of the list.
    """

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


def render(style: CslFile, groups: Sequence[Sequence[Citation]], by: By = "fact") -> Rendering:
    """Return groups of citations, each of one fact or each of one source, written in a style."""
    document = _Document(style, {each.source.id: each.source for group in groups for each in group})
    listed = document.bibliography()
    grouped = _fact_group if by == "fact" else _source_group
    return Rendering(
        heading=style.heading,
        groups=tuple(grouped(document, listed, number, group) for number, group in enumerate(groups, 1)),
        bibliography=tuple(dict.fromkeys(listed.values())),
    )


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts)) + "\n"


def _fact_group(document: "_Document", listed: Mapping[str, str], number: int, group: Sequence[Citation]) -> Group:
    text, cited = _line(group[0].claim), document.cite(entries(group, "source"))
    sources = {each.source.id for each in group}
    return Group(
        head=_marked(text, number) if document.has_notes else _before_full_stop(text, cited),
        lines=tuple(line for each in group for line in (_dated(each.source), *_quotes(each))),
        note=f"{number}. {cited}" if document.has_notes else "",
        references=tuple(dict.fromkeys(entry for source, entry in listed.items() if source in sources)),
    )


def _source_group(document: "_Document", listed: Mapping[str, str], number: int, group: Sequence[Citation]) -> Group:
    source, cited = group[0].source, document.cite(entries(group, "source"))
    claims = [line for each in group for line in (_line(each.claim), *(f"    {quote}" for quote in _quotes(each)))]
    return Group(
        head=_marked(_dated(source), number) if document.has_notes else cited,
        lines=tuple(claims if document.has_notes else [_dated(source), *claims]),
        note=f"{number}. {cited}" if document.has_notes else "",
        references=tuple(entry for key, entry in listed.items() if key == source.id),
    )


def _marked(text: str, number: int) -> str:
    return f"{text}{str(number).translate(_SUPERSCRIPT)}"


def _dated(source: Source) -> str:
    return _line(f"{', '.join(authors(source))}, {dating(source)}")


def _quotes(citation: Citation) -> list[str]:
    """Return each quote as a line, with the heading that it is under and the address that leads to it."""
    source, lines = citation.source, []
    for cite in citation.cites:
        section, page = section_of(source, cite), link(source, cite) or ""
        lines.append(_line(f"{f'{section}: ' if section else ''}“{cite.quote}”{correction(source, cite)} {page}"))
    return lines


def _line(text: str) -> str:
    return " ".join(text.split())


def _before_full_stop(text: str, cited: str) -> str:
    """Put a citation before the full stop of a claim; the point of an abbreviation such as U.S. stays with it."""
    body = text if re.search(r"\b[A-Z]\.[A-Z]\.$", text) else text.removesuffix(".")
    return f"{body} {cited}."


class _Document:
    """A document written in one style: its sources, and its citations so far, on which short notes depend."""

    def __init__(self, style: CslFile, sources: Mapping[str, Source]) -> None:
        self._style = _read(style)
        self._sources, self._items = sources, _items(style, sources)
        self._section = style.section
        self._is_american = self._style.root.get_locale_option("punctuation-in-quote") == "true"
        self.has_notes = self._style.root.get("class") == "note"
        self._disambiguate()
        self._document = self._empty()

    def cite(self, cited: Sequence[Entry]) -> str:
        """Return the entries of sources as one citation, each with the sections that its passages are in."""
        return self._cited(self._document, [CitationItem(each.key, **self._locator(each)) for each in cited])

    def _locator(self, entry: Entry) -> dict[str, Locator]:
        # the form includes the word "section", because CSL would put its label before the heading
        named = [self._section.format(_as_text(each)) for each in sections(entry.source, entry.cites)]
        text = ", ".join(named).translate(str.maketrans("“”-", _OPEN + _CLOSE + _HYPHEN))
        return {"locator": Locator("passage", text)} if text else {}

    def bibliography(self) -> dict[str, str]:
        """Return the entry of each source by its id, in the style's order. Chicago's notes have none for posts."""
        return {
            item.key: _with_locator(self._tidy(str(entry)), self._sources[item.key])
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
        text = re.sub(rf"(?<=\.{_CLOSE} )last(?= modified)", "Last", text)  # at the start of a sentence
        if self.has_notes:  # Chicago's notes have no comma between a title and a site whose date is uncertain
            text = re.sub(rf"(?<![.,?!]){_CLOSE}(?= \w)", f",{_CLOSE}", text)
        marks = "“”" if self._is_american else "‘’"
        return text.translate(str.maketrans(_OPEN + _CLOSE + _HYPHEN + _HIDDEN, f"{marks}-{_MARKUP}"))


def _with_locator(entry: str, source: Source) -> str:
    """Return an entry that ends with where its source is kept, if the style has no place for that."""
    locator = _line(source.locator or "")
    stop = "" if locator.endswith((".", "?", "!")) else "."
    return entry if locator in entry else f"{entry.rstrip('. ')}. {locator}{stop}"


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
    """Return a source as a CSL-JSON item with the fields that a style prints: of newspapers, no publisher."""
    item = csl_printed(source)
    unprinted = {"archive"} if not (style.names_archive or source.locator) else set()
    unprinted |= {"publisher"} if source.type == "article-newspaper" or not source.author else set()
    if source.container_title in authors(source) and not style.repeats_author:
        unprinted.add("container-title")
    if source.type == "speech" and "issued" in item:
        item["event-date"] = item["issued"]  # the one date that MLA prints of a speech
    if is_dated_by_update(source):
        item[_UPDATED] = "updated"
    item["author"] = [{"literal": _as_text(name)} for name in authors(source)]
    texts = {key: _as_text(value) if isinstance(value, str) else value for key, value in item.items()}
    return {"id": source.id, **{key: value for key, value in texts.items() if key not in unprinted}}


def _as_text(text: str) -> str:
    """Return data on one line, in which citeproc-py finds no markup."""
    return _line(text).translate(str.maketrans(_MARKUP, _HIDDEN))


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
    _amend_retrieval(read.root)
    _amend_claims(read.root)
    _amend_sorting(read.root)
    for name in style.amended:
        _AMENDMENTS[name](read.root)
    _remember_macros(read.root)
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


def _amend_retrieval(root: Element) -> None:
    for text in _all(root, "text"):
        if text.get("term") == "retrieved":  # APA would print "Retrieved" without the date that is not known
            _only_if(text, variable="accessed")


def _amend_claims(root: Element) -> None:
    """Leave out that an article is a preprint, or ahead of print: styles take that from there being no volume."""
    for text in _all(root, "text"):
        if text.get("term") == "advance-online-publication" or text.get("value") == "Preprint":
            text.getparent().remove(text)


def _remember_macros(root: Element) -> None:
    """Find each macro once: citeproc-py searches the style at each use of it, and then for whether it has a variable.

    That was four fifths of the time of a citation in Chicago style (22 ms in place of 98). The results stay true: a
    style does not change once it is read, and lxml keeps the attributes of an element that something refers to.
    """
    root.xpath_search = functools.cache(root.xpath_search)
    for name in [macro.get("name") for macro in _all(root, "macro")]:
        macro = root.get_macro(name)
        macro.calls_variable = functools.cache(macro.calls_variable)


def _date_webpages(root: Element) -> None:
    for group in root.bibliography.iterfind(f".//*[@type='webpage post-weblog post']/{_NAMESPACE}group"):
        group.append(_new(group, "text", macro="issued"))


def _bracket_doubt(root: Element) -> None:
    """Print dates that are not sure as `[2013?]` (MLA Handbook; The Chicago Manual of Style, which IEEE refers to)."""
    for circa in [text for text in _all(root, "text") if text.get("term") == "circa"]:
        circa.getparent().remove(circa)
    for date in _issued_with_year(root):
        if date.get("suffix") != "?]":
            doubtful = copy.deepcopy(date)
            doubtful.attrib.update({"prefix": "[", "suffix": "?]"})
            date.addprevious(doubtful)
            otherwise = _new(date, "else")
            _only_if(doubtful, **{"is-uncertain-date": "issued"}).append(otherwise)
            otherwise.append(date)


def _add_circa(root: Element) -> None:
    """Put "c." before each date with a year, in a style that has no form for uncertain dates."""
    for date in _issued_with_year(root):
        circa = _new(date, "text", term="circa", form="short", suffix=" ")
        date.addprevious(circa)
        _only_if(circa, **{"is-uncertain-date": "issued"})


def _add_genre(root: Element) -> None:
    """Put the kind of text in brackets behind the title, but for the types of which a style prints it elsewhere."""
    for title in [text for text in root.bibliography.iter(f"{_NAMESPACE}text") if text.get("macro") == "title"]:
        group = _new(title, "group", delimiter=" ")
        title.getparent().replace(title, group)
        genre = _new(title, "text", variable="genre", prefix="[", suffix="]", **{"text-case": "capitalize-first"})
        group.extend([title, genre])
        _only_if(genre, type="report software standard thesis", match="none")


def _say_updated(root: Element) -> None:
    """Put "last modified" before the day of a date that is that of the last update."""
    for date in _all(root, "date"):
        has_month = date.get("form") == "text" or date.find(f"{_NAMESPACE}date-part[@name='month']") is not None
        if date.get("variable") == "issued" and has_month:
            text = _new(date, "text", value="last modified", suffix=" ")
            date.addprevious(text)
            _only_if(text, variable=_UPDATED)


def _issued_with_year(root: Element) -> list[Element]:
    found = [date for date in _all(root, "date") if date.get("variable") == "issued"]
    parts = [[part.get("name") for part in date.iterfind(f"{_NAMESPACE}date-part")] for date in found]
    return [date for date, names in zip(found, parts, strict=True) if not names or "year" in names]


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


def _new(element: Element, name: str, **attributes: str) -> Element:
    """Return a new element of the style that an element belongs to."""
    return element.makeelement(f"{_NAMESPACE}{name}", attributes)


def _only_if(element: Element, **condition: str) -> Element:
    """Wrap an element in a `choose`, which is returned, and an `if` with the condition."""
    choose, test = _new(element, "choose"), _new(element, "if", **condition)
    element.getparent().replace(element, choose)
    choose.append(test)
    test.append(element)
    return choose


_AMENDMENTS: dict[Amendment, Callable[[Element], None]] = {
    "bracket-doubt": _bracket_doubt,
    "add-circa": _add_circa,
    "date-webpages": _date_webpages,
    "add-genre": _add_genre,
    "say-updated": _say_updated,
}
