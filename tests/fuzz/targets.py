"""The targets: each a function that takes any bytes, the inputs that it starts from, and the words it knows.

A function returns for every input. An error that is documented is no failure; any other exception is one, and so is a
result that breaks a law of the code. Nothing here imports atheris.
"""

import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from made_facts import SMALL, store_of

from tajsec.authoring.importing import drafts_from
from tajsec.check.lint import lint, lint_codes
from tajsec.cli.replies import MAX_LINE, bounded_line
from tajsec.data.folders import folders_of
from tajsec.data.packs import read_pack
from tajsec.data.read import read
from tajsec.documents.markdown import markdown_document
from tajsec.errors import DataError, Problem, TajsecError, UsageError
from tajsec.factcheck.draft import check_draft
from tajsec.model.kinds import DIFFERENCES, PERIODS, QUALIFIERS, RANKS, ROLES, STATUSES
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import Selection
from tajsec.search.answer import search
from tajsec.search.as_you_type import narrow
from tajsec.search.filters import selection
from tajsec.search.query import understand
from tajsec.search.scoring import MAX_QUERY
from tajsec.search.sides import has_operators
from tajsec.search.typed_dates import find_dates
from tajsec.search.typed_numbers import find_typed_numbers
from tajsec.store.open import open_store
from tajsec.text import date_words, number_words
from tajsec.text.dates import parse
from tajsec.text.figures import figures, plain_text
from tajsec.text.forms import fold, is_utf8, with_ascii_signs

ROOT = Path(__file__).parents[2]
PARTS = (
    "facts/gear.toml", "facts/vocabulary/all.toml", "seeds/paper.toml", "facts/reviews/all.toml", "pack.toml",
)  # fmt: skip
"""The files of a store in the order in which an input of the reader has them; a NUL is between them."""
KEPT = 40_000
"""Bytes of a seed; the longest fact files are longer."""
EVERYTHING = Selection()


class Target(NamedTuple):
    """What is run on any bytes; `longest` is the length up to which inputs are made."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: Sequence[str]
    longest: int


@cache
def _shipped() -> SearchableStore:
    return open_store()


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a folder of the process, in memory where the system has such a place; it is removed when that ends."""
    memory = Path("/dev/shm")  # noqa: S108
    return tempfile.TemporaryDirectory(prefix="tajsec-fuzz-", dir=memory if memory.is_dir() else None)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


# ---------------------------------------------------------------- the reader


def read_folder(data: bytes) -> None:
    """Read a store whose files are replaced by the parts of the input; what can be read is compiled and checked."""
    folder = Path(_folder().name) / "store"
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    (folder / "facts/reviews").mkdir(exist_ok=True)
    for name, part in zip(PARTS, data.split(b"\0"), strict=False):
        if part:
            (folder / name).write_bytes(part)
    try:
        if (folder / "pack.toml").exists():
            read_pack(folder)
        (folder / "pack.toml").unlink(missing_ok=True)  # with it the shipped facts would be read each time
        _compile_and_check(folder)
    except DataError as error:
        _check_problems(error.problems)
    finally:
        for name in PARTS[-2:]:
            (folder / name).unlink(missing_ok=True)


def _compile_and_check(folder: Path) -> None:
    sets = folders_of([folder])
    contents = read(sets)
    store = store_of(contents)
    for fact in contents.facts:
        assert store.fact(fact.id) == fact
    _check_problems(lint(sets))


def _check_problems(problems: Iterable[Problem]) -> None:
    for each in problems:
        assert each.code in lint_codes(), each
        is_in_a_file = each.file.endswith(".toml") and each.code not in ("T101", "T102")
        assert each.line > 0 or not is_in_a_file, each
        assert each.what, each
        shown = bounded_line(str(each))
        assert len(shown) <= MAX_LINE, shown
        assert "\n" not in shown, shown


def _of_reader() -> Iterator[bytes]:
    yield b"\0".join((SMALL / name).read_bytes() for name in PARTS[:3])
    for name, at in (("facts", 0), ("facts/vocabulary", 1), ("seeds", 2), ("facts/reviews", 3)):
        for path in sorted((ROOT / name).glob("*.toml")):
            yield b"\0" * at + path.read_bytes()[:KEPT]
    for row in _hostile_rows():
        for name, text in row.get("write", {}).items():
            yield b"\0" * 4 * (name.endswith("pack.toml")) + text.encode("utf-8", "surrogateescape")
    with (ROOT / "tests/data/toml_test/cases.jsonl").open(encoding="ascii") as lines:
        yield from (json.loads(line).get("toml", "").encode("utf-8", "surrogatepass") for line in lines)


def _hostile_rows() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "tests/hostile/rows").glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("row", ())


_OF_TOML = (
    *("[[fact]]", "[[review]]", "[[passage]]", "[[erratum]]", "[[actor]]", "[[person]]", "[[topic]]", "[[place]]"),
    *("[[unit]]", "[[term]]", "id", "statement", "rank", "actors", "topics", "when", "as_of", "status", "quantities"),
    *("places", "people", "aliases", "cites", "relations", "inferred", "derived", "notes", "withdrawn", "draft"),
    *("value", "unit", "qualifier", "of", "period", "source", "passage", "quote", "to", "kind", "note", "prefer"),
    *("type", "title", "genre", "author", "publisher", "issued", "updated", "accessed", "url", "doi", "isbn", "urn"),
    *("locator", "archive_url", "language", "file", "text_sha256", "rights", "extent", "derived_from", "n", "section"),
    *("role", "words", "sha256", "says", "right", "evidence", "name", "about", "part_of", "extends", "version"),
    *("licence", "maintainers", "needs", "facts", "texts", "quoted", "compared", "date", "seven-radios", "paper"),
    *(*RANKS, *STATUSES, *QUALIFIERS, *PERIODS, *ROLES, *DIFFERENCES, "see-also", "own", "added", "quotes", "reading"),
    *('"""', "'''", " = ", " = [", " = { ", " }", "]\n"),
    *("\\u202E", "\\UFFFFFFFF", "\\x1b", "inf", "-nan", "0x", "1e400"),
    *("1979-05-27", "T07:32:00Z", "0001-01-01", "9999-12-31", "true", "9007199254740993", "\0", "\r\n", "\ufeff", "#"),
)


# ---------------------------------------------------------------- dates


def read_dates(data: bytes) -> None:
    """Read a text as an EDTF date, as a filter, and as words with dates in them."""
    text = _text(data)
    try:
        date = parse(text)
    except ValueError:
        pass
    else:
        assert parse(str(date)) == date
        assert date.first <= date.last
        assert date.words, date
    try:
        chosen = selection(_shipped(), since=text, dashes="--")
    except UsageError:
        pass
    else:
        assert chosen.since is None or parse(str(chosen.since)) == chosen.since
    folded = with_ascii_signs(fold(text))
    ends = [0]
    for each in find_dates(folded):
        assert ends[-1] <= each.start < each.end <= len(folded), each
        assert each.text, each
        assert each.words, each
        assert all(one.first <= one.last for one in each.readings), each
        ends.append(each.end)


def _of_dates() -> Iterator[bytes]:
    for name in ("facts", "seeds"):
        for path in sorted((ROOT / name).glob("*.toml")):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for record in (table, *table.get("fact", ())):
                yield from (record[key].encode() for key in ("when", "as_of", "issued", "updated") if key in record)
    yield from (query.encode() for query in _queries() if any(map(str.isdigit, query)))


_OF_DATES = (
    *date_words.WORDS, "2012-10-05", "2012", "1992/..", "../", "{2015,2017}", "'90s", "FY2012", "2012?",
    "Q3", "2012-W05", "05.10.2012", "10/05/2012", "5th", "XIX", "–", "−", "~", "≈", "٢٠١٢", "۲۰۱۲",
)  # fmt: skip


# ---------------------------------------------------------------- queries


def search_shipped(data: bytes) -> None:
    """Search the shipped store for a text, as a whole and as it is typed."""
    query = _text(data)[:MAX_QUERY]
    store = _shipped()
    for call in (_search, _narrow):
        try:
            call(store, query)
        except UsageError as error:
            assert len(bounded_line(str(error))) <= MAX_LINE, error


def _search(store: SearchableStore, query: str) -> None:
    answer = search(store, query, EVERYTHING, cut=False)
    found = [(store.fact(each.id).rank == "deprecated", -each.score) for each in answer.matches]
    assert found == sorted(found), found
    assert answer.total == len({each.id for each in answer.matches}) == len(found), found
    for each in answer.matches[:3]:
        statement = store.fact(each.id).statement
        assert all(0 <= start < end <= len(statement) for start, end in each.highlights(statement)), each
    units = understand(store, query)
    assert all(each.text for each in units), units
    assert answer.matches or answer.reasons or not units or has_operators(query), query


def _narrow(store: SearchableStore, query: str) -> None:
    found = narrow(store, query, EVERYTHING, limit=3)
    assert len(found.rows) <= min(3, found.total), query


@cache
def _queries() -> Sequence[str]:
    paths = (ROOT / "benchmarks" / f"{name}.jsonl" for name in ("queries", "questions", "silence", "noise"))
    return [json.loads(line)["q"] for path in paths for line in path.read_bytes().splitlines()]


def _of_queries() -> Iterator[bytes]:
    yield from (query.encode() for query in _queries())
    for row in _hostile_rows():
        words = row["run"].split(" ", 1)
        if words[0] == "search" and words[1:]:
            yield words[1].encode("utf-8", "surrogateescape")


_OF_QUERIES = (
    *(" OR ", " NOT ", " -", '"', "“", "”", "*", " and "),
    *("over ", "since ", "million", "$", "€", "60 млн", "هزار", "%"),
    *("radios", "Russian troops", "NATO", "border guards", "МВД", "Раҳмон", "دوشنبه", "how many", "who", "when did"),
    *("6-7 thousand", "4800+", "2012-2014", "\u0301", "\u200d", "👩‍👩‍👧", "ﷺ", "ß", "İ", "ǆ", "\u202e"),
)


# ---------------------------------------------------------------- drafts and documents


def read_draft(data: bytes) -> None:
    """Check a text as a draft, read it as Markdown, and find its figures and numbers."""
    text = _text(data)
    for each in figures(text):
        assert 0 <= each.start <= each.end <= len(plain_text(text)), each
    folded = with_ascii_signs(fold(text))
    for number in find_typed_numbers(folded):
        assert 0 <= number.start < number.end <= len(folded), number
        assert number.words, number
    lines, _ = markdown_document(text)
    assert all(each.text and "\n" not in each.text for each in lines)
    is_wrapped = len(data) % 2 == 0  # one of the two ways, as checking takes most of the time
    for said in check_draft(_shipped(), text, wrapped=is_wrapped, names=True):
        assert 0 <= said.start < said.end <= len(text), said
        assert text.count("\n", 0, said.start) + 1 == said.line, said


def _of_drafts() -> Iterator[bytes]:
    drafts = ROOT / "tests/factcheck/drafts"
    for name in ("tuned", "kept"):
        with (drafts / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"].encode() for line in lines)
    yield from (drafts / "negations.txt").read_bytes().splitlines()
    yield from (path.read_bytes()[:500] for path in sorted((ROOT / "docs").glob("*.md")))


_OF_DRAFTS = (
    *(f"{word} " for word in (*number_words.SCALES, *number_words.FRACTIONS)),
    *("[@radios-delivered]", "[^1]: ", "\n\n", "# ", "- ", "> ", "```\n", "|", "](", "<", "**", "---\n", "title: "),
    *("over ", "about ", "up to ", "no more than ", "not ", "never ", "percent", "half", "twice", "a dozen", "$", "€"),
    *("Tajikistan", "NATO", "Russia", "since 2001", "from 2012 to 2014", "; but ", ", which ", "who said that "),
)


# ---------------------------------------------------------------- tables


def import_table(data: bytes) -> None:
    """Import a file as facts, as CSV or as JSON; what is imported is a fact that the reader takes."""
    path = Path(_folder().name) / ("rows.json" if data[:1] in (b"{", b"[") else "rows.csv")
    path.write_bytes(data)
    try:
        drafts, problems = drafts_from(path)
    except TajsecError as error:
        assert len(bounded_line(str(error))) <= MAX_LINE, error
    else:
        assert bool(drafts) != bool(problems)
        assert all(each.what and "\n" not in bounded_line(str(each)) for each in problems)
        assert all(is_utf8(json.dumps(each, ensure_ascii=False, allow_nan=False)) for each in drafts)


def _of_tables() -> Iterator[bytes]:
    yield b"id,statement,actors,topics,when,status,value,unit,of,source,passage,quote\n" + (
        b'a,"The Union gave 7 radios in 2019.",nu,gear,2019,completed,7,radios,radios,paper,2,"gave 7 radios to it"\n'
    )
    store = _shipped()
    yield from ("\n".join(store.objects([number])).encode() for number in range(1, 20))
    for row in _hostile_rows():
        for name, text in row.get("write", {}).items():
            if name.endswith((".csv", ".json", ".jsonl")):
                yield text.encode("utf-8", "surrogateescape")


_OF_TABLES = (
    *_OF_TOML,
    *("{", "[", '":', "null", "\\ud800", "NaN", "1e999", ";", "\t", '""', "=", "over 7 radios"),
)


READER = Target(read_folder, _of_reader, _OF_TOML, 8192)
TARGETS = {
    "reader": READER,
    "dates": Target(read_dates, _of_dates, _OF_DATES, 256),
    "queries": Target(search_shipped, _of_queries, _OF_QUERIES, 512),
    "drafts": Target(read_draft, _of_drafts, _OF_DRAFTS, 512),
    "tables": Target(import_table, _of_tables, _OF_TABLES, 4096),
}
"""The targets by name: what reads the bytes of strangers."""


def dictionary(words: Iterable[str]) -> str:
    """Return words as a dictionary of libFuzzer: one a line, each byte as a number."""
    escaped = ("".join(map("\\x{:02x}".format, word.encode())) for word in dict.fromkeys(words))
    return "".join(f'"{each}"\n' for each in escaped)
