"""`tajsec coverage`: how much of each document is cited."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables


@store_command(examples=("tajsec coverage", "tajsec coverage --source nato-2017 --json"))
def command(request: Request) -> Answer:
    """Show how much of each document is cited.

    And how many of its words are in quotes, as `verify --record` last counted them; what the facts are about: topic by
    source, with the years.
    """
    from tajsec.analysis.coverage import coverage
    from tajsec.check.quoted_share import counts_on_record
    from tajsec.output.to_json import coverage_object

    payload = coverage_object(coverage(request.store, request.selection), counts_on_record(request.store))
    return Answer(payload, "sources", lambda _: rich_tables.coverage(payload, request.look), nothing=NO_FACT)
