"""A chart drawn with characters: for each fact a line with its bar on the axis of time, its id and its date.

A line is made of runs, each a text with its style (see `Run`). The approximate or uncertain part of a bar is dim in
colour, and a lighter character without.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.output.json_types import Fact
from tajsec.output.wording import short_marks, tone
from tajsec.pictures.chart import Bar, Chart, groups
from tajsec.text.forms import counted

Run = tuple[str, str]
"""A text and its style: a tone (`tajsec.output.wording.tone`), `differs`, `bold`, `dim`, or `dim` and a tone."""

Line = list[Run]

TICK = 10
"""The least distance between ticks, in columns: a label takes up to seven, and a gap."""

FAR = 20
"""Lines after which the axis is written once more, above the next lane: a terminal of 24 lines shows one."""

_AROUND = 2
"""Columns of a bar on each side of a label inside it, so that both ends are seen."""


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
        """Return the meaning of the characters."""
        return (
            f"{self.sure} as wide as what is known, such as a year; {self.month} a month, {self.day} a day, where that "
            f"is less than a column; {self.unsure} about or unsure; {self.before} {self.after} no such end is known: "
            f"the bar goes as far as the fact speaks; {self.differs} another fact differs (tajsec differences ID); "
            "@ as of."
        )


BLOCKS = Signs(sure="█", unsure="▒", month="■", day="◆", before="◀", after="▶", grid="┊", differs="≠")

ASCII = Signs(sure="#", unsure="~", month="o", day="*", before="<", after=">", grid=":", differs="!")


class Canvas(NamedTuple):
    """The surface of every line: the chart, its width in columns, its characters."""

    chart: Chart
    width: int
    signs: Signs
    color: bool

    def column(self, position: float) -> int:
        """Return the column of a position."""
        return min(int(self.chart.share(position) * self.width), self.width - 1)

    def columns(self, first: float, last: float) -> tuple[int, int]:
        """Return the first column of a part of the axis, and the one after its last; a part has at least one column."""
        begin = self.column(first)
        return begin, max(begin + 1, round(self.chart.share(last) * self.width))


def plot(chart: Chart, names: Mapping[str, str], width: int, signs: Signs, *, color: bool) -> list[Line]:
    """Return the lines of a chart, wider than `width` only where a name or label is; `names` are the actors' by id."""
    canvas = Canvas(chart, width, signs, color)
    lines: list[Line] = []
    axis_at = -FAR
    for lane in chart.lanes:
        lines += [[], [(names[lane.actor], "bold"), (f" ({counted(len(lane.bars), 'fact')})", "dim")]]
        if len(lines) - axis_at >= FAR:
            axis_at = len(lines)
            lines.append([(_axis(canvas), "dim")])
        lines += [line for group in groups(lane.bars) for line in _group(canvas, group)]
    return [*lines[1:], [(_axis(canvas), "dim")]]


def _axis(canvas: Canvas) -> str:
    axis = " " * canvas.width
    for tick in canvas.chart.ticks(canvas.width // TICK):
        start = min(canvas.column(tick.at), canvas.width - len(tick.label))
        if start >= 0 and not axis[max(start - 1, 0) : start + len(tick.label)].strip():
            axis = axis[:start] + tick.label + axis[start + len(tick.label) :]
    return axis


def _group(canvas: Canvas, group: Sequence[Bar]) -> Iterator[Line]:
    """Yield the lines of a group: the labels of the facts that share a bar, then the bar."""
    for _, run in itertools.groupby(group, key=lambda bar: bar.drawing):
        *others, last = run
        if others:
            yield from (_label(bar.fact, canvas.signs) for bar in (*others, last))
            yield _joined(_cells(canvas, last))
        else:
            yield from _fact(canvas, last)


def _fact(canvas: Canvas, bar: Bar) -> list[Line]:
    """Return the lines of a fact: its label right of its bar, or left of it, or in it, or else on a line above it."""
    cells = _cells(canvas, bar)
    first, after = canvas.columns(bar.first, bar.last)
    first, after = max(first - bar.opens_before, 0), min(after + bar.opens_after, canvas.width)
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
    """Return columns with a label over them, and a blank on each side of it where there is room."""
    columns = [(char, style) for text, style in label for char in text]
    over = [(" ", ""), *columns, (" ", "")]
    shown = list(cells)
    for column, cell in enumerate(over, start - 1):
        if 0 <= column < len(cells):
            shown[column] = cell
    return shown


def _label(fact: Fact, signs: Signs) -> Line:
    """Return the id, the date and the warnings of a fact."""
    as_of = f" @{fact['as_of']}" if fact["as_of"] else ""
    marks = [(f" {signs.differs if text == 'differs' else text}", tone) for text, tone in short_marks(fact)]
    return [(fact["id"], ""), (f" {fact['when']}{as_of}", "dim"), *marks]


def _cells(canvas: Canvas, bar: Bar) -> list[Run]:
    """Return the columns of a fact's line: the grid, and the bar on it."""
    cells: list[Run] = [(" ", "")] * canvas.width
    for tick in canvas.chart.ticks(canvas.width // TICK):
        cells[canvas.column(tick.at)] = (canvas.signs.grid, "dim")
    kind = tone(bar.fact)
    for part in bar.parts:
        begin, end = canvas.columns(part.first, part.last)
        is_narrow = end - begin == 1 and len(bar.parts) == 1
        sign = _narrow_sign(canvas.signs, bar) if is_narrow else canvas.signs.sure
        sure, unsure = (sign, kind), (sign if canvas.color else canvas.signs.unsure, f"dim {kind}")
        cells[begin:end] = [sure if part.is_sure else unsure] * (end - begin)
    first, after = canvas.columns(bar.first, bar.last)
    if bar.opens_before:
        cells[max(first - 1, 0)] = (canvas.signs.before, kind)
    if bar.opens_after:
        cells[min(after, canvas.width - 1)] = (canvas.signs.after, kind)
    return cells


def _narrow_sign(signs: Signs, bar: Bar) -> str:
    return {"month": signs.month, "day": signs.day}.get(bar.precision, signs.sure)


def _joined(cells: Line) -> Line:
    """Return runs of columns that have one style."""
    groups = itertools.groupby(cells, key=lambda cell: cell[1])
    return [("".join(char for char, _ in group), style) for style, group in groups]
