"""Citations in a style, by its name: those written here, and those of papers and journals (the extra `tajsec[csl]`).

What a style needs is imported when it is asked for.
"""

from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.cite.citation import Citation
    from tajsec.cite.csl import Rendering


WRITTEN = ("plain", "bibtex", "ris", "csl-json", "wikipedia")


RENDERED = ("apa", "chicago-author-date", "chicago-notes", "mla", "harvard", "ieee")


STYLES = WRITTEN + RENDERED


class Texts(NamedTuple):
    """Citations one by one, each a text that stands alone, and in a rendered style the list of all their sources."""

    each: list[str]
    bibliography: list[str] | None


def in_style(citations: "Sequence[Citation]", style: str) -> str:
    """Give citations as one text; in a rendered style those of a fact go together, and each source is listed once.

    Raises UsageError for an unknown style, and for a rendered one without its extra.
    """
    if style in RENDERED:
        from tajsec.cite.citation import by_fact

        return _rendered(style, by_fact(citations)).text
    return _written(citations, style)


def one_by_one(citations: "Sequence[Citation]", style: str) -> Texts:
    """Give citations as a text each. Raises as `in_style` does."""
    if style in RENDERED:
        rendering = _rendered(style, [[each] for each in citations])
        return Texts([group.text for group in rendering.groups], list(rendering.bibliography))
    return Texts([_written([each], style) for each in citations], None)


def _written(citations: "Sequence[Citation]", style: str) -> str:
    if style not in WRITTEN:
        from tajsec.text.spelling import near_names

        near = near_names(style, STYLES)
        advice = f"did you mean {' or '.join(near)}?" if near else f"name one of {', '.join(STYLES)}"
        raise UsageError(f"unknown style {style!r}; {advice}")
    if style == "wikipedia":
        from tajsec.cite.wikipedia import wikipedia

        return wikipedia(citations)
    from tajsec.cite.bibliography import WRITERS

    return WRITERS[style](citations)


def _rendered(style: str, groups: "Sequence[Sequence[Citation]]") -> "Rendering":
    try:
        from tajsec.cite.csl import render
    except ImportError as error:
        raise UsageError(f"--style {style} needs {error.name}; install tajsec[csl]") from error
    return render(style, groups)
