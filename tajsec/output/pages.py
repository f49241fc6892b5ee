"""Pages for people, such as a brief, a fact, a source: written as plain text and as Markdown.

`tajsec.pictures.page` writes the same pages as HTML, `tajsec.output.rich_tables` shows them on a terminal. A paragraph
is one line, so that it can be pasted anywhere. Ids are at the ends of lines; in Markdown and HTML, which people paste,
they are in the last column of a table, and those of all items are the last line.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tajsec.output import wording
from tajsec.output.labels import Line, fact_lines, passage_lines, whole_source_lines
from tajsec.output.writers import escaped, escaped_line
from tajsec.text.forms import printable
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.output.json_types import Fact, WholeSource


class Item(NamedTuple):
    """An item of a list, the address at its end, if any, and the ids of the records that it is about."""

    text: str
    ids: Sequence[str] = ()
    address: str = ""


class Row(NamedTuple):
    """A row of a table of figures: `over 7`, `radios delivered`, `2019`, the reference, the id of the fact."""

    figure: str
    what: str
    when: str
    source: str
    id: str

    @property
    def phrase(self) -> str:
        """The figure and what it is: `over 7 radios delivered`, `$7 million: cost of the bridge`."""
        return f"{self.figure} {self.what}" if self.figure[-1].isdigit() else f"{self.figure}: {self.what}"


IDS = "Facts and sources, in this order: "
"""What precedes the ids of a page in one line."""

HEADINGS = ("Figure", "What", "When", "Source")
"""The headings of a table of figures; the id is behind the source."""


class Section(NamedTuple):
    """A heading, and below it lines of labels and values, a list, figures, or notes."""

    heading: str
    lines: Sequence[Line] = ()
    items: Sequence[Item] = ()
    rows: Sequence[Row] = ()
    notes: Sequence[Item] = ()


class Page(NamedTuple):
    """A title, a first paragraph, which may be empty, and sections."""

    title: str
    lead: str
    sections: Sequence[Section]

    @property
    def ids(self) -> list[str]:
        """The ids of all items and notes, each once."""
        items = (item for section in self.sections for item in (*section.items, *section.notes))
        return list(dict.fromkeys(each for item in items for each in item.ids))


def as_items(rows: Sequence[Row]) -> list[Item]:
    """Return figures as a list in which each fact is one item."""
    found = []
    for fact_id, group in groupby(rows, lambda row: row.id):
        figures = list(group)
        text = "; ".join(row.phrase for row in figures)
        found.append(Item(f"{text}, {figures[0].when} ({figures[0].source})", (fact_id,)))
    return found


def fact_page(fact: "Fact", today: str) -> Page:
    """Return everything that is known of a fact as a page."""
    return Page(fact["statement"], "", [Section("", lines=fact_lines(fact, today))])


def source_page(source: "WholeSource") -> Page:
    """Return everything that is known of a source as a page: its passages, and the facts that only its copies have."""
    copies = groupby(source["only_in_copy"], lambda each: wording.only_in_copy(each, source))
    found = [
        Section(title, items=[Item(each["statement"], (each["id"],)) for each in facts]) for title, facts in copies
    ]
    passages = Section("Passages", lines=passage_lines(source))
    return Page(source["title"], "", [Section("", lines=whole_source_lines(source)), passages, *found])


# ---------------------------------------------------------------- plain text


def plain_text(pages: "Iterable[Page]") -> str:
    """Return pages as plain text; an empty line is between two paragraphs or lists."""
    return "\n\n".join(_plain_page(page) for page in pages)


def _plain_page(page: Page) -> str:
    blocks = [page.title, page.lead, *("\n".join(_plain_section(each)) for each in page.sections)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _plain_section(section: Section) -> Iterator[str]:
    if section.heading:
        yield printable(section.heading)
    yield from (printable(f"{line.label}: {line.text}" if line.label else f"  {line.text}") for line in section.lines)
    yield from (f"- {_plain_item(each)}" for each in (*section.items, *as_items(section.rows)))
    yield from map(_plain_item, section.notes)


def _plain_item(item: Item) -> str:
    return printable(" ".join(filter(None, (item.text, item.address, f"[{', '.join(item.ids)}]" if item.ids else ""))))


# ---------------------------------------------------------------- Markdown


def markdown(pages: "Iterable[Page]") -> str:
    """Return pages as Markdown."""
    return "\n".join(f"{block}\n" for page in pages for block in _markdown_blocks(page))


def _markdown_blocks(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    if page.lead:
        yield escaped_line(page.lead)
    for section in page.sections:
        if section.heading:
            yield f"## {escaped(section.heading)}"
        items = [*map(_labelled, section.lines), *map(_markdown_item, section.items)]
        if items:
            yield "\n".join(f"- {each}" for each in items)
        if section.rows:
            yield "\n".join(
                _markdown_row(each) for each in (HEADINGS, ["---"] * len(HEADINGS), *map(_cells, section.rows))
            )
        yield from map(_markdown_item, section.notes)
    if page.ids:
        yield IDS + ", ".join(f"`{each}`" for each in page.ids)


def _labelled(line: Line) -> str:
    text = f"<{line.text}>" if is_web_address(line.text) else escaped(line.text)
    return f"**{line.label}:** {text}" if line.label else text


def _markdown_item(item: Item) -> str:
    address = f"<{item.address}>" if is_web_address(item.address) else escaped(item.address)
    return " ".join(filter(None, (escaped_line(item.text), address)))


def _cells(row: Row) -> list[str]:
    *cells, source = map(escaped, row[:-1])
    return [*cells, f"{source} `{row.id}`"]


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
