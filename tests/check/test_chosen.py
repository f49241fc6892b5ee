"""The choice of codes by their prefixes."""

import pytest

from tajsec.check.chosen import chosen
from tajsec.errors import UsageError

CODES = ("T201", "T303", "T401", "T402", "T412")


@pytest.mark.parametrize(
    ("select", "ignore", "taken"),
    [
        ([], [], "T201 T303 T401 T402 T412"),
        (["T4"], [], "T401 T402 T412"),
        (["t4", "T2"], [], "T201 T401 T402 T412"),
        (["T401,T303"], [], "T303 T401"),
        ([], ["T4"], "T201 T303"),
        (["T4"], ["T401"], "T402 T412"),
        (["T401"], ["T4"], "T401"),
        (["T401"], ["T401"], ""),
        (["T"], ["T40", "T2"], "T303 T412"),
        ([], ["T401, T402"], "T201 T303 T412"),
    ],
)
def test_of_the_prefixes_of_a_code_the_longest_decides(select: list[str], ignore: list[str], taken: str) -> None:
    choice = chosen(select, ignore, CODES)
    assert " ".join(code for code in CODES if choice.takes(code)) == taken


@pytest.mark.parametrize("prefix", ["T5", "T4011", "X", "T401,", "", "T401;T402"])
def test_a_prefix_that_no_code_has_is_refused(prefix: str) -> None:
    with pytest.raises(UsageError, match=r"no code begins with .*; `tajsec lint --codes` lists them"):
        chosen([prefix], [], CODES)
