"""Checks whether a value has its declared type, down to the last item of the last list.

That is asked of records and JSON objects from a store which others may write: `tajsec.data.read` did not make them.
"""

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from json import loads
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from tajsec.model.printed import Fact
from tajsec.text.forms import is_utf8

_Check = Callable[[Any], bool]


def is_printed_fact(text: str) -> bool:
    """True if a text is the JSON object of a fact in one line, as `--jsonl` prints it."""
    try:
        return "\n" not in text and "\r" not in text and has_shape(loads(text), Fact)
    except (ValueError, TypeError, RecursionError):
        return False


def has_shape(value: object, kind: Any) -> bool:  # noqa: ANN401
    """True if a value is of a type: of JSON, a record, or a tuple with names."""
    return _check_of(kind)(value)


@functools.cache
def _check_of(kind: Any) -> _Check:  # noqa: ANN401
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in parts
    if origin in (Union, UnionType):
        checks = [_check_of(each) for each in parts]
        return lambda value: any(check(value) for check in checks)
    if origin is NotRequired:
        return _check_of(parts[0])
    if origin in (list, tuple):
        item = _check_of(parts[0])
        return lambda value: isinstance(value, origin) and all(map(item, value))
    if origin in (dict, Mapping):
        key, item = map(_check_of, parts)
        return lambda value: isinstance(value, dict) and all(map(key, value)) and all(map(item, value.values()))
    if is_typeddict(kind):
        return _check_of_keys(kind)
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _check_of_fields(kind)
    return _SIMPLE.get(kind) or (lambda value: isinstance(value, kind))


def _check_of_keys(kind: Any) -> _Check:  # noqa: ANN401
    checks = {key: _check_of(each) for key, each in get_type_hints(kind).items()}
    needed = kind.__required_keys__

    def check(value: Any) -> bool:  # noqa: ANN401
        return (
            isinstance(value, dict)
            and needed <= value.keys() <= checks.keys()
            and all(checks[key](each) for key, each in value.items())
        )

    return check


def _check_of_fields(kind: Any) -> _Check:  # noqa: ANN401
    checks = {name: _check_of(each) for name, each in get_type_hints(kind, localns={"Path": Path}).items()}
    return lambda value: isinstance(value, kind) and all(check(getattr(value, name)) for name, check in checks.items())


def _is_number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


_SIMPLE: Mapping[Any, _Check] = {
    str: lambda value: isinstance(value, str) and is_utf8(value),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    float: _is_number,
}
