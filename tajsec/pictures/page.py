"""HTML pages: one file each, without scripts or resources to load, for light and dark backgrounds."""

from collections.abc import Iterator, Mapping, Sequence

from tajsec import __version__
from tajsec.output import labels, wording
from tajsec.output.json_types import Cite, Fact, Source, Summary
from tajsec.pictures.chart import Chart
from tajsec.pictures.markup import Content, Element, for_light_and_dark, html_text, style, tag
from tajsec.text.forms import counted
from tajsec.text.urls import at_words, is_web_address

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


def timeline_page(chart: Chart, picture: Element, facts: Sequence[Fact], title: str, notes: Sequence[str]) -> str:
    """Return a page with a chart, its picture (`tajsec.pictures.svg`) and its facts, which are in order of time.

    The fact under the pointer or the keyboard focus is shown at the foot of the window; a table lists all facts.
    """
    bars = [bar.fact for lane in chart.lanes for bar in lane.bars]
    shown = "".join(f"body:has(#bar-{n}:is(:hover, :focus)) #note-{n} {{ display: block }}\n" for n in range(len(bars)))
    return _page(
        title,
        *(tag("p", note, class_="soft") for note in notes),
        tag("p", "Point at a bar, or go to it with the Tab key, to read the fact and its receipts.", class_="soft"),
        tag("div", picture, class_="picture", role="region", aria_label=title, tabindex="0"),
        tag("h2", "The same facts as a table"),
        _facts_table(facts, f"{counted(len(facts), 'fact')} in order of time"),
        *(tag("div", tag("p", *_fact(fact)), class_="note", id=f"note-{n}", aria_hidden="true")
          for n, fact in enumerate(bars)),
        css=f"{WIDE}{shown}",
    )  # fmt: skip


def summary_page(summary: Summary, name: str, facts: Sequence[Fact], sources: Sequence[tuple[Source, str]]) -> str:
    """Return a summary as a page: `facts` are all facts of the topic, `sources` its sources with their references."""
    cited = wording.numbers(summary["sources"])
    return _page(
        name,
        _overview(summary),
        *_key_figures(summary),
        *_differences(summary),
        tag("h2", "Sources"),
        tag("ul", *(_source(source, reference, cited[source["id"]]) for source, reference in sources)),
        tag("h2", "Every fact with its receipts"),
        _facts_table(facts, counted(len(facts), "fact")),
    )


def _page(title: str, *content: Element, css: str = "") -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("title", f"{title} - tajsec"),
        style(for_light_and_dark(_variables) + CSS + css),
    )
    foot = tag("p", f"Made by tajsec {__version__}. The facts are under CC0 1.0; the quotes remain their authors'.",
               class_="soft")  # fmt: skip
    main = tag("main", tag("h1", title), *content)
    return html_text(tag("html", head, tag("body", main, tag("footer", foot)), lang="en"))


def _variables(colours: Mapping[str, str]) -> str:
    """Return the tones as variables of CSS."""
    return f":root {{ {''.join(f'--{name}: {colour}; ' for name, colour in colours.items())}}}\n"


# ---------------------------------------------------------------- summary


def _overview(summary: Summary) -> Element:
    lines = labels.summary_lines(summary)
    return tag("dl", *(cell for line in lines for cell in (tag("dt", line.label), tag("dd", line.text))))


def _key_figures(summary: Summary) -> Iterator[Element]:
    """Return the key figures, the sums of some, and the figures that must not be added, with the reasons."""
    if not summary["facts"]:
        return
    yield tag("h2", "Key figures")
    yield tag("ul", *map(_figures, summary["facts"]))
    if more := summary["more_figures"]:
        yield tag("p", f"{counted(more, 'more fact')} with figures: in the table of every fact below.", class_="soft")
    if not summary["totals"]:
        yield tag("p", labels.NOT_ADDED, class_="soft")
    for total in summary["totals"]:
        yield tag("h3", wording.sum_of(total))
        yield tag("p", "Added: ", *_links(total["of"]))
        if total["left_out"]:
            yield tag("p", "Left out:")
            yield tag("ul", *(tag("li", wording.left_out(each)) for each in total["left_out"]))


def _figures(fact: Fact) -> Element:
    figures = tag("strong", "; ".join(map(wording.figure, fact["quantities"])))
    claim = f"{fact['statement']} "
    return tag("li", figures, tag("br"), claim, *_when_and_bounds(fact), " ", _link(fact["id"]))


def _differences(summary: Summary) -> Iterator[Element]:
    pairs = summary["differences"]
    items = [tag("li", tag("strong", wording.difference(each)), tag("br"), each["note"]) for each in pairs]
    yield tag("h2", "Where facts differ")
    yield tag("ul", *items) if items else tag("p", "No two of these facts differ.", class_="soft")


def _source(source: Source, reference: str, facts: int) -> Element:
    notes = [tag("li", note, class_="soft") for note in source["notes"]]
    address = [" ", _address(source["url"], source["url"])] if source["url"] not in reference else []
    lines = [f": {reference}.", *address, f" Cited by {counted(facts, 'fact')} of this topic."]
    return tag("li", tag("strong", source["id"]), *lines, tag("ul", *notes) if notes else None)


# ---------------------------------------------------------------- facts


def _facts_table(facts: Sequence[Fact], caption: str) -> Element:
    heads = tag("tr", *(tag("th", text, scope="col") for text in ("When", "Fact", "Receipts")))
    return tag("table", tag("caption", caption), tag("thead", heads), tag("tbody", *map(_row, facts)))


def _row(fact: Fact) -> Element:
    figures = [tag("div", wording.figure(each), class_="soft") for each in fact["quantities"]]
    notes = [tag("div", fact["notes"], class_="soft")] if fact["notes"] else []
    claim = tag("td", fact["statement"], " ", *_bounds(fact), *figures, *notes, tag("div", fact["id"], class_="soft"))
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
    where = _address(at_words(cite["url"], cite["quote"]), wording.origin(cite))
    return [tag("q", cite["quote"]), f"{wording.sic(cite)} ", where]


def _address(address: str, text: str) -> Content:
    """Return a link to a page, or the text alone if the address may not be opened."""
    return tag("a", text, href=address, rel="noreferrer") if is_web_address(address) else text


def _links(ids: Sequence[str]) -> list[Content]:
    return [part for n, each in enumerate(ids) for part in (", " if n else None, _link(each))]


def _link(fact_id: str) -> Element:
    return tag("a", fact_id, href=f"#fact-{fact_id}")
