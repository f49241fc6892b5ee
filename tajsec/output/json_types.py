"""The type of each JSON object that a command prints: its keys, in the order in which they are printed.

`schemas/*.json` say what each key means; a test compares the two. The head of a listing (`schema`, `filters`, `count`)
has no type of its own: see `tajsec.output.to_json.envelope`. Dates are texts in EDTF.
"""

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from tajsec.errors import Level
from tajsec.model.kinds import ChangeKind, Extent, Qualifier, RelationKind, Role
from tajsec.model.printed import Cite as Cite
from tajsec.model.printed import Erratum as Erratum
from tajsec.model.printed import Fact as Fact
from tajsec.model.printed import Quantity as Quantity
from tajsec.model.printed import Related as Related
from tajsec.model.printed import Relation as Relation

Record = Mapping[str, Any]
"""Any object of a listing, for code that serves all listings and takes the keys from a list of columns."""

# ---------------------------------------------------------------- facts

Explanation = TypedDict("Explanation", {
    "word": str, "matched": str | None, "field": str, "how": str, "weight": float,
})  # fmt: skip


class FoundFact(Fact):
    """A fact found by a search; it has `explain` only with `--explain`."""

    score: float
    explain: NotRequired[list[Explanation]]


class NearFact(Fact):
    """A fact that answers a part of a query."""

    answers: list[str]
    misses: list[str]


Difference = TypedDict("Difference", {"kind": RelationKind, "note": str, "prefer": str | None, "facts": list[Fact]})

# ---------------------------------------------------------------- names, sources, citations

Term = TypedDict("Term", {
    "id": str, "name": str, "aliases": list[str], "about": str | None, "part_of": str | None, "facts": int,
})  # fmt: skip
Source = TypedDict("Source", {
    "id": str, "type": str, "title": str, "genre": str | None, "author": list[str], "publisher": str,
    "container_title": str | None, "issued": str | None, "updated": str | None, "accessed": str | None,
    "as_of": str | None, "url": str | None, "doi": str | None, "isbn": str | None, "urn": str | None,
    "locator": str | None, "archive_url": str | None, "language": str, "file": str, "text_sha256": str, "rights": str,
    "extent": Extent, "derived_from": str | None, "origin": str, "notes": list[str], "errata": list[Erratum],
    "passages": int, "claims": int,
})  # fmt: skip
Pack = TypedDict("Pack", {
    "id": str, "version": str, "title": str, "licence": str, "maintainers": list[str], "needs": list[str],
    "where": str, "path": str | None, "facts": int, "documents": int, "checked": int, "share": float,
})  # fmt: skip
OnlyInCopy = TypedDict("OnlyInCopy", {"copy": str, "title": str, "id": str, "statement": str})


OutlinedPassage = TypedDict("OutlinedPassage", {
    "passage": int, "section": str | None, "role": str, "words": int, "cited_by": list[str],
})  # fmt: skip


class WholeSource(Source):
    """A source with its passages and the facts that cite each, and the facts of its copies that it lacks."""

    words: int
    quoted_words: int | None
    quoted_share: float | None
    quoted_on: str | None
    outline: list[OutlinedPassage]
    only_in_copy: list[OnlyInCopy]


CitedPassage = TypedDict("CitedPassage", {
    "fact": str, "passage": int, "section": str | None, "quote": str, "address": str | None,
})  # fmt: skip
Citation = TypedDict("Citation", {
    "id": str, "facts": list[str], "source": str, "cites": list[CitedPassage], "text": str, "csl": dict[str, object],
})  # fmt: skip
Address = TypedDict("Address", {"fact": str, "source": str, "passage": int, "address": str})

# ---------------------------------------------------------------- coverage, topics

Uncited = TypedDict("Uncited", {"passage": int, "section": str | None, "role": Role})
UncitedPassage = TypedDict("UncitedPassage", {
    "source": str, "passage": int, "section": str | None, "role": Role, "words": int, "opening": str | None,
    "figures": list[str] | None, "dates": list[str] | None,
})  # fmt: skip
CoveredSource = TypedDict("CoveredSource", {
    "id": str, "title": str, "type": str, "extent": Extent, "passages": int, "claims": int, "cited": int,
    "share": float, "uncited": list[Uncited], "facts": int, "words": int,
    "quoted_words": int | None, "quoted_share": float | None, "quoted_on": str | None,
})  # fmt: skip
Cell = TypedDict("Cell", {"topic": str, "year": int, "source": str, "facts": int})
Group = TypedDict("Group", {"by": str, "value": str, "facts": int, "sources": int})
Coverage = TypedDict("Coverage", {
    "schema": str, "count": int, "sources": list[CoveredSource], "topics": list[Cell], "groups": list[Group],
})  # fmt: skip
Topic = TypedDict("Topic", {
    "id": str, "name": str, "facts": int, "first": str | None, "last": str | None, "figures": int,
    "differences": int, "sources": int, "origins": int,
})  # fmt: skip
Counted = TypedDict("Counted", {"id": str, "facts": int})
Total = TypedDict("Total", {"value": float, "unit": str, "qualifier": Qualifier, "of": list[str]})
DifferingPair = TypedDict("DifferingPair", {
    "fact": str, "to": str, "kind": RelationKind, "note": str, "prefer": str | None, "sources": list[str],
})  # fmt: skip
SummarySource = TypedDict("SummarySource", {
    "id": str, "facts": int, "title": str, "author": list[str], "publisher": str,
    "container_title": str | None, "issued": str | None, "updated": str | None, "as_of": str | None, "url": str | None,
    "kept_at": str | None, "origin": str,
})  # fmt: skip
Summary = TypedDict("Summary", {
    "schema": str, "topic": str, "name": str, "total": int, "first": str | None, "last": str | None,
    "actors": list[Counted], "statuses": dict[str, int], "sources": list[SummarySource], "origins": int,
    "points": list[str], "figures": list[str], "more_figures": int, "units": dict[str, str], "totals": list[Total],
    "differences": list[DifferingPair], "count": int, "facts": list[Fact],
})  # fmt: skip

# ---------------------------------------------------------------- checks

Code = TypedDict("Code", {"code": str, "about": str})
Problem = TypedDict("Problem", {
    "code": str, "level": Level, "file": str, "line": int | None, "path": str, "what": str, "fixed": bool, "about": str,
})  # fmt: skip
KeyChange = TypedDict("KeyChange", {"key": str, "was": object, "now": object})
Change = TypedDict("Change", {
    "change": str, "kind": str, "id": str, "statement": str, "keys": list[KeyChange], "reason": str | None,
})  # fmt: skip
Tally = TypedDict("Tally", {"run": int, "passed": int, "not_run": int})
LastChecked = TypedDict("LastChecked", {"source": str, "date": str, "text_sha256": str, "quotes": int})
Unreached = TypedDict("Unreached", {"source": str, "address": str, "reason": str})
Offline = TypedDict("Offline", {"source": str, "kept_at": str})
Finding = TypedDict("Finding", {
    "code": str, "fact": str | None, "source": str | None, "passage": int | None, "found": str, "expected": str,
})  # fmt: skip
DraftValue = TypedDict("DraftValue", {
    "fact": str, "how": str, "text": str, "quantity": Quantity | None, "when": str | None, "as_of": str | None,
})  # fmt: skip
DraftFinding = TypedDict("DraftFinding", {
    "line": int, "column": int, "start": int, "end": int, "text": str, "sentence": str, "kind": str, "flag": str,
    "why": str, "cited": str | None, "value": float | None, "unit": str | None, "qualifier": str | None,
    "first": str | None, "last": str | None, "values": list[DraftValue],
})  # fmt: skip
FactCheck = TypedDict("FactCheck", {
    "schema": str, "draft": str, "since": str | None, "flags": dict[str, int],
    "facts": list[Fact], "count": int, "findings": list[DraftFinding],
})  # fmt: skip
WordChange = TypedDict("WordChange", {"was": str, "now": str})
PassageChange = TypedDict("PassageChange", {
    "passage": int, "change": ChangeKind, "now": list[int], "words": list[WordChange], "every_word": bool,
})  # fmt: skip
AffectedFact = TypedDict("AffectedFact", {"id": str, "passage": int, "stands": bool})
SealedText = TypedDict("SealedText", {"source": str, "text": str, "sha256": str, "sealed": Literal[True]})
ChangedText = TypedDict("ChangedText", {
    "source": str, "text": str, "sha256": str, "sealed": Literal[False], "counts": dict[str, int],
    "passages": list[PassageChange], "added": list[int], "facts": list[AffectedFact],
})  # fmt: skip
QuotedText = TypedDict("QuotedText", {
    "source": str, "rights": str, "words": int, "quoted_words": int, "quoted_share": float,
})  # fmt: skip
Verification = TypedDict("Verification", {
    "schema": str, "filters": Mapping[str, object], "checks": dict[str, Tally], "last_checked": list[LastChecked],
    "texts": list[SealedText | ChangedText], "quoted": list[QuotedText], "unreached": list[Unreached],
    "offline": list[Offline], "count": int, "findings": list[Finding],
})  # fmt: skip

# ---------------------------------------------------------------- stores on a server

Written = TypedDict("Written", {"id": str, "revision": int})
Revision = TypedDict("Revision", {
    "revision": int, "at": str, "who": str, "what": str, "note": str | None, "statement": str, "keys": list[KeyChange],
})  # fmt: skip
StoredPack = TypedDict("StoredPack", {"id": str, "version": str})
Server = TypedDict("Server", {
    "store": str, "facts": int, "withdrawn": int, "revisions": int, "packs": list[StoredPack], "changed": str | None,
    "layout": int, "bytes": int, "server": str, "role": str, "may_write": bool,
})  # fmt: skip

# ---------------------------------------------------------------- files

File = TypedDict("File", {"path": str, "bytes": int})
Shape = TypedDict("Shape", {"name": str, "title": str})
