"""Citations: what other programs read back is what the store holds, and no qualifier is lost on the way."""

import json
from collections.abc import Callable
from dataclasses import replace

import bibtexparser
import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON

from tajsec.cite.bibliography import biblatex, bibtex, csl_item, plain, ris
from tajsec.cite.citation import Citation, citations, entries
from tajsec.cli.terminal import Reply
from tajsec.model.kinds import SOURCE_TYPES
from tajsec.model.protocol import Store
from tajsec.text.dates import parse

# The parts of CSL-JSON (csl-data.json of CSL 1.0.2) that a citation of ours may have, as its specification has them.
CSL_DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "circa": {"type": ["string", "number", "boolean"]},
    },
}
CSL_ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "type"],
    "properties": {
        "id": {"type": "string"},
        "type": {"enum": list(SOURCE_TYPES)},
        **{
            name: {"type": "string", "minLength": 1}
            for name in (
                "title",
                "genre",
                "publisher",
                "container-title",
                "DOI",
                "ISBN",
                "URL",
                "archive",
                "archive_location",
                "authority",
                "language",
                "note",
                "annote",
            )
        },
        "author": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": {"literal": {"type": "string"}}},
        },
        "issued": CSL_DATE,
        "accessed": CSL_DATE,
    },
}
RIS_TYPES = {"article-newspaper": "NEWS", "interview": "PCOMM", "report": "RPRT", "speech": "GEN", "webpage": "ELEC"}
"""The reference types of RIS for the shipped documents; of every type: `UNLINKED`."""


def ris_name(name: str) -> str:
    """Return a name as RIS has it: a family name alone, without the comma that would end it."""
    return f"{name.replace(', ', ' – ')},"


def test_a_bibtex_parser_reads_every_entry(every: list) -> None:
    library = bibtexparser.parse_string(bibtex(every))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [each.key for each in every]
    entry = next(entry for entry in library.entries if entry.key == "radios-delivered")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == "{U.S.-Tajikistan Security Assistance Fact Sheet}"
    assert fields["author"] == "{U.S. Embassy Dushanbe}"
    assert (fields["year"], fields["month"]) == ("2021", "nov")
    assert "4,862" in fields["annote"]
    assert "assage 8 (Highlights since 2001): “4,862 units" in fields["annote"]
    assert fields["note"] == "Dated 19 November 2021 (date inferred)"
    assert fields["url"].startswith("https://tj.usembassy.gov/")


def test_what_nobody_signed_names_its_publisher(every: list) -> None:
    page = replace(every[0].source, type="webpage", author=(), publisher="P", container_title=None)
    unsigned = _with(every[0], page)
    assert "  howpublished = {P},\n" in bibtex([unsigned])
    assert "  organization = {{P}},\n" in biblatex([unsigned])
    assert plain([unsigned]).count(" P, ") == 1


def test_what_tex_would_obey_is_escaped_in_bibtex(every: list) -> None:
    costs = next(each for each in every if "$" in each.fact.statement)
    assert r"\$" in bibtex([costs])
    assert "$" not in bibtex([costs]).replace(r"\$", "")


@pytest.mark.parametrize("write", [bibtex, biblatex])
def test_hyphens_that_tex_would_print_as_a_dash_are_kept_apart(every: list, write: Callable[..., str]) -> None:
    citation = _with(every[0], replace(every[0].source, title="Aid -- 2002 --- a well-known year"))
    assert "{{Aid -{}- 2002 -{}-{}- a well-known year}}" in write([citation])


def test_a_ris_parser_reads_every_record(every: list) -> None:
    records = rispy.loads(ris(every))
    assert len(records) == len(every)
    for record, each in zip(records, every, strict=True):
        assert record["type_of_reference"] == RIS_TYPES[each.source.type]
        assert record["title"] == each.source.title
        assert record["id"] == each.key
        assert record.get("authors", []) == [ris_name(name) for name in each.source.author]
        assert record["urls"] == [each.source.url]
        assert "start_page" not in record
        assert each.source.archive_url in (None, *record.get("unknown_tag", {}).get("AV", ()))
        assert all(any(cite.quote in note for note in record["notes"]) for cite in each.cites)
        dated = each.source.issued or each.source.updated
        assert record.get("year") == (str(dated.anchor.year) if dated else None)


def test_every_line_of_ris_is_a_tag_and_ends_with_cr_lf(every: list) -> None:
    lines = ris(every).split("\r\n")
    assert lines.pop() == ""
    assert all(line[:2].isalnum() and line[2:6] == "  - " and "\n" not in line for line in lines)


def test_csl_json_is_valid_and_a_processor_reads_it(every: list) -> None:
    items = _items(every)
    jsonschema.validate(items, {"type": "array", "items": CSL_ITEM})
    assert len(CiteProcJSON(items)) == len(every)


def test_a_date_in_a_citation_is_as_precise_as_it_is_known(every: list) -> None:
    by_source = {each.source.id: item for each, item in zip(every, _items(every), strict=True)}
    assert by_source["voa-2013"]["issued"] == {"date-parts": [[2013, 3]], "circa": True}
    assert by_source["rferl-2012"]["issued"] == {"date-parts": [[2012, 10, 5]], "circa": True}
    assert "issued" not in by_source["tajik-embassy-2012"]
    undated = next(each for each in every if each.source.id == "tajik-embassy-2012")
    assert ", n.d., " in plain([undated])
    assert "year = {n.d.}" in bibtex([undated])


def test_a_source_without_another_date_is_dated_by_its_update_and_that_is_said(every: list) -> None:
    citation = _with(every[0], replace(every[0].source, issued=None, updated=parse("2017-12-12")))
    texts = [write([citation]) for write in (plain, bibtex, biblatex, ris)]
    for text in (*texts, _items([citation])[0]["note"]):
        assert "pdated 12 December 2017" in text
        assert "dated updated" not in text.casefold()
    assert "year = {2017}" in bibtex([citation])
    assert "DA  - 2017/12/12/" in ris([citation])
    assert _items([citation])[0]["issued"] == {"date-parts": [[2017, 12, 12]]}


def test_csl_json_is_printed_as_an_array(run: Callable[..., Reply]) -> None:
    reply = run("cite", "radios-delivered", "--style", "csl-json")
    assert [item["id"] for item in json.loads(reply.text)] == ["radios-delivered"]


def test_a_citation_of_a_declared_error_keeps_the_words_and_gives_what_is_right(store: Store) -> None:
    (citation,) = citations(store, [store.fact("antonov-title-in-rferl-article")])
    for text in (plain([citation]), bibtex([citation]), ris([citation]), json.dumps(_items([citation]))):
        assert "Defense Minister Anatoly Antonov" in text
        assert "sic; Anatoly Antonov was a deputy defence minister of Russia" in text


def test_the_address_and_the_archived_one_are_both_kept(every: list) -> None:
    archived = next(each for each in every if each.source.archive_url)
    item = _items([archived])[0]
    assert (item["URL"], item["archive"]) == (archived.source.archive_url, "Internet Archive")
    assert f"Original address: {archived.source.url}" in item["note"]
    for text in (plain([archived]), ris([archived])):
        assert archived.source.url in text
        assert archived.source.archive_url in text
    fields = {field.key: field.value for field in bibtexparser.parse_string(bibtex([archived])).entries[0].fields}
    assert fields["url"] == archived.source.url
    assert f"Archived at {archived.source.archive_url}" in fields["note"].replace("\\_", "_")


def test_an_archive_that_few_know_is_named_by_its_host(every: list) -> None:
    source = replace(every[0].source, archive_url="https://copies.example.org/1")
    assert _items([_with(every[0], source)])[0]["archive"] == "copies.example.org"


def _items(cited: list[Citation]) -> list[dict]:
    return [csl_item(each) for each in entries(cited, "fact")]


def _with(citation: Citation, source: object) -> Citation:
    return replace(citation, source=source)


@pytest.mark.parametrize(
    ("issued", "shown"), [("../2021-10-04", "until 4 October 2021"), ("2011/2012", "2011 to 2012")]
)
def test_a_span_is_told_where_a_bibliography_has_a_year_alone(every: list, issued: str, shown: str) -> None:
    citation = _with(every[0], replace(every[0].source, issued=parse(issued), updated=None, archive_url=None))
    assert f"  note = {{Dated {shown}}},\n" in bibtex([citation])
    assert f"\r\nN1  - Dated {shown}\r\n" in ris([citation])
    assert f"  date = {{{issued}}},\n" in biblatex([citation])
    assert _items([citation])[0]["issued"].get("circa", False) is issued.startswith("..")


def test_braces_in_an_address_do_not_end_a_bibtex_field(every: list) -> None:
    citation = _with(every[0], replace(every[0].source, url="https://example.org/{a}}"))
    library = bibtexparser.parse_string(bibtex([citation]))
    assert not library.failed_blocks
    fields = {field.key: field.value for field in library.entries[0].fields}
    assert fields["url"] == "https://example.org/%7Ba%7D%7D"


def test_several_facts_are_several_entries_in_the_order_asked_for(run: Callable[..., Reply]) -> None:
    asked = ["radios-delivered", "base-agreement-signed", "night-vision-devices-provided"]
    library = bibtexparser.parse_string(run("cite", *asked, "--style", "bibtex").text)
    assert [entry.key for entry in library.entries if "." not in entry.key] == asked


# ---------------------------------------------------------------- documents without a web address

UNLINKED = {
    "leaked-memo": ("techreport", "report", "RPRT", "report"),
    "foia-letter": ("misc", "letter", "PCOMM", "personal_communication"),
    "bridge-book": ("book", "book", "BOOK", "book"),
    "envoy-interview": ("misc", "misc", "PCOMM", "interview"),
    "court-file": ("misc", "jurisdiction", "CASE", "legal_case"),
    "bridge-article": ("article", "article", "JOUR", "article-journal"),
    "bridge-standard": ("misc", "misc", "STAND", "standard"),
    "field-notes": ("misc", "unpublished", "MANSCPT", "manuscript"),
    "bridge-chapter": ("incollection", "inbook", "CHAP", "chapter"),
}
"""Source -> its type in BibTeX, biblatex, RIS and CSL."""


@pytest.mark.parametrize("write", [bibtex, biblatex])
@pytest.mark.parametrize("source", UNLINKED)
def test_bibtex_has_the_identifiers_in_their_fields_and_the_rest_in_the_note(
    unlinked: dict[str, Citation], source: str, write: Callable[..., str]
) -> None:
    (entry,) = bibtexparser.parse_string(write([unlinked[source]])).entries
    assert entry.entry_type == UNLINKED[source][write is biblatex]
    fields = {field.key: field.value for field in entry.fields}
    record = unlinked[source].source
    assert (fields.get("doi"), fields.get("isbn"), fields.get("url")) == (record.doi, record.isbn, record.urn)
    assert (record.locator or "") in fields.get("note", "").replace("\\&", "&")
    where = {"journal", "journaltitle", "booktitle", "publisher", "institution", "howpublished", "organization"}
    named = " ".join(text for name, text in fields.items() if name in where | {"author"})
    assert (record.container_title or record.publisher) in named


@pytest.mark.parametrize("source", UNLINKED)
def test_ris_has_the_identifiers_under_their_tags(unlinked: dict[str, Citation], source: str) -> None:
    (record,) = rispy.loads(ris([unlinked[source]]))
    known = unlinked[source].source
    assert record["type_of_reference"] == UNLINKED[source][2]
    assert (record.get("doi"), record.get("issn")) == (known.doi, known.isbn)
    assert record.get("urls") == ([known.urn] if known.urn else None)
    assert record.get("unknown_tag", {}).get("AV") == ([known.locator] if known.locator else None)


@pytest.mark.parametrize("source", UNLINKED)
def test_csl_json_has_the_identifiers_in_their_variables(unlinked: dict[str, Citation], source: str) -> None:
    (item,) = _items([unlinked[source]])
    jsonschema.validate(item, CSL_ITEM)
    known = unlinked[source].source
    names = ("type", "DOI", "ISBN", "URL", "archive_location")
    expected = (UNLINKED[source][3], known.doi, known.isbn, known.urn, known.locator)
    assert tuple(item.get(name) for name in names) == expected
    assert item.get("authority") == ("Court of Examples" if source == "court-file" else None)


def test_what_has_an_address_too_keeps_its_urn_and_where_it_is_kept(every: list) -> None:
    archived = next(each for each in every if each.source.archive_url)
    more = {"urn": "urn:example:1", "locator": "Border archive, box 7", "doi": "10.5555/1", "isbn": "0-306-40615-2"}
    citation = _with(archived, replace(archived.source, **more))
    for write in (plain, bibtex, biblatex, ris):
        for value in (*more.values(), citation.source.url):
            assert value in write([citation])
    (item,) = _items([citation])
    assert (item["URL"], item["archive_location"]) == (citation.source.archive_url, "Border archive, box 7")
    assert "archive" not in item, "the copy is not in the box"
    assert "dentified by urn:example:1" in item["note"]


@pytest.mark.parametrize("kind", SOURCE_TYPES)
def test_a_document_of_every_type_is_an_entry(unlinked: dict[str, Citation], kind: str) -> None:
    citation = _with(unlinked["leaked-memo"], replace(unlinked["leaked-memo"].source, type=kind))
    for write in (bibtex, biblatex):
        library = bibtexparser.parse_string(write([citation]))
        assert not library.failed_blocks
        assert "box 7" in write([citation])
    assert rispy.loads(ris([citation]))[0]["title"] == "The leaked memo"
    assert CiteProcJSON(_items([citation]))
