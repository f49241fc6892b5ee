"""Figures of a draft beside those of a fact."""

import pytest

from tajsec.factcheck.rounding import standing


@pytest.mark.parametrize(
    ("mine", "known", "expected"),
    [
        ((4862, "exact"), (4862, "exact"), "same"),
        ((400, "exact"), (400, "over"), "same"),
        ((400, "about"), (400, "over"), "rounds"),
        ((400, "about"), (400, "up-to"), "rounds"),
        ((400, "about"), (400, "about"), "same"),
        ((400, "nearly"), (400, "over"), "other"),
        ((400, "up-to"), (400, "over"), "other"),
        ((55, "over"), (55, "exact"), "other"),
        ((5000, "nearly"), (4862, "exact"), "rounds"),
        ((5000, "exact"), (4862, "exact"), "rounds"),
        ((4900, "exact"), (4862, "exact"), "rounds"),
        ((1374, "exact"), (1374.2, "exact"), "rounds"),
        ((1357, "exact"), (1374.2, "exact"), "other"),
        ((4800, "over"), (4862, "exact"), "rounds"),
        ((4000, "over"), (4862, "exact"), "rounds"),
        ((3000, "over"), (4862, "exact"), "other"),
        ((5000, "over"), (4862, "exact"), "other"),
        ((4800, "nearly"), (4862, "exact"), "other"),
        ((4682, "exact"), (4862, "exact"), "other"),
        ((30, "exact"), (27, "exact"), "other"),
        ((30, "about"), (27, "exact"), "rounds"),
        ((30, "nearly"), (27, "exact"), "rounds"),
        ((30, "nearly"), (33, "exact"), "other"),
        ((30, "about"), (24, "exact"), "other"),
        ((25, "about"), (23, "exact"), "rounds"),
        ((25, "about"), (22, "exact"), "other"),
        ((500_000, "nearly"), (450_000, "exact"), "rounds"),
        ((6.5e6, "exact"), (6.2e6, "exact"), "other"),
        ((2.5e6, "about"), (2.4e6, "exact"), "rounds"),
        ((33, "up-to"), (30, "up-to"), "other"),
        ((1673, "exact"), (1600, "over"), "rounds"),
        ((2000, "exact"), (1600, "over"), "other"),
        ((0, "exact"), (7, "exact"), "other"),
        ((-7, "about"), (7, "exact"), "other"),
        ((1e300, "about"), (7, "exact"), "other"),
    ],
)
def test_a_figure_is_the_same_a_rounded_or_another_one(
    mine: tuple[float, str], known: tuple[float, str], expected: str
) -> None:
    assert standing(*mine, *known) == expected


def test_at_least_includes_the_number_and_a_share_is_round_in_words() -> None:
    assert standing(55, "over", 55, "exact", inclusive=True) == "same"
    assert standing(333_333_000, "about", 330_000_000, "over") == "other"
    assert standing(333_333_000, "about", 330_000_000, "over", coarse=True) == "rounds"
    assert standing(12, "about", 13, "exact") == "other"
    assert standing(12, "exact", 13, "exact", coarse=True) == "rounds"
