"""The JSON Schemas of the TOML files that people write: `python -m tajsec.generate.toml_schemas` writes them anew.

The keys, types and limits are those that the reader asks for, recorded while it reads a probe in place of a table; the
descriptions are the tables of keys in docs/data.md.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tajsec.data.packs import MAX_TITLE, pack_of
from tajsec.data.read import MAKERS, MAX_QUOTE_WORDS, MIN_QUOTE
from tajsec.data.table import MAX_ITEMS, MAX_STRING, Table
from tajsec.data.toml import MAX_TABLES, KeyPath
from tajsec.errors import Problem
from tajsec.model.kinds import MAX_INTEGER, SOURCE_TYPES, TERM_KINDS
from tajsec.model.pack import NEED
from tajsec.model.place import COMPILED
from tajsec.model.records import WHEREABOUTS
from tajsec.text.dates import Edtf
from tajsec.text.jsontext import Json, dumps

FOLDER = Path(__file__).parents[1] / "data" / "schemas"
DATA_PAGE = Path(__file__).parents[2] / "docs" / "data.md"
RENEW = "python -m tajsec.generate.toml_schemas"

_T = TypeVar("_T")
_SECTIONS = {
    "A fact": "fact",
    "A source": "source",
    "The vocabulary": "term",
    "Reviews": "review",
    "A pack of your own": "pack",
}
"""The kind of record that a section of docs/data.md describes, by its heading up to a colon."""
_ROW = re.compile(r"^\| (`[^|]*) \| (.+) \|$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_DATE = r"[0-9X%~?-]+"
_EDTF = rf"(\.\.)?/?{_DATE}(/({_DATE}|\.\.)?)?"
_SET = rf"\{{{_DATE}(,\s*{_DATE})*\}}"
_WORDS = rf"\s*(\S+\s+){{0,{MAX_QUOTE_WORDS - 1}}}\S+\s*"

_QUOTE: Json = {"minLength": MIN_QUOTE, "pattern": f"^{_WORDS}$"}
_BEYOND: Mapping[str, Json] = {
    "source.type": {"enum": list(SOURCE_TYPES)},
    "source.erratum.says": _QUOTE,
    "fact.cites.quote": _QUOTE,
    "source.passage.n": {"minimum": 1},
    "pack.title": {"maxLength": MAX_TITLE},
    "pack.needs": {"items": {"type": "string", "maxLength": MAX_TITLE, "pattern": f"^(?:{NEED.pattern})$"}},
    "pack.maintainers": {"items": {"type": "string", "maxLength": MAX_TITLE, "pattern": r"\S"}},
}
"""What the reader asks for by other means than the getter of a key."""
_ONE_OF: Mapping[str, Sequence[str]] = {"fact": ("when", "as_of"), "source": WHEREABOUTS}
"""Keys of a record of which one is needed."""


class _Everything(dict[str, Any]):
    """Holds every key that a reader looks for, but for the absent ones; those that it looks for are not required."""

    def __init__(self, absent: Sequence[str]) -> None:
        super().__init__()
        self.absent, self.asked = absent, set[str]()

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return key not in self.absent


class Probe(Table):
    """A table that has no data, and records as a JSON Schema what the reader asks of it."""

    def __init__(self, name: str, path: KeyPath = (), absent: Sequence[str] = ()) -> None:
        """`name` is that of the table in docs/data.md, such as `fact` or `fact.cites`."""
        self._everything = _Everything(absent)
        super().__init__(_Silent(), self._everything, path)
        self.name, self._keys, self._required = name, dict[str, Json](), list[str]()

    def shape(self) -> Json:
        """Return the JSON Schema of the table."""
        required = [key for key in self._required if key not in self._everything.asked]
        head = {"type": "object", "additionalProperties": False, **({"required": required} if required else {})}
        one_of = [{"required": [key]} for key in _ONE_OF.get(self.name, ())]
        return {**head, **({"anyOf": one_of} if one_of else {}), "properties": self._keys}

    def _add(self, key: str, shape: Json, *, required: bool = False) -> None:
        self._keys[key] = {**shape, **_BEYOND.get(f"{self.name}.{key}", {})}
        self._required += [key] * required

    def maybe_text(self, key: str, *, required: bool = False) -> str | None:
        """Add a string."""
        self._add(key, _text(), required=required)
        return "" if required else None

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Add a list of strings."""
        self._add(key, _list(_text(), MAX_ITEMS, required=required), required=required)
        return ()

    def choice(self, key: str, choices: Sequence[_T]) -> _T:
        """Add a string that is one of some."""
        self._add(key, {"enum": list(choices)}, required=True)
        return choices[0]

    def matching(self, key: str, pattern: re.Pattern[str], what: str, *, most: int = MAX_STRING) -> str:
        """Add a string in a form."""
        self._add(key, _text(pattern, most), required=True)
        return ""

    def date(self, key: str, *, may_be_set: bool = False, required: bool = False) -> Edtf | None:
        """Add a date, whose form is only roughly that of EDTF."""
        pattern = f"^({_EDTF}|{_SET})$" if may_be_set else f"^{_EDTF}$"
        self._add(key, {"type": "string", "pattern": pattern}, required=required)
        return None

    def number(self, key: str) -> int | float:
        """Add a number."""
        self._add(key, {"type": "number", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER}, required=True)
        return 0

    def whole(self, key: str) -> int:
        """Add a whole number."""
        self._add(key, {"type": "integer", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER}, required=True)
        return 0

    def url(self, key: str) -> str | None:
        """Add a web address."""
        self._add(key, {"type": "string", "pattern": r"^https?://[!-~]+$", "maxLength": 2048})
        return None

    def maybe_in_form(self, key: str, is_in_form: Callable[[str], bool], what: str) -> str | None:
        """Add a string; what a function checks no schema can."""
        self._add(key, _text())
        return None

    def records(
        self, key: str, make: Callable[[Table], _T], *, required: bool = False, most: int = MAX_ITEMS
    ) -> tuple[_T, ...]:
        """Add a list of tables, which `make` reads."""
        inner = Probe(f"{self.name}.{key}", (*self.path, key, 0))
        make(inner)
        self._add(key, _list(inner.shape(), most, required=required), required=required)
        return ()

    def strings(
        self, key: str, *, allowed: Sequence[str] | None = None, pattern: re.Pattern[str] | None = None,
        what: str = "", most: int = MAX_ITEMS,
    ) -> dict[str, str]:  # fmt: skip
        """Add a table of strings."""
        value = _text(pattern)
        shape = {"additionalProperties": value} if allowed is None else _only(allowed, value)
        self._add(key, {"type": "object", "maxProperties": most, **shape})
        return {}

    def wholes(self, key: str, *, most: int = MAX_ITEMS) -> dict[str, int]:
        """Add a table of whole numbers."""
        value = {"type": "integer", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER}
        self._add(key, {"type": "object", "maxProperties": most, "additionalProperties": value})
        return {}


class _Silent:
    """A reporter that takes no notice of mistakes, which a probe has throughout."""

    def __init__(self) -> None:
        self.problems = list[Problem]()

    def report(self, path: KeyPath, code: str, what: str) -> None:
        """Do nothing."""


def _text(pattern: re.Pattern[str] | None = None, most: int = MAX_STRING) -> Json:
    """Return the schema of a string that is not blank."""
    if pattern is None:
        return {"type": "string", "maxLength": most, "pattern": r"\S"}
    plain = re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)  # names of groups are written differently in each language
    return {"type": "string", "maxLength": most, "pattern": f"^(?:{plain})$"}


def _list(items: Json, most: int, *, required: bool) -> Json:
    return {"type": "array", **({"minItems": 1} if required else {}), "maxItems": most, "items": items}


def _only(names: Sequence[str], value: Json) -> Json:
    return {"additionalProperties": False, "properties": dict.fromkeys(names, value)}


# ---------------------------------------------------------------- the files


def toml_schemas() -> dict[str, Json]:
    """Return the JSON Schema of each kind of file by its name, each with the descriptions of docs/data.md.

    Raises KeyError for a key that the page does not describe.
    """
    term = {"type": "array", "maxItems": MAX_TABLES, "items": {"$ref": "#/$defs/term"}}
    terms = dict.fromkeys(map(str, TERM_KINDS), term)
    page = descriptions(DATA_PAGE.read_text(encoding="utf-8"))
    own, more = _shape("term", page, absent=["extends"]), _shape("term", page)
    more["required"].insert(0, "extends")
    return {
        "toml-fact": _file("A file of facts: facts/TOPIC.toml", _tables("fact", page)),
        "toml-source": _file("The record of a source: seeds/ID.toml", _shape("source", page)),
        "toml-vocabulary": {
            **_file("A file of the vocabulary: facts/vocabulary/NAME.toml", _only_tables(terms)),
            "$defs": {"term": {"anyOf": [own, more]}},
        },
        "toml-review": _file("A file of reviews: facts/reviews/NAME.toml", _tables("review", page)),
        "toml-pack": _file("What a pack is: pack.toml", _shape("pack", page)),
    }


def _file(title: str, shape: Json) -> Json:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **shape}


def _tables(kind: str, page: Mapping[str, str]) -> Json:
    """Return the schema of a file with any number of tables of one kind."""
    return _only_tables({kind: {"type": "array", "maxItems": MAX_TABLES, "items": _shape(kind, page)}})


def _only_tables(tables: Mapping[str, Json]) -> Json:
    return {"type": "object", "additionalProperties": False, "properties": dict(tables)}


def _shape(kind: str, page: Mapping[str, str], absent: Sequence[str] = ()) -> Json:
    """Return the schema of a record, as its reader asks for it, with the descriptions of a page."""
    probe = Probe(kind, (kind, 0), absent)
    if kind == "pack":
        pack_of(probe, Path())
    else:
        MAKERS["actor" if kind == "term" else kind](probe, COMPILED)
    shape = probe.shape()
    _describe(shape, page, kind)
    return shape


# ---------------------------------------------------------------- the descriptions


def descriptions(page: str) -> dict[str, str]:
    """Return what the tables of docs/data.md say of each key, by the name of its record: `fact.cites.quote`."""
    found = dict[str, str]()
    for section in page.split("\n## ")[1:]:
        kind = _SECTIONS.get(section.partition(":")[0].partition("\n")[0])
        for keys, about in _ROW.findall(section) if kind else ():
            found |= {f"{kind}.{key}": _LINK.sub(r"\1", about) for key in re.findall(r"`([a-z_.0-9]+)`", keys)}
    return found


def _describe(shape: Json, page: Mapping[str, str], name: str) -> None:
    """Add the descriptions to the keys of a record, and of the records in it. Raises KeyError for a key without one."""
    for key, value in shape.get("properties", {}).items():
        value["description"] = page[f"{name}.{key}"]
        if "items" in value:
            _describe(value["items"], page, f"{name}.{key}")


def main() -> None:
    """Write the schemas into the package."""
    for name, shape in toml_schemas().items():
        (FOLDER / f"{name}.json").write_text(f"{dumps(shape, indent=2)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
