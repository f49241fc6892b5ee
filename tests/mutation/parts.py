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

TESTS = [
    *(f"tests/{name}" for name in "text data model store search check cite factcheck authoring commands".split()),
    *(
        f"tests/{name}"
        for name in "analysis documents output cli whole/test_snapshots.py whole/test_bad_input.py".split()
    ),
]
"""Tests that run the parts in their own process; a mutant is in no other process."""

SLOW_TESTS = [
    f"tests/{name}.py"
    for name in "cite/test_other_programs check/test_online output/test_web_annotations cli/test_complete".split()
]
"""Tests that wait for other programs."""
