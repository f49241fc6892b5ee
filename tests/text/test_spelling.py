"""How near one word is to another."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tajsec.store.schema import SCHEMA
from tajsec.store.sql import SHORTEST_CORRECTION
from tajsec.store.sqlite import SqliteStore

WORDS = st.text(alphabet="abc", min_size=1, max_size=7)


@given(WORDS, st.sets(WORDS))
def test_words_one_slip_away_are_those_at_optimal_string_alignment_distance_one(typed: str, words: set[str]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    connection.executemany(
        "INSERT INTO word (form, length, is_correction) VALUES (?, ?, 1)", ((each, len(each)) for each in words)
    )
    meant = [each for each in words if len(each) >= SHORTEST_CORRECTION and OSA.distance(typed, each) == 1]
    assert [each.form for each in SqliteStore(connection).one_slip_away(typed)] == sorted(meant)
