"""A summary: the facts of a selection counted and dated, the key figures, and what differs."""

from pathlib import Path

import pytest
from sums import part, to, write_parts

from tajsec.analysis.summary import KEY_FIGURES, POINTS, summary
from tajsec.model.protocol import Store
from tajsec.model.selection import Selection
from tajsec.store.open import open_store
from tajsec.text.dates import parse

NAMES = [f"fact-{letter}" for letter in "abcdefghijkl"]
"""The ids of more facts than a summary tells."""


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


def test_the_points_of_a_topic_are_its_preferred_facts_and_its_own_come_first(store: Store) -> None:
    selection = Selection(topics=frozenset({"russian-base"}))
    points = store.by_numbers(summary(store, "russian-base", selection).points)
    assert {fact.id for fact in points} == {fact.id for fact in store.facts(selection) if fact.rank == "preferred"}
    own = [fact.topics[0] == "russian-base" for fact in points]
    assert own == sorted(own, reverse=True)
    assert len(set(own)) == 2


def test_preferred_facts_of_other_topics_take_no_place_of_a_topics_own(small: Path) -> None:
    ranked = [part(name, n).replace("status =", 'rank = "preferred"\nstatus =') for n, name in enumerate(NAMES, 1)]
    others = [each.replace('["gear"]', '["other", "gear"]') for each in ranked[:-2]]
    vocabulary = small / "facts" / "vocabulary" / "all.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8") + '[[topic]]\nid = "other"\nname = "Other"\n', "utf-8")
    facts = open_store([write_parts(small, [*others, *ranked[-2:]])])
    told = [fact.id for fact in facts.by_numbers(summary(facts, "gear", Selection(topics=frozenset({"gear"}))).points)]
    assert told == [*NAMES[-2:], *NAMES[: POINTS - 2]]


def test_without_a_preferred_fact_the_first_ones_are_told_but_none_that_is_superseded(
    store: Store, small: Path
) -> None:
    selection = Selection(
        topics=frozenset({"equipment"}), statuses=frozenset({"planned"}), sources=frozenset({"us-embassy-2021"})
    )
    planned = store.facts(selection)
    assert {fact.rank for fact in planned} == {"normal"}
    assert store.by_numbers(summary(store, "equipment", selection).points) == planned[:POINTS]
    facts = open_store([write_parts(small, [part("a", 3), part("b", 4, to("a", "supersedes", "b"))])])
    told = [fact.id for fact in facts.by_numbers(summary(facts, "gear", Selection()).points)]
    assert told == ["the-programme", "b"]


def test_a_superseded_fact_is_told_if_there_is_no_other(small: Path) -> None:
    parts = [part("a", 3, status="ongoing"), part("b", 4, to("a", "supersedes", "b"))]
    facts = open_store([write_parts(small, parts)])
    found = summary(facts, "gear", Selection(statuses=frozenset({"ongoing"})))
    assert [fact.id for fact in facts.by_numbers(found.points)] == ["a"]


def test_a_figure_of_another_subject_is_no_key_figure_unless_its_fact_is_preferred(store: Store) -> None:
    selection = Selection(topics=frozenset({"russian-base"}))
    found = summary(store, "russian-base", selection)
    figured = store.by_numbers(found.figures)
    assert {fact.topics[0] for fact in figured if fact.rank != "preferred"} == {"russian-base"}
    assert found.more_figures > 0


def test_differences_of_what_is_told_come_first_and_contradictions_before_roundings(store: Store) -> None:
    urgency = ("contradicts", "supersedes", "differs", "renames", "rounds")
    for topic in ("equipment", "russian-base"):
        found = summary(store, topic, Selection(topics=frozenset({topic})))
        told = {fact.id for fact in store.by_numbers([*found.points, *found.figures])}
        order = [
            (each.fact not in told and each.relation.to not in told, urgency.index(each.relation.kind))
            for each in found.differences
        ]
        assert order == sorted(order)
        assert {is_untold for is_untold, _ in order} == {True, False}
        assert len({kind for _, kind in order}) > 2
