"""Trees of elements, and the colours of text on its ground."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tajsec.cli.terminal import Reply
from tajsec.pictures.markup import TONES, html_text, svg_text, tag

Run = Callable[..., Reply]


SVG = "{http://www.w3.org/2000/svg}"


def tags_of(text: str) -> set[str]:
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda name, _attributes: found.add(name)
    parser.feed(text)
    assert len(found) > 5
    return found


def test_a_hostile_fact_is_text_in_every_file(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    hostile = "Over 7 radios </title><script>alert(1)</script> & $330 or $40 <b onclick=x> ]]> مرحبا."
    path.write_text(path.read_text().replace("The United States gave over 7 radios in 2019.", hostile))
    pages = ("timeline --html -", "summary gear --format html", "show seven-radios --format html")
    for command in ("timeline --svg -", "show seven-radios --svg -", *pages):
        text = run(*command.split(), "--facts", str(small)).text
        assert "Over 7 radios" in text
        assert not {"script", "b"} & tags_of(text)
        if "svg" in command:
            assert hostile in "".join(ElementTree.fromstring(text).itertext())


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", ["ink", "soft", "done", "planned", "stated", "differs"])
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tone: str, ground: str) -> None:
    grounds = ("paper", "mark") if tone == "ink" else ("paper",)
    for below in grounds:
        dark, light = sorted(luminance(getattr(TONES[name], ground)) for name in (tone, below))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_characters_that_would_not_be_seen_are_shown() -> None:
    assert "a&lt;U+202E&gt;b" in svg_text(tag("text", "a\u202eb"))
    assert html_text(tag("p", "one", tag("br"), "two", class_="x")) == '<!DOCTYPE html>\n<p class="x">one<br>two</p>\n'
