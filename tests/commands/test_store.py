"""A store on a server from the command line: made, loaded, read, written, its history, and back to files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import write_pack
from servers import Server

from tajsec.cli.terminal import Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.protocol import Store

NEW = """
[[fact]]
id = "test-lorries"
statement = "In 2019 the United States gave Tajikistan over 7 test lorries."
actors = ["us", "tajikistan"]
topics = ["equipment"]
when = "2019"
status = "completed"
cites = [{ source = "us-embassy-2021", passage = 8, quote = "units of communications equipment (short and long-range" }]
relations = [{ to = "radios-delivered", kind = "differs", note = "A test.", prefer = "radios-delivered" }]
"""

Run = Callable[..., Reply]


@pytest.fixture
def address(server: Server, template: str) -> str:
    """The address of a store of the shipped facts."""
    return server.copy_of(template)


@pytest.fixture
def desk(run: Run, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder on that store."""
    monkeypatch.chdir(tmp_path)

    def call(line: str, *more: str) -> Reply:
        return run(*line.split(), *more, "--store", address)

    return call


def test_a_store_is_made_and_loaded(run: Run, database: str, store: Store) -> None:
    assert run("store", "init", "--store", database).text.startswith("made a store in ")
    loaded = run("store", "load", "tajsec", "--store", database).text
    assert loaded == f"loaded tajsec: {len(store.facts())} new facts, 0 changed\n"


def test_a_store_is_made_once_and_loaded_again_without_a_change(desk: Run, store: Store) -> None:
    assert desk("store init").text.startswith("there is a store in ")
    assert desk("store load tajsec").text == "loaded tajsec: 0 new facts, 0 changed\n"
    (status,) = json.loads(desk("store status --json").text)["stores"]
    assert (status["facts"], status["withdrawn"], status["revisions"]) == (len(store.facts()), 0, len(store.facts()))
    assert status["packs"] == [{"id": "tajsec", "version": status["packs"][0]["version"]}]
    told = "{0} facts, 0 withdrawn, {0} revisions\nlast written 20".format(len(store.facts()))
    assert told in desk("store status").text


def test_a_fact_is_put_found_corrected_and_withdrawn_and_its_history_stays(desk: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(NEW)
    assert desk(f"put {file}", "--note", "first").text == "test-lorries\t1\n"
    assert desk("search test lorries --json").text.count('"id": "test-lorries"') == 1
    assert json.loads(desk("show radios-delivered --json").text)["facts"][0]["differs_from"][-1] == "test-lorries"
    file.write_text(NEW.replace("lorries.", "trucks."))
    assert desk(f"put {file}").text == "test-lorries\t2\n"
    again = desk(f"put {file}")
    assert (again.text, again.stderr) == ("", "tajsec: test-lorries is there already as it is\n")
    assert desk("withdraw test-lorries", "--reason", "only a test").text == "test-lorries\t3\n"
    assert "only a test" in desk("withdraw test-lorries", "--reason", "once more").stderr
    assert desk("search test lorries").status == 1
    assert "Withdrawn: only a test" in desk("show test-lorries").text
    revisions = json.loads(desk("history test-lorries --json").text)["revisions"]
    assert [(each["what"], each["note"], [key["key"] for key in each["keys"]]) for each in revisions] == [
        ("put", "first", []), ("put", None, ["statement"]), ("withdraw", "only a test", ["withdrawn"]),
    ]  # fmt: skip
    assert {each["who"] for each in revisions} == {json.loads(desk("store status --json").text)["stores"][0]["role"]}
    assert "test lorries." in desk("show test-lorries --revision 1").text
    assert "has no revision 4; it has 1 to 3" in desk("show test-lorries --revision 4").stderr
    assert [each["what"] for each in json.loads(desk("history radios-delivered --json").text)["revisions"]] == ["load"]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('topics = ["equipment"]', 'topics = ["gear"]', "new.toml:6: fact[0].topics[0]: unknown topic 'gear'"),
        ("us-embassy-2021", "us-embassy-2012", "unknown source 'us-embassy-2012'; did you mean us-embassy-2021"),
        ('to = "radios-delivered"', 'to = "radio-delivered"', "relations[0].to: unknown fact 'radio-delivered'"),
        (', prefer = "radios-delivered"', "", "the two differ (differs); name the id to cite"),
        ("In 2019 the United States gave", "As of 2019 the United States gave", "begins with As of"),
        ("over 7 test lorries.", "over 7 test lorries", "does not end with a full stop"),
        (
            "In 2019 the United States gave Tajikistan over 7 test lorries.",
            "Another 500 radios from the United States were on the way to Tajikistan, apparently in 2019.",
            "of its words in common with 'radios-500-on-the-way'",
        ),
        ("passage = 8", "passage = 999", "us-embassy-2021 has no passage 999"),
        ("[[fact]]", "[[facts]]", "unknown table 'facts'"),
        ("[[fact]]", "[[fact", "not TOML"),
        (NEW, "", "0 facts; a file that is put has 1 to 1,000"),
        (NEW, NEW + NEW, "test-lorries"),
    ],
)
def test_what_breaks_a_rule_is_told_and_nothing_is_written(
    desk: Run, store: Store, tmp_path: Path, was: str, now: str, told: str
) -> None:
    file = tmp_path / "new.toml"
    file.write_text(NEW.replace(was, now))
    reply = desk(f"put {file}")
    assert reply.status == 2
    assert told in reply.text + reply.stderr
    (status,) = json.loads(desk("store status --json").text)["stores"]
    assert (status["facts"], status["revisions"]) == (len(store.facts()), len(store.facts()))


def test_a_pack_is_loaded_beside_others_and_its_edited_facts_are_not_lost(desk: Run, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "desk", "desk")
    assert desk(f"store load {pack}").text == "loaded desk: 1 new fact, 0 changed\n"
    alone = desk("list --pack desk --json").text
    assert json.loads(alone)["count"] == 1
    (fact,) = json.loads(alone)["facts"]
    assert desk(f"withdraw {fact['id']}", "--reason", "a mistake").status == 0
    refused = desk(f"store load {pack}")
    assert f"{fact['id']} changed in the store since" in refused.stderr
    assert desk(f"store load {pack} --force").text == "loaded desk: 0 new facts, 1 changed\n"
    assert desk("list --pack desk --json").text == alone
    edition = pack / "pack.toml"
    edition.write_text(edition.read_text().replace("1.0.0", "1.1.0"))
    assert desk(f"store load {pack}").text == "loaded desk: 0 new facts, 0 changed\n"
    assert desk("list --pack desk --json").text == alone.replace("1.0.0", "1.1.0")


def test_a_store_is_written_back_to_files_equal_to_what_was_loaded(desk: Run, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "desk", "desk")
    with (pack / "facts" / "vocabulary" / "more.toml").open("w") as stream:
        stream.write('[[actor]]\nextends = "tajsec"\nid = "us"\naliases = ["Uncle Sam"]\n')
    assert desk(f"store load {pack}").status == 0
    assert desk("search", "uncle sam radios").status == 0
    assert desk("store export copy").text == "copy/tajsec\ncopy/desk\n"
    copies = [Path("copy/tajsec"), Path("copy/desk")]
    for folders, exported in (([], copies[:1]), ([pack], copies)):
        ours, theirs = read(folders_of(folders)), read(folders_of(exported))
        assert (ours.facts, ours.sources, [*ours.reviews]) == (theirs.facts, theirs.sources, [*theirs.reviews])
        assert ours.vocabulary._terms == theirs.vocabulary._terms
        assert [(each.pack, each.pack_version) for each in ours.facts] == [
            (each.pack, each.pack_version) for each in theirs.facts
        ]
    assert "holds desk already" in desk("store export copy").stderr


def test_an_export_fills_another_store_and_what_was_withdrawn_stays_so(
    desk: Run, run: Run, server: Server, store: Store
) -> None:
    assert desk("withdraw radios-500-on-the-way", "--reason", "arrived").status == 0
    assert desk("store export copy").status == 0
    assert "radios-500-on-the-way" not in run("list", "--facts", "copy/tajsec").text
    other = server.new_database()
    run("store", "init", "--store", other)
    loaded = run("store", "load", "copy/tajsec", "--store", other).text
    assert loaded == f"loaded tajsec: {len(store.facts())} new facts, 0 changed\n"
    for line in ("list --json", "show radios-500-on-the-way --json", "summary equipment --json"):
        assert run(*line.split(), "--store", other) == desk(line)
    told = run("list", "--facts", "copy").stderr
    assert "copy: holds packs and no facts of its own; name a pack: copy/tajsec" in told


def test_what_was_withdrawn_comes_back_by_force_alone(desk: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(NEW)
    desk(f"put {file}")
    desk("withdraw test-lorries", "--reason", "a misprint")
    assert "test-lorries: was withdrawn: a misprint; --force puts it back" in desk(f"put {file}").stderr
    assert desk(f"put {file} --force").text == "test-lorries\t3\n"


def test_who_does_not_own_a_store_cannot_grant_it(desk: Run, run: Run, server: Server, address: str) -> None:
    server.sql("CREATE ROLE helper LOGIN")
    assert desk("store init --writer helper").text.endswith("; helper may write\n")
    theirs = address.replace(f"//{server.user}@", "//helper@")
    reply = run("store", "init", "--reader", "helper", "--store", theirs)
    assert f"the store is {server.user}'s, who alone may change it" in reply.stderr


def test_an_empty_store_has_nothing_to_export(run: Run, database: str, tmp_path: Path) -> None:
    run("store", "init", "--store", database)
    assert "the store holds no pack to write" in run("store", "export", str(tmp_path / "x"), "--store", database).stderr


def test_a_server_and_folders_exclude_each_other(run: Run, small: Path) -> None:
    url = "postgresql://me@localhost/none"
    told = "exclude each other; keep one"
    assert f"--facts and --store {told}" in run("list", "--store", url, "--facts", str(small)).stderr
    assert run("list", "--facts", str(small), TAJSEC_STORE=url).status == 0


@pytest.mark.parametrize("line", ["store status", "store init", "put x.toml", "withdraw a --reason b", "history a"])
def test_a_command_of_a_server_says_that_no_store_is_named(run: Run, line: str) -> None:
    reply = run(*line.split())
    assert reply.status == 2
    assert "no store is named; give --store postgresql://USER@HOST/DATABASE, or TAJSEC_STORE" in reply.stderr
