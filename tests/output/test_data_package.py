"""The files of tables are a data package, which Frictionless reads and finds valid."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.output.data_package import PACKAGE
from tajsec.output.export import ABOUT

Run = Callable[..., Reply]
OPTIONS = {"csv": "--tables", "parquet": "--parquet"}
NEEDED = {"csv": (), "parquet": ("pyarrow", "pandas")}


def problems(folder: Path) -> list[str]:
    """Return what Frictionless finds wrong with a package."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(folder / PACKAGE))
    assert report.stats["tasks"] in (0, len(ABOUT) - 1)
    return [row[-1] for row in report.flatten(["message"])]


@pytest.fixture
def written(run: Run, tmp_path: Path) -> Callable[..., Path]:
    """Export a package of a form, and return its folder; the test is skipped without what the form needs."""

    def export(form: str, *args: str) -> Path:
        for name in NEEDED[form]:
            pytest.importorskip(name, reason=f"{name} is not installed, with which Frictionless reads {form}")
        folder = tmp_path / form
        reply = run("export", OPTIONS[form], str(folder), "--force", *args)
        assert reply.status == 0, reply.stderr
        return folder

    return export


def descriptor(folder: Path) -> dict:
    found: dict = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    return found


def schemas(folder: Path) -> dict[str, dict]:
    return {each["name"]: each["schema"] for each in descriptor(folder)["resources"]}


@pytest.mark.parametrize("form", OPTIONS)
def test_frictionless_finds_the_package_valid(written: Callable[..., Path], form: str) -> None:
    folder = written(form)
    assert problems(folder) == []
    assert {each["path"] for each in descriptor(folder)["resources"]} | {PACKAGE} == {
        path.name for path in folder.iterdir()
    }


def test_types_and_keys_are_those_of_the_database(written: Callable[..., Path]) -> None:
    found = schemas(written("csv"))
    types = {field["name"]: field["type"] for field in found["facts"]["fields"]}
    assert [types[name] for name in ("number", "id", "happened", "happened_first")] == [
        "integer", "string", "string", "date",
    ]  # fmt: skip
    assert found["facts"]["primaryKey"] == ["number"]
    assert found["facts"]["fields"][1]["constraints"] == {"required": True, "unique": True}
    assert {"name": "value", "type": "number", "constraints": {"required": True}} in found["quantities"]["fields"]
    assert found["cites"]["primaryKey"] == ["fact", "n"]
    assert found["cites"]["foreignKeys"] == [
        {"fields": ["source", "passage"], "reference": {"resource": "passages", "fields": ["source", "n"]}},
        {"fields": ["source"], "reference": {"resource": "sources", "fields": ["id"]}},
        {"fields": ["fact"], "reference": {"resource": "facts", "fields": ["id"]}},
    ]
    assert found["actors"]["foreignKeys"] == [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["id"]}}]
    assert "primaryKey" not in found["errata"]


def test_the_package_names_its_licence_and_every_source(
    written: Callable[..., Path], run_json: Callable[..., dict]
) -> None:
    told = descriptor(written("csv"))
    assert told["licenses"] == [
        {
            "name": "CC0-1.0",
            "title": "CC0 1.0 Universal (of the facts that come with tajsec)",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
        }
    ]
    assert told["sources"] == [{"title": each["title"], "path": each["url"]} for each in run_json("sources")["sources"]]


def test_the_csv_files_hold_the_tables_of_the_database(written: Callable[..., Path], database: Path) -> None:
    folder = written("csv")
    with closing(sqlite3.connect(database)) as db:
        for table in sorted(set(ABOUT) - {"figures"}):
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
                head, *rows = csv.reader(stream)
            cursor = db.execute(f"SELECT * FROM {table} ORDER BY rowid")
            assert head == [each[0] for each in cursor.description]
            cells = [["" if each is None else str(each) for each in row] for row in cursor]
            assert [[each.removeprefix("'") for each in row] for row in rows] == [
                [each.removeprefix("'") for each in row] for row in cells
            ]


@pytest.mark.parametrize(
    ("table", "before", "after", "found"),
    [
        ("cites", "paper", "no-such-source", "foreign key"),
        ("quantities", ",7,", ",many,", "type is"),
        ("quantities", ",7,", ",,", "constraint"),
        ("facts", "seven-radios", "", "constraint"),
    ],
)
def test_frictionless_finds_what_was_broken(
    written: Callable[..., Path], small: Path, table: str, before: str, after: str, found: str
) -> None:
    path = written("csv", "--facts", str(small)) / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
    assert any(found in each for each in problems(path.parent))


HOSTILE = {
    "a formula": '=HYPERLINK("https://example.org")',
    "a formula behind a blank": "  +1+cmd|' /C calc'!A0",
    "quotes and commas": 'a,"b";c,,""',
    "a path": "../../etc/passwd",
    "markup": "</script><b>&amp;",
    "other scripts": "ҷумҳурӣ جمهوری 電 \U0001f4fb é",
    "invisible": "zero\u200bwidth\u00ad",
    "long": "x" * 10_000,
    "a missing value": "NA",
    "SQL": "'); DROP TABLE facts; --",
}


@pytest.mark.parametrize("form", OPTIONS)
def test_what_a_pack_says_leaves_the_package_valid(written: Callable[..., Path], small: Path, form: str) -> None:
    gear, names, paper = (small / each for each in ("facts/gear.toml", "facts/vocabulary/all.toml", "seeds/paper.toml"))
    one = gear.read_text()
    for n, text in enumerate(HOSTILE.values()):
        toml = json.dumps(text, ensure_ascii=False)
        fact = one.replace("seven-radios", f"fact-{n}").replace("value = 7", f"value = -{n}.5e9")
        for said in ("The United States gave over 7 radios in 2019.", "walkie-talkies", "radios given"):
            fact = fact.replace(f'"{said}"', toml)
        with gear.open("a", encoding="utf-8") as stream:
            stream.write(f"{fact}notes = {toml}\n")
        with names.open("a", encoding="utf-8") as stream:
            stream.write(f'\n[[actor]]\nid = "actor-{n}"\nname = {toml}\npart_of = "us"\n')
    told = json.dumps("\t".join(HOSTILE.values())[:15_000], ensure_ascii=False).replace("\\t", " ")
    paper.write_text(paper.read_text().replace('"A paper"', told), encoding="utf-8")
    folder = written(form, "--facts", str(small))
    assert problems(folder) == []
    assert (folder / PACKAGE).read_text("utf-8").replace("\n", "").isprintable()
    if form == "csv":
        with (folder / "facts.csv").open(encoding="utf-8", newline="") as stream:
            statements = [row["statement"] for row in csv.DictReader(stream)]
        assert [each.lstrip("'") for each in statements[1:]] == [each.lstrip("'") for each in HOSTILE.values()]
        assert [each[0] for each in statements[1:3]] == ["'", "'"]


def test_no_fact_is_a_valid_package(written: Callable[..., Path]) -> None:
    assert problems(written("csv", "--until", "1900")) == []
