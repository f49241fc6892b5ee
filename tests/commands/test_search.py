"""`tajsec search`: what it answers, and what it says where nothing is found."""

from collections.abc import Callable

from tajsec.cli.terminal import Reply

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


def test_scores_fall_and_stand_only_in_search(run_json: RunJson) -> None:
    scores = [fact["score"] for fact in run_json("search", "border", "guards")["facts"]]
    assert scores == sorted(scores, reverse=True)
    assert "score" not in run_json("list", "--limit", "1")["facts"][0]


def test_a_search_without_words_lists_what_the_filters_take(run_json: RunJson) -> None:
    found = run_json("search", "--topic", "science", "--limit", "3")
    assert found["schema"] == "tajsec/search/1"
    assert found["count"] == 3 < found["total"]


def test_a_word_that_finds_nothing_names_the_near_ones_that_a_statement_has(run: Run) -> None:
    assert "earrings: did you mean earnings?" in run("search", "earrings").stderr
    assert "did you mean" not in run("search", "pamir").stderr
