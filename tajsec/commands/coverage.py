"""`tajsec coverage`: how much of each document is cited."""

from tajsec.cli.options import store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables


@store_command(examples=("tajsec coverage", "tajsec coverage --source nato-2017 --json"))
def command(request: Request) -> Answer:
    """Show how much of each document is cited.

    And what the facts are about: topic by source, with the years.
    """
    from tajsec.analysis.coverage import coverage
    from tajsec.output.to_json import coverage_object

    payload = coverage_object(coverage(request.store, request.selection))
    return Answer(payload, "sources", lambda _: rich_tables.coverage(payload, request.look), nothing=NO_FACT)
