"""What is mistyped is answered with near names."""

from collections.abc import Callable

import pytest

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("serch radios", "unknown command 'serch'; did you mean search?"),
        ("help serch", "unknown command or topic 'serch'; did you mean search?"),
        ("help fromats", "unknown command or topic 'fromats'; did you mean formats?"),
        ("help blorptwix", "unknown command or topic 'blorptwix'; `tajsec help` lists them"),
        ("search --acter nato", "unknown option '--acter'; did you mean --actor?"),
        ("search --blorp", "unknown option '--blorp'; `tajsec search --help` lists them"),
        ("search -nato", "unknown option '-nato'; behind -- it leaves out a word: `tajsec search -- ... -nato`"),
        ("search -- -nato", "'-nato' only leaves something out; name what you look for as well"),
        ("verify -q", "unknown option '-q'; `tajsec verify --help` lists them"),
        ("--jsn list", "unknown option '--jsn'; a command's own stand after its name; `tajsec --help` lists them"),
        ("list --format jsn", "--format jsn: did you mean json?"),
        ("list --format=jsn", "--format jsn: did you mean json?"),
        ("list --status plannd", "--status plannd: did you mean planned?"),
        ("list --color x", "--color x: none of auto, always, never; name one"),
        ("completion fihs", "SHELL fihs: did you mean fish?"),
        ("completion", "SHELL is missing; `tajsec completion --help` shows how"),
        ("list --limit x",
         "--limit: 'x' is no whole number; write one in the digits 0 to 9; `tajsec list --help` shows how"),
        ("list --limit", "option '--limit' requires an argument; `tajsec list --help` shows how"),
        ("open a b", "got unexpected extra argument (b); `tajsec open --help` shows how"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_one_line_with_near_names_and_status_two(run: Run, line: str, message: str) -> None:
    assert run(*line.split()) == Reply(stderr=f"tajsec: error: {message}\n", status=2)
