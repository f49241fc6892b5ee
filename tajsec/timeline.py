"""Facts in order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tajsec.model import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Facts with a `when`, grouped by the year in which it begins, and those that have none."""

    years: Sequence[tuple[int, Sequence[Fact]]]
    undated: Sequence[Fact]

    @property
    def facts(self) -> list[Fact]:
        """The dated facts in order of time."""
        return [fact for _, facts in self.years for fact in facts]


def timeline(facts: Iterable[Fact]) -> Timeline:
    """Put facts in order of time: by `when` as precisely as it is known, a year before its months, then by id."""
    given = list(facts)
    dated = sorted((fact for fact in given if fact.when), key=lambda fact: (fact.time.order, fact.id))
    years = [(year, list(group)) for year, group in groupby(dated, key=lambda fact: fact.time.anchor.year)]
    return Timeline(years=years, undated=[fact for fact in given if not fact.when])
