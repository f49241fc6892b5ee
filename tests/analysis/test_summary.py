"""A summary: the facts of a selection counted and dated, the key figures, and what differs."""

import pytest

from tajsec.analysis.summary import KEY_FIGURES, summary
from tajsec.model.protocol import Store
from tajsec.model.selection import Selection
from tajsec.text.dates import parse


@pytest.mark.parametrize("topic", ["us-funding", "equipment", "russian-base"])
def test_a_summary_counts_every_fact_and_lists_the_first_key_figures(store: Store, topic: str) -> None:
    selection = Selection(topics=frozenset({topic}))
    facts, found = store.facts(selection), summary(store, topic, selection)
    assert found.profile.total == len(facts) > 0
    assert found.first
    assert found.first.anchor.first == min(fact.time.anchor.first for fact in facts)
    assert len(found.figures) <= KEY_FIGURES
    assert len(found.figures) + found.more_figures == store.count_figures(selection)
    assert all(fact.quantities for fact in store.by_numbers(found.figures))


def test_a_republished_document_is_no_second_origin(store: Store) -> None:
    selection = Selection(sources=frozenset({"nato-2017", "tajik-embassy-2012"}))
    found = summary(store, "nato", selection)
    assert found.origins < len(found.profile.sources)


def test_a_summary_of_no_fact_is_empty(store: Store) -> None:
    found = summary(store, "none", Selection(until=parse("1900")))
    assert (found.profile.total, found.first, found.last, found.figures, found.more_figures) == (0, None, None, [], 0)
