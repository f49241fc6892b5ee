"""From records to one store: the same data make the same store, and every change of what makes it is noticed."""

import ast
import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from made_facts import read_text, store_of, text_of
from strategies import examples, facts

from tajsec.data import read as reading
from tajsec.data.folders import Folders, folders_of
from tajsec.data.read import read
from tajsec.errors import DataError
from tajsec.model.records import Contents
from tajsec.store import cache
from tajsec.store.cache import FORMAT
from tajsec.store.compile import compile_store
from tajsec.store.open import open_store
from tajsec.store.schema import SCHEMA, is_schema
from tajsec.store.sqlite import SqliteStore

MADE_BY = (34, "ea810d53bf0b9625")
"""`FORMAT`, and the digest of the modules that make a store of it."""


def ids(data: Path, folder: Path) -> list[str]:
    return [fact.id for fact in open_store([data], cache=str(folder)).facts()]


def compiled(data: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    compile_store(read(folders_of([data])), connection)
    return connection


def fact_text(name: str, about: str = "7 radios", more: str = "") -> str:
    return (
        f'[[fact]]\nid = "{name}"\nstatement = "In 2019 {name} gave over {about}."\nactors = ["us"]\n'
        f'topics = ["gear"]\nwhen = "2019"\nstatus = "completed"\n'
        f'cites = [{{ source = "paper", passage = 2, quote = "gave over 7 radios" }}]\n{more}\n'
    )


def related(to: str, kind: str, prefer: str = "") -> str:
    side = f', prefer = "{prefer}"' if prefer else ""
    return f'relations = [{{ to = "{to}", kind = "{kind}", note = "why"{side} }}]'


@pytest.fixture
def many(small: Path) -> Path:
    """The small store, with its facts in several files."""
    (small / "facts" / "gear.toml").unlink()
    synonyms = small / "facts" / "vocabulary" / "synonyms.toml"
    synonyms.write_text('[[term]]\nid = "airship"\nname = "airship"\naliases = ["zeppelins"]\n')
    for name in "abcdefg":
        (small / "facts" / f"{name}.toml").write_text(fact_text(f"{name}1"))
    return small


def test_the_same_data_make_the_same_store(many: Path) -> None:
    with contextlib.closing(compiled(many)) as first, contextlib.closing(compiled(many)) as second:
        assert first.serialize() == second.serialize()


def test_the_schema_names_every_table_and_index(many: Path) -> None:
    with contextlib.closing(compiled(many)) as connection:
        found = list(connection.execute("SELECT type, name, sql FROM sqlite_master"))
    assert is_schema(found)
    assert len(found) == SCHEMA.count("CREATE ") + len(("ft_data", "ft_idx", "ft_config", "sqlite_autoindex_fact_1"))


def test_a_fact_says_what_others_say_of_it(many: Path) -> None:
    (many / "facts" / "b.toml").write_text(fact_text("b1", more=related("a1", "supersedes", "b1")))
    (many / "facts" / "c.toml").write_text(fact_text("c1", more=related("a1", "contradicts")))
    (many / "facts" / "d.toml").write_text(fact_text("d1", more=related("c1", "part-of")))
    contents = read(folders_of([many]))
    store = SqliteStore(compiled(many))
    a1, b1, c1, d1 = map(json.loads, store.objects([0, 1, 2, 3]))
    why = {"note": "why", "prefer": None}
    assert a1["related"] == [
        {"from": "b1", "kind": "supersedes", "note": "why", "prefer": "b1"},
        {"from": "c1", "kind": "contradicts", **why},
    ]
    assert a1["superseded_by"] == ["b1"]
    assert "c1" in a1["differs_from"]
    assert "a1" in c1["differs_from"]
    assert c1["related"] == [{"from": "d1", "kind": "part-of", **why}]
    assert b1["related"] == d1["related"] == []
    assert [(holder, each.kind) for holder, each in store.relations_to("a1")] == [
        ("b1", "supersedes"),
        ("c1", "contradicts"),
    ]
    assert store.fact("d1").relations == contents.facts[3].relations
    flags = store._all("SELECT id, superseded_or_less_exact, is_part, is_whole FROM fact ORDER BY n")
    assert [each for each in flags if any(each[1:])] == [("a1", 1, 0, 0), ("c1", 0, 0, 1), ("d1", 0, 1, 0)]


def test_a_mistyped_word_is_not_taken_for_a_synonym(many: Path) -> None:
    store = SqliteStore(compiled(many))
    assert [each.form for each in store.one_slip_away("raidos")] == ["radios"]
    assert list(store.one_slip_away("zeppelin")) == []
    assert store.stems_of(["zeppelins"])


def test_progress_counts_a_fact_half_when_it_is_read_and_whole_when_it_is_written(many: Path) -> None:
    told: list[int] = []
    open_store([many], progress=told.append)
    assert told == [0, 1, 1, 2, 2, 3, 3, 7]


def test_a_mistake_is_named_and_nothing_is_kept(many: Path, tmp_path: Path) -> None:
    (many / "facts" / "e.toml").write_text(fact_text("e1").replace("2019", "2019-13"))
    (many / "facts" / "f.toml").write_text(fact_text("a1"))
    with pytest.raises(DataError, match=r"e\.toml:6: fact\[0\]\.when") as caught:
        ids(many, tmp_path / "cache")
    assert [problem.code for problem in caught.value.problems] == ["T205", "T305"]
    assert not list((tmp_path / "cache").iterdir())


def test_data_that_change_while_they_are_read_are_not_kept(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(sets: list[Folders], *progress: object) -> Contents:
        (many / "facts" / "g.toml").write_text(fact_text("g2"))
        return read(sets)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", slow)
        assert ids(many, tmp_path / "cache")[-1] == "g2"
    assert not list((tmp_path / "cache").glob("*.store"))
    assert ids(many, tmp_path / "cache")[-1] == "g2"


# ---------------------------------------------------------------- a change of what makes a store


def makers() -> Iterator[Path]:
    """The files of the modules that reading and compiling import, but for that of `FORMAT`."""
    code = (
        f"import sys, {compile_store.__module__}, {read.__module__}\n"
        "print(*(module.__file__ for name, module in sys.modules.items() if name.startswith('tajsec.')), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return (Path(path) for path in done.stdout.splitlines() if path != cache.__file__)


def outline(node: object) -> object:
    """A piece of code without comments, docstrings and imports, the same in every version of Python."""
    if isinstance(node, ast.AST):
        fields = ((name, outline(value)) for name, value in ast.iter_fields(node))
        return [type(node).__name__, *((name, value) for name, value in fields if value not in (None, []))]
    if isinstance(node, list):
        return [outline(each) for each in node if not is_said(each)]
    return repr(node)


def is_said(node: object) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, ast.Import | ast.ImportFrom)


def digest() -> str:
    """A digest of all definitions of these modules, whichever of them a definition is in."""
    bodies = (ast.parse(path.read_text("utf-8")).body for path in makers())
    definitions = sorted(repr(outline(each)) for body in bodies for each in body if not is_said(each))
    return hashlib.sha256("\n".join(definitions).encode()).hexdigest()[:16]


def test_a_change_of_the_modules_that_make_a_store_has_a_new_format() -> None:
    found = FORMAT, digest()
    assert found == MADE_BY, (
        f"a module that makes the store changed: raise FORMAT in {Path(cache.__file__).name} (if stores made before"
        f" would be wrong) and record the new digest in {Path(__file__).name}: MADE_BY = {found}"
    )


def test_the_digest_hears_code_and_not_what_is_said_about_it() -> None:
    code = 'LIMIT = 3\n"""Why."""\n\ndef f(x: int) -> int:\n    """Give."""\n    return x + LIMIT\n'
    said = 'LIMIT = 3  # three\n\ndef f(x: int) -> int:\n    """The sum."""\n    import os\n    return x + LIMIT\n'
    assert outline(ast.parse(code)) == outline(ast.parse(said))
    assert outline(ast.parse(code)) != outline(ast.parse(code.replace("+", "-")))


@examples(15)
@given(facts())
def test_any_facts_come_out_of_a_store_as_they_were_read(given_facts: list[dict[str, Any]]) -> None:
    contents, _ = read_text(text_of(given_facts))
    store = store_of(contents)
    for fact in contents.facts:
        assert store.fact(fact.id) == fact
        assert store.fact(fact.id).content_hash == fact.content_hash
    assert [fact.id for fact in store.facts()] == [fact.id for fact in contents.facts if not fact.withdrawn]
    assert {source.id: source for source in store.sources()} == contents.sources
