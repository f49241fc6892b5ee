"""The manual pages: what they hold, that roff shows every character of it, and that no reader of roff complains."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from tajsec.generate.commands import commands
from tajsec.generate.manual import manual_pages, roff

DATE = "2026-01-31"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The text of each page."""
    return manual_pages(DATE)


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def test_there_is_a_page_for_the_tool_and_one_for_each_command(pages: dict[str, str]) -> None:
    assert sorted(pages) == sorted(["tajsec.1", *(f"tajsec-{each.name.replace(' ', '-')}.1" for each in commands())])


@pytest.mark.parametrize("line", [["mandoc", "-Tlint", "-Wwarning"], ["groff", "-man", "-Tutf8", "-ww", "-z"]])
def test_a_reader_of_manual_pages_has_nothing_to_complain_of(
    pages: dict[str, str], line: list[str], tmp_path: Path
) -> None:
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program(line[0]), *line[1:], *sorted(pages)], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def rendered(text: str) -> str:
    """Return a page as mandoc shows it, without bold and underlined letters."""
    done = subprocess.run(
        [program("mandoc"), "-Tutf8", "-Owidth=200"], input=text.encode(), capture_output=True, timeout=60, check=True
    )
    return subprocess.run([program("col"), "-bx"], input=done.stdout, capture_output=True, check=True).stdout.decode()


def test_a_page_holds_every_option_with_what_it_does_and_every_example(pages: dict[str, str]) -> None:
    for command in commands():
        shown = " ".join(rendered(pages[f"tajsec-{command.name}.1"]).split())
        assert f"tajsec-{command.name} - " in shown
        for option in command.options:
            assert f"{', '.join(option.names)} {option.value}".strip() in shown
            assert " ".join(option.about.split()) in shown
        assert all(example in shown for example in command.examples)
        assert DATE in shown


@pytest.mark.parametrize(
    "text", [".so /etc/passwd", "'quoted", "a\\fBb\\*(xx", '--json ~/x ^y `z` "q"', "Раҳмон’s", "a\n.sp 5\nb", "\\\\"]
)
def test_roff_shows_every_character_and_obeys_none(text: str) -> None:
    shown = rendered(f".TH X 1 {DATE}\n.SH NAME\nx \\- y\n.SH DESCRIPTION\n.nf\n{roff(text)}\n.fi\n")
    assert [line.strip() for line in shown.split("DESCRIPTION")[1].splitlines() if line.strip()][:-1] == text.split(
        "\n"
    )


@examples(40)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_no_line_of_a_text_is_a_command_of_roff(text: str) -> None:
    assert not [line for line in roff(text).split("\n") if line.startswith((".", "'"))]
