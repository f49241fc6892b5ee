"""`tajsec show`: facts whole, with their receipts."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import file_options, store_command
from tajsec.cli.replies import Answer, file_reply, refuse_format_beside
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.output.json_types import Fact


@store_command(filters=False, examples=("tajsec show radios-delivered", "tajsec show radios-delivered --json"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of("fact"))
@file_options(svg="Draw each fact as an evidence card, one below another, in one picture; - is stdout.")
def command(request: Request, ids: tuple[str, ...], svg: str | None, force: bool) -> Answer | Reply:
    """Show facts whole, with their receipts.

    Statement, dates, figures, source, passage, the words quoted, and which facts disagree.
    """
    facts = Answer(
        {"schema": "tajsec/show/1"},
        "facts",
        lambda records: rich_tables.cards(records, request.look),
        _fields,
        texts=request.store.objects([request.store.number(each) for each in dict.fromkeys(ids)]),
    )
    if svg is None:
        return facts
    from tajsec.pictures.markup import svg_text
    from tajsec.pictures.svg import card_picture

    refuse_format_beside(request, "--svg")
    return file_reply(request, {svg: svg_text(card_picture(facts.records))}, force=force)


def _fields(records: "Sequence[Fact]") -> str:
    from tajsec.output.writers import fields

    return fields(records)
