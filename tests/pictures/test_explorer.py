"""`tajsec export --html`: a page that a real browser searches as the command does."""

import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from browser import Tab

from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError
from tajsec.model.protocol import SearchableStore
from tajsec.model.selection import EVERYTHING
from tajsec.pictures import explorer_facts
from tajsec.pictures.explorer import explorer_page
from tajsec.search.answer import search
from tajsec.store.open import open_store
from tajsec.text.forms import fold, printable, with_ascii_signs
from tajsec.text.words import tokens

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tajsec" / "pictures" / "explorer_files"
Run = Callable[..., Reply]

MOST_BYTES_OF_PROGRAM, MOST_BYTES_OF_FACT = 300_000, 5_500
"""The library, the scripts and the English words; the card of a fact, and what it is found by."""
MOST_LINES = 400
AXE = "axe-core@4.14.1"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "facts.html"
    store = open_store()
    path.write_text(explorer_page(store, store.select(EVERYTHING)), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def tab(chromium: Tab, page: Path) -> Iterator[Tab]:
    """A browser that has just opened the page."""
    chromium.open(page)
    yield chromium
    chromium.page = None  # no other test takes the page as this one left it


@pytest.fixture
def open_tab(chromium: Tab, page: Path) -> Tab:
    """A browser that has the page open, for tests that change nothing but the query."""
    return with_open(chromium, page)


def with_open(tab: Tab, page: Path) -> Tab:
    """Open a page, unless it is open as it was; forget complaints about others."""
    tab.events.clear()
    if tab.page != page:
        tab.open(page)
    return tab


def typed(tab: Tab, text: str) -> list[str]:
    """Type a text at once, and return the ids of the facts that are shown."""
    script = "query.value = {}; query.dispatchEvent(new Event('input'));" + SHOWN_IDS
    found: list[str] = tab.run(script.replace("{}", json.dumps(text)))
    return found


SHOWN_IDS = "[...list.querySelectorAll('details')].map(each => each.id.replace('fact-', ''))"


# ---------------------------------------------------------------- the file


def test_the_page_is_small_and_has_the_same_bytes_each_time(page: Path) -> None:
    store = open_store()
    assert page.stat().st_size <= MOST_BYTES_OF_PROGRAM + store.count() * MOST_BYTES_OF_FACT
    assert explorer_page(store, store.select(EVERYTHING)) == page.read_text(encoding="utf-8")


def test_our_own_script_is_short_and_makes_no_markup_of_text() -> None:
    script = (FILES / "explorer.js").read_text(encoding="utf-8")
    assert len(script.splitlines()) < MOST_LINES
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(", script)


def test_the_library_is_the_file_that_its_licence_names_and_the_page_has_both(page: Path) -> None:
    licence = (FILES / "LICENSE").read_text(encoding="utf-8")
    library = (FILES / "minisearch.js").read_bytes()
    assert f"SHA-256 {sha256(library).hexdigest()}" in licence
    assert {licence in page.read_text(encoding="utf-8"), "Permission is hereby granted" in licence} == {True}


def test_the_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    policy = unescape(re.search(r'Content-Security-Policy" content="(.*?)"', text)[1])
    inline = re.findall(r"<(script|style)>(.*?)</\1>", text, re.DOTALL)
    digests = {f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for _, code in inline}
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("script-src").split() + rules.pop("style-src").split() == sorted(
        digests, key=lambda each: policy.index(each)
    )
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert not re.search(r'<(?:link|img|iframe|object|embed)\b|\ssrc=|style="|\son[a-z]+="', text.split("<script")[0])


# ---------------------------------------------------------------- searching


def test_the_page_asks_for_nothing_and_complains_of_nothing(tab: Tab, page: Path) -> None:
    typed(tab, "radios")
    asked = [each["params"]["request"]["url"] for each in tab.events if each["method"] == "Network.requestWillBeSent"]
    assert asked == [page.as_uri()]
    assert [each for each in tab.events if each["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")] == []


def test_the_first_fact_is_that_of_the_command_for_85_of_100_queries(tab: Tab, store: SearchableStore) -> None:
    lines = [
        json.loads(line)["q"]
        for name in ("queries", "questions", "silence")
        for line in (ROOT / "benchmarks" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    queries = lines[:: len(lines) // 100][:100]
    script = "{}.map(each => search(each, true, () => true).answers.map(({ place }) => facts[place].id)[0] ?? null)"
    found = tab.run(script.replace("{}", json.dumps(queries)))
    missed = [query for query, first in zip(queries, found, strict=True) if first != first_of_command(store, query)]
    assert len(queries) - len(missed) >= 85, missed


def first_of_command(store: SearchableStore, query: str) -> str | None:
    try:
        return next((match.id for match in search(store, query, EVERYTHING).matches), None)
    except UsageError:
        return None


def test_every_name_is_read_as_by_the_tool(tab: Tab, store: SearchableStore) -> None:
    names = ["4,862 and 11.4", "STRASSE Straße", "ҷумҳурӣ", "كابل", "١٢٣۴", "don’t", "ﬁnal ½"]
    names += [name for kind in ("actor", "place", "person", "term") for term in store.vocabulary.of(kind).values()
              for name in term.names]  # fmt: skip
    found = tab.run(f"{json.dumps(names)}.map(each => tokens(fold(each)))")
    assert found == [tokens(with_ascii_signs(fold(name))) for name in names]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("radios", "radios-delivered"),
        ("raidos", "radios-delivered"),
        ("радио", "radios-delivered"),
        ("4862", "radios-delivered"),
        ("4.862 radios", "radios-delivered"),
        ("over 4800 radios", "radios-delivered"),
        ("seven thousand", "russian-troops-about-7000"),
        ("5-8 thousand", "russian-troops-about-7000"),
    ],
)
def test_names_slips_and_numbers_are_found(open_tab: Tab, text: str, first: str) -> None:
    assert first in typed(open_tab, text)[:3]


def test_a_word_is_completed_while_it_is_typed_and_a_wrong_one_is_told(tab: Tab) -> None:
    assert "radios-delivered" in typed(tab, "rad")
    assert typed(tab, "raidos")
    assert "Showing radios; nothing here is called raidos" in tab.run("status.textContent")
    for unknown in ("zeppelin", "constructor", "ASEAN"):
        assert typed(tab, unknown) == []
        assert f"Nothing here on {unknown.lower()}" in tab.run("status.textContent")
    assert len(typed(tab, "")) == tab.run("SHOWN")


def test_filters_and_the_order_of_time_count_for_what_is_found(tab: Tab, store: SearchableStore) -> None:
    script = "const each = choices[{}]; each.value = {}; each.dispatchEvent(new Event('change')); found.length"
    counts = tab.run("choices.map(each => [...each.options].slice(1).map(one => one.textContent))")
    assert [len(each) for each in counts] == [
        len([term for term in terms if store.tagged(kind, term)])
        for kind, terms in (
            ("topic", store.vocabulary.of("topic")),
            ("actor", store.vocabulary.of("actor")),
            ("source", [each.id for each in store.sources()]),
        )
    ]
    assert f"({tab.run(f'{{ {script.format(0, 0)} }}')})" in counts[0][0]
    tab.run("choices[0].value = ''; isTimeline.checked = true; update(true)")
    assert tab.run("bars.size") == store.count_in_time()
    assert "without a date left out" in tab.run("status.textContent")
    assert tab.run("list.children.length") == tab.run("SHOWN")
    tab.run("more.click()")
    assert tab.run("list.children.length") == 2 * tab.run("SHOWN")


def test_a_fact_has_its_receipt_what_differs_and_its_age(tab: Tab) -> None:
    typed(tab, "radios delivered")
    text = tab.run("list.querySelector('#fact-radios-delivered').textContent")
    for part in ("4,862 radios:", "Highlights since 2001", "19 November 2021*", "Is rounded in", "Cite this one.",
                 "units of communications equipment (short and long-range radios) delivered", "passage 8"):  # fmt: skip
        assert part in text
    assert re.search(r"As of19 November 2021\*, \d+ years ago", text)
    link = tab.run("list.querySelector('#fact-radios-delivered a').href")
    assert link.startswith("https://tj.usembassy.gov/") and "#:~:text=" in link


def test_a_link_opens_the_other_fact_and_a_button_copies_the_citation(tab: Tab) -> None:
    tab.run("location.hash = '#fact-radios-provided-rounded'")
    tab.wait_for("list.querySelector('details').open && document.activeElement.localName === 'summary'")
    assert tab.run(SHOWN_IDS)[0] == "radios-provided-rounded"
    tab.run("list.querySelector('button.copy').click()")
    assert tab.run("getSelection().toString() === list.querySelector('.citation').textContent")
    assert tab.run("list.querySelector('button.copy').textContent").startswith(("Copied", "Selected"))


# ---------------------------------------------------------------- using it


def test_the_keyboard_alone_is_enough(tab: Tab) -> None:
    tab.wait_for("document.activeElement.id === 'query'")
    tab.press(*"radios", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab")
    assert tab.run("document.activeElement.localName") == "summary"
    tab.press("Enter")
    assert tab.run("document.activeElement.parentElement.open")
    tab.press("Tab")
    assert tab.run("document.activeElement.localName") == "a"
    tab.press("/")
    assert tab.run("document.activeElement.id") == "query"


@pytest.mark.parametrize("width", [320, 400, 1400])
@pytest.mark.parametrize("isTimeline", ["true", "false"])
def test_nothing_is_wider_than_the_window(tab: Tab, width: int, isTimeline: str) -> None:  # noqa: N803
    tab.resize(width, 900)
    tab.run(
        f"isTimeline.checked = {isTimeline}; update(true); list.querySelectorAll('details').forEach(e => e.open = true)"
    )
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")


def test_it_follows_the_light_or_dark_setting_and_is_black_on_white_on_paper(tab: Tab, page: Path) -> None:
    colours = []
    for scheme in ("light", "dark"):
        tab.open(page, prefers_color_scheme=scheme)
        colours.append(tab.run("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 24, 29)"]
    typed(tab, "radios")
    assert len(re.findall(rb"/Type\s*/Page\b", tab.printed())) >= 2
    assert tab.run("[...list.querySelectorAll('details')].every(each => each.open)")


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, which finds what a screen reader cannot read."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on this machine")
    folder = tmp_path_factory.mktemp("axe")
    line = [npm, "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, AXE]
    try:
        subprocess.run(line, capture_output=True, timeout=60, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm has no {AXE}: {type(error).__name__}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["update(true)", "isTimeline.checked = true; update(true)"])
def test_axe_finds_nothing_serious(tab: Tab, page: Path, axe: str, scheme: str, state: str) -> None:
    tab.open(page, prefers_color_scheme=scheme)
    tab.run(f"query.value = 'NATO'; {state}; list.querySelectorAll('details').forEach(each => each.open = true)")
    tab.run(axe)
    found = tab.run("axe.run().then(({ violations }) => violations.map(({ id, impact }) => [id, impact]))")
    assert [each for each in found if each[1] in ("serious", "critical")] == []


# ---------------------------------------------------------------- hostile input

HOSTILE = [
    "</script><script>window.pwned = 1</script>",
    "<!-- <script>",
    "--><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "</template></main><h1>Ours</h1>",
    "]]> &lt;b&gt; &amp; &#60;",
    "javascript:window.pwned=1",
    "{{7*7}} ${window.pwned=1} `x`",
    "__proto__ constructor hasOwnProperty",
    "\\u003cscript\\u003e \\",
    "a​b zero width, and ‍ joiners",
    "x" + "\u0301" * 8 + " marks",
]


QUERIES = [
    *("(" * 300, "\\", "a" * 300, "[.*+?^$", "😀😀", "\ud800", "e\u0301" * 99, "-" * 256, "'" * 99, "toString valueOf"),
    *("1e308 " * 30, "99999999999999999999 million billion", "31 february 2012", "0/0/0000", "since until before 2012"),
    *("over under 5", "كابل ١٢٣"),
]


def hostile_store(folder: Path, write_small: Callable[[Path], Path], texts: list[str]) -> Path:
    """Write a store in which each text is everything that a fact may say, and all of them names and titles."""
    write_small(folder)
    facts, terms, sources = (
        folder / name for name in ("facts/gear.toml", "facts/vocabulary/all.toml", "seeds/paper.toml")
    )
    plain, quoted = facts.read_text(encoding="utf-8"), [json.dumps(text, ensure_ascii=False) for text in texts]
    with facts.open("a", encoding="utf-8") as file:
        for n, text in enumerate(quoted):
            fact = re.sub(r"(?m)^(statement|aliases|id) = .*$", "", plain)
            fact = fact.replace('"gave over 7 radios"', text).replace('"radios given"', text)
            head = f'id = "hostile-{n}"\nstatement = {text}\naliases = [{text}]\nnotes = {text}\n'
            other = f'relations = [{{ to = "seven-radios", kind = "differs", note = {text} }}]\n'
            file.write(fact.replace("[[fact]]", f"[[fact]]\n{head}{other}"))
    names = "".join(f'\n[[actor]]\nid = "actor-{n}"\nname = {text}\n' for n, text in enumerate(quoted))
    terms.write_text(terms.read_text(encoding="utf-8") + names, encoding="utf-8")
    title = json.dumps(" ".join(texts), ensure_ascii=False)
    sources.write_text(sources.read_text(encoding="utf-8").replace('"A paper"', title), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory, write_small: Callable[[Path], Path]) -> Path:
    """A page of hostile facts."""
    folder = tmp_path_factory.mktemp("hostile")
    pack = hostile_store(folder / "pack", write_small, HOSTILE)
    store = open_store([pack], cache=str(folder / "cache"))
    path = folder / "page.html"
    numbers = [store.number(f"hostile-{n}") for n in range(len(HOSTILE))]
    path.write_text(explorer_page(store, numbers), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def hostile(chromium: Tab, hostile_page: Path) -> Tab:
    """A browser that has the page of hostile facts open."""
    return with_open(chromium, hostile_page)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_stays_text(hostile: Tab, text: str) -> None:
    card = f"cards[{HOSTILE.index(text)}]"
    hostile.run(f"{card}.querySelector('details').open = true")
    assert hostile.run(f"{card}.querySelector('.statement').textContent") == printable(text)
    assert hostile.run(f"{card}.querySelector('q').textContent") == printable(text)
    assert printable(text) in hostile.run(f"{card}.querySelector('.citation').textContent").replace("\n", " ")
    assert hostile.run(f"[...{card}.querySelectorAll('*')].map(each => each.localName)") == hostile.run(
        "[...cards[0].querySelectorAll('*')].map(each => each.localName)"
    )
    assert hostile.run("[window.pwned, document.querySelectorAll('h1, script, style').length]") == [None, 5]
    assert not [each for each in hostile.events if each["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]


@pytest.mark.parametrize("text", [*HOSTILE, *QUERIES])
def test_a_hostile_query_is_answered(open_tab: Tab, text: str) -> None:
    open_tab.run(f"query.value = {json.dumps(text)}; query.dispatchEvent(new Event('input')); update(true)")
    assert open_tab.run("window.pwned ?? status.textContent.length > 0") is True
    assert not [each for each in open_tab.events if each["method"] == "Runtime.exceptionThrown"]


@pytest.mark.parametrize("text", ["a\u202eb", "a\0b", "a\x1b]0;x", "a\u2028b", "a\u2067b"])
def test_what_would_show_as_another_text_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, write_small: Callable[[Path], Path], text: str
) -> None:
    pack = hostile_store(tmp_path / "pack", write_small, ["plain"])
    facts = pack / "facts" / "gear.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace('"plain"', json.dumps(text), 1), encoding="utf-8")
    reply = run("export", "--facts", str(pack), "--html", str(tmp_path / "page.html"))
    assert (reply.status, (tmp_path / "page.html").exists()) == (2, False)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a@b/", " https://a"]
)
def test_an_address_that_may_not_be_opened_is_no_link(store: SearchableStore, address: str) -> None:
    cite = json.loads(store.objects([0])[0])["cites"][0] | {"url": address}
    (item,) = list(explorer_facts.sources({"cites": [cite]}))[1]  # type: ignore[typeddict-item]
    assert [each.tag for each in item] == ["q"]
