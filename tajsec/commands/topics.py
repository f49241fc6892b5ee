"""`tajsec topics`: the topics, each with its number of facts."""

from typing import TYPE_CHECKING

from tajsec.cli.options import store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables

if TYPE_CHECKING:
    from tajsec.model.kinds import TermKind


@store_command(examples=("tajsec topics", "tajsec topics --actor russia"))
def command(request: Request) -> Answer:
    """List the topics.

    Each with the number of facts on it.
    """
    return terms(request, "topic", "topics", ("About", "about"))


def terms(request: Request, kind: "TermKind", key: str, last: tuple[str, str]) -> Answer:
    """Return the terms of a kind with their numbers of facts; `last` is a heading of the table, and its key."""
    from tajsec.output.to_json import counted_terms, envelope

    payload = envelope(
        key, key, counted_terms(request.store, kind, request.selection), filters=request.selection.asked()
    )
    columns = [("Id", "id"), ("Name", "name"), last, ("Facts", "facts")]
    return Answer(payload, key, lambda records: rich_tables.listing(records, columns, request.look), nothing=NO_FACT)
