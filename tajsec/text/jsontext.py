"""JSON as text, safe for terminals and editors."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]

_UNSAFE = "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
"""Characters that a terminal or an editor would execute or hide, and lone surrogates: escaped in JSON."""


def dumps(value: object, indent: int | None = None) -> str:
    """Return the JSON text of a value, with control characters escaped. Raises ValueError for NaN."""
    simple = _simple(value)
    if simple is not None:
        return simple
    import json  # costs a twentieth of the time of a search with --json, most of which need only `_simple`

    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text if text.isascii() and text.isprintable() else re.sub(_UNSAFE, _escaped, text)


def _simple(value: object) -> str | None:
    """Return the JSON text of an ASCII string without escapes, a number, or an empty container; None for others."""
    if isinstance(value, str):
        is_plain = value.isascii() and value.isprintable() and '"' not in value and "\\" not in value
        return f'"{value}"' if is_plain else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value) if math.isfinite(value) else None
    if isinstance(value, list | tuple | dict) and not value:
        return "{}" if isinstance(value, dict) else "[]"
    return None


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def with_keys(text: str, **more: object) -> str:
    """Return the JSON text of an object with more keys added after its own.

    The text is not parsed, because the import of `json` takes a twentieth of the time of a search with --json.
    """
    return text[:-1] + "".join(f', "{key}": {dumps(value)}' for key, value in more.items()) + "}"


def envelope_text(head: Mapping[str, object], key: str, texts: Sequence[str]) -> str:
    """Return the JSON text of a listing: the keys of the head, the count, and under `key` one record a line."""
    lines = [f'  "{name}": {dumps(value)},\n' for name, value in {**head, "count": len(texts)}.items()]
    records = ",\n    ".join(texts)
    listed = f"[\n    {records}\n  ]" if texts else "[]"
    return "".join(["{\n", *lines, f'  "{key}": {listed}\n', "}\n"])
