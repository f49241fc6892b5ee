"""HTML pages: one file each, without scripts or resources to load, for light and dark backgrounds."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from tajsec import __version__
from tajsec.output import wording
from tajsec.output.json_types import Cite, DraftFinding, Fact, FactCheck
from tajsec.output.labels import Line
from tajsec.output.pages import HEADINGS, IDS, Item, Page, Row, Section
from tajsec.pictures.chart import Chart
from tajsec.pictures.markup import Content, Element, for_light_and_dark, html_text, style, tag
from tajsec.text.forms import counted
from tajsec.text.urls import is_web_address

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The browser loads and runs nothing, even if a fact contained HTML (https://www.w3.org/TR/CSP3/)."""

CSS = """
:root { color-scheme: light dark }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "DejaVu Sans", Verdana, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
p { margin: .4rem 0; max-width: 48rem }
a { color: var(--done) }
:focus-visible { outline: 2px solid var(--done); outline-offset: 2px }
.soft { color: var(--soft); font-size: .875rem }
.planned { color: var(--planned) } .stated { color: var(--stated) } .differs { color: var(--differs) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0 }
dt { color: var(--soft) } dd { margin: 0 }
ul { padding-left: 1.2rem } li { margin: .3rem 0 }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: var(--soft); padding: .3rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-top: 1px solid var(--line) }
th { font-weight: 600 } tr:target { outline: 2px solid var(--done) }
td:first-child, thead th:first-child { width: 9rem } td:last-child, thead th:last-child { width: 45%; padding-right: 0 }
q { quotes: "\\201c" "\\201d" }
td div + div { margin-top: .3rem }
.picture { overflow-x: auto; border: 1px solid var(--line); margin: 1rem 0 }
.picture svg { display: block; max-width: 100%; min-width: 64rem; height: auto }
.note { display: none; position: fixed; inset: auto 0 0 0; padding: .75rem 1rem; background: var(--paper);
  border-top: 3px solid var(--done); box-shadow: 0 -.5rem 1.5rem #0004 }
.note p { max-width: 76rem; margin: 0 auto }
@media (max-width: 40rem) { thead { display: none }
  tr { display: block; padding: .5rem 0; border-top: 1px solid var(--line) }
  td, td:first-child, td:last-child { display: block; width: auto; border: 0; padding: .15rem 0 }
  dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
@media print { .note { display: none !important } .picture { overflow: visible }
  .picture svg { min-width: 0 } }
"""

WIDE = """
html { scroll-padding-bottom: 14rem }
body { padding-bottom: 14rem; max-width: 120rem }
main > :not(.picture), footer { max-width: 76rem; margin-inline: auto }
"""
"""The style of a page with a timeline: the picture is as wide as the window, up to its own width."""
SHEET = """
body { max-width: 50rem }
p { max-width: none }
small { color: var(--soft); font-size: .75rem }
.figures th, .figures td { padding: .2rem .75rem .2rem 0 }
.figures th:first-child, .figures td:first-child { width: 18% }
.figures th:nth-child(3), .figures td:nth-child(3) { width: 26% }
.figures th:last-child, .figures td:last-child { width: 30%; padding-right: 0 }
footer { margin-top: 2rem }
@page { size: A4; margin: 15mm 18mm }
@media print { body { max-width: none; padding: 0; background: none; color: #000; font-size: 9.5pt; line-height: 1.3 }
  h1 { font-size: 15pt } h2 { font-size: 11.5pt; margin: .7rem 0 .2rem; break-after: avoid } a { color: inherit }
  table { font-size: 8.5pt } small, .soft { color: #444; font-size: 7.5pt } li { margin: .15rem 0 }
  li a { font-size: 8pt } .figures :is(th, td) { padding-block: .1rem } p, ul { margin: .25rem 0 }
  li, tr { break-inside: avoid } footer { margin-top: .7rem } }
"""
"""The style of a page that is printed or pasted; on paper it is black on white whatever the screen has."""
LISTING = """
body { max-width: 76rem }
.listing :is(th, td) { padding: .3rem .75rem .3rem 0; overflow-wrap: normal }
.listing :is(th, td):is(:first-child, :last-child) { width: auto }
"""
"""The style of a page with one table, besides `SHEET`: the browser divides the width."""


DRAFT = """
.draft { max-width: 48rem; padding: 1rem 0 }
mark { background: none; color: inherit; border-bottom: 2px solid var(--soft) }
mark a { color: inherit; text-decoration: none }
mark:is(.differs, .unknown) { background: var(--mark); border-color: var(--differs) }
mark.outdated { border-color: var(--planned) }
mark.rounds { border-color: var(--stated) } mark.agrees { border-color: var(--done) }
mark:is(.beside, .not-covered) { border-bottom-style: dotted }
.findings td:nth-child(1), .findings th:nth-child(1) { width: 4rem } .findings td:last-child { width: auto }
.findings :is(.outdated) { color: var(--planned) } .findings :is(.rounds) { color: var(--stated) }
"""
"""The style of a draft: what differs has a ground, the others a line of their colour."""


def timeline_page(chart: Chart, picture: Element, facts: Sequence[Fact], title: str, notes: Sequence[str]) -> str:
    """Return a page with a chart, its picture (`tajsec.pictures.svg`) and its facts, which are in order of time.

    The fact under the pointer or the keyboard focus is shown at the foot of the window; a table lists all facts.
    """
    bars = [bar.fact for lane in chart.lanes for bar in lane.bars]
    shown = "".join(f"body:has(#bar-{n}:is(:hover, :focus)) #note-{n} {{ display: block }}\n" for n in range(len(bars)))
    return _page(
        title,
        tag("h1", title),
        *(tag("p", note, class_="soft") for note in notes),
        tag("p", "Point at a bar, or go to it with the Tab key, to read the fact and its receipts.", class_="soft"),
        tag("div", picture, class_="picture", role="region", aria_label=title, tabindex="0"),
        tag("h2", "The same facts as a table"),
        _facts_table(facts, f"{counted(len(facts), 'fact')} in order of time"),
        *(tag("div", tag("p", *_fact(fact)), class_="note", id=f"note-{n}", aria_hidden="true")
          for n, fact in enumerate(bars)),
        css=f"{WIDE}{shown}",
    )  # fmt: skip


def printed_page(found: Sequence[Page]) -> str:
    """Return pages (`tajsec.output.pages`) as one in HTML, to be printed or pasted into a document."""
    content = [part for page in found for part in _content(page)]
    return _page(found[0].title, *content, css=SHEET)


def table_page(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a listing as a page with one table, to be printed or pasted into a document."""
    heads = tag("tr", *(tag("th", text, scope="col") for text in headings))
    body = (tag("tr", *(tag("td", _address(cell, cell)) for cell in row)) for row in rows)
    table = tag("table", tag("thead", heads), tag("tbody", *body), class_="listing")
    return _page(title, tag("h1", title), table, css=SHEET + LISTING)


def draft_page(record: FactCheck, text: str) -> str:
    """Return a draft as a page: its own text, with what was compared marked, and a list of the findings."""
    facts = {each["id"]: each for each in record["facts"]}
    title = f"{record['draft']} beside the facts"
    rows = [tag("tr", *_draft_cells(n, each, facts)) for n, each in enumerate(record["findings"], 1)]
    heads = tag("tr", *(tag("th", text, scope="col") for text in ("Line", "Flag", "The draft, and the facts")))
    return _page(
        title,
        tag("h1", title),
        tag(
            "p",
            f"{wording.flag_counts(record)}. Evidence, no verdict: the facts stand beside the words.",
            class_="soft",
        ),
        tag("div", *_marked_text(text, record["findings"]), class_="draft"),
        tag("h2", "Findings"),
        tag("table", tag("thead", heads), tag("tbody", *rows), class_="findings"),
        css=SHEET + DRAFT,
    )


def _draft_cells(n: int, finding: DraftFinding, facts: Mapping[str, Fact]) -> Iterator[Element]:
    yield tag("td", tag("a", str(finding["line"]), href=f"#words-{n}"), id=f"finding-{n}")
    yield tag("td", finding["flag"], class_=finding["flag"])
    lines = (tag("div", line, class_="soft") for line in wording.beside(finding, facts))
    yield tag("td", tag("strong", finding["text"]), *lines)


def _marked_text(text: str, findings: Sequence[DraftFinding]) -> Iterator[Content]:
    """Yield a text line by line, with a mark around the words of each finding that leads to it in the list.

    Findings in a sentence that is one as a whole are marked in it.
    """
    ends = sorted({0, len(text), *(place for each in findings for place in (each["start"], each["end"]))})
    numbered = sorted(enumerate(findings, 1), key=lambda each: each[1]["start"])
    covering: list[tuple[int, DraftFinding]] = []
    seen = set[int]()
    for start, end in itertools.pairwise(ends):
        while numbered and numbered[0][1]["start"] <= start:
            covering.append(numbered.pop(0))
        covering = [each for each in covering if each[1]["end"] > start]
        if not covering:
            yield from _with_breaks(text[start:end])
            continue
        n, finding = min(covering, key=lambda each: each[1]["end"] - each[1]["start"])
        link = tag("a", *_with_breaks(text[start:end]), href=f"#finding-{n}", title=finding["flag"])
        yield tag("mark", link, class_=finding["flag"], **({} if n in seen else {"id": f"words-{n}"}))
        seen.add(n)


def _with_breaks(text: str) -> Iterator[Content]:
    """Yield the lines of a text with a break between two."""
    for n, line in enumerate(text.split("\n")):
        if n:
            yield tag("br")
        yield line


def _page(title: str, *content: Element, css: str = "") -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("title", f"{title} - tajsec"),
        style(for_light_and_dark(variables) + CSS + css),
    )
    licence = "The shipped facts are under CC0 1.0; the quotes remain their authors'."
    foot = tag("p", f"Made by tajsec {__version__}. {licence}", class_="soft")
    main = tag("main", *content)
    return html_text(tag("html", head, tag("body", main, tag("footer", foot)), lang="en"))


def variables(colours: Mapping[str, str]) -> str:
    """Return the tones as variables of CSS."""
    return f":root {{ {''.join(f'--{name}: {colour}; ' for name, colour in colours.items())}}}\n"


# ---------------------------------------------------------------- pages


def _content(page: Page) -> Iterator[Element]:
    yield tag("h1", page.title)
    if page.lead:
        yield tag("p", page.lead)
    for section in page.sections:
        yield from _section(section)
    if page.ids:
        yield tag("p", tag("small", IDS, ", ".join(page.ids)))


def _section(section: Section) -> Iterator[Element]:
    if section.heading:
        yield tag("h2", section.heading)
    if section.lines:
        yield tag("dl", *(part for line in section.lines for part in _labelled(line)))
    if section.items:
        yield tag("ul", *(tag("li", *_item(each)) for each in section.items))
    if section.rows:
        heads = tag("tr", *(tag("th", text, scope="col") for text in HEADINGS))
        yield tag("table", tag("thead", heads), tag("tbody", *map(_figure, section.rows)), class_="figures")
    yield from (tag("p", *_item(each), class_="soft") for each in section.notes)


def _labelled(line: Line) -> Iterator[Element]:
    if line.label:
        yield tag("dt", line.label)
    yield tag("dd", _address(line.text, line.text))


def _item(item: Item) -> Iterator[Content]:
    yield item.text
    if item.address:
        yield from (" ", _address(item.address, item.address))


def _figure(row: Row) -> Element:
    *cells, source, fact_id = row
    return tag("tr", *(tag("td", text) for text in cells), tag("td", source, " ", tag("small", fact_id)))


# ---------------------------------------------------------------- facts


def _facts_table(facts: Sequence[Fact], caption: str) -> Element:
    heads = tag("tr", *(tag("th", text, scope="col") for text in ("When", "Fact", "Receipts")))
    return tag("table", tag("caption", caption), tag("thead", heads), tag("tbody", *map(_row, facts)))


def _row(fact: Fact) -> Element:
    figures = [tag("div", wording.figure(each), class_="soft") for each in fact["quantities"]]
    notes = [tag("div", fact["notes"], class_="soft")] if fact["notes"] else []
    claim = tag(
        "td",
        fact["statement"],
        " ",
        *_bounds(fact),
        *figures,
        *notes,
        tag("div", wording.named_id(fact), class_="soft"),
    )
    receipts = tag("td", *(tag("div", *_receipt(cite)) for cite in fact["cites"]))
    return tag("tr", tag("td", wording.moment_of(fact)), claim, receipts, id=f"fact-{fact['id']}")


def _fact(fact: Fact) -> list[Content]:
    """Return a fact as text in a line: the claim, its bounds, its receipts."""
    receipts = [part for cite in fact["cites"] for part in (" ", *_receipt(cite))]
    return [tag("strong", fact["statement"]), " ", *_when_and_bounds(fact), *receipts]


def _when_and_bounds(fact: Fact) -> list[Content]:
    return [tag("span", f"· {wording.moment_of(fact)} ", class_="soft"), *_bounds(fact)]


def _bounds(fact: Fact) -> list[Content]:
    return [tag("span", f"· {text} ", class_=tone) for text, tone in wording.bounds(fact)]


def _receipt(cite: Cite) -> list[Content]:
    where = _address(wording.words_at(cite), wording.origin(cite))
    return [tag("q", cite["quote"]), f"{wording.sic(cite)} ", where]


def _address(address: str, text: str) -> Content:
    """Return a link to a page, or the text alone if the address may not be opened."""
    return tag("a", text, href=address, rel="noreferrer") if is_web_address(address) else text
