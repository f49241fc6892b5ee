"""The Pandoc filter: what Pandoc prints of a draft that cites facts, and what is refused.

The tests that run Pandoc are skipped where it is not installed (Debian: `apt install pandoc`).
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cite.pandoc import cite_facts
from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.store.open import open_store

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "tajsec" / "cite" / "csl_styles"
NOTES = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Notes</title><id>notes</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout suffix="." delimiter="; ">
    <names variable="author" suffix=", "/>
    <choose><if is-uncertain-date="issued"><text value="c. "/></if></choose>
    <date variable="issued" form="text" date-parts="year"/>
  </layout></citation>
</style>
"""
"""A small style of notes; Debian's Pandoc needs some ten seconds to read one of Chicago's."""
SECTION = "“Highlights since 2001” section"
EMBASSY = "https://tj.usembassy.gov/us-tajikistan-security-assistance-fact-sheet-111921/"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def pandoc(tmp_path: Path, environ: dict[str, str]) -> Run:
    """Run Pandoc with the filter on a draft, in the folder of the draft."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")
    program = tmp_path / "tajsec-pandoc"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from tajsec.__main__ import pandoc; pandoc()" "$@"\n')
    program.chmod(0o755)

    def call(draft: str, *options: str, to: str = "plain", **more: str) -> "subprocess.CompletedProcess[str]":
        (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
        line = ["pandoc", "draft.md", "--filter", str(program), "--citeproc", "--wrap=none", "-t", to, *options]
        return subprocess.run(line, cwd=tmp_path, env={**environ, **more}, capture_output=True, text=True, timeout=60)

    return call


def printed(done: "subprocess.CompletedProcess[str]") -> list[str]:
    assert (done.returncode, done.stderr) == (0, "")
    return [block for block in done.stdout.strip().split("\n\n") if block]


# ---------------------------------------------------------------- what Pandoc prints


def test_a_fact_is_cited_by_its_document_and_section_in_chicago(pandoc: Run) -> None:
    text, reference = printed(pandoc("Radios [@radios-delivered]."))
    assert text == f"Radios (U.S. Embassy Dushanbe 2021, {SECTION})."
    assert reference == (
        "U.S. Embassy Dushanbe. 2021. “U.S.-Tajikistan Security Assistance Fact Sheet.” Date inferred. U.S. Embassy in "
        f"Tajikistan. U.S. Department of State. November 19, 2021. {EMBASSY}."
    )
    _, reference = printed(pandoc("Afghanistan [@voa-2013]."))
    assert "Voice of America. 2013. “U.S. Cooperation With Tajikistan.” Editorial, date inferred. " in reference
    assert ", March 2013." in reference


def test_a_style_with_a_form_for_dates_that_are_not_sure_prints_that(pandoc: Run) -> None:
    draft = "Radios [@radios-delivered]; the base [@base-agreement-signed]."
    text, *references = printed(pandoc(draft, f"--csl={STYLES / 'apa.csl'}"))
    assert text == (
        f"Radios (U.S. Embassy Dushanbe, ca. 2021, {SECTION}); the base (Radio Free Europe/Radio Liberty, ca. 2012)."
    )
    assert [each.partition(").")[0] for each in references] == [
        "Radio Free Europe/Radio Liberty. (ca. 2012, October 5", "U.S. Embassy Dushanbe. (ca. 2021, November 19",
    ]  # fmt: skip
    assert "ca. 2012" in "".join(printed(pandoc(draft, f"--csl={STYLES / 'ieee.csl'}")))


def test_several_facts_of_one_document_are_one_reference_and_one_citation_in_a_bracket(pandoc: Run) -> None:
    draft = "Gear [@radios-delivered; @night-vision-devices-provided]. NATO [@nacc-joined-by-tajikistan-1992]."
    text, *references = printed(pandoc(draft, f"--csl={STYLES / 'apa.csl'}"))
    assert text.startswith(f"Gear (U.S. Embassy Dushanbe, ca. 2021, {SECTION}). NATO (NATO, ")
    assert text.count("“Highlights” section") == text.count("“Key milestones” section") == 1
    assert [each.split(" (")[0] for each in references] == ["NATO.", "NATO.", "U.S. Embassy Dushanbe."]


def test_the_words_of_the_author_are_kept(pandoc: Run) -> None:
    draft = (
        "A [see @radios-delivered, and more; @base-agreement-signed, p. 2]. @radios-delivered says, on page 3 "
        "@radios-delivered [p. 3], and again [-@radios-delivered]. Here [@radios-delivered, {par. 4}]."
    )
    text, *_ = printed(pandoc(draft))
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    rest = f"2021, {SECTION}"
    assert text == (
        f"A (see U.S. Embassy Dushanbe {rest}, and more; Radio Free Europe/Radio Liberty 2012, 2). "
        f"U.S. Embassy Dushanbe ({rest}) says, on page 3 U.S. Embassy Dushanbe ({rest}, p. 3), and again ({rest}). "
        "Here (U.S. Embassy Dushanbe 2021, par. 4)."
    )


def test_a_style_of_notes_has_the_section_in_the_note(pandoc: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.csl").write_text(NOTES)
    done = printed(pandoc("Radios [@radios-delivered].", "--csl=notes.csl"))
    assert done == ["Radios.[1]", f"[1] U.S. Embassy Dushanbe, c. 2021, {SECTION}."]


def test_a_fact_of_the_bibliography_alone_is_listed(pandoc: Run) -> None:
    _, reference = printed(pandoc('---\nnocite: "@base-agreement-signed"\n---\nNothing.'))
    assert reference.startswith("Radio Free Europe/Radio Liberty. 2012. “Russia Signs")


def test_the_draft_on_the_page_on_citing_is_printed_as_the_page_says(pandoc: Run) -> None:
    page = (ROOT / "docs" / "citing.md").read_text(encoding="utf-8")
    draft, shown = re.search(r"```markdown\n(.*?)```.*?```\n(.*?)```", page, re.DOTALL).groups()
    text, *references = printed(pandoc(draft))
    assert text == " ".join(shown.split())
    assert len(references) == 2


def test_a_document_is_cited_by_its_own_id(pandoc: Run) -> None:
    assert printed(pandoc("As NATO has it [@nato-2017]."))[0] == "As NATO has it (NATO 2017)."


def test_html_and_docx_have_the_citation(pandoc: Run, tmp_path: Path) -> None:
    html = pandoc("Radios [@radios-delivered].", to="html").stdout
    assert 'data-cites="us-embassy-2021"' in html
    assert f"(U.S. Embassy Dushanbe 2021, {SECTION})" in html
    assert f'<a href="{EMBASSY}"' in html
    assert 'id="ref-us-embassy-2021"' in html
    pandoc("Radios [@radios-delivered].", "-o", "draft.docx", to="docx")
    back = subprocess.run(
        ["pandoc", tmp_path / "draft.docx", "-t", "plain", "--wrap=none"], capture_output=True, text=True
    )
    assert f"Radios (U.S. Embassy Dushanbe 2021, {SECTION})." in back.stdout


def test_quarto_passes_the_filter_before_citeproc_in_a_file_of_defaults(pandoc: Run, tmp_path: Path) -> None:
    (tmp_path / "defaults.yml").write_text(f"filters: [{tmp_path / 'tajsec-pandoc'}, citeproc]\n")
    (tmp_path / "page.md").write_text("Radios [@radios-delivered].", encoding="utf-8")
    pandoc("")
    line = ["pandoc", "page.md", "-d", "defaults.yml", "-t", "plain"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
    assert "(U.S. Embassy Dushanbe 2021," in " ".join(done.stdout.split())


def test_keys_of_the_own_bibliography_are_left_alone_even_if_a_document_has_the_same(
    pandoc: Run, tmp_path: Path
) -> None:
    entry = "@book{%s, title = {%s}, author = {Doe, Jane}, year = 2001}\n"
    (tmp_path / "own.bib").write_text(entry % ("doe-2001", "Roads") + entry % ("us-embassy-2021", "Embassies"))
    draft = "---\nbibliography: own.bib\n---\nMine [@doe-2001; @us-embassy-2021], theirs [@radios-delivered]."
    text, *references = printed(pandoc(draft))
    assert text == f"Mine (Doe 2001b, 2001a), theirs (U.S. Embassy Dushanbe 2021, {SECTION})."
    assert len(references) == 3


def test_packs_are_added_by_the_variable(pandoc: Run, small: Path) -> None:
    text, reference = printed(pandoc("Seven [@seven-radios].", TAJSEC_FACTS=str(small)))
    assert text == "Seven (“A Paper” 2020)."
    assert reference.startswith("“A Paper.” 2020. A publisher. ")


# ---------------------------------------------------------------- what is refused


def test_a_document_without_an_address_is_printed_with_where_it_is_kept(pandoc: Run, offline: Path) -> None:
    draft = "[@foia-letter-says; @bridge-article-says; @leaked-memo-says]"
    done = pandoc(draft, f"--csl={STYLES / 'apa.csl'}", TAJSEC_FACTS=str(offline))
    assert printed(done)[1:] == [
        "A. Surveyor. (2023). The bridge article. Journal of Bridges. https://doi.org/10.5555/12345678",
        "Ministry of Bridges. (2023). The leaked memo [Memorandum]. Border Observatory. Border Observatory, leaks, "
        "box 7, file 12.pdf.",
        "Ministry of Examples. (2023, February). The foia letter [Letter]. Border Observatory, request 2023-014, "
        "page 3.",
    ]


def test_unknown_and_withdrawn_facts_are_errors_with_their_lines(pandoc: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text("utf-8") + 'withdrawn = "The paper took it back."\n', "utf-8")
    draft = "# Gear\n\nRadios\n[@seven-radio] and [@seven-radios].\n\nAgain @seven-radios.\n"
    done = pandoc(draft, TAJSEC_FACTS=str(small))
    assert done.returncode != 0
    assert done.stdout == ""
    withdrawn = "seven-radios is withdrawn: The paper took it back; take it out, or cite another fact"
    expected = [
        ("draft.md:4", "unknown fact 'seven-radio'; did you mean seven-radios?"),
        ("draft.md:4", withdrawn), ("draft.md:6", withdrawn),
    ]  # fmt: skip
    places = expected if sys.platform == "linux" else [
        ("“Radios [@seven-radio]”", expected[0][1]), ("“Radios [@seven-radio] and [@seven-radios]”", withdrawn),
        ("“Again @seven-radios”", withdrawn),
    ]  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("tajsec")]
    assert sorted(lines) == sorted(f"tajsec: error: {place}: {what}" for place, what in places)


def test_a_citation_in_a_text_from_a_pipe_is_found_by_its_words(pandoc: Run, tmp_path: Path) -> None:
    pandoc("")
    line = ["pandoc", "--filter", tmp_path / "tajsec-pandoc", "-t", "plain"]
    text = "They got many of the radios [see @radios-deliverd, here]."
    done = subprocess.run(line, input=text, capture_output=True, text=True)
    expected = "“They got many of the radios [see @radios-deliverd, here]”: unknown fact 'radios-deliverd'; did you"
    assert f"tajsec: error: {expected} mean radios-delivered?" in done.stderr


def test_a_deprecated_fact_is_cited_with_a_warning(pandoc: Run) -> None:
    done = pandoc("So they say [@antonov-title-in-rferl-article].")
    assert done.returncode == 0
    assert done.stderr.startswith("tajsec: antonov-title-in-rferl-article is known to be wrong: Anatoly Antonov was a")


@pytest.mark.parametrize(
    "text",
    [
        "", "[1]", "{}", "[" * 50_000, '{"meta": {}, "blocks": 1}', "\xff", '{"meta": {}, "blocks": [{"t": "Cite"}]}',
        '{"meta": {}, "blocks": [{"t": "Cite", "c": [[{"citationId": 1}], []]}]}',
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(environ: dict[str, str], text: str) -> None:
    line = [sys.executable, "-m", "tajsec", "pandoc", "html"]
    done = subprocess.run(line, input=text.encode("latin-1"), env=environ, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"tajsec: error: standard input is n")
    assert done.stderr.count(b"\n") == 1


# ---------------------------------------------------------------- without Pandoc


def string(text: str) -> dict:
    return {"t": "MetaString", "c": text}


def citation(key: str) -> dict:
    return {"citationId": key, "citationPrefix": [], "citationSuffix": [], "citationMode": {"t": "NormalCitation"}}


def document(*keys: str, **meta: dict) -> dict:
    cite = {"t": "Cite", "c": [[citation(key) for key in keys], [{"t": "Str", "c": "[...]"}]]}
    return {"pandoc-api-version": [1, 22], "meta": meta, "blocks": [{"t": "Para", "c": [cite]}]}


def keys_of(made: dict) -> list[str]:
    return [each["citationId"] for each in made["blocks"][0]["c"][0]["c"][0]]


def test_a_document_without_facts_stays_as_it_is(store: Store) -> None:
    made = document("Doe1999", "fig:map", "*")
    before = json.dumps(made)
    assert cite_facts(store, made) == ([], [])
    assert json.dumps(made) == before


def test_the_references_of_the_author_stay_before_those_that_are_added(store: Store) -> None:
    own = {"t": "MetaMap", "c": {"id": string("doe-1999")}}
    made = document("doe-1999", "radios-delivered", references={"t": "MetaList", "c": [own]})
    assert cite_facts(store, made).mistakes == []
    assert keys_of(made) == ["doe-1999", "us-embassy-2021"]
    first, second = made["meta"]["references"]["c"]
    assert first == own
    assert second["c"]["id"] == string("us-embassy-2021")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@book{\n  doe-1999,\n title={}}"), ("a.json", '[{"id": "doe-1999"}]'), ("a.ris", "ID  - doe-1999"),
        ("a.yaml", "references:\n- id: doe-1999\n"),
    ],
)  # fmt: skip
def test_the_keys_of_every_kind_of_bibliography_are_known(store: Store, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    made = document("doe-1999", "doe-2000", bibliography=string(str(tmp_path / name)))
    assert [each.id for each in cite_facts(store, made).mistakes] == ["doe-2000"]


def test_if_a_bibliography_cannot_be_read_only_near_names_of_facts_are_mistakes(store: Store) -> None:
    made = document("zzyzx-1999", "radios-deliverd", bibliography=string("https://example.org/own.bib"))
    assert [each.id for each in cite_facts(store, made).mistakes] == ["radios-deliverd"]


@pytest.mark.parametrize(
    ("issued", "shown"), [("2013-03~", "ca. 2013"), ("2011?/2012", "ca. 2011–2012"), ("../2021-10", "until 2021"),
                          ("1992/..", "since 1992")],
)  # fmt: skip
def test_a_vague_date_is_a_text_for_styles_that_have_no_form_for_it(small: Path, issued: str, shown: str) -> None:
    path = small / "seeds" / "paper.toml"
    path.write_text(path.read_text("utf-8").replace('issued = "2020"', f'issued = "{issued}"'), "utf-8")
    made = document("seven-radios")
    cite_facts(open_store([small]), made)
    reference = made["meta"]["references"]["c"][0]["c"]
    assert reference["issued"] == {"t": "MetaMap", "c": {"literal": string(shown)}}


def test_a_date_that_is_sure_is_a_date(small: Path) -> None:
    made = document("seven-radios")
    cite_facts(open_store([small]), made)
    parts = {"t": "MetaList", "c": [{"t": "MetaList", "c": [string("2020")]}]}
    assert made["meta"]["references"]["c"][0]["c"]["issued"] == {"t": "MetaMap", "c": {"date-parts": parts}}


def test_a_document_of_another_shape_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no document of Pandoc"):
        cite_facts(store, {"meta": [], "blocks": []})


def inlines(text: str) -> list[dict]:
    return [{"t": "Space"} if each == " " else {"t": "Str", "c": each} for each in re.findall(r" |[^ ]+", text)]


def bracket(
    *cited: tuple[str, str, str], mode: str = "NormalCitation", before: str = "", written: str = "[...]"
) -> dict:
    """A document of one paragraph with one bracket: key, prefix and suffix of each citation."""
    parts = [
        {**citation(key), "citationPrefix": inlines(prefix), "citationSuffix": inlines(suffix),
         "citationMode": {"t": mode}}
        for key, prefix, suffix in cited
    ]  # fmt: skip
    cite = {"t": "Cite", "c": [parts, inlines(written)]}
    return {"meta": {}, "blocks": [{"t": "Para", "c": [*inlines(before), cite]}]}


def text_of(values: list[dict]) -> str:
    return "".join(each.get("c", " ") for each in values)


HEADED = f", {SECTION}"


@pytest.mark.parametrize(
    ("cited", "mode", "expected"),
    [
        ([("radios-delivered", "see", "")], "NormalCitation",
         [("us-embassy-2021", "see", HEADED, "NormalCitation")]),
        ([("radios-delivered", "", ", and more")], "AuthorInText",
         [("us-embassy-2021", "", f"{HEADED}, and more", "AuthorInText")]),
        ([("radios-delivered", "", "p. 3")], "SuppressAuthor",
         [("us-embassy-2021", "", f"{HEADED}, p. 3", "SuppressAuthor")]),
        ([("radios-delivered", "", "; p. 3")], "NormalCitation",
         [("us-embassy-2021", "", f"{HEADED}; p. 3", "NormalCitation")]),
        ([("radios-delivered", "", ", {par. 4}")], "NormalCitation",
         [("us-embassy-2021", "", ", {par. 4}", "NormalCitation")]),
        # the same document twice is joined, but not over words that the author put between
        ([("radios-delivered", "", ""), ("night-vision-devices-provided", "", " here")], "NormalCitation",
         [("us-embassy-2021", "", f"{HEADED} here", "NormalCitation")]),
        ([("radios-delivered", "", ", first"), ("night-vision-devices-provided", "", "")], "NormalCitation",
         [("us-embassy-2021", "", f"{HEADED}, first", "NormalCitation"),
          ("us-embassy-2021", "", HEADED, "NormalCitation")]),
        ([("radios-delivered", "", ""), ("night-vision-devices-provided", "but", "")], "NormalCitation",
         [("us-embassy-2021", "", HEADED, "NormalCitation"), ("us-embassy-2021", "but", HEADED, "NormalCitation")]),
        ([("Doe1999", "cf.", ", p. 1"), ("nato-2017", "", "")], "NormalCitation",
         [("Doe1999", "cf.", ", p. 1", "NormalCitation"), ("nato-2017", "", "", "NormalCitation")]),
        # a fact of two documents: the prefix before the first, the suffix after the last, the author's mode for one
        ([("nacc-joined-by-tajikistan-1992", "see", ", end")], "AuthorInText",
         [("nato-2017", "see", ", “Highlights” section", "AuthorInText"),
          ("tajik-embassy-2012", "", ", “Evolution of relations” section, “Key milestones” section, end",
           "NormalCitation")]),
    ],
)  # fmt: skip
def test_a_bracket_is_replaced_with_the_words_of_the_author(
    store: Store, cited: list[tuple[str, str, str]], mode: str, expected: list[tuple[str, str, str, str]]
) -> None:
    made = bracket(*cited, mode=mode)
    assert cite_facts(store, made) == ([], [])
    assert [
        (
            each["citationId"],
            text_of(each["citationPrefix"]),
            text_of(each["citationSuffix"]),
            each["citationMode"]["t"],
        )
        for each in made["blocks"][0]["c"][-1]["c"][0]
    ] == expected


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", "[@seven-radioz]"), ("Two words ", "Two words [@seven-radioz]"),
        ("one two three four five six seven eight nine ", "two three four five six seven eight nine [@seven-radioz]"),
    ],
)  # fmt: skip
def test_a_mistake_has_the_words_before_it(store: Store, before: str, words: str) -> None:
    made = bracket(("seven-radioz", "", ""), before=before, written="[@seven-radioz]")
    assert [each.words for each in cite_facts(store, made).mistakes] == [words]


def test_a_mistake_in_a_list_or_a_note_has_the_words_of_its_own_paragraph(store: Store) -> None:
    wrong = bracket(("seven-radioz", "", ""), before="Inner ", written="[@seven-radioz]")["blocks"][0]
    outer = {"t": "Para", "c": [*inlines("Outer "), {"t": "Note", "c": [wrong]}, {"t": "SoftBreak"}, *inlines("end")]}
    made = {"meta": {}, "blocks": [{"t": "BlockQuote", "c": [outer]}]}
    assert [each.words for each in cite_facts(store, made).mistakes] == ["Inner [@seven-radioz]"]


def test_an_inferred_month_is_said_by_the_kind_of_text(small: Path) -> None:
    path = small / "seeds" / "paper.toml"
    dated = path.read_text("utf-8").replace('issued = "2020"', 'issued = "2020-03?"\ngenre = "editorial"')
    path.write_text(dated, "utf-8")
    made = document("seven-radios")
    cite_facts(open_store([small]), made)
    reference = made["meta"]["references"]["c"][0]["c"]
    assert reference["genre"] == string("editorial, date inferred")
    assert "circa" not in reference["issued"]["c"]


@pytest.mark.parametrize(
    ("style", "keeps"), [("is-uncertain-date", True), ("no such form", False), (None, False)]
)  # fmt: skip
def test_a_style_that_has_a_form_for_vague_dates_gets_one(
    small: Path, tmp_path: Path, style: str | None, keeps: bool
) -> None:
    path = small / "seeds" / "paper.toml"
    path.write_text(path.read_text("utf-8").replace('issued = "2020"', 'issued = "2020~"'), "utf-8")
    if style:
        (tmp_path / "own.csl").write_text(style, "utf-8")
    made = document("seven-radios", csl=string(str(tmp_path / "own.csl")))
    cite_facts(open_store([small]), made)
    issued = made["meta"]["references"]["c"][0]["c"]["issued"]["c"]
    if keeps:
        assert issued["circa"] == {"t": "MetaBool", "c": True}
    else:
        assert issued == {"literal": string("ca. 2020")}
