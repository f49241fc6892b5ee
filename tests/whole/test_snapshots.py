"""What the commands print, as it was: every output of a small store beside the copy in `snapshots/`.

`pytest --update-snapshots` writes the copies anew; look at their diff before you commit them.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from made_packs import write_pack
from servers import Server

from tajsec import __version__
from tajsec.cli.app import run as run_cli
from tajsec.cli.options import LISTING
from tajsec.cli.terminal import Environment, Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.documents.read import text_document
from tajsec.documents.seal import seal
from tajsec.output import schemas

SNAPSHOTS = Path(__file__).parent / "snapshots"
TEXT = """Two words
The United States gave over 7 radios in 2019, about 12 in all since 2015, and plans a post in Khorog by 2030. \
What else the page tells is of no use here: it stands for the greater part of a document, which no quote holds.
On 5 October 2021 a bridge over the river was opened, which had taken about $3.5 million to build.
"""
MORE_FACTS = """
[[fact]]
id = "twelve-radios"
statement = "The U.S. Embassy tells of about 12 radios since 2015, as of March 2020."
actors = ["us-embassy"]
topics = ["gear"]
when = "2015/.."
as_of = "2020-03"
status = "ongoing"
quantities = [{ value = 12, unit = "radios", qualifier = "about", of = "radios given", period = "total" }]
cites = [{ source = "paper", passage = 2, quote = "about 12 in all since 2015" }]
relations = [
    { to = "seven-radios", kind = "differs", note = "All years, not one. Cite 7 for 2019.", prefer = "seven-radios" },
]

[[fact]]
id = "post-planned"
statement = "The United States plans a post in Khorog by about 2030."
actors = ["us"]
topics = ["gear"]
when = "../2030~"
as_of = "2020-03"
status = "planned"
places = ["khorog"]
cites = [{ source = "paper", passage = 2, quote = "plans a post in Khorog by 2030" }]
inferred = { when = "By 2030 is read as 2030 or a little later." }
"""

DRAFT = """# Radios

The United States gave **9 radios** in 2019 [@seven-radios]; over 7 radios came from the USA in
2018. The U.S. Embassy told of some 12 radios since 2015.

- A post in Khorog | is <b>planned</b> [@post-planed].
"""

LISTINGS = {
    "search": "search radios",
    "list": "list",
    "show": "show twelve-radios seven-radios",
    "source": "show paper",
    "timeline": "timeline",
    "summary": "summary gear",
    "summaries": "summary",
    "topics": "topics",
    "actors": "actors",
    "places": "places",
    "sources": "sources",
    "packs": "packs --facts desk",
    "coverage": "coverage",
    "todo": "coverage --todo --text small/paper.txt",
    "differences": "differences",
    "factcheck": "factcheck draft.md --since old",
    "verify": "verify --text small/paper.txt",
    "changes": "changes old small",
    "fields": "list --fields id,figures,when,cites.quote",
    "codes": "lint --codes",
}
"""Listings by name: each is kept as JSON, and in every other format."""
OTHERS = {
    "search-explained": "search raidos --explain --actor us",
    "search-nothing": "search submarines",
    "verify-failing": "verify --text other.txt",
    "verify-without-texts": "verify seven-radios",
    "lint": "lint small",
    "lint-failing": "lint broken",
    "cite": "cite seven-radios twelve-radios",
    "cite-bibtex": "cite seven-radios --style bibtex",
    "cite-source": "cite seven-radios twelve-radios --by source --style biblatex",
    "cite-wikipedia": "cite post-planned --style wikipedia",
    "cite-rendered": "cite seven-radios twelve-radios --style apa",
    "open": "open twelve-radios --print",
    "cache": "cache",
    "schemas": "schema",
    "export": "export --topic gear --sqlite facts.db --metadata facts.json",
}
"""Other commands that print JSON."""
CASES = LISTINGS | OTHERS
NAMING_THEIRS = ("changes", "lint", "packs", "schema")
"""Commands whose arguments name the store, or that read none."""
ON_A_SERVER = {
    "put": "put new.toml --note why",
    "history": "history lorries-border-observatory",
    "store": "store status",
}
"""Commands of a store on a server, in the order in which they are run."""
VARYING = r'"(at|who|role|server|store|changed|bytes|layout)": [^,\n]*'
"""The keys whose values depend on the server and the time."""
NOT_ON_A_SERVER = (*NAMING_THEIRS, "cache")


def add_facts(small: Path) -> None:
    """Add two facts to the small store, and seal its text."""
    with (small / "facts" / "gear.toml").open("a", encoding="utf-8") as stream:
        stream.write(MORE_FACTS)
    record = seal(text_document(TEXT, "paper.txt"), keys={"type": "webpage"}).record.replace(
        'title = "Two words"', 'title = "A paper | «газета»"'
    )
    record = record.replace('role = "claim"', 'section = "Two words"\nrole = "claim"')
    head = 'publisher = "A publisher"\nurl = "https://example.org/paper"\nissued = "2020"\nas_of = "2020-03"\n'
    (small / "seeds" / "paper.toml").write_text(head + record, encoding="utf-8")


@pytest.fixture
def desk(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small store and two more facts, the same as it was before, and texts that fit and do not."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(small, "old")
    add_facts(small)
    (small / "paper.txt").write_text(TEXT, encoding="utf-8")
    Path("draft.md").write_text(DRAFT, encoding="utf-8")
    Path("other.txt").write_text(TEXT.replace("over 7", "over 8"), encoding="utf-8")
    shutil.copytree(small, "broken")
    Path("broken", "facts", "gear.toml").write_text('[[fact]]\nid = "no-more"\ncolour = "red"\n', encoding="utf-8")
    write_pack(tmp_path / "desk", more='facts = "own"\nneeds = ["tajsec>=0.1"]\n')
    return tmp_path


@pytest.fixture
def ask(desk: Path) -> Callable[..., Reply]:
    """Run a command line on that store, in its folder."""

    def call(line: str, *options: str) -> Reply:
        command, *args = line.split()
        store = () if command in NAMING_THEIRS else ("--facts", "small")
        return run_cli([command, *args, *store, *options], Environment(cache="kept"), {})

    return call


@pytest.fixture(scope="module")
def on_server(server: Server, tmp_path_factory: pytest.TempPathFactory, write_small: Callable[[Path], Path]) -> str:
    """The address of the same store on a server."""
    small = write_small(tmp_path_factory.mktemp("small"))
    add_facts(small)
    return server.new_store(read(folders_of([small])))


@pytest.mark.parametrize("name", [name for name, line in CASES.items() if line.split()[0] not in NOT_ON_A_SERVER])
def test_what_a_server_holds_is_printed_as_what_a_file_holds(desk: Path, on_server: str, name: str) -> None:
    for form in ("json", *(LISTING if name in LISTINGS else ())):
        command = [*CASES[name].split(), "--format", form]
        environment = Environment(cache="kept", width=100)
        in_file = run_cli([*command, "--facts", "small"], environment, {})
        for path in ("facts.db", "facts.json"):
            Path(path).unlink(missing_ok=True)
        assert run_cli([*command, "--store", on_server], environment, {}) == in_file


def test_what_is_written_on_a_server_is_printed_as_it_was(
    desk: Path, server: Server, agree: Callable[[Path, str], None]
) -> None:
    url = server.new_store(read(folders_of([desk / "desk"])), "border-observatory")
    Path("new.toml").write_text(Path("desk/facts/border-security.toml").read_text().replace("About 312", "About 313"))
    for name, line in ON_A_SERVER.items():
        reply = run_cli([*line.split(), "--json", "--store", url], Environment(), {})
        record = json.loads(reply.text)
        Draft202012Validator(schemas.schema(name)).validate(record)
        agree(SNAPSHOTS / f"{name}.json", re.sub(VARYING, r'"\1": "..."', reply.text).replace(__version__, "VERSION"))


@pytest.mark.parametrize("name", CASES)
def test_json_is_as_it_was_and_as_its_schema_says(
    ask: Callable[..., Reply], name: str, agree: Callable[[Path, str], None]
) -> None:
    reply = ask(CASES[name], "--json")
    assert reply.text, reply.stderr
    record = json.loads(reply.text)
    Draft202012Validator(schemas.schema(record["schema"].split("/")[1])).validate(record)
    stable = re.sub(r'"bytes": \d+', '"bytes": 0', reply.text)  # they depend on the SQLite that writes the file
    agree(SNAPSHOTS / f"{name}.json", stable.replace(__version__, "VERSION"))


@pytest.mark.parametrize("name", LISTINGS)
def test_the_other_formats_are_as_they_were(
    ask: Callable[..., Reply], name: str, agree: Callable[[Path, str], None]
) -> None:
    texts = {form: ask(LISTINGS[name], "--format", form).text for form in LISTING if form not in ("table", "json")}
    assert all(texts.values())
    shown = "".join(f"$ tajsec {LISTINGS[name]} --format {form}\n{text}\n" for form, text in texts.items())
    agree(SNAPSHOTS / f"{name}.txt", shown.replace(__version__, "VERSION"))


def test_every_shape_is_kept_and_no_copy_is_left_over() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in SNAPSHOTS.iterdir()}
    assert set(kept) == {f"{name}.json" for name in CASES | ON_A_SERVER} | {f"{name}.txt" for name in LISTINGS}
    shown = {json.loads(text)["schema"] for name, text in kept.items() if name.endswith(".json")}
    assert shown == {f"tajsec/{name}/1" for name in schemas.names()}
