"""Search while somebody types: the last word of the query may not be finished."""

from collections.abc import Mapping, Sequence
from json import loads
from typing import TYPE_CHECKING, NamedTuple

from tajsec.search.answer import Answer, search
from tajsec.search.operators import readable
from tajsec.text.forms import fold

if TYPE_CHECKING:
    from tajsec.model.protocol import SearchableStore
    from tajsec.model.selection import Selection
    from tajsec.text.jsontext import Json


PARTLY = "answers part of it:"
"""The line above the facts that answer a part of a query."""


class Row(NamedTuple):
    """A found fact as its JSON object, with the spans (start, end) of the words of its statement that match."""

    record: "Json"
    spans: Sequence[tuple[int, int]] = ()


class Found(NamedTuple):
    """The facts that were found, best first, and the number of all; if there are none, `reasons` says why."""

    rows: Sequence[Row]
    total: int
    reasons: Sequence[str] = ()
    told: Sequence[str] = ()
    """The lines that say which words were read as others."""


def narrow(store: "SearchableStore", typed: str, selection: "Selection", *, limit: int | None) -> Found:
    """Return the facts of a selection that answer what was typed so far, the best `limit` of them, or all.

    A last word that the store does not know, with no space behind it, is a prefix; one of a single letter is left out.
    Of an unfinished operator, what can be read counts. Without a word every fact is returned, in the order of the
    files. Raises UsageError for a query of over 256 characters.
    """
    queries = [readable(each) for each in _queries(store, readable(typed))]
    if not any(map(str.isalnum, queries[0])):
        rows = [Row(loads(text)) for text in store.objects(store.select(selection, limit=limit))]
        return Found(rows, store.count(selection), () if rows else ("no fact meets these filters",))
    for query in queries:
        answer = search(store, query, selection, limit=limit)
        if answer.matches:
            break
    texts = store.objects([match.number for match in answer.matches])
    records = map(loads, texts)
    rows = [Row(each, match.highlights(each["statement"])) for each, match in zip(records, answer.matches, strict=True)]
    return Found(rows, answer.total, () if rows else reasons(answer), told(answer))


def _queries(store: "SearchableStore", typed: str) -> list[str]:
    """Return the queries to try in turn: with an unfinished last word as a prefix first."""
    start, _, last = typed.rpartition(" ")
    word = fold(last)
    if not word.isalpha():
        return [typed]
    if len(word) == 1:
        return [start]  # too many words begin with one letter
    return [typed] if store.stems_of([word]) else [f"{typed}*", typed]


def told(answer: Answer) -> list[str]:
    """Return the lines that say which words of a query were read as others, and which nothing here has."""
    lines = [each.words for each in answer.taken_for]
    if answer.matches and answer.left_out:
        lines.append(f"left out: {', '.join(answer.left_out)}; nothing here is called that")
    return lines


def nearest_lines(answer: Answer, statements: Sequence[str]) -> list[str]:
    """Return the lines on the facts that answer a part of a query, each with the parts that it misses."""
    near = zip(statements, answer.nearest, strict=True)
    lines = [f"  {text} ({match.id}; without {', '.join(match.missing)})" for text, match in near]
    return [PARTLY, *lines] if lines else []


def near_lines(near_words: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a line for each unknown word that names the known words most like it."""
    return [f"{word}: did you mean {' or '.join(found)}?" for word, found in near_words.items()]


def reasons(answer: Answer) -> list[str]:
    """Return the lines that say why an answer is empty, and what may help."""
    nearest = [f"nearest: {', '.join(match.id for match in answer.nearest)}"] if answer.nearest else []
    return [*answer.reasons, *near_lines(answer.near_words), *nearest]
