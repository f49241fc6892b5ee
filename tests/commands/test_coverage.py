"""`tajsec coverage`: how much of each document is cited."""

from collections.abc import Callable

from tajsec.model.protocol import Store

RunJson = Callable[..., dict]


def test_coverage_is_whole_in_all_five_documents(run_json: RunJson, store: Store) -> None:
    found = run_json("coverage")
    assert found["count"] == 5
    assert {(row["share"], len(row["uncited"])) for row in found["sources"]} == {(1.0, 0)}
    assert sum(cell["facts"] for cell in found["topics"]) > len(store.facts())  # once for each topic and source
    shares = [row["quoted_share"] for row in found["sources"] if store.source(row["id"]).rights == "copyright"]
    assert all(0 < share <= 0.5 for share in shares)
