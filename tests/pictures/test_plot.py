"""The timeline in the characters of a terminal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply

Run = Callable[..., Reply]


RunJson = Callable[..., dict]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_plot_names_every_fact_whole_and_is_no_wider_than_the_terminal(
    run: Run, run_json: RunJson, width: int
) -> None:
    shown = run("timeline", "--plot", tty=width).text
    assert max(map(len, shown.splitlines())) <= width
    assert not [each["id"] for each in run_json("timeline")["facts"] if each["id"] not in shown.split()]


def test_a_plot_in_a_narrow_terminal_breaks_long_ids(run: Run) -> None:
    shown = run("timeline", "--plot", tty=40).text
    assert max(map(len, shown.splitlines())) <= 40
    assert "nato-unodc-counter-narcotics-project-launched" in shown.replace("\n", "")


def test_a_plot_in_a_pipe_is_that_of_80_columns_without_colour(run: Run) -> None:
    piped = run("timeline", "--plot", "--actor", "nato")
    assert piped.text == run("timeline", "--plot", "--actor", "nato", tty=80).text
    assert "\x1b" not in piped.text
    assert not piped.machine


def lines_of(store_folder: Path, when: str, cache: Path, **around: object) -> list[str]:
    path = store_folder / "facts" / "gear.toml"
    path.write_text(re.sub('when = ".*"', f'when = "{when}"', path.read_text()))
    surroundings = Environment(width=60, cache=str(cache), **around)
    reply = run_cli(["timeline", "--plot", "--facts", str(store_folder)], surroundings, {})
    assert reply.status == 0, reply.stderr
    return reply.text.splitlines()


@pytest.mark.parametrize(
    ("when", "blocks", "ascii_signs"),
    [
        ("2019/2020", "█", "#"), ("2019~", "▒", "~"), ("2019-03-05/2030", "█", "#"), ("2000/..", "▶", ">"),
        ("../2019", "◀", "<"),
    ],
)  # fmt: skip
def test_each_kind_of_date_has_its_sign(small: Path, cache: Path, when: str, blocks: str, ascii_signs: str) -> None:
    drawn = "\n".join(lines_of(small, when, cache)).partition("as wide as")[0]
    plain = "\n".join(lines_of(small, when, cache, ascii=True))
    assert blocks in drawn[:-2]
    assert ascii_signs in plain.partition("as wide as")[0][:-2]
    assert plain.isascii()
    assert f"seven-radios {when}" in drawn


def test_in_colour_what_is_unsure_is_dim(small: Path, cache: Path) -> None:
    sure, unsure = (lines_of(small, when, cache, color=True) for when in ("2019", "2019?"))
    assert any("\x1b[34m█" in line for line in sure)
    assert any("\x1b[2;34m█" in line for line in unsure)


def test_a_plot_says_planned_and_superseded_and_has_a_sign_for_a_month_and_a_day(run: Run) -> None:
    shown = run("timeline", "--plot").text
    assert "■ lavrov-visit-base-talks 2012-04" in shown
    assert "◆ base-agreement-signed 2012-10-05" in shown
    assert re.search(r"manas-closing-follows-nato-withdrawal 2014 @\S+ planned", shown)
    assert re.search(r"vehicles-provided-358 2001/2021-10\? @\S+ superseded", shown)


def test_spans_with_the_same_dates_share_a_bar_in_a_plot(run: Run, run_json: RunJson) -> None:
    facts = run_json("timeline", "--topic", "border-security")["facts"]
    together = [each["id"] for each in facts if each["when"] == "2001/2021-11?" and each["actors"][0] == "us"]
    assert len(together) > 1
    lines = run("timeline", "--topic", "border-security", "--plot", tty=100).text.splitlines()
    places = [next(n for n, line in enumerate(lines) if name in line.split()) for name in together]
    assert places == list(range(places[0], places[0] + len(together)))
    assert ["█" in lines[place] for place in places] == [False] * len(together)
    assert "█" in lines[places[-1] + 1]
