"""Reads TOML files into checked records, and reports each mistake with its file, line and key path.

All mistakes are collected and raised together; `tajsec.data.codes` lists their codes. The records that `read` returns
need no further check.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tajsec.data.folders import Folders, shipped_folders
from tajsec.data.references import broken_references, home, is_of_gone, named_terms, root
from tajsec.data.table import Reporter, Table
from tajsec.data.toml import MAX_TABLES, TomlFile, raw_bytes, toml_files
from tajsec.errors import DataError, Problem
from tajsec.model.as_json import HASH_DIGITS, content_hash
from tajsec.model.kinds import (
    EXTENTS,
    PERIODS,
    QUALIFIERS,
    RANKS,
    RELATION_KINDS,
    REVIEW_KINDS,
    ROLES,
    SOURCE_TYPES,
    STATUSES,
    TERM_KINDS,
    TermKind,
)
from tajsec.model.pack import PACK_FILE, Pack
from tajsec.model.place import PackName, Place
from tajsec.model.records import (
    WHEREABOUTS,
    Cite,
    Contents,
    Erratum,
    Fact,
    Passage,
    Quantity,
    Relation,
    Review,
    Source,
)
from tajsec.model.vocabulary import Term, Vocabulary
from tajsec.text.dates import Edtf
from tajsec.text.identifiers import LICENCE, is_doi, is_isbn, is_urn
from tajsec.text.spelling import near_names

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAX_FILES = 20_000
MAX_PACK = 2 * 2**30
"""Characters of all files. Both limits stop a pack before it fills the memory: 100,000 facts are about 50 MB."""
MAX_QUOTE_WORDS = 12
"""A quote shows the words that carry a claim; it never reprints whole sentences of a copyrighted document."""
MIN_QUOTE = 12
"""Characters. A shorter quote proves too little: it is in too many passages."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA256_NAME = "a SHA-256 digest in lower-case hexadecimal"
_HASH = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}")
_HASH_NAME = f"a content hash of {HASH_DIGITS} hexadecimal digits"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHTS = re.compile(rf"public-domain|copyright|{LICENCE}")
_RIGHTS_NAME = "public-domain, copyright or the SPDX id of a licence"
_INFERABLE = ("when", "as_of", "quantities", "statement", "actors", "places", "people", "status")
"""The keys of a fact whose values may be inferred instead of read in a document."""


def read(sets: Sequence[Folders], progress: Callable[[int], None] = lambda _count: None) -> Contents:
    """Read sets of data folders as one store, facts in the order of the files, and check the references in it.

    `progress` is called with the number of facts read so far. Raises DataError with every problem found, or
    FailingEnvironment for a folder that cannot be read.
    """
    return read_files(sets, progress)[0]


def read_files(
    sets: Sequence[Folders],
    progress: Callable[[int], None] = lambda _count: None,
    changed: Mapping[str, str] = MappingProxyType({}),
    known: Mapping[str, TomlFile] = MappingProxyType({}),
) -> tuple[Contents, Mapping[str, TomlFile]]:
    """Return what `read` does, and the files by their labels.

    `changed` are texts by the labels of files, to be read in the place of these or as new ones; `known` are files that
    were read before, of which those of the package itself are not read again. Raises what `read` raises.
    """
    reader = _Reader(changed, known)
    for folders in sets:
        reader.add(folders, progress)
    contents = reader.contents()
    if reader.problems:
        raise DataError(reader.problems)
    return contents, reader.files


def fingerprint(sets: Sequence[Folders], salt: str) -> str | None:
    """Return a digest of `salt` and all files that `read` would read, in 40 digits; None if one is unreadable."""
    whole = hashlib.blake2b(salt.encode(), digest_size=20)
    for folders in sets:
        for label, entries in _files_by_folder(folders):
            whole.update(f"\n{label}\n".encode(errors="surrogatepass"))
            for entry in entries:
                data = raw_bytes(entry, trusted=folders.trusted)
                if data is None:
                    return None
                digest = hashlib.blake2b(data).hexdigest()
                whole.update(f"{entry.name} {digest}\n".encode(errors="surrogatepass"))
    return whole.hexdigest()


def data_files(sets: Sequence[Folders]) -> Iterator[Path]:
    """Yield the files on disk that `read` would read. Raises FailingEnvironment for a folder that cannot be read."""
    for folders in sets:
        for _, entries in _files_by_folder(folders):
            yield from (entry for entry in entries if isinstance(entry, Path))


def _files_by_folder(folders: Folders) -> "Iterator[tuple[str, Sequence[Traversable]]]":
    """Yield the label of each folder with its files, `pack.toml` first."""
    if folders.pack_file:
        yield str(folders.pack_file.parent), [folders.pack_file]
    for folder, label in folders.in_order:
        yield label, toml_files(folder)


def read_source(text: str, label: str) -> Source:
    """Read the text of one source record; `label` is the name of the file in problems. Raises DataError."""
    file = TomlFile(label, text)
    if not file.problems:
        (source,) = _records(file, "source")
    if file.problems:
        raise DataError(file.problems)
    return source  # type: ignore[no-any-return]


def read_facts(path: Path) -> tuple[TomlFile, list[Fact]]:
    """Read the facts of one file, with the file, which has the problems. References are not checked."""
    file = TomlFile.load(path, str(path), trusted=False)
    if file.problems:
        return file, []
    file.no_other_keys(["fact"])
    facts = list(_records(file, "fact"))
    first: dict[str, int] = {}
    for fact in facts:
        if first.setdefault(fact.id, fact.place.line) != fact.place.line:
            what = f"{fact.id!r} stands in line {first[fact.id]} already; give it an id of its own"
            file.report((*root("fact", fact.place), "id"), "T305", what)
    return file, facts


def read_fact(keys: Mapping[str, Any], reporter: Reporter, place: Place) -> Fact:
    """Read the keys of one fact that is in no TOML file. Mistakes are reported to `reporter`, as those of a file are.

    References are not checked.
    """
    table = Table(reporter, keys, ())
    fact = _fact(table, place)
    table.finish()
    return fact


class _Reader:
    """Collects the records of several sets of folders, and all their problems."""

    def __init__(self, changed: Mapping[str, str], known: Mapping[str, TomlFile]) -> None:
        self._changed = changed
        self._known = {label: file for label, file in known.items() if file.trusted}
        self.files: dict[str, TomlFile] = {}
        self._folders: dict[str, Folders] = {}
        """The set of data that each file belongs to."""
        self._found: dict[str, list[Any]] = {kind: [] for kind in MAKERS}
        self._unread: set[str] = set()
        """The kinds of records of the files that could not be parsed."""
        self._packs: list[Pack] = []
        self._size = 0

    @property
    def problems(self) -> list[Problem]:
        return [problem for file in self.files.values() for problem in file.problems]

    def add(self, folders: Folders, progress: Callable[[int], None]) -> None:
        pack = folders.pack_of_facts
        name = pack.name if pack else None
        self._packs += [pack] if pack else []
        for (folder, label), kinds in zip(folders.in_order, _KINDS_IN_ORDER, strict=False):
            for file in self._parsed(folder, label, kinds, folders):
                for kind in kinds:
                    if kind not in file.records:
                        file.records[kind] = _records(file, kind, name)
                    self._found[kind] += file.records[kind]
                if kinds == ("fact",):
                    progress(len(self._found["fact"]))
                file.data = {}  # frees the memory of the parsed tables; line numbers are found in the text

    def _parsed(self, folder: "Traversable", label: str, kinds: Sequence[str], folders: Folders) -> Iterator[TomlFile]:
        for file in self._files_in(folder, label, trusted=folders.trusted):
            self.files[file.label], self._folders[file.label] = file, folders
            self._size += len(file.text)
            if len(self.files) > MAX_FILES or self._size > MAX_PACK:
                file.report((), "T102", f"the packs hold over {MAX_FILES:,} files or 2 GiB; split them")
                return
            if file.problems:
                self._unread |= {*kinds}
                continue
            if kinds != ("source",):
                file.no_other_keys(kinds)
            yield file

    def _files_in(self, folder: "Traversable", label: str, *, trusted: bool) -> Iterator[TomlFile]:
        """Yield the files of a folder by name, as they are changed, with those that are new."""
        on_disk = {f"{label}/{entry.name}": entry for entry in toml_files(folder)}
        new = {name for name in self._changed if name.rpartition("/")[0] == label}
        for name in sorted(on_disk.keys() | new):
            text, known = self._changed.get(name), self._known.get(name) if trusted else None
            if text is None:
                yield known or TomlFile.load(on_disk[name], name, trusted=trusted)
            else:
                yield TomlFile(name, text, trusted=trusted)

    def contents(self) -> Contents:
        """Return all records, and report broken references; those to records of unparsed files are not reported."""
        terms = [term for kind in TERM_KINDS for term in self._found[kind]]
        defined = [term for term in terms if term.extends is None]
        extensions = [term for term in terms if term.extends is not None]
        for kind in ("fact", "source"):
            self._report_duplicates(kind, self._found[kind])
        for kind in TERM_KINDS:
            self._report_duplicates(kind, [term for term in defined if term.kind == kind])
        contents = Contents(
            facts=tuple(self._found["fact"]),
            sources={source.id: source for source in self._found["source"]},
            vocabulary=Vocabulary(self._extended(defined, extensions)),
            reviews=tuple(self._found["review"]),
            packs=tuple(self._packs),
            extensions=tuple(extensions),
        )
        for missing, place, path, code, what in broken_references(contents, self._home):
            file = self.files[place.file]
            if missing not in self._unread and (file.trusted or not is_of_gone(path)):
                file.report(path, code, what)
        self._report_stores_without_shipped_names(contents)
        return contents

    def _report_stores_without_shipped_names(self, contents: Contents) -> None:
        """Report folders that use shipped names, and are read without them for want of a `pack.toml`.

        Nothing is reported beside mistakes that may be the reason why a name is unknown.
        """
        is_shipped_read = any(folders.trusted for folders in self._folders.values())
        if is_shipped_read or {problem.code for problem in self.problems} != {"T303"}:
            return
        absent = _shipped_names() - {(kind, each) for kind in TERM_KINDS for each in contents.vocabulary.of(kind)}
        using = {self._folders[fact.place.file].facts_label for fact in contents.facts if absent & named_terms(fact)}
        for folder in (label.rpartition("/")[0] for label in using):
            what = (
                f"holds no {PACK_FILE}, so it is a whole store, and shipped names are unknown in it; "
                f"move its files into a pack (tajsec new pack) to use these"
            )
            self.files[folder] = TomlFile(folder, "")
            self.files[folder].problems.append(Problem(folder, code="T303", what=what))

    def _home(self, kind: str, place: Place) -> str:
        return home(kind, self._folders[place.file])

    def _report_duplicates(self, kind: str, records: Iterable[Fact | Source | Term]) -> None:
        first: dict[str, Place] = {}
        for record in sorted(records, key=lambda each: each.place.file in self._changed):  # new ones come last
            place = first.setdefault(record.id, record.place)
            if place is not record.place:
                mine, others = _of_pack(record.place, place), _of_pack(place, record.place)
                what = (
                    f"{record.id!r}{mine} stands in {place.file}:{place.line}{others} already; give it an id of its own"
                )
                if isinstance(record, Term) and others and place.pack:
                    what += f', or add names to that one: extends = "{place.pack.id}"'
                self.files[record.place.file].report((*root(kind, record.place), "id"), "T305", what)

    def _extended(self, terms: Iterable[Term], more: Iterable[Term]) -> Iterable[Term]:
        """Return the terms with the aliases that the extensions in `more` add; report those of terms that are absent.

        An extension names the pack of the term, so that a pack does not come to rename another one's term by chance.
        """
        found = {(term.kind, term.id): term for term in terms}
        for each in more:
            term = found.get((each.kind, each.id))
            if term and term.place.pack and term.place.pack.id == each.extends:
                more_aliases = [alias for alias in dict.fromkeys(each.aliases) if alias not in term.names]
                found[each.kind, each.id] = replace(term, aliases=(*term.aliases, *more_aliases))
            elif each.kind not in self._unread:
                ids = [term_id for kind, term_id in found if kind == each.kind]
                near = [] if term else near_names(each.id, ids)
                advice = f"did you mean {' or '.join(near)}?" if near else "leave extends out for a name of your own"
                what = f"pack {each.extends!r} has no {each.kind} {each.id!r}; {advice}"
                self.files[each.place.file].report((*root(each.kind, each.place), "extends"), "T303", what)
        return found.values()


def _shipped_names() -> set[tuple[TermKind, str]]:
    vocabulary = read([shipped_folders()._replace(names_only=True)]).vocabulary
    return {(kind, each) for kind in TERM_KINDS for each in vocabulary.of(kind)}


def _of_pack(place: Place, other: Place) -> str:
    """Return words for the pack of a record, if that of another record is another one."""
    return f" of pack {place.pack.id}" if place.pack and place.pack != other.pack else ""


def _records(file: TomlFile, kind: str, pack: PackName | None = None) -> Sequence[Any]:
    """Return a record for each table of a kind, also for one with mistakes, as other records may refer to it."""
    whole = Table(file, file.data, ())
    if kind == "source":  # a file of its own
        source = _source(whole, Place(file=file.label, line=1, index=0, pack=pack))
        whole.finish()
        return [source]
    lines = file.lines_of(kind)

    def make(table: Table) -> object:
        index = int(table.path[-1])
        line = lines[index] if index < len(lines) else 1  # a table written inline has no header line
        return MAKERS[kind](table, Place(file=file.label, line=line, index=index, pack=pack))

    return whole.records(kind, make, most=MAX_TABLES)


def _term(kind: TermKind, table: Table, place: Place) -> Term:
    if table.has("extends"):
        return _extension(kind, table, place)
    return Term(
        kind=kind,
        id=table.id(),
        name=table.text("name"),
        aliases=table.texts("aliases"),
        about=table.maybe_text("about"),
        part_of=table.maybe_text("part_of"),
        place=place,
    )


def _extension(kind: TermKind, table: Table, place: Place) -> Term:
    """Return a term that adds aliases to one of another pack."""
    extends, term_id = table.id("extends"), table.id()
    aliases = table.texts("aliases", required=True)
    return Term(kind=kind, id=term_id, name=term_id, aliases=aliases, extends=extends, place=place)


def _source(table: Table, place: Place) -> Source:
    if not any(key in table.data for key in WHEREABOUTS):
        others = f"{', '.join(WHEREABOUTS[1:-1])} and {WHEREABOUTS[-1]}"
        table.bad("url", "T201", f"missing, and so are {others}; say by one of them where the document is found")
    return Source(
        id=table.id(),
        type=_type(table),
        title=table.text("title"),
        genre=table.maybe_text("genre"),
        author=table.texts("author"),
        publisher=table.text("publisher"),
        container_title=table.maybe_text("container_title"),
        issued=table.date("issued"),
        updated=table.date("updated"),
        accessed=table.date("accessed"),
        as_of=table.date("as_of"),
        url=table.url("url"),
        doi=table.maybe_in_form("doi", is_doi, "a DOI by itself, such as 10.1000/182"),
        isbn=table.maybe_in_form("isbn", is_isbn, "an ISBN: 10 or 13 digits, of which the last checks the others"),
        urn=table.maybe_in_form("urn", is_urn, "a URN, such as urn:ietf:rfc:2648"),
        locator=table.maybe_text("locator"),
        archive_url=table.url("archive_url"),
        language=table.matching("language", _LANGUAGE, "a language tag, such as en"),
        file=table.text("file"),
        text_sha256=table.matching("text_sha256", _SHA256, _SHA256_NAME),
        rights=table.matching("rights", _RIGHTS, _RIGHTS_NAME) if table.has("rights") else "copyright",
        extent=table.choice("extent", EXTENTS) if table.has("extent") else "whole",
        derived_from=table.maybe_text("derived_from"),
        notes=table.texts("notes"),
        errata=table.records("erratum", _erratum),
        passages=table.records("passage", _passage, required=True, most=MAX_TABLES),
        pack=place.pack and place.pack.id,
        place=place,
    )


def _type(table: Table) -> str:
    value = table.text("type")
    if value and value not in SOURCE_TYPES:
        near = near_names(value, SOURCE_TYPES)
        known = "such are webpage, report, book, interview, legal_case, document"
        advice = f"did you mean {' or '.join(near)}?" if near else known
        table.bad("type", "T204", f"{value[:80]!r} is not a type of CSL; {advice}")
    return value


def _passage(table: Table) -> Passage:
    n, number = table.whole("n"), int(table.path[-1]) + 1
    if n != number:
        table.bad("n", "T209", f"passages are numbered from 1 without a gap; this one is {number}")
    return Passage(
        n=n,
        section=table.maybe_text("section"),
        role=table.choice("role", ROLES),
        words=table.whole("words"),
        sha256=table.matching("sha256", _SHA256, _SHA256_NAME),
        as_of=table.date("as_of"),
    )


def _fact(table: Table, place: Place) -> Fact:
    keys: dict[str, Any] = {
        "id": table.id(),
        "statement": table.text("statement"),
        "rank": table.choice("rank", RANKS) if table.has("rank") else "normal",
        "actors": table.texts("actors", required=True),
        "topics": table.texts("topics", required=True),
        "when": table.date("when", may_be_set=True),
        "as_of": table.date("as_of"),
        "status": table.choice("status", STATUSES),
        "quantities": table.records("quantities", _quantity),
        "places": table.texts("places"),
        "people": table.texts("people"),
        "aliases": table.texts("aliases"),
        "cites": table.records("cites", _cite, required=True),
        "relations": table.records("relations", _relation),
        "inferred": table.strings("inferred", allowed=_INFERABLE),
        "derived": table.strings("derived"),
        "notes": table.maybe_text("notes"),
        "withdrawn": table.maybe_text("withdrawn"),
        "draft": table.maybe_text("draft"),
    }
    if "when" not in table.data and "as_of" not in table.data:
        table.bad("when", "T201", "missing, and so is as_of; a fact needs a date: add one of them")
    pack, version = place.pack or (None, None)
    return Fact(**keys, content_hash=content_hash(keys), pack=pack, pack_version=version, place=place)


def _quantity(table: Table) -> Quantity:
    return Quantity(
        value=table.number("value"),
        unit=table.text("unit"),
        qualifier=table.choice("qualifier", QUALIFIERS),
        of=table.text("of"),
        period=table.choice("period", PERIODS),
    )


def _cite(table: Table) -> Cite:
    return Cite(source=table.text("source"), passage=table.whole("passage"), quote=_quote(table, "quote"))


def _quote(table: Table, key: str) -> str:
    quote = table.text(key)
    count = len(quote.split())
    if count > MAX_QUOTE_WORDS:
        table.bad(key, "T211", f"{count} words; a quote has at most {MAX_QUOTE_WORDS}")
    elif quote and len(quote) < MIN_QUOTE:
        table.bad(key, "T211", f"under {MIN_QUOTE} characters; take in the words around it")
    return quote


def _erratum(table: Table) -> Erratum:
    return Erratum(
        passage=table.whole("passage"),
        says=_quote(table, "says"),
        right=table.text("right"),
        evidence=table.text("evidence"),
    )


def _relation(table: Table) -> Relation:
    return Relation(
        to=table.text("to"),
        kind=table.choice("kind", RELATION_KINDS),
        note=table.text("note"),
        prefer=table.maybe_text("prefer"),
    )


def _review(table: Table, place: Place) -> Review:
    return Review(
        kind=table.choice("kind", REVIEW_KINDS),
        date=table.date("date", required=True) or Edtf(start=None, end=None),
        compared=table.text("compared"),
        texts=table.strings("texts", pattern=_SHA256, what=_SHA256_NAME, most=MAX_TABLES),
        facts=table.strings("facts", pattern=_HASH, what=_HASH_NAME, most=MAX_TABLES),
        quoted=table.wholes("quoted", most=MAX_TABLES),
        place=place,
    )


MAKERS: dict[str, Callable[[Table, Place], Any]] = {
    **{kind: partial(_term, kind) for kind in TERM_KINDS},
    "source": _source,
    "fact": _fact,
    "review": _review,
}
_KINDS_IN_ORDER: Sequence[Sequence[str]] = (TERM_KINDS, ("source",), ("fact",), ("review",))
"""The kinds of records in each of the folders of `Folders.in_order`."""
