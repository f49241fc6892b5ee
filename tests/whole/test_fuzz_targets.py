"""The targets of fuzzing run on what they start from, without the fuzzer; `.ci/run --fuzz` makes other inputs of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.targets import TARGETS, dictionary

ROOT = Path(__file__).parents[2]
TRIED = 25
"""Seeds of a target, from all kinds of them."""


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_what_is_none(name: str) -> None:
    target = TARGETS[name]
    seeds = [seed[: target.longest] for seed in target.seeds()]
    assert len(seeds) >= TRIED
    for data in (*seeds[:: len(seeds) // TRIED], b"", b"\0", b"\xff\xfe", bytes(range(256)), b'{"'):
        target.run(data)


@pytest.mark.parametrize("name", TARGETS)
def test_the_words_of_a_target_are_a_dictionary(name: str) -> None:
    lines = dictionary(TARGETS[name].words).splitlines()
    assert len(lines) > 30
    assert [line for line in lines if not re.fullmatch(r'"(?:\\x[0-9a-f]{2})+"', line)] == []


def test_an_input_is_repeated_without_the_fuzzer(environ: dict[str, str], tmp_path: Path) -> None:
    environ["PYTHONPATH"] += f":{ROOT / 'tests'}"
    (tmp_path / "input").write_bytes(b"nov-2q2")
    for args, status in ((["dates", "input"], 0), (["datas", "input"], 2), ([], 2)):
        done = subprocess.run(
            [sys.executable, "-m", "fuzz", *args], cwd=tmp_path, env=environ, capture_output=True, text=True
        )
        assert done.returncode == status, done.stderr
        assert (done.stderr == "") is (status == 0)


def test_ci_fuzzes_every_target_with_locked_packages() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert '-m fuzz all "${2:-60}"' in run
    assert ".ci/run --fuzz" in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
