"""Reviews: records of which facts were compared with their documents, by a reader (`reading`) or the tool (`quotes`).

A review counts for a fact only while the content hash of the fact is the one in the review.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import tomli_w

from tajsec.check.copies import Document
from tajsec.check.quoted_share import Share
from tajsec.data.toml import TomlFile
from tajsec.errors import UsageError
from tajsec.model.kinds import ReviewKind
from tajsec.model.records import Fact, Review
from tajsec.text.forms import counted

_COMPARED = "every quote with the words of its passage, by tajsec verify --text"
"""What a review of quotes says of itself."""
_TABLES = ("facts", "texts", "quoted")
"""Its keys by the ids of facts and documents."""


class LastChecked(NamedTuple):
    """When quotes of a source were last found in a text: the date, the text's digest, and the number of quotes."""

    source: str
    date: str
    text_sha256: str
    quotes: int


def reviews_of(facts: Iterable[Fact], reviews: Iterable[Review], kind: ReviewKind) -> dict[str, Review]:
    """Return the review of a kind that counts for each fact that has one; the reviews come oldest first.

    It is the last review of the fact as it is now. Only if there is none, it is the last review of an earlier form:
    several reviews of one day have no order, and a newer one may have been written into an older file.
    """
    by_fact = defaultdict[str, list[Review]](list)
    for review in reviews:
        if review.kind == kind:
            for fact_id in review.facts:
                by_fact[fact_id].append(review)
    return {
        fact.id: next((each for each in reversed(found) if each.is_current(fact)), found[-1])
        for fact in facts
        if (found := by_fact.get(fact.id))
    }


def last_checked(facts: Iterable[Fact], reviews: Mapping[str, Review]) -> list[LastChecked]:
    """Return when the quotes of each source were last found.

    `reviews` has the review of quotes that counts for each fact, by id, as `reviews_of` returns them.
    """
    counts = Counter(
        (cite.source, str(review.date), review.texts[cite.source])
        for fact in facts
        if (review := reviews.get(fact.id)) and review.is_current(fact)
        for cite in fact.cites
        if cite.source in review.texts
    )
    return [LastChecked(*key, quotes) for key, quotes in sorted(counts.items())]


def facts_to_record(facts: Iterable[Fact], failed: Collection[str], sealed: Iterable[Document]) -> list[Fact]:
    """Return the facts whose every quote was found in a sealed text; `failed` has the ids of those that have another.

    Raises UsageError if there is none.
    """
    texts = {document.source for document in sealed}
    found = [fact for fact in facts if fact.id not in failed and texts >= {*fact.sources}]
    if not found:
        raise UsageError("no quote was found in a sealed text; give the texts with --text")
    return found


def review_of_quotes(found: Iterable[Fact], sealed: Iterable[Document], quoted: Iterable[Share], date: str) -> str:
    """Return the TOML of a review of facts whose quotes were found in sealed texts, with their content hashes.

    `quoted` are the shares of the sealed texts that are quoted.
    """
    texts = {document.source: document.sha256 for document in sealed}
    review = {
        "kind": "quotes",
        "date": date,
        "compared": _COMPARED,
        "texts": dict(sorted(texts.items())),
        "quoted": {each.source.id: each.quoted_words for each in sorted(quoted, key=lambda each: each.source.id)},
        "facts": {fact.id: fact.content_hash for fact in sorted(found, key=lambda fact: fact.id)},
    }
    return tomli_w.dumps({"review": [review]})


def is_own(text: str) -> bool:
    """True for the TOML of a review as `review_of_quotes` returns it, without a comment or change by hand."""
    data = TomlFile("", text).data
    reviews = data.get("review")
    if not isinstance(reviews, list) or len(reviews) != 1 or not isinstance(reviews[0], dict):
        return False
    has_tables = all(isinstance(reviews[0].get(key), dict) for key in _TABLES)
    return has_tables and reviews[0].get("compared") == _COMPARED and tomli_w.dumps(data) == text


def is_renewal(earlier: str, review: str, there: Collection[str]) -> bool:
    """True if a review has all facts and documents of an earlier one of the tool's own that are still `there`."""
    (old,), (new,) = (TomlFile("", text).data["review"] for text in (earlier, review))
    return all(new[key].keys() >= {each for each in old[key] if each in there} for key in _TABLES)


def recorded(found: Iterable[Fact]) -> str:
    """Return what a review of facts records, in one line: `3 facts: 13 quotes of observatory-2024`."""
    facts = list(found)
    quotes = Counter(cite.source for fact in facts for cite in fact.cites)
    named = ", ".join(f"{counted(count, 'quote')} of {source}" for source, count in sorted(quotes.items()))
    return f"{counted(len(facts), 'fact')}: {named}"
