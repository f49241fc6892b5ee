"""Completion in a shell: what the scripts hold, what real shells make of them, and the candidates they ask for."""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from processes import on_terminal, output_and_modules

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
    "tajsec open --print radios-p": {"radios-provided-rounded"},
    "tajsec pick --print c": {"cite"},
    "tajsec cite radios-delivered --style chicago-n": {"chicago-notes"},
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
    "tajsec show --facts mine sev": {"seven-radios"},
    "tajsec show --facts=mine sev": {"seven-radios"},
    "tajsec show --facts 'my own' sev": {"seven-radios"},
    "tajsec show --facts nowhere rad": set(),
    "tajsec show blorptwix": set(),
    "tajsec search bor": set(),
    "tajsec list --limit ": set(),
    "tajsec blorp ": set(),
}
"""What is typed, and what a shell offers for it."""


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


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, write_small: Callable[[Path], Path]) -> Path:
    """A folder with a text, two stores and the tool in it."""
    folder = tmp_path_factory.mktemp("place")
    for name in ("mine", "my own"):
        write_small(folder / name)
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
    found = None if sys.platform == "win32" else shutil.which(program)
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
    asked = [f"complete -C {shlex.quote(line)} | string replace -r '\\t.*' ''; echo ==" for line in CASES]
    script = "\n".join([completion_script("fish"), *asked])
    found = shell_output([needs("fish"), "--no-config", "-c"], script, place, around)
    return [{name.rpartition("=")[2].rstrip("/") for name in names} for names in found]


ZSHRC = """
fpath=({folder} $fpath)
autoload -Uz compinit && compinit -u -D
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
    out = place / "hits"
    (place / "_tajsec").write_text(completion_script("zsh"), encoding="utf-8")
    out.write_text("", encoding="utf-8")
    (place / ".zshrc").write_text(ZSHRC.format(folder=place, out=out), encoding="utf-8")
    typed = "".join(f"{line}\x14\x02" for line in CASES) + "exit\r"
    on_terminal([zsh, "-d", "-i"], around, cwd=place, press=typed.encode(), after=b"READY>")
    hits = [line.partition("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    return [{hit for buffer, _, hit in hits if buffer == line} for line in CASES]


DRIVERS = {"bash": in_bash, "fish": in_fish, "zsh": in_zsh}


@pytest.fixture(scope="module")
def offered(place: Path, around: dict[str, str]) -> Callable[[str], dict[str, set[str]]]:
    """Give what a shell offers for each of the cases; it is started once."""
    return functools.cache(lambda shell: dict(zip(CASES, DRIVERS[shell](place, around), strict=True)))


@pytest.mark.parametrize("line", CASES)
@pytest.mark.parametrize("shell", DRIVERS)
def test_a_shell_offers_what_can_stand_there(
    offered: Callable[[str], dict[str, set[str]]], shell: str, line: str
) -> None:
    assert offered(shell)[line] == CASES[line]


def test_bash_completes_a_file_where_it_is_typed(place: Path, around: dict[str, str]) -> None:
    rc = place / "rc"
    rc.write_text(f"{completion_script('bash')}\nPS1='READY>'\n", encoding="utf-8")
    shell = [needs("bash"), "--rcfile", str(rc), "-i"]
    shown, _ = on_terminal(shell, around, cwd=place, press=b"tajsec seal pa\t\x01\x0bexit\r", after=b"READY>")
    assert "tajsec seal page.txt " in shown


# ---------------------------------------------------------------- the candidates


def test_completing_an_id_imports_what_it_needs_alone(environ: dict[str, str], store: Store) -> None:
    line = ["__complete", "fact:radios-p"]
    output_and_modules(line, environ)  # the store is compiled if it was not yet
    shown, loaded = output_and_modules(line, environ)
    assert shown.startswith("radios-provided-rounded\tOver 4,800 radios ")
    assert "tajsec.store" in loaded
    assert (
        loaded & {"click", "rich", "rapidfuzz", "tomli", "json", "Stemmer", "shlex", "tajsec.cli", "tajsec.model"}
        == set()
    )


def test_a_candidate_stands_on_a_line_with_what_it_is(small: Path, cache: Path) -> None:
    environ = {"TAJSEC_FACTS": str(small), "XDG_CACHE_HOME": str(cache)}
    assert complete(["fact:sev"], environ).text == "seven-radios\tThe United States gave over 7 radios in 2019.\n"
    assert complete(["actor:us-"], environ).text == "us-embassy\tU.S. Embassy\n"


@pytest.mark.parametrize(
    "args", [[], ["fact"], ["nothing:x"], ["fact:"], ["fact:r", "--facts"], ["fact:r", "--facts", "/no"]]
)
def test_whatever_is_wrong_there_are_no_candidates_and_not_a_word(
    args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise MemoryError

    if args in (["fact"], ["fact:"]):
        monkeypatch.setattr(candidates, "open_store", failing)
    assert complete(args, {"TAJSEC_FACTS": "/nowhere"})._replace(machine=False) == Reply()


class Rows:
    """A store that gives these candidates."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = rows

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        return self.rows


def test_what_is_no_id_is_not_offered_and_what_is_said_of_one_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Rows(
        ("a$(reboot)", "x"),
        ("a b", "x"),
        ("a'b", "x"),
        ("", "x"),
        ("-rf", "x"),
        ("good-id", "a\x1b[31m\tb\nc" + "d" * 999),
    )
    monkeypatch.setattr(candidates, "open_store", lambda *_, **__: rows)
    (line,) = complete(["fact:"], {}).text.splitlines()
    assert line.startswith("good-id\ta<U+001B>[31m b cddd")
    assert len(line) == len("good-id\t") + candidates.ABOUT


def test_a_store_that_takes_long_to_compile_is_left_to_the_next_command(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"TAJSEC_FACTS": str(small), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    monkeypatch.setattr(candidates, "LONGEST_BUILD", 1)
    assert complete(["fact:s"], environ) == Reply()
    assert not list(tmp_path.glob("kept/tajsec/*"))
    monkeypatch.undo()
    assert complete(["fact:s"], environ).text.startswith("seven-radios\t")


def test_of_many_ids_the_first_are_given_and_the_last(store: Store) -> None:
    ids = sorted(fact.id for fact in store.facts())
    found = [each for each, _ in store.starting("fact", "", LIMIT)]
    assert found == [*ids[:LIMIT], ids[-1]]
    assert [each for each, _ in store.starting("fact", ids[0], LIMIT)] == [
        each for each in ids if each.startswith(ids[0])
    ]


def test_a_withdrawn_fact_is_not_offered(small: Path) -> None:
    path = small / "facts" / "gear.toml"
    path.write_text(path.read_text() + 'withdrawn = "The paper took it back."\n')
    assert open_store([small]).starting("fact", "", LIMIT) == []
    assert open_store([small]).starting("source", "", LIMIT) == [("paper", "A paper")]


@pytest.mark.parametrize(
    ("words", "folders"),
    [
        ([], ["/env", "/too"]),
        (["show", "--facts", "/a", "--facts=/b"], ["/a", "/b"]),
        (["show", "--facts", "=", "/a", "x"], ["/a"]),
        (["--facts", "'/my own'", "--facts", "/my\\ own"], ["/my own", "/my own"]),
        (["--facts", "$HERE/a"], ["/here/a"]),
        (["--facts", "~/a"], ["/home/me/a"]),
    ],
)
def test_the_folders_of_facts_are_those_that_the_command_would_take(
    words: list[str], folders: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERE", "/here")
    monkeypatch.setenv("HOME", "/home/me")
    seen = []
    monkeypatch.setattr(candidates, "open_store", lambda packs, **_: seen.extend(packs) or Rows())
    complete(["fact:", *words], {"TAJSEC_FACTS": "/env /too"})
    assert [each.as_posix() for each in seen] == folders


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_the_script_of_a_shell_is_printed_as_it_ships(run: Callable[..., Reply], shell: str) -> None:
    assert run("completion", shell) == Reply(text=completion_script(shell), machine=True)


# ---------------------------------------------------------------- as the documents say


def test_what_the_documents_say_puts_each_script_where_its_shell_looks(
    place: Path, around: dict[str, str], tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "completion.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "completion" in block]
    assert len(blocks) == 4
    line = [needs("sh"), "-e", "-c", "".join(blocks)]
    done = subprocess.run(line, env={**around, "HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for shell, file in (
        ("bash", ".local/share/bash-completion/completions/tajsec"),
        ("bash", ".tajsec-completion.bash"),
        ("zsh", ".zfunc/_tajsec"),
        ("fish", ".config/fish/completions/tajsec.fish"),
    ):
        assert (tmp_path / file).read_text(encoding="utf-8") == completion_script(shell)
    assert all(f"tajsec completion {shell}" in text for shell in SHELLS)
    assert RENEW in text
