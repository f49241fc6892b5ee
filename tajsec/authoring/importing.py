"""Imports facts as drafts: from CSV, and from the JSON or JSON Lines that the tool itself prints.

Files are not trusted: they are read within limits, and what they hold is checked by the reader of facts.
"""

import itertools
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tajsec.authoring.flat_facts import Row, rows_of
from tajsec.authoring.json_values import Repeated, Unreadable, json_values
from tajsec.data.files import read_text
from tajsec.data.folders import Folders, shipped_folders
from tajsec.data.read import read_fact
from tajsec.data.references import Where, broken_references, home
from tajsec.data.table import MAX_ID
from tajsec.data.toml import MAX_NESTING, KeyPath
from tajsec.errors import Problem
from tajsec.model.as_json import FACT_KEYS, PRINTED_IN_CITES, PRINTED_WITH_FACTS, body_of
from tajsec.model.kinds import TERM_KINDS
from tajsec.model.place import Place
from tajsec.model.records import Contents, Fact
from tajsec.text.forms import fold, is_utf8, printable
from tajsec.text.numbers import find_numbers
from tajsec.text.words import STOP_WORDS, tokens

MAX_IMPORT = 32 * 2**20
"""Bytes of a file: 10,000 facts, as `tajsec list --json` prints them, have 20 MB."""
MAX_FACTS = 10_000
"""Facts of a file: more drafts than anybody reviews."""
MAX_PROBLEMS = 100
"""Problems that are reported: a file with more has one mistake in every row."""
ID_WORDS = 5
"""Words of a statement in the id that is made of it."""

_STEM = MAX_ID - len(f"-{MAX_FACTS}")
"""Characters of an id before the number that makes it another one."""
_READ = 1000
"""Characters of a statement that an id is made of; one of thirty words has some 200."""
_NO_ID = re.compile(r"[^a-z0-9]+")
_PLAIN_NUMBER = re.compile(r"\d+(?:,\d{3})*")


class Imported(NamedTuple):
    """The drafts of a file, each as the keys of a `[[fact]]` in their order, and the mistakes of the file.

    With a problem there are no drafts: a file is imported whole or not at all.
    """

    facts: Sequence[dict[str, Any]]
    problems: Sequence[Problem]


Complete = Callable[[dict[str, Any]], dict[str, Any]]
"""Completes the keys of a fact, which may be of any type."""


def drafts_from(
    path: Path, known: Contents | None = None, folders: Folders | None = None, complete: Complete = dict
) -> Imported:
    """Return the facts of a CSV, JSON or JSON Lines file as drafts.

    `known` are the records beside which the drafts are to be: an id of one of its facts is refused, as ids are for
    ever, and so is the name of a source, passage, term or fact that is neither there nor in the file. Without it
    names are not checked. New terms belong into the vocabulary of `folders`, which messages name. `complete` sees the
    keys of each fact before they are checked. A fact without an id gets one that is made of its statement. Raises
    UsageError for a file that cannot be read.
    """
    text = read_text(path, MAX_IMPORT)
    drafts = _Drafts(printable(path.name), known, complete)
    try:
        for row in _json_rows(text) if _is_json(path, text) else rows_of(text):
            drafts.add(row)
    except Unreadable as error:
        drafts.problems.append(Problem(drafts.file, error.line, what=error.what))
    drafts.finish(lambda kind, _place: _to_name(kind, home(kind, folders or shipped_folders())))
    facts = [] if drafts.problems else [_keys(fact) for fact in drafts.facts]
    return Imported(facts, drafts.problems)


def id_of(statement: str, taken: Container[str] = ()) -> str:
    """Return an id made of the first words of a statement, with a number behind it if that is taken.

    Small words are left out, and so are numbers that an id cannot hold as they are, such as €1.2 million.
    """
    plain = _without_written_numbers(statement[:_READ])
    every = [word for each in tokens(plain) if (word := _NO_ID.sub("", each))]
    words = [word for word in every if word not in STOP_WORDS] or every
    lengths = itertools.accumulate(len(f"-{word}") for word in words[:ID_WORDS])
    whole = [word for word, length in zip(words, lengths, strict=False) if length <= _STEM]
    stem = "-".join(whole) or "".join(words[:1])[:_STEM] or "fact"
    numbered = itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2)))
    return next(each for each in numbered if each not in taken)


def _to_name(kind: str, file: str) -> str:
    return f"{file}, or name it with --{kind} ID=NAME" if kind in TERM_KINDS else file


def _without_written_numbers(text: str) -> str:
    """Return a folded text without the numbers that are more than digits and their commas."""
    plain = fold(text)
    for number in reversed(find_numbers(plain)):
        written = plain[number.start : number.end]
        if any(map(str.isdigit, written)) and not _PLAIN_NUMBER.fullmatch(written):
            plain = f"{plain[: number.start]} {plain[number.end :]}"
    return plain


class _Drafts:
    """Reads the rows of a file, and collects their facts and problems."""

    def __init__(self, file: str, known: Contents | None, complete: Complete) -> None:
        self.file, self.facts, self.problems = file, list[Fact](), list[Problem]()
        self._known, self._complete, self._rows = known, complete, list[Row]()
        self._taken = {fact.id: "exists already" for fact in known.facts} if known else {}

    def add(self, row: Row) -> None:
        """Read a row. Raises Unreadable after too many rows or problems."""
        if len(self._rows) == MAX_FACTS:
            raise Unreadable(row.line, f"over {MAX_FACTS:,} facts; split the file")
        if len(self.problems) >= MAX_PROBLEMS:
            raise Unreadable(row.line, f"over {MAX_PROBLEMS} problems; mend those above first")
        self._rows.append(row)
        unreadable = [(row.column_of(path), what) for path, what in _mistakes(row.keys, ())]
        for column, what in (*row.mistakes, *unreadable):
            self._report(row, column, "T202", what)
        if unreadable:
            return
        keys = {**self._complete(_claimed(row.keys)), "draft": f"imported from {self.file}"}
        if "id" not in keys and isinstance(keys.get("statement"), str):
            keys["id"] = id_of(keys["statement"], self._taken)
        fact = read_fact(keys, self, Place(file=self.file, line=row.line, index=len(self._rows) - 1))
        if fact.id in self._taken:
            what = f"{fact.id!r} {self._taken[fact.id]}; give this fact an id of its own"
            self._report(row, row.column_of(("id",)), "T305", what)
        self._taken.setdefault(fact.id, f"is in {row.name or f'line {row.line}'} already")
        self.facts.append(fact)

    def report(self, path: KeyPath, code: str, what: str) -> None:
        """Add a problem of the row that was added last."""
        self._report(self._rows[-1], self._rows[-1].column_of(path), code, what)

    def _report(self, row: Row, column: str, code: str, what: str) -> None:
        path = row.path_of(column)
        if (row.line, path) not in ((problem.line, problem.path) for problem in self.problems[-len(FACT_KEYS) :]):
            self.problems.append(Problem(self.file, row.line, path, code, what))

    def finish(self, where: Where) -> None:
        """Check the references of all facts, if there is no other problem."""
        if not self.facts and not self.problems:
            self.problems.append(Problem(self.file, what="holds no fact; name a file with rows, or with facts"))
        if self._known is None or self.problems:
            return
        both = replace(self._known, facts=(*self._known.facts, *self.facts), reviews=())
        broken = (each for each in broken_references(both, where) if each[1].file == self.file)
        for _, place, path, code, what in itertools.islice(broken, MAX_PROBLEMS):
            row = self._rows[place.index]
            self._report(row, row.column_of(path[2:]), code, what)


def _keys(fact: Fact) -> dict[str, Any]:
    """Return the keys of a fact in TOML."""
    body = body_of(fact)
    body["relations"] = [_present(each) for each in body.get("relations", ())]
    return {key: body[key] for key in FACT_KEYS if body.get(key) and (key, body[key]) != ("rank", "normal")}


# ---------------------------------------------------------------- JSON


def _is_json(path: Path, text: str) -> bool:
    """True for a file with a name of JSON; of another name, if it begins as JSON does."""
    suffix = path.suffix.lower()
    return suffix in (".json", ".jsonl", ".ndjson") or (
        suffix not in (".csv", ".tsv") and text.lstrip()[:1] in ("{", "[")
    )


def _json_rows(text: str) -> Iterator[Row]:
    """Yield the facts of a JSON text: an object with `facts`, a list of facts, or a fact a line."""
    for line, value in json_values(text):
        listed = value.get("facts") if isinstance(value, dict) else value
        if isinstance(value, dict) and listed is None and "schema" not in value:
            yield _json_row(value, line, "")
        elif isinstance(listed, list):
            for n, fact in enumerate(listed):
                yield _json_row(fact, 0, f"facts[{n}]")
        else:
            raise Unreadable(line, "holds no facts; name what list, search, timeline or show print with --json")


def _json_row(fact: object, line: int, name: str) -> Row:
    if not isinstance(fact, dict):
        raise Unreadable(line, f"{name} is no object; name what list, search, timeline or show print with --json")
    return Row(fact, line, name)


def _claimed(keys: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a fact without what its JSON has beside them, and without absent values."""
    found: dict[str, Any] = _present(keys, PRINTED_WITH_FACTS)
    for key, left_out in (("cites", PRINTED_IN_CITES), ("relations", ())):
        if isinstance(found.get(key), list):
            found[key] = [_present(each, left_out) for each in found[key]]
    return found


def _present(value: Any, left_out: Container[str] = ()) -> Any:  # noqa: ANN401
    """Return an object without some keys, and without those whose value is null or empty; another value as it is."""
    if not isinstance(value, dict):
        return value
    return {key: each for key, each in value.items() if key not in left_out and each not in (None, [], {})}


def _mistakes(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield what no TOML file can hold: a key twice, a lone surrogate, values nested too deep."""
    if len(path) > MAX_NESTING:
        yield path[:1], f"nested deeper than {MAX_NESTING}; flatten the value"
    elif isinstance(value, Repeated):
        yield path, "stands twice in one object; keep one"
    elif isinstance(value, str) and not is_utf8(value):
        yield path, "holds half of a character (a lone surrogate); write the character itself"
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _mistakes(key, path) if not is_utf8(key) else _mistakes(each, (*path, key))
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from _mistakes(each, (*path, n))
