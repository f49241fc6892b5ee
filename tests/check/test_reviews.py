"""Reviews: a fact that changed since it was compared fails, and the quotes that were found can be recorded."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sealed import change, check, codes, findings

from tajsec.check.reviews import recorded, review_of_quotes
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]
FACT = "facts/gear.toml"


def review(sealed: Path, run: Run, kind: str) -> None:
    fact = json.loads(run("show", "seven-radios", "--facts", str(sealed), "--json").text)["facts"][0]
    folder = sealed / "facts" / "reviews"
    folder.mkdir()
    (folder / "one.toml").write_text(
        f'[[review]]\nkind = "{kind}"\ndate = "2026-11-25"\ncompared = "all"\n'
        f'facts = {{ seven-radios = "{fact["content_hash"]}" }}\n'
    )


def test_search_words_and_relations_do_not_make_a_fact_another(run: Run, sealed: Path) -> None:
    review(sealed, run, "reading")
    change(sealed, FACT, "walkie-talkies", "handsets")
    assert check(run, sealed)["checks"]["read_by"] == {"run": 1, "passed": 1, "not_run": 0}


@pytest.mark.parametrize(("kind", "code"), [("reading", "V301"), ("quotes", "V107")])
def test_a_fact_that_changed_since_it_was_compared_is_found(run: Run, sealed: Path, kind: str, code: str) -> None:
    review(sealed, run, kind)
    assert codes(check(run, sealed)) == []
    before = json.loads(run("show", "seven-radios", "--facts", str(sealed), "--json").text)["facts"][0]["content_hash"]
    change(sealed, FACT, "The United States gave", "The United States once more gave")
    checks = check(run, sealed)["checks"]
    assert checks["quote_found"] == {"run": int(kind == "quotes"), "passed": 0, "not_run": 1}
    assert checks["read_by"] == {"run": int(kind == "reading"), "passed": 0, "not_run": int(kind == "quotes")}
    now = json.loads(run("show", "seven-radios", "--facts", str(sealed), "--json").text)["facts"][0]["content_hash"]
    expected = f"{before}, the hash of the fact that was compared on 2026-11-25"
    assert findings(sealed) == [(code, "seven-radios", "", 0, f"content hash {now}", expected)]


@pytest.mark.parametrize(("kind", "code"), [("reading", "V301"), ("quotes", "V107")])
@pytest.mark.parametrize("newer_first", [True, False])
def test_a_fact_is_current_if_any_review_has_it_as_it_is(
    run: Run, sealed: Path, kind: str, code: str, newer_first: bool
) -> None:
    review(sealed, run, kind)
    older = sealed / "facts" / "reviews" / "one.toml"
    change(sealed, FACT, "The United States gave", "The United States once more gave")
    assert codes(check(run, sealed)) == [code]
    fact = json.loads(run("show", "seven-radios", "--facts", str(sealed), "--json").text)["facts"][0]
    newer = older.with_name("a.toml" if newer_first else "z.toml")
    newer.write_text(
        f'{older.read_text().partition("facts =")[0]}facts = {{ seven-radios = "{fact["content_hash"]}" }}\n'
    )
    assert codes(check(run, sealed)) == []


def test_the_record_tells_when_quotes_were_last_found_and_in_which_text(run: Run, store: Store) -> None:
    recorded = json.loads(run("verify", "--json").text)["last_checked"]
    assert {each["source"] for each in recorded} == {source.id for source in store.sources()}
    assert all(each["text_sha256"] == store.source(each["source"]).text_sha256 for each in recorded)
    assert sum(each["quotes"] for each in recorded) == sum(len(fact.cites) for fact in store.facts())


def test_a_review_of_the_quotes_found_is_written_and_read_back(run: Run, sealed: Path, tmp_path: Path) -> None:
    output = tmp_path / "quotes.toml"
    found = check(run, sealed, "--text", str(sealed / "paper.txt"), "--record", str(output))
    assert found["findings"] == []
    (sealed / "facts" / "reviews").mkdir()
    output.rename(sealed / "facts" / "reviews" / "quotes.toml")
    last = check(run, sealed)["last_checked"]
    assert [(each["source"], each["quotes"]) for each in last] == [("paper", 1)]


def test_quotes_of_a_fact_that_changed_since_it_was_read_are_recorded(run: Run, sealed: Path, tmp_path: Path) -> None:
    review(sealed, run, "reading")
    change(sealed, FACT, "The United States gave", "The United States once more gave")
    output = tmp_path / "quotes.toml"
    assert codes(check(run, sealed, "--text", str(sealed / "paper.txt"), "--record", str(output))) == ["V301"]
    assert "seven-radios = " in output.read_text()


def test_no_review_is_written_without_a_text(run: Run, sealed: Path, tmp_path: Path) -> None:
    reply = run("verify", "--facts", str(sealed), "--record", str(tmp_path / "quotes.toml"))
    assert reply.stderr == "tajsec: error: no quote was found in a sealed text; give the texts with --text\n"
    assert not (tmp_path / "quotes.toml").exists()


def record(run: Run, sealed: Path, output: Path, *args: str) -> Reply:
    """Record the quotes of facts in a folder, and in another one that is read beside it."""
    folders = [each for folder in (sealed, output.parents[1]) for each in ("--facts", str(folder))]
    return run("verify", *args, *folders, "--text", str(sealed / "paper.txt"), "--record", str(output))


@pytest.fixture
def output(sealed: Path, tmp_path: Path) -> Path:
    """The file of a review in a folder with another fact of the document."""
    pack = tmp_path / "my-facts"
    (pack / "reviews").mkdir(parents=True)
    text = (sealed / FACT).read_text().replace("seven-radios", "the-radios")
    (pack / "more.toml").write_text(text.replace("States gave", "States once gave"))
    return pack / "reviews" / "quotes.toml"


def test_a_record_is_renewed_without_force_if_nothing_is_lost(run: Run, sealed: Path, output: Path) -> None:
    assert record(run, sealed, output, "the-radios").status == 0
    assert record(run, sealed, output).status == 0
    before = output.read_text()
    assert "seven-radios" in before
    refused = record(run, sealed, output, "the-radios")
    assert (refused.status, output.read_text()) == (2, before)
    assert refused.stderr == (
        f"tajsec: error: {output}: holds facts or documents that are not proved this time; "
        "name another file, or replace it with --force\n"
    )
    assert record(run, sealed, output, "the-radios", "--force").status == 0
    assert "seven-radios" not in output.read_text()


def test_a_record_is_renewed_without_a_fact_that_is_gone(run: Run, sealed: Path, output: Path) -> None:
    assert record(run, sealed, output).status == 0
    output.parents[1].joinpath("more.toml").write_text("")
    assert record(run, sealed, output).status == 0
    assert "the-radios" not in output.read_text()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"# checked by hand\n{text}",
        lambda text: text.replace("every quote", "some quotes"),
        lambda text: f"{text}\n{text}",
        lambda text: text.partition("\n[review.")[0] + "facts = 3\n",
        lambda _: "review = 3\n",
        lambda _: "",
        lambda _: "\udcff",
    ],
    ids=["comment", "other-kind", "two", "no-table", "no-review", "empty", "no-utf8"],
)
def test_a_record_of_another_hand_is_replaced_by_force_alone(
    run: Run, sealed: Path, output: Path, change: Callable[[str], str]
) -> None:
    assert record(run, sealed, output).status == 0
    before = change(output.read_text()).encode(errors="surrogateescape")
    aside = output.with_suffix(".txt")  # no file of the pack, so that the data remain readable
    aside.write_bytes(before)
    refused = record(run, sealed, aside)
    assert (refused.status, aside.read_bytes()) == (2, before)
    assert refused.stderr == f"tajsec: error: {aside}: exists already; --force replaces it\n"


def test_a_record_says_how_the_mark_of_a_draft_goes(run: Run, sealed: Path, output: Path) -> None:
    change(sealed, FACT, "places =", 'draft = "imported from rows.csv"\nplaces =')
    said = record(run, sealed, output).stderr.splitlines()
    assert "tajsec: 1 draft with quotes found: tajsec lint PACK --fix takes the mark where figures match" in said


def test_of_a_record_the_facts_that_it_has_are_told_and_no_others(run: Run, sealed: Path, tmp_path: Path) -> None:
    pack, output = tmp_path / "my-facts", tmp_path / "my-facts" / "reviews" / "quotes.toml"
    pack.mkdir()
    text = (sealed / FACT).read_text().replace("seven-radios", "the-radios")
    (pack / "more.toml").write_text(text.replace("States gave", "States once gave"))
    review(sealed, run, "quotes")
    folders = ("--facts", str(sealed), "--facts", str(pack))
    reply = run("verify", "the-radios", *folders, "--text", str(sealed / "paper.txt"), "--record", str(output))
    assert reply.stderr.splitlines()[0] == f"tajsec: recorded in {output}: 1 fact: 1 quote of paper"
    assert "on record" not in reply.stderr
    assert "the-radios = " in output.read_text()


def test_the_folder_of_a_review_is_made(run: Callable[..., Reply], sealed: Path, tmp_path: Path) -> None:
    record = tmp_path / "pack" / "facts" / "reviews" / "quotes.toml"
    text = ("--facts", str(sealed), "--text", str(sealed / "paper.txt"))
    run("verify", *text, "--record", str(record))
    assert "[[review]]" in record.read_text(encoding="utf-8")


def test_a_record_has_its_facts_documents_and_counts_in_the_order_of_their_ids() -> None:
    facts: list[Any] = [SimpleNamespace(id=each, content_hash=each * 2) for each in "ba"]
    texts: list[Any] = [SimpleNamespace(source=each, sha256=each * 2) for each in "dc"]
    shares: list[Any] = [SimpleNamespace(source=SimpleNamespace(id=each), quoted_words=5) for each in "dc"]
    assert review_of_quotes(facts, texts, shares, "2026-11-25") == (
        '[[review]]\nkind = "quotes"\ndate = "2026-11-25"\n'
        'compared = "every quote with the words of its passage, by tajsec verify --text"\n\n'
        '[review.texts]\nc = "cc"\nd = "dd"\n\n[review.quoted]\nc = 5\nd = 5\n\n[review.facts]\na = "aa"\nb = "bb"\n'
    )


def test_what_a_record_holds_is_told_by_document() -> None:
    facts: list[Any] = [
        SimpleNamespace(cites=[SimpleNamespace(source=each) for each in sources]) for sources in ("ba", "b", "ca")
    ]
    assert recorded(facts) == "3 facts: 2 quotes of a, 2 quotes of b, 1 quote of c"
