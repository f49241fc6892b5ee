"""Citations: one for each source of a fact; the claim keeps what limits it, and the address is that of the quote."""

from dataclasses import replace

import pytest

from tajsec.cite.bibliography import plain
from tajsec.cite.citation import address, authors, citations, claim, dating, is_sure, own_publisher, whereabouts
from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Erratum, Source
from tajsec.text.dates import parse


@pytest.fixture
def source(store: Store) -> Source:
    """A source to change."""
    return store.source("us-embassy-2021")


def test_every_citation_carries_the_statement_and_as_of(every: list) -> None:
    for each, line in zip(every, plain(every).splitlines(), strict=True):
        assert line.startswith(each.fact.statement.rstrip("."))
        assert all(f"passage {cite.passage}" in line and cite.quote in line for cite in each.cites)
        assert each.fact.as_of is None or each.fact.as_of.as_of in line
        assert each.fact.status != "planned" or "(planned" in line


def test_keys_of_a_bibliography_are_unique(every: list) -> None:
    assert len({each.key for each in every}) == len(every)


def test_the_receipts_of_a_fact_in_one_source_are_one_citation(store: Store) -> None:
    fact = store.fact("radios-delivered")
    assert len(fact.cites) > 1
    (citation,) = citations(store, [fact])
    assert all(f"passage {cite.passage}" in plain([citation]) for cite in fact.cites)


def test_the_second_source_of_a_fact_has_a_key_of_its_own(store: Store) -> None:
    fact = next(fact for fact in store.facts() if len(fact.sources) == 2)
    assert [each.key for each in citations(store, [fact])] == [fact.id, f"{fact.id}.2"]


def test_a_claim_has_all_that_limits_it_before_its_full_stop(store: Store) -> None:
    fact = store.fact("radios-delivered")
    limited = replace(fact, statement="It is.", status="planned", as_of=parse("2013~"), withdrawn="It was not.")
    assert claim(limited, ()) == "It is (withdrawn: It was not, planned, as of about 2013)."
    assert claim(replace(limited, status="completed", as_of=None, withdrawn=""), ()) == "It is."


def test_a_claim_says_what_is_known_to_be_wrong(store: Store) -> None:
    fact = replace(store.fact("radios-delivered"), statement="It is.", as_of=None, rank="deprecated", notes="It was.")
    errata = [Erratum(passage=1, says="is", right="It was not.", evidence="a letter")]
    assert claim(fact, errata) == "It is (known to be wrong: It was not)."
    assert claim(fact, ()) == "It is (known to be wrong: It was)."
    assert claim(replace(fact, rank="normal"), errata) == "It is."


def test_a_source_is_dated_as_precisely_as_it_is_known(source: Source) -> None:
    dated = replace(source, issued=parse("2013-03~"), updated=parse("2015"))
    assert dating(dated) == "about March 2013, updated 2015"
    assert dating(replace(dated, issued=None)) == "updated 2015"
    assert dating(replace(dated, issued=None, updated=None)) == "n.d."


@pytest.mark.parametrize(
    ("date", "sure"),
    [("2012-10-05", True), ("2011/2012", True), ("2012~", False), ("2012?", False), ("2012/..", False)],
)
def test_an_uncertain_or_open_date_is_not_sure(date: str, sure: bool) -> None:
    assert is_sure(parse(date)) is sure


def test_a_publisher_is_named_once(source: Source) -> None:
    unsigned = replace(source, author=(), publisher="P", container_title="C")
    assert (authors(unsigned), own_publisher(unsigned)) == (("P",), "P")
    assert own_publisher(replace(unsigned, author=("P",))) == own_publisher(replace(unsigned, publisher="C")) == ""


def test_passages_are_named_once_by_section_and_in_order(store: Store) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    first, other = citation.cites[0], citation.source.passages[citation.cites[0].passage]
    source = replace(
        citation.source, passages=tuple(replace(each, section="Highlights") for each in citation.source.passages)
    )
    cites = (replace(first, passage=other.n), first, first)
    citation = replace(citation, source=source, cites=cites)
    assert whereabouts(citation) == f"“Highlights” section, passages {first.passage} and {other.n}"


def test_an_address_leads_to_the_quote_on_the_page_or_on_its_copy(store: Store, source: Source) -> None:
    cite = store.fact("radios-delivered").cites[0]
    page = replace(source, url="https://example.org/a", archive_url="https://copies.example.org/a")
    assert address(page, cite).startswith("https://example.org/a#:~:text=")
    assert address(page, cite, archived=True).startswith("https://copies.example.org/a#:~:text=")
    with pytest.raises(UsageError, match="has no archived copy on record; leave --archived out"):
        address(replace(page, archive_url=None), cite, archived=True)
    with pytest.raises(UsageError, match="has no http or https address"):
        address(replace(page, url="file:///etc/passwd"), cite)
