"""What a command is asked: the packs that are added, the store that takes the place of the shipped one."""

from collections.abc import Callable
from pathlib import Path

from tajsec.model.protocol import Store

RunJson = Callable[..., dict]


def test_a_pack_adds_its_facts_and_may_cite_shipped_sources(run_json: RunJson, tmp_path: Path, store: Store) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[fact]]\nid = "my-fact"\nstatement = "A zeppelin hovered over Dushanbe."\nactors = ["us"]\n'
        'topics = ["equipment"]\nwhen = "2021"\nstatus = "stated"\n'
        'cites = [{ source = "us-embassy-2021", passage = 2, quote = "a quote of the passage" }]\n'
    )
    found = run_json("search", "zeppelin", "--facts", str(tmp_path))
    assert [fact["id"] for fact in found["facts"]] == ["my-fact"]
    assert run_json("list", "--facts", str(tmp_path))["count"] == len(store.facts()) + 1


def test_a_whole_store_stands_in_place_of_the_shipped_one(run_json: RunJson, small: Path) -> None:
    assert [fact["id"] for fact in run_json("list", "--facts", str(small))["facts"]] == ["seven-radios"]
