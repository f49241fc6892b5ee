"""Citations of facts in a Pandoc document as citations of their documents, which become its references.

A document is the JSON of Pandoc's AST (https://hackage.haskell.org/package/pandoc-types). What is made here is rendered
by `--citeproc`, which runs after the filter.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tajsec.cite.bibliography import csl_printed
from tajsec.cite.citation import INFERRED, citations, is_sure, sections, version_date
from tajsec.data.files import read_text
from tajsec.errors import UnknownName, UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Source, known_error
from tajsec.text.dates import Edtf
from tajsec.text.jsontext import Json

MAX_FILE = 64 * 2**20
"""Bytes of a bibliography or style file, as of a text that is sealed; a reference of BibTeX has about one kilobyte."""

WORDS = 8
"""Words before a wrong citation that a message quotes, so that its place is found where its line is not known."""

_ID = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
"""The ids of facts and sources. Other keys of citations, such as `Doe1999` and `fig:map`, are not ours."""

_KEYS = re.compile(r"""(?:@\w+\s*[{(]\s*|\bid["']?\s*:\s*["']?|^ID\s+-\s+)([^\s,"'}]+)""", re.IGNORECASE | re.MULTILINE)
"""The keys in a bibliography of BibTeX or biblatex, CSL in JSON or YAML, or RIS."""

_BLOCKS_OF_TEXT = ("Para", "Plain", "Header", "LineBlock")


class Mistake(NamedTuple):
    """A citation of a fact that is unknown or withdrawn."""

    id: str
    what: str
    """What is wrong and what to do."""
    words: str
    """The citation, and some words before it."""


class Result(NamedTuple):
    """What is to be reported of a document whose citations were replaced."""

    mistakes: list[Mistake]
    warnings: list[str]


@dataclass(slots=True)
class _Part:
    """A citation in a bracket: of one document, with the sections that are cited, or one that is not ours."""

    citation: Json
    source: Source | None = None
    sections: list[str] = field(default_factory=list)


def cite_facts(store: Store, document: Json) -> Result:
    """Replace the citations of facts in a document, and add the cited sources to its references.

    Citations of keys in its own bibliography are left. Raises UsageError for what is no document of Pandoc.
    """
    match document:
        case {"meta": dict(meta), "blocks": list()}:
            return _Replacement(store, meta).of_all(list(_cites(document)))
    raise _not_pandoc()


def _not_pandoc() -> UsageError:
    return UsageError("standard input is no document of Pandoc; run pandoc --filter tajsec-pandoc --citeproc")


class _Replacement:
    """The citations of one document as they are replaced."""

    def __init__(self, store: Store, meta: Json) -> None:
        self._store, self._meta = store, meta
        self._own, self._has_unread = _own_keys(meta)
        self._cited: dict[str, Source] = {}
        self._warnings: dict[str, None] = {}

    def of_all(self, cites: Iterable[tuple[Json, Json]]) -> Result:
        mistakes = list[Mistake]()
        for cite, block in cites:
            parts = list[_Part]()
            for citation in cite["c"][0]:
                try:
                    _add(parts, citation, self._documents(citation["citationId"]))
                except UsageError as error:
                    mistakes.append(Mistake(citation["citationId"], str(error), _words(cite, block)))
            cite["c"][0] = [self._citation(part) for part in parts]
        if self._cited:
            made = [_as_meta(_reference(key, each, self._meta)) for key, each in self._cited.items()]
            self._meta["references"] = {"t": "MetaList", "c": [*_items(self._meta.get("references")), *made]}
        return Result(mistakes, list(self._warnings))

    def _documents(self, key: str) -> list[tuple[Source, list[str]]]:
        """Return the sources that a key cites, each with the headings of the sections; none for a key that is not ours.

        Raises UsageError for an unknown or withdrawn fact. If a bibliography of the document could not be read, a key
        is taken for one of its own, unless it is similar to the id of a fact.
        """
        if key in self._own or not _ID.fullmatch(key):
            return []
        try:
            fact = self._store.fact(key)
        except UnknownName as error:
            if any(source.id == key for source in self._store.sources()):
                return [(self._store.source(key), [])]
            if self._has_unread and not error.near:
                return []
            raise
        if fact.withdrawn:
            raise UsageError(f"{key} is withdrawn: {fact.withdrawn.rstrip('.')}; take it out, or cite another fact")
        found = citations(self._store, [fact])
        if wrong := known_error(fact.rank, (each.right for each in found[0].errata), fact.notes):
            self._warnings[f"{key} is {wrong}"] = None
        return [(each.source, sections(each.source, each.cites)) for each in found]

    def _citation(self, part: _Part) -> Json:
        """Return the citation of a part, with the sections before the suffix that the author wrote."""
        if part.source is None:
            return part.citation
        key = part.source.id if part.source.id not in self._own else f"tajsec.{part.source.id}"
        self._cited[key] = part.source
        return {**part.citation, "citationId": key, "citationSuffix": _suffix(part)}


def _add(parts: list[_Part], citation: Json, documents: Sequence[tuple[Source, list[str]]]) -> None:
    """Add a citation to those before it in the bracket: what is cited of the same document is joined to one.

    The author's prefix is put before the first of the documents, the suffix after the last.
    """
    if not documents:
        parts.append(_Part(citation))
    for n, (source, headings) in enumerate(documents):
        prefix = [] if n else citation["citationPrefix"]
        suffix = citation["citationSuffix"] if n == len(documents) - 1 else []
        before = (each for each in parts if each.source == source and not each.citation["citationSuffix"])
        joined = None if prefix else next(before, None)
        if joined:
            joined.sections += headings
            joined.citation["citationSuffix"] = suffix
        else:
            mode = {"t": "NormalCitation"} if n else citation["citationMode"]
            own = {**citation, "citationPrefix": prefix, "citationSuffix": suffix, "citationMode": mode}
            parts.append(_Part(own, source, [*headings]))


def _suffix(part: _Part) -> list[Json]:
    """Return the suffix: the sections, then the author's own; an own locator in braces takes the place of the sections.

    The sections are no locator with the label "section", because citeproc makes that plural if a heading has a space.
    """
    own: list[Json] = part.citation["citationSuffix"]
    if not part.sections or _text(own).lstrip(", ").startswith("{"):
        return own
    named = "".join(f", “{each}” section" for each in dict.fromkeys(part.sections))
    return [*_inlines(named if re.match(r"[,;. ]|$", _text(own)) else f"{named}, "), *own]


def _inlines(text: str) -> list[Json]:
    return [{"t": "Str", "c": each} if each != " " else {"t": "Space"} for each in re.findall(r" |[^ ]+", text)]


def _reference(key: str, source: Source, meta: Json) -> Json:
    """Return a source as an item of the references.

    If the style of the document has no form for a date that is not sure, such a date is text. Pandoc's own style would
    print that twice, without month and day; but it prints the genre, which there says of a date that it is inferred.
    """
    item, date = {"id": key, **csl_printed(source)}, version_date(source)
    styles = [_text(meta[name]) for name in ("csl", "citation-style") if name in meta]
    if not date or is_sure(date) or (date.start and date.end and _have_circa(styles)):
        return item
    if styles or not _is_inferred_month(date):
        item["issued"] = {"literal": _about(date)}
    else:
        del item["issued"]["circa"]
        item["genre"] = ", ".join(filter(None, (source.genre, INFERRED)))
    return item


def _is_inferred_month(date: Edtf) -> bool:
    """True for one month or day that is inferred, and not approximate."""
    return date.start == date.end and bool(date.anchor.month) and not date.anchor.approximate


def _about(date: Edtf) -> str:
    years = "–".join(dict.fromkeys(str(end.year) for end in (date.start, date.end) if end))
    return f"ca. {years}" if date.start and date.end else f"since {years}" if date.start else f"until {years}"


def _have_circa(styles: Iterable[str]) -> bool:
    try:
        return any("is-uncertain-date" in read_text(Path(name), MAX_FILE) for name in styles)
    except UsageError:
        return False


def _own_keys(meta: Json) -> tuple[set[str], bool]:
    """Return the keys of the references and bibliographies of a document; True if there are more in a file not read."""
    keys, has_unread = set[str](), False
    for each in _items(meta.get("references")):
        match each:
            case {"t": "MetaMap", "c": {"id": key}}:
                keys.add(_text(key))
    for name in map(_text, _items(meta.get("bibliography"))):
        try:
            found = _KEYS.findall(read_text(Path(name), MAX_FILE))
        except UsageError:
            found = []
        keys.update(found)
        has_unread = has_unread or not found
    return keys, has_unread


def _items(value: Json | None) -> list[Json]:
    """Return the values of a list in the metadata; a value that is no list is the only one."""
    match value:
        case None:
            return []
        case {"t": "MetaList", "c": list(values)}:
            return values
    return [value]


def _as_meta(value: object) -> Json:
    """Return a value as one of Pandoc's metadata."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: _as_meta(each) for key, each in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": list(map(_as_meta, value))}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaString", "c": str(value)}


def _cites(document: Json) -> Iterator[tuple[Json, Json]]:
    """Yield each `Cite` of a document with the block of text that it is in. Raises UsageError for one that is none."""
    for element, block in _elements(document):
        match element:
            case {"t": "Cite", "c": [[*cited], [*_]]} if all(map(_is_citation, cited)):
                yield element, block
            case {"t": "Cite"}:
                raise _not_pandoc()


def _is_citation(value: object) -> bool:
    match value:
        case {"citationId": str(), "citationPrefix": list(), "citationSuffix": list(), "citationMode": dict()}:
            return True
    return False


def _elements(value: object) -> Iterator[tuple[Json, Json]]:
    """Yield each element in a value, in order, with the block of text that it is in.

    The prefixes and suffixes of citations are left out: a `Cite` has them a second time, as they were written.
    """
    left: list[tuple[object, Json]] = [(value, {})]
    while left:
        value, block = left.pop()
        if isinstance(value, dict) and "citationId" not in value:
            if isinstance(value.get("t"), str):
                block = value if value["t"] in _BLOCKS_OF_TEXT else block
                yield value, block
            value = list(value.values())
        if isinstance(value, list):
            left += [(each, block) for each in reversed(value)]


def _text(value: object) -> str:
    """Return the text of inlines or of a value of the metadata."""
    texts = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
    return "".join(
        str(each.get("c", "")) if each["t"] in ("Str", "MetaString") else texts.get(each["t"], "")
        for each, _ in _elements(value)
    )


def _words(cite: Json, block: Json) -> str:
    """Return the citation as it was written, and the words before it."""
    written = _text(cite["c"][1])
    before = _text(block).partition(written)[0].split()
    return " ".join([*before[-WORDS:], written]) if block else written
