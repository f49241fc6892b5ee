"""`tajsec cite` on a terminal."""

from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]

FACTS = ("us-security-assistance-previous-year", "radios-delivered")
ADDRESS = "https://tj.usembassy.gov/us-tajikistan-security-assistance-fact-sheet-111921/"


@pytest.mark.parametrize("more", [(), ("--by", "source")])
def test_on_a_terminal_citations_are_wrapped_and_addresses_are_whole(run: Run, more: tuple[str, ...]) -> None:
    piped, shown = (run("cite", *FACTS, *more, tty=tty).text for tty in (0, 60))
    lines = shown.splitlines()
    assert [line for line in lines if len(line) > 60] == [line for line in lines if line.strip(" ,") == ADDRESS]
    assert ADDRESS in shown
    assert shown.split() == piped.split()
    indents = {len(line) - len(line.lstrip()) for line in lines}
    assert indents == ({0, 2, 4, 6} if more else {0, 2})


def test_a_text_for_programs_is_the_same_on_a_terminal(run: Run) -> None:
    assert run("cite", *FACTS, "--style", "bibtex", tty=60).text == run("cite", *FACTS, "--style", "bibtex").text


def test_a_passage_is_named_once_for_all_of_its_quotes(run: Run) -> None:
    text = run("cite", "us-security-assistance-since-1992").text
    assert text.count("passage 2") == 1
    assert "over $330 million”, “in security sector assistance to Tajikistan”, “" in text
