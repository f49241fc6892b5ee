"""What a hostile pack puts into texts, names and keys leaves every command in every format as characters that are seen.

A pack that is read has such texts in each free field; one that is refused has them where only `lint` and errors go.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tajsec.cite.styles import STYLES
from tajsec.cli.terminal import Reply, write

Run = Callable[..., Reply]

BAD = "=SUM(A)\u200b\u00ad\ufeff\u2060\U000e0041 [link=https://evil.example]x[/link] <i>&amp;\u200d` | {{x}} https://evil.example"
"""Invisible characters that the reader takes, and the markup of every format."""
RAW = "\u001b]52;c;ZXZpbA==\u0007\u009b31m\u202e\u2028\ue000\nmade: up"
"""What the reader refuses: as the name of a key or file it is in a message."""

LISTINGS = ("search radios", "list", "show seven-radios", "timeline", "summary", "topics", "actors", "places",
            "sources", "coverage", "coverage --todo", "differences", "verify")  # fmt: skip
FORMATS = ("plain", "tsv", "csv", "markdown", "json", "jsonl")
PAGES = (
    *(f"cite seven-radios --style {style}" for style in STYLES), "cite seven-radios --json", "summary gear",
    *(f"cite seven-radios --by source --style {style}" for style in ("plain", "wikipedia", "apa")),
    "summary gear --format markdown", "summary gear --format html",
    "list --format html", "differences --format html", "show seven-radios --format html",
    "open seven-radios --print", "timeline --svg -", "timeline --html -", "show seven-radios --svg -",
    "export --json", "schema", "search nothingofthekind", "list --topic gaer",
)  # fmt: skip
TABLES = (*(f"{each} --format table" for each in LISTINGS[:-1]), "timeline --plot", "summary gear --format table")


def hidden(text: str) -> set[str]:
    """Return the characters of an output that a terminal would execute or not show."""
    text = re.sub(r"\r\n|[\n\t]", "", text)
    return {f"{ord(char):04X}" for char in text if not char.isprintable() and unicodedata.category(char) != "Zs"}


@pytest.fixture
def printed(run: Run, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[str, str]]:
    """Run a command line and return the text of the bytes on stdout and on stderr."""

    def call(line: str, *args: str, **kept: int) -> tuple[str, str]:
        reply = run(*line.split(), *args, **kept)
        assert reply.status in (0, 1, 2), reply.stderr
        write(reply)
        out, err = capfdbinary.readouterr()
        return out.decode(), err.decode()

    return call


def written(folder: Path, added: str) -> Path:
    """Add a text to every field of the small store that takes any; a second fact differs from the first."""
    facts = folder / "facts" / "gear.toml"
    fact = facts.read_text("utf-8")
    relation = f'relations = [{{ to = "seven-radios", kind = "contradicts", note = "{added}" }}]\n'
    facts.write_text(fact + fact.replace('id = "seven-radios"', 'id = "other-radios"') + relation, "utf-8")
    for path in folder.rglob("*.toml"):
        text = path.read_text("utf-8")
        text = re.sub(r'^((?:name|title|publisher|statement) = ")', rf"\1{added}", text, flags=re.MULTILINE)
        text = text.replace('aliases = ["', f'aliases = ["{added}').replace("radios given", f"radios{added}")
        text = text.replace("n = 2\nrole", f'n = 2\nsection = "{added}"\nrole')
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def hostile(tmp_path: Path, write_small: Callable[[Path], Path]) -> Path:
    """The small store with hostile texts."""
    return written(write_small(tmp_path / "hostile"), BAD)


@pytest.fixture
def harmless(tmp_path: Path, write_small: Callable[[Path], Path]) -> Path:
    """The small store with other texts in the same fields."""
    return written(write_small(tmp_path / "harmless"), "Some words ")


@pytest.mark.parametrize("line", [f"{each} --format {form}" for each in LISTINGS for form in FORMATS] + list(PAGES))
def test_data_is_shown_and_makes_no_line(
    printed: Callable[..., tuple[str, str]], hostile: Path, harmless: Path, line: str
) -> None:
    facts = [] if line == "schema" else ["--facts"]
    out, err = printed(line, *facts, *([str(hostile)] * len(facts)))
    assert not hidden(out + err)
    assert all(len(each) <= 500 for each in err.splitlines())
    if "json" not in line and "search n" not in line:  # a listing of words has a line more for each word
        expected, _ = printed(line, *facts, *([str(harmless)] * len(facts)))
        assert out.count("\n") == expected.count("\n")


@pytest.mark.parametrize(
    "line", [f"{each} --format {form}" for each in ("show seven-radios", "sources") for form in FORMATS]
    + [each for each in PAGES if each.startswith(("cite", "summary", "open", "timeline"))],
)  # fmt: skip
def test_where_a_document_is_kept_is_shown_and_makes_no_line(
    printed: Callable[..., tuple[str, str]], hostile: Path, harmless: Path, line: str
) -> None:
    for folder, locator in ((hostile, f"{BAD} box 7"), (harmless, "an archive, box 7")):
        path = folder / "seeds" / "paper.toml"
        text = re.sub("^url = .*$", lambda _, kept=locator: f'locator = "{kept}"', path.read_text("utf-8"), flags=re.M)
        path.write_text(text, "utf-8")
    out, err = printed(line, "--facts", str(hostile))
    assert not hidden(out + err)
    assert "box 7" in out + err or "--svg" in line
    if "json" not in line:
        expected, _ = printed(line, "--facts", str(harmless))
        assert out.count("\n") == expected.count("\n")


@pytest.mark.parametrize("line", TABLES)
def test_a_table_has_colours_of_ours_alone(printed: Callable[..., tuple[str, str]], hostile: Path, line: str) -> None:
    out, err = printed(line, "--facts", str(hostile), tty=100, color=True)
    assert not hidden(re.sub(r"\x1b\[[0-9;]*m", "", out) + err)


@pytest.fixture
def refused(small: Path) -> Path:
    """A store with hostile names of keys, tables, files and references."""
    key = "".join(f"\\u{ord(char):04x}" for char in RAW)
    fact = (small / "facts" / "gear.toml").read_text("utf-8")
    bad = f'{fact}"{key}" = 1\n[[fact]]\nid = "x{key}"\nactors = ["{key}"]\nstatus = "{key * 99}"\n["{key}"]\n'
    (small / "facts" / f"{RAW.replace(chr(10), ' ')}.toml").write_text(bad, "utf-8")
    (small / "facts" / "vocabulary" / "more.toml").write_text(f'[[actor]]\nid = "a"\nname = "{key}"\n', "utf-8")
    return small


@pytest.mark.parametrize("form", FORMATS)
def test_each_problem_of_a_refused_pack_is_one_printable_line(
    printed: Callable[..., tuple[str, str]], run: Run, refused: Path, form: str
) -> None:
    out, err = printed(f"lint --format {form}", str(refused))
    assert not hidden(out + err)
    count = int(re.findall(r"\d+", err)[0])
    assert count > 5
    assert out.count("\n") == count + {"tsv": 1, "csv": 1, "markdown": 2}.get(form, 0) or form == "json"
    assert form != "plain" or max(map(len, out.splitlines())) <= 500 + len("  [T999]")


@pytest.mark.parametrize("line", ("list", "search radios --json", "show seven-radios", "cite seven-radios", "changes"))
def test_a_refused_pack_is_one_line_of_error(printed: Callable[..., tuple[str, str]], refused: Path, line: str) -> None:
    args = [str(refused), str(refused)] if line == "changes" else ["--facts", str(refused)]
    out, err = printed(line, *args)
    assert (out, err.count("\n"), hidden(err)) == ("", 1, set())
    assert len(err) <= 501


@pytest.mark.parametrize("machine", [True, False])
def test_whatever_a_command_passes_on_leaves_printable(
    capfdbinary: pytest.CaptureFixture[bytes], machine: bool
) -> None:
    write(Reply(text=f"a\t{RAW}\r\nм\u200cм\u00a0\x1b[1mb\n", stderr=RAW, machine=machine))
    out, err = (each.decode() for each in capfdbinary.readouterr())
    shown = "<U+001B>]52;c;ZXZpbA==<U+0007><U+009B>31m<U+202E><U+2028><U+E000>\nmade: up"
    assert out == f"a\t{shown}\r\nм\u200cм\u00a0<U+001B>[1mb\n"
    assert err == shown


def test_of_a_styled_text_colours_alone_leave(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write(Reply(text="\x1b[1;31mred\x1b[0m \x1b]8;;https://evil.example\x07x\x1b[2J\r", styled=True))
    out = capfdbinary.readouterr().out.decode()
    assert out == "\x1b[1;31mred\x1b[0m <U+001B>]8;;https://evil.example<U+0007>x<U+001B>[2J "
