"""Tables on a terminal: their width, their ids, their colour."""

from collections.abc import Callable
from pathlib import Path

import pytest
from listings import LISTINGS

from tajsec.cli.terminal import Reply
from tajsec.model.protocol import Store

Run = Callable[..., Reply]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 139, 140, 200])
@pytest.mark.parametrize("command", [*LISTINGS, "summary russian-base", "timeline --actor nato"])
def test_no_table_is_wider_than_its_terminal(run: Run, command: str, width: int) -> None:
    lines = run(*command.split(), tty=width).text.splitlines()
    assert max(map(len, lines)) <= width


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
