"""Sealing a document: from its text to the source record that stands for it, passage by passage."""

import re
from collections import defaultdict
from dataclasses import asdict, dataclass, replace

import tomli_w

from tajsec.model.kinds import Role
from tajsec.model.records import Passage, Source
from tajsec.text.forms import digest, fold, normalise, word_count

MAX_TEXT = 64 * 2**20
"""Bytes of a text that may be sealed."""


TO_FILL_IN = ("publisher", "url")
"""The keys that a record needs and no text tells."""


_HEADING_WORDS = 8


_ORDER = (
    *("id", "type", "title", "author", "publisher", "container_title", "issued", "updated", "accessed", "as_of"),
    *("url", "archive_url", "language", "file", "text_sha256", "derived_from", "notes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A source record as TOML, and how its passages stand to those of the record before it."""

    record: str
    kept: int
    new: int
    gone: int


def seal(text: str, *, file: str, previous: Source | None = None) -> Sealed:
    """Seal a document's text.

    A passage is a non-blank line of the normalised text (`tajsec.text.forms.normalise`). With a `previous` record its
    bibliographic keys stay, and so do role, section and date of each passage whose digest is unchanged; any other
    passage gets a proposal for both, to be read over by a person. Raises ValueError for a text without a word.
    """
    lines = normalise(text).split("\n")
    if not any(map(word_count, lines)):
        raise ValueError("holds no word")
    known: dict[str, list[Passage]] = defaultdict(list)
    for passage in previous.passages if previous else ():
        known[passage.sha256].append(passage)
    passages: list[Passage] = []
    for n, line in enumerate(lines, 1):
        before = known[digest(line)].pop(0) if known.get(digest(line)) else None
        role, section = (before.role, before.section) if before else _proposal(line, passages, lines)
        passage = Passage(n=n, section=section, role=role, words=word_count(line), sha256=digest(line))
        passages.append(replace(passage, as_of=before.as_of) if before else passage)
    gone = sum(map(len, known.values()))
    kept = len(previous.passages) - gone if previous else 0
    head = _keys_of(previous) if previous else _draft_keys(lines, file)
    head |= {"file": file, "text_sha256": digest("\n".join(lines))}
    errata = {"erratum": [asdict(each) for each in previous.errata]} if previous and previous.errata else {}
    record = tomli_w.dumps(
        {key: head[key] for key in _ORDER if head.get(key)} | errata | {"passage": list(map(_table, passages))}
    )
    comment = "" if previous else f"# To be filled in: {', '.join(TO_FILL_IN)}. Roles and sections are proposals.\n"
    return Sealed(record=comment + record, kept=kept, new=len(passages) - kept, gone=gone)


def _proposal(line: str, before: list[Passage], lines: list[str]) -> tuple[Role, str | None]:
    """Propose a role and a section: a short line without an end stop is a heading, and opens a section."""
    section = next((lines[each.n - 1] for each in reversed(before) if each.role == "heading"), None)
    if not word_count(line):
        return "furniture", section
    if word_count(line) <= _HEADING_WORDS and line[0].isalpha() and line[-1] not in ".!?:;,\"”'":
        return "heading", None
    return "claim", section


def _draft_keys(lines: list[str], file: str) -> dict[str, object]:
    name = re.sub(r"[^a-z0-9]+", "-", fold(file.rpartition(".")[0] or file)).strip("-") or "source"
    return {"id": name, "type": "webpage", "title": lines[0], "language": "en"}


def _keys_of(source: Source) -> dict[str, object]:
    """Give what a record says of its source, as TOML writes it."""
    values = {key: getattr(source, key) for key in _ORDER}
    dates = {key: str(date) for key in ("issued", "updated", "accessed", "as_of") if (date := values[key])}
    return {**values, **dates, "author": list(source.author), "notes": list(source.notes)}


def _table(passage: Passage) -> dict[str, object]:
    section = {"section": passage.section} if passage.section else {}
    as_of = {"as_of": str(passage.as_of)} if passage.as_of else {}
    kept = {"role": passage.role, "words": passage.words, "sha256": passage.sha256}
    return {"n": passage.n, **section, **as_of, **kept}
