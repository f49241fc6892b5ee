"""Records to JSON and back: nothing is lost on the way, and the content hash is that of the claim alone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from made_facts import read_text, store_with, text_of
from strategies import examples, facts

from tajsec.authoring.importing import drafts_from
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.as_json import FACT_KEYS, HASH_DIGITS, body_of, content_hash, record_of
from tajsec.model.kinds import TERM_KINDS
from tajsec.model.records import Contents, Fact, Relation


@pytest.fixture(scope="module")
def contents() -> Contents:
    return read(folders_of([]))


def test_every_shipped_record_is_the_same_when_it_is_read_back(contents: Contents) -> None:
    terms = [term for kind in TERM_KINDS for term in contents.vocabulary.of(kind).values()]
    records = [*contents.facts, *contents.sources.values(), *contents.reviews, *terms]
    assert len({type(each) for each in records}) == 4
    for record in records:
        body = json.loads(json.dumps(body_of(record)))
        assert record_of(type(record), body) == record
        assert body_of(record_of(type(record), body)) == body_of(record)


def hash_of(fact: Fact) -> str:
    return content_hash({key: getattr(fact, key) for key in Fact.__slots__ if key not in ("content_hash", "place")})


def test_the_content_hash_changes_with_the_claim_and_not_with_search_words_or_relations(contents: Contents) -> None:
    fact = contents.facts[0]
    assert hash_of(fact) == fact.content_hash
    assert len(fact.content_hash) == HASH_DIGITS
    relation = Relation(to="another", kind="repeats", note="The same claim.")
    assert hash_of(replace(fact, aliases=("another name",), relations=(relation,))) == fact.content_hash
    assert hash_of(replace(fact, statement=f"{fact.statement} Or not.")) != fact.content_hash


@examples(12)
@given(facts())
def test_any_fact_is_the_same_claim_after_its_json(tmp_path: Path, given_facts: list[dict[str, Any]]) -> None:
    contents, _ = read_text(text_of(given_facts))
    for fact in contents.facts:
        read_back = record_of(Fact, json.loads(json.dumps(body_of(fact))))
        assert read_back == fact
        assert content_hash({key: getattr(read_back, key) for key in FACT_KEYS}) == fact.content_hash
    store = store_with(given_facts)
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join(store.objects([store.number(fact.id) for fact in contents.facts])), encoding="utf-8")
    imported, problems = drafts_from(path)
    assert problems == []
    drafts, _ = read_text(text_of(imported))
    assert [fact.content_hash for fact in drafts.facts] == [fact.content_hash for fact in contents.facts]
