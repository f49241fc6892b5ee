"""`tajsec coverage`: how much of each document is cited."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store
from tajsec.store.open import open_store

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_coverage_is_whole_in_every_document_that_was_read_whole(run_json: RunJson, store: Store) -> None:
    found = run_json("coverage")
    assert [row["id"] for row in found["sources"]] == [source.id for source in store.sources()]
    assert found["count"] == len(store.sources())
    whole = [row for row in found["sources"] if row["extent"] == "whole"]
    assert {(row["share"], len(row["uncited"])) for row in whole} == {(1.0, 0)}
    assert sum(cell["facts"] for cell in found["topics"]) > len(store.facts())  # once for each topic and source


def test_half_of_a_document_under_copyright_is_quoted_at_most(run_json: RunJson, store: Store) -> None:
    rows = run_json("coverage")["sources"]
    shares = {row["id"]: row["quoted_share"] for row in rows if store.source(row["id"]).rights == "copyright"}
    assert shares
    assert {each: share for each, share in shares.items() if share is None or not 0 < share <= 0.5} == {}


TEXT = """A paper
The United States gave over 7 radios in 2019.
On 5 October 2021 about 12,000 people crossed a bridge, for $3.5 million.
Nothing else may be said of it.
In March 2022 three posts were opened there.
"""


@pytest.fixture
def half_cited(small: Path, tmp_path: Path, run: Run) -> tuple[Path, Path]:
    """A store whose document has three passages that no fact cites, and the text of the document."""
    text = tmp_path / "paper.txt"
    text.write_text(TEXT, encoding="utf-8")
    record = run("seal", str(text)).text.split("\n\n", 1)
    head = (small / "seeds" / "paper.toml").read_text(encoding="utf-8").split("\n\n", 1)[0]
    passages = record[1] if len(record) > 1 else ""
    sealed = next(line for line in record[0].splitlines() if line.startswith("text_sha256"))
    lines = [sealed if line.startswith("text_sha256") else line for line in head.splitlines()]
    (small / "seeds" / "paper.toml").write_text("\n".join(lines) + f"\n\n{passages}", encoding="utf-8")
    return small, text


def test_what_is_left_to_cite_has_its_figures_and_dates(half_cited: tuple[Path, Path], run_json: RunJson) -> None:
    small, text = half_cited
    found = run_json("coverage", "--todo", "--text", str(text), "--facts", str(small))
    assert found["passages"] == [
        {
            "source": "paper", "passage": 3, "section": None, "role": "claim", "words": 13,
            "opening": "On 5 October 2021 about 12,000 people crossed a bridge, for $3.5…",
            "figures": ["about 12,000", "3,500,000 usd"], "dates": ["5 October 2021"],
        },
        {
            "source": "paper", "passage": 5, "section": None, "role": "claim", "words": 8,
            "opening": "In March 2022 three posts were opened there.", "figures": ["3"], "dates": ["March 2022"],
        },
    ]  # fmt: skip


def test_without_a_text_every_uncited_passage_is_listed_with_how_to_see_more(
    half_cited: tuple[Path, Path], run: Run
) -> None:
    reply = run("coverage", "--todo", "--facts", str(half_cited[0]), "--format", "tsv")
    assert [line.split("\t")[1] for line in reply.text.splitlines()] == ["passage", "3", "5", "4"]
    assert "3 passages without a text; their figures and dates" in reply.stderr
    assert "--text FILE_OR_DIR" in reply.stderr
    assert reply.status == 0


def test_a_passage_of_another_version_is_known_if_it_did_not_change(
    half_cited: tuple[Path, Path], run_json: RunJson, tmp_path: Path
) -> None:
    small, text = half_cited
    text.write_text(TEXT.replace("12,000", "13,000"), encoding="utf-8")
    found = run_json("coverage", "--todo", "--text", str(text), "--facts", str(small), "--source", "paper")
    assert [(each["passage"], each["figures"]) for each in found["passages"]] == [(5, ["3"]), (3, None)]


@pytest.mark.parametrize(
    ("options", "status", "line"),
    [
        (
            [word for source in open_store().sources() if source.extent == "whole" for word in ("--source", source.id)],
            0, "nothing is left to cite: each passage has a fact",
        ),
        (("--source", "nato-2018"), 2, "did you mean nato-2017"),
        (("--text", "no-such-folder"), 2, "no-such-folder: cannot be read"),
    ],
)  # fmt: skip
def test_the_documents_that_were_read_whole_have_nothing_left(
    run: Run, options: Sequence[str], status: int, line: str
) -> None:
    reply = run("coverage", "--todo", *options)
    assert (reply.status, reply.text) == (status, "")
    assert line in reply.stderr


def test_a_text_needs_todo(run: Run) -> None:
    assert "--text is for --todo" in run("coverage", "--text", "paper.txt").stderr
