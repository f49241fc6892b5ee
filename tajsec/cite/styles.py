"""The table of citation styles.

To add a style, add a row to `STYLES`: with the function of `tajsec.cite` that writes it, or with its file in
`csl_styles`, which `csl.py` renders (the extra `tajsec[csl]`).
"""

from typing import Literal, NamedTuple

By = Literal["fact", "source"]
"""Whether each fact, or each source with all that is cited of it, is cited on its own."""

Amendment = Literal["bracket-doubt", "add-circa", "date-webpages", "add-genre", "say-updated"]
"""What `csl.py` changes in a style file: dates that are not sure in brackets, or after "c."; web pages dated; the kind
of text (`Source.genre`) after the title; "last modified" before the date of the last update."""


class CslFile(NamedTuple):
    """A style file of the Citation Style Language, with the settings that the file does not have."""

    name: str
    heading: str = "References"
    """Title of the list of sources."""
    locale: str = "en-US"
    names_archive: bool = True
    """True if the name of the archive is printed before the address of an archived copy."""
    section: str = "“{}” section"
    """How a citation names the section of a source that has no pages."""
    repeats_author: bool = False
    """True if a site with the name of the author is printed: the file takes a page without a site for a whole work."""
    amended: tuple[Amendment, ...] = ()
    """What the style's manual has, or leaves open, and its file does not print."""


class Style(NamedTuple):
    """A citation style."""

    about: str
    """The style in a few words, as docs/citing.md lists it."""
    made_by: str | CslFile
    """"module.function" of `tajsec.cite`, or the style file that is rendered."""


_UNDER = "under “{}”"

STYLES = {
    "plain": Style("one line for each fact and source", "bibliography.plain"),
    "bibtex": Style("entries for BibTeX; claims and quotes are the `annote`", "bibliography.bibtex"),
    "biblatex": Style("entries for biblatex and biber, whose dates can be vague", "bibliography.biblatex"),
    "ris": Style("records for reference managers; claims and quotes are a note", "bibliography.ris"),
    "csl-json": Style("items for Zotero, pandoc and other CSL processors", "bibliography.csl_json"),
    "wikipedia": Style(
        "wikitext: the claim, and a footnote with `{{cite web}}` or the template of its type", "wikipedia.wikitext"
    ),
    "apa": Style("APA, 7th edition", CslFile("apa", names_archive=False, section="{} section")),
    "chicago-author-date": Style(
        "Chicago, 18th edition, author and date",
        CslFile("chicago-author-date", section=_UNDER, amended=("say-updated",)),
    ),
    "chicago-notes": Style(
        "Chicago, 18th edition, notes and bibliography",
        CslFile("chicago-notes-bibliography", "Bibliography", section=_UNDER, amended=("say-updated",)),
    ),
    "mla": Style(
        "MLA, 9th edition",
        CslFile("modern-language-association", "Works Cited", repeats_author=True, amended=("bracket-doubt",)),
    ),
    "harvard": Style(
        "Harvard as in Cite Them Right, 12th edition",
        CslFile("harvard-cite-them-right", "Reference list", "en-GB", amended=("add-circa", "add-genre")),
    ),
    "ieee": Style(
        "IEEE, 2023",
        CslFile("ieee", section="sec. “{}”", amended=("bracket-doubt", "date-webpages", "add-genre")),
    ),
}

BIBLIOGRAPHIES = ("bibtex", "biblatex", "ris", "csl-json")
"""The styles that are lists of entries for other programs."""

RENDERED = tuple(name for name, style in STYLES.items() if isinstance(style.made_by, CslFile))
"""The styles that need `tajsec[csl]`. Like `plain`, they are prose and not a format for programs."""
