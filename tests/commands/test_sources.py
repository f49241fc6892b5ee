"""`tajsec sources`: the documents."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]


@pytest.mark.parametrize("width", [80, 140])
def test_on_a_terminal_a_document_is_a_row_with_the_number_of_its_facts(run: Run, store: Store, width: int) -> None:
    lines = run("sources", tty=width).text.splitlines()
    assert len(lines) <= 4.5 * len(store.sources()) * 80 / width + 8
    for source in store.sources():
        (row,) = [line for line in lines if line.startswith(f"{source.id} ")]
        assert row.endswith(f" {sum(source.id in fact.sources for fact in store.facts())}")
    assert lines[-4:-1] == ["* date inferred", "tajsec show ID has all that is known of a document.", ""]
    assert lines[-1].startswith(f"{store.count()} facts from {len(store.sources())} documents")


def test_a_document_without_facts_is_listed_with_none(run: Run, small: Path) -> None:
    unused = small / "seeds" / "unused.toml"
    text = (small / "seeds" / "paper.toml").read_text("utf-8")
    unused.write_text(text.replace('id = "paper"', 'id = "unused"'), "utf-8")
    (row,) = [line for line in run("sources", "--facts", str(small), tty=80).text.splitlines() if "unused" in line]
    assert row.endswith(" 0")
