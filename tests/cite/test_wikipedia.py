"""Citations for Wikipedia: a parser of wikitext reads back what the store holds; dates have forms that it takes."""

import re
from collections.abc import Callable
from dataclasses import replace

import mwparserfromhell
import pytest

from tajsec.cite.citation import Citation, citations, section_of
from tajsec.cite.wikipedia import wikitext
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.text.dates import parse

DATE = re.compile(r"n\.d\.|c\. \d{4}|\d{4}–\d{4}|(?:[1-9]\d? )?(?:[A-Z][a-z]+ )?\d{4}")
"""The forms of those that Module:Citation/CS1/Date validation takes which are written here."""


def template_of(text: str) -> dict[str, str]:
    """Read the one template of a wikitext: its name under "", its parameters, without comments."""
    (template,) = mwparserfromhell.parse(text).filter_templates()
    fields = {str(each.name): re.sub("<!--.*?-->", "", str(each.value)).strip() for each in template.params}
    return {"": str(template.name).strip(), **fields}


def shown(value: str) -> str:
    """Give a value as a reader of the page sees it."""
    return str(mwparserfromhell.parse(value).strip_code(normalize=True, collapse=False))


@pytest.fixture(scope="session")
def radios(store: Store) -> Citation:
    """A citation to change."""
    return citations(store, [store.fact("radios-delivered")])[0]


def test_every_citation_is_read_back(store: Store) -> None:
    kinds = {"article-newspaper": "news", "interview": "interview", "report": "report", "speech": "speech"}
    for each in citations(store, store.facts()):
        text = wikitext([each])
        fields = template_of(text)
        assert fields[""] == f"cite {kinds.get(each.source.type, 'web')}"
        assert shown(fields["title"]) == each.source.title
        names = [shown(value) for name, value in fields.items() if name.startswith("author")]
        assert names == [f"(({name}))" if "," in name else name for name in each.source.author]
        assert fields["url"] == each.source.url
        assert fields.get("archive-url") == each.source.archive_url
        assert DATE.fullmatch(fields["date"]), fields["date"]
        assert fields["language"] == each.source.language
        assert shown(fields["quote"]) == " ... ".join(cite.quote for cite in each.cites)
        assert all((section_of(each.source, cite) or "") in fields.get("at", "") for cite in each.cites)
        assert shown(text).startswith(each.fact.statement.removesuffix("."))
        prose = re.sub("<!--.*?-->", "", text.partition("<ref")[0])
        assert each.fact.as_of is None or each.fact.as_of.without_doubt.as_of in prose
        assert "inferred" not in prose
        assert ("<!-- as of: date inferred -->" in text) is bool(each.fact.as_of and each.fact.as_of.is_uncertain)
        assert "url-status" not in fields


def test_a_citation_is_a_sentence_and_a_footnote_with_its_own_name(run: Callable[..., Reply]) -> None:
    reply = run("cite", "antonov-title-in-rferl-article", "--style", "wikipedia")
    assert reply.text == (
        "RFE/RL called Anatoly Antonov Russia's defence minister in October 2012 (stated, as of 5 October 2012, "
        "known to be wrong: Anatoly Antonov was a deputy defence minister of Russia)."
        '<ref name="antonov-title-in-rferl-article">{{cite news |author=Radio Free Europe/Radio Liberty '
        "|title=Russia Signs Deal To Prolong Troop Presence At Tajik Military Base "
        "|url=https://www.rferl.org/a/russia-signs-deal-troop-presence-tajikistan-military-base/24730251.html "
        "|work=RFE/RL |date=5 October 2012<!-- date inferred --> |language=en "
        "|at=“Protracted Negotiations” section |quote=Defense Minister Anatoly Antonov}} "
        "The source errs: Anatoly Antonov was a deputy defence minister of Russia "
        "(RFE/RL, 12 September 2012; Asia-Plus, 10 August and 5 September 2012).</ref>\n"
    )
    assert reply.machine


def test_what_nobody_signed_has_a_publisher_and_no_author(radios: Citation) -> None:
    fields = template_of(wikitext([replace(radios, source=replace(radios.source, author=()))]))
    assert (fields.get("author"), fields["publisher"]) == (None, "U.S. Department of State")


def test_a_fact_with_two_sources_is_one_sentence_with_two_footnotes(store: Store) -> None:
    fact = next(fact for fact in store.facts() if len(fact.sources) == 2)
    text = wikitext(citations(store, [fact]))
    assert text.count("\n") == 1
    assert re.findall('<ref name="(.*?)">', text) == [fact.id, f"{fact.id}.2"]


@pytest.mark.parametrize("bare", ["https://evil.example/x", "HTTPS://evil.example", "mailto:a@b.example", "news:x.y",
                                  "xhttps://evil.example", "ISBN 978-0-00", "RFC 2324", "PMID 12"])  # fmt: skip
def test_a_bare_address_in_a_claim_or_quote_makes_no_link(radios: Citation, bare: str) -> None:
    fact = replace(radios.fact, statement=f"See {bare} now.")
    text = wikitext([replace(radios, fact=fact, cites=(replace(radios.cites[0], quote=f"at {bare}"),))])
    assert bare not in text
    assert shown(text).startswith(f"See {bare} now")
    assert shown(template_of(text)["quote"]) == f"at {bare}"


def test_what_wikitext_would_obey_is_shown(radios: Citation) -> None:
    nasty = "{{a|b=c}} [[d|e]] ''f'' <ref>g</ref> ~~~~ __TOC__ &lt; AT&T http://x.org/ [http://y z] | = } ] {{{1}}}"
    source = replace(radios.source, title=nasty, author=("Bureau A; Bureau B, Section C",), container_title=nasty)
    text = wikitext([replace(radios, source=source, fact=replace(radios.fact, statement=f"* {nasty}."))])
    code = mwparserfromhell.parse(text)
    assert [str(tag.tag) for tag in code.filter_tags()] == ["ref"]
    assert not code.filter_wikilinks()
    assert [str(link.url) for link in code.filter_external_links()] == [source.url]
    fields = template_of(text)
    assert shown(fields["title"]) == shown(fields["website"]) == nasty
    assert fields["author"] == "((Bureau A; Bureau B, Section C))"
    assert shown(text).startswith(f"* {nasty}")
    assert text.startswith("&#42; ")


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        (None, "n.d."),
        ("2012-10-05", "5 October 2012"),
        ("2012-10", "October 2012"),
        ("2012", "2012"),
        ("2013~", "c. 2013<!-- about 2013 -->"),
        ("2013-03~", "c. 2013<!-- about March 2013 -->"),
        ("2012-10-05?", "5 October 2012<!-- date inferred -->"),
        ("2012-10-05%", "c. 2012<!-- about 5 October 2012, date inferred -->"),
        ("2011/2012", "2011–2012<!-- 2011 to 2012 -->"),
        ("2011-03/2011-05", "2011<!-- March 2011 to May 2011 -->"),
        ("2011-03~/2011-05", "c. 2011<!-- about March 2011 to May 2011 -->"),
        ("../2021-10-04", "n.d.<!-- until 4 October 2021 -->"),
    ],
)
def test_a_date_has_a_form_that_wikipedia_takes_and_a_comment_has_the_rest(
    radios: Citation, issued: str | None, date: str
) -> None:
    source = replace(radios.source, issued=parse(issued) if issued else None)
    text = wikitext([replace(radios, source=source)])
    assert f" |date={date} |" in text
    assert DATE.fullmatch(template_of(text)["date"])


@pytest.mark.parametrize(
    ("copy", "captured"),
    [
        ("https://web.archive.org/web/20181106020236/https://example.org/", "6 November 2018"),
        ("https://web.archive.org/web/20181106020236id_/https://example.org/", "6 November 2018"),
        ("https://archive.example.org/2018.11.06-020236/https://example.org/", "6 November 2018"),
        ("https://archive.example.org/20181106/https://example.org/", "6 November 2018"),
    ],
)
def test_an_archived_page_has_the_day_of_its_copy(radios: Citation, copy: str, captured: str) -> None:
    fields = template_of(wikitext([replace(radios, source=replace(radios.source, archive_url=copy))]))
    assert fields["url"] == radios.source.url
    assert (fields["archive-url"], fields["archive-date"]) == (copy, captured)


@pytest.mark.parametrize("copy", ["https://perma.example.org/AB--12", "https://archive.example.org/20181399/x"])
def test_a_copy_of_an_unknown_day_stands_in_a_comment(radios: Citation, copy: str) -> None:
    text = wikitext([replace(radios, source=replace(radios.source, archive_url=copy))])
    fields = template_of(text)
    assert (fields["url"], "archive-url" in fields) == (radios.source.url, False)
    assert copy.replace("--", "%2D%2D") in text


def test_an_address_is_encoded_where_wikitext_has_a_meaning_of_its_own(radios: Citation) -> None:
    source = replace(radios.source, url="https://example.org/?a=b|c&d={e}[f]", accessed=parse("2026-11-20"))
    fields = template_of(wikitext([replace(radios, source=source)]))
    assert fields["url"] == "https://example.org/?a=b%7Cc&d=%7Be%7D%5Bf%5D"
    assert fields["access-date"] == "20 November 2026"


def test_by_source_a_footnote_is_written_once_and_named_again(store: Store) -> None:
    facts = [store.fact(each) for each in ("radios-delivered", "night-vision-devices-provided")]
    text = wikitext(citations(store, facts), "source")
    first, second = text.splitlines()
    assert '<ref name="us-embassy-2021">{{cite web ' in first
    assert second.endswith('<ref name="us-embassy-2021" />{{rp|at=“Highlights since 2001” section}}')
    assert all(cite.quote in first for fact in facts for cite in fact.cites), "the footnote has the words of both"
    assert "|at=" not in first.partition("</ref>")[0]


def test_a_date_of_the_last_update_says_so_to_the_editor(radios: Citation) -> None:
    source = replace(radios.source, issued=None, updated=parse("2017-12-12"))
    assert " |date=12 December 2017<!-- updated 12 December 2017 --> |" in wikitext([replace(radios, source=source)])


# ---------------------------------------------------------------- documents without a web address


@pytest.mark.parametrize(
    ("source", "template", "expected"),
    [
        ("leaked-memo", "report", {"id": "Border Observatory, leaks, box 7, file 12.pdf", "type": "Memorandum"}),
        ("foia-letter", "document", {"id": "Border Observatory, request 2023-014, page 3", "type": "Letter"}),
        ("bridge-book", "book", {"isbn": "978-3-16-148410-0", "publisher": "Border Press"}),
        ("envoy-interview", "interview", {"id": "Recording 4 & notes", "author": "The envoy"}),
        ("court-file", "document", {"id": "Court of Examples, case 12/2021, sheet 40"}),
        ("bridge-article", "journal", {"doi": "10.5555/12345678", "journal": "Journal of Bridges"}),
        ("bridge-standard", "document", {"id": "urn:example:std:bridge:1"}),
        ("field-notes", "document", {"id": "Border Observatory, papers of C. Surveyor, [folder 3]"}),
        (
            "bridge-chapter",
            "book",
            {
                "chapter": "The bridge chapter",
                "title": "All Bridges",
                "isbn": "0-306-40615-2",
                "chapter-url": "https://doi.org/10.5555/(BR)1999%3C1::AID%3E3.0;2",
            },
        ),
    ],
)
def test_a_document_without_an_address_has_the_template_of_its_type(
    unlinked: dict[str, Citation], source: str, template: str, expected: dict[str, str]
) -> None:
    fields = template_of(wikitext([unlinked[source]]))
    assert fields[""] == f"cite {template}"
    assert {name: shown(fields[name]) for name in expected} == expected
    assert fields.keys().isdisjoint({"url", "access-date", "archive-url", "website"})


def test_only_what_has_an_address_has_a_day_of_access(unlinked: dict[str, Citation]) -> None:
    letter = unlinked["foia-letter"]
    accessed = replace(letter, source=replace(letter.source, accessed=parse("2026-11-20")))
    assert "access-date" not in template_of(wikitext([accessed]))
    copied = replace(accessed, source=replace(accessed.source, archive_url="https://copies.example.org/a"))
    fields = template_of(wikitext([copied]))
    assert (fields[""], fields["url"]) == ("cite web", "https://copies.example.org/a")
    assert fields["access-date"] == "20 November 2026"


def test_an_article_without_a_journal_names_its_publisher_as_one(unlinked: dict[str, Citation]) -> None:
    article = unlinked["bridge-article"]
    bare = replace(article, source=replace(article.source, container_title=None))
    assert template_of(wikitext([bare]))["journal"] == "Border Press"
