"""Mutates the parts of the code that must not be wrong unnoticed: `.ci/mutants [PART ...] [--sample N] [--only TEXT]`.

Prints a table and the mutants that survive. Status 1: a part is below the share that is to be killed, or an
explanation in `explained.toml` fits no mutant.
"""

import argparse
import hashlib
import json
import math
import os
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from mutation.mutants import Mutant, mutants_of
from mutation.parts import PARTS, ROOT, SLOW_TESTS, TESTS
from mutation.run import KILLED, SURVIVED, TIMEOUT, UNTESTED, CoverageMap, Result, Runner

LEAST_SHARE = 0.9
EXPLAINED_OUTCOME = "explained"
SEED = 1
HERE = Path(__file__).parent
EXPLAINED = HERE / "explained.toml"
MAP = ROOT / ".mutants.json"


@dataclass(frozen=True)
class Explanation:
    """Why a mutant may survive."""

    module: str
    function: str
    change: str
    reason: str

    def fits(self, mutant: Mutant) -> bool:
        """True if it is about this mutant."""
        return (self.module, self.function, self.change) == (mutant.path, mutant.function, mutant.change)


def main() -> int:
    """Run the mutants and print what came of them; return the exit status."""
    options = _options()
    explained = [Explanation(**each) for each in tomllib.loads(EXPLAINED.read_text("utf-8")).get("explained", [])]
    mutants = {part: [each for path in PARTS[part] for each in mutants_of(ROOT, path)] for part in options.parts}
    idle = [each for each in explained if _is_idle(each, mutants)]
    for each in idle:
        _say(f"explained.toml: no mutant of {each.function} in {each.module} has the change {each.change}")
    lost = []

    def loop(runner: Runner) -> None:
        tests = _measured(runner)
        for part in options.parts:
            wanted = [each for each in mutants[part] if options.only in str(each)]
            chosen = sampled(wanted, options.sample)
            start = time.monotonic()
            counts: Counter[str] = Counter()
            for result in runner.results(chosen, tests, options.seconds):
                counts[_told(result, explained)] += 1
            seconds = (time.monotonic() - start) / max(len(chosen), 1)
            _say(f"{_row(part, counts, len(wanted))}, {seconds:.2f} s each")
            if _share(counts) < LEAST_SHARE:
                lost.append(part)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        status = pytest.main(
            ["-qq", "-s", "--no-summary", *TESTS, *(f"--ignore={each}" for each in SLOW_TESTS)],
            [Runner(Path(folder), options.jobs, loop)],
        )
    return 1 if idle or lost or status else 0


def sampled(mutants: Sequence[Mutant], count: int) -> list[Mutant]:
    """Return a random sample, of each module the same share; all mutants if the count is 0."""
    mixed = list(mutants)
    random.Random(SEED).shuffle(mixed)  # noqa: S311
    mixed = sorted(mixed, key=lambda each: each.path) if count else list(mutants)
    step = max(len(mixed) / count, 1) if count else 1
    places = (int(n * step) for n in range(math.ceil(len(mixed) / step)))
    return [mixed[place] for place in places if place < len(mixed) and mixed[place].code is not None]


def wilson(killed: int, count: int) -> tuple[float, float]:
    """Return the interval of a share at 95 % (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, killed / count
    middle = share + z * z / (2 * count)
    around = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - around) / (1 + z * z / count), (middle + around) / (1 + z * z / count)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=".ci/mutants", description="Do the tests notice changes of the code?")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; without any, all of them")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N random mutants of a part, not all")
    parser.add_argument("--only", default="", metavar="TEXT", help="mutants with this in `file:line: before -> after`")
    parser.add_argument("--seconds", type=float, default=5, metavar="N", help="seconds of tests for a mutant (5)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes at once")
    options = parser.parse_args()
    options.parts = options.parts or list(PARTS)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _is_idle(explanation: Explanation, mutants: dict[str, list[Mutant]]) -> bool:
    return any(explanation.module in PARTS[part] for part in mutants) and not any(
        explanation.fits(each) for of_part in mutants.values() for each in of_part
    )


def _measured(runner: Runner) -> CoverageMap:
    """Return what the tests run. What is known from the last time holds for files of tests that have not changed."""
    tests = {path.relative_to(ROOT).as_posix(): _digest([path]) for path in (ROOT / "tests").rglob("test_*.py")}
    shared = [path for path in (ROOT / "tests").rglob("*.py") if not path.match("test_*.py") and path.parent != HERE]
    code = _digest([*(ROOT / "tajsec").rglob("*.py"), *shared])
    found, known = CoverageMap(), {}
    if MAP.exists() and (kept := json.loads(MAP.read_text("utf-8")))["code"] == code:
        known = {path: digest for path, digest in kept["tests"].items() if tests.get(path) == digest}
        found = CoverageMap.of_json(kept["map"], lambda test: test.partition("::")[0] in known)
    new = [test for test in runner.tests if test.partition("::")[0] not in known]
    if new:
        start = time.monotonic()
        passed = runner.measure(new, [path for of_part in PARTS.values() for path in of_part], found)
        MAP.write_text(json.dumps({"code": code, "tests": tests, "map": asdict(found)}), "utf-8")
        _say(f"{passed} of {len(new)} tests measured in {time.monotonic() - start:.0f} s")
    return found


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _told(result: Result, explained: Sequence[Explanation]) -> str:
    """Print a mutant that survives, and return the outcome to count."""
    if result.outcome not in (SURVIVED, UNTESTED):
        return result.outcome
    if any(each.fits(result.mutant) for each in explained):
        return EXPLAINED_OUTCOME
    tests = f" {result.tests} of {result.all_tests} tests" if result.all_tests else ""
    _say(f"{result.outcome}{tests}: {result.mutant}")
    return result.outcome


def _share(counts: Counter[str]) -> float:
    return (counts[KILLED] + counts[TIMEOUT]) / max(counts.total() - counts[EXPLAINED_OUTCOME], 1)


def _row(part: str, counts: Counter[str], all_count: int) -> str:
    count = counts.total() - counts[EXPLAINED_OUTCOME]
    low, high = wilson(counts[KILLED] + counts[TIMEOUT], count)
    return (
        f"{part}: {counts.total()} of {all_count} mutants ({counts.total() / max(all_count, 1):.0%}), "
        f"{counts[KILLED]} killed, {counts[TIMEOUT]} timeouts, {counts[SURVIVED]} survived, "
        f"{counts[UNTESTED]} that no test runs, {counts[EXPLAINED_OUTCOME]} explained: "
        f"{_share(counts):.1%} killed (95 %: {low:.0%} to {high:.0%})"
    )


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
