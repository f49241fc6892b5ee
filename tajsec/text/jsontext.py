"""JSON as text, safe for terminals and editors."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]

_SPECIAL = "[^\n -~\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Characters other than ASCII, spaces and line ends; those of them that are not printable are escaped in JSON."""


def dumps(value: object, indent: int | None = None, *, spaced: bool = True) -> str:
    """Return the JSON text of a value, with characters escaped that a terminal or an editor would execute or hide.

    If it is not `spaced`, there is no space behind commas and colons: 1.6 MB become 1.5 MB.

    Raises ValueError for NaN.
    """
    simple = _simple(value)
    if simple is not None:
        return simple
    import json  # costs a twentieth of the time of a search with --json, most of which need only `_simple`

    separators = None if spaced else (",", ":")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return text if text.replace("\n", "").isprintable() else re.sub(_SPECIAL, _escaped, text)


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
    if match[0].isprintable():
        return match[0]
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


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
