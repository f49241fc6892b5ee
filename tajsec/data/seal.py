"""Seals a document: makes the source record with a digest of each passage, which is stored instead of the text."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import tomli_w

from tajsec.data.documents import Document
from tajsec.model.as_json import body_of
from tajsec.model.kinds import Role
from tajsec.model.records import WHEREABOUTS, Passage, Source
from tajsec.text.forms import digest, fold, word_count

_WHEREABOUTS = f"{', '.join(WHEREABOUTS[:-1])} or {WHEREABOUTS[-1]}"
"""The keys of which one says where the document is found."""
_HEADING_WORDS = 8
"""The most words of a line that is proposed as a heading; longer lines are mostly sentences without a full stop."""
_TOML_KEYS = {"passages": "passage", "errata": "erratum"}
"""The TOML key of each field of a source that is named differently there: lists of tables have a singular name."""
_NO_KEYS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A source record, and how its passages compare with those of the previous record."""

    record: str
    """The record as TOML."""
    passages: tuple[Passage, ...]
    lines: tuple[str, ...]
    """The text of each passage."""
    missing: tuple[str, ...]
    """The required keys that are still to be filled in, in words."""
    kept: int
    new: int
    gone: int


def seal(
    document: Document, *, id: str | None = None, keys: Mapping[str, object] = _NO_KEYS, previous: Source | None = None
) -> Sealed:
    """Seal a document.

    `id` is that of the record, made from the document's name if not given. `keys` are keys of the record as they are
    written in TOML (`url`, `publisher`, `issued`, `locator`, ...); they stand in place of what the document says, and
    are not checked here: `tajsec.data.read.read_source` does that for the whole record. With a `previous` record its
    bibliographic keys stay, and so do role, section and date of each passage whose digest is unchanged; any other
    passage gets a proposed role and section, which a person has to check.
    """
    lines = [line.text for line in document.lines]
    known: dict[str, list[Passage]] = defaultdict(list)
    for passage in previous.passages if previous else ():
        known[passage.sha256].append(passage)
    passages: list[Passage] = []
    for n, line in enumerate(lines, 1):
        before = known[digest(line)].pop(0) if known.get(digest(line)) else None
        passages.append(replace(before, n=n) if before else _proposal(n, line, passages, lines))
    gone = sum(map(len, known.values()))
    kept = len(previous.passages) - gone if previous else 0
    body = (body_of(previous) if previous else _draft_keys(document, id)) | dict(keys)
    missing = _missing(body)
    body |= {"file": document.name, "text_sha256": digest(document.text), "passages": list(map(body_of, passages))}
    record = _escaped(tomli_w.dumps({_TOML_KEYS.get(key, key): body[key] for key in Source.__slots__ if key in body}))
    comment = f"# To be filled in: {', '.join(missing)}. Roles and sections are proposals.\n" if missing else ""
    return Sealed(
        record=comment + record,
        passages=tuple(passages),
        lines=tuple(lines),
        missing=missing,
        kept=kept,
        new=len(passages) - kept,
        gone=gone,
    )


def id_of(name: str) -> str:
    """Return an id made from the name of a file without its suffix."""
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:64].strip("-") or "source"


def _missing(body: Mapping[str, object]) -> tuple[str, ...]:
    missing = [] if "publisher" in body else ["publisher"]
    return (*missing, *([] if any(key in body for key in WHEREABOUTS) else [_WHEREABOUTS]))


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


def _draft_keys(document: Document, id: str | None) -> dict[str, object]:
    return {
        "id": id or id_of(document.name),
        "type": "webpage",
        "title": document.title or document.lines[0].text,
        "language": document.language or "en",
        "rights": "copyright",
        "extent": "whole",
    }
