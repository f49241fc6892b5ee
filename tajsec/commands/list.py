"""`tajsec list`: the facts that the filters accept."""

from typing import TYPE_CHECKING

from tajsec.cli.options import limit_options, rows_option, sort_option, store_command
from tajsec.cli.replies import NO_FACT, Answer, beyond
from tajsec.cli.request import Request, rich_tables

if TYPE_CHECKING:
    from tajsec.model.kinds import Sort


@store_command(examples=("tajsec list --actor nato --status planned", "tajsec list --topic equipment --format csv"))
@sort_option()
@limit_options("Facts")
@rows_option()
def command(request: Request, sort: "Sort | None", limit: int | None, offset: int) -> Answer:
    """List facts, all or those that filters name.

    Without a filter it lists every fact.
    """
    return listed(request, {"schema": "tajsec/list/1"}, limit, sort=sort, offset=offset)


def listed(
    request: Request, head: dict[str, object], limit: int | None, *, sort: "Sort | None" = None, offset: int = 0
) -> Answer:
    """Return `limit` facts that meet the filters, without the first `offset`; `head` begins the JSON object."""
    texts = request.objects(request.store.select(request.selection, sort=sort, offset=offset, limit=limit))
    total = request.store.count(request.selection)
    return Answer(
        {**head, "filters": request.selection.asked(), "total": total},
        "facts",
        lambda records: rich_tables.facts(records, request.look),
        texts=texts,
        nothing=beyond(offset, total, "facts") if offset and total else NO_FACT,
        long=True,
    )
