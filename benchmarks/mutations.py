"""What the checks catch: every shipped fact is corrupted in known ways, one at a time.

    python benchmarks/mutations.py TEXTS [--misses]

TEXTS is a folder with the documents. For each kind of corruption the share of corrupted facts is printed that each
check catches by itself: `quote` and `figures` are the first two parts of `tajsec verify --text`, `lint` the rules of
the data; `all` is at least one of the three. The third part, `read by`, is not counted: it catches every change of a
fact that was read, by its content hash, and would hide what the others miss. Random choices are seeded.
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tajsec.check.copies import Document, documents
from tajsec.check.figures_match import states_plan
from tajsec.check.lint import RULES, uncited_passage
from tajsec.check.verify import verify
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Contents, Fact
from tajsec.store.open import open_store
from tajsec.text.dates import Edtf, Moment
from tajsec.text.figures import MARKS

_ANY_MARK = "|".join(mark for marks in MARKS.values() for mark in marks)
_NUMBERED_MARK = re.compile(rf"\b(?:{_ANY_MARK}) (?=\$?[0-9]|a year)", re.IGNORECASE)
CHECKS = ("quote", "figures", "lint")


# ---------------------------------------------------------------- corruptions: each gives the corrupted fact, or None


def figure_in_statement(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change one digit of the statement."""
    return _changed_digit(fact, "statement", rng)


def figure_in_quantities(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change the value of a quantity."""
    if not fact.quantities:
        return None
    first, *rest = fact.quantities
    return replace(fact, quantities=(replace(first, value=first.value + rng.choice((1, 10, 1000))), *rest))


def year_of_when(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Move the year in which a fact happened."""
    return replace(fact, when=_moved(fact.when, rng)) if fact.when else None


def year_of_as_of(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Move the year as of which a fact holds."""
    return replace(fact, as_of=_moved(fact.as_of, rng)) if fact.as_of else None


def unit(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Count something else."""
    if not fact.quantities:
        return None
    first, *rest = fact.quantities
    others = [each for each in contents.vocabulary.of("unit") if each != first.unit]
    return replace(fact, quantities=(replace(first, unit=rng.choice(others)), *rest))


def currency(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change the currency of the statement."""
    return replace(fact, statement=fact.statement.replace("$", "€")) if "$" in fact.statement else None


def source(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Cite another document."""
    first, *rest = fact.cites
    other = rng.choice([each for each in contents.sources.values() if each.id != first.source])
    passage = min(first.passage, len(other.passages))
    return replace(fact, cites=(replace(first, source=other.id, passage=passage), *rest))


def passage(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Cite another passage."""
    first, *rest = fact.cites
    passages = contents.sources[first.source].passages
    other = passages[first.passage % len(passages)]
    if other.sha256 == passages[first.passage - 1].sha256:
        return None  # the same words stand there
    return replace(fact, cites=(replace(first, passage=other.n), *rest))


def digit_of_quote(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Change one digit of a quote."""
    for n, cite in enumerate(fact.cites):
        changed = _digit(cite.quote, rng)
        if changed:
            return _with_quote(fact, n, changed)
    return None


def word_of_quote(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Leave a word out of the middle of a quote."""
    words = fact.cites[0].quote.split()
    if len(words) < 4:
        return None
    gone = rng.randrange(1, len(words) - 1)
    return _with_quote(fact, 0, " ".join(words[:gone] + words[gone + 1 :]))


def qualifier_of_statement(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Drop the "over", "about", "nearly" or "up to" before a figure of the statement."""
    match = _NUMBERED_MARK.search(fact.statement)
    if not match or not any(_NUMBERED_MARK.search(cite.quote) for cite in fact.cites):
        return None
    return replace(fact, statement=fact.statement[: match.start()] + fact.statement[match.end() :])


def qualifier_of_quantity(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Call a quantity exact that is not."""
    if not fact.quantities or fact.quantities[0].qualifier == "exact":
        return None
    first, *rest = fact.quantities
    return replace(fact, quantities=(replace(first, qualifier="exact"), *rest))


def plan(fact: Fact, rng: random.Random, contents: Contents) -> Fact | None:
    """Take the word for a plan out of the statement of a planned fact."""
    match = re.search(r"\b(?:planned|will|is to|are to|was to|were to|upcoming|due) ?", fact.statement)
    if fact.status != "planned" or not match:
        return None
    statement = fact.statement[: match.start()] + fact.statement[match.end() :]
    return None if states_plan(statement) else replace(fact, statement=statement)


CORRUPTIONS: tuple[Callable[[Fact, random.Random, Contents], Fact | None], ...] = (
    figure_in_statement,
    figure_in_quantities,
    year_of_when,
    year_of_as_of,
    unit,
    currency,
    source,
    passage,
    digit_of_quote,
    word_of_quote,
    qualifier_of_statement,
    qualifier_of_quantity,
    plan,
)


def _changed_digit(fact: Fact, key: str, rng: random.Random) -> Fact | None:
    changed = _digit(getattr(fact, key), rng)
    return replace(fact, **{key: changed}) if changed else None


def _digit(text: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"[0-9]", text))
    if not found:
        return None
    place = rng.choice(found).start()
    return text[:place] + rng.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


def _moved(date: Edtf, rng: random.Random) -> Edtf:
    step = rng.choice((-3, -2, -1, 1, 2, 3))

    def move(moment: Moment | None) -> Moment | None:
        return moment._replace(year=moment.year + step) if moment else None

    return date._replace(start=move(date.start), end=move(date.end))


def _with_quote(fact: Fact, n: int, quote: str) -> Fact:
    cites = list(fact.cites)
    cites[n] = Cite(source=cites[n].source, passage=cites[n].passage, quote=quote)
    return replace(fact, cites=tuple(cites))


# ---------------------------------------------------------------- what catches them


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """Which checks catch one corrupted fact."""

    kind: str
    fact: Fact
    checks: frozenset[str]


def mutants(contents: Contents, store: Store, held: list[Document], every: int = 1) -> Iterator[Caught]:
    """Corrupt each `every`th fact in each way that it can be, and say what catches it."""
    for number, fact in enumerate(contents.facts[::every]):
        sound = _complaints(fact, contents, store, held)
        for corrupt in CORRUPTIONS:
            corrupted = corrupt(fact, random.Random(f"{number} {corrupt.__name__}"), contents)  # noqa: S311
            if corrupted and corrupted != fact:
                found = _complaints(corrupted, contents, store, held)
                checks = frozenset(check for check in CHECKS if found[check] - sound[check])
                yield Caught(kind=corrupt.__name__, fact=corrupted, checks=checks)


def _complaints(fact: Fact, contents: Contents, store: Store, held: list[Document]) -> dict[str, set[str]]:
    findings = verify(store, [fact], held).findings
    alone = replace(contents, facts=(fact,))
    rules = [(code, rule) for code, rule in RULES if rule is not uncited_passage]
    return {
        "quote": {str(each) for each in findings if each.code.startswith("V1")},
        "figures": {str(each) for each in findings if each.code.startswith("V2")},
        "lint": {f"{code} {path} {what}" for code, rule in rules for _, path, what in rule(alone)},
    }


def main() -> None:
    """Print the table of what was caught."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what nothing caught")
    options = parser.parse_args()
    contents, store = read(folders_of([])), open_store()
    held = documents([options.texts], store.sources())
    found = list(mutants(contents, store, held))
    print(f"{'corruption':26}{'facts':>7}{'quote':>9}{'figures':>9}{'lint':>9}{'all':>9}")
    for kind in (*(corrupt.__name__ for corrupt in CORRUPTIONS), ""):
        mine = [each for each in found if kind in ("", each.kind)]
        shares = [sum(check in each.checks for each in mine) / len(mine) for check in CHECKS]
        caught = sum(bool(each.checks) for each in mine) / len(mine)
        print(f"{kind or 'all':26}{len(mine):7}" + "".join(f"{share:9.3f}" for share in (*shares, caught)))
    if options.misses:
        for each in found:
            if not each.checks:
                print(f"missed: {each.kind}: {each.fact.id}: {each.fact.statement}")
    sys.exit(any(not each.checks for each in found))


if __name__ == "__main__":
    main()
