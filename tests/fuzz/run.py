"""The process that fuzzes one target; `python -m fuzz` starts `python -m fuzz.run TARGET SECONDS CORPUS WORDS FOUND`.

CORPUS is a folder for the inputs to start from, WORDS a dictionary, and FOUND a folder for an input that breaks the
target, with which libFuzzer ends the process.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tajsec"]):
    from fuzz.targets import TARGETS

from fuzz.__main__ import MEMORY, TIMEOUT


def main(name: str, seconds: str, corpus: str, words: str, found: str) -> None:
    """Fuzz a target for a number of seconds. Does not return."""
    target, folder = TARGETS[name], Path(corpus)
    for n, seed in enumerate(target.seeds()):
        (folder / f"seed-{n:05}").write_bytes(seed[: target.longest])
    options = [
        f"-dict={words}", f"-max_len={target.longest}", f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY}",
        f"-timeout={TIMEOUT}", f"-report_slow_units={TIMEOUT}", f"-artifact_prefix={found}/", "-print_final_stats=1",
    ]  # fmt: skip

    def run(data: bytes) -> None:
        try:
            target.run(data)
        except Exception:  # libFuzzer writes the input too, unless the process ends before it can
            (Path(found) / "raises").write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], corpus, *options], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
