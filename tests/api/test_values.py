"""The values of the Python API: frozen, and on one line in a terminal."""

import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import tajsec


@pytest.fixture(scope="module")
def facts(cache: Path) -> tajsec.Store:
    return tajsec.load(cache=cache)


def test_values_do_not_change_and_can_be_kept_and_pickled(facts: tajsec.Store) -> None:
    hits = facts.search("border", limit=5)
    with pytest.raises(FrozenInstanceError):
        hits[0].fact.statement = "Another one."
    with pytest.raises(TypeError):
        hits[0] = hits[1]
    assert pickle.loads(pickle.dumps(hits)) == hits  # noqa: S301
    assert len({*hits.facts, *hits[:2].facts, facts[hits[0].fact.id]}) == 5
    assert hits[-1] == hits[1:][3]


def test_a_fact_on_a_line_keeps_date_as_of_status_and_place(facts: tajsec.Store) -> None:
    assert repr(facts["us-security-assistance-since-1992"]).startswith(
        "<Fact us-security-assistance-since-1992: 1992 to April 2022: "
    )
    planned = facts.facts(status="planned")[0]
    assert "(planned, as of " in repr(planned)
    assert f"[{planned.cites[0].source} {planned.cites[0].passage}" in repr(planned)


def test_a_withdrawn_fact_says_so_wherever_it_is_shown(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'withdrawn = "The paper took it back."\n')
    store = tajsec.load(small, cache=False)
    assert (len(store), list(store)) == (0, [])
    for shown in (repr(store["seven-radios"]), store["seven-radios"]._repr_html_()):
        assert "The paper took it back." in shown


def test_a_long_listing_on_a_terminal_is_cut_with_a_count(facts: tajsec.Store) -> None:
    lines = repr(facts.facts()).splitlines()
    assert (lines[0], lines[-1]) == (f"<{len(facts)} facts>", f"... and {len(facts) - 10} more")
    assert len(lines) == 12
