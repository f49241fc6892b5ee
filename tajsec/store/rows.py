"""Computes the rows of a store from its records, for the tables of `schema`.

Those of the facts contain the searched text twice: in `doc` field by field, as stems between spaces so that a phrase is
a substring, and in the full-text index `ft` as the tokens of `index`, by which candidates are found.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from tajsec.model.as_json import body_of, fact_object
from tajsec.model.kinds import DIFFERENCES, PREFERRING, RANKS, STATUS_WORDS, TERM_KINDS, TermKind
from tajsec.model.records import Contents, Fact, Relation, Review
from tajsec.model.vocabulary import Term
from tajsec.store.index import index_row, number_token, statement_token, tag_token, twice_token, year_token
from tajsec.text.dates import Moment, day_number
from tajsec.text.figures import CURRENCIES
from tajsec.text.forms import fold
from tajsec.text.jsontext import dumps
from tajsec.text.numbers import find_numbers
from tajsec.text.spelling import sound
from tajsec.text.words import stem, tokens

TAG_KINDS: tuple[TermKind, ...] = ("actor", "topic", "place", "person")

MOST_YEARS = 64
"""The most year tokens of a fact; a longer time has only the last ones: it is about centuries rather than a year."""

RECENT = 16384
"""Texts whose words and stems are cached, as names, titles and quotes recur. The shipped data have 13,300: their store
is compiled in 0.36 s, in 0.41 s with 8,192; the next one of the same process, of the same names, in 0.24 s.
"""

_ORDINAL = re.compile(r"\b([0-9]{1,6})(?:st|nd|rd|th)\b")
"""Ordinals: a fact with "60th" is also found by "60" and "sixty"."""

_RELATION_BITS = 16
"""The lower bits of the number of a relation are its place in the fact; more than enough for what a file may have."""

Row = tuple[Any, ...]


class Links(NamedTuple):
    """The relations of all facts by their target, and the ids of facts that are superseded, parts or wholes by them."""

    to: Mapping[str, Sequence[tuple[str, Relation]]]
    """By target, the relations to it, each with the id of the fact that has it, in the order of the files."""
    superseded_or_less_exact: AbstractSet[str]
    """Facts instead of which another one is to be cited."""
    parts: AbstractSet[str]
    wholes: AbstractSet[str]


def links_of(relations: Iterable[tuple[str, Relation]]) -> Links:
    """Return relations, each given with the id of the fact that has it, by their target, with the flags that follow."""
    to: dict[str, list[tuple[str, Relation]]] = {}
    worse, parts, wholes = set[str](), set[str](), set[str]()
    for fact_id, each in relations:
        to.setdefault(each.to, []).append((fact_id, each))
        if each.kind in PREFERRING and each.prefer:
            worse.add(each.to if each.prefer == fact_id else fact_id)
        if each.kind == "part-of":
            parts.add(fact_id)
            wholes.add(each.to)
    return Links(to, worse, parts, wholes)


def relations_of(facts: Iterable[Fact]) -> Iterator[tuple[str, Relation]]:
    """Yield the relations of facts, each with the id of its fact."""
    return ((fact.id, each) for fact in facts for each in fact.relations)


def rows_of(
    numbered: Iterable[tuple[int, Fact]], contents: Contents, links: Links
) -> tuple[Mapping[str, list[Row]], Counter[str]]:
    """Return the rows of some facts by table, and the forms of their words with the number of facts with each."""
    rows: dict[str, list[Row]] = {
        name: [] for name in ("fact", "member", "text", "tag", "relation", "number", "doc", "ft")
    }
    forms = Counter[str]()
    for n, fact in numbered:
        rows["fact"].append(_fact_row(n, fact, links))
        rows["member"] += ((n, day_number(each.first), day_number(each.last)) for each in _members(fact))
        body = fact_object(fact, contents.sources, links.to.get(fact.id, ()))
        rows["text"].append((n, dumps(body), dumps(fact.aliases)))
        tags = list(_tags(n, fact, contents))
        rows["tag"] += tags
        rows["relation"] += _relations(n, fact)
        numbers = list(dict.fromkeys(_numbers(n, fact)))
        rows["number"] += numbers
        if fact.withdrawn:
            continue
        doc = _doc(n, fact, contents, links)
        rows["doc"].append(doc)
        keys = list(_statement_tokens(doc))
        keys += [tag_token(kind, term_id) for kind, term_id, *_ in tags]
        keys += [number_token(value) for value, *_ in numbers]
        keys += map(year_token, _years(fact))
        rows["ft"].append((index_row(n, len(doc[1].split())), " ".join([*doc[1:4], *keys])))
        forms.update(set().union(*(words_and_stems(text)[0] for text in _texts_of(fact))))
    rows["ft"].sort()  # FTS5 flushes its memory whenever a row number is lower than the one before
    return rows, forms


def _fact_row(n: int, fact: Fact, links: Links) -> Row:
    worse, is_part, is_whole = (int(fact.id in ids) for ids in links[1:])
    when = fact.when and (fact.when.first, fact.when.last, fact.when.anchor.first)
    head = n, fact.id, int(bool(fact.withdrawn)), worse, RANKS.index(fact.rank)
    days = *map(day_number, fact.extent), *(map(day_number, when) if when else (None, None, None))
    held = day_number((fact.as_of or fact.time).anchor.first)
    stated = fact.as_of and day_number(fact.as_of.last)
    return *head, *days, held, stated, len(fact.quantities), is_part, is_whole


def _statement_tokens(doc: Row) -> Iterator[str]:
    """Yield the tokens of each stem in the statement, and of those that are in the text a second time."""
    counts = Counter(" ".join(doc[1:4]).split())
    for stem_of_statement in set(doc[1].split()):
        yield statement_token(stem_of_statement)
        if counts[stem_of_statement] > 1:
            yield twice_token(stem_of_statement)


def _members(fact: Fact) -> Sequence[Moment]:
    """Return the separate dates of a fact; none if it has one date or a span."""
    return fact.when.members if fact.when else ()


def _years(fact: Fact) -> Sequence[int]:
    """Return the years of a fact; of a time with an open end, the known end alone."""
    if members := _members(fact):
        return sorted({each.year for each in members})[-MOST_YEARS:]
    known = fact.time.moments
    return range(known[0].year, known[-1].year + 1)[-MOST_YEARS:]


def _relations(n: int, fact: Fact) -> Iterator[Row]:
    for place, each in enumerate(fact.relations):
        yield (
            n << _RELATION_BITS | place,
            fact.id,
            each.to,
            each.kind,
            int(each.kind in DIFFERENCES),
            each.note,
            each.prefer,
        )


def relation_number(n: int, place: int) -> int:
    """Return the number of the relation at a place of the fact with the number `n`: they sort as the facts do."""
    return n << _RELATION_BITS | place


def _tags(n: int, fact: Fact, contents: Contents) -> Iterator[tuple[str, str, int]]:
    """Yield a row for each term of a fact, and for each whole that such a term is part of."""
    by_kind = {"actor": fact.actors, "topic": fact.topics, "place": fact.places, "person": fact.people}
    for kind in TAG_KINDS:
        terms = contents.vocabulary.of(kind)
        seen = dict.fromkeys(by_kind[kind])
        for each in by_kind[kind]:
            whole = terms[each].part_of
            while whole and whole not in seen:
                seen[whole] = None
                whole = terms[whole].part_of
        yield from ((kind, term_id, n) for term_id in seen)
    for source in fact.sources:
        yield "source", source, n
    yield "status", fact.status, n
    if fact.pack:
        yield "pack", fact.pack, n


def _numbers(n: int, fact: Fact) -> Iterator[tuple[float, int, str, str]]:
    for quantity in fact.quantities:
        yield float(quantity.value), n, quantity.unit, quantity.qualifier
    for number in find_numbers(fold(fact.statement)):
        yield number.value, n, "", ""
    for ordinal in _ORDINAL.findall(fact.statement):
        yield float(ordinal), n, "", ""


def _doc(n: int, fact: Fact, contents: Contents, links: Links) -> tuple[int, str, str, str, str, str]:
    return (
        n,
        _field([fact.statement]),
        _field(fact.aliases),
        _field(cite.quote for cite in fact.cites),
        " ".join(_answers(fact, contents)),
        " ".join(_same_as(fact, links)),
    )


def _same_as(fact: Fact, links: Links) -> Sequence[str]:
    """Return the ids of the facts that say what this one says, rounded or once more."""
    related = [(each.to, each.kind) for each in fact.relations]
    related += [(other, each.kind) for other, each in links.to.get(fact.id, ())]
    return sorted({other for other, kind in related if kind in ("rounds", "repeats")})


def _answers(fact: Fact, contents: Contents) -> Iterator[str]:
    """Yield the kinds of answer that a fact has, for `tajsec.search.asked`.

    A date is one within a year, or has one end; a person may be a body of a state, and a place is in a country.
    """
    actors, places = contents.vocabulary.of("actor"), contents.vocabulary.of("place")
    units = dict.fromkeys(each.unit for each in fact.quantities)
    if units:
        yield "figure"
    yield from units
    if not CURRENCIES.isdisjoint(units):
        yield "money"
    if {"years", "months", "days"}.intersection(units):
        yield "span"
    if fact.when and len({each.year for each in fact.when.moments}) == 1:
        yield "date"
    if fact.people or any(actors[each].part_of for each in fact.actors):
        yield "person"
    if any(places[each].part_of for each in fact.places):
        yield "place"
    if fact.status == "planned":
        yield "planned"


def _texts_of(fact: Fact) -> list[str]:
    return [fact.statement, *fact.aliases, *(cite.quote for cite in fact.cites)]


def _field(texts: Iterable[str]) -> str:
    """Return texts as stems, with a bar between them so that no phrase runs from one into the next."""
    return f" {' | '.join(map(stemmed, texts))} "


def stemmed(text: str) -> str:
    """Return the stems of a text's words, joined by spaces."""
    return words_and_stems(text)[1]


@functools.lru_cache(maxsize=RECENT)
def words_and_stems(text: str) -> tuple[Sequence[str], str]:
    """Return the words of a text, and their stems joined by spaces."""
    words = tokens(text)
    return words, " ".join(map(stem, words))


def rows_of_records(contents: Contents) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of sources, reviews, packs, terms and names by table."""
    yield "source", ((source.id, dumps(body_of(source))) for source in contents.sources.values())
    yield "review", ((n, _pack_of(review), dumps(body_of(review))) for n, review in enumerate(contents.reviews))
    yield "pack", ((n, pack.id, dumps(body_of(pack))) for n, pack in enumerate(contents.packs))
    terms = [(kind, n, term) for kind in TERM_KINDS for n, term in enumerate(contents.vocabulary.of(kind).values())]
    yield "term", ((kind, n, term.id, _pack_of(term), dumps(body_of(term))) for kind, n, term in terms)
    yield "name", _each_key_once(_names(contents))
    yield "part", _parts(contents)


def _parts(contents: Contents) -> Iterator[Row]:
    """Yield the terms that facts are tagged with, each with itself and the terms that it is part of."""
    for kind in TAG_KINDS:
        for whole in contents.vocabulary.of(kind):
            yield from ((kind, part, whole) for part in sorted(contents.vocabulary.within(kind, whole)))


def _pack_of(record: Review | Term) -> str | None:
    return record.place.pack and record.place.pack.id


def _each_key_once(names: Iterable[Row]) -> Iterator[Row]:
    """Yield the names without those that have key, kind and id of an earlier one."""
    found: dict[Row, Row] = {}
    for row in names:
        found.setdefault(row[:3], row)
    yield from found.values()


def _names(contents: Contents) -> Iterator[Row]:
    """Yield the names of sources, statuses and terms: key, kind, id, and the name itself if it is the main one."""
    yield from _names_of_sources_and_statuses(contents)
    terms = [(kind, term) for kind in TERM_KINDS for term in contents.vocabulary.of(kind).values()]
    names = {
        (stemmed(name), kind, term.id, name if name == term.name else None)
        for kind, term in terms
        for name in term.names[1:]
    }
    yield from sorted((row for row in names if row[0]), key=lambda row: (row[:3], row[3] is None))
    people = contents.vocabulary.of("person").values()
    yield from ((key, "person", each.id, None) for each in people for key in _parts_of_names(each))


def _parts_of_names(person: Term) -> Sequence[str]:
    """Return the surname, and the words of other names of the person that are no English words, as titles are."""
    from tajsec.text.english import is_english

    words = {token for name in person.names[1:] if name.istitle() for token in tokens(name) if not is_english(token)}
    return sorted({stem(tokens(person.name)[-1]), *map(stem, words)})


def _names_of_sources_and_statuses(contents: Contents) -> Iterator[tuple[str, str, str, None]]:
    """Yield the names of sources and the words for statuses, as rows of the table `name`."""
    bodies = {stemmed(name) for actor in contents.vocabulary.of("actor").values() for name in actor.names}
    for source in contents.sources.values():
        known_as = {stemmed(name) for name in (source.id, source.title, source.container_title or "")}
        for name in sorted(known_as - bodies - {""}):  # "NATO" finds the actor, not a source with that title
            yield name, "source", source.id, None
    for status, names in STATUS_WORDS.items():
        for name in names:
            yield stemmed(name), "status", status, None


def rows_of_words(contents: Contents, forms: Mapping[str, int]) -> Iterator[Row]:
    """Yield the known forms, sorted: `forms`, the words of the facts with their counts, and those of the vocabulary.

    A mistyped word is corrected to a name or to a word of the facts (`is_correction`), not to a synonym (kind `term`):
    there are so many that some are near to any word.
    """
    words = {kind: forms_of_names(contents, kind) for kind in TERM_KINDS}
    synonyms = words.pop("term")
    names = set[str]().union(*(words[kind] for kind in ("actor", "person", "place")))
    corrections = {*forms}.union(*words.values())
    for form in sorted(corrections | synonyms):
        yield form, stem(form), len(form), sound(form), forms.get(form, 0), int(form in corrections), int(form in names)


def last_year_of_sources(contents: Contents) -> int:
    """Return the last year of a date of a source, 0 without any."""
    dates = [date for source in contents.sources.values() for date in (source.issued, source.updated)]
    return max((date.last[0] for date in dates if date), default=0)


def forms_of_names(contents: Contents, kind: TermKind) -> set[str]:
    """Return the words of all names of the terms of a kind."""
    terms = contents.vocabulary.of(kind).values()
    return {form for term in terms for name in term.names for form in words_and_stems(name)[0]}
