"""The text of the sealed store (a fixture of tests/check), and how a test seals, verifies and changes that store."""

import json
from collections.abc import Callable
from pathlib import Path

from tajsec.check.copies import documents
from tajsec.check.quoted_share import shares
from tajsec.check.verify import verify
from tajsec.cli.terminal import Reply
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.store.open import open_store

Run = Callable[..., Reply]

TEXT = """Two words
The United States gave over 7 radios in 2019, and 3 radios were not given to the army of 2018.
"""


def seal_text(folder: Path, text: str) -> None:
    """Write the text of the document of a store, and its record."""
    record = seal(text_document(text, "paper.txt")).record
    (folder / "seeds" / "paper.toml").write_text(
        f'publisher = "P"\nurl = "https://example.org"\nas_of = "2019"\n{record}'
    )
    (folder / "paper.txt").write_text(text)


def check(run: Run, folder: Path, *args: str) -> dict:
    reply = run("verify", "--facts", str(folder), "--json", *args)
    assert reply.text, reply.stderr
    found = json.loads(reply.text)
    assert reply.status == (1 if found["findings"] else 0)
    return found


def codes(found: dict) -> list[str]:
    return [each["code"] for each in found["findings"]]


def findings(folder: Path, *texts: Path) -> list[tuple[object, ...]]:
    """Return what is found in a store, with the texts of its documents that are given."""
    store = open_store([folder])
    found = documents(texts, store.sources())
    quoted = shares(store, {each.source: each.lines for each in found if each.sealed})
    return [tuple(each) for each in verify(store, store.facts(), found, quoted=quoted).findings]


def change(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after, 1))
