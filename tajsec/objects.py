"""The JSON object of a fact: made when the store is compiled, so that a listing prints what it reads."""

from collections.abc import Mapping, Sequence

from tajsec.jsontext import Json
from tajsec.model import DISAGREEMENTS, Erratum, Fact, Quantity, Relation, Source


def fact_object(fact: Fact, sources: Mapping[str, Source], others: Sequence[tuple[str, Relation]]) -> Json:
    """The object of a fact: its cites resolved, its dates as EDTF, and the relations that other facts have to it.

    `others` are these relations, each with the id of the fact that has it, in the order of the files.
    """
    disputing = [each.to for each in fact.relations if each.kind in DISAGREEMENTS]
    disputing += [holder for holder, each in others if each.kind in DISAGREEMENTS]
    return {
        "id": fact.id,
        "statement": fact.statement,
        "actors": fact.actors,
        "topics": fact.topics,
        "when": str(fact.when) if fact.when else None,
        "as_of": str(fact.as_of) if fact.as_of else None,
        "status": fact.status,
        "quantities": [_quantity_object(each) for each in fact.quantities],
        "places": fact.places,
        "people": fact.people,
        "aliases": fact.aliases,
        "cites": [_cite_object(sources[cite.source], cite.passage, cite.quote) for cite in fact.cites],
        "relations": [{"to": each.to, **relation_object(each)} for each in fact.relations],
        "related": [{"from": holder, **relation_object(each)} for holder, each in others],
        "superseded_by": [holder for holder, each in others if each.kind == "supersedes"],
        "disputed_by": list(dict.fromkeys(disputing)),
        "origins": origins(fact.sources, sources),
        "inferred": dict(fact.inferred),
        "derived": dict(fact.derived),
        "withdrawn": fact.withdrawn,
        "content_hash": fact.content_hash,
    }


def _quantity_object(quantity: Quantity) -> Json:
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "qualifier": quantity.qualifier,
        "of": quantity.of,
        "period": quantity.period,
    }


def _cite_object(source: Source, passage: int, quote: str) -> Json:
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "issued": str(source.issued) if source.issued else None,
        "url": source.url,
        "section": source.passages[passage - 1].section,
        "passage": passage,
        "quote": quote,
        "erratum": erratum_object(source.erratum_in(passage, quote)),
    }


def erratum_object(erratum: Erratum | None) -> Json | None:
    """Give an error of a source that is declared: where it stands, what is right, on which evidence."""
    if erratum is None:
        return None
    keys = {"passage": erratum.passage, "says": erratum.says}
    return {**keys, "right": erratum.right, "evidence": erratum.evidence}


def relation_object(relation: Relation) -> Json:
    """Give what a relation says, without the fact that it leads to."""
    return {"kind": relation.kind, "note": relation.note, "prefer": relation.prefer}


def origin(source_id: str, sources: Mapping[str, Source]) -> str:
    """Give the id of the first source in the line of copies: republished text is no second witness."""
    seen = {source_id}
    while (earlier := sources[source_id].derived_from) and earlier not in seen:
        source_id = earlier
        seen.add(earlier)
    return source_id


def origins(cited: Sequence[str], sources: Mapping[str, Source]) -> list[str]:
    """Give the independent witnesses among cited sources: for each copy the text that it republishes."""
    return list(dict.fromkeys(origin(source, sources) for source in cited))
