"""What may be added up: parts of one whole, in one unit, completed, each once; the rest is left out with the reason."""

from pathlib import Path

import pytest
from sums import IN_WHOLE, part, to, write_parts

from tajsec.analysis.totals import Total, totals
from tajsec.store.open import open_store

CASES = [
    ("two parts are added", [part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE)], 7, "exact", {}),
    (
        "a lower bound makes the sum one",
        [part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE, qualifier="over")],
        7, "over", {},
    ),
    (
        "a rough figure makes the sum rough",
        [part("a", 3, IN_WHOLE, qualifier="over"), part("b", 4, IN_WHOLE, qualifier="about")],
        7, "about", {},
    ),
    (
        "what is planned, annual or an upper bound is left out",
        [
            part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE), part("c", 5, IN_WHOLE, status="planned"),
            part("d", 6, IN_WHOLE, period="annual"), part("e", 8, IN_WHOLE, qualifier="up-to"),
        ],
        7, "exact", {"c": "planned", "d": "annual", "e": "an upper bound"},
    ),
    (
        "a part of a part is not added to it",
        [part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE), part("c", 2, to("b"))],
        7, "exact", {"c": "part of b"},
    ),
    (
        "a rounded figure is not added to the exact one",
        [part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE), part("c", 5, IN_WHOLE, to("b", "rounds", "b"))],
        7, "exact", {"c": "to be cited is b"},
    ),
    (
        "what is said twice or may overlap is added once",
        [
            part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE), part("c", 4, IN_WHOLE, to("b", "repeats")),
            part("d", 9, IN_WHOLE, to("a", "differs", "a")),
        ],
        7, "exact", {"c": "may overlap with b", "d": "may overlap with a"},
    ),
    (
        "what is not said to be a part is left out",
        [part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE), part("c", 100)],
        7, "exact", {"c": "not said to be a part"},
    ),
]  # fmt: skip


def sums(small: Path, parts: list[str]) -> list[Total]:
    store = open_store([write_parts(small, parts)])
    return totals(store, store.facts())


@pytest.mark.parametrize(
    ("parts", "value", "qualifier", "left"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_sum(small: Path, parts: list[str], value: int, qualifier: str, left: dict[str, str]) -> None:
    (total,) = sums(small, parts)
    assert (total.whole, total.value, total.qualifier) == ("the-programme", value, qualifier)
    assert {each.fact: " ".join(filter(None, (each.reason, each.other))) for each in total.left_out} == left


def test_without_a_common_whole_nothing_is_added(small: Path) -> None:
    assert sums(small, [part("a", 3), part("b", 4)]) == []
    assert sums(small, [part("a", 3, IN_WHOLE), part("b", 4)]) == []
