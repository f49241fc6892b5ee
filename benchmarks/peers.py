"""The same search beside others: every Python peer that does the nearest job, and native programs as marks.

    python benchmarks/peers.py FOLDER [--rounds N] [--word WORD]

The shipped facts are given to each peer in the form that it wants, and each is asked for the same word, cold, as a
whole process with its output in a pipe; every round runs every command once, in turn (`cold_start.py`). Each peer is
installed by pip, in its own fresh environment below FOLDER and in the version that is named here; environments are used
again. What cannot be installed, is not on this machine, or does not find a fact is listed with the reason. `facts` are
those whose ids an output shows: all but tajsec look in statements and ids alone; its JSON names related facts as well.
Needs tajsec installed in the environment of this Python, not as an editable install.

* sqlite-utils: the facts in a table with a full-text index of ids and statements.
* buku: a bookmark for each fact, the statement as its title.
* papis: a document for each fact, the statement as its title; the cache is warm.
* wn: a lexicon in which a fact is a synset that the statement defines, and every word of the statement a word of the
  synset; its command line has no look-up, so a line of Python is run.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import venv
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import cold_start

from tajsec.model.records import Fact
from tajsec.store.open import open_store

TABLE, JSON = "tajsec search (table)", "tajsec search --json"
GOALS = {TABLE: 1.5, JSON: 2.5}
"""How many times as long as each of the two a Python peer takes at least."""
TOP = 10
DATA = "peers-data"
"""The folder with what the peers are given; it is made anew by every run."""

ADD_BOOKMARKS = """
import json, sys
from buku import BukuDb
books = BukuDb()
for each in json.load(open(sys.argv[1], encoding="utf-8")):
    books.add_rec("https://example.org/" + each["id"], each["statement"], fetch=False)
books.close_quit()
"""
ADD_LEXICON = "import sys, wn; wn.add(sys.argv[1], progress_handler=None)"
FIND_SYNSETS = "import sys, wn\nfor each in wn.synsets(sys.argv[1])[:10]: print(each.id, each.definition())"


class Peer(NamedTuple):
    """A program that does the nearest job."""

    requirement: str
    """Name and version, as pip takes them."""
    set_up: Callable[[Path, Path, Sequence[Fact], dict[str, str]], None]
    """Gives it the facts: its programs' folder, the folder to write in, the facts, the environment."""
    commands: Callable[[Path, Path, str], dict[str, list[str]]]
    """Gives its searches for a word."""

    @property
    def name(self) -> str:
        """The name of the package."""
        return self.requirement.partition("==")[0]


class Failed(Exception):
    """A peer cannot be installed, set up or asked; the message says why."""


def call(command: Sequence[str | Path], environ: dict[str, str] | None = None, *, fine: Collection[int] = (0,)) -> str:
    """Run a command and give what it prints. Raises Failed, saying why, for a status that is not `fine`."""
    if shutil.which(command[0]) is None:
        raise Failed("not on this machine")
    done = subprocess.run(
        [str(each) for each in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )
    if done.returncode not in fine:
        raise Failed(complaint(done.stderr) or f"status {done.returncode}")
    return done.stdout


def complaint(errors: str) -> str:
    """Give the line of an error output that says most: the last one that is not a mere warning."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if not line.startswith(("WARNING", "[notice]"))), "")


def hits(output: str, ids: Sequence[str]) -> int:
    """Count the facts that an output shows, by their ids as whole words."""
    return len(set(re.findall(r"[a-z0-9]+(?:[-._][a-z0-9]+)*", output)).intersection(ids))


# ---------------------------------------------------------------- the peers, each with the facts in its own form


def records(facts: Sequence[Fact]) -> list[dict[str, str]]:
    """Give the facts as plain records."""
    return [{"id": fact.id, "statement": fact.statement} for fact in facts]


def lexicon(facts: Sequence[Fact]) -> bytes:
    """Give the facts as a lexicon (WN-LMF): a synset for each, which every word of its statement may mean."""
    resource = ElementTree.Element("LexicalResource")
    about = {"id": "facts", "label": "facts", "language": "en", "version": "1", "license": "CC0-1.0"}
    book = ElementTree.SubElement(resource, "Lexicon", about, email="facts@example.org")
    meant: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        for word in dict.fromkeys(re.findall(r"[^\W_]+", fact.statement.lower())):
            meant[word].append(fact.id)
    for word, ids in meant.items():
        entry = ElementTree.SubElement(book, "LexicalEntry", id=f"word-{word}")
        ElementTree.SubElement(entry, "Lemma", writtenForm=word, partOfSpeech="n")
        for each in ids:
            ElementTree.SubElement(entry, "Sense", id=f"sense-{word}-{each}", synset=each)
    for fact in facts:
        synset = ElementTree.SubElement(book, "Synset", id=fact.id, ili="", partOfSpeech="n")
        ElementTree.SubElement(synset, "Definition").text = fact.statement
    kind = b'<!DOCTYPE LexicalResource SYSTEM "http://globalwordnet.github.io/schemas/WN-LMF-1.0.dtd">\n'
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + kind + ElementTree.tostring(resource, encoding="utf-8")


def _set_up_sqlite_utils(programs: Path, folder: Path, facts: Sequence[Fact], environ: dict[str, str]) -> None:
    written = folder / "facts.json"
    written.write_text(json.dumps(records(facts)), encoding="utf-8")
    tool, database = programs / "sqlite-utils", folder / "facts.db"
    call([tool, "insert", database, "facts", written, "--pk", "id"], environ)
    call([tool, "enable-fts", database, "facts", "id", "statement"], environ)


def _set_up_buku(programs: Path, folder: Path, facts: Sequence[Fact], environ: dict[str, str]) -> None:
    written = folder / "facts.json"
    written.write_text(json.dumps(records(facts)), encoding="utf-8")
    call([programs / "python", "-c", ADD_BOOKMARKS, written], environ)


def _set_up_papis(programs: Path, folder: Path, facts: Sequence[Fact], environ: dict[str, str]) -> None:
    library = folder / "library"
    for fact in facts:
        place = library / fact.id
        place.mkdir(parents=True)
        about = {"ref": fact.id, "type": "article", "title": fact.statement}
        (place / "info.yaml").write_text(json.dumps(about), encoding="utf-8")  # what is JSON is YAML
    settings = Path(environ["XDG_CONFIG_HOME"]) / "papis" / "config"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[settings]\ndefault-library = facts\n[facts]\ndir = {library}\n", encoding="utf-8")


def _set_up_wn(programs: Path, folder: Path, facts: Sequence[Fact], environ: dict[str, str]) -> None:
    written = folder / "facts.xml"
    written.write_bytes(lexicon(facts))
    call([programs / "python", "-c", ADD_LEXICON, written], environ)


def _ask_sqlite_utils(programs: Path, folder: Path, word: str) -> dict[str, list[str]]:
    asked = [str(programs / "sqlite-utils"), "search", str(folder / "facts.db"), "facts", word, "--limit", str(TOP)]
    return {"sqlite-utils search -t": [*asked, "-t"], "sqlite-utils search (JSON)": asked}


def _ask_buku(programs: Path, folder: Path, word: str) -> dict[str, list[str]]:
    asked = [str(programs / "buku"), "--np", "--nostdin", "-s", word]
    return {"buku -s": asked, "buku -s -j": [*asked, "-j"]}


def _ask_papis(programs: Path, folder: Path, word: str) -> dict[str, list[str]]:
    tool = str(programs / "papis")
    listed = [tool, "list", "--all", "--format", "{doc[ref]} {doc[title]}", word]
    return {"papis list": listed, "papis export (JSON)": [tool, "export", "--all", "--format", "json", word]}


def _ask_wn(programs: Path, folder: Path, word: str) -> dict[str, list[str]]:
    return {"wn.synsets": [str(programs / "python"), "-c", FIND_SYNSETS, word]}


PEERS = (
    Peer("sqlite-utils==4.2.1", _set_up_sqlite_utils, _ask_sqlite_utils),
    Peer("buku==5.1", _set_up_buku, _ask_buku),
    Peer("papis==0.16.1", _set_up_papis, _ask_papis),
    Peer("wn==1.1.1", _set_up_wn, _ask_wn),
)


def install(requirement: str, folder: Path) -> Path:
    """Give the folder of the programs of an environment that holds a package; make it if it is not there.

    The pip of this Python writes it, as it wrote tajsec's: the start of a program costs what its launcher costs.
    Raises Failed.
    """
    place = folder / requirement.replace("==", "-")
    programs, ready = place / ("Scripts" if os.name == "nt" else "bin"), place / "ready"
    if not ready.exists():
        venv.create(place, clear=True, symlinks=os.name != "nt")
        call([sys.executable, "-m", "pip", "--python", programs / "python", "install", "-q", requirement])
        ready.touch()
    return programs


def prepare(
    peer: Peer, folder: Path, facts: Sequence[Fact], word: str, environ: dict[str, str]
) -> dict[str, list[str]]:
    """Give the commands by which a peer that was installed and given the facts searches them. Raises Failed."""
    programs = install(peer.requirement, folder)
    place = folder / DATA / peer.name
    place.mkdir(parents=True)
    peer.set_up(programs, place, facts, environ)
    return peer.commands(programs, place, word)


# ---------------------------------------------------------------- native marks


def marks(folder: Path, facts: Sequence[Fact], word: str) -> dict[str, list[str]]:
    """Give the searches of native programs in the same facts, whether the programs are here or not."""
    text, database = folder / "facts.txt", folder / "facts.db"
    text.write_text("".join(f"{fact.id} {fact.statement}\n" for fact in facts), encoding="utf-8")
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE VIRTUAL TABLE facts USING fts5 (id, statement)")
        connection.executemany("INSERT INTO facts VALUES (?, ?)", [(fact.id, fact.statement) for fact in facts])
    ranked = f"SELECT id, statement FROM facts('{word}') ORDER BY rank LIMIT {TOP}"  # noqa: S608 - who runs it says it
    return {
        "grep -i": ["grep", "-i", word, str(text)],
        "rg -i": ["rg", "-i", word, str(text)],
        "fzf --filter": ["sh", "-c", 'exec fzf --filter "$0" < "$1"', word, str(text)],
        "sqlite3 -box, FTS5 by rank": ["sqlite3", "-box", str(database), ranked],
    }


# ---------------------------------------------------------------- the table


def isolated(folder: Path) -> dict[str, str]:
    """Give an environment in which every program keeps its data below the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    places = {
        name: str(folder / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    for place in places.values():
        Path(place).mkdir(parents=True)
    return {**kept, **places, "LC_ALL": "C.UTF-8"}


def answering(
    commands: dict[str, list[str]], ids: Sequence[str], environ: dict[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Give the commands that find facts, with how many they show, and those that do not, with the reason."""
    shown: dict[str, int] = {}
    failed: dict[str, str] = {}
    for name, command in commands.items():
        try:
            found = hits(call(command, environ, fine=(0, 1)), ids)  # 1: nothing found
        except Failed as error:
            failed[name] = str(error)
            continue
        if found:
            shown[name] = found
        else:
            failed[name] = "finds no fact"
    return shown, failed


def row(name: str, medians: Mapping[str, cold_start.Run], shown: int, *, is_peer: bool) -> str:
    """Give a line of the table; of a peer it says whether each goal is met."""
    taken = medians[name].seconds
    line = f"{name:32}{1000 * taken:8.1f}{taken / medians[cold_start.BARE].seconds:8.2f}"
    for ours, goal in GOALS.items():
        times = taken / medians[ours].seconds
        verdict = ("met" if times >= goal else "MISSED") if is_peer else ""
        line += f"{times:8.2f} {verdict:7}"
    return f"{line}{shown or '':>6}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--word", default="radios")
    options = parser.parse_args()
    facts, word = open_store().facts(), options.word
    data = options.folder.absolute() / DATA
    shutil.rmtree(data, ignore_errors=True)
    environ = isolated(data)
    ours = {
        TABLE: [cold_start.TAJSEC, "search", word, "--format", "table"],
        JSON: [cold_start.TAJSEC, "search", word, "--json"],
    }
    natives, peers, failed = marks(data, facts, word), dict[str, list[str]](), dict[str, str]()
    for peer in PEERS:
        try:
            peers |= prepare(peer, options.folder.absolute(), facts, word, environ)
        except Failed as error:
            failed[peer.requirement] = str(error)
    ids = [fact.id for fact in facts]
    shown, silent = answering({**ours, **peers, **natives}, ids, environ)
    if not GOALS.keys() <= shown.keys():
        parser.error(
            f"{cold_start.TAJSEC} {silent.get(TABLE) or silent[JSON]}; install tajsec, or ask for another word"
        )
    commands = {name: each for name, each in {**ours, **peers, **natives}.items() if name in shown}
    bare = {cold_start.BARE: cold_start.COMMANDS[cold_start.BARE]}
    medians = cold_start.measure({**bare, **commands}, options.rounds, environ)
    print(f"{len(facts)} facts, {word!r}; medians of {options.rounds} rounds, Python {sys.version.split()[0]}")
    print(f"{'':32}{'ms':>8}{'B':>8}{'x table':>8}{'':8}{'x --json':>8}{'':8}{'facts':>5}")
    print(f"{'goal of a peer':48}" + "".join(f"{goal:8.2f}{'':8}" for goal in GOALS.values()))
    for name in medians:
        print(row(name, medians, shown.get(name, 0), is_peer=name in peers))
    for name, reason in (failed | silent).items():
        print(f"{name:32}not measured: {reason}")


if __name__ == "__main__":
    main()
