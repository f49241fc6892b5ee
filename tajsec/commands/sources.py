"""`tajsec sources`: the documents."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables


@store_command(filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def command(request: Request) -> Answer:
    """List the documents.

    On a terminal with the number of facts that cite each; elsewhere with what is known of it. `tajsec show ID` has
    also what is inferred, and what could not be established.
    """
    from tajsec.model.selection import EVERYTHING
    from tajsec.output import wording
    from tajsec.output.to_json import envelope, source_object

    records = [source_object(request.store, each) for each in request.store.sources()]
    facts, newest = request.store.count(), wording.newest((each["issued"], each["updated"]) for each in records)
    counts = dict(request.store.profile(EVERYTHING).sources)
    line = wording.holdings(facts, len(records), newest, request.environment.today)
    return Answer(
        envelope("sources", "sources", records, fact_count=facts, newest=newest),
        "sources",
        lambda records: rich_tables.sources(records, counts, line, request.look),
        nothing="no source",
    )
