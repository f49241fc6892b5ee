"""Chosen fields of records: columns for tables, and keys for JSON, in the order in which they were named."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tajsec.errors import UsageError
from tajsec.jsontext import Json, dumps
from tajsec.shapes import record_fields
from tajsec.spelling import near_names
from tajsec.tabular import Column


def chosen(names: Sequence[str], shape: str, key: str, columns: Sequence[Column], *, nested: bool) -> list[Column]:
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


def picked(records: Sequence[Json], columns: Sequence[Column]) -> list[Json]:
    """Give each record as an object of the chosen fields alone."""
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
