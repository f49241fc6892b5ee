"""The table of styles: docs/citing.md lists it, and each style is made as it says."""

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from made_facts import store_with
from strategies import examples, facts

from tajsec.cite.citation import citations, entries
from tajsec.cite.styles import BIBLIOGRAPHIES, RENDERED, STYLES, By
from tajsec.cite.write import in_style
from tajsec.cli.piped import MAX_INPUT
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError
from tajsec.model.protocol import Store

TEXT = (Path(__file__).parents[2] / "docs" / "citing.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^    tajsec (.*)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_that_is_shown_cites(run: Callable[..., Reply], line: str) -> None:
    reply = run(*shlex.split(line))
    assert reply.status == 0, reply.stderr
    assert reply.text


def test_every_style_is_in_the_table_with_what_it_needs() -> None:
    assert len(SHOWN) > 3
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \| (`tajsec\[csl\]` )?\|$", TEXT, re.MULTILINE)
    assert [(name, about) for name, about, _ in rows] == [(name, style.about) for name, style in STYLES.items()]
    assert [name for name, _, extra in rows if extra] == list(RENDERED)


def test_a_citation_object_names_fact_source_and_passage(run_json: Callable[..., dict]) -> None:
    found = run_json("cite", "radios-delivered", "--style", "ris")
    assert (found["schema"], found["by"], found["count"]) == ("tajsec/cite/1", "fact", 1)
    citation = found["citations"][0]
    assert (citation["facts"], citation["source"]) == (["radios-delivered"], "us-embassy-2021")
    cited = citation["cites"][0]
    assert (cited["fact"], cited["passage"], cited["section"]) == ("radios-delivered", 8, "Highlights since 2001")
    assert cited["address"].startswith(
        "https://tj.usembassy.gov/us-tajikistan-security-assistance-fact-sheet-111921/#:~"
    )
    assert citation["text"].startswith("TY  - ELEC\r\n")


def test_a_withdrawn_fact_is_cited_as_withdrawn(run: Callable[..., Reply], small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text("utf-8") + 'withdrawn = "The paper took it back."\n', "utf-8")
    for style in ("plain", "bibtex", "ris", "csl-json", "wikipedia", "mla"):
        shown = run("cite", "seven-radios", "--facts", str(small), "--style", style).text
        assert "over 7 radios in 2019 (withdrawn: The paper took it back)" in shown


@pytest.mark.parametrize("style", ["plain", "ieee"])
def test_what_a_terminal_would_not_show_is_shown(run: Callable[..., Reply], small: Path, style: str) -> None:
    path = small / "seeds" / "paper.toml"
    path.write_text(path.read_text("utf-8").replace("A paper", "A pa\u00adper\u200b"), "utf-8")
    shown = run("cite", "seven-radios", "--facts", str(small), "--style", style).text
    assert "A pa<U+00AD>per<U+200B>" in shown


def test_an_unknown_style_is_answered_with_those_that_exist(run: Callable[..., Reply]) -> None:
    reply = run("cite", "radios-delivered", "--style", "acs")
    assert reply.status == 2
    assert all(style in reply.stderr for style in ("plain", "wikipedia", *RENDERED))


@pytest.mark.parametrize("style", ["mla", "ieee"])
def test_in_json_each_citation_stands_alone_and_the_bibliography_is_one(
    run_json: Callable[..., dict], style: str
) -> None:
    found = run_json("cite", "radios-delivered", "night-vision-devices-provided", "--style", style)
    assert (found["schema"], found["style"], found["count"]) == ("tajsec/cite/1", style, 2)
    (reference,) = found["bibliography"]
    for each in found["citations"]:
        assert each["text"].endswith(f"\n\n{reference}\n")
        assert "as of 19 November 2021" in each["text"]
        assert each["text"].count("date inferred") == 1


def test_without_the_extra_a_style_says_what_to_install(
    run: Callable[..., Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    monkeypatch.delitem(sys.modules, "tajsec.cite.csl", raising=False)
    reply = run("cite", "radios-delivered", "--style", "apa")
    assert reply == Reply(stderr="tajsec: error: --style apa needs citeproc; install tajsec[csl]\n", status=2)
    assert run("cite", "radios-delivered", "--style", "wikipedia").status == 0


def test_only_a_rendered_style_loads_citeproc(environ: dict[str, str], cache: Path) -> None:
    loads = (
        "import sys; from tajsec.cli.app import run; from tajsec.cli.terminal import Environment\n"
        "around = Environment(cache=sys.argv[1])\n"
        "for style in ('csl-json', 'wikipedia', 'ieee'):\n"
        "    assert run(['cite', 'radios-delivered', '--style', style], around, {}).status == 0\n"
        "    print(style, 'citeproc' in sys.modules, 'lxml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", loads, str(cache)], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["csl-json False False", "wikipedia False False", "ieee True True"]


# ---------------------------------------------------------------- by source, by topic, from standard input

TWO = ("radios-delivered", "night-vision-devices-provided", "base-agreement-signed")
ADDRESSES = ("https://tj.usembassy.gov/us-tajikistan", "https://www.rferl.org/a/russia-signs-deal")
LISTED = {"plain": "^[A-Z].*, {}", "bibtex": "^  url = .{}", "biblatex": "^  url = .{}", "ris": "^UR  - {}",
          "csl-json": '"URL": "{}', "wikipedia": r"\|url={}"}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_by_source_every_style_has_one_entry_a_document_and_every_claim(
    run: Callable[..., Reply], store: Store, style: str
) -> None:
    text = run("cite", *TWO, "--by", "source", "--style", style).text
    listed = LISTED.get(style, r"^(?:\[\d\] )?(?:U\.S\.|Radio Free).*{}")
    entries = text.rpartition("\n\n")[2] if style in RENDERED else text
    for address in ADDRESSES:
        assert len(re.findall(listed.format(re.escape(address)), entries, re.MULTILINE)) == 1, text
    for fact in map(store.fact, TWO):
        assert fact.statement.removesuffix(".") in text
        assert all(cite.quote in text for cite in fact.cites)
    assert "Highlights since 2001" in text


@pytest.mark.parametrize("style", BIBLIOGRAPHIES)
def test_the_key_of_an_entry_is_that_of_the_document_in_whatever_order(
    run_json: Callable[..., dict], style: str
) -> None:
    for ids in (TWO, TWO[::-1], TWO[1:]):
        found = run_json("cite", *ids, "--by", "source", "--style", style)["citations"]
        assert {each["id"] for each in found} == {"us-embassy-2021", "rferl-2012"}
        assert all(each["id"] in each["text"] for each in found)


def test_entries_of_one_document_are_advised_against_on_stderr(run: Callable[..., Reply]) -> None:
    advice = "tajsec: 2 of these entries are of one document; --by source makes an entry for each document\n"
    assert run("cite", *TWO, "--style", "bibtex").stderr == advice
    assert run("cite", *TWO, "--style", "bibtex", "--by", "fact").stderr == ""
    assert run("cite", *TWO[1:], "--style", "bibtex").stderr == ""
    assert run("cite", *TWO, "--style", "apa").stderr == ""


def test_a_topic_is_cited_whole(run: Callable[..., Reply], run_json: Callable[..., dict]) -> None:
    listed = [fact["id"] for fact in run_json("list", "--topic", "russian-base")["facts"]]
    cited = run_json("cite", listed[-1], "--topic", "russian-base")["citations"]
    assert list(dict.fromkeys(fact for each in cited for fact in each["facts"])) == [listed[-1], *listed[:-1]]
    assert "no topic 'nothing-here'" in run("cite", "--topic", "nothing-here").stderr.replace("unknown", "no")


def test_nothing_to_cite_is_an_error_that_reads_nothing(
    run: Callable[..., Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    reply = run("cite")
    assert reply.status == 2
    assert "name the facts to cite by their ids, or by --topic" in reply.stderr
    assert "standard input cannot be read" in run("cite", "-").stderr


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_ids_are_read_from_standard_input(run: Callable[..., Reply], monkeypatch: pytest.MonkeyPatch) -> None:
    listing = run("list", "--topic", "russian-base").text
    ids = [line.split("\t")[0] for line in listing.splitlines()]
    piped(monkeypatch, listing.encode())
    assert run("cite", "-", "radios-delivered").text == run("cite", *ids, "radios-delivered").text
    piped(monkeypatch, b"\n")
    reply = run("cite", "-")
    assert (reply.status, reply.text) == (1, "")
    assert reply.stderr.startswith("tajsec: standard input names no fact")
    piped(monkeypatch, b"\xff\n")
    assert "standard input is not UTF-8" in run("cite", "-").stderr
    piped(monkeypatch, b"no-such-fact\n")
    assert "unknown fact 'no-such-fact'" in run("cite", "-").stderr
    piped(monkeypatch, b"a " * MAX_INPUT)
    assert "standard input is over 4 MiB" in run("cite", "-").stderr


@pytest.mark.parametrize("style", STYLES)
def test_no_address_is_broken(run: Callable[..., Reply], store: Store, style: str) -> None:
    source = store.source("rferl-2012")
    for width in (0, 80):
        text = run("cite", "base-agreement-signed", "--style", style, tty=width).text
        assert re.search(rf"{re.escape(source.url)}(?![\w-])", text)


def keys_in(text: str, style: str) -> list[str]:
    """Return the keys of a bibliography's entries, read by another program."""
    if style == "ris":
        return [each["id"] for each in rispy.loads(text)]
    if style == "csl-json":
        return [each["id"] for each in json.loads(text)]
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [each.key for each in library.entries]


@examples(12)
@given(facts(), st.sampled_from(sorted(STYLES)))
def test_any_facts_are_cited_in_any_style_and_bibliographies_read_back(
    given_facts: list[dict[str, Any]], style: str
) -> None:
    store = store_with(given_facts)
    every = citations(store, [store.fact(each["id"]) for each in given_facts])
    for by in get_args(By):
        text = in_style(every, style, by)
        assert not re.search(r"[^\S ]", text.replace("\n", "").replace("\r", "").replace("\u00a0", "")), style
        if style in BIBLIOGRAPHIES:
            assert keys_in(text, style) == [each.key for each in entries(every, by)], style


@pytest.mark.parametrize(
    ("style", "by", "message"),
    [
        ("bibtx", "fact", "unknown style 'bibtx'; did you mean bibtex?"),
        ("zzz", "fact", f"unknown style 'zzz'; name one of {', '.join(STYLES)}"),
        ("plain", "page", "cannot cite by 'page'; name one of fact, source"),
    ],
)
def test_what_is_no_style_or_no_way_to_group_is_refused(store: Store, style: str, by: Any, message: str) -> None:
    with pytest.raises(UsageError) as error:
        in_style(citations(store, [store.fact("radios-delivered")]), style, by)
    assert str(error.value) == message
