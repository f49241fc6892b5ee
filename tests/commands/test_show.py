"""`tajsec show`: facts and sources whole."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.options import WITH_PAGES
from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_show_names_what_a_fact_differs_from_in_both_directions(run: Run) -> None:
    rounded = run("show", "radios-provided-rounded", tty=100).text
    exact = " ".join(run("show", "radios-delivered", tty=100).text.split())
    assert "is a rounded form of radios-delivered" in rounded
    assert "is rounded in radios-provided-rounded" in exact
    assert "Cite radios-delivered." in exact


PAGE = """\
The United States gave over 7 radios in 2019.

Id: seven-radios
When: 2019
Status: completed
Figure: over 7 radios: radios given
Actors: us
People: the-envoy
Places: khorog
Topics: gear
Source: paper: “A paper”, A publisher, 2020
  passage 2: “gave over 7 radios”
  https://example.org/paper

A mistake? tajsec help mistakes says how to report it.
"""


def test_show_in_a_pipe_is_the_page_as_plain_text(run: Run, small: Path) -> None:
    assert run("show", "seven-radios", "--facts", str(small)).text == PAGE
    ids = ("radios-delivered", "nato-tj-relations-seen-through-pfp")
    below = PAGE.splitlines()[-1]
    pages = [run("show", each).text.removesuffix(f"\n{below}\n") for each in ids]
    assert run("show", *ids).text == "\n\n".join([*pages, f"{below}\n"]).replace(f"\n\n{below}", f"\n{below}")


def test_a_page_of_markdown_has_headings_a_list_and_links(run: Run, small: Path) -> None:
    text = run("show", "seven-radios", "--format", "markdown", "--facts", str(small)).text
    assert text.startswith("# The United States gave over 7 radios in 2019.\n\n- **Id:** seven-radios\n")
    assert "\n- <https://example.org/paper>\n" in text


def test_a_page_of_html_has_every_line_under_its_label(run: Run, small: Path) -> None:
    text = run("show", "seven-radios", "--format", "html", "--facts", str(small)).text
    assert "<h1>The United States gave over 7 radios in 2019.</h1>" in text
    assert "<dt>Source</dt><dd>paper: “A paper”, A publisher, 2020</dd><dd>passage 2: “gave over 7 radios”</dd>" in text
    assert '<a href="https://example.org/paper" rel="noreferrer">https://example.org/paper</a>' in text


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the next command something on standard input."""

    def give(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


@pytest.mark.parametrize("listing", ["list", "timeline", "search border", "list --fields id,when"])
def test_the_lines_of_a_listing_are_ids_for_show(
    run: Run, run_json: RunJson, piped: Callable[[bytes], None], listing: str
) -> None:
    listed = run(*listing.split(), "--limit", "3").text
    piped(listed.encode())
    shown = [each["id"] for each in run_json("show", "radios-delivered", "-")["facts"]]
    assert shown == ["radios-delivered", *(line.split("\t")[0] for line in listed.splitlines())]


def test_open_takes_one_id_from_standard_input(run: Run, piped: Callable[[bytes], None]) -> None:
    piped(run("search", "radios", "--limit", "1").text.encode())
    assert run("open", "-", "--print").text.startswith("https://")
    piped(run("search", "radios", "--limit", "2").text.encode())
    assert run("open", "-", "--print").stderr == (
        "tajsec: error: -: 2 ids on standard input; pipe in one, as with --limit 1\n"
    )


def test_standard_input_without_an_id_is_an_error(run: Run, piped: Callable[[bytes], None]) -> None:
    piped(b"\n \n")
    assert run("show", "-").stderr == (
        "tajsec: error: -: no id on standard input; pipe ids in, as in `tajsec list | tajsec show -`\n"
    )


def test_a_withdrawn_fact_is_shown_by_its_id_alone(run: Run, run_json: RunJson, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'withdrawn = "The paper took it back."\n')
    assert run("list", "--facts", str(small)).status == 1
    assert run_json("show", "seven-radios", "--facts", str(small))["facts"][0]["withdrawn"] == "The paper took it back."


def test_below_facts_for_readers_is_how_to_report_a_mistake_once(run: Run) -> None:
    ids = ("show", "radios-delivered", "base-agreement-signed")
    line = PAGE.splitlines()[-1]
    assert [run(*ids, tty=width).text.count(line) for width in (0, 80)] == [1, 1]
    assert all(line not in run(*ids, "--format", each).text for each in ("markdown", "html", "json", "csv"))
    assert run("help", "mistakes").text.startswith("How to report a fact that is wrong")


def test_rank_and_notes_are_shown(run: Run, run_json: RunJson, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'rank = "preferred"\nnotes = "The paper counts pairs."\n')
    (fact,) = run_json("show", "seven-radios", "--facts", str(small))["facts"]
    assert (fact["rank"], fact["notes"]) == ("preferred", "The paper counts pairs.")
    lines = run("show", "seven-radios", "--facts", str(small), tty=100).text.splitlines()
    assert [line.split(maxsplit=1) for line in lines if line.split()[:1] in (["Rank"], ["Note"])] == [
        ["Rank", "preferred"], ["Note", "The paper counts pairs."],
    ]  # fmt: skip


def test_aliases_are_shown_where_fields_name_them_alone(run: Run, run_json: RunJson, small: Path) -> None:
    store = "--facts", str(small)
    assert "aliases" not in run_json("show", "seven-radios", *store)["facts"][0]
    for command in ("show seven-radios", "list", "search radios", "timeline", "summary gear"):
        (found,) = run_json(*command.split(), "--fields", "id,aliases", *store)["facts"]
        assert found == {"id": "seven-radios", "aliases": ["walkie-talkies"]}
    assert run("list", "--fields", "aliases", "--format", "csv", *store).text.split() == ["aliases", "walkie-talkies"]


# ---------------------------------------------------------------- sources


def fact_text(name: str, source: str, more: str = "") -> str:
    return (
        f'[[fact]]\nid = "{name}"\nstatement = "The claim {name} is made."\nactors = ["us"]\ntopics = ["gear"]\n'
        f'when = "2019"\nstatus = "completed"\n'
        f'cites = [{{ source = "{source}", passage = 2, quote = "{name} is made" }}]\n{more}\n'
    )


def related(to: str, kind: str) -> str:
    prefer = "" if kind == "repeats" else f', prefer = "{to}"'
    return f'relations = [{{ to = "{to}", kind = "{kind}", note = "n"{prefer} }}]'


@pytest.fixture
def copied(small: Path) -> Path:
    """A store of a paper and its copy, whose facts are the paper's too, differ, repeat one, or are its own."""
    paper = (small / "seeds" / "paper.toml").read_text()
    copy = (
        paper.replace('"paper"', '"copy"')
        .replace("A paper", "A copy")
        .replace("[[pass", 'derived_from = "paper"\n[[pass', 1)
    )
    (small / "seeds" / "copy.toml").write_text(copy)
    facts = [
        fact_text("of-paper", "paper", related("differs-backwards", "differs")),
        fact_text("of-both", "copy").replace(
            "cites = [", 'cites = [{ source = "paper", passage = 2, quote = "it is made so" }, '
        ),
        fact_text("differs-forwards", "copy", related("of-paper", "rounds")),
        fact_text("differs-backwards", "copy"),
        fact_text("repeats-it", "copy", related("of-paper", "repeats")),
        fact_text("own-one", "copy", related("of-paper", "see-also").replace(', prefer = "of-paper"', "")),
        fact_text("taken-back", "copy", 'withdrawn = "No."'),
        fact_text("own-two", "copy"),
    ]
    (small / "facts" / "gear.toml").write_text("".join(facts))
    return small


def test_a_source_is_shown_whole_with_what_its_copy_has_and_it_has_not(
    run: Run, run_json: RunJson, copied: Path
) -> None:
    store = "--facts", str(copied)
    found = run_json("show", "paper", *store)
    (listed,) = [each for each in run_json("sources", *store)["sources"] if each["id"] == "paper"]
    assert (found["schema"], found["count"]) == ("tajsec/source/1", 1)
    (whole,) = found["sources"]
    assert {key: whole[key] for key in listed} == listed
    assert whole["only_in_copy"] == [
        {"copy": "copy", "title": "A copy", "id": f"own-{n}", "statement": f"The claim own-{n} is made."}
        for n in ("one", "two")
    ]
    text = run("show", "paper", *store, tty=80).text
    assert "Only in its copy “A copy” (copy)" in text
    assert "own-two" in text
    assert run_json("show", "copy", *store)["sources"][0]["only_in_copy"] == whole["only_in_copy"]
    for form in ("table", "plain", "markdown", "html"):
        assert "Only in this copy, and not in paper" in run("show", "copy", *store, "--format", form, tty=80).text


def test_a_source_is_shown_with_its_passages_and_the_facts_that_cite_each(
    run: Run, run_json: RunJson, store: Store
) -> None:
    (found,) = run_json("show", "nato-2017")["sources"]
    assert len(found["outline"]) == found["passages"]
    assert sum(each["role"] in ("claim", "caption") for each in found["outline"]) == found["claims"]
    for fact in store.facts():
        for cite in fact.cites:
            if cite.source == "nato-2017":
                assert fact.id in found["outline"][cite.passage - 1]["cited_by"]
    listed = {name for each in found["outline"] for name in each["cited_by"]}
    assert listed == {fact.id for fact in store.facts() if "nato-2017" in fact.sources}
    text = " ".join(run("show", "nato-2017", tty=100).text.split())
    assert all(name in text for name in listed)
    assert all(each["section"] in text for each in found["outline"] if each["cited_by"] and each["section"])


def test_a_source_says_how_much_of_it_is_quoted_as_coverage_does(run: Run, run_json: RunJson) -> None:
    keys = ("words", "quoted_words", "quoted_share", "quoted_on")
    for covered in run_json("coverage")["sources"]:
        (whole,) = run_json("show", covered["id"])["sources"]
        assert [whole[key] for key in keys] == [covered[key] for key in keys]
        if covered["quoted_words"] is not None:
            assert f"{covered['quoted_words']:,} of {covered['words']:,}" in run("show", covered["id"], tty=100).text


def test_claims_that_no_fact_cites_are_named(run: Run, copied: Path) -> None:
    record = copied / "seeds" / "paper.toml"
    more = f'\n[[passage]]\nn = 3\nrole = "claim"\nwords = 4\nsha256 = "{"b" * 64}"\n'
    record.write_text(record.read_text() + more)
    lines = run("show", "paper", "--facts", str(copied), tty=100).text.splitlines()
    assert ["Not", "cited", "3"] in [line.split() for line in lines]


@pytest.mark.parametrize("form", WITH_PAGES)
def test_a_source_has_every_form(run: Run, copied: Path, form: str) -> None:
    reply = run("show", "paper", "copy", "--format", form, "--facts", str(copied))
    assert (reply.status, reply.stderr) == (0, "")
    assert "own-two" in reply.text.replace("\\", "")
    chosen = run("show", "paper", "--fields", "id,rights", "--format", form, "--facts", str(copied))
    assert chosen.status == (2 if form == "html" else 0)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("paper", "of-both"), "paper is a source, and not all of the others are; show facts and sources apart"),
        (("paper", "--svg", "-"), "--svg draws facts, and paper is a source; leave one of them out"),
        (("papr",), "unknown fact 'papr'"),
    ],
)
def test_what_cannot_be_shown_together_is_said(run: Run, copied: Path, args: tuple[str, ...], message: str) -> None:
    reply = run("show", *args, "--facts", str(copied))
    assert reply.status == 2
    assert message in reply.stderr


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("show seven-radios", "Draft: unreviewed: imported from rows.csv"),
        ("show seven-radios --format markdown", "unreviewed: imported from rows.csv"),
        ("search seven radios --format table", "unreviewed"),
        ("list --format table", "unreviewed"),
        ("list --format markdown", "(unreviewed)"),
        ("list --format csv", "imported from rows.csv"),
        ("timeline --format table", "unreviewed"),
        ("summary gear", "unreviewed"),
        ("cite seven-radios", "(unreviewed)"),
        ("show seven-radios --format html", "unreviewed"),
    ],
)
def test_a_draft_is_marked_wherever_it_is_shown(run: Run, small: Path, line: str, mark: str) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(f'{path.read_text(encoding="utf-8")}draft = "imported from rows.csv"\n', encoding="utf-8")
    reply = run(*line.split(), "--facts", str(small), tty=100 if "table" in line else 0)
    assert (reply.status, mark in reply.text) == (0, True), reply.text
