"""The table of citation styles.

To add a style, add a row to `STYLES`: with the function of `tajsec.cite` that writes it, or with its file in
`csl_styles`, which `csl.py` renders (the extra `tajsec[csl]`).
"""

from typing import NamedTuple


class CslFile(NamedTuple):
    """A style file of the Citation Style Language, with the settings that the file does not have."""

    name: str
    heading: str = "References"
    """Title of the list of sources."""
    locale: str = "en-US"
    names_archive: bool = True
    """True if the name of the archive is printed before the address of an archived copy."""


class Style(NamedTuple):
    """A citation style."""

    about: str
    """The style in a few words, as docs/citing.md lists it."""
    made_by: str | CslFile
    """"module.function" of `tajsec.cite`, or the style file that is rendered."""


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
"""The styles that need `tajsec[csl]`. Like `plain`, they are prose and not a format for programs."""
