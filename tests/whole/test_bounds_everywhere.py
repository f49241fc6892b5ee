"""What bounds a claim is beside it in every output that can be pasted: as of when, what is known to be wrong."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import tajsec
from tajsec.cite.styles import STYLES
from tajsec.cli.options import WITH_PAGES
from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]

FACTS = {
    "goes-on": 'when = "2015/.."\nas_of = "2020-03"\nstatus = "ongoing"',
    "to-come": 'when = "2030"\nas_of = "2020-03"\nstatus = "planned"',
    "said": 'when = "2019"\nas_of = "2020-03"\nstatus = "stated"',
    "errs": 'when = "2018"\nas_of = "2020-03"\nstatus = "completed"\nrank = "deprecated"',
    "errs-too": 'when = "2017"\nas_of = "2020-03"\nstatus = "stated"\nrank = "deprecated"\nnotes = "It was a letter."',
}
ERRATUM = '[[erratum]]\npassage = 2\nsays = "gave over 8 radios"\nright = "Seven radios."\nevidence = "a list"\n\n'
RIGHT = {"errs": "Seven radios", "errs-too": "It was a letter"}
COMMANDS = ("search radios", "list", f"show {' '.join(FACTS)}", "timeline")
BRIEF = "summary gear"
"""It tells no fact that is known to be wrong while there are others."""
FORMS = [
    *((command, form) for command in (*COMMANDS, BRIEF) for form in WITH_PAGES)
]  # fmt: skip
PAGES = (
    "timeline --html -",
    "timeline --svg -",
    "timeline --plot",
    "show goes-on errs --svg -",
)


@pytest.fixture
def bounded(small: Path) -> Path:
    """A store of facts with an as-of date beside their own, two of which are known to be wrong."""
    (small / "facts" / "gear.toml").write_text("".join(map(fact_text, FACTS)))
    source = small / "seeds" / "paper.toml"
    source.write_text(source.read_text().replace("[[passage]]", f"{ERRATUM}[[passage]]", 1))
    return small


def fact_text(name: str) -> str:
    quote = "gave over 8 radios" if name == "errs" else "gave over 7 radios"
    return (
        f'[[fact]]\nid = "{name}"\nstatement = "In short, {name} has over 7 radios."\nactors = ["us"]\n'
        f'topics = ["gear"]\n{FACTS[name]}\n'
        'quantities = [{ value = 7, unit = "radios", qualifier = "over", of = "radios", period = "total" }]\n'
        f'cites = [{{ source = "paper", passage = 2, quote = "{quote}" }}]\n\n'
    )


def flat(text: str) -> str:
    """The text without tags, escapes and line breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\\", "").split())


def record(text: str, name: str) -> str:
    """What stands between the statement of a fact and the next one's, or the end."""
    return text.partition(f"In short, {name} ")[2].partition("In short")[0]


@pytest.mark.parametrize(("command", "form"), FORMS)
def test_every_listing_has_it(run: Run, bounded: Path, command: str, form: str) -> None:
    text = flat(run(*command.split(), "--facts", str(bounded), "--format", form, tty=200).text.split("<main>")[-1])
    as_of = r"\| March 2020 \||as of\W+March 2020" if form == "markdown" else r"2020-03|as of\W+March 2020"
    for name in FACTS:
        assert (f"In short, {name} has" in text) == (command != BRIEF or name not in RIGHT)
    for name in re.findall(r"In short, ([\w-]+) has", text):
        assert re.search(as_of, record(text, name), re.IGNORECASE), name
        assert ("deprecated" in record(text, name) or "known to be wrong" in record(text, name)) == (name in RIGHT)
        assert RIGHT.get(name, "") in record(text, name)


@pytest.mark.parametrize("width", [80, 200])
def test_a_table_says_it_in_words(run: Run, bounded: Path, width: int) -> None:
    for command in ("search radios", "list", "timeline"):
        text = flat(run(*command.split(), "--facts", str(bounded), tty=width).text)
        assert text.count("as of March 2020") == len(FACTS)
        assert [f"known to be wrong: {right}" in text for right in RIGHT.values()] == [True, True]


@pytest.mark.parametrize("command", PAGES)
def test_every_page_and_picture_has_it(run: Run, bounded: Path, command: str) -> None:
    text = flat(run(*command.split(), "--facts", str(bounded), tty=200).text)
    assert "@2020-03" in text or re.search("as of:? March 2020", text, re.IGNORECASE)
    assert "deprecated" in text or "known to be wrong: Seven radios" in text


@pytest.mark.parametrize("by", ["fact", "source"])
@pytest.mark.parametrize("style", STYLES)
def test_every_citation_has_it(run: Run, bounded: Path, style: str, by: str) -> None:
    for name in FACTS:
        text = flat(run("cite", name, "--style", style, "--by", by, "--facts", str(bounded)).text)
        assert "as of March 2020" in text
        assert (f"known to be wrong: {RIGHT.get(name)}" in text) == (name in RIGHT)


def test_a_notebook_and_a_line_of_python_have_it(bounded: Path) -> None:
    store = tajsec.load(bounded, cache=False)
    for name in FACTS:
        fact = store[name]
        for text in (str(fact), fact._repr_html_(), store.facts()._repr_html_(), store.timeline()._repr_html_()):
            assert re.search("as of ?(<[^>]+>)*March 2020", text, re.IGNORECASE), text
            assert name not in RIGHT or f"known to be wrong: {RIGHT[name]}" in text
