"""`tajsec summary`: a topic on one page, fit for a brief."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sums import PARTS, write_parts

from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.store.open import open_store

Run = Callable[..., Reply]
RunJson = Callable[..., dict]

TOPICS = sorted(open_store().vocabulary.of("topic"))
TODAY = "2026-11-28"
IDS = re.compile(r" \[([a-z0-9.-]+(?:, [a-z0-9.-]+)*)\]$", re.MULTILINE)
"""The ids at the end of a line."""


@pytest.mark.parametrize("topic", TOPICS)
def test_a_brief_tells_a_fact_at_least_and_has_its_ids_at_the_ends_of_lines(run: Run, store: Store, topic: str) -> None:
    text = run("summary", topic, today=TODAY).text
    points = text.split("\n\n")[2].splitlines()
    assert points[0] == "Key points"
    assert all(line.startswith("- ") for line in points[1:])
    ids = {fact.id for fact in store.facts()} | {source.id for source in store.sources()}
    assert {name for group in IDS.findall(text) for name in group.split(", ")} <= ids
    prose = re.sub(r"https?://\S+", "", IDS.sub("", text))
    assert not [name for name in ids if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", prose)]
    assert "usd" not in prose


@pytest.mark.parametrize("topic", TOPICS)
def test_a_brief_tells_every_preferred_fact_with_a_reference_to_a_listed_source(
    run: Run, run_json: RunJson, topic: str
) -> None:
    text = run("summary", topic, today=TODAY).text
    facts = run_json("list", "--topic", topic)["facts"]
    sources = text.split("\nSources\n")[1]
    for fact in (each for each in facts if each["rank"] == "preferred"):
        (line,) = [each for each in text.splitlines() if each.startswith(f"- {fact['statement'].removesuffix('.')} (")]
        reference = line[len(fact["statement"]) + 3 :].split(";")[0].split(")")[0]
        assert f"- {reference}: “" in sources


BRIEF = """\
Gear

Made on 28 November 2026 from 3 facts in 1 document of 2020, 6 years ago.

Key points
- The United States gave over 7 radios in 2019 (A publisher, 2020). [seven-radios]
- The envoy keeps 3 radios (A publisher, 2020; as of March 2020*, 6 years ago). [kept]
- Khorog gets radios by 2030 (A publisher, 2020; planned, as of 2020*, 6 years ago). [post]

Key figures
- over 7 radios given, 2019, 7 years ago (A publisher, 2020) [seven-radios]
- 3 radios kept; $1.5 million a year: cost of these, as of March 2020*, 6 years ago (A publisher, 2020) [kept]

Where the sources differ
- It counts given ones and kept ones. Cite either (A publisher, 2020). [kept, seven-radios]

Sources
- A publisher, 2020: “A paper”, A publisher, 2020 https://example.org/paper [paper]
* date inferred
"""

MORE_FACTS = """
[[fact]]
id = "kept"
statement = "The envoy keeps 3 radios."
actors = ["us-embassy"]
topics = ["gear"]
as_of = "2020-03?"
status = "ongoing"
quantities = [
    { value = 3, unit = "radios", qualifier = "exact", of = "radios kept", period = "total" },
    { value = 1500000, unit = "usd", qualifier = "exact", of = "cost of these", period = "annual" },
]
cites = [{ source = "paper", passage = 2, quote = "gave over 7 radios" }]
relations = [{ to = "seven-radios", kind = "differs", note = "It counts given ones and kept ones. Cite either." }]

[[fact]]
id = "post"
statement = "Khorog gets radios by 2030."
actors = ["us"]
topics = ["gear"]
when = "../2030"
as_of = "2020?"
status = "planned"
cites = [{ source = "paper", passage = 2, quote = "gave over 7 radios" }]
"""


@pytest.fixture
def gear(small: Path) -> Path:
    """A store with three facts on its topic."""
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + MORE_FACTS)
    names = small / "facts" / "vocabulary" / "all.toml"
    names.write_text(names.read_text() + '\n[[unit]]\nid = "usd"\nname = "US dollars"\n')
    return small


def test_a_brief_in_a_pipe_is_plain_text(run: Run, gear: Path) -> None:
    assert run("summary", "gear", "--facts", str(gear), today=TODAY).text == BRIEF


def test_a_brief_in_markdown_has_headings_a_list_and_a_table_of_figures(run: Run, gear: Path) -> None:
    text = run("summary", "gear", "--format", "markdown", "--facts", str(gear), today=TODAY).text
    lines = text.replace("\\", "").splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Gear", "## Key points", "## Key figures", "## Where the sources differ", "## Sources"
    ]  # fmt: skip
    assert "- The United States gave over 7 radios in 2019 (A publisher, 2020)." in lines
    assert lines[lines.index("## Key figures") + 2 :][:5] == [
        "| Figure | What | When | Source |",
        "| --- | --- | --- | --- |",
        "| over 7 | radios given | 2019, 7 years ago | A publisher, 2020 `seven-radios` |",
        "| 3 | radios kept | as of March 2020*, 6 years ago | A publisher, 2020 `kept` |",
        "| $1.5 million a year | cost of these | as of March 2020*, 6 years ago | A publisher, 2020 `kept` |",
    ]
    assert "- A publisher, 2020: “A paper”, A publisher, 2020 <https://example.org/paper>" in lines
    assert lines[-1] == "Facts and sources, in this order: `seven-radios`, `kept`, `post`, `paper`"


def test_a_brief_says_how_many_of_the_documents_it_cites_and_which_commands_list_the_rest(
    run: Run, run_json: RunJson
) -> None:
    text = run("summary", "border-security", today=TODAY).text
    listed = text.split("\nSources\n")[1].count("\n- ") + 1
    found = run_json("summary", "border-security")
    cited, more = sum(source["facts"] > 0 for source in found["sources"]), found["more_figures"]
    assert listed < cited == found["origins"] + 1
    assert f" facts in {cited} documents (1 of them a copy of another; {listed} are cited here), the newest of " in text
    assert f"\n{more} more facts on the topic have figures; tajsec list --topic border-security --rows figures " in text
    both = ("--source", "nato-2017", "--source", "tajik-embassy-2012")
    assert "(1 of them a copy of another)" in run("summary", "nato-partnership", *both, today=TODAY).text


@pytest.mark.parametrize("format", ["markdown", "html"])
@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_pasted_has_ids_in_the_table_and_in_the_last_line_alone(
    run: Run, store: Store, topic: str, format: str
) -> None:
    text = run("summary", topic, "--format", format, today=TODAY).text.partition("<main>")[2 if format == "html" else 0]
    prose, _, last = text.partition("Facts and sources, in this order: ")
    ids = {fact.id for fact in store.facts()} | {source.id for source in store.sources()}
    assert ids & set(re.findall(r"[\w.-]+", last))
    lines = [line for line in re.split(r"\n|(?=<tr>)|(?<=</tr>)", prose) if not line.startswith(("| ", "<tr>"))]
    prose = re.sub(r"https?://[^\s\"<>]+", "", "\n".join(lines))
    assert not [name for name in ids if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", prose)]


def test_on_a_terminal_ids_are_dim_and_a_hint_lists_every_fact(run: Run, gear: Path) -> None:
    text = run("summary", "gear", "--facts", str(gear), tty=120, color=True, today=TODAY).text
    assert "\x1b[2mseven-radios\x1b[0m" in text
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert "- over 7 radios given, 2019, 7 years ago (A publisher, 2020) seven-radios\n" in plain
    assert plain.endswith("\nevery fact: tajsec list --topic gear\n")


def test_a_fact_about_a_part_counts_for_the_whole_as_in_the_listings(run_json: RunJson, gear: Path) -> None:
    store = "--facts", str(gear)
    found = run_json("summary", "gear", *store)
    assert {each["id"]: each["facts"] for each in found["actors"]} == {
        each["id"]: each["facts"] for each in run_json("actors", "--topic", "gear", *store)["actors"]
    }
    topics = {each["id"]: each["facts"] for each in run_json("topics")["topics"]}
    assert {each["id"]: each["facts"] for each in run_json("summary")["topics"]} == topics


def test_a_brief_adds_up_what_comes_on_top_and_says_why_it_adds_nothing_else(
    run: Run, run_json: RunJson, small: Path
) -> None:
    store = "--facts", str(write_parts(small, PARTS))
    (total,) = run_json("summary", "gear", *store)["totals"]
    assert total == {"value": 7, "unit": "radios", "qualifier": "over", "of": ["a", "b"]}
    text = run("summary", "gear", *store).text
    assert "over 7 radios in all: by their sources these figures come on top of one another. [a, b]" in text
    assert "Not added up" not in text
    assert "Not added up: nothing in the sources says that" in run("summary", "us-funding").text
    assert run_json("summary", "us-funding")["totals"] == []


def test_the_page_of_one_topic_is_no_page_of_all(run: Run) -> None:
    reply = run("summary", "--format", "html")
    assert (reply.status, reply.text) == (2, "")
    assert "--format html is the page of one topic; name it, or list them with `tajsec topics`" in reply.stderr


@pytest.mark.parametrize("form", LISTING)
def test_fields_of_a_summary_are_a_listing_in_every_form(run: Run, form: str) -> None:
    assert "us-security-assistance-since-1992" in run(
        "summary", "us-funding", "--fields", "id", "--format", form
    ).text.replace("\\", "")


def test_fields_and_a_page_exclude_each_other(run: Run) -> None:
    reply = run("summary", "us-funding", "--fields", "id", "--format", "html")
    assert (reply.status, reply.text) == (2, "")
    assert "--fields is for listings, and --format html is a page; leave one of them out" in reply.stderr


def test_without_a_fact_there_is_no_page(run: Run) -> None:
    reply = run("summary", "equipment", "--until", "1800", "--format", "html")
    assert (reply.status, reply.text) == (1, "")
