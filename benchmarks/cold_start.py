"""How long a command takes from nothing, as ratios to bare Python and to the imports of its libraries; its memory.

    python benchmarks/cold_start.py [ROUNDS]

Every round runs every command once, in turn, so that a busy machine disturbs all alike. The medians are printed as
ratios to B (`python -c pass`) and I4 (`import click, rich.table, rapidfuzz.process, tomli`), measured in the same run,
with the goals that are set; then the ten imports that cost most in `search --json`. Needs tajsec installed in the
environment of this Python, not as an editable install; output goes to a pipe. Without the bytecode of its modules, as
in a checkout under PYTHONDONTWRITEBYTECODE, each run would compile them, which takes a third of a search: it refuses.
"""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

PYTHON = sys.executable
TAJSEC = str(Path(PYTHON).with_name("tajsec"))
BARE, IMPORTS = "python -c pass", "import click, rich.table, rapidfuzz.process, tomli"
COMMANDS = {
    BARE: [PYTHON, "-c", "pass"],
    IMPORTS: [PYTHON, "-c", IMPORTS],
    "tajsec --version": [TAJSEC, "--version"],
    "tajsec --help": [TAJSEC, "--help"],
    "completion of an id": [
        "env",
        "_TAJSEC_COMPLETE=bash_complete",
        "COMP_WORDS=tajsec show rad",
        "COMP_CWORD=2",
        TAJSEC,
    ],
    "tajsec search radios (table)": [TAJSEC, "search", "radios", "--format", "table"],
    "tajsec search raidos (table)": [TAJSEC, "search", "raidos", "--format", "table"],
    "tajsec search radios --json": [TAJSEC, "search", "radios", "--json"],
    "tajsec search raidos --json": [TAJSEC, "search", "raidos", "--json"],
    "tajsec show radios-delivered (table)": [TAJSEC, "show", "radios-delivered", "--format", "table"],
    "tajsec timeline (table)": [TAJSEC, "timeline", "--format", "table"],
    "tajsec timeline --actor nato (table)": [TAJSEC, "timeline", "--actor", "nato", "--format", "table"],
    "tajsec timeline --json": [TAJSEC, "timeline", "--json"],
    "tajsec summary us-funding --json": [TAJSEC, "summary", "us-funding", "--json"],
    "tajsec differences --json": [TAJSEC, "differences", "--json"],
    "tajsec verify --json": [TAJSEC, "verify", "--json"],
}
GOALS = {
    "tajsec --version": 0.6,
    "tajsec --help": 0.6,
    "tajsec search radios (table)": 1.15,
    "tajsec search radios --json": 0.70,
    "tajsec timeline --actor nato (table)": 1.40,
}
"""The most that a command may take, in I4."""


class Run(NamedTuple):
    """What one run of a command took: wall seconds, and MiB at the peak."""

    seconds: float
    peak: float


def seconds(command: list[str], environ: dict[str, str] | None = None) -> float:
    """Run a command to its end and give the wall time; a status of 1 (nothing found) is no failure."""
    start = time.perf_counter()
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environ,
        check=False,
    )
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command)
    return taken


def peak(command: list[str], environ: dict[str, str] | None = None) -> float:
    """Run a command and give the most memory that it held, in MiB.

    A child starts out with its parent's peak, so a small process stands between.
    """
    code = (
        "import os, sys; out = os.open(os.devnull, os.O_WRONLY); "
        "pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)]); "
        "print(os.wait4(pid, 0)[2].ru_maxrss)"
    )
    done = subprocess.run([PYTHON, "-S", "-c", code, *command], capture_output=True, text=True, env=environ, check=True)
    return int(done.stdout) / 1024


def run(command: list[str], environ: dict[str, str] | None = None) -> Run:
    """Run a command twice: for its time, and for its memory."""
    return Run(seconds(command, environ), peak(command, environ))


def measure(commands: dict[str, list[str]], rounds: int, environ: dict[str, str] | None = None) -> dict[str, Run]:
    """Return the median of each command over `rounds` rounds, after one round that is not counted."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            taken = seconds(command, environ)
            if number:
                found[name].append(taken)
    return {name: Run(statistics.median(times), peak(commands[name], environ)) for name, times in found.items()}


def has_bytecode(environ: dict[str, str] | None = None) -> bool:
    """Return whether tajsec's modules are compiled, or are from the first import on."""
    code = "import os, tajsec; print(os.path.exists(tajsec.__spec__.cached))"
    done = subprocess.run([PYTHON, "-P", "-c", code], capture_output=True, text=True, env=environ, check=True)
    return done.stdout.strip() == "True"


def costly_imports(arguments: list[str], most: int = 10) -> list[tuple[str, float]]:
    """Return the modules whose own code takes longest to import in a command, in milliseconds."""
    code = f"import sys; sys.argv = ['tajsec', *{arguments!r}]; from tajsec.__main__ import main; main()"
    done = subprocess.run([PYTHON, "-P", "-X", "importtime", "-c", code], capture_output=True, text=True, check=False)
    rows = re.findall(r"import time: +(\d+) \| +\d+ \| +(\S+)", done.stderr)
    return sorted(((name, int(cost) / 1000) for cost, name in rows), key=lambda row: -row[1])[:most]


def main() -> None:
    """Print the table of ratios and the imports that cost most."""
    if not has_bytecode():
        sys.exit("tajsec has no bytecode here; install it, or unset PYTHONDONTWRITEBYTECODE")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    medians = measure(COMMANDS, rounds)
    bare, imports = medians[BARE], medians[IMPORTS]
    print(f"medians of {rounds} rounds, Python {sys.version.split()[0]}")
    print(f"{'':52}{'ms':>8}{'B':>8}{'I4':>8}{'goal':>8}{'MiB':>8}")
    for name, median in medians.items():
        ratios = f"{median.seconds / bare.seconds:8.2f}{median.seconds / imports.seconds:8.2f}"
        goal = f"{GOALS[name]:8.2f}" if name in GOALS else " " * 8
        print(f"{name:52}{1000 * median.seconds:8.1f}{ratios}{goal}{median.peak:8.1f}")
    print("\nthe ten imports that cost most in `tajsec search radios --json`, ms of their own code")
    for module, cost in costly_imports(["search", "radios", "--json"]):
        print(f"{module:52}{cost:8.2f}")


if __name__ == "__main__":
    main()
