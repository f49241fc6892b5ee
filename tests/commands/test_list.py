"""`tajsec list`: the facts that the filters accept."""

import csv
import io
import re
from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply
from tajsec.text.dates import parse
from tajsec.text.forms import counted

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


@pytest.mark.parametrize(
    ("filters", "takes"),
    [
        ("--actor nato", lambda fact: any(each.startswith(("nato", "isaf", "eapc")) for each in fact["actors"])),
        ("--actor НАТО --status planned", lambda fact: fact["status"] == "planned"),
        ("--topic equipment", lambda fact: "equipment" in fact["topics"]),
        ("--source voa-2013", lambda fact: "voa-2013" in [cite["source"] for cite in fact["cites"]]),
        ("--place Kurgan-Tyube", lambda fact: "bokhtar" in fact["places"]),
        ("--since 2021", lambda fact: parse(fact["when"] or fact["as_of"]).last >= (2021, 1, 1)),
        ("--until 1999", lambda fact: parse(fact["when"] or fact["as_of"]).first <= (1999, 12, 31)),
    ],
)
def test_a_filter_takes_what_it_names_and_nothing_else(run_json: RunJson, filters: str, takes: Callable) -> None:
    found = run_json("list", *filters.split())
    rest = run_json("list")["count"]
    assert 0 < found["count"] < rest
    assert all(map(takes, found["facts"]))


ORDERS = {
    "when": lambda fact: (not fact["when"], *(parse(fact["when"]).order if fact["when"] else ()), fact["id"]),
    "as_of": lambda fact: (parse(fact["as_of"] or fact["when"]).anchor.first, fact["id"]),
    "id": lambda fact: fact["id"],
    "rank": lambda fact: ("preferred", "normal", "deprecated").index(fact["rank"]),
}


@pytest.mark.parametrize("key", ORDERS)
@pytest.mark.parametrize("line", ["list", "search border --all"])
def test_facts_are_sorted_by_a_key(run_json: RunJson, line: str, key: str) -> None:
    found, unsorted = (run_json(*line.split(), *more)["facts"] for more in (["--sort", key], []))
    assert found == sorted(found, key=ORDERS[key])
    assert {fact["id"] for fact in found} == {fact["id"] for fact in unsorted}


@pytest.mark.parametrize(
    "line", ["list", "list --sort id", "timeline", "search border --all", "search border --all --sort when",
             "differences", "search --topic equipment --all"]
)  # fmt: skip
def test_pages_of_a_listing_are_the_whole(run_json: RunJson, line: str) -> None:
    key = "differences" if line == "differences" else "facts"
    whole = run_json(*line.split())[key]
    first, rest = (run_json(*line.split(), *more)[key] for more in (["--limit", "5"], ["--offset", "5"]))
    if "--all" in line:  # which lifts --limit
        first = first[:5]
    assert len(whole) > 5
    assert first + rest == whole


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("list --topic equipment", "--offset 999 leaves out all of {} facts; name a smaller number"),
        ("timeline --topic equipment", "--offset 999 leaves out all of {} dated facts; name a smaller number"),
        ("search radios --all",
         "nothing found for 'radios': --offset 999 leaves out all of {} facts; name a smaller number"),
    ],
)  # fmt: skip
def test_an_offset_behind_the_last_says_how_many_there_are(
    run: Run, run_json: RunJson, line: str, message: str
) -> None:
    total = run_json(*line.split())["count"]
    reply = run(*line.split(), "--offset", "999")
    assert (reply.text, reply.stderr, reply.status) == ("", f"tajsec: {message.format(total)}\n", 1)


def test_a_row_for_each_figure_has_its_value_unit_and_bounds(run: Run, run_json: RunJson) -> None:
    facts = run_json("list", "--topic", "equipment")["facts"]
    reply = run("list", "--topic", "equipment", "--rows", "figures", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    keys = ("qualifier", "value", "unit", "period", "of")
    assert [(row["id"], *(row[key] for key in keys)) for row in rows] == [
        (fact["id"], *(str(each[key]) for key in keys)) for fact in facts for each in fact["quantities"]
    ]
    assert len(rows) > len(facts)
    without = sum(not fact["quantities"] for fact in facts)
    assert reply.stderr == f"tajsec: left out, for want of a figure: {counted(without, 'fact')}\n"


@pytest.mark.parametrize("line", ["list", "timeline", "search radios"])
@pytest.mark.parametrize("form", ["table", "plain", "tsv", "markdown"])
def test_every_listing_of_facts_has_rows_of_figures(run: Run, line: str, form: str) -> None:
    text = run(*line.split(), "--rows", "figures", "--format", form, tty=150).text
    assert "4,862" in text or "4862" in text


def test_rows_of_figures_are_of_no_json_and_of_no_facts_without(run: Run) -> None:
    assert run("list", "--rows", "figures", "--json").stderr == (
        "tajsec: error: --rows figures and json exclude each other; JSON has them under quantities\n"
    )
    reply = run("search", "base-agreement-signed", "--rows", "figures", "--limit", "1")
    assert (reply.text, reply.status) == ("", 1)


def test_values_of_one_filter_widen_and_filters_narrow(run_json: RunJson) -> None:
    count = lambda *args: run_json("list", *args)["count"]  # noqa: E731
    either = count("--topic", "equipment", "--topic", "science")
    assert either == count("--topic", "equipment") + count("--topic", "science")
    assert count("--topic", "equipment", "--status", "planned") < count("--topic", "equipment")


def test_a_table_of_figures_is_read_on_80_columns_and_breaks_no_id(run: Run, run_json: RunJson) -> None:
    lines = run("list", "--rows", "figures", tty=80).text.splitlines()
    assert lines[0].split() == ["Figure", "What", "When"]
    assert max(map(len, lines)) <= 80
    assert len(lines) < 5 * sum(len(fact["quantities"]) for fact in run_json("list")["facts"])
    whole = " ".join(lines).split()
    ids = [fact["id"] for fact in run_json("list")["facts"] if fact["quantities"]]
    assert [each for each in ids if each not in whole] == []
    assert "Statement" in run("list", "--rows", "figures", tty=180).text.splitlines()[0]


LISTINGS = ("list --topic equipment", "timeline --topic equipment", "search radios", "differences --topic equipment")


@pytest.mark.parametrize("line", LISTINGS)
def test_a_page_has_one_table_with_columns_for_people(run: Run, run_json: RunJson, line: str) -> None:
    page = run(*line.split(), "--format", "html").text
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert heads[0] == "Statement"
    assert heads[-1] in ("Id", "Ids")
    assert page.count("<table") == 1
    assert "@media print" in page
    assert not re.search(r"<script|<link|<img|src=", page)
    assert page.count("<tr>") == run_json(*line.split())["count"] + 1
    table = run(*line.split(), "--format", "markdown").text.splitlines()
    assert table[0] == f"| {' | '.join(heads)} |"
    assert len(table) == page.count("<tr>") + 1


def test_a_row_of_a_page_is_a_sentence_figures_dates_and_document_in_words(run: Run) -> None:
    row = run("list", "--source", "us-embassy-2021", "--topic", "equipment", "--limit", "1", "--format", "html").text
    row = row.split("<tbody>")[1]
    assert re.findall(r"<td>([^<]*)</td>", row) == [
        "Between 2001 and 2021 the United States delivered 4,862 short- and long-range radios to Tajikistan. (differs)",
        "4,862 radios",
        "2001 to November 2021 (date inferred), as of 19 November 2021 (date inferred)",
        "U.S. Department of State, 2021",
        "radios-delivered",
    ]


def test_fields_choose_the_columns_of_a_page_too(run: Run) -> None:
    page = run("list", "--limit", "2", "--fields", "id,cites.url", "--format", "html").text
    assert re.findall(r"<th [^>]+>([^<]+)</th>", page) == ["id", "cites.url"]
    assert run("show", "radios-delivered", "--fields", "id", "--format", "html").status == 2
