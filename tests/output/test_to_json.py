"""The JSON objects of records: the keys of their types, in that order, with the values of the records."""

from pathlib import Path

import pytest
from sums import PARTS, write_parts

from tajsec.analysis.coverage import coverage
from tajsec.analysis.differences import differences
from tajsec.analysis.summary import summary
from tajsec.check.lint import Problem
from tajsec.check.quoted_share import counts_on_record
from tajsec.cite.citation import citations, entries
from tajsec.model.protocol import Store
from tajsec.model.selection import EVERYTHING
from tajsec.output import json_types, to_json
from tajsec.store.open import open_store


def test_every_object_has_the_keys_of_its_type_in_order(store: Store, small: Path) -> None:
    equipment = summary(store, "equipment", EVERYTHING._replace(topics=frozenset({"equipment"})))
    whole = to_json.summary_object(store, equipment)
    with_sum = open_store([write_parts(small, PARTS)])
    (total,) = to_json.summary_object(with_sum, summary(with_sum, "gear", EVERYTHING))["totals"]
    (entry,) = entries(citations(store, [store.fact("radios-delivered")]), "fact")
    citation = to_json.citation_object(entry, "text")
    made = [
        (json_types.Summary, whole),
        (json_types.Total, total),
        (json_types.SummarySource, whole["sources"][0]),
        (json_types.DifferingPair, whole["differences"][0]),
        (json_types.Fact, whole["facts"][0]),
        (json_types.Cite, whole["facts"][0]["cites"][0]),
        (json_types.Topic, to_json.topic_row(store, equipment)),
        (
            json_types.CoveredSource,
            to_json.coverage_object(coverage(store, EVERYTHING), counts_on_record(store))["sources"][0],
        ),
        (json_types.Term, to_json.counted_terms(store, "topic", EVERYTHING)[0]),
        (json_types.Source, to_json.source_object(store, store.source("us-embassy-2021"))),
        (json_types.OnlyInCopy, to_json.whole_source_object(store, store.source("nato-2017"))["only_in_copy"][0]),
        (json_types.Difference, to_json.difference_object(store, differences(store, EVERYTHING)[0])),
        (json_types.Citation, citation),
        (json_types.CitedPassage, citation["cites"][0]),
    ]
    for shape, found in made:
        assert list(found) == [key for key in shape.__annotations__ if key in shape.__required_keys__], shape


def test_dates_are_edtf_and_sequences_are_lists(store: Store) -> None:
    source = store.source("us-embassy-2021")
    found = to_json.source_object(store, source)
    assert (found["issued"], found["author"]) == (str(source.issued), list(source.author))
    assert found["derived_from"] is None
    assert found["passages"] == len(source.passages) > found["claims"] > 0


def test_a_problem_without_a_line_has_none() -> None:
    found = to_json.problem_object(Problem(file="a.toml", code="T101", what="unreadable"))
    place = {"file": "a.toml", "line": None, "path": ""}
    told = {"level": "error", "fixed": False, "about": "tajsec help T101"}
    assert found == {"code": "T101", "what": "unreadable", **place, **told}


def test_a_key_that_no_record_has_is_an_error() -> None:
    with pytest.raises(AttributeError, match="'bytes'"):
        to_json._object(json_types.File, Problem(file="a.toml"), path="a.toml")
