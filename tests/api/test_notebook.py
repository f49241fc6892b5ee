"""The HTML of facts, hits, listings and summaries in a notebook."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

import tajsec
from tajsec.output import wording


@pytest.fixture(scope="module")
def facts(cache: Path) -> tajsec.Store:
    return tajsec.load(cache=cache)


class Page(HTMLParser):
    """The tags and the text of a page; fails on a tag that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.tags, self.links, self.text = [], [], [], ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + " "


SHOWN = {
    "fact": lambda store: store["radios-provided-rounded"],
    "facts": lambda store: store.facts(topic="equipment"),
    "hits": lambda store: store.search("radios"),
    "hit": lambda store: store.search("radios")[0],
    "timeline": lambda store: store.timeline(actor="us"),
    "summary": lambda store: store.summary("equipment"),
    "differences": lambda store: store.differences("radios-delivered"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_gets_a_table_with_headings_and_a_caption(facts: tajsec.Store, name: str) -> None:
    page = Page(SHOWN[name](facts)._repr_html_())
    assert page.tags.count("caption") == page.tags.count("table") >= 1
    assert "th" in page.tags
    assert "“" in page.text
    assert page.links
    assert "script" not in page.tags


def test_a_table_in_a_notebook_loses_nothing_of_a_fact(facts: tajsec.Store) -> None:
    chosen = facts.facts(topic="equipment")
    text = " ".join(Page(chosen._repr_html_()).text.split())
    for fact in chosen:
        assert fact.statement in text
        assert fact.as_of is None or wording.as_of_date(str(fact.as_of)) in text
        assert fact.status == "completed" or fact.status in text
        assert all(f"“{cite.quote}”" in text and f"passage {cite.passage}" in text for cite in fact.cites)
        for each in fact.quantities:
            assert wording.amount({"qualifier": each.qualifier, "value": each.value, "unit": each.unit}) in text


def test_a_listing_of_sources_and_terms_is_a_table_too(facts: tajsec.Store) -> None:
    assert "U.S.-Tajikistan Security Assistance Fact Sheet" in Page(facts.sources._repr_html_()).text
    assert "equipment" in Page(facts.topics._repr_html_()).text
    assert "<Term equipment: Equipment delivered>" in repr(facts.topics)
    place = [source.id for source in facts.sources].index("nato-2017")
    assert "\n<Source nato-2017: NATO, “Relations with Tajikistan”" in repr(facts.sources[place:])


def test_an_empty_answer_in_a_notebook_gives_reasons_and_sets_the_nearest_facts_apart(facts: tajsec.Store) -> None:
    page = Page(facts.search("radios lasagna recipe")._repr_html_())
    assert "nothing here on 'lasagna' or 'recipe'" in page.text
    assert "they do not answer it" in page.text


def test_a_hostile_statement_is_text_in_a_notebook_and_on_a_terminal(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    hostile = "<script>alert(1)</script> over 7 &amp; \u200b[link=x]radios[/link]."
    path.write_text(path.read_text().replace("The United States gave over 7 radios in 2019.", hostile))
    fact = tajsec.load(small, cache=False)["seven-radios"]
    for html in (fact._repr_html_(), tajsec.load(small, cache=False).facts()._repr_html_()):
        page = Page(html)
        assert "script" not in page.tags
        assert "<script>alert(1)</script> over 7 &amp; <U+200B>[link=x]radios[/link]." in page.text
    assert "\u200b" not in repr(fact)
