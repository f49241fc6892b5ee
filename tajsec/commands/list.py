"""`tajsec list`: the facts that the filters accept."""

import click

from tajsec.cli.options import command
from tajsec.cli.replies import list_reply
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply


@command("list", examples=("tajsec list --actor russia --status planned", "tajsec list --topic equipment --format csv"))
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all unless given.")
def list_facts(request: Request, limit: int | None) -> Reply:
    """List the facts that the filters take.

    Without a filter it lists every fact.
    """
    return list_reply(request, limit, "list")
