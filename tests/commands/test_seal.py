"""`tajsec seal`: a source record from a text."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import tomli

from tajsec.cli.terminal import Reply
from tajsec.model.records import Source

Run = Callable[..., Reply]


def test_sealing_a_text_makes_a_record_that_reads_once_it_is_filled_in(run: Run, small: Path, tmp_path: Path) -> None:
    text = tmp_path / "My page.txt"
    text.write_text("A heading\n\nThe first claim is here.\r\n-\n", encoding="utf-8")
    reply = run("seal", str(text))
    assert reply.stderr.splitlines() == [
        "   1  heading      2  A heading",
        "   2  claim        5  The first claim is here.",
        "   3  furniture    0  -",
        "tajsec: 3 passages: 0 kept, 3 new, 0 gone",
        "tajsec: to be filled in: publisher, and where it is found: url, doi, isbn, urn or locator",
    ]
    record = f'publisher = "P"\nurl = "https://example.org"\n{reply.text}'
    (small / "seeds" / "page.toml").write_text(record)
    found = [line for line in run("lint", str(small)).text.splitlines() if "uncited" not in line]
    assert [line.rpartition("[")[2] for line in found] == ["T401, to-do]"]


def test_sealing_again_keeps_what_a_person_decided(run: Run, small: Path, tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    text.write_text("A heading\nThe first claim.\n")
    record = small / "seeds" / "page.toml"
    drafted = run("seal", str(text)).text.replace('role = "claim"', 'role = "caption"')
    assert 'rights = "copyright"' in drafted
    drafted = drafted.replace('"copyright"', '"public-domain"')
    record.write_text(f'publisher = "P"\nurl = "https://example.org"\n{drafted}')
    text.write_text("A heading\nThe first claim.\nA second one is new.\n")
    reply = run("seal", str(text), "--record", str(record), "--quiet")
    assert reply.stderr == "tajsec: 3 passages: 2 kept, 1 new, 0 gone\n"
    assert 'publisher = "P"' in reply.text
    assert 'rights = "public-domain"' in reply.text
    assert [line for line in reply.text.splitlines() if line.startswith("role")] == [
        'role = "heading"', 'role = "caption"', 'role = "claim"',
    ]  # fmt: skip


def test_sealing_replaces_a_file_only_when_told_to(run: Run, tmp_path: Path) -> None:
    text, output = tmp_path / "page.txt", tmp_path / "page.toml"
    text.write_text("One claim.\n")
    output.write_text("mine")
    refused = run("seal", str(text), "--output", str(output))
    assert refused.stderr == f"tajsec: error: {output}: exists already; --force replaces it\n"
    assert output.read_text() == "mine"
    assert run("seal", str(text), "--output", str(output), "--force").status == 0
    assert "sha256" in output.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["page.toml", "page.txt"]


def test_what_a_terminal_would_obey_is_escaped_in_the_record(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    title = "Title \x1b]0;evil\x07\x9b31m \u202e\u200b\ue000\U000e0041 “here” now"
    text.write_text(f"A title\n{title}\nThe first claim is made here.\n", encoding="utf-8")
    reply = run("seal", str(text))
    assert reply.stderr.replace("\n", "").isprintable()
    record = reply.text
    assert record.replace("\n", "").isprintable()
    assert "“here”" in record
    read = tomli.loads(record)
    assert read["passage"][2]["section"] == title


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"---\n"])
def test_a_text_without_a_word_is_not_sealed(run: Run, tmp_path: Path, content: bytes) -> None:
    text = tmp_path / "page.txt"
    text.write_bytes(content)
    assert run("seal", str(text)).stderr == f"tajsec: error: {text}: holds no word; name the text of a document\n"


def test_the_shipped_records_are_what_sealing_the_documents_gives(
    run: Run, texts: Path, at_hand: Mapping[str, Source]
) -> None:
    root = Path(__file__).parents[2]
    for source in at_hand.values():
        record = root / "seeds" / f"{source.id}.toml"
        reply = run("seal", str(texts / source.file), "--record", str(record))
        assert reply.text == record.read_text(encoding="utf-8")


@pytest.mark.parametrize(("marks", "status"), [(30, 0), (31, 2)])
def test_a_text_that_takes_hours_to_normalise_is_refused(run: Run, tmp_path: Path, marks: int, status: int) -> None:
    text = tmp_path / "page.txt"
    text.write_text("Title\n\na" + "\u0301" * marks + " b" + "\u0323" * marks + "\n", encoding="utf-8")
    reply = run("seal", str(text))
    assert (reply.status, "over 30 combining marks in a row; take them out" in reply.stderr) == (status, status == 2)


def test_the_record_is_named_after_its_file_and_the_folders_to_it_are_made(run: Run, tmp_path: Path) -> None:
    text, output = tmp_path / "page.txt", tmp_path / "pack" / "seeds" / "observatory-2024.toml"
    text.write_text("Lorries at the border\nNorth Gate, 5 March 2024\nBy Border Desk\nThe desk counted 12 lorries.\n")
    assert run("seal", str(text), "--output", str(output)).status == 0
    record = tomli.loads(output.read_text(encoding="utf-8"))
    told = {key: record.get(key) for key in ("id", "title", "author", "issued", "type")}
    assert told == {
        "id": "observatory-2024", "title": "Lorries at the border", "author": ["Border Desk"], "issued": "2024-03-05",
        "type": "document",
    }  # fmt: skip
    assert [each["role"] for each in record["passage"]] == ["heading", "furniture", "furniture", "claim"]
    assert not any("section" in each for each in record["passage"])
