"""Every listing in every format: what it prints, chosen fields, and what is said where nothing is found."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.app import COMMANDS
from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

FACT_KEYS = [
    "id", "statement", "actors", "topics", "when", "as_of", "status", "quantities", "places", "people", "aliases",
    "cites", "relations", "related", "superseded_by", "disputed_by", "origins", "inferred", "derived", "withdrawn",
    "content_hash",
]  # fmt: skip
CITE_KEYS = ["source", "title", "publisher", "issued", "url", "section", "passage", "quote", "erratum"]
LISTINGS = [
    "search border",
    "list",
    "show radios-delivered",
    "timeline",
    "summary",
    "topics",
    "actors",
    "sources",
    "coverage",
    "disputes --topic equipment",
]

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


@pytest.mark.parametrize(
    "command", ["search radios", "list --topic equipment", "show radios-delivered", "timeline --actor nato"]
)
def test_a_fact_in_json_is_always_whole(run_json: RunJson, command: str) -> None:
    found = run_json(*command.split())
    assert found["schema"] == f"tajsec/{command.split()[0]}/1"
    assert found["count"] == len(found["facts"]) > 0
    for fact in found["facts"]:
        assert [key for key in fact if key != "score"] == FACT_KEYS
        assert fact["when"] or fact["as_of"]
        assert fact["cites"]
        assert all(list(cite) == CITE_KEYS for cite in fact["cites"])


@pytest.mark.parametrize("form", LISTING)
@pytest.mark.parametrize("command", LISTINGS)
def test_every_listing_has_every_form(run: Run, command: str, form: str) -> None:
    reply = run(*command.split(), "--format", form)
    assert (reply.status, reply.stderr) == (0, "")
    assert reply.text.endswith("\n")
    assert reply.machine is (form not in ("table", "plain"))


@pytest.mark.parametrize("command", ["search radios", "list", "timeline", "topics", "actors", "sources", "coverage"])
def test_a_pipe_gets_one_record_a_line_with_tabs(run: Run, run_json: RunJson, command: str) -> None:
    lines = run(*command.split()).text.splitlines()
    count = run_json(*command.split())["count"]
    assert len(lines) == count
    assert len({line.count("\t") for line in lines}) == 1


def test_json_lines_hold_one_whole_fact_a_line(run: Run, run_json: RunJson) -> None:
    lines = run("list", "--format", "jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == run_json("list")["facts"]


def test_csv_and_tsv_read_back_with_a_header(run: Run, store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv").text)))
    tabs = list(
        csv.DictReader(io.StringIO(run("list", "--format", "tsv").text), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    assert [row["id"] for row in rows] == [row["id"] for row in tabs] == [fact.id for fact in store.facts()]
    assert [row["statement"] for row in rows] == [fact.statement for fact in store.facts()]


def test_markdown_cells_hold_no_bare_bar(run: Run) -> None:
    lines = run("list", "--format", "markdown").text.splitlines()
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


@pytest.mark.parametrize("width", [40, 60, 80, 120, 139, 140, 200])
@pytest.mark.parametrize("command", [*LISTINGS, "summary russian-base", "timeline --actor nato"])
def test_no_table_is_wider_than_its_terminal(run: Run, command: str, width: int) -> None:
    lines = run(*command.split(), tty=width).text.splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize(
    "command", ["search lasagna recipe", "list --since 2060", "timeline --until 1800", "summary equipment --until 1900"]
)
def test_nothing_found_is_status_one_and_one_line_on_stderr(run: Run, command: str) -> None:
    reply = run(*command.split())
    assert (reply.text, reply.status) == ("", 1)
    assert reply.stderr.startswith("tajsec: no")
    assert reply.stderr.count("\n") == 1


def test_nothing_found_is_valid_json(run: Run) -> None:
    reply = run("search", "blorptwix", "--json")
    assert reply.status == 1
    assert json.loads(reply.text)["facts"] == []


def test_a_cell_that_a_spreadsheet_would_run_is_defused(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("The United States gave", "=HYPERLINK(1) gave"))
    row = next(csv.DictReader(io.StringIO(run("list", "--facts", str(small), "--format", "csv").text)))
    assert row["statement"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("command", [*LISTINGS, "summary equipment"])
def test_every_listing_shows_chosen_fields_and_refuses_unknown_ones(run: Run, command: str) -> None:
    args = command.split()
    field = "prefer" if args[0] == "disputes" else "id"
    records = run(*args, "--fields", field, "--jsonl").text.splitlines()
    assert records
    assert all(list(json.loads(record)) == [field] for record in records)
    wrong = run(*args, "--fields", f"{field},colour")
    assert (wrong.status, wrong.text) == (2, "")
    assert "unknown field 'colour'" in wrong.stderr
    assert field in wrong.stderr


@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv", "tsv", "markdown"])
def test_every_format_shows_chosen_fields(run: Run, form: str) -> None:
    text = run("topics", "--fields", "facts", "--format", form, tty=80).text
    assert text
    assert "equipment" not in text.lower()


def test_fields_come_in_the_order_in_which_they_are_named(run: Run) -> None:
    args = ("show", "radios-delivered", "--fields", "status,id,cites.passage,figures")
    row = ["completed", "radios-delivered", "8; 6", "4862 radios"]
    assert run(*args).text == "\t".join(row) + "\n"
    header = ["status", "id", "cites.passage", "figures"]
    assert list(csv.reader(io.StringIO(run(*args, "--format", "csv").text))) == [header, row]
    record = json.loads(run(*args, "--jsonl").text)
    assert list(record.items()) == list(zip(header, [*row[:2], [8, 6], ["4862 radios"]], strict=True))


def test_an_object_in_a_cell_is_json(run: Run) -> None:
    cell = run("show", "radios-delivered", "--fields", "quantities").text
    assert json.loads(cell)["qualifier"] == "exact"


def test_an_unknown_field_is_told_where_nothing_is_found_too(run: Run) -> None:
    assert run("search", "submarines", "--fields", "id").status == 1
    reply = run("search", "submarines", "--fields", "statemnt")
    assert (reply.status, "did you mean statement?" in reply.stderr) == (2, True)
    assert run("list", "--fields", "id,,when").status == 2


def test_jsonl_is_short_for_its_format(run: Run) -> None:
    assert run("topics", "--jsonl").text == run("topics", "--format", "jsonl").text
    assert run("topics", "--jsonl", "--json").status == 2
    assert run("topics", "--jsonl", "--format", "csv").status == 2


def test_every_listing_takes_jsonl_and_fields(run: Run) -> None:
    for name in COMMANDS:
        text = run(name, "--help").text
        assert ("--jsonl" in text) == ("--fields" in text), name


def test_what_an_answer_does_not_contain_is_said_beside_it(run: Run) -> None:
    def beside(*args: str) -> str:
        return run("verify", "radios-delivered", *args).stderr

    assert beside("--json") == beside("--format", "table") == beside("--json", "--fields", "code") == ""
    lines = beside("--format", "plain")
    assert lines.startswith("tajsec: quote found: ")
    assert lines == beside("--format", "csv") == beside("--format", "table", "--fields", "code")


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown"])
def test_a_check_without_a_finding_prints_the_header_with_chosen_fields_too(run: Run, form: str) -> None:
    whole = run("verify", "radios-delivered", "--format", form).text
    chosen = run("verify", "radios-delivered", "--format", form, "--fields", "code,fact").text
    assert ("code" in whole, "code" in chosen, "expected" in chosen) == (True, True, False)
    assert whole.count("\n") == chosen.count("\n") > 0
