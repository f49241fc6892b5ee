"""Evidence cards: every word once, the figure of the claim set off in the quote."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tajsec.cli.terminal import Reply
from tajsec.pictures.card import marks

SVG = "{http://www.w3.org/2000/svg}"


Run = Callable[..., Reply]


RunJson = Callable[..., dict]


@pytest.mark.parametrize(
    ("fact_id", "marked"),
    [
        ("radios-delivered", [["4,862"], ["2001"]]),
        ("us-security-assistance-since-1992", [["$330 million"], ["1992", "$330 million"], [], [], ["$330 million"]]),
    ],
)
def test_the_figure_of_the_claim_is_marked_in_the_quote(run_json: RunJson, fact_id: str, marked: list) -> None:
    (record,) = run_json("show", fact_id)["facts"]
    quotes = [cite["quote"] for cite in record["cites"]]
    assert [[quote[start:end] for start, end in marks(record, quote)] for quote in quotes] == marked


def test_a_mark_stands_at_the_figure_behind_letters_that_fold_to_more_or_fewer(run_json: RunJson) -> None:
    record = {"statement": "Over 7 radios.", "quantities": []}
    quote = "ﬁve ½ æther gave over 7 radios"
    assert [quote[start:end] for start, end in marks(record, quote)] == ["7"]


def test_the_figure_of_the_claim_is_set_off_on_the_card(run: Run) -> None:
    root = ElementTree.fromstring(run("show", "radios-delivered", "--svg", "-").text)
    halos = [each for each in root.iter(f"{SVG}text") if each.get("class") == "halo mark"]
    assert [[span.text for span in each] for each in halos] == [["4,862"], ["2001"]]
    assert all(each.get("aria-hidden") == "true" for each in halos)


def test_no_text_of_a_card_leaves_it_however_long_a_word_is(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("gave over 7 radios in 2019", f"gave over 7 {'W' * 300} in 2019"))
    root = ElementTree.fromstring(run("show", "seven-radios", "--facts", str(small), "--svg", "-").text)
    claim = [each for each in root.iter(f"{SVG}text") if each.get("style") == "font-size: 18px"]
    wide = [each.text.count("W") for each in claim]
    assert sum(wide) == 300
    assert float(claim[0].get("x")) + 18 * max(wide) <= float(root.get("width")) - 40


def test_a_card_shows_every_word_of_a_claim_once(run: Run, run_json: RunJson) -> None:
    facts = run_json("list", "--topic", "us-funding")["facts"]
    root = ElementTree.fromstring(run("show", *(each["id"] for each in facts), "--svg", "-").text)
    shown = " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text") if each.get("class") != "halo mark")
    assert not [each["id"] for each in facts if shown.count(each["statement"]) != 1]


def test_every_fact_asked_for_has_a_card_with_status_as_of_source_and_passage(run: Run, run_json: RunJson) -> None:
    ids = ["radios-delivered", "us-intends-increase-assistance"]
    root = ElementTree.fromstring(run("show", *ids, "--svg", "-").text)
    shown = " ".join(each.text or "" for each in root.iter(f"{SVG}text"))
    assert "Status: planned" in shown
    assert "As of: 19 November 2021 (date inferred)" in shown
    assert "passage 8 (Highlights since 2001)" in shown
    assert all(each in shown for each in ids)
