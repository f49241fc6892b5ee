"""The table of styles: docs/citing.md lists it, and each style is made as it says."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cite.styles import RENDERED, STYLES
from tajsec.cli.terminal import Reply

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
    assert found["schema"] == "tajsec/cite/1"
    assert found["count"] == 1
    citation = found["citations"][0]
    assert (citation["fact"], citation["source"], citation["passage"]) == ("radios-delivered", "us-embassy-2021", 8)
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
        assert "as of 19 November 2021 (unsure)" in each["text"]


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
