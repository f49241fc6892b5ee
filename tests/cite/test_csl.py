"""Citations in the styles of papers: each style prints these sources as its guide has them.

The guides: the Publication Manual of the APA (7th edition), the Chicago Manual of Style (18th), the MLA Handbook (9th),
Cite Them Right (12th), and the IEEE Reference Guide (2023).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from tajsec.cite.citation import Citation, address, citations, section_of
from tajsec.cite.csl import Rendering, render
from tajsec.cite.styles import RENDERED, STYLES, By, CslFile
from tajsec.cite.write import in_style
from tajsec.cli.terminal import Reply
from tajsec.model.kinds import SOURCE_TYPES
from tajsec.model.protocol import Store
from tajsec.model.records import Fact
from tajsec.text.dates import parse

GOLDEN = Path(__file__).parent / "rendered"

SOURCES = {
    "news": """
        type = "article-newspaper"
        title = "Who Pays for the “Friendship” Bridge?"
        author = ["Border Post News Service"]
        publisher = "Border Post Media"
        container_title = "The Border Post"
        issued = "2021-10-05"
        accessed = "2026-11-20"
        url = "https://news.example.org/bridge"
    """,
    "circa": """
        type = "article-newspaper"
        title = "A bridge over the Panj"
        author = ["Border Post News Service"]
        publisher = "Border Post Media"
        container_title = "The Border Post"
        issued = "2013-03~"
        url = "https://news.example.org/panj"
    """,
    "undated": """
        type = "webpage"
        title = "Counter-narcotics work & training"
        author = ["Ministry of Bridges"]
        publisher = "Ministry of Bridges"
        container_title = "Ministry of Bridges: Topics"
        accessed = "2026-11-20"
        url = "https://bridges.example.org/work"
    """,
    "archived": """
        type = "webpage"
        title = "Bridges at a glance"
        author = ["Embassy of Examples in Dushanbe, Political Section"]
        publisher = "Ministry of Examples"
        container_title = "Embassy of Examples"
        issued = "2018-11"
        url = "https://embassy.example.org/bridges"
        archive_url = "https://web.archive.org/web/20181106020236/https://embassy.example.org/bridges"
    """,
}
FACTS = {
    "bridge-paid": ("news", 2, 'when = "2021-10-05"\nstatus = "completed"', "about 3 million dollars"),
    "bridge-planned": ("circa", 2, 'as_of = "2013-03~"\nstatus = "planned"', "plan to build over 20 bridges"),
    "training-held": ("undated", 2, 'as_of = "2011/2012"\nstatus = "completed"', "trained over 100 officers"),
    "training-goes-on": ("undated", 3, 'as_of = "2011/2012"\nstatus = "ongoing"', "training goes on"),
    "bridges-counted": ("archived", 2, 'as_of = "2018-11"\nstatus = "stated"', "nearly 40 bridges"),
}


@pytest.fixture
def pack(small: Path) -> Path:
    """A store with four more sources and five more facts; two of the facts cite one source."""
    for name, keys in SOURCES.items():
        record = [f'id = "{name}"', *(line.strip() for line in keys.strip().splitlines()), 'language = "en"']
        seal = [f'file = "{name}.txt"', f'text_sha256 = "{"a" * 64}"']
        passages = "\n".join(
            f'[[passage]]\nn = {n}\nsection = "Work-in-progress"\nrole = "claim"\nwords = 9\nsha256 = "{str(n) * 64}"'
            for n in (1, 2, 3)
        )
        (small / "seeds" / f"{name}.toml").write_text("\n".join([*record, *seal, passages]), encoding="utf-8")
    facts = "\n".join(
        f'[[fact]]\nid = "{name}"\nstatement = "The claim of {name} is made."\nactors = ["us"]\ntopics = ["gear"]\n'
        f'{keys}\ncites = [{{ source = "{source}", passage = {passage}, quote = "{quote}" }}]'
        for name, (source, passage, keys, quote) in FACTS.items()
    )
    (small / "facts" / "bridges.toml").write_text(facts.replace('topics = ["gear"]', 'topics = ["bridges"]'), "utf-8")
    vocabulary = small / "facts" / "vocabulary" / "all.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8") + '[[topic]]\nid = "bridges"\nname = "Bridges"\n', "utf-8")
    return small


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("style", STYLES)
def test_a_style_prints_what_its_guide_has(
    run: Callable[..., Reply], pack: Path, style: str, by: str, agree: Callable[[Path, str], None]
) -> None:
    reply = run("cite", *FACTS, "--facts", str(pack), "--style", style, "--by", by)
    assert reply.status == 0, reply.stderr
    agree(GOLDEN / f"{style}{'' if by == 'fact' else '-by-source'}.txt", reply.text)


# ---------------------------------------------------------------- what holds in every style


@pytest.fixture
def rendered(store: Store) -> Callable[[str, list[Fact]], Rendering]:
    """Render facts of the shipped store, each a group."""
    return lambda style, facts: render(STYLES[style].made_by, [citations(store, [fact]) for fact in facts])


@pytest.mark.parametrize("style", RENDERED)
def test_every_claim_keeps_its_bounds_its_words_and_the_date_of_its_source(
    store: Store, rendered: Callable[[str, list[Fact]], Rendering], style: str
) -> None:
    facts = [fact for fact in store.facts() if fact.as_of][::40]
    for fact, group in zip(facts, rendered(style, facts).groups, strict=True):
        assert group.head.startswith(fact.statement.removesuffix("."))
        assert fact.as_of is None or fact.as_of.without_doubt.as_of in group.head
        assert fact.status not in ("planned", "stated") or f"({fact.status}" in group.head
        located, text = group.note or group.head, "\n".join(group.lines)
        for cite in fact.cites:
            source = store.source(cite.source)
            assert f"“{cite.quote}”" in text
            assert address(source, cite, archived=bool(source.archive_url)) in text
            assert (section_of(source, cite) or "") in located
        assert "passage" not in located.replace("Passage", "")


@pytest.mark.parametrize("style", RENDERED)
def test_a_source_without_another_date_is_dated_by_its_update_and_that_is_said(
    store: Store, rendered: Callable[[str, list[Fact]], Rendering], style: str
) -> None:
    assert store.source("nato-2017").issued is None
    fact = next(fact for fact in store.facts() if fact.sources == ("nato-2017",))
    rendering = rendered(style, [fact])
    assert "NATO, updated 12 December 2017" in rendering.groups[0].lines
    (entry,) = rendering.bibliography
    assert "2017" in entry
    assert ("ast modified December 12" in entry) is style.startswith("chicago")
    assert "n.d." not in rendering.text


@pytest.mark.parametrize("style", RENDERED)
def test_each_source_is_listed_once_and_nothing_of_the_machinery_shows(
    store: Store, rendered: Callable[[str, list[Fact]], Rendering], style: str
) -> None:
    by_source = {source: fact for fact in store.facts() for source in fact.sources}
    rendering = rendered(style, [fact for fact in by_source.values() for _ in range(2)])
    cited = [store.source(each) for each in by_source]
    # no letter and no number tells two versions of one page apart in these
    once = {each.address if style in ("chicago-notes", "mla") else each.id for each in cited}
    assert len(set(rendering.bibliography)) == len(rendering.bibliography) == len(once)
    listed = "".join(rendering.bibliography)
    assert not re.search(r"[\ufdd0-\ufdd2]|<|&[a-z]+;|\.\.|,,| ,|  |None", listed), listed
    assert "U.S. Embassy Dushanbe" in listed, "an embassy is no person with initials"


def test_references_are_in_the_order_of_the_style(
    store: Store, rendered: Callable[[str, list[Fact]], Rendering]
) -> None:
    facts = [store.fact(name) for name in ("tajikistan-strong-partner-afghanistan", "radios-delivered")]
    assert [entry[:4] for entry in rendered("apa", facts).bibliography] == ["U.S.", "Voic"]
    assert [entry[:8] for entry in rendered("ieee", facts).bibliography] == ["[1] Voic", "[2] U.S."]


@pytest.mark.parametrize(("style", "source"), [*((style, "news") for style in RENDERED), ("apa", "undated")])
def test_two_sources_that_would_be_cited_alike_are_told_apart(
    run: Callable[..., Reply], pack: Path, style: str, source: str
) -> None:
    record = (pack / "seeds" / f"{source}.toml").read_text("utf-8")
    twin = record.replace(f'id = "{source}"', 'id = "twin"').replace('title = "', 'title = "Again, ')
    (pack / "seeds" / "twin.toml").write_text(twin.replace(f"{source}.txt", "twin.txt"), "utf-8")
    facts = pack / "facts" / "bridges.toml"
    first = next(name for name, fact in FACTS.items() if fact[0] == source)
    block = next(each for each in facts.read_text("utf-8").split("[[fact]]") if f'id = "{first}"' in each)
    again = block.replace(first, "twin-fact").replace(f'source = "{source}"', 'source = "twin"')
    facts.write_text(f"{facts.read_text('utf-8')}\n[[fact]]{again}", "utf-8")
    reply = run("cite", first, "twin-fact", "--facts", str(pack), "--style", style)
    cited = re.findall(
        r"^The claim of .*? is made(?: \(as of.*?\))? [(\[](.*?)[,”]+ (?:under |sec\. )?[“‘]?Work",
        reply.text,
        re.MULTILINE,
    )
    if style == "chicago-notes":
        cited = re.findall(r"^\d\. (.*), under “Work", reply.text, re.MULTILINE)
    assert len(set(cited)) == 2, reply.text
    if style == "apa":
        letters = {"news": ("2021a", "2021b"), "undated": ("n.d.-a", "n.d.-b")}[source]
        assert all(f", {letter}" in reply.text and f"({letter}" in reply.text for letter in letters)


@pytest.mark.parametrize(
    ("issued", "shown"),
    [
        ("2011-07/2012", "(2011–2012)"),
        ("2011-07-01/2011-07-05", "(2011)"),
        ("2011~/2012", "(ca. 2011–2012)"),
        ("1992/..", "(since 1992)"),
        ("../2021-10-04", "(until 2021)"),
    ],
)
def test_a_source_of_a_span_is_dated_with_its_years(store: Store, issued: str, shown: str) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    citation = replace(citation, source=replace(citation.source, issued=parse(issued)))
    rendering = render(STYLES["apa"].made_by, [[citation]])
    assert shown in rendering.bibliography[0]
    assert rendering.groups[0].lines[0].endswith(parse(issued).words)


@pytest.mark.parametrize("style", RENDERED)
def test_what_nobody_signed_is_cited_as_its_publishers(store: Store, style: str) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    rendering = render(STYLES[style].made_by, [[replace(citation, source=replace(citation.source, author=()))]])
    (entry,) = rendering.bibliography
    assert entry.removeprefix("[1] ").startswith("U.S. Department of State")
    assert entry.count("Department of State") == entry.count("Fact Sheet") == 1


@pytest.mark.parametrize("style", RENDERED)
def test_markup_in_data_is_text(store: Store, style: str) -> None:
    nasty = '<i>A</i> <script>b</script> &amp; <span class="nocase">C</span> &lt; AT&T'
    made_by = STYLES[style].made_by
    assert isinstance(made_by, CslFile)
    cited = citations(store, [store.fact("radios-delivered")])[0]
    source = replace(cited.source, title=nasty, author=("<b>D</b>",))
    shown = render(made_by, [[replace(cited, source=source)]]).text.replace("‘", '"').replace("’", '"')
    assert nasty in shown
    assert "<b>D</b>" in shown


def test_chicago_lists_no_post_but_its_note_has_all_of_it(store: Store) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    citation = replace(citation, source=replace(citation.source, type="post"))
    rendering = render(STYLES["chicago-notes"].made_by, [[citation]])
    assert rendering.bibliography == ()
    assert citation.source.url in rendering.groups[0].note
    assert "Bibliography" not in rendering.text


def test_apa_has_no_retrieval_without_its_date(store: Store) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    undated = replace(citation, source=replace(citation.source, issued=None, accessed=None))
    (entry,) = render(STYLES["apa"].made_by, [[undated]]).bibliography
    assert "(n.d.)" in entry
    assert "Retrieved" not in entry


def test_a_note_of_chicago_has_a_comma_before_a_site_of_uncertain_date(store: Store) -> None:
    (citation,) = citations(store, [store.fact("radios-delivered")])
    source = replace(citation.source, issued=parse("2013~"), title="A Title", container_title="A Site")
    (group,) = render(STYLES["chicago-notes"].made_by, [[replace(citation, source=source)]]).groups
    assert "“A Title,” A Site, U.S. Department of State, [2013?], " in group.note


def test_the_full_stop_of_an_abbreviation_stays(store: Store) -> None:
    fact = replace(store.fact("radios-delivered"), statement="Radios came from the U.S.", as_of=None)
    (group,) = render(STYLES["ieee"].made_by, [citations(store, [fact])]).groups
    assert group.head.startswith("Radios came from the U.S. [1, ")


# ---------------------------------------------------------------- the style files


def test_the_style_files_are_official_and_keep_their_licence() -> None:
    folder = Path(__file__).parents[2] / "tajsec" / "cite" / "csl_styles"
    names = sorted(path.stem for path in folder.glob("*.csl"))
    assert names == sorted(STYLES[style].made_by.name for style in RENDERED)
    for name in names:
        head = (folder / f"{name}.csl").read_text("utf-8").partition("</info>")[0]
        assert f"<id>http://www.zotero.org/styles/{name}</id>" in head
        assert 'rights license="http://creativecommons.org/licenses/by-sa/3.0/"' in head
        assert "<author>" in head
    assert "https://citationstyles.org/" in (folder / "LICENSE").read_text("utf-8")


# ---------------------------------------------------------------- documents without a web address


@pytest.mark.parametrize("style", RENDERED)
@pytest.mark.parametrize("kind", SOURCE_TYPES)
def test_a_document_of_every_type_is_listed_with_where_it_is_kept(
    unlinked: dict[str, Citation], style: str, kind: str
) -> None:
    memo = unlinked["leaked-memo"]
    rendering = render(STYLES[style].made_by, [[replace(memo, source=replace(memo.source, type=kind))]])
    (entry,) = rendering.bibliography or [rendering.groups[0].note]  # Chicago's notes list no posts
    assert entry.count("box 7, file 12.pdf") == 1
    assert re.search("the leaked memo", entry, re.IGNORECASE)
    assert "2023" in entry
    assert not re.search(r"\.\.|\(\)|None|“”", entry)


@pytest.mark.parametrize("style", RENDERED)
def test_a_document_without_an_address_is_printed_as_its_guide_has_it(
    unlinked: dict[str, Citation], style: str, agree: Callable[[Path, str], None]
) -> None:
    rendering = render(STYLES[style].made_by, [[each] for each in unlinked.values()])
    agree(GOLDEN / f"{style}-offline.txt", "".join(f"{entry}\n" for entry in rendering.bibliography))


@pytest.mark.parametrize("style", [style for style in STYLES if style not in RENDERED])
def test_an_entry_of_a_document_without_an_address_is_as_its_format_has_it(
    unlinked: dict[str, Citation], style: str, agree: Callable[[Path, str], None]
) -> None:
    agree(GOLDEN / f"{style}-offline.txt", in_style([*unlinked.values()], style))


def test_every_type_of_document_has_its_fields_in_each_format(
    unlinked: dict[str, Citation], agree: Callable[[Path, str], None]
) -> None:
    source = replace(
        unlinked["bridge-chapter"].source,
        title="All of it",
        url="https://bridges.example.org/all",
        archive_url="https://archive.example.org/all",
        locator="box 7",
        accessed=parse("2026-11-20"),
        issued=parse("2021-03-04"),
        genre="sheet",
    )
    rows = []
    for kind in SOURCE_TYPES:
        citation = replace(unlinked["bridge-chapter"], source=replace(source, type=kind))
        for style, pattern in _FIELDS.items():
            found = re.finditer(pattern, in_style([citation], style), re.MULTILINE)
            rows.append(f"{kind}: {style} {' '.join(each[each.lastindex or 0].strip() for each in found)}")
    agree(GOLDEN / "fields-of-types.txt", "\n".join(rows) + "\n")


_FIELDS = {
    "bibtex": r"^@\w+|^  (\w+) = {{?All Bridges|^  (\w+) = {{?Border Press|^  entry\w+",
    "biblatex": r"^@\w+|^  (\w+) = {{?{?All Bridges|^  (\w+) = {{?{?Border Press|^  entry\w+",
    "ris": r"^TY  - (\w+)",
    "csl-json": r"\"([\w-]+)\": \"(?:All Bridges|Border Press)",
    "wikipedia": r"{{(cite \w+)|(\S+)=All Bridges|(\S+)=Border Press|(\S+)=All of it",
}
"""What the entry of a type is called, and which fields say what it is published in and by whom."""
