"""A fact and a source as lines of a label and a value, and the places that show them."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import tajsec
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.output import labels
from tajsec.output.to_json import source_object

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_lines_of_a_fact_have_its_claim_receipts_and_relations(run_json: RunJson) -> None:
    (fact,) = run_json("show", "radios-delivered")["facts"]
    assert [line.label for line in labels.fact_lines(fact)] == [
        "Id", "Pack", "Rank", "When", "As of", "Status", "Figure", "Actors", "Topics", "Source", "", "", "", "Quotes",
        "Differs", *["Relation"] * len(fact["relations"] + fact["related"]),
        *["Inferred"] * (1 + len(fact["inferred"])),
        *["Derived"] * len(fact["derived"]), "Note",
    ]  # fmt: skip
    assert labels.fact_lines({**fact, "as_of": None, "cites": fact["cites"][:1]})[4].label == "Status"


def test_the_star_of_inferred_dates_is_explained_where_a_date_has_one(run_json: RunJson) -> None:
    (fact,) = run_json("show", "radios-delivered")["facts"]
    sure = {**fact, "when": None, "as_of": None, "cites": [{**each, "issued": None} for each in fact["cites"]]}
    of_cite = {**sure, "cites": [{**each, "updated": "2020?"} for each in fact["cites"]]}
    for each, is_starred in ((fact, True), (sure, False), ({**sure, "when": "2020?"}, True), (of_cite, True)):
        texts = [line.text for line in labels.fact_lines(each)]
        assert ("the dates with *" in texts) is any(re.search(r"\d\*", text) for text in texts) is is_starred


@pytest.mark.parametrize(
    ("issued", "as_of", "document", "held"),
    [
        ("2020", "2012", "2020", "as of 2012, 14 years ago"),
        ("2020?", "2012", "2020 (date inferred)", "as of 2012, 14 years ago"),
        ("2020", "2012?", "2020", "as of 2012 (date inferred), 14 years ago"),
        ("2020?", "2012?", "2020", "as of 2012, 14 years ago; both dates inferred"),
        (None, None, "n.d.", "2019, 7 years ago"),
    ],
)
def test_an_answer_says_once_that_its_dates_are_inferred(
    run_json: RunJson, small: Path, issued: str | None, as_of: str | None, document: str, held: str
) -> None:
    (fact,) = run_json("show", "seven-radios", "--facts", str(small))["facts"]
    fact["cites"][0]["issued"] = issued
    assert labels.answer_lines({**fact, "as_of": as_of}, "2026-11-28") == [
        ("over 7 radios", "figure"),
        ("“gave over 7 radios”", ""),
        (f"“A paper”, A publisher, {document}", ""),
        (held, ""),
    ]


def test_a_terminal_and_a_notebook_show_every_line_of_a_fact(run: Run, run_json: RunJson, cache: Path) -> None:
    fact_id = "radios-provided-rounded"
    (fact,) = run_json("show", fact_id)["facts"]
    shown = " ".join(run("show", fact_id, tty=400).text.split())
    html = text_of(tajsec.load(cache=cache)[fact_id]._repr_html_())
    for line in labels.fact_lines(fact):
        assert f"{line.label} {line.text}".strip() in shown
        assert f"{line.label} {line.text}".strip() in html


def test_a_withdrawn_fact_and_an_error_of_a_source_have_lines(run_json: RunJson) -> None:
    (fact,) = run_json("show", "radios-delivered")["facts"]
    erratum = {"passage": 8, "says": "eight", "right": "nine", "evidence": "a letter"}
    fact["cites"][0]["erratum"] = erratum
    lines = labels.fact_lines({**fact, "withdrawn": "It was wrong."})
    assert labels.Line("Erratum", "nine (a letter)", "planned") in lines
    assert lines[-1] == labels.Line("Withdrawn", "It was wrong.", "differs")


def test_the_lines_of_a_source_leave_out_what_is_not_known(store: Store) -> None:
    for source in store.sources():
        lines = labels.source_lines(source_object(store, source))
        assert lines[0] == labels.Line("Id", source.id)
        assert ("Copy of" in [line.label for line in lines]) == (source.derived_from is not None)


@pytest.mark.parametrize(
    ("dates", "years"),
    [(["2001", "2001-05", "2002"], ["2001", "", "2002"]), (["2001"], ["2001"]), ([], [])],
)
def test_each_year_is_named_once(dates: list[str], years: list[str]) -> None:
    assert labels.years([{"when": date} for date in dates]) == years
