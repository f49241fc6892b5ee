"""Plain lines, TSV, CSV, Markdown, JSON Lines."""

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_facts import SMALL, text_of
from markdown_it import MarkdownIt
from strategies import examples, facts, markup

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.output.writers import escaped
from tajsec.text.forms import cleaned

Run = Callable[..., Reply]


RunJson = Callable[..., dict]


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


def shown(cell: str) -> str:
    """What CommonMark with tables and strikethrough, as on GitHub, shows of a cell."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    (row,) = re.findall(r"<tbody>\s*<tr>\s*<td>(.*)</td>\s*</tr>", parser.render(f"| a |\n| --- |\n| {cell} |\n"))
    assert "<" not in row, row
    return html.unescape(row)


@examples(500)
@given(markup)
@example("*a* _b_ ~~c~~ `d` <e> &amp; [f](g) ![h](i) \\* a\\|b")
def test_a_markdown_cell_shows_every_character_as_it_is(text: str) -> None:
    assert shown(escaped(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "radios-delivered", "text_sha256", "The U.S. gave $40 million (over $50 million in all).", "5 * 3, 2012~, #4",
        "Officials [of the ministry] said: no!", "AT&T at 12:30:45", "a < b > c", "https://example.org/a_b?c=d&e=f",
        "{2015,2017} + 1.",
    ],
)  # fmt: skip
def test_a_markdown_cell_is_not_escaped_where_nothing_would_change(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("[@a-fact]", r"[\@a-fact]"), ("H~2~O and x^2^", r"H\~2\~O and x\^2\^"),
        ("costs $a$ in all", r"costs $a\$ in all"),
        (":smile:", r"\:smile:"), ("[a]{.b}", r"[a\]{.b}"),
    ],
)  # fmt: skip
def test_a_markdown_cell_is_no_markup_for_pandoc_and_github_either(text: str, cell: str) -> None:
    assert escaped(text) == cell


def test_tables_for_people_have_dates_and_figures_in_words_and_others_have_values(run: Run) -> None:
    line = ("list", "--topic", "equipment", "--fields", "id,when,as_of,figures,quantities.value,cites.issued")
    texts = {form: run(*line, "--format", form, tty=200).text for form in ("table", "markdown", "csv", "tsv", "json")}
    for form in ("table", "markdown"):
        assert "over 4,800 radios" in texts[form]
        assert "19 November 2021" in texts[form]
        assert "2021-11-19" not in texts[form]
    for form in ("csv", "tsv", "json"):
        assert "2021-11-19" in texts[form]
        assert "November" not in texts[form]
        assert "4,800" not in texts[form]


def test_every_listing_of_facts_in_a_pipe_has_the_id_first(run: Run, store: Store) -> None:
    ids = {fact.id for fact in store.facts()}
    for line in ("list", "timeline", "search border --all", "differences"):
        rows = run(*line.split()).text.splitlines()
        assert rows
        assert {row.split("\t")[0] for row in rows} <= ids


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\u3000＝", "﹦", "﹢", "﹣", "﹫"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(run: Run, small: Path, sign: str) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("The United States gave", f"{sign}HYPERLINK(1) gave"), "utf-8")
    row = next(csv.DictReader(io.StringIO(run("list", "--facts", str(small), "--format", "csv").text)))
    assert row["statement"].startswith(f"'{sign}HYPERLINK")


# ---------------------------------------------------------------- any facts in any format

SHOWN = ("list", "timeline", "search radios", "show fact-0", "summary gear", "differences", "sources")
FORMATS = ("plain", "tsv", "csv", "markdown", "html", "json", "jsonl")


class Tags(HTMLParser):
    """Reads a page, and keeps the names of its tags and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.text = set[str](), ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def read_back(text: str, form: str) -> list[list[str]] | None:
    """Return the rows of a listing as another program reads them; None for a format without rows."""
    if form in ("csv", "tsv"):
        how = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if form == "tsv" else {}
        return list(csv.reader(io.StringIO(text, newline=""), **how))[1:]
    if form == "plain":
        return [line.split("\t") for line in text.split("\n")[:-1]]
    if form == "jsonl":
        return [
            [json.loads(line).get("id", ""), json.loads(line).get("statement", "")] for line in text.split("\n")[:-1]
        ]
    if form == "json":
        assert json.loads(text)["schema"].startswith("tajsec/")
    if form == "html":
        assert not Tags(text).tags & {"script", "iframe", "object", "img", "link", "base", "form"}
    return None


@examples(20)
@given(facts(), st.sampled_from(SHOWN), st.sampled_from(FORMATS))
def test_any_facts_read_back_from_any_format(
    run: Run, tmp_path: Path, given_facts: list[dict], line: str, form: str
) -> None:
    shutil.copytree(SMALL, tmp_path / "small", dirs_exist_ok=True)
    (tmp_path / "small" / "facts" / "gear.toml").write_text(text_of(given_facts), encoding="utf-8")
    reply = run(*line.split(), "--format", form, "--facts", str(tmp_path / "small"))
    assert reply.status in (0, 1, 2), reply.stderr
    assert reply.status != 2 or reply.stderr.count("\n") == 1
    text = cleaned(reply.text)  # as it leaves the process
    rows = read_back(text, form) if text else None
    if line == "list" and rows is not None:
        expected = [[each["id"], cleaned(each["statement"])] for each in given_facts if "withdrawn" not in each]
        assert [[row[0], row[1].removeprefix("'")] for row in rows] == [[a, b.removeprefix("'")] for a, b in expected]
