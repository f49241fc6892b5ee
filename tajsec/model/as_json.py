"""Records to JSON and back, the JSON object of a fact, and its content hash."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tajsec.model.kinds import DISAGREEMENTS, Place, TermKind
from tajsec.model.records import Cite, Erratum, Fact, Passage, Quantity, Relation, Review, Source
from tajsec.model.vocabulary import Term
from tajsec.text.dates import Edtf, parse
from tajsec.text.jsontext import Json

if TYPE_CHECKING:
    from json import JSONEncoder


HASH_DIGITS = 16


_UNHASHED = ("aliases", "relations")


def content_hash(keys: Mapping[str, object]) -> str:
    """Give the hash of what a fact claims and on which evidence, as 16 hexadecimal digits; `keys` are its fields.

    It is the beginning of the SHA-256 of the fact's keys as canonical JSON (sorted, no spaces, UTF-8). Search words and
    relations are left out: they may grow without the claim being another.
    """
    import hashlib  # facts of the compiled store bring their hash

    claim = {key: _plain(value) for key, value in keys.items() if key not in _UNHASHED and value not in _ABSENT}
    return hashlib.sha256(_encoder().encode(claim).encode()).hexdigest()[:HASH_DIGITS]


@cache
def _encoder() -> "JSONEncoder":
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# ---------------------------------------------------------------- to and from the JSON that the compiled store keeps


def body_of(record: Source | Fact | Term | Review) -> dict[str, Any]:
    """Give a record's keys as JSON has them: dates as EDTF; what is absent, and where the record stands, left out."""
    found = ((name, getattr(record, name)) for name in record.__slots__ if name != "place")
    return {key: _plain(value) for key, value in found if value not in _ABSENT}


_ABSENT: tuple[object, ...] = (None, (), {})


def _plain(value: object) -> object:
    kind: type[Any] = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple:
        return [_plain(each) for each in value]  # type: ignore[attr-defined]
    if kind is Edtf:
        return str(value)
    names, values = _fields(kind)  # type: ignore[arg-type]  # a class is hashable
    return dict(zip(names, map(_plain, values(value)), strict=True))


@cache
def _fields(kind: type[Any]) -> tuple[Sequence[str], Callable[[object], Sequence[object]]]:
    """Give the names of a record's fields, and what gives their values."""
    names: Sequence[str] = kind.__slots__
    return names, attrgetter(*names)


_AS_THEY_ARE = frozenset({str, int, float, bool, dict, type(None)})


def fact_of(body: Mapping[str, Any]) -> Fact:
    """Make a fact of its JSON object (`tajsec.model.as_json`)."""
    return Fact(
        id=body["id"],
        statement=body["statement"],
        actors=tuple(body["actors"]),
        topics=tuple(body["topics"]),
        when=_date(body, "when"),
        as_of=_date(body, "as_of"),
        status=body["status"],
        quantities=tuple(Quantity(**each) for each in body.get("quantities", ())),
        places=tuple(body.get("places", ())),
        people=tuple(body.get("people", ())),
        aliases=tuple(body.get("aliases", ())),
        cites=tuple(Cite(source=c["source"], passage=c["passage"], quote=c["quote"]) for c in body["cites"]),
        relations=tuple(Relation(**each) for each in body.get("relations", ())),
        inferred=body.get("inferred", {}),
        derived=body.get("derived", {}),
        withdrawn=body.get("withdrawn"),
        content_hash=body["content_hash"],
        place=COMPILED,
    )


def source_of(body: Mapping[str, Any]) -> Source:
    """Make a source of the keys that `compile` wrote."""
    return Source(
        id=body["id"],
        type=body["type"],
        title=body["title"],
        author=tuple(body.get("author", ())),
        publisher=body["publisher"],
        container_title=body.get("container_title"),
        issued=_date(body, "issued"),
        updated=_date(body, "updated"),
        accessed=_date(body, "accessed"),
        as_of=_date(body, "as_of"),
        url=body["url"],
        archive_url=body.get("archive_url"),
        language=body["language"],
        file=body["file"],
        text_sha256=body["text_sha256"],
        derived_from=body.get("derived_from"),
        notes=tuple(body.get("notes", ())),
        errata=tuple(Erratum(**each) for each in body.get("errata", ())),
        passages=tuple(Passage(**{**each, "as_of": _date(each, "as_of")}) for each in body["passages"]),
        place=COMPILED,
    )


def review_of(body: Mapping[str, Any]) -> Review:
    """Make a review of the keys that `compile` wrote."""
    return Review(
        kind=body["kind"],
        date=parse(body["date"]),
        compared=body["compared"],
        texts=body.get("texts", {}),
        facts=body.get("facts", {}),
        place=COMPILED,
    )


def term_of(kind: TermKind, body: Mapping[str, Any]) -> Term:
    """Make a term of the keys that `compile` wrote."""
    return Term(
        kind=kind,
        id=body["id"],
        name=body["name"],
        aliases=tuple(body.get("aliases", ())),
        about=body.get("about"),
        part_of=body.get("part_of"),
        place=COMPILED,
    )


def _date(body: Mapping[str, Any], key: str) -> Edtf | None:
    return parse(body[key]) if body.get(key) else None


COMPILED = Place(file="", line=0, index=0)
"""The place of a record that was read from the compiled store: where it stood in TOML is not kept."""


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
