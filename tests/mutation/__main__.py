"""Mutates the parts of the code that must not be wrong unnoticed: `.ci/mutants [PART ...]` (`--help` has the options).

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
    well: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        runner = Runner(
            Path(folder), options.jobs, lambda runner: well.append(_run_parts(runner, options, mutants, explained))
        )
        pytest.main(["-qq", "-s", "--no-summary", *TESTS, *(f"--ignore={each}" for each in SLOW_TESTS)], [runner])
    return 0 if well == [True] and not idle else 1


def _run_parts(
    runner: Runner,
    options: argparse.Namespace,
    mutants: dict[str, list[Mutant]],
    explained: Sequence[Explanation],
) -> bool:
    """Run the mutants of each part, print what came of them, and return whether enough were killed in all."""
    tests = _measured(runner)
    rows, shares = [], []
    for part, all_of_part in mutants.items():
        wanted = [each for each in all_of_part if options.only in str(each)]
        chosen = sampled(wanted, options.sample, options.seed)
        start = time.monotonic()
        counts = Counter(_told(result, explained) for result in runner.results(chosen, tests, options.seconds))
        rows.append(_row(part, counts, len(wanted), time.monotonic() - start))
        shares.append(_share(counts))
        _print_table([_HEAD, rows[-1]])
    if len(rows) > 1:
        _print_table([_HEAD, *rows])
    return min(shares) >= LEAST_SHARE


def sampled(mutants: Sequence[Mutant], count: int, seed: int = 1) -> list[Mutant]:
    """Return a random sample, of each module the same share; all mutants if the count is 0."""
    mixed = list(mutants)
    random.Random(seed).shuffle(mixed)  # noqa: S311
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
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another sample for another number (1)")
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
    files = dict.fromkeys(test.partition("::")[0] for test in runner.tests)
    new = [file for file in files if file not in known]
    start = time.monotonic()
    try:
        for file, value in runner.measure(new, [path for of_part in PARTS.values() for path in of_part]):
            found.add(value)
            known[file] = tests[file]
    finally:  # what is known when somebody interrupts
        MAP.write_text(json.dumps({"code": code, "tests": known, "map": asdict(found)}), "utf-8")
    if new:
        _say(f"{len(new)} files of tests measured in {time.monotonic() - start:.0f} s")
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


_HEAD = ("part", "mutants", "of", "killed", "timeouts", "survived", "no test", "explained", "share", "95 %", "s each")


def _row(part: str, counts: Counter[str], all_count: int, seconds: float) -> tuple[str, ...]:
    """Return what is printed of a part, in the order of `_HEAD`; what is explained does not count for the share."""
    low, high = wilson(counts[KILLED] + counts[TIMEOUT], counts.total() - counts[EXPLAINED_OUTCOME])
    outcomes = (counts[each] for each in (KILLED, TIMEOUT, SURVIVED, UNTESTED, EXPLAINED_OUTCOME))
    numbers = (counts.total(), all_count, *outcomes)
    each = f"{seconds / max(counts.total(), 1):.2f}"
    return (part, *map(str, numbers), f"{_share(counts):.1%}", f"{low:.0%}-{high:.0%}", each)


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        _say("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
