"""The type of the JSON object of a fact, as `as_json.fact_object` makes it: its keys, in the order of the output."""

from typing import NotRequired, TypedDict

from tajsec.model.kinds import Period, Qualifier, Rank, RelationKind, Status

Erratum = TypedDict("Erratum", {"passage": int, "says": str, "right": str, "evidence": str})
Cite = TypedDict("Cite", {
    "source": str, "title": str, "publisher": str, "issued": str | None, "updated": str | None, "url": str | None,
    "kept_at": str | None, "section": str | None, "passage": int, "quote": str, "erratum": Erratum | None,
})  # fmt: skip
Quantity = TypedDict("Quantity", {"value": float, "unit": str, "qualifier": Qualifier, "of": str, "period": Period})
Relation = TypedDict("Relation", {"to": str, "kind": RelationKind, "note": str, "prefer": str | None})
Related = TypedDict("Related", {"from": str, "kind": RelationKind, "note": str, "prefer": str | None})
Fact = TypedDict("Fact", {
    "id": str, "statement": str, "rank": Rank, "actors": list[str], "topics": list[str], "when": str | None,
    "as_of": str | None, "status": Status, "quantities": list[Quantity], "places": list[str], "people": list[str],
    "cites": list[Cite], "relations": list[Relation], "related": list[Related], "superseded_by": list[str],
    "differs_from": list[str], "origins": list[str], "inferred": dict[str, str], "derived": dict[str, str],
    "notes": str | None, "withdrawn": str | None, "draft": str | None, "content_hash": str, "pack": str | None,
    "pack_version": str | None, "aliases": NotRequired[list[str]],
})  # fmt: skip
