"""How near one word is to another."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tajsec.spelling import one_slip_away

WORDS = st.text(alphabet="abc", min_size=1, max_size=7)


@given(WORDS, st.lists(WORDS))
def test_words_one_slip_away_are_those_at_optimal_string_alignment_distance_one(typed: str, words: list[str]) -> None:
    assert one_slip_away(typed, words) == [word for word in words if OSA.distance(typed, word) == 1]
