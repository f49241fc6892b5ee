"""From files to one store: compiled by one process or several, or mended from the store before; always the same."""

import contextlib
import multiprocessing
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from tajsec.errors import DataError
from tajsec.model import Contents, Fact
from tajsec.read import FactFile, read_facts
from tajsec.rows import Part, part_of
from tajsec.store import open_store


def ids(data: Path, cache: Path) -> list[str]:
    return [fact.id for fact in open_store([data], cache=str(cache)).facts()]


def contents(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all that a compiled store says of facts, words and counts, without the numbers of the facts."""
    queries = {
        "fact": "SELECT * FROM fact JOIN text USING (n) LEFT JOIN doc ON doc.fact = fact.n ORDER BY n",
        "tag": "SELECT kind, tag.id, fact.id, named FROM tag JOIN fact ON fact.n = tag.fact ORDER BY 1, 2, n",
        "number": "SELECT value, unit, id FROM number JOIN fact ON fact.n = number.fact ORDER BY 1, 2, n",
        "relation": "SELECT target, holder, kind, differs, outdone, text FROM relation ORDER BY target, n",
        "ft": "SELECT term, fact.id FROM indexed LEFT JOIN fact ON fact.n = doc & ((1 << 40) - 1) ORDER BY 1, n",
        "file": "SELECT label, digest, facts, standing, words, begins, ends FROM file ORDER BY number",
        **{table: f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES},
    }
    with contextlib.closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, ft, instance)")
        found = {name: connection.execute(query).fetchall() for name, query in queries.items()}
        columns = [column[0] for column in connection.execute(queries["fact"]).description]
    kept = [place for place, name in enumerate(columns) if name not in ("n", "fact")]
    found["fact"] = [tuple(row[place] for place in kept) for row in found["fact"]]
    return found


TABLES = ("word", "deletion", "stem", "tagged", "common", "name", "term", "source", "review", "meta")


def fact_text(name: str, about: str = "7 radios", more: str = "") -> str:
    return (
        f'[[fact]]\nid = "{name}"\nstatement = "In 2019 {name} gave over {about}."\nactors = ["us"]\n'
        f'topics = ["gear"]\nwhen = "2019"\nstatus = "completed"\n'
        f'cites = [{{ source = "paper", passage = 2, quote = "gave over 7 radios" }}]\n{more}\n'
    )


RELATION = 'relations = [{ to = "a1", kind = "supersedes", note = "newer", prefer = "b1" }]'
PART = 'relations = [{ to = "c1", kind = "part-of", note = "of it" }]'
EDITS: dict[str, dict[str, str | None]] = {
    "a changed word": {"a.toml": fact_text("a1", "8 hovercraft")},
    "a fact more": {"b.toml": fact_text("b1") + fact_text("b2", "nine zeppelins")},
    "an empty file": {"c.toml": ""},
    "a file less": {"d.toml": None},
    "a file at the end": {"z.toml": fact_text("z1", "1,500 boots")},
    "a file in between": {"bb.toml": fact_text("bb1")},
    "a relation": {"b.toml": fact_text("b1", more=RELATION)},
    "a relation into another file": {"b.toml": fact_text("b1", more=PART)},
    "a withdrawn fact": {"a.toml": fact_text("a1", more='withdrawn = "it was another year"')},
    "all at once": {"a.toml": fact_text("a1", "9 drums"), "b.toml": fact_text("b1", more=RELATION), "c.toml": None},
    "most of them": {name: fact_text(name[0] + "9") for name in ("a.toml", "b.toml", "c.toml", "d.toml", "e.toml")},
}


@pytest.fixture
def many(small: Path) -> Path:
    """The small store, with its facts in several files."""
    for path in (small / "facts").glob("*.toml"):
        path.unlink()
    thesaurus = small / "facts" / "vocabulary" / "thesaurus.toml"
    thesaurus.write_text('[[term]]\nid = "airship"\nname = "airship"\naliases = ["zeppelins"]\n')
    for name in "abcdefg":
        (small / "facts" / f"{name}.toml").write_text(fact_text(f"{name}1"))
    return small


@pytest.mark.parametrize("edit", EDITS)
def test_a_mended_store_is_the_one_that_would_be_compiled(many: Path, tmp_path: Path, edit: str) -> None:
    def apply(files: dict[str, str | None]) -> None:
        for name, text in files.items():
            path = many / "facts" / name
            path.unlink() if text is None else path.write_text(text)

    def stored(folder: Path) -> dict[str, list[tuple[object, ...]]]:
        before = set(folder.glob("*.store"))
        ids(many, folder)
        (new,) = set(folder.glob("*.store")) - before
        return contents(new)

    mended = tmp_path / "mended"
    first = stored(mended)
    before = {path.name: path.read_text() for path in (many / "facts").glob("*.toml")}
    apply(EDITS[edit])
    assert stored(mended) == stored(tmp_path / "fresh")
    apply({name: before.get(name) for name in EDITS[edit]} | {"g.toml": before["g.toml"] + "\n"})
    again = stored(mended)
    assert {name: rows for name, rows in again.items() if name != "file"} == {
        name: rows for name, rows in first.items() if name != "file"
    }


def test_only_the_files_that_changed_are_compiled_again(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(many, tmp_path / "cache")
    (many / "facts" / "c.toml").write_text(fact_text("c2"))
    read: list[str] = []

    def watched(file: FactFile, frame: Contents) -> list[Fact]:
        read.append(file.entry.name)
        return read_facts(file, frame)

    monkeypatch.setattr("tajsec.compile.read_facts", watched)
    assert ids(many, tmp_path / "cache") == ["a1", "b1", "c2", "d1", "e1", "f1", "g1"]
    assert read == ["c.toml"]


def test_a_large_store_makes_room_for_the_one_that_was_made_of_it(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stores_after(word: str) -> int:
        (many / "facts" / "c.toml").write_text(fact_text(word))
        assert ids(many, tmp_path / "cache")[2] == word
        return len(list((tmp_path / "cache").glob("*.store")))

    assert [stores_after("c2"), stores_after("c3")] == [1, 2]
    monkeypatch.setattr("tajsec.cache.LARGE", 1)
    assert [stores_after("c4"), stores_after("c5")] == [2, 2]


def test_a_relation_to_a_fact_that_went_is_found_although_its_file_did_not_change(many: Path, tmp_path: Path) -> None:
    (many / "facts" / "b.toml").write_text(fact_text("b1", more=RELATION))
    ids(many, tmp_path / "cache")
    (many / "facts" / "a.toml").write_text(fact_text("a2"))
    with pytest.raises(DataError, match=r"b\.toml.*unknown fact 'a1'"):
        ids(many, tmp_path / "cache")


def test_data_that_change_while_they_are_compiled_are_not_kept(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(file: FactFile, frame: Contents) -> list[Fact]:
        (many / "facts" / "g.toml").write_text(fact_text("g2"))
        return read_facts(file, frame)

    with monkeypatch.context() as patch:
        patch.setattr("tajsec.compile.read_facts", slow)
        assert ids(many, tmp_path / "cache")[-1] == "g2"
    assert not list((tmp_path / "cache").glob("*.store"))
    assert ids(many, tmp_path / "cache")[-1] == "g2"


def test_several_processes_compile_the_same_store(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.compile.LARGE", 1)
    told: list[int] = []
    for workers in (1, 2):
        open_store([many], cache=str(tmp_path / str(workers)), workers=workers, progress=told.append)
    alone, together = (contents(next((tmp_path / name).glob("*.store"))) for name in "12")
    assert alone == together
    assert told == [1, 2, 3, 4, 5, 6, 7] * 2


def test_a_mistake_is_named_whichever_process_finds_it(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.compile.LARGE", 1)
    (many / "facts" / "e.toml").write_text(fact_text("e1").replace("2019", "2019-13"))
    with pytest.raises(DataError, match=r"e\.toml:6: fact\[0\]\.when"):
        open_store([many], workers=2)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="the processes must see the patch")
def test_what_other_processes_do_not_do_is_done_here(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tajsec.compile.LARGE", 1)
    us = os.getpid()

    def killed(numbered: Iterable[tuple[int, Fact]], frame: Contents) -> Part:
        part = part_of(numbered, frame)
        if os.getpid() != us and part.rows["fact"][0][1] == "d1":
            os._exit(1)
        return part

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    for name, target, put in (
        ("killed", "tajsec.compile.part_of", killed),
        ("refused", "concurrent.futures.ProcessPoolExecutor", refused),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(target, put)
            store = open_store([many], cache=str(tmp_path / name), workers=2)
        assert [fact.id for fact in store.facts()] == ["a1", "b1", "c1", "d1", "e1", "f1", "g1"]
