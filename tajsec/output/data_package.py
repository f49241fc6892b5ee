"""Tables in files as a Frictionless data package: `datapackage.json`, with types, keys, licences and sources.

The form is that of https://specs.frictionlessdata.io/data-package/, which version 2 of the standard takes too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from tajsec.model.records import Source
    from tajsec.text.jsontext import Json

PACKAGE = "datapackage.json"

Form = Literal["parquet", "csv"]
MEDIA_TYPES: Mapping[Form, str] = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}

_TYPES = {"TEXT": "string", "INTEGER": "integer", "NUMERIC": "number", "DATE": "date"}
"""The type in a table schema for each type that the tables declare."""

Column = tuple[str, str, int]
"""A column of a table: its name, the type that SQL declares, and 1 if a cell may be NULL."""


class Reference(NamedTuple):
    """Columns of a table whose values are those of columns of a table, which may be the same one."""

    columns: Sequence[str]
    table: str
    named: Sequence[str]


class Table(NamedTuple):
    """What a data package says of a table."""

    name: str
    about: str
    columns: Sequence[Column]
    key: Sequence[str]
    unique: Sequence[str]
    """Columns other than the key of which no two cells are the same."""
    references: Sequence[Reference]


def package(
    tables: Sequence[Table],
    form: Form,
    title: str,
    licences: Sequence[Mapping[str, str]],
    sources: "Iterable[Source]",
) -> "Json":
    """Return the descriptor of a folder with a file of each table."""
    return {
        "name": "tajsec",
        "title": title,
        "licenses": list(licences),
        "sources": [_source(each) for each in sources],
        "resources": [_resource(each, form) for each in tables],
    }


def _source(source: "Source") -> "Json":
    return {"title": source.title, **({"path": source.address} if source.address else {})}


def _resource(table: Table, form: Form) -> "Json":
    text = {"encoding": "utf-8"} if form == "csv" else {}
    return {
        "name": table.name,
        "type": "table",
        "description": table.about,
        "path": f"{table.name}.{form}",
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        **text,
        "schema": _schema(table),
    }


def _schema(table: Table) -> "Json":
    return {
        "fields": [_field(table, *each) for each in table.columns],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": [_foreign_key(table, each) for each in table.references]} if table.references else {}),
    }


def _field(table: Table, name: str, declared: str, optional: int) -> "Json":
    """Return a column. A text that is there and empty counts as absent, so that only texts of keys are required."""
    keys = {*table.key, *table.unique, *(column for each in table.references for column in each.columns)}
    rules = {"required": not optional and (name in keys or declared != "TEXT"), "unique": name in table.unique}
    constraints = {rule: True for rule, holds in rules.items() if holds}
    return {"name": name, "type": _TYPES[declared], **({"constraints": constraints} if constraints else {})}


def _foreign_key(table: Table, reference: Reference) -> "Json":
    """Return a reference; the standard names the table itself by an empty text."""
    other = "" if reference.table == table.name else reference.table
    return {
        "fields": list(reference.columns),
        "reference": {"resource": other, "fields": list(reference.named)},
    }
