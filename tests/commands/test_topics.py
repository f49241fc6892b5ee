"""`tajsec topics`, `tajsec actors` and `tajsec places`: names with their numbers of facts."""

from collections.abc import Callable

import pytest

from tajsec.model.protocol import Store

RunJson = Callable[..., dict]


@pytest.mark.parametrize(("command", "kind"), [("topics", "topic"), ("actors", "actor"), ("places", "place")])
def test_terms_are_counted_with_their_parts_and_within_the_filters(
    run_json: RunJson, store: Store, command: str, kind: str
) -> None:
    facts = run_json("list", "--status", "planned")["facts"]
    for term in run_json(command, "--status", "planned")[command]:
        ids = store.vocabulary.within(kind, term["id"])
        assert term["facts"] == sum(not ids.isdisjoint(fact[command]) for fact in facts) > 0
