"""Every listing in every format: what it prints, chosen fields, and what is said where nothing is found."""

import json
from collections.abc import Callable

import pytest
from listings import LISTINGS

from tajsec.cli.app import COMMANDS
from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Reply

FACT_KEYS = [
    "id", "statement", "rank", "actors", "topics", "when", "as_of", "status", "quantities", "places", "people", "cites",
    "relations", "related", "superseded_by", "differs_from", "origins", "inferred", "derived", "notes", "withdrawn",
    "draft", "content_hash", "pack", "pack_version",
]  # fmt: skip
CITE_KEYS = [
    "source",
    "title",
    "publisher",
    "issued",
    "updated",
    "url",
    "kept_at",
    "section",
    "passage",
    "quote",
    "erratum",
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
