"""Runs tests on mutants, in one pytest session that has collected all of them: a forked process for each mutant.

The code of the mutated function is replaced in the forked process. No file changes: digests of modules, generated pages
and the compiled store stay as they are, so that a mutant is killed by what it does alone. A process that a test starts
runs the code without the change.
"""

import contextlib
import functools
import importlib
import itertools
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest

from mutation.mutants import Mutant
from mutation.parts import ROOT

KILLED, SURVIVED, TIMEOUT, UNTESTED = "killed", "survived", "timeout", "no test runs it"
BROKEN = 3
"""The status of a process that could not begin with its tests."""


@dataclass(frozen=True)
class Result:
    """What came of a mutant."""

    mutant: Mutant
    outcome: str
    tests: int
    """How many tests were to be run on it."""

    all_tests: int
    """How many tests run its line."""


@dataclass
class CoverageMap:
    """Which tests run which lines, and how long they take."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Of each test that passes."""

    lines: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    """The tests of each line of each module."""

    @classmethod
    def of_json(cls, value: dict[str, Any], holds: Callable[[str], bool]) -> "CoverageMap":
        """Return the map in a JSON object, of those tests alone that still hold."""
        found = cls()
        found.add({**value, "seconds": {test: each for test, each in value["seconds"].items() if holds(test)}})
        return found

    def add(self, value: dict[str, Any]) -> None:
        """Add the map in a JSON object; tests without a time are left out."""
        self.seconds |= value["seconds"]
        for path, lines in value["lines"].items():
            of_module = self.lines.setdefault(path, {})
            for line, tests in lines.items():
                of_module.setdefault(int(line), []).extend(test for test in tests if test in value["seconds"])

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a mutant: those of its own module, then the others, the quickest first."""
        by_line = self.lines.get(mutant.path, {})
        tests = {test for line in mutant.lines for test in by_line.get(line, ())}
        own = f"test_{Path(mutant.path).stem}.py::"
        return sorted(tests, key=lambda each: (own not in each, self.seconds[each], each))

    def within(self, tests: Sequence[str], seconds: float) -> list[str]:
        """Return the first tests that take so many seconds together, and the first in any case."""
        spent = itertools.accumulate(self.seconds[each] for each in tests)
        return [each for n, (each, end) in enumerate(zip(tests, spent, strict=True)) if not n or end <= seconds]


class Runner:
    """A plugin of pytest, which replaces the loop over the tests."""

    def __init__(self, folder: Path, jobs: int, loop: "Callable[[Runner], None]") -> None:
        self.folder = folder
        """For what the forked processes write; removed by the caller."""

        self.jobs = jobs
        self._loop = loop
        self._items: dict[str, pytest.Item] = {}
        self._warm: dict[str, Any] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the loop of the caller in the place of the tests."""
        self._items = {item.nodeid: item for item in session.items}
        from tajsec.store.open import open_store

        kept = self.folder / "cache"
        kept.mkdir(mode=0o700)
        open_store(cache=str(kept))
        self._warm = {"store": open_store(), "cache": kept}
        self._loop(self)
        return True

    @property
    def tests(self) -> list[str]:
        """The names of the tests."""
        return list(self._items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> object | None:
        """Hand the shipped store and its cache to the tests: compiling them takes longer than most tests."""
        if fixturedef.scope != "session" or fixturedef.argname not in self._warm:
            return None
        value = self._warm[fixturedef.argname]
        fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
        return value

    def measure(self, files: Sequence[str], modules: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Run the tests of some files; yield each file with the map, as JSON, of what they run of some modules."""
        tasks = [functools.partial(self._measure, file, modules) for file in files]
        for n, status in self._forked([(task, 3600) for task in tasks]):
            if status:
                raise RuntimeError(f"the tests of {files[n]} could not be measured")
            yield files[n], json.loads(self._map(files[n]).read_text(encoding="utf-8"))

    def _map(self, file: str) -> Path:
        return self.folder / f"{file.replace('/', '-')}.json"

    def _measure(self, file: str, modules: Sequence[str]) -> int:
        tests = [each for each in self._items if each.partition("::")[0] == file]
        measured = coverage.Coverage(data_file=None, include=[str(ROOT / each) for each in modules], config_file=False)
        measured.set_option("run:disable_warnings", ["no-data-collected"])  # of tests that run none of the modules
        measured.start()
        names = [each.removesuffix(".py").replace("/", ".") for each in modules]
        seconds = {}
        start = time.process_time()

        def begin(test: str) -> None:  # each test runs what it needs, though another has run it before
            forget(name for name in names if name in sys.modules)
            measured.switch_context(test)

        for test, passes in self._passes(tests, begin):
            end = time.process_time()
            if passes:
                seconds[test] = end - start
            start = end
        measured.stop()
        data = measured.get_data()
        lines = {each: data.contexts_by_lineno(str(ROOT / each)) for each in modules}
        text = json.dumps({"seconds": seconds, "lines": lines})
        self._map(file).write_text(text, encoding="utf-8")
        return 0

    def results(self, mutants: Sequence[Mutant], found: CoverageMap, seconds: float) -> Iterator[Result]:
        """Run the tests of each mutant, for so many seconds, until one fails, and yield what came of it.

        Raises RuntimeError if the tests of the first one do not pass without its change.
        """
        tests = {each: [test for test in found.tests_of(each) if test in self._items] for each in mutants}
        run = [each for each in mutants if tests[each]]
        yield from (Result(each, UNTESTED, 0, 0) for each in mutants if not tests[each])
        chosen = [found.within(tests[each], seconds) for each in run]
        limits = [10 + 4 * sum(found.seconds[test] for test in each) for each in chosen]
        if run and list(self._forked([(functools.partial(self._kills, run[0], chosen[0], False), limits[0])])) != [
            (0, 0)
        ]:
            raise RuntimeError(f"these tests do not pass by themselves: {' '.join(chosen[0])}")
        tasks = [functools.partial(self._kills, each, its, True) for each, its in zip(run, chosen, strict=True)]
        for n, status in self._forked(list(zip(tasks, limits, strict=True))):
            if status == BROKEN:
                raise RuntimeError(f"not run, for a fault of the run itself: {run[n]}")
            outcome = {0: SURVIVED, 1: KILLED}.get(status, TIMEOUT)
            yield Result(run[n], outcome, len(chosen[n]), len(tests[run[n]]))

    def _kills(self, mutant: Mutant, tests: Sequence[str], changed: bool) -> int:
        code = mutant.code if changed else mutant.unchanged
        assert code is not None
        try:
            replace(mutant.module, mutant.function, code)
        except Exception:
            return BROKEN
        return 0 if all(passes for _, passes in self._passes(tests)) else 1

    def _passes(
        self, tests: Sequence[str], before: Callable[[str], object] = lambda _test: None
    ) -> Iterator[tuple[str, bool]]:
        """Run tests, and yield each with whether it passes; `before` is called before each."""
        recorder = _Recorder()
        for test, following in itertools.zip_longest(tests, tests[1:]):
            item = self._items[test]
            before(test)
            recorder.reports = []
            if not item.config.pluginmanager.is_registered(recorder):
                item.config.pluginmanager.register(recorder)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._items.get(following))
            yield test, not any(report.failed or report.skipped for report in recorder.reports)

    def _forked(self, tasks: Sequence[tuple[Callable[[], int], float]]) -> Iterator[tuple[int, int]]:
        """Run tasks in processes of their own; yield the number and the status of each, -1 for one that was ended."""
        running: dict[int, tuple[int, float]] = {}
        waiting = list(enumerate(tasks))[::-1]
        while running or waiting:
            while waiting and len(running) < self.jobs:
                n, (task, seconds) = waiting.pop()
                running[self._fork(task, n, seconds)] = n, time.monotonic() + 5 * seconds
            time.sleep(0.01)
            for process, (n, end) in list(running.items()):
                done, status = os.waitpid(process, os.WNOHANG)
                if not done and time.monotonic() > end:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process, signal.SIGKILL)
                    done, status = os.waitpid(process, 0)
                if done:
                    del running[process]
                    shutil.rmtree(self.folder / f"fork-{n}", ignore_errors=True)
                    yield n, os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1

    def _fork(self, task: Callable[[], int], n: int, seconds: float) -> int:
        sys.stdout.flush()
        process = os.fork()
        if process:
            return process
        status = BROKEN
        try:
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            own = self.folder / f"fork-{n}"
            own.mkdir()
            os.environ["PYTEST_DEBUG_TEMPROOT"] = str(own)
            self._warm["cache"] = shutil.copytree(self._warm["cache"], own / "cache")
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            status = 1  # what a changed function does to the tests' own machinery is noticed, too
            status = task()
        finally:
            os._exit(status)


class _Recorder:
    def __init__(self) -> None:
        self.reports: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(report)


def replace(module: str, name: str, code: CodeType) -> None:
    """Replace the code of a function of a module, and forget what the functions of the package have kept."""
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = vars(found)[part]
    _function(found).__code__ = code
    forget([key for key in sys.modules if key.partition(".")[0] == module.partition(".")[0]])


def forget(modules: Iterable[str]) -> None:
    """Forget what the functions of modules have kept, as if none had run yet."""
    for module in modules:
        for value in vars(sys.modules[module]).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _function(found: Any) -> FunctionType:
    """Return the function behind decorators."""
    while not isinstance(found, FunctionType):
        for name in ("fget", "func", "__func__", "__wrapped__"):
            if hasattr(found, name):
                found = getattr(found, name)
                break
        else:
            raise TypeError(f"{found!r} is no function")
    return getattr(found, "__wrapped__", found)
