"""`tajsec sources`: the documents."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables


@store_command(filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def command(request: Request) -> Answer:
    """List the documents.

    Each with what is known of it, what is inferred, and what could not be established; and how many facts there are,
    and up to when.
    """
    from tajsec.output import wording
    from tajsec.output.to_json import envelope, source_object

    records = [source_object(request.store, each) for each in request.store.sources()]
    facts, newest = request.store.count(), wording.newest((each["issued"], each["updated"]) for each in records)
    line = wording.holdings(facts, len(records), newest, request.environment.today)
    return Answer(
        envelope("sources", "sources", records, fact_count=facts, newest=newest),
        "sources",
        lambda records: rich_tables.sources(records, line, request.look),
        nothing="no source",
    )
