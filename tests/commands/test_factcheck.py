"""`tajsec factcheck`: whole drafts of every kind, through the installed command."""

import html.parser
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MARKDOWN = """---
title: 9 radios
---
# Aid

Between 2001 and 2021 the U.S. delivered **4,682 radios** to Tajikistan
[@radios-delivered]. It joined the Partnership for Peace in 2002.

- The Tajik military got 358 vehicles from the U.S. [@vehicles-provided-358].
"""
HTML = """<!doctype html><html><head><title>Aid</title></head><body><main><h1>Aid</h1>
<p>Between 2001 and 2021 the U.S. delivered <b>4,682 radios</b> to Tajikistan [@radios-delivered].
It joined the Partnership for Peace in 2002.</p>
<ul><li>The Tajik military got 358 vehicles from the U.S. [@vehicles-provided-358].</li></ul>
</main></body></html>"""
EXPECTED = {
    ("2001 and 2021", "agrees"), ("4,682 radios", "differs"), ("@radios-delivered", "differs"), ("2002", "agrees"),
    ("358 vehicles", "outdated"), ("@vehicles-provided-358", "outdated"),
}  # fmt: skip


def write_docx(path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    document.add_heading("Aid")
    paragraph = document.add_paragraph("Between 2001 and 2021 the U.S. delivered ")
    paragraph.add_run("4,682 radios").bold = True
    paragraph.add_run(" to Tajikistan [@radios-delivered]. It joined the Partnership for Peace in 2002.")
    document.add_paragraph(
        "The Tajik military got 358 vehicles from the U.S. [@vehicles-provided-358].", style="List Bullet"
    )
    document.save(str(path))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "draft.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "draft.html").write_text(HTML, encoding="utf-8")
    write_docx(folder / "draft.docx")
    return folder


def installed(*args: str | Path, given: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command as a process."""
    program = Path(sys.executable).with_name("tajsec")
    command = [program] if program.exists() else [sys.executable, "-m", "tajsec"]
    return subprocess.run([*command, *args], input=given, capture_output=True, cwd=cwd, env=os.environ, check=False)


@pytest.mark.parametrize("name", ["draft.md", "draft.html", "draft.docx"])
def test_a_whole_draft_is_set_beside_the_facts(drafts: Path, name: str) -> None:
    done = installed("factcheck", name, "--json", cwd=drafts)
    record = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert {(each["text"], each["flag"]) for each in record["findings"]} == EXPECTED
    assert {value["fact"] for each in record["findings"] for value in each["values"]} == {
        each["id"] for each in record["facts"]
    }
    (radios,) = (each for each in record["findings"] if each["text"] == "4,682 radios")
    assert (radios["value"], radios["values"][0]["quantity"]["value"]) == (4682, 4862)


def test_a_draft_on_standard_input_is_markdown(drafts: Path) -> None:
    done = installed("factcheck", "-", given=MARKDOWN.encode())
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert {(line[3], line[2]) for line in lines} == EXPECTED
    assert [line[0] for line in lines if line[3] == "4,682 radios"] == ["6"]
    assert b"2 differs, 2 outdated, 2 agrees" in done.stderr


def test_status_is_0_if_nothing_differs(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    for text in ("The U.S. delivered 4,862 radios to Tajikistan.", "The weather was fine."):
        path.write_text(text, encoding="utf-8")
        assert run("factcheck", str(path)).status == 0


def test_a_citation_of_no_fact_is_counted_apart_and_status_is_1(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("The weather was fine [@radios-deliverd].", encoding="utf-8")
    reply = run("factcheck", str(path), "--json")
    assert (reply.status, json.loads(reply.text)["flags"]["unknown"]) == (1, 1)


def test_a_newer_fact_without_a_figure_shows_its_statement_and_its_source(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    text = "An operations centre for disaster relief is under consideration in Tajikistan, NATO reports."
    path.write_text(text, encoding="utf-8")
    reply = run("factcheck", str(path), tty=100)
    flowing = " ".join(reply.text.split())
    assert reply.status == 0
    assert " outdated " in flowing
    newer = flowing.partition("newer: disaster-relief-operation-centre-being-created · ")[2]
    statement = "Tajikistan is setting up its own operations centre for disaster relief, NATO says. (NATO, 2017)"
    assert statement in newer


def test_a_terminal_shows_the_line_the_words_the_flag_and_both_values(run: Callable, drafts: Path) -> None:
    shown = run("factcheck", str(drafts / "draft.md"), tty=100).text
    (row,) = (line for line in shown.splitlines() if "4,682 radios" in line)
    assert row.split() == ["6", "differs", "4,682", "radios"]
    flowing = " ".join(shown.split())
    assert "says 4,862 radios · radios-delivered · 2001 to November 2021* · as of 19 November 2021*" in flowing
    assert "superseded by us-vehicles-400-tajik-armed-forces-2022" in flowing
    assert shown.splitlines()[-1] == "2 differs, 2 outdated, 2 agrees"


class Reader(html.parser.HTMLParser):
    """Collects the text of a page's draft, its marks, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_has_the_draft_with_its_findings_marked_and_nothing_of_its_markup(run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    evil = '<script>alert(5)</script> <img src=x onerror="x"> &amp; \u202e [x](javascript:x)'
    path.write_text(f"# Aid\n\n{evil}\n\nThe U.S. delivered 4,682 radios\nto Tajikistan.\n\n{evil}\n", encoding="utf-8")
    page = Reader()
    page.feed(run("factcheck", str(path), "--format", "html").text)
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "iframe", "link"}
    assert evil.replace("\u202e", "<U+202E>") in page.text
    marks = [attrs for name, attrs in page.tags if name == "mark"]
    assert [attrs["class"] for attrs in marks] == ["differs"]
    targets = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = [attrs["href"] for name, attrs in page.tags if name == "a"]
    assert all(link.startswith("#") and link[1:] in targets for link in links if not link.startswith("https://"))


def test_fields_choose_columns_also_of_a_page(run: Callable, drafts: Path) -> None:
    draft = str(drafts / "draft.md")
    assert run("factcheck", draft, "--fields", "line,flag,values.fact", "--format", "csv").text.startswith(
        "line,flag,values.fact\r\n"
    )
    assert "<th" in run("factcheck", draft, "--fields", "line,flag", "--format", "html").text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("gone.md", None, "gone.md: cannot be read"),
        ("empty.md", b"", "holds no word"),
        ("latin.md", b"caf\xe9 5 radios", "not UTF-8"),
        ("marks.txt", b"a" + "\u0301".encode() * 40, "combining marks"),
        ("long.md", b"a" * (5 * 2**20 + 1), "over 5 million characters; split it"),
        ("bad.docx", b"PK\x03\x04" + b"\0" * 100, "bad.docx"),
        ("bad.pdf", b"%PDF-1.7\nnonsense", "bad.pdf"),
    ],
)
def test_a_bad_draft_gets_one_line_and_status_2(
    run: Callable, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    reply = run("factcheck", str(path))
    assert (reply.status, reply.text, reply.stderr.count("\n")) == (2, "", 1)
    assert said in reply.stderr
    assert len(reply.stderr) <= 520


@pytest.mark.parametrize("given", [b"", b" \n", b"\xff\xfe\x00", b"a" + "\u0301".encode() * 40])
def test_bad_input_gets_one_line_and_status_2(given: bytes) -> None:
    done = installed("factcheck", "-", given=given)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3_000, "[@" * 3_000, "<" * 3_000, "`" * 3_000, "*" * 3_000, "1" * 3_000, "1," * 3_000, "1 radio " * 900,
        "5 October 2012 " * 500, "over " * 2_000, "not " * 2_000, "U.S. " * 1_500, "a third of a " * 500,
        "@a " * 2_000,
        "-" * 3_000, "| 5 " * 2_000, "١" * 2_000, "½" * 2_000,
        "\x1b]52;c;eA==\x07 5 radios \u202e", "\u200b5\u2060 \ufeff radios",
        "🙂" * 3_000, "$" * 3_000, "$1 million to $2 million " * 300, "[@radios-delivered] " * 300,
        "OR NOT AND -5 \"radios",
    ],
)  # fmt: skip
def test_a_hostile_draft_is_read_and_no_control_reaches_the_terminal(run: Callable, tmp_path: Path, text: str) -> None:
    path = tmp_path / "draft.md"
    path.write_text(f"{text}\n\nThe U.S. gave radios.", encoding="utf-8")
    for options in ({"tty": 80}, {}):
        reply = run("factcheck", str(path), **options)
        assert reply.status in (0, 1), reply.stderr
        assert not set(reply.text) & set("\x1b\x07\u202e\u200b\u2060\ufeff")


def test_since_says_what_changed_of_a_cited_fact(run: Callable, small: Path, tmp_path: Path) -> None:
    older, draft = tmp_path / "older.json", tmp_path / "draft.md"
    older.write_text(run("list", "--facts", str(small), "--json").text, encoding="utf-8")
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("in 2019.", "during 2019."), encoding="utf-8")
    draft.write_text("The United States gave over 7 radios in 2019 [@seven-radios].", encoding="utf-8")
    args = ("factcheck", str(draft), "--facts", str(small), "--since")
    assert "changed since: statement" in run(*args, str(older)).text
    bad = run(*args, str(draft))
    assert (bad.status, bad.stderr.count("\n")) == (2, 1)
    assert "not a list of facts in JSON" in bad.stderr
