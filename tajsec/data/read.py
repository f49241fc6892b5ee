"""The one reader: TOML files in, checked values out, every mistake with its file, line and key path.

A fact, a source or a term that was read cannot be half right. Problems are collected, so that one call names all
of them; their codes are T1xx for files, T2xx for keys and values, T3xx for references.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tajsec.data.folders import Folders
from tajsec.data.references import broken_references, root
from tajsec.data.table import Table
from tajsec.data.toml import MAX_TABLES, TomlFile, raw_bytes, toml_files
from tajsec.errors import DataError, Problem
from tajsec.model.as_json import HASH_DIGITS, content_hash
from tajsec.model.kinds import (
    PERIODS,
    QUALIFIERS,
    RELATION_KINDS,
    REVIEW_KINDS,
    ROLES,
    STATUSES,
    TERM_KINDS,
    Place,
    TermKind,
)
from tajsec.model.records import Cite, Contents, Erratum, Fact, Passage, Quantity, Relation, Review, Source
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.text.dates import Edtf

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


MAX_FILES = 20_000


MAX_PACK = 2 * 2**30


MAX_QUOTE_WORDS = 12


MIN_QUOTE = 12
"""Characters. A shorter quote proves too little: it stands in too many passages."""


_SHA256 = re.compile(r"[0-9a-f]{64}")


_SHA256_NAME = "a SHA-256 digest in lower-case hexadecimal"


_HASH = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}")


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


_INFERABLE = ("when", "as_of", "quantities", "statement", "actors", "places", "people", "status")


_R = TypeVar("_R", Fact, Source, Term, Review)


def read(sets: Sequence[Folders], progress: Callable[[int], None] = lambda _count: None) -> Contents:
    """Read sets of data folders as one store, facts in the order of the files, and check it against itself.

    `progress` is called with the number of facts read. Raises DataError with every problem found, or
    FailingEnvironment for a folder that cannot be read.
    """
    reader = _Reader()
    for folders in sets:
        reader.add(folders, progress)
    contents = reader.contents()
    if reader.problems:
        raise DataError(reader.problems)
    return contents


def fingerprint(sets: Sequence[Folders], salt: str) -> str | None:
    """A digest of the data and of `salt`, in hexadecimal; None if a file cannot be read: `read` says why."""
    whole = hashlib.blake2b(salt.encode(), digest_size=20)
    for folders in sets:
        for folder, label in folders.in_order:
            whole.update(f"\n{label}\n".encode())
            for entry in toml_files(folder):
                data = raw_bytes(entry, trusted=folders.trusted)
                if data is None:
                    return None
                whole.update(f"{entry.name} {hashlib.blake2b(data, digest_size=20).hexdigest()}\n".encode())
    return whole.hexdigest()


def read_source(text: str, label: str) -> Source:
    """Read the text of one source record. Raises DataError; `label` names the file in it."""
    file = TomlFile(label, text)
    if not file.problems:
        table = Table(file, file.data, ())
        source = _source(table, Place(file=label, line=1, index=0))
        table.finish()
    if file.problems:
        raise DataError(file.problems)
    return source


class _Reader:
    """Collects the records of several folders, and all their problems."""

    def __init__(self) -> None:
        self._files: dict[str, TomlFile] = {}
        self._terms: list[Term] = []
        self._sources: list[Source] = []
        self._facts: list[Fact] = []
        self._reviews: list[Review] = []
        self._unread: set[str] = set()
        self._bytes = 0

    @property
    def problems(self) -> list[Problem]:
        return [problem for file in self._files.values() for problem in file.problems]

    def add(self, folders: Folders, progress: Callable[[int], None]) -> None:
        vocabulary, seeds, facts, reviews = folders.in_order
        for file in self._parsed(*vocabulary, TERM_KINDS, folders):
            for kind in TERM_KINDS:
                self._terms += self._records(file, kind, _term(kind))
            file.no_other_keys(TERM_KINDS)
        for file in self._parsed(*seeds, ("source",), folders):
            self._sources += self._records(file, "source", _source)
        for file in self._parsed(*reviews, ("review",), folders):
            self._reviews += self._records(file, "review", _review)
            file.no_other_keys(("review",))
        for file in self._parsed(*facts, ("fact",), folders):
            self._facts += self._records(file, "fact", _fact)
            file.no_other_keys(("fact",))
            progress(len(self._facts))

    def _parsed(self, folder: "Traversable", label: str, kinds: Sequence[str], folders: Folders) -> Iterator[TomlFile]:
        for entry in toml_files(folder):
            file = TomlFile.load(entry, f"{label}/{entry.name}", trusted=folders.trusted)
            self._files[file.label] = file
            self._bytes += len(file.text)
            if len(self._files) > MAX_FILES or self._bytes > MAX_PACK:
                file.report((), "T102", f"the packs hold over {MAX_FILES:,} files or 2 GiB; split them")
                return
            if file.problems:
                self._unread |= {*kinds}
            else:
                yield file
                file.data = {}  # the parsed tables of a large pack fill the memory; a mistake is found in the text

    @staticmethod
    def _records(file: TomlFile, kind: str, make: Callable[[Table, Place], _R]) -> list[_R]:
        """Make a record of each table of a kind, of a faulty one too: others may name it."""
        records = []
        lines = file.lines_of(kind)
        for index, table in enumerate(_tables(file, kind)):
            line = lines[index] if index < len(lines) else 1
            records.append(make(table, Place(file=file.label, line=line, index=index)))
            table.finish()
        return records

    def contents(self) -> Contents:
        """What was read, checked against itself; what a file that cannot be parsed may contain is not missed."""
        self._duplicates("fact", self._facts)
        self._duplicates("source", self._sources)
        for term_kind in TERM_KINDS:
            self._duplicates(term_kind, [term for term in self._terms if term.kind == term_kind])
        sources = {source.id: source for source in self._sources}
        contents = Contents(
            facts=tuple(self._facts),
            sources=sources,
            vocabulary=Vocabulary(self._terms),
            reviews=tuple(self._reviews),
        )
        for kind, place, path, code, what in broken_references(contents):
            if kind not in self._unread:
                self._files[place.file].report(path, code, what)
        return contents

    def _duplicates(self, kind: str, records: Sequence[Fact] | Sequence[Source] | Sequence[Term]) -> None:
        first: dict[str, Place] = {}
        for record in records:
            place = first.setdefault(record.id, record.place)
            if place is not record.place:
                what = f"{record.id!r} stands in {place.file}:{place.line} already; give it an id of its own"
                self._files[record.place.file].report((*root(kind, record.place), "id"), "T305", what)


def _tables(file: TomlFile, kind: str) -> list[Table]:
    """Give the tables of a kind; a source is a file of its own."""
    whole = Table(file, file.data, ())
    return [whole] if kind == "source" else whole.tables(kind, most=MAX_TABLES)


def _term(kind: TermKind) -> Callable[[Table, Place], Term]:
    def make(table: Table, place: Place) -> Term:
        return Term(
            kind=kind,
            id=table.id(),
            name=table.text("name"),
            aliases=table.texts("aliases"),
            about=table.maybe_text("about"),
            part_of=table.maybe_text("part_of"),
            place=place,
        )

    return make


def _source(table: Table, place: Place) -> Source:
    return Source(
        id=table.id(),
        type=table.id("type"),
        title=table.text("title"),
        author=table.texts("author"),
        publisher=table.text("publisher"),
        container_title=table.maybe_text("container_title"),
        issued=table.date("issued"),
        updated=table.date("updated"),
        accessed=table.date("accessed"),
        as_of=table.date("as_of"),
        url=table.url("url", required=True) or "",
        archive_url=table.url("archive_url", required=False),
        language=table.matching("language", _LANGUAGE, "a language tag, such as en"),
        file=table.text("file"),
        text_sha256=table.matching("text_sha256", _SHA256, _SHA256_NAME),
        derived_from=table.maybe_text("derived_from"),
        notes=table.texts("notes"),
        errata=tuple(_erratum(each) for each in table.tables("erratum")),
        passages=_passages(table),
        place=place,
    )


def _passages(table: Table) -> tuple[Passage, ...]:
    found = []
    for number, each in enumerate(table.tables("passage", required=True, most=MAX_TABLES), 1):
        n = each.whole("n")
        if n != number:
            each.bad("n", "T209", f"passages are numbered from 1 without a gap; this one is {number}")
        found.append(
            Passage(
                n=n,
                section=each.maybe_text("section"),
                role=each.choice("role", ROLES),
                words=each.whole("words"),
                sha256=each.matching("sha256", _SHA256, _SHA256_NAME),
                as_of=each.date("as_of"),
            )
        )
        each.finish()
    return tuple(found)


def _fact(table: Table, place: Place) -> Fact:
    keys: dict[str, Any] = {
        "id": table.id(),
        "statement": table.text("statement"),
        "actors": table.texts("actors", required=True),
        "topics": table.texts("topics", required=True),
        "when": table.date("when"),
        "as_of": table.date("as_of"),
        "status": table.choice("status", STATUSES),
        "quantities": tuple(_quantity(each) for each in table.tables("quantities")),
        "places": table.texts("places"),
        "people": table.texts("people"),
        "aliases": table.texts("aliases"),
        "cites": tuple(_cite(each) for each in table.tables("cites", required=True)),
        "relations": tuple(_relation(each) for each in table.tables("relations")),
        "inferred": table.strings("inferred", _INFERABLE),
        "derived": table.pairs("derived"),
        "withdrawn": table.maybe_text("withdrawn"),
    }
    if "when" not in table.data and "as_of" not in table.data:
        table.bad("when", "T201", "missing, and so is as_of; a fact needs a date: add one of them")
    return Fact(**keys, content_hash=content_hash(keys), place=place)


def _quantity(table: Table) -> Quantity:
    quantity = Quantity(
        value=table.number("value"),
        unit=table.text("unit"),
        qualifier=table.choice("qualifier", QUALIFIERS),
        of=table.text("of"),
        period=table.choice("period", PERIODS),
    )
    table.finish()
    return quantity


def _cite(table: Table) -> Cite:
    cite = Cite(source=table.text("source"), passage=table.whole("passage"), quote=_quote(table, "quote"))
    table.finish()
    return cite


def _quote(table: Table, key: str) -> str:
    quote = table.text(key)
    count = len(quote.split())
    if count > MAX_QUOTE_WORDS:
        table.bad(key, "T211", f"{count} words; a quote has at most {MAX_QUOTE_WORDS}")
    elif quote and len(quote) < MIN_QUOTE:
        table.bad(key, "T211", f"under {MIN_QUOTE} characters; take in the words around it")
    return quote


def _erratum(table: Table) -> Erratum:
    erratum = Erratum(
        passage=table.whole("passage"),
        says=_quote(table, "says"),
        right=table.text("right"),
        evidence=table.text("evidence"),
    )
    table.finish()
    return erratum


def _review(table: Table, place: Place) -> Review:
    date = table.date("date")
    if date is None and "date" not in table.data:
        table.bad("date", "T201", "missing; add it")
    return Review(
        kind=table.choice("kind", REVIEW_KINDS),
        date=date or Edtf(start=None, end=None),
        compared=table.text("compared"),
        texts=table.pairs("texts", _SHA256, _SHA256_NAME),
        facts=table.pairs("facts", _HASH, f"a content hash of {HASH_DIGITS} hexadecimal digits", most=MAX_TABLES),
        place=place,
    )


def _relation(table: Table) -> Relation:
    relation = Relation(
        to=table.text("to"),
        kind=table.choice("kind", RELATION_KINDS),
        note=table.text("note"),
        prefer=table.maybe_text("prefer"),
    )
    table.finish()
    return relation
