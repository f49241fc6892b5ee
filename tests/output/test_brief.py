"""A topic as a page: references, what limits a claim, figures in words, what is told once."""

from collections.abc import Callable

import pytest

from tajsec.output.brief import brief
from tajsec.output.pages import Item

RunJson = Callable[..., dict]
TODAY = "2026-11-28"


@pytest.fixture
def summary(run_json: RunJson, small: object) -> dict:
    """The summary of the small store: one fact of one source."""
    return run_json("summary", "gear", "--facts", str(small))


def points(summary: dict, **changed: object) -> list[str]:
    (fact,) = summary["facts"]
    page = brief({**summary, "facts": [{**fact, **changed}]}, TODAY)
    return [item.text for item in page.sections[0].items]


@pytest.mark.parametrize(
    ("changed", "behind"),
    [
        ({}, "(A publisher, 2020)."),
        ({"status": "planned"}, "(A publisher, 2020; planned)."),
        ({"as_of": "2020-03?"}, "(A publisher, 2020; as of March 2020*, 6 years ago)."),
        ({"as_of": "2020-03", "status": "stated"}, "(A publisher, 2020; stated, as of March 2020, 6 years ago)."),
        ({"as_of": "2019"}, "(A publisher, 2020)."),
        ({"as_of": "2019", "status": "ongoing"}, "(A publisher, 2020; as of 2019, 7 years ago)."),
        ({"rank": "deprecated", "notes": "It was eight."}, "(A publisher, 2020; known to be wrong: It was eight)."),
    ],
)
def test_a_point_is_a_sentence_with_its_reference_and_its_limits(summary: dict, changed: dict, behind: str) -> None:
    assert points(summary, **changed) == [f"The United States gave over 7 radios in 2019 {behind}"]


def test_an_error_of_the_source_is_corrected_behind_the_sentence(summary: dict) -> None:
    (cite,) = summary["facts"][0]["cites"]
    wrong = {"passage": 2, "says": "gave", "right": "They were sold.", "evidence": "a letter"}
    (text,) = points(summary, cites=[{**cite, "erratum": wrong}])
    assert text.endswith("(A publisher, 2020). But the source errs: They were sold.")


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ({"of": "radios given"}, "over 7 radios given"),
        ({"of": "sets given"}, "over 7 radios: sets given"),
        ({"of": "radios given", "period": "annual"}, "over 7 a year: radios given"),
        ({"of": "cost of it", "unit": "usd", "value": 1500000}, "over $1.5 million: cost of it"),
    ],
)
def test_a_figure_is_in_words_without_naming_its_unit_twice(summary: dict, quantity: dict, text: str) -> None:
    (fact,) = summary["facts"]
    fact["quantities"] = [{**fact["quantities"][0], **quantity}]
    page = brief({**summary, "units": {"radios": "radios", "usd": "US dollars"}}, TODAY)
    assert page.sections[1].rows[0].phrase == text


@pytest.mark.parametrize(
    ("when", "as_of", "words"),
    [
        ("2015/2020?", "2020?", "2015 to 2020*, 6 years ago"),
        ("2015/..", "2020-03", "since 2015, as of March 2020, 6 years ago"),
        ("../2042", "2020-03", "until 2042, as of March 2020, 6 years ago"),
        (None, "2020-03", "as of March 2020, 6 years ago"),
        ("2026", None, "2026"),
    ],
)
def test_a_figure_says_when_and_how_old_it_is(summary: dict, when: str | None, as_of: str | None, words: str) -> None:
    (fact,) = summary["facts"]
    fact |= {"when": when, "as_of": as_of}
    assert [row.when for row in brief(summary, TODAY).sections[1].rows] == [words]


def test_a_figure_that_two_facts_have_is_listed_once(summary: dict) -> None:
    (fact,) = summary["facts"]
    twin = {**fact, "id": "twin"}
    page = brief({**summary, "facts": [fact, twin], "figures": [fact["id"], "twin"]}, TODAY)
    assert [row.id for row in page.sections[1].rows] == [fact["id"]]


def with_sources(summary: dict, **sources: dict) -> dict:
    """Return the summary as if its fact cited these sources: changes of the one that it cites, by their ids."""
    (fact,), (source,) = summary["facts"], summary["sources"]
    found = [{**source, "id": name, "origin": name, **changed} for name, changed in sources.items()]
    cites = [{**fact["cites"][0], "source": name} for name in sources]
    return {**summary, "facts": [{**fact, "cites": cites}], "sources": found}


@pytest.mark.parametrize(
    ("sources", "references"),
    [
        ({"a": {"author": ["Smith"]}}, "Smith, 2020"),
        ({"a": {"author": ["Smith", "Jones"]}}, "Smith and Jones, 2020"),
        ({"a": {"author": ["Smith", "Jones", "Brown"]}}, "Smith et al., 2020"),
        ({"a": {"issued": None}}, "A publisher, n.d."),
        ({"a": {"issued": None, "updated": "2017-12-12"}}, "A publisher, 2017"),
        ({"a": {"container_title": "AP"}}, "AP, 2020"),
        ({"a": {"container_title": "AP", "author": ["Smith"]}}, "Smith, 2020"),
        ({"a": {}, "b": {}}, "A publisher, 2020a; A publisher, 2020b"),
        ({"a": {}, "b": {"author": ["Smith"], "origin": "a"}}, "A publisher, 2020"),
        ({"b": {"author": ["Smith"], "origin": "a"}}, "Smith, 2020"),
        ({name: {"author": [name.upper()]} for name in "abcd"}, "A, 2020; B, 2020; C, 2020"),
    ],
)
def test_a_reference_is_author_and_year_and_every_one_is_in_the_list(
    summary: dict, sources: dict, references: str
) -> None:
    page = brief(with_sources(summary, **sources), TODAY)
    (point,) = page.sections[0].items
    assert point.text.endswith(f"({references}).")
    assert [item.text.split(":")[0] for item in page.sections[-1].items] == references.split("; ")


def test_a_source_without_a_date_says_as_of_when_it_speaks(summary: dict) -> None:
    page = brief(with_sources(summary, a={"issued": None, "as_of": "2012?"}), TODAY)
    (item,) = page.sections[-1].items
    assert item == Item(
        "A publisher, n.d.: “A paper”, A publisher, n.d., as of 2012*", ("a",), "https://example.org/paper"
    )


def test_three_differences_are_told_and_the_others_counted(summary: dict) -> None:
    pair = {"fact": "one", "to": "two", "kind": "differs", "note": "One says 7.", "prefer": None, "sources": ["paper"]}
    for count, notes in (
        (3, []),
        (4, ["1 more difference is not told here; tajsec differences --topic gear lists all."]),
        (5, ["2 more differences are not"]),
    ):
        page = brief({**summary, "differences": [pair] * count}, TODAY)
        (section,) = [each for each in page.sections if each.heading == "Where the sources differ"]
        assert [item.text for item in section.items] == ["One says 7 (A publisher, 2020)."] * 3
        assert all(item.text.startswith(note) for item, note in zip(section.notes, notes, strict=True))


def test_without_a_day_there_is_no_age_and_no_day(summary: dict) -> None:
    assert brief(summary, "").lead == "1 fact in 1 document of 2020."
    assert brief(summary, TODAY).lead == "Made on 28 November 2026 from 1 fact in 1 document of 2020, 6 years ago."


def test_what_a_topic_has_not_has_no_heading(summary: dict) -> None:
    headings = [section.heading for section in brief({**summary, "figures": []}, TODAY).sections]
    assert headings == ["Key points", "Sources"]
