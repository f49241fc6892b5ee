"""Facts from CSV and JSON as drafts: what the tool prints comes back whole, and strangers' files do no harm."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tajsec.authoring.flat_facts import COLUMNS, LEFT_OUT
from tajsec.authoring.importing import MAX_FACTS, MAX_IMPORT, MAX_PROBLEMS, drafts_from, id_of
from tajsec.authoring.json_values import MAX_JSON_PARTS
from tajsec.cli.terminal import Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read, read_fact
from tajsec.errors import UsageError
from tajsec.model.as_json import FACT_KEYS, PRINTED_IN_CITES, PRINTED_WITH_FACTS
from tajsec.model.place import COMPILED
from tajsec.model.records import Cite, Contents
from tajsec.output.columns import columns_of
from tajsec.output.schemas import record_fields

WHOLE = ",".join(key for key in FACT_KEYS if key != "draft")
FACT = {
    "id": "five-radios",
    "statement": "The United States gave 5 radios in 2020.",
    "actors": ["us"],
    "topics": ["gear"],
    "when": "2020",
    "status": "completed",
    "quantities": [{"value": 5, "unit": "radios", "qualifier": "exact", "of": "radios", "period": "total"}],
    "cites": [{"source": "paper", "passage": 2, "quote": "gave 5 more radios"}],
}
HEADER = "id,statement,actors,topics,when,status,figures,source,passage,quote"
ROW = "five-radios,The United States gave 5 radios in 2020.,us,gear,2020,completed,5 radios,paper,2,gave 5 more radios"


@pytest.fixture(scope="module")
def shipped() -> Contents:
    return read(folders_of([]))


@pytest.fixture(scope="module")
def contents(write_small: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """The records of the small store."""
    return read(folders_of([write_small(tmp_path_factory.mktemp("small"))]))


class Refusing:
    """A reporter of drafts, which have been checked and so have no mistakes."""

    def report(self, path: Sequence[str | int], code: str, what: str) -> None:
        raise AssertionError((path, code, what))


@pytest.mark.parametrize(
    "printed",
    [
        ("list", "--json"),
        ("list", "--jsonl"),
        ("timeline", "--json"),
        ("list", "--json", "--fields", WHOLE),
        ("list", "--format", "csv", "--fields", WHOLE),
        ("list", "--format", "tsv", "--fields", WHOLE),
    ],
)
def test_every_shipped_fact_comes_back_with_the_same_hash(
    printed: Sequence[str], run: Callable[..., Reply], shipped: Contents, tmp_path: Path
) -> None:
    path = tmp_path / f"facts.{printed[-3] if 'csv' in printed or 'tsv' in printed else 'json'}"
    path.write_bytes(run(*printed).text.encode())
    drafts, problems = drafts_from(path)
    assert not problems
    hashes = {fact["id"]: read_fact(fact, Refusing(), COMPILED).content_hash for fact in drafts}
    assert hashes == {fact.id: fact.content_hash for fact in shipped.facts if fact.when or printed[0] != "timeline"}
    assert {fact["draft"] for fact in drafts} == {f"imported from {path.name}"}
    relations = {fact.id: len(fact.relations) for fact in shipped.facts}
    assert all(len(fact.get("relations", ())) == relations[fact["id"]] for fact in drafts)


def test_what_a_search_says_of_its_answers_is_left_out(run: Callable[..., Reply], tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    path.write_text(run("search", "radios", "--json", "--explain").text, encoding="utf-8")
    drafts, problems = drafts_from(path)
    assert drafts and not problems
    assert all(fact.keys() <= {*FACT_KEYS} for fact in drafts)


def test_the_columns_that_a_listing_prints_are_read(run: Callable[..., Reply], tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(run("list", "--topic", "equipment", "--format", "csv").text, encoding="utf-8")
    whole = {fact["id"]: fact for fact in drafts_from(path).facts}
    path.write_text(run("list", "--topic", "equipment", "--format", "csv", "--rows", "figures").text, encoding="utf-8")
    figures = {fact["id"]: fact for fact in drafts_from(path).facts}
    assert [each["value"] for each in figures["vehicles-provided-358"]["quantities"]] == [358, 10500000]
    assert {fact_id: fact.get("quantities") and len(fact["quantities"]) for fact_id, fact in figures.items()} == {
        fact_id: len(fact["quantities"]) for fact_id, fact in whole.items() if "quantities" in fact
    }


def test_each_key_that_is_printed_is_read_or_left_out() -> None:
    for shape in ("list", "search"):
        fields = record_fields(shape, "facts")
        assert {each for each in fields if "." not in each} - {*FACT_KEYS} <= PRINTED_WITH_FACTS
        cites = {each.removeprefix("cites.") for each in fields if each.startswith("cites.") and each.count(".") == 1}
        assert cites - {*Cite.__slots__} == PRINTED_IN_CITES
    for shape in ("list", "figures"):
        assert {column.name for column in columns_of(shape)} <= {*COLUMNS, *LEFT_OUT}


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("", "", {}),
        (",places,people,aliases", ",khorog; khorog,the-envoy,", {"places": ["khorog", "khorog"], "people": ["the-envoy"]}),
        (",rank,notes", ",normal,'=1+1 is two", {"notes": "=1+1 is two"}),
        (",notes", ',"On two \r\n lines"', {"notes": "On two lines"}),
        (",as_of,derived", ',2021,"{""2020"": ""the passage has no year""}"', {"as_of": "2021", "derived": {"2020": "the passage has no year"}}),
        (",relations", ',"{""to"": ""seven-radios"", ""kind"": ""see-also"", ""note"": ""Others.""}"', {"relations": [{"to": "seven-radios", "kind": "see-also", "note": "Others."}]}),
        (",url,score", ",https://border.example,9", {}),
    ],
)  # fmt: skip
def test_a_row_is_read_as_the_keys_of_a_fact(
    columns: str, cells: str, expected: dict, contents: Contents, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER}{columns}\n{ROW}{cells}\n", encoding="utf-8")
    assert drafts_from(path, contents) == ([{**FACT, **expected, "draft": "imported from rows.csv"}], [])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5 radios", {"value": 5}),
        ("over 5 radios", {"value": 5, "qualifier": "over"}),
        ("up-to 5.5 radios a year: new radios", {"value": 5.5, "qualifier": "up-to", "period": "annual", "of": "new radios"}),
        ("5 radios a week", {"period": "weekly"}),
        ("nearly -5 radios per-item", {"value": -5, "qualifier": "nearly", "period": "per-item"}),
        ('"{""value"": 5, ""unit"": ""radios"", ""qualifier"": ""exact"", ""of"": ""radios"", ""period"": ""total""}"', {"value": 5}),
    ],
)  # fmt: skip
def test_a_figure_has_a_flat_form(cell: str, expected: dict, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER.replace('figures', 'quantities')}\n{ROW.replace('5 radios,paper', f'{cell},paper')}\n")
    drafts, problems = drafts_from(path)
    assert not problems
    assert drafts[0]["quantities"] == [{**FACT["quantities"][0], **expected}]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("value,unit", "5,radios", {}),
        ("value,unit,period", "5,radios,a year", {"period": "annual"}),
        ("value,unit,period,qualifier,of", "5,radios,daily,over,new radios", {"period": "daily", "qualifier": "over", "of": "new radios"}),
        ("value,unit,period,qualifier,of", "5,radios,,,", {}),
    ],
)  # fmt: skip
def test_the_parts_of_a_figure_that_are_left_out_are_the_usual_ones(
    columns: str, cells: str, expected: dict, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER.replace('figures', columns)}\n{ROW.replace('5 radios,paper', f'{cells},paper')}\n")
    drafts, problems = drafts_from(path)
    assert not problems
    assert drafts[0]["quantities"] == [{**FACT["quantities"][0], **expected}]


def test_cites_have_a_flat_form(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    cell = '"paper 2: gave 5; more radios; paper 1: a word: another"'
    path.write_text(
        f"{HEADER.replace('source,passage,quote', 'cites')}\n{ROW.replace('paper,2,gave 5 more radios', cell)}\n"
    )
    drafts, problems = drafts_from(path)
    assert not problems
    assert drafts[0]["cites"] == [
        {"source": "paper", "passage": 2, "quote": "gave 5; more radios"},
        {"source": "paper", "passage": 1, "quote": "a word: another"},
    ]


SEMICOLONS = f"{HEADER}\n{ROW}\n".replace(",", ";")
GOOD = {
    "a byte-order mark": f"\ufeff{HEADER}\n{ROW}\n".encode(),
    "semicolons, as Excel writes": SEMICOLONS.encode("utf-8-sig").replace(b"\n", b"\r\n"),
    "tabs": f"{HEADER}\n{ROW}\n".replace(",", "\t").encode(),
    "old line ends": f"{HEADER}\n{ROW}\n".replace("\n", "\r").encode(),
    "headings in capitals, with blanks": f"{HEADER.title().replace(',', ' , ')}\n{ROW}\n".encode(),
    "blank rows": f"\n{HEADER}\n\n,,,\n{ROW}\n\n".encode(),
    "JSON": json.dumps([FACT]).encode(),
    "JSON Lines": f"{json.dumps(FACT)}\n\n".encode(),
    "JSON of a listing": json.dumps({"schema": "tajsec/list/1", "facts": [FACT]}, indent=2).encode("utf-8-sig"),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD.keys())
def test_what_other_programs_write_is_read(data: bytes, contents: Contents, tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(data)
    assert drafts_from(path, contents) == ([{**FACT, "draft": "imported from rows"}], [])


def _csv(column: str, cell: str) -> bytes:
    """Return a table in which one cell is replaced."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: f'"{cell}"'}
    return f"{','.join(cells)}\n{','.join(cells.values())}\n".encode()


def _json(**keys: object) -> bytes:
    return json.dumps({"facts": [FACT, {**FACT, "id": "six-radios", **keys}]}).encode()


BAD = {
    "empty": (b"", "rows: holds no row; begin with a row that names the columns"),
    "a header alone": (HEADER.encode(), "rows: holds no fact; name a file with rows, or with facts"),
    "unknown columns": (b"id,paragraph,number,date,colour\n1,2,3,4,5\n", "rows:1: unknown columns 'paragraph': did you mean passage?, 'number': did you mean value?, 'date': did you mean when?, 'colour'; known are id, "),
    "a column of another name": (b"id,paragraph\n1,2\n", "rows:1: unknown column 'paragraph'; did you mean passage?"),
    "an unknown column": (b"id,statment\n1,2\n", "rows:1: unknown column 'statment'; did you mean statement?"),
    "a column twice": (b"id,id\n1,2\n", "rows:1: two columns are named id; keep one"),
    "two columns for one key": (b"id,cites,quote\n1,2,3\n", "rows:1: the columns cites and quote say the same; keep one"),
    "a row too long": (f"{HEADER}\n{ROW},more\n".encode(), "rows:2: row 1 has 11 cells, the header 10; put quotes around a cell with the sign that parts cells"),
    "an open quote": (f'{HEADER}\n{ROW}\n"{ROW}\n'.encode(), "rows:3: not CSV: unexpected end of data; mend the quotes of this row or the next"),
    "a cell without end": (f'{HEADER}\n"{"x" * 100_000}"\n'.encode(), "rows:2: a cell of over 65,536 characters; is its quote closed?"),
    "a row behind one of two lines": (_csv("notes", "x\ny") + ROW.replace("2020", "20-20").replace("five", "six").encode() + b",", "rows:4: row 2, when: "),
    "a formula": (_csv("statement", "=cmd|' /C calc'!A0"), "rows:2: row 1, statement: begins as a formula does; write its value, or an apostrophe before it"),
    "a formula behind a blank": (_csv("quote", " @SUM(1+9) of all"), "rows:2: row 1, quote: begins as a formula does"),
    "a formula for a figure": (_csv("figures", "=1+1"), "rows:2: row 1, figures: begins as a formula does"),
    "no figure": (_csv("figures", "many radios"), "rows:2: row 1, figures: 'many radios' is no figure; write such as over 4800 radios: radios for the border guards"),
    "a decimal comma": (_csv("figures", "5,5 radios"), "rows:2: row 1, figures: '5,5 radios' is no figure;"),
    "a huge figure": (_csv("figures", f"1{'0' * 16} radios"), "rows:2: row 1, figures: beyond 2^53; no program could read it exactly"),
    "an unknown unit": (_csv("figures", "5 radois"), "rows:2: row 1, figures: unknown unit 'radois'; did you mean radios?"),
    "no number of a passage": (_csv("passage", "two"), "rows:2: row 1, passage: must be a whole number, not a string"),
    "a long quote": (_csv("quote", "word " * 13), "rows:2: row 1, quote: 13 words; a quote has at most 12"),
    "an unknown actor": (_csv("actors", "us; nasa"), "rows:2: row 1, actors: unknown actor 'nasa'"),
    "no such passage": (_csv("passage", "9"), "rows:2: row 1, passage: paper has no passage 9; it has 1 to 2"),
    "an id in use": (_csv("id", "seven-radios"), "rows:2: row 1, id: 'seven-radios' exists already; give this fact an id of its own"),
    "an id twice": (f"{HEADER}\n{ROW}\n{ROW}\n".encode(), "rows:3: row 2, id: 'five-radios' is in row 1 already; give this fact an id of its own"),
    "a path for an id": (_csv("id", "../../etc"), "rows:2: row 1, id: '../../etc' is not an id"),
    "a date of a spreadsheet": (_csv("when", "05.10.2020"), "rows:2: row 1, when: '05.10.2020': "),
    "an escape sequence": (_csv("statement", "\x1b[2J gone"), "rows:2: row 1, statement: holds U+001B"),
    "text turned round": (_csv("statement", "\u202egone"), "rows:2: row 1, statement: holds U+202E"),
    "a NUL": (_csv("statement", "\0"), "rows:2: row 1, statement: holds U+0000"),
    "a long text": (_csv("statement", "x" * 20_000), "rows:2: row 1, statement: over 16,384 characters; shorten it"),
    "a long list": (_csv("actors", "us;" * 65), "rows:2: row 1, actors: over 64 items; keep the best"),
    "too many columns": (b",".join([b"id"] * 1000), "rows:1: over 64 columns; keep those of a fact"),
    "not JSON": (b'{"facts": [', "rows:1: not JSON: Expecting value; mend the line"),
    "JSON without facts": (b'{"schema": "tajsec/sources/1", "sources": []}', "rows:1: holds no facts; name what list, search, timeline or show print with --json"),
    "a number for a fact": (b'{"facts": [1]}', "rows: facts[0] is no object; name what"),
    "a bare number": (b"[1] 2", "rows: facts[0] is no object; name what"),
    "an unknown key": (_json(acters=["us"]), "rows: facts[1].acters: unknown key; did you mean actors?"),
    "a key twice": (_json().replace(b'"id": "six', b'"id": "x", "id": "six'), "rows: facts[1].id: stands twice in one object; keep one"),
    "not a number": (_json(quantities=[{**FACT["quantities"][0], "value": float("nan")}]), "rows: facts[1].quantities[0].value: nan is not a number that can be counted; write a finite one"),
    "a number without end": (_json(quantities=[{**FACT["quantities"][0], "value": 0.5}]).replace(b"0.5", b"9" * 5000), "rows: facts[1].quantities[0].value: inf is not a number"),
    "half of a character": (_json(statement="\ud83d gone."), "rows: facts[1].statement: holds half of a character"),
    "half a character in a key": (_json(derived={"\ud83d": "gone"}), "rows: facts[1].derived: holds half of a character"),
    "lists in lists": (_json(notes=json.loads("[" * 40 + "]" * 40)), "rows: facts[1].notes: nested deeper than 16; flatten the value"),
    "very deep lists": (b"[" * 200_000, "rows:1: nested too deep; flatten it"),
    "very many lists": (b"[" + b"{}," * MAX_JSON_PARTS, "rows: over 500,000 objects and lists; split the file"),
    "another type": (_json(cites="paper 2"), "rows: facts[1].cites: must be a list of tables, not a string"),
    "a cite that is none": (_json(cites=["paper 2"]), "rows: facts[1].cites: must be a list of tables"),
    "the second line": (f"{json.dumps(FACT)}\n{json.dumps({**FACT, 'id': 'b', 'when': 'soon'})}\n".encode(), "rows:2: when: 'soon': "),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_its_row_and_column(
    data: bytes, line: str, contents: Contents, tmp_path: Path
) -> None:
    path = tmp_path / "rows"
    path.write_bytes(data)
    drafts, problems = drafts_from(path, contents)
    assert not drafts
    assert str(problems[0]).startswith(line), problems
    assert all("\n" not in str(each) and "\x1b" not in str(each) for each in problems)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (HEADER.encode("utf-16"), "not UTF-8; save the file as UTF-8"),
        (f"{HEADER}\n{ROW}é\n".encode("latin-1"), "not UTF-8; save the file as UTF-8"),
        (b"x" * (MAX_IMPORT + 1), "over 32 MiB; split it"),
        (("e" + "\u0301" * 100).encode(), "over 30 combining marks in a row; take them out"),
    ],
)
def test_a_file_that_is_no_text_is_refused(data: bytes, line: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=line):
        drafts_from(path)


def test_a_table_with_too_many_rows_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = (ROW.replace("five-radios", f"radios-{n}") for n in range(MAX_FACTS + 5))
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert [str(each) for each in drafts_from(path).problems] == [
        f"rows.csv:{MAX_FACTS + 2}: over {MAX_FACTS:,} facts; split the file"
    ]


def test_a_table_with_a_mistake_in_each_row_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER}\n" + ",a fact without anything\n" * 100_000, encoding="utf-8")
    problems = drafts_from(path).problems
    assert MAX_PROBLEMS <= len(problems) < 2 * MAX_PROBLEMS
    assert "over 100 problems; mend those above first" in str(problems[-1])


def test_a_fact_without_an_id_gets_one_of_its_statement(contents: Contents, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{**FACT, "id": None}, {**FACT, "id": None}]), encoding="utf-8")
    drafts, problems = drafts_from(path, contents)
    assert not problems
    stem = "united-states-gave-5-radios"
    assert [each["id"] for each in drafts] == [stem, f"{stem}-2"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Over 4,862 radios were given.", "4862-radios-given"),
        ("The European Union paid about €1.2 million for repairs of bridges.", "european-union-paid-repairs-bridges"),
        ("It cost $40 million.", "cost"),
        ("WHO", "who"),
        ("Душанбе", "fact"),
        ("d'Artagnan's 11.4 km", "dartagnans-km"),
        ("x" * 500, "x" * 58),
        ("a-word " + "y" * 50 + " 4,862 radios", "word-" + "y" * 50),
    ],
)
def test_an_id_is_made_of_the_first_words(statement: str, expected: str) -> None:
    assert id_of(statement) == expected
    assert id_of(statement, {expected}) == f"{expected}-2"
