"""Records to JSON and back, the JSON object of a fact, and its content hash."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tajsec.model.kinds import DIFFERENCES
from tajsec.model.pack import Pack
from tajsec.model.records import Cite, Erratum, Fact, Passage, Quantity, Relation, Review, Source
from tajsec.model.vocabulary import Term
from tajsec.text.dates import Edtf, parse
from tajsec.text.jsontext import Json

HASH_DIGITS = 16
"""64 bits: the probability that two of a million claims have the same hash is under 1 in 10^7."""

_UNHASHED = ("aliases", "draft", "rank", "relations", "pack", "pack_version")
_ABSENT: tuple[object, ...] = (None, (), {})
_JSON_TYPES = frozenset({str, int, float, bool, dict, type(None)})

_Record = Source | Fact | Term | Review | Pack
_Part = Passage | Erratum | Quantity | Cite | Relation
_UNWRITTEN = ("place", "path")
"""The fields that say where a record was read."""
_R = TypeVar("_R", bound=_Record | _Part)

_DATES = frozenset({"when", "as_of", "issued", "updated", "accessed", "date"})
_PARTS: Mapping[str, type[_Part]] = {
    "passages": Passage,
    "errata": Erratum,
    "quantities": Quantity,
    "cites": Cite,
    "relations": Relation,
}


FACT_KEYS = tuple(name for name in Fact.__slots__ if name not in ("content_hash", "pack", "pack_version", "place"))
"""The keys of a fact in TOML, in the order in which they are written."""
PRINTED_WITH_FACTS = frozenset({
    "related", "superseded_by", "differs_from", "origins", "content_hash", "pack", "pack_version", "score", "explain",
    "answers", "misses",
})  # fmt: skip
"""The keys of the JSON objects of facts that are no keys of a fact: they follow from other records, or from a query."""
PRINTED_IN_CITES = frozenset({"title", "publisher", "issued", "updated", "url", "section", "erratum", "kept_at"})
"""The same for their cites."""


def content_hash(keys: Mapping[str, object]) -> str:
    """Return the hash of a fact's claim and evidence: the first 16 hexadecimal digits of a SHA-256.

    `keys` are the fields of the fact. They are hashed as canonical JSON (sorted, no spaces, UTF-8), without those that
    are absent, and without search words, relations, pack and mark of a draft: these may change while the claim stays.
    """
    import hashlib  # loads OpenSSL in 2 ms, and facts of a compiled store have their hash already
    from json import dumps

    claim = {key: _json(value) for key, value in keys.items() if key not in _UNHASHED and value not in _ABSENT}
    text = dumps(claim, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def body_of(record: _Record | _Part) -> dict[str, Any]:
    """Return the fields of a record as JSON values: dates as EDTF, without absent values, and not where it was read."""
    found = ((name, getattr(record, name)) for name in record.__slots__ if name not in _UNWRITTEN)
    return {name: _json(value) for name, value in found if value not in _ABSENT}


def record_of(kind: type[_R], body: Mapping[str, Any]) -> _R:
    """Return the record whose JSON object is `body`: the inverse of `body_of`.

    Keys of the object that are no field of the record are ignored; an absent field has its default.
    """
    return kind(**{name: _value(name, body[name]) for name in kind.__slots__ if body.get(name) is not None})


def _value(name: str, value: Any) -> Any:  # noqa: ANN401
    if name in _DATES:
        return parse(value)
    if name in _PARTS:
        return tuple(record_of(_PARTS[name], each) for each in value)
    return tuple(value) if isinstance(value, list) else value


def _json(value: object) -> object:
    kind: type[Any] = type(value)
    if kind in _JSON_TYPES:
        return value
    if kind is tuple:
        return [_json(each) for each in value]  # type: ignore[attr-defined]
    if kind is Edtf:
        return str(value)
    return {name: _json(getattr(value, name)) for name in kind.__slots__}


def fact_object(fact: Fact, sources: Mapping[str, Source], others: Sequence[tuple[str, Relation]]) -> Json:
    """Return the JSON object of a fact without its aliases: dates as EDTF, cites resolved, relations both ways.

    `others` are the relations that lead to this fact, each with the id of the fact that has it, in the order of the
    files.
    """
    differing = [each.to for each in fact.relations if each.kind in DIFFERENCES]
    differing += [fact_id for fact_id, each in others if each.kind in DIFFERENCES]
    return {
        "id": fact.id,
        "statement": fact.statement,
        "rank": fact.rank,
        "actors": fact.actors,
        "topics": fact.topics,
        "when": _json(fact.when),
        "as_of": _json(fact.as_of),
        "status": fact.status,
        "quantities": _json(fact.quantities),
        "places": fact.places,
        "people": fact.people,
        "cites": [_cite_object(cite, sources[cite.source]) for cite in fact.cites],
        "relations": _json(fact.relations),
        "related": [{"from": fact_id, **relation_object(each)} for fact_id, each in others],
        "superseded_by": [fact_id for fact_id, each in others if each.kind == "supersedes"],
        "differs_from": list(dict.fromkeys(differing)),
        "origins": origins(fact.sources, sources),
        "inferred": dict(fact.inferred),
        "derived": dict(fact.derived),
        "notes": fact.notes,
        "withdrawn": fact.withdrawn,
        "draft": fact.draft,
        "content_hash": fact.content_hash,
        "pack": fact.pack,
        "pack_version": fact.pack_version,
    }


def _cite_object(cite: Cite, source: Source) -> Json:
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "issued": _json(source.issued),
        "updated": _json(source.updated),
        "url": source.address,
        "kept_at": source.kept_at,
        "section": source.passages[cite.passage - 1].section,
        "passage": cite.passage,
        "quote": cite.quote,
        "erratum": _json(source.erratum_in(cite.passage, cite.quote)),
    }


def relation_object(relation: Relation) -> Json:
    """Return the JSON object of a relation without the id of the fact that it leads to."""
    return {"kind": relation.kind, "note": relation.note, "prefer": relation.prefer}


def origin(source_id: str, sources: Mapping[str, Source]) -> str:
    """Return the id of the first source in the chain of republications that leads to a source; else its own id."""
    seen = {source_id}
    while (earlier := sources[source_id].derived_from) and earlier not in seen:
        source_id = earlier
        seen.add(earlier)
    return source_id


def origins(cited: Sequence[str], sources: Mapping[str, Source]) -> list[str]:
    """Return the ids of the independent sources among cited ones: a republished text counts as its original."""
    return list(dict.fromkeys(origin(source, sources) for source in cited))
