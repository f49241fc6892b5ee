"""Coverage: a passage is cited by any fact of the store; the filters limit what is listed and counted."""

from pathlib import Path

import pytest

from tajsec.analysis.coverage import Cell, coverage
from tajsec.model.protocol import Store
from tajsec.model.selection import Selection
from tajsec.store.open import open_store


@pytest.fixture
def half_cited(small: Path) -> Store:
    """A store whose one source has two claims, of which one is cited."""
    source = small / "seeds" / "paper.toml"
    source.write_text(source.read_text().replace('role = "heading"', 'role = "claim"'))
    return open_store([small])


def test_claims_without_a_fact_are_named_and_counted(half_cited: Store) -> None:
    (found,) = coverage(half_cited, Selection()).sources
    assert (found.claims, found.cited, found.share, found.facts) == (2, 1, 0.5, 1)
    assert [passage.n for passage in found.uncited] == [1]


def test_a_document_without_claims_is_covered(small: Path) -> None:
    source, facts = small / "seeds" / "paper.toml", small / "facts" / "gear.toml"
    source.write_text(source.read_text().replace('role = "claim"', 'role = "heading"'))
    facts.unlink()
    (found,) = coverage(open_store([small]), Selection()).sources
    assert (found.claims, found.share) == (0, 1.0)


def test_facts_are_counted_by_topic_year_and_source(half_cited: Store) -> None:
    assert coverage(half_cited, Selection()).cells == [Cell(topic="gear", year=2019, source="paper", facts=1)]


def test_a_filter_limits_sources_and_counts_but_not_what_is_cited(store: Store) -> None:
    found = coverage(store, Selection(topics=frozenset({"russian-base"}), sources=frozenset({"rferl-2012"})))
    (source,) = found.sources
    assert (source.source.id, source.share) == ("rferl-2012", 1.0)
    assert "russian-base" in {cell.topic for cell in found.cells}
    whole = sum(cell.facts for cell in coverage(store, Selection()).cells)
    assert 0 < sum(cell.facts for cell in found.cells) < whole


def test_facts_and_their_documents_are_counted_by_what_they_have_in_common(store: Store) -> None:
    selected = Selection(sources=frozenset({"rferl-2012"}))
    groups = {(each.by, each.value): each for each in coverage(store, selected).groups}
    facts = store.facts(selected)
    assert groups["type", "article-newspaper"].facts == groups["extent", "whole"].facts == len(facts)
    russian = store.vocabulary.within("actor", "russia")
    assert groups["actor", "russia"].facts == sum(not russian.isdisjoint(fact.actors) for fact in facts)
    assert ("actor", "russian-mod") not in groups
    decades = [value for by, value in groups if by == "decade"]
    assert decades == sorted(decades)
    assert all(each.sources >= 1 for each in groups.values())
