"""A pack whose documents have no web address: each has one fact, and is found in a way of its own."""

from pathlib import Path

SOURCES = {
    "leaked-memo": ("report", ["Ministry of Bridges"], "Border Observatory", 'genre = "memorandum"\n',
                    'locator = "Border Observatory, leaks, box 7, file 12.pdf"'),
    "foia-letter": ("personal_communication", ["Ministry of Examples"], "Ministry of Examples", 'genre = "letter"\n',
                    'locator = "Border Observatory, request 2023-014, page 3"'),
    "bridge-book": ("book", ["A. Surveyor", "B. Surveyor"], "Border Press", "", 'isbn = "978-3-16-148410-0"'),
    "envoy-interview": ("interview", ["The envoy"], "Border Observatory", "", 'locator = "Recording 4 & notes"'),
    "court-file": ("legal_case", [], "Court of Examples", "", 'locator = "Court of Examples, case 12/2021, sheet 40"'),
    "bridge-article": ("article-journal", ["A. Surveyor"], "Border Press", 'container_title = "Journal of Bridges"\n',
                       'doi = "10.5555/12345678"'),
    "bridge-standard": ("standard", ["Bridge Standards Body"], "Bridge Standards Body", "",
                        'urn = "urn:example:std:bridge:1"'),
    "field-notes": ("manuscript", ["C. Surveyor"], "Border Observatory", "",
                    'locator = "Border Observatory, papers of C. Surveyor, [folder 3]"'),
    "bridge-chapter": ("chapter", ["B. Surveyor"], "Border Press", 'container_title = "All Bridges"\n',
                       'isbn = "0-306-40615-2"\ndoi = "10.5555/(BR)1999<1::AID>3.0;2"'),
}  # fmt: skip
"""Source -> type, authors, publisher, other keys, and where it is found."""

WHERE = {
    "leaked-memo": "Border Observatory, leaks, box 7, file 12.pdf",
    "foia-letter": "Border Observatory, request 2023-014, page 3",
    "bridge-book": "ISBN 978-3-16-148410-0",
    "envoy-interview": "Recording 4 & notes",
    "court-file": "Court of Examples, case 12/2021, sheet 40",
    "bridge-article": "https://doi.org/10.5555/12345678",
    "bridge-standard": "urn:example:std:bridge:1",
    "field-notes": "Border Observatory, papers of C. Surveyor, [folder 3]",
    "bridge-chapter": "https://doi.org/10.5555/(BR)1999%3C1::AID%3E3.0;2",
}
"""Source -> its address, or where it is kept."""

ON_WEB = {source for source, where in WHERE.items() if where.startswith("https://")}


def fact_of(source: str) -> str:
    """Return the id of the fact that cites a source."""
    return f"{source}-says"


def write(folder: Path) -> Path:
    """Add the sources and their facts to a whole store, such as the small one."""
    for n, (source, (kind, author, publisher, others, where)) in enumerate(SOURCES.items()):
        record = (
            f'id = "{source}"\ntype = "{kind}"\ntitle = "The {source.replace("-", " ")}"\nauthor = {author}\n'
            f'publisher = "{publisher}"\n{others}issued = "2023-0{n + 1}"\n{where}\nlanguage = "en"\n'
            f'file = "{source}.txt"\ntext_sha256 = "{"b" * 64}"\n'
            f'[[passage]]\nn = 1\nsection = "Part two"\nrole = "claim"\nwords = 9\nsha256 = "{"c" * 64}"\n'
        )
        (folder / "seeds" / f"{source}.toml").write_text(record, encoding="utf-8")
    facts = (
        f'[[fact]]\nid = "{fact_of(source)}"\nstatement = "The United States counted {n + 11} bridges in 2023."\n'
        f'actors = ["us"]\ntopics = ["gear"]\nwhen = "2023"\nstatus = "completed"\n'
        f'cites = [{{ source = "{source}", passage = 1, quote = "counted {n + 11} bridges there" }}]\n'
        for n, source in enumerate(SOURCES)
    )
    (folder / "facts" / "bridges.toml").write_text("\n".join(facts), encoding="utf-8")
    return folder
