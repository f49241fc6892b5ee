"""The conditions of a query that a fact meets or does not: its phrases, and what it leaves out.

A phrase is a run of words of the statement or of a quote, in the form that was typed. What is left out may be there in
any form, by any name, or as a term that the fact is tagged with.
"""

from collections.abc import Sequence
from functools import partial
from json import loads
from typing import TYPE_CHECKING, NamedTuple

from tajsec.search.bounded import among
from tajsec.search.candidates import key_questions, key_weights
from tajsec.search.query import NAMING, Unit, phrase_words, understand
from tajsec.text.words import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tajsec.model.protocol import Question, SearchableStore
    from tajsec.search.sides import Side


class _Said(NamedTuple):
    """The words of a fact's statement and quotes, between spaces, and their stems."""

    words: str
    stems: str


def meeting(store: "SearchableStore", side: "Side", numbers: Sequence[int]) -> set[int]:
    """Return the numbers of those of the facts that meet the conditions of a side of a query."""
    facts = {number: _said(text) for number, text in zip(numbers, store.objects(numbers), strict=True)}
    phrases, excluded_phrases = (
        [f" {' '.join(phrase_words(each))} " for each in listed] for listed in (side.phrases, side.excluded_phrases)
    )
    found = {
        number
        for number, said in facts.items()
        if all(each in said.words for each in phrases) and not any(each in said.words for each in excluded_phrases)
    }
    for each in side.excluded:
        found -= _about(store, understand(store, each), {number: facts[number] for number in found})
    return found


def questions(store: "SearchableStore", side: "Side", numbers: Sequence[int]) -> "Iterator[Question]":
    """Yield what `meeting` asks of a store about facts."""
    yield partial(store.objects, numbers)
    for unit in (unit for each in side.excluded for unit in understand(store, each)):
        yield from key_questions(store, unit, numbers)


def excluded_in_vain(store: "SearchableStore", side: "Side") -> list[str]:
    """Return the excluded words that leave nothing out, as nothing here has them as they were typed."""
    return [each for each in side.excluded if not all(map(_is_as_typed, understand(store, each)))]


def _is_as_typed(unit: Unit) -> bool:
    return unit.is_known and all(taken.how != "spelling" for taken in unit.taken_for)


def _said(text: str) -> _Said:
    record = loads(text)
    texts = [tokens(each) for each in (record["statement"], *(cite["quote"] for cite in record["cites"]))]
    words, stems = (" | ".join(" ".join(map(form, each)) for each in texts) for form in (str, stem))
    return _Said(f" {words} ", f" {stems} ")


def _about(store: "SearchableStore", units: Sequence[Unit], facts: "dict[int, _Said]") -> set[int]:
    """Return those of the facts that have all units of an excluded word as it was typed; none if there are none."""
    found = [_with_unit(store, each, facts) if _is_as_typed(each) else set() for each in units]
    return set.intersection(*found) if found else set()


def _with_unit(store: "SearchableStore", unit: Unit, facts: "dict[int, _Said]") -> set[int]:
    ways = [way.phrases for way in unit.ways]
    found = {n for n, said in facts.items() if any(all(each in said.stems for each in phrases) for phrases in ways)}
    pool = among(store, list(facts))
    if unit.number or unit.date:  # less than 1 is overlap: "-2012" does not leave out what held from 2001 to 2022
        return {n for n, weight in key_weights(pool, unit).items() if weight >= 1}
    return found.union(*(pool.tagged(kind, term_id) for kind, term_id in unit.tags if kind in NAMING))
