"""The mutation run itself: which changes it makes, how it puts them in, and the tests that it chooses for one."""

import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from mutation.__main__ import sampled, wilson
from mutation.mutants import Mutant, mutants_of
from mutation.run import CoverageMap, replace

MODULE = '''
import functools

LIMIT = 3


class Box:
    """A box."""

    def __init__(self, size: int = 4) -> None:
        self.size = size

    @property
    def is_big(self) -> bool:
        assert self.size != 77
        return self.size > LIMIT


@functools.cache
def label(name: str) -> str:
    return name + "!"


def pairs(one: list, other: list) -> list:
    return list(zip(one, other, strict=True))
'''


@pytest.fixture
def mutants(tmp_path: Path) -> list[Mutant]:
    (tmp_path / "boxes.py").write_text(MODULE, encoding="utf-8")
    return mutants_of(tmp_path, "boxes.py")


@pytest.fixture
def boxes() -> Iterator[ModuleType]:
    module = ModuleType("boxes")
    exec(compile(MODULE, "boxes.py", "exec"), vars(module))  # noqa: S102
    sys.modules["boxes"] = module
    yield module
    del sys.modules["boxes"]


def test_changes_are_inside_functions_and_not_in_assertions_types_defaults_and_decorators(
    mutants: list[Mutant],
) -> None:
    assert {str(each) for each in mutants} == {
        "boxes.py:11: self.size = size -> self.size = None",
        "boxes.py:16: return self.size > LIMIT -> return self.size >= LIMIT",
        'boxes.py:21: return name + "!" -> return name - "!"',
        'boxes.py:21: return name + "!" -> return name + "XX!XX"',
        *(
            f"boxes.py:25: return list(zip(one, other, strict=True)) -> return list({changed})"
            for changed in (
                "None",
                "zip(None, other, strict=True)",
                "zip(one, None, strict=True)",
                "zip(other, strict=True)",
                "zip(one, strict=True)",
            )
        ),
    }


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (">= LIMIT", [False, True], [True, True]),
        ("None", [False, True], "TypeError"),
    ],
)
def test_a_change_works_in_a_property_and_a_method(
    boxes: ModuleType, mutants: list[Mutant], change: str, before: list[bool], after: object
) -> None:
    mutant = next(each for each in mutants if each.change.endswith(change))

    def seen() -> object:
        try:
            return [boxes.Box(size).is_big for size in (3, 4)]
        except TypeError:
            return "TypeError"

    assert seen() == before
    assert mutant.code
    replace("boxes", mutant.function, mutant.code)
    assert seen() == after


def test_a_change_works_behind_a_cache(boxes: ModuleType, mutants: list[Mutant]) -> None:
    assert isinstance(boxes.label, functools._lru_cache_wrapper)
    mutant = next(each for each in mutants if "XX" in each.change)
    assert mutant.code
    replace("boxes", "label", mutant.code)
    assert boxes.label("a") == "aXX!XX"


def test_the_tests_of_the_module_come_first_and_then_the_quickest_within_the_limit(mutants: list[Mutant]) -> None:
    tests = ["tests/a.py::slow", "tests/test_boxes.py::own", "tests/a.py::quick", "tests/a.py::half"]
    seconds = dict(zip(tests, (9.0, 2.0, 1.0, 1.5), strict=True))
    mutant = next(each for each in mutants if each.line == 11)
    found = CoverageMap(seconds, {"boxes.py": {11: tests}})
    chosen = found.tests_of(mutant)
    assert chosen == ["tests/test_boxes.py::own", "tests/a.py::quick", "tests/a.py::half", "tests/a.py::slow"]
    assert found.within(chosen, 5) == chosen[:3]
    assert found.within(chosen, 1) == chosen[:1]


def test_a_sample_is_the_same_each_time_and_of_the_size_that_is_asked_for(mutants: list[Mutant]) -> None:
    assert sampled(mutants, 0) == mutants
    assert len(sampled(mutants, 2)) == 2
    assert sampled(mutants, 2) == sampled(mutants, 2)
    assert set(sampled(mutants, 99)) == set(mutants)


@pytest.mark.parametrize(
    ("killed", "count", "low", "high"),
    [(0, 0, 0, 1), (90, 100, 0.826, 0.945), (10, 10, 0.722, 1), (0, 10, 0, 0.278)],
)
def test_the_interval_of_a_share_is_that_of_wilson(killed: int, count: int, low: float, high: float) -> None:
    assert wilson(killed, count) == pytest.approx((low, high), abs=0.001)
