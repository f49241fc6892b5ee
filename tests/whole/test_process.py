"""The tool as a process: streams, exit statuses, what it imports, and how it is packaged."""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from processes import output_and_modules

import tajsec
from tajsec.generate.commands import commands

TRUSTED: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""How an archive of our own is unpacked; the first Pythons 3.11 know no filter."""
ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a POSIX shell")


def tajsec_process(environ: dict[str, str], *args: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tajsec", *args]
    return subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=60, **options)


def test_a_bare_checkout_runs_from_anywhere(environ: dict[str, str], tmp_path: Path) -> None:
    done = tajsec_process(environ, "search", "radios", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("radios-delivered\t")


def test_the_version_stands_in_one_place(environ: dict[str, str]) -> None:
    assert tajsec_process(environ, "--version").stdout == f"tajsec {tajsec.__version__}\n"


@pytest.mark.parametrize(
    ("args", "status"), [(["search", "radios"], 0), (["search", "blorptwix"], 1), (["show", "nothing-there"], 2)]
)
def test_the_exit_status_says_what_happened(environ: dict[str, str], args: list[str], status: int) -> None:
    assert tajsec_process(environ, *args).returncode == status


@LINUX
@pytest.mark.parametrize("command", ["list --json", "list", "--help"])
def test_a_closed_pipe_ends_quietly_with_141(environ: dict[str, str], command: str) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        line = [sys.executable, "-m", "tajsec", *command.split()]
        done = subprocess.run(line, env=environ, stdout=pipe, stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (141, b"")


@LINUX
def test_a_full_disk_is_one_line_and_status_two(environ: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        line = [sys.executable, "-m", "tajsec", "list"]
        done = subprocess.run(line, env=environ, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert done.stderr == b"tajsec: error: cannot write the output: No space left on device\n"


@LINUX
def test_a_closed_stdout_is_status_two_and_nothing_is_lost_silently(environ: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m tajsec list >&-"], env=environ, capture_output=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"tajsec: error: cannot write the output: ")


def test_json_is_utf8_whatever_the_locale(environ: dict[str, str]) -> None:
    line = [sys.executable, "-m", "tajsec", "actors", "--json"]
    done = subprocess.run(line, env={**environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60)
    assert "Тоҷикистон" in done.stdout.decode("utf-8")


def test_a_terminal_without_box_characters_gets_ascii(environ: dict[str, str]) -> None:
    line = [sys.executable, "-m", "tajsec", "search", "radios", "--format", "table"]
    done = subprocess.run(line, env={**environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60)
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"\\u2500" not in done.stdout


@pytest.mark.parametrize("columns", ["0", "-5", "x", "", "99999999999"])
def test_a_width_that_is_none_is_passed_over(environ: dict[str, str], columns: str) -> None:
    done = tajsec_process({**environ, "COLUMNS": columns}, "search", "radios", "--format", "table")
    assert "radios-delivered" in done.stdout


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_same_question_gets_the_same_bytes(environ: dict[str, str], seed: str) -> None:
    first = tajsec_process({**environ, "PYTHONHASHSEED": "7"}, "search", "border", "--json")
    again = tajsec_process({**environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Dushanbe"}, "search", "border", "--json")
    assert first.stdout == again.stdout


def test_packs_may_be_named_in_the_environment(environ: dict[str, str], small: Path) -> None:
    assert tajsec_process({**environ, "TAJSEC_FACTS": str(small)}, "list").stdout.startswith("seven-radios\t")


OF_FACTS = {
    "rich", "rapidfuzz", "tomli", "json", "tajsec.commands.coverage", "tajsec.commands.verify", "tajsec.store.sqlite",
}  # fmt: skip
"""Modules that only commands about facts need."""


@pytest.mark.parametrize(
    ("args", "unneeded"),
    [
        (
            ["--version"],
            {
                "rich",
                "rapidfuzz",
                "tomli",
                "tomli_w",
                "json",
                "csv",
                "sqlite3",
                "tajsec.output.rich_tables",
            },
        ),
        (["--help"], {"rich", "rapidfuzz", "tomli", "tomli_w", "sqlite3", "tajsec.output.rich_tables"}),
        (
            ["help", "formats"],
            OF_FACTS,
        ),
        (
            ["completion", "bash"],
            OF_FACTS,
        ),
        (
            ["search", "radios", "--json"],
            {
                "rich",
                "rapidfuzz",
                "json",
                "dataclasses",
                "csv",
                "tajsec.output.rich_tables",
                "tajsec.search.as_you_type",
            },
        ),
        (
            ["search", "radios", "--format", "table"],
            {"rapidfuzz", "tomli_w", "csv", "tajsec.documents.seal", "tajsec.check.lint"},
        ),
    ],
)
def test_a_command_imports_what_it_needs_alone(environ: dict[str, str], args: list[str], unneeded: set[str]) -> None:
    tajsec_process(environ, "list", "--limit", "1")  # compiles the store of the checkout, if no test did before
    _, loaded = output_and_modules(args, environ)
    assert "click" in loaded
    assert loaded & unneeded == set()


@pytest.mark.parametrize("args", [["--version"], ["--help"], []])
def test_what_is_said_of_the_tool_imports_no_command(environ: dict[str, str], args: list[str]) -> None:
    _, loaded = output_and_modules(args, environ)
    assert [name for name in loaded if name.startswith("tajsec.commands")] == []


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The TOML files of the checkout, of its sdist, and of the wheel built from that; what else that wheel holds."""
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-d"]
    subprocess.run([*build, folder, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, **TRUSTED)  # noqa: S202 - made here
        names = [member.name.partition("/")[2] for member in archive.getmembers()]
    unpacked = next(each for each in folder.iterdir() if each.is_dir())
    subprocess.run([*build, folder, "-t", "wheel"], cwd=unpacked, check=True, capture_output=True, timeout=120)
    subprocess.run([*build, folder / "direct", "-t", "wheel"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,), (direct,) = folder.glob("*.whl"), folder.glob("direct/*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = [name.removeprefix("tajsec/") for name in archive.namelist()]
        (folder / "wheel").mkdir()
        archive.extractall(folder / "wheel")  # noqa: S202 - made here
    data = lambda names: {name for name in names if name.startswith(("facts/", "seeds/")) and name.endswith(".toml")}  # noqa: E731
    checkout = [each.relative_to(ROOT).as_posix() for each in ROOT.glob("*/**/*.toml")]
    return {
        "checkout": data(checkout),
        "sdist": data(names),
        "wheel": data(inside),
        "shared": {name.partition(".data/data/")[2] for name in inside if ".data/data/" in name},
        "other": {name for name in inside if name in ("py.typed", "__main__.py")},
        "schemas": {
            name.removeprefix("output/schemas/")
            for name in inside
            if name.startswith("output/schemas/") and name.endswith(".json")
        },
        "words": {name for name in inside if name.startswith("text/word_list/")},
        "page": {name for name in inside if name.startswith("pictures/explorer_files/")},
        "root": {str(folder / "wheel")},
        "archive": {str(wheel)},
        "bytes": {hashlib.sha256(each.read_bytes()).hexdigest() for each in (wheel, direct)},
    }


def test_sdist_and_the_wheel_built_from_it_hold_the_facts_of_the_checkout(built: dict[str, set[str]]) -> None:
    assert len(built["checkout"]) > 25
    assert built["sdist"] == built["checkout"]
    assert built["wheel"] == built["checkout"]
    assert built["other"] == {"py.typed", "__main__.py"}


def test_the_wheel_holds_the_list_of_english_words_with_its_licence(built: dict[str, set[str]]) -> None:
    assert built["words"] == {"text/word_list/english.txt", "text/word_list/LICENSE"}


def test_the_wheel_holds_the_parts_of_the_page_with_their_licence(built: dict[str, set[str]]) -> None:
    assert built["page"] == {
        f"pictures/explorer_files/{name}" for name in ("explorer.css", "explorer.js", "minisearch.js", "LICENSE")
    }


def test_english_words_are_found_in_an_archive_as_in_a_folder(built: dict[str, set[str]]) -> None:
    (archive,) = built["archive"]
    code = "from tajsec.text import english; print(english.__file__, *map(english.is_english, ['hospital', 'raido']))"
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, sys.argv[1]); {code}", archive]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    assert answer.startswith(archive)
    assert answer.endswith(" True False\n")


def test_the_list_of_english_words_takes_no_more_than_its_share_of_the_wheel(built: dict[str, set[str]]) -> None:
    with zipfile.ZipFile(*built["archive"]) as archive:
        assert archive.getinfo("tajsec/text/word_list/english.txt").compress_size <= 400_000


def test_the_wheel_holds_every_schema(built: dict[str, set[str]]) -> None:
    assert built["schemas"] == {path.name for path in (ROOT / "tajsec" / "output" / "schemas").iterdir()}


def test_the_wheel_brings_manual_pages_to_where_systems_look(built: dict[str, set[str]]) -> None:
    assert built["shared"] == {
        "share/man/man1/tajsec.1",
        *(f"share/man/man1/tajsec-{each.name.replace(' ', '-')}.1" for each in commands()),
    }


def test_a_wheel_built_again_or_from_the_sdist_has_the_same_bytes(built: dict[str, set[str]]) -> None:
    assert len(built["bytes"]) == 1


def test_the_manual_bears_the_date_of_the_release_and_never_that_of_the_build(built: dict[str, set[str]]) -> None:
    (page,) = Path(*built["root"]).glob("*.data/data/share/man/man1/tajsec.1")
    released = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition(f"## {tajsec.__version__} (")[2]
    (head,) = (line for line in page.read_text(encoding="utf-8").split("\n") if line.startswith(".TH "))
    assert f'"{released.partition(")")[0]}"' in head


@pytest.mark.parametrize("form", ["root", "archive"])
def test_the_wheel_shows_the_same_store_unpacked_or_from_the_archive(
    built: dict[str, set[str]], environ: dict[str, str], tmp_path: Path, form: str
) -> None:
    (place,) = built[form]
    there = tajsec_process({**environ, "PYTHONPATH": place}, "list", "--json", cwd=tmp_path)
    assert there.stdout == tajsec_process(environ, "list", "--json").stdout
    assert there.returncode == 0


def test_a_search_in_the_wheel_finds_its_store_without_pathlib(
    built: dict[str, set[str]], environ: dict[str, str], tmp_path: Path
) -> None:
    """The module, with what it imports, would be a twentieth of the time of `search --json`."""
    (root,) = built["root"]
    args = ["search", "radios", "--json"]
    found, loaded = output_and_modules(args, {**environ, "PYTHONPATH": root}, tmp_path)
    assert '"facts": [' in found
    assert loaded & {"pathlib", "urllib.parse"} == set()
