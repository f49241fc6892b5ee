"""Completion in a shell: what real shells offer, what is answered to them, and what is answered to nobody."""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click
import pytest
from made_packs import write_pack
from processes import on_terminal, output_and_modules

from tajsec.cli.app import COMMANDS, app
from tajsec.cli.complete import ABOUT, LIMIT, SHELLS, VARIABLE, complete, script
from tajsec.cli.terminal import Environment, Reply
from tajsec.generate.commands import commands
from tajsec.model.protocol import Store
from tajsec.store.open import open_store

ROOT = Path(__file__).parents[2]
CASES = {
    "tajsec ti": {"timeline"},
    "tajsec search --exp": {"--explain"},
    "tajsec list --format j": {"json", "jsonl"},
    "tajsec --format js": {"json", "jsonl"},
    "tajsec --json ti": {"timeline"},
    "tajsec --json list --status pl": {"planned"},
    "tajsec --facts mine show sev": {"seven-radios"},
    "tajsec list --format=j": {"json", "jsonl"},
    "tajsec cite --format ": {"plain", "json"},
    "tajsec list --status pl": {"planned"},
    "tajsec list --fields statu": {"status"},
    "tajsec show radios-p": {"radios-provided-rounded"},
    "tajsec show radios-delivered radios-p": {"radios-provided-rounded"},
    "tajsec cite radios-p": {"radios-provided-rounded"},
    "tajsec open --print radios-p": {"radios-provided-rounded"},
    "tajsec verify radios-p": {"radios-provided-rounded"},
    "tajsec differences radios-p": {"radios-provided-rounded"},
    "tajsec pick --print c": {"cite"},
    "tajsec cite radios-delivered --style chicago-n": {"chicago-notes"},
    "tajsec list --actor nato-s": {"nato-school", "nato-secretary-general", "nato-special-representative", "nato-sps"},
    "tajsec list --actor=nato-sc": {"nato-school"},
    "tajsec list --topic equ": {"equipment"},
    "tajsec list --source nato-20": {"nato-2017", "nato-2019"},
    "tajsec list --place dushanbe-": {"dushanbe-airport"},
    "tajsec summary equ": {"equipment"},
    "tajsec help da": {"dates"},
    "tajsec help ti": {"timeline"},
    "tajsec completion f": {"fish"},
    "tajsec schema sear": {"search"},
    "tajsec seal pa": {"page.txt"},
    "tajsec seal page.txt --record pa": {"page.txt"},
    "tajsec timeline --svg pa": {"page.txt"},
    "tajsec show --svg pa": {"page.txt"},
    "tajsec export --sqlite pa": {"page.txt"},
    "tajsec export --parquet mi": {"mine"},
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
    """Return the words of a line as bash hands them to a completing function: `=` stands alone."""
    return [*re.findall(r"'[^']*'|[^ =]+|=", line), *([""] if line.endswith(" ") else [])]


BASH = """
compopt() {  # readline does it; `compgen` lists what readline would
    local IFS=$'\\n'
    [[ $2 == dirnames ]] && COMPREPLY=($(compgen -d -- "$word")) || COMPREPLY=($(compgen -f -- "$word"))
}
"""


def in_bash(place: Path, around: dict[str, str]) -> list[set[str]]:
    parts = [script(app, "bash"), BASH]
    for line in CASES:
        words = bash_words(line)
        quoted = " ".join(map(shlex.quote, words))
        parts.append(f"word={shlex.quote(words[-1])}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; COMPREPLY=()")
        parts.append('_tajsec_completion tajsec; printf "%s\\n" "${COMPREPLY[@]}" ==')
    return shell_output([needs("bash"), "--norc", "-c"], "\n".join(parts), place, around)


def in_fish(place: Path, around: dict[str, str]) -> list[set[str]]:
    asked = [f"complete -C {shlex.quote(line)} | string replace -r '\\t.*' ''; echo ==" for line in CASES]
    lines = "\n".join([script(app, "fish"), *asked])
    found = shell_output([needs("fish"), "--no-config", "-c"], lines, place, around)
    return [{name.rpartition("=")[2].rstrip("/") for name in names} for names in found]


ZSHRC = """
autoload -Uz compinit && compinit -u -D
. {script}
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
    (place / "script").write_text(script(app, "zsh"), encoding="utf-8")
    out.write_text("", encoding="utf-8")
    (place / ".zshrc").write_text(ZSHRC.format(script=place / "script", out=out), encoding="utf-8")
    typed = "".join(f"{line}\x14\x02" for line in CASES) + "exit\r"
    on_terminal([zsh, "-d", "-i"], around, cwd=place, press=typed.encode(), after=b"READY>")
    hits = [line.partition("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    return [{hit.rpartition("=")[2] for buffer, _, hit in hits if buffer == line} for line in CASES]


DRIVERS = {"bash": in_bash, "fish": in_fish, "zsh": in_zsh}


@pytest.fixture(scope="module")
def offered(place: Path, around: dict[str, str]) -> Callable[[str], dict[str, set[str]]]:
    """What a shell offers for each of the cases; it is started once."""
    return functools.cache(lambda shell: dict(zip(CASES, DRIVERS[shell](place, around), strict=True)))


@pytest.mark.parametrize("line", CASES)
@pytest.mark.parametrize("shell", DRIVERS)
def test_a_shell_offers_what_can_stand_there(
    offered: Callable[[str], dict[str, set[str]]], shell: str, line: str
) -> None:
    assert offered(shell)[line] == CASES[line]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (b"tajsec seal pa", "tajsec seal page.txt "),
        (b"tajsec list --format=csv --actor=nato-sc", "--actor=nato-school "),
    ],
)
def test_bash_completes_where_it_is_typed(place: Path, around: dict[str, str], typed: bytes, shown: str) -> None:
    rc = place / "rc"
    rc.write_text(f"{script(app, 'bash')}\nPS1='READY>'\n", encoding="utf-8")
    shell = [needs("bash"), "--rcfile", str(rc), "-i"]
    screen, _ = on_terminal(shell, around, cwd=place, press=typed + b"\t\x01\x0bexit\r", after=b"READY>")
    assert shown in screen


# ---------------------------------------------------------------- the candidates

Asking = Callable[..., Reply | None]


@pytest.fixture
def asking(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Ask for candidates as fish does: its answers carry help too."""

    def call(line: str, *, instruction: str = "fish_complete", folder: Path = cache) -> Reply | None:
        word = line.rpartition(" ")[2]
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", word)
        return complete(app, Environment(cache=str(folder)), instruction)

    return call


def values(reply: Reply | None) -> list[str]:
    """Return the values of the candidates that fish is answered."""
    assert reply is not None
    return [line.removeprefix("plain,").partition("\t")[0] for line in reply.text.splitlines()]


def test_a_candidate_comes_with_what_it_is(asking: Asking, small: Path) -> None:
    fact = "plain,seven-radios\tThe United States gave over 7 radios in 2019.\n"
    assert asking(f"tajsec show --facts {small} sev") == Reply(text=fact, machine=True)
    assert asking(f"tajsec list --facts {small} --actor us-") == Reply(
        text="plain,us-embassy\tU.S. Embassy\n", machine=True
    )
    assert asking("tajsec ti") == Reply(text="plain,timeline\tShow facts in order of time.\n", machine=True)
    assert asking("tajsec help for") == Reply(
        text="plain,formats\tThe forms of an answer, and who they are for.\n", machine=True
    )


def test_packs_are_candidates_for_the_filter_by_pack(asking: Asking, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "one")
    line = "plain,border-observatory\tLorries at the border\n"
    assert asking(f"tajsec list --facts {pack} --pack bor") == Reply(text=line, machine=True)
    assert values(asking("tajsec list --pack ")) == ["tajsec"]


def test_the_commands_of_a_group_are_candidates(asking: Asking) -> None:
    assert values(asking("tajsec new ")) == ["pack", "source", "fact"]
    assert values(asking("tajsec new s")) == ["source"]
    assert "--publisher" in values(asking("tajsec new source --p"))


def test_the_value_of_a_joined_option_replaces_the_whole_word(asking: Asking) -> None:
    assert values(asking("tajsec list --actor=nato-sc")) == ["--actor=nato-school"]
    assert values(asking("tajsec list --format=j")) == ["--format=json", "--format=jsonl"]


def test_every_command_and_every_option_of_it_is_offered(asking: Asking) -> None:
    assert values(asking("tajsec ")) == list(dict.fromkeys(each.name.partition(" ")[0] for each in commands()))
    for command in commands():
        names = {name for option in command.options for name in option.names}
        assert set(values(asking(f"tajsec {command.name} -"))) == names


def parameters() -> Iterable[tuple[str, click.Parameter]]:
    """Return each parameter of each command that takes a value."""
    with click.Context(app) as root:
        for name in app.list_commands(root):
            command = app.get_command(root, name)
            assert command is not None
            yield from ((name, each) for each in command.params if not getattr(each, "is_flag", False))


@pytest.mark.parametrize(
    ("command", "parameter"), [pytest.param(*each, id=f"{each[0]} {each[1].name}") for each in parameters()]
)
def test_whatever_takes_an_id_a_name_or_a_file_completes_it(command: str, parameter: click.Parameter) -> None:
    free = {"words", "limit", "receipt", "since", "until", "address", "store", "note", "reason"}
    assert (
        parameter.name in free
        or type(parameter.type) is not click.types.StringParamType
        or (parameter._custom_shell_complete is not None)
    )


@pytest.mark.parametrize(
    "command", [each.name for each in commands() if "--fields" in str(each.options) and each.name != "history"]
)  # of a server
def test_the_fields_offered_are_those_that_the_command_takes(
    asking: Asking, run: Callable[..., Reply], command: str, small: Path
) -> None:
    names = values(asking(f"tajsec {command} --fields "))
    assert values(asking(f"tajsec {command} --fields {names[0]},")) == [f"{names[0]},{name}" for name in names]
    needed = {
        "search": ["radios"],
        "show": ["seven-radios"],
        "summary": ["gear"],
        "changes": [str(small)] * 2,
        "factcheck": [str(small / "facts" / "gear.toml")],
    }
    line = needed.get(command, [])
    reply = run(command, *line, "--facts", str(small), "--json", "--fields", ",".join(names))
    assert "unknown field" not in reply.stderr
    assert reply.status != 2 or command == "lint"


def test_of_many_ids_the_first_are_offered_and_the_last(store: Store) -> None:
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


class Rows:
    """A store that has these candidates."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = rows

    def starting(self, kind: str, start: str, limit: int) -> Sequence[tuple[str, str]]:
        return self.rows


@pytest.mark.parametrize(
    ("line", "folders"),
    [
        ("tajsec show x", ["/env", "/home/me/my own"]),
        ("tajsec show --facts /a --facts=/b x", ["/a", "/b"]),
        ("tajsec show --facts = /a x", ["/a"]),
        ("tajsec show --facts '/my own' --facts /my\\ own x", ["/my own", "/my own"]),
        ("tajsec show --facts $HERE/a x", ["/here/a"]),
        ("tajsec show --facts ~/a x", ["/home/me/a"]),
    ],
)
def test_the_folders_of_facts_are_those_that_the_command_would_take(
    asking: Asking, line: str, folders: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "HERE": "/here",
        "HOME": "/home/me",
        "TAJSEC_FACTS": os.pathsep.join(["/env", "", "~/my own"]),
    }.items():
        monkeypatch.setenv(name, value)
    seen: list[Path] = []
    monkeypatch.setattr("tajsec.store.open.open_store", lambda packs, **_: seen.extend(packs) or Rows())
    asking(line)
    assert [each.as_posix() for each in seen] == folders


# ---------------------------------------------------------------- nothing disturbs the line, or the data the shell


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_no_id_is_not_offered_and_what_is_said_of_one_is_harmless(
    asking: Asking, shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = ["a$(reboot)", "a b", "a'b", "", "-rf", "a\nplain,b", "a*", "a,b", "a:b", "`id`", "~", "a;b", "ä"]
    rows = Rows(*((each, "x") for each in bad), ("good-id", "a\x1b[31m\tb\nc" + "d" * 999))
    monkeypatch.setattr("tajsec.store.open.open_store", lambda *_, **__: rows)
    monkeypatch.setenv("COMP_WORDS", "tajsec show ")
    monkeypatch.setenv("COMP_CWORD", "" if shell == "fish" else "2")
    reply = complete(app, Environment(), f"{shell}_complete")
    assert reply is not None
    about = ("a<U+001B>[31m b c" + "d" * 999)[: ABOUT - 1] + "…"
    form = {"bash": "plain,good-id\n", "zsh": f"plain\ngood-id\n{about}\n", "fish": f"plain,good-id\t{about}\n"}
    assert reply.text == form[shell]


@pytest.mark.parametrize("line", ["tajsec blorp x", "tajsec show --facts /no x", "tajsec show 'blorptwix"])
def test_whatever_is_wrong_there_are_no_candidates_and_not_a_word(
    asking: Asking, line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert asking(line)._replace(machine=False) == Reply()
    assert capfd.readouterr() == ("", "")


def test_a_store_that_fails_has_no_candidates(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tajsec.store.open.open_store", failing)
    assert asking("tajsec show x") == Reply()


def test_a_store_that_takes_long_to_compile_is_left_to_the_next_command(
    asking: Asking, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, kept = f"tajsec show --facts {small} s", tmp_path / "kept"
    monkeypatch.setattr("tajsec.cli.complete.LONGEST_BUILD", 1)
    assert asking(line, folder=kept) == Reply()
    assert not list(kept.glob("*"))
    monkeypatch.setattr("tajsec.cli.complete.LONGEST_BUILD", 2)
    assert values(asking(line, folder=kept)) == ["seven-radios"]


LINE = {"COMP_WORDS": "tajsec ti", "COMP_CWORD": "1"}
GARBAGE: Sequence[Mapping[str, str]] = [
    *({VARIABLE: each, **LINE} for each in ("", "1", "bash", "_", "bash_", "bash_source", "zsh_blorp", "ksh_complete")),
    *({VARIABLE: each, **LINE} for each in ("powershell_complete", "complete_bash", "BASH_COMPLETE", "\n")),
    *({VARIABLE: f"{shell}_complete"} for shell in SHELLS),
    *({VARIABLE: f"{shell}_complete", "COMP_CWORD": "1"} for shell in SHELLS),
    *({VARIABLE: f"{shell}_complete", "COMP_WORDS": "tajsec ti"} for shell in SHELLS),
    *({VARIABLE: "bash_complete", **LINE, "COMP_CWORD": each} for each in ("", "x", "1.5", "9" * 5000)),
    {VARIABLE: "fish_complete", **LINE, "COMP_CWORD": " "},
]  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_asks_for_nothing_known_is_as_if_it_were_not_set(
    garbage: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in garbage.items():
        monkeypatch.setenv(name, value)
    assert complete(app, Environment(), garbage[VARIABLE]) is None


@pytest.mark.parametrize("args", [[], ["--version"], ["list", "--json"]])
@pytest.mark.parametrize("garbage", [{VARIABLE: "1"}, {VARIABLE: "bash_complete"}, {VARIABLE: "bash_complete", **LINE}])
def test_a_command_runs_whatever_the_variable_is_set_to(
    environ: dict[str, str], args: list[str], garbage: dict[str, str]
) -> None:
    line = [sys.executable, "-m", "tajsec", *args]
    done, plain = (
        subprocess.run(line, env=each, capture_output=True, text=True, timeout=60)
        for each in ({**environ, **garbage}, environ)
    )
    asked = not args and "COMP_WORDS" in garbage  # the one line that a shell sends
    assert (done.stdout, done.stderr, done.returncode) == ("plain,timeline\n" if asked else plain.stdout, "", 0)


def test_completing_an_id_imports_what_it_needs_alone(environ: dict[str, str], store: Store) -> None:
    asked = {**environ, VARIABLE: "fish_complete", "COMP_WORDS": "tajsec show radios-p", "COMP_CWORD": "radios-p"}
    output_and_modules([], asked)  # the store is compiled if it was not yet
    shown, loaded = output_and_modules([], asked)
    assert shown.startswith("plain,radios-provided-rounded\t")
    assert "over 4,800 radios" in shown.lower()
    assert "tajsec.store.sqlite" in loaded
    assert (
        loaded & {"rich", "rapidfuzz", "tomli", "json", "Stemmer", "tajsec.commands.verify", "tajsec.model.records"}
        == set()
    )


def test_completing_a_command_loads_none(environ: dict[str, str]) -> None:
    asked = {**environ, VARIABLE: "bash_complete", "COMP_WORDS": "tajsec s", "COMP_CWORD": "1"}
    shown, loaded = output_and_modules([], asked)
    assert shown == "".join(f"plain,{name}\n" for name in COMMANDS if name.startswith("s"))
    assert (
        loaded & {"tajsec.commands.coverage", "tajsec.commands.verify", "tajsec.commands.export", "tajsec.store.sqlite"}
        == set()
    )


@pytest.mark.parametrize("line", ["--version", "search radios --json"])
def test_a_command_does_not_import_what_completes(environ: dict[str, str], line: str) -> None:
    _, loaded = output_and_modules(line.split(), {**environ, VARIABLE: "bash_complete", **LINE})
    assert "click.shell_completion" not in loaded


# ---------------------------------------------------------------- the scripts


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_clicks_and_starts_nothing(
    run: Callable[..., Reply], shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a program is started"))
    reply = run("completion", shell)
    assert reply == Reply(text=script(app, shell), machine=True)
    assert f"{VARIABLE}={shell}_complete" in reply.text


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
        ("zsh", ".tajsec-completion.zsh"),
        ("fish", ".config/fish/completions/tajsec.fish"),
    ):
        assert (tmp_path / file).read_text(encoding="utf-8") == script(app, shell)
    assert all(f"tajsec completion {shell}" in text for shell in SHELLS)
