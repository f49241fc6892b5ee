"""The table of citation styles, and citations as text in one of them.

A new style is a row of `STYLES`: with the function of this wing that writes it, or with its file in `csl_styles`, which
`csl.py` renders (the extra `tajsec[csl]`). Writers are imported on first use, because the options of `tajsec cite` are
made of this table.
"""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tajsec.cite.citation import Citation
    from tajsec.cite.csl import Rendering


class CslFile(NamedTuple):
    """A style file of the Citation Style Language, and what the file does not say."""

    name: str
    heading: str = "References"
    """Title of the list of sources."""
    locale: str = "en-US"
    names_archive: bool = True
    """True if the archive of a copy is named before its address."""


class Style(NamedTuple):
    """A citation style."""

    about: str
    """The style in a few words, as docs/citing.md lists it."""
    made_by: str | CslFile
    """Module and function of this wing, or the file that is rendered."""


STYLES = {
    "plain": Style("one line for each fact and source", "bibliography.plain"),
    "bibtex": Style("an entry for each fact and source; the claim is its `annote`", "bibliography.bibtex"),
    "ris": Style("the same for reference managers; the claim is a note", "bibliography.ris"),
    "csl-json": Style("the same for Zotero, pandoc and other CSL processors", "bibliography.csl_json"),
    "wikipedia": Style(
        "wikitext: the claim, and a footnote with `{{cite web}}` or `{{cite news}}`", "wikipedia.wikitext"
    ),
    "apa": Style("APA, 7th edition", CslFile("apa", names_archive=False)),
    "chicago-author-date": Style("Chicago, 18th edition, author and date", CslFile("chicago-author-date")),
    "chicago-notes": Style(
        "Chicago, 18th edition, notes and bibliography", CslFile("chicago-notes-bibliography", "Bibliography")
    ),
    "mla": Style("MLA, 9th edition", CslFile("modern-language-association", "Works Cited")),
    "harvard": Style(
        "Harvard as in Cite Them Right, 12th edition", CslFile("harvard-cite-them-right", "Reference list", "en-GB")
    ),
    "ieee": Style("IEEE, 2023", CslFile("ieee")),
}

RENDERED = tuple(name for name, style in STYLES.items() if isinstance(style.made_by, CslFile))
"""The styles that need `tajsec[csl]`; their text is for people, as that of `plain` is."""


def in_style(citations: "Sequence[Citation]", style: str) -> str:
    """Return citations as one text; a rendered style puts those of a fact together, and lists each source once.

    Raises UsageError for an unknown style, and for a rendered one without its extra.
    """
    made_by = _maker(style)
    if isinstance(made_by, str):
        return _written(made_by, citations)
    from tajsec.cite.citation import by_fact

    return _rendered(style, made_by, by_fact(citations)).text


def one_by_one(citations: "Sequence[Citation]", style: str) -> tuple[list[str], list[str] | None]:
    """Return a text for each citation, and in a rendered style the list of all sources. Raises as `in_style` does."""
    made_by = _maker(style)
    if isinstance(made_by, str):
        return [_written(made_by, [each]) for each in citations], None
    rendering = _rendered(style, made_by, [[each] for each in citations])
    return [group.text for group in rendering.groups], list(rendering.bibliography)


def _maker(style: str) -> str | CslFile:
    if style in STYLES:
        return STYLES[style].made_by
    from tajsec.text.spelling import near_names

    near = near_names(style, STYLES)
    advice = f"did you mean {' or '.join(near)}?" if near else f"name one of {', '.join(STYLES)}"
    raise UsageError(f"unknown style {style!r}; {advice}")


def _written(made_by: str, citations: "Sequence[Citation]") -> str:
    module, _, function = made_by.partition(".")
    write: Callable[[Sequence[Citation]], str] = getattr(import_module(f"tajsec.cite.{module}"), function)
    return write(citations)


def _rendered(style: str, file: CslFile, groups: "Sequence[Sequence[Citation]]") -> "Rendering":
    try:
        from tajsec.cite.csl import render
    except ImportError as error:
        raise UsageError(f"--style {style} needs {error.name}; install tajsec[csl]") from error
    return render(file, groups)
