"""The JSON objects of the commands as HTML for a notebook.

Every text is data: made printable, then escaped. Tables have a caption and headings, for readers who cannot see them;
there are no scripts and no colours; the only style is the alignment, as notebooks align cells to the right.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from tajsec.output import labels, wording
from tajsec.output.brief import brief
from tajsec.output.columns import key
from tajsec.output.pages import HEADINGS as FIGURE_HEADINGS
from tajsec.text.forms import printable
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.output.json_types import Cite, Difference, Fact, Record, Summary
    from tajsec.output.pages import Item, Section

_LEFT = 'style="text-align: left; vertical-align: top"'

_HEADINGS = ("When", "Fact", "Figures", "Receipts", "Id")


def facts(records: "Sequence[Fact]", caption: str) -> str:
    """Return facts as a table: when, statement with its bounds, figures, receipts, id."""
    return _table(caption, _HEADINGS, map(_fact_cells, records))


def timeline(records: "Sequence[Fact]", caption: str) -> str:
    """Return dated facts as a table that names each year once."""
    rows = ([year, *_fact_cells(record)] for year, record in zip(labels.years(records), records, strict=True))
    return _table(caption, ("Year", *_HEADINGS), rows)


def card(record: "Fact") -> str:
    """Return a fact as a table of labels and values under its statement."""
    return _labelled(f"<strong>{_text(record['statement'])}</strong>", labels.fact_lines(record))


def hits(records: "Sequence[Fact]", caption: str, reasons: Sequence[str], nearest: "Sequence[Fact]") -> str:
    """Return the facts that a search found; if there are none, the reasons and a table of the nearest facts."""
    if records:
        return facts(records, caption)
    listed = "".join(f"<li>{_text(each)}</li>" for each in reasons)
    near = facts(nearest, "Nearest facts: they do not answer it") if nearest else ""
    return f"<p>{_text(caption)}</p>{f'<ul>{listed}</ul>' if listed else ''}{near}"


def differences(records: "Sequence[Difference]", caption: str) -> str:
    """Return pairs of facts that differ: the kind, both sides with their receipts, the reason, which one to cite."""
    rows = (
        [_text(each["kind"]), *map(_side, each["facts"]), _text(each["note"]), _text(each["prefer"] or "")]
        for each in records
    )
    return _table(caption, ("Kind", "Fact", "Other fact", "Why", "Cite"), rows)


def summary(record: "Summary") -> str:
    """Return a topic on one page: its key points and figures, where its sources differ, the sources."""
    shown = brief(record, "")
    return f"<h3>{_text(shown.title)}</h3><p>{_text(shown.lead)}</p>{''.join(map(_section, shown.sections))}"


def _section(section: "Section") -> str:
    items = "".join(f"<li>{_item(each)}</li>" for each in section.items)
    rows = [[*map(_text, row[:3]), f"{_text(row.source)} <small>{_text(row.id)}</small>"] for row in section.rows]
    figures = _table("Key figures", FIGURE_HEADINGS, rows) if rows else ""
    notes = "".join(f"<p>{_item(each)}</p>" for each in section.notes)
    return f"<h4>{_text(section.heading)}</h4>{f'<ul>{items}</ul>' if items else ''}{figures}{notes}"


def _item(item: "Item") -> str:
    address = [_link(item.address, item.address)] if item.address else []
    return " ".join([_text(item.text), *address, *(f"<small>{_text(each)}</small>" for each in item.ids)])


def listing(records: "Sequence[Record]", caption: str) -> str:
    """Return records that have the same keys as a table of all of them."""
    columns = [key(name) for name in records[0]] if records else []
    rows = ([escape(column.cell(record)) for column in columns] for record in records)
    return _table(caption, [column.name.replace("_", " ").capitalize() for column in columns], rows)


# ---------------------------------------------------------------- cells


def _fact_cells(record: "Fact") -> list[str]:
    bounds = [f"<em>{_text(text)}</em>" for text, _ in wording.bounds(record)]
    figures = [_text(wording.figure(each)) for each in record["quantities"]]
    return [
        _text(wording.moment_of(record)),
        "<br>".join([_text(record["statement"]), *bounds]),
        "<br>".join(figures),
        "<br>".join(map(_receipt, record["cites"])),
        _text(wording.named_id(record)),
    ]


def _side(record: "Fact") -> str:
    when, statement, _, receipts, fact_id = _fact_cells(record)
    return "<br>".join([statement, when, receipts, fact_id])


def _receipt(cite: "Cite") -> str:
    where = _link(wording.words_at(cite), wording.origin(cite))
    return f"{_text(wording.quoted(cite))}, {where}"


def _link(address: str, text: str) -> str:
    """Return a link to a page, or the text alone if the address may not be opened."""
    if not is_web_address(address):
        return _text(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(text)}</a>'


def _text(text: str) -> str:
    return escape(printable(text))


# ---------------------------------------------------------------- tables


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col" {_LEFT}>{heading}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return _captioned(_text(caption), f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")


def _labelled(caption: str, lines: Iterable[labels.Line]) -> str:
    """Return lines of a label and a value as a table; a value that is an address is a link."""
    rows = (f'<th scope="row" {_LEFT}>{each.label}</th>{_cell(_link(each.text, each.text))}' for each in lines)
    return _captioned(caption, f"<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody>")


def _captioned(caption: str, content: str) -> str:
    return f"<table><caption {_LEFT}>{caption}</caption>{content}</table>"


def _cell(html: str) -> str:
    return f'<td dir="auto" {_LEFT}>{html}</td>'
