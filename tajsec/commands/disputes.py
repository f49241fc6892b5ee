"""`tajsec disputes`: where the sources differ, and which side to cite."""

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import WholeNumber, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.model.kinds import DIFFERENCES


@store_command(examples=("tajsec disputes --topic equipment", "tajsec disputes radios-delivered --json"))
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids_of("fact"))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(DIFFERENCES), help="Differences of this kind.")
@click.option("--limit", type=WholeNumber(), help="Disputes to show; all unless given.")
def command(request: Request, ids: tuple[str, ...], kinds: tuple[str, ...], limit: int | None) -> Answer:
    """Show where the sources differ, and which side to cite.

    Each with both sides, the kind of difference, and the reason.
    """
    from tajsec.analysis.differences import disputes
    from tajsec.output.to_json import dispute_object, envelope

    for each in ids:
        request.store.number(each)  # raises UnknownName
    found = disputes(request.store, request.selection, ids=ids, kinds=kinds, limit=limit)
    records = [dispute_object(request.store, each) for each in found]
    payload = envelope("disputes", "disputes", records, filters=request.selection.asked())
    nothing = "no dispute among these facts"
    return Answer(payload, "disputes", lambda rows: rich_tables.disputes(rows, request.look), nothing=nothing)
