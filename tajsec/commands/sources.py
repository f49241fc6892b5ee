"""`tajsec sources`: the documents."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables


@store_command(filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def command(request: Request) -> Answer:
    """List the documents.

    Each with what is known of it, what is inferred, and what could not be established.
    """
    from tajsec.output.to_json import envelope, source_object

    payload = envelope("sources", "sources", [source_object(request.store, each) for each in request.store.sources()])
    return Answer(payload, "sources", lambda records: rich_tables.sources(records, request.look), nothing="no source")
