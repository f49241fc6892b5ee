"""Realistic packs of any size: seeded facts with statements, numbers, dates, actors, places, cites and relations.

    python benchmarks/synthetic.py FOLDER FACTS [--seed N]

The facts are about the actors, topics, places and units of the shipped vocabulary and cite the shipped sources, so that
a pack is read together with the shipped store. Words are drawn from the shipped statements by rank (Zipf's law), and
one in eight is a name made of syllables, so that the vocabulary grows with the pack as it does in the world.
"""

import argparse
import bisect
import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.kinds import STATUSES
from tajsec.model.records import Contents

FILE_FACTS = 1000
"""Facts in one file."""
SYLLABLES = "ba be bo da di du fa ga go ha ho jo ka ke khu ki ko la li lo ma mi mu na ni no pa qa ra ri ro sa shi so ta te to va vi yo za zhi zo".split()
VERBS = (
    "delivered supplied trained renovated inspected opened funded planned reviewed signed announced completed".split()
)
QUALIFIERS = {"exact": "", "over": "over ", "about": "about ", "nearly": "nearly "}


class Words:
    """Words in the order of their frequency, drawn by Zipf's law; some are made of syllables."""

    def __init__(self, contents: Contents, rng: random.Random) -> None:
        counts = Counter(
            word.strip(".,;:()“”\"'") for fact in contents.facts for word in fact.statement.split() if word.islower()
        )
        self._words = [word for word, _ in counts.most_common() if word.isalpha() and len(word) > 2]
        self._sums = list(itertools.accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._rng = rng

    def some(self, count: int) -> list[str]:
        """Return `count` words."""
        return [self._name() if self._rng.random() < 0.125 else self._common() for _ in range(count)]

    def _common(self) -> str:
        return self._words[bisect.bisect_left(self._sums, self._rng.random() * self._sums[-1])]

    def _name(self) -> str:
        # names are of two to four syllables and follow Zipf too: the first syllables are the most frequent
        length = self._rng.choice((2, 3, 3, 4))
        return "".join(
            SYLLABLES[min(int(self._rng.expovariate(0.08)), len(SYLLABLES) - 1)] for _ in range(length)
        ).capitalize()


def facts(contents: Contents, count: int, seed: int) -> Iterator[str]:
    """Yield facts as TOML; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    words = Words(contents, rng)
    terms = {kind: sorted(contents.vocabulary.of(kind)) for kind in ("actor", "topic", "place", "unit")}
    cites = [cite for fact in contents.facts for cite in fact.cites]
    for number in range(count):
        yield _fact(number, rng, words, terms, cites)


def _fact(number: int, rng: random.Random, words: Words, terms: dict[str, list[str]], cites: Sequence) -> str:
    actors = rng.sample(terms["actor"], rng.choice((1, 2, 2, 3)))
    topic, unit = rng.choice(terms["topic"]), rng.choice(terms["unit"])
    year, value = (
        rng.randint(1992, 2025),
        rng.choice((rng.randint(2, 99), rng.randint(100, 9999), rng.randint(1, 90) * 10**6)),
    )
    qualifier = rng.choice((*["exact"] * 6, *QUALIFIERS))
    when = rng.choice(
        (f"{year}", f"{year}-{rng.randint(1, 12):02}", f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}")
    )
    cite = rng.choice(cites)
    figure = f"{QUALIFIERS[qualifier]}{value:,} {unit.replace('-', ' ')}"
    statement = f"In {year} {' '.join(words.some(rng.randint(6, 14)))} {rng.choice(VERBS)} {figure} {' '.join(words.some(rng.randint(4, 12)))}."
    lines = [
        "[[fact]]",
        f'id = "synthetic-{number}"',
        f'statement = "{statement}"',
        f"actors = {_list(actors)}",
        f'topics = ["{topic}"]',
        f'when = "{when}"',
        f'as_of = "{year}"',
        f'status = "{rng.choice(STATUSES)}"',
        f'quantities = [{{ value = {value}, unit = "{unit}", qualifier = "{qualifier}", of = "{" ".join(words.some(3))}", period = "total" }}]',
        f"places = {_list([rng.choice(terms['place'])])}",
        f"aliases = {_list([' '.join(words.some(2)) for _ in range(3)])}",
        f'cites = [{{ source = "{cite.source}", passage = {cite.passage}, quote = {_quoted(cite.quote)} }}]',
    ]
    if number and rng.random() < 0.1:
        other = f"synthetic-{rng.randrange(max(0, number - FILE_FACTS), number)}"
        kind = rng.choice(("differs", "rounds", "part-of", "repeats", "supersedes"))
        prefer = "" if kind in ("part-of", "repeats") else f', prefer = "{other}"'
        lines.append(f'relations = [{{ to = "{other}", kind = "{kind}", note = "{" ".join(words.some(9))}"{prefer} }}]')
    return "\n".join([*lines, ""])


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_pack(folder: Path, count: int, seed: int = 1) -> None:
    """Write a pack of so many facts into a folder, 1,000 a file."""
    folder.mkdir(parents=True, exist_ok=True)
    found = facts(read(folders_of([])), count, seed)
    for number in range(0, count, FILE_FACTS):
        text = "\n".join(itertools.islice(found, FILE_FACTS))
        (folder / f"pack-{number // FILE_FACTS:05}.toml").write_text(text, encoding="utf-8")


def main() -> None:
    """Write the pack that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("facts", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_pack(options.folder, options.facts, options.seed)


if __name__ == "__main__":
    main()
