"""The quotes of facts as Web Annotations: each marks its words on the page of its document.

The form is the Web Annotation Data Model of the W3C (https://www.w3.org/TR/annotation-model/) as JSON-LD. A selector
has the words beside its quote only where these are known: from a longer quote of the passage, or from the user's own
copy of the document. They tell a reader which of several occurrences is meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tajsec.check.quotes import start_of
from tajsec.cite.citation import citations, correction
from tajsec.model.kinds import SHIPPED
from tajsec.text.forms import normalise

if TYPE_CHECKING:
    from tajsec.check.copies import Document
    from tajsec.cite.citation import Citation
    from tajsec.model.protocol import Store
    from tajsec.model.records import Cite, Fact, Source
    from tajsec.text.jsontext import Json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
COLLECTION = "tajsec://annotations"

MAX_BESIDE = 32
"""Characters on each side of a quote, as other programs keep: some five words, which seldom occur twice on a page."""

_Passages = Mapping[tuple[str, int], Sequence[str]]
"""Source and passage -> its quotes, normalised, the longest first."""


def annotations(store: "Store", facts: "Sequence[Fact]", copies: "Sequence[Document]" = ()) -> "Json":
    """Return a collection with one annotation for each receipt of the facts, in their order."""
    quotes = _quotes(store.facts())
    items = [
        _annotation(each, cite, _beside(cite, copies, quotes))
        for each in citations(store, facts)
        for cite in each.cites
    ]
    page = {"id": f"{COLLECTION}/1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": COLLECTION,
        "type": "AnnotationCollection",
        "label": "Quotes of facts on their pages",
        "total": len(items),
        **({"first": page} if items else {}),
    }


def _annotation(citation: "Citation", cite: "Cite", beside: tuple[str, str]) -> "Json":
    """Return the annotation of a receipt; its address has the fact's id and the number of the receipt, from 1."""
    fact, source = citation.fact, citation.source
    sides = {name: text for name, text in zip(("prefix", "suffix"), beside, strict=True) if text}
    return {
        "id": f"tajsec://fact/{fact.id}#{fact.cites.index(cite) + 1}",
        "type": "Annotation",
        "motivation": "describing",
        "body": _body(fact, citation.claim + correction(source, cite)),
        "target": {
            "source": _iri(source),
            "selector": {"type": "TextQuoteSelector", "exact": normalise(cite.quote), **sides},
        },
    }


def _iri(source: "Source") -> str:
    """Return what identifies a document: its address or URN, that of its ISBN (RFC 8254), or a name made of its id."""
    isbn = f"urn:isbn:{source.isbn.replace('-', '')}" if source.isbn else None
    return source.address or source.urn or isbn or f"tajsec://source/{source.id}"


def _body(fact: "Fact", claim: str) -> "Json | list[Json]":
    """Return what an annotation says: the claim, and of a fact that is not shipped its pack and version as a tag."""
    text = {"type": "TextualBody", "value": claim, "format": "text/plain", "language": "en"}
    if fact.pack in (None, SHIPPED):
        return text
    return [text, {"type": "TextualBody", "purpose": "tagging", "value": f"{fact.pack} {fact.pack_version}"}]


def _quotes(facts: "Sequence[Fact]") -> _Passages:
    found: dict[tuple[str, int], list[str]] = {}
    for cite in (cite for fact in facts for cite in fact.cites):
        found.setdefault((cite.source, cite.passage), []).append(normalise(cite.quote))
    return {key: sorted(quotes, key=len, reverse=True) for key, quotes in found.items()}


def _beside(cite: "Cite", copies: "Sequence[Document]", quotes: _Passages) -> tuple[str, str]:
    """Return the words right before and right after a quote, "" where they are not known."""
    exact = normalise(cite.quote)
    for passage in _passages(cite, copies):
        if exact in passage and (start := start_of(exact, passage)) is not None:
            return _cut(passage, start, len(exact))
    longer = next(each for each in quotes[cite.source, cite.passage] if exact in each)
    return _cut(longer, longer.index(exact), len(exact))


def _passages(cite: "Cite", copies: "Sequence[Document]") -> Iterator[str]:
    """Yield the cited passage of each sealed copy, and of another version all passages: its numbers may differ."""
    for each in copies:
        if each.source == cite.source:
            yield from [each.line(cite.passage)] if each.sealed else each.lines


def _cut(text: str, start: int, length: int) -> tuple[str, str]:
    """Return at most `MAX_BESIDE` characters on each side of a part of a text, in whole words."""
    before, after = text[:start], text[start + length :]
    if len(before) > MAX_BESIDE:
        before = before[-MAX_BESIDE:].partition(" ")[2]
    if len(after) > MAX_BESIDE:
        after = after[:MAX_BESIDE].rpartition(" ")[0]
    return before, after
