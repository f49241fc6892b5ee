"""Figures added up, and what must not be.

Figures are added only where the facts say that they are parts of one whole (`part-of`), are in one unit, and are of
completed facts; and none of them twice: a part is not added to its whole, a rounded or older figure not to the exact or
newer one, an annual amount not to a cumulative one, what is planned not to what was delivered. Every other figure of
the unit is left out, with the reason. A sum keeps the weakest qualifier of its figures.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tajsec.model.kinds import DIFFERENCES, PREFERRING, Qualifier
from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Quantity, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A figure that was not added: why, and next to which other fact, if there is one."""

    fact: str
    quantity: Quantity
    reason: str
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of figures that are parts of the fact `whole`, all in one unit."""

    whole: str
    unit: str
    value: int | float
    qualifier: Qualifier
    facts: Sequence[str]
    left_out: Sequence[LeftOut]


_Figure = tuple[Fact, Quantity]


def totals(store: Store, facts: Sequence[Fact]) -> list[Total]:
    """Add up, for each unit, the figures of the whole of which most of the facts' figures are parts."""
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
    counts = Counter(whole for fact, _ in figures for whole in wholes[fact.id])
    found = [_total(store, unit, whole, figures, wholes) for whole in sorted(counts)]
    best = max(found, key=lambda total: len(total.facts), default=None)
    return best if best and len(best.facts) > 1 else None


def _total(
    store: Store, unit: str, whole: str, figures: Sequence[_Figure], wholes: Mapping[str, frozenset[str]]
) -> Total:
    taken: list[_Figure] = []
    left: list[LeftOut] = []
    per_fact = Counter(fact.id for fact, _ in figures)
    for fact, quantity in sorted(figures, key=lambda each: (len(wholes[each[0].id]), each[0].id)):
        added = {each.id for each, _ in taken}
        reason, other = (
            _by_itself(fact, quantity, per_fact[fact.id])
            or _outside(fact, whole, wholes)
            or _counted_already(store, fact, added, wholes)
            or ("", None)
        )
        if reason:
            left.append(LeftOut(fact=fact.id, quantity=quantity, reason=reason, other=other))
        else:
            taken.append((fact, quantity))
    return Total(
        whole=whole,
        unit=unit,
        value=_sum([quantity for _, quantity in taken]),
        qualifier=_weakest({quantity.qualifier for _, quantity in taken}),
        facts=[fact.id for fact, _ in taken],
        left_out=left,
    )


_Reason = tuple[str, str | None]
"""Why a figure is left out, and the other fact that this has to do with."""


def _by_itself(fact: Fact, quantity: Quantity, count: int) -> _Reason | None:
    """Give why a figure is not added to any other."""
    if fact.status != "completed":
        return fact.status, None
    if quantity.period != "total":
        return quantity.period, None
    if quantity.qualifier == "up-to":
        return "an upper bound", None
    return ("one of several figures of its fact, which may overlap", None) if count > 1 else None


def _outside(fact: Fact, whole: str, wholes: Mapping[str, frozenset[str]]) -> _Reason | None:
    if fact.id == whole:
        return "the whole itself", None
    if fact.id in wholes.get(whole, ()):
        return "holds the whole", None
    return None if whole in wholes[fact.id] else ("not said to be a part", None)


def _counted_already(store: Store, fact: Fact, added: set[str], wholes: Mapping[str, frozenset[str]]) -> _Reason | None:
    """Give the fact that counts the same already, or a part or a better form of it."""
    holding = sorted(wholes[fact.id] & added)
    if holding:
        return "part of", holding[0]
    for other, relation in _relations(store, fact):
        if relation.kind in PREFERRING and relation.prefer == other:
            return "to be cited is", other
        if other in added and (relation.kind in DIFFERENCES or relation.kind == "repeats"):
            return "may overlap with", other
    return None


def _relations(store: Store, fact: Fact) -> list[tuple[str, Relation]]:
    """Give the relations of a fact in both directions, each with the other fact."""
    return [*((relation.to, relation) for relation in fact.relations), *store.relations_to(fact.id)]


def _wholes(store: Store, fact_id: str) -> frozenset[str]:
    """Give every fact that this one is part of, directly or through others."""
    found: set[str] = set()
    todo = [fact_id]
    while todo:
        up = {each.to for each in store.fact(todo.pop()).relations if each.kind == "part-of"} - found
        found |= up
        todo += up
    return frozenset(found)


def _sum(quantities: Sequence[Quantity]) -> int | float:
    total = round(sum(quantity.value for quantity in quantities), 6)
    return int(total) if float(total).is_integer() else total


def _weakest(qualifiers: set[Qualifier]) -> Qualifier:
    """Give the qualifier of a sum: of exact amounts and lower bounds "over", with anything rough in it "about"."""
    if qualifiers <= {"exact"}:
        return "exact"
    return "over" if qualifiers <= {"exact", "over"} else "about"
