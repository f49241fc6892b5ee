"""`tajsec differences`: where the sources differ, and which side to cite."""

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import WITH_PAGES, limit_options, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.commands.list import sheet
from tajsec.model.kinds import DIFFERENCES


@store_command(
    formats=WITH_PAGES,
    examples=("tajsec differences --topic equipment", "tajsec differences radios-delivered --json"),
)
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids_of("fact"))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(DIFFERENCES), help="Differences of this kind.")
@limit_options("Differences")
def command(request: Request, ids: tuple[str, ...], kinds: tuple[str, ...], limit: int | None, offset: int) -> Answer:
    """Show where the sources differ, and which side to cite.

    Each with both sides, the reason, and the kind of difference, which `tajsec help words` explains.
    """
    from tajsec.analysis.differences import differences
    from tajsec.output.to_json import difference_object, envelope, foresee

    request.store.numbers(ids)  # raises UnknownName
    found = differences(request.store, request.selection, ids=ids, kinds=kinds, offset=offset, limit=limit)
    foresee(request.store, found, aliases=request.aliases)
    records = [difference_object(request.store, each, aliases=request.aliases) for each in found]
    payload = envelope("differences", "differences", records, filters=request.selection.asked())
    nothing = "no difference among these facts" + (f", or no more than {offset}" if offset else "")
    return Answer(
        payload,
        "differences",
        lambda rows: rich_tables.differences(rows, request.look),
        sheet=sheet(request, "Differences"),
        nothing=nothing,
        lines=[] if request.format == "json" else _copied(request),
        long=True,
    )


def _copied(request: Request) -> list[str]:
    """Return a line for each document named by `--source` that has a copy or is one: where to see what only one has."""
    named = request.selection.sources
    copies = [each for each in request.store.sources() if each.derived_from] if named else []
    origins = dict.fromkeys(each.derived_from for each in copies if not named.isdisjoint((each.id, each.derived_from)))
    return [f"what only one version has: `tajsec show {each}`" for each in origins]
