"""The shipped facts: complete, consistent, and where the documents are at hand, true to their words.

Five documents were read whole, and are cited whole (`FOUNDING`); of the others the opening was read.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

import pytest

from tajsec.data.read import MAX_QUOTE_WORDS
from tajsec.model.kinds import CITABLE_ROLES, DIFFERENCES, RELATION_KINDS
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.text.forms import digest, fold, normalise, word_count

FACTS = Path(__file__).parents[2] / "facts"
FOUNDING = {"nato-2017", "rferl-2012", "tajik-embassy-2012", "us-embassy-2021", "voa-2013"}
COPIED_WORDS = 10
"""A statement that shares this many words in a row with a document, names apart, is its sentence, not ours."""


@pytest.fixture(scope="session")
def passages(texts: Path, at_hand: Mapping[str, Source]) -> dict[str, list[str]]:
    """The passages of each document whose text is at hand, by source."""
    return {
        source.id: normalise((texts / source.file).read_text(encoding="utf-8")).split("\n")
        for source in at_hand.values()
    }


# ---------------------------------------------------------------- how many, how long, how large


def test_the_founding_documents_have_a_fact_for_what_is_cited_in_one_sentence(store: Store) -> None:
    assert {source.id for source in store.sources() if source.extent == "whole"} == FOUNDING
    assert 170 <= sum(not FOUNDING.isdisjoint(fact.sources) for fact in store.facts()) <= 260  # 428 said no more


def test_every_document_has_a_fact_and_of_an_opening_few(store: Store) -> None:
    of = Counter(source for fact in store.facts() for source in fact.sources)
    assert {source.id for source in store.sources()} == of.keys()
    assert mean(of[source.id] for source in store.sources() if source.extent == "opening") <= 4


def test_statements_and_aliases_are_short_on_average(store: Store) -> None:
    assert mean(word_count(fact.statement) for fact in store.facts()) <= 24
    assert mean(len(fact.aliases) for fact in store.facts()) <= 4


def test_the_shipped_data_stay_small(store: Store) -> None:
    sizes = {path: path.stat().st_size for path in FACTS.rglob("*.toml")}
    words = sum(size for path, size in sizes.items() if path.parent.name == "vocabulary")
    assert words <= 700_000  # Russian names and words stand in each of their cases
    assert (sum(sizes.values()) - words) / len(store.facts()) <= 1_500


# ---------------------------------------------------------------- rank and time


def test_every_topic_has_two_to_six_preferred_facts(store: Store) -> None:
    preferred = Counter(topic for fact in store.facts() for topic in fact.topics if fact.rank == "preferred")
    assert {topic: preferred[topic] for topic in store.vocabulary.of("topic") if not 2 <= preferred[topic] <= 6} == {}


def test_what_is_known_to_be_wrong_is_deprecated_with_its_erratum_or_a_note(store: Store) -> None:
    deprecated = [fact for fact in store.facts() if fact.rank == "deprecated"]
    assert "antonov-title-in-rferl-article" in {fact.id for fact in deprecated}
    assert not [
        fact.id
        for fact in deprecated
        if not (fact.notes or any(store.source(c.source).erratum_in(c.passage, c.quote) for c in fact.cites))
    ]


def test_an_event_is_undated_only_if_its_quotes_have_no_date(store: Store) -> None:
    undated = [fact for fact in store.facts() if fact.status == "completed" and fact.when is None]
    assert [fact.id for fact in undated if fact.as_of is None] == []
    dated = (fact.id for fact in undated for cite in fact.cites if re.search(r"\b(?:19|20)\d\d\b", cite.quote))
    assert [*dated] == []


# ---------------------------------------------------------------- what is cited


def test_every_passage_of_a_document_read_whole_that_makes_a_claim_is_cited(store: Store) -> None:
    cited = {(cite.source, cite.passage) for fact in store.facts() for cite in fact.cites}
    whole = [source for source in store.sources() if source.extent == "whole"]
    claims = {(each.id, p.n) for each in whole for p in each.passages if p.role in CITABLE_ROLES}
    assert claims
    assert claims <= cited


def test_no_heading_and_no_furniture_is_cited(store: Store) -> None:
    roles = {(each.id, passage.n): passage.role for each in store.sources() for passage in each.passages}
    assert not [
        fact.id for fact in store.facts() for c in fact.cites if roles[c.source, c.passage] not in CITABLE_ROLES
    ]


def test_the_embassy_copy_of_natos_page_is_no_second_witness(store: Store) -> None:
    assert store.origin("tajik-embassy-2012") == store.origin("nato-2017") == "nato-2017"
    assert len({store.origin(source) for source in FOUNDING}) == 4


def test_no_two_facts_say_the_same(store: Store) -> None:
    statements = Counter(fold(fact.statement) for fact in store.facts())
    assert [statement for statement, count in statements.items() if count > 1] == []


def test_facts_of_both_nato_texts_hold_as_of_the_newer_one(store: Store) -> None:
    both = [fact for fact in store.facts() if {"nato-2017", "tajik-embassy-2012"} <= set(fact.sources)]
    assert both
    assert all(fact.as_of.last <= (2017, 12, 12) for fact in both if fact.as_of)
    assert "2011-07/2012" not in {str(fact.as_of) for fact in both}


def test_what_rounds_or_replaces_another_fact_says_which_one_to_cite(store: Store) -> None:
    relations = [(fact, each) for fact in store.facts() for each in fact.relations]
    assert {each.kind for _, each in relations} <= set(RELATION_KINDS)
    assert {each.kind for _, each in relations} & {*DIFFERENCES}
    assert not [fact.id for fact, each in relations if each.kind in ("rounds", "contradicts") and not each.prefer]
    assert not [fact.id for fact, each in relations if each.kind == "supersedes" and each.prefer not in (None, fact.id)]


def test_no_fact_is_superseded_by_what_it_supersedes(store: Store) -> None:
    pairs = {(fact.id, each.to) for fact in store.facts() for each in fact.relations if each.kind == "supersedes"}
    assert not {(a, b) for a, b in pairs if (b, a) in pairs}


@pytest.mark.parametrize(
    "actor", ["Pentagon", "НАТО", "Раҳмон", "Kurgan-Tyube", "Pyanj", "Rakhmonov", "ناتو", "Walkie-talkie"]
)
def test_the_other_names_that_people_use_are_in_the_vocabulary(store: Store, actor: str) -> None:
    kinds = ("actor", "person", "place", "term", "topic")
    names = {fold(name) for kind in kinds for term in store.vocabulary.of(kind).values() for name in term.names}
    assert fold(actor) in names


def test_the_records_seal_the_documents_passage_by_passage(store: Store, passages: dict[str, list[str]]) -> None:
    for source in map(store.source, passages):
        lines = passages[source.id]
        assert source.text_sha256 == digest("\n".join(lines))
        assert [(p.n, p.words, p.sha256) for p in source.passages] == [
            (n, word_count(line), digest(line)) for n, line in enumerate(lines, 1)
        ]


def test_every_quote_stands_in_its_passage_to_the_letter(store: Store, passages: dict[str, list[str]]) -> None:
    wrong = [
        (fact.id, cite.quote)
        for fact in store.facts()
        for cite in fact.cites
        if cite.source in passages
        and not re.search(rf"(?<!\w){re.escape(cite.quote)}(?!\w)", passages[cite.source][cite.passage - 1])
    ]
    assert wrong == []


def test_no_quote_is_longer_than_twelve_words(store: Store) -> None:
    assert max(len(cite.quote.split()) for fact in store.facts() for cite in fact.cites) <= MAX_QUOTE_WORDS


def test_no_sentence_of_a_document_is_in_the_project(store: Store, passages: dict[str, list[str]]) -> None:
    kinds = ("actor", "person", "place", "term")
    names = {fold(name) for kind in kinds for term in store.vocabulary.of(kind).values() for name in term.names}
    long_names = re.compile(
        "|".join(map(re.escape, sorted((n for n in names if n.count(" ") > 1), key=len, reverse=True)))
    )

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", long_names.sub("name", fold(text)))
        return {tuple(words[start : start + COPIED_WORDS]) for start in range(len(words) - COPIED_WORDS + 1)}

    theirs = {run for lines in passages.values() for line in lines for run in runs(line)}
    ours = {fact.id: runs(fact.statement) & theirs for fact in store.facts()}
    assert theirs
    assert {fact: copied for fact, copied in ours.items() if copied} == {}
