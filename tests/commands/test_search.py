"""`tajsec search`: what it answers, and what it says where nothing is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.output.rich_tables import GAP, PROSE

Run = Callable[..., Reply]
RunJson = Callable[..., dict]
Shown = Callable[..., list[str]]


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


MORE = """
[[fact]]
id = "six-radios"
statement = "The States gave about 6 radio sets in 2019."
actors = ["us"]
topics = ["gear"]
when = "2019"
status = "stated"
cites = [{ source = "paper", passage = 2, quote = "gave about 6 radio sets" }]
relations = [{ to = "seven-radios", kind = "rounds", note = "Seven is the count.", prefer = "seven-radios" }]

[[fact]]
id = "radio-school"
statement = "A school for radio operators was open in Khorog."
actors = ["us"]
topics = ["gear"]
as_of = "2020?"
status = "ongoing"
cites = [{ source = "paper", passage = 2, quote = "a school for radio operators" }]

[[fact]]
id = "tents-murghob"
statement = "Tents went to Murghob."
actors = ["us"]
topics = ["gear"]
as_of = "2020"
status = "completed"
cites = [{ source = "paper", passage = 2, quote = "went to Murghob" }]

[[fact]]
id = "tents-rushon"
statement = "Tents went to Rushon."
actors = ["us"]
topics = ["gear"]
as_of = "2020"
status = "completed"
cites = [{ source = "paper", passage = 2, quote = "went to Rushon" }]
"""


@pytest.fixture
def shown(run: Run, small: Path) -> Callable[..., list[str]]:
    """The lines of a search in the small store with more facts, on a terminal on 28 November 2026."""
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")

    def call(query: str, *options: str, tty: int = 100, color: bool = False) -> list[str]:
        line = "search", *query.split(), *options, "--facts", str(small), "--source", "paper"
        found = run(*line, tty=tty, color=color, today="2026-11-28")
        assert found.text, found.stderr
        return found.text.splitlines()

    return call


ANSWER = [
    "The United States gave over 7 radios in 2019.",
    "  over 7 radios",
    "  “gave over 7 radios”",
    "  “A paper”, A publisher, 2020",
    "  2019, 7 years ago",
    "  Differs: Seven is the count. (cite this one, not six-radios)",
    "  tajsec show seven-radios · tajsec cite seven-radios",
]


def test_on_a_terminal_the_first_fact_is_an_answer_with_receipt_age_and_what_differs(shown: Shown) -> None:
    assert shown("7 radios")[:7] == ANSWER


def test_what_was_read_as_another_word_is_above_the_answer(shown: Shown) -> None:
    assert shown("7 raidos")[:9] == ["showing radios; nothing here is called raidos", "", *ANSWER]


def test_how_many_facts_are_shown_is_below_the_answer_and_above_the_other_rows(run: Run, run_json: RunJson) -> None:
    found = run_json("search", "radios", "--all")
    lines = run("search", "radios", "--limit", "2", tty=200).text.splitlines()
    assert lines[0] == found["facts"][0]["statement"]
    shown = f"2 of {found['count']} facts; --all shows the rest"
    assert lines[lines.index(shown) - 1] == ""
    assert lines[lines.index(shown) + 1].startswith(found["facts"][1]["statement"])
    assert shown not in run("search", "radios", "--all", tty=200).text
    science = run_json("list", "--topic", "science")["count"]
    begin = f"2 of {science} facts; --all shows"
    assert run("search", "--topic", "science", "--limit", "2", tty=80).text.startswith(begin)
    assert "--all shows" not in run("search", "--topic", "science", "--all", tty=80).text


def test_the_other_facts_have_a_line_or_two_with_warnings_as_of_id_and_source(shown: Shown) -> None:
    assert shown("radios", "--all", tty=80) == [
        "A school for radio operators was open in Khorog.",
        "  as of 2020*, 6 years ago · radio-school · paper",
        "The United States gave over 7 radios in 2019. (differs)",
        "  2019, 7 years ago · seven-radios · paper",
        "The States gave about 6 radio sets in 2019. (stated) (differs)",
        "  2019 · six-radios · paper",
        "",
        "* date inferred",
    ]


def test_without_a_clear_lead_every_fact_is_a_row(shown: Shown) -> None:
    rows = ["Tents went to Murghob.", "  as of 2020 · tents-murghob · paper"]
    assert shown("tents")[:2] == rows
    assert shown("tents", "--limit", "1") == ["1 of 2 facts; --all shows the rest", *rows]


def test_where_nothing_answers_all_of_it_the_nearest_facts_are_rows_with_what_they_miss(shown: Shown) -> None:
    assert shown("tents khorog") == [
        "nothing found for 'tents khorog': no fact joins all of it",
        "",
        "answers part of it:",
        "A school for radio operators was open in Khorog.",
        "  without tents · as of 2020*, 6 years ago · radio-school · paper",
        "Tents went to Murghob.",
        "  without khorog · as of 2020 · tents-murghob · paper",
        "Tents went to Rushon.",
        "  without khorog · as of 2020 · tents-rushon · paper",
        "",
        "* date inferred",
    ]


def test_facts_that_answer_a_part_stand_below_the_answer(shown: Shown) -> None:
    assert shown("7 radios")[7:10] == ["", "answers part of it:", "A school for radio operators was open in Khorog."]


def test_a_wide_terminal_has_date_id_and_source_beside_the_statement(shown: Shown) -> None:
    beside = "as of 2020 · tents-murghob · paper"
    assert shown("tents", tty=200)[0] == f"{'Tents went to Murghob.':{PROSE + GAP}}{beside}"


def test_the_words_that_answer_are_set_off_in_an_answer_and_in_rows(shown: Shown) -> None:
    assert "\x1b[1;32mradios\x1b[0m" in shown("7 radios", color=True)[0]
    assert shown("tents", color=True)[0] == "\x1b[1;32mTents\x1b[0m went to Murghob."


def test_what_is_read_below_an_answer_says_why_it_was_found(shown: Shown) -> None:
    for query, count in (("7 radios", 1), ("radios", 2)):
        assert len([line for line in shown(query, "--explain") if line.startswith("  radios: ")]) == count


def test_a_terminal_without_utf8_shows_plain_punctuation(small: Path, cache: Path) -> None:
    terminal = Environment(interactive=True, width=80, ascii=True, cache=str(cache))
    text = run_cli(["search", "7 radios", "--facts", str(small), "--source", "paper"], terminal, {}).text
    assert '"gave over 7 radios"' in text
    assert "tajsec show seven-radios - tajsec cite seven-radios" in text
    assert text.isascii()


def test_a_table_of_chosen_fields_has_the_messages_on_stderr(run: Run) -> None:
    found = run("search", "raidos", "--fields", "id", tty=80)
    assert found.stderr == "tajsec: showing radios; nothing here is called raidos\n"
    nothing = run("search", "radios", "zxqwv", "--fields", "id", tty=80)
    assert (nothing.text, nothing.status) == ("", 1)


def test_in_a_pipe_the_messages_are_on_stderr_and_nothing_else_changes(run: Run) -> None:
    found, nothing = run("search", "raidos"), run("search", "radios", "zxqwv")
    assert found.text.startswith("radios-delivered\t")
    assert found.stderr == "tajsec: showing radios; nothing here is called raidos\n"
    assert (nothing.text, nothing.status) == ("", 1)
    assert "answers part of it:" in nothing.stderr


@pytest.mark.parametrize("tty", [None, 80])
def test_where_the_nearest_facts_differ_from_each_other_the_command_that_compares_them_is_named(
    run: Run, tty: int | None
) -> None:
    hint = "these differ: `tajsec differences vehicles-provided-400` says how, and which to cite"
    query = ("400", "or", "358", "vehicles", "--source", "us-embassy-2021")
    reply = run("search", *query, **({"tty": tty} if tty else {}))
    assert reply.status == 1
    assert hint in " ".join((reply.text + reply.stderr).split())
    others = run("search", "Kyrgyzstan", "Manas", "submarine", **({"tty": tty} if tty else {}))
    assert "these differ" not in others.text + others.stderr
