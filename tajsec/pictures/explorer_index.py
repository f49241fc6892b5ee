"""What the one-file page searches by, computed with the tool's own functions: an index for MiniSearch, words, names.

The index is a serialised one of MiniSearch (`MiniSearch.loadJS`). The frequency of a term in a fact is what the search
of the tool counts for it, in one of two fields: `said`, or `about` for a fact that does not say it itself. With a `k`
of 1, and with `b` and `d` at 0, MiniSearch's BM25+ is then the tool's own formula (`tajsec.search.ranking`).
"""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.kinds import STATUS_WORDS, TERM_KINDS
from tajsec.model.protocol import SEARCHED
from tajsec.search import asked, scoring, typed_dates, typed_numbers
from tajsec.search.candidates import WeightedUnit, answerable_ways, stem_counts, weighted_units
from tajsec.search.corrections import Token, is_inflection
from tajsec.search.dated import FIRST_YEAR, NO_END
from tajsec.search.query import CONJUNCTIONS, Unit, name_unit
from tajsec.search.ranking import SAID, WEIGHTS, fields_with
from tajsec.store.rows import stemmed
from tajsec.text import date_words, english, numbers
from tajsec.text.forms import ARABIC_SEPARATORS, DASHES, SIMILAR_LETTERS, fold, with_ascii_signs
from tajsec.text.number_words import FRACTIONS, SCALES
from tajsec.text.words import LIGHT_WORDS, STOP_WORDS, stem, tokens

if TYPE_CHECKING:
    from tajsec.model.kinds import TermKind
    from tajsec.model.protocol import Document, SearchableStore
    from tajsec.model.records import Fact

_BATCH = 500
"""Names that are looked up at a time: SQLite takes some thousands of values in a query."""

_BITS, _HASHES = 10, 7
"""Bits for each word and hashes of the Bloom filter: of a hundred words that are not English one passes for one."""

_SEEDS = 2166136261, 2538058380
"""The offset basis of FNV-1a for the first hash, and any other number for the second one."""

_PRIME = 16777619

Weights = dict[int, float]
"""The facts with a term (their places on the page), each with the weight that the term has there."""

Posting = tuple[Weights, Weights]
"""The facts that say a term, and those that have it in a tag or a quote alone."""


class _Name(NamedTuple):
    """What the names of one row have in common."""

    term: str
    importance: float
    is_decisive: bool
    is_common: bool
    reading: str


def search_data(store: "SearchableStore", numbered: Sequence[int], facts: Sequence["Fact"]) -> dict[str, object]:
    """Return what a page of some facts searches by, as JSON values; `facts` are those of the numbers."""
    documents = store.documents(numbered)
    places = {document.number: place for place, document in enumerate(documents)}
    of_stems = _stem_postings(documents)
    names, of_names = _names(store, places, documents)
    return {
        "index": _serialised(of_stems | of_names, documents),
        "names": names,
        "words": _words(store, facts),
        "english": _bloom_filter(english.all_words()),
        "years": store.years(),
        **_TABLES,
    }


# ---------------------------------------------------------------- the index


def _serialised(postings: Mapping[str, Posting], documents: Sequence["Document"]) -> dict[str, object]:
    """Return a serialised index of MiniSearch 7, but for the two fields of a term, which the page lays out."""
    places = range(len(documents))
    return {
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": {place: place for place in places},
        "fieldIds": {"said": 0, "about": 1},
        "fieldLength": {place: [1, 1] for place in places},
        "averageFieldLength": [1, 1],
        "storedFields": {},
        "dirtCount": 0,
        "index": [[term, _by_weight(said), _by_weight(about)] for term, (said, about) in sorted(postings.items())],
        "serializationVersion": 2,
    }


def _by_weight(found: Weights) -> dict[float, list[int]]:
    """Return the facts with a term by the weight that it has there: few weights are in use."""
    groups: dict[float, list[int]] = defaultdict(list)
    for place, weight in found.items():
        groups[weight].append(place)
    return groups


def _stem_postings(documents: Iterable["Document"]) -> dict[str, Posting]:
    found: dict[str, Posting] = defaultdict(lambda: ({}, {}))
    for place, document in enumerate(documents):
        weights: dict[str, float] = defaultdict(float)
        words = [set(text.split()) - {"|"} for text in document.fields]
        for of_field, weight in zip(words, WEIGHTS, strict=True):
            for word in of_field:
                weights[word] += weight
        said = set().union(*(each for each, field in zip(words, SEARCHED, strict=True) if field in SAID))
        for word, weight in weights.items():
            found[word][word not in said][place] = _rounded(weight)
    return found


def _rounded(weight: float) -> float:
    """Return a weight without what binary floats add to it, which would take many digits."""
    return round(weight, 4)


# ---------------------------------------------------------------- names


def _names(
    store: "SearchableStore", places: Mapping[int, int], documents: Sequence["Document"]
) -> tuple[list[object], dict[str, Posting]]:
    """Return rows of names (their stems) that find the same facts alike, and the postings of their terms."""
    rows: dict[_Name, list[str]] = defaultdict(list)
    alike: dict[object, _Name] = {}
    terms: dict[str, str] = {}
    postings: dict[str, Posting] = {}
    for key, unit in _named_units(store):
        found_by = unit.ways, unit.tags
        if found_by not in alike:
            (weighted,) = weighted_units(store, [unit])
            posting = _posting(weighted, places, documents)
            term = terms.setdefault(repr(posting), f"={len(terms)}")
            postings[term] = posting
            alike[found_by] = _name(weighted, term)
        rows[alike[found_by]].append(key)
    return [[*name, "|".join(keys)] for name, keys in rows.items()], postings


def _named_units(store: "SearchableStore") -> Iterator[tuple[str, Unit]]:
    """Yield every name of the vocabulary that a query may have, as its stems, with the unit that it is."""
    keys = sorted(_keys(store))
    for start in range(0, len(keys), _BATCH):
        named = store.named(keys[start : start + _BATCH])
        words = ([Token(form, form) for form in key.split()] for key in named)
        units = [name_unit(each, *name) for each, name in zip(words, named.items(), strict=True)]
        counts = stem_counts(store, units)
        yield from ((key, answerable_ways(unit, counts)[0]) for key, unit in zip(named, units, strict=True))


def _keys(store: "SearchableStore") -> set[str]:
    """Return what may be a name: those of terms, of sources and of statuses, and the words of names of people."""
    terms = [term for kind in TERM_KINDS for term in store.vocabulary.of(kind).values()]
    people = store.vocabulary.of("person").values()
    sources = ((each.id, each.title, each.container_title or "") for each in store.sources())
    names = [name for group in (*(term.names for term in terms), *sources, *STATUS_WORDS.values()) for name in group]
    keys = {*map(stemmed, names), *(stem(word) for term in people for name in term.names for word in tokens(name))}
    return {key for key in keys if 0 < len(key.split()) <= scoring.LONGEST_NAME and not {*key.split()} <= STOP_WORDS}


def _posting(weighted: WeightedUnit, places: Mapping[int, int], documents: Sequence["Document"]) -> Posting:
    said: Weights = {}
    about: Weights = {}
    for number in sorted(weighted.candidates & places.keys()):
        place = places[number]
        if found := fields_with(documents[place], weighted):
            of_field = said if max(found, key=lambda each: found[each][0]) in SAID else about
            of_field[place] = _rounded(sum(weight for weight, *_ in found.values()))
    return said, about


def _name(weighted: WeightedUnit, term: str) -> _Name:
    unit = weighted.unit
    reading = next((each.read_as for each in unit.taken_for), "")
    return _Name(term, _rounded(weighted.importance), unit.is_decisive, unit.is_common, reading)


# ---------------------------------------------------------------- words


def _words(store: "SearchableStore", facts: Iterable["Fact"]) -> dict[str, list[str]]:
    """Return the known words by kind, the forms of each stem as `stem:form:form`, or `stem` if that is the only form.

    A mistyped word is corrected to one of `facts` or of `names`. Those that are only `known` are synonyms, and English
    words that are inflected ones of the facts; without those that are stems in a name, which the page has anyway.
    """
    of_facts = {form for fact in facts for text in _texts(fact) for form in tokens(text)}
    of_kind = {kind: _forms(store, kind) for kind in TERM_KINDS}
    names = of_kind["actor"] | of_kind["person"] | of_kind["place"]
    correctable = of_facts | of_kind["topic"] | of_kind["unit"]
    synonyms = {form for form in of_kind["term"] if form != stem(form)}
    known = synonyms.union(_inflected(of_facts)) - correctable - names
    return {"known": _grouped(known), "facts": _grouped(correctable - names), "names": _grouped(names)}


def _grouped(forms: Iterable[str]) -> list[str]:
    by_stem: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        by_stem[stem(form)].append(form)
    return [each if found == [each] else ":".join([each, *found]) for each, found in by_stem.items()]


def _texts(fact: "Fact") -> list[str]:
    return [fact.statement, *fact.aliases, *(cite.quote for cite in fact.cites)]


def _forms(store: "SearchableStore", kind: "TermKind") -> set[str]:
    return {form for term in store.vocabulary.of(kind).values() for name in term.names for form in tokens(name)}


def _inflected(of_facts: set[str]) -> Iterator[str]:
    """Yield the English words that are inflected ones of words of the facts."""
    relatives: dict[str, list[str]] = defaultdict(list)
    for form in of_facts:
        relatives[stem(form)].append(form)
    for word in english.all_words():
        if any(is_inflection(word, each) for each in relatives.get(stem(word), ())):
            yield word


def _bloom_filter(words: Sequence[str]) -> dict[str, object]:
    """Return a Bloom filter of words, which are not corrected: the words themselves would take six times as much."""
    size = _BITS * len(words)
    bits = bytearray(size // 8 + 1)
    for word in words:
        first, second = (_hash(word, seed) for seed in _SEEDS)
        for turn in range(_HASHES):
            place = (first + turn * second) % size
            bits[place // 8] |= 1 << place % 8
    return {"size": size, "hashes": _HASHES, "seeds": _SEEDS, "bits": b64encode(bits).decode()}


def _hash(word: str, seed: int) -> int:
    """Return the FNV-1a hash of a word of 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/)."""
    for byte in word.encode():
        seed = (seed ^ byte) * _PRIME & 0xFFFFFFFF
    return seed


# ---------------------------------------------------------------- tables


def _by_kind(kinds: Mapping[tuple[str, ...], str]) -> dict[str, str]:
    return {" ".join(words): kind for words, kind in kinds.items()}


_LETTERS = (*map(chr, (*SIMILAR_LETTERS, *ARABIC_SEPARATORS, *DASHES)), *"ß٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
"""Letters, signs and digits that a search reads as others, and that Unicode's normal form does not make those."""

_TABLES: dict[str, object] = {
    "scoring": {
        "kind": scoring.KIND,
        "preferred": scoring.PREFERRED,
        "cut": scoring.CUT,
        "nearest": scoring.NEAREST,
        "pool": scoring.POOL,
        "longestName": scoring.LONGEST_NAME,
        "longestQuery": scoring.MAX_QUERY,
    },
    "letters": {letter: with_ascii_signs(fold(letter)) for letter in _LETTERS},
    "stop": sorted(STOP_WORDS),
    "light": sorted(LIGHT_WORDS | asked.ASKING_WORDS),
    "conjunctions": sorted(CONJUNCTIONS),
    "asking": asked.ASKING,
    "months": {word: value for word, (letter, value) in date_words.WORDS.items() if letter == "M"},
    "otherMonths": {word: value for word, (letter, value) in date_words.WORDS.items() if letter == "m"},
    "dateBounds": [_by_kind(typed_dates.BEFORE.kinds), _by_kind(typed_dates.BEHIND.kinds)],
    "numberBounds": [_by_kind(typed_numbers.BEFORE.kinds), _by_kind(typed_numbers.BEHIND.kinds)],
    "scales": SCALES,
    "fractions": FRACTIONS,
    "numberWords": numbers.WORDS,
    "dollars": sorted(numbers.SIGNS),
    "currencies": typed_numbers.CURRENCIES,
    "unsaidScales": numbers.UNSAID_SCALES,
    "firstYear": FIRST_YEAR,
    "noEnd": NO_END,
}
"""The constants and words of the search, as they are in the tool."""
