"""Sums of figures, and the figures that must not be added.

Figures are added only if the facts say that they are parts of one whole (`part-of`), if they have one unit, and if the
facts are completed. Nothing is counted twice: a part is not added to its whole, a rounded or older figure not to the
exact or newer one, an annual amount not to a cumulative one, a plan not to a delivery. A figure of the unit that is not
added is listed as left out, with the reason. The qualifier of a sum is that of its least certain figure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tajsec.model.kinds import DIFFERENCES, PREFERRING, Qualifier
from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Quantity


class LeftOut(NamedTuple):
    """A figure that was not added, with the reason, and the other fact that it overlaps with, if any."""

    fact: str
    quantity: Quantity
    reason: str
    other: str | None


class Total(NamedTuple):
    """The sum of the figures of one unit that are parts of the fact `whole`."""

    whole: str
    unit: str
    value: int | float
    qualifier: Qualifier
    facts: Sequence[str]
    left_out: Sequence[LeftOut]


_Figure = tuple[Fact, Quantity]


def totals(store: Store, facts: Sequence[Fact]) -> list[Total]:
    """Return at most one sum for each unit: that of the parts of one whole, the one with the most parts."""
    units = defaultdict[str, list[_Figure]](list)
    for fact in facts:
        for quantity in fact.quantities:
            units[quantity.unit].append((fact, quantity))
    wholes = {fact.id: _wholes(store, fact.id) for fact in facts}
    found = (_best_total(store, unit, figures, wholes) for unit, figures in units.items())
    return [total for total in found if total]


def _best_total(
    store: Store, unit: str, figures: Sequence[_Figure], wholes: Mapping[str, frozenset[str]]
) -> Total | None:
    candidates = sorted({whole for fact, _ in figures for whole in wholes[fact.id]})
    found = [_total(store, unit, whole, figures, wholes) for whole in candidates]
    best = max(found, key=lambda total: len(total.facts), default=None)
    return best if best and len(best.facts) > 1 else None  # one figure is no sum


def _total(
    store: Store, unit: str, whole: str, figures: Sequence[_Figure], wholes: Mapping[str, frozenset[str]]
) -> Total:
    added: dict[str, Quantity] = {}
    left_out: list[LeftOut] = []
    per_fact = Counter(fact.id for fact, _ in figures)
    # facts with fewer wholes first, so that a part comes before its own parts
    for fact, quantity in sorted(figures, key=lambda each: (len(wholes[each[0].id]), each[0].id)):
        reason = (
            _not_addable(fact, quantity, per_fact[fact.id])
            or _not_in_whole(fact, whole, wholes)
            or _counted_already(store, fact, added, wholes)
        )
        if reason:
            left_out.append(LeftOut(fact.id, quantity, *reason))
        else:
            added[fact.id] = quantity
    return Total(
        whole=whole,
        unit=unit,
        value=_sum(added.values()),
        qualifier=_weakest({quantity.qualifier for quantity in added.values()}),
        facts=list(added),
        left_out=left_out,
    )


_Reason = tuple[str, str | None]
"""Why a figure is left out, and the other fact that it overlaps with, if any."""


def _not_addable(fact: Fact, quantity: Quantity, count: int) -> _Reason | None:
    """Return why a figure is not added to any other; `count` is the number of figures of its fact."""
    if fact.rank == "deprecated":
        return "known to be wrong", None
    if fact.status != "completed":
        return fact.status, None
    if quantity.period != "total":
        return quantity.period, None
    if quantity.qualifier == "up-to":
        return "an upper bound", None
    return ("one of several figures of its fact, which may overlap", None) if count > 1 else None


def _not_in_whole(fact: Fact, whole: str, wholes: Mapping[str, frozenset[str]]) -> _Reason | None:
    if fact.id == whole:
        return "the whole itself", None
    if fact.id in wholes.get(whole, ()):
        return "holds the whole", None
    return None if whole in wholes[fact.id] else ("not said to be a part", None)


def _counted_already(
    store: Store, fact: Fact, added: Mapping[str, Quantity], wholes: Mapping[str, frozenset[str]]
) -> _Reason | None:
    """Return why a fact is not added: a fact that includes it or may overlap is added, or another is preferred."""
    if including := sorted(wholes[fact.id] & added.keys()):
        return "part of", including[0]
    own = [(relation.to, relation) for relation in fact.relations]
    for other, relation in [*own, *store.relations_to(fact.id)]:
        if relation.kind in PREFERRING and relation.prefer == other:
            return "to be cited is", other
        if other in added and (relation.kind in DIFFERENCES or relation.kind == "repeats"):
            return "may overlap with", other
    return None


def _wholes(store: Store, fact_id: str) -> frozenset[str]:
    """Return the ids of all facts that this one is part of, directly or through others."""
    found: set[str] = set()
    todo = [fact_id]
    while todo:
        up = {each.to for each in store.fact(todo.pop()).relations if each.kind == "part-of"} - found
        found |= up
        todo += up
    return frozenset(found)


def _sum(quantities: Iterable[Quantity]) -> int | float:
    total = round(sum(quantity.value for quantity in quantities), 6)  # so that 0.1 + 0.2 gives 0.3
    return int(total) if float(total).is_integer() else total


def _weakest(qualifiers: set[Qualifier]) -> Qualifier:
    """Return the qualifier of a sum: "over" of exact values and lower bounds, "about" with anything less certain."""
    if qualifiers <= {"exact"}:
        return "exact"
    return "over" if qualifiers <= {"exact", "over"} else "about"
