"""What became of a sealed text in another version of it; the two versions of NATO's page are the real case."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajsec.check.text_versions import PassageChange, WordChange, added, compare
from tajsec.data.read import read_source
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.text.forms import normalise

OLD = """A heading of the page
The embassy has provided 400 vehicles to the border guards of the country.
Three training centers were built, and two detachments were renovated, at a cost of $7 million in all.
A paragraph that goes away for good because nobody needed what it said.
The last paragraph stays where it is, word for word.
An early paragraph moves to the top of the page."""


def source_of(text: str) -> Source:
    return read_source(
        f'publisher = "P"\nurl = "https://example.org"\n{seal(text_document(text, "page.txt")).record}', "page.toml"
    )


def changes(new: str, *, sealed: bool = True, quotes: dict[int, list[str]] | None = None) -> list[PassageChange]:
    old = normalise(OLD).split("\n")
    return compare(source_of(OLD), normalise(new).split("\n"), sealed=old if sealed else None, quotes=quotes or {})


def kinds(found: list[PassageChange]) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.kind, each.now) for each in found]


NEW = """An early paragraph moves to the top of the page.
A heading of the page
The embassy has provided over 450 vehicles to the border guards of the country.
Three training centers were built, and two detachments were renovated,
at a cost of $7 million in all.
Something new is told here about helicopters and pilots.
The last paragraph stays where it is, word for word."""


def test_each_passage_is_the_same_moved_changed_split_or_gone_and_new_ones_are_named() -> None:
    found = changes(NEW)
    assert kinds(found) == [
        ("same", (2,)), ("changed", (3,)), ("changed", (4, 5)), ("gone", ()), ("same", (7,)), ("moved", (1,)),
    ]  # fmt: skip
    assert added(found, normalise(NEW).split("\n")) == [6]


def test_the_words_that_changed_are_named() -> None:
    found = changes(NEW)
    assert found[1].words == (WordChange(was="400", now="over 450"),)
    assert found[2].words == ()


def test_joined_passages_are_followed_too() -> None:
    lines = OLD.split("\n")
    found = changes("\n".join([lines[0], f"{lines[1]} {lines[2]}", *lines[3:]]))
    assert kinds(found)[:3] == [("same", (1,)), ("changed", (2,)), ("changed", (2,))]
    assert found[1].words == found[2].words == ()


def test_without_the_sealed_text_the_words_of_the_quotes_are_compared() -> None:
    quotes = {
        2: ["has provided 400 vehicles"],
        3: ["two detachments were renovated"],
        4: ["nobody needed what it said"],
    }
    found = changes(NEW, sealed=False, quotes=quotes)
    assert kinds(found)[1:4] == [("changed", (3,)), ("changed", (4,)), ("gone", ())]
    assert found[1].words == (WordChange(was="400", now="over 450"),)
    assert not found[1].is_whole


@given(st.permutations(range(6)))
def test_a_text_in_another_order_is_the_same_or_moved(order: list[int]) -> None:
    lines = OLD.split("\n")
    found = changes("\n".join(lines[n] for n in order))
    assert {each.kind for each in found} <= {"same", "moved"}
    assert sorted(each.now[0] for each in found) == [1, 2, 3, 4, 5, 6]


@given(st.lists(st.sampled_from(OLD.split("\n")), min_size=1, max_size=6, unique=True))
def test_what_a_text_leaves_out_is_gone_and_nothing_else_is(kept: list[str]) -> None:
    found = changes("\n".join(kept))
    lines = OLD.split("\n")
    assert [each.kind == "gone" for each in found] == [line not in kept for line in lines]


# ---------------------------------------------------------------- the two versions of NATO's page


@pytest.fixture(scope="session")
def nato(store: Store, texts: Path) -> dict[int, PassageChange]:
    """What became of the embassy's copy of the older page in the newer page."""
    old, new = store.source("tajik-embassy-2012"), store.source("nato-2017")
    lines = {each.id: normalise((texts / each.file).read_text(encoding="utf-8")).split("\n") for each in (old, new)}
    return {each.n: each for each in compare(old, lines[new.id], sealed=lines[old.id], quotes={})}


@pytest.mark.parametrize(
    ("n", "now", "words"),
    [
        (7, (10, 11), [
            ("plays", "played"), ("Allied operations", "the NATO-led International Security Assistance Force"),
        ]),
        (15, (20,), [("considering the creation of", "creating"), ("the creation of", "considering developing")]),
        (4, (31,), [("", "and Cooperation"), ("(IPP),", "(IPCP),")]),
        (32, (35,), [("2002 –", "2002:")]),
        (34, (37,), [("HQ.", "Headquarters.")]),
    ],
)  # fmt: skip
def test_the_report_on_natos_page_is_right(
    nato: dict[int, PassageChange], n: int, now: tuple[int, ...], words: list[tuple[str, str]]
) -> None:
    assert (nato[n].kind, nato[n].now) == ("changed", now)
    assert [(each.was, each.now) for each in nato[n].words] == words


def test_what_the_newer_page_dropped_is_gone_and_what_it_kept_is_the_same(nato: dict[int, PassageChange]) -> None:
    gone = {n for n, change in nato.items() if change.kind == "gone"}
    same = {n for n, change in nato.items() if change.kind == "same"}
    assert {18, 19, 20, 21, 26, 27, 42} <= gone
    assert {5, 6, 9, 10, 11, 12, 14, 17, 22, 23, 25, 36, 37, 40} == same


def test_the_munitions_project_is_told_to_be_completed(nato: dict[int, PassageChange]) -> None:
    was_and_now = [(each.was, each.now) for each in nato[13].words]
    assert was_and_now[-1][0] == "is currently under development."
    assert was_and_now[-1][1].startswith("was completed in 2015.")
