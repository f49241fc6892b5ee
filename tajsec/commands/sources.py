"""`tajsec sources`: the documents."""

from tajsec.cli.options import command
from tajsec.cli.replies import reply_with
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply


@command("sources", filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def sources(request: Request) -> Reply:
    """List the documents.

    Each with what is known of it, what is inferred, and what could not be established.
    """
    from tajsec.output.columns import SOURCE_COLUMNS
    from tajsec.output.to_json import envelope, source_object

    records = [source_object(request.store, source) for source in request.store.sources()]
    payload = envelope("sources", "sources", records)
    return reply_with(
        request, payload, "sources", SOURCE_COLUMNS, lambda: tables().sources(records, request.look), "no source"
    )
