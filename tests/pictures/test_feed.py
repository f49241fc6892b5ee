"""Changes between two stores as an Atom feed, as an independent reader of feeds takes it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply

feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")

ATOM = {"": "http://www.w3.org/2005/Atom"}
RunJson = Callable[..., dict]
GEAR = "facts/gear.toml"

OTHER = """
[[topic]]
id = "roads"
name = "Roads"
"""


@pytest.fixture
def newer(write_small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A store that differs from `small` in one fact, whose new statement has markup in it."""
    path = write_small(tmp_path / "newer") / GEAR
    path.write_text(path.read_text().replace("The United States gave", "<b>The U.S.</b> & others gave"))
    return tmp_path / "newer"


def feed(old: Path, new: Path, *args: str, today: str = "2026-11-28") -> tuple["feedparser.FeedParserDict", Reply]:
    """The feed that the command prints, as feedparser reads it, and the whole reply."""
    reply = run_cli(["changes", str(old), str(new), "--format", "atom", *args], Environment(today=today), {})
    return feedparser.parse(reply.text), reply


def cells(entry: "feedparser.FeedParserDict") -> list[str]:
    """The cells of the table in an entry, below its head."""
    return re.findall(r"<td>(.*?)</td>|<td />", entry.content[0].value)


def test_an_entry_for_each_change_has_what_atom_asks_for(small: Path, newer: Path, run_json: RunJson) -> None:
    found, reply = feed(small, newer)
    (change,) = run_json("changes", str(small), str(newer))["changes"]
    assert (reply.status, reply.machine, found.version, found.bozo) == (0, True, "atom10", False)
    (entry,) = found.entries
    assert entry.title_detail == {
        **entry.title_detail,
        "type": "text/plain",
        "value": f"changed: {change['statement']}",
    }
    assert [each.term for each in entry.tags] == ["changed"]
    assert (found.feed.updated, entry.updated) == ("2026-11-28T00:00:00Z",) * 2
    assert found.feed.author == "tajsec"
    assert all(each.id.startswith("urn:uuid:") for each in (found.feed, entry))


def test_an_entry_has_the_old_value_the_new_one_and_the_reason(small: Path, newer: Path) -> None:
    (newer / GEAR).write_text((newer / GEAR).read_text() + 'notes = "The paper counted again."\n')
    (entry,) = feed(small, newer)[0].entries
    assert cells(entry) == [
        "The United States gave over 7 radios in 2019.",
        "&lt;b&gt;The U.S.&lt;/b&gt; &amp; others gave over 7 radios in 2019.",
        "",
        "The paper counted again.",
    ]
    assert "<p>fact seven-radios</p>" in entry.content[0].value
    assert "<p>Reason: The paper counted again</p>" in entry.content[0].value
    assert "<p>Reason: none is recorded</p>" in feed(newer, small)[0].entries[0].content[0].value


def test_corrections_and_withdrawals_come_first(small: Path, newer: Path) -> None:
    text = (small / GEAR).read_text()
    for folder in (small, newer):
        (folder / GEAR).write_text(text.replace("seven", "other") + text + text.replace("seven", "last"))
    source = newer / "seeds" / "paper.toml"
    source.write_text(source.read_text().replace('"A paper"', '"The paper"'))
    changed = text.replace("seven", "new") + text.replace("seven", "other").replace("walkie", "talkie")
    changed += text.replace('"completed"', '"stated"') + text.replace("seven", "last") + 'withdrawn = "a misprint"\n'
    (newer / GEAR).write_text(changed)
    entries = feed(small, newer)[0].entries
    assert [re.search(r"<p>\w+ (.*?)</p>", each.content[0].value)[1] for each in entries] == [
        "seven-radios", "last-radios", "new-radios", "other-radios", "paper",
    ]  # fmt: skip
    withdrawn = entries[1].content[0].value
    assert cells(entries[1]) == ["The United States gave over 7 radios in 2019.", "withdrawn"]
    assert "<p>Reason: a misprint</p>" in withdrawn


@pytest.mark.parametrize("place", ["old", "new"])
def test_a_topic_of_either_store_chooses_facts_and_their_sources(small: Path, newer: Path, place: str) -> None:
    stores = {"old": small, "new": newer}
    source = newer / "seeds" / "paper.toml"
    source.write_text(source.read_text().replace('"A paper"', '"The paper"'))
    names = stores[place] / "facts" / "vocabulary" / "all.toml"
    names.write_text(names.read_text() + OTHER)
    road = (stores[place] / GEAR).read_text().replace('"gear"', '"roads"').replace("seven-", "road-")
    (stores[place] / "facts" / "roads.toml").write_text(road)
    titles = [each.tags[0].term for each in feed(small, newer, "--topic", "Roads")[0].entries]
    assert titles == (["removed", "changed"] if place == "old" else ["added", "changed"])
    assert len(feed(small, newer, "--topic", "gear", "--topic", "roads")[0].entries) == 3


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--topic", "gaer"), "unknown topic 'gaer'; did you mean gear?"),
        (("--topic", ""), "--topic: empty"),
        (("--topic", "\x1b]52;c;x\x07"), "unknown topic"),
        (("--topic", "x" * 100_000), "unknown topic"),
        (("--fields", "id"), "--fields and --format atom exclude each other; keep one"),
    ],
)
def test_a_topic_that_neither_store_has_is_one_line(small: Path, newer: Path, args: tuple[str, str], told: str) -> None:
    _, reply = feed(small, newer, *args)
    assert (reply.status, reply.text, reply.stderr.count("\n")) == (2, "", 1)
    assert told in reply.stderr
    assert reply.stderr[:-1].isprintable()
    assert len(reply.stderr) <= 501


HOSTILE = (
    "<script>alert(1)</script>",
    "]]><!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "</div></content></entry></feed>",
    "&lt;b&gt; &amp;amp; &#27;",
    '" onload="x" \'',
    "javascript:alert(1) https://example.org/?a=1&b=2",
    "zero\u200bwidth and \u00ad soft",
    "می‌خواهم ҷ " + "é" * 2000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_pack_says_is_text_in_a_reader_of_feeds(small: Path, newer: Path, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    path = newer / GEAR
    path.write_text((small / GEAR).read_text().replace("radios in 2019.", f"radios in 2019 {escaped}."), "utf-8")
    path.write_text(path.read_text("utf-8") + f'withdrawn = "{escaped}"\n', "utf-8")
    found, reply = feed(small, newer)
    assert (found.bozo, len(found.entries)) == (False, 1), reply.stderr
    shown = text.replace("\u200b", "<U+200B>").replace("\u00ad", "<U+00AD>")
    assert found.entries[0].title == f"withdrawn: The United States gave over 7 radios in 2019 {shown}."
    root = ElementTree.fromstring(reply.text)
    assert f"Reason: {shown}" in "".join(root.itertext())
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "entry", "category", "content",
        "div", "p", "table", "tr", "th", "td",
    }  # fmt: skip


def test_a_change_has_the_same_id_every_day_and_no_other_has_it(small: Path, newer: Path) -> None:
    shutil.copytree(newer, newer.parent / "copy")
    text = (newer / GEAR).read_text()
    (newer / GEAR).write_text(text + text.replace("seven-", "other-"))

    def ids(*given: Path, today: str = "2026-11-28") -> list[str]:
        return [each.id for each in feed(*given, today=today)[0].entries]

    assert len(set(ids(small, newer))) == 2
    assert ids(small, newer) == ids(small, newer, today="2027-01-01")
    assert not {*ids(small, newer)} & {*ids(newer, small)}
    assert ids(small, newer.parent / "copy") == ids(small, newer)[:1]


def test_a_feed_without_a_change_is_a_feed(small: Path) -> None:
    found, reply = feed(small, small)
    assert (found.bozo, found.entries, reply.status) == (False, [], 1)
    assert reply.stderr == "tajsec: no difference\n"
