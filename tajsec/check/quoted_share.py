"""How much of a document the quotes of the facts hold together.

Short quotes are receipts; many of them can add up to the document. Of a document that is not in the public domain, all
quotes together hold at most `MAX_SHARE` of the words of its claims and captions, and of no sentence every word.

With the text (`tajsec verify --text`) each word is counted that a quote covers. Without it (`tajsec lint`) the words of
the quotes are counted, which is the same unless quotes overlap: two that share words count them twice.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Source
from tajsec.text.dates import Edtf
from tajsec.text.forms import normalise, word_count

MAX_SHARE = 0.5
"""Of the words of a document: whoever has the quotes alone is left without the greater part of it."""
LEAST_SENTENCE = 3
"""Words: fewer are a date, a name or an exclamation, of which no quote could leave a word out."""

_ABBREVIATIONS = (
    "Adm Art Asst Brig Capt cf Co Col Corp Dr ed Fig Gen Gov Inc Jr Lt Ltd Maj Mr Mrs Ms No Nos pp Prof Rep Sec Sen "
    "Sgt Sr St vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
).split()
_ABBREVIATED = re.compile(rf"(?<!\w)(?:(?:[^\W\d_]\.)+|(?:{'|'.join(_ABBREVIATIONS)})\.)$")
"""The end of a text that is an abbreviation: of one letter each (U.S., e.g., J.), or one of `_ABBREVIATIONS`."""
_BREAK = re.compile(r"(?:[.?!…][\"'”’)\]]*) (?=[\"'“‘(\[]*(\w))")
"""The end of a sentence, if a word that may begin one follows."""

Quotes = Mapping[tuple[str, int], Mapping[str, Sequence[str]]]
"""Source and passage -> each quote of it, normalised -> the ids of the facts that have it."""


class WholeSentence(NamedTuple):
    """A sentence every word of which is in a quote, and the facts that have these quotes."""

    passage: int
    text: str
    facts: Sequence[str]


class Share(NamedTuple):
    """How many words of a document's claims and captions are in quotes, and the sentences that are quoted whole."""

    source: Source
    quoted_words: int
    whole_sentences: Sequence[WholeSentence]

    @property
    def is_too_much(self) -> bool:
        """True if the quotes hold more of the words than `MAX_SHARE`."""
        return self.quoted_words > most_words(self.source)


class Count(NamedTuple):
    """The quoted words of a document as they were counted on a day."""

    quoted_words: int
    date: Edtf


def is_limited(source: Source) -> bool:
    """True if the quotes of a source may hold a part of it only: it is not in the public domain."""
    return source.rights != "public-domain"


def most_words(source: Source) -> int:
    """Return the most words of a source that quotes may hold."""
    return int(source.claim_words * MAX_SHARE)


def quotes_of(facts: Iterable[Fact]) -> Quotes:
    """Return the quotes of the facts by source and passage."""
    found: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        for cite in fact.cites:
            found[cite.source, cite.passage][normalise(cite.quote)].append(fact.id)
    return found


def words_of(quotes: Iterable[str]) -> int:
    """Return the number of words of distinct quotes of a passage; those of a quote within another are not counted."""
    distinct = set(quotes)
    return sum(word_count(each) for each in distinct if not any(each in other for other in distinct - {each}))


class _Sentence(NamedTuple):
    source: Source
    passage: int
    text: str
    quoting: Sequence[frozenset[str]]
    """For each of its words, the facts with a quote that covers it."""


def shares(store: Store, texts: Mapping[str, Sequence[str]]) -> list[Share]:
    """Return how much of each text the quotes of the store hold; `texts` are the sealed passages by source.

    A sentence that several texts have, as two versions of a page do, is judged by the quotes of all of them.
    """
    quotes = quotes_of(store.facts())
    found = {each: list(_sentences_of(store.source(each), lines, quotes)) for each, lines in texts.items()}
    whole = _quoted_whole(each for in_text in found.values() for each in in_text if is_limited(each.source))
    return [
        Share(
            source=store.source(source),
            quoted_words=sum(bool(facts) for each in in_text for facts in each.quoting),
            whole_sentences=[
                WholeSentence(each.passage, each.text, whole[each.text])
                for each in in_text
                if each.text in whole and is_limited(each.source) and any(each.quoting)
            ],
        )
        for source, in_text in found.items()
    ]


def _quoted_whole(found: Iterable[_Sentence]) -> dict[str, list[str]]:
    """Return the sentences every word of which is in a quote, each with the facts that have these quotes."""
    together = defaultdict[str, list[frozenset[str]]](list)
    for each in found:
        pairs = itertools.zip_longest(together[each.text], each.quoting, fillvalue=frozenset[str]())
        together[each.text] = [one | other for one, other in pairs]
    return {
        text: sorted(frozenset().union(*quoting))
        for text, quoting in together.items()
        if len(quoting) >= LEAST_SENTENCE and all(quoting)
    }


def _sentences_of(source: Source, lines: Sequence[str], quotes: Quotes) -> Iterator[_Sentence]:
    for passage in source.claim_passages:
        text, mine = lines[passage.n - 1], quotes.get((source.id, passage.n), {})
        spans = [(*match.span(), ids) for quote, ids in mine.items() for match in re.finditer(re.escape(quote), text)]
        for start, end in sentences(text):
            words = [_covering(spans, start + match.start(), start + match.end()) for match in _words(text[start:end])]
            yield _Sentence(source, passage.n, text[start:end].strip(), words)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text as `word_count` counts them."""
    return (match for match in re.finditer(r"\S+", text) if word_count(match[0]))


def _covering(spans: Iterable[tuple[int, int, Sequence[str]]], start: int, end: int) -> frozenset[str]:
    """Return the facts whose quotes have spans that overlap with that of a word."""
    return frozenset(fact for first, last, ids in spans if first < end and start < last for fact in ids)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a passage starts and ends; an abbreviation ends none."""
    breaks = (match for match in _BREAK.finditer(text) if not match[1].islower())
    ends = [match.end() for match in breaks if not _ABBREVIATED.search(text, 0, match.start() + 1)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def counts_on_record(store: Store) -> dict[str, Count]:
    """Return the last recorded count of the quoted words of each source.

    A count is left out if the sealed text or a fact that cites the source is not the one that was counted, and with a
    fact that was removed since.
    """
    facts = store.facts()
    ids = {fact.id for fact in facts}
    reviews = [review for review in store.reviews() if ids.issuperset(review.facts)]
    citing = defaultdict[str, list[Fact]](list)
    for fact in facts:
        for source_id in fact.sources:
            citing[source_id].append(fact)
    return {
        source.id: Count(review.quoted[source.id], review.date)
        for source in store.sources()
        for review in reviews  # the last one that counts remains
        if source.id in review.quoted and review.texts.get(source.id) == source.text_sha256
        if all(map(review.is_current, citing[source.id]))
    }
