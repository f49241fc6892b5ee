"""Fuzzes a target: `python -m fuzz TARGET [SECONDS [CORPUS]]`; on files: `python -m fuzz TARGET FILE...`.

A target is one of `fuzz.targets.TARGETS`, or `all` of them. For SECONDS (60 if not given) atheris, which is installed
from `requirements/fuzz.lock`, makes inputs of the target's seeds; those that reach new code are kept in the folder
CORPUS, if one is named. A target is broken by an exception, by an input that takes over `TIMEOUT` seconds, and
by over `MEMORY` MiB: then the input is printed, with the line that repeats it. Status 1: one was broken.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fuzz.targets import TARGETS, dictionary

TIMEOUT = 30
"""Seconds of one input: what takes 3 takes ten times as long when it is instrumented, and the machine may be busy."""
MEMORY = 2048
SHOWN = 2000
"""Bytes of an input that are printed."""


def main(args: Sequence[str]) -> int:
    """Fuzz, or run a target on files; return the exit status."""
    target, *given = args or [""]
    if target not in {*TARGETS, "all"}:
        sys.stderr.write(f"name a target: {', '.join(TARGETS)} or all\n")
        return 2
    if given and not given[0].isdigit():
        for path in given:
            TARGETS[target].run(Path(path).read_bytes())
        return 0
    names = list(TARGETS) if target == "all" else [target]
    return max([_fuzzed(name, *(given or ["60"])) for name in names])


def _fuzzed(name: str, seconds: str, corpus: str = "") -> int:
    """Fuzz a target in a process of its own, and print each input that broke it."""
    found = Path(tempfile.mkdtemp(prefix=f"tajsec-broken-{name}-"))
    with tempfile.TemporaryDirectory(prefix="tajsec-fuzz-") as made:
        folder, words = Path(corpus or f"{made}/corpus"), Path(made, "words")
        folder.mkdir(parents=True, exist_ok=True)
        words.write_text(dictionary(TARGETS[name].words), encoding="ascii")
        line = [sys.executable, "-m", "fuzz.run", name, seconds, str(folder), str(words), str(found)]
        status = subprocess.run(line, check=False).returncode
    inputs = {path.read_bytes(): path for path in sorted(found.iterdir())}
    for data, path in inputs.items():
        sys.stdout.write(f"\n{name} is broken by these {len(data):,} bytes: {data[:SHOWN]!r}\n")
        sys.stdout.write(f"repeat it: PYTHONPATH=tests {sys.executable} -m fuzz {name} {path}\n")
    if not inputs:
        found.rmdir()
    return 1 if inputs or status else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
