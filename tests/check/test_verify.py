"""The three-part check on the shipped store, and on data and texts that are wrong in one place."""

import contextlib
import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sealed import TEXT, change, check, codes, findings, seal_text

from tajsec.check.copies import Document, documents
from tajsec.check.verify import verify
from tajsec.cli.terminal import Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.store.open import open_store
from tajsec.text.forms import digest

Run = Callable[..., Reply]

FACT = "facts/gear.toml"


# ---------------------------------------------------------------- the shipped store


def test_the_shipped_store_passes_without_a_text_and_says_what_was_not_run(run: Run, store: Store) -> None:
    reply = run("verify", "--json")
    found = json.loads(reply.text)
    assert (reply.status, found["schema"], found["findings"]) == (0, "tajsec/verify/1", [])
    quotes = sum(len(fact.cites) for fact in store.facts())
    assert found["checks"]["quote_found"] == {"run": 0, "passed": 0, "not_run": quotes}
    assert found["checks"]["figures_match"]["run"] == found["checks"]["figures_match"]["passed"] > len(store.facts())
    assert found["checks"]["read_by"] == {"run": len(store.facts()), "passed": len(store.facts()), "not_run": 0}


def test_the_shipped_store_passes_against_the_documents(
    run: Run, texts: Path, store: Store, at_hand: Mapping[str, Source]
) -> None:
    reply = run("verify", "--text", str(texts), "--json")
    found = json.loads(reply.text)
    assert (reply.status, found["findings"]) == (0, [])
    checked = found["checks"]["quote_found"]
    cited = [cite.source in at_hand for fact in store.facts() for cite in fact.cites]
    assert checked["not_run"] == cited.count(False)
    assert checked["run"] == checked["passed"] > cited.count(True)  # errata have quotes, too


@contextlib.contextmanager
def benchmarks_on_the_path() -> Iterator[None]:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        yield
    finally:
        sys.path.pop(0)


def test_every_corruption_of_a_shipped_fact_is_caught_or_of_a_kind_with_a_reason(
    texts: Path, at_hand: Mapping[str, Source]
) -> None:
    with benchmarks_on_the_path():
        from mutations import NOT_CAUGHT, mutants
    store, contents = open_store(), read(folders_of([]))
    facts = tuple(fact for fact in contents.facts if at_hand.keys() >= {*fact.sources})
    of_these = replace(contents, facts=facts, sources=at_hand)
    found = list(mutants(of_these, store, documents([texts], store.sources()), every=6))
    assert len({each.kind for each in found}) > 40
    missed = [each for each in found if not each.checks]
    assert [(each.kind, each.fact.id) for each in missed if each.kind not in NOT_CAUGHT] == []
    assert len(missed) < len(found) / 50


def test_what_is_found_of_each_kind_of_corruption_is_told_as_before(agree: Callable[[Path, str], None]) -> None:
    """The whole messages, of two facts a kind; what a text is needed for is left out."""
    with benchmarks_on_the_path():
        from mutations import corrupted_facts
    contents, store = read(folders_of([])), open_store()
    told = dict[str, list[str]]()
    for number, fact in enumerate(contents.facts[::3]):
        for kind, _, corrupted in corrupted_facts(fact, number, contents):
            lines = told.setdefault(kind, [])
            if len(lines) < 2 and (found := verify(store, [corrupted], []).findings):
                lines.append(f"{kind} {fact.id}: " + "; ".join(" | ".join(map(str, each)) for each in found))
    agree(
        Path(__file__).parent / "corruptions_told.txt", "\n".join(itertools.chain.from_iterable(told.values())) + "\n"
    )


# ---------------------------------------------------------------- quote found


def test_a_sound_store_passes(run: Run, sealed: Path) -> None:
    found = check(run, sealed, "--text", str(sealed / "paper.txt"))
    assert codes(found) == []
    assert found["texts"][0]["sealed"]


@pytest.mark.parametrize(
    ("name", "before", "after", "code", "found", "expected"),
    [
        (FACT, "gave over 7 radios", "gave over 8 radios", "V101", "“gave over 7 radios”", "the quote: “gave over 8 radios”"),
        (FACT, "passage = 2", "passage = 1", "V102", "“gave over 7 radios” in passage 2", "it in passage 1"),
        (FACT, "gave over 7 radios", "7 radios in 2019", "V103", "“over 7 radios in 2019, and”",
         "the figure whole, with sign, unit and qualifier, not as in the quote: “7 radios in 2019”"),
        (FACT, "gave over 7 radios", "ave over 7 radios", "V103", "“States gave over 7 radios in”",
         "no cut through a word, as in the quote: “ave over 7 radios”"),
        (FACT, "gave over 7 radios", "given to the army", "V104", "“not given to the army of”",
         "the negation in the quote too, not: “given to the army”"),
    ],
)  # fmt: skip
def test_a_quote_that_does_not_stand_is_one_line(
    run: Run, sealed: Path, name: str, before: str, after: str, code: str, found: str, expected: str
) -> None:
    change(sealed, name, f'"{before}"' if name == FACT and "passage" not in before else before,
           f'"{after}"' if "passage" not in after else after)  # fmt: skip
    findings = check(run, sealed, "--text", str(sealed / "paper.txt"))["findings"]
    (finding,) = [each for each in findings if each["code"].startswith("V1")]
    assert finding == {
        "code": code, "fact": "seven-radios", "source": "paper", "passage": 1 if code == "V102" else 2,
        "found": found, "expected": expected,
    }  # fmt: skip


def test_a_record_whose_passages_are_not_those_of_its_text_is_found(sealed: Path) -> None:
    right = digest("Two words")
    change(sealed, "seeds/paper.toml", right, "0" * 64)
    assert findings(sealed, sealed / "paper.txt") == [
        ("V109", "", "paper", 1, f"the digest {right}", f"the sealed one, {'0' * 64}")
    ]


def test_a_quote_that_is_in_other_passages_is_told_which(sealed: Path) -> None:
    seal_text(sealed, f"{TEXT}Once more: it gave over 7 radios.\nIt gave over 7 radios.\n")
    change(sealed, FACT, "passage = 2", "passage = 1")
    assert findings(sealed, sealed / "paper.txt") == [
        ("V102", "seven-radios", "paper", 1, "“gave over 7 radios” in passage 2 and 3 and 4", "it in passage 1")
    ]


def test_the_words_of_an_erratum_must_stand_in_the_text(run: Run, sealed: Path) -> None:
    erratum = '[[erratum]]\npassage = 2\nsays = "gave over 9 radios"\nright = "r"\nevidence = "e"\n\n[[passage]]'
    change(sealed, "seeds/paper.toml", "[[passage]]", erratum)
    found = check(run, sealed, "--text", str(sealed / "paper.txt"))
    assert found["checks"]["quote_found"] == {"run": 4, "passed": 3, "not_run": 0}
    assert findings(sealed, sealed / "paper.txt") == [
        ("V108", "", "paper", 2, "“gave over 7 radios”", "“gave over 9 radios”")
    ]
    change(sealed, "seeds/paper.toml", "gave over 9", "gave over 7")
    assert findings(sealed, sealed / "paper.txt") == []


# ---------------------------------------------------------------- figures match


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("over 7 radios in 2019", "over 7 radios, at $5, in 2019", "V201"),
        ("value = 7", "value = 8", "V202"),
        ('when = "2019"', 'when = "2017"', "V203"),
        ('when = "2019"', 'when = "{2017,2018,2019}"', "V203"),
        ('when = "2019"', 'when = "2019"\nas_of = "2021"', "V204"),
        ('"gave over 7 radios"', '"gave over 7 radi0s"', "V205"),
        ("States gave over 7", "States gave 7", "V206"),
        ("States gave over 7", "States gave about 7", "V206"),
        ('qualifier = "over"', 'qualifier = "exact"', "V206"),
        ("gave over 7 radios\"", "will have given over 7 radios\"", "V207"),
        ('status = "completed"', 'status = "completed"\nderived = { "7" = "r" }', "V208"),
        ("in 2019.", "in 2019, in 2019.", "V209"),
    ],
)  # fmt: skip
def test_a_figure_that_no_quote_holds_is_found(run: Run, sealed: Path, before: str, after: str, code: str) -> None:
    assert codes(check(run, sealed)) == []
    change(sealed, FACT, before, after)
    assert code in codes(check(run, sealed))


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("", ["February in a quote or a date of the source, or inferred.when with a reason that names it"]),
        ('inferred = { when = "The list is of the season." }', ["February in a quote or a date of the source, or inferred.when with a reason that names it"]),
        ('inferred = { when = "The winter season ends in February 2019." }', []),
        ('derived = { "February" = "The winter season ends then." }', []),
    ],
)  # fmt: skip
def test_a_part_of_when_needs_a_quote_a_date_or_a_reason_that_names_it(
    run: Run, sealed: Path, reason: str, found: list[str]
) -> None:
    change(sealed, FACT, 'when = "2019"', f'when = "2019-02"\n{reason}')
    assert [each["expected"] for each in check(run, sealed)["findings"] if each["code"] == "V203"] == found


def test_a_quantity_in_another_unit_than_its_quote_is_told_which_to_write(run: Run, sealed: Path) -> None:
    change(sealed, FACT, 'quote = "gave over 7 radios"', 'quote = "gave over 7 euros for radios"')
    found = [each["expected"] for each in check(run, sealed)["findings"] if each["code"] == "V202"]
    assert found == ['7 eur, as in the quote: write unit = "eur"']


def test_a_derived_figure_needs_its_reason_and_then_passes(run: Run, sealed: Path) -> None:
    change(sealed, FACT, "over 7 radios in 2019", "over 7 radios in its first 2 years, by 2019")
    assert codes(check(run, sealed)) == ["V201", "V201"]
    change(sealed, FACT, "status =", 'derived = { "first" = "counted", "2" = "2018 and 2019" }\nstatus =')
    assert codes(check(run, sealed)) == []


# ---------------------------------------------------------------- another version of a text


def test_a_newer_text_is_compared_passage_by_passage(run: Run, sealed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text(TEXT.replace("over 7 radios", "9 radios"))
    found = check(run, sealed, "--text", str(newer), "--text", str(sealed / "paper.txt"))
    assert codes(found) == []  # the quotes are sought in the sealed text, which is at hand
    report = next(each for each in found["texts"] if not each["sealed"])
    assert report["counts"] == {"same": 1, "moved": 0, "changed": 1, "gone": 0, "added": 0}
    assert report["passages"][1]["words"] == [{"was": "over 7", "now": "9"}]
    assert report["passages"][1]["every_word"]
    assert report["facts"] == [{"id": "seven-radios", "passage": 2, "stands": False}]
    alone = check(run, sealed, "--text", str(newer))
    assert alone["findings"] == [
        {"code": "V106", "fact": "seven-radios", "source": "paper", "passage": 2,
         "found": "“States gave 9 radios” in the changed passage, now 2", "expected": "“gave over 7 radios”"},
    ]  # fmt: skip
    assert not alone["texts"][0]["passages"][1]["every_word"]


def test_a_quote_that_still_stands_in_a_changed_passage_is_told_apart(run: Run, sealed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text(TEXT.replace("the army of 2018", "the navy of 2018"))
    assert check(run, sealed, "--text", str(newer))["findings"] == [
        {"code": "V105", "fact": "seven-radios", "source": "paper", "passage": 2,
         "found": "a changed passage, now 2, in which the quote still stands",
         "expected": "the passage as it was sealed"},
    ]  # fmt: skip


def test_a_quote_whose_passage_is_gone_or_moved_is_told(run: Run, sealed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text("Two words\n")
    found = check(run, sealed, "--text", str(newer))
    assert found["texts"][0]["facts"] == [{"id": "seven-radios", "passage": 2, "stands": False}]
    assert found["findings"] == [
        {"code": "V106", "fact": "seven-radios", "source": "paper", "passage": 2, "found": "no such passage",
         "expected": "“gave over 7 radios”"},
    ]  # fmt: skip
    newer.write_text("\n".join(reversed(TEXT.strip().split("\n"))) + "\n")
    moved = check(run, sealed, "--text", str(newer))
    assert (codes(moved), moved["texts"][0]["facts"]) == ([], [])
    assert [each["change"] for each in moved["texts"][0]["passages"]] == ["moved", "same"]


def test_a_quote_whose_passage_is_split_is_told_where_it_is_now(sealed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text(TEXT.replace(", and 3 radios", ",\nand 3 radios"))
    change(sealed, FACT, 'gave over 7 radios"', 'gave over 7 radios in 2019, and 3 radios"')
    cite = ("seven-radios", "paper", 2)
    change(sealed, FACT, "passage = 2,", 'passage = 2, quote = "army of 2018" }, { source = "paper", passage = 2,')
    assert findings(sealed, newer) == [
        ("V105", *cite, "a changed passage, now 2 and 3, in which the quote still stands", "the passage as it was sealed"),
        ("V106", *cite, "“gave over 7 radios in 2019, and 3 radios” in the changed passage, now 2 and 3",
         "“gave over 7 radios in 2019, and 3 radios”"),
    ]  # fmt: skip


def test_a_quote_whose_passage_is_elsewhere_stands(sealed: Path, tmp_path: Path) -> None:
    seal_text(sealed, f"{TEXT}A third passage.\nA fourth one.\n")
    newer = tmp_path / "paper.txt"
    newer.write_text("Two words\nA third passage.\nA fourth one.\n" + TEXT.split("\n")[1])
    assert findings(sealed, newer) == []
    store = open_store([sealed])
    (report,) = verify(store, store.facts(), documents([newer], store.sources())).texts
    assert [(each.kind, each.now) for each in report.passages] == [
        ("same", (1,)), ("moved", (4,)), ("same", (2,)), ("same", (3,))
    ]  # fmt: skip
    assert report.affected == []


def test_of_another_version_the_passages_that_claim_something_are_told_and_its_headings_unless_it_is_a_page(
    sealed: Path,
) -> None:
    change(sealed, "seeds/paper.toml", 'role = "heading"', 'role = "furniture"')
    for role in ("heading", "caption", "furniture", "claim"):
        path = sealed / "seeds" / "paper.toml"
        number = path.read_text().count("[[passage]]") + 1
        path.write_text(
            f'{path.read_text()}\n[[passage]]\nn = {number}\nrole = "{role}"\nwords = 1\nsha256 = "{number:064x}"\n'
        )
    store = open_store([sealed])
    text = Document(source="paper", name="paper.txt", lines=("Nothing",), sha256="", sealed=False)
    for from_web, numbers in ((False, [2, 3, 4, 6]), (True, [2, 4, 6])):
        (report,) = verify(store, store.facts(), [text], from_web=from_web).texts
        assert [(each.n, each.kind) for each in report.passages] == [(n, "gone") for n in numbers]


def test_the_two_versions_of_natos_page_are_compared(run: Run, texts: Path, store: Store) -> None:
    files = [str(texts / store.source(each).file) for each in ("tajik-embassy-2012", "nato-2017")]
    reply = run("verify", "--source", "tajik-embassy-2012", "--text", files[0], "--text", files[1], "--json")
    found = json.loads(reply.text)
    report = next(each for each in found["texts"] if not each["sealed"])
    assert report["counts"] == {"same": 14, "moved": 0, "changed": 20, "gone": 10, "added": 12}
    lost = {each["id"] for each in report["facts"] if not each["stands"]}
    assert {"ipp-holds-programme", "munitions-trust-fund-project-under-development"} <= lost
    table = run("verify", "--source", "tajik-embassy-2012", *("--text", files[0]), *("--text", files[1]), tty=100).text
    assert "14 same, 0 moved, 20 changed, 10 gone, 12 added" in " ".join(table.split())
    assert "plays -> played" in table


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_report_is_wider_than_its_terminal(run: Run, sealed: Path, tmp_path: Path, width: int) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text(TEXT.replace("over 7 radios", "9 radios"))
    change(sealed, FACT, "value = 7", "value = 8")
    lines = run("verify", "--facts", str(sealed), "--text", str(newer), tty=width).text.splitlines()
    assert max(map(len, lines)) <= width


def test_in_a_pipe_passages_and_findings_are_lines_and_the_counts_go_to_stderr(
    run: Run, sealed: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "paper.txt"
    newer.write_text(TEXT.replace("over 7 radios", "9 radios"))
    reply = run("verify", "--facts", str(sealed), "--text", str(newer))
    cells = [line.split("\t") for line in reply.text.splitlines()]
    assert [row[:3] for row in cells] == [["paper", "2", "changed"], ["seven-radios", "V106", "paper"]]
    assert reply.stderr.splitlines()[0] == "tajsec: quote found: 1 run, 0 passed, 1 failed, 0 not run"
