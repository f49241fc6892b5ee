"""`tajsec list`: the facts that the filters accept."""

import click

from tajsec.cli.options import WholeNumber, store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables


@store_command(examples=("tajsec list --actor nato --status planned", "tajsec list --topic equipment --format csv"))
@click.option("--limit", type=WholeNumber(), help="Facts to show; all unless given.")
def command(request: Request, limit: int | None) -> Answer:
    """List the facts that the filters take.

    Without a filter it lists every fact.
    """
    return listed(request, {"schema": "tajsec/list/1"}, limit)


def listed(request: Request, head: dict[str, object], limit: int | None) -> Answer:
    """Return the first `limit` facts that meet the filters; `head` is the start of the JSON object."""
    texts = request.objects(request.store.select(request.selection, limit=limit))
    payload = {**head, "filters": request.selection.asked(), "total": request.store.count(request.selection)}
    return Answer(
        payload, "facts", lambda records: rich_tables.facts(records, request.look), texts=texts, nothing=NO_FACT
    )
