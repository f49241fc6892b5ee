"""Words where a command takes none, or an id of another kind: each with the line to type instead."""

from collections.abc import Sequence
from shlex import join
from typing import TYPE_CHECKING

import click

from tajsec.cli import meant
from tajsec.errors import UnknownName, UsageError
from tajsec.model.kinds import STATUSES

if TYPE_CHECKING:
    from tajsec.model.kinds import TermKind
    from tajsec.model.protocol import Store

_TERMS: "tuple[TermKind, ...]" = ("actor", "topic", "place")
LISTS = ("actors", "topics", "places", "sources")
"""The commands that list what facts are about or cite: a word behind them is one of these."""
_OWN: "dict[str, TermKind]" = {"summary": "topic", "topics": "topic", "places": "place"}
"""The kind of name that a word behind a command is."""
_WHOLE = {"fact": "show", "source": "show", "topic": "summary"}
"""The command that shows one record of a kind whole."""


def named(store: "Store", name: str, first: "TermKind" = "actor") -> tuple[str, str] | None:
    """Return the kind and the id of what has this name, of several that of the kind `first`; None if nothing has."""
    for term_kind in (first, *_TERMS):
        if found := _term(store, term_kind, name):
            return term_kind, found
    for kind in ("source", "fact"):
        if any(each == name for each, _ in store.starting(kind, name, 1)):
            return kind, name
    return None


def _term(store: "Store", kind: "TermKind", name: str) -> str:
    try:
        return store.vocabulary.resolve(kind, name)
    except UnknownName:
        return ""


def no_fact(store: "Store", error: UnknownName) -> UsageError:
    """Return the error for a name that is no fact's id: what it is the name of, and how to see that."""
    kind, found = named(store, error.name) or ("fact", "")
    if kind == "fact":
        return error
    facts = f"`{join(['tajsec', 'list', f'--{kind}', found])}` lists its facts"
    if kind == "source":
        return UsageError(f"{found} is a document; `tajsec show {found}` shows it, {facts}")
    article = "an" if kind == "actor" else "a"
    return UsageError(f"{error.name} is {article} {kind}, and no fact; {facts}")


def unexpected(ctx: click.Context, store: "Store", words: Sequence[str], rest: Sequence[str]) -> UsageError:
    """Return the error for words that a command does not take; `rest` are its other arguments as they were typed."""
    lines = _lines(ctx, store, words, rest)
    return UsageError(f"unexpected {' '.join(words)!r}; did you mean {lines}?")


def _lines(ctx: click.Context, store: "Store", words: Sequence[str], rest: Sequence[str]) -> str:
    phrase, command = " ".join(words), ctx.info_name or ""
    if format := _format_line(ctx, phrase):
        return format
    if whole := named(store, phrase, _OWN.get(command, "actor")):
        return _line(ctx, [whole], rest)
    each = [("status", word) if word in STATUSES else named(store, word) for word in words]
    found = [pair for pair in each if pair]
    return _line(ctx, found, rest) if len(found) == len(words) else join(["tajsec", "search", *words])


def _format_line(ctx: click.Context, word: str) -> str:
    """Return the line for a word that is a format; "" for another word."""
    from tajsec.cli.usage import commands_with

    advice = meant.FORMATS.get(word, f"--format {word}")
    if not advice.startswith("--format "):
        return advice
    commands = commands_with(advice.partition(" ")[2], ctx.find_root())
    having = [each for each in (ctx.info_name, "list", *commands) if each in commands]
    return f"tajsec {having[0]} {advice}" if having else ""


def _line(ctx: click.Context, found: Sequence[tuple[str, str]], rest: Sequence[str]) -> str:
    """Return the line for records by kind and id: as filters of the command, or the command that shows the record."""
    command = ctx.info_name or ""
    filters = [part for kind, each in found for part in (f"--{kind}", each)]
    options = {option for param in ctx.command.params for option in param.opts}
    if options.issuperset(filters[::2]) and command not in {*LISTS, *_OWN}:
        return join(["tajsec", command, *rest, *filters])
    kind, name = found[0]
    return join(["tajsec", _WHOLE[kind], name] if len(found) == 1 and kind in _WHOLE else ["tajsec", "list", *filters])
