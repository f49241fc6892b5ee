"""Runs the table of hostile inputs: `python -m hostile COMMAND [COMMAND_WITH_EXTRAS] [PART_OF_A_ROW]`.

COMMAND is an installed `tajsec`; rows for the optional libraries run on the second, and are left out without it. Prints
totals by command and by exit status, and a line for each row that is violated. Status 1: there are such rows.
"""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hostile.checks import violations
from hostile.process import refuse_root_its_privilege, run_row
from hostile.rows import Row, read_rows


def known_options() -> dict[str, list[str]]:
    """Return the names of the options of each command."""
    from tajsec.generate.commands import commands

    return {each.name: [name for option in each.options for name in option.names] for each in commands()}


def main(args: Sequence[str]) -> int:
    """Run the rows and print what came of them; return the exit status."""
    commands = [Path(each).absolute() for each in args if os.access(each, os.X_OK)]
    wanted = [each for each in args if not os.access(each, os.X_OK)]
    refuse_root_its_privilege()
    rows = [
        each for each in read_rows(known_options()) if not wanted or any(w in f"{each.name} {each.run}" for w in wanted)
    ]
    rows = [each for each in rows if not each.extras or len(commands) > 1]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda row: _violated(row, commands[-1] if row.extras else commands[0]), rows))
    broken = [(row, what) for row, what in zip(rows, found, strict=True) if what]
    for row, what in broken:
        sys.stdout.write(f"violated: {row.name}: tajsec {row.run[:100]}: {'; '.join(what)[:600]}\n")
    _print_totals("command", Counter(row.command for row in rows))
    _print_totals("status", Counter(str(row.status) for row in rows))
    sys.stdout.write(f"hostile inputs: {len(rows)} rows, {len(broken)} violated\n")
    return 1 if broken or not rows else 0


def _violated(row: Row, command: Path) -> list[str]:
    try:
        return list(violations(row, run_row(row, command)))
    except Exception as error:
        return [f"cannot be run: {type(error).__name__}: {error}"]


def _print_totals(by: str, counts: Counter[str]) -> None:
    sys.stdout.write(f"by {by}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) + "\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
