"""What became of a sealed text in another version of it; the two versions of NATO's page are the real case."""

from collections.abc import Callable
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


# ---------------------------------------------------------------- what is told of each change

VERSIONS = Path(__file__).parent / "versions_told.txt"

CHANGED = {
    "a word is another": (
        "The army got 400 old boats from the embassy.",
        "The army got 450 old boats from the embassy.",
    ),
    "words are put in and left out at the ends": (
        "In 2012 the army got boats from the embassy",
        "the army got boats from the embassy for good",
    ),
    "a passage of one word": ("Radios|The army got boats.", "RADIOS|The navy got boats."),
    "a passage of one word that is another": ("Radios|The army got boats.", "Boats|The army got boats."),
    "less than six of ten pairs of words are left": (
        "one two three four five six seven eight nine ten eleven",
        "one two three four five six 7 8 9 10 11",
    ),
    "six of ten pairs of words are left": (
        "one two three four five six seven eight nine ten eleven",
        "one two three four five six seven 8 9 10 11",
    ),
    "a passage is part of a longer one": (
        "the army got boats",
        "it is said that in all these years the army got boats from nobody but the embassy",
    ),
    "the passage that shares more is the one that changed": (
        "the army got boats and radios in May from the embassy|the army got boats and radios in June from the ministry",
        "the army got boats and radios in June from the mission",
    ),
    "of passages that share the same, the nearer ones are paired": (
        "the army got boats in May 2012|the army got boats in May 2012",
        "the army got boats in May 2013|the army got boats in May 2014",
    ),
    "of two equal passages the one that is nearer changed": (
        "the army got boats in May 2012|the army got boats in May 2012",
        "Nothing of it|the army got boats in May 2013",
    ),
    "of a passage that was once there and is twice, one copy is new": (
        "the army got boats from the embassy in May",
        "the army got boats from the embassy in June|the army got boats from the embassy in July",
    ),
    "a passage that was twice there and is once": (
        "the army got boats from the embassy in June|the army got boats from the embassy in July",
        "the army got boats from the embassy in May",
    ),
    "split, joined, and changed at once": (
        "one two three four five six seven eight|nine ten eleven twelve thirteen fourteen",
        "one two three 4 five six|seven eight nine ten eleven 12 thirteen fourteen",
    ),
    "a passage further down that was split": (
        "It rained|one two three four five six seven eight nine ten",
        "It rained|So it went|one two three four 5|six seven eight nine 10",
    ),
    "a passage between two that were joined": (
        "one two three four five|a boat came by night|six seven eight nine ten",
        "one two three four five six seven eight nine 10|a boat came by day",
    ),
    "a new sentence between two passages that were joined": (
        "one two three four five|six seven eight nine ten",
        "one two three four five and more six seven eight nine ten",
    ),
    "the first of three passages is last": ("One boat|Two boats|Three boats", "Two boats|Three boats|One boat"),
    "the last of three passages is first": ("One boat|Two boats|Three boats", "Three boats|One boat|Two boats"),
    "the other way round": ("One boat|Two boats|Three boats", "Three boats|Two boats|One boat"),
    "of five passages the first and the last change places": (
        "One boat|Two boats|Three boats|Four boats|Five boats",
        "Five boats|Two boats|Three boats|Four boats|One boat",
    ),
    "of five passages the two first are last": (
        "One boat|Two boats|Three boats|Four boats|Five boats",
        "Three boats|Four boats|Five boats|One boat|Two boats",
    ),
    "of equal passages one is gone": ("One boat|Two boats|One boat", "One boat|Two boats"),
    "an equal passage is new": ("One boat|Two boats", "One boat|Two boats|One boat"),
    "a text of which nothing is left": ("One boat|Two boats", "Nothing of it"),
}
"""What happens -> the passages of the sealed text and of the other version, with a line between them."""

QUOTED = {
    "a word is another": ("the army got 400 boats|x", "now the army got 450 boats in all", ["the army got 400 boats"]),
    "the first word is another": ("Troops came by night", "Boats came by night", ["Troops came by night"]),
    "the last word is another": ("boats came by night", "boats came by day", ["boats came by night"]),
    "a word is put in": ("boats came by night", "boats, it is said, came by night", ["boats came by night"]),
    "a word is left out": ("the boats came by night", "the boats came", ["the boats came by night"]),
    "punctuation at the ends of words does not count": (
        "boats came by night", "(Boats) “boats came, by” night!", ["boats came by night"],
    ),
    "case counts": ("boats came by night", "Boats came by night", ["boats came by night"]),
    "half of the words are left": ("boats came by night", "boats came at dawn", ["boats came by night"]),
    "less than half of the words are left": ("boats came by night", "boats left at dawn", ["boats came by night"]),
    "half of the words are left, but in another order": (
        "boats came by night", "came at dawn many boats", ["boats came by night"],
    ),
    "the words stand far from each other": (
        "boats came by night", "boats came to us in many places and again in the same year by night",
        ["boats came by night"],
    ),
    "the quote stands in the middle of a long passage": (
        "boats came by night",
        "one two three four five six seven boats came by day eight nine ten eleven twelve",
        ["boats came by night"],
    ),
    "words of the quote stand before it too": (
        "seven boats came by night", "By night we slept, and seven boats came by day and night",
        ["seven boats came by night"],
    ),
    "the first words of the quote stand far before it": (
        "by night boats came ashore", "by night it rained and all of us slept while ten boats came ashore",
        ["by night boats came ashore"],
    ),
    "the last words of the quote stand far behind it": (
        "ten boats came ashore by night", "two boats came ashore while all of us slept by night",
        ["ten boats came ashore by night"],
    ),
    "a number is another": ("phase IX began", "phase I began", ["phase IX began"]),
    "of a long quote nearly half of the words are left": (
        "one two three four five six seven", "one two three 4 5 6 7", ["one two three four five six seven"],
    ),
    "a cut quote": ("over 5 boats came", "over 5 boats came", ["over 6 boats came"]),
    "two quotes that are in two passages now": (
        "boats came by night, and planes left by day",
        "boats came by night, indeed|it rained|planes left by dawn",
        ["boats came by night", "planes left by day"],
    ),
    "two quotes, one of which is gone": (
        "boats came by night, and planes left by day", "boats came by night, indeed",
        ["boats came by night", "planes left by day", "boats came by night"],
    ),
    "two quotes, of one of which no word is left": (
        "boats came by night, and planes left at noon", "boats came by night, indeed",
        ["boats came by night", "planes left at noon"],
    ),
    "two quotes that are in two passages now, the first once more in a third": (
        "boats came by night, and planes left at noon",
        "boats came by night, indeed|planes left at noon, too|boats came by night, again",
        ["boats came by night", "planes left at noon"],
    ),
    "two quotes with the same change": (
        "boats came by night and left", "boats came by day and left",
        ["boats came by night", "came by night and left"],
    ),
    "a quote that is twice there now": (
        "boats came by night, then", "boats came by night, then none|boats came by night, at last",
        ["boats came by night"],
    ),
    "the passage with more of the words is the one that changed": (
        "boats came by night, then", "boats came by day|ten boats came by night", ["boats came by night"],
    ),
    "the nearer passage is the one that changed": (
        "x|boats came by night", "boats came by day|boats came by dawn|boats came by dusk", [], ["boats came by night"],
    ),
    "two passages with the same quote, one of which is left": (
        "boats came by night, then|boats came by night, now", "boats came by night, at last",
        ["boats came by night"], ["boats came by night"],
    ),
    "a passage without a quote": ("boats came by night", "boats came by day"),
}  # fmt: skip
"""What happens -> both versions, and the quotes of each passage of the sealed one, which is not at hand."""


def told(old: str, new: str, quotes: dict[int, list[str]] | None) -> str:
    """What is told of each passage of a text and of the new ones of its other version."""
    sealed, lines = old.split("|"), new.split("|")
    found = compare(source_of("\n".join(sealed)), lines, sealed=None if quotes else sealed, quotes=quotes or {})
    text = ""
    for each in found:
        words = ", ".join(f"“{change.was}” -> “{change.now}”" for change in each.words)
        is_part = "" if each.is_whole else "in quotes: "
        text += f"  {each.n} {each.kind} {' '.join(map(str, each.now))}: {is_part}{words}".rstrip(": ") + "\n"
    new_ones = added(found, lines)
    return text + (f"  new: {' '.join(map(str, new_ones))}\n" if new_ones else "")


def test_what_is_told_of_each_change_is_as_it_was(agree: Callable[[Path, str], None]) -> None:
    text = "with the sealed text\n"
    for name, (old, new) in CHANGED.items():
        text += f" {name}: {old} => {new}\n{told(old, new, None)}"
    text += "with the quotes alone\n"
    for name, (old, new, *quotes) in QUOTED.items():
        text += f" {name}: {old} => {new}\n{told(old, new, dict(enumerate(quotes, 1)) or {2: []})}"
    agree(VERSIONS, text)


def test_words_that_are_frequent_in_a_long_passage_are_compared_too() -> None:
    old = " ".join(f"{n} the boat" for n in range(100))
    new = old.replace("50 the boat 51", "fifty the boat fifty-one")
    (found,) = compare(source_of(old), [new], sealed=[old], quotes={})
    assert [tuple(each) for each in found.words] == [("50", "fifty"), ("51", "fifty-one")]
    (found,) = compare(source_of(old), [new], sealed=None, quotes={1: ["the boat the boat"]})
    assert [tuple(each) for each in found.words] == [("", "1")]


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
