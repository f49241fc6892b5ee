"""Seals a document: makes the source record with a digest of each passage, which is stored instead of the text."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

import tomli_w

from tajsec.model.as_json import body_of
from tajsec.model.kinds import Role
from tajsec.model.records import WHEREABOUTS, Passage, Source
from tajsec.text.forms import digest, fold, normalise, word_count

MAX_TEXT = 64 * 2**20
"""Bytes of a text that may be sealed: a book of a thousand pages has 3 MB."""
TO_FILL_IN = f"publisher, and where it is found: {', '.join(WHEREABOUTS[:-1])} or {WHEREABOUTS[-1]}"
"""What is required of a record and cannot be found in the text."""

_HEADING_WORDS = 8
"""The most words of a line that is proposed as a heading; longer lines are mostly sentences without a full stop."""
_TOML_KEYS = {"passages": "passage", "errata": "erratum"}
"""The TOML key of each field of a source that is named differently there: lists of tables have a singular name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A source record as TOML, and the numbers of passages kept, added and removed since the previous record."""

    record: str
    kept: int
    new: int
    gone: int


def seal(text: str, *, file: str, previous: Source | None = None) -> Sealed:
    """Seal a document's text.

    A passage is a non-blank line of the normalised text (`tajsec.text.forms.normalise`). With a `previous` record its
    bibliographic keys stay, and so do role, section and date of each passage whose digest is unchanged; any other
    passage gets a proposed role and section, which a person has to check. Raises ValueError for a text without a word.
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
        passages.append(replace(before, n=n) if before else _proposal(n, line, passages, lines))
    gone = sum(map(len, known.values()))
    kept = len(previous.passages) - gone if previous else 0
    keys = body_of(previous) if previous else _draft_keys(lines, file)
    keys |= {"file": file, "text_sha256": digest("\n".join(lines)), "passages": list(map(body_of, passages))}
    record = _escaped(tomli_w.dumps({_TOML_KEYS.get(key, key): keys[key] for key in Source.__slots__ if key in keys}))
    comment = "" if previous else f"# To be filled in: {TO_FILL_IN}. Roles and sections are proposals.\n"
    return Sealed(record=comment + record, kept=kept, new=len(passages) - kept, gone=gone)


def _escaped(toml: str) -> str:
    """Return TOML with escapes for what a terminal would execute or hide; tomli-w escapes ASCII controls alone."""
    return re.sub(r"[^\n -~]", lambda char: char[0] if char[0].isprintable() else f"\\U{ord(char[0]):08x}", toml)


def _proposal(n: int, line: str, before: list[Passage], lines: list[str]) -> Passage:
    """Propose a role and a section: a short line without an end stop is a heading, and begins a section."""
    section = next((lines[each.n - 1] for each in reversed(before) if each.role == "heading"), None)
    words = word_count(line)
    role: Role = "claim"
    if not words:
        role = "furniture"
    elif words <= _HEADING_WORDS and line[0].isalpha() and line[-1] not in ".!?:;,\"”'":
        role, section = "heading", None
    return Passage(n=n, section=section, role=role, words=words, sha256=digest(line))


def _draft_keys(lines: list[str], file: str) -> dict[str, object]:
    name = re.sub(r"[^a-z0-9]+", "-", fold(file.rpartition(".")[0] or file)).strip("-") or "source"
    return {
        "id": name,
        "type": "webpage",
        "title": lines[0],
        "language": "en",
        "rights": "copyright",
        "extent": "whole",
    }
