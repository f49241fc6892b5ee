"""Seals a document: makes the source record with a digest of each passage, which is stored instead of the text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import tomli_w

from tajsec.documents.proposals import Proposals, propose
from tajsec.documents.read import Document
from tajsec.model.as_json import body_of
from tajsec.model.records import WHEREABOUTS, Passage, Source
from tajsec.text.forms import digest, fold, word_count

_WHEREABOUTS = f"where it is found: {', '.join(WHEREABOUTS[:-1])} or {WHEREABOUTS[-1]}"
"""The keys of which one says where the document is found, in words."""
_TOML_KEYS = {"passages": "passage", "errata": "erratum"}
"""The TOML key of each field of a source that is named differently there: lists of tables have a singular name."""
_NO_KEYS: Mapping[str, object] = MappingProxyType({})


_SHOWN_CHARACTERS = 90
"""Characters of a passage in the view of a record: with number, role and words it fits a line of 110."""


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

    @property
    def view(self) -> list[str]:
        """A line for each passage: its number, role and number of words, and its text, cut where it is long."""
        return [
            f"{passage.n:>4}  {passage.role:<9} {passage.words:>4}  {_cut(line)}"
            for passage, line in zip(self.passages, self.lines, strict=True)
        ]


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
    known: dict[str, list[Passage]] = defaultdict(list)
    for passage in previous.passages if previous else ():
        known[passage.sha256].append(passage)
    kept: dict[int, Passage] = {}
    for index, line in enumerate(document.lines):
        if same := known.get(digest(line.text)):
            kept[index] = same.pop(0)
    proposals = propose(document)
    passages = tuple(_with_roles(document, proposals, kept))
    body = (body_of(previous) if previous else _draft_keys(document, proposals, id, keys)) | dict(keys)
    missing = _missing(body)
    body |= {"file": document.name, "text_sha256": digest(document.text), "passages": list(map(body_of, passages))}
    record = _escaped(tomli_w.dumps({_TOML_KEYS.get(key, key): body[key] for key in Source.__slots__ if key in body}))
    comment = "" if previous else _comment(missing)
    return Sealed(
        record=comment + record,
        passages=passages,
        lines=tuple(line.text for line in document.lines),
        missing=missing,
        kept=len(kept),
        new=len(passages) - len(kept),
        gone=sum(map(len, known.values())),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1].rstrip()}…"


def id_of(name: str) -> str:
    """Return an id made from the name of a file without its suffix."""
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:64].strip("-") or "source"


def _comment(missing: Sequence[str]) -> str:
    todo = f"To be filled in: {', and '.join(missing)}. " if missing else ""
    return f"# {todo}Roles and sections are proposals.\n"


def _missing(body: Mapping[str, object]) -> tuple[str, ...]:
    missing = [] if "publisher" in body else ["publisher"]
    return (*missing, *([] if any(key in body for key in WHEREABOUTS) else [_WHEREABOUTS]))


def _escaped(toml: str) -> str:
    """Return TOML with escapes for what a terminal would execute or hide; tomli-w escapes ASCII controls alone."""
    return re.sub(r"[^\n -~]", lambda char: char[0] if char[0].isprintable() else f"\\U{ord(char[0]):08x}", toml)


def _with_roles(document: Document, proposals: Proposals, kept: Mapping[int, Passage]) -> Iterator[Passage]:
    """Yield the passages: those that are kept, by their index, as they were; the others as they are proposed.

    A heading begins a section, but the title does not: its section would be the whole document.
    """
    section: str | None = None
    for index, (line, role) in enumerate(zip(document.lines, proposals.roles, strict=True)):
        before = kept.get(index)
        if before:
            passage = replace(before, n=index + 1)
        else:
            own = None if role in {"heading", "furniture"} else section
            words, sha256 = word_count(line.text), digest(line.text)
            passage = Passage(n=index + 1, section=own, role=role, words=words, sha256=sha256)
        if passage.role == "heading":
            section = None if index == proposals.title_line else line.text
        yield passage


def _draft_keys(
    document: Document, proposals: Proposals, id: str | None, given: Mapping[str, object]
) -> dict[str, Any]:
    """Return the keys of a record that the document tells. What the file alone says of its date is noted as such."""
    keys: dict[str, Any] = {
        "id": id or id_of(document.name),
        "type": _type(document, given),
        "title": proposals.title,
        "author": list(proposals.author),
        "publisher": document.publisher,
        "issued": str(proposals.issued) if proposals.issued else None,
        "updated": str(proposals.updated) if proposals.updated else None,
        "url": None if set(WHEREABOUTS) & given.keys() else document.url,
        "language": proposals.language,
        "rights": "copyright",
        "extent": "whole",
    }
    if proposals.issued and proposals.issued.is_uncertain and given.get("issued", keys["issued"]) == keys["issued"]:
        keys["notes"] = ["issued: inferred from the day on which the file says it was made."]
    return {key: value for key, value in keys.items() if value}


def _type(document: Document, given: Mapping[str, object]) -> str:
    """Return the type that fits where a document is found, or the kind of its file."""
    for key, value in (("isbn", "book"), ("doi", "article-journal"), ("url", "webpage")):
        if key in given:
            return value
    if document.url or document.kind == "html":
        return "webpage"
    return "report" if document.kind == "pdf" else "document"
