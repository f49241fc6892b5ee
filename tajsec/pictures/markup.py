"""HTML and SVG as trees of elements, so that data is only ever text. The elements have no namespace."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element as Element
from xml.etree.ElementTree import tostring

from tajsec.text.forms import printable

SVG = "http://www.w3.org/2000/svg"

Content = Element | str | None


class Tone(NamedTuple):
    """A colour for a light background, and one for a dark background."""

    light: str
    dark: str


TONES: Mapping[str, Tone] = {
    "paper": Tone("#ffffff", "#14181d"),
    "ink": Tone("#1a1f24", "#e8eaed"),
    "soft": Tone("#59636e", "#a3adb8"),
    "line": Tone("#d5dade", "#353d46"),
    "done": Tone("#1f6f9f", "#5eb1e0"),
    "planned": Tone("#9a5b00", "#f0b050"),
    "stated": Tone("#6b4fa0", "#b79cf0"),
    "differs": Tone("#a3305f", "#f08ab4"),
    "mark": Tone("#ffe27a", "#6b5400"),
}
"""The colours by name; those of text have a contrast of 4.5 or more with `paper` (WCAG 2.2, 1.4.3)."""


def tag(name: str, *content: Content, **attributes: str) -> Element:
    """Return an element; None in the content is left out. `class_` is `class`, `aria_label` is `aria-label`.

    Invisible characters are shown as escapes, as on a terminal (`tajsec.text.forms.printable`).
    """
    element = Element(name, {_attribute(key): printable(value) for key, value in attributes.items()})
    for each in content:
        if isinstance(each, str):
            _append_text(element, printable(each))
        elif each is not None:
            element.append(each)
    return element


def style(css: str) -> Element:
    """Return a style sheet. `css` is not escaped: it must be a constant of this package, never data."""
    element = Element("style")
    element.text = css
    return element


def for_light_and_dark(css: Callable[[Mapping[str, str]], str]) -> str:
    """Return CSS for light and for dark backgrounds; `css` returns the rules for colours by their names."""
    light, dark = ({name: tone[ground] for name, tone in TONES.items()} for ground in (0, 1))
    return f"{css(light)}@media (prefers-color-scheme: dark) {{\n{css(dark)}}}\n"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def html_text(root: Element) -> str:
    """Return a page as text."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def svg_text(root: Element) -> str:
    """Return a picture as text, for a file of its own."""
    return xml_text(root, SVG)


def xml_text(root: Element, namespace: str) -> str:
    """Return a document as text; `namespace` is that of all its elements."""
    root.set("xmlns", namespace)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
