"""The timeline and the evidence cards as pictures in SVG.

A picture is built of blocks, one below another. Each fact of a timeline is a group that can have the keyboard focus,
that has a label for screen readers, and that the pointer highlights. Colours follow the reader's light or dark setting.
The same facts always make the same bytes.
"""

import copy
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.output import wording
from tajsec.output.json_types import Fact
from tajsec.pictures.card import Row, rows
from tajsec.pictures.chart import Bar, Chart, Lane
from tajsec.pictures.markup import Content, Element, for_light_and_dark, style, tag
from tajsec.text.forms import counted, printable

MOST = 2000
"""The most facts in one picture: 2,000 make one 40 screens high, and a page of 8 MB."""

SMALL, MEDIUM = 11.0, 13.0
"""Font sizes, in pixels as all lengths here."""

BOLD = 1.2
"""Factor by which bold text is wider, at most."""

MARGIN = 32.0
"""Space around a picture: the label of the last tick extends 25 pixels beyond the axis."""

ROW = 20.0
"""Height of a fact's row."""

AXIS = 760.0
"""Width of the axis of time: twelve ticks whose labels do not touch."""

FAR = 30
"""Rows after which the axis is written once more: a screen shows about as many."""

GAP = 20.0
"""Space between a date and the axis: the arrow of an open end takes 9."""

CARD = 640.0
"""Width of a card: lines of 50 to 90 characters."""

PADDING = 20.0
"""Space inside the frame of a card."""

KINDS: Mapping[str, tuple[float, float]] = {
    "claim": (18.0, 0),
    "quote": (16.0, 18),
    "text": (MEDIUM, 6),
    "small": (SMALL, 4),
    "id": (SMALL, 18),
    "heading": (MEDIUM, 14),
    "note": (SMALL, 12),
}
"""The font size of each kind of paragraph, and the space above it."""

LEGEND = (
    "A bar is as wide as what is known of its date; a lozenge is a day. Faint: about or unsure. Hollow: planned. "
    "Violet: stated, no more. An arrow: no such end is known, and the bar goes as far as the fact speaks."
)

SHAPES = """
text { fill: currentColor; font-family: system-ui, "DejaVu Sans", Verdana, sans-serif }
.bar { fill: currentColor; stroke: currentColor; stroke-width: 1.2; stroke-linejoin: round }
.unsure { opacity: .4 }
.ground, .back { fill: currentColor }
.back { opacity: 0 }
.fact:hover .back, .fact:focus .back { opacity: 1 }
.fact:focus { outline: 2px solid currentColor }
.grid, .frame { fill: none; stroke: currentColor }
.frame { rx: 8px }
.halo { fill: none; user-select: none }
.halo .figure { stroke: currentColor; stroke-width: 8; stroke-linejoin: round }
"""

_WIDTHS = {
    char: width
    for width, chars in {
        0.37: " '.,ijl",
        0.46: "!()[]/\\-:;|ftrI‘’",
        0.64: '0123456789abcdeghknopqsuvxyz$*?_"“”·',
        0.80: "ABCDEFGHJKLNOPQRSTUVXYZ&",
    }.items()
    for char in chars
}
"""Widths in units of the font size, as in Verdana or DejaVu Sans: no usual font is wider."""


class _Block(NamedTuple):
    """An element drawn from y = 0 down, and its height."""

    element: Element
    height: float


class _Axis(NamedTuple):
    """The axis of time: its chart, and the x coordinate of its left end."""

    chart: Chart
    left: float

    def x(self, position: float) -> float:
        """Return the x coordinate of a position of the chart."""
        return self.left + self.chart.share(position) * AXIS


def timeline_picture(chart: Chart, names: Mapping[str, str], title: str, notes: Sequence[str]) -> Element:
    """Return a chart as an SVG element; fact number n (from 0, in the order of the lanes) is the group `bar-n`.

    `names` are those of the actors by id; `notes` are written below the lanes.
    """
    labels = [_label_width(bar.fact) for lane in chart.lanes for bar in lane.bars]
    axis = _Axis(chart, MARGIN + max(labels) + GAP)
    width = axis.left + AXIS + MARGIN
    numbers = itertools.count()
    lanes = [_lane(lane, names[lane.actor], axis, numbers) for lane in chart.lanes]
    foot = [line for note in notes for line in _paragraph(Row("note", note, tone="soft"), MARGIN, width - 2 * MARGIN)]
    description = f"{title}: {counted(chart.size, 'fact')} from {chart.first} to {chart.last - 1}"
    return _picture(width, _stacked([*lanes, *foot]), title, description, role="graphics-document document")


def card_picture(records: Sequence[Fact]) -> Element:
    """Return the evidence card of each fact, one below another, as an SVG element."""
    title = "; ".join(record["id"] for record in records)
    body = _stacked(map(_card, records))
    return _picture(CARD + 2 * MARGIN, body, title, " ".join(map(wording.whole, records)), role="img")


# ---------------------------------------------------------------- timeline


def _lane(lane: Lane, name: str, axis: _Axis, numbers: Iterator[int]) -> _Block:
    """Return the facts of an actor below its name, with the axis above every `FAR` of them."""
    heading = f"{name}, {counted(len(lane.bars), 'fact')}"
    lines = _paragraph(Row("heading", heading), MARGIN, (axis.left + AXIS - MARGIN) / BOLD)
    blocks = [_stacked(lines, font_weight="bold")]
    for place in range(0, len(lane.bars), FAR):
        part = lane.bars[place : place + FAR]
        blocks += [
            _ticks(axis, len(part)),
            *(_fact(bar, axis, number) for bar, number in zip(part, numbers, strict=False)),
        ]
    return _stacked(blocks, role="group", aria_label=heading)


def _ticks(axis: _Axis, facts: int) -> _Block:
    """Return the labels of the axis, and its grid lines down through the next `facts` rows."""
    ticks = [(axis.x(tick.at), tick.label) for tick in axis.chart.ticks(12)]
    lines = [_path(x, ROW, f"v{_number(ROW * facts)}", "grid line") for x, _ in ticks]
    labels = [_text(x, ROW - 5, SMALL, label, tone="soft", text_anchor="middle") for x, label in ticks]
    return _Block(tag("g", *lines, *labels), ROW)


def _fact(bar: Bar, axis: _Axis, number: int) -> _Block:
    """Return a row: a fact's id and marks at the left, its date at the axis, its bar on it."""
    fact, whole = bar.fact, wording.whole(bar.fact)
    back = _rect(MARGIN / 2, 0, axis.left + AXIS, ROW, "back line")
    marks = [tag("tspan", f" · {text}", class_=kind) for text, kind in _marks(fact)]
    label = _text(MARGIN, 14, SMALL, fact["id"], *marks)
    date = _text(axis.left - GAP, 14, SMALL, wording.moment_of(fact), tone="soft", text_anchor="end")
    content = tag("title", whole), back, label, date, *_bar(bar, axis)
    look = {"class_": f"fact {wording.tone(fact)}", "id": f"bar-{number}"}
    return _Block(tag("g", *content, tabindex="0", role="img", aria_label=whole, **look), ROW)


def _marks(fact: Fact) -> Sequence[wording.Toned]:
    return [*wording.as_of(fact), *wording.short_marks(fact)]


def _label_width(fact: Fact) -> float:
    return _width(" · ".join([fact["id"], *(text for text, _ in _marks(fact)), wording.moment_of(fact)]), SMALL)


def _bar(bar: Bar, axis: _Axis) -> list[Element]:
    """Return the shapes of a bar: a lozenge for a day, else a rectangle for each part, and arrows at open ends."""
    look = "bar hollow" if bar.fact["status"] == "planned" else "bar"
    looks = {True: look, False: f"{look} unsure"}
    first, last, middle = axis.x(bar.first), axis.x(bar.last), ROW / 2
    if bar.precision == "day":
        return [_path((first + last) / 2, middle - 6, "l5 6l-5 6l-5-6z", looks[bar.parts[0].is_sure])]
    places = [(axis.x(part.first), axis.x(part.last), looks[part.is_sure]) for part in bar.parts]
    arrows = [(first, "l-9 8l9 8z")] * bar.opens_before + [(last, "l9 8l-9 8z")] * bar.opens_after
    return [
        *(_rect(begin, 5, max(end - begin, 4), ROW - 10, shade) for begin, end, shade in places),
        *(_path(x, middle - 8, head, look) for x, head in arrows),
    ]


# ---------------------------------------------------------------- cards


def _card(record: Fact) -> _Block:
    """Return a card, with the space above it."""
    lines = [line for row in rows(record) for line in _paragraph(row, MARGIN + PADDING, CARD - 2 * PADDING)]
    text = _stacked([_Block(tag("g"), MARGIN + PADDING), *lines])
    frame = _rect(MARGIN, MARGIN, CARD, text.height + PADDING - MARGIN, "frame line")
    return _Block(tag("g", frame, text.element), text.height + PADDING)


def _paragraph(row: Row, x: float, width: float) -> Iterator[_Block]:
    """Return the lines of a paragraph, with a halo behind each marked part and a rule beside a quote."""
    size, above = KINDS[row.kind]
    text = printable(row.text)
    marks = row.marked if text == row.text else ()
    for first, after in _lines(text, width, size):
        line = _text(x, above + size * 1.1, size, *_with_marks(text, first, after, marks), tone=row.tone)
        halo = copy.deepcopy(line)
        halo.attrib.update({"class": "halo mark", "aria-hidden": "true"})
        rule = _rect(x - 12, above, 3, size * 1.4, "ground line")
        behind = [*([rule] if row.kind == "quote" else []), *([halo] if len(halo) else [])]
        yield _Block(tag("g", *behind, line), above + size * 1.4)
        above = 0


def _with_marks(text: str, first: int, after: int, marks: Sequence[tuple[int, int]]) -> Iterator[Content]:
    """Yield the text from `first` to `after`, with each marked part as an element."""
    for start, end in marks:
        start, end = max(start, first), min(end, after)
        if start < end:
            yield text[first:start]
            yield tag("tspan", text[start:end], class_="figure")
            first = end
    yield text[first:after]


# ---------------------------------------------------------------- text and shapes


def _width(text: str, size: float) -> float:
    """Return an upper estimate of the width of a text in the usual fonts."""
    return size * sum(map(_char_width, text))


def _char_width(char: str) -> float:
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.combining(char):
        return 0
    return 1.4 if unicodedata.east_asian_width(char) in "WF" else 1  # an emoji is as wide as 1.4


def _lines(text: str, width: float, size: float) -> Iterator[tuple[int, int]]:
    """Yield the offsets (first, after) of each line: broken at spaces, or inside a word wider than a line."""
    start = space = 0
    used = 0.0
    for place, char in enumerate(text):
        used += _width(char, size)
        if char == " ":
            space = place
        elif used > width and place > start:
            end = space if space > start else place
            yield start, end
            start = end + (text[end] == " ")
            used = _width(text[start : place + 1], size)
    yield start, len(text)


def _text(x: float, y: float, size: float, *content: Content, tone: str = "ink", **attributes: str) -> Element:
    return tag("text", *content, class_=tone, x=_number(x), y=_number(y), style=f"font-size: {size:g}px", **attributes)


def _rect(x: float, y: float, width: float, height: float, look: str) -> Element:
    return tag("rect", class_=look, x=_number(x), y=_number(y), width=_number(width), height=_number(height))


def _path(x: float, y: float, way: str, look: str) -> Element:
    return tag("path", class_=look, d=f"M{_number(x)} {_number(y)}{way}")


def _number(value: float) -> str:
    return f"{round(value, 1):g}"


def _stacked(blocks: Iterable[_Block], **attributes: str) -> _Block:
    """Return blocks one below another as one block."""
    group, y = tag("g", **attributes), 0.0
    for block in blocks:
        block.element.set("transform", f"translate(0 {_number(y)})")
        group.append(block.element)
        y += block.height
    return _Block(group, y)


def _picture(width: float, body: _Block, title: str, description: str, role: str) -> Element:
    height = body.height + MARGIN
    size = {"width": _number(width), "height": _number(height), "viewBox": f"0 0 {_number(width)} {_number(height)}"}
    named = {"aria_labelledby": "title", "aria_describedby": "desc"}
    head = tag("title", title, id="title"), tag("desc", description, id="desc"), style(_css())
    paper = _rect(0, 0, width, height, "ground paper")
    return tag("svg", *head, paper, body.element, role=role, **size, **named)


def _css() -> str:
    """Return the style sheet: the shapes, and the tones as classes for light and dark backgrounds."""

    def classes(colours: Mapping[str, str]) -> str:
        tones = "".join(f".{name} {{ color: {colour} }}\n" for name, colour in colours.items())
        return f"{tones}.hollow {{ fill: {colours['paper']} }}\n"

    return SHAPES + for_light_and_dark(classes)
