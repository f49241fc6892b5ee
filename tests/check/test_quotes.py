"""Whether a quote is a run of words of its passage: to the letter, and cut nowhere that changes what it says."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import sentence_words

from tajsec.check.quotes import flaw, start_of
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.text.forms import digest, normalise

PASSAGE = (
    "In all, over $330 million (a first sum) was paid; 4.5 million dollars were not given to the -5 degree test, "
    "and the 160 km of “ground sensors” cost 3.2 % more than 12,500 multi-lateral trainings [sic]."
)


@pytest.mark.parametrize(
    "quote",
    [
        "over $330 million (a first sum) was paid",
        "a first sum",
        "4.5 million dollars were not given",
        "-5 degree test",
        "ground sensors",
        "160 km of “ground sensors” cost",
        "3.2 % more than 12,500 multi-lateral trainings [sic]",
    ],
)
def test_a_run_of_whole_words_stands(quote: str) -> None:
    assert flaw(quote, PASSAGE) is None


@pytest.mark.parametrize(
    ("quote", "kind", "around"),
    [
        ("over $330 million (a second sum)", "absent", ""),
        ("over $330 million a first sum", "absent", ""),
        ("over $3300 million", "absent", ""),
        ("over $33 million", "absent", ""),
        ("4,5 million dollars", "absent", ""),
        ("5 million dollars were not", "cut", "paid; 4.5 million dollars were not given"),
        ("330 million (a first sum)", "cut", "over $330 million (a first sum) was"),
        ("$330 million (a first sum)", "figure", "over $330 million (a first sum) was"),
        ("12,500 multi-lateral trainings", "figure", "than 12,500 multi-lateral trainings [sic]."),
        ("In all, over $330", "figure", "In all, over $330 million"),
        ("5 degree test", "cut", "the -5 degree test, and"),
        ("lateral trainings", "cut", "12,500 multi-lateral trainings [sic]."),
        ("12,500 multi", "cut", "than 12,500 multi-lateral trainings"),
        ("given to the", "negation", "not given to the -5"),
        ("60 km of “ground", "cut", "the 160 km of “ground sensors”"),
        ("n all", "cut", "In all, over"),
        ("trainings [si", "cut", "multi-lateral trainings [sic]."),
        ("", "absent", ""),
        ("Over $330 million", "absent", ""),
        ('160 km of "ground sensors"', "absent", ""),
    ],
)
def test_a_quote_that_is_altered_or_cut_is_caught_and_shown_with_its_neighbours(
    quote: str, kind: str, around: str
) -> None:
    assert flaw(quote, PASSAGE) == (kind, around)


@pytest.mark.parametrize(
    ("quote", "passage", "kind"),
    [
        ("boats", "5 boats", None),
        ("5 boats", "15 boats", "cut"),
        ("5 boats", "over 5 boats", "figure"),
        ("5 boats", "over about 5 boats", "figure"),
        ("5 boats", "no more than the 5 boats", "figure"),
        ("5 boats", "no fewer than a total of 5 boats", "figure"),
        ("5 boats", "over the road came 5 boats", None),
        ("5 boats", "gave US$ 5 boats", "figure"),
        ("got 5", "got 5 million", "figure"),
        ("got 5", "got 5 hundred million boats", "figure"),
        ("got 5", "got 5 boats or million", None),
        ("got 5", "got 5 or more boats", "figure"),
        ("got 5", "got 5 to 7 boats", None),
        ("got 5", "got 5.", None),
        ("got 5", "got 5: boats", None),
        ("got 5", "got 5:30 boats", "cut"),
        ("got 5", "got 5% of it", "cut"),
        ("got 5", "got 5 % of it", "figure"),
        ("got boats", "has not got boats", "negation"),
        ("boats", "NOT yet of boats", "negation"),
        ("boats", "has not yet got any boats", None),
        ("boats", "didn’t get boats", "negation"),
        ("boats", "knot of boats", None),
        ("boats", "(boats)", None),
        ("5 boats", "(5 boats)", "cut"),
        ("5 boats", "–5 boats", None),
        ("boats", "a—boats--b", None),
    ],
)
def test_what_stands_beside_a_quote_may_change_what_it_says(quote: str, passage: str, kind: str | None) -> None:
    found = flaw(quote, passage)
    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    ("quote", "passage", "start"),
    [
        ("given to the army", "It was not given to the army; later it was given to the army.", 43),
        ("given to the army", "It was not given to the army.", None),
        ("a navy", "It was given to the army.", None),
        ("It", "It was It.", 0),
    ],
)
def test_a_quote_starts_at_the_first_place_where_it_stands(quote: str, passage: str, start: int | None) -> None:
    assert start_of(quote, passage) == start


def test_of_several_places_one_that_stands_is_enough() -> None:
    assert flaw("given to the army", "It was not given to the army; later it was paid and given to the army.") is None


@pytest.mark.parametrize("form", ["a\u0301 b", "\u00e1 b", "  \u00e1   b ", "\u00e1\u00a0b"])
def test_unicode_form_and_space_do_not_count(form: str) -> None:
    assert flaw(form, "x \u00e1 b y") is None


# ---------------------------------------------------------------- laws


@given(words=sentence_words, place=st.data())
def test_any_quote_altered_in_one_character_is_caught(words: list[str], place: st.DataObject) -> None:
    passage = " ".join(words)
    start = place.draw(st.integers(0, len(words) - 3))
    quote = " ".join(words[start : place.draw(st.integers(start + 3, len(words)))])
    offset = place.draw(st.integers(0, len(quote) - 1))
    assume(quote[offset] != " ")
    other = place.draw(st.sampled_from("0123456789.,-+$%()x"))
    altered = quote[:offset] + other + quote[offset + 1 :]
    assume(altered not in passage)
    assert flaw(altered, passage) is not None


@given(words=sentence_words, place=st.data())
def test_any_quote_with_a_word_left_out_put_in_or_changed_is_caught(words: list[str], place: st.DataObject) -> None:
    passage = " ".join(words)
    gone = place.draw(st.integers(1, len(words) - 2))
    changes = [words[gone], "never"], [], ["never"]
    altered = " ".join(words[:gone] + place.draw(st.sampled_from(changes)) + words[gone + 1 :])
    assume(altered not in passage)
    assert flaw(altered, passage) is not None


@given(text=st.text(max_size=200), end=st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n", "\t\r\n "]))
def test_a_seal_is_stable_under_line_ends_unicode_form_and_trailing_space(text: str, end: str) -> None:
    import unicodedata

    sealed = digest(normalise(text))
    lines = re.split("\n", normalise(text))
    assert digest(normalise(end.join(lines) + end)) == sealed
    assert digest(normalise(unicodedata.normalize("NFD", text))) == sealed
    assert digest(normalise("\ufeff" + "\n".join(f"  {line}\t" for line in lines))) == sealed


def test_every_shipped_quote_altered_in_one_digit_sign_or_word_is_caught(
    store: Store, texts: Path, at_hand: Mapping[str, Source]
) -> None:
    passages = {
        source.id: normalise((texts / source.file).read_text(encoding="utf-8")).split("\n")
        for source in at_hand.values()
    }
    cites = [cite for fact in store.facts() for cite in fact.cites if cite.source in at_hand]
    assert cites
    for cite in cites:
        passage = passages[cite.source][cite.passage - 1]
        words = cite.quote.split()
        altered = [re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), cite.quote, count=1)]
        altered += [" ".join(words[:n] + words[n + 1 :]) for n in range(1, len(words) - 1)]
        altered += [cite.quote.replace(",", ".", 1), cite.quote.replace("$", "€"), f"-{cite.quote}"]
        for quote in altered:
            assert quote == cite.quote or flaw(quote, passage), (cite, quote)
