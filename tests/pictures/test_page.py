"""Pages in HTML: they have everything, stand alone, and a brief is printed on two sheets."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from browser import Tab

from tajsec.cli.terminal import Reply
from tajsec.store.open import open_store

Run = Callable[..., Reply]

TOPICS = sorted(open_store().vocabulary.of("topic"))
TODAY = "2026-11-28"
SHEETS = 2
"""The most A4 sheets that the brief of a topic may take."""
A4 = [0, 0, 595, 842]
"""The corners of a sheet, in points."""


def words_of(text: str) -> list[str]:
    """Return the words of a text without its punctuation: what a page and a plain text have in common."""
    return re.findall(r"\w+", text)


def text_of(page: str) -> str:
    body = page.split("<main>")[1].split("<footer>")[0]
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_has_every_word_of_the_brief(run: Run, topic: str) -> None:
    plain = run("summary", topic, today=TODAY).text
    page = run("summary", topic, "--format", "html", today=TODAY).text
    assert set(words_of(plain)) <= set(words_of(text_of(page)))


def test_a_page_has_headings_a_list_and_a_table_of_figures(run: Run) -> None:
    page = run("summary", "us-funding", "--format", "html", today=TODAY).text
    assert re.findall(r"<h(\d)>([^<]+)</h\1>", page) == [
        ("1", "US security funding"), ("2", "Key points"), ("2", "Key figures"),
        ("2", "Where the sources differ"), ("2", "Sources"),
    ]  # fmt: skip
    assert re.search(r"<ul><li>Tajikistan has received over \$330 million [^<]+\.</li>", page)
    assert re.search(r"<p><small>Facts and sources, in this order: us-[^<]+</small></p>", page)
    row = "<tr><td>over $330 million</td><td>U.S. security sector assistance to Tajikistan</td>"
    assert f"{row}<td>1992 to April 2022, 4 years ago</td><td>U.S. Embassy Dushanbe, 2021; " in page


def test_a_page_stands_alone_and_is_the_same_each_time(run: Run) -> None:
    page, again = (run("summary", "equipment", "--format", "html", today=TODAY).text for _ in range(2))
    assert page == again
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\((?!#)|\son\w+=|src=", page)
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize("topic", TOPICS)
def test_the_brief_of_every_topic_is_printed_on_two_sheets_at_most(
    run: Run, chromium: Tab, tmp_path: Path, topic: str
) -> None:
    page = tmp_path / "page.html"
    page.write_text(run("summary", topic, "--format", "html", today=TODAY).text, encoding="utf-8")
    chromium.open(page)
    printed = chromium.printed()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= SHEETS
    sizes = {*re.findall(rb"/MediaBox \[([^]]*)\]", printed)}
    assert [[round(float(each)) for each in size.split()] for size in sizes] == [A4]
