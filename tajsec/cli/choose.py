"""Which source and passage a new fact is from: a person on the terminal is shown those of the pack, and asked."""

from collections.abc import Iterable
from pathlib import Path

from tajsec.cli.ask import Answers, Question
from tajsec.cli.pack_data import PackData
from tajsec.data.documents import Document
from tajsec.errors import UsageError
from tajsec.model.kinds import CITABLE_ROLES
from tajsec.model.records import Source

MOST_LISTED = 100
"""Sources or passages that are listed: two screens. The number or id of any other is taken as well."""


def chosen_source(data: PackData, pack: Path, answers: Answers) -> str:
    """Return the id of the source that a person chooses; a single one is proposed. Raises UsageError for none."""
    sources = data.checked.contents.sources
    mine = [source for source in sources.values() if source.place.file.startswith(f"{pack}/")]
    if not mine:
        raise UsageError(f"{pack}: has no source; tajsec new source FILE --pack {pack} adds one")
    answers.show(_some(f"  {source.id}  {source.title}" for source in mine))

    def check(text: str) -> None:
        if text not in sources:
            raise UsageError(f"--source: {text!r} is none of these")

    return answers.of(Question("--source", "source", None, mine[0].id if len(mine) == 1 else ""), check)


def chosen_passage(data: PackData, source: Source, copy: Document, answers: Answers, width: int) -> int:
    """Return the number of the passage that a person chooses among those that no fact cites; the first is proposed."""
    cited = {cite.passage for fact in data.checked.contents.facts for cite in fact.cites if cite.source == source.id}
    left = [each.n for each in source.passages if each.role in CITABLE_ROLES and each.n not in cited]
    lines = (f"{n:4}  {copy.lines[n - 1].text}" for n in left)
    answers.show(_some(line if len(line) <= width else f"{line[: width - 1]}…" for line in lines))

    def check(text: str) -> None:
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= len(copy.lines)):
            raise UsageError(f"--passage: {text!r} is no number from 1 to {len(copy.lines)}")

    return int(answers.of(Question("--passage", "passage", None, str(left[0]) if left else ""), check))


def _some(lines: Iterable[str]) -> list[str]:
    """Return the first lines, and how many there are besides."""
    found = list(lines)
    more = len(found) - MOST_LISTED
    return [*found[:MOST_LISTED], *([f"  ... and {more:,} more"] if more > 0 else [])]
