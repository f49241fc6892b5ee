"""Pictures and pages: where the bars lie, how a terminal shows them, and what a browser makes of the files."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.model.protocol import Store
from tajsec.pictures.card import marks
from tajsec.pictures.chart import Chart, chart, notes
from tajsec.pictures.markup import TONES, html_text, svg_text, tag
from tajsec.pictures.svg import timeline_picture

SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def fact(when: str, as_of: str | None = None, **more: object) -> dict:
    bare = {"id": "a-fact", "actors": ["us"], "status": "completed", "superseded_by": [], "disputed_by": []}
    return {**bare, "when": when, "as_of": as_of, **more}


def parts(when: str, as_of: str | None = None) -> list[tuple[float, float, bool]]:
    bar = chart([fact(when, as_of)]).lanes[0].bars[0]
    return [(round(part.first, 3), round(part.last, 3), part.is_sure) for part in bar.parts]


# ---------------------------------------------------------------- where bars lie


@pytest.mark.parametrize(
    ("when", "as_of", "expected"),
    [
        ("2012", None, [(2012, 2013, True)]),
        ("2013-01", None, [(2013, 2013.085, True)]),
        ("2013-12-31", None, [(2013.997, 2014, True)]),
        ("2012?", None, [(2012, 2013, False)]),
        ("2001/2003", None, [(2001, 2004, True)]),
        ("2001~/2003", None, [(2001, 2002, False), (2002, 2004, True)]),
        ("2001?/2001", None, [(2001, 2002, False)]),
        ("2001/2003?", None, [(2001, 2003, True), (2003, 2004, False)]),
        ("2001/..", "2021", [(2001, 2022, True)]),
        ("2001/..", None, [(2001, 2002, True)]),
        ("../2021", "2019", [(2019, 2022, True)]),
        ("../2021", "2023", [(2021, 2022, True)]),
    ],
)
def test_a_bar_is_as_wide_as_what_is_known_of_the_date(when: str, as_of: str | None, expected: list) -> None:
    assert parts(when, as_of) == expected


def test_the_geometry_agrees_with_the_extent_of_every_dated_fact(store: Store, run_json: RunJson) -> None:
    drawn = chart(run_json("timeline")["facts"])
    bars = {bar.fact["id"]: bar for lane in drawn.lanes for bar in lane.bars}
    assert len(bars) == drawn.size > 100
    for name, bar in bars.items():
        first, last = store.fact(name).extent
        assert first[0] <= bar.first < first[0] + 1
        assert last[0] < bar.last <= last[0] + 1
        assert 0 <= drawn.share(bar.first) < drawn.share(bar.last) <= 1


def test_open_ends_are_told() -> None:
    bars = [chart([fact(when)]).lanes[0].bars[0] for when in ("../2021", "2001/..", "2001")]
    assert [(bar.opens_before, bar.opens_after) for bar in bars] == [(True, False), (False, True), (False, False)]


def test_each_fact_stands_once_under_the_actor_asked_for_or_else_its_first_one() -> None:
    facts = [fact("2001", actors=["us", "nato"]), fact("2002", actors=["us"]), fact("2003", actors=["nato", "us"])]
    lanes = lambda *actors: [(lane.actor, len(lane.bars)) for lane in chart(facts, frozenset(actors)).lanes]  # noqa: E731
    assert lanes() == [("us", 2), ("nato", 1)]
    assert lanes("nato") == [("nato", 2), ("us", 1)]


@pytest.mark.parametrize(("first", "last"), [(2012, 2013), (2011, 2014), (1992, 2043), (1, 10000)])
@pytest.mark.parametrize("most", [2, 5, 12])
def test_ticks_are_few_even_and_on_the_axis(first: int, last: int, most: int) -> None:
    ticks = Chart([], first, last).ticks(most)
    assert 0 < len(ticks) <= most
    assert all(first <= tick.at <= last for tick in ticks)
    assert [tick.label for tick in ticks] == sorted({tick.label for tick in ticks}, key=lambda label: label.zfill(7))


def test_what_is_left_out_is_said() -> None:
    assert (
        notes(10, 12, 3)[1]
        == "Left out: 2 later facts (--limit 10), 3 facts without a date of their own (tajsec list)."
    )
    assert len(notes(10, 10, 0)) == 1


# ---------------------------------------------------------------- in the terminal


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_plot_names_every_fact_whole_and_is_no_wider_than_the_terminal(
    run: Run, run_json: RunJson, width: int
) -> None:
    shown = run("timeline", "--plot", tty=width).text
    assert max(map(len, shown.splitlines())) <= width
    assert not [each["id"] for each in run_json("timeline")["facts"] if each["id"] not in shown.split()]


def test_a_plot_in_a_narrow_terminal_breaks_long_ids(run: Run) -> None:
    shown = run("timeline", "--plot", tty=40).text
    assert max(map(len, shown.splitlines())) <= 40
    assert "border-guard-training-centers-rebuilt-or-renovated" in shown.replace("\n", "")


def test_a_plot_in_a_pipe_is_that_of_80_columns_without_colour(run: Run) -> None:
    piped = run("timeline", "--plot", "--actor", "nato")
    assert piped.text == run("timeline", "--plot", "--actor", "nato", tty=80).text
    assert "\x1b" not in piped.text
    assert not piped.machine


def lines_of(store_folder: Path, when: str, cache: Path, **around: object) -> list[str]:
    path = store_folder / "facts" / "gear.toml"
    path.write_text(re.sub('when = ".*"', f'when = "{when}"', path.read_text()))
    surroundings = Environment(width=60, cache=str(cache), **around)
    reply = run_cli(["timeline", "--plot", "--facts", str(store_folder)], surroundings, {})
    assert reply.status == 0, reply.stderr
    return reply.text.splitlines()


@pytest.mark.parametrize(
    ("when", "blocks", "ascii_signs"),
    [
        ("2019/2020", "█", "#"), ("2019~", "▒", "~"), ("2019-03-05/2030", "█", "#"), ("2000/..", "▶", ">"),
        ("../2019", "◀", "<"),
    ],
)  # fmt: skip
def test_each_kind_of_date_has_its_sign(small: Path, cache: Path, when: str, blocks: str, ascii_signs: str) -> None:
    drawn = "\n".join(lines_of(small, when, cache)).partition("as wide as")[0]
    plain = "\n".join(lines_of(small, when, cache, ascii=True))
    assert blocks in drawn[:-2]
    assert ascii_signs in plain.partition("as wide as")[0][:-2]
    assert plain.isascii()
    assert f"seven-radios {when}" in drawn


def test_in_colour_what_is_unsure_is_dim(small: Path, cache: Path) -> None:
    sure, unsure = (lines_of(small, when, cache, color=True) for when in ("2019", "2019?"))
    assert any("\x1b[34m█" in line for line in sure)
    assert any("\x1b[2;34m█" in line for line in unsure)


def test_a_plot_says_planned_and_superseded_and_has_a_sign_for_a_month_and_a_day(run: Run) -> None:
    shown = run("timeline", "--plot", "--topic", "russian-base").text
    assert "■ lavrov-visit-base-talks 2012-04" in shown
    assert "◆ base-agreement-signed 2012-10-05" in shown
    assert re.search(r"base-deal-1993-due-to-expire-2014 2014 @\S+ planned superseded", shown)


# ---------------------------------------------------------------- files


COMMANDS = [
    "timeline --topic russian-base --svg",
    "timeline --topic russian-base --html",
    "summary us-funding --html",
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
        ("summary equipment --html - --json", "--html and --json exclude each other; keep one"),
        ("summary --html -", "--html is the page of one topic; name it, or list them with `tajsec topics`"),
        ("summary equipment --html .", ".: a folder; name a file"),
        ("show radios-delivered --svg . --force", ".: a folder; name a file"),
        ("show radios-delivered --svg /no/such/folder/x.svg",
         "/no/such/folder/x.svg: cannot be written: No such file or directory"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_made_is_one_line(run: Run, command: str, message: str) -> None:
    reply = run(*command.split())
    assert (reply.text, reply.stderr, reply.status) == ("", f"tajsec: error: {message}\n", 2)


@pytest.mark.parametrize("command", ["timeline --svg", "timeline --html", "summary equipment --html"])
def test_without_a_fact_no_file_is_written(run: Run, tmp_path: Path, command: str) -> None:
    reply = run(*command.split(), str(tmp_path / "file"), "--until", "1800")
    assert (reply.text, reply.status) == ("", 1)
    assert list(tmp_path.iterdir()) == []


def test_more_facts_than_a_picture_takes_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tajsec.pictures.svg.MOST", 19)
    reply = run("timeline", "--topic", "russian-base", "--html", "-")
    assert (reply.text, reply.status) == ("", 2)
    assert "20 facts; a picture takes 19: narrow with filters or --limit" in reply.stderr


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
        assert any(each["id"] in (text.text or "") for text in group.iter(f"{SVG}text"))


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
    found = {group.find(f"{SVG}text").text: group for group in groups}
    assert len(found) == len(groups)
    return found


def test_every_fact_is_drawn_once_and_the_later_the_further_to_the_right(run: Run, run_json: RunJson) -> None:
    groups = drawn(run("timeline", "--svg", "-").text)
    bars = {bar.fact["id"]: bar for lane in chart(run_json("timeline")["facts"]).lanes for bar in lane.bars}
    assert groups.keys() == bars.keys()
    spans = [(bar.first, shapes(groups[name])[0]) for name, bar in bars.items() if bar.precision != "day"]
    by_time = sorted(spans, key=lambda each: each[0])
    places = [place for _, (place, _, _) in by_time]
    assert places == sorted(places)
    assert len(set(places)) == len({first for first, _ in spans}) > 20


def test_a_bar_of_a_picture_is_as_wide_as_its_share_of_the_axis(run: Run, run_json: RunJson) -> None:
    groups = drawn(run("timeline", "--topic", "exercises", "--svg", "-").text)
    facts = run_json("timeline", "--topic", "exercises")["facts"]
    of_a_year = {each["id"] for each in facts if each["when"].isdigit()}
    widths = {round(width) for name in of_a_year for _, width, _ in shapes(groups[name])}
    axis = chart(facts)
    assert widths == {round(760 / (axis.last - axis.first))}


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
    told = {"quantities": [], "cites": [], "statement": "A claim.", "withdrawn": None}
    root = timeline_picture(chart([fact("2001", **told)]), {"us": "W" * 300}, "A title", ())
    wide = [(each.text or "").count("W") for each in root.iter("text")]
    assert sum(wide) == 300
    assert 32 + 13 * 1.1 * max(wide) <= float(root.get("width")) - 32


def test_a_summary_page_has_everything_that_the_summary_has(run: Run, run_json: RunJson) -> None:
    page = " ".join(re.sub(r"<[^>]+>", "", run("summary", "us-funding", "--html", "-").text).split())
    text = page.replace("&amp;", "&")
    found = run_json("summary", "us-funding")
    facts = run_json("list", "--topic", "us-funding")["facts"]
    wanted = [each["statement"] for each in facts] + [cite["quote"] for each in facts for cite in each["cites"]]
    wanted += [each["note"] for each in found["disagreements"]] + [each["id"] for each in found["sources"]]
    wanted += [each["reason"] for total in found["totals"] for each in total["left_out"]]
    wanted += ["over 99,500,000 usd is the sum of", "over 330,000,000 usd"]
    assert len(facts) > 10
    assert not [each for each in wanted if " ".join(each.split()) not in text]


def tags_of(text: str) -> set[str]:
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda name, _attributes: found.add(name)
    parser.feed(text)
    assert len(found) > 5
    return found


def test_a_hostile_fact_is_text_in_every_file(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    hostile = "Over 7 radios </title><script>alert(1)</script> & $330 or $40 <b onclick=x> ]]> مرحبا."
    path.write_text(path.read_text().replace("The United States gave over 7 radios in 2019.", hostile))
    for command in ("timeline --svg", "timeline --html", "summary gear --html", "show seven-radios --svg"):
        text = run(*command.split(), "-", "--facts", str(small)).text
        assert "Over 7 radios" in text
        assert not {"script", "b"} & tags_of(text)
        if command.endswith("svg"):
            assert hostile in "".join(ElementTree.fromstring(text).itertext())


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", ["ink", "soft", "done", "planned", "stated", "differs"])
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tone: str, ground: str) -> None:
    grounds = ("paper", "mark") if tone == "ink" else ("paper",)
    for below in grounds:
        dark, light = sorted(luminance(getattr(TONES[name], ground)) for name in (tone, below))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_characters_that_would_not_be_seen_are_shown() -> None:
    assert "a&lt;U+202E&gt;b" in svg_text(tag("text", "a\u202eb"))
    assert html_text(tag("p", "one", tag("br"), "two", class_="x")) == '<!DOCTYPE html>\n<p class="x">one<br>two</p>\n'


# ---------------------------------------------------------------- evidence cards


@pytest.mark.parametrize(
    ("fact_id", "marked"),
    [
        ("radios-delivered", [["4,862"], ["2001"]]),
        ("us-security-assistance-since-1992", [["$330 million"], ["1992"]]),
    ],
)
def test_the_figure_of_the_claim_is_marked_in_the_quote(run_json: RunJson, fact_id: str, marked: list) -> None:
    (record,) = run_json("show", fact_id)["facts"]
    quotes = [cite["quote"] for cite in record["cites"]]
    assert [[quote[start:end] for start, end in marks(record, quote)] for quote in quotes] == marked


def test_a_mark_stands_at_the_figure_behind_letters_that_fold_to_more_or_fewer(run_json: RunJson) -> None:
    record = {"statement": "Over 7 radios.", "quantities": []}
    quote = "ﬁve ½ æther gave over 7 radios"
    assert [quote[start:end] for start, end in marks(record, quote)] == ["7"]


def test_the_figure_of_the_claim_is_set_off_on_the_card(run: Run) -> None:
    root = ElementTree.fromstring(run("show", "radios-delivered", "--svg", "-").text)
    halos = [each for each in root.iter(f"{SVG}text") if each.get("class") == "halo mark"]
    assert [[span.text for span in each] for each in halos] == [["4,862"], ["2001"]]
    assert all(each.get("aria-hidden") == "true" for each in halos)


def test_no_text_of_a_card_leaves_it_however_long_a_word_is(run: Run, small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text().replace("gave over 7 radios in 2019", f"gave over 7 {'W' * 300} in 2019"))
    root = ElementTree.fromstring(run("show", "seven-radios", "--facts", str(small), "--svg", "-").text)
    claim = [each for each in root.iter(f"{SVG}text") if each.get("style") == "font-size: 18px"]
    wide = [each.text.count("W") for each in claim]
    assert sum(wide) == 300
    assert float(claim[0].get("x")) + 18 * max(wide) <= float(root.get("width")) - 40


def test_a_card_shows_every_word_of_a_claim_once(run: Run, run_json: RunJson) -> None:
    facts = run_json("list", "--topic", "us-funding")["facts"]
    root = ElementTree.fromstring(run("show", *(each["id"] for each in facts), "--svg", "-").text)
    shown = " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text") if each.get("class") != "halo mark")
    assert not [each["id"] for each in facts if shown.count(each["statement"]) != 1]


def test_every_fact_asked_for_has_a_card_with_status_as_of_source_and_passage(run: Run, run_json: RunJson) -> None:
    ids = ["radios-delivered", "us-intends-increase-assistance"]
    root = ElementTree.fromstring(run("show", *ids, "--svg", "-").text)
    shown = " ".join(each.text or "" for each in root.iter(f"{SVG}text"))
    assert "Status: planned" in shown
    assert "As of: 19 November 2021 (unsure)" in shown
    assert "passage 8 (Highlights since 2001)" in shown
    assert all(each in shown for each in ids)


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def browser(tmp_path: Path) -> Callable[..., str]:
    """Give what the page of a file is after a real browser has read it."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")

    def dumped(path: Path) -> str:
        options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        more = f"--disable-component-update --disable-sync --user-data-dir={tmp_path / 'profile'} --dump-dom"
        line = [CHROMIUM, *options.split(), *more.split(), path.as_uri()]
        return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True).stdout

    return dumped


def test_a_browser_shows_the_fact_that_has_the_focus_and_a_pointer_finds_its_whole_row(
    run: Run, tmp_path: Path, browser: Callable[..., str]
) -> None:
    page = run("timeline", "--topic", "russian-base", "--html", "-").text
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
    assert found == {"shown": ["note-3"], "under": "bar-3", "wide": False, "names": 20, "rows": 20}


def test_in_a_browser_no_text_leaves_a_picture_and_no_label_touches_a_date(
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
        "const facts = [...document.querySelectorAll('.fact')].map(each => [...each.querySelectorAll('text')]);"
        "const touching = facts.filter(([label, date]) => box(label).right > box(date).left - 2);"
        "document.title = JSON.stringify({pictures: all.length, out: all.flat().map(each => each.textContent),"
        "facts: facts.length, touching: touching.map(([label]) => label.textContent)})</script>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{pictures}{probe}</body></html>")
    found = json.loads(re.search("<title>({.*?})</title>", browser(page))[1])
    assert (found["pictures"], found["out"], found["touching"]) == (4, [], [])
    assert found["facts"] > 100
