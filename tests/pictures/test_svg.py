"""Pictures and pages: where the bars lie, how a terminal shows them, and what a browser makes of the files."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from processes import output_and_modules

from tajsec.cli.terminal import Reply
from tajsec.pictures.chart import chart
from tajsec.pictures.svg import AXIS, SHRUNK, timeline_picture
from tajsec.pictures.titles import title_of

SVG = "{http://www.w3.org/2000/svg}"

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def fact(when: str, as_of: str | None = None, **more: object) -> dict:
    bare = {"id": "a-fact", "actors": ["us"], "status": "completed", "superseded_by": [], "differs_from": [],
            "rank": "normal", "notes": None, "cites": [], "statement": "A claim."}  # fmt: skip
    return {**bare, "when": when, "as_of": as_of, **more}


# ---------------------------------------------------------------- files


COMMANDS = [
    "timeline --topic russian-base --svg",
    "timeline --topic russian-base --html",
    "show radios-delivered base-agreement-signed --svg",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_stands_alone_is_replaced_only_when_told_to_and_has_the_same_bytes_each_time(
    run: Run, tmp_path: Path, command: str
) -> None:
    path = tmp_path / "file"
    assert run(*command.split(), str(path)) == Reply(machine=True)
    first = path.read_bytes()
    refused = run(*command.split(), str(path))
    assert (refused.status, refused.stderr) == (2, f"tajsec: error: {path}: exists already; --force replaces it\n")
    assert run(*command.split(), str(path), "--force").status == 0
    assert path.read_bytes() == first == run(*command.split(), "-").text.encode()
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert not re.search(rb"<script|<link|<img|<iframe|@import|url\((?!#)|\son\w+=|src=", first)
    assert b"prefers-color-scheme: dark" in first


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("timeline --plot --json", "--plot and --json exclude each other; keep one"),
        ("timeline --svg - --format csv", "--svg and --format csv exclude each other; keep one"),
        ("timeline --svg - --html -", "two pictures in one file; give each a file of its own"),
        ("show radios-delivered --svg . --force", ".: a folder; name a file"),
        ("show radios-delivered --svg /no/such/folder/x.svg",
         "/no/such/folder/x.svg: cannot be written: No such file or directory; mend that, or name another"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_made_is_one_line(run: Run, command: str, message: str) -> None:
    reply = run(*command.split())
    assert (reply.text, reply.stderr, reply.status) == ("", f"tajsec: error: {message}\n", 2)


@pytest.mark.parametrize("command", ["timeline --svg", "timeline --html"])
def test_without_a_fact_no_file_is_written(run: Run, tmp_path: Path, command: str) -> None:
    reply = run(*command.split(), str(tmp_path / "file"), "--until", "1800")
    assert (reply.text, reply.status) == ("", 1)
    assert list(tmp_path.iterdir()) == []


def test_more_facts_than_a_picture_takes_are_one_line(
    run: Run, run_json: RunJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = run_json("timeline", "--topic", "russian-base")["count"]
    monkeypatch.setattr("tajsec.pictures.svg.MOST", count - 1)
    reply = run("timeline", "--topic", "russian-base", "--html", "-")
    assert (reply.text, reply.status) == ("", 2)
    assert f"{count} facts; a picture takes {count - 1}: narrow with filters or --limit" in reply.stderr


# ---------------------------------------------------------------- what stands in them


def test_every_fact_of_a_picture_can_be_reached_and_says_its_claim_date_and_receipt(
    run: Run, run_json: RunJson
) -> None:
    root = ElementTree.fromstring(run("timeline", "--topic", "russian-base", "--svg", "-").text)
    groups = [group for group in root.iter(f"{SVG}g") if "fact" in group.get("class", "").split()]
    titled = {group.find(f"{SVG}title").text: group for group in groups}
    facts = run_json("timeline", "--topic", "russian-base")["facts"]
    assert len(titled) == len(groups) == len(facts) > 10
    for each in facts:
        ((told, group),) = [item for item in titled.items() if item[0].startswith(each["statement"])]
        assert (group.get("tabindex"), group.get("role"), group.get("aria-label")) == ("0", "img", told)
        assert each["status"] in told
        assert all(f"“{cite['quote']}”" in told and cite["title"] in told for cite in each["cites"])
        assert (group.get("data-fact"), group.find(f"{SVG}text").text) == (each["id"], title_of(each))


def shapes(group: ElementTree.Element) -> list[tuple[float, float, set[str]]]:
    """Return where the rectangles and the paths of a fact's bar begin, how wide they are, and their classes."""
    found = []
    for each in group:
        look = set(each.get("class", "").split())
        if "bar" in look:
            place = each.get("x") or each.get("d")[1:].split()[0]
            found.append((float(place), float(each.get("width", 0)), look))
    return found


def drawn(text: str) -> dict[str, ElementTree.Element]:
    """Return the group of each fact of a timeline, by the fact's id."""
    groups = [each for each in ElementTree.fromstring(text).iter(f"{SVG}g") if "fact" in each.get("class", "").split()]
    found = {group.get("data-fact"): group for group in groups}
    assert len(found) == len(groups)
    return found


def test_every_fact_is_drawn_once_and_the_later_the_further_to_the_right(run: Run, run_json: RunJson) -> None:
    drawings = drawn(run("timeline", "--svg", "-").text)
    bars = {bar.fact["id"]: bar for lane in chart(run_json("timeline")["facts"]).lanes for bar in lane.bars}
    assert drawings.keys() == bars.keys()
    with_bar = {name: shapes(group) for name, group in drawings.items() if shapes(group)}
    spans = [(bars[name].first, found[0]) for name, found in with_bar.items() if bars[name].precision != "day"]
    by_time = sorted(spans, key=lambda each: each[0])
    places = [place for _, (place, _, _) in by_time]
    assert places == sorted(places)
    assert len(set(places)) == len({first for first, _ in spans}) > 20


def test_a_bar_of_a_picture_is_as_wide_as_its_share_of_the_axis(run: Run, run_json: RunJson) -> None:
    drawings = drawn(run("timeline", "--topic", "exercises", "--svg", "-").text)
    facts = run_json("timeline", "--topic", "exercises")["facts"]
    of_a_year = {each["id"] for each in facts if each["when"].isdigit()}
    widths = {round(width) for name in of_a_year for _, width, _ in shapes(drawings[name])}
    axis = chart(facts)
    assert widths == {round(AXIS / (axis.last - axis.first))}


def test_spans_that_begin_together_are_one_group_with_one_bar_for_each_end(run: Run, run_json: RunJson) -> None:
    drawings = drawn(run("timeline", "--topic", "equipment", "--svg", "-").text)
    facts = [each for each in run_json("timeline", "--topic", "equipment")["facts"] if each["when"].startswith("2001/")]
    ends = [each["when"] for each in facts]
    assert len(ends) > len(set(ends)) > 1
    of_group = [drawings[each["id"]] for each in facts]
    assert sum(bool(shapes(group)) for group in of_group) == len(set(ends))
    rules = [rule for group in of_group for rule in group if rule.get("class") == "ground"]
    assert len(rules) == len(of_group)
    assert len({rule.get("x") for rule in rules}) == 1
    labels = ["".join(group.find(f"{SVG}text").itertext()) for group in of_group]
    assert sum("2001 to " in label for label in labels) == len(set(ends))


def test_a_picture_has_a_title_that_is_drawn_and_names_its_sources(run: Run) -> None:
    root = ElementTree.fromstring(run("timeline", "--actor", "nato", "--topic", "exercises", "--svg", "-").text)
    title = "Timeline: NATO, Military exercises"
    (named,) = [each for each in root if each.get("id") == root.get("aria-labelledby")]
    assert (named.tag, named.text) == (f"{SVG}title", title)
    texts = [each.text or "" for each in root.iter(f"{SVG}text")]
    assert texts[0] == title
    assert "Embassy of Tajikistan in Belgium, n.d." in " ".join(texts)


@pytest.mark.parametrize(
    ("when", "status", "expected"),
    [
        ("2019", "completed", [("rect", "bar")]),
        ("2019", "planned", [("rect", "bar hollow")]),
        ("2019~", "completed", [("rect", "bar unsure")]),
        ("2001~/2003", "completed", [("rect", "bar unsure"), ("rect", "bar")]),
        ("2019-03-05", "completed", [("path", "bar")]),
        ("2019-03-05?", "completed", [("path", "bar unsure")]),
        ("2001/..", "completed", [("rect", "bar"), ("path", "bar")]),
        ("../2021", "planned", [("rect", "bar hollow"), ("path", "bar hollow")]),
    ],
)
def test_each_kind_of_date_and_status_has_its_shape(
    run_json: RunJson, when: str, status: str, expected: list[tuple[str, str]]
) -> None:
    (record,) = run_json("show", "radios-delivered")["facts"]
    lane = chart([{**record, "when": when, "as_of": None, "status": status}])
    root = timeline_picture(lane, {each.actor: each.actor for each in lane.lanes}, "A title", ())
    found = [(each.tag, each.get("class")) for each in root.iter() if "bar" in each.get("class", "").split()]
    assert found == expected


def test_a_long_name_of_a_lane_is_broken_within_the_picture() -> None:
    told = {"quantities": [], "cites": [], "withdrawn": None, "draft": None}
    root = timeline_picture(chart([fact("2001", **told)]), {"us": "W" * 300}, "A title", ())
    wide = [(each.text or "").count("W") for each in root.iter("text")]
    assert sum(wide) == 300
    assert 32 + 13 * 1.1 * max(wide) <= float(root.get("width")) - 32


def test_a_page_of_the_timeline_loads_no_more_than_that_of_a_topic(environ: dict[str, str]) -> None:
    output_and_modules(["topics"], environ)  # compiles the store, if that has not happened
    _, timeline = output_and_modules(["timeline", "--html", "-"], environ)
    _, summary = output_and_modules(["summary", "equipment", "--html", "-"], environ)
    more = {name.partition(".")[0] for name in timeline} - {name.partition(".")[0] for name in summary}
    assert more <= sys.stdlib_module_names


# ---------------------------------------------------------------- in a browser


def test_a_browser_shows_the_fact_that_has_the_focus_and_a_pointer_finds_its_whole_row(
    run: Run, run_json: RunJson, tmp_path: Path, browser: Callable[..., str]
) -> None:
    page = run("timeline", "--topic", "russian-base", "--html", "-").text
    count = run_json("timeline", "--topic", "russian-base")["count"]
    probe = (
        "<script>const bar = document.getElementById('bar-3'); bar.focus();"
        "const row = bar.getBoundingClientRect();"
        "document.title = JSON.stringify({shown: [...document.querySelectorAll('.note')]"
        ".filter(each => getComputedStyle(each).display != 'none').map(each => each.id),"
        "under: document.elementFromPoint(row.x + 9, row.y + row.height / 2).closest('.fact').id,"
        "wide: document.documentElement.scrollWidth > innerWidth,"
        "names: document.querySelectorAll('svg .fact').length, rows: document.querySelectorAll('tbody tr').length})"
        "</script></body>"
    )
    path = tmp_path / "page.html"
    path.write_text(re.sub("<meta http-equiv[^>]*>", "", page).replace("</body>", probe), encoding="utf-8")
    found = json.loads(re.search("<title>(.*?)</title>", browser(path))[1])
    assert found == {"shown": ["note-3"], "under": "bar-3", "wide": False, "names": count, "rows": count}


def test_in_a_browser_no_text_leaves_a_picture_and_no_label_touches_a_bar_or_another(
    run: Run, tmp_path: Path, small: Path, browser: Callable[..., str]
) -> None:
    path = small / "facts" / "gear.toml"
    long = "WMwm%@ Шщжюы 電子無線 📻📻📻 مرحبا " * 12
    path.write_text(path.read_text().replace("gave over 7 radios in 2019", f"gave over 7 {long} in 2019"))
    own = ("--facts", str(small))
    commands = [("timeline",), ("timeline", *own), ("show", "radios-delivered"), ("show", "seven-radios", *own)]
    pictures = "".join(run(*each, "--svg", "-").text.partition("?>")[2] for each in commands)
    probe = (
        "<script>const box = each => each.getBoundingClientRect();"
        "const all = [...document.querySelectorAll('svg')].map(svg => [...svg.querySelectorAll('text')].filter("
        "each => box(each).left < box(svg).left + 20 || box(each).right > box(svg).right - 5));"
        "const facts = [...document.querySelectorAll('.fact')];"
        "const shapes = each => [...each.querySelectorAll('text, .bar')];"
        "const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;"
        "const pairs = facts.flatMap((each, n) => shapes(each).flatMap(one => one.tagName != 'text' ? [] :"
        "[...shapes(each), ...(n + 1 < facts.length ? shapes(facts[n + 1]) : [])].filter(other => one != other)"
        ".map(other => [one, other])));"
        "const touching = pairs.filter(([one, other]) => meet(box(one), box(other)));"
        "document.title = JSON.stringify({pictures: all.length, out: all.flat().map(each => each.textContent),"
        "facts: facts.length, touching: touching.map(([one]) => one.textContent)})</script>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{pictures}{probe}</body></html>")
    found = json.loads(re.search("<title>({.*?})</title>", browser(page))[1])
    assert (found["pictures"], found["out"], found["touching"]) == (4, [], [])
    assert found["facts"] > len(commands)


# ---------------------------------------------------------------- on a slide


def size(picture: ElementTree.Element) -> tuple[str, str]:
    return picture.get("width"), picture.get("height")


def test_a_timeline_has_the_shape_of_a_slide_unless_it_would_be_too_small_there(run: Run) -> None:
    for filters in (("--actor", "nato"), ("--topic", "nato-partnership")):
        filters = (*filters, "--source", "nato-2017")
        picture = ElementTree.fromstring(run("timeline", *filters, "--svg", "-").text)
        left, top, wide, high = map(float, picture.get("viewBox").split())
        assert (size(picture), top, left <= 0) == (("1920", "1080"), 0, True)
        assert wide / high == pytest.approx(16 / 9, abs=0.001)
        paper = picture.find(f"{SVG}rect")
        assert [paper.get(key) for key in ("x", "y", "width", "height")] == picture.get("viewBox").split()
    tall = ElementTree.fromstring(run("timeline", "--svg", "-").text)
    assert float(tall.get("height")) > 1080 / SHRUNK


@pytest.mark.parametrize(
    ("fact", "words"),
    [("radios-delivered", "differs: cite this one"),
     ("landmines-destroyed-over-1000", "differs: cite the other"),
     ("landmines-destroyed-over-1200", "differs")],  # from a rounder figure, and from an exacter one
)  # fmt: skip
def test_a_fact_that_differs_says_in_a_picture_which_is_to_be_cited(run: Run, fact: str, words: str) -> None:
    group = drawn(run("timeline", "--source", "us-embassy-2021", "--source", "nato-2017", "--svg", "-").text)[fact]
    assert "".join(group.find(f"{SVG}text").itertext()).endswith(f" · {words}")


def test_a_line_that_ends_with_a_document_without_a_date_has_one_full_stop(run: Run) -> None:
    text = run("timeline", "--topic", "nato-partnership", "--source", "nato-2017", "--svg", "-").text
    assert "n.d." in text
    assert "n.d.." not in text


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [("--svg", "nato.png", "nato.png: --svg writes no .png file; type --svg nato.svg"),
     ("--html", "a.b/nato.SVG", "a.b/nato.SVG: --html writes no .SVG file; type --html a.b/nato.html")],
)  # fmt: skip
def test_a_name_of_another_kind_of_file_is_an_error(run: Run, option: str, name: str, message: str) -> None:
    reply = run("timeline", option, name)
    assert (reply.status, reply.text, reply.stderr) == (2, "", f"tajsec: error: {message}\n")
