"""Records to JSON and back: nothing is lost on the way, and the content hash is that of the claim alone."""

import json
from dataclasses import replace

import pytest

from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.as_json import HASH_DIGITS, body_of, content_hash, record_of
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
