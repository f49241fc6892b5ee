"""From facts to the rows of the compiled store, and what is counted over them; `tajsec.compile` writes them.

Searched text stands in `doc` as stems, each field padded with spaces so that a phrase is found in it as it is, and in
the FTS5 table `ft`, which gives candidates. Same facts, same rows, so that those of a file can be taken out again.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tajsec.cache import checksum
from tajsec.dates import Edtf, day_number
from tajsec.model import DISAGREEMENTS, OUTDOING, Contents, Fact, Source, TermKind
from tajsec.numbers import numbers_in
from tajsec.objects import object_text, related_text
from tajsec.selection import index_row, number_token, statement_token, tag_token, twice_token, year_token
from tajsec.words import stem, tokens

TAG_KINDS: tuple[TermKind, ...] = ("actor", "topic", "place", "person")
LAST_YEAR = 9999
STRIDE = 2**16
"""Numbers that are kept for the facts of one file; a file holds fewer tables."""

MOST_YEARS = 64
"""Years under which a fact stands in the index; of a longer time, the last ones."""

RECENT = 8192
"""Texts and dates that are remembered, for they recur in fact after fact."""

_ORDINAL = re.compile(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b")
"""201st, 60th: who types 201 or sixty means them too."""
_RELATIONS = 64
"""Relations that a fact has at most."""

Row = tuple[Any, ...]


class Part(NamedTuple):
    """What the facts of one file come to."""

    rows: Mapping[str, list[Row]]
    """The rows by table."""
    forms: Counter[str]
    """Word as it is written -> facts in which it stands, or in what they quote."""
    facts: int
    standing: int
    """Facts that are not withdrawn."""
    words: int
    """Words of the statements of those."""
    begins: int
    """The first year that one of the facts is about, or the last there is."""
    ends: int
    """The last year as of which one of the facts holds, or 0."""


def part_of(numbered: Iterable[tuple[int, Fact]], frame: Contents) -> Part:
    """Give the rows of some facts, each with its number, and what is counted over them."""
    rows: dict[str, list[Row]] = {name: [] for name in ("fact", "text", "tag", "relation", "number", "doc", "ft")}
    forms, standing, words, begins, ends = Counter[str](), 0, 0, LAST_YEAR, 0
    for n, fact in numbered:
        first, last = map(day_number, fact.extent)
        rows["fact"].append(_fact_row(n, fact, first, last))
        head, tail = object_text(fact, frame.sources)
        rows["text"].append((n, checksum(head, tail), head, tail))
        tags = list(_tags(n, fact, frame))
        rows["tag"] += tags
        rows["relation"] += _relations(n, fact)
        numbers = list(dict.fromkeys(_numbers(n, fact)))
        rows["number"] += numbers
        begins = min(begins, first // 10_000)
        ends = max(ends, fact.as_of.last[0]) if fact.as_of else ends
        if fact.withdrawn:
            continue
        standing += 1
        doc = _doc(n, fact, frame)
        rows["doc"].append(doc)
        keys = list(_ranked(doc))
        keys += [tag_token(kind, term_id) for kind, term_id, *_ in tags]
        keys += [number_token(value) for value, *_ in numbers]
        keys += map(year_token, _years(fact))
        rows["ft"].append((index_row(n, doc[-1]), " ".join([*doc[1:6], *keys])))
        words += doc[-1]
        forms.update(set(doc[6].split()).union(*(_read_words(text)[0] for text in _texts_around(fact, frame))))
    rows["ft"].sort()  # FTS5 writes what it holds whenever a number is under the one before
    return Part(rows, forms, len(rows["fact"]), standing, words, begins, ends)


def _fact_row(n: int, fact: Fact, first: int, last: int) -> Row:
    dated = _days(fact.when) if fact.when else (None, None, None)
    return n, fact.id, fact.status, int(bool(fact.withdrawn)), 0, first, last, *dated, len(fact.quantities), 0, 0


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


def _relations(n: int, fact: Fact) -> Iterator[Row]:
    for place, each in enumerate(fact.relations):
        differs, outdone = int(each.kind in DISAGREEMENTS), None
        if each.kind in OUTDOING and each.prefer:  # a careful analyst would cite the one instead of the other
            outdone = each.to if each.prefer == fact.id else fact.id
        yield each.to, n * _RELATIONS + place, fact.id, each.kind, differs, outdone, related_text(fact.id, each)


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
