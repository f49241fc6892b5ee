"""Pages in HTML: they have everything, stand alone, and work in a browser."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from sums import PARTS, write_parts

from tajsec.cli.terminal import Reply
from tajsec.output import wording

Run = Callable[..., Reply]


RunJson = Callable[..., dict]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.mark.parametrize("topic", ["us-funding", "equipment"])
def test_a_summary_page_has_everything_that_the_summary_has(run: Run, run_json: RunJson, topic: str) -> None:
    text = text_of(run("summary", topic, "--html", "-").text)
    found = run_json("summary", topic)
    facts = run_json("list", "--topic", topic)["facts"]
    wanted = [each["statement"] for each in facts] + [cite["quote"] for each in facts for cite in each["cites"]]
    wanted += [each["note"] for each in found["differences"]] + [each["id"] for each in found["sources"]]
    wanted += [wording.figure(each) for fact in facts for each in fact["quantities"]]
    assert len(facts) > 4
    assert not [each for each in wanted if " ".join(each.split()) not in text]


def test_a_summary_page_has_the_sums_with_what_was_left_out(run: Run, small: Path) -> None:
    text = text_of(run("summary", "gear", "--html", "-", "--facts", str(write_parts(small, PARTS))).text)
    assert "over 7 radios is the sum of 2 parts of the-programme" in text
    assert "5 (c): planned" in text
    assert "6 (d): annual" in text
