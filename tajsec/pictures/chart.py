"""Facts as bars on an axis of time, in lanes by actor; `plot` and `svg` draw them.

A position is a year with its fraction: 2012.5 is the middle of 2012. A bar covers the whole time that its date may
mean: for a year, the whole year. Where the date is approximate or uncertain, that part of the bar is not `is_sure`.
"""

import calendar
import math
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Literal, NamedTuple

from tajsec.output.json_types import Fact
from tajsec.output.wording import document, own_date, tone
from tajsec.text.dates import Day, Edtf, Moment, parse
from tajsec.text.forms import counted

Precision = Literal["day", "month", "year", "span", "set"]

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000, 120000)
"""The distances between ticks to choose from, in months."""


class Part(NamedTuple):
    """A part of a bar: its two ends, and whether the date is sure there. Between the dates of a set there is none."""

    first: float
    last: float
    is_sure: bool


class Bar(NamedTuple):
    """A fact on the axis; an open end is drawn at the end of its extent (`tajsec.model.records.Fact.extent`)."""

    fact: Fact
    precision: Precision
    parts: Sequence[Part]
    opens_before: bool
    opens_after: bool

    @property
    def first(self) -> float:
        """The position at which the bar begins."""
        return self.parts[0].first

    @property
    def last(self) -> float:
        """The position at which the bar ends."""
        return self.parts[-1].last

    @property
    def drawing(self) -> tuple[object, ...]:
        """What is seen of the bar: of a group of facts, those with the same one share a bar."""
        return tuple(self.parts), self.opens_after, tone(self.fact)


class Lane(NamedTuple):
    """The bars of one actor, in order of time."""

    actor: str
    bars: Sequence[Bar]


class Tick(NamedTuple):
    """A position on the axis with its label."""

    at: float
    label: str


class Chart(NamedTuple):
    """Lanes, and the axis from the beginning of the year `first` to the end of the year before `last`."""

    lanes: Sequence[Lane]
    first: int
    last: int

    @property
    def size(self) -> int:
        """The number of facts."""
        return sum(len(lane.bars) for lane in self.lanes)

    def share(self, position: float) -> float:
        """Return a position as a share of the axis, 0 to 1."""
        return (position - self.first) / (self.last - self.first)

    def ticks(self, most: int) -> list[Tick]:
        """Return at most `most` ticks, or 2 if that is fewer, evenly spaced, at the beginnings of years or months."""
        first, last = self.first * 12, self.last * 12
        step = next((step for step in _STEPS if last // step - -(-first // step) < max(most, 2)), _STEPS[-1])
        return [_tick(month, step) for month in range(-(-first // step) * step, last + 1, step)]


def _tick(months: int, step: int) -> Tick:
    year, month = divmod(months, 12)
    label = f"{year}" if step % 12 == 0 else f"{year}-{month + 1:02}"
    return Tick(months / 12 if not month else _beginning((year, month + 1, 1)), label)


def chart(facts: Sequence[Fact], actors: AbstractSet[str] = frozenset()) -> Chart:
    """Return a chart of one or more dated facts, which are in order of time.

    A fact is in one lane: that of its first actor among `actors`, or else of its first actor. The lane with most facts
    comes first.
    """
    lanes = defaultdict[str, list[Bar]](list)
    for fact in facts:
        lanes[_lane_of(fact, actors)].append(_bar(fact))
    bars = [bar for lane in lanes.values() for bar in lane]
    first = math.floor(min(bar.first for bar in bars))
    last = max(math.ceil(max(bar.last for bar in bars)), first + 1)
    by_size = sorted(lanes.items(), key=lambda lane: (-len(lane[1]), lane[0]))
    return Chart([Lane(actor, bars) for actor, bars in by_size], first, last)


def groups(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Return the bars in groups: spans that begin on the same day are one group, any other bar is one of its own."""
    found: list[list[Bar]] = []
    for bar in bars:
        if found and _begins_with(bar, found[-1][0]):
            found[-1].append(bar)
        else:
            found.append([bar])
    return found


def _begins_with(bar: Bar, other: Bar) -> bool:
    are_spans = bar.precision == other.precision == "span" and not bar.opens_before and not other.opens_before
    return are_spans and bar.first == other.first


def notes(shown: int, total: int, undated: int) -> list[str]:
    """Return notes: how to read the lanes, and how many facts are left out, by the limit or for want of a date."""
    left = [f"{counted(total - shown, 'later fact')} (--limit {shown})"] if total > shown else []
    left += [f"{counted(undated, 'fact')} without a date of their own (tajsec list)"] if undated else []
    lanes = f"{counted(shown, 'fact')}, each once, in the lane of its first actor, or of the first one asked for."
    return [lanes, *([f"Left out: {', '.join(left)}."] if left else [])]


def sources(facts: Sequence[Fact]) -> str:
    """Return the documents that the facts cite, each once, as a sentence."""
    documents = dict.fromkeys(document(cite) for fact in facts for cite in fact["cites"])
    return f"Sources: {'; '.join(documents).removesuffix('.')}."


def _lane_of(fact: Fact, actors: AbstractSet[str]) -> str:
    return next((actor for actor in fact["actors"] if actor in actors), fact["actors"][0])


def _bar(fact: Fact) -> Bar:
    when = own_date(fact)
    as_of = parse(fact["as_of"]) if fact["as_of"] else when
    known = [end for date in (when, as_of) for end in (date.start, date.end) if end]
    begin = _beginning(when.start.first if when.start else min(end.first for end in known))
    end = _ending(when.end.last if when.end else max(end.last for end in known))
    if when.members:
        return Bar(fact, "set", list(map(_part, when.members)), opens_before=False, opens_after=False)
    precision: Precision = "span" if when.is_span else _precision(when.anchor)
    return Bar(fact, precision, _parts(when, begin, end), when.start is None, when.end is None)


def _part(moment: Moment) -> Part:
    return Part(_beginning(moment.first), _ending(moment.last), not _is_unsure(moment))


def _parts(when: Edtf, begin: float, end: float) -> list[Part]:
    sure_from = _ending(when.start.last) if when.start and _is_unsure(when.start) else begin
    sure_to = _beginning(when.end.first) if when.end and _is_unsure(when.end) else end
    sure_from = min(sure_from, end)
    sure_to = max(sure_to, sure_from)
    parts = [Part(begin, sure_from, False), Part(sure_from, sure_to, True), Part(sure_to, end, False)]
    return [part for part in parts if part.first < part.last]


def _is_unsure(moment: Moment) -> bool:
    return moment.approximate or moment.uncertain


def _precision(moment: Moment) -> Precision:
    if moment.day:
        return "day"
    return "month" if moment.month else "year"


def _beginning(day: Day) -> float:
    return day[0] + (date(*day).timetuple().tm_yday - 1) / _days(day[0])


def _ending(day: Day) -> float:
    return day[0] + date(*day).timetuple().tm_yday / _days(day[0])


def _days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
