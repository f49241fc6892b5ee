"""The seam between the commands and what they ask: one small protocol, and the store that answers from a database."""

import contextlib
import functools
import json
import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tajsec import __version__
from tajsec.cache import FORMAT, cached, open_bytes, open_file
from tajsec.dates import Edtf, day_number
from tajsec.errors import UnknownName, UsageError
from tajsec.model import (
    DISAGREEMENTS,
    Fact,
    Relation,
    Review,
    Source,
    Status,
    TagKind,
    Vocabulary,
    fact_of,
    review_of,
    source_of,
    term_of,
)
from tajsec.spelling import near_names, sound

if TYPE_CHECKING:
    from tajsec.read import Folders

COMPILED_FILE = "store.sqlite"
"""The compiled store in the wheel, beside the modules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which facts a command is asked about: those that meet every condition; an empty condition is met by all.

    Within a condition any one value is enough; an id takes the facts about its parts too.
    """

    actors: AbstractSet[str] = frozenset()
    topics: AbstractSet[str] = frozenset()
    sources: AbstractSet[str] = frozenset()
    places: AbstractSet[str] = frozenset()
    statuses: AbstractSet[Status] = frozenset()
    since: Edtf | None = None
    until: Edtf | None = None

    def __bool__(self) -> bool:
        return self != _EVERYTHING


_EVERYTHING = Selection()


class Store(Protocol):
    """What the commands ask of a store. Same question, same answer, same order, always."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of actors, people, topics, places, units and terms."""

    def facts(self, selection: Selection = _EVERYTHING, *, limit: int | None = None) -> Sequence[Fact]:
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""

    def count(self, selection: Selection = _EVERYTHING) -> int:
        """Count the facts that the selection takes."""

    def fact(self, fact_id: str) -> Fact:
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""

    def sources(self) -> Sequence[Source]:
        """Give the sources by id."""

    def source(self, source_id: str) -> Source:
        """Give a source by id. Raises UnknownName."""

    def relations_to(self, fact_id: str) -> Sequence[tuple[str, Relation]]:
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""

    def reviews(self) -> Sequence[Review]:
        """Give the records of what was compared with the documents, oldest first."""

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""


class SearchableStore(Store, Protocol):
    """What search asks besides: stems and spans in, numbers of facts out. A fact's number is its place in the files."""

    def size(self) -> tuple[int, float]:
        """Give the number of facts that can be searched, and the mean number of words of their statements."""

    def years(self) -> tuple[int, int]:
        """Give the first year that a fact is about, and the last for which a source speaks."""

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[tuple[TagKind, str]]]:
        """Give, for each key (the stems of a name, joined by spaces), the terms that bear the name."""

    def main_names(self, terms: Sequence[tuple[TagKind, str]]) -> Sequence[str]:
        """Give the key of each term's main name."""

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        """Give the stem of each of the forms that the store knows."""

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Give the number of facts in which each stem stands, for those that stand in one."""

    def forms_of_length(self, least: int, most: int) -> Sequence[str]:
        """Give the forms of so many letters that a mistyped word may be meant for."""

    def forms_by_stem(self, least: int, most: int) -> Mapping[str, str]:
        """Give the stems of those forms, each with one of its forms."""

    def sounding_like(self, form: str) -> Sequence[str]:
        """Give those forms that sound the same."""

    def holding(self, stems: Sequence[str], limit: int) -> Sequence[int]:
        """Give the facts that hold any of the stems, the first `limit` of them."""

    def tagged(self, kind: TagKind, term_id: str) -> AbstractSet[int]:
        """Give the facts about a term or a part of it."""

    def common(self, terms: Sequence[tuple[TagKind, str]]) -> Sequence[tuple[TagKind, str]]:
        """Give those of the terms that most facts are about, or that are part of one that most facts are about."""

    def with_number(self, value: float) -> Mapping[int, AbstractSet[str]]:
        """Give the facts that hold a number, each with the units it is counted in ("" for one of the statement)."""

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Give the facts whose `when` or `as_of` may lie between two days (such as 20121005), the first `limit`."""

    def taken(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        """Give those of the facts that the selection takes and that are not withdrawn."""

    def documents(self, numbers: Sequence[int]) -> Sequence["Document"]:
        """Give what is searched of each of the facts."""

    def by_number(self, numbers: Sequence[int]) -> Sequence[Fact]:
        """Give the facts of these numbers, in this order."""


SEARCHED = ("statement", "aliases", "names", "around", "topics")
"""The fields of a fact that are searched."""


class Document(NamedTuple):
    """What is searched of a fact."""

    number: int
    id: str
    fields: tuple[str, ...]
    """The texts of `SEARCHED` as stems between spaces, so that a phrase is found in them as it is."""
    text: str
    """All fields as one."""
    forms: str
    """The statement's words before stemming."""
    size: int
    """Words of the statement."""
    figures: int
    """Quantities that the fact gives."""
    outdone: bool
    """Whether a careful analyst would cite another fact instead."""
    when: tuple[int, int] | None
    extent: tuple[int, int]


class SqliteStore:
    """A store that answers from a compiled database (see `tajsec.compile`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a database that `compile_store` wrote."""
        self._connection = connection
        self._facts: dict[str, Fact] = {}
        self._documents: dict[int, Document] = {}
        self._forms: dict[tuple[int, int], list[str]] = {}
        self._by_stem: dict[tuple[int, int], dict[str, str]] = {}
        self._tagged: dict[tuple[TagKind, str], frozenset[int]] = {}

    def __del__(self) -> None:
        self._connection.close()

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of actors, people, topics, places, units and terms."""
        rows = self._all("SELECT kind, n, body FROM term ORDER BY kind, n")
        return Vocabulary(term_of(kind, json.loads(body)) for kind, _, body in rows)

    @functools.cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {key: source_of(json.loads(body)) for key, body in self._all("SELECT id, body FROM source ORDER BY id")}

    def facts(self, selection: Selection = _EVERYTHING, *, limit: int | None = None) -> Sequence[Fact]:
        """Give the facts that the selection takes, in the order of the files; withdrawn facts are left out."""
        where, values = _where(selection)
        query = f"SELECT id, body FROM fact WHERE {where} ORDER BY n LIMIT ?"
        return [self._fact(*row) for row in self._all(query, *values, -1 if limit is None else limit)]

    def count(self, selection: Selection = _EVERYTHING) -> int:
        """Count the facts that the selection takes."""
        where, values = _where(selection)
        return int(self._all(f"SELECT count(*) FROM fact WHERE {where}", *values)[0][0])

    def _fact(self, fact_id: str, body: str) -> Fact:
        if fact_id not in self._facts:
            self._facts[fact_id] = fact_of(json.loads(body))
        return self._facts[fact_id]

    def fact(self, fact_id: str) -> Fact:
        """Give a fact by id, a withdrawn one too. Raises UnknownName."""
        found = self._all("SELECT id, body FROM fact WHERE id = ?", fact_id)
        if not found:
            ids = (row[0] for row in self._all("SELECT id FROM fact"))
            raise UnknownName("fact", fact_id, near_names(fact_id, ids), "tajsec list")
        return self._fact(*found[0])

    def sources(self) -> Sequence[Source]:
        """Give the sources by id."""
        return list(self._sources.values())

    def source(self, source_id: str) -> Source:
        """Give a source by id. Raises UnknownName."""
        if source_id not in self._sources:
            raise UnknownName("source", source_id, near_names(source_id, self._sources), "tajsec sources")
        return self._sources[source_id]

    def relations_to(self, fact_id: str) -> Sequence[tuple[str, Relation]]:
        """Give the relations that other facts have to this one, each with the id of the fact that has it."""
        rows = self._all("SELECT holder, body FROM relation WHERE target = ? ORDER BY n", fact_id)
        return [(holder, Relation(**json.loads(body))) for holder, body in rows]

    def reviews(self) -> Sequence[Review]:
        """Give the records of what was compared with the documents, oldest first."""
        found = [review_of(json.loads(body)) for (body,) in self._all("SELECT body FROM review ORDER BY n")]
        return sorted(found, key=lambda review: review.date.order)

    def origin(self, source_id: str) -> str:
        """Give the id of the first source in the line of copies: republished text is no second witness."""
        seen = {source_id}
        while (earlier := self.source(source_id).derived_from) and earlier not in seen:
            source_id = earlier
            seen.add(earlier)
        return source_id

    def size(self) -> tuple[int, float]:
        """Give the number of facts that can be searched, and the mean number of words of their statements."""
        return self._size

    def years(self) -> tuple[int, int]:
        """Give the first year that a fact is about, and the last for which a source speaks."""
        found = dict(self._all("SELECT key, value FROM meta"))
        return int(found["begins"]), int(found["ends"])

    @functools.cached_property
    def _size(self) -> tuple[int, float]:
        count, mean = self._all("SELECT count(*), avg(size) FROM doc")[0]
        return count, mean or 1.0

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[tuple[TagKind, str]]]:
        """Give, for each key (the stems of a name, joined by spaces), the terms that bear the name."""
        found: dict[str, list[tuple[TagKind, str]]] = {}
        rows = self._all(f"SELECT key, kind, id FROM name WHERE key IN ({_marks(keys)}) ORDER BY key, kind, id", *keys)
        for key, kind, term_id in rows:
            found.setdefault(key, []).append((kind, term_id))
        return found

    def main_names(self, terms: Sequence[tuple[TagKind, str]]) -> Sequence[str]:
        """Give the key of each term's main name."""
        query = "SELECT key FROM name WHERE kind = ? AND id = ? AND main"
        return [row[0] for term in terms for row in self._all(query, *term)]

    def stems_of(self, forms: Sequence[str]) -> Mapping[str, str]:
        """Give the stem of each of the forms that the store knows."""
        return dict(self._all(f"SELECT form, stem FROM word WHERE form IN ({_marks(forms)})", *forms))

    def frequencies(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Give the number of facts in which each stem stands, for those that stand in one."""
        return dict(self._all(f"SELECT stem, facts FROM stem WHERE stem IN ({_marks(stems)})", *stems))

    def forms_of_length(self, least: int, most: int) -> Sequence[str]:
        """Give the forms of so many letters that a mistyped word may be meant for."""
        if (least, most) not in self._forms:
            rows = self._all("SELECT form FROM word WHERE length BETWEEN ? AND ? AND own", least, most)
            self._forms[least, most] = [row[0] for row in rows]
        return self._forms[least, most]

    def forms_by_stem(self, least: int, most: int) -> Mapping[str, str]:
        """Give the stems of those forms, each with one of its forms."""
        if (least, most) not in self._by_stem:
            rows = self._all(
                "SELECT stem, min(form) FROM word WHERE length BETWEEN ? AND ? AND own GROUP BY stem", least, most
            )
            self._by_stem[least, most] = dict(rows)
        return self._by_stem[least, most]

    def sounding_like(self, form: str) -> Sequence[str]:
        """Give those forms that sound the same."""
        return [row[0] for row in self._all("SELECT form FROM word WHERE sound = ? AND own ORDER BY form", sound(form))]

    def holding(self, stems: Sequence[str], limit: int) -> Sequence[int]:
        """Give the facts that hold any of the stems, the first `limit` of them."""
        query = " OR ".join(f'"{stem}"' for stem in stems)
        return [row[0] for row in self._all("SELECT rowid FROM ft WHERE ft MATCH ? LIMIT ?", query, limit)]

    def tagged(self, kind: TagKind, term_id: str) -> AbstractSet[int]:
        """Give the facts about a term or a part of it."""
        if (kind, term_id) not in self._tagged:
            rows = self._all("SELECT fact FROM tag WHERE kind = ? AND id = ?", kind, term_id)
            self._tagged[kind, term_id] = frozenset(row[0] for row in rows)
        return self._tagged[kind, term_id]

    def common(self, terms: Sequence[tuple[TagKind, str]]) -> Sequence[tuple[TagKind, str]]:
        """Give those of the terms that most facts are about, or that are part of one that most facts are about."""
        return [term for term in terms if self._all("SELECT 1 FROM common WHERE kind = ? AND id = ?", *term)]

    def with_number(self, value: float) -> Mapping[int, AbstractSet[str]]:
        """Give the facts that hold a number, each with the units it is counted in ("" for one of the statement)."""
        found: dict[int, set[str]] = {}
        for fact, unit in self._all("SELECT fact, unit FROM number WHERE value = ?", value):
            found.setdefault(fact, set()).add(unit)
        return found

    def dated(self, first: int, last: int, limit: int) -> Sequence[int]:
        """Give the facts whose `when` or `as_of` may lie between two days (such as 20121005), the first `limit`."""
        query = "SELECT n FROM fact WHERE withdrawn = 0 AND last >= ? AND first <= ? ORDER BY n LIMIT ?"
        return [row[0] for row in self._all(query, first, last, limit)]

    def taken(self, selection: Selection, among: Sequence[int]) -> AbstractSet[int]:
        """Give those of the facts that the selection takes and that are not withdrawn."""
        where, values = _where(selection)
        numbers = ",".join(map(str, map(int, among)))
        return {row[0] for row in self._all(f"SELECT n FROM fact WHERE {where} AND n IN ({numbers})", *values)}

    def documents(self, numbers: Sequence[int]) -> Sequence[Document]:
        """Give what is searched of each of the facts."""
        missing = ",".join(str(int(number)) for number in numbers if number not in self._documents)
        if missing:
            query = (
                "SELECT doc.fact, id, forms, size, figures, outdone, dated_first, dated_last, first, last, "
                f"{', '.join(SEARCHED)} "
                f"FROM doc JOIN fact ON fact.n = doc.fact WHERE doc.fact IN ({missing})"
            )
            for row in self._all(query):
                number, fact_id, forms, size, figures, outdone, *days = row[:10]
                when = (days[0], days[1]) if days[0] is not None else None
                extent = (days[2], days[3])
                document = Document(
                    number, fact_id, row[10:], "".join(row[10:]), forms, size, figures, bool(outdone), when, extent
                )
                self._documents[number] = document
        return [self._documents[number] for number in numbers]

    def by_number(self, numbers: Sequence[int]) -> Sequence[Fact]:
        """Give the facts of these numbers, in this order."""
        listed = ",".join(str(int(number)) for number in numbers)
        rows = {
            n: (fact_id, body) for n, fact_id, body in self._all(f"SELECT n, id, body FROM fact WHERE n IN ({listed})")
        }
        return [self._fact(*rows[number]) for number in numbers]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _where(selection: Selection) -> tuple[str, list[object]]:
    """Give the SQL condition of a selection, and its values; the names in it are fixed."""
    conditions, values = ["withdrawn = 0"], list[object]()
    tags = (
        ("actor", selection.actors),
        ("topic", selection.topics),
        ("place", selection.places),
        ("source", selection.sources),
    )
    for kind, ids in tags:
        if ids:
            conditions.append(f"n IN (SELECT fact FROM tag WHERE kind = '{kind}' AND id IN ({_marks([*ids])}))")
            values += sorted(ids)
    if selection.statuses:
        conditions.append(f"status IN ({_marks([*selection.statuses])})")
        values += sorted(selection.statuses)
    if selection.since:
        conditions.append("last >= ?")
        values.append(day_number(selection.since.first))
    if selection.until:
        conditions.append("first <= ?")
        values.append(day_number(selection.until.last))
    return " AND ".join(conditions), values


def disputed_by(store: Store, fact: Fact) -> list[str]:
    """Give the ids of the facts that differ from this one, each once."""
    mine = [relation.to for relation in fact.relations if relation.kind in DISAGREEMENTS]
    others = [other for other, relation in store.relations_to(fact.id) if relation.kind in DISAGREEMENTS]
    return list(dict.fromkeys([*mine, *others]))


def origins(store: Store, fact: Fact) -> list[str]:
    """Give the independent witnesses of a fact: its sources, but for each copy the text that it republishes."""
    return list(dict.fromkeys(store.origin(source) for source in fact.sources))


def superseded_by(store: Store, fact: Fact) -> list[str]:
    """Give the ids of the facts that replace this one."""
    return [other for other, relation in store.relations_to(fact.id) if relation.kind == "supersedes"]


def open_store(packs: Sequence[Path] = (), *, cache: Path | None = None) -> SearchableStore:
    """Open the shipped store with the packs added to it.

    A pack is a folder of fact files, with `vocabulary/` and `seeds/` in it if it brings its own. A folder that holds
    `facts/` is a whole store: it stands in place of the shipped one. What was compiled is kept in the folder `cache`.
    Raises DataError and UsageError.
    """
    shipped = None if packs else _compiled_with_the_package()
    if shipped is not None:
        return SqliteStore(shipped)
    from tajsec.read import fingerprint

    sets = folders_of(packs)
    name = fingerprint(sets, _salt())

    def build() -> sqlite3.Connection:
        from tajsec.compile import compile_store
        from tajsec.read import read

        contents = read(sets)
        connection = sqlite3.connect(":memory:")
        compile_store(contents, connection)
        return connection

    return SqliteStore(cached(cache, name, build) if name else build())


def _salt() -> str:
    """Give what a compiled store depends on besides the data: version, layout, and the code that makes it."""
    code = (
        Path(__file__).with_name(f"{module}.py")
        for module in ("compile", "model", "words", "numbers", "spelling", "text")
    )
    texts = [path.read_text(encoding="utf-8") if path.is_file() else "" for path in code]
    return "\n".join([__version__, str(FORMAT), *texts])


def _compiled_with_the_package() -> sqlite3.Connection | None:
    """Open the database that the wheel brings, if there is one and it has our layout."""
    path = Path(__file__).with_name(COMPILED_FILE)
    with contextlib.suppress(sqlite3.Error, OSError):
        if path.is_file():
            connection = open_file(path)
        elif Path(__file__).is_file():
            return None  # a checkout
        else:
            from importlib.resources import files

            connection = open_bytes((files("tajsec") / COMPILED_FILE).read_bytes())
        if connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == (str(FORMAT),):
            return connection
        connection.close()
    return None


def folders_of(packs: Sequence[Path]) -> "list[Folders]":
    """Give the data folders that `open_store` reads for the packs. Raises UsageError for a path that is no pack."""
    shipped = shipped_folders()
    found = [_pack(path) for path in packs if path.absolute() != shipped.facts]
    whole = any((path / "facts").is_dir() for path in packs)
    return found if whole else [shipped, *found]


def archived_folders(path: Path) -> "Folders":
    """Find the data in a wheel of this package. Raises UsageError for a file that is none."""
    from zipfile import BadZipFile
    from zipfile import Path as ArchivePath

    from tajsec.read import Folders

    try:
        package = ArchivePath(path) / "tajsec"
    except (OSError, BadZipFile, ValueError) as error:
        raise UsageError(f"{path}: neither a folder nor a wheel; name a folder of facts or a tajsec wheel") from error
    if not (package / "facts").is_dir():
        raise UsageError(f"{path}: holds no facts; name a tajsec wheel")
    labels = f"{path}/facts", f"{path}/seeds"
    return Folders(facts=package / "facts", seeds=package / "seeds", facts_label=labels[0], seeds_label=labels[1])


def _pack(path: Path) -> "Folders":
    from tajsec.read import Folders

    if not path.is_dir():
        raise UsageError(f"{path}: no such folder; name one that holds fact files")
    if (path / "facts").is_dir():
        names = f"{path}/facts", f"{path}/seeds"
        return Folders(facts=path / "facts", seeds=path / "seeds", facts_label=names[0], seeds_label=names[1])
    if not any(path.glob("**/*.toml")):
        raise UsageError(f"{path}: holds no .toml file; put fact files there")
    return Folders(facts=path, seeds=path / "seeds", facts_label=str(path), seeds_label=f"{path}/seeds")


def shipped_folders() -> "Folders":
    """Find the data of the package: inside it when installed, beside it in a checkout."""
    from tajsec.read import Folders

    package = Path(__file__).parent
    for folder in (package, package.parent):
        if (folder / "facts").is_dir():
            return Folders(facts=folder / "facts", seeds=folder / "seeds", trusted=True)
    from importlib.resources import files  # the package lies in an archive

    archive = files("tajsec")
    return Folders(facts=archive / "facts", seeds=archive / "seeds", trusted=True)
