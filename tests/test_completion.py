"""Completion in a shell: what the scripts hold, what real shells make of them, and the candidates they ask for."""

import functools
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tajsec import candidates
from tajsec.candidates import LIMIT, complete
from tajsec.console import Reply
from tajsec.guide import SHELLS, completion_script
from tajsec.interface import commands
from tajsec.protocol import Store
from tajsec.scripts import RENEW, WRITERS
from tajsec.store import open_store

ROOT = Path(__file__).parent.parent
CASES = {
    "tajsec ti": {"timeline"},
    "tajsec search --exp": {"--explain"},
    "tajsec list --format j": {"json", "jsonl"},
    "tajsec list --format=j": {"json", "jsonl"},
    "tajsec cite --format ": {"plain", "json"},
    "tajsec list --status pl": {"planned"},
    "tajsec show radios-p": {"radios-provided-rounded"},
    "tajsec show radios-delivered radios-p": {"radios-provided-rounded"},
    "tajsec list --actor nato-s": {"nato-school", "nato-secretary-general", "nato-special-representative", "nato-sps"},
    "tajsec list --actor=nato-sc": {"nato-school"},
    "tajsec list --topic equ": {"equipment"},
    "tajsec list --source nato-": {"nato-2017"},
    "tajsec list --place dushanbe-": {"dushanbe-airport"},
    "tajsec summary equ": {"equipment"},
    "tajsec help da": {"dates"},
    "tajsec completion f": {"fish"},
    "tajsec seal pa": {"page.txt"},
    "tajsec seal page.txt --record pa": {"page.txt"},
    "tajsec list --facts mi": {"mine"},
    "tajsec show --facts mine zep": {"zeppelin-seen"},
    "tajsec show --facts=mine zep": {"zeppelin-seen"},
    "tajsec show --facts 'my own' zep": {"zeppelin-seen"},
    "tajsec show --facts nowhere rad": set(),
    "tajsec show blorptwix": set(),
    "tajsec search bor": set(),
    "tajsec list --limit ": set(),
    "tajsec blorp ": set(),
}
"""What is typed, and what a shell offers for it."""

Complete = Callable[[str, Sequence[str]], list[set[str]]]


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_the_script_that_ships_is_made_of_the_commands_as_they_are(shell: str) -> None:
    assert WRITERS[shell](commands()) == completion_script(shell), f"renew the scripts: {RENEW}"


def test_every_command_and_option_is_known_to_every_script() -> None:
    given = commands()
    names = {each.name for each in given} | {name for each in given for o in each.options for name in o.names}
    assert len(names) > 30
    for shell in SHELLS:
        spelled = {name.lstrip("-") if shell == "fish" else name for name in names}
        assert not [name for name in spelled if name not in completion_script(shell)]


# ---------------------------------------------------------------- in real shells


PACK = """
[[fact]]
id = "zeppelin-seen"
statement = "A zeppelin: 7 'over' Dushanbe."
actors = ["us"]
topics = ["equipment"]
when = "2021"
status = "stated"
cites = [{ source = "us-embassy-2021", passage = 2, quote = "a quote of the passage" }]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text, two packs and the tool in it."""
    folder = tmp_path_factory.mktemp("place")
    for pack in ("mine", "my own"):
        (folder / pack).mkdir()
        (folder / pack / "all.toml").write_text(PACK, encoding="utf-8")
    (folder / "page.txt").write_text("One claim.\n", encoding="utf-8")
    tool = folder / "bin" / "tajsec"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tajsec "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def around(place: Path, cache: Path) -> dict[str, str]:
    """The environment of a shell that finds the tool."""
    path = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ours = {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "HOME": str(place), "PATH": path}
    return {**ours, "LC_ALL": "C.UTF-8", "TERM": "xterm"}


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


def shell_output(command: Sequence[str], script: str, place: Path, around: dict[str, str]) -> list[set[str]]:
    """Run a script that prints the candidates of each case and a line `==` behind them."""
    done = subprocess.run([*command, script], cwd=place, env=around, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return [set(part.split("\n")) - {""} for part in done.stdout.split("==\n")[:-1]]


def bash_words(line: str) -> list[str]:
    """Give the words of a line as bash hands them to a completing function: `=` stands alone."""
    return [*re.findall(r"'[^']*'|[^ =]+|=", line), *([""] if line.endswith(" ") else [])]


def in_bash(place: Path, around: dict[str, str]) -> list[set[str]]:
    parts = [completion_script("bash")]
    for line in CASES:
        words = bash_words(line)
        quoted = " ".join(map(shlex.quote, words))
        parts.append(f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _tajsec")
        parts.append('printf "%s\\n" "${COMPREPLY[@]}" ==')
    return shell_output([needs("bash"), "--norc", "-c"], "\n".join(parts), place, around)


def in_fish(place: Path, around: dict[str, str]) -> list[set[str]]:
    parts = [completion_script("fish")]
    for line in CASES:
        parts.append(f"complete -C {shlex.quote(line)} | string replace -r '\\t.*' ''; echo ==")
    found = shell_output([needs("fish"), "--no-config", "-c"], "\n".join(parts), place, around)
    return [{name.rpartition("=")[2].rstrip("/") for name in names} for names in found]


ZSHRC = """
autoload -Uz compinit && compinit -u -D
source {script}
compadd() {{
    if [[ ${{@[1,(i)(-|--)]}} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
    local -a hits
    builtin compadd -A hits "$@"
    (($#hits)) && print -rl -- $BUFFER$'\\t'$^hits >> {out}
    builtin compadd "$@"
}}
bindkey '^T' list-choices
bindkey '^B' kill-whole-line
LISTMAX=1000
PROMPT='READY>'
"""


def in_zsh(place: Path, around: dict[str, str]) -> list[set[str]]:
    zsh = needs("zsh")
    script, out = place / "_tajsec", place / "hits"
    script.write_text(completion_script("zsh"), encoding="utf-8")
    out.write_text("", encoding="utf-8")
    (place / ".zshrc").write_text(ZSHRC.format(script=script, out=out), encoding="utf-8")
    typed = "".join(f"{line}\x14\x02" for line in CASES) + "exit\r"
    in_terminal([zsh, "-d", "-i"], typed, place, around)
    hits = [line.partition("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    return [{hit for buffer, _, hit in hits if buffer == line} for line in CASES]


def in_terminal(command: Sequence[str], typed: str, place: Path, around: dict[str, str]) -> str:
    """Type into an interactive shell once it is ready, and give what its terminal showed until it ended."""
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(command, cwd=place, env=around, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, start_new_session=True)
    os.close(theirs)
    shown, deadline = b"", time.monotonic() + 30
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
            if typed and shown.endswith(b"READY>") or typed and b"READY>" in shown[-40:]:
                os.write(ours, typed.encode())
                typed = ""
    shell.kill()
    shell.wait()
    os.close(ours)
    return shown.decode(errors="replace")


DRIVERS = {"bash": in_bash, "fish": in_fish, "zsh": in_zsh}


@pytest.fixture(scope="module")
def offered(place: Path, around: dict[str, str]) -> Callable[[str], dict[str, set[str]]]:
    """Give what a shell offers for each of the cases; it is started once."""
    return functools.cache(lambda shell: dict(zip(CASES, DRIVERS[shell](place, around), strict=True)))


@pytest.mark.parametrize("line", CASES)
@pytest.mark.parametrize("shell", DRIVERS)
def test_a_shell_offers_what_can_stand_there(offered: Callable[[str], dict[str, set[str]]], shell: str, line: str) -> None:
    assert offered(shell)[line] == CASES[line]
