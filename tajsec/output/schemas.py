"""The JSON Schemas of what commands print and of the TOML files that people write, and the fields of printed records.

`schemas/parts.json` defines the objects that several schemas use; `schema` adds those that a schema refers to. The
schemas of TOML files are made by `tajsec.generate.toml_schemas`.
"""

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from tajsec.errors import UnknownName
from tajsec.text.jsontext import Json
from tajsec.text.spelling import near_names

PARTS = "parts"
TOML = "toml-"
"""The names of the schemas of TOML files begin with this."""
_REF = re.compile(r'"\$ref": "(?:parts\.json)?#/\$defs/(\w+)')


def _read(name: str) -> Json:
    package = "tajsec.data" if name.startswith(TOML) else "tajsec.output"
    shape: Json = json.loads(files(package).joinpath("schemas", f"{name}.json").read_text(encoding="utf-8"))
    return shape


def names() -> list[str]:
    """Return the names of the schemas of what is printed, in alphabetical order."""
    return [name for name in _names("tajsec.output") if name != PARTS]


def toml_names() -> list[str]:
    """Return the names of the schemas of TOML files, in alphabetical order."""
    return _names("tajsec.data")


def _names(package: str) -> list[str]:
    return sorted(entry.name.removesuffix(".json") for entry in files(package).joinpath("schemas").iterdir())


def title(name: str) -> str:
    """Return the title of a schema, one line."""
    return str(_read(name)["title"])


def schema(name: str) -> Json:
    """Return a JSON Schema (draft 2020-12) by name, with every part that it refers to. Raises UnknownName."""
    known = [*names(), *toml_names()]
    if name not in known:
        raise UnknownName("schema", name, near_names(name, known), "tajsec schema")
    if name.startswith(TOML):
        return _read(name)
    shape, parts = _read(name), _read(PARTS)["$defs"]
    needed = dict[str, Json]()
    waiting = _referred(shape)
    while waiting:
        part = waiting.pop()
        if part not in needed:
            needed[part] = parts[part]
            waiting += _referred(parts[part])
    bundled: Json = json.loads(json.dumps({**shape, "$defs": needed}).replace("parts.json#/", "#/"))
    return bundled


def _referred(shape: Json) -> list[str]:
    return _REF.findall(json.dumps(shape))


def record_fields(name: str, key: str) -> list[str]:
    """Return the fields of the records under `key` in a schema, nested ones dotted: `cites.quote`."""
    whole = schema(name)
    return list(dict.fromkeys(_paths(whole, whole["properties"][key]["items"])))


def listed_fields(name: str) -> list[str]:
    """Return the fields of the records that a schema lists: the items of its last array."""
    shape = schema(name)
    return record_fields(name, [key for key, value in shape["properties"].items() if "items" in value][-1])


def _paths(whole: Json, part: Json, before: str = "") -> Iterator[str]:
    """Yield the dotted fields of a part of a schema; for a list, those of its items."""
    while "$ref" in part:
        target = whole
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        part = target
    for each in part.get("anyOf", ()):
        yield from _paths(whole, each, before)
    if "items" in part:
        yield from _paths(whole, part["items"], before)
    for key, value in part.get("properties", {}).items():
        yield f"{before}{key}"
        yield from _paths(whole, value, f"{before}{key}.")
