"""The columns of each listing, and the fields that `--fields` chooses."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tajsec.errors import UsageError
from tajsec.model.kinds import PERIOD_WORDS
from tajsec.output.schemas import record_fields
from tajsec.text.forms import printable
from tajsec.text.jsontext import dumps
from tajsec.text.spelling import near_names

if TYPE_CHECKING:
    from tajsec.output import json_types


class Column(NamedTuple):
    """A column of a listing: its name, and the function that returns its value for a record."""

    name: str
    value_of: Callable[[Any], Any]
    words_of: Callable[[Any], Any] | None = None
    """Returns the value for people, if it is more than `value_of` as a date or number in words."""

    def cell(self, record: "json_types.Record") -> str:
        """Return the cell of a record as one line of text: a list joined by `; `, None as an empty text."""
        return _line(self.value_of(record))

    def words(self, record: "json_types.Record") -> str:
        """Return the cell for people: dates and figures in words, `5 October 2012` and `over 4,800 radios`."""
        return _line(self.words_of(record) if self.words_of else _in_words(self.name, self.value_of(record)))


def _line(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    return printable("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def key(name: str) -> Column:
    """Return the column for a key of the records, with the same name."""
    return Column(name, itemgetter(name))


def finished(name: str) -> Column:
    """Return the column for a key whose values are cells already."""
    return Column(name, itemgetter(name), itemgetter(name))


_HELD = ("when", "as_of", "other_when", "other_as_of")
"""The columns of when a fact happened and of when it is known."""
_AGED = frozenset({*_HELD, "When"})
"""The columns whose words have an age behind them; `When` is that of listings for people."""

_DATES = frozenset({*_HELD, "issued", "updated", "accessed", "first", "last", "quoted_on"})
"""The keys of dates, which are EDTF."""


def _in_words(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return a value, a list of such, or the figures of a fact for people; `name` is the key, which may be dotted."""
    if isinstance(value, list):
        return [_in_words(name, each) for each in value]
    last = name.rpartition(".")[2]
    if last in _DATES or last == "quantities":
        from tajsec.output import wording  # few listings need it

        if last == "as_of":
            return wording.as_of_date(value).removeprefix("as of ")
        return wording.figure(value) if last == "quantities" else wording.date(value)
    return f"{value:,}" if last == "value" else value


# ---------------------------------------------------------------- cells that are no key of a record


def _figures_in_words(fact: "json_types.Fact") -> list[str]:
    from tajsec.output import wording

    return [f"{wording.amount(each)} {PERIOD_WORDS[each['period']]}".rstrip() for each in fact["quantities"]]


def figures(fact: "json_types.Fact") -> list[str]:
    """Return each figure of a fact as text without `exact` and `total`: `over 4800 radios`, `450000 usd a year`."""
    return [
        " ".join(
            part
            for part in (each["qualifier"], f"{each['value']}", each["unit"], PERIOD_WORDS[each["period"]])
            if part not in ("exact", "")
        )
        for each in fact["quantities"]
    ]


def corrections(fact: "json_types.Fact") -> list[str]:
    """Return what is right instead of each declared error in the quotes, or else the notes of a deprecated fact."""
    errata = [each for cite in fact["cites"] if (each := cite["erratum"])]
    notes = [fact["notes"]] if fact["rank"] == "deprecated" and fact["notes"] else []
    return [f"{each['right']} ({each['evidence']})" for each in errata] or notes


def _first_cite(key: str) -> "Callable[[json_types.Record], str | int]":
    return lambda fact: fact["cites"][0][key]


def _of_figure(key: str) -> Column:
    """Return the column for a key of the only figure of a fact."""
    return Column(key, lambda fact: fact["quantities"][0][key])


_SIDE = ("statement", "when", "as_of", "pack", "pack_version")
"""What a listing of differences says of each fact."""


def _side(key: str, number: int) -> "Callable[[json_types.Record], str | None]":
    return lambda difference: difference["facts"][number][key]


def _value(path: Sequence[str], value: Any) -> Any:  # noqa: ANN401
    """Return the value at a path of keys, None if a key is missing; for a list, the list of the values of its items."""
    if not path:
        return value
    if isinstance(value, list):
        return [_value(path, each) for each in value]
    return _value(path[1:], value.get(path[0])) if isinstance(value, dict) else None


def _cell_value(path: Sequence[str], record: "json_types.Record") -> Any:  # noqa: ANN401
    """Return the value at a path for a cell: an object as JSON text, a missing value in a list as ""."""
    value = _value(path, record)
    if isinstance(value, list):
        return ["" if each is None else dumps(each) if isinstance(each, dict | list) else each for each in value]
    return (dumps(value) if value else None) if isinstance(value, dict) else value


def _words_at(path: str, record: "json_types.Record") -> Any:  # noqa: ANN401
    """Return the value at a dotted path for people; an object that has no words of its own is JSON text."""
    last = path.rpartition(".")[2]
    return _in_words(path, (_value if last == "quantities" else _cell_value)(path.split("."), record))


def _at(path: str) -> Callable[["json_types.Record"], Any]:
    """Return a function that returns the values at a dotted path of a record, for a cell."""
    return partial(_cell_value, path.split("."))


def _words(name: str) -> "Callable[[Any], Any]":
    """Return the function of `wording` with this name, which is imported when it is called."""

    def call(record: Any) -> Any:  # noqa: ANN401
        from tajsec.output import wording

        return getattr(wording, name)(record)

    return call


def _joined_dates(fact: "json_types.Fact") -> str:
    from tajsec.output import wording

    return ", ".join(wording.own_dates(fact))


def _of_side(number: int, value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda difference: value(difference["facts"][number])


# ---------------------------------------------------------------- the columns of each listing


def _columns(names: str, **others: Callable[[Any], Any]) -> tuple[Column, ...]:
    """Return a column for each name: one of `others`, or else the key of that name."""
    return tuple(Column(name, others[name]) if name in others else key(name) for name in names.split())


_FACT_COLUMNS = tuple(
    each._replace(words_of=_figures_in_words) if each.name == "figures" else each
    for each in _columns(
        "id statement when as_of status rank figures actors topics source passage quote correction url kept_at"
        " superseded_by differs_from draft pack pack_version",
        figures=figures,
        correction=corrections,
        **{name: _first_cite(name) for name in ("source", "passage", "quote", "url", "kept_at")},
    )
)
_FIGURE = ("qualifier", "value", "unit", "period", "of")
_TERM_COLUMNS = _columns("id name facts part_of about aliases")
_SOURCE_COLUMNS = _columns(
    "id title author publisher issued updated url doi isbn urn locator derived_from rights extent passages claims"
)
FINDING_COLUMNS = _columns("fact code source passage found expected")
PASSAGE_COLUMNS = _columns("source passage change now words lost")

_COLUMNS = {
    "timeline": sorted(_FACT_COLUMNS, key=lambda column: column.name not in ("id", "when")),
    "topics": _TERM_COLUMNS,
    "actors": _TERM_COLUMNS,
    "places": _TERM_COLUMNS,
    "summaries": _columns("id name facts first last figures differences sources origins"),
    "sources": _SOURCE_COLUMNS,
    "source": (*_SOURCE_COLUMNS, Column("only_in_copy", _at("only_in_copy.id"))),
    "coverage": _columns(
        "id passages claims cited share words quoted_words quoted_share quoted_on facts uncited type extent",
        uncited=_at("uncited.passage"),
    ),
    "todo": _columns("source passage section role words figures dates opening"),
    "differences": _columns(
        "fact other kind prefer note statement when as_of other_statement other_when other_as_of pack pack_version"
        " other_pack other_pack_version",
        fact=_side("id", 0),
        other=_side("id", 1),
        **{key: _side(key, 0) for key in _SIDE},
        **{f"other_{key}": _side(key, 1) for key in _SIDE},
    ),
    "changes": _columns("id change kind keys statement reason", keys=_at("keys.key")),
    "figures": [
        column for each in _FACT_COLUMNS for column in (map(_of_figure, _FIGURE) if each.name == "figures" else [each])
    ],
    "verify": FINDING_COLUMNS,
    "factcheck": _columns(
        "line column flag text fact says when as_of why",
        fact=_at("values.fact"),
        says=_at("values.text"),
        when=_at("values.when"),
        as_of=_at("values.as_of"),
    ),
    "packs": _columns("id version title licence where path facts documents checked share needs maintainers"),
    "lint": _columns("code level file line path what fixed about"),
    "codes": _columns("code about"),
    "cache": _columns("path bytes"),
    "history": _columns("revision at who what note statement keys", keys=_at("keys.key")),
}
"""The columns of each listing by the name of its schema; other listings have `_FACT_COLUMNS`."""

_STATEMENT = Column("Statement", _words("warned"))
_BEHIND = (
    Column("When", _joined_dates), Column("Source", _words("short_documents")), Column("Id", _words("named_id")),
)  # fmt: skip
_FACT_IN_WORDS = (_STATEMENT, Column("Figures", _figures_in_words), *_BEHIND)
_IN_WORDS = {
    **_COLUMNS,
    "timeline": _FACT_IN_WORDS,
    "figures": (Column("Figure", _figures_in_words), _of_figure("of")._replace(name="What"), _STATEMENT, *_BEHIND),
    "differences": (
        Column("Statement", _of_side(0, _words("warned"))),
        Column("Source", _of_side(0, _words("short_documents"))),
        Column("Differs from", _of_side(1, _words("warned"))),
        Column("Its source", _of_side(1, _words("short_documents"))),
        Column("Why", itemgetter("note")),
        Column("Cite", itemgetter("prefer")),
        Column("Ids", lambda difference: list(map(_words("named_id"), difference["facts"]))),
    ),
}
"""The columns for people of each listing by the name of its schema; other listings have `_FACT_IN_WORDS`."""


def with_ages(columns: Sequence[Column], today: str) -> list[Column]:
    """Return columns whose words for the dates of a fact have its age on a day, `2026-11-28`, if it may have changed.

    The age is behind the as-of date, or behind the date of a fact that has none.
    """
    return [each._replace(words_of=partial(_aged, each, today)) if each.name in _AGED else each for each in columns]


def _aged(column: Column, today: str, record: "json_types.Record") -> str:
    words, name = column.words(record), column.name.removeprefix("other_")
    fact: Any = record["facts"][name != column.name] if "facts" in record else record
    if not words or "status" not in fact or name not in ("When", "as_of" if fact["as_of"] else "when"):
        return words  # sources have dates, too
    from tajsec.output import wording

    return wording.with_age(words, fact, today)


def columns_of(schema: str) -> Sequence[Column]:
    """Return the columns of the records of a listing, by the name of its schema."""
    return _COLUMNS.get(schema, _FACT_COLUMNS)


def columns_in_words(schema: str) -> Sequence[Column]:
    """Return the columns of a listing for people to read, by the name of its schema; without such, `columns_of`."""
    return _IN_WORDS.get(schema, _FACT_IN_WORDS)


def figure_rows(facts: "Sequence[json_types.Fact]") -> "list[json_types.Fact]":
    """Return each fact once for each of its figures, with that figure alone."""
    return [{**fact, "quantities": [each]} for fact in facts for each in fact["quantities"]]


def passage_rows(texts: "Sequence[json_types.SealedText | json_types.ChangedText]") -> list[dict[str, object]]:
    """Return a row for each passage that changed in another version of a text, with the facts whose quotes are gone."""
    from tajsec.output import wording  # no other listing needs it

    return [
        {**each, "source": text["source"], "words": wording.word_changes(each), "lost": wording.lost(text, each)}
        for text in texts
        if text["sealed"] is False
        for each in text["passages"]
        if each["change"] != "same"
    ]


# ---------------------------------------------------------------- --fields


def chosen_columns(
    names: Sequence[str], shape: str, key: str, columns: Sequence[Column], *, nested: bool
) -> list[Column]:
    """Return the columns that `--fields` names: one of `columns`, or a field of the records under `key` in a schema.

    `shape` is the name of the schema. A name that is both means the column, or with `nested` the field, whose value
    stays JSON. Raises UsageError for a name that is neither.
    """
    own = {column.name: column for column in columns}
    value = _value if nested else _cell_value
    paths = {
        name: Column(name, partial(value, name.split(".")), partial(_words_at, name))
        for name in record_fields(shape, key)
    }
    known = own | paths if nested else paths | own
    for name in names:
        if name not in known:
            near = near_names(name, known)
            meant = f"did you mean {' or '.join(near)}? " if near else ""
            tops = ", ".join(each for each in known if "." not in each)
            raise UsageError(f"--fields: unknown field {name!r}; {meant}known are {tops}; nested keys take a dot")
    return [known[name] for name in names]
