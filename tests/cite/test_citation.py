"""Citations: one for each source of a fact; the claim keeps what limits it, and the address is that of the quote."""

from dataclasses import replace

import pytest

from tajsec.cite.bibliography import plain
from tajsec.cite.citation import (
    address,
    authors,
    citations,
    claim,
    dating,
    entries,
    is_sure,
    own_publisher,
    published_in,
    reference,
    sections,
)
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
        assert each.fact.as_of is None or each.fact.as_of.without_doubt.as_of in line
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
    assert dating(replace(dated, issued=parse("2013-03?"), updated=None)) == "March 2013 (date inferred)"
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


def test_a_place_is_the_heading_that_a_reader_finds_and_no_number(store: Store) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    assert len(citation.cites) > 1
    assert sections(citation.source, citation.cites) == ["Highlights since 2001"]
    bare = replace(citation.source, passages=tuple(replace(each, section=None) for each in citation.source.passages))
    assert sections(bare, citation.cites) == []


def test_that_a_date_is_inferred_is_said_once(every: list) -> None:
    for each, line in zip(every, plain(every).splitlines(), strict=True):
        own = each.fact.as_of != (each.source.issued or each.source.updated)
        dates = [each.source.issued, *([each.fact.as_of] if own else [])]
        assert line.count("date inferred") == sum(bool(date and date.is_uncertain) for date in dates)
        assert "unsure" not in line
        assert "as of until" not in line


def test_a_claim_alone_says_that_its_date_is_inferred(store: Store) -> None:
    fact = replace(store.fact("radios-delivered"), statement="It is.", as_of=parse("2022?"))
    assert claim(fact, ()) == "It is (as of 2022, date inferred)."
    assert claim(fact, (), marked=False) == "It is (as of 2022)."
    assert claim(replace(fact, as_of=parse("../2021-10-04")), ()) == "It is (as of 4 October 2021 or before)."


def test_by_source_each_source_is_one_entry_with_its_own_key(every: list) -> None:
    found = entries(every, "source")
    assert [each.key for each in found] == list(dict.fromkeys(each.source.id for each in every))
    assert sum(len(each.citations) for each in found) == len(every)
    assert [each.key for each in entries(reversed(every), "source")] != [each.key for each in found]
    assert {each.key for each in entries(reversed(every), "source")} == {each.key for each in found}
    for entry in found:
        assert all(each.claim in entry.annotation for each in entry.citations)
        assert len(set(entry.cites)) == len(entry.cites)


def test_an_editorial_and_a_copy_say_what_they_are(store: Store) -> None:
    assert "“U.S. Cooperation With Tajikistan”, editorial, VOA Editorials" in reference(store.source("voa-2013"))
    assert ", copy of an older version of NATO’s page, Embassy of" in reference(store.source("tajik-embassy-2012"))


def test_a_reference_names_the_publisher_that_show_names(store: Store) -> None:
    for source in store.sources():
        assert source.publisher in reference(source)
    fact_sheet = store.source("us-embassy-2021")
    assert published_in(fact_sheet) == ["U.S. Embassy in Tajikistan", "U.S. Department of State"]
    assert published_in(replace(fact_sheet, author=("U.S. Department of State",))) == ["U.S. Embassy in Tajikistan"]


def test_an_address_leads_to_the_quote_on_the_page_or_on_its_copy(store: Store, source: Source) -> None:
    cite = store.fact("radios-delivered").cites[0]
    page = replace(source, url="https://example.org/a", archive_url="https://copies.example.org/a")
    assert address(page, cite).startswith("https://example.org/a#:~:text=")
    assert address(page, cite, archived=True).startswith("https://copies.example.org/a#:~:text=")
    with pytest.raises(UsageError, match="has no archived copy on record; leave --archived out"):
        address(replace(page, archive_url=None), cite, archived=True)
    with pytest.raises(UsageError, match="has no http or https address"):
        address(replace(page, url="file:///etc/passwd"), cite)
