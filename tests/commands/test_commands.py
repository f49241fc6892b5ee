"""Every command on the real store: what it answers, in which form, with which exit status."""

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
from tajsec.text.dates import parse

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


def test_the_radios_delivered_come_first_with_figure_qualifier_source_passage_and_quote(run_json: RunJson) -> None:
    first = run_json("search", "radios")["facts"][0]
    assert first["id"] == "radios-delivered"
    assert {**first["quantities"][0], "of": ""} == {
        "value": 4862, "unit": "radios", "qualifier": "exact", "of": "", "period": "total",
    }  # fmt: skip
    assert first["cites"][0]["source"] == "us-embassy-2021"
    assert first["cites"][0]["passage"] == 8
    assert first["cites"][0]["quote"].startswith("4,862 units of communications equipment")


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


def test_scores_fall_and_stand_only_in_search(run_json: RunJson) -> None:
    scores = [fact["score"] for fact in run_json("search", "border", "guards")["facts"]]
    assert scores == sorted(scores, reverse=True)
    assert "score" not in run_json("list", "--limit", "1")["facts"][0]


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


def test_a_terminal_gets_a_table_unless_it_is_too_narrow(run: Run) -> None:
    assert "───" in run("search", "radios", tty=80).text
    assert run("search", "radios", tty=39).text == run("search", "radios").text


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


@pytest.mark.parametrize("width", [80, 200])
def test_an_id_in_a_table_is_whole(run: Run, store: Store, width: int) -> None:
    shown = run("list", tty=width).text.split()
    assert not [fact.id for fact in store.facts() if fact.id not in shown]


def test_colour_is_for_terminals_that_have_it(run: Run) -> None:
    assert "\x1b[" not in run("list", tty=80).text
    assert "\x1b[" in run("list", tty=80, color=True).text
    assert "\x1b[" in run("list", "--color", "always", "--format", "table").text
    assert "\x1b[" not in run("list", "--color", "never", tty=80, color=True).text


def test_the_timeline_is_in_order_and_marks_what_is_planned_or_superseded(run: Run, run_json: RunJson) -> None:
    found = run_json("timeline")
    order = [parse(fact["when"]).order for fact in found["facts"]]
    assert order == sorted(order)
    assert found["undated"] > 0
    table = run("timeline", tty=120).text
    assert "· planned" in table
    assert "· superseded by " in table
    assert "1 January" not in table


def test_the_timeline_of_nato_goes_from_joining_in_1992_to_the_visit_of_2013(run_json: RunJson) -> None:
    years = [parse(fact["when"]).anchor.year for fact in run_json("timeline", "--actor", "nato")["facts"]]
    assert (years[0], {2002, 2003, 2004, 2005, 2007, 2009, 2013} <= set(years)) == (1992, True)


def test_a_summary_adds_up_parts_of_one_whole_and_says_what_it_left_out(run: Run, run_json: RunJson) -> None:
    found = run_json("summary", "us-funding")
    assert found["total"] >= found["count"] > 0
    assert found["origins"] <= len(found["sources"])
    (total,) = found["totals"]
    values = {fact["id"]: fact["quantities"] for fact in run_json("list", "--topic", "us-funding")["facts"]}
    added = [q["value"] for each in total["of"] for q in values[each] if q["unit"] == "usd"]
    assert (total["value"], total["qualifier"], total["unit"]) == (sum(added), "over", "usd")
    left = {each["fact"]: each["reason"] for each in total["left_out"]}
    assert left["us-security-assistance-previous-year"] == "annual"
    assert left["us-commitment-next-two-years"] == "planned"
    assert "us-security-assistance-since-1992" in left
    table = run("summary", "us-funding", tty=100).text
    assert "is the sum of" in table
    assert "Left out" in table
    assert "over $330 million" in table


def test_a_summary_leaves_the_rounded_form_of_a_figure_to_the_disagreements(run_json: RunJson) -> None:
    found = run_json("summary", "equipment")
    shown = {fact["id"] for fact in found["facts"]}
    assert "radios-provided-rounded" not in shown
    pairs = {(each["fact"], each["to"], each["kind"]) for each in found["disagreements"]}
    assert ("radios-provided-rounded", "radios-delivered", "rounds") in pairs


def test_coverage_is_whole_in_all_five_documents(run_json: RunJson) -> None:
    found = run_json("coverage")
    assert found["count"] == 5
    assert {(row["share"], len(row["uncited"])) for row in found["sources"]} == {(1.0, 0)}
    assert sum(cell["facts"] for cell in found["topics"]) > 428


def test_show_names_what_a_fact_disagrees_with_in_both_directions(run: Run) -> None:
    rounded = run("show", "radios-provided-rounded", tty=100).text
    exact = run("show", "radios-delivered", tty=100).text
    assert "rounds radios-delivered" in rounded
    assert "rounded by radios-provided-rounded" in exact
    assert "Cite radios-delivered." in exact


def test_show_in_a_pipe_gives_a_field_a_line(run: Run) -> None:
    fields = dict(line.split("\t") for line in run("show", "radios-delivered").text.splitlines())
    assert fields["id"] == "radios-delivered"
    assert fields["quantities[0].value"] == "4862"
    assert fields["cites[0].passage"] == "8"


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(("command", "kind"), [("topics", "topic"), ("actors", "actor")])
def test_terms_are_counted_with_their_parts_and_within_the_filters(
    run_json: RunJson, store: Store, command: str, kind: str
) -> None:
    facts = run_json("list", "--status", "planned")["facts"]
    for term in run_json(command, "--status", "planned")[command]:
        ids = store.vocabulary.within(kind, term["id"])
        assert term["facts"] == sum(not ids.isdisjoint(fact[command]) for fact in facts) > 0


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


def test_values_of_one_filter_widen_and_filters_narrow(run_json: RunJson) -> None:
    count = lambda *args: run_json("list", *args)["count"]  # noqa: E731
    either = count("--topic", "equipment", "--topic", "science")
    assert either == count("--topic", "equipment") + count("--topic", "science")
    assert count("--topic", "equipment", "--status", "planned") < count("--topic", "equipment")


def test_a_search_without_words_lists_what_the_filters_take(run_json: RunJson) -> None:
    found = run_json("search", "--topic", "science", "--limit", "3")
    assert found["schema"] == "tajsec/search/1"
    assert found["count"] == 3 < found["total"]


# ---------------------------------------------------------------- what is not there


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show radios-delivred", "unknown fact 'radios-delivred'; did you mean radios-delivered?"),
        ("cite nothing-like-it-at-all", "unknown fact 'nothing-like-it-at-all'; `tajsec list` lists them"),
        ("list --actor rusia", "unknown actor 'rusia'; did you mean russia?"),
        ("list --topic equipmint", "unknown topic 'equipmint'; did you mean equipment?"),
        ("list --place dushanbee", "unknown place 'dushanbee'; did you mean dushanbe?"),
        ("list --source nato-2071", "unknown source 'nato-2071'; did you mean nato-2017?"),
        ("summary equipmint", "unknown topic 'equipmint'; did you mean equipment?"),
        ("serach radios", "unknown command 'serach'; did you mean search?"),
        ("list --since yesterday", "--since yesterday: not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/.."),
        ("list --json --format csv", "--json and --format csv exclude each other; keep one"),
        ("list --facts /no/such/folder", "/no/such/folder: no such folder; name one that holds fact files"),
        ("search", "a query without a word; name what you look for, or use tajsec list"),
        ("search ...", "a query without a word; name what you look for, or use tajsec list"),
        ("search " + "x" * 257, "a query of 257 characters; the most is 256"),
        ("seal /no/such/file", "/no/such/file: cannot be read: No such file or directory; name a file that can"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_one_line_with_status_two(run: Run, command: str, message: str) -> None:
    reply = run(*command.split())
    assert (reply.text, reply.stderr, reply.status) == ("", f"tajsec: error: {message}\n", 2)


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


def test_a_mistyped_word_that_finds_nothing_names_the_near_ones(run: Run) -> None:
    assert "did you mean" in run("search", "hdquartres").stderr


def test_a_bug_of_ours_is_status_70_with_details_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.store.open.open_store", lambda *_, **__: 1 / 0)
    assert run("list").stderr == (
        "tajsec: error: ZeroDivisionError: division by zero; a bug of ours; TAJSEC_DEBUG=1 shows the details\n"
    )
    reply = run("list", TAJSEC_DEBUG="1")
    assert reply.status == 70
    assert "Traceback" in reply.stderr


# ---------------------------------------------------------------- packs, lint, seal


def test_a_pack_adds_its_facts_and_may_cite_shipped_sources(run_json: RunJson, tmp_path: Path, store: Store) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[fact]]\nid = "my-fact"\nstatement = "A zeppelin hovered over Dushanbe."\nactors = ["us"]\n'
        'topics = ["equipment"]\nwhen = "2021"\nstatus = "stated"\n'
        'cites = [{ source = "us-embassy-2021", passage = 2, quote = "a quote of the passage" }]\n'
    )
    found = run_json("search", "zeppelin", "--facts", str(tmp_path))
    assert [fact["id"] for fact in found["facts"]] == ["my-fact"]
    assert run_json("list", "--facts", str(tmp_path))["count"] == len(store.facts()) + 1


def test_a_whole_store_stands_in_place_of_the_shipped_one(run_json: RunJson, small: Path) -> None:
    assert [fact["id"] for fact in run_json("list", "--facts", str(small))["facts"]] == ["seven-radios"]


def test_a_withdrawn_fact_is_shown_by_its_id_alone(run: Run, run_json: RunJson, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'withdrawn = "The paper took it back."\n')
    assert run("list", "--facts", str(small)).status == 1
    assert run_json("show", "seven-radios", "--facts", str(small))["facts"][0]["withdrawn"] == "The paper took it back."


def test_a_broken_pack_is_one_line_and_lint_gives_them_all(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"').replace('["gear"]', '["gaer"]'))
    reply = run("list", "--facts", str(small))
    assert (reply.text, reply.status) == ("", 2)
    assert reply.stderr.endswith("(and 1 more: run tajsec lint)\n")
    linted = run("lint", str(small))
    assert linted.status == 2
    assert [line[-6:] for line in linted.text.splitlines()] == ["[T303]", "[T204]"]


def test_lint_in_json_names_code_file_line_and_path(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace('"completed"', '"done"'))
    found = json.loads(run("lint", str(small), "--json").text)
    assert {**found["problems"][0], "what": "", "file": ""} == {
        "code": "T204", "file": "", "line": 7, "path": "fact[0].status", "what": "",
    }  # fmt: skip


def test_a_hostile_statement_prints_whole_and_is_never_markup(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    hostile = "Officials [of the ministry] said [/] [link=https://evil.example]gov[/link] :smile: 7 over."
    path.write_text(path.read_text().replace("The United States gave over 7 radios in 2019.", hostile))
    shown = " ".join(run("show", "seven-radios", "--facts", str(small), tty=120, color=True).text.split())
    assert "[of the ministry] said [/] [link=https://evil.example]gov[/link] :smile: 7 over." in shown
    assert "\x1b]8" not in shown


def test_a_cell_that_a_spreadsheet_would_run_is_defused(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("The United States gave", "=HYPERLINK(1) gave"))
    row = next(csv.DictReader(io.StringIO(run("list", "--facts", str(small), "--format", "csv").text)))
    assert row["statement"].startswith("'=HYPERLINK")


def test_sealing_a_text_makes_a_record_that_reads_once_it_is_filled_in(run: Run, small: Path, tmp_path: Path) -> None:
    text = tmp_path / "My page.txt"
    text.write_text("A heading\n\nThe first claim is here.\r\n-\n", encoding="utf-8")
    reply = run("seal", str(text))
    assert reply.stderr == "tajsec: 3 passages: 0 kept, 3 new, 0 gone\n"
    record = f'publisher = "P"\nurl = "https://example.org"\n{reply.text}'
    (small / "seeds" / "page.toml").write_text(record)
    found = [line for line in run("lint", str(small)).text.splitlines() if "uncited" not in line]
    assert [line.rpartition("[")[2] for line in found] == ["T401]"]


def test_sealing_again_keeps_what_a_person_decided(run: Run, small: Path, tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    text.write_text("A heading\nThe first claim.\n")
    record = small / "seeds" / "page.toml"
    drafted = run("seal", str(text)).text.replace('role = "claim"', 'role = "caption"')
    record.write_text(f'publisher = "P"\nurl = "https://example.org"\n{drafted}')
    text.write_text("A heading\nThe first claim.\nA second one is new.\n")
    reply = run("seal", str(text), "--record", str(record))
    assert reply.stderr == "tajsec: 3 passages: 2 kept, 1 new, 0 gone\n"
    assert 'publisher = "P"' in reply.text
    assert [line for line in reply.text.splitlines() if line.startswith("role")] == [
        'role = "heading"', 'role = "caption"', 'role = "claim"',
    ]  # fmt: skip


def test_sealing_replaces_a_file_only_when_told_to(run: Run, tmp_path: Path) -> None:
    text, output = tmp_path / "page.txt", tmp_path / "page.toml"
    text.write_text("One claim.\n")
    output.write_text("mine")
    refused = run("seal", str(text), "--output", str(output))
    assert refused.stderr == f"tajsec: error: {output}: exists already; --force replaces it\n"
    assert output.read_text() == "mine"
    assert run("seal", str(text), "--output", str(output), "--force").status == 0
    assert "sha256" in output.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["page.toml", "page.txt"]


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"---\n"])
def test_a_text_without_a_word_is_not_sealed(run: Run, tmp_path: Path, content: bytes) -> None:
    text = tmp_path / "page.txt"
    text.write_bytes(content)
    assert run("seal", str(text)).stderr == f"tajsec: error: {text}: holds no word; name the text of a document\n"


def test_the_shipped_records_are_what_sealing_the_documents_gives(run: Run, texts: Path, store: Store) -> None:
    root = Path(__file__).parents[2]
    for source in store.sources():
        record = root / "seeds" / f"{source.id}.toml"
        reply = run("seal", str(texts / source.file), "--record", str(record))
        assert reply.text == record.read_text(encoding="utf-8")


# ---------------------------------------------------------------- help


def test_the_list_of_commands_says_of_each_what_its_own_help_says(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for command, (_, about) in COMMANDS.items():
        assert run(command, "--help").status == 0
        assert about in " ".join(capsys.readouterr().out.split())


def test_the_bars_of_long_tasks_are_drawn_on_stderr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    from tajsec.output.rich_tables import counting, progress

    with counting("facts compiled") as tell:
        tell(1000)
    with progress(2) as of_source:
        of_source("nato-2017")(10, 100)
    assert capsys.readouterr().out == ""
