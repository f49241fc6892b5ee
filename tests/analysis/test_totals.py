"""What may be added up: figures that are said to come on top of one another, in one unit and measure, and completed."""

from pathlib import Path

import pytest
from sums import ON_TOP_OF_A, part, to, write_parts

from tajsec.analysis.totals import Total, totals
from tajsec.store.open import open_store

A = part("a", 3)
CASES = [
    ("one that comes on top of the other is added", [A, part("b", 4, ON_TOP_OF_A)], 7, "exact", "ab"),
    ("a lower bound makes the sum one", [A, part("b", 4, ON_TOP_OF_A, qualifier="over")], 7, "over", "ab"),
    (
        "a rough figure makes the sum rough",
        [part("a", 3, qualifier="over"), part("b", 4, ON_TOP_OF_A, qualifier="about")],
        7, "about", "ab",
    ),
    (
        "what comes on top of both is added to both",
        [A, part("b", 4, ON_TOP_OF_A), part("c", 5, ON_TOP_OF_A, to("b", "adds-to"))],
        12, "exact", "abc",
    ),
    (
        "what comes on top of one alone may overlap with the other, and the sum of the first two is kept",
        [A, part("b", 4, ON_TOP_OF_A), part("c", 5, to("b", "adds-to"))],
        7, "exact", "ab",
    ),
    (
        "what is planned, annual or an upper bound is left out",
        [
            A, part("b", 4, ON_TOP_OF_A), part("c", 5, ON_TOP_OF_A, to("b", "adds-to"), status="planned"),
            part("d", 6, ON_TOP_OF_A, to("b", "adds-to"), period="annual"),
            part("e", 8, ON_TOP_OF_A, to("b", "adds-to"), qualifier="up-to"),
        ],
        7, "exact", "ab",
    ),
    (
        "two costs are added",
        [part("a", 3, of="cost of the first"), part("b", 4, ON_TOP_OF_A, of="cost of the second")],
        7, "exact", "ab",
    ),
]  # fmt: skip

NOT_ADDED = [
    ("parts of one whole may overlap", [part("a", 3, to("the-programme")), part("b", 4, to("the-programme"))]),
    ("what says nothing of the other may overlap with it", [A, part("b", 4)]),
    ("a part is not added to its whole", [A, part("b", 4, to("a"))]),
    ("a rounded figure is not added to the exact one", [A, part("b", 4, to("a", "rounds", "a"))]),
    ("a cost is not added to a value", [part("a", 3, of="cost of it"), part("b", 4, ON_TOP_OF_A, of="value of it")]),
    ("a plan is not added to a delivery", [A, part("b", 4, ON_TOP_OF_A, status="planned")]),
]


def sums(small: Path, parts: list[str]) -> list[Total]:
    return totals(open_store([write_parts(small, parts)]).facts())


@pytest.mark.parametrize(
    ("parts", "value", "qualifier", "added"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_sum(small: Path, parts: list[str], value: int, qualifier: str, added: str) -> None:
    (total,) = sums(small, parts)
    assert (total.unit, total.value, total.qualifier) == ("radios", value, qualifier)
    assert list(total.facts) == list(added)


@pytest.mark.parametrize("parts", [case[1] for case in NOT_ADDED], ids=[case[0] for case in NOT_ADDED])
def test_no_sum(small: Path, parts: list[str]) -> None:
    assert sums(small, parts) == []
