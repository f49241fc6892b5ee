"""A chart in the characters of a terminal: a line a fact, its bar where its date lies, its id and date beside the bar.

A line is made of runs: some text with its style. In colour what is about or unsure is dim; without, it has a lighter
character.
"""

import itertools
from collections.abc import Mapping
from typing import NamedTuple

from tajsec.chart import Bar, Chart
from tajsec.jsontext import Json
from tajsec.phrases import BOUNDING
from tajsec.text import counted

Run = tuple[str, str]
"""Text and its style."""
Line = list[Run]

TICK = 10
"""Columns that a tick takes at least: a label of seven, and a gap."""
FAR = 20
"""Lines after which the axis is written once more, above the next lane."""
_AROUND = 2
"""Columns of a bar that are seen on each side of a label that stands in it."""

_BAR_STYLES = {"planned": "yellow", "stated": "cyan"}


class Signs(NamedTuple):
    """The characters of a plot, each one column wide."""

    sure: str
    unsure: str
    month: str
    day: str
    before: str
    after: str
    grid: str
    differs: str

    def legend(self) -> str:
        """Say what the characters mean."""
        return (
            f"{self.sure} as wide as what is known, such as a year; {self.month} a month, {self.day} a day, where that "
            f"is less than a column; {self.unsure} about or unsure; {self.before} {self.after} no such end is known: "
            f"the bar goes as far as the fact speaks; {self.differs} another fact differs (tajsec disputes ID)."
        )


BLOCKS = Signs(sure="█", unsure="▒", month="■", day="◆", before="◀", after="▶", grid="┊", differs="≠")
ASCII = Signs(sure="#", unsure="~", month="o", day="*", before="<", after=">", grid=":", differs="!")


class Canvas(NamedTuple):
    """What every line is drawn on: the chart, how many columns it has, its characters."""

    chart: Chart
    width: int
    signs: Signs
    color: bool

    def column(self, position: float) -> int:
        """Give the column in which a position lies."""
        return min(int(self.chart.share(position) * self.width), self.width - 1)


def plot(chart: Chart, names: Mapping[str, str], width: int, signs: Signs, *, color: bool) -> list[Line]:
    """Draw a chart, no line wider than `width` but for a long name; `names` are those of the actors by id."""
    canvas = Canvas(chart, width, signs, color)
    lines: list[Line] = []
    axis_at = -FAR
    for lane in chart.lanes:
        lines += [[], [(names[lane.actor], "bold"), (f" ({counted(len(lane.bars), 'fact')})", "dim")]]
        if len(lines) - axis_at >= FAR:
            axis_at = len(lines)
            lines.append([(_axis(canvas), "dim")])
        lines += [line for bar in lane.bars for line in _fact(canvas, bar)]
    return [*lines[1:], [(_axis(canvas), "dim")]]


def _axis(canvas: Canvas) -> str:
    axis = " " * canvas.width
    for tick in canvas.chart.ticks(canvas.width // TICK):
        start = min(canvas.column(tick.at), canvas.width - len(tick.label))
        if start >= 0 and not axis[max(start - 1, 0) : start + len(tick.label)].strip():
            axis = axis[:start] + tick.label + axis[start + len(tick.label) :]
    return axis


def _fact(canvas: Canvas, bar: Bar) -> list[Line]:
    """Draw a fact: its label right of its bar, or left of it, or in it, or else on lines above it."""
    cells = _cells(canvas, bar)
    drawn = [place for place, (char, _) in enumerate(cells) if char not in (" ", canvas.signs.grid)]
    first, after = drawn[0], drawn[-1] + 1
    label = _label(bar.fact, canvas.signs)
    size = sum(len(text) for text, _ in label)
    if after + 1 + size <= canvas.width:
        start = after + 1
    elif first > size:
        start = first - 1 - size
    elif after - first >= size + 2 + 2 * _AROUND:
        start = first + _AROUND + 1
    else:
        return [label, _joined(cells)]
    return [_joined(_overlaid(cells, label, start))]


def _overlaid(cells: Line, label: Line, start: int) -> Line:
    """Write a label over columns, with a blank on each side where there is room."""
    columns = [(char, style) for text, style in label for char in text]
    over = [(" ", ""), *columns, (" ", "")]
    shown = list(cells)
    for column, cell in enumerate(over, start - 1):
        if 0 <= column < len(cells):
            shown[column] = cell
    return shown


def _label(fact: Json, signs: Signs) -> Line:
    """Give the id and the date, and what must be known before the fact is cited."""
    label = [(fact["id"], ""), (f" {fact['when']}", "dim")]
    if fact["status"] in BOUNDING:
        label.append((f" {fact['status']}", _BAR_STYLES[fact["status"]]))
    differs = "superseded" if fact["superseded_by"] else signs.differs if fact["disputed_by"] else ""
    return [*label, (f" {differs}", "magenta")] if differs else label


def _cells(canvas: Canvas, bar: Bar) -> list[Run]:
    """Give the columns of a fact's line: the grid, and the bar on it."""
    cells: list[Run] = [(" ", "")] * canvas.width
    for tick in canvas.chart.ticks(canvas.width // TICK):
        cells[canvas.column(tick.at)] = (canvas.signs.grid, "dim")
    style = _BAR_STYLES.get(bar.fact["status"], "blue")
    first = end = canvas.column(bar.first)
    for part in bar.parts:
        begin = canvas.column(part.first)
        end = max(begin + 1, round(canvas.chart.share(part.last) * canvas.width))
        sign = _narrow_sign(canvas.signs, bar) if end - begin == 1 and len(bar.parts) == 1 else canvas.signs.sure
        drawn = (
            sign if part.is_sure or canvas.color else canvas.signs.unsure,
            style if part.is_sure else f"dim {style}",
        )
        cells[begin:end] = [drawn] * (end - begin)
    if bar.opens_before:
        cells[max(first - 1, 0)] = (canvas.signs.before, style)
    if bar.opens_after:
        cells[min(end, canvas.width - 1)] = (canvas.signs.after, style)
    return cells


def _narrow_sign(signs: Signs, bar: Bar) -> str:
    return {"month": signs.month, "day": signs.day}.get(bar.precision, signs.sure)


def _joined(cells: Line) -> Line:
    """Join columns of one style to runs."""
    groups = itertools.groupby(cells, key=lambda cell: cell[1])
    return [("".join(char for char, _ in group), style) for style, group in groups]
