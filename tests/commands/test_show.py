"""`tajsec show`: facts whole."""

from collections.abc import Callable
from pathlib import Path

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def test_show_names_what_a_fact_disagrees_with_in_both_directions(run: Run) -> None:
    rounded = run("show", "radios-provided-rounded", tty=100).text
    exact = run("show", "radios-delivered", tty=100).text
    assert "rounds radios-delivered" in rounded
    assert "rounded by radios-provided-rounded" in exact
    assert "Cite radios-delivered." in exact


def test_show_in_a_pipe_gives_a_field_a_line(run: Run) -> None:
    fields = dict(line.split("\t") for line in run("show", "radios-delivered").text.splitlines())
    assert fields["id"] == "radios-delivered"
    assert fields["quantities[0].value"] == "4862"
    assert fields["cites[0].passage"] == "8"


def test_a_withdrawn_fact_is_shown_by_its_id_alone(run: Run, run_json: RunJson, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'withdrawn = "The paper took it back."\n')
    assert run("list", "--facts", str(small)).status == 1
    assert run_json("show", "seven-radios", "--facts", str(small))["facts"][0]["withdrawn"] == "The paper took it back."
