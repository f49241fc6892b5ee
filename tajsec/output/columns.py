"""The columns of each listing, and the fields that `--fields` chooses."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from tajsec.errors import UsageError
from tajsec.output.schemas import record_fields
from tajsec.text.forms import printable
from tajsec.text.jsontext import Json, dumps
from tajsec.text.spelling import near_names


class Column(NamedTuple):
    """A named cell of a record; lists are joined by "; ", None is an empty cell."""

    name: str
    of: Callable[[Json], Any]

    def cell(self, record: Json) -> str:
        """Give the cell as one line of text."""
        value = self.of(record)
        if value is None:
            return ""
        if isinstance(value, list):
            return printable("; ".join(map(str, value)))
        return printable(str(value))


def key(name: str) -> Column:
    """Give the column of one key."""
    return Column(name=name, of=lambda record: record[name])


def first_cite(name: str) -> Column:
    """Give the column of one key of a fact's first receipt."""
    return Column(name=name, of=lambda record: record["cites"][0][name])


def figures(record: Json) -> list[str]:
    """Give the quantities of a fact as they are counted: `over 4800 radios`, `450000 usd annual`."""
    return [
        " ".join(
            part
            for part in (each["qualifier"], f"{each['value']}", each["unit"], each["period"])
            if part not in ("exact", "total")
        )
        for each in record["quantities"]
    ]


FACT_COLUMNS = (
    key("id"),
    key("statement"),
    key("when"),
    key("as_of"),
    key("status"),
    Column(name="figures", of=figures),
    key("actors"),
    key("topics"),
    first_cite("source"),
    first_cite("passage"),
    first_cite("quote"),
    first_cite("url"),
    key("superseded_by"),
    key("disputed_by"),
)


TERM_COLUMNS = (key("id"), key("name"), key("facts"), key("part_of"), key("about"), key("aliases"))


SOURCE_COLUMNS = tuple(
    map(key, ("id", "title", "author", "publisher", "issued", "updated", "url", "derived_from", "passages", "claims"))
)


COVERAGE_COLUMNS = (
    *map(key, ("id", "passages", "claims", "cited", "share", "facts")),
    Column(name="uncited", of=lambda record: [passage["passage"] for passage in record["uncited"]]),
)


TOPIC_COLUMNS = tuple(
    map(key, ("id", "name", "facts", "first", "last", "figures", "disagreements", "sources", "origins"))
)


CODE_COLUMNS = tuple(map(key, ("code", "about")))


PROBLEM_COLUMNS = tuple(map(key, ("code", "file", "line", "path", "what")))


CACHE_COLUMNS = tuple(map(key, ("path", "bytes")))


FINDING_COLUMNS = tuple(map(key, ("code", "fact", "source", "passage", "found", "expected")))


PASSAGE_COLUMNS = tuple(map(key, ("change", "source", "passage", "now", "words", "lost")))


DISPUTE_COLUMNS = (
    key("kind"),
    Column(name="facts", of=lambda record: [fact["id"] for fact in record["facts"]]),
    key("prefer"),
    key("note"),
)


DIFFERENCE_COLUMNS = (
    key("change"),
    key("kind"),
    key("id"),
    Column(name="keys", of=lambda record: [each["key"] for each in record["keys"]]),
    key("statement"),
)


PART_NAMES = {"quote_found": "quote found", "figures_match": "figures match", "read_by": "read by"}


def part_lines(record: Json) -> list[str]:
    """Give the three parts of a check, a line each."""
    lines = []
    for part, tally in record["checks"].items():
        failed = tally["run"] - tally["passed"]
        counts = f"{tally['run']} run, {tally['passed']} passed, {failed} failed, {tally['not_run']} not run"
        lines.append(f"{PART_NAMES[part]}: {counts}")
    return lines


def check_notes(record: Json) -> list[str]:
    """Give what is to be known beside a check, a line each: earlier ones on record, pages that were not reached."""
    earlier = [
        f"on record: {each['quotes']} quotes of {each['source']} found {each['date']}"
        f" in text {each['text_sha256'][:12]}…"
        for each in record["last_checked"]
    ]
    return [*earlier, *(f"not reached: {each['address']}: {each['reason']}" for each in record["unreached"])]


def _lost(text: Json, passage: int) -> list[str]:
    """Give the facts whose quote of a passage no longer stands, each once."""
    found = (fact["id"] for fact in text["facts"] if fact["passage"] == passage and not fact["stands"])
    return list(dict.fromkeys(found))


def passage_rows(texts: Sequence[Json]) -> list[Json]:
    """Give the passages of other versions that are not the same: what changed, and the facts whose quotes are lost."""
    return [
        {
            **passage,
            "source": text["source"],
            "words": [f"{each['was'] or '(nothing)'} -> {each['now'] or '(nothing)'}" for each in passage["words"]],
            "lost": _lost(text, passage["passage"]),
        }
        for text in texts
        for passage in text.get("passages", ())
        if passage["change"] != "same"
    ]


def chosen_columns(
    names: Sequence[str], shape: str, key: str, columns: Sequence[Column], *, nested: bool
) -> list[Column]:
    """Give a column for each name: a field of the records under `key` in a shape, or one of `columns`.

    Where a name is both, the column has it if cells are wanted, and the field if `nested` values are. Raises
    UsageError for a name that is neither.
    """
    own = {column.name: column for column in columns}
    fields = record_fields(shape, key)
    paths = {name: Column(name=name, of=partial(_value if nested else _cell_value, name.split("."))) for name in fields}
    known = {**own, **paths} if nested else {**paths, **own}
    for name in names:
        if name not in known:
            near = near_names(name, known)
            meant = f"did you mean {' or '.join(near)}? " if near else ""
            tops = ", ".join(each for each in known if "." not in each)
            raise UsageError(f"--fields: unknown field {name!r}; {meant}known are {tops}; nested keys take a dot")
    return [known[name] for name in names]


def picked_fields(records: Sequence[Json], columns: Sequence[Column]) -> list[Json]:
    """Give each record as an object of the chosen_columns fields alone."""
    return [{column.name: column.of(record) for column in columns} for record in records]


def _value(path: Sequence[str], value: Any) -> Any:  # noqa: ANN401
    """Give what stands at a path; of a list, what stands there in each item. None where there is nothing."""
    if not path:
        return value
    if isinstance(value, list):
        return [_value(path, each) for each in value]
    return _value(path[1:], value.get(path[0])) if isinstance(value, dict) else None


def _cell_value(path: Sequence[str], record: Json) -> Any:  # noqa: ANN401
    """Give what stands at a path so that a cell can hold it: objects as JSON, an absent value of an item as nothing."""
    value = _value(path, record)
    if isinstance(value, list):
        return ["" if each is None else dumps(each) if isinstance(each, dict | list) else each for each in value]
    return (dumps(value) if value else None) if isinstance(value, dict) else value
