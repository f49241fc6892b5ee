"""`tajsec coverage`: how much of each document is cited."""

from collections.abc import Callable

RunJson = Callable[..., dict]


def test_coverage_is_whole_in_all_five_documents(run_json: RunJson) -> None:
    found = run_json("coverage")
    assert found["count"] == 5
    assert {(row["share"], len(row["uncited"])) for row in found["sources"]} == {(1.0, 0)}
    assert sum(cell["facts"] for cell in found["topics"]) > 428
