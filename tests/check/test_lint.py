"""The rules: each has data that breaks it, and the shipped store keeps them all."""

from pathlib import Path

import pytest

from tajsec.check.lint import RULES, lint
from tajsec.data.folders import folders_of

FACT = "facts/gear.toml"
BREAKERS = [
    ("T401", FACT, "passage = 2", "passage = 1", "seeds/paper.toml:1: passage[1]: no fact cites this passage; write its facts, or mend its role"),
    ("T402", FACT, "over 7 radios in", "7 radios in", "facts/gear.toml:1: fact[0].quantities[0].qualifier: 'over' is lost in the statement; write it there, right before the figure"),
    ("T403", FACT, "in 2019.", "in 2019", "facts/gear.toml:1: fact[0].statement: does not end with a full stop; write one sentence"),
    ("T404", FACT, "walkie-talkies", "radios", "facts/gear.toml:1: fact[0].aliases[0]: 'radios' stands in the statement; take it out"),
    ("T405", "facts/vocabulary/all.toml", '"gear"', '"kit"', ""),
    ("T406", FACT, "over 7 radios in", "over 8 radios in", "facts/gear.toml:1: fact[0].quantities[0].value: 7 is not in the statement; write it there, or take the quantity out"),
    ("T407", FACT, "over 7 radios in", "over 7 of them in", "facts/gear.toml:1: fact[0].quantities[0].unit: no name of 'radios' stands behind 7; write radios"),
    ("T408", FACT, '"completed"', '"planned"', "facts/gear.toml:1: fact[0].status: is planned, and the statement does not say so; write planned, will, is to or the like"),
    ("T409", FACT, 'when = "2019"', 'when = "2018"', "facts/gear.toml:1: fact[0].when: 2018 is not in the statement, which names 2019; mend one of the two"),
    ("T410", FACT, "", "", ""),
    ("T411", FACT, "places =", 'rank = "deprecated"\nplaces =', "facts/gear.toml:1: fact[0].rank: deprecated, and neither notes nor an erratum of its source tell what is wrong; write notes"),
]  # fmt: skip


def test_the_shipped_store_keeps_every_rule() -> None:
    assert lint(folders_of([])) == []


def test_every_rule_has_data_that_breaks_it() -> None:
    assert [code for code, _ in RULES] == [code for code, *_ in BREAKERS]


@pytest.mark.parametrize(
    ("code", "name", "before", "after", "message"),
    [each for each in BREAKERS if each[4]],
    ids=lambda value: str(value)[:4],
)
def test_data_that_breaks_a_rule_is_named(
    small: Path, code: str, name: str, before: str, after: str, message: str
) -> None:
    path = small / name
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))
    assert [(each.code, str(each).replace(f"{small}/", "")) for each in lint(folders_of([small]))] == [(code, message)]


def test_a_fact_in_the_file_of_another_topic_is_named(small: Path) -> None:
    words = small / "facts" / "vocabulary" / "all.toml"
    words.write_text(words.read_text() + '\n[[topic]]\nid = "kit"\nname = "Kit"\n')
    (small / FACT).rename(small / "facts" / "kit.toml")
    found = [str(each).replace(f"{small}/", "") for each in lint(folders_of([small]))]
    assert found == ["facts/kit.toml:1: fact[0].topics: stands in the file of 'kit'; move it to gear.toml"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (FACT, "places =", 'notes = "There were eight."\nplaces ='),
        ("seeds/paper.toml", "[[passage]]", '[[erratum]]\npassage = 2\nsays = "gave over 7 radios"\nright = "Eight."\nevidence = "a list"\n\n[[passage]]'),
    ],
)  # fmt: skip
def test_notes_or_an_erratum_say_what_is_wrong_with_a_deprecated_fact(
    small: Path, name: str, before: str, after: str
) -> None:
    for path, old, new in ((small / FACT, "status =", 'rank = "deprecated"\nstatus ='), (small / name, before, after)):
        path.write_text(path.read_text().replace(old, new, 1))
    assert lint(folders_of([small])) == []


def test_a_difference_without_the_side_to_cite_is_named(small: Path) -> None:
    path = small / FACT
    other = path.read_text().replace("seven-radios", "other-radios")
    path.write_text(path.read_text() + other + 'relations = [{ to = "seven-radios", kind = "differs", note = "n" }]\n')
    found = [str(each).replace(f"{small}/", "") for each in lint(folders_of([small]))]
    assert found == ["facts/gear.toml:13: fact[1].relations[0].prefer: the two differ (differs); name the id to cite"]
