"""Joins the runs of text on the pages of a PDF file into paragraphs, in reading order.

Columns are found by recursive cuts along white space (the X-Y cut: G. Nagy, S. Seth, "Hierarchical representation of
optically scanned documents", 1984). A paragraph ends where the next line is set apart: by space, by an indent, by its
size or weight, or by room that was left on the line before. Lines that repeat at the edge of pages are furniture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from tajsec.documents.lines import Line
from tajsec.text.english import is_english
from tajsec.text.forms import normalise, word_count

_EDGE = 0.12
"""The share of a page's height at its top and bottom in which running heads and page numbers are looked for."""
_LEAST_REPEATS = 3
"""Pages on which a running head stands, or all pages of a shorter document of two or more."""
_LEAST_SHARE = 10
"""Or a tenth of the pages of a long document: text that repeats there by chance does so less often."""
_EDGE_ROWS = 2
"""Rows of a running head; a body that repeats further in, such as the head of a table, stays."""
_NUMBER = "#"
"""The key of every page number."""
_COLUMN_CHARACTERS = 20
"""Characters of a run of a column, on average; the cells of a table have less, and stay rows."""
_COLUMN_RUNS = 3
"""Runs that a column has at least."""
_HEADING_WORDS = 20
_LARGER = 1.15
"""How much larger than the text a heading is set; a line of capitals or with a raised figure differs less."""
_SHORT = 0.6
"""The share of a column's width under which a line is no line of running text."""
_SPACED = 1.25
"""How much further apart than the lines of a paragraph two paragraphs are set."""

_BULLET = re.compile(r"[•●▪■◦‣–—*·-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page|p\.|с\.|стр\.|seite)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|из)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_ENDS = ".!?:;…"
_CLOSERS = "\"'”’»)]"


class Run(NamedTuple):
    """Characters that stand together on a line, their box in points from the lower left, and if their font is bold."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    is_bold: bool = False

    @property
    def size(self) -> float:
        """The height of the line."""
        return self.top - self.bottom


class _Row(NamedTuple):
    """A line of a column: its runs as one, the edges of its column, its page, and the number of its runs."""

    run: Run
    left: float
    right: float
    page: int
    cells: int


@dataclass(slots=True)
class _Paragraph:
    rows: list[_Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        joined = ""
        for row in self.rows:
            joined = _appended(joined, row.run.text)
        return normalise(joined)


def paragraphs(pages: Sequence[tuple[float, Sequence[Run]]]) -> list[Line]:
    """Return the paragraphs of pages, each given as its height and its runs; furniture is last, each line once."""
    furniture = _furniture(pages)
    rows: list[_Row] = []
    running: dict[str, Line] = {}
    for number, (height, runs) in enumerate(pages, 1):
        edge = [run for run in _at_edges(height, runs) if _key(run) in furniture]
        running |= {
            _key(run): Line(normalise(run.text), "furniture", number) for run in edge if _key(run) not in running
        }
        for group in _in_reading_order([run for run in runs if run not in edge]):
            rows += _rows(group, number)
    running.pop(_NUMBER, None)
    size = _body_size(rows)
    lines = [_line(each, size) for each in _paragraphs(rows, size)]
    return [line for line in (*lines, *running.values()) if line.text]


# ---------------------------------------------------------------- running heads and page numbers


def _furniture(pages: Sequence[tuple[float, Sequence[Run]]]) -> set[str]:
    """Return the keys of the lines at the edges of pages that are page numbers, or stand on several pages."""
    least = max(2, min(_LEAST_REPEATS, len(pages)), len(pages) // _LEAST_SHARE)
    counts = Counter(key for height, runs in pages for key in {_key(run) for run in _at_edges(height, runs)})
    return {key for key, count in counts.items() if count >= least or key == _NUMBER}


def _at_edges(height: float, runs: Sequence[Run]) -> list[Run]:
    """Return the runs of the first and the last `_EDGE_ROWS` rows of a page that are near its edges."""
    found: list[Run] = []
    for near in (
        sorted((run for run in runs if run.bottom > (1 - _EDGE) * height), key=lambda run: -run.bottom),
        sorted((run for run in runs if run.top < _EDGE * height), key=lambda run: run.bottom),
    ):
        rows = sorted({round(run.bottom) for run in near}, key=[round(run.bottom) for run in near].index)[:_EDGE_ROWS]
        found += [run for run in near if round(run.bottom) in rows and word_count(run.text) <= _HEADING_WORDS]
    return found


def _key(run: Run) -> str:
    """Return the text of a line without what differs from page to page, and how high it stands."""
    if _PAGE_NUMBER.fullmatch(run.text):
        return _NUMBER
    return f"{re.sub(r'[0-9]+', '#', run.text.casefold())} at {run.bottom:.0f}"


# ---------------------------------------------------------------- columns


def _in_reading_order(runs: Sequence[Run]) -> list[Sequence[Run]]:
    """Return groups of runs, column by column: a region is cut between columns if it can be, else at its widest gap.

    A cut at a gap counts if it leads to columns; else the region is one group.
    """
    if parts := _columns(runs):
        return [group for part in parts for group in _in_reading_order(part)]
    if parts := _bands(runs):
        groups = [_in_reading_order(part) for part in parts]
        if any(len(each) > 1 for each in groups):
            return [group for each in groups for group in each]
    return [runs] if runs else []


def _columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs left and right of the widest gutter, if both sides are running text; else nothing."""
    if cut := _widest_gap([(run.left, run.right) for run in runs]):
        sides = [[run for run in runs if run.right <= cut], [run for run in runs if run.left >= cut]]
        if all(len(side) >= _COLUMN_RUNS and _mean_length(side) >= _COLUMN_CHARACTERS for side in sides):
            return sides
    return []


def _bands(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs above and below the widest horizontal gap, if there may be columns; else nothing."""
    cut = _widest_gap([(run.bottom, run.top) for run in runs]) if _may_have_columns(runs) else None
    if cut is None:
        return []
    return [[run for run in runs if run.bottom >= cut], [run for run in runs if run.top <= cut]]


def _may_have_columns(runs: Sequence[Run]) -> bool:
    """True if enough runs stand beside another one: a region of single lines need not be cut."""
    ordered = sorted(runs, key=lambda run: -run.top)
    beside = sum(low.top > high.bottom + 0.5 * high.size for high, low in pairwise(ordered))
    return beside >= _COLUMN_RUNS and _mean_length(runs) >= _COLUMN_CHARACTERS


def _mean_length(runs: Sequence[Run]) -> float:
    return sum(len(run.text) for run in runs) / len(runs)


def _widest_gap(spans: Iterable[tuple[float, float]]) -> float | None:
    """Return the middle of the widest gap between spans on a line, or None if there is none."""
    best, cut, end = 0.0, None, None
    for low, high in sorted(spans):
        if end is not None and low - end > best:
            best, cut = low - end, (low + end) / 2
        end = high if end is None else max(end, high)
    return cut


# ---------------------------------------------------------------- paragraphs


def _rows(runs: Sequence[Run], page: int) -> Iterator[_Row]:
    """Yield the lines of a column from the top, each with its runs from the left as one."""
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.top, run.left)):
        if line and min(line[0].top, run.top) - max(line[0].bottom, run.bottom) < 0.5 * min(line[0].size, run.size):
            yield _Row(_as_one(line), left, right, page, len(line))
            line = []
        line.append(run)
    if line:
        yield _Row(_as_one(line), left, right, page, len(line))


def _as_one(runs: list[Run]) -> Run:
    runs = sorted(runs, key=lambda run: run.left)
    return Run(
        " ".join(run.text for run in runs),
        runs[0].left,
        max(run.right for run in runs),
        min(run.bottom for run in runs),
        max(run.top for run in runs),
        all(run.is_bold for run in runs),
    )


def _paragraphs(rows: Sequence[_Row], size: float) -> list[_Paragraph]:
    pitch = _pitch(rows)
    found: list[_Paragraph] = []
    for row in rows:
        if not found or _begins(row, found[-1], pitch, size):
            found.append(_Paragraph())
        found[-1].rows.append(row)
    return found


def _pitch(rows: Sequence[_Row]) -> float:
    """Return the usual distance of a line to the next, in sizes of the line."""
    steps = [
        (before.run.bottom - row.run.bottom) / before.run.size
        for before, row in pairwise(rows)
        if _is_below(row, before) and before.run.size > 0
    ]
    return median(steps) if steps else 1.0


def _is_below(row: _Row, before: _Row) -> bool:
    return (row.page, row.left, row.right) == (before.page, before.left, before.right)


def _begins(row: _Row, paragraph: _Paragraph, pitch: float, size: float) -> bool:
    """True if a line begins a paragraph of its own, and does not go on with the one before."""
    before = paragraph.rows[-1]
    if row.cells > 1 or before.cells > 1 or _BULLET.match(row.run.text) or _differs(row.run, before.run):
        return True
    if not _is_below(row, before):
        if row.page == before.page and row.run.top <= before.run.bottom:
            return True  # below the columns, or above them
        return _is_ended(before.run.text) or _is_short(row, before)
    if (before.run.bottom - row.run.bottom) / before.run.size > _SPACED * pitch:
        return True
    is_heading = before.run.is_bold or before.run.size > _LARGER * size
    return _is_indented(row, paragraph) or _has_room(row, before) or (not is_heading and _is_short(row, before))


def _differs(one: Run, other: Run) -> bool:
    return one.is_bold != other.is_bold or not 1 / _LARGER < one.size / max(other.size, 1.0) < _LARGER


def _is_ended(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def _is_indented(row: _Row, paragraph: _Paragraph) -> bool:
    """True if a line begins further in than its column; under an item of a list, if it begins where the item does.

    There a sentence that ends with the line ends the item too: the text below is as often indented.
    """
    first, step = paragraph.rows[0].run, 0.7 * row.run.size
    if _BULLET.match(first.text):
        return row.run.left <= first.left + 1 or _is_ended(paragraph.rows[-1].run.text)
    return _is_ended(paragraph.rows[-1].run.text) and row.run.left > paragraph.rows[-1].run.left + step


def _has_room(row: _Row, before: _Row) -> bool:
    """True if a sentence ended on a line on which the next word had room."""
    run = before.run
    wide = (run.right - run.left) / max(len(run.text), 1)
    word = len(row.run.text.partition(" ")[0]) + 1
    return _is_ended(run.text) and run.right + (word + 1) * wide < before.right


def _is_short(row: _Row, before: _Row) -> bool:
    """True if a line is much shorter than its column, and the next begins as a sentence: datelines, bylines."""
    run = before.run
    return run.right - run.left < _SHORT * (before.right - before.left) and not row.run.text[0].islower()


def _appended(text: str, more: str) -> str:
    """Return two lines as one; a hyphen at the end of the first goes if it parts one word."""
    if not text:
        return more
    head, tail = re.search(r"(\w+)[-‐\xad]$", text), re.match(r"[^\W\d_]+", more)
    if not head or not tail or not tail[0][0].islower() or not head[1][-1].isalpha():
        return text + more if head else f"{text} {more}"
    return (text if _is_compound(head[1], tail[0]) else text[:-1]) + more


def _is_compound(head: str, tail: str) -> bool:
    """True if a hyphen at the end of a line belongs to a compound: both parts are English words, the whole is none."""
    return not is_english((head + tail).casefold()) and is_english(head.casefold()) and is_english(tail.casefold())


def _line(paragraph: _Paragraph, size: float) -> Line:
    """Return a paragraph as a line: a row of cells is a claim, and what is set apart and has no end stop a heading."""
    text, first = paragraph.text, paragraph.rows[0]
    if first.cells > 1:
        return Line(text, "claim", first.page)
    is_set_apart = first.run.size >= _LARGER * size or all(row.run.is_bold for row in paragraph.rows)
    is_heading = is_set_apart and word_count(text) <= _HEADING_WORDS and text[-1:] not in ".;,"
    return Line(text, "heading" if is_heading else None, first.page)


def _body_size(rows: Sequence[_Row]) -> float:
    """Return the size in which most characters are set."""
    sizes = Counter[float]()
    for row in rows:
        sizes[round(row.run.size, 1)] += len(row.run.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)
