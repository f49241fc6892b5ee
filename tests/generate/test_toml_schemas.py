"""The schemas of the TOML files ask for what the reader asks for."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
from jsonschema import Draft202012Validator

from tajsec.data.folders import folders_of, shipped_folders
from tajsec.data.packs import read_pack
from tajsec.data.read import read
from tajsec.errors import DataError
from tajsec.generate.toml_schemas import DATA_PAGE, FOLDER, RENEW, descriptions, toml_schemas
from tajsec.model.as_json import FACT_KEYS
from tajsec.model.records import Cite, Erratum, Passage, Quantity, Relation, Review, Source
from tajsec.model.vocabulary import Term
from tajsec.output import schemas

VALIDATORS = {name: Draft202012Validator(schemas.schema(name)) for name in schemas.toml_names()}
PACK = """
id = "border-observatory"
version = "1.0.0"
title = "Posts of a border"
licence = "CC-BY-4.0"
maintainers = ["Border Observatory"]
needs = ["tajsec>=0.1"]
facts = "own"
"""
REVIEW = f"""
[[review]]
kind = "reading"
date = "2026-11-28"
compared = "all with all"
texts = {{ paper = "{"a" * 64}" }}
facts = {{ seven-radios = "{"b" * 16}" }}
quoted = {{ paper = 4 }}
"""
FILES = {
    "toml-fact": "facts/gear.toml",
    "toml-vocabulary": "facts/vocabulary/all.toml",
    "toml-source": "seeds/paper.toml",
    "toml-review": "facts/reviews/read.toml",
    "toml-pack": "pack.toml",
}


def test_the_schemas_are_those_that_the_reader_makes() -> None:
    shipped = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.iterdir()}
    assert shipped == toml_schemas(), f"out of date; run {RENEW}"
    for schema in shipped.values():
        Draft202012Validator.check_schema(schema)


def test_every_key_that_is_described_is_read() -> None:
    described = {key for name in VALIDATORS for key in _keys(schemas.schema(name), name.removeprefix("toml-"))}
    assert {*descriptions(DATA_PAGE.read_text(encoding="utf-8"))} == described


def _keys(shape: dict, name: str) -> Iterator[str]:
    """Yield the dotted key of each property that has a description."""
    for part in (*shape.get("$defs", {}).values(), *shape.get("anyOf", ())):
        yield from _keys(part, "term")
    for key, value in shape.get("properties", {}).items():
        is_file = "description" not in value
        if not is_file:
            yield f"{name}.{key}"
        yield from _keys(value.get("items", {}), name if is_file else f"{name}.{key}")


def test_the_keys_are_the_fields_of_the_records() -> None:
    fact = schemas.schema("toml-fact")["properties"]["fact"]["items"]["properties"]
    assert {*fact} == {*FACT_KEYS}
    parts = {"quantities": Quantity, "cites": Cite, "relations": Relation}
    assert {name: {*fact[name]["items"]["properties"]} for name in parts} == {
        name: {*part.__slots__} for name, part in parts.items()
    }
    source = schemas.schema("toml-source")["properties"]
    named = {"passages": "passage", "errata": "erratum"}
    assert {*source} == {named.get(field, field) for field in Source.__slots__} - {"place", "pack"}
    assert {*source["passage"]["items"]["properties"]} == {*Passage.__slots__}
    assert {*source["erratum"]["items"]["properties"]} == {*Erratum.__slots__}
    review = schemas.schema("toml-review")["properties"]["review"]["items"]["properties"]
    assert {*review} == {*Review.__slots__} - {"place"}
    ways = schemas.schema("toml-vocabulary")["$defs"]["term"]["anyOf"]
    assert {key for way in ways for key in way["properties"]} == {*Term.__slots__} - {"kind", "place"}


def test_every_shipped_file_is_valid() -> None:
    shipped = shipped_folders()
    kinds = ("toml-vocabulary", "toml-source", "toml-fact", "toml-review")
    count = 0
    for (folder, _), kind in zip(shipped.in_order, kinds, strict=True):
        for path in Path(str(folder)).glob("*.toml"):
            assert mistakes(kind, path.read_text(encoding="utf-8")) == [], path
            count += 1
    assert count > 30


def mistakes(kind: str, text: str) -> list[str]:
    return [error.message for error in VALIDATORS[kind].iter_errors(tomli.loads(text))]


@pytest.fixture
def pack(small: Path) -> Path:
    """The small store as a pack, with a review and another name of a shipped term."""
    (small / "pack.toml").write_text(PACK, encoding="utf-8")
    (small / "facts" / "reviews").mkdir()
    (small / "facts" / "reviews" / "read.toml").write_text(REVIEW, encoding="utf-8")
    return small


def test_a_whole_pack_is_valid(pack: Path) -> None:
    assert read_pack(pack).id == "border-observatory"
    for kind, name in FILES.items():
        assert mistakes(kind, (pack / name).read_text(encoding="utf-8")) == []


BAD = [
    ("toml-fact", 'id = "seven-radios"', 'id = "Seven Radios"'),
    ("toml-fact", 'id = "seven-radios"', f'id = "{"x" * 65}"'),
    ("toml-fact", 'id = "seven-radios"', ""),
    ("toml-fact", 'statement = "The United States gave over 7 radios in 2019."', 'statement = " "'),
    ("toml-fact", "statement = ", "statment = "),
    ("toml-fact", 'actors = ["us"]', "actors = []"),
    ("toml-fact", 'actors = ["us"]', 'actors = "us"'),
    ("toml-fact", 'actors = ["us"]', f"actors = {['us'] * 65}"),
    ("toml-fact", 'when = "2019"', ""),
    ("toml-fact", 'when = "2019"', 'when = "in 2019"'),
    ("toml-fact", 'when = "2019"', "when = 2019"),
    ("toml-fact", 'when = "2019"', 'as_of = "{2018,2019}"'),
    ("toml-fact", 'status = "completed"', 'status = "done"'),
    ("toml-fact", "value = 7", 'value = "7"'),
    ("toml-fact", "value = 7", "value = 1e300"),
    ("toml-fact", 'qualifier = "over"', 'qualifier = "more"'),
    ("toml-fact", ', period = "total"', ""),
    ("toml-fact", 'quote = "gave over 7 radios"', 'quote = "7 radios"'),
    ("toml-fact", 'quote = "gave over 7 radios"', f'quote = "{"word " * 13}"'),
    ("toml-fact", "passage = 2", "passage = 2.5"),
    ("toml-fact", "cites = [", "cites = [] # ["),
    ("toml-fact", "places =", 'rank = "best"\nplaces ='),
    ("toml-fact", "places =", 'inferred = { id = "guessed" }\nplaces ='),
    ("toml-fact", "places =", 'inferred = { when = "" }\nplaces ='),
    ("toml-fact", "[[fact]]", "[fact]"),
    ("toml-fact", "[[fact]]", "[[facts]]"),
    ("toml-vocabulary", 'name = "Khorog"', ""),
    ("toml-vocabulary", 'name = "Khorog"', 'name = "Khorog"\nalias = ["Chorog"]'),
    ("toml-vocabulary", 'name = "Khorog"', 'extends = "tajsec"'),
    ("toml-vocabulary", "[[place]]", "[[town]]"),
    ("toml-source", 'url = "https://example.org/paper"', ""),
    ("toml-source", 'url = "https://example.org/paper"', 'url = "ftp://example.org/paper"'),
    ("toml-source", 'type = "webpage"', 'type = "website"'),
    ("toml-source", 'issued = "2020"', 'issued = "May 2020"'),
    ("toml-source", 'language = "en"', 'language = "English, mostly"'),
    ("toml-source", f'text_sha256 = "{"a" * 64}"', 'text_sha256 = "abc"'),
    ("toml-source", 'title = "A paper"', 'title = "A paper"\nrights = "all of them"'),
    ("toml-source", 'title = "A paper"', 'title = "A paper"\nextent = "half"'),
    ("toml-source", 'role = "claim"', 'role = "text"'),
    ("toml-source", "n = 1", "n = 0"),
    ("toml-source", "words = 9", 'words = "nine"'),
    ("toml-source", "[[passage]]", '[[erratum]]\npassage = 2\nsays = "no"\nright = "Eight."\nevidence = "a list"\n\n[[passage]]'),
    ("toml-review", 'kind = "reading"', 'kind = "look"'),
    ("toml-review", 'date = "2026-11-28"', ""),
    ("toml-review", "b" * 16, "b" * 15),
    ("toml-review", "a" * 64, "A" * 64),
    ("toml-review", "paper = 4", 'paper = "4"'),
    ("toml-pack", 'version = "1.0.0"', 'version = "1"'),
    ("toml-pack", 'id = "border-observatory"', 'id = "Border Observatory"'),
    ("toml-pack", 'facts = "own"', 'facts = "mine"'),
    ("toml-pack", 'licence = "CC-BY-4.0"', 'license = "CC-BY-4.0"'),
    ("toml-pack", 'maintainers = ["Border Observatory"]', "maintainers = []"),
    ("toml-pack", "Posts of a border", "x" * 201),
    ("toml-pack", "tajsec>=0.1", "tajsec==0.1"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after"), BAD)
def test_a_bad_file_is_refused_by_the_reader_and_by_the_schema(pack: Path, kind: str, before: str, after: str) -> None:
    path = pack / FILES[kind]
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        _read(pack, kind)
    assert str(path) in {problem.file for problem in raised.value.problems}
    assert mistakes(kind, path.read_text(encoding="utf-8"))


def _read(pack: Path, kind: str) -> None:
    read_pack(pack)
    if kind != "toml-pack":
        (pack / "pack.toml").unlink()
        read(folders_of([pack]))
