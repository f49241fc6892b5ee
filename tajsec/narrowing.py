"""What is found while somebody types: the answer to a query whose last word may not be finished."""

from collections.abc import Sequence
from json import loads
from typing import TYPE_CHECKING, NamedTuple

from tajsec.search import Answer, Match, search
from tajsec.text import fold

if TYPE_CHECKING:
    from tajsec.jsontext import Json
    from tajsec.protocol import SearchableStore
    from tajsec.selection import Selection

ENDINGS = 5
"""Words for which an unfinished one is taken at most: those that stand in most facts."""
LONGEST_WORD = 24
MOST_FORMS = 1000
"""Words that are looked at for what an unfinished one may become."""


class Row(NamedTuple):
    """A fact that is left, as its JSON object, with the words of its statement that answer (offsets: start, end)."""

    record: "Json"
    spans: Sequence[tuple[int, int]] = ()


class Found(NamedTuple):
    """The facts that are left, best first; `total` counts them all. Where there is none, `reasons` say why."""

    rows: Sequence[Row]
    total: int
    reasons: Sequence[str] = ()


def narrow(store: "SearchableStore", typed: str, selection: "Selection", *, limit: int) -> Found:
    """Give the facts that what was typed so far leaves of a selection, the first `limit` of them.

    A last word that the store does not know, with no space behind it, stands for the words that begin with it. Before
    the first letter every fact is left. Raises UsageError for a query of over 256 characters.
    """
    if not any(map(str.isalnum, typed)):
        rows = [Row(loads(text)) for text in store.objects(store.select(selection, limit=limit))]
        return Found(rows, store.count(selection), () if rows else ("no fact meets these filters",))
    answers = [search(store, query, selection) for query in _finished(store, typed) or [typed]]
    matches = _best(answers)
    texts = store.objects([match.number for match in matches[:limit]])
    rows = [_row(loads(text), match) for text, match in zip(texts, matches, strict=False)]
    return Found(rows, len(matches), () if matches else _reasons(answers[0]))


def _finished(store: "SearchableStore", typed: str) -> list[str]:
    """Give what a query may become whose last word is not finished; nothing if it is."""
    start, _, last = typed.rpartition(" ")
    word = fold(last)
    if not word.isalpha() or store.stems_of([word]):
        return []
    forms = store.forms_of_length(len(word) + 1, LONGEST_WORD, word[0])
    stems = store.stems_of([form for form in forms if form.startswith(word)][:MOST_FORMS])
    facts = store.frequencies(sorted(set(stems.values())))
    by_stem = {stem: form for form, stem in sorted(stems.items(), reverse=True)}
    likeliest = sorted(by_stem, key=lambda stem: (-facts.get(stem, 0), stem))[:ENDINGS]
    return [f"{start} {by_stem[stem]}".strip() for stem in likeliest]


def _best(answers: Sequence[Answer]) -> list[Match]:
    """Give the matches of several answers as one, each fact as it scores best."""
    best: dict[int, Match] = {}
    for match in (match for answer in answers for match in answer.matches):
        if match.number not in best or best[match.number].score < match.score:
            best[match.number] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.id))


def _row(record: "Json", match: Match) -> Row:
    return Row(record, match.highlights(record["statement"]))


def _reasons(answer: Answer) -> list[str]:
    near = [f"{word}: did you mean {' or '.join(found)}?" for word, found in answer.near_words.items()]
    nearest = [f"nearest: {', '.join(match.id for match in answer.nearest)}"] if answer.nearest else []
    return [*answer.reasons, *near, *nearest]
