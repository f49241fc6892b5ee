"""The user's copies of the documents: each text is recognised as one of a source, or refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sealed import TEXT

from tajsec.check.copies import documents
from tajsec.cli.terminal import Reply
from tajsec.data.read import read_source
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.errors import UsageError
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.store.open import open_store

Run = Callable[..., Reply]


@pytest.fixture
def sources(sealed: Path, store: Store) -> list[Source]:
    """The source of the sealed store, and another one."""
    return [*open_store([sealed]).sources(), store.source("nato-2017")]


@pytest.mark.parametrize(
    ("name", "text", "is_sealed"),
    [
        ("any.txt", TEXT, True),
        ("any.txt", TEXT.replace(" ", "  ").replace("\n", "\r\n"), True),
        ("paper.txt", "Another text.", False),
        ("paper.md", "Another text.", False),
    ],
)
def test_a_text_is_known_by_its_digest_or_by_the_name_of_its_file(
    sources: list[Source], tmp_path: Path, name: str, text: str, is_sealed: bool
) -> None:
    (tmp_path / name).write_text(text, newline="")
    (found,) = documents([tmp_path / name], sources)
    assert (found.source, found.sealed) == ("paper", is_sealed)
    assert documents([tmp_path], sources) == [found]


def page(text: str) -> bytes:
    first, second = text.splitlines()
    return f"<html><body><h1>{first}</h1><ul><li>{second}</li></ul></body></html>".encode()


@pytest.mark.parametrize("name", ["paper.html", "any.htm"])
def test_a_copy_may_be_a_page_whose_list_has_no_marks(sealed: Path, tmp_path: Path, name: str) -> None:
    first, second = TEXT.splitlines()
    marked = seal(text_document(f"{first}\n• {second}", "paper.txt")).record
    source = read_source(f'publisher = "P"\nurl = "https://example.org"\n{marked}', "paper.toml")
    (tmp_path / name).write_bytes(page(TEXT))
    (found,) = documents([tmp_path / name], [source])
    assert (found.source, found.sealed, found.lines) == ("paper", True, (first, f"• {second}"))


def test_a_text_of_another_name_is_of_the_only_source_or_shares_passages_with_one(
    sources: list[Source], tmp_path: Path
) -> None:
    path = tmp_path / "other.txt"
    path.write_text(TEXT + "One passage more.")
    assert [each.source for each in documents([path], sources[:1])] == ["paper"]
    with pytest.raises(UsageError, match="shares too little with any source"):
        documents([path], sources)


def test_a_folder_of_texts_leads_nowhere_else(sources: list[Source], tmp_path: Path) -> None:
    (tmp_path / "away.txt").write_text(TEXT)
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, target in (("paper.txt", "../away.txt"), ("loop.txt", "loop.txt"), ("lost.txt", "nowhere")):
        (folder / name).symlink_to(target)
    with pytest.raises(UsageError, match="holds no text of the sources"):
        documents([folder], sources)
    assert documents([folder / "paper.txt"], sources)[0].sealed


def test_a_passage_that_a_text_does_not_have_is_empty(sources: list[Source], tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(TEXT)
    (found,) = documents([tmp_path / "paper.txt"], sources)
    assert [found.line(n) for n in (0, 1, 3)] == ["", "Two words", ""]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no word; name the text of a document"),
        (
            "Nothing of what\nthe sources say.",
            "shares too little with any source; --source ID says of which one it is a version",
        ),
    ],
)
def test_a_text_of_no_source_is_refused(run: Run, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(content)
    reply = run("verify", "--text", str(path))
    assert (reply.status, reply.text, reply.stderr) == (2, "", f"tajsec: error: {path}: {message}\n")


def test_another_version_that_is_too_long_to_compare_is_refused(run: Run, sealed: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("One line of it.\n" * 10_001)
    reply = run("verify", "--facts", str(sealed), "--text", str(path))
    assert reply.status == 2
    assert "over 2 MiB or 10,000 passages, too long to compare" in reply.stderr


def test_a_folder_without_a_text_of_a_source_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Some words.")
    reply = run("verify", "--text", str(tmp_path))
    assert reply.status == 2
    assert "holds no text of the sources, by name or digest" in reply.stderr
