"""Runs the table of hostile inputs: `python -m hostile COMMAND [COMMAND_WITH_EXTRAS] [PART_OF_A_ROW]`.

COMMAND is an installed `tajsec`; rows for the optional libraries run on the second. They are left out if these are
absent, and those with a database without PostgreSQL. Prints totals by command and by exit status, how many rows were
left out, and a line for each row that is violated. Status 1: there are such rows.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from servers import programs

from hostile.checks import violations
from hostile.databases import Databases
from hostile.process import refuse_root_its_privilege, run_row
from hostile.rows import Row, at_store, read_rows


def known_options() -> dict[str, list[str]]:
    """Return the names of the options of each command."""
    from tajsec.generate.commands import commands

    return {each.name: [name for option in each.options for name in option.names] for each in commands()}


def main(args: Sequence[str]) -> int:
    """Run the rows and print what came of them; return the exit status."""
    commands = [Path(each).absolute() for each in args if os.access(each, os.X_OK)]
    wanted = [each for each in args if not os.access(each, os.X_OK)]
    refuse_root_its_privilege()
    every = [
        each for each in read_rows(known_options()) if not wanted or any(w in f"{each.name} {each.run}" for w in wanted)
    ]
    has_extras = _has_extras(commands[-1])
    with tempfile.TemporaryDirectory() as aside, Databases(commands[-1], Path(aside)) as databases:
        rows = [each for each in every if has_extras or not each.extras]
        rows = [each for each in rows if programs() or each.sql is None]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda row: _violated(row, commands, databases), rows))
    broken = [(row, what) for row, what in zip(rows, found, strict=True) if what]
    for row, what in broken:
        sys.stdout.write(f"violated: {row.name}: tajsec {row.run[:100]}: {'; '.join(what)[:600]}\n")
    _print_totals("command", Counter(row.command for row in rows))
    _print_totals("status", Counter(str(row.status) for row in rows))
    sys.stdout.write(f"hostile inputs: {len(rows)} rows, {len(broken)} violated, {len(every) - len(rows)} left out\n")
    return 1 if broken or not rows else 0


def _has_extras(command: Path) -> bool:
    """True if a command has the optional libraries."""
    tried = [command.with_name("python"), "-c", "import mcp, prompt_toolkit, psycopg"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def _violated(row: Row, commands: Sequence[Path], databases: Databases) -> list[str]:
    command = commands[-1] if row.extras else commands[0]
    try:
        if row.sql is None:
            return list(violations(row, run_row(row, command)))
        with databases.new(row.sql) as url:
            return list(violations(row, run_row(at_store(row, url), command)))
    except Exception as error:
        return [f"cannot be run: {type(error).__name__}: {error}"]


def _print_totals(by: str, counts: Counter[str]) -> None:
    sys.stdout.write(f"by {by}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
