"""From facts to the rows of the compiled store; `tajsec.compile` writes them.

Searched text is in `doc` as stems, each field padded with spaces so that a phrase is found in it as it is, and in the
FTS5 table `ft`, which returns candidates.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from tajsec.model.as_json import fact_object
from tajsec.model.kinds import DISAGREEMENTS, OUTDOING, TermKind
from tajsec.model.records import Contents, Fact, Relation, Source
from tajsec.store.index import index_row, number_token, statement_token, tag_token, twice_token, year_token
from tajsec.text.dates import Edtf, day_number
from tajsec.text.jsontext import dumps
from tajsec.text.numbers import numbers_in
from tajsec.text.words import stem, tokens

TAG_KINDS: tuple[TermKind, ...] = ("actor", "topic", "place", "person")

MOST_YEARS = 64
"""Years under which a fact is in the index; of a longer time, the last ones."""

RECENT = 8192
"""Texts and dates that are remembered, for they recur in fact after fact."""

_ORDINAL = re.compile(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b")
"""201st, 60th: who types 201 or sixty means them too."""

Row = tuple[Any, ...]


class Links(NamedTuple):
    """The relations of all facts, by the fact that they lead to, and what follows from them."""

    to: Mapping[str, Sequence[tuple[str, Relation]]]
    """The relations that lead to a fact, each with the id of the fact that has it, in the order of the files."""
    outdone: AbstractSet[str]
    """Facts instead of which another one is to be cited."""
    parts: AbstractSet[str]
    wholes: AbstractSet[str]


def links_of(facts: Iterable[Fact]) -> Links:
    """The relations of all facts."""
    to: dict[str, list[tuple[str, Relation]]] = {}
    outdone, parts, wholes = set[str](), set[str](), set[str]()
    for fact in facts:
        for each in fact.relations:
            to.setdefault(each.to, []).append((fact.id, each))
            if each.kind in OUTDOING and each.prefer:
                outdone.add(each.to if each.prefer == fact.id else fact.id)
            if each.kind == "part-of":
                parts.add(fact.id)
                wholes.add(each.to)
    return Links(to, outdone, parts, wholes)


def rows_of(
    numbered: Iterable[tuple[int, Fact]], contents: Contents, links: Links
) -> tuple[Mapping[str, list[Row]], Counter[str]]:
    """The rows of some facts by table, and the forms of their words with the number of facts that contain each."""
    rows: dict[str, list[Row]] = {name: [] for name in ("fact", "text", "tag", "relation", "number", "doc", "ft")}
    forms = Counter[str]()
    for n, fact in numbered:
        rows["fact"].append(_fact_row(n, fact, links))
        rows["text"].append((n, dumps(fact_object(fact, contents.sources, links.to.get(fact.id, ())))))
        tags = list(_tags(n, fact, contents))
        rows["tag"] += tags
        rows["relation"] += _relations(fact)
        numbers = list(dict.fromkeys(_numbers(n, fact)))
        rows["number"] += numbers
        if fact.withdrawn:
            continue
        doc = _doc(n, fact, contents)
        rows["doc"].append(doc)
        keys = list(_ranked(doc))
        keys += [tag_token(kind, term_id) for kind, term_id, *_ in tags]
        keys += [number_token(value) for value, *_ in numbers]
        keys += map(year_token, _years(fact))
        rows["ft"].append((index_row(n, doc[-1]), " ".join([*doc[1:6], *keys])))
        forms.update(set(doc[6].split()).union(*(_read_words(text)[0] for text in _texts_around(fact, contents))))
    rows["ft"].sort()  # FTS5 writes what it has in memory whenever a number is under the one before
    return rows, forms


def _fact_row(n: int, fact: Fact, links: Links) -> Row:
    first, last = map(day_number, fact.extent)
    dated = _days(fact.when) if fact.when else (None, None, None)
    outdone, part, whole = (int(fact.id in ids) for ids in (links.outdone, links.parts, links.wholes))
    head = n, fact.id, fact.status, int(bool(fact.withdrawn)), outdone, first, last
    return *head, *dated, len(fact.quantities), part, whole


@functools.lru_cache(maxsize=RECENT)
def _days(date: Edtf) -> tuple[int, int, int]:
    return day_number(date.first), day_number(date.last), day_number(date.anchor.first)


def _ranked(doc: Row) -> Iterator[str]:
    """Give the words by which a fact is found before others: stems of its statement, and those that stand twice."""
    counts = Counter(" ".join(doc[1:6]).split())
    for stem_of_statement in set(doc[1].split()):
        yield statement_token(stem_of_statement)
        if counts[stem_of_statement] > 1:
            yield twice_token(stem_of_statement)


def _years(fact: Fact) -> Sequence[int]:
    """Give the years of a fact; of a time with an open end, the one that is known: it is of no later year."""
    known = [end for end in (fact.time.start, fact.time.end) if end]
    return range(known[0].first[0], known[-1].last[0] + 1)[-MOST_YEARS:]


def _relations(fact: Fact) -> Iterator[Row]:
    for each in fact.relations:
        yield None, fact.id, each.to, each.kind, int(each.kind in DISAGREEMENTS), each.note, each.prefer


def _tags(n: int, fact: Fact, contents: Contents) -> Iterator[tuple[str, str, int, int]]:
    """Give what a fact is about: each id and every whole that it is part of, and whether the fact names it itself."""
    by_kind = {"actor": fact.actors, "topic": fact.topics, "place": fact.places, "person": fact.people}
    for kind in TAG_KINDS:
        terms = contents.vocabulary.of(kind)
        seen = dict.fromkeys(by_kind[kind], 1)
        for each in by_kind[kind]:
            whole = terms[each].part_of
            while whole and whole not in seen:
                seen[whole] = 0
                whole = terms[whole].part_of
        yield from ((kind, term_id, n, named) for term_id, named in seen.items())
    for source in fact.sources:
        yield "source", source, n, 1
    yield "status", fact.status, n, 1


def _numbers(n: int, fact: Fact) -> Iterator[tuple[float, int, str]]:
    for quantity in fact.quantities:
        yield float(quantity.value), n, quantity.unit
    for value, _ in numbers_in(fact.statement):
        yield value, n, ""
    for ordinal in _ORDINAL.findall(fact.statement):
        yield float(ordinal), n, ""


def _doc(n: int, fact: Fact, contents: Contents) -> tuple[int, str, str, str, str, str, str, int]:
    vocabulary = contents.vocabulary
    about = [vocabulary.of("actor")[each] for each in fact.actors]
    about += [vocabulary.of("person")[each] for each in fact.people]
    about += [vocabulary.of("place")[each] for each in fact.places]
    topics = [vocabulary.of("topic")[each] for each in fact.topics]
    passages = [(contents.sources[cite.source], cite.passage) for cite in fact.cites]
    around = [cite.quote for cite in fact.cites] + [source.passages[n - 1].section or "" for source, n in passages]
    around += [source.title for source, _ in passages]
    words = tokens(fact.statement)
    return (
        n,
        f" {' '.join(map(stem, words))} ",
        _field(fact.aliases),
        _field(term.name for term in about),
        _field(term.name for term in topics),
        _field(dict.fromkeys([fact.id.replace("-", " "), *around])),
        f" {' '.join(words)} ",
        len(words),
    )


def _texts_around(fact: Fact, contents: Contents) -> list[str]:
    sources: list[Source] = [contents.sources[each] for each in fact.sources]
    return [*fact.aliases, *(cite.quote for cite in fact.cites), *(source.title for source in sources)]


def _field(texts: Iterable[str]) -> str:
    """Give texts as stems, with a bar between them so that no phrase runs from one into the next."""
    return f" {' | '.join([_read_words(text)[1] for text in texts])} "


def stemmed(text: str) -> str:
    """Give the stems of a text's words, joined by spaces."""
    return _read_words(text)[1]


@functools.lru_cache(maxsize=RECENT)
def _read_words(text: str) -> tuple[Sequence[str], str]:
    """Give the words of a text, and their stems in one; names, quotes and titles recur in fact after fact."""
    words = tokens(text)
    return words, " ".join(map(stem, words))
