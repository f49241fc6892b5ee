"""Words that are spelled right, names included, are English; misspellings are not."""

import errno
import json
import re
from pathlib import Path

import pytest

from tajsec.store.open import open_store
from tajsec.text import english
from tajsec.text.english import END, is_english
from tajsec.text.words import tokens

ROOT = Path(__file__).parents[2]

LIST = Path(english.__file__).parent / "word_list" / "english.txt"

SPELLED_RIGHT = {
    "what was taken for another word": "religion hospital court hind",
    "inflected": "hospitals religions governed governing taught wolves mice studies",
    "British and American": "organise organize colour color defence defense centre center tyre catalogue catalog",
    "with accents": "cafe naive melee",
    "with an apostrophe": "dont doesnt oclock",
    "countries and nationalities": "moldova moldovan kazakhstan turkmen turkiye eswatini leone pashtun nigerien qatari",
    "capitals": "tashkent kyiv ulaanbaatar lumpur addis pristina sanaa",
    "people": "boris emmanuel gorbachev zelensky",
    "weapons": "himars shahed manpads javelin stinger kalashnikov tank bayraktar",
    "groups and organizations": "europol interpol hezbollah taliban unicef unhcr usaf qaeda",
    "everyday": "banana guitar football wedding kitchen aardvark zebra zoo a",
}

MISSPELLED = """
    raido tranning radaition acession batalion buisness comunity divison enviromental goverment libary miltary nulcear
    recieve seperate teh thier wich untill occured definately accomodate militery soliders equipement trainig exercize
    stedfast rasing
"""


@pytest.mark.parametrize("kind", SPELLED_RIGHT)
def test_what_is_spelled_right_is_english(kind: str) -> None:
    assert [word for word in SPELLED_RIGHT[kind].split() if not is_english(word)] == []


def test_what_is_misspelled_is_not() -> None:
    assert [word for word in MISSPELLED.split() if is_english(word)] == []


def test_hardly_any_typo_of_the_benchmark_is_a_word() -> None:
    """Those that are words cannot be seen to be typos: devises for devices, areal and ariel for aerial, planing."""
    lines = (ROOT / "benchmarks" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    typed = {token for each in map(json.loads, lines) if each["class"] == "typo" for token in tokens(each["q"])}
    unknown = typed - set(open_store().stems_of(sorted(typed)))
    assert len(unknown) > 80
    assert {word for word in unknown if is_english(word)} <= {
        "areal",
        "ariel",
        "devises",
        "hoes",
        "mobilising",
        "paintings",
        "planing",
    }


@pytest.mark.parametrize(
    "word", ["", "~", "#", "Hospital", "hospital\n", "a\nb", "201st", "больница", "café", "\ud800", "zzzz"]
)
def test_what_is_no_folded_word_of_letters_is_not_english(word: str) -> None:
    assert not is_english(word)


def test_every_line_is_found_from_the_first_word_to_the_last() -> None:
    first, *words, last, end = LIST.read_text(encoding="ascii").split("\n")
    assert (first[0], f"{last}\n".encode(), end) == ("#", END, "")
    assert words == sorted(set(words))
    assert [word for word in (*words[:50], *words[::97], *words[-50:]) if not is_english(word)] == []
    assert [word for word in (f"{each}qx" for each in words[::997]) if is_english(word)] == []


@pytest.mark.parametrize("kept", [0, 1, 1000, 400_000, -1])
def test_a_list_that_was_cut_short_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    damaged = tmp_path / "english.txt"
    damaged.write_bytes(LIST.read_bytes()[:kept])
    monkeypatch.setattr(english, "_PATH", str(damaged))
    with pytest.raises(OSError, match="cut short") as raised:
        is_english("hospital")
    assert (raised.value.errno, raised.value.filename) == (errno.EIO, str(damaged))


def test_the_whole_list_has_each_word_once_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = english.all_words()
    assert len(words) > 80_000
    assert words == sorted(set(words))
    assert [word for word in words[::499] if not is_english(word)] == []
    monkeypatch.setattr(english, "_PATH", str(tmp_path / "english.txt"))
    (tmp_path / "english.txt").write_text("# a list\nhospital\n", encoding="ascii")
    with pytest.raises(OSError, match="cut short"):
        english.all_words()


def test_a_list_that_is_missing_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "_PATH", str(tmp_path / "gone.txt"))
    with pytest.raises(FileNotFoundError, match=re.escape("gone.txt")):
        is_english("hospital")


def test_the_licence_of_the_list_is_beside_it() -> None:
    terms = LIST.with_name("LICENSE").read_text(encoding="utf-8")
    assert "Copyright 2000-2018 by Kevin Atkinson" in terms
    assert "2020.12.07" in terms
