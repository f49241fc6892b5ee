"""What a search asks a store ahead, step by step: a text copy of it, for a file and for a large store."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tajsec.model.protocol import Question, SearchableStore
from tajsec.search.answer import questions_of, search
from tajsec.search.filters import filter_questions, selection

COPY = Path(__file__).with_name("asked_ahead.txt")
QUERIES = (
    "radios", "raidos", "nihgt vison devises", "how many nato officers visited dushanbe", "sniperrifle", "back hoes",
    "march 2012", "since 2012", "in march", "4,862 radios", "40m usd", "7-9 thousand", "ambul*", "radios OR jeps -nato",
    '"short- and long-range" radios', "radios -2012", "Robert Gates", "coping with bombs", "submarines", "WTO's",
)  # fmt: skip
FILTERED = {"actor": "nato", "since": "2005"}


def told(question: Question) -> str:
    """Return a question as a line; a list of numbers of facts by its length."""
    if not isinstance(question, partial):
        return getattr(question, "__name__", repr(question))
    args = (f"{len(each)} facts" if is_numbers(each) else repr(each) for each in question.args)
    return f"{question.func.__name__}({', '.join([*args, *map(repr, question.keywords.values())])})"


def is_numbers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], int)


def test_what_is_asked_ahead_is_as_it_was(
    store: SearchableStore, monkeypatch: pytest.MonkeyPatch, agree: Callable[[Path, str], None]
) -> None:
    lines: list[str] = []

    def note(_store: SearchableStore, questions: Callable[[], list[Question]]) -> None:
        lines.extend(["  together:", *(f"    {told(each)}" for each in questions())])

    monkeypatch.setattr(type(store), "together", note)
    for bound in (5000, 0):
        monkeypatch.setattr("tajsec.search.scoring.BOUNDED_ABOVE", bound)
        for query in QUERIES:
            lines.append(f"{query} {'(large)' if bound == 0 else ''}".rstrip())
            search(store, query, selection(store))
    for query in ("radios", "raidos"):
        lines.append(f"{query} {FILTERED}")
        store.together(lambda query=query: [*filter_questions(store), *questions_of(store, query)])
        search(store, query, selection(store, **FILTERED))
    assert list(questions_of(store, '"')) == []
    agree(COPY, "\n".join(lines) + "\n")
