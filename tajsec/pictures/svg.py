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
from tajsec.pictures.chart import Bar, Chart, Lane, groups
from tajsec.pictures.markup import Content, Element, for_light_and_dark, style, tag
from tajsec.pictures.titles import title_of
from tajsec.text.forms import counted, printable

MOST = 2000
"""The most facts in one picture: 2,000 make one 40 screens high, and a page of 8 MB."""

SMALL, MEDIUM = 11.0, 13.0
"""Font sizes, in pixels as all lengths here."""

LABEL, HEADING = 15.0, 26.0
"""Font sizes of the facts and of the title of a timeline: with 30 facts it fills a slide of 1920 by 1080 pixels."""

BOLD = 1.2
"""Factor by which bold text is wider, at most."""

MARGIN = 32.0
"""Space around a picture."""

ROW = 21.0
"""Height of a fact's row."""

AXIS = 1856.0
"""Width of the axis of time: with the margins, that of a slide."""

FAR = 40
"""Rows after which the axis is written once more: a screen shows about as many."""

ARROW = 9.0
"""Length of the arrow of an open end."""

LOZENGE = 6.0
"""Half the width of a day."""

SLIDE = 16 / 9
"""Width of a slide by its height."""

SHRUNK = 0.75
"""The least scale at which a timeline is made to fit on a slide: its labels of 15 pixels are then 11 high."""

GAP = 8.0
"""Space between a bar and its label."""

TICKS = 20
"""The most ticks of the axis: labels of seven letters do not touch."""

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
    "heading": (MEDIUM, 10),
}
"""The font size of each kind of paragraph, and the space above it."""

LEGEND = (
    "A bar is as wide as what is known of its date; a lozenge is a day. Faint: about or unsure. Hollow: planned. "
    "Violet: stated, no more. An arrow: no such end is known, and the bar goes as far as the fact speaks. Facts behind "
    "one upright line begin together; one bar is for all below it with the same dates."
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
.label { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round }
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


def timeline_picture(
    chart: Chart, names: Mapping[str, str], title: str, notes: Sequence[str], *, headed: bool = False
) -> Element:
    """Return a chart as an SVG element; fact number n (from 0, in the order of the lanes) is the group `bar-n`.

    `names` are those of the actors by id; `notes` are written below the lanes. With `headed` the title is drawn too.
    """
    numbers = itertools.count()
    blocks, rows = list[_Block](), FAR
    for lane in chart.lanes:
        if rows >= FAR:
            blocks.append(_axis(chart))
            rows = 0
        blocks.append(_lane(lane, names[lane.actor], chart, numbers))
        rows += len(lane.bars)
    body = _on_grid(chart, _stacked([*blocks, _axis(chart)]))
    head = [_heading(title)] if headed else []
    foot = [line for note in notes for line in _paragraph(Row("text", note, tone="soft"), MARGIN, AXIS)]
    description = f"{title}: {counted(chart.size, 'fact')} from {chart.first} to {chart.last - 1}"
    whole, role = _stacked([*head, body, *foot]), "graphics-document document"
    return _picture(AXIS + 2 * MARGIN, whole, title, description, role, for_slide=headed)


def card_picture(records: Sequence[Fact]) -> Element:
    """Return the evidence card of each fact, one below another, as an SVG element."""
    title = "; ".join(record["id"] for record in records)
    body = _stacked(map(_card, records))
    return _picture(CARD + 2 * MARGIN, body, title, " ".join(map(wording.whole, records)), role="img")


# ---------------------------------------------------------------- timeline


def _x(chart: Chart, position: float) -> float:
    """Return the x coordinate of a position of the chart."""
    return MARGIN + chart.share(position) * AXIS


def _heading(title: str) -> _Block:
    """Return the title of a picture, with the space above and below it."""
    title, size = printable(title), HEADING * 1.4
    lines = enumerate(_lines(title, AXIS / BOLD, HEADING), 1)
    texts = [_text(MARGIN, size * n, HEADING, title[first:after], font_weight="bold") for n, (first, after) in lines]
    return _Block(tag("g", *texts), size * len(texts) + MARGIN / 2)


def _axis(chart: Chart) -> _Block:
    """Return the labels of the axis."""
    labels = []
    for at, text in chart.ticks(TICKS):
        x, half = _x(chart, at), _width(text, MEDIUM) / 2
        anchor = "start" if x - half < MARGIN else "end" if x + half > MARGIN + AXIS else "middle"
        labels.append(_text(x, ROW - 7, MEDIUM, text, tone="soft label", text_anchor=anchor))
    return _Block(tag("g", *labels), ROW)


def _on_grid(chart: Chart, block: _Block) -> _Block:
    """Return a block with the lines of the axis behind it, below its first and above its last row."""
    down = f"v{_number(block.height - 2 * ROW)}"
    lines = [_path(_x(chart, tick.at), ROW, down, "grid line") for tick in chart.ticks(TICKS)]
    return _Block(tag("g", *lines, block.element), block.height)


def _lane(lane: Lane, name: str, chart: Chart, numbers: Iterator[int]) -> _Block:
    """Return the facts of an actor below its name."""
    heading = f"{name}, {counted(len(lane.bars), 'fact')}"
    lines = _paragraph(Row("heading", heading, tone="ink label"), MARGIN, AXIS / BOLD)
    facts = (block for group in groups(lane.bars) for block in _group(group, chart, numbers))
    return _stacked([_stacked(lines, font_weight="bold"), *facts], role="group", aria_label=heading)


def _group(group: Sequence[Bar], chart: Chart, numbers: Iterator[int]) -> Iterator[_Block]:
    """Yield the facts of a group; several are joined by an upright line where they begin, and share a bar if they can.

    A date is written once for the facts of a group that have it.
    """
    told: list[str] = []
    for number, bar in enumerate(group):
        is_drawn = not number or bar.drawing != group[number - 1].drawing
        dates = wording.own_dates(bar.fact)
        label = _label(bar.fact, [] if dates == told else dates)
        told = dates
        yield _fact(bar, label, chart, next(numbers), is_drawn=is_drawn, is_joined=len(group) > 1)


def _label(fact: Fact, dates: Sequence[str]) -> list[wording.Toned]:
    """Return the parts of a label: the title of a fact, its dates, its warnings."""
    more = [*((text, "soft") for text in dates), *wording.advising_marks(fact)]
    return [(title_of(fact), ""), *((f" · {text}", tone) for text, tone in more)]


def _fact(
    bar: Bar, label: Sequence[wording.Toned], chart: Chart, number: int, *, is_drawn: bool, is_joined: bool
) -> _Block:
    """Return a fact: its bar, if it is drawn, and its label beside the bar where there is room, or else below it."""
    first, last = _ends(bar, chart)
    size = _width("".join(text for text, _ in label), LABEL)
    beside = _beside(first, first if is_joined else last, size)
    height = ROW * (1 + (is_drawn and (is_joined or not beside)))
    x, anchor = beside or (max(min(first, MARGIN + AXIS - size), MARGIN), "start")
    parts = [tag("tspan", text, class_=tone) if tone else text for text, tone in label]
    content = [
        tag("title", whole := wording.whole(bar.fact)),
        _rect(MARGIN / 2, 0, AXIS + MARGIN, height, "back line"),
        *([_rect(first - 3, 0, 3, height, "ground")] if is_joined else []),
        *(_bar(bar, chart) if is_drawn else []),
        _text(x, height - 6, LABEL, *parts, tone="ink label", text_anchor=anchor),
    ]
    look = {"class_": f"fact {wording.tone(bar.fact)}", "id": f"bar-{number}", "data_fact": bar.fact["id"]}
    return _Block(tag("g", *content, tabindex="0", role="img", aria_label=whole, **look), height)


def _ends(bar: Bar, chart: Chart) -> tuple[float, float]:
    """Return the x coordinates between which a bar is drawn."""
    first, last = _x(chart, bar.first), _x(chart, bar.last)
    if bar.precision == "day":
        return (first + last) / 2 - LOZENGE, (first + last) / 2 + LOZENGE
    return first - ARROW * bar.opens_before, last + ARROW * bar.opens_after


def _beside(first: float, last: float, size: float) -> tuple[float, str] | None:
    """Return where a text of a width begins or ends beside a bar, and its anchor; None if neither side has room."""
    if last + GAP + size <= MARGIN + AXIS:
        return last + GAP, "start"
    return (first - GAP, "end") if first - GAP - size >= MARGIN else None


def _bar(bar: Bar, chart: Chart) -> list[Element]:
    """Return the shapes of a bar: a lozenge for a day, else a rectangle for each part, and arrows at open ends."""
    look = "bar hollow" if bar.fact["status"] == "planned" else "bar"
    looks = {True: look, False: f"{look} unsure"}
    first, last, middle = _x(chart, bar.first), _x(chart, bar.last), ROW / 2
    if bar.precision == "day":
        lozenge = f"l{LOZENGE:g} 7l-{LOZENGE:g} 7l-{LOZENGE:g}-7z"
        return [_path((first + last) / 2, middle - 7, lozenge, looks[bar.parts[0].is_sure])]
    places = [(_x(chart, part.first), _x(chart, part.last), looks[part.is_sure]) for part in bar.parts]
    arrows = [(first, f"l-{ARROW:g} 8l{ARROW:g} 8z")] * bar.opens_before
    arrows += [(last, f"l{ARROW:g} 8l-{ARROW:g} 8z")] * bar.opens_after
    return [
        *(_rect(begin, 6, max(end - begin, 4), ROW - 12, shade) for begin, end, shade in places),
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


def _picture(
    width: float, body: _Block, title: str, description: str, role: str, *, for_slide: bool = False
) -> Element:
    """Return a picture. One for a slide has that shape, with the body in the middle, unless it would be too small.

    A browser then shrinks it into the window; other programs read its size in pixels.
    """
    height = body.height + MARGIN
    is_slide = for_slide and height * SHRUNK <= width / SLIDE
    high = max(height, width / SLIDE) if is_slide else height
    wide = high * SLIDE if is_slide else width
    left = (width - wide) / 2
    size = {"width": _number(width), "height": _number(width * high / wide)}
    size["viewBox"] = " ".join(map(_number, (left, 0, wide, high)))
    named = {"aria_labelledby": "title", "aria_describedby": "desc"}
    css = _css() + ("svg:root { max-width: 100%; max-height: 100% }\n" if is_slide else "")
    head = tag("title", title, id="title"), tag("desc", description, id="desc"), style(css)
    paper = _rect(left, 0, wide, high, "ground paper")
    return tag("svg", *head, paper, body.element, role=role, **size, **named)


def _css() -> str:
    """Return the style sheet: the shapes, and the tones as classes for light and dark backgrounds."""

    def classes(colours: Mapping[str, str]) -> str:
        tones = "".join(f".{name} {{ color: {colour} }}\n" for name, colour in colours.items())
        return f"{tones}.hollow {{ fill: {colours['paper']} }}\n.label {{ stroke: {colours['paper']} }}\n"

    return SHAPES + for_light_and_dark(classes)
