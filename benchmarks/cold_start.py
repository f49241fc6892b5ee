"""How long a command takes from nothing, as ratios to bare Python and to the imports of its four libraries.

    python benchmarks/cold_start.py [ROUNDS]

Every round runs every command once, in turn, so that a busy machine disturbs all alike. The medians are printed as
ratios to B (`python -c pass`) and I4 (`import click, rich.table, rapidfuzz.process, tomli`), measured in the same run.
Needs tajsec installed in the environment of this Python; output goes to a pipe.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
TAJSEC = str(Path(PYTHON).with_name("tajsec"))
BARE, IMPORTS = "python -c pass", "import click, rich.table, rapidfuzz.process, tomli"
COMMANDS = {
    BARE: [PYTHON, "-c", "pass"],
    IMPORTS: [PYTHON, "-c", IMPORTS],
    "tajsec --version": [TAJSEC, "--version"],
    "tajsec --help": [TAJSEC, "--help"],
    "tajsec search radios (table)": [TAJSEC, "search", "radios", "--format", "table"],
    "tajsec search radios --json": [TAJSEC, "search", "radios", "--json"],
    "tajsec search raidos --json": [TAJSEC, "search", "raidos", "--json"],
    "tajsec timeline (table)": [TAJSEC, "timeline", "--format", "table"],
    "tajsec timeline --json": [TAJSEC, "timeline", "--json"],
}


def seconds(command: list[str]) -> float:
    """Run a command to its end and give the wall time in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(rounds: int) -> dict[str, float]:
    """Give the median seconds of each command over `rounds` rounds, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            taken = seconds(command)
            if number:
                times[name].append(taken)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    """Print the table of ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    medians = measure(rounds)
    bare, imports = medians[BARE], medians[IMPORTS]
    print(f"medians of {rounds} rounds, Python {sys.version.split()[0]}")
    print(f"{'':52}{'ms':>8}{'B':>8}{'I4':>8}")
    for name, median in medians.items():
        print(f"{name:52}{1000 * median:8.1f}{median / bare:8.2f}{median / imports:8.2f}")


if __name__ == "__main__":
    main()
