"""Shell completion: the scripts, and the candidates for the word that is being completed.

Scripts and protocol are Click's. After an error there are no candidates and no message, because a message would be
printed into the line being typed. The commands' parameters refer to the functions below, so every run imports this
module; the functions therefore import what they need when they are called.
"""

import contextlib
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tajsec.cli.packs import Packs, packs_of
from tajsec.cli.terminal import Environment, Reply

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem, ShellComplete

    from tajsec.model.protocol import SearchableStore

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


VARIABLE = "_TAJSEC_COMPLETE"
"""The environment variable through which a shell asks; the name is Click's convention."""

SHELLS = ("bash", "zsh", "fish")

LIMIT = 100
"""The most ids that are offered: more than a screen shows; reading them takes under a millisecond."""

ABOUT = 200
"""Characters of the help beside a candidate; shells show as many as fit on a line."""

LONGEST_BUILD = 2000
"""Size of a store (in facts) from which TAB does not compile it, which would take over a second."""

_MARKS = str.maketrans("", "", "-._")
"""A table that removes what may separate the letters and digits of an id."""


class TooLong(Exception):
    """Compiling the store takes too long for a completion, or for the list of commands."""


# ---------------------------------------------------------------- what a shell asks for


def script(app: "click.Command", shell: str) -> str:
    """Return Click's script that completes in a shell.

    Not with `BashComplete.source`: it starts the first bash in PATH to check its version, which need not be the bash
    that runs the script, and prints a warning itself.
    """
    from click.shell_completion import ShellComplete

    return ShellComplete.source(_of_shell(shell, app, Environment()))


def complete(app: "click.Command", environment: Environment, instruction: str) -> Reply | None:
    """Return the candidates for the shell's `instruction`, such as `bash_complete`; None if that is not a known one.

    Click's classes read the line that is being typed from COMP_WORDS and COMP_CWORD in the environment.
    """
    shell, _, verb = instruction.partition("_")
    if verb != "complete" or shell not in SHELLS:
        return None
    asking = _of_shell(shell, app, environment)
    try:
        words, word = asking.get_completion_args()
    except (KeyError, ValueError, IndexError):  # the variables are missing or malformed
        return None
    with contextlib.suppress(Exception):
        found = _found(asking, words, word)
        return Reply(text="".join(f"{asking.format_completion(each)}\n" for each in found), machine=True)
    return Reply()


def _of_shell(shell: str, app: "click.Command", environment: Environment) -> "ShellComplete":
    from click.shell_completion import get_completion_class

    of_shell = get_completion_class(shell)
    assert of_shell is not None, "Click knows each of SHELLS"  # noqa: S101
    return of_shell(app, {"obj": environment}, "tajsec", VARIABLE)


def _found(asking: "ShellComplete", words: Sequence[str], word: str) -> "list[CompletionItem]":
    """Return the candidates for a word; those for `--name=start` begin with `--name=`: they replace the whole word."""
    found = asking.get_completions(_joined(words), word)
    name, equals, _ = word.partition("=")
    if name.startswith("--") and equals:
        for each in found:
            each.value = f"{name}={each.value}"
    return found


def _joined(words: Sequence[str]) -> list[str]:
    """Return words without the `=` behind an option: bash splits `--facts=DIR` into three words."""
    pairs = zip(["", *words], words, strict=False)
    return [word for before, word in pairs if word != "=" or not before.startswith("--")]


# ---------------------------------------------------------------- what completes a parameter


def folders(_context: "click.Context", _parameter: "click.Parameter", start: str) -> "list[CompletionItem]":
    """Leave it to the shell to complete the name of a folder."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(start, type="dir")]


def packs(context: "click.Context", parameter: "click.Parameter", start: str) -> "list[CompletionItem]":
    """Return the ids of found packs; if none begins so, leave it to the shell to complete the name of a folder."""
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from tajsec.data.packs import read_pack
    from tajsec.errors import DataError

    found = list[CompletionItem]()
    for folder in packs_of((), context.obj).found:
        with contextlib.suppress(DataError):
            pack = read_pack(Path(folder))
            found += [CompletionItem(pack.id, help=_short(pack.title))] if pack.id.startswith(start) else []
    return found or folders(context, parameter, start)


def fields(context: "click.Context", _parameter: "click.Parameter", start: str) -> "list[CompletionItem]":
    """Return candidates for the last name in a list of fields with commas."""
    from click.shell_completion import CompletionItem

    from tajsec.output.schemas import listed_fields

    before, comma, last = start.rpartition(",")
    names = (name for name in listed_fields(context.command.name or "") if name.startswith(last))
    return [CompletionItem(f"{before}{comma}{name}") for name in names]


def codes(_context: "click.Context", _parameter: "click.Parameter", start: str) -> "list[CompletionItem]":
    """Return candidates for the last code in a list of codes of lint with commas."""
    from click.shell_completion import CompletionItem

    from tajsec.check.lint import lint_codes

    before, comma, last = start.rpartition(",")
    found = ((code, about) for code, about in lint_codes().items() if code.startswith(last.upper()))
    return [CompletionItem(f"{before}{comma}{code}", help=_short(about)) for code, about in found]


def ids_of(*kinds: str) -> "Completer":
    """Return the completer for ids of some kinds: fact, actor, topic, place, source or pack."""

    def found(context: "click.Context", _parameter: "click.Parameter", start: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        store = store_of(context, bounded)
        rows = dict.fromkeys(row for kind in kinds for row in store.starting(kind, start, LIMIT))
        return [CompletionItem(each, help=_short(about)) for each, about in rows if _is_id(each)]

    return found


def store_of(context: "click.Context", progress: Callable[[int], None] = lambda _count: None) -> "SearchableStore":
    """Return the store that a command line names."""
    if (url := context.params.get("store")) and not context.params.get("facts"):
        from tajsec.cli.request import Server, connected

        return connected(Server(url, typed=False))
    from tajsec.store.open import open_store

    packs = _packs(context)
    return open_store(packs.named, found=packs.found, cache=context.obj.cache, progress=progress)


def _packs(context: "click.Context") -> Packs:
    """Return the packs of --facts or TAJSEC_FACTS; in a line being typed `~` and variables are not yet expanded."""
    names = [os.path.expanduser(os.path.expandvars(each)) for each in context.params["facts"]]
    return packs_of(names, context.obj)


def bounded(count: int) -> None:
    """Raise TooLong for a number of facts whose compilation nobody waits for."""
    if count >= LONGEST_BUILD:
        raise TooLong


def _is_id(text: str) -> bool:
    """True if a text is safe as a word for a shell: the scripts expand candidates, and a pack may be malicious."""
    return text.isascii() and text[:1].isalnum() and text.translate(_MARKS).isalnum()


def _short(about: str) -> str:
    from tajsec.text.forms import printable

    shown = printable(about)
    return shown if len(shown) <= ABOUT else f"{shown[: ABOUT - 1]}…"
