"""`tajsec coverage`: how much of each document is cited."""

from tajsec.cli.options import command
from tajsec.cli.replies import NO_FACT, reply_with
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply


@command("coverage", examples=("tajsec coverage", "tajsec coverage --source nato-2017 --json"))
def coverage(request: Request) -> Reply:
    """Show how much of each document is cited.

    And what the facts are about: topic by source, with the years.
    """
    from tajsec.analysis.coverage import coverage as cover
    from tajsec.output.columns import COVERAGE_COLUMNS
    from tajsec.output.to_json import coverage_object

    record = coverage_object(cover(request.store, request.selection))
    return reply_with(
        request, record, "sources", COVERAGE_COLUMNS, lambda: tables().coverage(record, request.look), NO_FACT
    )
