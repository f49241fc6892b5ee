"""Pictures in SVG: the home of Matplotlib, which lays them out and measures their text.

What Matplotlib draws is then made a picture for people: each fact is a group that the keyboard reaches, a screen reader
reads and a pointer asks, and every colour has a dark counterpart. The same facts give the same bytes.
"""

import functools
import io
import itertools
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any, NamedTuple
from xml.etree.ElementTree import fromstring

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Polygon, Rectangle
from matplotlib.textpath import text_to_path

from tajsec import phrases
from tajsec.card import Row, rows
from tajsec.chart import Bar, Chart, Lane
from tajsec.jsontext import Json
from tajsec.markup import TONES, Element, style, tag
from tajsec.text import counted, printable

MOST = 2000
"""Facts that one picture takes: more could not be told apart."""
FONT = "DejaVu Sans"
"""It comes with Matplotlib, so that text is measured the same everywhere; wider than what may stand in for it."""
SMALL, MEDIUM = 11.0, 13.0
MARGIN = 24.0
ROW, HEADING = 20.0, 46.0
"""Height of a fact's row, and of a lane's heading with the axis."""
AXIS = 760.0
"""Width of the axis of time."""
GAP = 20.0
"""Between a label and the axis: an arrow's head has room in it."""
LEAST = 4.0
"""Width of the shortest bar."""
CARD = 640.0
"""Width of a card."""
PADDING = 20.0
KINDS: Mapping[str, tuple[float, float]] = {
    "claim": (18.0, 0),
    "quote": (16.0, 14),
    "text": (MEDIUM, 5),
    "small": (SMALL, 4),
    "id": (SMALL, 16),
}
"""The size of each kind of a card's text, and the space above it."""
UNSURE = 0.4
"""Opacity of what is about or unsure."""

LEGEND = (
    "A bar is as wide as what is known of its date; a lozenge is a day. Faint: about or unsure. Hollow: planned. "
    "Violet: stated, no more. An arrow: no such end is known, and the bar goes as far as the fact speaks."
)

_COLOUR = re.compile(r"(fill|stroke): (#[0-9a-f]{6})")
_OF_FACT = re.compile(r"(fact|back)-(\d+)")
_NAMES = {tone.light: name for name, tone in TONES.items()}


# ---------------------------------------------------------------- timeline


def timeline_picture(chart: Chart, names: Mapping[str, str], title: str, notes: Sequence[str]) -> Element:
    """Draw a chart as an SVG element; fact number n (from 0, in the order of the lanes) is the group `bar-n`.

    `names` are those of the actors by id; `notes` stand below the picture.
    """
    bars = [bar for lane in chart.lanes for bar in lane.bars]
    left = MARGIN + max(_width(_label(bar.fact), SMALL) for bar in bars) + GAP
    wrapped = [line for note in notes for line in _wrapped(note, left + AXIS - MARGIN, SMALL)]
    foot = MARGIN + ROW * len(wrapped)
    body = HEADING * len(chart.lanes) + ROW * len(bars)
    width, height = left + AXIS + MARGIN, body + foot + MARGIN
    with _style():
        figure = _figure(width, height)
        axes = figure.add_axes((left / width, foot / height, AXIS / width, body / height))
        axes.set(xlim=(chart.first, chart.last), ylim=(body, 0), yticks=[])
        axes.set_xticks([tick.at for tick in chart.ticks(12)], labels=[])
        axes.grid(axis="x", color=TONES["line"].light, linewidth=1)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        _draw_lanes(axes, chart, names, left)
        for number, line in enumerate(wrapped):
            _write(figure, line, MARGIN, height - foot + ROW * (number + 0.9), SMALL, "soft")
        root = _svg(figure)
    return _with_facts(root, chart, names, title)


def _draw_lanes(axes: Axes, chart: Chart, names: Mapping[str, str], left: float) -> None:
    y, number = 0.0, 0
    for lane in chart.lanes:
        y += HEADING
        _draw_heading(axes, chart, _heading(lane, names), left, y)
        for bar in lane.bars:
            _draw_bar(axes, bar, f"fact-{number}", y)
            _draw_label(axes, bar, number, left, y)
            y, number = y + ROW, number + 1


def _heading(lane: Lane, names: Mapping[str, str]) -> str:
    return f"{names[lane.actor]}, {counted(len(lane.bars), 'fact')}"


def _draw_heading(axes: Axes, chart: Chart, heading: str, left: float, y: float) -> None:
    """Write a lane's heading at the left edge, and the axis below it."""
    per_pixel = (chart.last - chart.first) / AXIS
    axes.text(chart.first - (left - MARGIN) * per_pixel, y - 24, printable(heading), size=MEDIUM, weight="bold",
              color=TONES["ink"].light, parse_math=False)  # fmt: skip
    for tick in chart.ticks(12):
        axes.text(tick.at, y - 6, tick.label, size=SMALL, color=TONES["soft"].light, ha="center")


def _draw_label(axes: Axes, bar: Bar, number: int, left: float, y: float) -> None:
    """Write a fact's label left of the axis, and lay the ground that is lit when the fact is asked for."""
    first, last = axes.get_xlim()
    per_pixel = (last - first) / AXIS
    start = first - (left - MARGIN / 2) * per_pixel
    back = Rectangle((start, y), last - start, ROW, facecolor=TONES["line"].light, linewidth=0, clip_on=False)
    back.set_gid(f"back-{number}")
    axes.add_patch(back)
    axes.text(first - GAP * per_pixel, y + ROW * 0.7, printable(_label(bar.fact)), size=SMALL, ha="right",
              color=TONES["ink"].light, parse_math=False, gid=f"fact-{number}")  # fmt: skip


def _label(fact: Json) -> str:
    marks = [text if kind != "differs" else text.partition(" ")[0] for text, kind in phrases.marks(fact)]
    return " · ".join([fact["id"], phrases.moment_of(fact), *marks])


def _draw_bar(axes: Axes, bar: Bar, gid: str, y: float) -> None:
    """Draw a bar: planned ones hollow, a day as a lozenge, an open end as an arrow."""
    first, last = axes.get_xlim()
    pixel = (last - first) / AXIS
    colour = TONES[phrases.tone(bar.fact)].light
    look: dict[str, Any] = {"edgecolor": colour, "linewidth": 1.2, "clip_on": False, "gid": gid, "zorder": 3}
    fill = TONES["paper"].light if bar.fact["status"] == "planned" else colour
    middle = y + ROW / 2
    if bar.precision == "day":
        x, half = (bar.first + bar.last) / 2, 5 * pixel
        lozenge = [(x - half, middle), (x, middle - 6), (x + half, middle), (x, middle + 6)]
        axes.add_patch(Polygon(lozenge, facecolor=fill, alpha=_opacity(bar.parts[0].is_sure), **look))
        return
    for part in bar.parts:
        width = max(part.last - part.first, LEAST * pixel)
        shape = Rectangle((part.first, y + 5), width, ROW - 10, facecolor=fill, alpha=_opacity(part.is_sure), **look)
        axes.add_patch(shape)
    for is_open, x, way in ((bar.opens_before, bar.first, -1), (bar.opens_after, bar.last, 1)):
        if is_open:
            head = [(x, y + 2), (x + way * 9 * pixel, middle), (x, y + ROW - 2)]
            axes.add_patch(Polygon(head, facecolor=fill, **look))


def _opacity(is_sure: bool) -> float | None:
    return None if is_sure else UNSURE


def _with_facts(root: Element, chart: Chart, names: Mapping[str, str], title: str) -> Element:
    """Put what is drawn of each fact into one group that says what it is, and these into groups by lane."""
    drawn = _taken_out(root)
    number = itertools.count()
    for lane in chart.lanes:
        facts = [_fact_group(n, bar.fact, drawn[n]) for bar, n in zip(lane.bars, number, strict=False)]
        root.append(tag("g", *facts, role="group", aria_label=_heading(lane, names)))
    root.set("role", "graphics-document document")
    return _headed(root, title, f"{title}: {counted(chart.size, 'fact')} from {chart.first} to {chart.last - 1}")


def _fact_group(number: int, fact: Json, drawn: Sequence[Element]) -> Element:
    told = phrases.whole(fact)
    title = tag("title", told)
    return tag("g", title, *drawn, class_="fact", id=f"bar-{number}", tabindex="0", role="img", aria_label=told)


def _taken_out(root: Element) -> dict[int, list[Element]]:
    """Take the elements of each fact out of the picture, by the fact's number, in the order in which they are drawn."""
    found: dict[int, list[Element]] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            match = _OF_FACT.fullmatch(child.get("id", ""))
            if match:
                parent.remove(child)
                del child.attrib["id"]
                if match[1] == "back":
                    _hide(child)
                found.setdefault(int(match[2]), []).append(child)
    return found


def _hide(back: Element) -> None:
    """Let the ground of a fact's row be felt by the pointer, and seen when the fact is asked for."""
    back.set("class", "back")
    for path in back.iter("path"):
        path.set("style", f"{path.get('style')}; opacity: 0")


# ---------------------------------------------------------------- cards


class _Run(NamedTuple):
    """Words of a line that are marked, or are not: where they begin, and how wide they are."""

    text: str
    x: float
    width: float
    is_marked: bool


class _Line(NamedTuple):
    """A line of a card with the space above it."""

    row: Row
    runs: Sequence[_Run]
    above: float

    @property
    def height(self) -> float:
        return self.above + KINDS[self.row.kind][0] * 1.4


def card_picture(records: Sequence[Json]) -> Element:
    """Draw the evidence card of each fact, one below another, as an SVG element."""
    cards = [[line for row in rows(record) for line in _lines(row)] for record in records]
    heights = [sum(line.height for line in lines) + 2 * PADDING for lines in cards]
    with _style():
        figure = _figure(CARD + 2 * MARGIN, sum(heights) + MARGIN * (len(cards) + 1))
        y, lengths = MARGIN, dict[str, float]()
        for lines, height in zip(cards, heights, strict=True):
            _frame(figure, MARGIN, y, CARD, height, "paper", "line")
            _draw_lines(figure, lines, y + PADDING, lengths)
            y += height + MARGIN
        root = _svg(figure)
    for group in root.iter("g"):
        if (length := lengths.get(group.get("id", ""))) is not None:
            _fit(group, length)
    told = " ".join(map(phrases.whole, records))
    root.set("role", "img")
    return _headed(root, "; ".join(record["id"] for record in records), told)


def _lines(row: Row) -> list[_Line]:
    """Break a paragraph into lines that fit a card."""
    size, above = KINDS[row.kind]
    text = printable(row.text)
    marked = {place for start, end in row.marked for place in range(start, end)} if text == row.text else set()
    spans = _breaks(text, CARD - 2 * PADDING, size)
    return [_Line(row, _runs(text, span, marked, size), 0 if n else above) for n, span in enumerate(spans)]


def _breaks(text: str, width: float, size: float) -> list[tuple[int, int]]:
    """Give where each line begins and ends: broken between words, or in a word that is wider than a line."""
    spans: list[tuple[int, int]] = []
    start = end = 0
    for word in re.finditer(r"\S+", text):
        if end > start and _width(text[start : word.end()], size) > width:
            spans.append((start, end))
            start = word.start()
        while _width(text[start : word.end()], size) > width:
            fits = next(
                n for n in range(word.end() - 1, start, -1) if _width(text[start:n], size) <= width or n == start + 1
            )
            spans.append((start, fits))
            start = fits
        end = word.end()
    return [*spans, (start, end)]


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return [text[start:end] for start, end in _breaks(text, width, size)]


def _runs(text: str, span: tuple[int, int], marked: AbstractSet[int], size: float) -> list[_Run]:
    start, end = span
    edges = [start, *(n for n in range(start + 1, end) if (n in marked) != (n - 1 in marked)), end]
    runs = []
    for first, after in itertools.pairwise(edges):
        words = text[first:after].strip()
        at = first + text[first:after].find(words)
        runs.append(_Run(words, _width(text[start:at], size), _width(words, size), first in marked))
    return [run for run in runs if run.text]


def _draw_lines(figure: Figure, lines: Sequence[_Line], y: float, lengths: dict[str, float]) -> None:
    """Write the lines from `y` down; how wide each run was measured is kept in `lengths`."""
    for line in lines:
        size = KINDS[line.row.kind][0]
        y += line.height
        for run in line.runs:
            x = MARGIN + PADDING + run.x
            if run.is_marked:
                _frame(figure, x - 2, y - size * 1.2, run.width + 4, size * 1.35, "mark", "mark")
            gid = f"run-{len(lengths)}"
            lengths[gid] = run.width
            _write(figure, run.text, x, y - size * 0.25, size, line.row.tone, gid)


def _fit(group: Element, length: float) -> None:
    """Let a text be as wide in any font as it was measured."""
    del group.attrib["id"]
    for text in group.iter("text"):
        text.set("textLength", f"{length:.2f}")
        text.set("lengthAdjust", "spacingAndGlyphs")


# ---------------------------------------------------------------- Matplotlib


@contextmanager
def _style() -> Iterator[None]:
    """Draw text as text, in fonts that Matplotlib need not have, and give ids that are always the same."""
    settings: Any = {"svg.fonttype": "none", "svg.hashsalt": "tajsec", "font.family": [FONT, "Verdana", "sans-serif"]}
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a letter that the font lacks is the viewer's to draw
        mpl.rcdefaults()  # and not what the user has set for other pictures
        mpl.rcParams.update(settings)
        yield


@functools.lru_cache(maxsize=4096)
def _width(text: str, size: float) -> float:
    """Measure a text, in pixels."""
    font = FontProperties(family=FONT, size=size)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        width, _, _ = text_to_path.get_text_width_height_descent(f"|{text}|", font, ismath=False)
        marks, _, _ = text_to_path.get_text_width_height_descent("||", font, ismath=False)
    return float(width - marks)


def _figure(width: float, height: float) -> Figure:
    """Make a figure of so many pixels, which are points of SVG."""
    return Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=TONES["paper"].light)


def _write(figure: Figure, text: str, x: float, y: float, size: float, tone: str, gid: str | None = None) -> None:
    """Write a line at a place counted from the upper left corner."""
    width, height = figure.get_size_inches() * 72
    figure.text(
        x / width, 1 - y / height, printable(text), size=size, color=TONES[tone].light, gid=gid, parse_math=False
    )


def _frame(figure: Figure, x: float, y: float, width: float, height: float, fill: str, edge: str) -> None:
    whole, tall = figure.get_size_inches() * 72
    place = (x / whole, 1 - (y + height) / tall)
    figure.add_artist(Rectangle(place, width / whole, height / tall, facecolor=TONES[fill].light,
                                edgecolor=TONES[edge].light, transform=figure.transFigure))  # fmt: skip


def _svg(figure: Figure) -> Element:
    """Give what a figure looks like as a tree without namespaces, its colours named by classes."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    root = fromstring(stream.getvalue())  # noqa: S314  # it was written just now
    for metadata in root.findall("{*}metadata"):
        root.remove(metadata)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in [key for key in element.attrib if "}" in key]:
            element.set(key.rpartition("}")[2], element.attrib.pop(key))
        classes = [f"{what}-{_NAMES[colour]}" for what, colour in _COLOUR.findall(element.get("style", ""))]
        if classes:
            element.set("class", " ".join(classes))
    _, _, width, height = root.get("viewBox", "").split()
    root.attrib.update(width=width, height=height)
    return root


def _headed(root: Element, title: str, description: str) -> Element:
    """Put title, description and colours first."""
    head = tag("title", title, id="title"), tag("desc", description, id="desc"), style(_css())
    for place, element in enumerate(head):
        root.insert(place, element)
    root.set("aria-labelledby", "title")
    root.set("aria-describedby", "desc")
    return root


def _css() -> str:
    """Give the style sheet: what is asked for is lit, and a dark ground has its own colours."""
    dark = "".join(
        f".{what}-{name} {{ {what}: {tone.dark} !important }}\n"
        for name, tone in TONES.items()
        for what in ("fill", "stroke")
    )
    lit = (
        ".fact:hover .back path, .fact:focus .back path { opacity: 1 !important }\n"
        f".fact:focus {{ outline: 2px solid {TONES['done'].light} }}\n"
    )
    return f"{lit}@media (prefers-color-scheme: dark) {{\nsvg {{ background: {TONES['paper'].dark} }}\n{dark}}}\n"
