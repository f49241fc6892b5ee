"""Writes invented packs of facts for tests: one document and one fact, which use the names that are shipped."""

from pathlib import Path

PACK = """
id = "{id}"
version = "{version}"
title = "Lorries at the border"
licence = "CC-BY-4.0"
maintainers = ["Border Observatory <desk@observatory.example>"]
"""

FACT = """
[[fact]]
id = "lorries-{id}"
statement = "About 312 lorries crossed the border of Tajikistan on a day of 2024."
actors = ["tajikistan"]
topics = ["border-security"]
when = "2024"
status = "completed"
cites = [{{ source = "{id}-2024", passage = 2, quote = "About 312 lorries crossed" }}]
"""

SOURCE = """
id = "{id}-2024"
type = "webpage"
title = "A year at the border"
publisher = "Border Observatory"
issued = "2025"
url = "https://observatory.example/2024"
language = "en"
file = "year.txt"
text_sha256 = "{digest}"

[[passage]]
n = 1
role = "heading"
words = 5
sha256 = "{digest}"

[[passage]]
n = 2
role = "claim"
words = 19
sha256 = "{digest}"
"""


def write_pack(
    folder: Path, id: str = "border-observatory", version: str = "1.0.0", *, more: str = "", vocabulary: str = ""
) -> Path:
    """Write a pack into a new folder; `more` are further lines of its `pack.toml`, `vocabulary` is its own."""
    texts = {
        "pack.toml": PACK.format(id=id, version=version) + more,
        "facts/border-security.toml": FACT.format(id=id),
        f"seeds/{id}.toml": SOURCE.format(id=id, digest="a" * 64),
        "facts/vocabulary/own.toml": vocabulary,
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
    return folder
