"""The rules: each has data that breaks it, and the shipped store keeps them all."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from made_facts import LABEL, SMALL, text_of
from strategies import examples, facts

from tajsec.check.lint import RULES, lint, lint_codes
from tajsec.data.folders import folders_of

FACT = "facts/gear.toml"
BREAKERS = [
    ("T401", FACT, "passage = 2", "passage = 1", "seeds/paper.toml:17: passage[1]: no fact cites this passage; write its facts, or mend its role"),
    ("T402", FACT, "over 7 radios in", "7 radios in", "facts/gear.toml:8: fact[0].quantities[0].qualifier: 'over' is lost in the statement; write it there, right before the figure"),
    ("T403", FACT, "in 2019.", "in 2019", "facts/gear.toml:3: fact[0].statement: does not end with a full stop; write one sentence"),
    ("T404", FACT, "walkie-talkies", "radios", "facts/gear.toml:11: fact[0].aliases[0]: 'radios' stands in the statement; take it out"),
    ("T405", "facts/vocabulary/all.toml", '"gear"', '"kit"', ""),
    ("T406", FACT, "over 7 radios in", "over 8 radios in", "facts/gear.toml:8: fact[0].quantities[0].value: 7 is not in the statement; write it there, or take the quantity out"),
    ("T407", FACT, "over 7 radios in", "over 7 of them in", "facts/gear.toml:8: fact[0].quantities[0].unit: no name of 'radios' stands behind 7; write radios"),
    ("T408", FACT, '"completed"', '"planned"\nas_of = "2019"', "facts/gear.toml:7: fact[0].status: is planned, and the statement does not say so; write planned, will, is to or the like"),
    ("T409", FACT, 'when = "2019"', 'when = "2018"', "facts/gear.toml:6: fact[0].when: 2018 is not in the statement, which names 2019; mend one of the two"),
    ("T410", FACT, "", "", ""),
    ("T411", FACT, "places =", 'rank = "deprecated"\nplaces =', "facts/gear.toml:9: fact[0].rank: deprecated, and neither notes nor an erratum of its source tell what is wrong; write notes"),
    ("T412", FACT, "over 7 radios in", f"over 7 radios{' of the very best make' * 5} in", "facts/gear.toml:3: fact[0].statement: 34 words, 30 at most; leave out what notes can say, or make two facts of it"),
    ("T413", FACT, '"completed"', '"ongoing"', "facts/gear.toml:1: fact[0].as_of: missing, and the fact is ongoing; add the date at which the source says so"),
    ("T414", FACT, "", "", ""),
    ("T415", FACT, '["walkie-talkies"]', '["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii"]', "facts/gear.toml:11: fact[0].aliases: 9 aliases, 8 at most; keep the other names of the thing itself"),
    ("T416", FACT, "The United States gave", "As of 2019, the United States gave", "facts/gear.toml:3: fact[0].statement: begins with As of; give the date in as_of, which is printed beside it"),
    ("T417", FACT, "", "", ""),
    ("T418", "seeds/paper.toml", "words = 9", "words = 4", ""),
    ("T419", "seeds/paper.toml", "words = 9", "words = 7", "seeds/paper.toml:11: passage: 4 of its 7 words are in quotes, 3 at most; shorten some, or quote the same words as another fact"),
    ("T420", "facts/vocabulary/all.toml", "[[person]]", '[[unit]]\nid = "euros"\nname = "euros"\n\n[[person]]', "facts/vocabulary/all.toml:20: unit[0].id: 'euros' is written 'eur', as figures are compared by it; write id = \"eur\""),
    ("T421", FACT, "places =", 'draft = "imported from rows.csv"\nplaces =', "facts/gear.toml:9: fact[0].draft: unreviewed; find its quotes with tajsec verify --text FILE --record FILE, then take draft out (tajsec lint PACK --fix does)"),
    ("T422", FACT, "gave over 7 radios in", "gave over 7 radios a week in", "facts/gear.toml:8: fact[0].quantities[0].period: the statement has it a week; write period = \"weekly\""),
    ("T423", FACT, "", "", ""),
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


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("facts", "0123456789abcdef", "there is no fact 'eight-boats' any longer"),
        ("texts", "0" * 64, "there is no source 'eight-boats' any longer"),
        ("quoted", 7, "there is no source 'eight-boats' any longer"),
    ],
)
def test_what_is_gone_is_a_to_do_in_the_reviews_of_a_pack_and_an_error_in_the_shipped_ones(
    small: Path, key: str, value: object, what: str
) -> None:
    reviews = small / "facts" / "reviews"
    reviews.mkdir()
    review = {"kind": "quotes", "date": "2026", "compared": "all", key: {"eight-boats": value}}
    (reviews / "one.toml").write_text(tomli_w.dumps({"review": [review]}))
    (found,) = lint(folders_of([small]))
    assert (found.code, found.level, found.path) == ("T423", "to-do", f"review[0].{key}.eight-boats")
    assert found.what == f"{what}; take the line out, or record the review anew"
    (shipped,) = lint([each._replace(trusted=True) for each in folders_of([small])])
    assert (shipped.code, shipped.level) == ("T304" if key == "facts" else "T301", "error")


def test_a_fact_in_the_file_of_another_topic_is_named(small: Path) -> None:
    words = small / "facts" / "vocabulary" / "all.toml"
    words.write_text(words.read_text() + '\n[[topic]]\nid = "kit"\nname = "Kit"\n')
    (small / FACT).rename(small / "facts" / "kit.toml")
    found = [str(each).replace(f"{small}/", "") for each in lint(folders_of([small]))]
    assert found == ["facts/kit.toml:5: fact[0].topics: stands in the file of 'kit'; move it to gear.toml"]


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


def add_facts(small: Path, *statements: str, more: str = "", first: int = 0) -> list[str]:
    """Lint the small store with further facts, which have ids from `fact-0` on and are otherwise like its only one."""
    path = small / FACT
    before, like = path.read_text(), f"[[fact]]{path.read_text().split('[[fact]]')[1]}"
    texts = [
        like.replace("seven-radios", f"fact-{n}").replace("The United States gave over 7 radios in 2019.", statement)
        for n, statement in enumerate(statements, first)
    ]
    path.write_text("\n".join([before, *texts]) + more)
    return [f"{each.path}: {each.what}  [{each.code}]" for each in lint(folders_of([small]))]


def test_a_difference_without_the_side_to_cite_is_named(small: Path) -> None:
    more = 'relations = [{ to = "seven-radios", kind = "differs", note = "n" }]\n'
    found = add_facts(small, "The United States gave over 7 radios in 2019.", more=more)
    assert found == ["fact[1].relations[0].prefer: the two differ (differs); name the id to cite  [T410]"]


# ---------------------------------------------------------------- levels, lines, units


def pack_of(folder: Path, **texts: str) -> Path:
    """Write a folder of fact files that adds to the small store."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_passage_without_a_fact_and_a_fact_in_another_file_are_to_dos(small: Path) -> None:
    (small / FACT).write_text((small / FACT).read_text().replace("passage = 2", "passage = 1"))
    (small / FACT).rename(small / "facts" / "kit.toml")
    words = small / "facts" / "vocabulary" / "all.toml"
    words.write_text(words.read_text() + '\n[[topic]]\nid = "kit"\nname = "Kit"\n')
    assert [(each.code, each.level) for each in lint(folders_of([small]))] == [("T405", "to-do"), ("T401", "to-do")]


def test_they_are_errors_in_the_shipped_data(small: Path) -> None:
    (small / FACT).write_text((small / FACT).read_text().replace("passage = 2", "passage = 1"))
    shipped = [each._replace(trusted=True) for each in folders_of([small])]
    assert [(each.code, each.level) for each in lint(shipped)] == [("T401", "error")]


def test_a_problem_has_the_line_of_its_key_inside_lists_and_tables(small: Path) -> None:
    text = (small / FACT).read_text()
    cites = 'cites = [\n  { source = "paper", passage = 2, quote = "gave over 7 radios" },\n  {\n    source = "paper",\n    passage = 9,\n    quote = "gave over 7 radios" },\n]'
    (small / FACT).write_text(f"# a comment\n\n{text.partition('cites')[0]}{cites}\n")
    assert [(each.path, each.line) for each in lint(folders_of([small]))] == [("fact[0].cites[1].passage", 18)]


UNITS = {
    "euros": "unknown unit 'euros'; write unit = \"eur\", and add it to {}/facts/vocabulary/units.toml",
    "us-dollars": "unknown unit 'us-dollars'; write unit = \"usd\", and add it to {}/facts/vocabulary/units.toml",
    "%": "unknown unit '%'; write unit = \"percent\", and add it to {}/facts/vocabulary/units.toml",
    "chf": "unknown unit 'chf'; add [[unit]] with id = \"chf\" and a name to {}/facts/vocabulary/units.toml",
    "radio": "unknown unit 'radio'; did you mean radios? if not, add it to {}/facts/vocabulary/units.toml",
    "lorries": "unknown unit 'lorries'; known are radios; add it to {}/facts/vocabulary/units.toml",
}


@pytest.mark.parametrize("unit", UNITS)
def test_an_unknown_unit_is_told_what_to_write(small: Path, unit: str) -> None:
    (small / FACT).write_text((small / FACT).read_text().replace('unit = "radios"', f'unit = "{unit}"'))
    assert [each.what for each in lint(folders_of([small]))] == [UNITS[unit].format(small)]


EUROS = '\n[[unit]]\nid = "eur"\nname = "euros"\n\n[[unit]]\nid = "percent"\nname = "percent"\n'


@pytest.mark.parametrize(
    ("unit", "stated", "what"),
    [
        ("radios", "over 7 euros", 'the statement has 7 eur; write unit = "eur"'),
        ("radios", "over €7", 'the statement has 7 eur; write unit = "eur"'),
        ("eur", "over 7%", 'the statement has 7 %; write unit = "percent"'),
        ("eur", "over 7 radios", "the statement has 7 without eur; write that, or mend the unit"),
        ("eur", "over 8 euros", "7 eur is not in the statement; write it there, or take the quantity out"),
    ],
)
def test_a_figure_that_is_stated_in_another_unit_is_told_which(small: Path, unit: str, stated: str, what: str) -> None:
    words = small / "facts" / "vocabulary" / "all.toml"
    words.write_text(words.read_text() + EUROS)
    text = (small / FACT).read_text().replace('unit = "radios"', f'unit = "{unit}"')
    (small / FACT).write_text(text.replace("over 7 radios in", f"{stated} in"))
    assert [each.what for each in lint(folders_of([small])) if each.code == "T406"] == [what]


@pytest.mark.parametrize(
    ("name", "right"),
    [("Euros", "eur"), ("US dollars", "usd"), ("per cent", "percent"), ("somoni", "tjs"), ("roubles", "rub")],
)
def test_the_unit_of_a_currency_has_its_code_as_id(small: Path, name: str, right: str) -> None:
    words = small / "facts" / "vocabulary" / "all.toml"
    text = words.read_text()
    words.write_text(f'{text}\n[[unit]]\nid = "money"\nname = "{name}"\n')
    assert [each.what.partition("; ")[2] for each in lint(folders_of([small]))] == [f'write id = "{right}"']
    words.write_text(f'{text}\n[[unit]]\nid = "{right}"\nname = "{name}"\n')
    assert lint(folders_of([small])) == []


@pytest.mark.parametrize(
    ("before", "after", "home"),
    [
        ('["us"]', '["border-observatory"]', "vocabulary/actors.toml"),
        ('["khorog"]', '["atlantis"]', "vocabulary/places.toml"),
        ('source = "paper"', 'source = "observatory-2024"', "seeds/"),
    ],
)
def test_what_is_missing_is_to_be_added_to_the_pack_that_names_it(
    small: Path, tmp_path: Path, before: str, after: str, home: str
) -> None:
    text = (small / FACT).read_text().replace("seven-radios", "more").replace(before, after)
    pack = pack_of(tmp_path / "my-facts", more=text)
    (found,) = lint(folders_of([small, pack]))
    assert found.what.endswith(f"; add it to {pack}/{home}")


# ---------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("when", "statement", "found"),
    [
        ("2019", "The United States gave over 7 radios.", ["fact[0].statement: names no year; write 2019 or the one that is meant, or say in inferred.statement why not"]),
        ("2019", "The United States gave over 7 radios, 1,600 in all.", ["fact[0].statement: names no year; write 2019 or the one that is meant, or say in inferred.statement why not"]),
        ("1990", "The United States gave over 7 radios in the 1990s.", []),
        ("{2017,2018,2019}", "The United States gave over 7 radios in 2017 and 2019.", ["fact[0].when: 2018 is not in the statement, which names 2017; mend one of the two"]),
        ("{2017,2018,2019}", "The United States gave over 7 radios in 2017, 2018 and 2019.", []),
        ("2019-02", "The United States gave over 7 radios in March 2019.", ["fact[0].when: February 2019 is not in the statement, which names March 2019; mend one of the two"]),
        ("2019-02", "The United States gave over 7 radios in 2019, it said in March 2019.", []),
        ("2019-02/2019-04", "The United States gave over 7 radios from February to April 2019.", []),
        ("2019", "By 2019 the United States had given over 7 radios.", []),
    ],
)  # fmt: skip
def test_a_statement_names_the_time_of_its_event(small: Path, when: str, statement: str, found: list[str]) -> None:
    path = small / FACT
    text = path.read_text().replace('"2019"', f'"{when}"')
    path.write_text(text.replace("The United States gave over 7 radios in 2019.", statement))
    assert [f"{each.path}: {each.what}" for each in lint(folders_of([small])) if each.code == "T409"] == found


@pytest.mark.parametrize("reason", ['inferred = { statement = "r" }', 'derived = { "2019" = "r" }'])
def test_a_reason_excuses_a_statement_without_a_year(small: Path, reason: str) -> None:
    path = small / FACT
    path.write_text(path.read_text().replace(" in 2019.", ".") + f"{reason}\n")
    assert lint(folders_of([small])) == []


def test_a_fact_without_an_event_or_a_figure_needs_no_year(small: Path) -> None:
    path = small / FACT
    lines = [line for line in path.read_text().splitlines() if not line.startswith("quantities")]
    text = "\n".join(lines).replace(" over 7 radios in 2019.", " radios.").replace("when", "as_of")
    path.write_text(text)
    assert lint(folders_of([small])) == []


# ---------------------------------------------------------------- openings, twins

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()


def test_an_opening_may_be_repeated_ten_times_and_no_more(small: Path) -> None:
    others = [
        f"The united STATES sent {word} {word}ic {word}like {word}ward units over 7 radios in 2019." for word in WORDS
    ]
    assert add_facts(small, *others[:9]) == []
    (found,) = add_facts(small, *others[9:], first=9)
    what = "11 facts begin with 'the united states', 10 at most; begin others, such as fact-7, fact-8, fact-9"
    assert found == f"fact[10].statement: {what}, with the thing, the place or the date  [T414]"


def test_statements_that_nearly_say_the_same_are_named_once(small: Path) -> None:
    found = add_facts(
        small, "In 2019 the United States gave over 7 radios.", "In 2019 a UK general lent over 7 radios."
    )
    what = "has 100% of its words in common with 'seven-radios'; make one fact, or tie them by a relation"
    assert found == [f"fact[1].statement: {what}  [T417]"]


def test_a_relation_of_any_kind_ties_two_facts_that_nearly_say_the_same(small: Path) -> None:
    more = 'relations = [{ to = "seven-radios", kind = "see-also", note = "n" }]\n'
    assert add_facts(small, "In 2019 over 7 radios were given by the United States.", more=more) == []


# ---------------------------------------------------------------- quoted words


def seed(small: Path, **keys: str) -> None:
    path = small / "seeds" / "paper.toml"
    text = path.read_text().replace("words = 9", f"words = {keys.pop('words')}")
    path.write_text("".join(f'{key} = "{value}"\n' for key, value in keys.items()) + text)


def test_a_passage_whose_every_word_is_in_quotes_is_named(small: Path) -> None:
    seed(small, words="4")
    found = [str(each).partition(": ")[2] for each in lint(folders_of([small])) if each.code == "T418"]
    assert found == ["passage[1]: 4 words of its 4 are in quotes; shorten one, such as that of seven-radios"]


def test_a_document_in_the_public_domain_may_be_quoted_whole(small: Path) -> None:
    seed(small, words="4", rights="public-domain")
    assert lint(folders_of([small])) == []


def test_the_quotes_of_a_pack_count_together_with_those_it_adds_to(small: Path, tmp_path: Path) -> None:
    seed(small, words="8")
    assert lint(folders_of([small])) == []
    pack = tmp_path / "pack"
    pack.mkdir()
    text = (small / FACT).read_text().replace("seven-radios", "more").replace("over 7 radios in", "many fine radios in")
    lines = [line for line in text.splitlines() if not line.startswith("quantities")]
    (pack / "gear.toml").write_text("\n".join(lines).replace("gave over 7 radios", "many fine radios"))
    assert [each.code for each in lint(folders_of([small, pack]))] == ["T419"]


@examples(25)
@given(facts())
def test_any_facts_are_checked_and_each_violation_has_its_line(given_facts: list[dict[str, Any]]) -> None:
    text = text_of(given_facts)
    for each in lint(folders_of([SMALL]), changed={LABEL: text}):
        assert each.code in lint_codes()
        assert each.what
        assert each.file != LABEL or 1 <= each.line <= text.count("\n")
