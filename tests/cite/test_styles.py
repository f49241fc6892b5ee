"""What docs/citing.md shows is what `tajsec cite` does."""

import re
import shlex
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
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (`tajsec\[csl\]` )?\|$", TEXT, re.MULTILINE)
    assert [style for style, _ in rows] == list(STYLES)
    assert [style for style, extra in rows if extra] == list(RENDERED)
