"""Sums of figures that are said to come on top of one another.

Figures are added only if their facts say, for each two of them, that one comes on top of the other (`adds-to`): parts
of one whole may overlap. They have one unit and measure the same (a cost is not added to a value), and their facts are
completed. The qualifier of a sum is that of its least certain figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tajsec.model.kinds import Qualifier
from tajsec.model.records import Fact, Quantity


class Total(NamedTuple):
    """The sum of figures of one unit, each of another fact."""

    unit: str
    value: int | float
    qualifier: Qualifier
    facts: Sequence[str]


_Figure = tuple[Fact, Quantity]


def totals(facts: Sequence[Fact]) -> list[Total]:
    """Return at most one sum for each unit and measure: the one of the most figures."""
    apart = {frozenset((fact.id, each.to)) for fact in facts for each in fact.relations if each.kind == "adds-to"}
    tied = frozenset[str]().union(*apart)
    figures = defaultdict[tuple[str, str], list[_Figure]](list)
    for fact in facts:
        for quantity in fact.quantities if fact.id in tied else ():
            if _is_addable(fact, quantity):
                figures[quantity.unit, _measure(quantity)].append((fact, quantity))
    found = (max((_apart_from(first, each, apart) for first in each), key=len) for each in figures.values())
    return [_total(each) for each in found if len(each) > 1]  # one figure is no sum


def _is_addable(fact: Fact, quantity: Quantity) -> bool:
    """True for the only figure of its unit in a completed fact, if it is an amount in all and no upper bound."""
    is_only = sum(each.unit == quantity.unit for each in fact.quantities) == 1
    is_amount = quantity.period == "total" and quantity.qualifier != "up-to"
    return is_only and is_amount and fact.status == "completed" and fact.rank != "deprecated"


def _measure(quantity: Quantity) -> str:
    """Return what kind of amount a figure is: `cost` for "cost of the bridge", "" if it only says what is counted."""
    measure, of, _ = quantity.of.partition(" of ")
    return measure if of else ""


def _apart_from(first: _Figure, figures: Sequence[_Figure], apart: set[frozenset[str]]) -> list[_Figure]:
    """Return a figure and those that are said not to overlap with it or with one another."""
    found = [first]
    for fact, quantity in figures:
        if all(frozenset((fact.id, other.id)) in apart for other, _ in found):
            found.append((fact, quantity))
    return found


def _total(figures: Sequence[_Figure]) -> Total:
    quantities = [quantity for _, quantity in figures]
    return Total(
        unit=quantities[0].unit,
        value=_sum(quantity.value for quantity in quantities),
        qualifier=_weakest({quantity.qualifier for quantity in quantities}),
        facts=sorted(fact.id for fact, _ in figures),
    )


def _sum(values: Iterable[int | float]) -> int | float:
    total = round(sum(values), 6)  # so that 0.1 + 0.2 gives 0.3
    return int(total) if float(total).is_integer() else total


def _weakest(qualifiers: set[Qualifier]) -> Qualifier:
    """Return the qualifier of a sum: "over" of exact values and lower bounds, "about" with anything less certain."""
    if qualifiers <= {"exact"}:
        return "exact"
    return "over" if qualifiers <= {"exact", "over"} else "about"
