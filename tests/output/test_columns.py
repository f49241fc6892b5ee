"""The columns of a listing, and the fields that `--fields` chooses."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply

LISTINGS = [
    ("search", "radios"), ("list",), ("show", "radios-delivered"), ("timeline",), ("summary", "equipment"),
    ("summary",), ("topics",), ("actors",), ("sources",), ("coverage",), ("differences",),
]  # fmt: skip


Run = Callable[..., Reply]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("list --fields id,when,as_of", "| landmines-destroyed-over-1000 | 2004, 22 years ago |  |"),
        ("list --fields id,as_of", "| us-commitment-next-two-years | 2022 (date inferred), 4 years ago |"),
        ("list --fields id,as_of", "| us-one-of-top-donors | 2022 (date inferred) |"),
        ("differences --fields other,other_as_of", "| radios-delivered | 19 November 2021 (date inferred),"
         " 5 years ago |"),
        ("sources --fields id,as_of,updated", "| nato-2017 | 12 December 2017 | 12 December 2017 |"),
    ],
)  # fmt: skip
def test_dates_for_people_have_the_age_of_what_may_have_changed(run: Run, line: str, row: str) -> None:
    words = run(*line.split(), "--format", "markdown", today="2026-12-01").text
    assert row in words.splitlines()
    assert "years ago" not in run(*line.split(), "--format", "csv", today="2026-12-01").text


@pytest.mark.parametrize("args", LISTINGS, ids=" ".join)
def test_every_listing_shows_chosen_fields_and_refuses_unknown_ones(run: Run, args: tuple[str, ...]) -> None:
    field = "prefer" if args[0] == "differences" else "id"
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


def test_an_as_of_date_has_the_words_of_the_tables_on_a_terminal(run: Run) -> None:
    command = ("list", "--topic", "equipment", "--fields", "id,as_of")
    markdown, table = run(*command, "--format", "markdown").text, run(*command, tty=140).text
    assert "| 4 October 2021 or before |" in markdown
    assert " 4 October 2021 or before\n" in table
    assert "../2021-10-04" in run(*command, "--format", "csv").text
