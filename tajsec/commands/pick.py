"""`tajsec pick`: pick facts interactively, and print their ids, their citations or their records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO, cast

import click

from tajsec.cli.desktop import copy, copy_on_terminal, open_address
from tajsec.cli.options import WholeNumber, store_command
from tajsec.cli.replies import Answer, stderr_line
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply, terminal
from tajsec.errors import FailingEnvironment, UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.output.json_types import Fact
    from tajsec.search.as_you_type import Found
    from tajsec.text.jsontext import Json


PRINTED = ("id", "cite", "json")

MOST = 1000
"""The most facts in the list, as each is parsed again after every key; few users would scroll further."""

LEFT = 130
"""The exit status after leaving without a pick: that of an interrupted command."""


@store_command(formats=("plain", "json"), examples=("tajsec pick", "tajsec pick night vision --print cite"))
@click.argument("words", nargs=-1)
@click.option("--print", "printed", type=click.Choice(PRINTED), help="What to print of each fact.  [default: id]")
@click.option("--limit", type=WholeNumber(), default=MOST, show_default=True, help="Facts to list.")
def command(request: Request, words: tuple[str, ...], printed: str | None, limit: int) -> Answer | Reply:
    """Pick facts: type, and see them narrow.

    Enter prints the id of the fact, or of each that Tab marked. Needs a terminal, and tajsec[pick].
    """
    wanted = "json" if request.format == "json" else printed or "id"
    if printed not in (None, wanted):
        raise UsageError(f"--{wanted} and --print {printed} exclude each other; keep one")
    return picked(request, " ".join(words), limit=limit, printed=wanted)


def picked(request: Request, typed: str, *, limit: int | None, printed: str) -> Answer | Reply:
    """Let the user pick facts, with `typed` as the first query; `printed` is id, cite, or a format of listings."""
    records = _pick(request, typed, limit)
    if records is None:
        return Reply(status=LEFT)
    if not records:
        return Reply(stderr=stderr_line("nothing picked"), status=1)
    ids = [record["id"] for record in records]
    if printed == "id":
        return Reply(text="".join(f"{each}\n" for each in ids))
    if printed == "cite":
        return Reply(text=_cited(request, ids))
    request.format = printed
    texts = request.store.objects(request.store.numbers(ids))
    head = {"schema": "tajsec/show/1"}
    return Answer(head, "facts", lambda facts: rich_tables.facts(facts, request.look), texts=texts)


def _cited(request: Request, ids: Sequence[str]) -> str:
    from tajsec.cite.bibliography import plain
    from tajsec.cite.citation import citations

    return plain(citations(request.store, list(map(request.store.fact, ids))))


def _pick(request: Request, typed: str, limit: int | None) -> "Sequence[Json] | None":
    """Return the facts that the user picks, or None if they leave. Raises UsageError if the terminal cannot show it."""
    request.lasting = True
    if request.environment.dumb:
        raise UsageError("this terminal cannot be drawn on (TERM=dumb); use tajsec search")
    try:
        from tajsec.cli.finder import Finder, terminal_of
    except ImportError as error:
        advice = "install tajsec[pick], or use fzf as docs/picking.md shows"
        raise UsageError(f"picking needs prompt_toolkit; {advice}") from error
    with terminal() as (reader, writer):
        actions, environment = _Actions(request, limit, writer), request.environment
        source, target = terminal_of(reader, writer)
        about = "; ".join(request.filter_texts(", "))
        color = not environment.no_color
        return Finder(actions, source, target, typed=typed, about=about, color=color, ascii=environment.ascii).run()


class _Actions:
    """The finder's actions on the store, the clipboard and the browser."""

    def __init__(self, request: Request, limit: int | None, writer: TextIO) -> None:
        self._request, self._limit, self._writer = request, limit, writer
        self._selection = request.selection  # opens the store: its errors, and the bar of a long build, come before

    def find(self, typed: str) -> "Found":
        from tajsec.search.as_you_type import narrow

        return narrow(self._request.store, typed, self._selection, limit=self._limit)

    def card(self, record: "Json", width: int) -> str:
        look = self._request.look._replace(width=width, color=not self._request.environment.no_color)
        return rich_tables.cards([cast("Fact", record)], look)

    def copy(self, records: "Sequence[Json]") -> str:
        text = _cited(self._request, [record["id"] for record in records])
        try:
            copy(text)
        except FailingEnvironment:  # no program keeps a clipboard here; the terminal may
            copy_on_terminal(text, self._writer)
        return f"{counted(len(records), 'citation')} given to the clipboard"

    def open(self, record: "Json") -> str:
        from tajsec.cite.citation import address

        cite = self._request.store.fact(record["id"]).cites[0]
        page = address(self._request.store.source(cite.source), cite)
        return f"opened {page}" if open_address(page) else f"no browser could be started; open {page}"
