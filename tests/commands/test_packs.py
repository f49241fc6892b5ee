"""`tajsec packs`, and packs in every other command."""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import write_pack

import tajsec
from tajsec.cli.app import run as run_cli
from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Environment, Reply
from tajsec.errors import UsageError

OWN = 'facts = "own"\n'

Run = Callable[..., Reply]
RunJson = Callable[..., dict]


def write_packs(folder: Path) -> Path:
    """Write packs into a folder, and in `packs` two that are to be found."""
    write_pack(folder / "one")
    write_pack(folder / "own", more=OWN)
    write_pack(folder / "packs" / "a", "customs-desk", "2.1.0", more='needs = ["tajsec>=0.1"]\n')
    write_pack(folder / "packs" / "b", "river-desk")
    return folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with packs that no test changes, so that their stores are compiled once."""
    return write_packs(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def found(cache: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in a folder with packs, where those in its folder `packs` are found."""
    monkeypatch.chdir(shared)

    def call(*args: str, tty: int = 0) -> Reply:
        folder = str(Path.cwd() / "packs")
        environment = Environment(
            cache=str(cache), packs=folder, interactive=bool(tty), width=tty or 80, today="2026-01-01"
        )
        return run_cli(args, environment, {})

    return call


@pytest.fixture
def desk(found: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, to be changed: it is then the working directory."""
    monkeypatch.chdir(write_packs(tmp_path))
    return tmp_path


def listed(reply: Reply) -> list[list[object]]:
    return [
        [each[key] for key in ("id", "version", "where", "facts", "documents")]
        for each in json.loads(reply.text)["packs"]
    ]


def test_the_packs_are_listed_with_what_they_hold(found: Run, shared: Path) -> None:
    reply = found("packs", "--facts", "one", "--json")
    shipped, *others = listed(reply)
    assert shipped[:3] == ["tajsec", tajsec.__version__, "shipped"]
    assert others == [
        ["customs-desk", "2.1.0", "found", 1, 1],
        ["river-desk", "1.0.0", "found", 1, 1],
        ["border-observatory", "1.0.0", "named", 1, 1],
    ]
    whole = json.loads(reply.text)["packs"]
    assert whole[0]["share"] == 1.0
    assert {key: whole[1][key] for key in ("path", "needs", "licence", "share", "checked")} == {
        "path": str(shared / "packs" / "a"), "needs": ["tajsec>=0.1"], "licence": "CC-BY-4.0", "share": 0.0, "checked": 0,
    }  # fmt: skip


@pytest.mark.parametrize("form", LISTING)
def test_the_packs_are_listed_in_every_format(found: Run, form: str) -> None:
    reply = found("packs", "--format", form)
    assert (reply.status, reply.stderr) == (0, "")
    assert all(each in reply.text for each in ("customs-desk", "2.1.0", "tajsec"))


def test_a_share_has_checked_quotes_as_long_as_the_facts_are_the_same(found: Run, desk: Path) -> None:
    (fact,) = json.loads(found("list", "--facts", "own", "--json").text)["facts"]
    review = (
        '[[review]]\nkind = "quotes"\ndate = "2025-01-01"\ncompared = "quotes with the text"\n'
        f'[review.facts]\n{fact["id"]} = "{fact["content_hash"]}"\n'
    )
    (desk / "own" / "facts" / "reviews").mkdir()
    (desk / "own" / "facts" / "reviews" / "quotes.toml").write_text(review, encoding="utf-8")
    assert json.loads(found("packs", "--facts", "own", "--json").text)["packs"][1]["share"] == 1.0
    facts = desk / "own" / "facts" / "border-security.toml"
    facts.write_text(facts.read_text("utf-8").replace("on a day", "on one day"), encoding="utf-8")
    assert json.loads(found("packs", "--facts", "own", "--json").text)["packs"][1]["share"] == 0.0


# ---------------------------------------------------------------- which packs are open


@pytest.mark.parametrize(
    ("named", "packs"),
    [
        ([], ["tajsec", "customs-desk", "river-desk"]),
        (["one"], ["tajsec", "customs-desk", "river-desk", "border-observatory"]),
        (["own"], ["tajsec", "border-observatory"]),
        (["tajsec"], ["tajsec"]),
        (["tajsec", "own"], ["tajsec", "border-observatory"]),
        (["river-desk"], ["tajsec", "customs-desk", "river-desk"]),
        (["tajsec", "river-desk"], ["tajsec", "river-desk"]),
    ],
)
def test_packs_are_named_by_folder_or_id_and_found_ones_are_added(
    found: Run, named: list[str], packs: list[str]
) -> None:
    reply = found("packs", "--json", *(f"--facts={each}" for each in named))
    assert [each[0] for each in listed(reply)] == packs


def test_a_pack_of_own_facts_is_searched_alone_with_the_shipped_names(found: Run) -> None:
    assert found("search", "radios", "--facts", "own").status == 1
    (fact,) = json.loads(found("list", "--facts", "own", "--actor", "Tadschikistan", "--json").text)["facts"]
    assert (fact["id"], fact["pack"], fact["pack_version"]) == (
        "lorries-border-observatory",
        "border-observatory",
        "1.0.0",
    )
    assert [each["id"] for each in json.loads(found("sources", "--facts", "own", "--json").text)["sources"]] == [
        "border-observatory-2024"
    ]
    assert found("lint", "own").text == ""
    assert found("lint", "own").status == 0


def test_a_pack_in_the_working_directory_is_not_found(run: Run, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (shared / "one", shared / "packs"):
        monkeypatch.chdir(folder)
        assert [each[0] for each in listed(run("packs", "--json"))] == ["tajsec"]


def test_a_process_finds_packs_by_its_environment_alone(desk: Path, environ: dict[str, str]) -> None:
    (desk / "data" / "tajsec").mkdir(parents=True)
    shutil.move(desk / "packs", desk / "data" / "tajsec" / "packs")
    info = desk / "desk-1.dist-info"  # as if it were installed there
    info.mkdir()
    (info / "entry_points.txt").write_text("[tajsec.packs]\none = one\n", encoding="utf-8")

    def packs(**more: str) -> list[str]:
        line = [sys.executable, "-m", "tajsec", "packs"]
        done = subprocess.run(line, env=environ | more, cwd=desk, capture_output=True, encoding="utf-8", check=True)
        return [each.partition("\t")[0] for each in done.stdout.splitlines()]

    assert packs() == ["tajsec"]
    assert packs(XDG_DATA_HOME=str(desk / "data")) == ["tajsec", "customs-desk", "river-desk"]
    assert packs(XDG_DATA_HOME=str(desk / "data"), TAJSEC_FACTS="tajsec") == ["tajsec"]
    assert packs(TAJSEC_FACTS="~/own", HOME=str(desk)) == ["tajsec", "border-observatory"]
    site = desk / "site"
    shutil.copytree(info, site / info.name)
    shutil.copytree(desk / "one", site / "one")
    installed = packs(PYTHONPATH=os.pathsep.join([environ["PYTHONPATH"], str(site)]))
    assert installed == ["tajsec", "border-observatory"]


# ---------------------------------------------------------------- a broken pack


def broken(desk: Path, name: str) -> None:
    (desk / "packs" / "a" / name).write_text('id = "customs', encoding="utf-8")


@pytest.mark.parametrize("name", ["pack.toml", "facts/border-security.toml"])
def test_a_broken_found_pack_is_named_and_how_to_do_without(found: Run, desk: Path, name: str) -> None:
    broken(desk, name)
    path = desk / "packs" / "a" / name
    reply = found("search", "radios")
    assert (reply.status, reply.text) == (2, "")
    assert reply.stderr.startswith(f"tajsec: error: {path}:1: not TOML: ")
    assert reply.stderr.endswith("; --facts tajsec leaves out the packs that nobody named\n")
    assert found("search", "radios", "--facts", "tajsec").status == 0
    assert found("list", "--facts", "own").status == 0
    reply = found("packs", "--json")
    assert reply.status == 2
    assert [each[0] for each in listed(reply)] == ["tajsec", "river-desk"]
    assert reply.stderr.startswith(f"tajsec: left out: {path}:1: not TOML: ")
    assert str(path) in found("lint").text
    assert found("lint", "own").status == 0


def test_a_broken_named_pack_is_an_error_of_its_own(found: Run, desk: Path) -> None:
    (desk / "one" / "pack.toml").write_text("", encoding="utf-8")
    for line in ("packs", "list"):
        reply = found(line, "--facts", "one")
        assert (reply.status, reply.text) == (2, "")
        assert reply.stderr == "tajsec: error: one/pack.toml:1: id: missing; add it (and 4 more: run tajsec lint)\n"
    assert len(found("lint", "one").text.splitlines()) == 5


def test_two_found_packs_with_an_id_are_named_both_and_one_is_left_out(found: Run, desk: Path) -> None:
    write_pack(desk / "packs" / "c", "customs-desk")
    line = f"{desk}/packs/c/pack.toml:1: id: 'customs-desk' is the id of {desk}/packs/a/pack.toml too; leave one of them out"
    assert line in found("list").stderr
    assert found("packs").stderr == f"tajsec: left out: {line}\n"
    assert found("list", "--facts", "packs/c").status == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_the_name_of_a_folder_drives_no_terminal(found: Run, desk: Path) -> None:
    for number, name in enumerate((b"a\x1b[31mb", "bidi\u202etxt".encode(), b"new\nline", b"bad\xff")):
        write_pack(desk / "packs" / os.fsdecode(name), f"hostile-{number}")
    plain, table = found("packs"), found("packs", "--format", "table", tty=200)
    assert (plain.status, table.status) == (0, 0)
    assert not {"\x1b", "\u202e", "\udcff"}.intersection(plain.text + table.text)
    assert all(each in plain.text for each in ("a<U+001B>[31mb", "bidi<U+202E>txt", "new line", "bad<U+DCFF>"))
    assert len(plain.text.splitlines()) == 7
    paths = [each["path"] for each in json.loads(found("packs", "--json").text)["packs"] if each["path"]]
    assert paths[1] == str(desk / "packs" / os.fsdecode(b"a\x1b[31mb"))
    (desk / "packs" / os.fsdecode(b"new\nline") / "pack.toml").write_text("=", encoding="utf-8")
    assert len(found("list").stderr.splitlines()) == 1


def test_equal_ids_of_a_found_and_a_named_pack_name_both_and_the_way_out(found: Run, desk: Path) -> None:
    facts = desk / "one" / "facts" / "border-security.toml"
    facts.write_text(facts.read_text("utf-8").replace("lorries-border-observatory", "lorries-river-desk"), "utf-8")
    assert found("list", "--facts", "one").stderr == (
        "tajsec: error: one/facts/border-security.toml:2: fact[0].id: 'lorries-river-desk' of pack border-observatory stands in"
        f" {desk}/packs/b/facts/border-security.toml:1 of pack river-desk already; give it an id of its own;"
        " --facts tajsec leaves out the packs that nobody named\n"
    )
    assert found("list", "--facts", "one", "--facts", "tajsec").status == 0


# ---------------------------------------------------------------- what is said of a pack


@pytest.mark.parametrize(
    "line",
    [
        "list", "search lorries", "timeline", "show lorries-river-desk", "search nothing-like-it lorries",
    ],
)  # fmt: skip
def test_every_fact_says_its_pack_and_version(found: Run, line: str) -> None:
    facts = json.loads(found(*line.split(), "--json").text)["facts"]
    packs = {each["id"]: (each["pack"], each["pack_version"]) for each in facts}
    assert packs.pop("lorries-customs-desk", ("customs-desk", "2.1.0")) == ("customs-desk", "2.1.0")
    assert packs.pop("lorries-river-desk", ("river-desk", "1.0.0")) == ("river-desk", "1.0.0")
    assert set(packs.values()) <= {("tajsec", tajsec.__version__)}


def test_listings_for_people_name_the_pack_of_what_is_not_shipped(found: Run) -> None:
    behind_id, own_line = "lorries-river-desk (river-desk 1.0.0)", "pack river-desk 1.0.0"
    for line, named in (
        ("list --pack river-desk", behind_id),
        ("search lorries --pack river-desk", own_line),
        ("timeline --pack river-desk", behind_id),
    ):
        for width in (80, 180):
            text = " ".join(found(*line.split(), "--format", "table", tty=width).text.split())
            assert named in text, line
    assert "(tajsec" not in found("list", "--format", "table", tty=180).text
    shown = found("show", "lorries-river-desk", "radios-delivered").text
    assert "Pack: river-desk 1.0.0" in shown
    assert f"Pack: tajsec {tajsec.__version__}" in shown
    rows = list(csv.DictReader(io.StringIO(found("list", "--format", "csv").text)))
    assert {(row["pack"], row["pack_version"]) for row in rows} == {
        ("tajsec", tajsec.__version__), ("customs-desk", "2.1.0"), ("river-desk", "1.0.0"),
    }  # fmt: skip


def test_a_filter_takes_the_facts_of_packs(found: Run) -> None:
    def ids(*args: str) -> list[str]:
        return [each["id"] for each in json.loads(found("list", *args, "--json").text)["facts"]]

    assert ids("--pack", "river-desk") == ["lorries-river-desk"]
    assert ids("--pack", "river-desk", "--pack", "customs-desk") == ["lorries-customs-desk", "lorries-river-desk"]
    shipped = ids("--pack", "tajsec")
    assert shipped
    assert not {"lorries-river-desk"}.intersection(shipped)
    assert json.loads(found("list", "--pack", "river-desk", "--json").text)["filters"] == {"packs": ["river-desk"]}
    assert found("search", "lorries", "--pack", "tajsec", "--json").status in (0, 1)
    assert "lorries-river-desk" not in json.dumps(
        json.loads(found("search", "lorries", "--pack", "tajsec", "--json").text)["facts"]
    )
    assert (
        found("list", "--pack", "rivers-desk").stderr
        == "tajsec: error: unknown pack 'rivers-desk'; did you mean river-desk?\n"
    )
    assert found("list", "--pack", "zzzz").stderr == "tajsec: error: unknown pack 'zzzz'; `tajsec packs` lists them\n"
    covered = json.loads(found("coverage", "--pack", "river-desk", "--json").text)["sources"]
    assert [each["id"] for each in covered] == ["river-desk-2024"]


def test_what_is_left_to_cite_is_that_of_the_packs_that_are_asked_for(found: Run) -> None:
    rows = json.loads(found("coverage", "--todo", "--facts", "one", "--pack", "river-desk", "--json").text)
    assert rows["passages"] == []
    assert rows["filters"] == {"packs": ["river-desk"]}


def test_a_found_pack_is_named_by_its_id(found: Run, desk: Path) -> None:
    assert found("lint", "river-desk").stderr == found("lint", "packs/b").stderr
    assert "river" not in found("lint", "rivers-desk").stderr.replace("rivers-desk", "")
    (desk / "page.txt").write_text("A title\nSome 5 lorries crossed the bridge on a day of 2024.\n", encoding="utf-8")
    line = ["--pack", "river-desk", "--publisher", "P", "--locator", "box"]
    reply = found("new", "source", "page.txt", *line)
    assert reply.status == 0, reply.stderr
    assert (desk / "packs" / "b" / "seeds" / "page.toml").is_file()
    left = json.loads(found("coverage", "--todo", "--pack", "river-desk", "--json").text)["passages"]
    assert {each["source"] for each in left} == {"page"}
    reply = found("new", "fact", "--pack", "river-desk", "--source", "page", "--passage", "2", "--text", "page.txt")
    assert "Some 5 lorries" in reply.text


def test_an_export_says_the_pack_of_each_fact(found: Run, tmp_path: Path) -> None:
    assert found("export", "--sqlite", str(tmp_path / "facts.db"), "--pack", "river-desk").status == 0
    with sqlite3.connect(tmp_path / "facts.db") as database:
        assert database.execute("SELECT id, pack, pack_version FROM facts").fetchall() == [
            ("lorries-river-desk", "river-desk", "1.0.0")
        ]
    database.close()
    found("export", "--web-annotations", str(tmp_path / "quotes.jsonld"), "--pack", "river-desk", "--pack", "tajsec")
    items = json.loads((tmp_path / "quotes.jsonld").read_text("utf-8"))["first"]["items"]
    tags = [each["body"][1]["value"] for each in items if isinstance(each["body"], list)]
    assert tags == ["river-desk 1.0.0"]
    found("export", "--html", str(tmp_path / "facts.html"), "--pack", "river-desk")
    assert "river-desk 1.0.0" in (tmp_path / "facts.html").read_text("utf-8")
    brief = found("summary", "border-security", "--pack", "river-desk", "--format", "markdown").text
    assert "river-desk 1.0.0" in brief.replace("\\", "")
    for form in ("html", "markdown"):
        assert "lorries-river-desk (river-desk 1.0.0)" in found("list", "--format", form).text.replace("\\", "")
    found("export", "--tables", str(tmp_path / "tables"), "--pack", "river-desk")
    package = json.loads((tmp_path / "tables" / "datapackage.json").read_text("utf-8"))
    assert [each["name"] for each in package["licenses"]] == ["CC0-1.0", "CC-BY-4.0"]
    assert package["licenses"][1]["title"] == "CC-BY-4.0 (of the pack river-desk 1.0.0)"


def test_no_output_replaces_a_file_of_a_pack(found: Run, desk: Path) -> None:
    for name in ("pack.toml", "facts/border-security.toml"):
        reply = found("timeline", "--html", f"packs/a/{name}", "--force")
        assert reply.status == 2
        assert "is read by this command" in reply.stderr or "writes no" in reply.stderr
    assert (desk / "packs" / "a" / "pack.toml").read_text("utf-8").startswith('id = "customs-desk"')


def test_changes_of_a_pack_are_those_of_its_facts_and_not_its_version(found: Run, desk: Path) -> None:
    write_pack(desk / "new", version="1.1.0")
    assert found("changes", "one", "new").status == 1
    facts = desk / "new" / "facts" / "border-security.toml"
    facts.write_text(facts.read_text("utf-8").replace("a day of", "one day of"), encoding="utf-8")
    (change,) = json.loads(found("changes", "one", "new", "--json").text)["changes"]
    assert (change["id"], [each["key"] for each in change["keys"]]) == (
        "lorries-border-observatory",
        ["statement", "content_hash"],
    )
    assert found("changes", "own", "new").status == 0


# ---------------------------------------------------------------- from Python


def test_a_notebook_names_packs_by_folder_and_id(desk: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "data" / "tajsec").mkdir(parents=True)
    shutil.copytree(desk / "packs", desk / "data" / "tajsec" / "packs")
    monkeypatch.setenv("XDG_DATA_HOME", str(desk / "data"))
    for names, options, packs in [
        ((), {}, ["tajsec"]),
        (("river-desk",), {}, ["tajsec", "river-desk"]),
        (("river-desk",), {"found": True}, ["tajsec", "customs-desk", "river-desk"]),
        ((), {"found": True}, ["tajsec", "customs-desk", "river-desk"]),
        ((desk / "own",), {"found": True}, ["tajsec", "border-observatory"]),
    ]:
        store = tajsec.load(*names, cache=cache, **options)
        assert [each.id for each in store.packs] == packs
    (fact,) = store
    assert (fact.pack, fact.pack_version) == ("border-observatory", "1.0.0")
    assert fact.to_dict()["pack"] == "border-observatory"
    (river,) = tajsec.load("river-desk", cache=cache).facts(pack="river-desk")
    assert river.id == "lorries-river-desk"
    with pytest.raises(UsageError, match="unknown pack 'river'"):
        store.facts(pack="river")
