"""`tajsec sources`: the documents."""

from tajsec.cli.options import command
from tajsec.cli.replies import reply_with
from tajsec.cli.request import Ask, tables
from tajsec.cli.terminal import Reply


@command("sources", filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def sources(ask: Ask) -> Reply:
    """List the documents.

    Each with what is known of it, what is inferred, and what could not be established.
    """
    from tajsec.output.columns import SOURCE_COLUMNS
    from tajsec.output.to_json import envelope, source_object

    records = [source_object(ask.store, source) for source in ask.store.sources()]
    payload = envelope("sources", "sources", records)
    return reply_with(ask, payload, "sources", SOURCE_COLUMNS, lambda: tables().sources(records, ask.look), "no source")
