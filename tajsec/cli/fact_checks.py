"""What lint and verify say of a fact that is about to be written, and what keeps it from being written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tajsec.authoring import drafting
from tajsec.authoring.additions import Checked
from tajsec.check.quoted_share import is_limited, most_words, quotes_of, words_of
from tajsec.errors import Problem, UsageError
from tajsec.model.records import Contents, Fact, Review, Source
from tajsec.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tajsec.check.verify import Finding

_FIGURES = frozenset({"T406", "T407", "V201", "V202", "V205"})
"""Codes for a figure or a unit that the statement or the quotes do not have: a slip, unless `derived` says why."""
_NEARLY_ALL = 0.8
"""The part of the words that may be quoted from which on the rest is told: a few quotes of 6 to 12 words are left."""


class Said(NamedTuple):
    """What is said of a fact, and the figures that do not match."""

    lines: Sequence[str]
    unmatched: Sequence[str]


def said_of(checked: Checked, fact_id: str, path: Path, source: Source) -> Said:
    """Return what lint and the check in three parts say of a fact among the data that it is to be added to.

    `path` is the user's copy of its source.
    """
    fact = next(each for each in checked.contents.facts if each.id == fact_id)
    problems = [each for each in checked.problems if _is_of(fact, each)]
    head = f"fact[{fact.place.index}]"
    linted = [f"{each.path.removeprefix(head).lstrip('.')}: {each.what} [{each.code}]" for each in problems]
    parts, findings = _verified(checked.contents, fact, path, source)
    found = [(each.code, f"{each.found}; expected {each.expected} [{each.code}]") for each in findings]
    of_lint = zip((each.code for each in problems), linted, strict=True)
    return Said(
        lines=[
            *([f"lint: {each}" for each in linted] or ["lint: no problem"]),
            *parts,
            *(f"verify: {text}" for _, text in found),
            *_share_lines(checked.contents, source),
        ],
        unmatched=[text for code, text in (*of_lint, *found) if code in _FIGURES],
    )


def refuse_unmatched(said: Said, statement: str, contents: Contents) -> None:
    """Raise UsageError for figures that do not match, with those that do."""
    if said.unmatched:
        good = "; ".join(map(drafting.typed, drafting.quantities(statement, contents.vocabulary).tables))
        found = f"; the statement has {good}" if good else ""
        raise UsageError(
            f"nothing is written: {said.unmatched[0]}{found}; mend the figure or the quote, or say why with"
            " --derived FIGURE=REASON"
        )


class _Read(NamedTuple):
    """Records that are in no store yet, as `verify` asks for them: to compile a store of all takes half a second."""

    contents: Contents

    @property
    def vocabulary(self) -> Vocabulary:
        return self.contents.vocabulary

    def facts(self) -> Sequence[Fact]:
        return [fact for fact in self.contents.facts if not fact.withdrawn]

    def sources(self) -> Sequence[Source]:
        return [*self.contents.sources.values()]

    def source(self, source_id: str) -> Source:
        return self.contents.sources[source_id]

    def reviews(self) -> Sequence[Review]:
        return sorted(self.contents.reviews, key=lambda review: review.date.order)


def _is_of(fact: Fact, problem: Problem) -> bool:
    key = problem.path.partition(".")[0]
    return problem.file == fact.place.file and key == f"fact[{fact.place.index}]"


def _verified(contents: Contents, fact: Fact, path: Path, source: Source) -> tuple[Sequence[str], Sequence["Finding"]]:
    from tajsec.check.copies import documents
    from tajsec.check.verify import verify
    from tajsec.output.labels import part_lines
    from tajsec.output.to_json import verification_object

    done = verify(_Read(contents), [fact], documents([path], [source]))
    return part_lines(verification_object(done, filters={})), done.findings


def _share_lines(contents: Contents, source: Source) -> list[str]:
    """Return a line if little of what may be quoted of a document is left."""
    quotes, most = quotes_of(contents.facts), most_words(source)
    words = sum(words_of(quotes.get((source.id, passage.n), ())) for passage in source.claim_passages)
    if not is_limited(source) or words <= _NEARLY_ALL * most:
        return []
    left = f"left are {most - words}" if words <= most else f"{words - most} too many"
    return [f"quotes: {words} of the {most} words that may be quoted of {source.id}, {left}; quote short runs [T419]"]
