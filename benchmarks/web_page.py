"""How long a keystroke takes on the page of `tajsec export --html`, in Chromium without a window.

    python benchmarks/web_page.py [FACTS]

It makes a pack of synthetic facts (10,000 by default), writes a page with these and the shipped ones, and types queries
letter by letter. A keystroke is the event with the search and the new list of facts; the browser's layout comes after
it. The time on the processor (of the page's thread) says what the page costs, the time on the clock also what else ran.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from synthetic import write_pack

ROOT = Path(__file__).parents[1]
QUERIES = (
    *("radios", "raidos", "over 5 million dollars", "since 2015", "NATO training 2012", "border guards equipment"),
    *("united states", "in 2012 delivered 40 million vehicles", "how much money for police centers"),
)

TYPE = """(typed => typed.map(text => {
    const begin = performance.now();
    query.value = text;
    query.dispatchEvent(new Event("input"));
    return performance.now() - begin;
}))"""


def main() -> None:
    """Print the size of the page, the time until it can be used, and the time of a keystroke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("facts", nargs="?", type=int, default=10_000)
    count = parser.parse_args().facts
    sys.path.insert(0, str(ROOT / "tests"))
    from browser import opened_tab

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "page.html"
        write_pack(folder / "pack", count)
        packs = ["--facts", folder / "pack"] if count else []
        subprocess.run([sys.executable, "-m", "tajsec", "export", *packs, "--html", page], check=True)
        with opened_tab(folder / "profile") as tab:
            tab.ask("Performance.enable", timeDomain="threadTicks")
            begin = time.perf_counter()
            tab.open(page)
            print(f"{page.stat().st_size / 1e6:.1f} MB, ready in {time.perf_counter() - begin:.1f} s")
            typed = [query[:end] for query in QUERIES for end in range(1, len(query) + 1)]
            before = processor(tab)
            times = sorted(tab.run(f"{TYPE}({json.dumps(typed)})"))
            spent = 1000 * (processor(tab) - before) / len(typed)
            median, most = statistics.median(times), times[-len(times) // 20]
            print(f"{len(typed)} keystrokes: {spent:.1f} ms each on the processor")
            print(f"on the clock: median {median:.1f}, 95 of 100 under {most:.1f} ms")


def processor(tab) -> float:  # noqa: ANN001
    """Return the seconds that the page's thread has computed."""
    found = {each["name"]: each["value"] for each in tab.ask("Performance.getMetrics")["metrics"]}
    return found["TaskDuration"]


if __name__ == "__main__":
    main()
