"""`tajsec show`: facts whole, with their receipts."""

from collections.abc import Sequence

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import command, file_options
from tajsec.cli.replies import fact_columns, file_reply, refuse_form_beside, reply_with_facts
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply


@command("show", filters=False, examples=("tajsec show radios-delivered", "tajsec show radios-delivered --json"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of("fact"))
@file_options(svg="Draw each fact as an evidence card, one below another, in one picture; - is stdout.")
def show(request: Request, ids: tuple[str, ...], svg: str | None, force: bool) -> Reply:
    """Show facts whole, with their receipts.

    Statement, dates, figures, source, passage, the words quoted, and which facts disagree.
    """
    facts = request.store.objects([request.store.number(each) for each in dict.fromkeys(ids)])
    if svg is not None:
        return _cards(facts, svg, force)
    if request.format == "plain" and not request.fields:
        from json import loads

        from tajsec.output.writers import fields

        return Reply(text=fields(list(map(loads, facts))))
    head = {"schema": "tajsec/show/1"}
    return reply_with_facts(request, head, facts, fact_columns, lambda records: tables().cards(records, request.look))


def _cards(texts: Sequence[str], svg: str, force: bool) -> Reply:
    from json import loads

    from tajsec.pictures.markup import svg_text
    from tajsec.pictures.svg import card_picture

    refuse_form_beside("--svg")
    return file_reply({svg: svg_text(card_picture(list(map(loads, texts))))}, force=force)
