"""Text: sealed in one form, searched in another, printed in a third."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajsec.text.forms import counted, digest, fold, normalise, printable, refused, word_count
from tajsec.text.words import tokens


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\ufeff  one \t two\u00a0\u00a0three  ", "one two three"),
        ("one\n\n \t \n\ntwo", "one\ntwo"),
        ("cafe\u0301", "café"),
        ("one\u2028two", "one\ntwo"),
    ],
)
def test_normalising_folds_line_ends_white_space_and_unicode_form(before: str, after: str) -> None:
    assert normalise(before) == after


def test_a_noun_agrees_with_its_count() -> None:
    assert [counted(n, "source") for n in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")))))
def test_a_digest_does_not_depend_on_line_ends_unicode_form_or_trailing_space(lines: list[str]) -> None:
    text = "\n".join(lines)
    other = "\r\n".join(unicodedata.normalize("NFD", line) + " \t" for line in lines)
    assert digest(normalise(text)) == digest(normalise(other))


@pytest.mark.parametrize(("text", "count"), [("• 358 vehicles", 2), ("-", 0), ("", 0), ("mid- and senior- level", 4)])
def test_words_are_runs_with_a_letter_or_a_digit(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Раҳмон", "рахмон"),
        ("Қӯрғонтеппа", "кургонтеппа"),
        ("Ёлка", "елка"),
        ("Straße CAFÉ", "strasse cafe"),
        ("كابل", "کابل"),
        ("Łódź", "lodz"),
    ],
)
def test_folding_takes_case_accents_and_look_alike_letters_off(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_number_is_one_word_without_its_commas() -> None:
    assert tokens("4,862 radios, $10.5 million. O'Neil") == ["4862", "radios", "10.5", "million", "oneil"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "<U+001B>[31mred"),
        ("a\tb\nc", "a b c"),
        ("\u202egov", "<U+202E>gov"),
        ("\u200bx", "<U+200B>x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200dx", "<U+200D>x"),
        ("\x9b31m", "<U+009B>31m"),
        ("\ud800", "<U+D800>"),
        ("a\u2028b\u2029", "a<U+2028>b<U+2029>"),
        ("\ue000\U0010fffd", "<U+E000><U+10FFFD>"),
        ("\u0378\ufdd0", "<U+0378><U+FDD0>"),
        ("so\u00adft", "so<U+00AD>ft"),
        ("1\u00a0000\u3000", "1\u00a0000\u3000"),
        ("e" + "\u0301" * 20, "e" + "\u0301" * 8),
        ("[/] [sic] [link=x]y[/link]", "[/] [sic] [link=x]y[/link]"),
    ],
)
def test_a_terminal_is_shown_every_character_and_obeys_none(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_what_is_printed_holds_no_control_character(text: str) -> None:
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in printable(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", None),
        ("a\x07", "U+0007"),
        ("\u2066x", "U+2066"),
        ("Раҳмон", None),
        ("1\u00a0000", None),
        ("a\u2028b", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ue000", "U+E000"),
        ("\U000f0000", "U+F0000"),
        ("\u0378", "U+0378"),
        ("\ufffe", "U+FFFE"),
        ("می\u200cخواهم", None),
    ],
)
def test_data_may_not_hold_controls(text: str, found: str | None) -> None:
    assert refused(text) == found
