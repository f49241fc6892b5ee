"""The targets of the fuzzer, without it: each returns for its seeds and for any of its words."""

import random

import pytest
from fuzz.targets import TARGETS

SEEDS = 10
"""Seeds of a target; the fuzzer begins with all of them."""


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_returns_for_its_seeds_and_words(name: str) -> None:
    target = TARGETS[name]
    chance = random.Random(name)  # noqa: S311
    seeds = [each[: target.longest] for each in target.seeds()]
    words = [each.encode() for each in target.words]
    for data in (b"", *chance.sample(seeds, SEEDS), *(b" ".join(chance.sample(words, 5)) for _ in range(SEEDS))):
        target.run(data)


def test_a_law_that_is_broken_breaks_a_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.targets.parse", lambda _text: TARGETS)
    with pytest.raises((AssertionError, AttributeError)):
        TARGETS["dates"].run(b"2012")
