"""The reader: what is broken is named with file, line and key path, all of it at once, and nothing is half read."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st
from made_facts import LABEL, made, mistakes_in, read_text, read_texts, text_of
from made_packs import write_pack
from strategies import examples, facts, nearly_facts, toml

from tajsec.cli.replies import MAX_LINE, bounded_line
from tajsec.data.codes import CODES
from tajsec.data.folders import folders_of
from tajsec.data.read import data_files, fingerprint, read, read_fact, read_files, read_source
from tajsec.data.toml import TomlFile
from tajsec.errors import DataError, Problem
from tajsec.model.as_json import FACT_KEYS
from tajsec.store.open import open_store

FACT, SOURCE, WORDS = "facts/gear.toml", "seeds/paper.toml", "facts/vocabulary/all.toml"

# What is broken: the file, the text that is replaced, what it is replaced by, and the whole message.
# fmt: off
BROKEN = [
    pytest.param(FACT, "[[fact]]", "[[fact]", "facts/gear.toml:1: not TOML: Expected ']]' at the end of an array declaration; mend the line", id="syntax"),
    pytest.param(FACT, 'id = "seven-radios"\n', "", "facts/gear.toml:1: fact[0].id: missing; add it", id="no id"),
    pytest.param(FACT, 'status = "completed"\n', "", "facts/gear.toml:1: fact[0].status: missing; add one of completed, ongoing, planned, stated", id="no status"),
    pytest.param(FACT, 'when = "2019"\n', "", "facts/gear.toml:1: fact[0].when: missing, and so is as_of; a fact needs a date: add one of them", id="no date"),
    pytest.param(FACT, '"The United States gave over 7 radios in 2019."', "7", "facts/gear.toml:3: fact[0].statement: must be a string, not a number", id="wrong type"),
    pytest.param(FACT, '["us"]', '"us"', "facts/gear.toml:4: fact[0].actors: must be a list of strings, not a string", id="not a list"),
    pytest.param(FACT, '["us"]', "[]", "facts/gear.toml:4: fact[0].actors: empty; name at least one", id="empty list"),
    pytest.param(FACT, '["us"]', '["us", true]', "facts/gear.toml:4: fact[0].actors: must be a list of strings", id="mixed list"),
    pytest.param(FACT, '"2019"\n', "2019-01-01\n", "facts/gear.toml:6: fact[0].when: must be a string, not a date or time", id="TOML date"),
    pytest.param(FACT, "status =", "statu =", "facts/gear.toml:1: fact[0].status: missing; add one of completed, ongoing, planned, stated\nfacts/gear.toml:7: fact[0].statu: unknown key; did you mean status?", id="unknown key"),
    pytest.param(FACT, "status =", 'ranks = "normal"\nstatus =', "facts/gear.toml:7: fact[0].ranks: unknown key; did you mean rank?", id="nearly a key that may be absent"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nright = "CC0-1.0"\nextend = "whole"', "seeds/paper.toml:8: right: unknown key; did you mean rights?\nseeds/paper.toml:9: extend: unknown key; did you mean extent?", id="nearly other such keys"),
    pytest.param(FACT, "aliases = [", 'inferred = { when = "a guess", colour = "red" }\naliases = [', "facts/gear.toml:11: fact[0].inferred.colour: unknown key; known are when, as_of, quantities, statement, actors, places, people, status", id="no inferred key"),
    pytest.param(FACT, '"completed"', '"done"', "facts/gear.toml:7: fact[0].status: 'done' is none of completed, ongoing, planned, stated", id="no such status"),
    pytest.param(FACT, '"2019"\n', '"2019-13"\n', "facts/gear.toml:6: fact[0].when: '2019-13': there is no month 13", id="bad EDTF"),
    pytest.param(FACT, '"seven-radios"', '"Seven Radios"', "facts/gear.toml:2: fact[0].id: 'Seven Radios' is not an id: lower-case letters and digits joined by - . or _, at most 64", id="bad id"),
    pytest.param(FACT, "value = 7", "value = nan", "facts/gear.toml:8: fact[0].quantities[0].value: nan is not a number that can be counted; write a finite one", id="NaN"),
    pytest.param(FACT, "value = 7", "value = 1e400", "facts/gear.toml:8: fact[0].quantities[0].value: inf is not a number that can be counted; write a finite one", id="infinite"),
    pytest.param(FACT, "value = 7", "value = 9007199254740993", "facts/gear.toml:8: fact[0].quantities[0].value: beyond 2^53; no program could read it exactly", id="too big"),
    pytest.param(FACT, "value = 7", f"value = -{'9_' * 5000}9", "facts/gear.toml:8: a whole number beyond 2^53; no program could read it exactly", id="too big for Python"),
    pytest.param(FACT, "value = 7", "value = true", "facts/gear.toml:8: fact[0].quantities[0].value: must be a number, not a boolean", id="boolean"),
    pytest.param(FACT, '"over"', '"roughly"', "facts/gear.toml:8: fact[0].quantities[0].qualifier: 'roughly' is none of exact, over, about, nearly, up-to", id="no such qualifier"),
    pytest.param(FACT, '"gave over 7 radios"', '"one two three four five six seven eight nine ten eleven twelve thirteen"', "facts/gear.toml:12: fact[0].cites[0].quote: 13 words; a quote has at most 12", id="long quote"),
    pytest.param(FACT, '"gave over 7 radios"', '"7 radios"', "facts/gear.toml:12: fact[0].cites[0].quote: under 12 characters; take in the words around it", id="short quote"),
    pytest.param(FACT, "status =", 'rank = "best"\nstatus =', "facts/gear.toml:7: fact[0].rank: 'best' is none of preferred, normal, deprecated", id="no such rank"),
    pytest.param(FACT, 'when = "2019"\n', 'when = "{2015,2017"\n', "facts/gear.toml:6: fact[0].when: '{2015,2017': not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/..", id="open set"),
    pytest.param(FACT, "status =", 'as_of = "{2015,2017}"\nstatus =', "facts/gear.toml:7: fact[0].as_of: '{2015,2017}': a set of dates; only `when` has sets: write one date or a span", id="set of as_of"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nrights = "none of yours"', "seeds/paper.toml:8: rights: 'none of yours' is not public-domain, copyright or the SPDX id of a licence", id="no such rights"),
    pytest.param(SOURCE, 'language = "en"', 'language = "en"\nextent = "half"', "seeds/paper.toml:8: extent: 'half' is none of whole, opening", id="no such extent"),
    pytest.param(FACT, "aliases = [", 'inferred = { whn = "guess" }\naliases = [', "facts/gear.toml:11: fact[0].inferred.whn: unknown key; did you mean when?", id="unknown inferred key"),
    pytest.param(FACT, "over 7 radios in 2019", "over 7 \\u202Eradios in 2019", "facts/gear.toml:3: fact[0].statement: holds U+202E, a control, private or unassigned character; take it out", id="bidi control"),
    pytest.param(FACT, "walkie", "w" + "\u0301" * 31, "facts/gear.toml:11: fact[0].aliases: over 30 combining marks in a row; take them out", id="long run of marks"),
    pytest.param(FACT, '["walkie-talkies"]', '[" "]', "facts/gear.toml:11: fact[0].aliases: empty; write something or leave the key out", id="blank alias"),
    pytest.param(FACT, "[[fact]]", "[facts]\n[[fact]]", "facts/gear.toml:1: facts: unknown table 'facts'; known are fact", id="unknown table"),
    pytest.param(SOURCE, "n = 2", "n = 3", "seeds/paper.toml:18: passage[1].n: passages are numbered from 1 without a gap; this one is 2", id="gap in passages"),
    pytest.param(SOURCE, "words = 9", "words = -1", "seeds/paper.toml:20: passage[1].words: -1 is below 0; count or number from there", id="count below 0"),
    pytest.param(SOURCE, '"claim"', '"claims"', "seeds/paper.toml:19: passage[1].role: 'claims' is none of claim, heading, caption, furniture", id="no such role"),
    pytest.param(SOURCE, "https://example.org", "https://me:secret@example.org", "seeds/paper.toml:6: url: not an http or https address with an ASCII host and no user name", id="user name in address"),
    pytest.param(SOURCE, "https://example.org/paper", "javascript:alert(1)", "seeds/paper.toml:6: url: not an http or https address with an ASCII host and no user name; for what is not on the web write doi, isbn, urn or locator", id="script address"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"\n', "", "seeds/paper.toml:1: url: missing, and so are doi, isbn, urn and locator; say by one of them where the document is found", id="nowhere"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = "https://doi.org/10.1000/182"', "seeds/paper.toml:6: doi: 'https://doi.org/10.1000/182' is not a DOI by itself, such as 10.1000/182", id="DOI as an address"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = "10.1000/}{"', "seeds/paper.toml:6: doi: '10.1000/}{' is not a DOI by itself, such as 10.1000/182", id="braces in a DOI"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = "javascript:alert(1)"', "seeds/paper.toml:6: doi: 'javascript:alert(1)' is not a DOI by itself, such as 10.1000/182", id="script as a DOI"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = "10.1000/\\u001b[31m"', "seeds/paper.toml:6: doi: holds U+001B, a control, private or unassigned character; take it out", id="control in doi"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = "978-3-16-148410-0\\u202e"', "seeds/paper.toml:6: isbn: holds U+202E, a control, private or unassigned character; take it out", id="control in isbn"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'urn = "urn:example:\\u0007"', "seeds/paper.toml:6: urn: holds U+0007, a control, private or unassigned character; take it out", id="control in urn"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'locator = "box\\u0000 7"', "seeds/paper.toml:6: locator: holds U+0000, a control, private or unassigned character; take it out", id="control in locator"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = ["10.1000/182"]', "seeds/paper.toml:6: doi: must be a string, not a list", id="list of DOIs"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = 9783161484100', "seeds/paper.toml:6: isbn: must be a string, not a number", id="number as ISBN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'url = "doi:10.1000/182"', "seeds/paper.toml:6: url: not an http or https address with an ASCII host and no user name; for what is not on the web write doi, isbn, urn or locator", id="DOI as url"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'url = "file:///home/x.pdf"', "seeds/paper.toml:6: url: not an http or https address with an ASCII host and no user name; for what is not on the web write doi, isbn, urn or locator", id="file as url"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = 10.1', "seeds/paper.toml:6: doi: must be a string, not a number", id="number as a DOI"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = "978-3-16-148410-1"', "seeds/paper.toml:6: isbn: '978-3-16-148410-1' is not an ISBN: 10 or 13 digits, of which the last checks the others", id="wrong check digit"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = "978-3-16-1484X0-0"', "seeds/paper.toml:6: isbn: '978-3-16-1484X0-0' is not an ISBN: 10 or 13 digits, of which the last checks the others", id="letter in an ISBN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = "0123456789012"', "seeds/paper.toml:6: isbn: '0123456789012' is not an ISBN: 10 or 13 digits, of which the last checks the others", id="no book number"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'isbn = ""', "seeds/paper.toml:6: isbn: empty; write something or leave the key out", id="empty ISBN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'urn = "javascript:alert(1)"', "seeds/paper.toml:6: urn: 'javascript:alert(1)' is not a URN, such as urn:ietf:rfc:2648", id="script as a URN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'urn = "urn:ietf:rfc 2648"', "seeds/paper.toml:6: urn: 'urn:ietf:rfc 2648' is not a URN, such as urn:ietf:rfc:2648", id="space in a URN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'locator = " "', "seeds/paper.toml:6: locator: empty; write something or leave the key out", id="blank locator"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'locator = "box\\u202E 3"', "seeds/paper.toml:6: locator: holds U+202E, a control, private or unassigned character; take it out", id="bidi control in a locator"),
    pytest.param(SOURCE, '"webpage"', '"legal-case"', "seeds/paper.toml:2: type: 'legal-case' is not a type of CSL; did you mean legal_case?", id="near type"),
    pytest.param(SOURCE, '"webpage"', f'"{"x" * 90}"', f"seeds/paper.toml:2: type: '{'x' * 80}' is not a type of CSL; such are webpage, report, book, interview, legal_case, document", id="long type"),
    pytest.param(SOURCE, '"webpage"', '"paper"', "seeds/paper.toml:2: type: 'paper' is not a type of CSL; did you mean paper-conference or article-newspaper?", id="several near types"),
    pytest.param(SOURCE, '"webpage"', '"pdf"', "seeds/paper.toml:2: type: 'pdf' is not a type of CSL; such are webpage, report, book, interview, legal_case, document", id="no such type"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'doi = "10.1000/' + "a" * 300 + '"', f"seeds/paper.toml:6: doi: '10.1000/{'a' * 72}' is not a DOI by itself, such as 10.1000/182", id="long DOI"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'urn = "urn:example:' + "a" * 300 + '"', f"seeds/paper.toml:6: urn: 'urn:example:{'a' * 68}' is not a URN, such as urn:ietf:rfc:2648", id="long URN"),
    pytest.param(SOURCE, 'url = "https://example.org/paper"', 'locator = "' + "a" * 20000 + '"', "seeds/paper.toml:6: locator: over 16,384 characters; shorten it", id="long locator"),
    pytest.param(SOURCE, "a" * 64, "a" * 63, "seeds/paper.toml:9: text_sha256: '" + "a" * 63 + "' is not a SHA-256 digest in lower-case hexadecimal", id="bad digest"),
    pytest.param(FACT, '["us"]', str(["us"] * 65).replace("'", '"'), "facts/gear.toml:4: fact[0].actors: over 64 items; keep the best", id="long list"),
    pytest.param(FACT, "aliases = [", "derived = {" + ", ".join(f'k{n} = "how"' for n in range(65)) + "}\naliases = [", "facts/gear.toml:11: fact[0].derived: over 64 items; keep the best", id="long table"),
    pytest.param(FACT, "aliases = [", 'derived = { "a\\u202E" = "how" }\naliases = [', "facts/gear.toml:11: fact[0].derived.a\u202e: holds U+202E, a control, private or unassigned character; take it out", id="control in a key"),
    pytest.param(FACT, "aliases = [", "derived = 7\naliases = [", "facts/gear.toml:11: fact[0].derived: must be a table of strings, not a number", id="no table"),
    pytest.param(SOURCE, "words = 9", "words = 1.5", "seeds/paper.toml:20: passage[1].words: must be a whole number, not a number", id="part of a word"),
    pytest.param(SOURCE, 'language = "en"', 'language = "English!"', "seeds/paper.toml:7: language: 'English!' is not a language tag, such as en", id="no language"),
    pytest.param(WORDS, 'part_of = "us"', 'extends = "no-pack"', "facts/vocabulary/all.toml:6: actor[1].aliases: missing; add it\nfacts/vocabulary/all.toml:8: actor[1].name: unknown key; known are extends, id, aliases\nfacts/vocabulary/all.toml:9: actor[1].extends: pack 'no-pack' has no actor 'us-embassy'; leave extends out for a name of your own", id="extends nothing"),
]
# fmt: on


def problems(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folders_of([folder]))
    assert all(problem.code in CODES for problem in caught.value.problems)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_the_small_store_reads_without_a_problem(small: Path) -> None:
    assert [fact.id for fact in open_store([small]).facts()] == ["seven-radios"]


@pytest.mark.parametrize(("name", "before", "after", "message"), BROKEN)
def test_a_broken_file_is_named_with_line_and_key_path(
    small_texts: Mapping[str, str], name: str, before: str, after: str, message: str
) -> None:
    assert before in small_texts[name]
    found = mistakes_in({**small_texts, name: small_texts[name].replace(before, after, 1)})
    assert [each.rpartition(" [")[0] for each in found] == message.split("\n")
    assert {each[-5:-1] for each in found} <= CODES.keys()


REVIEW = (
    """
[[review]]
kind = "reading"
date = "2026-01-02"
compared = "all with all"
texts = { paper = "%s" }
facts = { seven-radios = "%s" }
quoted = { paper = 4 }
""".lstrip()
    % ("a" * 64, "b" * 16)
)
REVIEW_FILE = "facts/reviews/a.toml"
TERM = """
[[place]]
id = "post"
name = "Post"
aliases = ["outpost"]
about = "A post."
part_of = "khorog"
""".lstrip()

# What is broken in a review, or in a term of its own file.
# fmt: off
BROKEN_PARTS = [
    pytest.param(REVIEW, 'kind = "reading"\n', "", "review[0].kind: missing; add one of quotes, reading", id="no kind"),
    pytest.param(REVIEW, '"reading"', '"guess"', "review[0].kind: 'guess' is none of quotes, reading", id="no such kind"),
    pytest.param(REVIEW, 'date = "2026-01-02"\n', "", "review[0].date: missing; add it", id="no date"),
    pytest.param(REVIEW, '"2026-01-02"', '"soon"', "review[0].date: 'soon': not an EDTF date, such as 2012-10-05, 2012-10, 2012~ or 1992/..", id="bad date"),
    pytest.param(REVIEW, 'compared = "all with all"\n', "", "review[0].compared: missing; add it", id="nothing compared"),
    pytest.param(REVIEW, "a" * 64, "A" * 64, f"review[0].texts.paper: '{'A' * 64}' is not a SHA-256 digest in lower-case hexadecimal", id="bad digest"),
    pytest.param(REVIEW, "b" * 16, "b" * 15, "review[0].facts.seven-radios: 'bbbbbbbbbbbbbbb' is not a content hash of 16 hexadecimal digits", id="short hash"),
    pytest.param(REVIEW, "b" * 16, "b" * 17, "review[0].facts.seven-radios: 'bbbbbbbbbbbbbbbbb' is not a content hash of 16 hexadecimal digits", id="long hash"),
    pytest.param(REVIEW, "paper = 4", "paper = -4", "review[0].quoted.paper: -4 is below 0; count or number from there", id="bad count"),
    pytest.param(REVIEW, "quoted = ", 'text = ""\nquoted = ', "review[0].text: unknown key; did you mean texts?", id="unknown key of a review"),
    pytest.param(REVIEW, "[[review]]", "[[reviews]]", "reviews: unknown table 'reviews'; known are review", id="unknown table of reviews"),
    pytest.param(TERM, 'id = "post"\n', "", "place[0].id: missing; add it", id="term without an id"),
    pytest.param(TERM, '"post"', '"Post"', "place[0].id: 'Post' is not an id: lower-case letters and digits joined by - . or _, at most 64", id="bad id of a term"),
    pytest.param(TERM, 'name = "Post"\n', "", "place[0].name: missing; add it", id="term without a name"),
    pytest.param(TERM, '["outpost"]', '"outpost"', "place[0].aliases: must be a list of strings, not a string", id="one alias"),
    pytest.param(TERM, '"A post."', '""', "place[0].about: empty; write something or leave the key out", id="empty about"),
    pytest.param(TERM, '"khorog"', "1", "place[0].part_of: must be a string, not a number", id="part of a number"),
    pytest.param(TERM, 'part_of =', "within =", "place[0].within: unknown key; known are extends, id, name, aliases, about, part_of", id="unknown key of a term"),
    pytest.param(TERM, 'id = "post"', 'extends = "a pack"\nid = "post"', "place[0].extends: 'a pack' is not an id: lower-case letters and digits joined by - . or _, at most 64", id="no pack"),
]
# fmt: on


@pytest.mark.parametrize(("text", "before", "after", "message"), BROKEN_PARTS)
def test_a_mistake_in_a_review_or_a_term_is_named_first(
    small_texts: Mapping[str, str], text: str, before: str, after: str, message: str
) -> None:
    name = REVIEW_FILE if text == REVIEW else "facts/vocabulary/a.toml"
    assert before in text
    found = mistakes_in({**small_texts, name: f"# first\n{text.replace(before, after, 1)}"})
    assert message in [each.rpartition(" [")[0].partition(": ")[2] for each in found]
    assert all(each.startswith(f"{name}:") for each in found)


def test_all_problems_of_all_files_are_given_at_once(small: Path) -> None:
    (small / FACT).write_text((small / FACT).read_text().replace('"completed"', '"done"').replace('"2019"\n', '"x"\n'))
    (small / SOURCE).write_text((small / SOURCE).read_text().replace("n = 2", "n = 7"))
    found = problems(small)
    assert [line.partition(": ")[0] for line in found] == [
        "facts/gear.toml:6",
        "facts/gear.toml:7",
        "seeds/paper.toml:18",
    ]


def test_a_fact_that_cites_a_faulty_source_is_not_blamed_for_it(small: Path) -> None:
    (small / SOURCE).write_text((small / SOURCE).read_text().replace("[[passage]]", "[[passage]", 1))
    assert len(problems(small)) == 1


@pytest.mark.parametrize(
    ("broken", "unread"),
    [(WORDS, {"actor", "topic", "place", "person", "unit"}), (SOURCE, {"source"}), (FACT, {"fact"})],
)
def test_nothing_is_said_of_names_that_may_be_in_a_file_that_cannot_be_read(
    small_texts: Mapping[str, str], broken: str, unread: set[str]
) -> None:
    texts = {**small_texts, REVIEW_FILE: REVIEW}
    assert mistakes_in(texts, trusted=True) == []
    assert mistakes_in({**texts, broken: "id ="}, trusted=True) == [
        f"{broken}:1: not TOML: Invalid value; mend the line [T104]"
    ]
    without = mistakes_in({name: text for name, text in texts.items() if name != broken}, trusted=True)
    assert {each.partition("unknown ")[2].split()[0] for each in without} == unread


@pytest.mark.parametrize(
    ("name", "text", "mistakes"),
    [
        (WORDS, '[[topic]]\nid = "us"\nname = "U.S."\n', []),
        (WORDS, '[[actor]]\nid = "us"\nname = "U.S."\n', ["facts/vocabulary/all.toml:27: actor[2].id: 'us' stands in facts/vocabulary/all.toml:1 already; give it an id of its own [T305]"]),
        ("facts/vocabulary/b.toml", '\n[[unit]]\nid = "radios"\nname = "Radios"\n', ["facts/vocabulary/b.toml:3: unit[0].id: 'radios' stands in facts/vocabulary/all.toml:23 already; give it an id of its own [T305]"]),
        ("seeds/a.toml", "SOURCE", ["seeds/paper.toml:1: id: 'paper' stands in seeds/a.toml:1 already; give it an id of its own [T305]"]),
    ],
    ids=["another kind", "same file", "another file", "source"],
)  # fmt: skip
def test_a_name_stands_once_in_its_kind(
    small_texts: Mapping[str, str], name: str, text: str, mistakes: list[str]
) -> None:
    text = small_texts[SOURCE] if text == "SOURCE" else text
    assert mistakes_in({**small_texts, name: small_texts.get(name, "") + text}) == mistakes


def test_a_table_that_is_written_inline_has_no_line_of_its_own(small_texts: Mapping[str, str]) -> None:
    text = '\n\nplace = [{ id = "post", name = "Post" }, { id = "gate", name = "Gate" }]\n'
    places = read_texts({**small_texts, "facts/vocabulary/z.toml": text}).vocabulary.of("place")
    assert {each.id: (each.place.line, each.place.index) for each in places.values()} == {
        "khorog": (15, 0), "post": (1, 0), "gate": (1, 1),
    }  # fmt: skip


def test_an_id_that_stands_twice_names_both_places(small: Path) -> None:
    text = (small / FACT).read_text()
    (small / "facts" / "more.toml").write_text(f"# a comment\n{text}")
    assert problems(small) == [
        f"facts/more.toml:3: fact[0].id: 'seven-radios' stands in {small}/facts/gear.toml:1 already; give it an id of its own".replace(
            f"{small}/", ""
        )
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a{'.a' * 20000} = 1", "a dotted key of over 8 parts; use fewer"),
        (f"a = {'[' * 1000}{']' * 1000}", "brackets nested deeper than 16; flatten the value"),
        ("a = [\n" * 17, "brackets nested deeper than 16; flatten the value"),
        ("a = " + '"\\' * 2_000_000, "a line of over 65,536 characters; break it"),
        (f"a = '{'x' * 70000}'", "a line of over 65,536 characters; break it"),
        ("[[fact]]\n" * 50001, "over 50,000 tables; split the file"),
    ],
    ids=["long key", "deep on one line", "deep over lines", "quotes without end", "long line", "many tables"],
)
def test_what_would_choke_the_parser_is_refused_before_it(small: Path, text: str, message: str) -> None:
    (small / FACT).write_text(text)
    assert problems(small)[0].endswith(f": {message}")


def test_a_file_over_four_mebibytes_is_refused(small: Path) -> None:
    (small / FACT).write_text("# comment\n" * 450_000)
    assert problems(small) == ["facts/gear.toml: over 4 MiB; split it"]


def test_a_file_that_is_not_utf8_is_named_with_its_line(small: Path) -> None:
    (small / FACT).write_bytes(b"# fine\n# \xff\n")
    assert problems(small) == ["facts/gear.toml:2: not UTF-8; save the file as UTF-8"]


def test_a_byte_order_mark_is_let_pass(small: Path) -> None:
    (small / FACT).write_bytes(b"\xef\xbb\xbf" + (small / FACT).read_bytes())
    assert len(open_store([small]).facts()) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_links_pipes_and_folders_are_not_opened(small: Path) -> None:
    (small / "facts" / "link.toml").symlink_to(small / SOURCE)
    os.mkfifo(small / "facts" / "pipe.toml")
    (small / "facts" / "folder.toml").mkdir()
    found = problems(small)
    assert found[0].startswith("facts/folder.toml: ")
    assert found[1:] == [
        "facts/link.toml: a link; put the file itself there",
        "facts/pipe.toml: not a regular file; name or put one there",
    ]


def test_hidden_files_and_other_endings_are_left_alone(small: Path) -> None:
    for name in (".hidden.toml", "notes.txt", "gear.toml~"):
        (small / "facts" / name).write_text("not TOML at all [")
    assert len(open_store([small]).facts()) == 1


# ---------------------------------------------------------------- sets of files


def test_files_are_read_by_their_names_and_counted(small: Path, small_texts: Mapping[str, str]) -> None:
    for name in ("b", "a"):
        (small / f"facts/{name}.toml").write_text(small_texts[FACT].replace("seven-radios", name), encoding="utf-8")
    (small / "facts/reviews").mkdir()
    (small / "facts/reviews/c.toml").write_text(REVIEW, encoding="utf-8")
    more = write_pack(small.parent / "more", "desk")
    (more / "facts/border-security.toml").write_text(small_texts[FACT].replace("seven-", "more-"), encoding="utf-8")
    counts: list[int] = []
    contents = read(folders_of([small, more]), counts.append)
    assert [fact.id for fact in contents.facts] == ["a", "b", "seven-radios", "more-radios"]
    assert counts == [1, 2, 3, 4]
    assert [fact.pack for fact in contents.facts] == [None, None, None, "desk"]
    assert [source.pack for source in contents.sources.values()] == [None, "desk"]
    assert [pack.id for pack in contents.packs] == ["desk"]
    assert [str(path.relative_to(small.parent).as_posix()) for path in data_files(folders_of([small, more]))] == [
        "small/facts/vocabulary/all.toml", "small/seeds/paper.toml", "small/facts/a.toml", "small/facts/b.toml",
        "small/facts/gear.toml", "small/facts/reviews/c.toml", "more/pack.toml", "more/facts/vocabulary/own.toml",
        "more/seeds/desk.toml", "more/facts/border-security.toml",
    ]  # fmt: skip


def test_the_fingerprint_is_another_one_after_each_change_of_what_is_read(small: Path) -> None:
    more = write_pack(small.parent / "more", "desk")
    (small / "facts/empty.toml").touch()

    def found(salt: str = "1") -> str:
        digest = fingerprint(folders_of([small, more]), salt)
        assert digest is not None
        assert re.fullmatch("[0-9a-f]{40}", digest)
        return digest

    assert found() == found()
    digests = [found(), found("2")]
    for change in (
        lambda: (small / FACT).write_bytes((small / FACT).read_bytes() + b"\n"),
        lambda: (small / SOURCE).write_bytes((small / SOURCE).read_bytes() + b"\n"),
        lambda: (more / "pack.toml").write_bytes((more / "pack.toml").read_bytes() + b"\n"),
        lambda: (small / FACT).rename(small / "facts/gears.toml"),
        lambda: (small / "facts/empty.toml").rename(small / "seeds/empty.toml"),
        lambda: (small / "seeds/empty.toml").unlink(),
    ):
        change()
        digests.append(found())
    assert len(set(digests)) == len(digests)
    (small / "facts/notes.txt").touch()
    assert found() == digests[-1]
    (small / "facts/link.toml").symlink_to("gears.toml")
    assert fingerprint(folders_of([small, more]), "1") is None


@pytest.mark.parametrize("name", ["MAX_FILES", "MAX_PACK"])
def test_files_and_characters_have_a_limit(
    small_texts: Mapping[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {**small_texts, "facts/zz.toml": "# the last of its folder"}
    limit = len(texts) if name == "MAX_FILES" else sum(map(len, texts.values()))
    monkeypatch.setattr(f"tajsec.data.read.{name}", limit)
    assert mistakes_in(texts) == []
    texts = {**texts, "facts/zzz.toml": "#", "facts/zzzz.toml": "b ="}  # the last one is not read
    told = f"the packs hold over {'4' if name == 'MAX_FILES' else '20,000'} files or 2 GiB; split them"
    assert mistakes_in(texts) == [f"facts/zzz.toml:1: {told} [T102]"]


def test_what_is_known_of_shipped_files_is_not_taken_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = Path("facts/vocabulary/actors.toml")  # a shipped file has this name, too
    names.parent.mkdir(parents=True)
    names.write_text('[[actor]]\nid = "desk"\nname = "Desk"\n', encoding="utf-8")
    shipped, files = read_files(folders_of([]))
    assert "desk" not in shipped.vocabulary.of("actor")
    assert files[str(names)].trusted
    contents, again = read_files(folders_of([Path("facts")]), known=files)
    assert contents.vocabulary.of("actor")["desk"].name == "Desk"
    assert again["facts/vocabulary/topics.toml"] is files["facts/vocabulary/topics.toml"]
    assert contents.vocabulary.of("actor").keys() == {*shipped.vocabulary.of("actor"), "desk"}


# ---------------------------------------------------------------- laws


def problems_of(text: str) -> list[Problem]:
    """Return the problems of a file of facts; each has a line of it, and is told in a line that a terminal shows."""
    try:
        read_text(text)
    except DataError as error:
        found = list(error.problems)
        assert found
    else:
        return []
    lines = text.count("\n") + 1
    for each in found:
        assert each.file == LABEL, each
        assert each.code in CODES, each
        assert each.what, each
        assert 1 <= each.line <= lines, each
        shown = bounded_line(str(each))
        assert len(shown) <= MAX_LINE, each
        assert all(char.isprintable() or unicodedata.category(char) == "Zs" for char in shown), each
    return found


@given(st.text() | toml | st.binary().map(lambda data: data.decode("utf-8", "replace")))
@example('a = 1\nb = { "\\u202e" = 2 }')
def test_any_text_is_read_or_refused_with_file_and_line(text: str) -> None:
    found = problems_of(text)
    assert found == problems_of(text)


@given(toml)
def test_what_is_toml_is_read_as_such_or_is_over_a_limit(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except ValueError:
        return
    file = TomlFile("made.toml", text)
    if file.problems:
        assert {each.code for each in file.problems} <= {"T103", "T206"}
    else:
        assert repr(file.data) == repr(expected)  # not a number is no other, but is written as one


@examples(20)
@given(facts())
def test_every_table_becomes_a_record(given_facts: list[dict[str, Any]]) -> None:
    records = made(given_facts)
    assert [fact.id for fact in records] == [each["id"] for each in given_facts]
    for keys, fact in zip(given_facts, records, strict=True):
        for key, value in keys.items():
            assert kept(getattr(fact, key)) == value, key


def kept(value: object) -> object:
    """Return a field of a record as the key that it was read from."""
    if isinstance(value, tuple) and not hasattr(value, "anchor"):
        return [kept(each) for each in value]
    if hasattr(value, "anchor"):
        return str(value)
    if hasattr(value, "__slots__"):
        found = {name: kept(getattr(value, name)) for name in value.__slots__}
        return {name: each for name, each in found.items() if each is not None}
    return dict(value) if isinstance(value, Mapping) else value


@examples(25)
@given(nearly_facts())
def test_the_mistakes_of_a_table_are_found_beside_any_others(given_facts: list[dict[str, Any]]) -> None:
    together = {(each.path, each.code) for each in problems_of(text_of(given_facts))}
    alone = set[tuple[str, str]]()
    for n, fact in enumerate(given_facts):
        for each in problems_of(text_of([fact])):
            alone.add((each.path.replace("fact[0]", f"fact[{n}]", 1), each.code))
    of_others = {"T304", "T305"}  # facts that another names, and ids that two have
    assert {each for each in together if each[1] not in of_others} == {
        each for each in alone if each[1] not in of_others
    }


REVIEW_KEYS = {
    "kind": "reading", "date": "2026-01-02", "compared": "all with all", "texts": {"paper": "a" * 64},
    "facts": {"seven-radios": "b" * 16}, "quoted": {"paper": 4},
}  # fmt: skip
WHOLE_SOURCE = {
    "id": "paper", "type": "report", "title": "T", "genre": "sheet", "author": ["A", "B"], "publisher": "P",
    "container_title": "C", "issued": "2020-01", "updated": "2020-02", "accessed": "2020-03-04", "as_of": "2019",
    "url": "https://a.example.org/a", "doi": "10.1000/182", "isbn": "978-3-16-148410-0", "urn": "urn:ietf:rfc:2648",
    "locator": "box 7", "archive_url": "https://b.example.org/b", "language": "tg", "file": "f.txt",
    "text_sha256": "a" * 64, "rights": "CC-BY-4.0", "extent": "opening", "notes": ["n", "m"],
}  # fmt: skip
PASSAGES = [
    {"n": 1, "role": "heading", "words": 2, "sha256": "b" * 64},
    {"n": 2, "section": "S", "role": "claim", "words": 9, "sha256": "c" * 64, "as_of": "2018"},
]
ERRATA = [{"passage": 2, "says": "gave over 8 radios", "right": "7", "evidence": "the list"}]


WHOLE_FACT: dict[str, Any] = {
    "id": "whole", "statement": "A statement.", "rank": "preferred", "actors": ["us", "us-embassy"], "topics": ["gear"],
    "when": "{2019,2021}", "as_of": "2022-03", "status": "ongoing", "places": ["khorog"], "people": ["the-envoy"],
    "quantities": [
        {"value": 7, "unit": "radios", "qualifier": "over", "of": "radios given", "period": "annual"},
        {"value": 2.5, "unit": "radios", "qualifier": "about", "of": "each", "period": "per-item"},
    ],
    "aliases": ["sets"], "cites": [{"source": "paper", "passage": 2, "quote": "gave over 7 radios"}],
    "relations": [{"to": "other", "kind": "rounds", "note": "The same.", "prefer": "whole"}],
    "inferred": {"when": "the paper is of 2022"}, "derived": {"2.5": "a sum"}, "notes": "A note.",
    "withdrawn": "It was wrong.", "draft": "It is not done.",
}  # fmt: skip
"""Every key of a fact."""
LEAST_FACT = {
    "id": "other", "statement": "Another.", "actors": ["us"], "topics": ["gear"], "as_of": "2019", "status": "stated",
    "cites": [{"source": "paper", "passage": 1, "quote": "gave over 7 radios"}],
}  # fmt: skip


def test_every_key_of_a_fact_is_in_its_record(small_texts: Mapping[str, str]) -> None:
    text = f"# first\n{text_of([WHOLE_FACT, LEAST_FACT])}"
    whole, least = read_texts({**small_texts, FACT: text}).facts
    line = text[: text.index('[[fact]]\nid = "other"')].count("\n") + 1
    read_at = {"content_hash": "ab7ddd633cfa035b", "place": {"file": f"small/{FACT}", "line": 2, "index": 0}}
    assert fields(whole) == {**WHOLE_FACT, **read_at}
    read_at = {"content_hash": "88d7c4490a051552", "place": {"file": f"small/{FACT}", "line": line, "index": 1}}
    assert fields(least) == {**LEAST_FACT, "rank": "normal", **read_at}


OPTIONAL = {
    "fact": set(WHOLE_FACT) - set(LEAST_FACT) | {"as_of"},
    "fact.relations": {"prefer"},
    "source": {*WHOLE_SOURCE, "erratum"}
    - {"id", "type", "title", "publisher", "language", "file", "text_sha256", "passage"},
    "source.passage": {"section", "as_of"},
    "review": {"texts", "facts", "quoted"},
    "term": {"aliases", "about", "part_of"},
}
"""The keys of each record, and of its parts, that may be absent."""
WHOLE: Mapping[str, tuple[str, dict[str, Any]]] = {
    "fact": (FACT, {"fact": [WHOLE_FACT, LEAST_FACT]}),
    "source": (SOURCE, {**WHOLE_SOURCE, "erratum": ERRATA, "passage": PASSAGES}),
    "review": (REVIEW_FILE, {"review": [REVIEW_KEYS]}),
    "term": (
        "facts/vocabulary/z.toml",
        {"topic": [{"id": "aid", "name": "Aid", "aliases": ["help"], "about": "Aid.", "part_of": "gear"}]},
    ),
}
"""A file of each kind of records, in which the first one has every key."""


def first_tables(kind: str, keys: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the table of a record and the first of each of its parts, with its name."""
    yield kind, keys
    for key, value in keys.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            yield f"{kind}.{key}", value[0]


@pytest.mark.parametrize("kind", WHOLE)
def test_each_key_is_missed_unless_it_may_be_absent(small_texts: Mapping[str, str], kind: str) -> None:
    name, whole = WHOLE[kind]
    texts = {**small_texts, FACT: text_of([{**LEAST_FACT, "id": "seven-radios"}])}
    shape = whole if kind == "source" else next(iter(whole.values()))[0]
    for part, table in first_tables(kind, shape):
        for key in list(table):
            value = table.pop(key)
            told = [each.rpartition(": ")[2] for each in mistakes_in({**texts, name: tomli_w.dumps(whole)})]
            table[key] = value
            is_missed = any(each.startswith("missing; add ") and each.endswith("[T201]") for each in told)
            assert is_missed is (key not in OPTIONAL.get(part, ())), (part, key, told)


def test_a_document_has_as_many_passages_as_it_needs(small_texts: Mapping[str, str]) -> None:
    passages = [{"n": n, "role": "claim", "words": 2, "sha256": "b" * 64} for n in range(1, 100)]
    text = tomli_w.dumps({**WHOLE_SOURCE, "passage": passages})
    assert len(read_texts({**small_texts, SOURCE: text}).sources["paper"].passages) == 99


def test_a_fact_in_no_file_is_read_as_one_in_a_file_is(small_texts: Mapping[str, str]) -> None:
    (in_file,) = read_texts({**small_texts, FACT: text_of([LEAST_FACT])}).facts
    reporter = TomlFile("table.csv", "")
    assert read_fact(LEAST_FACT, reporter, in_file.place) == in_file
    assert not reporter.problems
    read_fact({**LEAST_FACT, "status": "done", "colour": "red"}, reporter, in_file.place)
    assert [str(each) for each in reporter.problems] == [
        "table.csv:1: status: 'done' is none of completed, ongoing, planned, stated",
        f"table.csv:1: colour: unknown key; known are {', '.join(FACT_KEYS)}",
    ]


def test_a_source_record_is_read_by_itself(small_texts: Mapping[str, str]) -> None:
    source = read_source(small_texts[SOURCE], "small/seeds/paper.toml")
    assert source == read_texts(small_texts).sources["paper"]
    for before, after, message in [
        ("n = 2", "n = 3", "a.toml:18: passage[1].n: passages are numbered from 1 without a gap; this one is 2"),
        ("[[passage]]", "[[passage]", "a.toml:11: not TOML: Expected ']]' at the end of an array declaration; mend the line"),
        ("file =", "files =", "a.toml:1: file: missing; add it\na.toml:8: files: unknown key; did you mean file?"),
    ]:  # fmt: skip
        with pytest.raises(DataError) as caught:
            read_source(small_texts[SOURCE].replace(before, after, 1), "a.toml")
        assert "\n".join(map(str, caught.value.problems)) == message


def fields(record: object) -> dict[str, Any]:
    """Return those fields of a record that have a value, as the keys that they were read from."""
    return {name: value for name in record.__slots__ if (value := kept(getattr(record, name))) not in (None, [], {})}


def test_every_key_of_a_source_is_in_its_record(small: Path) -> None:
    table = {**WHOLE_SOURCE, "erratum": ERRATA, "passage": PASSAGES}
    (small / SOURCE).write_text(tomli_w.dumps(table), encoding="utf-8")
    found = fields(open_store([small]).source("paper"))
    assert found.pop("passages") == PASSAGES
    assert found.pop("errata") == ERRATA
    assert {key: value for key, value in found.items() if key != "place"} == WHOLE_SOURCE


def test_a_source_is_whole_and_under_copyright_if_it_does_not_say_otherwise(small: Path) -> None:
    source = read(folders_of([small])).sources["paper"]
    assert (source.rights, source.extent, source.place.line, source.place.index) == ("copyright", "whole", 1, 0)


def test_every_key_of_a_review_and_of_a_term_is_in_its_record(small: Path) -> None:
    (small / "facts/reviews").mkdir()
    (small / "facts/reviews/all.toml").write_text(tomli_w.dumps({"review": [REVIEW_KEYS]}), encoding="utf-8")
    term = {"id": "post", "name": "Post", "aliases": ["outpost", "guard post"], "about": "A post.", "part_of": "khorog"}
    with (small / WORDS).open("a", encoding="utf-8") as stream:
        stream.write(tomli_w.dumps({"place": [term]}))
    contents = read(folders_of([small]))
    (review,) = contents.reviews
    assert {key: value for key, value in fields(review).items() if key != "place"} == REVIEW_KEYS
    found = fields(contents.vocabulary.of("place")["post"])
    assert {key: found[key] for key in term} == term
    assert found["kind"] == "place"


@pytest.mark.parametrize(
    ("most", "limit", "is_read"),
    [("aliases", 64, True), ("aliases", 65, False), ("derived", 64, True), ("derived", 65, False)],
)
def test_a_list_and_a_table_have_sixty_four_items_at_most(small: Path, most: str, limit: int, is_read: bool) -> None:
    names = [f"item {n}" for n in range(limit)]
    value = tomli_w.dumps({most: names if most == "aliases" else dict.fromkeys(names, "how")})
    path = small / FACT
    text = path.read_text(encoding="utf-8").replace('aliases = ["walkie-talkies"]\n', "")
    path.write_text(f"{text}{value}" if most == "aliases" else text + value.replace("[", "[fact.", 1), encoding="utf-8")
    if is_read:
        assert len(getattr(read(folders_of([small])).facts[0], most)) == limit
    else:
        assert [each.partition(": ")[2] for each in problems(small)] == [
            f"fact[0].{most}: over 64 items; keep the best"
        ]


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"a = '\xff'", b"\x00", b"\xef\xbb\xbf"])
def test_bytes_that_are_no_text_are_refused_or_read(small: Path, data: bytes) -> None:
    (small / FACT).write_bytes(data)
    try:
        assert read(folders_of([small])).facts == ()
    except DataError as error:
        assert str(error).startswith(f"{small}/{FACT}:1: not ")
