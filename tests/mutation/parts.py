"""The parts of the code that are mutated, and the tests that may kill the mutants."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

PARTS = {
    "reader": [
        f"tajsec/data/{name}.py" for name in "read table toml toml_lines references folders files packs".split()
    ],
    "dates": [f"tajsec/text/{name}.py" for name in "dates date_words spans".split()],
    "verify": [f"tajsec/check/{name}.py" for name in "verify quotes text_versions reviews".split()],
    "lint": [f"tajsec/check/{name}.py" for name in "lint conflicts copies quoted_share".split()],
    "figures": [
        *(f"tajsec/text/{name}.py" for name in "figures numbers number_words".split()),
        *(f"tajsec/check/{name}.py" for name in "figures_match aspects polarity".split()),
    ],
    "cite": sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tajsec/cite").glob("*.py")),
    "search": sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tajsec/search").glob("*.py")),
}
"""The modules of each part, by their paths from the root."""

TESTS = [f"tests/{name}" for name in "text data model store search check cite factcheck authoring commands".split()]
"""Folders of tests that run the parts in their own process; a mutant is in no other process."""

SLOW_TESTS = ["tests/cite/test_other_programs.py", "tests/check/test_online.py"]
"""Tests that wait for other programs."""
