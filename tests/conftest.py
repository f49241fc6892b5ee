"""What the tests share: a way to run a command, the real store, and a small store to break."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from browser import Tab, opened_tab
from hypothesis import HealthCheck, settings
from processes import MEASURING
from servers import Server, programs, started

from tajsec.cli.app import run as run_cli
from tajsec.cli.terminal import Environment, Reply
from tajsec.data.folders import folders_of
from tajsec.data.read import read
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.store.open import open_store

ROOT = Path(__file__).parent.parent

# A busy machine must not fail a test: no deadline for an example, none for making it, and the same examples each time.
# A fixture may be one for all examples. To search for what is not known: pytest --hypothesis-profile thorough
_UNCHECKED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("steady", deadline=None, suppress_health_check=_UNCHECKED, derandomize=True)
settings.register_profile("thorough", settings.get_profile("steady"), derandomize=False, max_examples=3000)
settings.load_profile("steady")

VOCABULARY = """
[[actor]]
id = "us"
name = "United States"
aliases = ["USA"]

[[actor]]
id = "us-embassy"
name = "U.S. Embassy"
part_of = "us"

[[topic]]
id = "gear"
name = "Gear"

[[place]]
id = "khorog"
name = "Khorog"

[[person]]
id = "the-envoy"
name = "The envoy"

[[unit]]
id = "radios"
name = "radios"
"""

SOURCE = """
id = "paper"
type = "webpage"
title = "A paper"
publisher = "A publisher"
issued = "2020"
url = "https://example.org/paper"
language = "en"
file = "paper.txt"
text_sha256 = "{0}"

[[passage]]
n = 1
role = "heading"
words = 2
sha256 = "{0}"

[[passage]]
n = 2
role = "claim"
words = 9
sha256 = "{0}"
""".format("a" * 64)

FACT = """
[[fact]]
id = "seven-radios"
statement = "The United States gave over 7 radios in 2019."
actors = ["us"]
topics = ["gear"]
when = "2019"
status = "completed"
quantities = [{ value = 7, unit = "radios", qualifier = "over", of = "radios given", period = "total" }]
places = ["khorog"]
people = ["the-envoy"]
aliases = ["walkie-talkies"]
cites = [{ source = "paper", passage = 2, quote = "gave over 7 radios" }]
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that `agree` reads."""
    parser.addoption("--update-snapshots", action="store_true", help="write the copies of what is printed anew")


@pytest.fixture
def agree(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with its copy in a file, or make it the copy; the ends of lines do not count."""

    def compare(path: Path, text: str) -> None:
        text = text.replace("\r\n", "\n")
        if request.config.getoption("--update-snapshots"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), "no copy yet: pytest --update-snapshots"
        assert text == path.read_text(encoding="utf-8"), "if that is meant: pytest --update-snapshots"

    return compare


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on what the machine sets."""
    for name in (
        "TAJSEC_FACTS",
        "TAJSEC_STORE",
        "TAJSEC_DEBUG",
        "TAJSEC_PAGER",
        "PAGER",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/no-folder-of-packs")


@pytest.fixture(scope="session")
def store() -> Store:
    """The shipped store."""
    return open_store()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled stores."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    if programs() is None:
        pytest.skip("PostgreSQL is not on this machine")
    pytest.importorskip("psycopg")
    with started() as found:
        yield found


@pytest.fixture
def database(server: Server) -> str:
    """The address of an empty database."""
    return server.new_database()


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """The address of a store of the shipped facts on a server, which is only copied (`Server.copy_of`)."""
    return server.new_store(read(folders_of([])), "tajsec")


@pytest.fixture(scope="session")
def shared(server: Server, template: str) -> str:
    """The address of such a store, which no test changes."""
    return server.copy_of(template)


@pytest.fixture
def run(cache: Path) -> Callable[..., Reply]:
    """Run a command line; `tty` gives the width of a terminal, without it the output is a pipe."""

    def call(*args: str, tty: int = 0, color: bool = False, today: str = "1970-01-01", **environ: str) -> Reply:
        environment = Environment(interactive=bool(tty), width=tty or 80, color=color, cache=str(cache), today=today)
        return run_cli(args, environment, environ)

    return call


@pytest.fixture
def run_json(run: Callable[..., Reply]) -> Callable[..., dict]:
    """Run a command with --json and read what it prints."""

    def call(*args: str) -> dict:
        reply = run(*args, "--json")
        assert reply.status in (0, 1), reply.stderr
        return json.loads(reply.text)

    return call


@pytest.fixture(scope="session")
def small_texts() -> Mapping[str, str]:
    """The files of a whole store of one source and one fact, which reads without a problem."""
    texts = {"facts/gear.toml": FACT, "facts/vocabulary/all.toml": VOCABULARY, "seeds/paper.toml": SOURCE}
    return {name: text.lstrip() for name, text in texts.items()}


@pytest.fixture(scope="session")
def write_small(small_texts: Mapping[str, str]) -> Callable[[Path], Path]:
    """Write that store into a new folder."""

    def write(folder: Path) -> Path:
        for name, text in small_texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def small(tmp_path: Path, write_small: Callable[[Path], Path]) -> Path:
    """Such a store, to break."""
    return write_small(tmp_path / "small")


@pytest.fixture
def offline(small: Path) -> Path:
    """Such a store with documents that have no web address (`tests/offline.py`)."""
    from offline import write

    return write(small)


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the documents that the shipped source records seal; they are not part of the project."""
    named = os.environ.get("TAJSEC_TEXTS")
    if not named:
        pytest.skip("needs the documents themselves: TAJSEC_TEXTS names no folder with them")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"TAJSEC_TEXTS: {named} is not a folder", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def at_hand(texts: Path, store: Store) -> dict[str, Source]:
    """The sources whose texts are in the folder of documents, by id: those that were read whole at least."""
    found = {source.id: source for source in store.sources() if (texts / source.file).is_file()}
    assert {source.id for source in store.sources() if source.extent == "whole"} <= found.keys()
    return found


@pytest.fixture
def environ(cache: Path) -> dict[str, str]:
    """The environment of a subprocess: what is needed to start Python here, in the C locale."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", MEASURING) if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(cache)}


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A tab of a real browser, one for all tests: to start it takes longer than all that they do in it."""
    with opened_tab(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def browser(chromium: Tab) -> Callable[[Path], str]:
    """Return the page of a file as it is after a real browser has read it and has run its scripts."""

    def dumped(path: Path) -> str:
        chromium.open(path)
        page: str = chromium.run("document.documentElement.outerHTML")
        return page

    return dumped
