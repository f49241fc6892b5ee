"""`tajsec pick`: facts found while one types, and what becomes of those that are picked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import click

from tajsec.cli.desktop import copy_text, open_address
from tajsec.cli.options import command
from tajsec.cli.replies import reply_with_facts, talk_line
from tajsec.cli.request import Ask, tables
from tajsec.cli.terminal import Reply, terminal
from tajsec.errors import FailingEnvironment, UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.output.columns import Column
    from tajsec.output.json_types import Fact
    from tajsec.search.as_you_type import Found
    from tajsec.text.jsontext import Json


PRINTED = ("id", "cite", "json")


MOST = 1000
"""Facts that the list holds at most."""


LEFT = 130
"""The exit status of somebody who left without picking, as that of an interrupted command."""


@command("pick", formats=("plain", "json"), examples=("tajsec pick", "tajsec pick night vision --print cite"))
@click.argument("words", nargs=-1)
@click.option("--print", "printed", type=click.Choice(PRINTED), help="What to print of each fact.  [default: id]")
@click.option("--limit", type=click.IntRange(min=1), default=MOST, show_default=True, help="Facts to list.")
def pick(ask: Ask, words: tuple[str, ...], printed: str | None, limit: int) -> Reply:
    """Pick facts: type, and see them narrow.

    Enter prints the id of the fact, or of each that Tab marked. Needs a terminal, and tajsec[pick].
    """
    if ask.format == "json" and printed not in (None, "json"):
        raise UsageError(f"--json and --print {printed} exclude each other; keep one")
    return picked(ask, " ".join(words), limit=limit, printed="json" if ask.format == "json" else printed or "id")


def picked(ask: Ask, typed: str, *, limit: int | None, printed: str) -> Reply:
    """Let somebody pick facts, starting from what is typed; answer with ids, citations, or records in a format."""
    records = _pick(ask, typed, limit)
    if records is None:
        return Reply(status=LEFT)
    if not records:
        return Reply(talk=talk_line("nothing picked"), status=1)
    ids = [record["id"] for record in records]
    if printed == "id":
        return Reply(text="".join(f"{each}\n" for each in ids))
    if printed == "cite":
        return Reply(text=_cited(ask, ids))
    ask.format = printed
    facts = ask.store.objects([ask.store.number(each) for each in ids])
    return reply_with_facts(ask, {"schema": "tajsec/show/1"}, facts, _fact_columns, lambda shown: _table(ask, shown))


def _fact_columns() -> "Sequence[Column]":
    from tajsec.output.columns import FACT_COLUMNS

    return FACT_COLUMNS


def _table(ask: Ask, records: "Sequence[Fact]") -> str:
    shown: str = tables().facts(records, ask.look)
    return shown


def _cited(ask: Ask, ids: Sequence[str]) -> str:
    from tajsec.cite.bibliography import plain
    from tajsec.cite.citation import citations

    return plain(citations(ask.store, list(map(ask.store.fact, ids))))


def _pick(ask: Ask, typed: str, limit: int | None) -> "Sequence[Json] | None":
    """Give the facts that somebody picks, or None if they leave. Raises UsageError where nothing can be drawn."""
    if ask.surroundings.dumb:
        raise UsageError("this terminal cannot be drawn on (TERM=dumb); use tajsec search")
    try:
        from tajsec.cli.finder import Finder, terminal_of
    except ImportError as error:
        advice = "install tajsec[pick], or use fzf as docs/picking.md shows"
        raise UsageError(f"picking needs prompt_toolkit; {advice}") from error
    with terminal() as (reader, writer):
        desk, around = _Desk(ask, limit, writer), ask.surroundings
        about = "; ".join(f"{name} {_joined(given)}" for name, given in ask.filters.items() if given)
        ends = terminal_of(reader, writer)
        return Finder(desk, *ends, typed=typed, about=about, color=not around.plain, ascii=around.ascii).run()


def _joined(given: str | Sequence[str]) -> str:
    return given if isinstance(given, str) else ", ".join(given)


class _Desk:
    """What the finder works with: the store of the command."""

    def __init__(self, ask: Ask, limit: int | None, writer: TextIO) -> None:
        self._ask, self._limit, self._writer = ask, limit, writer
        self._selection = ask.selection  # opens the store: its errors, and the bar of a long build, come before

    def find(self, typed: str) -> "Found":
        from tajsec.search.as_you_type import narrow

        return narrow(self._ask.store, typed, self._selection, limit=self._limit)

    def card(self, record: "Json", width: int) -> str:
        around = self._ask.surroundings
        look = self._ask.look._replace(width=width, color=not around.plain)
        shown: str = tables().cards([record], look)
        return shown

    def copy(self, records: "Sequence[Json]") -> str:
        from tajsec.cli.desktop import copy

        text = _cited(self._ask, [record["id"] for record in records])
        try:
            copy(text)
        except FailingEnvironment:  # no program keeps a clipboard here; the terminal may
            copy_text(text, self._writer)
        return f"{counted(len(records), 'citation')} given to the clipboard"

    def open(self, record: "Json") -> str:
        from tajsec.cite.citation import address

        cite = self._ask.store.fact(record["id"]).cites[0]
        page = address(self._ask.store.source(cite.source), cite)
        return f"opened {page}" if open_address(page) else f"no browser could be started; open {page}"
