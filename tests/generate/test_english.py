"""The list of English words is what the script makes of SCOWL."""

from pathlib import Path

import pytest

from tajsec.generate.english import LIST, RENEW, SCOWL, word_list


@pytest.mark.skipif(not SCOWL.is_dir(), reason="SCOWL is not installed (Debian's package scowl)")
def test_the_shipped_list_is_what_the_script_makes() -> None:
    assert word_list(SCOWL) == LIST.read_bytes(), f"{RENEW} writes it anew"


def test_words_are_folded_and_sorted_and_possessives_rarer_words_and_other_spellings_left_out(tmp_path: Path) -> None:
    entries = {
        "english-words.10": "zebra\nzebra's\nmêlée\n",
        "british-words.60": "colour\n",
        "english-upper.50": "Moldova\n",
        "english-contractions.35": "don't\n",
        "english-abbreviations.60": "UNICEF\ndept\n",
        "english-words.70": "stedfast\n",
        "canadian-words.10": "toonie\n",
        "variant_1-words.10": "instal\n",
        "special-hacker.50": "grok\n",
    }
    for name, text in entries.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = word_list(tmp_path).decode().split("\n")
    assert words == [words[0], *sorted(set(words[1:-2])), "~", ""]
    assert {"zebra", "melee", "colour", "Moldova", "dont", "Unicef", "Europol"} <= set(words)
    assert {"zebras", "moldova", "dept", "stedfast", "toonie", "instal", "grok"}.isdisjoint(words)
