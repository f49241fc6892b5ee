"""References between records: each that leads nowhere is a line that says where it is and what to write."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from made_facts import mistakes_in

from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.errors import DataError

FACT, SOURCE, WORDS, REVIEW = "facts/gear.toml", "seeds/paper.toml", "facts/vocabulary/all.toml", "facts/reviews/a.toml"
OTHER = """
[[fact]]
id = "other-radios"
statement = "The United States gave over 7 radios in 2019, too."
actors = ["us"]
topics = ["gear"]
when = "2019"
status = "completed"
cites = [{ source = "paper", passage = 1, quote = "gave over 7 radios" }]
"""
RADIOS = '[[unit]]\nid = "radios"\nname = "radios"'
LONE = "small: holds no pack.toml, so it is a whole store, and shipped names are unknown in it; move its files into a pack (tajsec new pack) to use these [T303]"
UNITS = "".join(f'[[unit]]\nid = "unit-{n:02}"\nname = "Unit {n}"\n\n' for n in range(31))


def related(**keys: str) -> tuple[str, str]:
    """Return the change that gives a relation to the fact of the small store, beside another fact."""
    relation = ", ".join(f'{key} = "{value}"' for key, value in {"kind": "rounds", "note": "n", **keys}.items())
    return "aliases = [", f"relations = [{{ {relation} }}]\naliases = ["


# fmt: off
ROWS = [
    # what exists
    pytest.param(FACT, *related(to="other-radios"), [], id="relation"),
    pytest.param(FACT, *related(to="other-radios", prefer="other-radios"), [], id="prefers the other"),
    pytest.param(FACT, *related(to="other-radios", prefer="seven-radios"), [], id="prefers itself"),
    pytest.param(FACT, "passage = 2", "passage = 1", [], id="first passage"),
    # what does not
    pytest.param(FACT, 'source = "paper"', 'source = "papr"', ["facts/gear.toml:12: fact[0].cites[0].source: unknown source 'papr'; did you mean paper? [T301]"], id="unknown source"),
    pytest.param(FACT, "passage = 2", "passage = 3", ["facts/gear.toml:12: fact[0].cites[0].passage: paper has no passage 3; it has 1 to 2 [T302]"], id="unknown passage"),
    pytest.param(FACT, '["gear"]', '["gaer"]', ["facts/gear.toml:5: fact[0].topics[0]: unknown topic 'gaer'; did you mean gear? [T303]"], id="unknown topic"),
    pytest.param(FACT, '["khorog"]', '["atlantis"]', ["facts/gear.toml:9: fact[0].places[0]: unknown place 'atlantis'; add it to facts/vocabulary/places.toml [T303]"], id="unknown place"),
    pytest.param(FACT, 'unit = "radios"', 'unit = "cows"', ["facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'cows'; known are radios; add it to facts/vocabulary/units.toml [T303]"], id="unknown unit"),
    pytest.param(FACT, "aliases = [", 'relations = [{ to = "x", kind = "rounds", note = "n" }]\naliases = [', ["facts/gear.toml:11: fact[0].relations[0].to: unknown fact 'x' [T304]"], id="unknown fact"),
    pytest.param(FACT, "aliases = [", 'relations = [{ to = "seven-radios", kind = "rounds", note = "n" }]\naliases = [', ["facts/gear.toml:11: fact[0].relations[0].to: a fact has no relation to itself; name the other one [T304]"], id="own relation"),
    pytest.param(FACT, "aliases = [", 'relations = [{ to = "other", kind = "part-of", note = "n", prefer = "other" }]\naliases = [', ["facts/gear.toml:11: fact[0].relations[0].prefer: part-of is no difference, so neither is preferred; leave prefer out [T304]", "facts/gear.toml:11: fact[0].relations[0].to: unknown fact 'other'; did you mean other-radios? [T304]"], id="preferring tie"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nderived_from = "other"', ["seeds/paper.toml:8: derived_from: unknown source 'other'; add it to seeds/ [T301]"], id="unknown origin"),
    pytest.param(WORDS, 'part_of = "us"', 'part_of = "uk"', ["facts/vocabulary/all.toml:9: actor[1].part_of: unknown actor 'uk'; did you mean us? [T303]"], id="unknown whole"),
    pytest.param(WORDS, "[[unit]]", "[[units]]", ["facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radios'; add it to facts/vocabulary/units.toml [T303]", "facts/vocabulary/all.toml:23: units: unknown table 'units'; known are actor, person, topic, place, unit, term [T203]"], id="unknown kind"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nderived_from = "paper"', ["seeds/paper.toml:8: derived_from: a source is not derived from itself; leave the key out [T301]"], id="derived from itself"),
    pytest.param(FACT, '["us"]', '["us", "us-embasy", "us-embassy", "xyz"]', ["facts/gear.toml:4: fact[0].actors[1]: unknown actor 'us-embasy'; did you mean us-embassy? [T303]", "facts/gear.toml:4: fact[0].actors[3]: unknown actor 'xyz'; add it to facts/vocabulary/actors.toml [T303]"], id="actors"),
    pytest.param(FACT, '["us"]', '["us-"]', ["facts/gear.toml:4: fact[0].actors[0]: unknown actor 'us-'; did you mean us or us-embassy? [T303]"], id="two near actors"),
    pytest.param(WORDS, 'id = "radios"', 'id = "radiol"\nname = "x"\n[[unit]]\nid = "radiot"', [LONE, "facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radios'; did you mean radiol or radiot? if not, add it to facts/vocabulary/units.toml [T303]"], id="two near units"),
    pytest.param(FACT, '["gear"]', '["gear", "trade"]', ["facts/gear.toml:5: fact[0].topics[1]: unknown topic 'trade'; add it to facts/vocabulary/topics.toml [T303]"], id="topic"),
    pytest.param(FACT, '["khorog"]', '["khorg", "khorog"]', ["facts/gear.toml:9: fact[0].places[0]: unknown place 'khorg'; did you mean khorog? [T303]"], id="place"),
    pytest.param(FACT, '["the-envoy"]', '["envoy", "somebody"]', ["facts/gear.toml:10: fact[0].people[0]: unknown person 'envoy'; did you mean the-envoy? [T303]", "facts/gear.toml:10: fact[0].people[1]: unknown person 'somebody'; add it to facts/vocabulary/people.toml [T303]"], id="people"),
    pytest.param(FACT, 'unit = "radios"', 'unit = "dollars"', ["""facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'dollars'; write unit = "usd", and add it to facts/vocabulary/units.toml [T303]"""], id="currency by its name"),
    pytest.param(FACT, 'unit = "radios"', 'unit = "usd"', [LONE, """facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'usd'; add [[unit]] with id = "usd" and a name to facts/vocabulary/units.toml [T303]"""], id="currency by its code"),
    pytest.param(FACT, 'unit = "radios"', 'unit = "radio"', ["facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radio'; did you mean radios? if not, add it to facts/vocabulary/units.toml [T303]"], id="near unit"),
    pytest.param(FACT, '["us"]', '["us", "nato"]', [LONE, "facts/gear.toml:4: fact[0].actors[1]: unknown actor 'nato'; add it to facts/vocabulary/actors.toml [T303]"], id="shipped actor"),
    pytest.param(FACT, '["gear"]', '["border-security"]', [LONE, "facts/gear.toml:5: fact[0].topics[0]: unknown topic 'border-security'; add it to facts/vocabulary/topics.toml [T303]"], id="shipped topic"),
    pytest.param(FACT, '["khorog"]', '["dushanbe"]', [LONE, "facts/gear.toml:9: fact[0].places[0]: unknown place 'dushanbe'; add it to facts/vocabulary/places.toml [T303]"], id="shipped place"),
    pytest.param(FACT, '["the-envoy"]', '["emomali-rahmon"]', [LONE, "facts/gear.toml:10: fact[0].people[0]: unknown person 'emomali-rahmon'; add it to facts/vocabulary/people.toml [T303]"], id="shipped person"),
    pytest.param(FACT, 'source = "paper"', 'source = "a-book"', ["facts/gear.toml:12: fact[0].cites[0].source: unknown source 'a-book'; add it to seeds/ [T301]"], id="source"),
    pytest.param(FACT, "cites = [", 'cites = [{ source = "paper", passage = 1, quote = "gave over 7 radios" }, { source = "paper", passage = 0, quote = "gave over 7 radios" }, ', ["facts/gear.toml:12: fact[0].cites[1].passage: paper has no passage 0; it has 1 to 2 [T302]"], id="passage 0"),
    pytest.param(FACT, *related(to="other-radio"), ["facts/gear.toml:11: fact[0].relations[0].to: unknown fact 'other-radio'; did you mean other-radios? [T304]"], id="fact"),
    pytest.param(FACT, "aliases = [", 'relations = [{ to = "other-radios", kind = "rounds", note = "n" }, { to = "seven-radios", kind = "rounds", note = "n", prefer = "x" }]\naliases = [', ["facts/gear.toml:11: fact[0].relations[1].to: a fact has no relation to itself; name the other one [T304]"], id="itself"),
    pytest.param(FACT, "aliases = [", 'relations = [{ to = "other-radios", kind = "rounds", note = "n", prefer = "x" }, { to = "other-radios", kind = "repeats", note = "n", prefer = "x" }]\naliases = [', ["facts/gear.toml:11: fact[0].relations[0].prefer: 'x' is neither of the two facts; name one of them [T304]", "facts/gear.toml:11: fact[0].relations[1].prefer: repeats is no difference, so neither is preferred; leave prefer out [T304]"], id="preferences"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nderived_from = "papr"', ["seeds/paper.toml:8: derived_from: unknown source 'papr'; did you mean paper? [T301]"], id="origin"),
    pytest.param(SOURCE, "[[passage]]", "".join(f'[[erratum]]\npassage = {n}\nsays = "gave over 8 radios"\nright = "7"\nevidence = "the list"\n\n' for n in (1, 2, 0, 3)) + "[[passage]]", ["seeds/paper.toml:24: erratum[2].passage: there is no passage 0; there are 1 to 2 [T302]", "seeds/paper.toml:30: erratum[3].passage: there is no passage 3; there are 1 to 2 [T302]"], id="errata"),
    pytest.param(WORDS, '[[topic]]\nid = "gear"', '[[topic]]\nid = "gear"\npart_of = "us"', ["facts/vocabulary/all.toml:13: topic[0].part_of: unknown topic 'us'; add it to facts/vocabulary/topics.toml [T303]"], id="part of another kind"),
    pytest.param(WORDS, RADIOS, UNITS[:-2], [LONE, "facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radios'; known are " + ", ".join(f"unit-{n:02}" for n in range(30)) + ", ...; add it to facts/vocabulary/units.toml [T303]"], id="31 units"),
    pytest.param(WORDS, RADIOS, UNITS.rpartition("[[")[0], [LONE, "facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radios'; known are " + ", ".join(f"unit-{n:02}" for n in range(30)) + "; add it to facts/vocabulary/units.toml [T303]"], id="30 units"),
    pytest.param(WORDS, RADIOS, "", [LONE, "facts/gear.toml:8: fact[0].quantities[0].unit: unknown unit 'radios'; add it to facts/vocabulary/units.toml [T303]"], id="no units"),
]
# fmt: on


@pytest.mark.parametrize(("name", "before", "after", "messages"), ROWS)
def test_a_reference_leads_to_a_record_or_is_a_line(
    small_texts: Mapping[str, str], name: str, before: str, after: str, messages: list[str]
) -> None:
    assert before in small_texts[name]
    changed = {name: small_texts[name].replace(before, after, 1), "facts/other.toml": OTHER}
    assert mistakes_in({**small_texts, **changed}) == messages


def test_a_name_is_added_to_the_file_that_there_is_for_its_kind(small: Path) -> None:
    text = (small / FACT).read_text("utf-8")
    (small / FACT).write_text(text.replace("khorog", "atlantis"), encoding="utf-8")
    for new, file in (("", "places"), ("names.toml", "names"), ("places.toml", "places")):
        (small / "facts/vocabulary" / new).touch()
        with pytest.raises(DataError, match=f"; add it to {small}/facts/vocabulary/{file}.toml$"):
            read(folders_of([small]))


def test_a_review_of_what_is_gone_is_a_mistake_in_the_shipped_data_alone(small_texts: Mapping[str, str]) -> None:
    review = f"""
        [[review]]
        kind = "reading"
        date = "2026-01-02"
        compared = "all with all"
        texts = {{ paper = "{"a" * 64}", papr = "{"a" * 64}" }}
        quoted = {{ paper = 1, papre = 2 }}
        facts = {{ seven-radios = "{"b" * 16}", eight = "{"b" * 16}", seven-radio = "{"b" * 16}" }}
    """
    texts = {**small_texts, REVIEW: review.strip()}
    assert mistakes_in(texts) == []
    assert mistakes_in(texts, trusted=True) == [
        "facts/reviews/a.toml:5: review[0].texts.papr: unknown source 'papr'; did you mean paper? [T301]",
        "facts/reviews/a.toml:6: review[0].quoted.papre: unknown source 'papre'; did you mean paper? [T301]",
        "facts/reviews/a.toml:7: review[0].facts.eight: unknown fact 'eight' [T304]",
        "facts/reviews/a.toml:7: review[0].facts.seven-radio: unknown fact 'seven-radio'; did you mean seven-radios? [T304]",
    ]
