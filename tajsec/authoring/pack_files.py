"""Writes the records of a store back into the TOML files of packs, from which they can be read again."""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from tajsec.authoring.new_pack import whole_folder
from tajsec.data.files import reason
from tajsec.data.references import NAMES_FILE
from tajsec.data.table import is_id
from tajsec.errors import FailingEnvironment, UsageError
from tajsec.model.as_json import FACT_KEYS, body_of
from tajsec.model.kinds import SHIPPED, TERM_KINDS
from tajsec.model.pack import PACK_FILE, Pack
from tajsec.model.records import Contents, Fact, Source
from tajsec.model.vocabulary import Term

REVIEWS_FILE = "reviews.toml"

PART = 400
"""Facts of a file: files are read by name, so that numbered ones keep the order of the store, and none is too large."""


def write_packs(folder: Path, contents: Contents) -> list[Path]:
    """Write each pack of a store into a folder of its id below `folder`, all of them or none; return these folders.

    The shipped pack becomes an edition of the shipped facts, which is read in the place of these. Raises UsageError if
    `folder` holds something or the store has no pack, and FailingEnvironment.
    """
    _refuse_paths(contents)
    if not contents.packs:
        raise UsageError("the store holds no pack to write; load one: tajsec store load tajsec")
    try:
        with whole_folder(folder) as aside:
            for pack in contents.packs:
                for name, text in _files(pack, contents):
                    path = aside / pack.id / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FailingEnvironment(f"{folder}: cannot be written: {reason(error)}; mend that, or name another") from error
    return [folder / pack.id for pack in contents.packs]


def _refuse_paths(contents: Contents) -> None:
    """Raise FailingEnvironment for a name of a file that is no id: whoever may write to a store may forge it."""
    topics = (fact.topics[0] if fact.topics else "" for fact in contents.facts)
    named = itertools.chain((each.id for each in contents.packs), contents.sources, topics)
    wrong = next((each for each in named if not is_id(each)), None)
    if wrong is not None:
        raise FailingEnvironment(f"{wrong!r} is no id, and no name for a file; whoever keeps the store can mend it")


def _files(pack: Pack, contents: Contents) -> Iterator[tuple[str, str]]:
    """Yield the files of a pack: their paths below its folder, and their texts."""
    keys = body_of(pack) | ({"facts": "shipped"} if pack.id == SHIPPED else {})
    yield PACK_FILE, _toml(keys)
    mine = [fact for fact in contents.facts if fact.pack == pack.id]
    runs = ((topic, list(some)) for topic, some in itertools.groupby(mine, key=lambda fact: fact.topics[0]))
    parts = ((topic, some[start : start + PART]) for topic, some in runs for start in range(0, len(some), PART))
    for number, (topic, some) in enumerate(parts):
        yield f"facts/{number:05}-{topic}.toml", _toml({"fact": list(map(_fact_keys, some))})
    for source in contents.sources.values():
        if source.pack == pack.id:
            yield f"seeds/{source.id}.toml", _toml(_source_keys(source))
    if terms := _terms(pack, contents):
        yield f"facts/vocabulary/{NAMES_FILE}", _toml(terms)
    if reviews := [body_of(each) for each in contents.reviews if each.place.pack and each.place.pack.id == pack.id]:
        yield f"facts/reviews/{REVIEWS_FILE}", _toml({"review": reviews})


def _toml(keys: Mapping[str, Any]) -> str:
    return tomli_w.dumps(_present(keys))


def _present(value: Any) -> Any:  # noqa: ANN401
    """Return a value without the keys of tables that are None, of which TOML has none."""
    if isinstance(value, Mapping):
        return {key: _present(each) for key, each in value.items() if each is not None}
    return list(map(_present, value)) if isinstance(value, list) else value


def _fact_keys(fact: Fact) -> dict[str, Any]:
    body = body_of(fact)
    return {key: body[key] for key in FACT_KEYS if key in body}


def _source_keys(source: Source) -> dict[str, Any]:
    names = {"errata": "erratum", "passages": "passage"}
    body = body_of(source)
    return {names.get(key, key): value for key, value in body.items() if key != "pack"}


def _terms(pack: Pack, contents: Contents) -> Mapping[str, Any]:
    """Return the names of a pack by kind: its own, without the aliases that others add, and those that it adds."""
    extended = {(each.kind, each.id): {*each.aliases} for each in contents.extensions}
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in TERM_KINDS:
        mine = [each for each in contents.vocabulary.of(kind).values() if _is_of(each, pack)]
        for term in mine:
            added = extended.get((kind, term.id), set())
            body = {key: value for key, value in body_of(term).items() if key != "kind"}
            aliases = [alias for alias in term.aliases if alias not in added]
            found.setdefault(kind, []).append({**body, **({"aliases": aliases} if aliases else {})})
        for each in contents.extensions:
            if each.kind == kind and _is_of(each, pack):
                keys = {"extends": each.extends, "id": each.id, "aliases": list(each.aliases)}
                found.setdefault(kind, []).append(keys)
    return found


def _is_of(term: Term, pack: Pack) -> bool:
    return bool(term.place.pack and term.place.pack.id == pack.id)
