"""JSON as text: what a terminal or an editor would execute, hide or not know is escaped."""

import json

import pytest

from tajsec.text.jsontext import dumps


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x1b[0m", r"\u001b[0m"),
        ("\x7f\x9b", r"\u007f\u009b"),
        ("so\u00adft", r"so\u00adft"),
        ("\u202e\u2066\u061c", r"\u202e\u2066\u061c"),
        ("\u200b\u200d\ufeff\u180e", r"\u200b\u200d\ufeff\u180e"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\ue000\U0010fffd", r"\ue000\udbff\udffd"),
        ("\u0378\ufdd0", r"\u0378\ufdd0"),
        ("\U000e0041", r"\udb40\udc41"),
        ("\ud800", r"\ud800"),
        ("Раҳмон “1\u00a0000” 🙂", "Раҳмон “1\u00a0000” 🙂"),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_what_is_not_seen_is_escaped_and_reads_back(text: str, written: str, indent: int | None) -> None:
    assert dumps([text], indent).strip("[ \n]") == f'"{written}"'
    assert json.loads(dumps([text])) == [text]
