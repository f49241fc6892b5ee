"""`tajsec new`: from a document to a cited fact, in a script and on a terminal; and what is refused."""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import tomli
from processes import on_terminal

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><html lang="en"><head><title>Karamyk crossing in 2024</title></head><body><article>
<h1>Karamyk crossing in 2024</h1>
<p>Traffic at the gate rose again this year, as the counts of every month show.</p>
<p>In 2024 the counters recorded, on a normal working day, some 312 lorries a day at the Karamyk gate, more than ever
since the count began.</p>
<p>Repairs of three bridges on the road cost about 1.2 million euros in 2024, which donors paid.</p>
</article></body></html>"""
LINES = [" ".join(each.split()) for each in re.findall(r"<(?:h1|p)>(.*?)</", PAGE, re.DOTALL)]
SENTENCE = "In 2024 some 312 lorries a day passed the Karamyk gate."
FACT = ["new", "fact", "--pack", "my", "--source", "page", "--passage", "3", "--statement", SENTENCE]
NAMES = ["--actor", "observatory=Border Observatory", "--topic", "border-security"]

Run = Callable[..., Reply]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the document as a page and as a text."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.txt").write_text("\n".join(LINES), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with the record of the text, which no test changes."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "page.txt").write_text("\n".join(LINES), encoding="utf-8")
    lines = (
        "new pack my --maintainer Ada",
        "new source page.txt --pack my --publisher P --locator 'box 7' --issued 2024-11",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in lines:
            assert run_cli(shlex.split(line), Environment(), {}).status == 0
    return folder / "my"


@pytest.fixture
def pack(desk: Path, made_pack: Path) -> Path:
    """The same pack, to be changed."""
    return Path(shutil.copytree(made_pack, desk / "my"))


def tutorial(document: str) -> list[list[str]]:
    """The commands of the tutorial, with another document in the place of the page."""
    text = (ROOT / "docs" / "own-facts.md").read_text(encoding="utf-8")
    found = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    return [shlex.split(line.replace("page.html", document))[1:] for line in found]


def as_pdf(path: Path, lines: Sequence[str] = LINES) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(str(path))
    y = 800
    for line in lines:
        words, rows = line.split(), []
        while words:
            rows.append(" ".join(words[:9]))
            words = words[9:]
        for row in rows:
            canvas.drawString(72, y, row)
            y -= 14
        y -= 24
    canvas.save()


@pytest.mark.parametrize("document", ["page.html", "page.pdf", "page.txt"])
def test_six_commands_lead_from_a_document_to_a_cited_and_verified_fact(desk: Path, run: Run, document: str) -> None:
    if document == "page.pdf":
        as_pdf(desk / document)
    lines = tutorial(document)
    assert len(lines) == 6
    replies = [run(*line, today="2026-11-29") for line in lines]
    assert [reply.status for reply in replies] == [0] * 6, [reply.stderr for reply in replies]
    assert f"3  claim      {LINES[2][:30]}" in replies[1].text
    assert "lint: no problem" in replies[2].text
    assert "quote found: 1" not in replies[3].stderr
    assert "0 failed, 0 not run" in replies[3].stderr.partition("\n")[2].partition("\n")[0]
    assert replies[4].text.startswith("lorries-2024\t")
    assert "Border Observatory" in replies[5].text
    checked = run("lint", "observatory")
    assert checked.status == 0
    assert re.fullmatch(r"tajsec: no error, [12] to-dos?\n", checked.stderr)


@pytest.mark.parametrize(
    ("printed", "issued", "is_noted"),
    [
        ("Published 20 January 2026", "2026-01-20", False), ("20 January 2026", "2026-01-20", False),
        ("", r"20..-..-..\?", True),
    ],
)  # fmt: skip
def test_the_printed_date_of_a_pdf_is_taken_before_that_of_the_file(
    pack: Path, desk: Path, run: Run, printed: str, issued: str, is_noted: bool
) -> None:
    lines = ["Karamyk in 2024", "By Gate Desk", printed, LINES[2]]
    as_pdf(desk / "review.pdf", list(filter(None, lines)))
    reply = run("new", "source", "review.pdf", "--pack", "my", "--publisher", "P", "--locator", "b")
    assert reply.status == 0, reply.stderr
    assert re.search(
        rf"  title: Karamyk in 2024\n  author: Gate Desk\n  issued: {issued}(?: \(unsure: .*)?\n", reply.text
    )
    assert ("--issued gives the right one" in reply.text) is is_noted
    assert ("notes" in tomli.loads((pack / "seeds" / "review.toml").read_text())) is is_noted


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("At the gate\nThe gate of 2 March 2024 is new.\nIt has 7 lorries.", "--source at --passage 3"),
        ("At the gate\nThe gate is new.", "--source at --passage 2"),
        ("At the gate", 'no passage makes a claim; write role = "claim" in my/seeds/at.toml'),
    ],
)
def test_the_passage_that_is_suggested_makes_a_claim(pack: Path, desk: Path, run: Run, text: str, line: str) -> None:
    (desk / "at.txt").write_text(text)
    reply = run("new", "source", "at.txt", "--pack", "my", "--publisher", "P", "--locator", "b")
    assert line in reply.text


def test_a_new_pack_reads_and_its_example_is_a_vocabulary(desk: Path, run: Run) -> None:
    assert run("new", "pack", "deep/my", "--maintainer", "Ada").status == 0
    assert run("lint", "deep/my").stderr == "tajsec: no problem found\n"
    names = desk / "deep/my/facts/vocabulary/names.toml"
    example = "\n".join(
        line.removeprefix("# ") for line in names.read_text().splitlines() if re.match(r"# (\[\[|\w+ = )", line)
    )
    assert set(tomli.loads(example)) == {"actor", "unit"}
    names.write_text(example)
    assert run("lint", "deep/my").stderr == "tajsec: no problem found\n"
    for rule in tomli.loads((desk / "deep/my/.taplo.toml").read_text())["rule"]:
        assert (desk / "deep/my" / rule["schema"]["path"]).is_file()


def test_comments_and_order_of_a_file_stay(pack: Path, run: Run) -> None:
    assert run(*FACT, *NAMES).status == 0
    path = pack / "facts" / "border-security.toml"
    before = f"# mine\n{path.read_text()}# the end\n"
    path.write_text(before)
    more = ["new", "fact", "--pack", "my", "--source", "page", "--passage", "4", "--actor", "observatory"]
    reply = run(
        *more, "--topic", "border-security", "--statement", "Three bridges cost about 1.2 million euros in 2024."
    )
    assert reply.status == 0, reply.stderr
    assert path.read_text().startswith(before)
    made = tomli.loads(path.read_text())["fact"][1]
    assert {(each["value"], each["unit"], each["qualifier"]) for each in made["quantities"]} == {
        (3, "bridges", "exact"), (1_200_000, "eur", "about"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("new pack my", "my: holds .gitignore already; name a new folder"),
        ("new pack page.txt", "page.txt: exists, and is no folder; name a new one"),
        ("new pack page.txt/my --maintainer A", "cannot be"),
        ("new pack ..", "holds"),
        ("new pack link --maintainer A", "link: exists, and is no folder"),
        ("new pack new", "missing: --maintainer; give each, or run on a terminal to be asked"),
        ("new pack new --maintainer A --id ../x", "--id: '../x' is not an id"),
        ("new pack new --maintainer A --id tajsec", "--id: 'tajsec' is the id of the shipped facts"),
        ("new pack new --maintainer A\x1b[0m", "--maintainer: holds U+001B"),
        ("new pack new --maintainer A --licence free", "--licence: 'free' is not the SPDX id of a licence"),
        ("new pack new --maintainer A --licence ?", "--licence: '?' is not the SPDX id of a licence"),
        ("new source page.html --pack my", "missing: --publisher, --url, --doi, --isbn, --urn or --locator;"),
        ("new source page.html --pack my --publisher P --url file:///x", "--url: not an http or https address"),
        ("new source page.html --pack my --publisher P --locator b --issued May", "--issued: 'May': not an EDTF date"),
        ("new source page.html --pack my --publisher P --locator b --id ../x", "--id: '../x' is not an id"),
        ("new source page.html --pack my --publisher P --locator b --id page", "page.toml exists already"),
        ("new source page.html --pack my --publisher P\u202e --locator b", "--publisher: holds U+202E"),
        ("new source page.txt --pack my", "page.txt: is sealed as page already"),
        ("new source no.html --pack my", "no.html"),
        ("new source scan.pdf --pack my", "scan.pdf: is no PDF file, whatever its name says"),
        ("new source page.html --pack none", "none: holds no pack.toml; `tajsec new pack"),
        ("new fact --pack my", "--source and --passage missing"),
        ("new fact --pack my --source paeg --passage 3", "unknown source 'paeg'; did you mean page?"),
        ("new fact --pack my --source page --passage 9", "--passage 9: page has passages 1 to 4; name one of them"),
        ("new fact --pack my --source page --passage 3 --text other.txt", "other.txt: another version of page"),
        ("new fact --pack my --source page --passage 3 --text no.txt", "page: no copy of its text is no.txt"),
        ("FACT --actor us --topic border-security --quote nowhere", "--quote: “nowhere” is not in the passage"),
        ("FACT --actor us --topic border-security --when May", "'May': not an EDTF date"),
        ("FACT --actor us --topic border-security --id seven\x07", "--id: holds U+0007"),
        ("FACT --actor us --topic no-such-thing-here", "--topic: unknown topic 'no-such-thing-here'"),
        ("FACT --actor bo --topic border-security", "--actor: unknown actor 'bo'; a new one is written 'bo=ITS NAME'"),
        ("FACT --actor Observatory --topic border-security", "a new one is written 'observatory=Observatory'"),
        ("FACT --actor us=Us --topic border-security", "--actor: 'us' is United States already"),
        ("FACT --actor ../x=Us --topic border-security", "--actor: '../x=Us' is no ID=NAME"),
        ("FACT --actor us --topic ../../x=X", "--topic: '../../x=X' is no ID=NAME"),
        ("FACT --actor us --topic border-security --quantity many", "'many': needs one number"),
        ("FACT --actor us --topic border-security --quantity 312~furlongs", "no name of 'furlongs' stands behind 312"),
        ("FACT --actor us --topic border-security --quantity 313~lorries", "313 is not in the statement"),
        ("FACT --actor us --topic border-security --derived 5", "--derived: '5' has no reason"),
        ("FACT --actor us --topic border-security --replace seven-radios", "unknown fact 'seven-radios'"),
        ("new fact --pack my --from no.csv", "no.csv"),
        ("new fakt", "unknown command 'new fakt'; did you mean tajsec new fact?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    pack: Path, desk: Path, run: Run, line: str, message: str
) -> None:
    (desk / "link").symlink_to(desk / "my")
    (desk / "other.txt").write_text("Another text.")
    (desk / "scan.pdf").write_text("A text.")

    def held() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in desk.rglob("*") if path.is_file()}

    before, words = held(), [part.replace("~", " ") for part in line.split(" ")]
    if words[0] == "FACT":
        words = [*FACT, *words[1:]]
    reply = run(*words)
    assert (reply.status, reply.text) == (2, "")
    assert message in reply.stderr
    assert reply.stderr.count("\n") == 1
    assert held() == before


def test_a_fact_is_written_anew_in_the_place_of_another(pack: Path, run: Run) -> None:
    assert run(*FACT, *NAMES, "--id", "one").status == 0
    path = pack / "facts" / "border-security.toml"
    path.write_text(f"# mine\n{path.read_text()}# the end\n")
    again = [*FACT[:-1], "Some 312 lorries a day passed the Karamyk gate in 2024.", "--actor", "observatory", "--topic"]
    refused = run(*again, "border-security", "--id", "one")
    assert "--id: 'one' is in my/facts/border-security.toml:2 already; name another, or" in refused.stderr
    reply = run(*again, "border-protection=Border protection", "--replace", "one")
    assert reply.status == 0, reply.stderr
    assert path.read_text() == "# mine\n# the end\n"
    made = tomli.loads((pack / "facts" / "border-protection.toml").read_text())["fact"]
    assert [(fact["id"], fact["statement"][:8]) for fact in made] == [("one", "Some 312")]
    assert "unknown fact 'two'" in run(*again, "border-protection", "--replace", "two").stderr


def test_an_acronym_that_is_an_id_is_a_name_by_which_the_fact_is_found(pack: Path, run: Run) -> None:
    names = ["--actor", "gcu=Gate Counters of Utopia", "--topic", "border-security"]
    assert run(*FACT, *names).status == 0
    assert tomli.loads((pack / "facts/vocabulary/names.toml").read_text())["actor"][0]["aliases"] == ["GCU"]
    assert "312" in run("search", "GCU", "lorries", "--facts", "my").text


def test_a_figure_with_a_reason_is_written(pack: Path, run: Run) -> None:
    statement = "In 2024 some 13 lorries an hour passed the Karamyk gate."
    line = [*FACT[:-1], statement, *NAMES, "--quote", "In 2024 the counters recorded"]
    assert run(*line).status == 2
    assert not (pack / "facts" / "border-security.toml").exists()
    reply = run(*line, "--derived", "13=312 a day are 13 an hour", "--derived", "lorries=of the day")
    assert reply.status == 0, reply.stderr


def test_the_share_of_a_document_that_may_be_quoted_is_told_before_it_is_used_up(
    pack: Path, desk: Path, run: Run
) -> None:
    (desk / "at.txt").write_text(f"At the gate\n{LINES[2]}")
    assert run("new", "source", "at.txt", "--pack", "my", "--publisher", "P", "--locator", "b").status == 0
    line = [*FACT[:5], "at", "--passage", "2", *FACT[8:], *NAMES]
    reply = run(*line, "--quote", "some 312 lorries a day at the Karamyk gate, more than")
    assert reply.status == 0, reply.stderr
    assert re.search(r"quotes: 11 of the 1\d words that may be quoted of at, left are [12];", reply.text)
    line = [*line[:-4], "--actor", "observatory", "--topic", "border-security", "--id", "b"]
    quotes = ["some 312 lorries a day", "In 2024 the counters recorded, on a normal working day"]
    more = run(*line, *(word for quote in quotes for word in ("--quote", quote)))
    assert re.search(r"quotes: 21 of the 1\d words that may be quoted of at, \d too many;", more.text), more.stderr


def test_without_a_terminal_the_passage_and_what_is_found_in_it_lead_to_the_next_line(pack: Path, run: Run) -> None:
    first = run(*FACT[:8], "--notes", "Two words")
    assert (first.status, first.stderr.count("\n")) == (2, 1)
    assert first.stderr == (
        "tajsec: error: missing: --statement, --actor, --topic; give each, or run on a terminal to be asked\n"
    )
    head, words, _, *found, last = first.text.splitlines()
    assert (head, words) == ("page, passage 3:", f"  {LINES[2]}")
    assert {"  --when 2024", "  --quantity '312 lorries about daily: lorries'"} <= set(found)
    assert not (pack / "facts" / "border-security.toml").exists()
    typed = last.removeprefix("next: tajsec ").replace("TEXT", shlex.quote(SENTENCE)).replace("ID=NAME", NAMES[1])
    assert "--notes 'Two words'" in typed
    second = run(
        *shlex.split(typed.replace("--topic ID", "--topic border-security").replace(NAMES[1], f"'{NAMES[1]}'"))
    )
    assert second.status == 0, second.stderr


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NATO paid for border security there.", ["--actor nato", "--topic border-security"]),
        ("Nothing was said of it by anybody there.", []),
        ("€2.5 million; 7 lorries " * 2_000, ["--quantity '7 lorries: lorries'"]),
        ("\u202e\x1b[2J five words of a stranger", []),
    ],
    ids=["names", "nothing", "thousands of numbers", "controls"],
)
def test_a_passage_is_searched_for_names_and_figures(
    pack: Path, desk: Path, run: Run, words: str, found: list[str]
) -> None:
    (desk / "other.txt").write_text(f"A title\n{words}\n", encoding="utf-8")
    assert run("new", "source", "other.txt", "--pack", "my", "--publisher", "P", "--locator", "b").status == 0
    reply = run("new", "fact", "--pack", "my", "--source", "other", "--passage", "2")
    assert reply.status == 2
    assert set(found) <= {line.strip() for line in reply.text.splitlines()}
    assert all(line.isprintable() for line in reply.text.splitlines())
    names = [line for line in reply.text.splitlines() if line.startswith(("  --actor", "  --topic", "  --place"))]
    assert len(names) == len([each for each in found if "quantity" not in each])


def test_a_pack_that_does_not_read_is_left_as_it_is(pack: Path, run: Run) -> None:
    (pack / "facts" / "broken.toml").write_text("fact = ")
    reply = run(*FACT, *NAMES)
    assert reply.status == 2
    assert reply.stderr.startswith("tajsec: error: my/facts/broken.toml:1: not TOML")
    assert not (pack / "facts" / "border-security.toml").exists()


def test_facts_are_imported_as_drafts(pack: Path, desk: Path, run: Run) -> None:
    assert run(*FACT, *NAMES, "--id", "one").status == 0
    (desk / "rows.json").write_text(run("show", "one", "--facts", "my", "--json").text.replace('"one"', '"two"'))
    reply = run("new", "fact", "--pack", "my", "--from", "rows.json")
    assert reply.status == 0, reply.stderr
    facts = tomli.loads((pack / "facts" / "border-security.toml").read_text())["fact"]
    assert [(fact["id"], "draft" in fact) for fact in facts] == [("one", False), ("two", True)]


ROWS = """\
statement,actors,topics,places,value,unit,source,passage,quote
Some 312 lorries a day passed in 2024.,Tajikistan,Border security,Dushanbe,312,Lorries,page,3,312 lorries a day at
Lorries will pass the gate.,united states; border-observatory,border-security,,,,page,2,Traffic at the gate rose again
"""
NEW = ["--unit", "lorries=lorries", "--actor", "border-observatory=Border Observatory"]


def test_names_in_rows_are_those_of_options_and_what_is_missing_is_proposed(pack: Path, desk: Path, run: Run) -> None:
    (desk / "rows.csv").write_text(ROWS)
    reply = run("new", "fact", "--pack", "my", "--from", "rows.csv", *NEW)
    assert reply.status == 0, reply.stderr
    assert "new unit lorries (lorries) in my/facts/vocabulary/names.toml" in reply.text
    one, two = tomli.loads((pack / "facts" / "border-security.toml").read_text())["fact"]
    assert (one["actors"], one["topics"], one["places"]) == (["tajikistan"], ["border-security"], ["dushanbe"])
    assert (one["status"], one["when"], "as_of" in one) == ("completed", "2024", False)
    (figure,) = one["quantities"]
    assert figure == {"value": 312, "unit": "lorries", "qualifier": "exact", "of": "Lorries", "period": "total"}
    assert (two["actors"], two["status"], two["as_of"]) == (["us", "border-observatory"], "planned", "2024-11")
    names = tomli.loads((pack / "facts" / "vocabulary" / "names.toml").read_text())
    assert [names[kind][0]["id"] for kind in ("unit", "actor")] == ["lorries", "border-observatory"]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ([], "rows.csv:2: row 1, unit: unknown unit 'Lorries'; "),
        ([], "add it to my/facts/vocabulary/names.toml, or name it with --unit ID=NAME"),
        (["--unit", "lorries"], "--unit: 'lorries' is no ID=NAME; with --from it makes a new name, which rows may use"),
        ([*NEW, "--statement", "One."], "--statement: is of one fact, and with --from the rows say it; leave it out"),
        ([*NEW, "--as-of", "2024"], "--as-of: is of one fact, and with --from the rows say it; leave it out"),
        ([*NEW, "--source", "page"], "--source: is of one fact, and with --from the rows say it; leave it out"),
        ([*NEW, "--actor", "us=Another"], "--actor: 'us' is United States already; write us, or another id"),
    ],
)
def test_an_import_with_unknown_names_or_options_of_one_fact_writes_nothing(
    pack: Path, desk: Path, run: Run, options: list[str], line: str
) -> None:
    (desk / "rows.csv").write_text(ROWS)
    reply = run("new", "fact", "--pack", "my", "--from", "rows.csv", *options)
    assert reply.status == 2
    assert line in f"{reply.text}{reply.stderr}"


def test_every_mistake_of_an_imported_file_has_its_line(pack: Path, desk: Path, run: Run) -> None:
    head, row = "statement,actors,topics,when,status,source,passage,quote", "page,3,312 lorries a day"
    rows = [f"A,us,border-security,May,completed,{row}", f"B,us,border-security,2024,done,{row}"]
    (desk / "rows.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    reply = run("new", "fact", "--pack", "my", "--from", "rows.csv")
    assert reply.status == 2
    assert [line.split(": ")[:2] for line in reply.text.splitlines()] == [
        ["rows.csv:2", "row 1, when"],
        ["rows.csv:3", "row 2, status"],
    ]
    assert "[T205]" in reply.text
    assert reply.stderr == "tajsec: error: rows.csv: 2 problems; mend the rows, nothing is written\n"
    (desk / "rows.csv").write_text("\n".join([head, *rows[:1] * 300]), encoding="utf-8")
    assert run("new", "fact", "--pack", "my", "--from", "rows.csv").text.count("\n") <= 101
    assert not (pack / "facts" / "border-security.toml").exists()


def test_a_person_is_asked_on_a_terminal_and_enter_takes_the_proposals(
    pack: Path, desk: Path, environ: dict[str, str]
) -> None:
    line = [sys.executable, "-m", "tajsec", *FACT[:8]]
    answers = [SENTENCE, "", "border-observatory=Border Observatory", "border-security", *[""] * 8]
    typed = "".join(f"{answer}\n" for answer in answers).encode()
    shown, status = on_terminal(line, environ, cwd=desk, columns=200, press=typed, after=b"one sentence")
    assert status == 0, shown
    assert LINES[2] in " ".join(shown.split())
    made = tomli.loads((pack / "facts" / "border-security.toml").read_text())["fact"][0]
    assert (made["actors"], made["when"]) == (["border-observatory"], "2024")
    assert "verify" in shown


def test_a_person_chooses_source_and_passage_and_sees_the_topics(
    pack: Path, desk: Path, environ: dict[str, str]
) -> None:
    line = [sys.executable, "-m", "tajsec", *FACT[:4]]
    answers = ["paper", "page", "9", "3", SENTENCE, "", "observatory=Border Observatory", "?", "border-security"]
    typed = "".join(f"{answer}\n" for answer in [*answers, *[""] * 8]).encode()
    shown, status = on_terminal(line, environ, cwd=desk, columns=60, press=typed, after=b"source")
    assert status == 0, shown
    assert "--source: 'paper' is none of these" in shown
    assert f"   4  {LINES[3][:53]}…" in shown
    assert "--passage: '9' is no number from 1 to 4" in shown
    assert re.search(r"--topic: [a-z-]+, [a-z-]+,", shown)
    assert re.search(r"figures match:.*write \S+ to my/facts", shown, re.DOTALL)


def test_a_session_that_is_ended_writes_nothing(pack: Path, desk: Path, environ: dict[str, str]) -> None:
    line = [sys.executable, "-m", "tajsec", *FACT[:8]]
    shown, status = on_terminal(line, environ, cwd=desk, columns=200, press=b"\x04", after=b"one sentence")
    assert status == 2
    assert "stopped; nothing is written" in shown
    assert not (pack / "facts" / "border-security.toml").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_folder_that_may_not_be_written_is_one_line(desk: Path, run: Run) -> None:
    (desk / "closed").mkdir(mode=0o500)
    reply = run("new", "pack", "closed/my", "--maintainer", "A")
    assert (reply.status, reply.stderr.count("\n")) == (2, 1)


def test_a_page_of_each_command_is_found_by_help(run: Run) -> None:
    for name in ("pack", "source", "fact"):
        assert run("help", "new", name).text.startswith(f"Usage: tajsec new {name} ")
    assert "pack" in run_cli(["new"], Environment(), {}).text


def test_options_before_the_command_are_as_those_behind_it(pack: Path, run: Run, small: Path) -> None:
    first, second = (
        run(*line.split()) for line in (f"--facts {small} new fact --pack my", f"new fact --pack my --facts {small}")
    )
    assert first == second
    names = ["--actor", "us", "--topic", "gear"]
    assert run("--facts", str(small), *FACT, *names).text.startswith("wrote my/facts/gear.toml: ")
