"""Pages in HTML: they have everything, stand alone, and work in a browser."""

import re
from collections.abc import Callable

from tajsec.cli.terminal import Reply

Run = Callable[..., Reply]


RunJson = Callable[..., dict]


def test_a_summary_page_has_everything_that_the_summary_has(run: Run, run_json: RunJson) -> None:
    page = " ".join(re.sub(r"<[^>]+>", "", run("summary", "us-funding", "--html", "-").text).split())
    text = page.replace("&amp;", "&")
    found = run_json("summary", "us-funding")
    facts = run_json("list", "--topic", "us-funding")["facts"]
    wanted = [each["statement"] for each in facts] + [cite["quote"] for each in facts for cite in each["cites"]]
    wanted += [each["note"] for each in found["differences"]] + [each["id"] for each in found["sources"]]
    wanted += [each["reason"] for total in found["totals"] for each in total["left_out"]]
    wanted += ["over 99,500,000 usd is the sum of", "over 330,000,000 usd"]
    assert len(facts) > 10
    assert not [each for each in wanted if " ".join(each.split()) not in text]
