"""Tables on a terminal: their width, their ids, their colour."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from listings import LISTINGS

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 139, 140, 200])
@pytest.mark.parametrize("command", [*LISTINGS, "summary russian-base", "timeline --actor nato"])
def test_no_table_is_wider_than_its_terminal(run: Run, command: str, width: int) -> None:
    lines = run(*command.split(), tty=width).text.splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= width


ADDRESS = re.compile(r"https?://[^\s\x1b;,]+")


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        "show radios-delivered base-agreement-signed", "show nato-2017 us-embassy-2021",
        "list --fields id,cites.url,statement --limit 3",
        "cite radios-delivered", "cite base-agreement-signed --style bibtex", "open radios-delivered --print",
        "summary russian-base",
    ],
)  # fmt: skip
def test_no_address_is_broken(run: Run, command: str, width: int, color: bool) -> None:
    whole = set(ADDRESS.findall(run(*command.split(), tty=1000).text))
    assert whole
    assert set(ADDRESS.findall(run(*command.split(), tty=width, color=color).text)) == whole


@pytest.mark.parametrize("width", [40, 80])
def test_an_address_that_has_no_room_beside_its_label_has_a_line_of_its_own(run: Run, width: int) -> None:
    lines = run("show", "tajik-embassy-2012", "nato-2017", tty=width).text.splitlines()
    address = "https://web.archive.org/web/20181106020236/https://www.nato.int/cps/en/natohq/topics_50312.htm"
    assert lines[lines.index(f"  {address}") - 1] == "  Archived"


def test_an_address_in_a_sentence_does_not_keep_the_sentence_from_its_wrapping(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    note = f"It says {'a long story ' * 9}at https://example.org/{'a' * 60}, {'and so on ' * 9}to its end."
    path.write_text(f'{path.read_text()}notes = "{note}"\n')
    lines = run("show", "seven-radios", "--facts", str(small), tty=50).text.splitlines()
    (wide,) = [line for line in lines if len(line) > 50]
    assert wide == f"  https://example.org/{'a' * 60},"
    assert note in " ".join(" ".join(lines).split())


@pytest.mark.parametrize("width", [80, 200])
def test_an_id_in_a_table_is_whole(run: Run, store: Store, width: int) -> None:
    shown = run("list", tty=width).text.split()
    assert not [fact.id for fact in store.facts() if fact.id not in shown]


def test_a_hostile_statement_prints_whole_and_is_never_markup(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    hostile = "Officials [of the ministry] said [/] [link=https://evil.example]gov[/link] :smile: 7 over."
    path.write_text(path.read_text().replace("The United States gave over 7 radios in 2019.", hostile))
    shown = " ".join(run("show", "seven-radios", "--facts", str(small), tty=120, color=True).text.split())
    assert "[of the ministry] said [/] [link=https://evil.example]gov[/link] :smile: 7 over." in shown
    assert "\x1b]8" not in shown


def test_the_bars_of_long_tasks_are_drawn_on_stderr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    from tajsec.output.rich_tables import counting, progress

    with counting("facts compiled") as tell:
        tell(1000)
    with progress(2) as of_source:
        of_source("nato-2017")(10, 100)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("width", [60, 80, 140])
def test_lines_of_tables_end_between_two_items_without_a_dot(run: Run, run_json: RunJson, width: int) -> None:
    for command in ("list", "differences"):
        lines = [line.strip() for line in run(command, tty=width, today="2026-11-28").text.splitlines()]
        assert not [line for line in lines if line.startswith("·") or line.endswith("·")]
    facts = {each["id"] for each in run_json("list")["facts"]}
    items = {item for line in lines for item in line.split(" · ")}
    assert {each["id"] for pair in run_json("differences")["differences"] for each in pair["facts"]} <= items & facts


@pytest.mark.parametrize("width", [80, 160])
def test_an_age_stands_behind_its_as_of_date(run: Run, width: int) -> None:
    text = run("list", "--topic", "equipment", "--status", "planned", tty=width, today="2026-11-28").text
    when = " ".join(line[: 13 if width == 80 else 24].strip() for line in text.splitlines())
    assert "as of 19 November 2021*, 5 years ago" in when
