"""Citations of facts in a draft, as Pandoc writes them (`[@fact-id]`), and what became of the facts since."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tajsec.check.changes import changes
from tajsec.errors import UnknownName
from tajsec.model.protocol import Store
from tajsec.model.records import Contents, Fact, known_error
from tajsec.model.vocabulary import Vocabulary

_BRACKET = re.compile(r"\[([^\[\]]{1,1000})\]")

_KEY = re.compile(r"(?<![\w@.+-])-?@\{?([a-z0-9]+(?:[-._][a-z0-9]+)*)\}?(?![\w:@])")
"""The id of a fact or source behind "@"; other keys, as `Doe1999` and `fig:map`, are not ours."""

_SLUG = re.compile(r"[-._]")

_NO_TERMS = Vocabulary(())

_NO_CLAIM = frozenset({"content_hash", "aliases", "relations"})
"""The keys whose change is not that of a claim; a JSON object has no aliases."""


class Mark(NamedTuple):
    """A citation in a draft, from `start` to `end`."""

    start: int
    end: int
    id: str


class State(NamedTuple):
    """What became of a cited fact: in words, and whether it may no longer be cited, or only with care."""

    why: str
    is_wrong: bool = False
    """True if it was withdrawn, or is known to be wrong."""
    is_old: bool = False
    """True if it is superseded, or changed since."""


def marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the citations in brackets in a part of a text."""
    for bracket in _BRACKET.finditer(text, start, end):
        for match in _KEY.finditer(text, *bracket.span(1)):
            yield Mark(*match.span(), match[1])


def is_ours(store: Store, mark: Mark) -> bool:
    """True if a mark may be meant for a fact: it is the id of one, or of none, and looks like one.

    The key of a source is a citation of the document, and a key of one word may be of the author's own bibliography.
    """
    try:
        store.fact(mark.id)
    except UnknownName as error:
        if any(source.id == mark.id for source in store.sources()):
            return False
        return bool(error.near or _SLUG.search(mark.id))
    return True


def state_of(store: Store, fact: Fact, older: Mapping[str, Fact] | None) -> State:
    """Return what became of a fact; `older` are the facts of an older store by id, None if there is none."""
    if fact.withdrawn:
        return State(f"withdrawn: {fact.withdrawn.rstrip('.')}", is_wrong=True)
    errata = (store.source(each.source).erratum_in(each.passage, each.quote) for each in fact.cites)
    if wrong := known_error(fact.rank, (each.right for each in errata if each), fact.notes):
        return State(wrong, is_wrong=True)
    newer = newest(store, fact.id)
    said = [f"superseded by {' and '.join(newer)}"] if newer else []
    changed = _changed(fact, older)
    return State("; ".join([*said, *changed]), is_old=bool(newer or changed))


def newest(store: Store, fact_id: str) -> list[str]:
    """Return the ids of the facts that supersede a fact, without those beside which another of them is to be cited."""
    newer = [name for name, each in store.relations_to(fact_id) if each.kind == "supersedes"]
    older = {
        relation.to
        for each in newer
        for relation in store.fact(each).relations
        if relation.to in newer and (relation.kind == "supersedes" or relation.prefer == each)
    }
    return [each for each in newer if each not in older]


def _changed(fact: Fact, older: Mapping[str, Fact] | None) -> list[str]:
    """Return what changed of a fact since an older store, in words."""
    if older is None:
        return []
    if fact.id not in older:
        return ["new since"]
    was, now = (Contents(facts=[each], sources={}, vocabulary=_NO_TERMS) for each in (older[fact.id], fact))
    return [
        f"changed since: {', '.join(key.key for key in each.keys if key.key not in _NO_CLAIM)}"
        for each in changes(was, now)
        if each.is_correction
    ]
